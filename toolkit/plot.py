"""Figures: one function each, drawing a table into an Axes and giving it back.

Nothing is computed here and no global state is touched: figures are made without pyplot, so they can be drawn by a
weekly run, a notebook or a test alike. Fonts are named explicitly, those first that are installed and hold Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import matplotlib.dates as mdates
import polars as pl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

from toolkit.words import Lang, say

__all__ = ["ageing", "deposit_timeline", "equal_counts", "families", "new_axes", "png", "product", "reliability"]

_FAMILIES = (
    "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "Source Han Sans SC", "SimHei",
    "WenQuanYi Micro Hei", "Noto Serif CJK SC", "DejaVu Sans",
)  # fmt: skip
INK, BLUE, PALE, ORANGE, GREEN, GREY = "#2B2B2B", "#33658A", "#B8CEDF", "#C8553D", "#7FAE7A", "#9A9A9A"


@cache
def families() -> tuple[str, ...]:
    """Font families to use, in order: those of `_FAMILIES` that are installed."""
    installed = {font.name for font in fontManager.ttflist}
    return tuple(name for name in _FAMILIES if name in installed) or ("DejaVu Sans",)


_ONCE = "_nolegend_"
"""The label of marks after the first of their kind: the legend names each kind once."""


def new_axes(width: float = 8.0, height: float = 4.2) -> Axes:
    """An Axes on a figure of its own, in inches."""
    figure = Figure(figsize=(width, height), layout="constrained", dpi=120)
    FigureCanvasAgg(figure)
    return figure.subplots()


def png(axes: Axes) -> bytes:
    """The figure of an Axes as a PNG, the same bytes for the same drawing."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    buffer = BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def product(
    weeks: pl.DataFrame,
    facts: Mapping[str, Any],
    *,
    as_of: date,
    told: pl.Series | None = None,
    lang: Lang = "zh",
    ax: Axes | None = None,
) -> Axes:
    """One product: what it sold each week, and from today on how many units it may sell in all.

    Args:
        weeks: week_start, units: its sales, one row per week that sold; the last 78 weeks are shown.
        facts: its row of `schema.PROFILE`. Without probabilities only the history is drawn.
        as_of: the day of the forecast.
        told: Mondays of the weeks of which any file tells its sales; the others are shaded, as nothing is known of them.
        lang: of the words.
        ax: where to draw; a figure of its own by default.

    The band is the 80 % range, the line the median; a dashed line is the stock. Shaded: its season.
    """
    axes = ax or new_axes()
    ahead_until = as_of + timedelta(weeks=27)
    shown = weeks.filter(pl.col("week_start") >= as_of - timedelta(weeks=78))
    _season(axes, facts, as_of, ahead_until, lang)
    if told is not None:
        _untold(axes, told, as_of, lang)
    axes.bar(
        shown["week_start"].to_list(),
        shown["units"].to_list(),
        width=6,
        align="edge",
        color=BLUE,
        label=_(lang, "sold"),
    )
    axes.axvline(_place(as_of), color=GREY, linewidth=0.8)
    axes.set_ylabel(_(lang, "per_week"), fontfamily=families())
    title = str(facts.get("title") or "")
    title = title if len(title) <= 34 else f"{title[:33].rstrip()}…"
    axes.set_title(f"{facts['product_id']}  {title}", loc="left", fontfamily=families(), fontsize=11, color=INK)
    axes.set_xlim(_place(as_of - timedelta(weeks=79)), _place(ahead_until))
    top = float(max([1, *shown["units"].to_list()]))
    axes.set_ylim(0, top * 1.35)
    handles, labels = axes.get_legend_handles_labels()
    if facts.get("p_no_sale_8w") is not None:
        more = _ahead(axes, facts, as_of, lang).get_legend_handles_labels()
        handles, labels = [*handles, *more[0]], [*labels, *more[1]]
    else:
        axes.text(
            0.99, 0.9, _(lang, "no_forecast"), transform=axes.transAxes, ha="right", fontfamily=families(), color=GREY
        )
    axes.legend(handles, labels, loc="upper left", frameon=False, ncols=3, prop={"family": list(families()), "size": 8})
    return _tidy(axes, lang, dates=True)


def _untold(axes: Axes, told: pl.Series, as_of: date, lang: Lang) -> None:
    """The weeks no file tells: empty there means unknown, not 0."""
    monday = as_of - timedelta(days=as_of.weekday())
    every = pl.Series([monday - timedelta(weeks=back) for back in range(79)], dtype=pl.Date())
    label = _(lang, "untold")
    for start in every.filter(~every.is_in(told.implode())):
        axes.axvspan(_place(start), _place(start + timedelta(days=7)), color=GREY, alpha=0.18, linewidth=0, label=label)
        label = _ONCE


def _season(axes: Axes, facts: Mapping[str, Any], as_of: date, until: date, lang: Lang) -> None:
    """Its season, as far as the weeks ahead show it."""
    name = facts.get("season_name")
    starts = as_of if facts.get("is_in_season") else facts.get("next_season_on")
    ends = facts.get("season_ends_on") if facts.get("is_in_season") else until
    if name is None or starts is None or starts >= until or facts.get("season_evidence") is None:
        return
    label = say(f"season_name.{name}", lang)
    last = min(ends or until, until)
    axes.axvspan(_place(starts), _place(last), color=GREEN, alpha=0.18, linewidth=0, label=label)


def _ahead(axes: Axes, facts: Mapping[str, Any], as_of: date, lang: Lang) -> Axes:
    """The units it may sell from today on, on an axis of their own."""
    horizons = sorted(int(name[10:-1]) for name in facts if name.startswith("units_q10_"))
    days = [as_of, *(as_of + timedelta(weeks=weeks) for weeks in horizons)]
    low, mid, high = ([0, *(facts[f"units_{q}_{weeks}w"] for weeks in horizons)] for q in ("q10", "q50", "q90"))
    total = axes.twinx()
    total.fill_between(days, low, high, color=ORANGE, alpha=0.22, linewidth=0, label=_(lang, "range"))  # pyright: ignore
    total.plot(days, mid, color=ORANGE, linewidth=1.6, marker="o", markersize=3, label=_(lang, "median"))  # pyright: ignore
    tops = [max(high)]
    stock = facts.get("sellable_units") if facts.get("stocking_type") != "jit" else None
    if stock is not None:
        label = say("plot.stock", lang, units=f"{stock:,}")
        start = _place(as_of)
        total.hlines(stock, start, start + 27 * 7, color=INK, linestyles="dashed", linewidth=1, label=label)
        tops.append(min(stock, 4 * max(high) + 10))
    total.set_ylim(0, max(*tops, 1) * 1.35)
    total.set_ylabel(_(lang, "in_all"), fontfamily=families(), color=ORANGE)
    total.tick_params(labelfontfamily=list(families()), labelsize=8, colors=ORANGE)
    total.spines[["top", "left"]].set_visible(False)
    return total


def reliability(table: pl.DataFrame, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """How often it came as stated: one point per group of products, with the band chance alone allows.

    `table`: stated, observed, cases, low, high (shares), as `toolkit.backtest.measures.reliability` gives them.
    """
    axes = ax or new_axes(5.4, 4.6)
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=0.8, linestyle="dashed", label=_(lang, "exact"))
    axes.fill_between(
        table["stated"], table["low"], table["high"], color=PALE, alpha=0.6, linewidth=0, label=_(lang, "band")
    )
    sizes = (table["cases"] / max(table["cases"].max() or 1, 1) * 90 + 15).to_list()  # pyright: ignore
    axes.scatter(table["stated"], table["observed"], s=sizes, color=BLUE, zorder=3, label=_(lang, "group"))
    axes.set_xlabel(_(lang, "stated"), fontfamily=families())
    axes.set_ylabel(_(lang, "observed"), fontfamily=families())
    axes.set_title(_(lang, "reliability"), loc="left", fontfamily=families(), fontsize=11, color=INK)
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(-0.03, 1.03)
    axes.legend(loc="upper left", frameon=False, prop={"family": list(families()), "size": 8})
    return _tidy(axes, lang)


def equal_counts(table: pl.DataFrame, *, lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """Had the same number been taken off sale: how many of them sold after all, by each rule and by the score.

    `table`: rule, sold_by_rule, sold_by_scorecard (shares), as `toolkit.backtest.at_equal_counts` gives it.
    """
    axes = ax or new_axes(7.2, 3.8)
    rows = table.drop_nulls("sold_by_rule").reverse()
    places = list(range(rows.height))
    ours, theirs = rows["sold_by_scorecard"].to_list(), rows["sold_by_rule"].to_list()
    axes.hlines(places, ours, theirs, color=GREY, linewidth=1)
    axes.scatter(theirs, places, color=ORANGE, s=42, zorder=3, label=_(lang, "by_rule"))
    axes.scatter(ours, places, color=BLUE, s=42, zorder=3, label=_(lang, "by_score"))
    names = [say(f"backtest.rule.{rule}", lang) for rule in rows["rule"]]
    counts = [say("plot.delisted", lang, count=f"{count:,}") for count in rows["delisted"]]
    axes.set_yticks(places, [f"{name} {count}" for name, count in zip(names, counts, strict=True)])
    axes.set_xlabel(_(lang, "sold_after"), fontfamily=families())
    axes.set_title(_(lang, "equal_counts"), loc="left", fontfamily=families(), fontsize=11, color=INK)
    axes.xaxis.set_major_formatter(lambda value, _place: f"{value:.0%}")
    axes.set_xlim(left=0)
    axes.margins(y=0.12)
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.legend(loc="outside lower center", ncols=2, frameon=False, prop={"family": list(families()), "size": 8})
    return _tidy(axes, lang)


def _place(day: date) -> float:
    """Where a day lies on an axis of dates."""
    return float(mdates.date2num(day))


def deposit_timeline(
    rows: pl.DataFrame, cases: pl.DataFrame, *, as_of: date, lang: Lang = "zh", ax: Axes | None = None
) -> Axes:
    """Every deposit through time, one line per store: what moved it, when it was due back, what arrived.

    Args:
        rows: `schema.deposits.DEPOSIT_ROWS`; those of the ledger are drawn.
        cases: `schema.deposits.CASES`; the band is D3 to D5, a red line from D5 to `as_of` what is overdue.
        as_of: the day of checking.
        lang: of the words.
        ax: where to draw; a figure of its own by default.
    """
    stores = sorted({*rows.filter(row_side="ledger")["store"].drop_nulls(), *cases["store"].drop_nulls()})
    axes = ax or new_axes(9.0, 1.6 + 0.5 * max(len(stores), 2))
    if not stores:
        return _empty(axes, _(lang, "no_movement"))
    place = {store: n for n, store in enumerate(reversed(stores))}
    moved = rows.filter(
        pl.col("row_side") == "ledger", pl.col("booked_on").is_not_null(), pl.col("store").is_not_null()
    )
    for store, at in place.items():
        days = [*moved.filter(pl.col("store") == store)["booked_on"], as_of]
        axes.hlines(at, mdates.date2num(min(days)), mdates.date2num(as_of), color=PALE, linewidth=5, zorder=1)
    _marks(axes, moved.select("store", "deposit_kind", day="booked_on"), place, lang)
    deposit = cases.filter(pl.col("case_kind") == "deposit_refund", pl.col("store").is_not_null())
    _dues(axes, deposit, place, as_of, lang)
    _verdicts(axes, deposit, place, as_of, lang)
    axes.axvline(float(mdates.date2num(as_of)), color=GREY, linewidth=0.8)
    axes.set_yticks(list(place.values()), list(place))
    axes.set_ylim(-0.6, len(stores) - 0.4)
    title = say("plot.deposits", lang, as_of=as_of)
    axes.set_title(title, loc="left", fontfamily=families(), fontsize=11, color=INK)
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.legend(loc="outside lower center", ncols=4, frameon=False, prop={"family": list(families()), "size": 8})
    _tidy(axes, lang)
    locator = mdates.AutoDateLocator(maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y-%m-%d" if lang == "zh" else "%d %b %Y"))
    return axes


_KINDS = {
    "pay": ("o", BLUE), "top_up": ("^", BLUE), "fine": ("v", ORANGE), "compensation": ("X", ORANGE), "refund": ("s", GREEN),
}  # fmt: skip


def _marks(axes: Axes, moved: pl.DataFrame, place: Mapping[str, int], lang: Lang) -> None:
    """One mark per movement of a ledger, by its kind."""
    for kind, (marker, color) in _KINDS.items():
        some = moved.filter(pl.col("deposit_kind") == kind)
        if some.height:
            levels = [place[store] for store in some["store"]]
            label = say(f"deposit_kind.{kind}", lang)
            axes.scatter(some["day"].to_list(), levels, marker=marker, color=color, s=38, zorder=3, label=label)


def _dues(axes: Axes, cases: pl.DataFrame, place: Mapping[str, int], as_of: date, lang: Lang) -> None:
    """When each refund was due, what arrived, and what is late."""
    labels = {name: _(lang, name) for name in ("due_band", "arrived", "late")}
    due = cases.filter(pl.col("due_from_on").is_not_null(), pl.col("due_on").is_not_null())
    for store, first, last, credited, state in due.select(
        "store", "due_from_on", "due_on", "credited_on", "case_state"
    ).iter_rows():
        start, end = mdates.date2num(first), mdates.date2num(last)
        axes.hlines(
            place[store], start, end + 1, color=GREEN, linewidth=11, alpha=0.45, label=labels.pop("due_band", _ONCE)
        )
        if credited is not None:
            axes.scatter(
                [credited], [place[store]], marker="*", s=90, color=INK, zorder=4, label=labels.pop("arrived", _ONCE)
            )
        if state in ("overdue", "possibly_overdue"):
            label = labels.pop("late", _ONCE)
            axes.hlines(place[store], end + 1, mdates.date2num(as_of), color=ORANGE, linewidth=5, zorder=2, label=label)


def _verdicts(axes: Axes, cases: pl.DataFrame, place: Mapping[str, int], as_of: date, lang: Lang) -> None:
    """What became of each store's cases, at the end of its line."""
    for (store,), states in cases.sort("store", "submitted_on").group_by("store", maintain_order=True):
        said = dict.fromkeys(say(f"case_state.{state}", lang) for state in states["case_state"].drop_nulls())
        axes.annotate(
            " · ".join(said), (float(mdates.date2num(as_of)), place[str(store)]), (7, 0), textcoords="offset points",
            va="center", fontfamily=families(), fontsize=8, color=INK,
        )  # fmt: skip


def ageing(items: pl.DataFrame, *, currency: str = "CNY", lang: Lang = "zh", ax: Axes | None = None) -> Axes:
    """What is not settled in one currency, by how many working days it is late.

    Args:
        items: `schema.deposits.OPEN_ITEMS`; what has no limit stands in a bar of its own.
        currency: amounts of other currencies are left out; they cannot be added.
        lang: of the words.
        ax: where to draw; a figure of its own by default.
    """
    axes = ax or new_axes(7.0, 3.4)
    mine = items.filter(pl.col("currency") == currency, pl.col("amount_fen").is_not_null())
    if mine.is_empty():
        return _empty(axes, _(lang, "nothing_open"))
    sums = dict(mine.group_by(pl.col("ageing").fill_null("no_limit")).agg(pl.col("amount_fen").abs().sum()).iter_rows())
    names = ["not_due", "late_1_5", "late_6_10", "late_11_20", "late_over_20", "no_limit"]
    heights = [sums.get(name, 0) / 100 for name in names]
    titles = [_(lang, "unknown_age") if name == "no_limit" else say(f"ageing.{name}", lang) for name in names]
    bars = axes.bar(titles, heights, color=[PALE, ORANGE, ORANGE, ORANGE, ORANGE, GREY], width=0.62)
    said = [f"{height:,.2f}" if height else "" for height in heights]
    axes.bar_label(bars, said, padding=2, fontsize=8, color=INK, fontfamily=list(families()))
    axes.set_ylabel(say("plot.amount", lang, currency=currency), fontfamily=families())
    axes.yaxis.set_major_formatter(lambda value, _place: f"{value:,.0f}")
    axes.margins(y=0.16)
    axes.set_title(_(lang, "ageing"), loc="left", fontfamily=families(), fontsize=11, color=INK)
    return _tidy(axes, lang)


def _empty(axes: Axes, why: str) -> Axes:
    axes.text(0.5, 0.5, why, transform=axes.transAxes, ha="center", va="center", fontfamily=families(), color=GREY)
    axes.set_axis_off()
    return axes


def _(lang: Lang, key: str) -> str:
    return say(f"plot.{key}", lang)


def _tidy(axes: Axes, lang: Lang, *, dates: bool = False) -> Axes:
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelfontfamily=list(families()), labelsize=8)
    if dates:
        axes.xaxis.set_major_locator(mdates.MonthLocator(interval=3))
        axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y-%m" if lang == "zh" else "%b %Y"))
    return axes
