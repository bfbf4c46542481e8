"""Facts and decisions for somebody who holds files or frames and wants an answer now.

`score` takes whatever is there (orders, catalog, stock, period sales, policy; any may be missing), as a path, as a
pandas or polars frame, or as loaded before, and gives a result that shows, explains and exports itself. `assess` is its
core, and the weekly run's: tables in, facts, decisions and their summary out. Nothing is decided here.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from html import escape
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from toolkit import schema
from toolkit.analyze.demand import Forecast, facts_of, stake_of, stock_of
from toolkit.analyze.duplicates import near_duplicates, with_duplicates
from toolkit.analyze.open_orders import owed_lines
from toolkit.analyze.outlook import facts_for, store_forecast, terms_of, weeks_told_of
from toolkit.analyze.profile import SeenGoods, profile_and_events, seen_goods
from toolkit.analyze.sales import weekly_sales
from toolkit.decide.explain import explanation
from toolkit.decide.in_money import InMoney, in_money
from toolkit.decide.plan import decide, is_suggested
from toolkit.decide.reasons import why_key
from toolkit.decide.slots import slots
from toolkit.decide.summary import Note, Summary, summarize
from toolkit.errors import DataError, OutputError
from toolkit.export.boss_note import boss_note, score_note
from toolkit.export.delist_report import DelistReport, InputFile, RunFacts
from toolkit.export.delist_workbook import write_delist_workbook
from toolkit.export.into_place import into_place
from toolkit.export.score_table import write_score_table
from toolkit.frames import is_frame, outgoing
from toolkit.schema import Tables
from toolkit.score_inputs import (
    dated_after,
    each_given,
    input_file,
    judged_from,
    judged_until,
    late,
    sheets_given,
    together,
    unread,
    weeks_ahead,
)
from toolkit.settings import Settings, as_settings, with_changes
from toolkit.words import Lang
from toolkit.words.sentences import sentences

__all__ = ["Plots", "ScoreResult", "assess", "score", "tables_given"]


@dataclass(frozen=True)
class ScoreResult:
    """What is known and advised about each product, as of a day."""

    as_of: date
    settings: Settings
    tables: Tables
    profile: pl.DataFrame
    """Facts, one row per product (`schema.PROFILE`); polars. `table` comes in the caller's kind of frame."""
    decisions: pl.DataFrame
    """Advice, one row per product in the order of work (`schema.DECISIONS`); polars."""
    summary: Summary
    money: InMoney
    """Every option of each product in money, slots, and which unknown turns most decisions."""
    events: pl.DataFrame
    """The events of the year, what a day of each is worth in this shop, and what that rests on, one row per event
    (`toolkit.analyze.events.event_table`); polars."""
    duplicates: pl.DataFrame
    """Groups of listings that look alike (`schema.DUPLICATES`); polars."""
    problems: pl.DataFrame = field(default_factory=schema.PROBLEMS.empty)
    """Rows that were rejected or set aside and values that could not be read (`schema.PROBLEMS`); polars."""
    inputs: tuple[InputFile, ...] = ()
    like: Any = field(default=None, repr=False)
    """The first frame that was handed in: `table` is of its kind."""

    @property
    def table(self) -> Any:
        """One row per product in the order of work: advice, its reason in words (`sentence`), then all facts.

        A pandas frame if pandas came in first, else polars.
        """
        lang = self.settings.store.language
        joined = self._joined
        why = sentences(joined, why_key(), lang)
        first = [*schema.DECISIONS.names, "sentence"]
        return outgoing(joined.with_columns(why).select(*first, pl.exclude(first)), self.like)

    def explain(self, product_id: str, lang: Lang | None = None) -> str:
        """Why one product is advised on as it is, what would change that, and what is not known about it.

        Raises:
            DataError: there is no such product; the sentence names the nearest ids.
        """
        row = self._row(product_id)
        lang = lang or self.settings.store.language
        is_forecast = row["p_no_sale_8w"].item() is not None
        signs = self._forecast.explain(str(product_id), schema.HORIZONS[0]) if is_forecast else None
        turn = self._forecast.event_turn(str(product_id), schema.HORIZONS[:2]) if is_forecast else {}
        mine = self.money.options.filter(pl.col("product_id") == str(product_id))
        return explanation(
            row, lang, as_of=self.as_of, settings=self.settings, signs=signs, options=mine,
            events=self.events.filter(pl.col("multiplier") != 1), event_turn=turn,
        )  # fmt: skip

    def row(self, product_id: str) -> dict[str, Any]:
        """All columns of one product by name.

        Raises:
            DataError: there is no such product; the sentence names the nearest ids.
        """
        return self._row(product_id).row(0, named=True)

    def _row(self, product_id: str) -> pl.DataFrame:
        row = self._joined.filter(pl.col("product_id") == str(product_id))
        if row.is_empty():
            known = self.profile["product_id"].to_list()
            near = difflib.get_close_matches(str(product_id), known, n=3, cutoff=0.7) or sorted(known)[:3]
            raise DataError("product_unknown", product=product_id, count=len(known), near=", ".join(near) or "-")
        return row

    @property
    def plot(self) -> Plots:
        """Figures of this result: ``r.plot.product(id)``."""
        return Plots(self)

    def long(self) -> Any:
        """One row per product, horizon (weeks ahead) and measure with its value; unknown ones are left out.

        A pandas frame if pandas came in first, else polars.
        """
        wide = self.profile.select("product_id", pl.col(r"^.+_\d+w$").cast(pl.Float64))
        tall = wide.unpivot(index="product_id", variable_name="name", value_name="value").drop_nulls("value")
        parts = pl.col("name").str.extract_groups(r"^(?<measure>.+)_(?<horizon>\d+)w$")
        split = tall.with_columns(parts.alias("_")).unnest("_").with_columns(pl.col("horizon").cast(pl.Int64))
        ordered = split.select("product_id", "horizon", "measure", "value").sort("product_id", "horizon", "measure")
        return outgoing(ordered, self.like)

    def what_if(self, **changes: Any) -> Any:
        """What would be advised under other settings: one row per product whose advice changes, and the money.

        Settings by name, ``cost_share=.7`` or ``slow__no_sale_days=120``. Columns: product_id, title, action,
        action_then, rule_then, keep_value_est and keep_value_then_est: the expected value of keeping it 13 weeks, an
        estimate in fen; null where no price or no forecast is known.

        Raises:
            SettingsError: there is no such setting (with "did you mean"), or several of that name.
        """
        chosen = with_changes(self.settings, changes)
        then = assess(self.tables, as_of=self.as_of, settings=chosen)
        now = self._joined.select("product_id", "title", "action", keep_value_est=self._keep_value(self.settings))
        after = then._joined.select(
            "product_id",
            action_then="action",
            rule_then="rule",
            keep_value_then_est=then._keep_value(chosen),
        )
        both = now.join(after, on="product_id", maintain_order="left")
        changed = both.filter(pl.col("action") != pl.col("action_then"))
        names = ["product_id", "title", "action", "action_then", "rule_then", "keep_value_est", "keep_value_then_est"]
        return outgoing(changed.select(names), self.like)

    @cached_property
    def _seen(self) -> SeenGoods:
        return seen_goods(self.tables, as_of=self.as_of, settings=self.settings)

    @cached_property
    def _forecast(self) -> Forecast:
        seen = self._seen
        return store_forecast(
            seen.products, seen.spans, seen.told, self.tables, as_of=self.as_of, settings=self.settings
        )[0]

    def _keep_value(self, settings: Settings) -> pl.Series:
        """Expected value of keeping each product 13 weeks, in the order of work."""
        order = self._joined.select("product_id")
        if self.profile["p_no_sale_8w"].null_count() == self.profile.height:
            return pl.Series([None] * order.height, dtype=pl.Float64)
        facts = facts_of(self._forecast.past, facts_for(self._seen.products))
        value = stake_of(self._forecast.demand, facts, terms_of(settings)).value(stock_of(facts)).mean(axis=1)
        priced = facts.select(
            "product_id", value=pl.when(pl.col("supply_price_fen").is_not_null()).then(pl.Series(value))
        )
        return order.join(priced, on="product_id", how="left", maintain_order="left")["value"]

    def delist_ids(self) -> list[str]:
        """Ids of the products to be taken off sale, in the order of work."""
        return self.decisions.filter(is_suggested())["product_id"].to_list()

    def conclusion(self, lang: Lang | None = None) -> str:
        """The conclusion in ten lines or fewer."""
        return boss_note(self.summary, lang or self.settings.store.language).rstrip("\n")

    def table_note(self, lang: Lang | None = None) -> str:
        """What goes with the table of `write`: how many products each advice has, all doubts and all assumptions."""
        return score_note(self.summary, lang or self.settings.store.language)

    def report(self, facts: RunFacts | None = None) -> DelistReport:
        """Everything the workbook shows; `facts` say which run this is."""
        return DelistReport(
            profile=self.profile,
            decisions=self.decisions,
            summary=self.summary,
            facts=facts or RunFacts(self.as_of, version("fullmanaged-toolkit"), self.settings, inputs=self.inputs),
            problems=self.problems,
            money=self.money,
            events=self.events,
            duplicates=self.duplicates,
            open_orders=owed_lines(self.tables, self.as_of),
        )

    def to_excel(self, path: str | Path, lang: Lang | None = None) -> Path:
        """Write the delist workbook; gives the path really written.

        Raises:
            OutputError: the name does not end in .xlsx, the folder cannot be written, or the file does not read back as it
                was meant.
        """
        if Path(path).suffix.lower() != ".xlsx":
            raise OutputError("ending_not_xlsx", file=Path(path).name)
        return write_delist_workbook(Path(path), self.report(), lang or self.settings.store.language)

    def write(self, path: str | Path, lang: Lang | None = None) -> Path:
        """Write the table, as .xlsx, .csv or .parquet by the file's ending; gives the path really written.

        All three hold the same columns under the same names. The work list for people is `to_excel`.

        Raises:
            OutputError: the ending is none of these, or the folder cannot be written.
        """
        path = Path(path)
        table = replace(self, like=None).table
        if path.suffix.lower() == ".xlsx":
            return write_score_table(path, table, as_of=self.as_of, lang=lang or self.settings.store.language)
        return into_place(path, _as_bytes(table, path))

    def __repr__(self) -> str:
        return self.conclusion()

    def _repr_html_(self) -> str:
        first, *rest = self.conclusion().splitlines()
        return f"<p><b>{escape(first)}</b></p><p>{'<br>'.join(map(escape, rest))}</p>"

    @property
    def _joined(self) -> pl.DataFrame:
        """Decisions with their facts, in the order of work."""
        return self.decisions.join(self.profile, on="product_id", how="left", maintain_order="left")


@dataclass(frozen=True)
class Plots:
    """The figures of a result."""

    result: ScoreResult

    def product(self, product_id: str, lang: Lang | None = None, *, ax: Any = None) -> Any:
        """A product's sales by week and what it may sell from now on; gives the matplotlib Axes.

        Raises:
            DataError: there is no such product.
        """
        from toolkit import plot

        result = self.result
        facts, lang = result.row(product_id), lang or result.settings.store.language
        weeks = weekly_sales(result.tables, settings=result.settings, as_of=result.as_of)
        mine = weeks.filter(pl.col("product_id") == facts["product_id"], pl.col("channel") == "fully_managed")
        told = weeks_told_of(result._seen.spans, result._seen.told, facts["product_id"])
        return plot.product(mine.select("week_start", "units"), facts, as_of=result.as_of, told=told, lang=lang, ax=ax)


def assess(
    tables: Tables,
    *,
    as_of: date,
    settings: Settings,
    assumed: Iterable[Note] = (),
    unread: Iterable[Note] = (),
    horizons: Sequence[int] = schema.HORIZONS,
) -> ScoreResult:
    """Facts, decisions and summary of one store as of a day: the core of `score` and of the weekly run.

    Facts dated after `as_of` are not used. `assumed` are assumptions made before, to be listed with the others, `unread` what
    of the files could not be read.
    """
    profile, events = profile_and_events(tables, as_of=as_of, settings=settings, horizons=horizons)
    duplicates = near_duplicates(profile, settings.duplicates)
    profile = with_duplicates(profile, duplicates)
    advised = decide(profile, as_of=as_of, settings=settings)
    money = in_money(advised, profile, as_of=as_of, settings=settings)
    summary = summarize(
        profile, money.decisions, slots(profile, settings),
        as_of=as_of, settings=settings, tables=tables, assumed=assumed, unread=unread, is_capped=money.is_capped,
    )  # fmt: skip
    return ScoreResult(as_of, settings, tables, profile, money.decisions, summary, money, events, duplicates)


def score(
    *,
    as_of: date | str | None,
    orders: Any = None,
    catalog: Any = None,
    stock: Any = None,
    sales: Any = None,
    policy: Any = None,
    purchase_orders: Any = None,
    purchase_order_lines: Any = None,
    bindings: Any = None,
    horizons: Sequence[int] = schema.HORIZONS,
    settings: Settings | Mapping[str, Any] | None = None,
    today: date | None = None,
) -> ScoreResult:
    """Which products to take off sale, why and until when, from whatever is there.

    Args:
        as_of: the day to judge from; facts dated later are not used. None takes the latest day the data tells, and
            says so among the assumptions; single days far after all others are reported, not taken.
        orders: order lines.
        catalog: the product list. Without one nothing can be advised: what is on sale is not known.
        stock: units in warehouses; a catalog may carry them too.
        sales: the period sales export (汇总指标).
        policy: the policy list and protected list.
        purchase_orders: type 50 are sales, type 10 receipts.
        purchase_order_lines: their lines.
        bindings: SKUs and the warehouse items behind them.
        horizons: weeks ahead to look, besides 8, 13 and 26.
        settings: a `Settings`, or sections as in toolkit.toml: ``{"slow": {"no_sale_days": 120}}``.
        today: the day it is, if rows dated later are to be reported as mistakes and never taken for the latest day.

    Each input is a path, a pandas or polars frame (this product's columns, or the export's own headers), what
    `load_file` gave, or a list of these; files that overlap count once. A catalog or stock without a date is taken as of `as_of`, and that is said.

    Raises:
        InputError: a file or frame is not what it was given for; the sentence names the columns found.
        SettingsError: a setting does not exist (with "did you mean") or its value does not fit.
        DataError: nothing was given, `as_of` is no day, or a horizon is no number of weeks.

    >>> shelf = pl.DataFrame({"商品ID": ["1005001"], "标题": ["水枪"], "状态": ["在售"], "库存": [40]})
    >>> rules = pl.DataFrame({"policy_kind": ["term"], "policy_value": ["水枪"]})
    >>> score(catalog=shelf, policy=rules, as_of="2026-11-22").decisions.select("action", "rule").row(0)
    ('MUST_DELIST', 'policy_hit')
    """
    chosen = as_settings(settings)
    given = {
        "orders": orders, "catalog": catalog, "stock": stock, "sales": sales, "policy": policy,
        "purchase_orders": purchase_orders, "purchase_order_lines": purchase_order_lines, "bindings": bindings,
    }  # fmt: skip
    sheets = sheets_given(given, chosen)
    until, problem = judged_until(sheets, as_of, today)
    frames = together(sheets, until=until)
    tables, day, assumed = judged_from(sheets, frames, as_of, until)
    future = schema.PROBLEMS.empty() if until is None else dated_after(frames, until, problem=problem)
    lost = [*unread(sheets), *late(future)]
    result = assess(tables, as_of=day, settings=chosen, assumed=assumed, unread=lost, horizons=weeks_ahead(horizons))
    return replace(
        result,
        problems=pl.concat([future, *(sheet.problems for sheet in sheets)]),
        inputs=tuple(input_file(sheet) for sheet in sheets),
        like=next((one for thing in given.values() for one in each_given(thing) if is_frame(one)), None),
    )


def tables_given(
    given: Mapping[str, Any], *, as_of: date | str | None = None, settings: Settings
) -> tuple[Tables, date]:
    """The tables that paths or frames come to (by the names of `score`), and the day to judge from.

    Raises:
        InputError: a file or frame is not what it was given for, or there is no input of that name.
        DataError: nothing was given, or no day is known.
    """
    sheets = sheets_given(given, settings)
    until, _ = judged_until(sheets, as_of, None)
    tables, day, _ = judged_from(sheets, together(sheets, until=until), as_of, until)
    return tables, day


def _as_bytes(table: pl.DataFrame, path: Path) -> bytes:
    """The table as csv (with the mark Excel needs for Chinese) or Parquet."""
    buffer = BytesIO()
    if path.suffix.lower() == ".csv":
        table.write_csv(buffer, include_bom=True)
    elif path.suffix.lower() == ".parquet":
        table.write_parquet(buffer)
    else:
        raise OutputError("ending_unknown", file=path.name)
    return buffer.getvalue()
