"""The 说明 sheet: which run this is, what was read, which thresholds decided, and how to work with the file.

A list nobody can trace is a list nobody should act on. The run, week and store also stand in cells with names
(``toolkit_run`` …), so that a workbook that comes back can be told from last week's.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from toolkit.decide.event_words import event_notes
from toolkit.decide.reasons import ACTIONS
from toolkit.export.boss_note import boss_note
from toolkit.export.cells import Shown
from toolkit.export.delist_report import DelistReport, InputFile, RunFacts
from toolkit.export.money_notes import money_notes
from toolkit.export.workbook import Sheet, Workbook
from toolkit.settings import Settings
from toolkit.words import Lang, labels, say

__all__ = ["about_inputs", "about_notes", "about_run", "about_section", "about_settings", "about_sheet"]

_STEPS = 6
_KINDS_NAMED = 3
_INPUT_TYPES = {"file": pl.String, "source": pl.String, "observed_on": pl.Date}
_STATES = {"changed": "rest"}


def about_sheet(book: Workbook, report: DelistReport) -> None:
    """Fill the sheet that explains the workbook."""
    lang = book.lang
    sheet = book.sheet(say("workbook.sheet.about", lang))
    sheet.line(say("workbook.about.title", lang), "title")
    note = boss_note(report.summary, lang, report.before, report.policy_news)
    about_notes(sheet, "conclusion", note.splitlines(), lang)
    about_section(sheet, "run", lang)
    about_run(sheet, report.facts, lang)
    about_notes(sheet, "use", [say(f"workbook.about.use.{step}", lang) for step in range(1, _STEPS + 1)], lang)
    about_notes(sheet, "actions", [_meaning(action, lang) for action in ACTIONS], lang)
    money = money_notes(report.money, report.facts.settings, lang) if report.money else []
    about_notes(sheet, "money", money, lang)
    news = report.policy_news
    about_notes(sheet, "policy_news", news.freed_in_words(lang) if news else [], lang)
    about_notes(sheet, "undecided", [note.in_(lang) for note in report.summary.undecided], lang)
    about_notes(sheet, "assumptions", [note.in_(lang) for note in report.summary.assumptions], lang)
    about_notes(sheet, "events", [] if report.events is None else event_notes(report.events, lang), lang)
    about_inputs(sheet, report.facts, lang)
    about_settings(sheet, report.facts.settings, lang)


def about_section(sheet: Sheet, name: str, lang: Lang) -> None:
    """A heading after an empty line."""
    sheet.line()
    sheet.line(say(f"workbook.about.{name}", lang), "heading")


def about_notes(sheet: Sheet, name: str, notes: list[str], lang: Lang) -> None:
    """A heading and a line each; nothing where there is nothing to say."""
    if notes:
        about_section(sheet, name, lang)
    for note in notes:
        sheet.line(note, "plain")


def _meaning(action: str, lang: Lang) -> str:
    return f"{say(f'action.{action}', lang)} — {say(f'action.{action}.means', lang)}"


def about_run(sheet: Sheet, facts: RunFacts, lang: Lang) -> None:
    """Facts of the run; the three that identify it get names."""
    rows = {
        "store": facts.store, "week": facts.week, "run": facts.run_id, "as_of": facts.as_of.isoformat(),
        "version": facts.version, "settings": facts.settings.digest(), "rebuilt": facts.rebuilt_from,
    }  # fmt: skip
    told = {name: value for name, value in rows.items() if value}
    frame = pl.DataFrame(
        {"fact": [say(f"workbook.fact.{name}", lang) for name in told], "value": list(told.values())},
        schema={"fact": pl.String, "value": pl.String},
    )
    first = sheet.table(frame, _text_columns(("fact", "value"), lang), main=False)
    for row, name in enumerate(told, first):
        if name in ("store", "week", "run"):
            sheet.name_cell(f"toolkit_{name}", row, 1)


def _text_columns(names: tuple[str, ...], lang: Lang) -> list[Shown]:
    return [Shown(name, say(f"workbook.column.{name}", lang), "text") for name in names]


def about_inputs(sheet: Sheet, facts: RunFacts, lang: Lang) -> None:
    """What was read, with the fate of every row."""
    about_section(sheet, "inputs", lang)
    names = ("file", "source", "observed_on", "rows_kept", "rows_set_aside", "rows_rejected")
    units = {"observed_on": "day"} | dict.fromkeys(names[3:], "count")
    columns = [Shown(name, say(f"workbook.column.{name}", lang), units.get(name, "text")) for name in names]
    rows = [{name: getattr(file, name) for name in names} | {"source": _kinds(file, lang)} for file in facts.inputs]
    frame = pl.DataFrame(rows, schema={**dict.fromkeys(names, pl.Int64), **_INPUT_TYPES})
    sheet.table(frame.sort("file"), columns, main=False, empty=say("workbook.none.inputs", lang))


def _kinds(file: InputFile, lang: Lang) -> str:
    """What a file is, its first kinds where its sheets are of several; what was not recognised was not read."""
    words = labels("source", lang)
    kinds = [words.get(name, name) for name in file.sources or (file.source,) if name]
    more = say("boss.and_more", lang) if len(kinds) > _KINDS_NAMED else ""
    return say("boss.comma", lang).join(kinds[:_KINDS_NAMED]) + more or say("effect.not_read", lang)


def about_settings(sheet: Sheet, settings: Settings, lang: Lang) -> None:
    """Every threshold with its sentence and value; marked where it was changed, or decided something by default."""
    about_section(sheet, "settings", lang)
    changed = settings.changed()
    rows = [
        {
            "meaning": say(f"setting.{name}", lang),
            "setting": name,
            "value": _worded(value, lang),
            "state": "changed" if name in changed else "default",
        }
        for name, value in settings.flat().items()
    ]
    words = {state: say(f"workbook.state.{state}", lang) for state in ("changed", "default")}
    columns = _text_columns(("meaning", "setting", "value", "state"), lang)
    columns[0] = replace(columns[0], wrap=True)
    columns[3] = Shown("state", say("workbook.column.state", lang), "choice", words=words, tints=_STATES)
    sheet.table(pl.DataFrame(rows), columns, main=False)


def _worded(value: object, lang: Lang) -> str:
    """A setting's value as a person would write it."""
    if isinstance(value, bool):
        return say(f"workbook.{value}", lang)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {each}" for key, each in value.items())
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
