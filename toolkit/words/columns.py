"""The name of each column in Chinese and English, and what an empty cell in it means.

A column name means the same in every table, so each is worded once. Units are part of the schema
(`toolkit.schema.Column.unit`); here is only what people read.
"""

from __future__ import annotations

from typing import NamedTuple

from toolkit.words import Text

__all__ = ["COLUMNS", "NEVER_NULL", "TEXTS", "ColumnWords"]


class ColumnWords(NamedTuple):
    """What a column is called, and what it means when it is empty."""

    title: Text
    null: Text


NEVER_NULL = Text("不会为空", "never empty")
_NOT_STATED = Text("来源文件没有写", "the source file does not say")
_NO_STOCK_FILE = Text("没有库存文件,不知道", "no stock file: unknown")
_NO_SALES_FILE = Text("这段时间没有销量文件,不知道(不是0)", "no sales file covers this time: unknown, not 0")
_JIT = Text(
    "JIT不适用、没有库存或销量文件,或没卖也没货", "JIT, no stock or sales file, or nothing sold and nothing held"
)
_NONE = Text("没有", "none")
_NO_LIMIT = Text("没有期限,或还没开始算", "no limit, or not started")
_NOT_CHECKED = Text("没有名单或名单太旧,没核对", "no list, or too old: not checked")
_LESS_THAN_A_YEAR = Text("数据不足一年", "less than a year of data")
_NO_FORECAST = Text("销量数据太少,不给概率", "too little sales data for probabilities")
_NO_MONEY = Text("不知道成本价、价格、库存或销量,不给金额", "no claim in money: cost, price, stock or forecast unknown")
_NO_CLEARING = Text("JIT不适用、没有库存,或销量数据太少", "does not apply to JIT, no stock known, or too little data")


def _column(zh: str, en: str, null: Text = NEVER_NULL) -> ColumnWords:
    return ColumnWords(Text(zh, en), null)


COLUMNS: dict[str, ColumnWords] = {
    # Where a row comes from
    "source_file": _column("来源文件", "source file"),
    "source_sheet": _column("工作表", "sheet", Text("不是Excel文件", "not a workbook")),
    "source_row": _column("行号", "row"),
    "source_sha256": _column("文件指纹", "file fingerprint"),
    "source": _column("文件类型", "kind of file"),
    "occurrence": _column("同一文件中第几次出现", "occurrence in the file"),
    "observed_on": _column(
        "数据日期",
        "data date",
        Text("文件没有写日期,或不在商品表里", "the file states no date, or no product list has it"),
    ),
    "store": _column("店铺", "store", Text("文件没有写店铺", "the file names no store")),
    "channel": _column("渠道", "channel"),
    # Ids
    "product_id": _column("商品ID", "product id"),
    "sku_id": _column("SKU ID", "SKU id", _NOT_STATED),
    "sc_item_id": _column("货品ID", "warehouse item id", _NOT_STATED),
    "seller_sku": _column("卖家SKU", "seller SKU", _NOT_STATED),
    "order_id": _column("订单号", "order id", _NOT_STATED),
    "order_line_id": _column("子订单号", "order line id", _NOT_STATED),
    "purchase_order_no": _column("采购单号", "purchase order no."),
    "is_suspect_id": _column("编号可能被Excel改坏", "id possibly damaged by Excel"),
    # Catalog
    "title": _column("标题", "title", _NOT_STATED),
    "category": _column("类目", "category", _NOT_STATED),
    "parent_category": _column("上级类目", "parent category", _NOT_STATED),
    "stocking_type": _column("备货类型", "stocking type", _NOT_STATED),
    "status": _column("状态", "status", _NOT_STATED),
    "status_raw": _column("状态原文", "status as written", _NOT_STATED),
    "audit_failure_type": _column("审核不通过原因", "audit failure type", _NONE),
    "supply_price_fen": _column("供货价", "supply price", _NOT_STATED),
    "unit_cost_fen": _column("成本价", "unit cost", Text("不知道成本,不按金额下结论", "unknown: no claim in money")),
    "currency": _column("币种", "currency", Text("没有金额", "no amount")),
    "listed_on": _column("首次上架日", "first listed on", _NOT_STATED),
    "modified_on": _column("最近修改日", "last modified on", _NOT_STATED),
    "bind_status": _column("绑定状态", "binding status", _NOT_STATED),
    # Stock
    "warehouse_code": _column("仓编码", "warehouse code", _NOT_STATED),
    "warehouse_name": _column("仓名称", "warehouse", _NOT_STATED),
    "quality": _column("良品/残品", "quality", _NOT_STATED),
    "on_hand_units": _column("库存", "on hand (units)", _NO_STOCK_FILE),
    "locked_units": _column(
        "占用", "locked (units)", Text("没有库存文件,或文件没有写占用", "no stock file, or it states no locked units")
    ),
    "sellable_units": _column("可售库存", "sellable (units)", _NO_STOCK_FILE),
    "inbound_units": _column("在途", "inbound (units)", Text("没有在途数据,不知道", "no inbound data: unknown")),
    "stock_as_of": _column(
        "库存日期", "stock date", Text("没有库存数据,或没写日期", "no stock data, or without a date")
    ),
    # Sales
    "ordered_on": _column("下单日", "ordered on"),
    "ordered_at": _column("下单时间", "ordered at", _NOT_STATED),
    "due_at": _column("最晚到仓时间", "due at warehouse", _NOT_STATED),
    "arrived_at": _column("到仓时间", "arrived at warehouse", Text("还没到,或没写", "not yet, or not stated")),
    "quantity": _column("件数", "units"),
    "received_units": _column("收货件数", "units received", _NOT_STATED),
    "unit_price_fen": _column("单价", "unit price", Text("没写,或写坏了(见问题行)", "not stated, or unreadable")),
    "order_status": _column("订单状态", "order status", _NOT_STATED),
    "order_status_raw": _column("订单状态原文", "order status as written", _NOT_STATED),
    "po_type": _column("采购单类型", "purchase order type", _NOT_STATED),
    "week_start": _column("周(周一)", "week (Monday)"),
    "units": _column("净件数", "net units"),
    "orders": _column("订单数", "orders", _NOT_STATED),
    "revenue_fen": _column("金额", "revenue", Text("没有单价", "no price known")),
    "sales_source": _column("销量来源", "sales source", _NO_SALES_FILE),
    "first_day": _column("第一天", "first day"),
    "last_day": _column("最后一天", "last day"),
    "gap_days": _column("缺几天", "days missing"),
    "told_by": _column(
        "别的来源有", "told by another source", Text("没有别的来源,销量不知道", "by none: sales unknown")
    ),
    "period_start": _column("统计开始", "period start", Text("没有期间数据", "no period data")),
    "period_end": _column("统计结束", "period end", Text("没有期间数据", "no period data")),
    "stat_zone": _column(
        "统计时区", "statistics time zone", Text("文件没有写,可能是美国日期", "not stated; may be US days")
    ),
    "search_impressions": _column("搜索曝光量", "search impressions", _NOT_STATED),
    "page_views": _column("浏览量", "page views", _NOT_STATED),
    "visitors": _column("访客数", "visitors", _NOT_STATED),
    "add_to_cart_buyers": _column("加购人数", "buyers adding to cart", _NOT_STATED),
    "add_to_cart_units": _column("加购件数", "units added to cart", _NOT_STATED),
    "units_paid": _column("支付件数", "units paid", _NOT_STATED),
    "orders_paid": _column("支付订单数", "orders paid", _NOT_STATED),
    "buyers_paid": _column("支付买家数", "buyers paid", _NOT_STATED),
    # Policy
    "policy_kind": _column("条目类型", "entry kind"),
    "policy_value": _column("条目内容", "entry"),
    "policy_from": _column("生效日", "in force from", Text("一直有效", "always")),
    "policy_until": _column("失效日", "in force until", Text("没有期限", "no end")),
    "policy_exceptions": _column("例外", "exceptions", _NONE),
    "policy_list_on": _column("名单日期", "list date", _NOT_STATED),
    "note": _column("备注", "note", _NONE),
    # Profile
    "units_7d": _column("近7天销量", "units, 7 days", _NO_SALES_FILE),
    "units_30d": _column("近30天销量", "units, 30 days", _NO_SALES_FILE),
    "units_90d": _column("近90天销量", "units, 90 days", _NO_SALES_FILE),
    "units_365d": _column("近365天销量", "units, 365 days", _NO_SALES_FILE),
    "covered_days_90d": _column("近90天有数据的天数", "days with data in 90"),
    "covered_days_365d": _column("近365天有数据的天数", "days with data in 365"),
    "revenue_90d_fen": _column(
        "近90天金额",
        "revenue, 90 days",
        Text("没有带单价的销量,或有两种币种", "no sale with a price, or two currencies"),
    ),
    "first_sale_on": _column(
        "首次成交日", "first sale on", Text("没卖过,或只有期间数据", "never sold, or period data only")
    ),
    "last_sale_on": _column(
        "最近成交日", "last sale on", Text("没卖过,或只有期间数据", "never sold, or period data only")
    ),
    "days_since_last_sale": _column(
        "距上次成交天数", "days since last sale", Text("没卖过,或只有期间数据", "never sold, or period data only")
    ),
    "days_without_sale": _column(
        "没有成交的天数",
        "days without a sale",
        Text("只知道范围(见至少、至多),或没有销量文件", "only a range is known (at least, at most), or no sales file"),
    ),
    "days_without_sale_min": _column("没有成交的天数(至少)", "days without a sale (at least)", _NO_SALES_FILE),
    "days_without_sale_max": _column(
        "没有成交的天数(至多)",
        "days without a sale (at most)",
        Text("没有销量文件,或不知道从哪天上架", "no sales file, or no listing day known"),
    ),
    "days_in_stock_90d": _column(
        "近90天有货天数",
        "days in stock of 90",
        Text("不在售,又没有两次以上库存,不知道", "not on sale and fewer than two stock counts: unknown"),
    ),
    "stock_basis": _column("有货天数的依据", "basis of in-stock days"),
    "last_restock_on": _column("最近到货日", "last restock on", Text("没有看到到货,或JIT", "no restock seen, or JIT")),
    "rate_of_sale": _column(
        "周销速(有货周)",
        "rate of sale (units/week in stock)",
        Text("没有销量文件,或90天一直没货", "no sales file, or out of stock for all 90 days"),
    ),
    "sold_share_90d": _column("售罄率(卖出÷(卖出+库存))", "sell-through: sold ÷ (sold + on hand)", _JIT),
    "stock_turn_90d": _column("动销倍数(卖出÷平均库存)", "sell-through: sold ÷ mean on hand", _JIT),
    "weeks_of_cover": _column(
        "可卖周数", "weeks of cover", Text("没有销量、没有库存,或JIT", "nothing sells, no stock file, or JIT")
    ),
    "seasonal_index": _column(
        "本周季节指数", "seasonal index this week", Text("数据不足一年", "less than a year of data")
    ),
    "seasonal_index_ahead": _column(
        "未来季节指数(最高)", "highest seasonal index ahead", Text("数据不足一年", "less than a year of data")
    ),
    "season_strength": _column("季节强度", "season strength", Text("数据不足一年", "less than a year of data")),
    "season_evidence": _column("季节依据", "season evidence", Text("没有季节依据", "no season evidence")),
    "season_own_share": _column("季节依据:自己占多少", "season evidence: its own share", _LESS_THAN_A_YEAR),
    "season_category_share": _column(
        "季节依据:同类目占多少", "season evidence: its category's share", _LESS_THAN_A_YEAR
    ),
    "season_store_share": _column(
        "季节依据:上级类目和全店占多少", "season evidence: share of the category above and the store", _LESS_THAN_A_YEAR
    ),
    "season_name": _column("季节", "season", Text("全年或不知道", "all year, or unknown")),
    "is_in_season": _column(
        "当季", "in season", Text("全年商品,或没有季节依据", "sells all year, or no season evidence")
    ),
    "next_season_on": _column(
        "下一季开始", "next season starts on", Text("全年商品,或没有季节依据", "sells all year, or no season evidence")
    ),
    "season_ends_on": _column("本季结束", "season ends on", Text("不在季节中", "not in season")),
    "age_days": _column("上架天数", "days listed", _NOT_STATED),
    "abc_class": _column("ABC", "ABC class", _NO_SALES_FILE),
    "is_active_30d": _column("近30天动销", "sold in 30 days", _NO_SALES_FILE),
    "funnel_advice": _column("漏斗建议", "funnel advice", Text("没有流量数据", "no traffic data")),
    "jit_on_time_share": _column(
        "48小时到仓率(估)",
        "share on time in 48 h (estimate)",
        Text("没有两个时间,或不是JIT", "both times not known, or not JIT"),
    ),
    "jit_orders_timed": _column(
        "有时间的JIT单数", "JIT orders with both times", Text("没有JIT采购单", "no JIT orders")
    ),
    "open_orders_state": _column("未完成订单", "open orders"),
    "open_units": _column("欠货件数", "units owed", Text("未核对", "not checked")),
    "shippable_units": _column(
        "可发件数", "units that can be shipped", Text("未核对,或不知道库存", "not checked, or no stock known")
    ),
    "gap_units": _column("缺口件数", "gap (units)", Text("未核对,或不知道库存", "not checked, or no stock known")),
    "policy_hit": _column("命中政策条目", "policy entry hit", _NONE),
    "policy_hit_kind": _column("命中类型", "kind of policy hit", _NONE),
    "policy_hit_list_on": _column("命中名单日期", "date of the list hit", _NONE),
    "is_protected": _column("保护", "protected"),
    "data_step": _column("数据台阶", "data step"),
    # What the demand model says
    **{
        name.format(weeks): _column(zh.format(weeks), en.format(weeks), null)
        for weeks in (8, 13, 26)
        for name, zh, en, null in (
            ("p_no_sale_{}w", "{}周一件不卖的可能", "chance of selling nothing, {} weeks", _NO_FORECAST),
            ("units_mean_{}w", "{}周预计卖", "units expected, {} weeks", _NO_FORECAST),
            ("units_q10_{}w", "{}周少则卖(80%区间下限)", "units, {} weeks: lower end of the 80 % range", _NO_FORECAST),
            ("units_q50_{}w", "{}周卖(中位)", "units, {} weeks: median", _NO_FORECAST),
            ("units_q90_{}w", "{}周多则卖(80%区间上限)", "units, {} weeks: upper end of the 80 % range", _NO_FORECAST),
            ("p_clear_{}w", "{}周内卖完的可能", "chance that stock clears, {} weeks", _NO_CLEARING),
            ("units_left_{}w", "{}周后预计还剩", "units expected to be left, {} weeks", _NO_CLEARING),
        )
    },
    "clear_date_median": _column(
        "一半可能卖完的日子",
        "day by which stock is as likely cleared as not",
        Text(
            "两年内卖不完、JIT不适用、没有库存,或销量数据太少",
            "not within two years, JIT, no stock known, or too little data",
        ),
    ),
    "p_dead": _column("没人再买的可能", "chance that demand has died", _NO_FORECAST),
    "demand_state": _column("需求状态", "state of demand", _NO_FORECAST),
    "delist_score": _column(
        "下架分(0–1)",
        "delist score: share of the stake that keeping would lose (0–1)",
        Text("没有任何销量数据", "no sales data at all"),
    ),
    "keep_below_units": _column(
        "库存少于几件就值得留",
        "worth keeping with less stock than (units)",
        Text("不靠库存判断,或本来就值得留", "not a matter of stock, or worth keeping as it is"),
    ),
    "outlook_until": _column("26周预测到哪天", "end of the 26 weeks ahead", _NO_FORECAST),
    "exposure_basis": _column("断货按什么看", "basis of days out of stock", _NO_FORECAST),
    "own_cases": _column("参考了自己过去多少例", "cases of the store's own past behind the forecast", _NO_FORECAST),
    # Decision
    "rank": _column("序号", "rank"),
    "action": _column("建议动作", "suggested action"),
    "reason_code": _column("原因", "reason", Text("没有下架理由", "no reason to delist")),
    "rule": _column("规则", "rule", Text("没有规则命中", "no rule fired")),
    "rules": _column("命中的规则", "rules that fired", _NONE),
    "guard": _column("暂缓原因", "guard", _NONE),
    "guards": _column("所有暂缓原因", "all guards", _NONE),
    "relist_on": _column("再上日期", "relist on", Text("不是换季下架", "not a seasonal rest")),
    "review_on": _column("再看日期", "look again on", Text("不用再看", "no need to look again")),
    "flip_units": _column(
        "翻转件数(库存少于它就不这样建议)",
        "turning units (with less stock the advice would differ)",
        Text("不是按件数判断的", "not decided by a number of units"),
    ),
    "flip_on": _column(
        "翻转日期(过了它结论就变)",
        "turning day (the day on which the advice would differ)",
        Text("不是按日期判断的", "not decided by a day"),
    ),
    "sentence": _column("依据", "why"),
    # In money
    "cost_basis": _column("成本价来自", "unit cost is"),
    "value_est_fen": _column("照做多赚(估算)", "gained by acting (estimate)", _NO_MONEY),
    "regret_est_fen": _column("下错的代价(估算)", "cost if wrong (estimate)", _NO_MONEY),
    "wait_value_est_fen": _column("再看一周值多少(估算)", "waiting a week is worth (estimate)", _NO_MONEY),
    "other_option": _column("还可以", "or else", Text("没有别的划算做法", "no other option stands out")),
    "option": _column("做法", "option"),
    "option_price_fen": _column(
        "降到多少", "price cut to", Text("没法再降,或不知道成本", "no cut possible, or no cost known")
    ),
    "option_units": _column("要多卖/退仓件数", "units to sell more or take back", Text("用不上", "does not apply")),
    "recall_fee_max_est_fen": _column("退仓费每件不超过(估算)", "recall fee at most, per unit (estimate)", _NO_MONEY),
    "value_low_est_fen": _column("金额下限(10%)", "value, 10 % quantile", _NO_MONEY),
    "value_high_est_fen": _column("金额上限(90%)", "value, 90 % quantile", _NO_MONEY),
    "margin_est_fen": _column("毛利(估算)", "margin (estimate)", _NO_MONEY),
    "stock_out_est_fen": _column("缺货少赚(估算)", "lost to stock-out (estimate)", _NO_MONEY),
    "holding_est_fen": _column("压货成本(估算)", "holding (estimate)", _NO_MONEY),
    "salvage_est_fen": _column("剩货能卖回(估算)", "salvage (estimate)", _NO_MONEY),
    "slot_est_fen": _column("占名额的成本(估算)", "slot (estimate)", _NO_MONEY),
    "unknown_parts": _column("没算进去的", "parts left out as unknown", _NONE),
    "unknown": _column("不知道的数", "figure nobody stated"),
    "low": _column("低", "low"),
    "high": _column("高", "high"),
    "products": _column("影响商品数", "products it bears on"),
    "flips": _column("会改变结论的商品数", "decisions that turn"),
    "duplicate_of": _column("疑似重复,建议留", "near-duplicate of", Text("没有发现重复", "no near-duplicate found")),
    "duplicate_group": _column("组", "group"),
    "keep_product_id": _column("建议留哪个", "the one to keep"),
    "is_one_to_keep": _column("留这个", "keep this one"),
    "title_similarity": _column("标题相似度", "likeness of titles"),
    "decision": _column("我的决定", "my decision", Text("空白=没有同意", "blank = not approved")),
    # Money
    "provider": _column("账单来源", "provider"),
    "account": _column("账号", "account", _NOT_STATED),
    "row_id": _column("流水号", "transaction id", _NOT_STATED),
    "base_id": _column("原交易号", "id of the original transaction", _NOT_STATED),
    "base_order_no": _column("业务基础订单号", "base order no.", _NOT_STATED),
    "merchant_order_no": _column("商户订单号", "merchant order no.", _NOT_STATED),
    "booked_at": _column("入账时间", "booked at", _NOT_STATED),
    "booked_on": _column("入账日", "booked on", _NOT_STATED),
    "amount_fen": _column("金额(进为正)", "amount (in is positive)", Text("这一行没有动钱", "this row moved no money")),
    "stated_fen": _column("所写金额", "amount as stated", _NOT_STATED),
    "refunded_fen": _column("成功退款", "refunded", Text("没有退款", "nothing refunded")),
    "fee_fen": _column("服务费", "fee", _NOT_STATED),
    "balance_fen": _column("余额", "balance", _NOT_STATED),
    "direction_raw": _column("收/支", "in or out as written", _NOT_STATED),
    "fund_state_raw": _column("资金状态", "state of the money as written", _NOT_STATED),
    "business_raw": _column("业务描述", "business as written", _NOT_STATED),
    "bill_status": _column("交易状态", "status as written", _NOT_STATED),
    "kind_raw": _column("类型原文", "kind as written", _NOT_STATED),
    "counterparty": _column("对方", "counterparty", _NOT_STATED),
    "item": _column("商品名称", "item", _NOT_STATED),
    "memo": _column("备注", "memo", _NONE),
    "bill_filter": _column("导出筛选", "export filter", Text("没有筛选", "no filter")),
    "declared_rows": _column("文件写的笔数", "rows the file declares", _NOT_STATED),
    "read_rows": _column("读到的笔数", "rows read"),
    "declared_in_fen": _column("文件写的收入合计", "income the file declares", _NOT_STATED),
    "declared_out_fen": _column("文件写的支出合计", "outflow the file declares", _NOT_STATED),
    "read_in_fen": _column("读到的收入合计", "income read"),
    "read_out_fen": _column("读到的支出合计", "outflow read"),
    "first_row_on": _column("第一笔", "first row on", Text("一行也没有", "no rows")),
    "last_row_on": _column("最后一笔", "last row on", Text("一行也没有", "no rows")),
    "totals_check": _column("笔数和合计核对", "check of counts and totals", Text("文件没有写合计", "none declared")),
    "balance_broken_row": _column("余额从哪一行接不上", "row where the balance breaks", Text("没有断", "nowhere")),
    "opening_fen": _column("期初余额", "opening balance", Text("没有余额列", "no balance column")),
    "closing_fen": _column("期末余额", "closing balance", Text("没有余额列", "no balance column")),
    "balance_check": _column("余额核对", "running balance check", Text("没有余额列", "no balance column")),
    "self_run_store": _column("关联自营店", "linked self-run store", _NOT_STATED),
    "company": _column("公司", "company", _NOT_STATED),
    "alipay_tail": _column("支付宝尾号", "tail of the Alipay account", _NOT_STATED),
    "deposit_on": _column("保证金日期", "deposit paid on", _NOT_STATED),
    "deposit_fen": _column("保证金金额", "deposit", _NOT_STATED),
    "applied_on": _column("申请日", "applied on", Text("还没申请,或没写", "not yet, or not stated")),
    "approved_on": _column("审核通过日", "approved on", Text("还没通过,或没写", "not yet, or not stated")),
    "deposit_kind": _column("保证金类别", "deposit class"),
    "reference": _column("参考号", "reference", _NOT_STATED),
    "case_kind": _column("办理事项", "case"),
    "case_id": _column("事项编号", "case id", _NOT_STATED),
    "submitted_on": _column("提交日", "submitted on", _NOT_STATED),
    "submitted_at": _column("提交时间", "submitted at", Text("只写了日期", "only a day is stated")),
    "rejected_on": _column("驳回日", "rejected on", Text("没有被驳回", "not rejected")),
    "reason": _column("事由", "stated reason", _NOT_STATED),
    "notice_no": _column("通知编号", "notice no.", _NOT_STATED),
    "fine_state": _column("罚款状态", "state of the fine", _NOT_STATED),
    "dispute_id": _column("纠纷号", "dispute id"),
    "dispute_state": _column("纠纷状态", "state of the dispute", _NOT_STATED),
    "dispute_state_raw": _column("纠纷状态原文", "state of the dispute as written", _NOT_STATED),
    "opened_on": _column("发起日", "opened on", _NOT_STATED),
    "debt_state": _column("欠款状态", "state of the debt", _NOT_STATED),
    "refund_id": _column("退款号", "refund id", _NOT_STATED),
    "settlement_kind": _column("放款/退款", "release or refund"),
    "loan_state": _column("放款状态", "state of the release", Text("不是放款", "not a release")),
    "original_order_no": _column("原订单号", "original order no.", _NONE),
    "batch_no": _column("结算批次", "settlement batch", _NOT_STATED),
    "settled_on": _column("结算日", "settled on", _NOT_STATED),
    "net_fen": _column("净额", "net", _NOT_STATED),
    "settled_currency": _column("结算币种", "settlement currency", _NOT_STATED),
    "rate": _column("汇率", "exchange rate", _NOT_STATED),
    "settled_fen": _column("结算金额", "settled amount", _NOT_STATED),
    # Reconciliation
    "row_key": _column("行编号", "row key"),
    "via": _column("按哪条规则", "by which rule"),
    "counted_with": _column("已算在哪一行", "counted under row", Text("自己单独算", "counts for itself")),
    "layer": _column("怎么对上的", "how it was matched"),
    "match_verdict": _column("对账结果", "verdict of the match"),
    "expected_id": _column("应收编号", "claim"),
    "credit_id": _column("到账编号", "credit"),
    "expected_fen": _column("应收金额", "amount due"),
    "credit_fen": _column("到账金额", "amount arrived"),
    "gap_fen": _column("差额(到账减应收)", "gap (arrived less due)"),
    "expected_on": _column("应收起算日", "due counted from", _NOT_STATED),
    "credit_on": _column("到账日", "arrived on", _NOT_STATED),
    "lag_days": _column("隔了几天", "days between", Text("不知道日期", "a day is not known")),
    "lag_working_days": _column("隔了几个工作日", "working days between", Text("不知道日期", "a day is not known")),
    "is_provisional": _column(
        "放假安排还没公布", "holidays not published yet", Text("不知道日期", "a day is not known")
    ),
    "legs": _column("分几笔", "in how many parts"),
    "shared_id": _column("凭哪个编号", "shared id", Text("没有相同编号", "no shared id")),
    "rivals": _column("还有几笔应收也能对上这笔到账", "other claims this credit would have fitted"),
    "answer_group": _column("歧义组", "ambiguity"),
    "answers": _column("一共几种可能", "possibilities in all"),
    "pays": _column("这组里确定到账几笔", "claims of the group that are paid"),
    "split_no": _column("第几种可能", "possibility"),
    "match_side": _column("应收/到账", "side"),
    "id": _column("编号", "id"),
    "on": _column("日期", "day", _NOT_STATED),
    "alone_because": _column("为什么没对上", "why it stayed alone"),
    "fits_id": _column("本来能对上哪一笔", "would have fitted", _NONE),
    "rows": _column("笔数", "rows"),
    "total_fen": _column("合计", "total"),
    "matched_fen": _column("已对上", "matched"),
    "ambiguous_fen": _column("说不准", "ambiguous"),
    "alone_fen": _column("没对上", "alone"),
    "excluded_fen": _column("不参加对账", "excluded"),
    # What became of deposits, refunds and reviews
    "case_key": _column("事项", "case", Text("不属于哪一项", "belongs to no case")),
    "case_state": _column("状态", "state"),
    "case_rule": _column("按什么判断", "judged by", _NOT_STATED),
    "due_from_on": _column("最早到账日(D3)", "due from (D3)", _NO_LIMIT),
    "due_on": _column("最晚到账日(D5)", "due by (D5)", _NO_LIMIT),
    "due_earliest_on": _column("最晚到账日下限", "due by, earliest", _NO_LIMIT),
    "due_latest_on": _column("最晚到账日上限", "due by, latest", _NO_LIMIT),
    "credited_on": _column("到账日", "arrived on", Text("没看到到账", "no arrival seen")),
    "working_days": _column("已用工作日", "working days used", Text("还没开始算", "not started")),
    "late_days": _column("超期工作日", "working days late", _NO_LIMIT),
    "ageing": _column("超期多久", "ageing", _NO_LIMIT),
    "actual_fen": _column("实收", "arrived", Text("没看到到账", "no arrival seen")),
    "surplus_fen": _column("多收", "surplus", Text("没有多收", "none")),
    "explained_fen": _column("差额里有凭据的", "gap explained", Text("没有", "none")),
    "applied_fen": _column("申请金额", "applied for", _NOT_STATED),
    "no_open_dispute": _column("没有未结纠纷", "no open dispute", _NOT_CHECKED),
    "no_open_order": _column("没有未完成订单", "no unfinished order", _NOT_CHECKED),
    "no_debt": _column("没有欠款", "no debt", _NOT_CHECKED),
    "no_pending_fine": _column("没有待扣罚款", "no pending fine", _NOT_CHECKED),
    "blocked_by": _column("卡在哪里", "held up by", Text("没有", "nothing")),
    "needs_file": _column("还差哪个文件", "file that would settle it", Text("不差文件", "none needed")),
    "next_step": _column("下一步", "next step"),
    "case_row": _column("申请在哪一行", "application read at", Text("没有申请", "no application")),
    "ledger_row": _column("台账在哪一行", "ledger read at", Text("没有台账行", "no ledger row")),
    "bill_row": _column("账单在哪一行", "bill read at", Text("账单里没有", "not in a bill")),
    "ledger_provider": _column("按哪本台账", "ledger believed", Text("没有台账", "no ledger")),
    "store_state": _column("状态", "state"),
    "paid_fen": _column("已缴", "paid"),
    "top_up_fen": _column("补缴", "topped up"),
    "fined_fen": _column("罚款", "fines"),
    "compensated_fen": _column("赔付", "compensation"),
    "returned_fen": _column("已退", "refunded"),
    "unclassified_fen": _column("没分清类别", "not classified"),
    "deposit_balance_fen": _column("应有余额", "balance"),
    "stated_balance_fen": _column("账单写的余额", "balance the bill states", _NOT_STATED),
    "balance_gap_fen": _column("余额差", "balance gap", _NOT_STATED),
    "balance_broken_at": _column("余额从哪里接不上", "balance breaks at", Text("没有断", "nowhere")),
    "frozen_fen": _column("冻结", "frozen"),
    "thawed_fen": _column("解冻", "thawed"),
    "without_notice_fen": _column("扣了但没有通知", "deducted without a notice"),
    "not_yet_deducted_fen": _column("有通知还没扣", "noticed, not yet deducted"),
    "other_ledger_gap_fen": _column("两本台账差额", "gap between two ledgers", Text("只有一本", "only one ledger")),
    "due_fen": _column("应退", "due"),
    "arrived_fen": _column("已到账", "arrived"),
    "waiting_fen": _column("等待中", "waiting"),
    "overdue_fen": _column("超期未到", "overdue"),
    "not_assessable_fen": _column("账单不够,判断不了", "not assessable"),
    "short_fen": _column("少退", "short"),
    "cases": _column("事项数", "cases"),
    "open_items": _column("未结项数", "open items"),
    "step_no": _column("第几步", "step"),
    "bridge_step": _column("项目", "item"),
    "step_fen": _column("金额", "amount"),
    "item_key": _column("未结项", "open item"),
    "item_kind": _column("是什么", "what it is"),
    "item_row": _column("在哪一行", "read at", Text("没有行", "no row")),
    "row_side": _column("哪一边", "side"),
    "row_fate": _column("去向", "what became of it"),
    "covers": _column("能作依据", "counts as evidence"),
    "not_covering": _column("为什么不能", "why not", Text("能作依据", "it counts")),
    "list_name": _column("名单", "list"),
    "is_given": _column("有文件", "given"),
    "is_fresh": _column("够新", "new enough"),
    "released_fen": _column("已放款", "released"),
    "refunded_sum_fen": _column("退款合计", "refunded"),
    "left_fen": _column("剩余", "left"),
    "order_check": _column("订单核对", "order check"),
    "refund_state": _column("状态", "state"),
    "bill_layer": _column("和账单怎么对上的", "how matched with the bill", Text("账单里没有", "not in a bill")),
    "settled_amount_fen": _column("结算金额", "settled", Text("结算里没有", "not settled")),
    "bill_amount_fen": _column("账单金额", "in the bill", Text("账单里没有", "not in a bill")),
    "settlement_row": _column("结算在哪一行", "settlement read at", Text("结算里没有", "not settled")),
    # Rejected rows
    "cell": _column("单元格", "cell", Text("整行", "the whole row")),
    # Decisions and their fate
    "answer": _column("我的决定", "my decision", Text("没有填", "left blank")),
    "answer_raw": _column("我的决定原文", "my decision as written", Text("没有填", "left blank")),
    "done": _column("已操作", "done", Text("没有填", "left blank")),
    "acted_on": _column("操作日期", "date done", Text("没有填", "left blank")),
    "result": _column("结果", "result", Text("没有填", "left blank")),
    "result_raw": _column("结果原文", "result as written", Text("没有填", "left blank")),
    "transaction": _column("记录编号", "transaction"),
    "step": _column("第几步", "step"),
    "from_state": _column("之前", "state before", Text("第一次", "the first step")),
    "state": _column("状态", "state"),
    "evidence": _column("怎么知道的", "how it is known", Text("自己的决定", "a decision of one's own")),
    "evidence_on": _column("依据的日期", "date of the evidence", Text("没有写", "not stated")),
    "who": _column("谁", "who"),
    "at": _column("什么时候", "when"),
    "run_id": _column("运行号", "run"),
    "week": _column("周", "week"),
    "settings_digest": _column("设置指纹", "fingerprint of the settings"),
    "inputs_sha256": _column("文件指纹", "fingerprint of the inputs"),
    "column": _column("列", "column", Text("整行", "the whole row")),
    "value": _column("内容", "content", Text("空白", "blank")),
    "problem": _column("问题", "problem"),
    "effect": _column("处理", "what was done"),
}

TEXTS: dict[str, Text] = {f"column.{name}": words.title for name, words in COLUMNS.items()} | {
    f"column.{name}.null": words.null for name, words in COLUMNS.items()
}
