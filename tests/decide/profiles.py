"""A profile with only what a test is about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from toolkit.schema import PROFILE

AS_OF = date(2026, 11, 22)

ORDINARY: dict[str, Any] = {
    "is_suspect_id": False,
    "title": "搪瓷杯",
    "stocking_type": "warehouse",
    "status": "on_sale",
    "observed_on": AS_OF,
    "age_days": 400,
    "on_hand_units": 40,
    "sellable_units": 40,
    "inbound_units": 0,
    "stock_as_of": AS_OF,
    "units_7d": 5,
    "units_30d": 20,
    "units_90d": 60,
    "units_365d": 240,
    "covered_days_90d": 90,
    "covered_days_365d": 365,
    "first_sale_on": AS_OF - timedelta(days=390),
    "last_sale_on": AS_OF - timedelta(days=2),
    "days_since_last_sale": 2,
    "days_without_sale": 2,
    "days_without_sale_min": 2,
    "days_without_sale_max": 2,
    "rate_of_sale": 5.0,
    "sold_share_90d": 0.6,
    "weeks_of_cover": 8.0,
    "is_protected": False,
    "data_step": "history",
}
"""A warehouse product that sells well: no rule fires."""

SLOW: dict[str, Any] = {
    "units_7d": 0,
    "units_30d": 0,
    "units_90d": 0,
    "units_365d": 7,
    "last_sale_on": AS_OF - timedelta(days=150),
    "days_since_last_sale": 150,
    "days_without_sale": 150,
    "days_without_sale_min": 150,
    "days_without_sale_max": 150,
    "rate_of_sale": 0.0,
    "sold_share_90d": 0.0,
    "weeks_of_cover": None,
}
"""What makes the ordinary product slow: 150 days without a sale, 40 in stock."""

OFF_SEASON: dict[str, Any] = {
    "season_evidence": "category",
    "season_name": "summer",
    "season_strength": 3.0,
    "is_in_season": False,
    "next_season_on": date(2027, 5, 3),
}
"""What makes the ordinary product one of summer goods in November."""


def make_profile(**columns: Any) -> pl.DataFrame:
    """An ordinary product with these columns changed; a list makes one product for each of its values."""
    rows = max((len(value) for value in columns.values() if isinstance(value, list)), default=1)
    values = {"product_id": [f"100500000000000{n}" for n in range(rows)], **ORDINARY, **columns}
    return PROFILE.frame(**{name: v if isinstance(v, list) else [v] * rows for name, v in values.items()})
