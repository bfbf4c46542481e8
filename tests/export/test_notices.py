"""What the platform and the warehouse are told before a delisting."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.export.notices import Addressee, notice
from toolkit.schema import PROFILE
from toolkit.words import Lang

SHELF = PROFILE.frame(
    product_id=["1", "2", "3"],
    title=["水枪", "风筝", "毽子"],
    stocking_type=["warehouse", "jit", "jit"],
    on_hand_units=[80, 999, 999],
    inbound_units=[0, 0, 0],
    open_units=[0, 2, None],
    open_orders_state=["none", "open", "unchecked"],
)


def lines(to: Addressee, lang: Lang = "zh") -> list[str]:
    return notice(SHELF, to, store="示例优品", day=date(2026, 11, 24), lang=lang).splitlines()[2:]


def test_the_warehouse_is_not_told_of_jit_stock_that_it_does_not_hold() -> None:
    first, second, _ = lines("warehouse")
    assert first == "1  水枪  在仓80件,在途0件,欠0件"
    assert second == "2  风筝  JIT,平台仓里没有备货,欠2件"
    assert not any("999" in line for lang in ("zh", "en") for line in lines("warehouse", lang))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["1  水枪  没有未完成订单", "2  风筝  未完成订单:有,欠2件", "3  毽子  未完成订单:未核对,请帮忙看一下还有没有"]),
        ("en", ["1  水枪  no open orders", "2  风筝  open orders: yes, 2 owed", "3  毽子  open orders: not checked, please look whether there are any"]),
    ],
)  # fmt: skip
def test_support_reads_whether_buyers_still_wait(lang: Lang, said: list[str]) -> None:
    assert lines("support", lang) == said


def test_support_is_not_told_of_zero_products_with_open_orders() -> None:
    free = SHELF.filter(SHELF["open_orders_state"] == "none")
    head = notice(free, "support", store="示例优品", day=date(2026, 11, 24)).splitlines()[0]
    assert head == "您好,我们是示例优品。我们准备在2026-11-24起下架下面1个商品。如有疑问请回复。"
