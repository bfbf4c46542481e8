"""Answers become steps only for products that may still be taken off sale; and what went off comes back whole."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.ledger import GONE, Hand, Ledger
from toolkit.schema import ANSWERS, LEDGER, PROFILE, WORK_LINES
from toolkit.settings import DEFAULTS
from toolkit.store.answers import judged_answers, no_longer_holds, steps_of
from toolkit.store.outcomes import typed_steps
from toolkit.store.run import Run

AS_OF = date(2026, 11, 22)
HAND = Hand("li", datetime(2026, 11, 24, 9))
QUIET = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)


class Product(NamedTuple):
    """A product when its answer comes back."""

    answer: str | None
    action: str
    status: str
    is_suspect: bool
    is_old: bool
    """The newest list does not have it."""
    gap: int
    typed: str | None


PRODUCTS = st.lists(
    st.builds(
        Product,
        st.sampled_from(["approve", "reject", "watch", "DELIST", "KEEP", None]),
        st.sampled_from(["DELIST", "REST_UNTIL", "MUST_DELIST"]),
        st.sampled_from(["on_sale", "delisted", "under_review"]),
        st.booleans(),
        st.booleans(),
        st.sampled_from([0, 3]),
        st.sampled_from(["delisted", "rejected", "under_review", "not_found", None]),
    ),
    min_size=1,
    max_size=6,
)


def run_of(products: list[Product]) -> Run:
    run = Run(
        Path("2026-W47"),
        {"run_id": "r1", "week": "2026-W47", "store": "s", "settings_digest": "d", "batches": [], "as_of": "2026-11-22"},
    )  # fmt: skip
    advice = {
        "product_id": ids(products), "action": [p.action for p in products], "reason_code": ["SLOW"] * len(products),
        "rule": ["never_sold"] * len(products), "status": ["on_sale"] * len(products), "gap_units": [0] * len(products),
    }  # fmt: skip
    run.__dict__["advice"] = pl.DataFrame(advice).with_columns(relist_on=pl.lit(None, pl.Date))
    return run


def ids(products: list[Product]) -> list[str]:
    return [f"10050061234500{n:02d}" for n in range(len(products))]


def profile_of(products: list[Product]) -> pl.DataFrame:
    anchor = PROFILE.frame(product_id=["1"], observed_on=[AS_OF], status=["on_sale"], is_suspect_id=[False])
    days = [AS_OF - timedelta(days=7) if p.is_old else AS_OF for p in products]
    told = PROFILE.frame(
        product_id=ids(products), observed_on=days, status=[p.status for p in products],
        is_suspect_id=[p.is_suspect for p in products], gap_units=[p.gap for p in products],
        is_protected=[False] * len(products),
    )  # fmt: skip
    return pl.concat([anchor, told])


def lines_of(products: list[Product]) -> pl.DataFrame:
    answers = [p.answer for p in products]
    return ANSWERS.frame(
        product_id=ids(products), answer=answers, answer_raw=answers, is_suspect_id=[False] * len(products),
        source_sheet=["下架清单"] * len(products), source_row=list(range(4, 4 + len(products))),
    )  # fmt: skip


def applied(ledger: Ledger, products: list[Product]) -> pl.DataFrame:
    """Apply the answers once; the steps added."""
    run = run_of(products)
    seen = ledger.rows().select(pl.col("product_id").unique())
    stopped = no_longer_holds(run, profile_of(products), as_of=AS_OF, settings=DEFAULTS)
    judged = judged_answers(run, lines_of(products), ledger.present(), stopped, seen)
    return ledger.add(steps_of(run, judged), hand=HAND)


def in_state(ledger: Ledger, *states: str) -> set[str]:
    return set(ledger.present().filter(pl.col("state").is_in(list(states)))["product_id"])


@QUIET
@given(PRODUCTS)
def test_no_product_that_may_not_go_is_approved(
    tmp_path_factory: pytest.TempPathFactory, products: list[Product]
) -> None:
    ledger = Ledger(tmp_path_factory.mktemp("ledger"))

    applied(ledger, products)

    wanted = {one for one, p in zip(ids(products), products, strict=True) if p.answer in ("approve", "DELIST")}
    barred = {
        one
        for one, p in zip(ids(products), products, strict=True)
        if p.is_suspect or p.is_old or p.status != "on_sale" or (p.gap and p.action != "MUST_DELIST")
    }
    assert in_state(ledger, "approved") == wanted - barred
    assert applied(ledger, products).is_empty()


@QUIET
@given(PRODUCTS)
def test_what_went_off_sale_and_only_that_comes_back(
    tmp_path_factory: pytest.TempPathFactory, products: list[Product]
) -> None:
    ledger = Ledger(tmp_path_factory.mktemp("ledger"))
    applied(ledger, products)
    agreed = in_state(ledger, "approved")
    lines = WORK_LINES.frame(
        product_id=ids(products), done=["yes"] * len(products), result=[p.typed for p in products],
        acted_on=[HAND.at.date()] * len(products),
    ).with_columns(run_id=pl.lit("r1"), is_back=pl.lit(False), is_only=pl.lit(True))  # fmt: skip
    ledger.add(typed_steps(ledger.present(), lines), hand=HAND)
    assert typed_steps(ledger.present(), lines).is_empty()

    back = ledger.present().filter(pl.col("state").is_in(GONE)).with_columns(state=pl.lit("relist_planned"))
    ledger.add(LEDGER.conform(back), hand=HAND)

    went_off = {
        one for one, p in zip(ids(products), products, strict=True) if p.typed in ("delisted", "under_review", None)
    }
    assert in_state(ledger, "relist_planned") == agreed & went_off


OUTCOMES = st.sampled_from(["delisted", "rejected", "under_review", "not_found", None])


@QUIET
@given(st.lists(OUTCOMES, min_size=1, max_size=4), st.booleans())
def test_whatever_was_typed_before_the_last_word_counts(
    tmp_path_factory: pytest.TempPathFactory, words: list[str | None], is_taken_back: bool
) -> None:
    def ends(said: list[tuple[str, str | None]]) -> str:
        ledger = Ledger(tmp_path_factory.mktemp("ledger"))
        ledger.add(LEDGER.frame(product_id=["1"] * 2, state=["planned", "approved"], run_id=["r1"] * 2), hand=HAND)
        for done, result in said:
            line = WORK_LINES.frame(product_id=["1"], done=[done], result=[result], acted_on=[AS_OF])
            typed = line.with_columns(run_id=pl.lit("r1"), is_back=pl.lit(False), is_only=pl.lit(True))
            ledger.add(typed_steps(ledger.present(), typed), hand=HAND)
            assert typed_steps(ledger.present(), typed).is_empty()
        return ledger.present()["state"].item()

    said: list[tuple[str, str | None]] = [
        *(("yes", word) for word in words),
        *([("no", None)] if is_taken_back else []),
    ]
    assert ends(said) == ends(said[-1:])
