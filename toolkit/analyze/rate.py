"""How fast does a product sell, and does its silence mean that it is dead? Gamma and Poisson, in closed form.

Weeks with a sale are counted on the product's own clock (`toolkit.analyze.past`). Old weeks are forgotten by half-life,
so evidence decays as well as the rate: after a long silence the estimate falls back on what the shop's products do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from toolkit.analyze.likelihood import Rise, lowest

__all__ = ["Crowd", "Quiet", "crowd_of", "death_hazard", "forgotten_weeks", "likely_crowd", "p_dead", "p_silent"]

Floats = np.ndarray
EVIDENCE = 0.25
"""What a past sale, or week, weighs as evidence on the rate behind P(dead): set where simulated shops are calibrated."""


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


def likely_crowd(count: Floats, weeks: Floats) -> Crowd:
    """The distribution of rates under which these counts are most likely.

    Counts are whole. Unlike moments it sees how many products hardly sell at all. Per product: Γ(a + n) / Γ(a) · b^a / (b + weeks)^(a + n).

    >>> crowd = likely_crowd(np.array([0.0, 10.0, 20.0]), np.array([10.0, 10.0, 10.0]))
    >>> 0.2 < crowd.shape < 2
    True
    """
    step = max(1, len(count) // 1500)
    n, t = count[::step], weeks[::step]
    n, t = n[t > 0], t[t > 0]
    if n.sum() == 0:
        return Crowd(0.5, 10.0)

    events = n.astype(np.int64)

    def loss(logs: Floats) -> tuple[float, Floats]:
        a, b = np.exp(logs)
        of_a, later = Rise(a, events), np.log(b + t)
        ratio = np.log(b) - later
        value = of_a.at(events) + a * ratio - n * later
        slope = (of_a.slope_at(events) + ratio).mean(), (a / b - (a + n) / (b + t)).mean()
        return float(-value.mean() + 0.001 * (logs**2).sum()), -np.array(slope) * (a, b) + 0.002 * logs

    return Crowd(*(float(v) for v in np.exp(lowest(loss, np.zeros(2), bound=5.0))))


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


_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(12)
_AT = ((_POINTS + 1) / 2) ** 2
_STEP = (_POINTS + 1) / 2 * _WEIGHTS
"""Points of the silence from 0 to 1 for integrals over the day of death, denser near its beginning."""
HAZARDS = np.geomspace(1e-4, 0.05, 32)
"""Weekly hazards of death that are tried."""
FOURTH = 4


@dataclass(frozen=True)
class Quiet:
    """What is known about products that have gone quiet, one entry per product."""

    count: Floats
    """Sales up to the last one."""
    season_weeks: Floats
    """Open, season-weighted weeks in which they happened."""
    silence: Floats
    """Open, season-weighted weeks since the last one."""
    lifetime: Floats
    """Calendar weeks up to the last sale, survived."""
    calendar_silence: Floats
    """Calendar weeks since the last sale."""


def p_dead(quiet: Quiet, crowd: Crowd, hazard: float) -> Floats:
    """P(demand has died | silent for so long).

    With S(E) = (b/(b + E))^a the probability that a living product is silent for E season-weighted weeks in stock, and
    death coming at `hazard` h per calendar week somewhere within the C calendar weeks of silence:

        dead = ∫₀¹ h C e^(−hCx) S(Ex) dx,   alive = e^(−hC) S(E),   P(dead) = dead / (dead + alive).

    This is π / (π + (1 − π) S(E)) with the prior π of death that the calendar allows and the day of death unknown. Out
    of season or out of stock E hardly grows, so a silent calendar alone stays near π. Schmittlein, Morrison, Colombo
    (1987), "Counting Your Customers", Management Science 33(1), with two clocks.

    >>> quiet = Quiet(*(np.array(v) for v in ([20.0, 20.0], [20.0, 20.0], [40.0, 0.3], [30.0, 30.0], [40.0, 40.0])))
    >>> p_dead(quiet, Crowd(1.0, 2.0), 0.005).round(2).tolist()
    [1.0, 0.2]
    """
    dead, alive = _fates(*_survival(quiet, crowd), quiet.calendar_silence, hazard)
    return dead / np.maximum(dead + alive, 1e-300)


def death_hazard(quiet: Quiet, crowd: Crowd) -> float:
    """The weekly hazard of death under which the silences seen are most likely (a maximum over `HAZARDS`)."""
    step = max(1, len(quiet.count) // 1500)
    some = Quiet(*(getattr(quiet, name)[::step] for name in Quiet.__dataclass_fields__))
    within, whole = _survival(some, crowd)

    def likelihood(hazard: float) -> float:
        dead, alive = _fates(within, whole, some.calendar_silence, hazard)
        return float((np.log(dead + alive + 1e-300) - hazard * some.lifetime).sum())

    # There is one top: it lies beside the best of every fourth.
    near = max(range(0, len(HAZARDS), FOURTH), key=lambda place: likelihood(HAZARDS[place]))
    return float(max(HAZARDS[max(near - FOURTH + 1, 0) : near + FOURTH], key=likelihood))


def _survival(quiet: Quiet, crowd: Crowd) -> tuple[Floats, Floats]:
    """P(a living product is silent) up to each point of the silence (times the point's step), and for all of it.

    Rates drift, so what was sold long ago is weak evidence on today's rate: it counts for `EVIDENCE` of its number.
    """
    a = (crowd.shape + EVIDENCE * quiet.count)[:, None]
    b = (crowd.weeks + EVIDENCE * quiet.season_weeks)[:, None]
    within = (b / (b + quiet.silence[:, None] * _AT)) ** a
    return within * _STEP, ((b / (b + quiet.silence[:, None])) ** a)[:, 0]


def _fates(within: Floats, whole: Floats, calendar: Floats, hazard: float) -> tuple[Floats, Floats]:
    """Probability of the silence with a death in it, and without one."""
    chance = hazard * calendar
    dead = np.einsum("ij,ij->i", np.exp(-chance[:, None] * _AT), within) * chance
    return dead, np.exp(-chance) * whole
