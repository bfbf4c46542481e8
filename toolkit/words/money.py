"""Money: classes of bill rows, how a match was found, and why a row stayed alone."""

from __future__ import annotations

from toolkit.words import Text

TEXTS: dict[str, Text] = {
    "deposit_kind.possible_deposit": Text("可能是保证金,请确认", "possibly a deposit: please confirm"),
    # What is wrong with a rule of the user's
    "rule_problem.unknown": Text("没有「{value}」这一项", 'there is no "{value}"'),
    "rule_problem.no_id": Text("这条规则没有编号", "the rule has no id"),
    "rule_problem.twice": Text("编号重复", "its id stands twice"),
    "rule_problem.class": Text("类别「{value}」不认识", 'the class "{value}" is not known'),
    "rule_problem.value": Text("「{value}」不合适", '"{value}" does not fit'),
    "rule_problem.no_condition": Text(
        "没有词也没有金额,什么行都会命中", "it names neither words nor an amount and would fire on every row"
    ),
    "rule_problem.counterparty_alone": Text(
        "只看对方是谁,不能单独作依据", "it rests on the counterparty alone, which never decides"
    ),
    # How a match was found, and what it is worth
    "pair_kind.deposit": Text("保证金 ↔ 账单", "deposit ↔ bill"),
    "pair_kind.refund_settled": Text("订单退款放款 ↔ 结算", "order refund or release ↔ settlement"),
    "pair_kind.refund_in_bill": Text("订单退款放款 ↔ 账单", "order refund or release ↔ bill"),
    "pair_kind.batch_in_bill": Text("结算批次 ↔ 账单", "settlement batch ↔ bill"),
    "layer.exact_key": Text("编号和金额都相同", "same id and amount"),
    "layer.base_key": Text("原单号和金额相同", "same original id and amount"),
    "layer.base_key_sum": Text("原单号相同,几笔相加", "same original id, parts summed"),
    "layer.same_amount": Text("金额相同,日期在期限内", "same amount within the window"),
    "layer.tolerance": Text("金额相近,日期在期限内", "nearly the same amount within the window"),
    "layer.split": Text("几笔相加正好,只供参考", "parts that add up: a suggestion only"),
    "match_verdict.matched": Text("对上", "matched"),
    "match_verdict.interchangeable": Text(
        "对上(哪笔对哪笔可互换,结果一样)", "matched (which for which is interchangeable, the result is the same)"
    ),
    "match_verdict.short": Text("少了", "short"),
    "match_verdict.over": Text("多了", "over"),
    "match_verdict.ambiguous": Text("说不准,几种都可能", "ambiguous: several are equally good"),
    "match_verdict.suggested_split": Text("可能分几笔付,请核实", "perhaps paid in parts: please check"),
    "match_verdict.ambiguous_split": Text("几种拼法都可能,不能认定", "several ways to add up: none can be taken"),
    "match_side.expected": Text("应收", "due"),
    "match_side.credit": Text("到账", "arrived"),
    "alone_because.same_key_used": Text(
        "同一编号已经对上另一笔,可能付了两次", "its id is matched already: perhaps paid twice"
    ),
    "alone_because.used_by_other": Text("能对上的那笔已给了另一笔", "what it fits went to another"),
    "alone_because.outside_window": Text("有相同金额,但不在期限内", "the amount is there, but outside the window"),
    "alone_because.no_such_amount": Text("没有相同金额", "no such amount"),
    "alone_because.no_day": Text("没有日期", "it has no day"),
    "alone_because.no_amount": Text("没有金额", "it has no amount"),
    "alone_because.not_positive": Text("金额不是正数", "its amount is not positive"),
    "alone_because.no_currency": Text("没有币种", "it has no currency"),
    # Rules of deposit_rules.toml; a rule of the user's is shown by its id
    "via.stated": Text("来源文件写明", "the source says so"),
    "via.no_rule": Text("没有规则命中", "no rule fired"),
    "via.no_words": Text("没有文字,看不出", "no words to go by"),
    "via.credit_instead_of_deposit": Text("免押或预授权,没有交钱", "credit instead of a deposit: nothing was paid"),
    "via.hospital_deposit": Text("住院预交金", "hospital deposit"),
    "via.rental_deposit": Text("租用押金(单车、酒店等)", "rental deposit (bike, hotel …)"),
    "via.other_market_deposit": Text("别的平台的保证金", "another market's deposit"),
    "via.contract_deposit": Text("投标、拍卖等合同保证金", "deposit of a tender, auction or contract"),
    "via.plain_yajin": Text("押金,没写速卖通", "押金 without the platform's name"),
    "via.deposit_thaw": Text("保证金+解冻", "deposit + thawed"),
    "via.deposit_fine_returned": Text("保证金+罚款退回", "deposit + fine returned"),
    "via.deposit_compensation": Text("保证金+赔付", "deposit + compensation"),
    "via.deposit_fine": Text("保证金+扣款", "deposit + deducted"),
    "via.deposit_top_up": Text("保证金+补缴", "deposit + topped up"),
    "via.deposit_freeze": Text("保证金+冻结", "deposit + frozen"),
    "via.deposit_refund": Text("保证金+退还", "deposit + refunded"),
    "via.deposit_pay": Text("保证金+缴纳", "deposit + paid"),
    "via.deposit_word_only": Text("写了保证金,没写怎么了", "names the deposit, not what happened"),
    "via.platform_deposit_word": Text("写了平台和押金,没写怎么了", "names platform and deposit, not what happened"),
    "via.platform_freeze": Text("平台冻结或解冻,没写是什么钱", "frozen or thawed for the platform, not said what"),
    "via.amount_of_a_deposit": Text("金额正好是保证金", "exactly the amount of a deposit"),
    "via.amount_of_a_claim": Text("金额正好是要退的保证金", "exactly the amount that is due"),
    # Refunds and releases of orders
    "refund_state.paid_out": Text("已结算,已到账", "settled and paid out"),
    "refund_state.settled": Text("已结算", "settled"),
    "refund_state.in_bill": Text("账单里有", "in a bill"),
    "refund_state.waiting": Text("还没放款", "release waiting"),
    "refund_state.ambiguous": Text("说不准", "ambiguous"),
    "refund_state.settled_short": Text("结算少了", "settled short"),
    "refund_state.settled_over": Text("结算多了", "settled over"),
    "refund_state.missing": Text("结算和账单里都没有", "neither settled nor in a bill"),
    "refund_state.not_assessable": Text("文件不够,判断不了", "not assessable"),
    "refund_state.no_money": Text("没有动钱", "moved no money"),
    "order_check.within": Text("退款没超过结算", "refunds within what was settled"),
    "order_check.exceeds": Text("退款超过结算", "refunds exceed what was settled"),
    "order_check.settled_unknown": Text("不知道结算了多少", "settled amount not known"),
    "order_check.no_refund": Text("没有退款", "no refund"),
    # What a result says of itself
    "reconciled.deposits": Text(
        "核对到{as_of:%Y-%m-%d}:{things}家店的保证金,{items}件没了结。",
        "As of {as_of:%Y-%m-%d}: deposits of {things} {things:store|stores}, {items} {items:thing|things} open.",
    ),
    "reconciled.refunds": Text(
        "核对到{as_of:%Y-%m-%d}:{things}笔退款和放款,{items}笔没了结。",
        "As of {as_of:%Y-%m-%d}: {things} refunds and releases, {items} open.",
    ),
    "reconciled.line": Text(
        "{{STATE:label}}:{{rows:count}}件,{{total_fen:money}}", "{{STATE:label}}: {{rows:count}}, {{total_fen:money}}"
    ),
}
