"""Results of a reconciliation, made by hand: one store of each kind that a report must be able to show."""

from __future__ import annotations

from datetime import date

import polars as pl

from toolkit.export.delist_report import InputFile, RunFacts
from toolkit.export.reconciliation_workbook import ReconciliationReport
from toolkit.reconcile.deposits import DepositsResult
from toolkit.reconcile.refunds import RefundsResult
from toolkit.schema import PROBLEMS
from toolkit.schema.checklists import CHECKLISTS
from toolkit.schema.deposits import (
    BILL_COVERAGE,
    CASES,
    DEPOSIT_BRIDGE,
    DEPOSIT_CONTROL,
    DEPOSIT_ROWS,
    DEPOSIT_STORES,
    LIST_COVERAGE,
    OPEN_ITEMS,
    REFUND_CONTROL,
    REFUND_ITEMS,
    REFUND_ORDERS,
    REFUND_ROWS,
)
from toolkit.schema.reconciled import AMBIGUOUS, MATCHES, SPLITS
from toolkit.settings import Cases, Settings

AS_OF = date(2026, 11, 20)
PHONE = "13812345678"
BILL = f"{PHONE}_alipay_record.csv"


def deposits() -> DepositsResult:
    stores = ["一号店", "二号店"]
    return DepositsResult(
        as_of=AS_OF,
        stores=DEPOSIT_STORES.frame(
            store=stores, currency=["CNY", "CNY"], account=[PHONE, PHONE],
            paid_fen=[1000000, 1000000], top_up_fen=[0, 0], fined_fen=[20000, 0], compensated_fen=[0, 0],
            returned_fen=[978760, 0], unclassified_fen=[0, 0], deposit_balance_fen=[1240, 1000000],
            due_fen=[980000, 1000000], arrived_fen=[978760, 0], overdue_fen=[0, 1000000], short_fen=[1240, 0],
            open_items=[1, 1],
        ),
        bridge=DEPOSIT_BRIDGE.frame(
            store=["一号店"] * 3, currency=["CNY"] * 3, step_no=[1, 2, 3],
            bridge_step=["pay", "fine", "balance"], step_fen=[1000000, -20000, -980000],
        ),
        cases=CASES.frame(
            case_key=["一号店|deposit_refund|A1", "二号店|deposit_refund|A2", "二号店|business_information|B1"],
            store=["一号店", "二号店", "二号店"],
            case_kind=["deposit_refund", "deposit_refund", "business_information"],
            account=[PHONE, PHONE, None], currency=["CNY", "CNY", None],
            approved_on=[date(2026, 11, 2), date(2026, 11, 3), None],
            submitted_on=[date(2026, 10, 20), date(2026, 10, 20), date(2026, 11, 18)],
            due_from_on=[date(2026, 11, 5), date(2026, 11, 6), date(2026, 11, 20)],
            due_on=[date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 24)], working_days=[4, 13, 2],
            late_days=[0, 8, 0], ageing=["not_due", "late_6_10", "not_due"], credited_on=[date(2026, 11, 6), None, None],
            case_state=["received_short", "overdue", "in_review"], expected_fen=[980000, 1000000, None],
            actual_fen=[978760, None, None], gap_fen=[-1240, None, None], next_step=["wait", "wait", "wait"],
            no_open_dispute=[True, None, None], layer=["tolerance", None, None],
            case_row=["申请.xlsx › 申请 › 2", "申请.xlsx › 申请 › 3", "申请.xlsx › 申请 › 4"],
            bill_row=[f"{BILL} › 7", None, None],
        ),
        matches=MATCHES.frame(
            pair_kind=["deposit"], layer=["tolerance"], match_verdict=["short"], expected_id=["一号店|deposit_refund|A1"], credit_id=["k1"],
            store=["一号店"], account=[PHONE], currency=["CNY"], expected_fen=[980000], credit_fen=[978760],
            gap_fen=[-1240], expected_on=[date(2026, 11, 2)], credit_on=[date(2026, 11, 6)], lag_working_days=[4],
            legs=[1], rivals=[0],
        ),
        open_items=OPEN_ITEMS.frame(
            item_key=["1", "2"], store=["二号店", "一号店"], account=[PHONE, PHONE], currency=["CNY", "CNY"],
            case_state=["overdue", "received_short"], amount_fen=[1000000, 1240], due_on=[date(2026, 11, 10)] * 2,
            late_days=[8, 8], ageing=["late_6_10", "late_6_10"], next_step=["wait", "wait"],
        ),
        ambiguous=AMBIGUOUS.empty(),
        suggestions=SPLITS.empty(),
        rows=DEPOSIT_ROWS.frame(
            row_side=["bill"], row_key=["k1"], provider=["alipay_personal"], account=[PHONE],
            booked_on=[date(2026, 11, 6)], deposit_kind=["refund"], via=["deposit_refund"], amount_fen=[978760],
            currency=["CNY"], source_file=[BILL], source_row=[7],
        ),
        control=DEPOSIT_CONTROL.frame(row_side=["bill"], currency=["CNY"], rows=[1], amount_fen=[978760]),
        coverage=BILL_COVERAGE.frame(provider=["alipay_personal"], account=[PHONE], source_file=[BILL], covers=[True]),
        checklists=CHECKLISTS.frame(
            checklist=["refund_form", "refund_form", "review"], store=["二号店"] * 3, item_no=[1, 8, 4],
            check_item=["no_debt", "bound_account", "file_kinds"], check_state=["unclear", "ready", "missing"],
            account=[None, PHONE, None], found=[None, None, f"{PHONE}_执照.jpg pdf"],
            check_step=["no_debt", None, "file_kinds"],
        ),
        lists=LIST_COVERAGE.frame(list_name=["debts"], is_given=[False], is_fresh=[False]),
    )  # fmt: skip


def refunds() -> RefundsResult:
    return RefundsResult(
        as_of=AS_OF,
        orders=REFUND_ORDERS.frame(
            store=["一号店"], order_id=["8212345678901234"], settled_fen=[12345], left_fen=[11111]
        ),
        items=REFUND_ITEMS.frame(row_key=["r1"], store=["一号店"], order_id=["8212345678901234"], amount_fen=[-1234]),
        matches=MATCHES.frame(
            pair_kind=["refund_settled"], layer=["base_key"], match_verdict=["matched"], expected_id=["r1"],
            credit_id=["s1"], store=["一号店"], currency=["USD"], expected_fen=[1234], credit_fen=[1234], gap_fen=[0],
            legs=[1], rivals=[0], shared_id=["8212345678901234"],
        ),
        claim_rows=pl.DataFrame({"expected_id": ["r1"], "claim_row": ["退款.xlsx › 退款 › 2"]}),
        ambiguous=AMBIGUOUS.empty(),
        open_items=REFUND_ITEMS.empty(),
        rows=REFUND_ROWS.frame(
            row_side=["refund", "settlement"], row_key=["r1", "s1"], amount_fen=[-1234, -1234],
            source_file=["退款.xlsx", "结算.csv"], source_row=[2, 5],
        ),
        control=REFUND_CONTROL.frame(row_side=["refund"], rows=[1], amount_fen=[-1234]),
        coverage=BILL_COVERAGE.empty(),
    )  # fmt: skip


def report(*, private: bool = True, with_refunds: bool = True) -> ReconciliationReport:
    settings = Settings(cases=Cases(mask_personal=private))
    inputs = (InputFile(BILL, "alipay_record", 1, 0, 0),)
    problems = PROBLEMS.frame(
        source_file=[BILL], source_row=[9], column=["counterparty"], value=["王小明"], problem=["text_too_long"],
        effect=["blanked"],
    )  # fmt: skip
    facts = RunFacts(AS_OF, "1.0", settings, store="一号店", inputs=inputs)
    return ReconciliationReport(deposits(), facts, problems, refunds() if with_refunds else None)
