"""The predictive distribution of a product, rebuilt from the few figures that PROFILE carries of it.

Decisions read PROFILE and nothing else, so what they need of the whole distribution (the regret, a mean over a stock)
comes from P(nothing sold), three quantiles and the mean. Between those it is taken as straight lines; the tail above
the 90 % quantile is as long as the mean asks for. Nothing that PROFILE states is contradicted.
"""

from __future__ import annotations

import numpy as np

__all__ = ["STEPS", "levels_of"]

Floats = np.ndarray
STEPS = (np.arange(50) + 0.5) / 50
"""The levels of probability: each stands for 2 % of what may happen."""


def levels_of(none: Floats, q10: Floats, q50: Floats, q90: Floats, mean: Floats) -> Floats:
    """Units at fifty levels of probability, products × levels, ascending; NaN where nothing is forecast.

    >>> levels = levels_of(*(np.array([x]) for x in (0.5, 0.0, 0.0, 4.0, 1.5)))
    >>> float(levels[0, 24]), float(levels[0, 49] > 4), round(float(levels.mean()), 6)
    (0.0, 1.0, 1.5)
    """
    at = [none, *(np.maximum(level, none) for level in (0.1, 0.5, 0.9))]
    units = [np.ones(len(none)), *(np.maximum(q, 1.0) for q in (q10, q50, q90))]
    units = list(np.maximum.accumulate(units))
    made = np.zeros((len(none), len(STEPS)))
    for place in range(3):
        low, high = at[place][:, None], at[place + 1][:, None]
        part = np.clip((STEPS - low) / np.maximum(high - low, 1e-9), 0.0, 1.0)
        line = units[place][:, None] + part * (units[place + 1] - units[place])[:, None]
        made = np.where((low < STEPS) & (high >= STEPS), line, made)
    tail = at[3][:, None] < STEPS
    reach = np.where(tail, (STEPS - at[3][:, None]) / np.maximum(1 - at[3][:, None], 1e-9), 0.0)
    made = np.where(tail, units[3][:, None], made)
    missing = np.maximum(mean * len(STEPS) - made.sum(axis=1), 0.0)
    longer = np.divide(missing, reach.sum(axis=1), out=np.zeros(len(none)), where=reach.sum(axis=1) > 0)
    made = made + reach * longer[:, None]
    return np.where(np.isnan(none + q10 + q50 + q90 + mean)[:, None], np.nan, made)
