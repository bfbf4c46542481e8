"""The single layers of matching: which pairs are possible on what evidence, and what the best answer makes of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from toolkit.reconcile.accounts import joined
from toolkit.reconcile.assignment import Graph, alternatives, assign
from toolkit.schema.reconciled import AMBIGUOUS, MATCHES
from toolkit.workdays import WorkCalendar

__all__ = ["Found", "Sides", "by_key", "by_key_sum", "by_window", "fits", "on_each_day"]

_NO_DAY = 100_000
"""Cost of a pair one of whose days is not known: after all others."""
_KEY_PAIRS = 1_000_000
"""An id that so many pairs of rows share is evidence of none."""


@dataclass(frozen=True)
class Sides:
    """What is still open: claims with their windows, and credits. Both in the order that breaks ties."""

    claims: pl.DataFrame
    credits: pl.DataFrame


@dataclass(frozen=True)
class Found:
    """What layers have used up."""

    pairs: pl.DataFrame
    answers: pl.DataFrame
    used: pl.DataFrame
    """match_side, id, fate (matched, ambiguous), answer_group."""

    @classmethod
    def nothing(cls) -> Found:
        """Before the first layer."""
        return cls(MATCHES.empty(), AMBIGUOUS.empty(), pl.DataFrame(schema=_USED))

    def plus(self, more: Found) -> Found:
        """Both together; groups of the second are numbered on."""
        shift = 1 + (self.used["answer_group"].max() or 0)  # type: ignore[operator]
        number = (pl.col("answer_group") + shift).alias("answer_group")
        return Found(
            pl.concat([self.pairs, MATCHES.conform(more.pairs)]),
            pl.concat([self.answers, AMBIGUOUS.conform(more.answers.with_columns(number))]),
            pl.concat([self.used, more.used.select(*_USED).with_columns(number)]),
        )

    def ids(self, fate: str) -> pl.DataFrame:
        """match_side, id and answer_group of the rows of one fate, sorted."""
        return self.used.filter(pl.col("fate") == fate).drop("fate").sort("match_side", "id")

    def leaves(self, whole: Sides) -> Sides:
        """What is still open."""
        claim, credit = (self.used.filter(pl.col("match_side") == name) for name in ("expected", "credit"))
        return Sides(
            whole.claims.join(claim, on="id", how="anti", maintain_order="left"),
            whole.credits.join(credit, on="id", how="anti", maintain_order="left"),
        )


_USED = {"match_side": pl.String(), "id": pl.String(), "fate": pl.String(), "answer_group": pl.Int64()}


def by_key(sides: Sides, calendar: WorkCalendar, *, layer: str, keys: tuple[str, ...], most: int) -> Found:
    """Pairs that share an id of the named columns and have the same amount."""
    claims, credits = _numbered(sides)
    edges = _sharing(claims, credits, keys, on=["currency", "amount_fen"])
    nodes = credits.select("node", *_WHOSE, "on", credit_ids=pl.concat_list("id"), room=pl.lit(1, pl.Int64))
    return _resolved(claims.with_columns(alike="claim"), nodes, edges, calendar, layer=layer, most=most)


def by_key_sum(sides: Sides, calendar: WorkCalendar) -> Found:
    """Claims and the sum of all credits that share an id with this claim and with no other."""
    claims, credits = _numbered(sides)
    edges = _sharing(claims, credits, ("keys", "base_keys"), on=["currency"])
    legs = edges.filter(pl.len().over("node") == 1)
    pairs = _described(legs, claims, credits.with_columns(credit_id="id"), calendar).with_columns(
        gap_fen=pl.col("credit_fen").sum().over("claim") - pl.col("expected_fen"),
        legs=pl.len().over("claim").cast(pl.Int64),
        rivals=pl.lit(0, pl.Int64),
        layer=pl.lit("base_key_sum"),
    )
    pairs = pairs.with_columns(match_verdict=_by_gap("matched"))
    return Found(pairs, AMBIGUOUS.empty(), _matched(pairs))


def by_window(sides: Sides, calendar: WorkCalendar, *, layer: str, tolerance_fen: int, most: int) -> Found:
    """Pairs of the same amount (or nearly, by a tolerance) whose credit lies in the claim's window."""
    claims, credits = _numbered(sides)
    nodes = (
        credits.filter(pl.col("on").is_not_null())
        .group_by(*_WHOSE, "on")
        .agg(credit_ids=pl.col("id").sort(), room=pl.len().cast(pl.Int64))
        .sort("on", *_WHOSE, nulls_last=True)
        .with_row_index("node")
    )
    same = pl.struct(*_WHOSE, "from_on", "earliest", "latest").rank("dense")
    edges = _within(claims, nodes, tolerance_fen)
    return _resolved(claims.with_columns(alike=same), nodes, edges, calendar, layer=layer, most=most)


_WHOSE = ("currency", "amount_fen", "store", "account")


def _numbered(sides: Sides) -> tuple[pl.DataFrame, pl.DataFrame]:
    return sides.claims.with_row_index("claim"), sides.credits.with_row_index("node")


def fits() -> pl.Expr:
    """Whether a claim's store and account can be those of a credit (columns with `_right`); unknown fits everything."""
    store, other = pl.col("store"), pl.col("store_right")
    mine, theirs = pl.col("account"), pl.col("account_right")
    is_tail = mine.str.ends_with(theirs) | theirs.str.ends_with(mine)
    return (store == other).fill_null(True) & is_tail.fill_null(True)


def _sharing(claims: pl.DataFrame, credits: pl.DataFrame, keys: tuple[str, ...], on: list[str]) -> pl.DataFrame:
    """One row per pair with an id in common: claim, node, shared_id (the first such id)."""
    mine, theirs = _by_id(claims, keys, "claim"), _by_id(credits, keys, "node")
    common = mine.group_by("key").len("claims").join(theirs.group_by("key").len("rows"), on="key")
    telling = common.filter(pl.col("claims").cast(pl.Int64) * pl.col("rows").cast(pl.Int64) <= _KEY_PAIRS)
    return (
        mine.join(telling, on="key", how="semi")
        .join(theirs, on=["key", *on])
        .filter(fits())
        .group_by("claim", "node")
        .agg(shared_id=pl.col("key").min())
        .sort("claim", "node")
    )


def _by_id(rows: pl.DataFrame, keys: tuple[str, ...], number: str) -> pl.DataFrame:
    """One row per row and id: the number, key, and whose money it is."""
    listed = [rows.select(number, *_WHOSE, key=pl.col(name).fill_null([])) for name in keys]
    exploded = pl.concat(listed).explode("key", empty_as_null=True, keep_nulls=True)
    return exploded.filter(pl.col("key").is_not_null() & (pl.col("key") != "")).unique([number, "key"])


def _within(claims: pl.DataFrame, nodes: pl.DataFrame, tolerance_fen: int) -> pl.DataFrame:
    """One row per claim and node inside the claim's window and tolerance: a join on days and amounts, never on rows."""
    width = 2 * tolerance_fen + 1
    low, high = ((pl.col("amount_fen") + side) // width for side in (-tolerance_fen, tolerance_fen))
    asked = (
        on_each_day(claims, nodes["on"])
        .with_columns(step=pl.concat_list(low, high).list.unique())
        .explode("step", empty_as_null=False, keep_nulls=False)
    )
    stepped = nodes.select("node", *_WHOSE, "on", step=pl.col("amount_fen") // width)
    gap = (pl.col("amount_fen") - pl.col("amount_fen_right")).abs()
    return (
        joined(asked, stepped, on=["currency", "step", "on"])
        .filter(fits(), gap <= tolerance_fen)
        .select("claim", "node", shared_id=pl.lit(None, pl.String))
        .sort("claim", "node")
    )


def on_each_day(claims: pl.DataFrame, days: pl.Series) -> pl.DataFrame:
    """Each claim once for every day of its window from the first to the last of `days`, in the column `on`."""
    whose = [name for name in ("claim", "id") if name in claims.columns]
    if not days.drop_nulls().len():
        return claims.clear().select(*whose, *_WHOSE, "on")
    first, last = pl.lit(days.min(), pl.Date), pl.lit(days.max(), pl.Date)
    window = claims.filter(pl.col("earliest").is_not_null(), pl.col("latest").is_not_null()).with_columns(
        earliest=pl.max_horizontal("earliest", first), latest=pl.min_horizontal("latest", last)
    )
    open_ = window.filter(pl.col("earliest") <= pl.col("latest"))
    day = pl.date_ranges("earliest", "latest")
    return open_.select(*whose, *_WHOSE, on=day).explode("on", empty_as_null=False, keep_nulls=False)


def _resolved(
    claims: pl.DataFrame, nodes: pl.DataFrame, edges: pl.DataFrame, calendar: WorkCalendar, *, layer: str, most: int
) -> Found:
    """The best answer over the edges: pairs where it is the only one or all answers mean the same, else all answers."""
    if edges.is_empty():
        return Found.nothing()
    near = _described(edges, claims, nodes.with_columns(credit_id=pl.lit(None, pl.String)), calendar)
    days, worked = pl.col("lag_days").abs(), pl.col("lag_working_days").abs()
    gap = (pl.col("credit_fen") - pl.col("expected_fen")).abs()
    costs = near.select(
        first=(gap if layer == "tolerance" else worked).fill_null(_NO_DAY).cast(pl.Int64),
        second=days.fill_null(_NO_DAY).cast(pl.Int64),
    )
    graph = Graph(
        claims.height, nodes["room"].to_numpy(), edges["claim"].to_numpy().astype(np.int64),
        edges["node"].to_numpy().astype(np.int64), costs["first"].to_numpy(), costs["second"].to_numpy(),
        claims["alike"].cast(pl.Int64).to_numpy(),
    )  # fmt: skip
    taken = assign(graph)
    other = alternatives(graph, taken)
    known = near.with_columns(
        taken=pl.Series(taken),
        group=pl.Series(other.group),
        swings=pl.Series(other.swings).gather(edges["claim"]),
        spare=pl.Series(other.spare).gather(edges["node"]),
        rivals=pl.len().over("node").cast(pl.Int64) - 1,
    )
    return _told(_judged(known), layer=layer, most=most)


def _judged(edges: pl.DataFrame) -> pl.DataFrame:
    """Edges with is_ambiguous: other best answers pay a claim that is not alike, or use money that is not.

    Claims are alike that differ in nothing but their id; credits that belong to the same store and account and have
    the same amount.
    """
    claims_differ = pl.col("twin").filter("swings").n_unique().over("group") > 1
    money = pl.struct("node_store", "node_account", "credit_fen").n_unique().over("group") > 1
    money_differs = money & pl.col("spare").any().over("group")
    in_choice = pl.col("group") >= 0
    marked = edges.with_columns(is_ambiguous=in_choice & (money_differs | (claims_differ & pl.col("swings"))))
    return marked.with_columns(is_ambiguous=pl.col("is_ambiguous").any().over("claim"))


def _told(edges: pl.DataFrame, *, layer: str, most: int) -> Found:
    """The judged edges as pairs and answers; within a node its credits are given out in order."""
    taken = edges.filter("taken").sort("is_ambiguous", "claim").with_columns(
        nth=pl.int_range(pl.len()).over("node"), layer=pl.lit(layer)
    )  # fmt: skip
    given = taken.with_columns(credit_id=pl.col("credit_ids").list.get(pl.col("nth")))
    sure = given.filter(~pl.col("is_ambiguous")).with_columns(
        gap_fen=pl.col("credit_fen") - pl.col("expected_fen"), legs=pl.lit(1, pl.Int64)
    )
    is_only = (pl.col("group") < 0) & (pl.col("room") == 1)
    pairs = sure.with_columns(
        match_verdict=_by_gap(pl.when(is_only).then(pl.lit("matched")).otherwise(pl.lit("interchangeable")))
    )
    answers, held = _answers(edges.with_columns(layer=pl.lit(layer)), given, most=most)
    return Found(pairs, answers, pl.concat([_matched(pairs), held]))


def _answers(edges: pl.DataFrame, given: pl.DataFrame, *, most: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The pairs of all equally good answers, at most so many of a group, and the ids all of them hold back.

    A group's credits are those its claims have in the answer found, and free ones that could stand in for them.
    """
    open_ = edges.filter("is_ambiguous", pl.col("group") >= 0).with_columns(answer_group=pl.col("group").cast(pl.Int64))
    pays = given.filter("is_ambiguous").group_by("group").agg(pays=pl.len().cast(pl.Int64))
    sure = given.filter(~pl.col("is_ambiguous")).group_by("node").agg(held=pl.len().cast(pl.Int64))
    claims = pl.col("claim").n_unique().over("group").cast(pl.Int64)
    held = pl.col("held").fill_null(0)
    free = pl.min_horizontal(pl.col("room") - held, claims)
    listed = (
        open_.join(sure, on="node", how="left", maintain_order="left")
        .with_columns(credit_id=pl.col("credit_ids").list.slice(held, free), many=free)
        .join(pays, on="group", maintain_order="left")
        .with_columns(
            answers=pl.col("many").sum().over("group"),
            before=(pl.col("many").cum_sum() - pl.col("many")).over("group"),
            gap_fen=pl.col("credit_fen") - pl.col("expected_fen"),
            match_verdict=pl.lit("ambiguous"),
        )
    )
    unfold = {"empty_as_null": False, "keep_nulls": False}
    pairs = listed.filter(pl.col("before") < most).explode("credit_id", **unfold)
    credits = listed.unique(["group", "node"]).explode("credit_id", **unfold)
    return pairs, pl.concat(
        [_used_ids("expected", listed.unique("claim"), "expected_id"), _used_ids("credit", credits, "credit_id")]
    )


def _described(edges: pl.DataFrame, claims: pl.DataFrame, nodes: pl.DataFrame, calendar: WorkCalendar) -> pl.DataFrame:
    """Edges, in order, with what both ends are and how far apart in days."""
    # Keys make claims differ: which order was refunded is a difference, which row of the bank's it was is none.
    twin = pl.struct(*_WHOSE, "from_on", "earliest", "latest", _text("keys"), _text("base_keys")).rank("dense")
    mine = claims.select(
        "claim", "store", "currency", "from_on",
        expected_id="id", expected_fen="amount_fen", expected_on="on", twin=twin,
    )  # fmt: skip
    theirs = nodes.select(
        "node", "account", "credit_id", *(n for n in ("credit_ids", "room") if n in nodes.columns),
        credit_fen="amount_fen", credit_on="on", node_store="store", node_account="account",
    )  # fmt: skip
    pairs = edges.join(mine, on="claim", maintain_order="left").join(theirs, on="node", maintain_order="left")
    spans = calendar.spans(pairs["from_on"], pairs["credit_on"])
    return pairs.with_columns(
        lag_days=(pl.col("credit_on") - pl.col("from_on")).dt.total_days(),
        lag_working_days=spans["working_days"].cast(pl.Int64),
        is_provisional=spans["is_provisional"],
        store=pl.coalesce("store", "node_store"),
    )


def _text(names: str) -> pl.Expr:
    return pl.col(names).list.sort().list.join("\n")


def _by_gap(equal: pl.Expr | str) -> pl.Expr:
    same = pl.lit(equal) if isinstance(equal, str) else equal
    gap = pl.col("gap_fen")
    return pl.when(gap < 0).then(pl.lit("short")).when(gap > 0).then(pl.lit("over")).otherwise(same)


def _used_ids(side: str, rows: pl.DataFrame, column: str, fate: str = "ambiguous") -> pl.DataFrame:
    """The ids in a column, each once, in the columns of `_USED`."""
    group = pl.col("answer_group") if fate == "ambiguous" else pl.lit(None, pl.Int64).alias("answer_group")
    return rows.select(
        pl.lit(side).alias("match_side"), pl.col(column).alias("id"), pl.lit(fate).alias("fate"), group
    ).unique("id")


def _matched(pairs: pl.DataFrame) -> pl.DataFrame:
    return pl.concat(
        [_used_ids("expected", pairs, "expected_id", "matched"), _used_ids("credit", pairs, "credit_id", "matched")]
    )
