"""What a workbook says around its tables: sheet names, notes, drop-down words, the note for the boss.

``workbook.how.<sheet>`` is the one line above a sheet's table, ``workbook.none.<sheet>`` stands where it has no rows.
"""

from __future__ import annotations

from toolkit.words import Text

_SHEETS = {
    "workbook.sheet.list": Text("下架清单", "To delist"),
    "workbook.sheet.must": Text("必须下架", "Must go"),
    "workbook.sheet.held": Text("暂缓", "On hold"),
    "workbook.sheet.look": Text("补货和先看", "Restock and check"),
    "workbook.sheet.orders": Text("未完成订单", "Open orders"),
    "workbook.sheet.all": Text("全部商品", "All products"),
    "workbook.sheet.detail": Text("明细", "All numbers"),
    "workbook.sheet.problems": Text("问题行", "Problem rows"),
    "workbook.sheet.about": Text("说明", "About"),
    "workbook.how.list": Text(
        "数据截至{as_of:%Y-%m-%d}。逐行看「依据」,在「我的决定」里选 同意、不同意 或 再看一周;空白=没有同意。",
        "Data up to {as_of:%Y-%m-%d}. Read why, then pick approve, reject or look again in a week; blank means not approved.",
    ),
    "workbook.how.must": Text(
        "数据截至{as_of:%Y-%m-%d}。你的政策名单不让卖,卖得再好也要下;还欠的订单照样要发完。空白=没有同意。",
        "Data up to {as_of:%Y-%m-%d}. Your policy list forbids these however well they sell; units still owed are delivered all the same. "
        "Blank means not approved.",
    ),
    "workbook.how.held": Text(
        "数据截至{as_of:%Y-%m-%d}。按规则该下,但有理由先别动;到「再看日期」再看,现在不用做什么。",
        "Data up to {as_of:%Y-%m-%d}. A rule spoke for delisting and something spoke for waiting: nothing to do until the day to look again.",
    ),
    "workbook.how.look": Text(
        "数据截至{as_of:%Y-%m-%d}。有人买但货不够的先补货;数据说不清的先核对,不要直接下架。",
        "Data up to {as_of:%Y-%m-%d}. Restock what buyers want; check what the files cannot tell before doing anything to it.",
    ),
    "workbook.how.orders": Text(
        "数据截至{as_of:%Y-%m-%d}。这些订单还没发完:下架前先发完,或先告诉客户(平台客服和仓库)。",
        "Data up to {as_of:%Y-%m-%d}. Not delivered yet: deliver these before delisting, or tell the customer first (platform support and the warehouse).",
    ),
    "workbook.how.all": Text(
        "数据截至{as_of:%Y-%m-%d}。每个商品一行,按处理先后排;可以筛选和排序。",
        "Data up to {as_of:%Y-%m-%d}. One line per product in the order of work; filter and sort as you like.",
    ),
    "workbook.how.detail": Text(
        "数据截至{as_of:%Y-%m-%d}。每个商品的全部数字;空白=不知道,不是0。",
        "Data up to {as_of:%Y-%m-%d}. All numbers of every product; blank means unknown, never 0.",
    ),
    "workbook.how.problems": Text(
        "读文件时没用上的行和单元格;按文件、工作表、行号去改,再运行一次。",
        "Rows and cells that could not be used; mend them at file, sheet and row, then run again.",
    ),
    "workbook.unknown_columns": Text(
        "没有数据的列,没有列出:{titles}", "Columns nothing is known of, left out: {titles}"
    ),
    "workbook.none.list": Text("这一周没有建议下架的商品。", "No product is suggested for delisting this week."),
    "workbook.none.must": Text("没有商品命中政策名单。", "No product is on the policy list."),
    "workbook.none.must_unknown": Text(
        "没有政策名单,所以没有核对;填 policy.xlsx 再运行一次。",
        "There is no policy list, so nothing was checked against it; fill in policy.xlsx and run again.",
    ),
    "workbook.none.held": Text("没有暂缓的商品。", "Nothing is on hold."),
    "workbook.none.look": Text("没有要补货或先核对的商品。", "Nothing to restock or to check."),
    "workbook.none.orders": Text("没有未完成的订单。", "No order is open."),
    "workbook.none.orders_unknown": Text(
        "没有订单文件,未完成订单没有核对;下架前请到后台查一下。",
        "No order file, so open orders were not checked; look them up in the seller centre before delisting.",
    ),
    "workbook.none.all": Text("没有商品。", "No products."),
    "workbook.none.problems": Text("没有问题行,所有行都用上了。", "No problem rows: every row was used."),
    "workbook.none.inputs": Text("没有记录读了哪些文件。", "The files read were not recorded."),
}

_COLUMNS = {
    "workbook.column.why": Text("依据", "why"),
    "workbook.column.guard_why": Text("为什么先别动", "why it waits"),
    "workbook.column.orders": Text("未完成订单/缺口", "open orders / gap"),
    "workbook.column.worth": Text("照做多赚/下错的代价(估算)", "gain / cost if wrong (estimate)"),
    "workbook.worth": Text(
        "{value_est_fen:money} / {regret_est_fen:money}", "{value_est_fen:money} / {regret_est_fen:money}"
    ),
    "workbook.column.news": Text("比上次", "since last run"),
    "workbook.news": Text("新命中", "newly caught"),
    "workbook.column.decision": Text("我的决定", "my decision"),
    "workbook.column.note": Text("备注", "note"),
    "workbook.column.fact": Text("项目", "fact"),
    "workbook.column.value": Text("值", "value"),
    "workbook.column.file": Text("文件", "file"),
    "workbook.column.source": Text("是什么", "what it is"),
    "workbook.column.observed_on": Text("数据日期", "data date"),
    "workbook.column.rows_kept": Text("用上的行", "rows kept"),
    "workbook.column.rows_set_aside": Text("放一边的行", "rows set aside"),
    "workbook.column.rows_rejected": Text("拒绝的行", "rows rejected"),
    "workbook.column.meaning": Text("设置", "setting"),
    "workbook.column.state": Text("来自", "comes from"),
    "workbook.column.setting": Text("在toolkit.toml里的名字", "its name in toolkit.toml"),
    "workbook.in_yuan": Text("(元)", " (CNY)"),
    "workbook.orders.open": Text(
        "有:欠{open_units:count}件,缺口{gap_units:count}件", "yes: {open_units:count} owed, gap {gap_units:count}"
    ),
}

_ANSWERS = {
    "workbook.True": Text("是", "yes"),
    "workbook.False": Text("否", "no"),
    "workbook.pick_one": Text("请从下拉里选一个,或留空。", "Pick one from the list, or leave it blank."),
    "workbook.beside": Text(
        "{file}正在Excel里开着,没法改;结果写到了旁边的 {written}。",
        "{file} is open in Excel and cannot be replaced; the result is beside it in {written}.",
    ),
    "decision.approve": Text("同意", "approve"),
    "decision.reject": Text("不同意", "reject"),
    "decision.watch": Text("再看一周", "look again in a week"),
}

_ABOUT = {
    "workbook.about.title": Text("这份清单是怎么来的", "Where this list comes from"),
    "workbook.about.use": Text("怎么用", "How to use it"),
    "workbook.about.use.1": Text(
        "1. 先看「必须下架」,再看「下架清单」:每行的「依据」写着数字和反过来的条件。",
        "1. Start with Must go, then To delist: each line says why, with its numbers and what would have kept it.",
    ),
    "workbook.about.use.2": Text(
        "2. 在「我的决定」里选;不同意的写一句备注,下周还能看到。不要改商品ID。",
        "2. Pick in my decision; where you reject, leave a note. Do not change product ids.",
    ),
    "workbook.about.use.3": Text(
        "3. 有未完成订单的,先告诉平台客服和仓库,把欠的发完。",
        "3. Where orders are open, tell platform support and the warehouse first, and deliver what is owed.",
    ),
    "workbook.about.use.4": Text(
        "4. 到卖家后台:商品管理 → 筛选全托管 → 勾选 → 下架 → 确认。编号在 ids.txt 里,可以直接粘贴。",
        "4. In the seller centre: product management, filter fully-managed, tick, delist, confirm. The ids are in ids.txt, ready to paste.",
    ),
    "workbook.about.use.5": Text(
        "5. 下架后处理剩下的库存、在途和备货单;一周后再看一眼。",
        "5. Afterwards deal with what remains in stock, on its way and on order; look again a week later.",
    ),
    "workbook.about.use.6": Text(
        "6. 门槛都是我们的默认值,不是平台规则;要改就改 toolkit.toml。空白=不知道,不是0。",
        "6. The thresholds are our defaults, not the platform's rules; change them in toolkit.toml. Blank means unknown, never 0.",
    ),
    "workbook.about.actions": Text("建议动作是什么意思", "What the suggested actions mean"),
    "workbook.about.run": Text("哪一次运行", "Which run"),
    "workbook.week": Text("第{week}周({first}–{last})", "week {week} ({first}–{last})"),
    "workbook.about.conclusion": Text("结论", "Conclusion"),
    "workbook.about.policy_news": Text("政策名单有什么变化", "What changed on the policy list"),
    "workbook.about.undecided": Text("不能确定的", "What is not certain"),
    "workbook.about.assumptions": Text("我的假设", "Assumptions"),
    "workbook.about.events": Text("看了哪些活动", "Events looked at"),
    "workbook.about.inputs": Text("读了哪些文件", "Files read"),
    "workbook.about.settings": Text("用了哪些门槛", "Thresholds used"),
    "workbook.fact.store": Text("店铺", "store"),
    "workbook.fact.week": Text("周", "week"),
    "workbook.fact.run": Text("运行号", "run"),
    "workbook.fact.as_of": Text("数据截至", "data up to"),
    "workbook.fact.version": Text("程序版本", "version"),
    "workbook.fact.settings": Text("设置指纹", "fingerprint of the settings"),
    "workbook.fact.rebuilt": Text("历史重建自", "history rebuilt from"),
    "workbook.state.default": Text("默认值", "default"),
    "workbook.state.changed": Text("你改过", "changed by you"),
}

_BOSS = {
    "boss.head": Text("本周结论({until}):", "This week ({until}): "),
    "score.head": Text("打分结果({until}):", "Scores ({until}): "),
    "score.actions": Text(
        "{products}个商品的建议(action 列):{actions}。",
        "Advice on {products} {products:product|products} (column action): {actions}.",
    ),
    "score.none": Text(
        "给的文件里一个商品ID也没有,表是空的;加一份商品表或订单(货品库存要和货品绑定一起才能算到商品)。",
        "The files name no product, so the table is empty; add a product list or orders (stock of warehouse items needs the bindings to products).",
    ),
    "score.unsure": Text("不能确定:", "Not certain:"),
    "score.assumed": Text("我的假设:", "Assumptions:"),
    "score.problems": Text(
        "哪些行有问题,用 toolkit check 加文件名看。", "Which rows have problems: run toolkit check on the file."
    ),
    "score.list": Text(
        "这是一张数据表,每行的理由在 sentence 列;要给人逐个点头的下架清单,用 toolkit weekly。",
        "This is a table of data, each row's reason in column sentence; for a list that people decide on, run toolkit weekly.",
    ),
    "boss.until": Text("数据截至{as_of}", "data up to {as_of}"),
    "boss.until.behind": Text("截至{as_of},销量数据只到{known}", "as of {as_of}, sales known up to {known}"),
    "boss.until.no_sales": Text("截至{as_of},没有销量数据", "as of {as_of}, no sales data"),
    "boss.day": Text("{month}月{day}日", "{year}-{month:02d}-{day:02d}"),
    "boss.suggested": Text("建议下架{count}个:{reasons}", "take {count} off sale: {reasons}"),
    "boss.nothing": Text("没有要下架的商品", "nothing to take off sale"),
    "boss.held": Text(";另有{count}个先别动({guards})。", "; leave {count} more alone ({guards})."),
    "boss.part": Text("{name}{count}", "{name} {count}"),
    "boss.reason.POLICY": Text("政策必下", "policy (must go)"),
    "boss.reason.SEASON": Text("换季", "season over"),
    "boss.reason.SLOW": Text("滞销", "slow"),
    "boss.reason.STOCK": Text("缺货", "out of stock"),
    "boss.reason.SLOTS": Text("名额不够", "too few slots"),
    "boss.comma": Text("、", ", "),
    "boss.semicolon": Text(";", "; "),
    "boss.and_more": Text("等", ", …"),
    "boss.stop": Text("。", "."),
    "boss.slots": Text("名额 {used}/{limit},还能上{free}个", "Listing slots {used}/{limit}, {free} free"),
    "boss.slots_over": Text(
        "名额 {used}/{limit},已经超出{free}个", "Listing slots {used}/{limit}, {free} over the limit"
    ),
    "boss.slots_freed": Text(",照清单下完再空出{count}个", ", {count} more once the list is done"),
    "boss.slots_capped": Text(
        ",还差{count}个:一次只能下这么多,下次接着下", ", {count} still over: one run takes no more, go on with the next"
    ),
    "boss.slots_stuck": Text(
        ",还差{count}个:其余的都有暂缓原因或受保护,要人来挑",
        ", {count} still over: all others are held or protected, so a person has to choose",
    ),
    "boss.slots_unknown": Text(
        ";有{count}个不知道在不在售,没算进去", "; the status of {count} is unknown, so they are not counted"
    ),
    "boss.today": Text("今天要做:", "To do today:"),
    "boss.nothing_to_do": Text("今天没有要做的。", "Nothing to do today."),
    "boss.unsure": Text("不能确定:{notes}。", "Not certain: {notes}."),
    "boss.more": Text(";还有{count}项见「说明」", "; {count} more under About"),
    "boss.assumed": Text(
        "我的假设:{count}项用的是默认值,见「说明」。",
        "Assumptions: {count} {count:setting stands at its default|settings stand at their defaults}, see About.",
    ),
}

TEXTS: dict[str, Text] = {**_SHEETS, **_COLUMNS, **_ANSWERS, **_ABOUT, **_BOSS}
