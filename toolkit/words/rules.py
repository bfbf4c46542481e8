"""Why each rule speaks, in a sentence with its numbers and, where one number or day decides, the counter-argument.

``rule.<name>`` is a short label, ``rule.<name>.beside`` the facts alone (for a rule that fired beside the one that decided),
``rule.<name>.why`` the facts and what would have to be different for the product to stay. Where that depends on what else
is true of the product, there are several, ``.why_stock`` and the like; `toolkit.decide.reasons.why_key` says which is true.
"""

from __future__ import annotations

from toolkit.words import Text

_LABELS = {
    "policy_hit": Text("命中政策名单", "on the policy list"),
    "season_over": Text("季节过了", "season over"),
    "never_sold": Text("一直没卖过", "never sold"),
    "no_recent_sale": Text("很久没有成交", "no sale for long"),
    "will_not_clear": Text("卖不完,留着亏", "will not clear, loses by staying"),
    "over_limit": Text("名额不够", "too few slots"),
    "excess_cover": Text("库存太多卖太慢", "too much stock for its sales"),
    "out_of_stock_long": Text("断货很久", "out of stock for long"),
    "out_of_stock": Text("断货", "out of stock"),
    "short_cover": Text("快断货", "nearly out of stock"),
    "qualification_ends": Text("资质快到期", "a qualification is about to end"),
    "special_category_unsure": Text("特殊类目没登记", "special category, not registered"),
    "jit_stock_zero": Text("JIT库存填了0", "JIT stock set to 0"),
    "quiet_stock_unknown": Text("没成交,库存不知道", "no sale, stock unknown"),
    "nothing_in_period": Text("本期没有成交", "nothing sold in the period"),
    "empty_shelf": Text("没有库存", "nothing in stock"),
}

_FACTS = {
    "policy_hit": Text(
        "命中政策名单:{policy_hit}({policy_hit_kind:label},名单日期{policy_hit_list_on:day})",
        "on the policy list: {policy_hit} ({policy_hit_kind:label}, list of {policy_hit_list_on:day})",
    ),
    "season_over": Text(
        "季节过了,近7天卖{units_7d:count}件,下一季{next_season_on:day}开始,{relist_on:day}再上",
        "its season is over: {units_7d:count} sold in 7 days, the next season starts {next_season_on:day}, relist on {relist_on:day}",
    ),
    "never_sold": Text(
        "有货至少{days_without_sale_min:days}天一件没卖,库存{on_hand_units:count}件",
        "on offer at least {days_without_sale_min:days} {days_without_sale_min:day|days} and never sold, {on_hand_units:count} on hand",
    ),
    "no_recent_sale": Text(
        "{days_without_sale_min:days}天没有成交(最近一次{last_sale_on:day}),近一年卖{units_365d:count}件,库存{on_hand_units:count}件",
        "no sale for {days_without_sale_min:days} {days_without_sale_min:day|days} (last {last_sale_on:day}), {units_365d:count} sold in a year, {on_hand_units:count} on hand",
    ),
    "will_not_clear": Text(
        "近90天卖{units_90d:count}件,库存{on_hand_units:count}件;到{outlook_until:day}卖完的可能只有{p_clear_26w:chance},留着多半亏",
        "{units_90d:count} sold in 90 days, {on_hand_units:count} on hand; {p_clear_26w:chance} chance to clear by {outlook_until:day}, and keeping it most likely loses money",
    ),
    "over_limit": Text(
        "上架名额不够,必须让出几个;它在没有暂缓原因的商品里留着最不值:近90天卖{units_90d:count}件,库存{on_hand_units:count}件",
        "the store holds more products than it has slots, and of those nothing holds this one is missed least: {units_90d:count} sold in 90 days, {on_hand_units:count} on hand",
    ),
    "excess_cover": Text(
        "近90天卖{units_90d:count}件,库存{on_hand_units:count}件,够卖{weeks_of_cover:count}周,售罄率{sold_share_90d:percent}",
        "{units_90d:count} sold in 90 days, {on_hand_units:count} on hand: {weeks_of_cover:count} {weeks_of_cover:week|weeks} of cover, sell-through {sold_share_90d:percent}",
    ),
    "out_of_stock_long": Text(
        "没有库存,也没有在途,最近成交{last_sale_on:day},近一年卖{units_365d:count}件;能补货就补,补不上先下架",
        "no stock and none on its way, last sale {last_sale_on:day}, {units_365d:count} sold in a year; restock it, or take it off for now",
    ),
    "out_of_stock": Text(
        "没有库存,近90天还卖了{units_90d:count}件;补货,已经在路上就不用管",
        "no stock, and {units_90d:count} sold in 90 days; restock, unless goods are on their way already",
    ),
    "short_cover": Text(
        "库存{on_hand_units:count}件,在途{inbound_units:count}件,有货时每周卖{rate_of_sale:ratio}件,只够卖{weeks_of_cover:ratio}周",
        "{on_hand_units:count} on hand, {inbound_units:count} on the way, {rate_of_sale:ratio} a week while in stock: {weeks_of_cover:ratio} weeks of cover",
    ),
    "qualification_ends": Text(
        "资质「{qualification}」{qualification_until:day}到期,过期就该下架;先去换证,换好在 policy.xlsx 改有效期",
        'its qualification "{qualification}" ends on {qualification_until:day}, and without it it must go; renew it, then change the day in policy.xlsx',
    ),
    "special_category_unsure": Text(
        "类目「{special_category}」在你记的特殊类目里,本店没登记能发;先到后台核实,能发就写进设置 store.special_categories",
        'its category "{special_category}" is one you keep as special, and this store is not registered for it; check in the seller centre, and if it may be listed add it to the setting store.special_categories',
    ),
    "jit_stock_zero": Text(
        "JIT可售填的是0,买家下不了单;能供货就改大",
        "its JIT stock is 0, so nobody can order it; raise it if you can supply",
    ),
    "quiet_stock_unknown": Text(
        "{days_without_sale_min:days}天没有成交,但没有库存数据:可能滞销,也可能断货,先核对库存",
        "no sale for {days_without_sale_min:days} {days_without_sale_min:day|days}, but no stock is known: slow or out of stock; check its stock first",
    ),
    "nothing_in_period": Text(
        "{period_start:date}到{period_end:date}支付0件,浏览{page_views:count}次,访客{visitors:count}人,加购{add_to_cart_buyers:count}人;只有这一期的数据,先核对,还不能说滞销",
        "0 units paid from {period_start:date} to {period_end:date}: {page_views:count} {page_views:view|views}, {visitors:count} {visitors:visitor|visitors}, {add_to_cart_buyers:count} added it to the cart; one period only, so look at it, but do not call it slow yet",
    ),
    "empty_shelf": Text(
        "没有库存,在途{inbound_units:count}件,近90天卖{units_90d:count}件;看不出好坏,先核对要不要补",
        "no stock, {inbound_units:count} on the way, {units_90d:count} sold in 90 days; nothing can be told, check whether to restock",
    ),
    "none": Text(
        "近90天卖{units_90d:count}件,最近成交{last_sale_on:day},库存{on_hand_units:count}件;没有下架理由",
        "{units_90d:count} sold in 90 days, last sale {last_sale_on:day}, {on_hand_units:count} on hand; no reason to delist",
    ),
}

_FEWER = Text("若库存少于{flip_units:count}件就会留下", "would be kept if stock were under {flip_units:count}")
_TURNS = {
    ("season_over", "why"): Text(
        "若下一季在{flip_on:day}之前开始就会留下", "would be kept if that season began by {flip_on:day}"
    ),
    ("never_sold", "why"): Text(
        "若{flip_on:day}以后有过成交就会留下", "would be kept if it had sold since {flip_on:day}"
    ),
    ("never_sold", "why_stock"): _FEWER,
    ("never_sold", "why_both"): Text(
        "若{flip_on:day}以后有过成交、库存又多半卖得完就会留下",
        "would be kept if it had sold since {flip_on:day} and its stock were likely to clear",
    ),
    ("no_recent_sale", "why"): Text(
        "若{flip_on:day}以后有成交就会留下", "would be kept if it had sold since {flip_on:day}"
    ),
    ("no_recent_sale", "why_stock"): _FEWER,
    ("no_recent_sale", "why_both"): Text(
        "若{flip_on:day}以后有成交、库存又多半卖得完就会留下",
        "would be kept if it had sold since {flip_on:day} and its stock were likely to clear",
    ),
    ("will_not_clear", "why"): _FEWER,
    ("will_not_clear", "why_even_one"): Text("哪怕只剩1件也一样", "the same even with a single unit"),
    ("excess_cover", "why"): _FEWER,
    ("over_limit", "why"): Text("名额够就会留下", "would be kept if there were slots"),
    ("out_of_stock_long", "why"): Text(
        "若{flip_on:day}以后有成交或有货在途就会留下",
        "would be kept if it had sold since {flip_on:day} or goods were on their way",
    ),
    ("short_cover", "why"): Text("有{flip_units:count}件以上就够", "{flip_units:count} or more would do"),
}
"""What would turn a decision, by rule and ending."""


def _whole(facts: Text, turn: Text) -> Text:
    return Text(f"{facts.zh};{turn.zh}", f"{facts.en}; {turn.en}")


TEXTS: dict[str, Text] = {
    **{f"rule.{name}": text for name, text in _LABELS.items()},
    **{f"rule.{name}.{part}": text for name, text in _FACTS.items() for part in ("beside", "why")},
    "rule.none.why_untold": Text(
        "没有销量数据,库存{on_hand_units:count}件;该不该下架,看不出来",
        "no sales are told, {on_hand_units:count} on hand; whether it should go cannot be told",
    ),
    **{f"rule.{name}.{ending}": _whole(_FACTS[name], turn) for (name, ending), turn in _TURNS.items()},
}
