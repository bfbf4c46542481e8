from __future__ import annotations

from tests.decide.profiles import make_profile
from toolkit.decide.slots import slots
from toolkit.settings import Settings


def test_slots_count_on_sale_and_in_review_and_say_what_is_unknown() -> None:
    store = slots(
        make_profile(status=["on_sale", "on_sale", "under_review", "delisted", "review_failed", None]), Settings()
    )

    assert (store.on_sale, store.in_review, store.used, store.free, store.unknown) == (2, 1, 3, 2997, 1)
    assert not store.is_exact


def test_a_store_above_its_limit_has_less_than_no_slots() -> None:
    small = Settings.model_validate({"store": {"listing_limit": 1}})

    assert slots(make_profile(status=["on_sale", "on_sale"]), small).free == -1
