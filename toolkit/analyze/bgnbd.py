"""Alive and quiet, or gone? The beta-geometric/NBD model of repeat purchases, with weeks that saw a sale as events.

A product sells at a Gamma-distributed rate until it drops out after any of its sales with a Beta-distributed
probability. Fader, Hardie, Lee (2005), "Counting Your Customers the Easy Way", Marketing Science 24(2).

One known weakness is kept in mind by the scorecard, which sees other evidence as well: a product with one sale only
(no repeat) is never gone under this model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.analyze.likelihood import Rise, lowest

__all__ = ["BgNbd", "fit_bgnbd", "p_no_repeat"]

Floats = np.ndarray
_MOST_PATTERNS = 1500
_USUAL = np.array([0.5, 1.0, -1.0, 2.0])
"""Logs near those of many shops: from there it is not far to those of one."""


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
    patterns, count = _patterns(repeats, recency, age)
    if not len(count):
        return BgNbd(1.0, 10.0, 1.0, 5.0)
    loss = _Loss(patterns, count / count.sum())
    return BgNbd(*(float(v) for v in np.exp(lowest(loss, _USUAL, bound=8.0))))


def _patterns(repeats: Floats, recency: Floats, age: Floats) -> tuple[Floats, Floats]:
    """Different triples in whole weeks, at most 1,500 of them evenly taken, and how many products have each."""
    step = max(1, len(repeats) // 20_000)
    whole = [np.round(v[::step]).astype(np.int64) for v in (repeats, recency, age)]
    wide = 1 + max((int(v.max(initial=0)) for v in whole), default=0)
    number, count = np.unique((whole[0] * wide + whole[1]) * wide + whole[2], return_counts=True)
    kept = np.arange(len(number))
    if len(number) > _MOST_PATTERNS:
        kept = np.linspace(0, len(number) - 1, _MOST_PATTERNS).astype(int)
    number = number[kept]
    return np.stack([number // wide**2, number // wide % wide, number % wide]).astype(float), count[kept].astype(float)


class _Loss:
    """Minus the mean log-likelihood with its slope, at the logs of r, alpha, a and b."""

    def __init__(self, patterns: Floats, weight: Floats) -> None:
        self.x, self.tx, self.t = patterns
        self.weight = weight
        # Products with the same number of repeats share what depends on it alone.
        counts, self.of = np.unique(self.x, return_inverse=True)
        self.counts = counts.astype(np.int64)
        self.never_gone = np.where(self.x > 0, 0.0, -np.inf)

    def __call__(self, logs: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = np.exp(logs)
        n, m, of = self.counts, np.maximum(self.counts, 1), self.of
        later, last = np.log(alpha + self.t), np.log(alpha + self.tx)
        of_r, of_b, of_both = (Rise(start, m) for start in (r, b, a + b))
        # B(a, b + n) / B(a, b) and B(a + 1, b + m - 1) / B(a, b), as logs.
        alive = (of_b.at(n) - of_both.at(n))[of] - (r + self.x) * later
        gone = (np.log(a) + of_b.at(m - 1) - of_both.at(m))[of] - (r + self.x) * last
        either = np.logaddexp(alive, gone + self.never_gone)
        value = self.weight @ (of_r.at(n)[of] + r * np.log(alpha) + either)
        # How likely it is alive, and gone, by product and together by number of repeats.
        p_alive = self.weight * np.exp(alive - either)
        p_gone = self.weight - p_alive
        lives, goes = np.bincount(of, p_alive, len(n)), np.bincount(of, p_gone, len(n))
        whole = lives @ of_both.slope_at(n) + goes @ of_both.slope_at(m)
        slope = np.array(
            [
                (lives + goes) @ of_r.slope_at(n) + np.log(alpha) - p_alive @ later - p_gone @ last,
                r / alpha - (r + self.x) @ (p_alive / (alpha + self.t) + p_gone / (alpha + self.tx)),
                goes.sum() / a - whole,
                lives @ of_b.slope_at(n) + goes @ of_b.slope_at(m - 1) - whole,
            ]
        )
        return float(-value + 0.001 * (logs**2).sum()), -slope * np.exp(logs) + 0.002 * logs


def p_no_repeat(fit: BgNbd, repeats: Floats, recency: Floats, age: Floats, horizon: float | Floats) -> Floats:
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
