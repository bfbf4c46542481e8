"""Gradient boosting on the same signs as the scorecard, as a reference: LightGBM, on own finished cutoffs or pooled.

Needs `pip install lightgbm`; not part of the product.
"""

from __future__ import annotations

from collections.abc import Sequence

import lightgbm
import numpy as np
import polars as pl
from fit_prior import shop_cases
from public_sets import Shop

from toolkit.analyze.design import design, shop_of
from toolkit.analyze.scorecard import MOST_CASES, cases_of, finished_days
from toolkit.analyze.signs import look, looks

HORIZON = 8


def add_boosted(cases: pl.DataFrame, shop: Shop, others: Sequence[Shop]) -> pl.DataFrame:
    """The cases with two more scores: lightgbm_own and lightgbm_pooled (with all cases of the other real shops)."""
    foreign = [shop_cases(other, HORIZON) for other in others if not other.is_simulated]
    parts = []
    for cutoff in shop.cutoffs:
        past = shop.record.before(cutoff)
        now_view = look(past, past.end)
        common = shop_of(now_view)
        days = finished_days(past, HORIZON)
        own = [cases_of(past, looks(past, days, MOST_CASES), common, HORIZON, days)] if days else []
        now = design(past, now_view, common, HORIZON)
        scores = {"lightgbm_own": _fit(own, now), "lightgbm_pooled": _fit([*own, *foreign], now)}
        parts.append(
            pl.DataFrame({"cutoff": pl.repeat(cutoff, past.size, eager=True), "product_id": past.ids, **scores})
        )
    return cases.join(pl.concat(parts), on=["cutoff", "product_id"], how="left", maintain_order="left")


def _fit(seen: Sequence, now: np.ndarray) -> np.ndarray:
    signs, silent = np.concatenate([c.signs for c in seen]), np.concatenate([c.units <= 0 for c in seen])
    model = lightgbm.LGBMClassifier(
        n_estimators=120, learning_rate=0.05, num_leaves=12, min_child_samples=60, colsample_bytree=0.5, subsample=0.7,
        subsample_freq=1, reg_lambda=5, n_jobs=1, verbose=-1, random_state=1,
    ).fit(signs, silent)  # fmt: skip
    return np.asarray(model.predict_proba(now))[:, 1]
