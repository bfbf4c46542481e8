"""How fast does a product sell, and does its silence mean that it is dead? Gamma and Poisson, in closed form.

Weeks with a sale are counted on the product's own clock (`toolkit.analyze.past`). Old weeks are forgotten by half-life,
so evidence decays as well as the rate: after a long silence the estimate falls back on what the shop's products do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["Crowd", "crowd_of", "forgotten_weeks", "p_dead", "p_silent"]

Floats = np.ndarray


@dataclass(frozen=True)
class Crowd:
    """The Gamma distribution of the rates of a shop's products: shape, and weeks (the inverse scale)."""

    shape: float
    weeks: float


def crowd_of(count: Floats, weeks: Floats) -> Crowd:
    """The distribution of rates by moments, from events and weeks of exposure per product.

    With rates r = count/weeks, mean m and variance v of r beyond the Poisson part m / weeks: shape = m²/v, weeks = m/v.

    >>> crowd_of(np.array([0.0, 10.0, 20.0]), np.array([10.0, 10.0, 10.0]))
    Crowd(shape=1.764..., weeks=1.764...)
    """
    seen = weeks > 0
    count, weeks = count[seen], weeks[seen]
    if weeks.sum() == 0 or count.sum() == 0:
        return Crowd(0.5, 10.0)
    mean = count.sum() / weeks.sum()
    spread = np.average((count / weeks - mean) ** 2, weights=weeks)
    beyond = max(spread - mean / np.average(weeks, weights=weeks), 0.05 * mean**2)
    return Crowd(float(mean**2 / beyond), float(mean / beyond))


def forgotten_weeks(weeks: Floats, half_life: float) -> Floats:
    """Weeks of exposure after forgetting: ∫ 2^(−s/h) ds from 0 to `weeks`.

    >>> forgotten_weeks(np.array([0.0, 8.0, 1e9]), 8.0).round(2).tolist()
    [0.0, 5.77, 11.54]
    """
    return half_life / np.log(2) * (1 - 0.5 ** (weeks / half_life))


def p_silent(count: Floats, weeks: Floats, crowd: Crowd, horizon: float | Floats) -> Floats:
    """P(no event in `horizon` further weeks) = (b / (b + horizon))^a with a = shape + count, b = crowd weeks + weeks.

    The zero term of the negative binomial that a Gamma rate predicts.

    >>> p_silent(np.array([0.0, 8.0]), np.array([8.0, 8.0]), Crowd(1.0, 2.0), 8.0).round(3).tolist()
    [0.556, 0.005]
    """
    b = crowd.weeks + weeks
    return (b / (b + horizon)) ** (crowd.shape + count)


def p_dead(count: Floats, weeks: Floats, silence: Floats, crowd: Crowd, prior: float) -> Floats:
    """P(dead | silent for so long) = π / (π + (1 − π)(b/(b + silence))^a).

    All on the product's own clock: weeks out of stock, off sale or (with season weights) out of season add nothing to
    the silence, hence nothing to the evidence. `count` and `weeks` are those up to the last sale.

    >>> p_dead(np.array([20.0, 20.0]), np.array([20.0, 20.0]), np.array([0.0, 12.0]), Crowd(1.0, 2.0), 0.1).round(2).tolist()
    [0.1, 1.0]
    """
    alive = p_silent(count, weeks, crowd, silence)
    return prior / (prior + (1 - prior) * alive)
