"""How good was a forecast? The measures of the field, each a few lines, exactly as they are reported.

`is_silent` marks the cases that then sold nothing; a higher score must mean *more likely to sell nothing*. Where a
measure has no meaning (all cases alike) it is NaN.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

__all__ = [
    "Spread", "auc", "average_precision", "bootstrap", "brier_skill", "calibration_error", "coverage", "pinball",
    "precision_in_top", "reliability",
]  # fmt: skip

Floats = np.ndarray
Spread = tuple[float, float, float]
"""Estimate, and the ends of its 95 % interval."""


def auc(is_silent: np.ndarray, score: Floats, weight: Floats | None = None) -> float:
    """P(a silent case scores above a selling one), ties counting half: the area under the ROC curve.

    >>> auc(np.array([True, False, False]), np.array([0.9, 0.2, 0.9]))
    0.75
    """
    _, place = np.unique(score, return_inverse=True)
    weight = np.ones(len(score)) if weight is None else weight
    silent = np.bincount(place, weight * is_silent)
    selling = np.bincount(place, weight * ~is_silent)
    pairs = silent.sum() * selling.sum()
    below = np.cumsum(selling) - selling
    return float((silent * (below + selling / 2)).sum() / pairs) if pairs > 0 else float("nan")


def average_precision(is_silent: np.ndarray, score: Floats) -> float:
    """Mean of the precision at each silent case, going down from the highest score.

    >>> average_precision(np.array([True, False, True]), np.array([0.9, 0.5, 0.1])).__round__(3)
    0.833
    """
    order = np.argsort(-score, kind="stable")
    hits = is_silent[order]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean()) if hits.any() else float("nan")


def precision_in_top(is_silent: np.ndarray, score: Floats, share: float = 0.1) -> float:
    """Share of silent cases among the `share` of cases that score highest."""
    top = np.argsort(-score, kind="stable")[: max(1, round(share * len(score)))]
    return float(is_silent[top].mean())


def brier_skill(is_silent: np.ndarray, p: Floats) -> float:
    """1 − mean (p − y)² / mean (base rate − y)²: 0 is as good as stating the base rate for all.

    >>> brier_skill(np.array([True, False]), np.array([1.0, 0.0]))
    1.0
    """
    base = float(is_silent.mean())
    return float(1 - ((p - is_silent) ** 2).mean() / (base * (1 - base))) if 0 < base < 1 else float("nan")


def calibration_error(is_silent: np.ndarray, p: Floats, bins: int = 10) -> float:
    """Expected calibration error: mean |observed − stated| over `bins` groups of equal size, from low p to high."""
    groups = [g for g in np.array_split(np.argsort(p, kind="stable"), bins) if len(g)]
    return float(sum(len(g) * abs(is_silent[g].mean() - p[g].mean()) for g in groups) / len(p))


def reliability(is_true: np.ndarray, p: Floats, bins: int = 10) -> pl.DataFrame:
    """One row per group of equal size: cases, stated and observed share, and whether chance alone explains the gap.

    `in_band`: the count lies inside the central 95 % of Binomial(cases, stated), which is `low` to `high` as shares.
    """
    from scipy.stats import binom

    groups = [g for g in np.array_split(np.argsort(p, kind="stable"), bins) if len(g)]
    cases = np.array([len(g) for g in groups])
    stated = np.array([p[g].mean() for g in groups])
    seen = np.array([is_true[g].sum() for g in groups])
    low, high = binom.interval(0.95, cases, np.clip(stated, 1e-12, 1 - 1e-12))
    return pl.DataFrame(
        {
            "cases": cases, "stated": stated, "observed": seen / cases, "in_band": (low <= seen) & (seen <= high),
            "low": low / cases, "high": high / cases,
        }
    )  # fmt: skip


def coverage(units: Floats, low: Floats, high: Floats) -> float:
    """Share of cases whose units lie in the range, ends included."""
    return float(((units >= low) & (units <= high)).mean())


def pinball(units: Floats, quantile: Floats, level: float) -> float:
    """Mean loss of a quantile forecast: level × shortfall, (1 − level) × excess.

    >>> pinball(np.array([10.0]), np.array([4.0]), 0.9)
    5.4
    """
    gap = units - quantile
    return float(np.maximum(level * gap, (level - 1) * gap).mean())


def bootstrap(
    product: np.ndarray,
    cutoff: np.ndarray,
    is_silent: np.ndarray,
    scores: Sequence[Floats],
    *,
    draws: int = 200,
    seed: int = 7,
) -> list[Spread]:
    """AUC of each score, and of each score minus the first, as mean over cutoffs with 95 % intervals.

    Whole products are drawn (a product stays with itself over all cutoffs) and cutoffs are drawn, the same ones for
    all scores: the intervals of the differences are paired.

    Returns:
        First the AUC of each score, then the difference of each to the first (0 for the first itself).
    """
    rng = np.random.default_rng(seed)
    days = np.unique(cutoff)
    rows = [np.flatnonzero(cutoff == day) for day in days]
    products = int(product.max()) + 1

    def areas(weight: Floats | None) -> Floats:
        return np.array(
            [[auc(is_silent[r], s[r], None if weight is None else weight[product[r]]) for r in rows] for s in scores]
        )

    drawn = np.empty((draws, len(scores)))
    for number in range(draws):
        each = areas(np.bincount(rng.integers(0, products, products), minlength=products).astype(float))
        drawn[number] = np.nanmean(each[:, rng.integers(0, len(days), len(days))], axis=1)
    best = np.nanmean(areas(None), axis=1)
    gap, gaps = best - best[0], drawn - drawn[:, :1]
    return [_spread(b, d) for b, d in zip([*best, *gap], [*drawn.T, *gaps.T], strict=True)]


def _spread(best: float, drawn: Floats) -> Spread:
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return float(best), float(low), float(high)
