"""过去准不准: a store's own past, judged again and told in words, tables and two figures.

Whoever is asked to believe a number may ask how often such numbers were right. So the store's past is replayed and
the advice stands beside the rules people use today, at equal counts. Stock and cost of past days are rarely known:
stock is drawn and cost assumed, by stated rules, and every table of money says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from toolkit import plot
from toolkit.analyze.outlook import evidence_for, facts_for
from toolkit.analyze.profile import seen_goods
from toolkit.backtest.replay import Record, Replay, replay
from toolkit.backtest.tables import at_equal_counts, probabilities, ranking, reliability_by_rate, worst_capture
from toolkit.errors import DataError
from toolkit.export.cells import Shown
from toolkit.export.into_place import into_place
from toolkit.export.workbook import Workbook
from toolkit.schema import HORIZONS, Tables
from toolkit.settings import Settings
from toolkit.words import Lang, say

__all__ = ["OwnPast", "judge_past", "record_of"]

_SHORT = HORIZONS[0]
_RULES = ("no_sale_90d", "no_sale_30d", "weeks_of_cover", "abc_xyz")
"""The four rules people use today, named first."""
_SHARES = ("auc", "auc_stale", "precision_top_tenth", "sold_by_rule", "sold_by_scorecard", "stated", "observed",
           "coverage_80", "brier_skill", "calibration_error", "mean_capture", "worst_capture")  # fmt: skip


@dataclass(frozen=True)
class OwnPast:
    """How good such advice was on a store's own past. Shows itself in words; tables are polars frames."""

    as_of: date
    replay: Replay
    lang: Lang = "zh"

    @cached_property
    def ranking(self) -> pl.DataFrame:
        """One row per method: how often it put the product that sold nothing before one that sold (AUC)."""
        return ranking(self.replay.cases, draws=50)

    @cached_property
    def equal_counts(self) -> pl.DataFrame:
        """One row per rule: delisted that sold after all, by the rule and by the score, as many delisted by each."""
        counts = at_equal_counts(self.replay.cases)
        order = pl.Enum([*_RULES, *(rule for rule in counts["rule"] if rule not in _RULES)])
        return counts.filter(pl.col("delisted") > 0).sort(pl.col("rule").cast(order))

    @cached_property
    def reliability(self) -> pl.DataFrame:
        """Stated and observed shares by group, for all products, those that sell and those gone stale."""
        return reliability_by_rate(self.replay.cases)

    @cached_property
    def ranges(self) -> pl.DataFrame:
        """One row per horizon that came to its end: how much the 80 % ranges held, how far off the chances were."""
        done = [h for h in HORIZONS if self.replay.cases[f"units_{h}w"].count()]
        return pl.concat(probabilities(self.replay.cases, h) for h in done)

    @cached_property
    def money(self) -> pl.DataFrame:
        """One row per method: savings captured, on the mean and in the worst cost setting. Stock drawn, cost assumed."""
        return worst_capture(self.replay.money)

    def sentences(self, lang: Lang | None = None) -> list[str]:
        """What the past says, in a few lines."""
        lang = lang or self.lang
        cases = self.replay.cases.filter(pl.col(f"units_{_SHORT}w").is_not_null())
        days = cases["cutoff"].unique().sort()
        said = pl.col(f"p_no_sale_{_SHORT}w") >= 0.5
        silent = pl.col(f"units_{_SHORT}w") <= 0
        count = cases.select(
            said=said.sum(),
            right=(said & silent).sum(),
            other=said.not_().sum(),
            sold=(said.not_() & silent.not_()).sum(),
        ).row(0, named=True)
        short = self.ranges.row(0, named=True)
        gaps = self.reliability.filter(pl.col("products") == "all").select(
            ((pl.col("stated") - pl.col("observed")).abs() * pl.col("cases")).sum() / pl.col("cases").sum()
        )
        return [
            say("backtest.title", lang),
            say("backtest.head", lang, cutoffs=len(days), first=days[0], last=days[-1], cases=f"{cases.height:,}"),
            say("backtest.right", lang, **{name: f"{n:,}" for name, n in count.items()}),
            *self._stale(lang),
            say("backtest.honest", lang, error=f"{gaps.item():.1%}"),
            say("backtest.range", lang, share=f"{short['coverage_80']:.0%}"),
            *self._beside(lang),
            *self._money(lang),
        ]

    def _stale(self, lang: Lang) -> Iterable[str]:
        own = self.ranking["auc_stale"][0]
        if own is not None and own == own:  # NaN where no stale product sold, or none did not
            yield say("backtest.stale", lang, auc=f"{own:.0%}")

    def _beside(self, lang: Lang) -> Iterable[str]:
        for row in self.equal_counts.iter_rows(named=True):
            if row["rule"] in _RULES:
                rule = say(f"backtest.rule.{row['rule']}", lang)
                shares = {"theirs": f"{row['sold_by_rule']:.0%}", "ours": f"{row['sold_by_scorecard']:.0%}"}
                yield say("backtest.better", lang, rule=rule, count=f"{row['delisted']:,}", **shares)

    def _money(self, lang: Lang) -> Iterable[str]:
        ours = self.money.filter(pl.col("method") == "scorecard").row(0, named=True)
        if ours["mean_capture"] is not None and ours["mean_capture"] == ours["mean_capture"]:
            yield say("backtest.money", lang, mean=f"{ours['mean_capture']:.0%}", worst=f"{ours['worst_capture']:.0%}")

    def figures(self, lang: Lang | None = None) -> dict[str, Any]:
        """The two figures as matplotlib Axes, by name."""
        lang = lang or self.lang
        everyone = self.reliability.filter(pl.col("products") == "all")
        return {
            "reliability": plot.reliability(everyone, lang=lang),
            "equal_counts": plot.equal_counts(self.equal_counts, lang=lang),
        }

    def write(self, folder: Path, lang: Lang | None = None) -> list[Path]:
        """Write the words, the tables and both figures into a folder; gives the paths.

        Raises:
            OutputError: the folder cannot be written.
        """
        lang = lang or self.lang
        folder.mkdir(parents=True, exist_ok=True)
        words = "\n".join(self.sentences(lang)) + "\n"
        return [
            into_place(folder / "past.txt", words.encode("utf-8-sig")),
            self._workbook(folder / "past.xlsx", lang),
            *(into_place(folder / f"{name}.png", plot.png(axes)) for name, axes in self.figures(lang).items()),
        ]

    def _workbook(self, path: Path, lang: Lang) -> Path:
        book = Workbook(day=self.as_of, lang=lang, title=say("backtest.title", lang))
        sheets = {
            "equal": (self.equal_counts, ("rule", "delisted", "sold_by_rule", "sold_by_scorecard")),
            "ranking": (self.ranking, ("method", "auc", "auc_stale", "precision_top_tenth")),
            "reliability": (self.reliability, ("products", "cases", "stated", "observed")),
            "ranges": (self.ranges, ("horizon", "cases", "coverage_80", "brier_skill", "calibration_error")),
            "money": (self.money, ("method", "mean_capture", "worst_capture")),
        }
        for name, (table, columns) in sheets.items():
            sheet = book.sheet(say(f"backtest.sheet.{name}", lang))
            sheet.line(say(f"backtest.how.{name}", lang))
            sheet.table(table.select(columns).fill_nan(None), [_shown(column, lang) for column in columns])
        return book.save(path)

    def __repr__(self) -> str:
        return "\n".join(self.sentences())


def _shown(column: str, lang: Lang) -> Shown:
    unit = "choice" if column in ("rule", "method", "products") else "share" if column in _SHARES else "count"
    names = {"rule": (*_RULES, "no_sale_60d", "no_sale_180d"), "products": ("all", "selling", "stale")}
    names["method"] = (*names["rule"], "scorecard", "days_since_last_sale", "tsb", "bgnbd")
    kind = "products" if column == "products" else "rule"
    words: Mapping[str, str] = {name: say(f"backtest.{kind}.{name}", lang) for name in names.get(column, ())}
    return Shown(column, say(f"backtest.column.{column}", lang), unit, words)


def judge_past(tables: Tables, *, as_of: date, settings: Settings, lang: Lang | None = None) -> OwnPast:
    """A store's past up to a day, judged again on every fourth Monday that has its 8 weeks behind it.

    Raises:
        DataError: the history is too short for that; the sentence says how many weeks there are and are needed.
    """
    record = record_of(tables, as_of=as_of, settings=settings)
    return OwnPast(as_of, replay(record, horizons=HORIZONS), lang or settings.store.language)


def record_of(tables: Tables, *, as_of: date, settings: Settings) -> Record:
    """What a store's tables keep of its past, as the replay takes it.

    Raises:
        DataError: no file tells dated sales.
    """
    seen = seen_goods(tables, as_of=as_of, settings=settings)
    evidence = evidence_for(seen.products, seen.spans, seen.told, tables, as_of=as_of, settings=settings)
    days = seen.told["day"].to_list() or [*seen.spans["week_start"], *(seen.spans["week_start"] + timedelta(days=6))]
    if not days:
        raise DataError("backtest_too_short", need=20, have=0)
    facts = facts_for(seen.products)
    dated = facts.select("product_id", "title", "category", "listed_on")
    # A product that some list names without a day was known to nobody before its first sale.
    first = seen.spans.group_by("product_id").agg(first=pl.coalesce("first_sale_on", "week_start").min())
    known = dated.join(first, on="product_id", how="left").with_columns(listed_on=pl.coalesce("listed_on", "first"))
    products = known.drop("first") if known["listed_on"].count() else known.drop("first", "listed_on")
    prices = facts.select("product_id", price="supply_price_fen").drop_nulls("price")
    return Record(
        seen.spans.drop("cut"),
        products,
        evidence.known_since or min(days),
        min(max(days), as_of),
        evidence,
        prices if prices.height else None,
    )
