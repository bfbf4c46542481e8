"""What a user says of the words of bills and of holidays that are not published yet.

Three files count if they lie in a store's folder or in the shared one: 保证金规则.xlsx or 保证金规则.toml (what words of a
bill mean; the sheet for those who would rather not write TOML) and 工作日.toml (years whose holidays come later).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.reconcile.rules import Rule, deposit_rules, read_rules
from toolkit.store.inbox import RULES_NAME, RULES_SHEET, WORKDAYS_NAME
from toolkit.workdays import WorkdayYear, read_workday_years

__all__ = ["OwnWords"]


@dataclass(frozen=True)
class OwnWords:
    """The rules to go by, None for the shipped ones alone, and added years."""

    rules: tuple[Rule, ...] | None
    years: tuple[WorkdayYear, ...]

    @classmethod
    def found(cls, folders: Iterable[Path]) -> OwnWords:
        """What lies in the folders.

        Raises:
            SettingsError: a file says what cannot be understood; the sentence names the place.
        """
        homes = list(dict.fromkeys(folders))
        rules = [rule for home in homes for rule in _rules(home)]
        years = [
            y for home in homes if (home / WORKDAYS_NAME).is_file() for y in read_workday_years(home / WORKDAYS_NAME)
        ]
        return cls(deposit_rules(*rules) if rules else None, tuple(years))


def _rules(home: Path) -> Iterator[Rule]:
    """A sheet's rules before those of a TOML file."""
    if (home / RULES_SHEET).is_file():
        from toolkit.load.rule_rows import rule_rows
        from toolkit.reconcile.rule_sheet import rules_of_rows

        told = rule_rows(home / RULES_SHEET)
        yield from rules_of_rows(told.rows, told.captions, place=told.place)
    if (home / RULES_NAME).is_file():
        yield from read_rules(home / RULES_NAME)
