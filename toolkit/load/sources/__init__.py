"""The kinds of export this product knows, one small declarative file each.

To add one: write `toolkit/load/sources/<name>.py` with a `Source`, import it here and append it to `SOURCES`.
"""

from __future__ import annotations

from toolkit.load.source import Source
from toolkit.load.sources.alipay_merchant import ALIPAY_BUSINESS, ALIPAY_FUND_FLOW
from toolkit.load.sources.alipay_personal import ALIPAY_PERSONAL
from toolkit.load.sources.bill_ranges import BILL_RANGES
from toolkit.load.sources.bindings import BINDINGS
from toolkit.load.sources.cases import CASES
from toolkit.load.sources.catalog_sheet import CATALOG_SHEET
from toolkit.load.sources.choice_products import CHOICE_PRODUCTS
from toolkit.load.sources.claims import CLAIM_SOURCES
from toolkit.load.sources.deposit import DEPOSIT_BILL, DEPOSIT_LEDGER
from toolkit.load.sources.order_lines import ORDER_LINES
from toolkit.load.sources.order_money import ORDER_MONEY
from toolkit.load.sources.period_sales import PERIOD_SALES, PERIOD_SALES_SELF_RUN
from toolkit.load.sources.policy import POLICY_SOURCES
from toolkit.load.sources.purchase_order_lines import PURCHASE_ORDER_LINES
from toolkit.load.sources.purchase_orders import PURCHASE_ORDER_SHEET, PURCHASE_ORDERS
from toolkit.load.sources.settlement import SETTLEMENT, SETTLEMENT_BATCHES
from toolkit.load.sources.stock import STOCK_SOURCES
from toolkit.load.sources.store_file import STORE_FILE
from toolkit.load.sources.wechat import WECHAT_MERCHANT, WECHAT_PERSONAL

__all__ = ["SOURCES"]

SOURCES: tuple[Source, ...] = (
    CATALOG_SHEET,
    CHOICE_PRODUCTS,
    PERIOD_SALES,
    PERIOD_SALES_SELF_RUN,
    ORDER_LINES,
    PURCHASE_ORDERS,
    PURCHASE_ORDER_LINES,
    PURCHASE_ORDER_SHEET,
    *STOCK_SOURCES,
    BINDINGS,
    *POLICY_SOURCES,
    ALIPAY_PERSONAL,
    ALIPAY_FUND_FLOW,
    ALIPAY_BUSINESS,
    WECHAT_PERSONAL,
    WECHAT_MERCHANT,
    SETTLEMENT,
    SETTLEMENT_BATCHES,
    DEPOSIT_BILL,
    DEPOSIT_LEDGER,
    STORE_FILE,
    CASES,
    BILL_RANGES,
    *CLAIM_SOURCES,
    ORDER_MONEY,
)
