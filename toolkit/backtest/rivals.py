"""The rules people use today, each as a score per product: the higher, the sooner it would be taken off sale.

All see exactly what the model sees: sales before the cutoff. They work on calendar weeks, as they do in practice.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from toolkit.analyze.bgnbd import p_no_repeat
from toolkit.analyze.design import shop_of
from toolkit.analyze.past import Past
from toolkit.analyze.signs import WEEK, Look

__all__ = ["NO_SALE_DAYS", "abc_xyz", "days_since_last_sale", "rival_scores", "tsb", "weeks_of_cover"]

Floats = np.ndarray
NO_SALE_DAYS = (30, 60, 90, 180)


def rival_scores(past: Past, view: Look, stock: Floats) -> Mapping[str, Floats]:
    """Every rival's score by name. `stock` is NaN where unknown: no cover then, and the lowest score."""
    days = days_since_last_sale(view)
    repeats = np.maximum(view.count - 1, 0)
    return {
        **{f"no_sale_{limit}d": (days > limit).astype(float) for limit in NO_SALE_DAYS},
        "weeks_of_cover": weeks_of_cover(view, stock),
        "abc_xyz": abc_xyz(past, view),
        "days_since_last_sale": days,
        "tsb": -tsb(past, view),
        "bgnbd": np.where(view.is_sold, p_no_repeat(shop_of(view).bgnbd, repeats, view.span, view.since_first, 8), 1.0),
    }


def days_since_last_sale(view: Look) -> Floats:
    """Calendar days since the last sale (since first known, when never sold)."""
    return (view.day - view.last_sale).astype(float)


def weeks_of_cover(view: Look, stock: Floats) -> Floats:
    """Stock over the weekly mean of the last 26 weeks; 9,999 without a sale in them, 0 where no stock is known."""
    weekly = view.recent_units / np.clip((view.day - view.born) / WEEK, 1, 26)
    cover = np.divide(stock, weekly, out=np.full(len(stock), 9999.0), where=weekly > 0)
    return np.where(np.isnan(stock), 0.0, cover)


def abc_xyz(past: Past, view: Look) -> Floats:
    """3 × class by units (A: first 80 % of all units, B: to 95 %, C) + class by variation (X < 0.5, Y < 1, Z).

    Variation is the standard deviation of the calendar weeks since first known over their mean, last 52 at most.
    """
    rows = (past.day < view.day) & (past.day >= view.day - 52 * WEEK) & (past.units > 0)
    p, units = past.product[rows], past.units[rows]
    total, squares = np.bincount(p, units, past.size), np.bincount(p, units**2, past.size)
    weeks = np.clip((view.day - view.born) / WEEK, 1, 52)
    mean = total / weeks
    spread = np.sqrt(np.maximum(squares / weeks - mean**2, 0))
    variation = np.divide(spread, mean, out=np.full(past.size, np.inf), where=mean > 0)
    order = np.argsort(-total, kind="stable")
    share = np.empty(past.size)
    # The share before a product's own units: the one that crosses 80 % still belongs to A.
    share[order] = (np.cumsum(total[order]) - total[order]) / max(total.sum(), 1e-9)
    abc = np.where(share < 0.80, 0, np.where(share < 0.95, 1, 2))
    return 3.0 * abc + np.where(variation < 0.5, 0, np.where(variation < 1, 1, 2))


def tsb(past: Past, view: Look, alpha: float = 0.1, beta: float = 0.1) -> Floats:
    """Units per week by Teunter, Syntetos, Babai (2011): p ← p + β(sold − p) each week, z ← z + α(units − z) on a sale.

    Written without the loop: p is Σ β(1 − β)^(weeks ago) over the weeks with a sale, started at the first one; z weighs
    the j-th latest sale by α(1 − α)^j.
    """
    rows = (past.day < view.day) & (past.units > 0)
    p, units = past.product[rows], past.units[rows]
    ago = (view.day - past.day[rows] - 1) // WEEK
    first = np.zeros(past.size, dtype=np.int64)
    np.maximum.at(first, p, ago)
    chance = np.bincount(p, beta * (1 - beta) ** ago * (ago < first[p]), past.size)
    chance += np.where(view.is_sold, (1 - beta) ** first, 0.0)
    # Rows are sorted by product and week: how many later sales has the same product?
    last = np.cumsum(np.bincount(p, minlength=past.size))[p] - 1
    later = last - np.arange(len(p))
    oldest = np.bincount(p, minlength=past.size)[p] - 1 == later
    size = np.bincount(p, units * np.where(oldest, (1 - alpha) ** later, alpha * (1 - alpha) ** later), past.size)
    return chance * size
