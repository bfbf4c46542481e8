"""Which few parameters make what was seen most likely?

The two models of the field that are fitted here (Gamma–Poisson, BG/NBD) have two and four parameters and likelihoods
that are smooth in their logs. Newton's steps find the top in a handful of looks. A general optimiser does as well, but
it takes longer to import than all fits of a weekly run together, and so do the gamma functions: of these only ratios at
whole distances are needed, Γ(x + n) / Γ(x) = x (x + 1) … (x + n − 1), which are sums of logs.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

__all__ = ["Rise", "lowest"]

Floats = np.ndarray
_LOOKS = 60
_NEAR = 1e-5
"""How far beside a point the slope is looked at, to learn how it bends."""
_LONGEST_STEP = 2.0


class Rise:
    """ln Γ(start + n) − ln Γ(start) for whole counts n from 0, and its slope in the start, ψ(start + n) − ψ(start).

    >>> rise = Rise(1.0, np.array([4]))
    >>> rise.at(np.array([0, 1, 4])).round(6).tolist()  # ln 0!, ln 1!, ln 4!
    [0.0, 0.0, 3.178054]
    >>> rise.slope_at(np.array([0, 1, 3])).round(6).tolist()  # 0, 1, 1 + 1/2 + 1/3
    [0.0, 1.0, 1.833333]
    """

    def __init__(self, start: float, counts: np.ndarray) -> None:
        """For counts up to the largest of these."""
        steps = start + np.arange(counts.max(initial=0))
        self._sums, self._slopes = (np.zeros(len(steps) + 1) for _ in range(2))
        np.cumsum(np.log(steps), out=self._sums[1:])
        np.cumsum(1 / steps, out=self._slopes[1:])

    def at(self, counts: np.ndarray) -> Floats:
        return self._sums[counts]

    def slope_at(self, counts: np.ndarray) -> Floats:
        return self._slopes[counts]


def lowest(loss: Callable[[Floats], tuple[float, Floats]], start: Floats, *, bound: float) -> Floats:
    """Where a smooth loss with its slope is lowest, every coordinate within ± `bound`: Newton's steps, held to go down.

    How the slope bends is learnt from slopes beside the point. Where it bends the wrong way the step goes down all the
    same (by the size of the bend), and a step that leads up is halved.

    >>> lowest(lambda x: (float(((x - 1) ** 2).sum()), 2 * (x - 1)), np.zeros(2), bound=5.0).round(6).tolist()
    [1.0, 1.0]
    """
    at = start
    value, slope = loss(at)
    for _ in range(_LOOKS):
        step = _newton(loss, at, slope)
        step *= min(1.0, _LONGEST_STEP / max(float(np.abs(step).max()), 1e-12))
        while True:
            there = np.clip(at + step, -bound, bound)
            lower, slope_there = loss(there)
            if lower <= value or float(np.abs(step).max()) < 1e-9:
                break
            step /= 2
        moved = float(np.abs(there - at).max())
        if lower > value:
            break
        at, value, slope = there, lower, slope_there
        if moved < _NEAR:
            break
    return at


def _newton(loss: Callable[[Floats], tuple[float, Floats]], at: Floats, slope: Floats) -> Floats:
    beside = np.eye(len(at)) * _NEAR
    bend = np.array([(loss(at + d)[1] - slope) / _NEAR for d in beside])
    size, axes = np.linalg.eigh((bend + bend.T) / 2)
    return -(axes @ ((axes.T @ slope) / np.maximum(np.abs(size), 1e-8)))
