"""What is said about the demand model: the lines of an explanation, its signs, the figures, and 过去准不准 (the backtest)."""

from __future__ import annotations

from toolkit.words import Text

_LINES = {
    "model.state": Text("需求状态:{state}", "state: {state}"),
    "model.units": Text(
        "以后{weeks}周:大概卖{mean}件,八成可能在{low}到{high}件之间;一件不卖的可能{none}",
        "next {weeks} {weeks:week|weeks}: about {mean} {mean:unit|units}, 80 % between {low} and {high}; chance of selling nothing {none}",
    ),
    "model.clear": Text(
        "{weeks}周内(到{day})卖完{stock}件的可能{chance},到时大约还剩{left}件",
        "chance to clear {stock} {stock:unit|units} in {weeks} {weeks:week|weeks} (by {day}): {chance}; about {left} left by then",
    ),
    "model.clear_date": Text("一半可能在{day}前卖完", "as likely as not cleared by {day}"),
    "model.no_clear_date": Text("照现在的样子两年内卖不完", "at this pace not cleared within two years"),
    "model.jit": Text("JIT不适用:没有自己的库存要清", "JIT: there is no stock of its own to clear"),
    "model.dead": Text("没人再买的可能{chance}", "chance that nobody wants it any more: {chance}"),
    "model.score": Text(
        "下架分{score}(0–1,越高留着越亏;到{limit}才建议下架)",
        "delist score {score} (0 to 1, the share of the stake that keeping would lose; advised from {limit})",
    ),
    "model.season_on": Text("季节:{season},正在旺季,到{day}", "season: {season}, on until {day}"),
    "model.season_off": Text("季节:{season},下一季{day}开始", "season: {season}, the next one starts {day}"),
    "model.season": Text(
        "季节依据:自己{own},同类目{category},全店{store},其余当作全年一样",
        "season evidence: own {own}, category {category}, store {store}, the rest taken as a flat year",
    ),
    "model.season_title": Text("季节依据:标题里的词", "season evidence: words in its title"),
    "model.step": Text("手上的数据:{step}", "data: {step}"),
    "model.step_totals": Text(
        ";只有汇总的时段按整段的件数算,没有摊到每周",
        "; those count as totals of their whole period, not spread over weeks",
    ),
    "model.basis": Text("哪些天断货,依据:{basis}", "days out of stock are read from: {basis}"),
    "model.events_more": Text(
        "以后{weeks}周有{events}:预计比没有活动多卖{share}",
        "the next {weeks} {weeks:week|weeks} hold {events}: {share} more is expected than without",
    ),
    "model.events_less": Text(
        "以后{weeks}周有{events}:预计比没有活动少卖{share}",
        "the next {weeks} {weeks:week|weeks} hold {events}: {share} less is expected than without",
    ),
    "model.event": Text(
        "{event}({first}–{last},本店一天顶平日{worth}天,见过{seen}次)",
        "{event} ({first}–{last}, a day worth {worth} ordinary ones in this store, seen {seen} {seen:time|times})",
    ),
    "event.how": Text(
        "活动日期是我们的默认值或你写的,不是平台规定(toolkit.toml 的 events.days);影响多大只看本店自己的销量:活动周和前后几周比,看不出就按平日算。",
        "The days are our defaults or yours, not the platform's rules (events.days in toolkit.toml). What they matter is read from this store's own sales, event weeks against the weeks around them; where nothing shows, a day is an ordinary day.",
    ),
    "event.worth": Text(
        "{event}{own}:{days},一天顶平日{worth}天(见过{seen}次,采信{evidence})",
        "{event}{own}: {days}, a day is worth {worth} ordinary ones (seen {seen} {seen:time|times}, {evidence} believed)",
    ),
    "event.stocked": Text(
        "{event}{own}:{days},有库存记录,断货的周已经不计,不再另算(见过{seen}次)",
        "{event}{own}: {days}, stock is counted, so its empty weeks do not count anyway and nothing is added (seen {seen} {seen:time|times})",
    ),
    "event.flat": Text(
        "{event}{own}:{days},看不出5%以上的影响(见过{seen}次)",
        "{event}{own}: {days}, no effect of 5 % or more shows (seen {seen} {seen:time|times})",
    ),
    "event.unseen": Text(
        "{event}{own}:{days},本店还没见过,按平日算",
        "{event}{own}: {days}, not seen in this store yet, so ordinary days",
    ),
    "event.own": Text("(你写的日期)", " (your days)"),
    "event.days": Text("下次{first}–{last}", "next {first} to {last}"),
    "event.no_days": Text("一年内没有日期", "no days within a year"),
    "model.own_cases": Text("参考了本店过去{cases}例", "weighed by {cases} {cases:case|cases} of the store's own past"),
    "model.no_own_cases": Text(
        "本店自己的过去还不够长,用的是出厂权重", "the store's own past is too short: shipped weights are used"
    ),
    "model.signs": Text("最有分量的迹象:{signs}", "strongest signs: {signs}"),
    "model.sign_up": Text("{sign}(更可能不卖)", "{sign} (towards selling nothing)"),
    "model.sign_down": Text("{sign}(更可能卖)", "{sign} (towards selling)"),
    "model.too_little": Text(
        "不给概率:销量数据只有{weeks}周,至少要{need}周;再加更早的订单明细",
        "no probabilities: {weeks} {weeks:week of sales is|weeks of sales are} told, {need} are needed; add older order lines",
    ),
    "model.totals_only": Text(
        "不给概率:只有期间合计,下架分只用来排先后;加一份订单明细",
        "no probabilities: only period totals are known and the delist score is a ranking; add order lines",
    ),
}

_SIGNS = {
    "sign.level": Text("一般水平", "the usual level"),
    "sign.silence": Text("多久没成交", "time since the last sale"),
    "sign.silence_over_gap": Text("比平时的间隔长多少", "the silence against its usual gaps"),
    "sign.second_silence": Text("倒数第二次成交多久了", "time since the last sale but one"),
    "sign.often_3": Text("近几周成交的频率", "how often it sold in recent weeks"),
    "sign.often_8": Text("近两个月成交的频率", "how often it sold in two months"),
    "sign.often_26": Text("近半年成交的频率", "how often it sold in half a year"),
    "sign.units_3": Text("近几周的件数", "units of recent weeks"),
    "sign.units_26": Text("近半年的件数", "units of half a year"),
    "sign.orders_3": Text("近几周的订单数", "orders of recent weeks"),
    "sign.orders_26": Text("近半年的订单数", "orders of half a year"),
    "sign.age": Text("卖了多久", "time on offer"),
    "sign.share_4": Text("近4周有几周成交", "weeks with a sale of the last 4"),
    "sign.share_13": Text("近13周有几周成交", "weeks with a sale of the last 13"),
    "sign.one_big_week": Text("是不是全靠某一周", "whether one week made most of its sales"),
    "sign.gamma_8": Text("按近两个月的速度推算", "its pace of two months carried on"),
    "sign.gamma_26": Text("按近半年的速度推算", "its pace of half a year carried on"),
    "sign.bgnbd": Text("按成交节奏推算还有没有人买", "its rhythm of sales: alive or gone"),
    "sign.never": Text("一直没卖过", "never sold"),
    "sign.written_off": Text("报损的次数", "times stock was written off"),
    "sign.off_after": Text("最近成交后报损过", "stock written off after the last sale"),
    "sign.found_after": Text("最近成交后盘盈过", "stock found after the last sale"),
    "sign.off_units": Text("最近成交后报损的件数", "units written off after the last sale"),
    "sign.words_rise": Text("标题相近的商品在涨还是跌", "whether products with like titles rise or fall"),
    "sign.words_units": Text("标题相近的商品卖得怎样", "how products with like titles sell"),
    "sign.year_ago": Text("去年同几周的销量", "last year's same weeks"),
    "sign.season_turn": Text("去年这时候是转旺还是转淡", "whether last year rose or fell at this time"),
    "sign.season_ahead": Text(
        "同类目接下来转旺还是转淡", "whether the season of its category rises or falls from now on"
    ),
    "sign.season_silence": Text("没成交的日子是旺季还是淡季", "whether its silence lay in or out of season"),
    "sign.stale": Text("超过4周没成交", "no sale for over 4 weeks"),
}

_PLOT = {
    "plot.sold": Text("每周卖出", "sold per week"),
    "plot.untold": Text("没有销量数据", "no sales data"),
    "plot.per_week": Text("每周件数", "units per week"),
    "plot.in_all": Text("从今天起累计件数", "units in all from today"),
    "plot.range": Text("八成可能的范围", "80 % range"),
    "plot.median": Text("中位", "median"),
    "plot.stock": Text("库存{units}件", "stock: {units}"),
    "plot.no_forecast": Text("数据太少,不画预测", "too little data for a forecast"),
    "plot.exact": Text("说多少就是多少", "exactly as stated"),
    "plot.band": Text("碰运气会有的偏差(95%)", "what chance alone allows (95 %)"),
    "plot.group": Text("一组商品(点大=数量多)", "a group of products (larger: more)"),
    "plot.stated": Text("当时说的:8周一件不卖的可能", "stated: chance of selling nothing in 8 weeks"),
    "plot.observed": Text("后来真的一件没卖的比例", "observed: share that sold nothing"),
    "plot.reliability": Text("过去说得准不准", "How often it came as stated"),
    "plot.by_rule": Text("按这条老规则下架", "by the rule"),
    "plot.by_score": Text("按本工具下架同样多个", "by this tool, as many"),
    "plot.delisted": Text("({count}个)", "({count})"),
    "plot.sold_after": Text(
        "下错了:下架后8周里其实还会卖的比例", "wrongly delisted: share that sold in the 8 weeks after"
    ),
    "plot.equal_counts": Text("下架同样多个,谁下错得少", "As many delisted: who was wrong less often"),
}

_BACKTEST = {
    "backtest.title": Text("过去准不准", "How often such advice was right"),
    "backtest.head": Text(
        "在过去{cutoffs}个日子({first}到{last})重新做一遍判断,只用当时知道的数据,共{cases}例。",
        "Judged again on {cutoffs} {cutoffs:day|days} of the past ({first} to {last}) with only what was known then: {cases} {cases:case|cases}.",
    ),
    "backtest.right": Text(
        "当时说「8周多半一件不卖」的{said}例里,{right}真的一件没卖;说「多半会卖」的{other}例里,{sold}真的卖了。",
        "Of {said} {said:case|cases} called likely to sell nothing in 8 weeks, {right} sold nothing; of {other} called likely to sell, {sold} sold.",
    ),
    "backtest.stale": Text(
        "最难的是4周以上没成交的商品:把会卖和不会卖的各取一个来比,{auc}的时候排对了先后(50%是碰运气)。",
        "The hard ones are products without a sale for 4 weeks: of one that sold and one that did not, the order was right {auc} of the "
        "time (50 % is chance).",
    ),
    "backtest.range": Text(
        "八成可能的范围,8周时实际罩住了{share}。", "80 % ranges held {share} of what came in 8 weeks."
    ),
    "backtest.honest": Text("说的可能和真的比例平均差{error}。", "Stated chances were off by {error} on average."),
    "backtest.better": Text(
        "和「{rule}」下架同样多个({count}个)比:那条规则下错{theirs},本工具下错{ours}。",
        "As many delisted as by the rule “{rule}” ({count}): the rule was wrong in {theirs}, this tool in {ours}.",
    ),
    "backtest.money": Text(
        "按估算的钱:本工具平均拿回事后最好做法的{mean},最差的成本假设下{worst}(0=和全部留着一样,负数=还不如全留)。"
        "库存和成本是按规则抽的和假设的。",
        "In estimated money this tool captured {mean} of what hindsight would have saved, {worst} in the worst cost setting (0 is keeping "
        "everything, below 0 is worse). Stock is drawn by rule and cost assumed.",
    ),
    "backtest.files": Text("图和表在 {folder}:", "Figures and tables are in {folder}:"),
    "backtest.sheet.ranking": Text("排序", "Ranking"),
    "backtest.sheet.equal": Text("同样多个", "Equal counts"),
    "backtest.sheet.reliability": Text("说得准不准", "Reliability"),
    "backtest.sheet.ranges": Text("范围", "Ranges"),
    "backtest.sheet.money": Text("钱", "Money"),
    "backtest.how.equal": Text(
        "下架同样多个:下架后8周里其实还会卖的占多少,越低越好。",
        "As many delisted by each: the share that sold in the 8 weeks after; lower is better.",
    ),
    "backtest.how.ranking": Text(
        "会卖的和不会卖的各取一个,排对先后的比例;50%是碰运气。",
        "Of one product that sold and one that did not, how often the order was right; 50 % is chance.",
    ),
    "backtest.how.reliability": Text(
        "当时说的可能和后来真的比例,按大小分组;越接近越准。",
        "Stated chances against what came, by group; the closer the better.",
    ),
    "backtest.how.ranges": Text("八成可能的范围应当罩住80%左右。", "80 % ranges should hold about 80 % of what came."),
    "backtest.how.money": Text(
        "拿回事后最好做法的多少;负数=还不如全部留着。库存按规则抽取,成本按供货价的65%和85%假设,不是你的账。",
        "Share of what hindsight would have saved; below 0 is worse than keeping everything. Stock is drawn by rule and cost assumed at "
        "65 % and 85 % of the price: not your books.",
    ),
    "backtest.products.all": Text("全部", "all"),
    "backtest.products.selling": Text("4周内有成交", "sold within 4 weeks"),
    "backtest.products.stale": Text("4周以上没成交", "no sale for 4 weeks"),
    "backtest.rule.scorecard": Text("本工具", "this tool"),
    "backtest.rule.no_sale_30d": Text("30天没成交就下", "no sale in 30 days"),
    "backtest.rule.no_sale_60d": Text("60天没成交就下", "no sale in 60 days"),
    "backtest.rule.no_sale_90d": Text("90天没成交就下", "no sale in 90 days"),
    "backtest.rule.no_sale_180d": Text("180天没成交就下", "no sale in 180 days"),
    "backtest.rule.weeks_of_cover": Text("可卖周数超过52周就下", "over 52 weeks of cover"),
    "backtest.rule.abc_xyz": Text("ABC–XYZ里的CZ类就下", "class CZ of ABC–XYZ"),
    "backtest.rule.days_since_last_sale": Text("按距上次成交天数", "days since last sale"),
    "backtest.rule.tsb": Text("TSB间歇需求法", "TSB"),
    "backtest.rule.bgnbd": Text("BG/NBD", "BG/NBD"),
    "backtest.column.method": Text("方法", "method"),
    "backtest.column.rule": Text("规则", "rule"),
    "backtest.column.auc": Text("排对先后的比例", "order right (AUC)"),
    "backtest.column.auc_stale": Text("其中4周没成交的", "of those without a sale for 4 weeks"),
    "backtest.column.precision_top_tenth": Text("最该下的一成里真没卖的", "sold nothing, of the top tenth"),
    "backtest.column.delisted": Text("下架个数", "delisted"),
    "backtest.column.sold_by_rule": Text("规则下错", "wrong by the rule"),
    "backtest.column.sold_by_scorecard": Text("本工具下错", "wrong by this tool"),
    "backtest.column.products": Text("商品", "products"),
    "backtest.column.stated": Text("当时说的", "stated"),
    "backtest.column.observed": Text("真的", "observed"),
    "backtest.column.cases": Text("例数", "cases"),
    "backtest.column.horizon": Text("看几周", "weeks ahead"),
    "backtest.column.coverage_80": Text("八成范围罩住", "80 % range held"),
    "backtest.column.brier_skill": Text("比只看平均好多少", "Brier skill"),
    "backtest.column.calibration_error": Text("平均差多少", "calibration error"),
    "backtest.column.mean_capture": Text("平均拿回", "mean capture"),
    "backtest.column.worst_capture": Text("最差拿回", "worst capture"),
}

TEXTS: dict[str, Text] = {**_LINES, **_SIGNS, **_PLOT, **_BACKTEST}
