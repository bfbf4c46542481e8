"""One sentence for each setting: what it means, in which unit, and whose number it is."""

from __future__ import annotations

from toolkit.words import Text

TEXTS: dict[str, Text] = {
    "setting.store.name": Text("店铺名称", "name of the store"),
    "setting.store.language": Text("报告语言:zh 或 en", "language of the reports: zh or en"),
    "setting.store.currency": Text("没写币种时用的币种", "currency where a file states none"),
    "setting.store.listing_limit": Text(
        "上架名额:在售加审核中最多多少个(卖家指南写3000,以你的店为准)",
        "listing slots: on sale plus in review (the seller guide says 3,000; a per-store value)",
    ),
    "setting.store.absent_from_period_means_zero": Text(
        "期间销量文件里没有的商品当作0(默认:当作不知道)",
        "a product absent from a period export sold 0 (default: it is unknown)",
    ),
    "setting.store.special_categories": Text("本店可发的特殊类目", "special categories this store may list"),
    "setting.slow.no_sale_days": Text(
        "多少天没有成交算滞销(天)", "days without a sale before a product counts as slow"
    ),
    "setting.slow.never_sold_days": Text(
        "上架后一直没卖过,多少天算滞销(天)", "days on sale without any sale before a product counts as slow"
    ),
    "setting.slow.max_weeks_of_cover": Text(
        "库存够卖多少周以上算滞销(周)", "weeks of cover above which stock counts as slow"
    ),
    "setting.slow.min_sold_share_90d": Text(
        "90天售罄率低于多少,库存多时算滞销", "90-day sell-through below which well-covered stock counts as slow"
    ),
    "setting.slow.min_covered_days": Text(
        "至少有多少天销量数据才下滞销结论(天)", "days of sales data needed before anything is called slow"
    ),
    "setting.stock.min_weeks_of_cover": Text("可卖少于多少周算快断货(周)", "weeks of cover below which stock is short"),
    "setting.stock.out_of_stock_days": Text(
        "断货且没有在途多少天后建议先下架(天)", "days out of stock without inbound before a pause is advised"
    ),
    "setting.stock.jit_hours": Text(
        "JIT下单后多少小时内到仓(卖家指南写48小时)", "hours from JIT order to warehouse (the seller guide says 48)"
    ),
    "setting.season.min_strength": Text(
        "旺季指数至少是全年平均的几倍才算季节品(倍)", "peak seasonal index from which a product counts as seasonal"
    ),
    "setting.season.in_season_index": Text(
        "季节指数达到多少算当季(倍)", "seasonal index from which a week counts as in season"
    ),
    "setting.season.ahead_weeks": Text(
        "旺季前多少周内不建议下架(周)", "weeks before a season in which nothing is delisted"
    ),
    "setting.season.relist_lead_weeks": Text(
        "下一季开始前多少周重新上架(周)", "weeks before its next season at which a resting product is relisted"
    ),
    "setting.season.asleep_index": Text(
        "季节指数低于全年平均的几倍才建议换季下架(倍)",
        "seasonal index up to which a rest until the next season is advised",
    ),
    "setting.season.quiet_units_7d": Text(
        "换季下架前,近7天最多还卖几件(件)", "units in 7 days up to which a rest until the next season is advised"
    ),
    "setting.season.shrink_units": Text(
        "类目销量多少件时,一半信自己、一半当全年平均(件)",
        "units of category evidence at which its own pattern and a flat year weigh the same",
    ),
    "setting.season.min_weeks_observed": Text(
        "至少有多少周数据才算季节指数(周)", "weeks of data needed before a seasonal index is computed"
    ),
    "setting.guards.new_product_days": Text("新品保护期(天)", "days a new product is left alone"),
    "setting.guards.restocked_days": Text("刚到货后多少天内不下架(天)", "days after a receipt a product is left alone"),
    "setting.guards.stale_catalog_days": Text(
        "商品表超过多少天算过期,不能据此下架(天)", "age at which a product list is too old to delist from (days)"
    ),
    "setting.guards.stale_stock_days": Text(
        "库存表超过多少天算过期(天)", "age at which a stock file is too old to judge stock from (days)"
    ),
    "setting.guards.review_days": Text(
        "暂缓的商品多少天后再看(天)", "days after which a held product is looked at again"
    ),
    "setting.guards.policy_overrides": Text(
        "受保护但必须按政策下架的商品:商品ID = 谁决定的",
        "protected products that policy may delist all the same: product id = who decided it",
    ),
    "setting.guards.stale_orders_days": Text(
        "订单数据离分析日超过多少天,未完成订单算未核对(天)",
        "age of the newest order data from which open orders count as not checked (days)",
    ),
    "setting.funnel.min_impressions": Text(
        "曝光至少多少次才评价主图标题(次)", "impressions needed before image and title are judged"
    ),
    "setting.funnel.min_visitors": Text(
        "访客至少多少个才评价价格详情(个)", "visitors needed before price and details are judged"
    ),
    "setting.funnel.min_click_share": Text(
        "访客占曝光低于多少,算有曝光没点击", "visitors per impression below which a listing counts as not clicked"
    ),
    "setting.abc.a_share": Text("A类:累计金额占到多少为止", "class A: up to this share of cumulated revenue"),
    "setting.abc.b_share": Text("B类:累计金额占到多少为止", "class B: up to this share of cumulated revenue"),
    "setting.money.holding_rate_weekly": Text(
        "每周持有成本占供货价的比例", "holding cost per week as a share of the supply price"
    ),
    "setting.model.min_weeks": Text(
        "至少有多少周销量数据才给概率(周)", "weeks of sales data needed before probabilities are given"
    ),
    "setting.model.delist_score_min": Text(
        "下架分达到多少才建议下架(0–1;0.5就是留着不赚不亏,高出的是余量)",
        "delist score from which delisting is advised (0 to 1; at 0.5 keeping breaks even, what is above is the margin)",
    ),
    "setting.model.p_dead_min": Text(
        "没人再买的可能达到多少算没人买", "chance that demand has died from which a product counts as dead"
    ),
    "setting.model.p_clear_max": Text(
        "26周内卖完的可能低于多少算卖不完", "chance of clearing in 26 weeks up to which stock counts as too much"
    ),
    "setting.model.quiet_days": Text(
        "多少天内卖过的商品不算没人买(天)", "days within which a sale keeps a product from counting as dead"
    ),
    "setting.model.cost_share": Text(
        "不知道成本价时,按供货价的多少估算", "unit cost as a share of the supply price, where no cost is known"
    ),
    "setting.model.slot_share": Text(
        "一个上架名额每周的成本,占平均每个商品每周毛利的比例",
        "cost of a listing slot per week, as a share of the mean weekly gross margin of a product",
    ),
    "setting.workdays.count_from": Text(
        "工作日从哪天数起:1=第二天算第1天(默认),0=当天算第1天(平台没有写明)",
        "working days count from: 1 = the day after is day 1 (default), 0 = the day itself is (the platform does not say)",
    ),
}
