"""Fits the shipped weights of the scorecard on the public sets and on simulated shops.

    python benchmarks/fit_prior.py ../shared/data                          # writes toolkit/analyze/scorecard_prior.json
    python benchmarks/fit_prior.py ../shared/data --without online_retail --out /tmp/prior.json

`--without` leaves a shop out: only so may a figure be quoted for it. Simulated shops together weigh as much as one
real shop; they alone have more than a year of history, hence teach what last year's weeks say.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import numpy as np
from public_sets import Shop, online_retail, simulated_shops, weekly_sales

from toolkit.analyze.design import shop_of
from toolkit.analyze.scorecard import (
    MOST_CASES,
    SHORTEST,
    Cases,
    Prior,
    cases_of,
    fit_logistic,
    fit_units,
    mixed_errors,
    prior_from,
)
from toolkit.analyze.signs import COLUMNS, WEEK, look, looks

HORIZONS = (4, 8, 13, 26)
RIDGE = 20.0
SIMULATED_WEIGHT = 2000.0
"""Weight of all cases of one simulated shop and horizon together."""


def shop_cases(shop: Shop, horizon: int) -> Cases:
    """Every case of a shop at cutoffs four weeks apart, from five weeks after its start to its end."""
    past = shop.record.before(shop.record.last_day + timedelta(days=1))
    at_end = shop_of(look(past, past.end))
    days = range(past.end - (past.end + 3) % WEEK - horizon * WEEK, past.start + SHORTEST - 1, -28)
    cases = cases_of(past, looks(past, days, MOST_CASES), at_end, horizon, days)
    if shop.is_simulated:
        return replace(cases, weight=cases.weight * min(1.0, SIMULATED_WEIGHT / cases.weight.sum()))
    return cases


def fit_prior(shops: Sequence[Shop]) -> dict[str, Any]:
    """The stored form of the weights, see `toolkit.analyze.scorecard.prior_from`."""
    horizons = {}
    for horizon in HORIZONS:
        each = [shop_cases(shop, horizon) for shop in shops]
        signs, units, weight = (np.concatenate([getattr(c, n) for c in each]) for n in ("signs", "units", "weight"))
        nothing, pull = np.zeros(len(COLUMNS)), np.full(len(COLUMNS), RIDGE)
        pull[0] = 0.01
        silent = fit_logistic(signs, units <= 0, nothing, pull, weight)
        sold = units > 0
        slopes = fit_units(signs, units, nothing, pull, weight)
        errors = mixed_errors(signs[sold] @ slopes, np.log(units[sold]), None)
        horizons[str(horizon)] = {
            "silent": np.round(silent, 4).tolist(),
            "units": np.round(slopes, 4).tolist(),
            "errors": np.round(errors, 3).tolist(),
        }
    return {"fitted_on": [shop.name for shop in shops], "columns": list(COLUMNS), "horizons": horizons}


def prior_without(shops: Sequence[Shop], name: str) -> dict[int, Prior]:
    """The prior a shop is judged with: fitted on all the others."""
    return prior_from(fit_prior([shop for shop in shops if shop.name != name]))


def every_shop(folder: Path) -> list[Shop]:
    """The public sets and the simulated shops."""
    return [online_retail(folder), weekly_sales(folder), *simulated_shops()]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--without", multiple=True)
@click.option("--out", type=click.Path(path_type=Path), default=Path("toolkit/analyze/scorecard_prior.json"))
def main(folder: Path, without: tuple[str, ...], out: Path) -> None:
    """Fit on every shop of FOLDER and the simulated ones, but those left out."""
    stored = fit_prior([shop for shop in every_shop(folder) if shop.name not in without])
    out.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
