"""Alive and quiet, or gone? The beta-geometric/NBD model of repeat purchases, with weeks that saw a sale as events.

A product sells at a Gamma-distributed rate until it drops out after any of its sales with a Beta-distributed
probability. Fader, Hardie, Lee (2005), "Counting Your Customers the Easy Way", Marketing Science 24(2).

One known weakness is kept in mind by the scorecard, which sees other evidence as well: a product with one sale only
(no repeat) is never gone under this model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, gammaln

__all__ = ["BgNbd", "fit_bgnbd", "p_no_repeat"]

Floats = np.ndarray
_MOST_PATTERNS = 1500


@dataclass(frozen=True)
class BgNbd:
    """Parameters: rate ~ Gamma(r, alpha per week), drop-out ~ Beta(a, b)."""

    r: float
    alpha: float
    a: float
    b: float


def fit_bgnbd(repeats: Floats, recency: Floats, age: Floats) -> BgNbd:
    """Maximum likelihood over the products of a shop, held near (1, 1, 1, 1) by a slight ridge on the logs.

    Args:
        repeats: weeks with a sale after the first one.
        recency: weeks from the first to the last of them.
        age: weeks from the first to now, never below `recency`.

    >>> fit = fit_bgnbd(np.array([5.0, 0.0, 9.0]), np.array([10.0, 0.0, 18.0]), np.array([20.0, 20.0, 20.0]))
    >>> 0.1 < fit.r / fit.alpha < 1
    True
    """
    step = max(1, len(repeats) // 20_000)
    seen = np.stack([np.round(v[::step]) for v in (repeats, recency, age)], axis=1)
    patterns, count = np.unique(seen, axis=0, return_counts=True)
    if len(patterns) > _MOST_PATTERNS:
        kept = np.linspace(0, len(patterns) - 1, _MOST_PATTERNS).astype(int)
        patterns, count = patterns[kept], count[kept]
    if not len(patterns):
        return BgNbd(1.0, 10.0, 1.0, 5.0)
    x, tx, t = patterns.T

    def loss(logs: Floats) -> float:
        r, alpha, a, b = np.exp(logs)
        common = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        alive = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + t)
        gone = betaln(a + 1, b + np.maximum(x, 1) - 1) - betaln(a, b) - (r + x) * np.log(alpha + tx)
        each = common + np.logaddexp(alive, np.where(x > 0, gone, -np.inf))
        return float(-np.average(each, weights=count) + 0.001 * (logs**2).sum())

    best = minimize(loss, np.zeros(4), method="L-BFGS-B", options={"maxiter": 40})
    return BgNbd(*(float(v) for v in np.exp(np.clip(best.x, -8, 8))))


def p_no_repeat(fit: BgNbd, repeats: Floats, recency: Floats, age: Floats, horizon: float) -> Floats:
    """P(no week with a sale in the next `horizon` weeks), alive or not.

    P(alive) = 1 / (1 + a/(b + x − 1) · ((α + T)/(α + t_x))^(r + x)) for x > 0, else 1;
    P(quiet | alive) = ((α + T)/(α + T + horizon))^(r + x).

    >>> p = p_no_repeat(BgNbd(1, 5, 1, 4), np.array([8.0, 8.0]), np.array([20.0, 10.0]), np.array([20.0, 20.0]), 8)
    >>> bool(p[0] < p[1])
    True
    """
    power = fit.r + repeats
    odds = (
        fit.a
        / (fit.b + np.maximum(repeats, 1) - 1)
        * np.exp(np.minimum(power * np.log((fit.alpha + age) / (fit.alpha + recency)), 500))
    )
    alive = np.where(repeats > 0, 1 / (1 + odds), 1.0)
    quiet = ((fit.alpha + age) / (fit.alpha + age + horizon)) ** power
    return 1 - alive * (1 - quiet)
