"""Tables about what could be done with a product: each option in money, what turns decisions, listings that are alike.

Money columns called ``*_est_fen`` are estimates: whole fen as Float64, so that nobody takes them for amounts that were
paid.
"""

from __future__ import annotations

from toolkit.schema.table import SHARE, Column, Table, of

__all__ = ["DUPLICATES", "OPTIONS", "UNKNOWNS", "estimates"]


def estimates(*names: str) -> tuple[Column, ...]:
    """Columns of estimated money: in fen as Float64.

    >>> estimates("value_est_fen")[0].dtype
    Float64
    """
    return tuple(Column(name, SHARE, "fen") for name in names)


OPTIONS = Table(
    "options",
    "what one option for one product is worth over the horizon, and the parts that add up to it",
    ("product_id", "option"),
    (
        *of("id", "product_id"),
        *of("choice", "option", "cost_basis"),
        *estimates(
            "value_est_fen", "value_low_est_fen", "value_high_est_fen", "margin_est_fen", "stock_out_est_fen",
            "holding_est_fen", "salvage_est_fen", "slot_est_fen",
        ),
        *of("fen", "option_price_fen"),
        *of("units", "option_units"),
        *estimates("recall_fee_max_est_fen"),
        *of("text", "unknown_parts", "currency"),
    ),
)  # fmt: skip

UNKNOWNS = Table(
    "unknowns",
    "one figure nobody stated, and how many decisions turn between a low and a high value of it",
    ("unknown",),
    (*of("choice", "unknown"), *of("ratio", "low", "high"), *of("count", "products", "flips")),
)

DUPLICATES = Table(
    "duplicates",
    "one of several listings that look like the same product, and the one to keep",
    ("keep_product_id", "product_id"),
    (
        *of("count", "duplicate_group"),
        *of("id", "product_id", "keep_product_id"),
        *of("flag", "is_one_to_keep"),
        *of("text", "title", "category"),
        *of("fen", "supply_price_fen"),
        *of("text", "currency"),
        *of("units", "on_hand_units", "units_90d"),
        *of("share", "title_similarity"),
        *of("text", "same_facts"),
        *of("choice", "keep_basis"),
        *of("ratio", "keep_demand"),
    ),
)
