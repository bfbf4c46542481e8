from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.decide.profiles import AS_OF, OFF_SEASON, SLOW, make_profile
from toolkit.decide.plan import decide
from toolkit.decide.slots import slots
from toolkit.decide.summary import Summary, summarize
from toolkit.schema import PROFILE, Tables
from toolkit.settings import Settings
from toolkit.words import LANGS


def summary(profile: pl.DataFrame, tables: Tables | None = None, settings: Settings | None = None) -> Summary:
    settings = settings or Settings()
    decisions = decide(profile, as_of=AS_OF, settings=settings)
    return summarize(
        profile, decisions, slots(profile, settings), as_of=AS_OF, settings=settings, tables=tables or Tables()
    )


def shop(*products: dict[str, Any]) -> pl.DataFrame:
    parts = [make_profile(product_id=f"100500{n}", **product) for n, product in enumerate(products)]
    return pl.concat(parts)


WEEK = shop(
    {},
    SLOW,
    {**SLOW, "inbound_units": 30},
    {**SLOW, "inbound_units": 30},
    {**SLOW, "is_protected": True},
    {**SLOW, **OFF_SEASON},
    {"policy_hit": "水枪", "open_units": 4},
    {"on_hand_units": 0, "sellable_units": 0},
)


def test_the_conclusion_counts_suggestions_by_reason_and_holds_by_guard() -> None:
    week = summary(WEEK)

    assert (week.products, week.suggested, week.held, week.restock) == (8, 3, 3, 1)
    assert dict(week.by_reason) == {"POLICY": 1, "SEASON": 1, "SLOW": 1}
    assert list(week.held_by_guard.items()) == [("inbound", 2), ("protected", 1)]
    assert week.freed_slots == 3
    assert week.next_relist_on == date(2027, 3, 22)


def test_every_product_is_counted_once() -> None:
    week = summary(WEEK)

    assert sum(week.by_action.values()) == week.products
    assert sum(week.by_reason.values()) == week.suggested
    assert week.by_action["WATCH"] == week.held + week.check_first


def test_buyers_to_be_told_are_counted_among_the_suggestions() -> None:
    week = summary(WEEK)

    assert (week.suggested_with_open_orders, week.open_units) == (1, 4)


def test_what_to_do_today_begins_with_the_musts() -> None:
    assert [note.key for note in summary(WEEK).todo] == ["todo.must", "todo.tell", "todo.delist", "todo.restock"]


def test_what_is_missing_names_the_file_that_would_tell() -> None:
    said = {
        note.key: note.in_("zh") for note in summary(shop({"on_hand_units": None, "sellable_units": None})).undecided
    }

    assert said["undecided.stock"] == "1个里有1个没有库存,分不清滞销还是断货;加一份库存表,或填商品表的库存列"
    assert "undecided.policy" in said
    assert "undecided.sales" not in said


def test_a_periods_total_is_no_dated_sale() -> None:
    said = {note.key: note for note in summary(shop({"data_step": "period_totals", "covered_days_90d": 7})).undecided}

    assert said["undecided.sales"].values == {"products": 1, "of": 1}


def test_a_set_threshold_is_no_assumption() -> None:
    def assumed(settings: Settings) -> set[object]:
        return {note.values["name"] for note in summary(WEEK, settings=settings).assumptions}

    assert "slow.no_sale_days" in assumed(Settings())
    assert "slow.no_sale_days" not in assumed(Settings.model_validate({"slow": {"no_sale_days": 100}}))


def test_thresholds_that_took_no_part_are_not_listed() -> None:
    assert [note.values["name"] for note in summary(shop({})).assumptions] == ["store.listing_limit"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_note_can_be_said(lang: Any) -> None:
    week = summary(shop({**SLOW, "is_suspect_id": True}, {"stocking_type": "jit", "sellable_units": 0}))

    for note in (*week.todo, *week.undecided, *week.assumptions):
        assert "{" not in note.in_(lang)


def test_numbers_come_with_thousands() -> None:
    assert summary(shop({})).assumptions[0].in_("en").startswith("listing slots")
    assert "3,000" in summary(shop({})).assumptions[0].in_("en")


def test_a_shop_without_products_has_a_summary() -> None:
    empty = summary(PROFILE.empty())

    assert (empty.products, empty.suggested, empty.active_share_30d, empty.suggested_units) == (0, 0, None, 0)
