from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.decide.profiles import AS_OF, SLOW, make_profile
from toolkit.decide.explain import explanation
from toolkit.decide.plan import decide
from toolkit.settings import Settings
from toolkit.words import Lang


def lines(lang: Lang = "zh", **columns: Any) -> list[str]:
    profile = make_profile(**{"listed_on": AS_OF, "unit_cost_fen": 500, "open_units": 0, **columns})
    row = profile.join(decide(profile, as_of=AS_OF, settings=Settings()), on="product_id")
    return explanation(row, lang, as_of=AS_OF, settings=Settings()).splitlines()


def test_a_slow_product_gets_its_numbers_and_the_counter_argument() -> None:
    assert lines(**SLOW) == [
        "1005000000000000 搪瓷杯:下架",
        "150天没有成交(最近一次2026年6月25日),近一年卖7件,库存40件;若2026年8月25日以后有成交就会留下",
    ]


def test_a_held_product_names_its_guards_and_the_day_to_look_again() -> None:
    assert lines("en", **SLOW, gap_units=2, open_units=5, shippable_units=3)[2:] == [
        "held: 5 units are owed, 3 can be shipped: 2 short; serve the orders first",
        "look again on 2026-11-29",
    ]


def test_a_product_that_stays_is_told_when_its_silence_would_count() -> None:
    assert lines("en")[-1] == "would count as slow if nothing is sold by 18 Feb 2027"
    assert AS_OF + timedelta(days=88) == AS_OF.replace(year=2027, month=2, day=18)


def test_the_day_it_would_turn_is_the_day_the_rule_fires() -> None:
    silent = {"days_without_sale_min": 90, "last_sale_on": AS_OF - timedelta(days=90)}

    assert not any("would count" in line for line in lines("en", **silent))
    assert "no sale for 90 days" in lines("en", **silent)[1]


def test_what_is_not_known_names_the_file_that_would_tell() -> None:
    said = lines(**SLOW, unit_cost_fen=None, inbound_units=None)

    assert said[-2:] == ["不知道:在途;加在途库存或仓发采购单", "不知道:成本价,所以不按金额下结论;填商品表的成本价列"]


def test_jit_is_not_asked_for_stock() -> None:
    assert not any("库存" in line for line in lines(stocking_type="jit", sellable_units=None, on_hand_units=None)[2:])
