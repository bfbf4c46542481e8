"""What is advised and why, as an operator says it: actions, reasons, guards, and the notes of the summary.

``guard.<name>`` is a short label; with ``.why`` it is the sentence with its numbers, in the template form of
`toolkit.words.sentences`. The sentences of the rules are in `toolkit.words.rules`.
"""

from __future__ import annotations

from toolkit.words import Text

_ACTIONS = {
    "action.MUST_DELIST": Text("必须下架", "must delist"),
    "action.MUST_DELIST.means": Text("命中政策名单,必须下架", "the policy list forbids it: it must go"),
    "action.DELIST": Text("下架", "delist"),
    "action.DELIST.means": Text("建议下架,由你决定", "taking it off sale is advised; you decide"),
    "action.REST_UNTIL": Text("换季下架", "rest until its season"),
    "action.REST_UNTIL.means": Text(
        "季节过了,先下架,到日子再上", "its season is over: take it off sale and relist it on the day given"
    ),
    "action.RESTOCK": Text("补货", "restock"),
    "action.RESTOCK.means": Text("有人买但货不够,先补货", "buyers want it and stock is short: send goods"),
    "action.WATCH": Text("先别动", "wait"),
    "action.WATCH.means": Text("先不下架:要么被暂缓,要么先核对一下", "leave it for now: held, or worth a look first"),
    "action.KEEP": Text("保留", "keep"),
    "action.KEEP.means": Text("没有下架理由,不用动", "no reason to change anything"),
}

_REASONS = {
    "reason_code.POLICY": Text("政策", "policy"),
    "reason_code.POLICY.means": Text("政策调整:名单上不让卖", "policy: the list forbids it"),
    "reason_code.SEASON": Text("换季", "season over"),
    "reason_code.SEASON.means": Text("季节性调整:季节过了,以后还会卖", "season: it is over, and it will sell again"),
    "reason_code.SLOW": Text("滞销", "slow"),
    "reason_code.SLOW.means": Text(
        "商品滞销:有货,有时间,就是卖不动", "slow: in stock, time enough, and it does not sell"
    ),
    "reason_code.STOCK": Text("缺货", "out of stock"),
    "reason_code.STOCK.means": Text("库存不足:没货或快没货", "stock: none left, or nearly none"),
    "reason_code.SLOTS": Text("名额不够", "too few slots"),
    "reason_code.SLOTS.means": Text(
        "名额不够:超了上架名额,在没有暂缓原因的里面挑留着最不值的",
        "too few slots: the store is over its limit, and of what nothing holds this is missed least",
    ),
    "reason_code.CHECK": Text("先核对", "check first"),
    "reason_code.CHECK.means": Text("数据不够下结论,先看这些", "too little is known to judge: look at these first"),
}

_GUARDS = {
    "guard.already_off_sale": Text("已经不在售", "already off sale"),
    "guard.already_off_sale.why": Text(
        "状态是{status:label}({status_raw}),不用处理", "its status is {status:label} ({status_raw}): nothing to do"
    ),
    "guard.suspect_id": Text("编号可能被Excel改坏", "id possibly damaged by Excel"),
    "guard.suspect_id.why": Text(
        "商品ID可能被Excel改坏了,照着下架会下错;请从后台重新导出,ID列存成文本",
        "Excel may have damaged its id, and acting on it could hit another product; export again with the id as text",
    ),
    "guard.undated_catalog": Text("商品表没有日期", "product list without a date"),
    "guard.undated_catalog.why": Text(
        "没有带日期的商品表,不知道它现在还在不在售;请在商品表里填数据日期",
        "no product list states its date, so whether it is still on sale is unknown; fill in the data date",
    ),
    "guard.stale_catalog": Text("商品表太旧", "product list too old"),
    "guard.stale_catalog.why": Text(
        "商品表是{observed_on:day}的,太旧了,不能照着下架;请换新的商品表",
        "the product list is of {observed_on:day}, too old to act on; bring a new one",
    ),
    "guard.not_in_newest_catalog": Text("最新商品表里没有", "not in the newest product list"),
    "guard.not_in_newest_catalog.why": Text(
        "最新的商品表里没有它(最后一次见到{observed_on:day}),可能已经下架",
        "the newest product list does not have it (last seen {observed_on:day}); it may be off sale already",
    ),
    "guard.protected_conflict": Text("保护名单和政策冲突", "protected, but against policy"),
    "guard.protected_conflict.why": Text(
        "在保护名单上,又命中政策名单:{policy_hit};要有人具名决定(设置 guards.policy_overrides)",
        "protected, and on the policy list: {policy_hit}; a named person must decide (setting guards.policy_overrides)",
    ),
    "guard.protected": Text("在保护名单上", "protected"),
    "guard.protected.why": Text(
        "在你的保护名单上,不因为卖得慢下架", "on your protected list: never delisted for selling slowly"
    ),
    "guard.open_gap": Text("欠货还没发", "units still owed"),
    "guard.open_gap.why": Text(
        "还欠{open_units:count}件,可发{shippable_units:count}件,缺{gap_units:count}件,先把订单发完",
        "{open_units:count} {open_units:unit is|units are} owed, {shippable_units:count} can be shipped: {gap_units:count} short; serve the orders first",
    ),
    "guard.in_review": Text("审核中", "in review"),
    "guard.in_review.why": Text("平台还在审核,等结果", "the platform is reviewing it; wait for the result"),
    "guard.inbound": Text("有在途", "goods on their way"),
    "guard.inbound.why": Text(
        "还有{inbound_units:count}件在途,等到仓再看",
        "{inbound_units:count} {inbound_units:unit is on its way|units are on their way}",
    ),
    "guard.season_coming": Text("快到旺季", "season coming"),
    "guard.season_coming.why": Text(
        "下一季{next_season_on:day}就开始,现在下架会错过", "its next season starts {next_season_on:day}"
    ),
    "guard.new_product": Text("新品", "new product"),
    "guard.new_product.why": Text(
        "才上架{age_days:days}天,再给点时间", "listed for {age_days:days} {age_days:day|days} only; give it time"
    ),
    "guard.recently_restocked": Text("刚到货", "just restocked"),
    "guard.recently_restocked.why": Text(
        "{last_restock_on:day}刚到货,再卖一阵看看", "goods arrived on {last_restock_on:day}; let them sell for a while"
    ),
    "guard.stale_stock": Text("库存数据太旧", "stock data too old"),
    "guard.stale_stock.why": Text(
        "库存是{stock_as_of:day}的,太旧了;请换新的库存表",
        "its stock is of {stock_as_of:day}, too old; bring a new stock file",
    ),
    "guard.too_little_data": Text("数据太少", "too little data"),
    "guard.too_little_data.why": Text(
        "近90天只有{covered_days_90d:days}天有销量数据,下不了结论",
        "only {covered_days_90d:days} of the last 90 days have sales data: too little to conclude",
    ),
}

_VALUES = {
    "value.hardly": Text("不到1%", "under 1%"),
    "value.surely": Text("99%以上", "over 99%"),
    "value.unknown": Text("未知", "unknown"),
    "value.unknown_currency": Text("(币种未知)", "(currency unknown)"),
}

_NOTES = {
    # What to do today
    "todo.must": Text(
        "必须下架的{products}个先下", "take the {products} {products:product|products} on the policy list off sale"
    ),
    "todo.conflict": Text(
        "{products}个受保护又违反政策,要有人拍板",
        "{products} {products:product is|products are} protected and against policy: somebody must decide",
    ),
    "todo.papers": Text(
        "{products}个商品的资质快到期(最早{first}),先去换证",
        "qualifications of {products} {products:product|products} are about to end (first on {first}): renew them",
    ),
    "todo.special": Text(
        "{products}个在特殊类目,核实本店能不能发",
        "{products} {products:product is|products are} in special categories: check that the store may list them",
    ),
    "todo.tell": Text(
        "{products}个还有未完成订单(欠{units}件),下架前先通知客户并发完",
        "{products} {products:product has|products have} open orders ({units} {units:unit|units} owed): tell the buyers and serve them first",
    ),
    "todo.delist": Text(
        "过一遍下架清单里的{products}个,填“我的决定”",
        "go through the {products} {products:suggestion|suggestions} and fill in the decision",
    ),
    "todo.restock": Text("{products}个该补货", "restock {products} {products:product|products}"),
    "todo.check": Text(
        "{products}个数据不够,先核对",
        "look at {products} {products:product|products} first: too little is known to judge",
    ),
    "todo.ids": Text(
        "{products}个编号可能被Excel改坏,重新导出(ID列存成文本)",
        "export {products} {products:product|products} again with the id as text: Excel may have damaged it",
    ),
    # What cannot be decided, and which file would tell
    "undecided.rejected": Text(
        "{file}有{rows}行没读进来(共{of}行),没算在内;看问题行,改好再跑",
        "{rows} of {of} {of:row|rows} of {file} could not be read and {rows:is|are} left out; see the problem rows, mend them and run again",
    ),
    "undecided.after_today": Text(
        "{file}有{rows}行的日期在今天之后(最早{day}),不可能,没有用来判断;看问题行,改正日期再跑",
        "{rows} {rows:row|rows} of {file} {rows:is|are} dated after today (the first {day}), which cannot be, and {rows:is|are} not used; see the problem "
        "rows, mend the dates and run again",
    ),
    "undecided.far_ahead": Text(
        "{file}有{rows}行的日期比其他所有日期晚很多(最早{day}),像是年份打错,没有用来判断;看问题行改正,日期没错就写明按哪天判断(as_of)",
        "{rows} {rows:row|rows} of {file} {rows:is|are} dated far after all other days (the first {day}), like a year typed wrong, and {rows:is|are} not "
        "used; see the problem rows and mend them, or say which day to judge by (as_of) if they are right",
    ),
    "undecided.period_not_over": Text(
        "{file}的统计期到{day}才结束,还没完,没有用来判断;等结束后重新下载",
        "the period of {file} ends on {day} and still runs, so it is not used; download it again when it is over",
    ),
    "undecided.catalog": Text(
        "没有商品表,不知道{products}个商品现在还在不在售;加一份商品表(只有商品ID必填,最好有状态和数据日期)",
        "there is no product list, so {products} {products:product|products} may or may not be on sale; add one (only the product id is required, "
        "better with status and data date)",
    ),
    "undecided.catalog_date": Text(
        "商品表没有数据日期,不知道{products}个商品现在还在不在售;在商品表里填数据日期",
        "no product list states its date, so {products} {products:product|products} may or may not be on sale; fill in the data date",
    ),
    "undecided.sales": Text(
        "{of}个里有{products}个没有按天的销量,不能说滞销;加一份订单明细或采购单",
        "{products} of {of} {of:product|products} {products:has|have} no dated sales, so none can be called slow; add order lines or purchase orders",
    ),
    "undecided.stock": Text(
        "{of}个里有{products}个没有库存,分不清滞销还是断货;加一份库存表,或填商品表的库存列",
        "{products} of {of} {of:product|products} {products:has|have} no stock, so slow and empty look the same; add a stock file or fill in the stock column",
    ),
    "undecided.inbound": Text(
        "{products}个不知道有没有在途;加一份采购单,或填商品表的在途列",
        "{products} {products:product|products}: unknown whether goods are on their way; add purchase orders or fill in the inbound column",
    ),
    "undecided.open_orders": Text(
        "建议下架的里有{products}个没核对未完成订单;加一份带状态的订单明细,或到后台查过在清单里打勾",
        "open orders of {products} suggested products were not checked; add order lines with their status, or look in the seller centre and tick the list",
    ),
    "undecided.season": Text(
        "{of}个里有{products}个看不出季节(要一年以上的订单)",
        "no season can be told for {products} of {of} {of:product|products} (a year of orders is needed)",
    ),
    "undecided.status": Text(
        "{products}个没有状态,名额只能估个大概;填商品表的状态列",
        "{products} {products:product has|products have} no status, so free slots are an upper bound; fill in the status column",
    ),
    "undecided.cost": Text(
        "{of}个里有{products}个没有成本价,不按金额下结论;填商品表的成本价列",
        "{products} of {of} {of:product|products} {products:has|have} no unit cost, so nothing is claimed in money; fill in the unit cost column",
    ),
    "undecided.policy": Text(
        "没有政策名单,政策原因没有查;填 policy.xlsx",
        "there is no policy list, so policy was not checked; fill in policy.xlsx",
    ),
    # 我的假设
    "assumed.setting": Text("{setting}:{value}(默认值,设置 {name})", "{setting}: {value} (default; setting {name})"),
    "assumed.as_of": Text("截至日期用数据里最新的一天:{day}", "as of the latest day in the data: {day}"),
    "assumed.frame_date": Text(
        "直接传入的{table}没有数据日期,当作{day}的", "the {table} handed in states no date; taken as of {day}"
    ),
}

_EXPLAIN = {
    "explain.head": Text("{product} {title}:{action}", "{product} {title}: {action}"),
    "explain.policy_where": Text(
        "在标题第{policy_hit_at:count}个字:{policy_hit_where}",
        "at character {policy_hit_at:count} of the title: {policy_hit_where}",
    ),
    "explain.also": Text("另外:{why}", "also: {why}"),
    "explain.guard": Text("暂缓:{why}", "held: {why}"),
    "explain.covered": Text(
        "有销量数据的日子:近90天里{covered_days_90d:days}天,近一年里{covered_days_365d:days}天;别的日子卖没卖不知道",
        "days with sales data: {covered_days_90d:days} of the last 90, {covered_days_365d:days} of the last 365; of the others nothing is known",
    ),
    "explain.relist_on": Text("再上日期:{day}", "relist on {day}"),
    "explain.review_on": Text("再看日期:{day}", "look again on {day}"),
    "explain.until": Text(
        "到{flip_on:day}还没有新的成交,就会算滞销", "would count as slow if nothing is sold by {flip_on:day}"
    ),
    "explain.until_model": Text(
        "到{flip_on:day}还没有新的成交,天数就够算滞销了(还要看是不是真的没人买)",
        "silent for long enough to count as slow if nothing is sold by {flip_on:day}, should demand look dead by then",
    ),
    "explain.unknown.observed_on": Text(
        "不知道:商品表没有数据日期;补上日期才能据此下架",
        "unknown: the product list states no date; add it before acting",
    ),
    "explain.unknown.units_90d": Text(
        "不知道:近90天销量;加一份订单明细", "unknown: units sold in 90 days; add order lines"
    ),
    "explain.unknown.sellable_units": Text("不知道:库存;加一份库存表", "unknown: stock; add a stock file"),
    "explain.unknown.inbound_units": Text(
        "不知道:在途;加在途库存或仓发采购单",
        "unknown: goods on their way; add the in-transit file or type-10 purchase orders",
    ),
    "explain.unknown.open_units": Text(
        "不知道:有没有未完成订单;加一份带状态的订单明细", "unknown: open orders; add order lines with their status"
    ),
    "explain.unknown.unit_cost_fen": Text(
        "不知道:成本价,所以不按金额下结论;填商品表的成本价列",
        "unknown: unit cost, so no claim in money is made; fill in the cost column of the product sheet",
    ),
    "explain.unknown.listed_on": Text(
        "不知道:首次上架日;填商品表的首次上架日列",
        "unknown: when it was first listed; fill in that column of the product sheet",
    ),
}

_POLICY_NEWS = {
    "policy_news.line": Text("政策名单比上次({since}):{parts}。", "Policy list since {since}: {parts}."),
    "policy_news.caught": Text("新命中{count}个({names})", "{count} newly caught ({names})"),
    "policy_news.freed": Text("不再命中{count}个({names})", "{count} caught no longer ({names})"),
    "policy_news.comma": Text(",", "; "),
    "policy_news.free": Text(
        "不再命中:{product} {title},原来的条目「{entry}」,{why}",
        'caught no longer: {product} {title}, formerly by "{entry}": {why}',
    ),
    "policy_news.why.entry": Text("名单里没有这一条了,或已失效", "the entry is gone or has run out"),
    "policy_news.why.product": Text(
        "标题、类目变了,或加了例外", "its title or category changed, or an exception was made"
    ),
    "policy_news.why.gone": Text("这次的数据里没有这个商品", "the product is not in the data any more"),
}

TEXTS: dict[str, Text] = {**_POLICY_NEWS, **_ACTIONS, **_REASONS, **_GUARDS, **_EXPLAIN, **_NOTES, **_VALUES}
