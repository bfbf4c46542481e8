from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from toolkit.errors import SettingsError
from toolkit.event_days import EventCalendar, event_calendar
from toolkit.settings import read_settings


def runs(name: str, year: int, calendar: EventCalendar | None = None) -> list[tuple[date, date]]:
    (event,) = [event for event in (calendar or event_calendar()).events if event.name == name]
    return event.runs(date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize(
    ("name", "year", "first", "last"),
    [
        ("sale_1111", 2027, date(2027, 11, 11), date(2027, 11, 13)),
        ("black_friday", 2025, date(2025, 11, 28), date(2025, 12, 1)),  # 1 November was a Saturday
        ("black_friday", 2024, date(2024, 11, 29), date(2024, 12, 2)),  # a Friday: the latest there can be
        ("black_friday", 2028, date(2028, 11, 24), date(2028, 11, 27)),
        ("chinese_new_year", 2026, date(2026, 2, 10), date(2026, 3, 3)),  # New Year's Day is 17 February
        ("chinese_new_year", 2049, date(2049, 1, 26), date(2049, 2, 16)),
    ],
)
def test_an_event_falls_on_its_days(name: str, year: int, first: date, last: date) -> None:
    assert runs(name, year) == [(first, last)]


def test_a_new_year_beyond_the_dated_ones_is_not_guessed() -> None:
    assert runs("chinese_new_year", 2052) == []


def test_a_seller_changes_drops_and_adds_events() -> None:
    mine = event_calendar(
        {
            "sale_1111": "11-09..11-13",
            "chinese_new_year": "-3..6",
            "sale_328": "off",
            "founding": "2025-09-09..2025-09-11, 2026-09-15",
            "turn": "12-30..01-02",
        }
    )

    assert runs("sale_1111", 2026, mine) == [(date(2026, 11, 9), date(2026, 11, 13))]
    assert runs("chinese_new_year", 2026, mine) == [(date(2026, 2, 14), date(2026, 2, 23))]
    assert [event.name for event in mine.events if event.is_own] == [
        "sale_1111",
        "chinese_new_year",
        "founding",
        "turn",
    ]
    assert "sale_328" not in {event.name for event in mine.events}
    assert runs("founding", 2026, mine) == [(date(2026, 9, 15), date(2026, 9, 15))]
    assert runs("turn", 2026, mine) == [(date(2025, 12, 30), date(2026, 1, 2)), (date(2026, 12, 30), date(2027, 1, 2))]
    assert next(event for event in mine.events if event.name == "chinese_new_year").is_gap


@pytest.mark.parametrize("days", ["6.18", "13-01", "02-29", "-3..6", "2026-09-11..2026-09-09", "06-16..2026-06-18", ""])
def test_days_nobody_can_read_are_refused_in_a_sentence_that_names_them(tmp_path: Path, days: str) -> None:
    (tmp_path / "toolkit.toml").write_text(f'[events.days]\n"618" = "{days}"\n', encoding="utf-8")

    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path / "toolkit.toml")

    said = str(caught.value)
    assert f"toolkit.toml › events.days › 618:看不懂 '{days}'" in said
    assert f"toolkit.toml › events.days › 618: '{days}' is not understood" in said


def test_readable_days_are_settings_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "toolkit.toml").write_text('[events.days]\nblack_friday = "0..6"\n', encoding="utf-8")

    settings = read_settings(tmp_path / "toolkit.toml")

    assert settings.changed() == {"events.days": {"black_friday": "0..6"}}
    assert runs("black_friday", 2026, event_calendar(settings.events.days))[0][1] == date(2026, 12, 3)
