"""Confirm: find out what really went off sale, and list what silently did not.

A bulk action that half fails without a word is what sellers fear. So nothing counts as done because somebody meant to do
it: each product advances on what was typed into its work list, on a call's answer, on the newest product list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl

from toolkit.errors import InputError, StoreError
from toolkit.ledger import CORRECTED, GONE, Hand, Ledger, State
from toolkit.load.sources.answers import WORK_LIST
from toolkit.schema import WORK_LINES
from toolkit.store.apply import newest_profile
from toolkit.store.folder import Store, open_store
from toolkit.store.handouts import list_beside
from toolkit.store.outcomes import after, list_steps, relist_due, typed_steps, typed_targets
from toolkit.store.response import response_steps
from toolkit.store.run import Run, open_run, own_list
from toolkit.words import LANGS, Lang, Text, say

__all__ = ["Confirmed", "confirm", "runs_of", "standing"]

_LISTS = ("work", "retry", "relist")
_NAMED = 3
_FINAL = (State.APPROVED, State.DELISTED, State.REJECTED, State.FAILED)
"""What a list or a call can contradict: how it ended, or that nothing was done."""


@dataclass(frozen=True)
class Confirmed:
    """What was learnt."""

    steps: pl.DataFrame
    """The steps added to the ledger (`schema.LEDGER`)."""
    retry: tuple[Path, ...]
    """Lists of what was not done."""
    due: tuple[Path, ...]
    """Lists of what rested and is about due to be relisted."""
    notes: tuple[Text, ...]

    def sentences(self, lang: Lang = "zh") -> list[str]:
        """What to tell the operator."""
        is_corrected = pl.col("evidence").eq_missing(CORRECTED)
        ends = self.steps.filter(~is_corrected).group_by("product_id", maintain_order=True).last()
        corrected = self.steps.filter(is_corrected)
        count = dict(ends["state"].value_counts().iter_rows())
        said = {s: count.get(s, 0) for s in ("delisted", "under_review", "submitted", "rejected", "failed", "relisted")}
        return [
            *([say("confirm.done", lang, **said)] if ends.height else []),
            *([] if self.steps.height else [say("confirm.nothing", lang)]),
            *(_correction(step, lang) for step in corrected.iter_rows(named=True)),
            *(note.in_(lang) for note in self.notes),
            *(say("confirm.retry", lang, file=f"{path.parent.name}/{path.name}") for path in self.retry),
            *(say("confirm.due", lang, file=f"{path.parent.name}/{path.name}") for path in self.due),
        ]


def confirm(folder: str | Path, *, hand: Hand, response: Path | None = None, lang: Lang | None = None) -> Confirmed:
    """Advance each product of a store's ledger by what is known of it now; write what was not done to be done again.

    Args:
        folder: the store's folder.
        hand: who confirms, and when.
        response: the JSON answer of the batch call, if one was made.
        lang: of the files; the store's by default.

    Raises:
        InputError: the answer is none.
        StoreError: another run is at work.
        OutputError: a file cannot be written.
    """
    store = open_store(folder)
    with store.lock():
        store.import_inbox()
        ledger, runs = Ledger(store.folder / "ledger"), runs_of(store)
        lines, notes = _typed(runs)
        before = ledger.rows()
        added = [ledger.add(typed_steps(ledger.present(), lines), hand=hand)]
        notes += [*_not_believed(before, ledger.present(), lines), *_not_checked(added[0], lines)]
        if response is not None:
            steps, said = response_steps(ledger.present(), response, runs, day=hand.at.date())
            added.append(ledger.add(steps, hand=hand))
            notes += said
        added.append(ledger.add(_by_list(store, ledger.present()), hand=hand))
        due = _due(store, runs, ledger.present(), hand, lang or store.settings.store.language)
        retry = _retry(runs, ledger.present(), lang or store.settings.store.language)
    return Confirmed(pl.concat(added), tuple(retry), tuple(due), tuple(notes))


def standing(store: Store) -> pl.DataFrame:
    """Where each product stands by all that is known now, without writing anything (`schema.LEDGER`)."""
    present = Ledger(store.folder / "ledger").present()
    if present.is_empty():
        return present
    lines, _ = _typed(runs_of(store))
    typed = after(present, typed_steps(present, lines))
    # What was typed since the last confirm has no time of its own yet: that of the step before it stands in.
    at = present.select("product_id", was_at="at")
    dated = typed.join(at, on="product_id", how="left").with_columns(at=pl.coalesce("at", "was_at")).drop("was_at")
    return after(dated, _by_list(store, dated))


def runs_of(store: Store) -> list[Run]:
    """The runs of a store on which some product's state still hangs, oldest first; other folders are passed over."""
    known = set(Ledger(store.folder / "ledger").present()["run_id"].unique())
    found = []
    for path in sorted((store.folder / "runs").glob("*")):
        try:
            run = open_run(path)
        except StoreError:
            continue
        found += [run] * (run.run_id in known)
    return found


def _by_list(store: Store, present: pl.DataFrame) -> pl.DataFrame:
    return list_steps(present, store.tables(), review_days=store.settings.guards.review_days)


def _typed(runs: Iterable[Run]) -> tuple[pl.DataFrame, list[Text]]:
    """What operators typed, the newest line of each product and run; sentences on lists and lines not believed.

    On one day a product may go off sale and come back: the list of what is to be relisted is the later word.
    """
    lines, notes = _lines(runs)
    each = ("run_id", "product_id")
    told = lines.with_columns(is_only=pl.col("source_file").n_unique().over(*each, "is_back") == 1)
    notes += _not_understood(lines)
    filled = told.filter(pl.any_horizontal(pl.col("done", "result").is_not_null()))
    is_unsure = (pl.col("done") == "no") & pl.col("result").is_not_null()
    sound = filled.filter(~pl.col("is_suspect_id").fill_null(False), ~is_unsure.fill_null(False))
    newest = (
        sound.filter(pl.col("acted_on").eq_missing(pl.col("acted_on").max().over(*each)))
        .filter(pl.col("is_back") == pl.col("is_back").any().over(*each))
        .unique([*each, "result", "done"], keep="first", maintain_order=True)
    )
    several = pl.len().over(*each) > 1
    refused = {
        "contradictory": newest.filter(several),
        "suspect_id": filled.filter("is_suspect_id"),
        "no_but_result": filled.filter(is_unsure),
    }
    notes += [_refused(row, why) for why, rows in refused.items() for row in rows.iter_rows(named=True)]
    return newest.filter(~several).drop("is_suspect_id", "observed_on"), notes


def _lines(runs: Iterable[Run]) -> tuple[pl.DataFrame, list[Text]]:
    """All lines of all lists of the runs, with `run_id` and `is_back`; sentences on lists not believed."""
    own = {"run_id": pl.lit(None, pl.String), "is_back": pl.lit(None, pl.Boolean)}
    parts, notes = [WORK_LINES.empty().with_columns(**own)], list[Text]()
    for run, kind in product(runs, _LISTS):
        for path in run.lists(kind):
            try:
                lines = own_list(run, path, WORK_LIST, column=say("loop.column.result", "zh")).lines
            except InputError as error:
                notes.append(Text(error.sentence("zh"), error.sentence("en")))
                continue
            parts.append(lines.with_columns(run_id=pl.lit(run.run_id), is_back=pl.lit(kind == "relist")))
    return pl.concat(parts), notes


def _not_believed(before: pl.DataFrame, present: pl.DataFrame, lines: pl.DataFrame) -> list[Text]:
    """Sentences on lines that were typed anew against what a product list or a call's answer shows."""
    typed = before.filter(pl.col("evidence").is_in(["typed", CORRECTED]))
    last = typed.group_by("product_id", "run_id", maintain_order=True).agg(was_typed=pl.col("state").last())
    told = typed_targets(present, lines).join(last, on=["product_id", "run_id"], how="left", maintain_order="left")
    against = told.filter(
        ~pl.col("is_back"),
        pl.col("known_by").is_in(["list", "response"]),
        pl.col("target").is_in(_FINAL) & (pl.col("target") != pl.col("state")),
        pl.col("target").ne_missing(pl.col("was_typed")),
    )
    return [_both("confirm.not_believed", row) for row in against.iter_rows(named=True)]


def _not_checked(steps: pl.DataFrame, lines: pl.DataFrame) -> list[Text]:
    """A sentence on what was just told to be done although nobody ticked that its open orders were checked."""
    acted = steps.filter(pl.col("state").is_in(GONE), pl.col("evidence") == "typed")
    bare = lines.filter(pl.col("orders_checked") == "no").join(acted, on=["product_id", "run_id"], how="semi")
    if bare.is_empty():
        return []
    ids = bare["product_id"].unique().sort().to_list()
    more = {lang: say("boss.and_more", lang) if len(ids) > _NAMED else "" for lang in LANGS}
    said = [say("confirm.unchecked", lang, count=len(ids), ids=", ".join(ids[:_NAMED]) + more[lang]) for lang in LANGS]
    return [Text(*said)]


def _not_understood(lines: pl.DataFrame) -> list[Text]:
    """One sentence per list and word that was typed as a result and is none, with its rows."""
    unknown = lines.filter(pl.col("result").is_null(), pl.col("result_raw").is_not_null())
    rows = pl.col("source_row").unique().sort().cast(pl.String)
    words = unknown.group_by("source_file", "result_raw").agg(
        first=pl.col("source_row").min(), count=rows.len(), named=rows.head(_NAMED)
    )
    return [
        Text(*(_unknown_result(word, lang) for lang in LANGS))
        for word in words.sort("source_file", "first").iter_rows(named=True)
    ]


def _unknown_result(word: Mapping[str, Any], lang: Lang) -> str:
    more = say("boss.and_more", lang) if word["count"] > _NAMED else ""
    rows = say("boss.comma", lang).join(word["named"]) + more
    return say(
        "confirm.unknown_result",
        lang,
        file=word["source_file"],
        rows=rows,
        word=word["result_raw"],
        count=word["count"],
    )


def _both(key: str, line: Mapping[str, Any]) -> Text:
    zh, en = (
        say(
            key, lang, place=f"{line['source_file']} › {line['source_row']}", product=line["product_id"],
            typed=say(f"state.{line['target']}", lang), state=say(f"state.{line['state']}", lang),
            evidence=say(f"evidence.{line['known_by']}", lang), day=line["known_on"],
        )
        for lang in ("zh", "en")
    )  # fmt: skip
    return Text(zh, en)


def _correction(step: Mapping[str, Any], lang: Lang) -> str:
    """One outcome put right, with what stood there before."""
    if step["from_state"] == step["state"]:
        return say("confirm.corrected.day", lang, product=step["product_id"], day=step["evidence_on"])
    before, state = (say(f"state.{step[name]}", lang) for name in ("from_state", "state"))
    return say("confirm.corrected", lang, product=step["product_id"], before=before, state=state)


def _refused(line: Mapping[str, Any], why: str) -> Text:
    place = f"{line['source_file']} › {line['source_row']}"
    zh, en = (
        say("refused.line", lang, place=place, product=line["product_id"], why=say(f"refused.{why}", lang))
        for lang in ("zh", "en")
    )
    return Text(zh, en)


def _due(store: Store, runs: Iterable[Run], present: pl.DataFrame, hand: Hand, lang: Lang) -> list[Path]:
    """Lists of rested products whose day is near, with what to improve first, one in each run's folder."""
    due = relist_due(present, as_of=hand.at.date(), days=store.settings.guards.review_days)
    if due.is_empty():
        return []
    advice = newest_profile(store).select("product_id", improve="funnel_advice")
    written: list[Path] = []
    for run in runs:
        mine = due.filter(pl.col("run_id") == run.run_id)
        if mine.height:
            titles = run.advice.select("product_id", "title")
            rows = mine.join(titles, on="product_id", how="left").join(advice, on="product_id", how="left")
            written += list_beside(run, rows.sort("relist_on", "product_id"), "relist", lang)
    return written


def _retry(runs: Iterable[Run], present: pl.DataFrame, lang: Lang) -> list[Path]:
    """Lists of what was said to be done and is still on sale, one in each run's folder."""
    written: list[Path] = []
    for run in runs:
        failed = present.filter(pl.col("run_id") == run.run_id, pl.col("state") == State.FAILED)
        if failed.is_empty():
            continue
        titles = run.advice.select("product_id", "rank", "title")
        rows = failed.join(titles, on="product_id", how="left").sort("rank", "product_id")
        written += list_beside(run, rows.with_columns(failed_on="evidence_on"), "retry", lang)
    return written
