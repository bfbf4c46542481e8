"""What the week comes to: the counts behind the conclusion, what to do today, and what cannot be known yet.

A boss reads ten lines, so every number in them is worked out here, once; the note, the terminal and the workbook's
last sheet only show it. A `Note` is a text's key with its numbers, so that it can be said in either language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from toolkit.decide.guards import GUARDS
from toolkit.decide.plan import is_check_first, is_held, is_suggested
from toolkit.decide.reasons import ACTIONS, REASONS, RULES, has_weeks, is_jit, units_to_sell
from toolkit.decide.slots import Slots
from toolkit.schema import Tables
from toolkit.settings import DEFAULTS, Settings
from toolkit.words import Lang, say

__all__ = ["Note", "Summary", "summarize"]


@dataclass(frozen=True)
class Note:
    """One thing to say, with its numbers."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def in_(self, lang: Lang) -> str:
        """The note in one language; a value that is itself a note is said in that language too.

        >>> Note("todo.must", {"products": 3}).in_("en")
        'take the 3 products on the policy list off sale'
        """
        said = {
            name: value.in_(lang) if isinstance(value, Note) else _shown(value) for name, value in self.values.items()
        }
        return say(self.key, lang, **said)


@dataclass(frozen=True)
class Summary:
    """All numbers of the conclusion. Counts are products unless they say otherwise."""

    as_of: date
    data_until: date | None
    """The latest day any sales file tells of; null without sales."""
    products: int
    suggested: int
    """To be taken off sale: must, should, and until their season."""
    by_action: Mapping[str, int]
    """Every action, also those nobody is advised to take."""
    by_reason: Mapping[str, int]
    """Suggested delistings by reason code; codes without any are left out."""
    held: int
    """Products a rule wanted and a guard stopped: 先别动."""
    held_by_guard: Mapping[str, int]
    """Held products by the first guard, most frequent first."""
    check_first: int
    restock: int
    slots: Slots
    freed_slots: int
    """Listing slots that come free when all suggestions are carried out."""
    suggested_units: int
    """Warehouse units on hand of the suggested products, as far as known."""
    suggested_with_open_orders: int
    """Suggested products whose buyers must be told first."""
    open_units: int
    """Units owed on suggested products."""
    active_share_30d: float | None
    """动销率: share of products on sale that sold in 30 days; null without sales."""
    next_relist_on: date | None
    todo: tuple[Note, ...]
    """What to do today, in order."""
    undecided: tuple[Note, ...]
    """What cannot be decided, and which file would tell."""
    assumptions: tuple[Note, ...]
    """我的假设: defaults that took part in a decision and that nobody has set."""
    is_capped: bool = False
    """More products could go, but for the limits of one run."""


def summarize(
    profile: pl.DataFrame,
    decisions: pl.DataFrame,
    slots: Slots,
    *,
    as_of: date,
    settings: Settings,
    tables: Tables | None = None,
    assumed: Iterable[Note] = (),
    unread: Iterable[Note] = (),
    is_capped: bool = False,
) -> Summary:
    """The counts behind the conclusion of one run.

    `tables` says which kinds of file there were at all; `assumed` adds assumptions made before the decisions,
    `unread` what of the files could not be read. `is_capped`: more could go, but for the limits of one run.
    """
    joined = profile.join(decisions, on="product_id", how="left", maintain_order="left")
    off = joined.filter(is_suggested())
    held = joined.filter(is_held())
    on_sale = joined.filter(pl.col("status").is_in(["on_sale", "under_review"]))
    count = dict.fromkeys(ACTIONS, 0) | _counts(joined, "action")
    return Summary(
        as_of=as_of,
        data_until=_data_until(joined, tables),
        products=profile.height,
        suggested=off.height,
        by_action=count,
        by_reason={code: n for code in REASONS if (n := _counts(off, "reason_code").get(code))},
        held=held.height,
        held_by_guard=_counts(held, "guard"),
        check_first=joined.filter(is_check_first()).height,
        restock=count["RESTOCK"],
        slots=slots,
        freed_slots=off.filter(pl.col("status").is_in(["on_sale", "under_review"])).height,
        suggested_units=off.filter(is_jit().not_()).select(units_to_sell().clip(0).sum()).item(),
        suggested_with_open_orders=off.filter(pl.col("open_units") > 0).height,
        open_units=off.select(pl.col("open_units").sum()).item(),
        active_share_30d=on_sale.select(pl.col("is_active_30d").mean()).item(),
        next_relist_on=off.select(pl.col("relist_on").min()).item(),
        todo=tuple(_todo(joined)),
        undecided=(*unread, *_undecided(joined, tables, settings)),
        assumptions=(*assumed, *_assumptions(joined, settings)),
        is_capped=is_capped,
    )


def _counts(frame: pl.DataFrame, column: str) -> dict[str, int]:
    """Rows by value, most frequent first, ties by value."""
    counts = frame.drop_nulls(column).group_by(column).agg(n=pl.len().cast(pl.Int64))
    return dict(counts.sort("n", column, descending=[True, False]).iter_rows())


def _data_until(joined: pl.DataFrame, tables: Tables | None) -> date | None:
    """The end of the newest coverage; without coverage, of the newest sale or period."""
    if tables is not None and tables.coverage is not None and tables.coverage.height:
        return tables.coverage.select(pl.col("last_day").max()).item()
    return joined.select(pl.max_horizontal(pl.col("last_sale_on").max(), pl.col("period_end").max())).item()


def _todo(joined: pl.DataFrame) -> Iterable[Note]:
    """In the order of a morning: musts, buyers, then the list, then goods, then a look."""
    off = joined.filter(is_suggested())
    owed = off.filter(pl.col("open_units") > 0)
    ending = joined.filter(_says("qualification_ends"))
    has_own_line = pl.col("rule").is_in(["qualification_ends", "special_category_unsure"]).fill_null(False)
    steps = (
        ("todo.must", joined.filter(pl.col("action") == "MUST_DELIST"), {}),
        ("todo.conflict", joined.filter(is_held() & (pl.col("guard") == "protected_conflict")), {}),
        ("todo.papers", ending, {"first": ending["qualification_until"].min()}),
        ("todo.special", joined.filter(_says("special_category_unsure")), {}),
        ("todo.tell", owed, {"units": owed["open_units"].sum()}),
        ("todo.delist", off.filter(pl.col("action") != "MUST_DELIST"), {}),
        ("todo.restock", joined.filter(pl.col("action") == "RESTOCK"), {}),
        ("todo.check", joined.filter(is_check_first() & ~has_own_line), {}),
        ("todo.ids", joined.filter(pl.col("guard") == "suspect_id"), {}),
    )
    return (Note(key, {"products": rows.height, **values}) for key, rows, values in steps if rows.height)


def _says(rule: str) -> pl.Expr:
    """A rule fired, whether or not another one decided."""
    return pl.col("rules").str.split(";").list.contains(rule).fill_null(False)


def _undecided(joined: pl.DataFrame, tables: Tables | None, settings: Settings) -> Iterable[Note]:
    """What no file tells, and for how many of the products on sale; each note names the file that would."""
    live = joined.filter(pl.col("action").ne_missing("KEEP") | pl.col("guard").is_null())
    warehouse = live.filter(is_jit().not_())
    by_day = pl.col("data_step").is_in(["product_sheet", "period_totals"]).fill_null(False).not_()
    told = has_weeks(settings) | (by_day & (pl.col("covered_days_90d") > 0))
    no_list = tables is not None and tables.catalog is None
    gaps = (
        (
            "undecided.catalog" if no_list else "undecided.catalog_date",
            live.filter(pl.col("observed_on").max().is_null()),
        ),
        ("undecided.sales", live.filter(told.fill_null(False).not_())),
        ("undecided.stock", warehouse.filter(units_to_sell().is_null())),
        ("undecided.inbound", warehouse.filter(units_to_sell().is_not_null() & pl.col("inbound_units").is_null())),
        ("undecided.open_orders", live.filter(is_suggested() & pl.col("open_units").is_null())),
        ("undecided.season", live.filter(pl.col("seasonal_index").is_null() & pl.col("season_evidence").is_null())),
        ("undecided.status", live.filter(pl.col("status").is_null())),
        ("undecided.cost", live.filter(pl.col("unit_cost_fen").is_null())),
    )
    notes = [Note(key, {"products": rows.height, "of": live.height}) for key, rows in gaps if rows.height]
    no_policy = tables is not None and tables.policy is None
    return [*notes, *([Note("undecided.policy")] if no_policy else [])]


def _assumptions(joined: pl.DataFrame, settings: Settings) -> Iterable[Note]:
    """Defaults that a rule or guard used this time and that the store has not set itself."""
    fired = {name for text in joined["rules"].drop_nulls() for name in text.split(";")}
    held = {name for text in joined["guards"].drop_nulls() for name in text.split(";")}
    used = [name for rule in RULES if rule.name in fired for name in rule.uses]
    used += [name for guard in GUARDS if guard.name in held for name in guard.uses]
    values, defaults = settings.flat(), DEFAULTS.flat()
    return (
        Note("assumed.setting", {"setting": Note(f"setting.{name}"), "value": values[name], "name": name})
        for name in dict.fromkeys(("store.listing_limit", *used))
        if values[name] == defaults[name]
    )


def _shown(value: object) -> object:
    """Whole numbers with a comma at each thousand; the rest as it is."""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value
