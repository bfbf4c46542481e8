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
    "setting.store.self_run": Text(
        "这家是自营店(自己服务买家):下架时另写一份给买家的通知。店铺档案里被别的店写成「关联自营店」的,不用设也算",
        "this is a self-run store, which serves its buyers itself: a delisting also writes a notice to them; a store that "
        "the store file names as another's linked self-run store is one without this setting",
    ),
    "setting.store.absent_from_period_means_zero": Text(
        "期间销量文件里没有的商品当作0(默认:当作不知道)",
        "a product absent from a period export sold 0 (default: it is unknown)",
    ),
    "setting.store.special_categories": Text(
        "本店可发的特殊类目(哪些是特殊类目,写在 policy.xlsx)",
        "special categories this store may list (which are special stands in policy.xlsx)",
    ),
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
    "setting.policy.warn_days": Text(
        "资质到期前多少天开始提醒(天)", "days before the end of a qualification at which to begin to warn"
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
        "每周持有成本占成本价的比例(不知道成本价时,按供货价乘 model.cost_share 估的成本算)",
        "holding cost per week as a share of the unit cost (where that is not known: of the supply price times model.cost_share)",
    ),
    "setting.money.horizon_weeks": Text(
        "金额往后看几周(8、13、26)", "weeks ahead that money is worked out for (8, 13, 26)"
    ),
    "setting.money.use_assumed_cost": Text(
        "没有成本价的商品也按假设成本算金额(会注明“按假设成本估算”)",
        "work out money for products without a unit cost from the assumed share (marked as such)",
    ),
    "setting.money.salvage_share": Text(
        "剩货退回后能卖回成本的多少(0–1;unknown=不知道)",
        "what goods left over fetch, as a share of unit cost (0 to 1; unknown)",
    ),
    "setting.money.recall_fee_fen": Text(
        "退仓费,每件多少分(unknown=不知道,要先问平台)",
        "fee per unit taken back from the warehouse, in fen (unknown: ask the platform)",
    ),
    "setting.money.price_cut_share": Text("降价一档降多少(比例)", "one step of a price cut, as a share of the price"),
    "setting.money.act_margin": Text(
        "知道成本时,下架至少要划算多少才建议(占得失总额的比例)",
        "where the cost is known: least expected gain of delisting, as a share of what is at stake",
    ),
    "setting.plan.max_share_products": Text(
        "一次最多下架在售商品的多少(政策下架不算)", "most of the live products delisted in one run (policy not counted)"
    ),
    "setting.plan.max_share_revenue": Text(
        "一次下架的商品最多占近90天销售额的多少(政策下架不算)",
        "most of the last 90 days' revenue delisted in one run (policy not counted)",
    ),
    "setting.plan.always_products": Text(
        "小店也至少可以一次下架多少个", "products that may be delisted in one run however small the store is"
    ),
    "setting.plan.category_floors": Text(
        "每个类目至少保留多少个在售商品:类目 = 个数", "live products to be kept per category: category = number"
    ),
    "setting.duplicates.min_similarity": Text(
        "标题像到什么程度算疑似重复(0–1)", "likeness of titles from which listings count as near-duplicates (0 to 1)"
    ),
    "setting.duplicates.min_similarity_same": Text(
        "货号一样,或者成本价和供货价都一样时,标题像到什么程度就算疑似重复(0–1)",
        "likeness of titles that is enough where the seller code, or unit cost and supply price, are the same too (0 to 1)",
    ),
    "setting.duplicates.price_band": Text(
        "供货价相差多少以内才算疑似重复(比例)", "largest difference of supply prices between near-duplicates (share)"
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
    "setting.events.days": Text(
        '活动是哪几天(自带的活动日期是默认值,不是平台规定):名称 = 日期,如 sale_1111 = "11-11..11-13";换名称就是加一个自己的活动,off 表示不看它',
        'days of events (the shipped ones are defaults, not the platform\'s rules): name = days, such as sale_1111 = "11-11..11-13"; another name adds an event of your own, off leaves one out',
    ),
    "setting.cases.deposit_fen": Text(
        "一家店的保证金(分;开店指南:10,000元)", "the deposit of one store, in fen (seller guide: 10,000 yuan)"
    ),
    "setting.cases.refund_days_min": Text(
        "保证金退款通过后最快几个工作日到账(开店指南:3)",
        "fewest working days from approval to the refund of a deposit (seller guide: 3)",
    ),
    "setting.cases.refund_days_max": Text(
        "保证金退款通过后最迟几个工作日到账(开店指南:5)",
        "most working days from approval to the refund of a deposit (seller guide: 5)",
    ),
    "setting.cases.certification_hours": Text(
        "企业认证一般几小时(开店指南:约1小时)", "hours a company certification usually takes (seller guide: about 1)"
    ),
    "setting.cases.business_days_min": Text(
        "业务信息审核最快几个工作日(开店指南:2)",
        "fewest working days of a business information review (seller guide: 2)",
    ),
    "setting.cases.business_days_max": Text(
        "业务信息审核最迟几个工作日(开店指南:4)", "most working days of a business information review (seller guide: 4)"
    ),
    "setting.cases.account_days_min": Text(
        "资金账户审核最快几个工作日(开店指南:2)", "fewest working days of a fund account review (seller guide: 2)"
    ),
    "setting.cases.account_days_max": Text(
        "资金账户审核最迟几个工作日(开店指南:3)", "most working days of a fund account review (seller guide: 3)"
    ),
    "setting.cases.early_days": Text(
        "通过日之前几天内的到账也算这一笔(天)", "days before approval in which a credit may still belong to a case"
    ),
    "setting.cases.search_days": Text(
        "通过之后找到账最多找几个工作日", "working days after approval in which a credit is looked for"
    ),
    "setting.cases.gap_fen": Text(
        "写明是保证金退款的到账,差多少以内算同一笔(分)",
        "greatest gap of a credit that says it is a deposit's refund, in fen",
    ),
    "setting.cases.fresh_days": Text(
        "纠纷、订单、欠款、罚款名单多少天内的才算数(天)",
        "days for which a list of disputes, orders, debts or fines is believed",
    ),
    "setting.cases.bill_lag_days": Text(
        "账单最多可以比核对日早几天结束(天;账单通常到前一天)",
        "days before the day of checking on which a bill may end (bills usually end the day before)",
    ),
    "setting.cases.required_documents": Text(
        '审核要交的材料,写文件名里会有的词,例如 ["营业执照"](开店指南没写要哪些,默认不查)',
        'documents a review asks for, as words of their file names, e.g. ["营业执照"] (the guide names none: not checked)',
    ),
    "setting.cases.document_kinds": Text(
        '平台收哪些文件格式,例如 ["pdf", "jpg"](开店指南没写,默认不知道)',
        'kinds of files the platform takes, e.g. ["pdf", "jpg"] (the guide names none: unknown)',
    ),
    "setting.cases.document_max_mb": Text(
        "平台收的文件最大多少MB(开店指南没写,默认不知道)",
        "greatest size of a file the platform takes, in MB (the guide names none: unknown)",
    ),
    "setting.cases.mask_personal": Text(
        "对账表里姓名、电话、账号打码", "mask names, phones and account numbers in reconciliation.xlsx"
    ),
    "setting.workdays.count_from": Text(
        "工作日从哪天数起:1=第二天算第1天(默认),0=当天算第1天(平台没有写明)",
        "working days count from: 1 = the day after is day 1 (default), 0 = the day itself is (the platform does not say)",
    ),
    "wanted.int": Text("要一个整数", "a whole number is needed"),
    "wanted.float": Text("要一个数字", "a number is needed"),
    "wanted.bool": Text("要写 true 或 false", "true or false is needed"),
    "wanted.literal": Text("只能写 {expected}", "it takes {expected}"),
    "wanted.greater_than_equal": Text("不能小于 {ge}", "it must not be below {ge}"),
    "wanted.less_than_equal": Text("不能大于 {le}", "it must not be above {le}"),
    "wanted.string": Text("要写成引号里的文字", "a text in quotation marks is needed"),
    "wanted.tuple": Text("要写成列表,像 ['a', 'b']", "a list like ['a', 'b'] is needed"),
    "wanted.model": Text("这是一节的名字,设置要写在它下面", "this is the name of a section; settings stand below it"),
}
