"""Every figure the model is judged by, on the public sets and a shuffled control, with intervals.

    python benchmarks/judge.py ../shared/data [--shop online_retail] [--draws 200] [--without-moves] [--lightgbm]

Each shop is judged with weights fitted on all the others (`fit_prior.prior_without`) and moved by its own finished past,
at the cutoffs fixed in `public_sets`. Stock and cost are not in these sets: stock is drawn
(`toolkit.backtest.money.drawn_stock`), cost is a share of the median price before the cutoff.
"""

from __future__ import annotations

from dataclasses import replace as changed
from datetime import timedelta
from pathlib import Path

import click
import numpy as np
import polars as pl
from fit_prior import every_shop, prior_without
from public_sets import Shop

from toolkit.analyze.scorecard import Prior
from toolkit.backtest import Replay, at_equal_counts, probabilities, ranking, reliability_by_rate, replay, worst_capture
from toolkit.backtest.measures import auc, brier_skill
from toolkit.backtest.tables import METHODS

HORIZONS = (8, 13, 26)


def judged(shop: Shop, prior: dict[int, Prior]) -> Replay:
    """The replay of a shop at its fixed cutoffs."""
    return replay(
        shop.weekly, shop.products, known_since=shop.known_since, last_day=shop.last_day, cutoffs=shop.cutoffs,
        horizons=HORIZONS, closed_weeks=shop.closed_weeks, moves=shop.moves, prices=shop.prices, prior=prior,
    )  # fmt: skip


def returners(shop: Shop, cases: pl.DataFrame) -> pl.DataFrame:
    """Silent for 8 weeks at the newest cutoff, sold in the same weeks (± 2) a year before: who is kept at equal counts?

    One row per count: that of the 90-day rule, and that of all products silent for 8 weeks. AUC with its interval is
    over those that might return.
    """
    cutoff = shop.cutoffs[0]
    first, last = cutoff - timedelta(days=364 + 14), cutoff - timedelta(days=364 - 56 - 14)
    year_ago = shop.weekly.filter(pl.col("week_start") + pl.duration(days=6) >= first, pl.col("week_start") < last, pl.col("units") > 0)
    now = cases.filter(pl.col("cutoff") == cutoff, pl.col("units_8w").is_not_null()).with_columns(
        is_silent=pl.col("units_8w") <= 0,
        might=(pl.col("silent_weeks") >= 8) & pl.col("product_id").is_in(year_ago["product_id"].unique().implode()),
    )
    might = now.filter("might")
    silent, score = might["is_silent"].to_numpy(), might["p_no_sale_8w"].to_numpy()
    rng = np.random.default_rng(3)
    drawn = [auc(silent[i], score[i]) for i in (rng.integers(0, len(silent), len(silent)) for _ in range(500))]
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    back = pl.col("might") & ~pl.col("is_silent")
    place = pl.col("p_no_sale_8w").rank("ordinal", descending=True)
    rows = []
    for name, count in (("no_sale_90d", int(now["no_sale_90d"].sum())), ("silent 8 weeks", int((now["silent_weeks"] >= 8).sum()))):
        kept = now.select(
            returned=back.sum().cast(pl.Int64),
            kept_by_rule=(pl.col("no_sale_90d") == 0).filter(back).mean(),
            kept_by_scorecard=(place > count).filter(back).mean(),
        )
        rows.append(kept.select(pl.lit(name).alias("as many as"), pl.lit(count).alias("delisted"), pl.all()))
    return pl.concat(rows).with_columns(auc=pl.lit(auc(silent, score)), auc_low=pl.lit(low), auc_high=pl.lit(high))


def shuffled(shop: Shop, prior: dict[int, Prior]) -> pl.DataFrame:
    """The no-signal control: after the newest cutoff every product gets the future of another one; per H = 8: AUC, skill.

    The weights are refitted on a past whose outcomes are shuffled as well, else they would rightly claim to know.
    """
    rows = []
    for cutoff in shop.cutoffs[:4]:
        ids = shop.weekly.filter(pl.col("week_start") < cutoff)["product_id"].unique().sort()
        other = ids.sample(fraction=1.0, shuffle=True, seed=11)
        swapped = shop.weekly.join(pl.DataFrame({"product_id": ids, "other": other}), on="product_id", how="left").with_columns(
            product_id=pl.when(pl.col("week_start") >= cutoff - timedelta(weeks=0)).then(pl.col("other").fill_null(pl.col("product_id"))).otherwise("product_id")
        )
        cases = judged(changed(shop, weekly=swapped.drop("other"), cutoffs=(cutoff,)), prior).cases
        silent, p = (cases["units_8w"] <= 0).to_numpy(), cases["p_no_sale_8w"].to_numpy()
        rows.append({"cutoff": cutoff, "auc": auc(silent, p), "brier_skill": brier_skill(silent, p)})
    return pl.DataFrame(rows)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--shop", "only", multiple=True, default=("online_retail", "weekly_sales"))
@click.option("--draws", default=200)
@click.option("--without-moves", is_flag=True, help="Judge as if stock movements were not in the order file.")
@click.option("--lightgbm", is_flag=True, help="Add gradient boosting on the same signs, own past and pooled, as a reference.")
def main(folder: Path, only: tuple[str, ...], draws: int, without_moves: bool, lightgbm: bool) -> None:
    """Judge the model on the public sets in FOLDER."""
    pl.Config.set_tbl_rows(50).set_tbl_cols(30).set_tbl_width_chars(240).set_float_precision(4)
    shops = every_shop(folder)
    if without_moves:
        shops = [changed(shop, moves=None) for shop in shops]
    for shop in shops:
        if shop.name not in only:
            continue
        prior = prior_without(shops, shop.name)
        done = judged(shop, prior)
        cases, methods = done.cases, METHODS
        if lightgbm:
            from boosted import add_boosted

            cases, methods = add_boosted(cases, shop, [s for s in shops if s.name != shop.name]), (*METHODS, "lightgbm_own", "lightgbm_pooled")
        click.echo(f"\n=== {shop.name}" + (" (stock movements left out)" if without_moves else ""))
        click.echo(done.own_cases)
        click.echo(ranking(cases, draws=draws, methods=methods))
        click.echo(pl.concat(probabilities(cases, h) for h in HORIZONS))
        click.echo(reliability_by_rate(cases))
        click.echo(at_equal_counts(cases))
        click.echo(worst_capture(done.money))
        if shop.name == "online_retail":
            click.echo(returners(shop, cases))
        click.echo(shuffled(shop, prior))


if __name__ == "__main__":
    main()
