"""What 说明 says of money, slots and unknown figures."""

from __future__ import annotations

from toolkit.decide.choice import Room
from toolkit.decide.in_money import InMoney
from toolkit.export.money_notes import money_notes
from toolkit.schema import DECISIONS, OPTIONS, UNKNOWNS
from toolkit.settings import DEFAULTS


def money(**changes: object) -> InMoney:
    turning = UNKNOWNS.frame(
        unknown=["salvage", "slot"], low=[0.0, 0.0], high=[0.3, 0.05], products=[40, 41], flips=[7, 0]
    )
    usual: dict[str, object] = {
        "decisions": DECISIONS.empty(), "options": OPTIONS.empty(), "unknowns": turning, "room": Room(300, 1_234_500.0),
        "waiting": 12, "slot_value": 4321.0, "is_slot_free": False, "for_slots": 0, "still_over": 0, "is_capped": True,
        "by_basis": {"stated": 40, "unknown": 2},
        "currency": "CNY",
    }  # fmt: skip
    return InMoney(**{**usual, **changes})  # type: ignore[arg-type]


def test_the_share_of_a_run_the_price_of_a_slot_and_what_turns_most_are_said() -> None:
    assert money_notes(money(), DEFAULTS, "en")[1:] == [
        "2 products have no unit cost: no money is claimed for them; state it to get some",
        "at most 300 products are delisted in this run (policy not counted)",
        "12 more, worth less, wait for the next run",
        "the products delisted in this run have at most 12,345 CNY of the last 90 days' revenue",
        "all slots are taken: one more would cost 43 CNY, so a new product must promise more than that in 13 weeks",
        "what left-over goods fetch is not known: between 0% and 30%, 7 of 40 decisions would turn",
    ]


def test_nothing_is_said_of_amounts_where_no_cost_is_known() -> None:
    bare = money(by_basis={"unknown": 3}, slot_value=None, unknowns=UNKNOWNS.empty(), waiting=0, room=Room(20))

    assert money_notes(bare, DEFAULTS, "zh") == [
        "3个商品没有成本价,不给金额;填上成本价就有",
        "这次最多下架20个(政策下架不算)",
        "名额已用满,再让出哪个、少赚多少算不出来(没有成本价,或者其余的都不能动)",
    ]


def test_free_slots_cost_nothing_and_an_assumed_cost_is_named() -> None:
    said = money_notes(money(is_slot_free=True, slot_value=0.0, by_basis={"assumed": 5}), DEFAULTS, "zh")

    assert "5个商品没有成本价,按供货价的65%估算(按假设成本估算)" in said
    assert "名额还没用完,多上一个新品不用挤掉别的" in said


def test_a_store_above_its_limit_is_told_what_gives_way_and_what_stops_it() -> None:
    capped = money_notes(money(for_slots=8, still_over=3), DEFAULTS, "zh")
    stuck = money_notes(money(still_over=3, is_capped=False), DEFAULTS, "zh")

    assert "超了名额,多让出8个:先下有理由的,再从没有暂缓原因的里面挑留着最不值的" in capped
    assert "这样下完还超3个名额:受一次下架的上限限制,下次接着下" in capped
    assert "这样下完还超3个名额:其余的都有暂缓原因或受保护,要人来挑" in stuck
