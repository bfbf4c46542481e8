"""Every figure the model is judged by, on the public sets and a shuffled control, with intervals.

    python benchmarks/judge.py ../shared/data [--shop online_retail] [--draws 200] [--without-moves] [--lightgbm]

Each shop is judged with weights fitted on all the others (`fit_prior.prior_without`) and moved by its own finished past,
at the cutoffs fixed in `public_sets`. Stock and cost are not in these sets: stock is drawn
(`toolkit.backtest.money.drawn_stock`), cost is a share of the median price before the cutoff.
"""

from __future__ import annotations

from dataclasses import replace as changed
from datetime import date, timedelta
from pathlib import Path

import click
import numpy as np
import polars as pl
from fit_prior import every_shop, prior_without
from public_sets import Shop, simulated

from toolkit.analyze.demand import demand
from toolkit.analyze.past import Evidence
from toolkit.analyze.scorecard import Prior
from toolkit.backtest import (
    Replay,
    at_equal_counts,
    false_delists,
    probabilities,
    ranking,
    reliability_by_rate,
    replay,
    worst_capture,
)
from toolkit.backtest.measures import auc, calibration_error, reliability
from toolkit.backtest.money import drawn_stock
from toolkit.backtest.tables import METHODS
from toolkit.sample import Shop as Invented
from toolkit.sample import ShopOptions, simulate

HORIZONS = (8, 13, 26)


def judged(shop: Shop, prior: dict[int, Prior]) -> Replay:
    """The replay of a shop at its fixed cutoffs."""
    return replay(shop.record, cutoffs=shop.cutoffs, horizons=HORIZONS, prior=prior)


def returners(shop: Shop, cases: pl.DataFrame) -> pl.DataFrame:
    """Silent for 8 weeks at the newest cutoff, sold in the same weeks (± 2) a year before: who is kept at equal counts?

    One row per count: that of the 90-day rule, and that of all products silent for 8 weeks. AUC with its interval is
    over those that might return.
    """
    cutoff = shop.cutoffs[0]
    first, last = cutoff - timedelta(days=364 + 14), cutoff - timedelta(days=364 - 56 - 14)
    year_ago = shop.record.weekly.filter(
        pl.col("week_start") + pl.duration(days=6) >= first, pl.col("week_start") < last, pl.col("units") > 0
    )
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
    for name, count in (
        ("no_sale_90d", int(now["no_sale_90d"].sum())),
        ("silent 8 weeks", int((now["silent_weeks"] >= 8).sum())),
    ):
        kept = now.select(
            returned=back.sum().cast(pl.Int64),
            kept_by_rule=(pl.col("no_sale_90d") == 0).filter(back).mean(),
            kept_by_scorecard=(place > count).filter(back).mean(),
        )
        rows.append(kept.select(pl.lit(name).alias("as many as"), pl.lit(count).alias("delisted"), pl.all()))
    return pl.concat(rows).with_columns(auc=pl.lit(auc(silent, score)), auc_low=pl.lit(low), auc_high=pl.lit(high))


SHUFFLES = 25
"""A silent product is rare in one set: one shuffle's AUC has a standard error near .04 there."""


def shuffled(shop: Shop, prior: dict[int, Prior], shuffles: int = SHUFFLES) -> pl.DataFrame:
    """The no-signal control, at the four newest cutoffs: product labels are shuffled anew after every cutoff.

    Each stretch of four weeks between cutoffs gets labels of its own, so neither the future nor any finished past says
    anything about a product; what is left is how often a product sells at all. Whatever is stated before a cutoff, each
    label is then equally likely to carry each future: an AUC other than .5 on the mean would be a leak.

    One row: the mean AUC over shuffles and cutoffs with its 95 % interval (a shuffle, with its four cutoffs, counts
    once); the Brier skill of all cutoffs together, as a cutoff with a handful of silent products has none of its own; and
    the spread of single cutoffs.
    """
    each = pl.concat(_one_shuffle(shop, prior, seed) for seed in range(shuffles))
    means = each.group_by("shuffle").agg(pl.col("auc", "off", "off_at_base").mean())
    half = 1.96 * pl.col("auc").std() / pl.len().sqrt()
    of_means = means.select(
        shuffles=pl.len(), auc=pl.col("auc").mean(), auc_low=pl.col("auc").mean() - half,
        auc_high=pl.col("auc").mean() + half, brier_skill=1 - pl.col("off").sum() / pl.col("off_at_base").sum(),
    )  # fmt: skip
    one = each.select(
        one_cutoff_sd=pl.col("auc").std(), one_cutoff_least=pl.col("auc").min(), one_cutoff_most=pl.col("auc").max()
    )
    return pl.concat([of_means, one], how="horizontal")


def _one_shuffle(shop: Shop, prior: dict[int, Prior], seed: int) -> pl.DataFrame:
    """AUC and mean squared error, the model's and the base rate's, at each of the four cutoffs of one shuffled shop."""
    ids = shop.record.weekly["product_id"].unique().sort()
    last = shop.cutoffs[0]
    block = (pl.col("week_start") - pl.lit(last)).dt.total_days() // 28
    blocks = shop.record.weekly.select(block.alias("block")).unique().sort("block")["block"]
    rng = np.random.default_rng([100, seed])
    labels = pl.concat(
        pl.DataFrame({"product_id": ids, "other": ids.gather(rng.permutation(len(ids)))}).with_columns(
            block=pl.lit(b, blocks.dtype)
        )
        for b in blocks
    )
    weekly = shop.record.weekly.with_columns(block=block).join(labels, on=["product_id", "block"], how="left")
    weekly = weekly.with_columns(product_id="other").drop("other", "block").sort("product_id", "week_start")
    record = changed(shop.record, weekly=weekly, evidence=Evidence())
    cases = replay(
        record, cutoffs=tuple(last - timedelta(weeks=4 * i) for i in range(4)), horizons=(8,), prior=prior
    ).cases
    rows = []
    for (cutoff,), part in cases.partition_by("cutoff", as_dict=True).items():
        silent, p = (part["units_8w"] <= 0).to_numpy(), part["p_no_sale_8w"].to_numpy()
        rows.append({"shuffle": seed, "cutoff": cutoff, "auc": auc(silent, p), "off": ((p - silent) ** 2).mean(),
                     "off_at_base": silent.mean() * (1 - silent.mean())})  # fmt: skip
    return pl.DataFrame(rows)


KINDS = {
    "usual": ShopOptions(with_cast=False),
    "slow": ShopOptions(with_cast=False, mean_rate=0.25),
    "fast": ShopOptions(with_cast=False, mean_rate=6.0),
    "seasonal, lumpy, dying": ShopOptions(with_cast=False, seasonal_share=0.6, lumpiness=0.5, dead_share=0.3),
}
"""Simulated shops judged, from a quarter of a unit a week to six."""
SEEDS = (991, 992, 995)
"""The model was developed on other seeds."""


def known_truth(kind: str, seed: int) -> pl.DataFrame:
    """Stated against true shares in a simulated shop that tells its stock, 13, 19 and 26 weeks before its end.

    One row per claim (sells nothing in 8 weeks, stock cleared in 13, dead) and look: groups of at least 50 cases, and
    how many of them lie in the binomial 95 % band. Truth is what people wanted (units sold and units an empty shelf
    could not serve) of products that could be bought in half of the weeks ahead or more; death is known to the day.
    """
    options, size = KINDS[kind], 3000
    shop, invented = (
        simulated("simulated", size, 130, seed, options, tells_stock=True),
        simulate(size, 130, seed, options=options),
    )
    return pl.concat(
        _truth_at(shop, invented, shop.record.last_day + timedelta(days=1) - timedelta(weeks=back))
        for back in (13, 19, 26)
    ).with_columns(shop=pl.lit(kind), seed=pl.lit(seed))


def _truth_at(shop: Shop, invented: Invented, cutoff: date) -> pl.DataFrame:
    before = pl.col("week_start") < cutoff
    recent = (
        shop.record.weekly.filter(before, pl.col("week_start") >= cutoff - timedelta(weeks=26))
        .group_by("product_id")
        .agg(pl.col("units").sum())
    )
    products = (
        shop.record.products.filter(pl.col("listed_on") < cutoff)
        .join(recent, on="product_id", how="left")
        .sort("product_id")
    )
    stock = drawn_stock(products["units"].fill_null(0).to_numpy().astype(float), seed=1)
    products = products.with_columns(sellable_units=pl.Series(stock).cast(pl.Int64))
    said = demand(
        shop.record.weekly.filter(before), products, as_of=cutoff - timedelta(days=1),
        evidence=changed(shop.record.evidence.before(cutoff), known_since=shop.record.first_day),
    )  # fmt: skip
    ahead = invented.weeks.filter(pl.col("week_start") >= cutoff)
    for weeks in (8, 13):
        came = (
            ahead.filter(pl.col("week_start") < cutoff + timedelta(weeks=weeks))
            .group_by("product_id")
            .agg(
                (pl.col("units") + pl.col("lost_units")).sum().alias(f"wanted_{weeks}"),
                (pl.col("in_stock_days").sum() / (7 * weeks)).alias(f"open_{weeks}"),
            )
        )
        said = said.join(came, on="product_id", how="left")
    known = said.join(products.select("product_id", "sellable_units"), on="product_id").join(
        invented.products.select("product_id", "died_on"), on="product_id"
    )
    known = known.filter(pl.col("open_8") >= 0.5).with_columns(
        dead=(pl.col("died_on") < cutoff).fill_null(False),
        silent=pl.col("wanted_8") <= 0,
        cleared=pl.col("wanted_13") >= pl.col("sellable_units"),
    )
    rows = []
    for claim, truth in (("p_no_sale_8w", "silent"), ("p_clear_13w", "cleared"), ("p_dead", "dead")):
        bands = reliability(known[truth].to_numpy(), known[claim].to_numpy()).filter(pl.col("cases") >= 50)
        rows.append({"cutoff": cutoff, "claim": claim, "groups": bands.height, "in_band": int(bands["in_band"].sum()),
                     "calibration_error": calibration_error(known[truth].to_numpy(), known[claim].to_numpy()),
                     "auc": auc(known[truth].to_numpy(), known[claim].to_numpy())})  # fmt: skip
    return pl.DataFrame(rows)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--shop", "only", multiple=True, default=("online_retail", "weekly_sales"))
@click.option("--draws", default=200)
@click.option("--without-moves", is_flag=True, help="Judge as if stock movements were not in the order file.")
@click.option(
    "--lightgbm", is_flag=True, help="Add gradient boosting on the same signs, own past and pooled, as a reference."
)
def main(folder: Path, only: tuple[str, ...], draws: int, without_moves: bool, lightgbm: bool) -> None:
    """Judge the model on the public sets in FOLDER."""
    pl.Config.set_tbl_rows(50).set_tbl_cols(30).set_tbl_width_chars(240).set_float_precision(4)
    shops = every_shop(folder)
    if without_moves:
        shops = [
            changed(shop, record=changed(shop.record, evidence=changed(shop.record.evidence, moves=None)))
            for shop in shops
        ]
    for shop in shops:
        if shop.name not in only:
            continue
        prior = prior_without(shops, shop.name)
        done = judged(shop, prior)
        cases, methods = done.cases, METHODS
        if lightgbm:
            from boosted import add_boosted

            cases, methods = (
                add_boosted(cases, shop, [s for s in shops if s.name != shop.name]),
                (*METHODS, "lightgbm_own", "lightgbm_pooled"),
            )
        click.echo(f"\n=== {shop.name}" + (" (stock movements left out)" if without_moves else ""))
        click.echo(done.own_cases)
        click.echo(ranking(cases, draws=draws, methods=methods))
        click.echo(pl.concat(probabilities(cases, h) for h in HORIZONS))
        click.echo(reliability_by_rate(cases))
        click.echo(at_equal_counts(cases))
        click.echo(false_delists(cases))
        click.echo(worst_capture(done.money))
        if shop.name == "online_retail":
            click.echo(returners(shop, cases))
        click.echo(shuffled(shop, prior))
    click.echo("\n=== simulated shops, truth known")
    truth = pl.concat(known_truth(kind, seed) for kind in KINDS for seed in SEEDS)
    share = (pl.col("in_band").sum() / pl.col("groups").sum()).alias("share_in_band")
    for key in (["claim", "shop"], ["claim"]):
        means = (pl.col("groups", "in_band").sum(), share, pl.col("calibration_error", "auc").mean())
        click.echo(truth.group_by(key).agg(means).sort(key))


if __name__ == "__main__":
    main()
