"""What is said of two runs compared: what entered and left the advice, by which cause, and the figures that changed."""

from __future__ import annotations

from toolkit.words import Text

_ADVICE = {
    "compare.advice.off": Text(
        "{action:label}({reason_code:label}:{rule:label})", "{action:label} ({reason_code:label}: {rule:label})"
    ),
    "compare.advice.held": Text("{action:label}({guard:label})", "{action:label} ({guard:label})"),
    "compare.advice.plain": Text("{action:label}", "{action:label}"),
    "compare.advice.absent": Text("没有这个商品", "not in the data"),
    "compare.why": Text("{before} → {after};{cause}:{figures}", "{before} → {after}; {cause}: {figures}"),
}

_CHOICES = {
    "moved.entered": Text("进入", "entered"),
    "moved.left": Text("离开", "left"),
    "moved.changed": Text("换了动作或原因", "other action or reason"),
    "cause.data": Text("数据变了", "data"),
    "cause.season": Text("季节到了", "season"),
    "cause.threshold": Text("门槛改了", "threshold"),
    "cause.model": Text("程序换了", "model"),
}

_FIGURES = {
    "compare.figure.came": Text("上次的数据里没有它", "it was not in the data before"),
    "compare.figure.went": Text("这次的数据里没有它", "it is not in the data any more"),
    "compare.figure.status": Text("状态{status_before}→{status_after}", "status {status_before} → {status_after}"),
    "compare.figure.caught": Text(
        "新命中政策名单「{policy_hit_after}」", 'caught by "{policy_hit_after}" of the policy list'
    ),
    "compare.figure.freed": Text(
        "不再命中政策名单「{policy_hit_before}」", 'no longer caught by "{policy_hit_before}" of the policy list'
    ),
    "compare.figure.protected": Text("进了保护名单", "protected now"),
    "compare.figure.unprotected": Text("出了保护名单", "protected no more"),
    "compare.figure.suspect": Text("编号可能被Excel改坏", "its id may have been damaged by Excel"),
    "compare.figure.sound": Text("编号已核实", "its id is confirmed"),
    "compare.figure.on_hand_units": Text(
        "库存{on_hand_units_before:count}→{on_hand_units_after:count}件",
        "stock {on_hand_units_before:count} → {on_hand_units_after:count}",
    ),
    "compare.figure.inbound_units": Text(
        "在途{inbound_units_before:count}→{inbound_units_after:count}件",
        "on the way {inbound_units_before:count} → {inbound_units_after:count}",
    ),
    "compare.figure.gap_units": Text(
        "缺口{gap_units_before:count}→{gap_units_after:count}件",
        "gap {gap_units_before:count} → {gap_units_after:count}",
    ),
    "compare.figure.units_90d": Text(
        "近90天卖{units_90d_before:count}→{units_90d_after:count}件",
        "sold in 90 days {units_90d_before:count} → {units_90d_after:count}",
    ),
    "compare.figure.days_without_sale_min": Text(
        "没成交{days_without_sale_min_before:days}→{days_without_sale_min_after:days}天",
        "days without a sale {days_without_sale_min_before:days} → {days_without_sale_min_after:days}",
    ),
    "compare.figure.units_paid": Text(
        "本期支付{units_paid_before:count}→{units_paid_after:count}件",
        "paid in the period {units_paid_before:count} → {units_paid_after:count}",
    ),
    "compare.figure.p_clear_26w": Text(
        "半年卖完的可能{p_clear_26w_before:chance}→{p_clear_26w_after:chance}",
        "chance to clear in half a year {p_clear_26w_before:chance} → {p_clear_26w_after:chance}",
    ),
    "compare.figure.delist_score": Text(
        "下架分{delist_score_before:percent}→{delist_score_after:percent}",
        "delist score {delist_score_before:percent} → {delist_score_after:percent}",
    ),
    "compare.figure.last_restock_on": Text(
        "最近到货{last_restock_on_before:day}→{last_restock_on_after:day}",
        "last restock {last_restock_on_before:day} → {last_restock_on_after:day}",
    ),
    "compare.figure.observed_on": Text(
        "商品表日期{observed_on_before:day}→{observed_on_after:day}",
        "product list of {observed_on_before:day} → {observed_on_after:day}",
    ),
    "compare.figure.share": Text(
        "自己的数字没变;一次能下的份额有限,先后顺序变了",
        "its own figures are the same; one run takes only so many, and the order changed",
    ),
    "compare.figure.in_season": Text("进入当季", "its season began"),
    "compare.figure.off_season": Text("过了当季", "its season ended"),
    "compare.figure.seasonal_index": Text(
        "季节指数{seasonal_index_before:ratio}→{seasonal_index_after:ratio}",
        "seasonal index {seasonal_index_before:ratio} → {seasonal_index_after:ratio}",
    ),
    "compare.figure.season_weeks": Text(
        "离下一季({next_season_on_after:day}){season_weeks_before:ratio}→{season_weeks_after:ratio}周",
        "weeks to its next season ({next_season_on_after:day}) {season_weeks_before:ratio} → {season_weeks_after:ratio}",
    ),
    "compare.figure.setting": Text("{words} {before}→{after}({name})", "{words} {before} → {after} ({name})"),
    "compare.figure.engine": Text("{name} {before}→{after}", "{name} {before} → {after}"),
    "compare.engine.version": Text("程序", "version"),
    "compare.engine.prior": Text("模型先验", "the model's prior"),
    "compare.comma": Text("、", ", "),
}

_SAID = {
    "compare.counts": Text(
        "{before} → {after}:建议下架从{was}个到{now}个;进入{entered}个,离开{left}个,换了动作或原因{changed}个。",
        "{before} → {after}: {was} suggested, now {now}; {entered} entered, {left} left, {changed} with another action or reason.",
    ),
    "compare.causes": Text("为什么:{causes}。", "Why: {causes}."),
    "compare.cause": Text("{cause}{count}个", "{cause} {count}"),
    "compare.same": Text("两次的建议一样。", "The advice is the same."),
    "compare.line": Text("  {moved}:{product} {title} — {why}", "  {moved}: {product} {title} — {why}"),
    "compare.more": Text(
        "  还有{count}个,见 tk.compare(…).table。", "  {count} more {count:product|products}; see tk.compare(…).table."
    ),
    "compare.idle": Text(
        "改过的门槛没有让任何商品进出:{settings}。", "Settings that changed and moved no product: {settings}."
    ),
}

_ERRORS = {
    "error.run_unknown": Text(
        "{wanted}:这家店没有这次运行,所以没法比;有的是:{found}。",
        "{wanted}: this store has no such run, so there is nothing to compare; it has: {found}.",
    ),
    "error.runs_none": Text(
        "{folder}:还没有运行过,所以没法比;请先运行 toolkit weekly。",
        "{folder}: there is no run yet, so there is nothing to compare; run toolkit weekly first.",
    ),
}

_CLI = {
    "cli.compare": Text(
        "比较两次运行:哪些商品进入、离开了下架建议,因为数据、季节、门槛还是程序。",
        "Compare two runs: what entered and left the advice, by data, season, threshold or model.",
    ),
}

TEXTS: dict[str, Text] = {**_ADVICE, **_CHOICES, **_FIGURES, **_SAID, **_ERRORS, **_CLI}
