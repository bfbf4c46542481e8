"""What must be at hand for an application, an opening, a review: there, missing, or not known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import polars as pl

from tests.reconcile.deposit_story import AS_OF, applied, bill, disputes, fines, ledger, nov, told
from toolkit.reconcile.deposits import DepositsResult
from toolkit.schema import STORE_FILE
from toolkit.schema.checklists import CHECKLISTS, DOCUMENTS
from toolkit.settings import Cases, Settings


def store(**row: Any) -> pl.DataFrame:
    """One row of the store file."""
    one = {"store": "S1", "source_file": "店铺档案.xlsx", "source_sheet": "店铺档案", "source_row": 2} | row
    return STORE_FILE.conform(pl.DataFrame([one]))


def asked(found: DepositsResult, checklist: str, *columns: str) -> dict[str, Any]:
    """Item → its state, or the columns asked for."""
    rows = found.checklists.filter(checklist=checklist)
    return {row[0]: row[1] if len(row) == 2 else row[1:] for row in
            rows.select("check_item", *(columns or ("check_state",))).iter_rows()}  # fmt: skip


def files(*rows: tuple[str, str | None, str, int]) -> pl.DataFrame:
    """Documents of S1: name, kind by its bytes, kind by its name, size."""
    names = ("document", "document_kind", "ending_kind", "document_bytes")
    frame = pl.DataFrame(rows, schema=dict(zip(names, (pl.String,) * 3 + (pl.Int64,), strict=True)), orient="row")
    return DOCUMENTS.conform(frame.with_columns(store=pl.lit("S1")))


# Refund application


def test_a_refund_form_has_what_is_known_and_says_what_is_missing() -> None:
    open_dispute = disputes({"dispute_state": "open", "dispute_id": "D7"})
    found = told(ledger({}), bill(), store_file=store(alipay_tail="1234"), disputes=open_dispute, fines=fines({}))

    assert asked(found, "refund_form", "check_state", "found", "found_fen", "account") == {
        "no_open_dispute": ("missing", "D7", None, None),
        "no_open_order": ("unclear", None, None, None),
        "no_debt": ("unclear", None, None, None),
        "no_pending_fine": ("ready", str(AS_OF), None, None),
        "reason": ("missing", None, None, None),
        "refund_amount": ("ready", None, 1_000_000, None),
        "bound_account": ("ready", None, None, "1234"),
        "phone": ("unclear", None, None, None),
    }


def test_what_is_there_asks_for_nothing_and_points_to_where_it_was_read() -> None:
    found = told(ledger({}), bill(), store_file=store(alipay_tail="1234", phone_reachable="yes"))
    rows = asked(found, "refund_form", "check_step", "check_row")

    assert rows["refund_amount"] == (None, "deposit_ledger.csv › 2")
    assert rows["phone"] == (None, "店铺档案.xlsx › 店铺档案 › 2")
    assert rows["reason"][0] == "reason"


def test_an_application_for_another_amount_than_is_due_is_told() -> None:
    for fen, state in ((1_000_000, "ready"), (900_000, "missing")):
        given = applied({"approved_on": None, "amount_fen": fen, "reason": "不做了"})
        found = told(ledger({}), bill(), applications=given)

        assert asked(found, "refund_form", "check_state", "found_fen")["applied_amount"] == (state, fen)
        assert asked(found, "refund_form")["reason"] == "ready"


def test_an_amount_that_came_short_goes_to_support_and_a_settled_one_asks_nothing() -> None:
    short = told(ledger({}), bill({"amount_fen": 998_760}), applications=applied({}))
    full = told(ledger({}), bill({"booked_on": nov(10)}), applications=applied({}))

    assert asked(short, "refund_form", "found_fen", "check_step") == {"received_amount": (-1240, "received_amount")}
    assert full.checklists.is_empty()


def test_an_amount_nobody_knows_is_not_known() -> None:
    assert asked(told(ledger(), bill(), applications=applied({"approved_on": None})), "refund_form")[
        "refund_amount"
    ] == ("unclear")


# Opening


def opening(*cases: dict[str, Any], **row: Any) -> dict[str, Any]:
    running = {"case_kind": "business_information", "approved_on": None}
    return asked(told(ledger(), bill(), store_file=store(**row), applications=applied(running, *cases)), "opening")


def test_an_opening_of_which_nothing_is_known_is_not_taken_for_fine() -> None:
    assert {*opening().values()} == {"unclear", "missing"}
    assert [name for name, state in opening().items() if state == "missing"] == ["business_information"]


def test_an_opening_with_everything_stated() -> None:
    stated = {
        "entity_type": "company", "company": "义乌某公司", "email_unused": "yes", "browser": "Microsoft Edge",
        "self_run_store": "自营一", "alipay_tail": "1234",
    }  # fmt: skip
    passed = {"case_kind": "company_certification"}
    found = opening(passed, **stated)

    assert [name for name, state in found.items() if state != "ready"] == [
        "business_information", "fund_account", "deposit_paid",
    ]  # fmt: skip


def test_what_the_guide_forbids_is_missing() -> None:
    found = opening(entity_type="sole_trader", email_unused="no", browser="360")

    assert [found[name] for name in ("company_only", "new_email", "browser")] == ["missing"] * 3


def test_a_second_store_of_one_self_run_store_is_told() -> None:
    both = pl.concat([store(self_run_store="自营一"), store(store="S2", self_run_store="自营一")])
    running = applied({"case_kind": "fund_account", "approved_on": None})

    assert (
        asked(told(ledger(), bill(), store_file=both, applications=running), "opening")["one_per_self_run"] == "missing"
    )


def test_an_open_store_needs_no_opening_list() -> None:
    assert asked(told(ledger({}), bill(), store_file=store()), "opening") == {}
    leaving = applied({}, {"case_kind": "business_information", "approved_on": None})
    assert asked(told(ledger({}), bill(), applications=leaving), "opening") == {}


def test_the_deposit_of_an_opening_is_held_against_the_ledger() -> None:
    for fen, state in ((1_000_000, "ready"), (500_000, "missing")):
        running = applied({"case_kind": "fund_account", "approved_on": None})
        found = told(ledger({"amount_fen": fen}), bill(), store_file=store(), applications=running)

        assert asked(found, "opening", "check_state", "found_fen")["deposit_paid"] == (state, fen)


# Review


def review(documents: pl.DataFrame | None = None, limits: Cases | None = None, **row: Any) -> dict[str, Any]:
    given = applied({"case_kind": "business_information", "approved_on": None, "submitted_on": nov(19)} | row)
    settings = Settings(cases=limits or Cases())
    return asked(told(ledger(), bill(), applications=given, documents=documents, settings=settings), "review",
                 "check_state", "found")  # fmt: skip


def test_a_review_nobody_looked_into_is_not_known() -> None:
    assert review() == {
        "handed_in": ("ready", "2026-11-19"),
        "documents_complete": ("unclear", None),
        "file_kinds": ("unclear", None),
        "file_sizes": ("unclear", None),
        "documents_match": ("unclear", None),
        "in_time": ("ready", "2026-11-25"),
    }


def test_a_file_that_is_not_what_its_name_says_or_is_empty_is_wrong_whatever_the_settings() -> None:
    found = review(files(("a.jpg", "pdf", "jpg", 9), ("b.pdf", "pdf", "pdf", 0), ("c.pdf", None, "pdf", 3)))

    assert found["file_kinds"] == ("missing", "a.jpg; c.pdf")
    assert found["file_sizes"] == ("missing", "b.pdf 0.0 MB")


def test_kinds_and_sizes_are_right_only_where_somebody_stated_them() -> None:
    good = files(("a.pdf", "pdf", "pdf", 2_500_000))
    stated = Cases(document_kinds=("pdf",), document_max_mb=3)

    assert [review(good)[name][0] for name in ("file_kinds", "file_sizes")] == ["unclear", "unclear"]
    assert [review(good, stated)[name][0] for name in ("file_kinds", "file_sizes")] == ["ready", "ready"]
    strict = Cases(document_kinds=("jpg",), document_max_mb=2)
    assert review(good, strict)["file_kinds"] == ("missing", "a.pdf")
    assert review(good, strict)["file_sizes"] == ("missing", "a.pdf 2.5 MB")


def test_required_documents_are_looked_for_by_name() -> None:
    limits = Cases(required_documents=("营业执照",))

    assert review(files(("2026营业执照.pdf", "pdf", "pdf", 9)), limits)["required_document"] == ("ready", "营业执照")
    assert review(files(("法人.pdf", "pdf", "pdf", 9)), limits)["required_document"] == ("missing", "营业执照")


def test_a_late_review_asks_for_a_call_and_a_rejected_one_for_its_objection() -> None:
    assert review(submitted_on=nov(2))["in_time"][0] == "missing"
    assert review(rejected_on=nov(20), reason="执照不清")["objection"] == ("missing", "执照不清")


def test_a_certification_without_a_time_of_day_is_possibly_late_and_so_not_known() -> None:
    given = {"case_kind": "company_certification", "submitted_on": nov(19)}

    assert review(**given)["in_time"][0] == "unclear"
    assert review(**given, submitted_at=datetime(2026, 11, 19, 9))["in_time"][0] == "missing"


def test_the_list_is_as_declared_and_no_item_stands_twice() -> None:
    running = applied({"case_kind": "opening", "approved_on": None})
    wanted = Settings(cases=Cases(required_documents=("执照", "法人")))
    found = told(ledger({}), bill(), store_file=store(), applications=running, settings=wanted)

    assert found.checklists.schema == CHECKLISTS.dtypes
    assert found.checklists.select(CHECKLISTS.key).is_duplicated().any() is False
    assert found.checklists.filter(check_item="required_document").height == 2
