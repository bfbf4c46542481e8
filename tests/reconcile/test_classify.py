"""Bill rows are classed by rules; every row once, the rule named, other people's deposits left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import SettingsError
from toolkit.reconcile.classify import classify
from toolkit.reconcile.rule_sheet import rules_of_frame
from toolkit.reconcile.rules import KINDS, Rule, deposit_rules, read_rules
from toolkit.schema.money import BILL_ROWS, DEPOSIT_LEDGER


def classed(amount: int | None, rules: tuple[Rule, ...] | None = None, /, **row: Any) -> tuple[str, str]:
    """Class and rule of one bill row."""
    values = {"amount_fen": amount, "currency": "CNY", "provider": "alipay_personal"} | row
    frame = BILL_ROWS.frame(**{name: [value] for name, value in values.items()})
    return classify(frame, rules).select("deposit_kind", "via").row(0)


@pytest.mark.parametrize(
    ("amount", "row", "kind"),
    [
        (-1000000, {"item": "速卖通店铺保证金缴纳", "bill_status": "交易成功"}, "pay"),
        (None, {"item": "保证金", "bill_status": "冻结成功", "stated_fen": 1000000}, "freeze"),
        (None, {"item": "保证金", "bill_status": "解冻成功", "stated_fen": 1000000}, "thaw"),
        (-50000, {"item": "店铺保证金补缴"}, "top_up"),
        (-20000, {"item": "保证金扣除违约金"}, "fine"),
        (-20000, {"business_raw": "保证金|罚款"}, "fine"),
        (20000, {"item": "保证金罚款退回"}, "fine"),
        (-20000, {"memo": "保证金赔付买家退款"}, "compensation"),
        (1000000, {"item": "AliExpress Deposit", "memo": "REFUND of deposit"}, "refund"),
        (1000000, {"item": "速卖通保证金", "bill_status": "退款成功"}, "refund"),
        (1000000, {"item": "店铺保证金"}, "unknown"),
        (-1000000, {"item": "保证金退款"}, "unknown"),
        (-1250, {"item": "文具", "bill_status": "交易成功"}, "other"),
    ],
)
def test_words_decide_the_class(amount: int | None, row: dict[str, Any], kind: str) -> None:
    assert classed(amount, **row)[0] == kind


@pytest.mark.parametrize(
    ("amount", "row", "rule"),
    [
        (-29900, {"item": "哈啰单车押金"}, "rental_deposit"),
        (29900, {"item": "单车押金退还", "bill_status": "退款成功"}, "rental_deposit"),
        (-50000, {"item": "酒店押金", "counterparty": "如家"}, "rental_deposit"),
        (-100000, {"item": "淘宝消费者保证金缴纳"}, "other_market_deposit"),
        (100000, {"item": "保证金退还", "counterparty": "天猫商家服务"}, "other_market_deposit"),
        (None, {"bill_status": "芝麻免押下单成功", "item": "充电宝"}, "credit_instead_of_deposit"),
        (None, {"bill_status": "预授权冻结成功", "stated_fen": 1000000}, "credit_instead_of_deposit"),
        (-300000, {"item": "住院预交金"}, "hospital_deposit"),
        (-1000000, {"item": "押金"}, "plain_yajin"),
        (-1000000, {"item": "拍卖保证金"}, "contract_deposit"),
    ],
)
def test_other_peoples_deposits_stay_out_with_the_rule_named(
    amount: int | None, row: dict[str, Any], rule: str
) -> None:
    assert classed(amount, **row) == ("other", rule)


def test_the_counterparty_alone_never_decides() -> None:
    assert classed(88800, counterparty="速卖通 AliExpress 国际支付宝", item="货款") == ("other", "no_rule")
    assert classed(88800, item="其他（包括阿里巴巴和外部商家）") == ("other", "no_rule")


def test_pay_is_not_found_in_alipay() -> None:
    assert classed(-1000, item="guarantee by alipay")[0] == "other"


def test_exactly_a_deposit_without_words_asks_the_user() -> None:
    assert classed(1000000, item="转账") == ("possible_deposit", "amount_of_a_deposit")
    assert classed(None, stated_fen=1000000, item="转账")[0] == "possible_deposit"
    assert classed(1000001, item="转账")[0] == "other"
    assert classed(1000000, item="转账", currency="USD")[0] == "other"


def test_a_row_without_words_is_unknown() -> None:
    assert classed(5000) == ("unknown", "no_words")


def test_a_deposit_ledger_is_about_the_deposit_and_seen_from_its_side() -> None:
    ledger = DEPOSIT_LEDGER.frame(
        kind_raw=["缴纳", "扣款", "退还", "冻结", "调整", "我记的"],
        amount_fen=[1000000, -20000, -980000, None, 100, -1],
        deposit_kind=[None, None, None, None, None, "compensation"],
    )
    result = classify(ledger, of="deposit")

    assert result["deposit_kind"].to_list() == ["pay", "fine", "refund", "freeze", "unknown", "compensation"]
    assert result["via"].to_list()[4:] == ["deposit_word_only", "stated"]


def test_own_rules_replace_come_first_or_switch_off(tmp_path: Path) -> None:
    file = tmp_path / "my-rules.toml"
    file.write_text(
        '[[rule]]\nid = "closing"\nclass = "refund"\nany = ["退店清算"]\n'
        '[[rule]]\nid = "deposit_pay"\nclass = "pay"\nany = ["交保"]\n'
        '[[rule]]\nid = "amount_of_a_deposit"\noff = true\n',
        encoding="utf-8",
    )
    rules = deposit_rules(*read_rules(file))

    assert classed(1000000, rules, item="退店清算") == ("refund", "closing")
    assert classed(-5, rules, item="交保") == ("pay", "deposit_pay")
    assert classed(1000000, rules, item="转账") == ("other", "no_rule")
    assert [rule.id for rule in rules].index("deposit_pay") > 1


def test_a_sheet_of_rules_reads_like_the_file() -> None:
    sheet = pl.DataFrame(
        {
            "编号": ["mine", None],
            "类别": ["fine", None],
            "任一词": ["服务费、技术费", None],
            "金额": ["1,200.50", None],
            "方向": ["out", None],
        }
    )
    (rule,) = rules_of_frame(sheet, name="规则.xlsx")

    assert (rule.any, rule.amount, rule.direction) == (("服务费", "技术费"), (120050,), ("out",))
    assert classed(-120050, deposit_rules(rule), item="技术费") == ("fine", "mine")
    assert classed(120050, deposit_rules(rule), item="技术费")[0] == "other"


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ('class = "bonus"\nany = ["x"]', '"bonus" is not known'),
        ('any = ["x"]', '"" is not known'),
        ('class = "fine"\nanny = ["x"]', 'no "anny"'),
        ('class = "fine"', "fire on every row"),
        ('class = "fine"\ncounterparty = ["速卖通"]', "never decides"),
        ('class = "fine"\nfields = ["counterparty"]\nany = ["速卖通"]', "never decides"),
        ('class = "fine"\nany = ["x"]\nfields = ["price"]', '"price" does not fit'),
        ('class = "fine"\nany = ["x"]\ndirection = "up"', '"up" does not fit'),
        ('class = "fine"\namount = ["12.345"]', '"12.345" does not fit'),
        ('class = "fine"\nregex = "(保证"', "does not fit"),
        ('class = "fine"\nany = ["x"]\n[[rule]]\nid = "r1"\nclass = "fine"\nany = ["y"]', "stands twice"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(rule: str, problem: str, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(f'[[rule]]\nid = "r1"\n{rule}\n', encoding="utf-8")

    with pytest.raises(SettingsError) as caught:
        read_rules(file)

    assert "rules.toml › r1" in caught.value.sentence("en")
    assert problem in caught.value.sentence("en")


def test_every_shipped_rule_can_fire() -> None:
    """No rule stands in the shadow of the ones before it: its own words, with its direction, reach it."""
    for rule in deposit_rules():
        words = " ".join((*rule.all, *rule.any[:1], *rule.also[:1]))
        amount = {"in": 1000000, "out": -1000000}.get((rule.direction or ("in",))[0])
        row = {"memo": words} if words else {"memo": "转账"}
        assert classed(amount, counterparty=(rule.counterparty or ("",))[0], **row)[1] == rule.id


_WORDS = st.sampled_from([None, "保证金", "押金", "退还", "冻结成功", "淘宝", "deposit refund", "罚款", "转账", ""])
_ROWS = st.lists(
    st.tuples(st.none() | st.sampled_from([1000000, -1000000, 5, -5]), _WORDS, _WORDS, _WORDS), max_size=12
)


@settings(deadline=None)
@given(_ROWS)
def test_every_row_has_one_class_and_no_fen_is_lost(
    rows: list[tuple[int | None, str | None, str | None, str | None]],
) -> None:
    amounts, items, memos, parties = zip(*rows, strict=True) if rows else ((), (), (), ())
    bill = BILL_ROWS.frame(
        amount_fen=list(amounts), item=list(items), memo=list(memos), counterparty=list(parties),
        row_id=[str(n) for n in range(len(rows))],
    )  # fmt: skip
    result = classify(bill)

    assert result.select(bill.columns).equals(bill)
    assert result["via"].null_count() == 0
    assert set(result["deposit_kind"]) <= set(KINDS)
    by_class = result.group_by("deposit_kind").agg(pl.col("amount_fen").sum())["amount_fen"].sum()
    assert by_class == bill["amount_fen"].sum()
    shuffled = classify(bill.reverse()).reverse()
    assert shuffled.equals(result)
