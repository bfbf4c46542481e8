"""What the command line says."""

from __future__ import annotations

from toolkit.words import Text

TEXTS: dict[str, Text] = {
    "cli.toolkit": Text(
        "速卖通全托管卖家的每周工具:读导出文件,说哪些商品该下架、为什么、到什么时候。",
        "Weekly work of a fully-managed AliExpress seller: reads exports, says what to take off sale, why and until when.",
    ),
    "cli.init": Text(
        "新建一个店铺文件夹,里面有要填的表和每周运行的按钮。", "Make a store folder with fillable sheets."
    ),
    "cli.init.next": Text(
        '好了。把下载的文件放进 {inbox},然后运行:toolkit weekly "{folder}"',
        'Done. Put your downloads into {inbox}, then run: toolkit weekly "{folder}"',
    ),
    "cli.weekly": Text(
        "读店铺文件夹里的新文件,写出本周的下架清单。", "Read a store's new files and write this week's delist workbook."
    ),
    "cli.score": Text("不用店铺文件夹,直接给文件打分。", "Score products from files, without a store folder."),
    "cli.backtest": Text(
        "过去准不准:把本店过去的数据重放一遍,看这样的建议当时对不对。",
        "Replay the store's own past: how often such advice was right, next to the rules used today.",
    ),
    "cli.check": Text(
        "这是什么文件(也可以写一个文件夹)?读到几行,放一边几行,拒绝几行,为什么。",
        "What is this file, or each file of a folder? Rows kept, set aside, rejected, and why.",
    ),
    "cli.reconcile": Text(
        "对保证金和退款:店铺文件夹(可写 shops/*),或直接写账单文件。",
        "Reconcile deposits and refunds: store folders (shops/* will do), or files named one by one.",
    ),
    "cli.cases": Text(
        "列出各店要办的事:该等到哪天,下一步做什么。", "List what is due: until when to wait, what to do next."
    ),
    "cli.option.reconciled": Text("对账表写到哪里(.xlsx)", "where to write the workbook (.xlsx)"),
    "cli.option.checked_on": Text(
        "核对到哪天,可带几点(2026-11-20T15:30);默认现在(上海)",
        "day of checking, with a time if known (2026-11-20T15:30); now in Shanghai by default",
    ),
    "cli.sample": Text("生成一个虚构的店铺来试用。", "Generate an invented store to try things on."),
    "cli.files_written": Text("写好的文件在 {folder}:", "Files written to {folder}:"),
    "cli.our_mistake": Text(
        "程序自己出错了({problem}),这一步没有做完;请把这一行和用到的文件发给我们,设置环境变量 TOOLKIT_DEBUG=1 再跑能看到细节。",
        "A mistake of ours ({problem}); this step was not finished. Send us this line and the files used; with TOOLKIT_DEBUG=1 the details are shown.",
    ),
    "cases.day": Text("最晚", "due by"),
    "cases.store": Text("店铺", "store"),
    "cases.kind": Text("事项", "case"),
    "cases.state": Text("状态", "state"),
    "cases.step": Text("下一步", "next step"),
    "cli.option.deposits": Text(
        "改为生成四家店的保证金样例(账单、台账、申请,答案已知)",
        "four stores with deposits instead: bills, ledgers, applications, known answers",
    ),
    "cli.option.lang": Text("语言", "language"),
    "cli.option.as_of": Text(
        "截至哪天(不写=数据里最新的一天)", "as of which day (default: the latest day in the data)"
    ),
    "cli.option.orders": Text(
        "订单文件;这里每一项都可以写多次", "order lines; each of these may be given several times"
    ),
    "cli.option.catalog": Text("商品表", "product list"),
    "cli.option.stock": Text("库存表", "stock"),
    "cli.option.sales": Text("期间销量文件(汇总指标)", "period sales export"),
    "cli.option.policy": Text("政策名单", "policy list"),
    "cli.option.out": Text("结果文件:.xlsx、.csv 或 .parquet", "result file: .xlsx, .csv or .parquet, by its ending"),
}

_SAMPLE_FAMILIES = {
    "sample.family.must_delist": Text("必须下架", "must be delisted"),
    "sample.family.delist": Text("建议下架", "delist"),
    "sample.family.rest": Text("换季下架,到日子再上", "rest until its season"),
    "sample.family.stock": Text("缺货,不能算滞销", "out of stock: must not be called slow"),
    "sample.family.hold": Text("有理由下架,但要先停一停", "held: the guard must be named"),
    "sample.family.conflict": Text("政策和保护名单冲突,要人来定", "conflict: a person must decide"),
    "sample.family.keep": Text("不能建议下架", "must not be delisted"),
}

_SAMPLE_PARTS = {
    "sample.part.policy_term": Text(
        "卖得好好的,但标题里有违禁词「电子烟」", "sells well, but its title holds the forbidden word 电子烟"
    ),
    "sample.part.policy_brand": Text(
        "卖得好好的,但用了名单上的品牌 Zorvexa(虚构)", "sells well, but carries the listed (invented) brand Zorvexa"
    ),
    "sample.part.policy_category": Text("整个类目「磁力珠玩具」不让卖", "the whole category 磁力珠玩具 is forbidden"),
    "sample.part.policy_product": Text("商品ID在名单上", "its product id is on the list"),
    "sample.part.policy_owed": Text(
        "商品ID在名单上,还欠买家6件、只有2件货:照样必须下架,欠货另列",
        "its id is on the list and 6 units are owed with 2 in stock: it must go all the same, the units owed are listed",
    ),
    "sample.part.policy_conflict": Text(
        "命中违禁词,又在保护名单上", "hit by a forbidden word and on the protected list"
    ),
    "sample.part.policy_exception": Text(
        "标题里是「电子烟花」,写明是例外,卖得好", "its title says 电子烟花, a stated exception; sells well"
    ),
    "sample.part.policy_future": Text(
        "在名单上,但60天以后才生效,现在卖得好", "on the list, but in force only in 60 days; sells well now"
    ),
    "sample.part.dead": Text(
        "以前每周卖3件,7个月前起没人要;一直有60件货",
        "sold 3 a week until demand died seven months ago; 60 units on the shelf all along",
    ),
    "sample.part.dead_jit": Text("JIT,7个月没人下单", "JIT; nobody has ordered it for seven months"),
    "sample.part.never_sold": Text("上架10个月,80件货,一件没卖过", "listed ten months ago, 80 units, never sold one"),
    "sample.part.overstocked": Text("每周卖半件,压着900件货", "sells half a unit a week with 900 on the shelf"),
    "sample.part.dead_inbound": Text(
        "7个月没人要,但有100件在途", "dead for seven months, but 100 units are on their way"
    ),
    "sample.part.dead_protected": Text(
        "7个月没人要,但在保护名单上", "dead for seven months, but on the protected list"
    ),
    "sample.part.dead_in_review": Text(
        "7个月没人要,但正在平台审核", "dead for seven months, but the platform is reviewing it"
    ),
    "sample.part.dead_off_sale": Text("早就下架了,不用再处理", "off sale already: nothing to do"),
    "sample.part.damaged_id": Text(
        "10个月没卖过,但只在「补录商品」里出现,ID被Excel改成了0结尾",
        "never sold in ten months, but known only from 补录商品.xlsx, whose ids Excel cut (they end in 0)",
    ),
    "sample.part.sandals_over": Text(
        "凉鞋,两个夏天都好卖,现在过季", "sandals: sold well in two summers, out of season now"
    ),
    "sample.part.swimwear_over": Text(
        "泳装,两个夏天都好卖,现在过季", "swimwear: sold well in two summers, out of season now"
    ),
    "sample.part.halloween_over": Text("万圣节装饰,节日刚过,明年再上", "Halloween goods: just over, back next year"),
    "sample.part.halloween_owed": Text(
        "万圣节装饰,节日过了,但还欠买家6件、只有1件货", "Halloween goods: over, but 6 units are owed with 1 in stock"
    ),
    "sample.part.christmas_now": Text("圣诞装饰,正当季", "Christmas goods, in season now"),
    "sample.part.coats_now": Text("羽绒服,正当季", "down jackets, in season now"),
    "sample.part.valentine_ahead": Text(
        "情人节礼品,2月以后没卖过,但6周后就是旺季",
        "Valentine gifts: no sale since February, but the season starts in six weeks",
    ),
    "sample.part.starved": Text(
        "每周能卖6件,断货4个月,也没有在途", "wanted 6 times a week, out of stock for four months, nothing on its way"
    ),
    "sample.part.restocked": Text(
        "断货4个多月,10天前刚到货80件", "out of stock for over four months, 80 units came in ten days ago"
    ),
    "sample.part.new": Text("上架不到一个月的新品,还没卖过", "listed less than a month ago, no sale yet"),
    "sample.part.bestseller": Text("每周卖14件,库存够9周", "sells 14 a week with nine weeks of cover"),
    "sample.part.jit_bestseller": Text(
        "JIT爆款,天天有未完成订单,但不缺货", "JIT bestseller: always some open orders, no gap"
    ),
}

_SAMPLE = {
    "sample.store_name": Text("示例优品", "Sample Goods"),
    "sample.sheet.products": Text("商品", "products"),
    "sample.readme.table_head": Text(
        "| 应当得出 | 原因 · 暂缓原因 | 故事 | 商品ID |", "| must come out | reason · guard | story | product ids |"
    ),
    "sample.readme": Text(
        """# 示例店铺(中文)

一个虚构的全托管店铺:{products} 个商品,{weeks} 周({first_day} 至 {last_day}),卖出 {units} 件。店名、商品、品牌、编号全部是编的。
现在是 {last_day} 之后的星期一,请运行 `toolkit weekly` 加这个文件夹。

`inbox/` 像真实下载一样乱,但每个文件都有原因:

- 履约订单按季度导出:GB18030、带BOM的UTF-8、不带BOM;有的压成gz或zip;有标题行、合计行、中间重复的表头、一个看不懂的价格(待定);最新的两份日期重叠,状态不同。
- 最早一份没有子订单号:同一订单里两行一模一样是真的两行。已取消的行不算销量。
- 两份周报和一份月报(工作表 汇总指标)日期重叠,又和订单是同一批销量:只能算一次。统计日期在真实文件里可能是美国日期,示例里与下单日相同。
- 采购单 JIT(单据类型50)是JIT订单的第二次出现,也不能再加一遍;采购单 仓发(单据类型10)是收货,不是销量。时间是毫秒数,金额是元。
- 仓库库存按货品和仓:实际库存包含占用,残品另起一行;在途里有一种「销售在途」不是补货。货品绑定把货品连到SKU和商品。
- choice.products.list 是12周前的商品列表(接口JSON,20个一页),那时的库存不是现在的库存。
- 补录商品.xlsx 的ID是数字格式,被Excel改坏,不能进下架清单。
- 订单导出(1).xls 其实是登录网页;平台活动报名表.xlsx 和本工具无关;`~$` 开头的是Excel锁文件,不进版本库。
- 商品表.xlsx 里一个价格写的是「面议」;七分之一的商品没有成本价。

## 正确答案

下面 {answers} 个商品的故事是事先写好的,离所有门槛都很远,答案是确定的(机器可读:`answers.csv`)。其余商品是随机生成的,怎么处理要看判断,真实需求在 `truth/`:
products.csv 每个商品的真实周销速、需求消失的日期;weeks.csv.gz 每周的真实销速、有货天数、卖出、因缺货没卖出、到货;seasons.csv 每个季节每周的权重。

{table}""",
        """# A sample store

An invented fully-managed store: {products} {products:product|products}, {weeks} {weeks:week|weeks} ({first_day} to {last_day}), {units} {units:unit|units} sold. Store, products,
brands and ids are all made up. It is the Monday after {last_day}; run `toolkit weekly` on this folder.
中文说明在后面。

`inbox/` is as untidy as real downloads are, each file for a reason:

- 履约订单: order lines by quarter, in GB18030, UTF-8 with a BOM and without, some gzipped or zipped; with title rows, 合计 footers, a header
  repeated in the middle, and one price nobody can read (待定). The newest two overlap, with different statuses.
- The oldest has no line ids: two equal lines of one order are two lines. Cancelled lines (已取消) are no sales.
- Two weekly period exports and a monthly one (sheet 汇总指标) overlap, and tell the same units as the orders: count them once. In real files the
  statistics days may be US days; here they equal the order days.
- 采购单 JIT (type 50) tells the JIT orders a second time; 采购单 仓发 (type 10) are receipts, not sales. Times are milliseconds, amounts 元.
- 仓库库存: units per warehouse item and warehouse; the quantity includes locked units, defective ones have rows of their own. 在途库存 holds one kind of
  "on the way" (3, to buyers) that is no supply. 货品绑定 ties items to SKUs and products.
- choice.products.list: the catalog of twelve weeks ago as the API pages it; its stock is not today's.
- 补录商品.xlsx has ids as number cells, cut by Excel: they must not reach a delist list.
- 订单导出(1).xls is a login page; 平台活动报名表.xlsx is none of our business; a `~$` file is Excel's lock and not in the repository.
- 商品表.xlsx has one price that reads 面议; one product in seven has no unit cost.

## The right answers

The story of these {answers} products was fixed in advance and keeps far from every threshold, so the answer is certain (for machines: `answers.csv`).
The others are drawn at random, and what to do with them is a matter of judgement; what people truly wanted is in `truth/`: products.csv has each product's
true weekly rate and the day its demand died, weeks.csv.gz the true rate, days in stock, units sold, wanted but not served, and received per week, seasons.csv
the weight of each season in each week.

{table}""",
    ),
    "sample.first_monday.readme": Text(
        """# 第一个星期一(中文)

最少的起点:一份商品表({products} 个商品)和一份期间销量文件({file})。店铺和商品都是虚构的。

只有一周的数据,所以不能说哪个商品滞销:没有成交不等于没人要。应当得到的是排序、漏斗建议、上架名额、标题里看得出的季节、「先核对」的清单,没有概率,也没有「滞销」的结论,
并且写明再加哪个文件能多知道什么(订单文件:成交日期和季节;库存文件:有没有货)。""",
        """# First Monday

The least one can start with: a product sheet ({products} {products:product|products}) and one period export ({file}). Store and products are invented. 中文说明在后面。

One week of data cannot tell which product is slow: no sale is not the same as no demand. What must come out is a ranking, funnel advice, listing
slots, the seasons that titles give away, and a *check these first* list, without probabilities and without calling anything slow, and it must say which
further file would add what (order lines: sale dates and seasons; stock: whether there was anything to sell).""",
    ),
}

TEXTS |= _SAMPLE_FAMILIES | _SAMPLE_PARTS | _SAMPLE

# A store folder: what its files were, and the sheets a new one starts with.
_STORE = {
    "store.and": Text("、", ", "),
    "store.file_new": Text(
        "{file}:新读入,{kinds};留用{kept}行,放一边{set_aside}行,拒绝{rejected}行。",
        "{file}: read now, {kinds}; {kept} {kept:row|rows} kept, {set_aside} set aside, {rejected} rejected.",
    ),
    "store.file_known": Text("{file}:以前已经读过,{kinds}。", "{file}: read before, {kinds}."),
    "store.file_skipped": Text(
        "{file}:跳过,是临时文件或没下载完的文件。", "{file}: skipped, a temporary file or an unfinished download."
    ),
    "store.file_unknown_kind": Text(
        "{file}:不认识这种表,没有读入;想知道为什么,运行 toolkit check 加上文件名。",
        "{file}: not a kind of file this tool knows, so not read; to see why, run toolkit check with its name.",
    ),
    "problem.two_values": Text(
        "两个文件对同一天说法不一样(≠ 后面是用了的那个和它的位置)",
        "two files disagree about the same day (after ≠ the value that was taken, and its place)",
    ),
    "problem.no_date": Text("没有写数据日期,不能当历史", "states no data date, so it cannot be kept as history"),
    "problem.file_unknown_kind": Text("不认识的文件,没有读入", "not a known kind of file, so not read"),
    "problem.file_unreadable": Text("文件读不了", "the file cannot be read"),
    "effect.conflict": Text("用了更新的那个文件", "the newer file was believed"),
    "effect.present_only": Text("只当作现在的情况", "taken as the present state only"),
    "effect.superseded": Text("有更新的文件,没有用", "not used: a newer file stands"),
    "effect.not_read": Text("没有读入", "not read"),
    "store.settings_head": Text(
        """这个店铺的设置。要改哪一项,就去掉那一行前面的 # 再改数字;不改就用默认值。
默认值是本工具定的,不是平台规定。""",
        """Settings of this store. To change one, remove the # before its line and change the value.
The defaults are this tool's own, not rules of the platform.""",
    ),
    "store.readme": Text(
        """这是一个店铺文件夹。

1. 把下载的表放进 inbox 文件夹,不用改名;放重复了也没关系。
2. 填 商品表.xlsx(只有商品ID必填)。有政策名单就填 policy.xlsx。
3. 双击 每周运行.bat,结果在 runs 文件夹里。
4. 如果出现 待确认文件.txt:里面的文件看起来是别的店的,没有读入。是本店的就把行首的 ? 改成 是。

如果双击后看到的是这段话:电脑上还没有安装这个工具。
请先安装 Python 3.11 或更新的版本,再在工具的文件夹里运行:python -m pip install .

history 文件夹是读过的数据,删掉会自动重建;ledger 文件夹不能重建,请和表一起备份。
""",
        """This is a store folder.

1. Put your downloads into the folder inbox, under any name; the same file twice does no harm.
2. Fill in 商品表.xlsx, the product sheet (only the product id is required), and policy.xlsx if you keep a policy list.
3. Double-click 每周运行.bat, the weekly run; results are in the folder runs.
4. Should 待确认文件.txt appear: its files look like another store's and were not read. If one is yours, change its ? into yes.

If a double-click shows this text, the tool is not installed on this computer yet.
Install Python 3.11 or newer, then run in the tool's folder: python -m pip install .

The folder history holds what was read; deleted, it is made again. The folder ledger cannot be made again: back it up.
""",
    ),
}

TEXTS |= _STORE
