"""Money: classes of bill rows, how a match was found, and why a row stayed alone."""

from __future__ import annotations

from toolkit.words import Text

TEXTS: dict[str, Text] = {
    "deposit_kind.possible_deposit": Text("可能是保证金,请确认", "possibly a deposit: please confirm"),
    # What is wrong with a rule of the user's
    "rule_problem.unknown": Text("没有「{value}」这一项", 'there is no "{value}"'),
    "rule_problem.twice": Text("编号重复", "its id stands twice"),
    "rule_problem.class": Text("类别「{value}」不认识", 'the class "{value}" is not known'),
    "rule_problem.value": Text("「{value}」不合适", '"{value}" does not fit'),
    "rule_problem.no_condition": Text(
        "没有词也没有金额,什么行都会命中", "it names neither words nor an amount and would fire on every row"
    ),
    "rule_problem.counterparty_alone": Text(
        "只看对方是谁,不能单独作依据", "it rests on the counterparty alone, which never decides"
    ),
}
