"""What is said of options in money, of slots, and of listings that look alike."""

from __future__ import annotations

from toolkit.words import Text

_PARTS = Text(
    "(毛利{margin_est_fen:money},缺货{stock_out_est_fen:money},压货{holding_est_fen:money},名额{slot_est_fen:money})",
    "(margin {margin_est_fen:money}, out of stock {stock_out_est_fen:money}, holding {holding_est_fen:money}, "
    "slot {slot_est_fen:money})",
)

TEXTS: dict[str, Text] = {
    "workbook.sheet.duplicates": Text("疑似重复", "Look alike"),
    "workbook.how.duplicates": Text(
        "每组看着是同一个商品:留往后预计卖得最多的那个,其余可以下架腾名额。先打开看一眼再定,这里不会自动下架。",
        "Each group looks like one product: keep the one expected to sell most, the others only share its buyers. Look before deciding; nothing here is delisted by itself.",
    ),
    "duplicate.keep.units_mean_13w": Text(
        "留这个:这一组里往后13周预计卖得最多,{keep_demand:ratio}件",
        "keep this one: it sells most of its group in the next 13 weeks, {keep_demand:ratio} expected",
    ),
    "duplicate.keep.units_90d": Text(
        "留这个:这一组里近90天卖得最多,{keep_demand:count}件",
        "keep this one: it sold most of its group in 90 days, {keep_demand:count}",
    ),
    "duplicate.keep.units_365d": Text(
        "留这个:这一组里近一年卖得最多,{keep_demand:count}件",
        "keep this one: it sold most of its group in a year, {keep_demand:count}",
    ),
    "duplicate.keep.none": Text(
        "留哪个都行:不知道各卖多少,先放商品ID小的",
        "either may stay: what each sells is not known, so the smaller id comes first",
    ),
    "duplicate.alike": Text(
        "和{keep_product_id}标题像{title_similarity:percent},类目和数字一样,没有看出不同",
        "title {title_similarity:percent} like {keep_product_id}, same category and numbers, no difference found",
    ),
    "duplicate.alike_and_more": Text(
        "和{keep_product_id}标题像{title_similarity:percent},类目和数字一样;{same}也一样",
        "title {title_similarity:percent} like {keep_product_id}, same category and numbers; also the same: {same}",
    ),
    "keep_basis.units_mean_13w": Text("往后13周预计", "the next 13 weeks, expected"),
    "keep_basis.units_90d": Text("近90天", "90 days"),
    "keep_basis.units_365d": Text("近一年", "a year"),
    "keep_basis.none": Text("不知道", "not known"),
    "same_facts.unit_cost": Text("成本价", "unit cost"),
    "same_facts.price": Text("供货价", "supply price"),
    "same_facts.seller_sku": Text("卖家SKU", "seller SKU"),
    "same_facts.colour": Text("颜色", "colour"),
    "same_facts.size": Text("尺码", "size"),
    "same_facts.who": Text("适用人群", "for whom"),
    "workbook.none.duplicates": Text("没有发现疑似重复的商品", "no listings look alike"),
    "workbook.about.money": Text("金额和名额", "Money and slots"),
    "action.CUT_PRICE": Text("降价", "cut the price"),
    "action.CUT_PRICE.means": Text(
        "货压得多,但下架不划算:可以降价,写明降到多少仍不亏、要多卖多少件",
        "too much stock, yet delisting does not pay: a lower price is possible, with its break-even",
    ),
    "action.WITHDRAW": Text("退仓", "take stock back"),
    "action.WITHDRAW.means": Text(
        "卖不完的那部分退回来,商品照卖;退仓规则需先问平台",
        "take back what will not sell and keep the listing; ask the platform for its rules first",
    ),
    "guard.no_gain": Text("下架不划算", "delisting does not pay"),
    "guard.no_gain.why": Text(
        "卖得慢,但按你的成本价算,留着还能赚,下架不划算", "slow, yet at your unit cost it earns more kept than delisted"
    ),
    "guard.weekly_cap": Text("排到下次", "next time"),
    "guard.weekly_cap.why": Text(
        "这次下架的已经够多(一次有上限),价值小的排到下次",
        "this run has its share of delistings: those worth less wait for the next",
    ),
    "option.KEEP": Text("照旧", "keep"),
    "option.CUT_PRICE": Text("降价", "cut the price"),
    "option.WITHDRAW": Text("退仓", "take stock back"),
    "option.REST_UNTIL": Text("换季下架", "rest until its season"),
    "option.DELIST": Text("下架", "delist"),
    "other_option.CUT_PRICE": Text("降价", "cut the price"),
    "other_option.WITHDRAW": Text("退仓", "take stock back"),
    "other_option.CUT_PRICE.why": Text(
        ";也可以降价:降到{option_price_fen:money}仍不亏,要比预计多卖{option_units:count}件才和现在赚得一样(降价能多卖多少不知道)",
        "; or cut the price: {option_price_fen:money} still covers its cost, and {option_units:count} more than expected "
        "would have to sell to earn as much (what a cut does to sales is not known)",
    ),
    "other_option.WITHDRAW.why": Text(
        ";也可以退仓{option_units:count}件(26周内多半卖不掉),退仓费每件不超过{recall_fee_max_est_fen:money}才划算,需先问平台",
        "; or take back {option_units:count} {option_units:unit|units} that 26 weeks will hardly sell: pays up to a fee of "
        "{recall_fee_max_est_fen:money} per unit; ask the platform first",
    ),
    "cost_basis.stated": Text("你填的成本价", "stated"),
    "cost_basis.assumed": Text("按假设成本估算", "assumed"),
    "cost_basis.assumed.why": Text(";金额按假设成本估算", "; money at an assumed unit cost"),
    "cost_basis.unknown": Text("不知道", "unknown"),
    "unknown.unit_cost": Text("成本价", "unit cost"),
    "unknown.holding_rate": Text("每周压货成本", "weekly holding cost"),
    "unknown.slot": Text("一个名额的成本", "cost of a slot"),
    "unknown.salvage": Text("剩货能卖回多少", "what left-over goods fetch"),
    "unknown.recall_fee": Text("退仓费", "the recall fee"),
    "money.flips": Text(
        "{unknown}没有准数:按{low}和{high}各算一遍,{products}个商品里有{flips}个会改变结论",
        "{unknown} is not known: between {low} and {high}, {flips} of {products} {products:decision|decisions} would turn",
    ),
    "explain.money": Text("往后{weeks}周的金额(都是估算):", "money over the next {weeks} weeks (all estimates):"),
    "explain.money_assumed": Text(
        "往后{weeks}周的金额(都是估算,成本按供货价的{share}假设):",
        "money over the next {weeks} weeks (all estimates, at an assumed unit cost of {share} of the supply price):",
    ),
    "explain.option.KEEP": Text(
        "  保留:{value_est_fen:money},八成在{value_low_est_fen:money}到{value_high_est_fen:money}之间" + _PARTS.zh,
        "  keep: {value_est_fen:money}, 80 % between {value_low_est_fen:money} and {value_high_est_fen:money} "
        + _PARTS.en,
    ),
    "explain.option.KEEP.even": Text(
        "  保留:{value_est_fen:money}" + _PARTS.zh, "  keep: {value_est_fen:money} " + _PARTS.en
    ),
    "explain.option.CUT_PRICE": Text(
        "  降价到{option_price_fen:money}:要比预计多卖{option_units:count}件才和保留赚得一样(降价能多卖多少不知道)",
        "  cut the price to {option_price_fen:money}: {option_units:count} more than expected would have to sell to earn as "
        "much as now (what a cut does to sales is not known)",
    ),
    "explain.option.WITHDRAW": Text(
        "  退仓{option_units:count}件:{value_est_fen:money},退仓费每件不超过{recall_fee_max_est_fen:money}才划算,需先问平台",
        "  take {option_units:count} units back: {value_est_fen:money}; pays up to a fee of {recall_fee_max_est_fen:money} per "
        "unit; ask the platform first",
    ),
    "explain.option.REST_UNTIL": Text(
        "  换季下架、到季再上:{value_est_fen:money},八成在{value_low_est_fen:money}到{value_high_est_fen:money}之间",
        "  rest until its season: {value_est_fen:money}, 80 % between {value_low_est_fen:money} and "
        "{value_high_est_fen:money}",
    ),
    "explain.option.REST_UNTIL.even": Text(
        "  换季下架、到季再上:{value_est_fen:money}", "  rest until its season: {value_est_fen:money}"
    ),
    "explain.option.DELIST": Text("  下架:{value_est_fen:money}", "  delist: {value_est_fen:money}"),
    "explain.not_counted": Text(";没算:{parts}", "; not counted: {parts}"),
    "explain.if_wrong": Text(
        "  下错的代价{regret_est_fen:money};再看一周值{wait_value_est_fen:money}(负数=不值得等)",
        "  cost if wrong {regret_est_fen:money}; waiting a week is worth {wait_value_est_fen:money} (negative: not worth it)",
    ),
    "explain.if_wrong_rest": Text("  下错的代价{regret_est_fen:money}", "  cost if wrong {regret_est_fen:money}"),
    "money.cap": Text(
        "这次最多下架{products}个(政策下架不算)",
        "at most {products} {products:product is|products are} delisted in this run (policy not counted)",
    ),
    "money.waiting": Text("还有{products}个价值小的排到下次", "{products} more, worth less, wait for the next run"),
    "money.cap_revenue": Text(
        "这次下架的商品,近90天销售额合计不超过{amount}",
        "the products delisted in this run have at most {amount} of the last 90 days' revenue",
    ),
    "money.for_slots": Text(
        "超了名额,多让出{products}个:先下有理由的,再从没有暂缓原因的里面挑留着最不值的",
        "the store is over its limit of slots: {products} more go, those missed least of what nothing holds",
    ),
    "money.over_capped": Text(
        "这样下完还超{products}个名额:受一次下架的上限限制,下次接着下",
        "still {products} over the limit of slots after this run: its share is used up, go on with the next",
    ),
    "money.over_stuck": Text(
        "这样下完还超{products}个名额:其余的都有暂缓原因或受保护,要人来挑",
        "still {products} over the limit of slots after this run: all others are held or protected, a person has to choose",
    ),
    "money.slot_free": Text(
        "名额还没用完,多上一个新品不用挤掉别的", "slots are free: a new product need not push another one out"
    ),
    "money.slot_price": Text(
        "名额已用满:再让出一个要少赚{amount},新品{weeks}周要比这赚得多才值得上",
        "all slots are taken: one more would cost {amount}, so a new product must promise more than that in {weeks} {weeks:week|weeks}",
    ),
    "money.slot_unknown": Text(
        "名额已用满,再让出哪个、少赚多少算不出来(没有成本价,或者其余的都不能动)",
        "all slots are taken, and what one more would cost is not known (no unit cost, or none of the others may go)",
    ),
    "money.assumed": Text(
        "{products}个商品没有成本价,按供货价的{share}估算(按假设成本估算)",
        "{products} {products:product has|products have} no unit cost: estimated at {share} of the supply price (assumed cost)",
    ),
    "money.no_claim": Text(
        "{products}个商品没有成本价,不给金额;填上成本价就有",
        "{products} {products:product has|products have} no unit cost: no money is claimed for them; state it to get some",
    ),
    "money.basis": Text(
        "金额都是往后{weeks}周的估算:毛利(供货价−成本价)、压货、名额;剩货能卖回多少和退仓费不知道就不算",
        "amounts are estimates over {weeks} {weeks:week|weeks}: margin (supply price − unit cost), holding, slot; salvage and recall fee only where known",
    ),
}
