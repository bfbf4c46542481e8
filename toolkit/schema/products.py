"""Tables about products: what exports tell (`LOADED_TABLES`), one profile row per product, one decision per product."""

from __future__ import annotations

from toolkit.schema.options import estimates
from toolkit.schema.table import ORIGIN, PLACE, Column, Table, ids, of

__all__ = [
    "BINDINGS",
    "CATALOG",
    "COVERAGE",
    "DECISIONS",
    "GAPS",
    "HORIZONS",
    "LOADED_TABLES",
    "ORDER_LINES",
    "PERIOD_SALES",
    "POLICY",
    "PROBLEMS",
    "PROFILE",
    "PURCHASE_ORDERS",
    "PURCHASE_ORDER_LINES",
    "STOCK",
    "WEEKLY_SALES",
    "horizon_columns",
]

CATALOG = Table(
    "catalog",
    "one product as one snapshot shows it",
    ("product_id", "observed_on"),
    (
        *ids("product_id"),
        *of("text", "title", "category", "parent_category"),
        *of("choice", "stocking_type", "status"),
        *of("text", "status_raw", "audit_failure_type"),
        *of("fen", "supply_price_fen", "unit_cost_fen"),
        *of("text", "currency"),
        *of("units", "on_hand_units", "inbound_units"),
        *of("day", "listed_on", "modified_on"),
        *of("text", "seller_sku"),
        *ORIGIN,
    ),
)

BINDINGS = Table(
    "bindings",
    "one SKU of a product and the warehouse item behind it, as one snapshot shows it",
    ("product_id", "sku_id", "sc_item_id", "seller_sku", "observed_on"),
    (*of("id", "product_id", "sku_id", "sc_item_id", "seller_sku"), *of("text", "bind_status"), *ORIGIN),
)

STOCK = Table(
    "stock",
    "one count of units of a product, SKU or warehouse item in one warehouse on one day; "
    "the finest id given is the grain",
    ("product_id", "sku_id", "sc_item_id", "seller_sku", "warehouse_code", "quality", "observed_on"),
    (
        *ids("product_id", "sku_id", "sc_item_id", "seller_sku"),
        *of("text", "warehouse_code", "warehouse_name"),
        *of("choice", "quality"),
        *of("units", "on_hand_units", "locked_units", "sellable_units", "inbound_units"),
        *ORIGIN,
    ),
)

PERIOD_SALES = Table(
    "period_sales",
    "what a product did in one statistics period, as the platform counted it",
    ("channel", "product_id", "period_start", "period_end"),
    (
        *of("choice", "channel"),
        *ids("product_id"),
        *of("day", "period_start", "period_end"),
        *of("text", "stat_zone"),
        *of("count", "search_impressions", "page_views", "visitors", "add_to_cart_buyers"),
        *of("units", "add_to_cart_units", "units_paid"),
        *of("count", "orders_paid", "buyers_paid"),
        *ORIGIN,
    ),
)

ORDER_LINES = Table(
    "order_lines",
    "one product line of one consumer order",
    ("channel", "order_id", "order_line_id", "product_id", "sku_id"),
    (
        *of("choice", "channel"),
        *ids("order_id", "order_line_id", "product_id", "sku_id"),
        *of("text", "title"),
        *of("day", "ordered_on"),
        *of("units", "quantity"),
        *of("fen", "unit_price_fen"),
        *of("text", "currency"),
        *of("choice", "order_status"),
        *of("text", "order_status_raw"),
        *of("moment", "due_at"),
        *ORIGIN,
    ),
)

PURCHASE_ORDERS = Table(
    "purchase_orders",
    "one purchase order of the platform to the seller",
    ("purchase_order_no",),
    (
        *of("id", "purchase_order_no", "order_id"),
        *of("choice", "po_type", "order_status"),
        *of("text", "order_status_raw", "warehouse_code"),
        *of("moment", "ordered_at", "due_at", "arrived_at"),
        *of("units", "quantity", "received_units"),
        *ORIGIN,
    ),
)

PURCHASE_ORDER_LINES = Table(
    "purchase_order_lines",
    "one product line of one purchase order",
    ("purchase_order_no", "product_id", "sku_id", "sc_item_id"),
    (
        *ids("purchase_order_no", "product_id", "sku_id", "sc_item_id"),
        *of("text", "title"),
        *of("units", "quantity", "received_units"),
        *of("fen", "unit_price_fen"),
        *of("text", "currency"),
        *ORIGIN,
    ),
)

POLICY = Table(
    "policy",
    "one entry of the user's policy list: what may not be sold, what must stay, which papers end when, what is special",
    ("policy_kind", "policy_value", "policy_document"),
    (
        *of("choice", "policy_kind"),
        *of("text", "policy_value", "policy_document"),
        *of("day", "policy_from", "policy_until"),
        *of("text", "policy_exceptions"),
        *of("day", "policy_list_on"),
        *of("text", "note"),
        *ORIGIN,
    ),
)

LOADED_TABLES = (
    CATALOG, BINDINGS, STOCK, PERIOD_SALES, ORDER_LINES, PURCHASE_ORDERS, PURCHASE_ORDER_LINES, POLICY,
)  # fmt: skip

PROBLEMS = Table(
    "problems",
    "one thing wrong with one row of a file: the row was rejected, or one value in it was blanked, or it was set aside",
    ("source_file", "source_sheet", "source_row", "column", "problem"),
    (
        *PLACE,
        *of("text", "cell", "column", "value"),
        *of("choice", "problem", "effect"),
    ),
)

COVERAGE = Table(
    "coverage",
    "one stretch of days for which one file tells all sales of one kind",
    ("sales_source", "channel", "first_day", "last_day"),
    (*of("choice", "sales_source", "channel"), *of("day", "first_day", "last_day"), *of("text", "source_file")),
)

GAPS = Table(
    "gaps",
    "one stretch of days that a source of sales does not tell, though it told days before",
    ("channel", "sales_source", "first_day"),
    (*of("choice", "channel", "sales_source"), *of("day", "first_day", "last_day"), *of("days", "gap_days"),
     *of("choice", "told_by")),
)  # fmt: skip

WEEKLY_SALES = Table(
    "weekly_sales",
    "what one product sold in one week through one channel, from exactly one source",
    ("channel", "product_id", "week_start"),
    (
        *of("choice", "channel"),
        *of("id", "product_id"),
        *of("day", "week_start"),
        *of("units", "units"),
        *of("count", "orders"),
        *of("fen", "revenue_fen"),
        *of("text", "currency"),
        *of("day", "first_sale_on", "last_sale_on"),
        *of("choice", "sales_source"),
    ),
)

HORIZONS = (8, 13, 26)
"""Weeks ahead that every profile looks; others may be asked for and stand behind its columns."""


def horizon_columns(weeks: int) -> tuple[Column, ...]:
    """What the demand model says of so many weeks ahead.

    >>> horizon_columns(8)[0]
    Column(name='p_no_sale_8w', dtype=Float64, unit='share')
    """
    return (
        *of("share", f"p_no_sale_{weeks}w"),
        *of("ratio", f"units_mean_{weeks}w"),
        *of("units", f"units_q10_{weeks}w", f"units_q50_{weeks}w", f"units_q90_{weeks}w"),
        *of("share", f"p_clear_{weeks}w"),
        *of("ratio", f"units_left_{weeks}w"),
    )


PROFILE = Table(
    "profile",
    "everything known about one product as of one day; the only table that decisions read",
    ("product_id",),
    (
        *ids("product_id"),
        *of("text", "title", "category", "parent_category"),
        *of("choice", "stocking_type", "status"),
        *of("text", "status_raw", "audit_failure_type"),
        *of("day", "observed_on"),
        *of("fen", "supply_price_fen", "unit_cost_fen"),
        *of("text", "currency"),
        *of("day", "listed_on"),
        *of("text", "seller_sku"),
        *of("days", "age_days"),
        *of("units", "on_hand_units", "locked_units", "sellable_units", "inbound_units"),
        *of("day", "stock_as_of", "last_restock_on"),
        *of("units", "units_7d", "units_30d", "units_90d", "units_365d"),
        *of("days", "covered_days_90d", "covered_days_365d"),
        *of("fen", "revenue_90d_fen"),
        *of("choice", "sales_source"),
        *of("day", "first_sale_on", "last_sale_on"),
        *of("days", "days_since_last_sale", "days_without_sale", "days_without_sale_min", "days_without_sale_max"),
        *of("days", "days_in_stock_90d"),
        *of("choice", "stock_basis"),
        *of("ratio", "rate_of_sale"),
        *of("share", "sold_share_90d"),
        *of("ratio", "stock_turn_90d"),
        *of("weeks", "weeks_of_cover"),
        *of("ratio", "seasonal_index", "seasonal_index_ahead", "season_strength"),
        *of("choice", "season_evidence", "season_name"),
        *of("share", "season_own_share", "season_category_share", "season_store_share"),
        *of("flag", "is_in_season"),
        *of("day", "next_season_on", "season_ends_on"),
        *of("choice", "abc_class"),
        *of("flag", "is_active_30d"),
        *of("count", "search_impressions", "page_views", "visitors", "add_to_cart_buyers"),
        *of("units", "units_paid"),
        *of("day", "period_start", "period_end"),
        *of("choice", "funnel_advice"),
        *of("share", "jit_on_time_share"),
        *of("count", "jit_orders_timed"),
        *of("choice", "open_orders_state"),
        *of("units", "open_units", "shippable_units", "gap_units"),
        *of("id", "duplicate_of"),
        *of("text", "policy_hit"),
        *of("choice", "policy_hit_kind"),
        *of("day", "policy_hit_list_on"),
        *of("text", "policy_hit_place"),
        *of("count", "policy_hit_at"),
        *of("text", "policy_hit_where", "qualification"),
        *of("day", "qualification_until"),
        *of("text", "special_category"),
        *of("flag", "is_protected"),
        *of("choice", "data_step"),
        *(column for weeks in HORIZONS for column in horizon_columns(weeks)),
        *of("day", "clear_date_median"),
        *of("share", "p_dead"),
        *of("choice", "demand_state"),
        *of("share", "delist_score"),
        *of("units", "keep_below_units"),
        *of("day", "outlook_until"),
        *of("choice", "exposure_basis"),
        *of("count", "own_cases"),
        *of("choice", "next_event"),
        *of("ratio", "next_event_multiplier"),
    ),
)

DECISIONS = Table(
    "decisions",
    "what is advised for one product, why, and what stopped a stronger advice",
    ("product_id",),
    (
        *of("count", "rank"),
        *of("id", "product_id"),
        *of("choice", "action", "reason_code", "rule"),
        *of("text", "rules"),
        *of("choice", "guard"),
        *of("text", "guards"),
        *of("day", "relist_on", "review_on"),
        *of("units", "flip_units"),
        *of("day", "flip_on"),
        *of("choice", "cost_basis"),
        *estimates("value_est_fen", "regret_est_fen", "wait_value_est_fen"),
        *of("choice", "other_option"),
        *of("fen", "option_price_fen"),
        *of("units", "option_units"),
        *estimates("recall_fee_max_est_fen"),
    ),
)
