"""Deposits, refunds and reviews: states of a case, what to do next, and what reconciliation.xlsx says around its tables."""

from __future__ import annotations

from toolkit.words import Text

_STATES = {
    # A deposit
    "case_state.unfunded": Text("没交够", "not paid in full"),
    "case_state.held": Text("在押", "held"),
    "case_state.blocked": Text("先别申请", "do not apply yet"),
    "case_state.unverified": Text("条件没核对", "not verified"),
    "case_state.ready": Text("可以申请", "ready to apply"),
    "case_state.applied": Text("已申请,等审核", "applied, in review"),
    "case_state.rejected": Text("被驳回", "rejected"),
    "case_state.approved_waiting": Text("已通过,等到账", "approved, waiting"),
    "case_state.overdue": Text("超期未到", "overdue"),
    "case_state.possibly_overdue": Text("可能超期(放假没公布)", "possibly overdue (holidays not published)"),
    "case_state.not_assessable": Text("账单不够,判断不了", "not assessable"),
    "case_state.received_full": Text("已到账", "received in full"),
    "case_state.received_short": Text("少退了", "received short"),
    "case_state.explained": Text("少的有凭据", "short, explained"),
    "case_state.received_over": Text("多退了", "received over"),
    "case_state.received_early": Text("提前到账", "received early"),
    "case_state.duplicate": Text("付了两次", "paid twice"),
    "case_state.ambiguous": Text("说不准", "ambiguous"),
    "case_state.closed": Text("已结清", "closed"),
    "case_state.no_amount": Text("不知道该退多少", "amount not known"),
    # A row that no case explains
    "case_state.paid_twice": Text("付了两次", "paid twice"),
    "case_state.unexplained_credit": Text("说不清的到账", "credit nobody explains"),
    "case_state.unexplained_debit": Text("说不清的扣款", "deduction nobody explains"),
    "case_state.to_confirm": Text("可能是保证金,要确认", "perhaps a deposit: to confirm"),
    "case_state.unclassified": Text("类别没分清", "not classified"),
    # A review
    "case_state.not_submitted": Text("还没提交", "not submitted"),
    "case_state.in_review": Text("审核中", "in review"),
    "case_state.review_late": Text("审核超期", "review late"),
    "case_state.review_possibly_late": Text("审核可能超期", "review possibly late"),
    "case_state.passed": Text("已通过", "passed"),
}

_TEXTS = {
    "workbook.sheet.deposits": Text("汇总", "Summary"),
    "workbook.sheet.cases": Text("办理事项", "Cases"),
    "workbook.sheet.matched": Text("已对上", "Matched"),
    "workbook.sheet.open": Text("未对上", "Open items"),
    "workbook.sheet.ambiguous": Text("说不准", "Ambiguous"),
    "workbook.sheet.money_rows": Text("全部流水", "All rows"),
    "workbook.sheet.refunds": Text("订单退款放款", "Order refunds"),
    "workbook.sheet.input_coverage": Text("文件覆盖", "Input coverage"),
    "workbook.how.deposits": Text(
        "核对到{as_of:%Y-%m-%d}。每店一行;怎么算出来的看「余额」。空白=不知道,不是0。",
        "As of {as_of:%Y-%m-%d}. One line per store; Balances shows every step. Blank is not known, which is not zero.",
    ),
    "workbook.how.cases": Text(
        "核对到{as_of:%Y-%m-%d}。先做上面的;到账日按大陆工作日算,调休算上班。右边还有列:点上面的「+」。空白的条件=没核对。",
        "As of {as_of:%Y-%m-%d}. Most urgent first; working days of mainland China, make-up days included. "
        "More columns behind the + on top; a blank condition was not checked.",
    ),
    "workbook.how.matched": Text(
        "每一对:应收的哪一行,到账的哪一行,凭什么对上。一笔到账只用一次。",
        "Each pair: where it was due, where it arrived, and on what evidence. A credit is used once.",
    ),
    "workbook.how.open": Text(
        "核对到{as_of:%Y-%m-%d}。还没了结的钱,超期最久的在上面。",
        "As of {as_of:%Y-%m-%d}. Money that is not settled, the longest overdue first.",
    ),
    "workbook.how.ambiguous": Text(
        "几种对法一样好,工具不替你选:所有可能都列在这里。拆分到账只是提示。",
        "Several answers are equally good and none is picked: all are listed. Payments in parts are only suggestions.",
    ),
    "workbook.how.money_rows": Text(
        "账单和台账的每一行都在这里,只出现一次:归哪一类,按哪条规则,去了哪里。",
        "Every row of bills and ledgers, once: its class, the rule that said so, and what became of it.",
    ),
    "workbook.how.refunds": Text(
        "核对到{as_of:%Y-%m-%d}。平台写的每笔退款、放款,在结算和账单里找到没有。",
        "As of {as_of:%Y-%m-%d}. Every refund and release the platform states, and where it was found again.",
    ),
    "workbook.how.input_coverage": Text(
        "账单盖住的日子才能说「没到账」。下面还有每一边的笔数和金额,分类之后一分不少。",
        "Only days a bill covers can show that money is missing. Below: rows and money of each side, all accounted for.",
    ),
    "workbook.none.deposits": Text("没有文件说到保证金。", "No file speaks of a deposit."),
    "workbook.none.cases": Text("没有办理事项。", "There are no cases."),
    "workbook.none.matched": Text("没有对上的。", "Nothing was matched."),
    "workbook.none.open": Text("没有未了结的钱。", "Nothing is open."),
    "workbook.none.ambiguous": Text("没有说不准的。", "Nothing is ambiguous."),
    "workbook.none.splits": Text("没有像是分几笔付的。", "Nothing looks paid in parts."),
    "workbook.none.money_rows": Text("没有账单,也没有台账。", "There is neither a bill nor a ledger."),
    "workbook.none.refunds": Text("没有订单退款或放款。", "No order refund or release."),
    "workbook.none.input_coverage": Text(
        "没有账单:没到账的钱都判断不了。", "No bill: nothing can be said of money that did not arrive."
    ),
    "workbook.money.bridge": Text("一步步算清(每店合计0)", "Step by step (each store sums to zero)"),
    "workbook.money.splits": Text("像是分几笔付的,请核实", "Perhaps paid in parts: please check"),
    "workbook.money.lists": Text("条件名单", "Lists the conditions rest on"),
    "workbook.money.control": Text("笔数和金额", "Rows and money"),
    "workbook.money.refund_control": Text("订单退款放款:笔数和金额", "Order refunds: rows and money"),
    "workbook.money.orders": Text("按订单", "By order"),
    "workbook.money.items": Text("按笔", "One by one"),
    "workbook.money.title": Text("保证金和退款对账", "Deposits and refunds, reconciled"),
    "workbook.money.means.1": Text(
        "应有余额 = 已缴 + 补缴 − 罚款 − 赔付 − 已退。", "Balance = paid + top-ups − fines − compensation − refunds."
    ),
    "workbook.money.means.2": Text(
        "D3、D5:审核通过后第3、第5个工作日。通过的第二天算第1天(可设置),早到不是错。",
        "D3, D5: the 3rd and 5th working day after approval; the next day is day 1 (a setting). Early is not wrong.",
    ),
    "workbook.money.means.3": Text(
        "没有盖住这段日子的账单,就不说「没到账」,只说判断不了,并写出差哪个文件。",
        "Without a bill for the days, money is never called missing: it cannot be judged, and the file needed is named.",
    ),
    "workbook.money.means.4": Text(
        "金额都按分算,没有四舍五入。不同币种不相加。", "Amounts are exact to the fen; currencies are never added."
    ),
    "workbook.money.means.masked": Text(
        "姓名、电话、账号已打码;toolkit.toml 里 cases.mask_personal = false 可关掉。",
        "Names, phones and accounts are masked; cases.mask_personal = false in toolkit.toml switches it off.",
    ),
    "workbook.money.means.open": Text(
        "姓名、电话、账号没有打码,转发前请注意。",
        "Names, phones and accounts are not masked: mind whom you send it to.",
    ),
    "sample.readme.deposits": Text(
        """## 保证金(同一家公司的四个店)

公司的台账(保证金台账.csv)、一个店的保证金账单、三个支付宝账号的账单(GB18030)也在 `inbox/`,店铺档案.xlsx 里有申请日和通过日。
运行 `toolkit reconcile data/sample --as-of 2026-11-20`,正确答案是:义乌一店少退 12.40;义乌二店超期(10月30日通过,账单盖住了这段日子,9,500.00 没到);
义乌三店判断不了(那个账号的账单只导出了支出);义乌四店付了两次。酒店押金、买东西的退款不算。
`toolkit weekly` 核对到11月22日,账单只到11月19日,所以那时义乌二店也是判断不了:要再导一份账单。""",
        """## Deposits (four stores of the same company)

The company's ledger (保证金台账.csv), the deposit bill of one store and the bills of three Alipay accounts (GB18030) lie in `inbox/`,
too; 店铺档案.xlsx has the days of application and approval. Run `toolkit reconcile data/sample --as-of 2026-11-20`. The right answers:
义乌一店 is short by 12.40; 义乌二店 is overdue (approved 30 October, the bill covers the days, 9,500.00 did not come); 义乌三店 cannot be
assessed (the bill of that account was exported with expenses only); 义乌四店 was paid twice. A hotel's deposit and refunds of
purchases stay out. `toolkit weekly` judges as of 22 November, and the bills end on 19 November: then 义乌二店 cannot be assessed
either, until a newer bill is there.""",
    ),
    "sample.deposits.readme": Text(
        """# 四家店的保证金(虚构)

在这个文件夹运行 `toolkit reconcile 义乌*店 --as-of 2026-11-20`(或 `toolkit reconcile . --as-of 2026-11-20`),正确答案是:

| 店铺 | 应退 | 实收 | 答案 |
|---|---|---|---|
| 义乌一店 | 9,800.00(缴10,000.00,罚200.00) | 9,787.60 | 少退 12.40 |
| 义乌二店 | 9,500.00(缴10,000.00,罚500.00) | 没到 | 超期:10月30日通过,D5是11月6日,账单盖住了这段日子 |
| 义乌三店 | 10,000.00 | 不知道 | 判断不了:那个账号的账单只导出了支出,里面不可能有退款 |
| 义乌四店 | 10,000.00 | 10,000.00 两次 | 付了两次,可能要收回;另有一项业务信息审核还没到期 |

酒店押金退还、买东西的退款不是店铺保证金,不会算进去。文件里的文字是虚构的,不代表平台真实用语。

重新生成这个文件夹:先删掉它,再运行 `toolkit sample data/sample-deposits --deposits`。""",
        """# Deposits of four stores (invented)

Run `toolkit reconcile . --as-of 2026-11-20` in this folder. The right answers:

| store | due | arrived | answer |
|---|---|---|---|
| 义乌一店 | 9,800.00 (10,000.00 paid, fined 200.00) | 9,787.60 | short by 12.40 |
| 义乌二店 | 9,500.00 (10,000.00 paid, fined 500.00) | nothing | overdue: approved 30 October, D5 was 6 November, and the bill covers the days |
| 义乌三店 | 10,000.00 | unknown | not assessable: the bill of that account was exported with expenses only |
| 义乌四店 | 10,000.00 | 10,000.00 twice | paid twice, may be taken back; a review is still in time |

A hotel's deposit and refunds of purchases are not the store's deposit and stay out. The texts in the files are invented.

To renew this folder, delete it and run `toolkit sample data/sample-deposits --deposits`.""",
    ),
    "reconcile.nothing": Text("没有文件说到保证金。", "No file speaks of a deposit."),
    "reconcile.nothing_due": Text("没有要办的。", "Nothing is waiting to be done."),
    "reconcile.store": Text(
        "{store}:{state};应有余额 {balance},账单里到账 {arrived}{surplus}。{step}",
        "{store}: {state}; balance {balance}, seen to arrive {arrived}{surplus}. Next: {step}",
    ),
    "reconcile.surplus": Text(",另外多到 {amount}", ", and {amount} too much"),
    "reconcile.case": Text("{day}  {store} · {kind}:{state} → {step}", "{day}  {store} · {kind}: {state} → {step}"),
    "reconcile.needs": Text("(缺:{file})", " (needs: {file})"),
    "plot.ageing": Text("没了结的钱,超期多久(工作日)", "Unsettled money, by working days late"),
    "plot.amount": Text("金额({currency})", "amount ({currency})"),
    "plot.unknown_age": Text("没有期限", "no limit"),
    "plot.deposits": Text(
        "每店保证金:什么时候动过,什么时候该退(核对到{as_of})",
        "Deposits by store: what moved, when it was due back (as of {as_of})",
    ),
    "plot.due_band": Text("D3–D5 该到账", "due, D3 to D5"),
    "plot.arrived": Text("到账", "arrived"),
    "plot.late": Text("超期", "overdue"),
    "plot.nothing_open": Text("没有未了结的钱", "nothing is open"),
    "plot.no_movement": Text("没有保证金记录", "no movement of a deposit"),
    "ageing.not_due": Text("没到期", "not due"),
    "ageing.late_1_5": Text("超1–5天", "1–5 days late"),
    "ageing.late_6_10": Text("超6–10天", "6–10 days late"),
    "ageing.late_11_20": Text("超11–20天", "11–20 days late"),
    "ageing.late_over_20": Text("超20天以上", "over 20 days late"),
}

_STEPS = {
    "next_step.done": Text("不用做什么", "nothing to do"),
    "next_step.nothing_due": Text("在押,现在没有要退的", "held: nothing is due now"),
    "next_step.wait": Text("等,到期再看", "wait until it is due"),
    "next_step.wait_until_due": Text("正常,等到D5再看", "normal: wait until D5"),
    "next_step.wait_for_review": Text("等审核结果", "wait for the review"),
    "next_step.submit": Text("提交材料", "submit the documents"),
    "next_step.apply": Text("可以申请退款:填申请表,电话保持畅通", "apply for the refund; stay reachable by phone"),
    "next_step.pay_deposit": Text("核对并补足保证金", "check and pay up the deposit"),
    "next_step.settle_first": Text(
        "先处理卡住的(纠纷、订单、欠款、罚款),再申请", "settle what holds it up, then apply"
    ),
    "next_step.settle_and_reapply": Text("按驳回原因处理,再申请一次", "settle what was objected to, then apply again"),
    "next_step.correct_and_resubmit": Text("按驳回原因改,重新提交", "correct what was rejected and submit again"),
    "next_step.contact_service": Text(
        "联系客服催款,附上审核通过日和账单", "ask support for the money, with approval date and bill"
    ),
    "next_step.check_holidays": Text("先看放假安排公布没有,再催", "check the published holidays, then ask"),
    "next_step.dispute_gap": Text("找客服问少的钱扣在哪里", "ask support what the missing amount was taken for"),
    "next_step.ask_surplus": Text("先别动多出来的钱,问客服", "leave the surplus alone and ask support"),
    "next_step.expect_clawback": Text(
        "多付的可能要收回,先别动", "leave the second payment alone: it may be taken back"
    ),
    "next_step.choose": Text("看「说不准」,自己认定是哪一笔", "see the ambiguous list and decide which it is"),
    "next_step.check_parts": Text("看「说不准」里的拆分,核实是不是分几笔付的", "check whether it was paid in parts"),
    "next_step.check_link": Text("审核前就到账了,核对是不是这笔", "arrived before approval: check that it is this one"),
    "next_step.confirm_credit": Text(
        "账单没写保证金,只是金额和日期对,请确认", "the bill names no deposit: please confirm"
    ),
    "next_step.bring_bill": Text("补上缺的账单,再运行一次", "bring the missing bill and run again"),
    "next_step.bring_list": Text("补上缺的名单,再运行一次", "bring the missing list and run again"),
    "next_step.check_then_call": Text(
        "先查材料齐不齐、文件格式对不对,再打客服电话",
        "check that all is there and in the right format, then call support",
    ),
    "next_step.class_row": Text("给这一行定个类别(规则文件)", "give this row a class (rules file)"),
    "next_step.ask_notice": Text("问客服要罚款通知", "ask support for the notice of the fine"),
    "next_step.ask_source": Text("问清这笔钱从哪里来", "find out where this money comes from"),
    "next_step.check_ledger": Text("核对台账和保证金账单", "check the ledger against the deposit bill"),
    "next_step.confirm_row": Text("确认这一行是不是保证金", "confirm whether this row is about the deposit"),
    "item_kind.row": Text("一行流水", "a row"),
    "item_kind.refund_due": Text("该退没到", "refund due"),
    "item_kind.gap": Text("少退的差额", "gap of a refund"),
    "item_kind.surplus": Text("多收的钱", "surplus"),
    "item_kind.unexplained_credit": Text("说不清的到账", "credit nobody explains"),
    "item_kind.unexplained_debit": Text("说不清的扣款", "deduction nobody explains"),
    "item_kind.deduction_without_notice": Text("扣了但没有通知", "deducted without a notice"),
    "item_kind.balance_gap": Text("余额对不上", "balance gap"),
    "item_kind.to_confirm": Text("可能是保证金,要确认", "perhaps a deposit: to confirm"),
    "case_rule.working_days": Text("工作日", "working days"),
    "case_rule.hours": Text("小时(只算工作日的)", "hours (of working days)"),
    "case_rule.hours_unclear": Text("小时,但没写几点,说不准", "hours, but the time of day is not known"),
    "case_rule.ledger_refund": Text("台账写了退款", "the ledger names the refund"),
    "case_rule.preconditions": Text("申请条件", "preconditions"),
    "case_rule.identity": Text("余额", "balance"),
    "case_rule.arrived": Text("账单有到账", "the bill has the credit"),
    "case_rule.amount_only": Text("只凭金额和日期", "amount and day only"),
    "case_rule.explained": Text("差额正好是列出的罚款", "the gap is a listed fine"),
    "case_rule.dispute": Text("差额没有凭据", "the gap has no evidence"),
    "case_rule.before_approval": Text("审核前到账", "arrived before approval"),
    "case_rule.before_first_day": Text("早于D3到账", "arrived before D3"),
    "needs_file.no_bill": Text("这个账号的账单", "a bill of this account"),
    "needs_file.bill_ends": Text("后面几天的账单(现有的结束太早)", "a bill of the later days (ours ends too early)"),
    "needs_file.account_unknown": Text("退到哪个账号(店铺档案)", "the account it returns to (store file)"),
    "needs_file.no_days": Text(
        "写明起止日期的账单(或在店铺档案「账单范围」里补写)",
        "a bill that states its days (or say them in sheet 账单范围 of the store file)",
    ),
    "needs_file.filtered": Text("不筛选、全部类型的账单", "a bill with all kinds of rows, not filtered"),
    "needs_file.filter_unknown": Text(
        "写明导出类型为「全部」的账单(或在店铺档案「账单范围」里写明)",
        "a bill that says it holds all kinds of rows (or say so in sheet 账单范围 of the store file)",
    ),
    "needs_file.no_such_bill": Text(
        "「账单范围」里写的那份账单,还没放进来", "the bill that sheet 账单范围 names: it is not here"
    ),
    "needs_file.rows_missing": Text("没少行的账单,重新导出", "the bill exported again: rows are missing"),
    "needs_file.totals_differ": Text("重新导出的账单(合计对不上)", "the bill exported again: totals differ"),
    "needs_file.balance_broken": Text("重新导出的账单(余额接不上)", "the bill exported again: its balance breaks"),
    "needs_file.deposit_ledger": Text("保证金账单或台账", "the deposit bill or a ledger"),
    "needs_file.settlement": Text("结算文件", "the settlement file"),
    "needs_file.disputes": Text("纠纷名单", "list of disputes"),
    "needs_file.orders": Text("订单名单", "list of orders"),
    "needs_file.debts": Text("欠款名单", "list of debts"),
    "needs_file.fines": Text("罚款名单", "list of fines"),
    "ledger_provider.ae_deposit": Text("保证金账单", "deposit bill"),
    "ledger_provider.hand": Text("手工台账", "kept by hand"),
    "ledger_provider.store_file": Text("店铺档案", "store file"),
    "list_name.disputes": Text("纠纷", "disputes"),
    "list_name.orders": Text("订单", "orders"),
    "list_name.debts": Text("欠款", "debts"),
    "list_name.fines": Text("罚款", "fines"),
    "not_covering.no_days": Text("没写起止日期", "states no days"),
    "not_covering.filtered": Text("筛选过,不是全部", "filtered: not all rows"),
    "not_covering.filter_unknown": Text("没写导出了哪些类型", "does not say which rows it holds"),
    "not_covering.no_such_bill": Text("写了范围,没有这份账单", "its range is said, the bill is not here"),
    "not_covering.rows_missing": Text("少了行", "rows are missing"),
    "not_covering.totals_differ": Text("合计对不上", "totals differ"),
    "not_covering.balance_broken": Text("余额接不上", "its balance breaks"),
    "bridge_step.pay": Text("已缴", "paid"),
    "bridge_step.top_up": Text("补缴", "topped up"),
    "bridge_step.fine": Text("罚款", "fines"),
    "bridge_step.compensation": Text("赔付", "compensation"),
    "bridge_step.refund": Text("已退", "refunded"),
    "bridge_step.unclassified": Text("没分清类别", "not classified"),
    "bridge_step.gap": Text("说不清的差额", "gap nobody explains"),
    "bridge_step.balance": Text("减去余额", "less the balance"),
    "row_side.bill": Text("账单", "bill"),
    "row_side.ledger": Text("台账", "ledger"),
    "row_side.refund": Text("平台退款放款", "platform"),
    "row_side.settlement": Text("结算", "settlement"),
    "row_fate.counted": Text("计入余额", "counted in the balance"),
    "row_fate.unclassified": Text("类别没分清", "not classified"),
    "row_fate.counted_with_other": Text("和另一行是同一笔钱", "same money as another row"),
    "row_fate.frozen_side": Text("只是冻结或解冻", "frozen or thawed only"),
    "row_fate.told_elsewhere": Text("别的台账已算", "told by another ledger"),
    "row_fate.no_money": Text("没有动钱", "moved no money"),
    "row_fate.after_as_of": Text("核对日之后", "after the day of checking"),
    "row_fate.paid_case": Text("对上了一项", "paid a case"),
    "row_fate.paid_twice": Text("多付的一笔", "paid twice"),
    "row_fate.unexplained_credit": Text("说不清的到账", "credit nobody explains"),
    "row_fate.unexplained_debit": Text("说不清的扣款", "deduction nobody explains"),
    "row_fate.in_ledger": Text("台账里有这笔", "in the ledger too"),
    "row_fate.to_confirm": Text("可能是保证金,要确认", "perhaps a deposit: to confirm"),
    "row_fate.not_deposit": Text("和保证金无关", "not about the deposit"),
    "row_fate.no_words": Text("没有文字,看不出", "no words to go by"),
    "row_fate.matched": Text("对上了", "matched"),
    "row_fate.ambiguous": Text("说不准", "ambiguous"),
    "row_fate.alone": Text("没对上", "alone"),
    "row_fate.excluded": Text("不参加对账", "excluded"),
}

# A store stands where its most urgent case stands.
_STORES = {key.replace("case_state.", "store_state."): words for key, words in _STATES.items()}

TEXTS: dict[str, Text] = {**_STATES, **_STORES, **_STEPS, **_TEXTS}
