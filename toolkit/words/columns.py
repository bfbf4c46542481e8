"""The name of each column in Chinese and English, and what an empty cell in it means.

A column name means the same in every table, so each is worded once; those about money stand in `money_columns`. Units
are part of the schema (`toolkit.schema.Column.unit`); here is only what people read.
"""

from __future__ import annotations

from toolkit.words import Text
from toolkit.words.column import NEVER_NULL, NONE, NOT_STATED, ColumnWords, column
from toolkit.words.money_columns import MONEY_COLUMNS

__all__ = ["COLUMNS", "NEVER_NULL", "TEXTS", "ColumnWords"]

_NO_STOCK_FILE = Text("没有库存文件,不知道", "no stock file: unknown")
_NO_SALES_FILE = Text("这段时间没有销量文件,不知道(不是0)", "no sales file covers this time: unknown, not 0")
_JIT = Text(
    "JIT不适用、没有库存或销量文件,或没卖也没货", "JIT, no stock or sales file, or nothing sold and nothing held"
)
_LESS_THAN_A_YEAR = Text("数据不足一年", "less than a year of data")
_NO_FORECAST = Text("销量数据太少,不给概率", "too little sales data for probabilities")
_NO_MONEY = Text("不知道成本价、价格、库存或销量,不给金额", "no claim in money: cost, price, stock or forecast unknown")
_NO_CLEARING = Text("JIT不适用、没有库存,或销量数据太少", "does not apply to JIT, no stock known, or too little data")


COLUMNS: dict[str, ColumnWords] = {
    # Where a row comes from
    "source_file": column("来源文件", "source file"),
    "source_sheet": column("工作表", "sheet", Text("不是Excel文件", "not a workbook")),
    "source_row": column("行号", "row"),
    "source_sha256": column("文件指纹", "file fingerprint"),
    "source": column("文件类型", "kind of file"),
    "occurrence": column("同一文件中第几次出现", "occurrence in the file"),
    "observed_on": column(
        "数据日期",
        "data date",
        Text("文件没有写日期,或不在商品表里", "the file states no date, or no product list has it"),
    ),
    "store": column("店铺", "store", Text("文件没有写店铺", "the file names no store")),
    "channel": column("渠道", "channel"),
    # Ids
    "product_id": column("商品ID", "product id"),
    "sku_id": column("SKU ID", "SKU id", NOT_STATED),
    "sc_item_id": column("货品ID", "warehouse item id", NOT_STATED),
    "seller_sku": column("卖家SKU", "seller SKU", NOT_STATED),
    "order_id": column("订单号", "order id", NOT_STATED),
    "order_line_id": column("子订单号", "order line id", NOT_STATED),
    "purchase_order_no": column("采购单号", "purchase order no."),
    "is_suspect_id": column("编号可能被Excel改坏", "id possibly damaged by Excel"),
    # Catalog
    "title": column("标题", "title", NOT_STATED),
    "category": column("类目", "category", NOT_STATED),
    "parent_category": column("上级类目", "parent category", NOT_STATED),
    "stocking_type": column("备货类型", "stocking type", NOT_STATED),
    "status": column("状态", "status", NOT_STATED),
    "status_raw": column("状态原文", "status as written", NOT_STATED),
    "audit_failure_type": column("审核不通过原因", "audit failure type", NONE),
    "supply_price_fen": column("供货价", "supply price", NOT_STATED),
    "unit_cost_fen": column("成本价", "unit cost", Text("不知道成本,不按金额下结论", "unknown: no claim in money")),
    "currency": column("币种", "currency", Text("没有金额", "no amount")),
    "listed_on": column("首次上架日", "first listed on", NOT_STATED),
    "modified_on": column("最近修改日", "last modified on", NOT_STATED),
    "bind_status": column("绑定状态", "binding status", NOT_STATED),
    # Stock
    "warehouse_code": column("仓编码", "warehouse code", NOT_STATED),
    "warehouse_name": column("仓名称", "warehouse", NOT_STATED),
    "quality": column("良品/残品", "quality", NOT_STATED),
    "on_hand_units": column("库存", "on hand (units)", _NO_STOCK_FILE),
    "locked_units": column(
        "占用", "locked (units)", Text("没有库存文件,或文件没有写占用", "no stock file, or it states no locked units")
    ),
    "sellable_units": column("可售库存", "sellable (units)", _NO_STOCK_FILE),
    "inbound_units": column("在途", "inbound (units)", Text("没有在途数据,不知道", "no inbound data: unknown")),
    "stock_as_of": column(
        "库存日期", "stock date", Text("没有库存数据,或没写日期", "no stock data, or without a date")
    ),
    # Sales
    "ordered_on": column("下单日", "ordered on"),
    "ordered_at": column("下单时间", "ordered at", NOT_STATED),
    "due_at": column("最晚到仓时间", "due at warehouse", NOT_STATED),
    "arrived_at": column("到仓时间", "arrived at warehouse", Text("还没到,或没写", "not yet, or not stated")),
    "quantity": column("件数", "units"),
    "received_units": column("收货件数", "units received", NOT_STATED),
    "unit_price_fen": column("单价", "unit price", Text("没写,或写坏了(见问题行)", "not stated, or unreadable")),
    "order_status": column("订单状态", "order status", NOT_STATED),
    "order_status_raw": column("订单状态原文", "order status as written", NOT_STATED),
    "po_type": column("采购单类型", "purchase order type", NOT_STATED),
    "week_start": column("周(周一)", "week (Monday)"),
    "units": column("净件数", "net units"),
    "orders": column("订单数", "orders", NOT_STATED),
    "revenue_fen": column("金额", "revenue", Text("没有单价", "no price known")),
    "sales_source": column("销量来源", "sales source", _NO_SALES_FILE),
    "first_day": column("第一天", "first day"),
    "last_day": column("最后一天", "last day"),
    "gap_days": column("缺几天", "days missing"),
    "told_by": column(
        "别的来源有", "told by another source", Text("没有别的来源,销量不知道", "by none: sales unknown")
    ),
    "period_start": column("统计开始", "period start", Text("没有期间数据", "no period data")),
    "period_end": column("统计结束", "period end", Text("没有期间数据", "no period data")),
    "stat_zone": column(
        "统计时区", "statistics time zone", Text("文件没有写,可能是美国日期", "not stated; may be US days")
    ),
    "search_impressions": column("搜索曝光量", "search impressions", NOT_STATED),
    "page_views": column("浏览量", "page views", NOT_STATED),
    "visitors": column("访客数", "visitors", NOT_STATED),
    "add_to_cart_buyers": column("加购人数", "buyers adding to cart", NOT_STATED),
    "add_to_cart_units": column("加购件数", "units added to cart", NOT_STATED),
    "units_paid": column("支付件数", "units paid", NOT_STATED),
    "orders_paid": column("支付订单数", "orders paid", NOT_STATED),
    "buyers_paid": column("支付买家数", "buyers paid", NOT_STATED),
    # Policy
    "policy_kind": column("条目类型", "entry kind"),
    "policy_value": column("条目内容", "entry"),
    "policy_document": column("资质名称", "qualification", Text("不是资质", "no qualification")),
    "policy_from": column("生效日", "in force from", Text("一直有效", "always")),
    "policy_until": column("失效日", "in force until", Text("没有期限", "no end")),
    "policy_exceptions": column("例外", "exceptions", NONE),
    "policy_list_on": column("名单日期", "list date", NOT_STATED),
    "note": column("备注", "note", NONE),
    # Profile
    "units_7d": column("近7天销量", "units, 7 days", _NO_SALES_FILE),
    "units_30d": column("近30天销量", "units, 30 days", _NO_SALES_FILE),
    "units_90d": column("近90天销量", "units, 90 days", _NO_SALES_FILE),
    "units_365d": column("近365天销量", "units, 365 days", _NO_SALES_FILE),
    "covered_days_90d": column("近90天有数据的天数", "days with data in 90"),
    "covered_days_365d": column("近365天有数据的天数", "days with data in 365"),
    "revenue_90d_fen": column(
        "近90天金额",
        "revenue, 90 days",
        Text("没有带单价的销量,或有两种币种", "no sale with a price, or two currencies"),
    ),
    "first_sale_on": column(
        "首次成交日", "first sale on", Text("没卖过,或只有期间数据", "never sold, or period data only")
    ),
    "last_sale_on": column(
        "最近成交日", "last sale on", Text("没卖过,或只有期间数据", "never sold, or period data only")
    ),
    "days_since_last_sale": column(
        "距上次成交天数", "days since last sale", Text("没卖过,或只有期间数据", "never sold, or period data only")
    ),
    "days_without_sale": column(
        "没有成交的天数",
        "days without a sale",
        Text("只知道范围(见至少、至多),或没有销量文件", "only a range is known (at least, at most), or no sales file"),
    ),
    "days_without_sale_min": column("没有成交的天数(至少)", "days without a sale (at least)", _NO_SALES_FILE),
    "days_without_sale_max": column(
        "没有成交的天数(至多)",
        "days without a sale (at most)",
        Text("没有销量文件,或不知道从哪天上架", "no sales file, or no listing day known"),
    ),
    "days_in_stock_90d": column(
        "近90天有货天数",
        "days in stock of 90",
        Text("不在售,又没有两次以上库存,不知道", "not on sale and fewer than two stock counts: unknown"),
    ),
    "stock_basis": column("有货天数的依据", "basis of in-stock days"),
    "last_restock_on": column("最近到货日", "last restock on", Text("没有看到到货,或JIT", "no restock seen, or JIT")),
    "rate_of_sale": column(
        "周销速(有货周)",
        "rate of sale (units/week in stock)",
        Text("没有销量文件,或90天一直没货", "no sales file, or out of stock for all 90 days"),
    ),
    "sold_share_90d": column("售罄率(卖出÷(卖出+库存))", "sell-through: sold ÷ (sold + on hand)", _JIT),
    "stock_turn_90d": column("动销倍数(卖出÷平均库存)", "sell-through: sold ÷ mean on hand", _JIT),
    "weeks_of_cover": column(
        "可卖周数", "weeks of cover", Text("没有销量、没有库存,或JIT", "nothing sells, no stock file, or JIT")
    ),
    "seasonal_index": column(
        "本周季节指数", "seasonal index this week", Text("数据不足一年", "less than a year of data")
    ),
    "seasonal_index_ahead": column(
        "未来季节指数(最高)", "highest seasonal index ahead", Text("数据不足一年", "less than a year of data")
    ),
    "season_strength": column("季节强度", "season strength", Text("数据不足一年", "less than a year of data")),
    "season_evidence": column("季节依据", "season evidence", Text("没有季节依据", "no season evidence")),
    "season_own_share": column("季节依据:自己占多少", "season evidence: its own share", _LESS_THAN_A_YEAR),
    "season_category_share": column(
        "季节依据:同类目占多少", "season evidence: its category's share", _LESS_THAN_A_YEAR
    ),
    "season_store_share": column(
        "季节依据:上级类目和全店占多少", "season evidence: share of the category above and the store", _LESS_THAN_A_YEAR
    ),
    "season_name": column("季节", "season", Text("全年或不知道", "all year, or unknown")),
    "is_in_season": column(
        "当季", "in season", Text("全年商品,或没有季节依据", "sells all year, or no season evidence")
    ),
    "next_season_on": column(
        "下一季开始", "next season starts on", Text("全年商品,或没有季节依据", "sells all year, or no season evidence")
    ),
    "season_ends_on": column("本季结束", "season ends on", Text("不在季节中", "not in season")),
    "age_days": column("上架天数", "days listed", NOT_STATED),
    "abc_class": column("ABC", "ABC class", _NO_SALES_FILE),
    "is_active_30d": column("近30天动销", "sold in 30 days", _NO_SALES_FILE),
    "funnel_advice": column("漏斗建议", "funnel advice", Text("没有流量数据", "no traffic data")),
    "jit_on_time_share": column(
        "48小时到仓率(估)",
        "share on time in 48 h (estimate)",
        Text("没有两个时间,或不是JIT", "both times not known, or not JIT"),
    ),
    "jit_orders_timed": column("有时间的JIT单数", "JIT orders with both times", Text("没有JIT采购单", "no JIT orders")),
    "open_orders_state": column("未完成订单", "open orders"),
    "open_units": column("欠货件数", "units owed", Text("未核对", "not checked")),
    "shippable_units": column(
        "可发件数", "units that can be shipped", Text("未核对,或不知道库存", "not checked, or no stock known")
    ),
    "gap_units": column("缺口件数", "gap (units)", Text("未核对,或不知道库存", "not checked, or no stock known")),
    "policy_hit": column("命中政策条目", "policy entry hit", NONE),
    "policy_hit_kind": column("命中类型", "kind of policy hit", NONE),
    "qualification": column("资质", "qualification", Text("没有记资质", "none is kept")),
    "qualification_until": column("资质有效期至", "qualification valid until", Text("没有记资质", "none is kept")),
    "special_category": column(
        "特殊类目", "special category", Text("不在你记的特殊类目里", "not in a category you keep as special")
    ),
    "policy_hit_place": column(
        "命中条目在哪", "place of the policy entry", Text("没有命中,或名单不是文件", "none, or no file")
    ),
    "policy_hit_at": column(
        "在标题第几个字", "at which character of the title", Text("不在标题里", "not in the title")
    ),
    "policy_hit_where": column("在标题的哪里", "where in the title", Text("不在标题里", "not in the title")),
    "policy_hit_list_on": column("命中名单日期", "date of the list hit", NONE),
    "is_protected": column("保护", "protected"),
    "data_step": column("数据台阶", "data step"),
    # What the demand model says
    **{
        name.format(weeks): column(zh.format(weeks), en.format(weeks), null)
        for weeks in (8, 13, 26)
        for name, zh, en, null in (
            ("p_no_sale_{}w", "{}周一件不卖的可能", "chance of selling nothing, {} weeks", _NO_FORECAST),
            ("units_mean_{}w", "{}周预计卖", "units expected, {} weeks", _NO_FORECAST),
            ("units_q10_{}w", "{}周少则卖(80%区间下限)", "units, {} weeks: lower end of the 80 % range", _NO_FORECAST),
            ("units_q50_{}w", "{}周卖(中位)", "units, {} weeks: median", _NO_FORECAST),
            ("units_q90_{}w", "{}周多则卖(80%区间上限)", "units, {} weeks: upper end of the 80 % range", _NO_FORECAST),
            ("p_clear_{}w", "{}周内卖完的可能", "chance that stock clears, {} weeks", _NO_CLEARING),
            ("units_left_{}w", "{}周后预计还剩", "units expected to be left, {} weeks", _NO_CLEARING),
        )
    },
    "clear_date_median": column(
        "一半可能卖完的日子",
        "day by which stock is as likely cleared as not",
        Text(
            "两年内卖不完、JIT不适用、没有库存,或销量数据太少",
            "not within two years, JIT, no stock known, or too little data",
        ),
    ),
    "p_dead": column("没人再买的可能", "chance that demand has died", _NO_FORECAST),
    "demand_state": column("需求状态", "state of demand", _NO_FORECAST),
    "delist_score": column(
        "下架分(0–1)",
        "delist score: share of the stake that keeping would lose (0–1)",
        Text("没有任何销量数据", "no sales data at all"),
    ),
    "keep_below_units": column(
        "库存少于几件就值得留",
        "worth keeping with less stock than (units)",
        Text("不靠库存判断,或本来就值得留", "not a matter of stock, or worth keeping as it is"),
    ),
    "outlook_until": column("26周预测到哪天", "end of the 26 weeks ahead", _NO_FORECAST),
    "exposure_basis": column("断货按什么看", "basis of days out of stock", _NO_FORECAST),
    "own_cases": column("参考了自己过去多少例", "cases of the store's own past behind the forecast", _NO_FORECAST),
    "next_event": column(
        "13周内的下一个活动",
        "next event within 13 weeks",
        Text("13周内没有,或销量数据太少", "none within 13 weeks, or too little sales data"),
    ),
    "next_event_multiplier": column(
        "活动一天顶平日几天(1=看不出或没见过)",
        "what a day of that event is worth in ordinary days (1: no effect seen, or never seen)",
        Text("13周内没有活动,或销量数据太少", "no event within 13 weeks, or too little sales data"),
    ),
    # Decision
    "rank": column("序号", "rank"),
    "action": column("建议动作", "suggested action"),
    "reason_code": column("原因", "reason", Text("没有下架理由", "no reason to delist")),
    "rule": column("规则", "rule", Text("没有规则命中", "no rule fired")),
    "rules": column("命中的规则", "rules that fired", NONE),
    "guard": column("暂缓原因", "guard", NONE),
    "guards": column("所有暂缓原因", "all guards", NONE),
    "relist_on": column("再上日期", "relist on", Text("不是换季下架", "not a seasonal rest")),
    "review_on": column("再看日期", "look again on", Text("不用再看", "no need to look again")),
    "flip_units": column(
        "翻转件数(库存少于它就不这样建议)",
        "turning units (with less stock the advice would differ)",
        Text("不是按件数判断的", "not decided by a number of units"),
    ),
    "flip_on": column(
        "翻转日期(过了它结论就变)",
        "turning day (the day on which the advice would differ)",
        Text("不是按日期判断的", "not decided by a day"),
    ),
    "sentence": column("依据", "why"),
    # In money
    "cost_basis": column("成本价来自", "unit cost is"),
    "value_est_fen": column("照做多赚(估算)", "gained by acting (estimate)", _NO_MONEY),
    "regret_est_fen": column("下错的代价(估算)", "cost if wrong (estimate)", _NO_MONEY),
    "wait_value_est_fen": column("再看一周值多少(估算)", "waiting a week is worth (estimate)", _NO_MONEY),
    "other_option": column("还可以", "or else", Text("没有别的划算做法", "no other option stands out")),
    "option": column("做法", "option"),
    "option_price_fen": column(
        "降到多少", "price cut to", Text("没法再降,或不知道成本", "no cut possible, or no cost known")
    ),
    "option_units": column("要多卖/退仓件数", "units to sell more or take back", Text("用不上", "does not apply")),
    "recall_fee_max_est_fen": column("退仓费每件不超过(估算)", "recall fee at most, per unit (estimate)", _NO_MONEY),
    "value_low_est_fen": column("金额下限(10%)", "value, 10 % quantile", _NO_MONEY),
    "value_high_est_fen": column("金额上限(90%)", "value, 90 % quantile", _NO_MONEY),
    "margin_est_fen": column("毛利(估算)", "margin (estimate)", _NO_MONEY),
    "stock_out_est_fen": column("缺货少赚(估算)", "lost to stock-out (estimate)", _NO_MONEY),
    "holding_est_fen": column("压货成本(估算)", "holding (estimate)", _NO_MONEY),
    "salvage_est_fen": column("剩货能卖回(估算)", "salvage (estimate)", _NO_MONEY),
    "slot_est_fen": column("占名额的成本(估算)", "slot (estimate)", _NO_MONEY),
    "unknown_parts": column("没算进去的", "parts left out as unknown", NONE),
    "unknown": column("不知道的数", "figure nobody stated"),
    "low": column("低", "low"),
    "high": column("高", "high"),
    "products": column("影响商品数", "products it bears on"),
    "flips": column("会改变结论的商品数", "decisions that turn"),
    "duplicate_of": column("疑似重复,建议留", "near-duplicate of", Text("没有发现重复", "no near-duplicate found")),
    "duplicate_group": column("组", "group"),
    "keep_product_id": column("建议留哪个", "the one to keep"),
    "is_one_to_keep": column("留这个", "keep this one"),
    "title_similarity": column("标题相似度", "likeness of titles"),
    "same_facts": column(
        "还有哪些一样",
        "what else is the same",
        Text("除了标题没有别的可比", "nothing beside the title is stated by both"),
    ),
    "keep_basis": column("按什么选要留的", "the one to keep is chosen by"),
    "keep_demand": column("要留的卖多少", "demand of the one to keep"),
    "decision": column("我的决定", "my decision", Text("空白=没有同意", "blank = not approved")),
    **MONEY_COLUMNS,
    # Rejected rows
    "cell": column("单元格", "cell", Text("整行", "the whole row")),
    # Decisions and their fate
    "answer": column("我的决定", "my decision", Text("没有填", "left blank")),
    "answer_raw": column("我的决定原文", "my decision as written", Text("没有填", "left blank")),
    "orders_checked": column(
        "已在后台核对",
        "checked in the seller centre",
        Text("订单有文件可查,或没有填", "a file tells its orders, or left blank"),
    ),
    "done": column("已操作", "done", Text("没有填", "left blank")),
    "acted_on": column("操作日期", "date done", Text("没有填", "left blank")),
    "result": column("结果", "result", Text("没有填", "left blank")),
    "result_raw": column("结果原文", "result as written", Text("没有填", "left blank")),
    "transaction": column("记录编号", "transaction"),
    "step": column("第几步", "step"),
    "from_state": column("之前", "state before", Text("第一次", "the first step")),
    "state": column("状态", "state"),
    "evidence": column("怎么知道的", "how it is known", Text("自己的决定", "a decision of one's own")),
    "evidence_on": column("依据的日期", "date of the evidence", Text("没有写", "not stated")),
    "who": column("谁", "who"),
    "at": column("什么时候", "when"),
    "run_id": column("运行号", "run"),
    "week": column("周", "week"),
    "settings_digest": column("设置指纹", "fingerprint of the settings"),
    "inputs_sha256": column("文件指纹", "fingerprint of the inputs"),
    # Two runs compared
    "moved": column("进出", "moved"),
    "action_before": column("上次的动作", "action before", Text("上次没有这个商品", "not in the older run")),
    "reason_code_before": column("上次的原因", "reason before", Text("没有原因", "no reason")),
    "rule_before": column("上次的规则", "rule before", Text("没有规则说它", "no rule spoke of it")),
    "guard_before": column("上次的暂缓原因", "held before by", Text("没有暂缓", "nothing held it")),
    "action_after": column("这次的动作", "action after", Text("这次没有这个商品", "not in the newer run")),
    "reason_code_after": column("这次的原因", "reason after", Text("没有原因", "no reason")),
    "rule_after": column("这次的规则", "rule after", Text("没有规则说它", "no rule spoke of it")),
    "guard_after": column("这次的暂缓原因", "held now by", Text("没有暂缓", "nothing held it")),
    "cause": column("为什么变", "cause of the change"),
    "column": column("列", "column", Text("整行", "the whole row")),
    "value": column("内容", "content", Text("空白", "blank")),
    "problem": column("问题", "problem"),
    "effect": column("处理", "what was done"),
}

TEXTS: dict[str, Text] = {f"column.{name}": words.title for name, words in COLUMNS.items()} | {
    f"column.{name}.null": words.null for name, words in COLUMNS.items()
}
