"""A replay as tables: how well products were ranked, how honest the probabilities were, what equal counts cost.

All take `Replay.cases` and one horizon; cases whose weeks are not over are left out.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from toolkit.backtest.measures import (
    auc,
    average_precision,
    bootstrap,
    brier_skill,
    calibration_error,
    coverage,
    pinball,
    precision_in_top,
    reliability,
)
from toolkit.backtest.money import RULES

__all__ = [
    "METHODS",
    "at_equal_counts",
    "false_delists",
    "probabilities",
    "ranking",
    "reliability_by_rate",
    "worst_capture",
]

METHODS = (
    "scorecard", "no_sale_30d", "no_sale_60d", "no_sale_90d", "no_sale_180d", "weeks_of_cover", "abc_xyz",
    "days_since_last_sale", "tsb", "bgnbd",
)  # fmt: skip


def _done(cases: pl.DataFrame, horizon: int) -> pl.DataFrame:
    return cases.filter(pl.col(f"units_{horizon}w").is_not_null()).with_columns(
        is_silent=pl.col(f"units_{horizon}w") <= 0, scorecard=pl.col(f"p_no_sale_{horizon}w")
    )


def _per_cutoff(cases: pl.DataFrame, measure, *columns: str) -> float:
    """Mean over cutoffs of a measure of these columns."""
    parts = cases.partition_by("cutoff")
    return float(np.nanmean([measure(*(part[c].to_numpy() for c in columns)) for part in parts]))


def ranking(
    cases: pl.DataFrame, horizon: int = 8, *, draws: int = 200, methods: tuple[str, ...] = METHODS
) -> pl.DataFrame:
    """One row per method: AUC with its 95 % interval, its gap to the scorecard's (paired), AUC among stale products,
    average precision and precision in the top tenth. Means over cutoffs."""
    done = _done(cases, horizon)
    product = done["product_id"].rank("dense").cast(pl.Int64).to_numpy() - 1
    day = done["cutoff"].to_physical().to_numpy()
    silent = done["is_silent"].to_numpy()
    spreads = bootstrap(product, day, silent, [done[m].to_numpy() for m in methods], draws=draws)
    stale = done.filter("is_stale")
    rows = [
        {
            "method": name,
            "auc": area[0], "auc_low": area[1], "auc_high": area[2],
            "gap": gap[0], "gap_low": gap[1], "gap_high": gap[2],
            "auc_stale": _per_cutoff(stale, auc, "is_silent", name),
            "average_precision": _per_cutoff(done, average_precision, "is_silent", name),
            "precision_top_tenth": _per_cutoff(done, precision_in_top, "is_silent", name),
        }
        for name, area, gap in zip(methods, spreads[: len(methods)], spreads[len(methods) :], strict=True)
    ]  # fmt: skip
    return pl.DataFrame(rows)


def probabilities(cases: pl.DataFrame, horizon: int = 8) -> pl.DataFrame:
    """One row: Brier skill, calibration error, coverage of the 80 % range and pinball losses, means over cutoffs."""
    done = _done(cases, horizon).with_columns(came=pl.col(f"units_{horizon}w").clip(0))
    low, high = f"units_q10_{horizon}w", f"units_q90_{horizon}w"
    loss = {
        f"pinball_q{level:.0%}".replace("%", ""): _per_cutoff(
            done,
            lambda u, q, level=level: pinball(u, q, level),
            "came",
            f"units_q{level:.0%}_{horizon}w".replace("%", ""),
        )
        for level in (0.1, 0.5, 0.9)
    }
    return pl.DataFrame(
        {
            "horizon": [horizon],
            "cutoffs": [done["cutoff"].n_unique()],
            "cases": [done.height],
            "base_rate": [done["is_silent"].mean()],
            "brier_skill": [_per_cutoff(done, brier_skill, "is_silent", "scorecard")],
            "calibration_error": [_per_cutoff(done, calibration_error, "is_silent", "scorecard")],
            "coverage_80": [_per_cutoff(done, coverage, "came", low, high)],
            **{name: [value] for name, value in loss.items()},
        }
    )


def reliability_by_rate(cases: pl.DataFrame, horizon: int = 8) -> pl.DataFrame:
    """Stated and observed shares in ten groups, for all products and by how often they sold (never pooled only)."""
    done = _done(cases, horizon)
    kind = pl.when("is_stale").then(pl.lit("stale")).otherwise(pl.lit("selling"))
    parts = {
        "all": done,
        **{str(k[0]): v for k, v in done.with_columns(kind=kind).partition_by("kind", as_dict=True).items()},
    }
    return pl.concat(
        reliability(part["is_silent"].to_numpy(), part["scorecard"].to_numpy()).select(
            pl.lit(name).alias("products"), pl.all()
        )
        for name, part in parts.items()
    )


def at_equal_counts(cases: pl.DataFrame, horizon: int = 8) -> pl.DataFrame:
    """One row per rule with a threshold: had the scorecard delisted as many products as the rule, how many that were
    delisted would have sold? Shares over all cutoffs: delisted_that_sold by the rule and by the scorecard."""
    done = _done(cases, horizon)
    place = pl.col("scorecard").rank("ordinal", descending=True).over("cutoff")
    rows = []
    for rule in RULES:
        marked = done.with_columns(by_rule=pl.col(rule.score) > rule.above)
        marked = marked.with_columns(by_score=place <= pl.col("by_rule").sum().over("cutoff"))
        sold = ~pl.col("is_silent")
        rows.append(
            marked.select(
                pl.lit(rule.score).alias("rule"),
                delisted=pl.col("by_rule").sum().cast(pl.Int64),
                sold_by_rule=sold.filter(pl.col("by_rule")).mean(),
                sold_by_scorecard=sold.filter(pl.col("by_score")).mean(),
            )
        )
    return pl.concat(rows)


def false_delists(cases: pl.DataFrame, horizon: int = 8) -> pl.DataFrame:
    """What delisting got wrong, by each rule with a threshold and by the scorecard at the same number of products.

    One row per rule, over all cutoffs: delisted; shares of them that then sold more than the break-even; and of the
    out-of-season returners (silent for eight weeks, sold in the same weeks a year before, and sold again) how many there
    were, and the shares delisted. `horizon` is the one `break_even_units` was worked out for.
    """
    done = _done(cases, horizon)
    place = pl.col("scorecard").rank("ordinal", descending=True).over("cutoff")
    paid = pl.col(f"units_{horizon}w") > pl.col("break_even_units")
    returned = (pl.col("silent_weeks") >= 8) & pl.col("sold_year_ago") & ~pl.col("is_silent")
    rows = []
    for rule in RULES:
        marked = done.with_columns(by_rule=pl.col(rule.score) > rule.above)
        marked = marked.with_columns(by_score=place <= pl.col("by_rule").sum().over("cutoff"))
        rows.append(
            marked.select(
                pl.lit(rule.score).alias("rule"),
                delisted=pl.col("by_rule").sum().cast(pl.Int64),
                false_by_rule=paid.filter(pl.col("by_rule")).mean(),
                false_by_scorecard=paid.filter(pl.col("by_score")).mean(),
                returners=returned.sum().cast(pl.Int64),
                returners_lost_by_rule=pl.col("by_rule").filter(returned).mean(),
                returners_lost_by_scorecard=pl.col("by_score").filter(returned).mean(),
            )
        )
    return pl.concat(rows)


def worst_capture(money: pl.DataFrame) -> pl.DataFrame:
    """One row per method: mean capture and the worst cost setting's (means over cutoffs): below 0, keeping all is better."""
    each = money.group_by("method", "cost_share", "slot_share").agg(pl.col("capture").mean(), pl.col("delisted").mean())
    return (
        each.group_by("method")
        .agg(
            mean_capture=pl.col("capture").mean(),
            worst_capture=pl.col("capture").min(),
            mean_delisted=pl.col("delisted").mean(),
        )
        .sort("worst_capture", "method", descending=[True, False])
    )
