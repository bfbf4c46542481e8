"""The inbox and the sheets kept by hand: each file read once, into the history.

Downloads land in ``inbox/`` under any name, twice, half finished, or open in Excel. A file is known by the fingerprint
of its bytes, so dropping it in again costs nothing; one that cannot be read is told, and the others go on.

The sheets kept by hand (商品表.xlsx, policy.xlsx) are different: they are edited in place, and the old content would be
gone. So each edition is copied to ``ledger/editions/<number>/`` as it is read. That keeps last month's stock figures,
and lets the history be rebuilt to the letter.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from toolkit import schema
from toolkit.errors import InputError, ToolkitError
from toolkit.history import LINES, Batch, FileTold, History, batch_id, lines_at_once
from toolkit.store.asked import Asked
from toolkit.store.families import strangers
from toolkit.store.fingerprints import Fingerprints, fingerprint
from toolkit.store.whose import StoreKnown
from toolkit.words import Lang, Text, both, say

if TYPE_CHECKING:
    from toolkit.load.loaded import LoadedFile, LoadedSheet

__all__ = [
    "HAND_KEPT",
    "RULES_NAME",
    "RULES_SHEET",
    "SHARED",
    "WORKDAYS_NAME",
    "Judge",
    "Waiting",
    "WasFile",
    "ask_about_first",
    "column_map_of",
    "keep_editions",
    "read_in",
    "waiting",
]

HAND_KEPT = ("商品表.xlsx", "店铺档案.xlsx", "policy.xlsx")
SHARED = "_共用"
"""The folder beside the stores' folders for files that are about several stores: one bill for one account."""
_UNFINISHED = (".crdownload", ".part", ".partial", ".download", ".tmp", ".writing")
_MAP_NAMES = ("列对照.xlsx", "列对照.toml", "columns.toml")
RULES_NAME, RULES_SHEET, WORKDAYS_NAME = "保证金规则.toml", "保证金规则.xlsx", "工作日.toml"
"""What a user says of the words of bills, and of holidays that are not published yet; see `toolkit.store.own_words`."""
_SAYS = (*_MAP_NAMES, RULES_NAME, RULES_SHEET, WORKDAYS_NAME)
_NOT_OURS = ("desktop.ini", "thumbs.db")

State = Literal["new", "known", "skipped", "unknown_kind", "unreadable", "other_store", "declined"]


@dataclass(frozen=True)
class Waiting:
    """A file to be read."""

    path: Path
    sha256: str
    name_states: str = ""
    kept_as: str | None = None
    edition: int = 0
    is_shared: bool = False
    """From the folder that several stores share: its rows are not this store's for lying there."""
    is_past: bool = False
    """An earlier edition of a sheet kept by hand: read if need be, not worth a word."""

    @property
    def id(self) -> str:
        """What its batch is kept under."""
        return batch_id(self.sha256, self.name_states)


@dataclass(frozen=True)
class WasFile:
    """What one file of the inbox was."""

    file: str
    state: State
    sources: tuple[str, ...] = ()
    """Keys of the kinds of export it holds."""
    kept: int = 0
    set_aside: int = 0
    rejected: int = 0
    observed_on: date | None = None
    """The day its facts were true; None when it states none, or several."""
    problem: ToolkitError | None = None
    """Why it could not be read."""
    why: Text | None = None
    """What makes it look like another store's."""

    def sentence(self, lang: Lang = "zh") -> str:
        """One line for people."""
        if self.problem is not None:
            return self.problem.sentence(lang)
        kinds = say("store.and", lang).join(say(f"source.{source}", lang) for source in self.sources)
        return say(
            f"store.file_{self.state}", lang, file=self.file, kinds=kinds,
            kept=self.kept, set_aside=self.set_aside, rejected=self.rejected,
        )  # fmt: skip


def keep_editions(folder: Path) -> list[WasFile]:
    """Copy each sheet kept by hand that has changed since its last edition; gives those that could not be read."""
    lost = []
    for home in _homes(folder):
        for name in HAND_KEPT:
            try:
                if (home / name).is_file():
                    _keep_edition(home, name)
            except InputError as error:
                lost.append(WasFile(name, "unreadable", problem=error))
    return lost


def waiting(folder: Path, prints: Fingerprints) -> Iterator[Waiting | WasFile]:
    """Every file the history should know, in an order that depends on names only; a `WasFile` for those it cannot."""
    for home in _homes(folder):
        yield from _editions_waiting(home, is_shared=home != folder)
    own = list(_downloads(folder / "inbox", prints, is_shared=False))
    yield from own
    known = {file.id for file in own if isinstance(file, Waiting)}
    for shared in _homes(folder)[1:]:
        for file in _downloads(shared, prints, is_shared=True):
            # A file that lies in both places is the store's own.
            is_own = isinstance(file, Waiting) and file.id in known
            yield replace(file, is_shared=False) if is_own else file


def _homes(folder: Path) -> tuple[Path, ...]:
    """The store's folder, and the folder it shares with the stores beside it if there is one."""
    shared = folder.resolve().parent / SHARED
    return (folder, shared) if shared.is_dir() and shared != folder.resolve() else (folder,)


def _editions_waiting(home: Path, *, is_shared: bool) -> Iterator[Waiting]:
    editions = [(number, path, fingerprint(path)) for number, path in _editions(home)]
    newest = {path.name: number for number, path, _ in editions}
    last = {(path.name, sha256): number for number, path, sha256 in editions}
    for number, path, sha256 in editions:
        # A sheet put back to what it was before is the newest edition again, not two.
        if last[path.name, sha256] == number:
            is_past = number < newest[path.name]
            kept_as = f"{SHARED}/{path.name}" if is_shared else path.name
            yield Waiting(path, sha256, kept_as=kept_as, edition=number, is_shared=is_shared, is_past=is_past)


def _downloads(folder: Path, prints: Fingerprints, *, is_shared: bool) -> Iterator[Waiting | WasFile]:
    """The files of an inbox; of a shared folder those that are no sheet kept by hand and no edition of one."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if not path.is_file() or (is_shared and (inside[0] == "ledger" or path.name in (*HAND_KEPT, *_SAYS))):
            continue
        if path.name.startswith((".", "~$")) or path.name.lower().endswith((*_UNFINISHED, *_NOT_OURS)):
            yield WasFile(path.name, "skipped")
            continue
        try:
            yield Waiting(path, prints.of(path), name_states=_name_states(path.name), is_shared=is_shared)
        except InputError as error:
            yield WasFile(path.name, "unreadable", problem=error)


def column_map_of(folder: Path) -> Path | None:
    """The store's own 列对照, else the one it shares; None when there is none."""
    places = (home / name for home in _homes(folder) for name in _MAP_NAMES)
    return next((path for path in places if path.is_file()), None)


@dataclass(frozen=True)
class Judge:
    """Who says whether a file is this store's: what was known of the store before, and what the user said."""

    store: StoreKnown
    asked: Asked
    lang: Lang

    def says_no(self, file: Waiting) -> bool:
        """Whether the user said that a file is another store's."""
        return self.asked.answer(file.sha256) == "no"

    def stops(self, file: Waiting, loaded: LoadedFile) -> WasFile | None:
        """What a file was that looks like another store's and was not accepted; None for all others.

        A question that is still open keeps its file out, whatever the history has become meanwhile.
        """
        answer, asked = self.asked.answer(file.sha256), self.asked.reason(file.sha256)
        why = None if answer == "yes" else self.store.another(loaded) or (Text(asked, asked) if answer else None)
        if why is None:
            return None
        self.asked.ask(file.path.name, file.sha256, why, self.lang)
        kinds = tuple(sorted({sheet.source.name for sheet in loaded.recognised if sheet.source}))
        return _was_foreign(file.path.name, kinds, why)


def ask_about_first(history: History, judge: Judge) -> dict[str, WasFile]:
    """The files of a store's first inbox that cannot be of one store with the others: out of the history, and asked about.

    By the id of their batches, what each file was; those of the main family are written down as taken for the store's.
    """
    store, asked = judge.store, judge.asked
    files = [batch for batch in history.batches.all if not batch.facts.get("is_shared")]
    found = strangers(history.batches, files, store.settings, new_product_days=store.new_product_days)
    foreign = [(batch, why) for batch, why in found.foreign if asked.answer(batch.sha256) != "yes"]
    for batch, why in foreign:
        history.forget(batch.id)
        asked.ask(batch.file, batch.sha256, why, judge.lang)
    for batch in found.main if foreign else ():
        if batch.kept_as is None:
            asked.taken(batch.file, batch.sha256, both("asked.taken"), judge.lang)
    return {batch.id: _was_foreign(batch.file, tuple(batch.facts["sources"]), why) for batch, why in foreign}


def _was_foreign(file: str, kinds: tuple[str, ...], why: Text) -> WasFile:
    return WasFile(file, "other_store", kinds, problem=InputError("file_other_store", file=file, why=why), why=why)


def read_in(
    file: Waiting,
    history: History,
    *,
    currency: str,
    column_map: Path | None = None,
    judge: Judge | None = None,
) -> WasFile:
    """Read one file into the history unless it is there already, or the judge says it is another store's; what it was."""
    if judge is not None and judge.says_no(file):
        history.forget(file.id)
        return WasFile(file.path.name, "declined")
    known = history.find(file.id)
    alike = _reading(file, currency, column_map)
    if known is not None and known.edition == file.edition and alike.items() <= known.facts.items():
        return _was(file.path.name, "known", known)
    from toolkit.load.loaded import load_file

    try:
        loaded = load_file(file.path, currency=currency, column_map=column_map, sha256=file.sha256)
        if not loaded.recognised:
            return WasFile(file.path.name, "unknown_kind")
        # What was taken for ours once is not asked about because the tool has learnt to read it better.
        if judge is not None and not history.was_told(file.id) and (stopped := judge.stops(file, loaded)) is not None:
            return stopped
        batch = history.add(_told(loaded, file, alike))
    except InputError as error:
        return WasFile(file.path.name, "unreadable", problem=error)
    return _was(file.path.name, "new", batch)


def read_named(path: Path, history: History, *, currency: str, column_map: Path | None = None) -> WasFile:
    """Read a file that somebody named, wherever it lies; what it was."""
    try:
        file = Waiting(path, fingerprint(path), name_states=_name_states(path.name))
    except InputError as error:
        return WasFile(path.name, "unreadable", problem=error)
    return read_in(file, history, currency=currency, column_map=column_map)


@cache
def _reader() -> str:
    """A name for the loader as it is: when it learns to read better, what it read before is read again."""
    import toolkit.load

    sources = sorted(Path(str(toolkit.load.__file__)).parent.rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]


def _reading(file: Waiting, currency: str, column_map: Path | None) -> dict[str, object]:
    """What the tables of a file depend on beside its bytes; under other values it is read again."""
    return {
        "reader": _reader(),
        "currency": currency,
        "is_shared": file.is_shared,
        "column_map": "" if column_map is None else fingerprint(column_map),
    }


def _was(name: str, state: State, batch: Batch) -> WasFile:
    facts = batch.facts
    counts = (facts["kept"], facts["set_aside"], facts["rejected"])
    return WasFile(name, state, tuple(facts["sources"]), *counts, batch.observed_on)


def _told(loaded: LoadedFile, file: Waiting, reading: Mapping[str, object]) -> FileTold:
    """A loaded file as plain tables, its sheets put together."""
    sheets, counts = loaded.recognised, loaded.counts
    names = {name for sheet in sheets for name in sheet.tables}
    alone = {name for name in names if sum(name in sheet.tables for sheet in sheets) == 1}
    return FileTold(
        sha256=file.sha256,
        file=file.path.name,
        tables={name: _one_table(name, [sheet for sheet in sheets if name in sheet.tables]) for name in names},
        on_disk={name: rows for sheet in sheets for name, rows in sheet.on_disk.items() if name in alone},
        problems=loaded.problems,
        coverage=pl.concat([schema.COVERAGE.empty(), *(sheet.coverage for sheet in sheets)]),
        observed_on=max((sheet.observed_on for sheet in sheets if sheet.observed_on), default=None),
        latest_event_on=max((sheet.latest_event_on for sheet in sheets if sheet.latest_event_on), default=None),
        kept_as=file.kept_as,
        edition=file.edition,
        name_states=file.name_states,
        facts={
            **reading,
            "sources": sorted({sheet.source.name for sheet in sheets if sheet.source}),
            "read": counts.read,
            "kept": counts.kept,
            "set_aside": counts.set_aside,
            "rejected": counts.rejected,
            "unknown_columns": sorted({name for sheet in sheets for name in sheet.unknown_columns}),
            "stores": sorted({name for sheet in sheets for name in sheet.stores}),
        },
    )


def _one_table(name: str, sheets: Sequence[LoadedSheet]) -> pl.LazyFrame:
    """The rows of a table in all sheets; of lists of lines that were packed into one archive each line once."""
    if name not in LINES or len({sheet.file for sheet in sheets}) == 1:
        return pl.concat([sheet.tables[name] for sheet in sheets])
    table = next(table for table in schema.STORED_TABLES if table.name == name)
    named = [sheet.tables[name].with_columns(_file=pl.lit(sheet.file)) for sheet in sheets]
    return lines_at_once(pl.concat(named), table)


def _name_states(name: str) -> str:
    """The period or day a file's name states, as text; empty when it states none."""
    from toolkit.load.file_dates import day_in_name, period_in_name

    period, day = period_in_name(name), day_in_name(name)
    return "_".join(each.isoformat() for each in period) if period else day.isoformat() if day else ""


def _editions(folder: Path) -> list[tuple[int, Path]]:
    """Number and path of each edition of a sheet kept by hand, oldest first."""
    found = (folder / "ledger" / "editions").glob("*/*.xlsx")
    return sorted((int(path.parent.name), path) for path in found if path.parent.name.isdigit())


def _keep_edition(folder: Path, name: str) -> None:
    path, editions = folder / name, _editions(folder)
    earlier = [edition for _, edition in editions if edition.name == name]
    if earlier and fingerprint(earlier[-1]) == fingerprint(path):
        return
    number = 1 + max((number for number, _ in editions), default=0)
    target = folder / "ledger" / "editions" / f"{number:04d}" / name
    # The new name appears only when the copy is whole.
    half = target.parent.with_name(f"{number:04d}.writing")
    try:
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        shutil.copyfile(path, half / name)
        half.replace(target.parent)
    except OSError as error:
        raise InputError("file_not_open", file=name, problem=error.strerror or str(error)) from error
