"""From the lines of a workbook that came back to steps of the ledger: what is agreed to, and what no longer holds.

A week may pass between a list and its answers. So each line that asks for a delisting is held against the newest data:
a product that changed its status, owes more than can be shipped, left the list or met a hard guard is not taken off
sale, whatever the line says. A line that cannot be understood is refused with its reason; none is guessed at.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.decide.guards import GUARDS
from toolkit.decide.plan import is_suggested
from toolkit.ledger import GONE, STATES, State
from toolkit.schema import LEDGER
from toolkit.settings import Settings
from toolkit.store.run import Run

__all__ = ["judged_answers", "no_longer_holds", "steps_of"]

_WANTED: dict[str, State] = {
    "approve": State.APPROVED, "MUST_DELIST": State.APPROVED, "DELIST": State.APPROVED, "REST_UNTIL": State.APPROVED,
    "reject": State.DECLINED, "KEEP": State.DECLINED, "RESTOCK": State.DECLINED,
    "CUT_PRICE": State.DECLINED, "WITHDRAW": State.DECLINED,
    "watch": State.WATCHED, "WATCH": State.WATCHED,
}  # fmt: skip
_ACTIONS = ("MUST_DELIST", "DELIST", "REST_UNTIL", "CUT_PRICE", "WITHDRAW", "RESTOCK", "WATCH", "KEEP")
_DONE = (*GONE, State.REJECTED, State.FAILED)
_LOOKED = (pl.col("wanted") == State.APPROVED) & (pl.col("orders_checked") == "yes")
_MAY_PLAN = tuple(before for before, after in STATES.items() if before and State.PLANNED in after)


def no_longer_holds(run: Run, profile: pl.DataFrame, *, as_of: date, settings: Settings) -> pl.DataFrame:
    """One row per product of the run's advice that must not be taken off sale any more, with `why` (``refused.<why>``).

    `profile` is the store's newest (`schema.PROFILE`). A new gap in open orders stops economic reasons only.
    """
    now = profile.with_columns(
        pl.when(guard.test(settings, as_of)).then(pl.lit(guard.name)).alias(f"_{guard.name}")
        for guard in GUARDS
        if guard.kind in ("hard", "conflict")
    )
    both = run.advice.select("product_id", "action", was_status="status", was_gap="gap_units").join(
        now.with_columns(_known=pl.lit(True)), on="product_id", how="left", maintain_order="left"
    )
    guards = [
        pl.when((pl.col("action") == "MUST_DELIST") | (guard.kind == "hard")).then(pl.col(f"_{guard.name}"))
        for guard in GUARDS
        if guard.kind in ("hard", "conflict")
    ]
    grew = (pl.col("gap_units") > 0) & (pl.col("gap_units") > pl.col("was_gap").fill_null(0))
    why = pl.coalesce(
        pl.when(pl.col("_known").is_null()).then(pl.lit("not_in_newest_catalog")),
        *guards,
        pl.when(pl.col("status") != pl.col("was_status")).then(pl.lit("status_changed")),
        pl.when(grew & (pl.col("action") != "MUST_DELIST")).then(pl.lit("new_gap")),
    )
    return both.select("product_id", why=why).drop_nulls()


def judged_answers(
    run: Run, lines: pl.DataFrame, present: pl.DataFrame, stopped: pl.DataFrame, seen: pl.DataFrame
) -> pl.DataFrame:
    """One row per product that stands in the lines: the state `wanted`, the place of its first line, `why` it is refused.

    `orders_checked` is ``yes`` where a person says to have looked for open orders in the seller centre.

    Args:
        run: the run whose list came back.
        lines: `schema.ANSWERS`.
        present: where each product stands in the ledger now.
        stopped: `no_longer_holds`.
        seen: the products this run has steps for in the ledger.
    """
    each = lines.sort("source_row").group_by("product_id", maintain_order=True).agg(
        pl.col("source_sheet", "source_row", "note").first(),
        suspect=pl.col("is_suspect_id").any(),
        unknown=(pl.col("answer").is_null() & pl.col("answer_raw").is_not_null()).any(),
        orders_checked=pl.col("orders_checked").filter(pl.col("orders_checked") == "yes").first(),
        different=_wanted().drop_nulls().n_unique() > 1,
        wanted=_wanted().drop_nulls().first(),
        named=pl.col("answer").filter(pl.col("answer").is_in(_ACTIONS)).first(),
    )  # fmt: skip
    advised = run.advice.filter(is_suggested()).select("product_id", "action", "reason_code", "rule", "relist_on")
    joined = (
        each.join(advised, on="product_id", how="left", maintain_order="left")
        .join(
            present.select("product_id", "state", at_run="run_id", at_week="week"),
            on="product_id",
            how="left",
            maintain_order="left",
        )
        .join(stopped.rename({"why": "stopped"}), on="product_id", how="left", maintain_order="left")
        .join(seen.with_columns(was_seen=pl.lit(True)), on="product_id", how="left", maintain_order="left")
    )
    return joined.with_columns(
        wanted=pl.col("wanted").fill_null(State.PLANNED.value), why=_why(run), is_own=pl.col("at_run") == run.run_id
    ).sort("source_sheet", "source_row")


def _wanted() -> pl.Expr:
    words = {answer: str(state) for answer, state in _WANTED.items()}
    return pl.col("answer").replace_strict(words, default=None, return_dtype=pl.String)


def _why(run: Run) -> pl.Expr:
    """Why a product's lines are refused; null where they are taken."""
    own = pl.col("at_run") == run.run_id
    wants = pl.col("wanted") == State.APPROVED
    # Blank lines of a product that was approved before and is still unfit matter as little as other blanks.
    fresh = ~(own & pl.col("state").is_in(_DONE)).fill_null(False)
    waits_for_list = own & (pl.col("state") == State.APPROVED) & (pl.col("stopped") == "already_off_sale")
    return pl.coalesce(
        pl.when("suspect").then(pl.lit("suspect_id")),
        pl.when(pl.col("action").is_null()).then(pl.lit("not_in_run")),
        pl.when("unknown").then(pl.lit("unknown_answer")),
        pl.when("different").then(pl.lit("contradictory")),
        pl.when(~own & (pl.col("was_seen") | (pl.col("at_week") > run.week))).then(pl.lit("later_run")),
        pl.when(~own & ~pl.col("state").is_in(_MAY_PLAN)).then(pl.lit("in_loop")),
        pl.when(own & pl.col("state").is_in(GONE) & pl.col("wanted").is_in([State.DECLINED, State.WATCHED])).then(
            pl.lit("already_acted")
        ),
        pl.when(wants & fresh & ~waits_for_list.fill_null(False)).then(pl.col("stopped")),
    )


def steps_of(run: Run, judged: pl.DataFrame) -> pl.DataFrame:
    """The steps the answers come to, for the ledger (`schema.LEDGER`): first planned, then what was answered.

    A product whose lines are refused stays planned, and one that was approved before goes back there.
    """
    blocked = ("suspect_id", "not_in_run", "later_run", "in_loop", "already_acted")
    ours = judged.filter(~pl.col("why").is_in(blocked).fill_null(False)).with_columns(
        order=pl.int_range(pl.len()),
        wanted=pl.when(pl.col("why").is_null()).then("wanted").otherwise(pl.lit(State.PLANNED.value)),
        note=pl.coalesce("note", "why", pl.when(_LOOKED).then(pl.lit("orders_checked"))),
        action=pl.coalesce("named", "action"),
        **{name: pl.lit(value) for name, value in run.ledger_facts.items()},
    )
    planned = ours.filter(~pl.col("is_own").fill_null(False)).with_columns(
        to=pl.lit(State.PLANNED.value), nth=pl.lit(0)
    )
    before = pl.when(pl.col("is_own").fill_null(False)).then("state").otherwise(pl.lit(State.PLANNED.value))
    pairs = [f"{a}>{b}" for a, after in STATES.items() for b in after if b in (*_WANTED.values(), State.PLANNED)]
    is_open = pl.format("{}>{}", before, "wanted").is_in(pairs) & (before != pl.col("wanted"))
    # What was done already and is agreed to again needs no step.
    answered = ours.filter(is_open).with_columns(to="wanted", nth=pl.lit(1))
    return LEDGER.conform(pl.concat([planned, answered]).sort("order", "nth").drop("state").rename({"to": "state"}))
