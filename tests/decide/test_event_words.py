from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.analyze.signs import SIGNS
from toolkit.decide.event_words import event_clause, event_notes
from toolkit.words import keys

AS_OF = date(2026, 11, 2)
EVENTS = pl.DataFrame(
    {
        "event": ["sale_1111", "chinese_new_year", "sale_818", "会员日", "sale_328"],
        "first_day": [date(2026, 11, 11), date(2027, 1, 30), date(2027, 8, 18), None, date(2027, 3, 28)],
        "last_day": [date(2026, 11, 13), date(2027, 2, 20), date(2027, 8, 22), None, date(2027, 4, 2)],
        "multiplier": [1.62, 0.3, 1.01, 1.0, 1.0],
        "seen": [2, 1, 2, 0, 1],
        "evidence": [0.9, 0.8, 0.2, 0.0, 0.7],
        "is_own": [False, False, False, True, False],
        "is_placed": [True, True, True, True, False],
    }
)


def test_every_event_is_told_with_its_days_and_what_it_rests_on() -> None:
    said = event_notes(EVENTS, "en")

    assert "not the platform's rules" in said[0]
    assert said[1:] == [
        "11.11: next 11/11 to 11/13, a day is worth 1.6 ordinary ones (seen 2 times, 90% believed)",
        "Chinese New Year gap: next 1/30 to 2/20, a day is worth 0.30 ordinary ones (seen 1 time, 80% believed)",
        "8.18: next 8/18 to 8/22, no effect of 5 % or more shows (seen 2 times)",
        "会员日 (your days): no days within a year, not seen in this store yet, so ordinary days",
        "3.28: next 3/28 to 4/2, stock is counted, so its empty weeks do not count anyway and nothing is added (seen 1 time)",
    ]
    assert event_notes(EVENTS, "zh")[1] == "双11:下次11/11–11/13,一天顶平日1.6天(见过2次,采信90%)"
    assert event_notes(EVENTS.clear(), "zh") == []


def test_a_change_of_a_twentieth_is_said_once_for_the_nearest_horizon_that_shows_it() -> None:
    assert list(event_clause(EVENTS, {8: 0.06, 13: 0.08}, "zh", as_of=AS_OF)) == [
        "以后8周有双11(11/11–11/13,本店一天顶平日1.6天,见过2次):预计比没有活动多卖6%"
    ]
    assert list(event_clause(EVENTS, {8: 0.04, 13: -0.12}, "en", as_of=AS_OF)) == [
        "the next 13 weeks hold 11.11 (11/11–11/13, a day worth 1.6 ordinary ones in this store, seen 2 times), "
        "Chinese New Year gap (1/30–2/20, a day worth 0.30 ordinary ones in this store, seen 1 time): 12% less is expected than without"
    ]
    assert list(event_clause(EVENTS, {8: 0.04, 13: -0.04}, "zh", as_of=AS_OF)) == []


def test_every_sign_that_can_weigh_most_has_words() -> None:
    assert [name for name in SIGNS if f"sign.{name}" not in keys()] == []
