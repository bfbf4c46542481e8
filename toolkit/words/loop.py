"""What is said around decisions and their fate: states, work lists, notices, and why a line was not taken."""

from __future__ import annotations

from toolkit.words import Text

_STATES = {
    "state.none": Text("还没有建议过", "never proposed"),
    "state.planned": Text("已建议", "planned"),
    "state.approved": Text("已同意", "approved"),
    "state.declined": Text("不同意", "declined"),
    "state.watched": Text("再看一周", "watched"),
    "state.submitted": Text("已操作", "submitted"),
    "state.under_review": Text("审核中", "under review"),
    "state.delisted": Text("已下架", "delisted"),
    "state.rejected": Text("被驳回", "rejected"),
    "state.failed": Text("没下成(要重做)", "not done (to be done again)"),
    "state.relist_planned": Text("准备重新上架", "to be relisted"),
    "state.relisted": Text("已重新上架", "relisted"),
    "evidence.typed": Text("人工确认", "typed by the operator"),
    "evidence.corrected": Text("人工更正", "corrected by the operator"),
    "evidence.response": Text("接口返回", "a call's answer"),
    "evidence.list": Text("已核实", "verified by a product list"),
}
_STATES |= {key.replace("state.", "from_state."): words for key, words in _STATES.items() if key.startswith("state.")}

_RESULTS = {
    "result.delisted": Text("已下架", "delisted"),
    "result.under_review": Text("审核中", "under review"),
    "result.rejected": Text("被驳回", "rejected"),
    "result.not_found": Text("没找到", "not found"),
    "result.relisted": Text("已上架", "relisted"),
    "done.yes": Text("是", "yes"),
    "done.no": Text("否", "no"),
    "orders_checked.yes": Text("☑", "☑"),
    "orders_checked.no": Text("☐", "☐"),
}

_ERRORS = {
    "error.ledger_step": Text(
        "商品 {product}:现在是「{before}」,不能变成「{state}」,所以什么都没有记;请先看这个商品的记录(toolkit log)。",
        'product {product} is "{before}" and cannot become "{state}", so nothing was recorded; look at its story first (toolkit log).',
    ),
    "error.ledger_broken": Text(
        "{file}:这条记录坏了或被改过,不能当真,所以先停下;请从备份里恢复这个文件,不要手改。",
        "{file}: this record is broken or was changed by hand and cannot be trusted, so nothing was done; restore it from a backup.",
    ),
    "error.run_missing": Text(
        "{folder}:这里没有 {file},不是一次运行的文件夹;请写到某一周,例如 my-store/runs/2026-W47。",
        "{folder}: there is no {file}, so this is no run's folder; name a week's, such as my-store/runs/2026-W47.",
    ),
    "error.run_not_in_store": Text(
        "{folder}:这个文件夹不在店铺的 runs/ 里,不知道是哪家店,所以没有用;请放回 my-store/runs/ 下面。",
        "{folder}: not inside a store's runs folder, so it is not known which store it is of; put it back under my-store/runs.",
    ),
    "error.answers_unmarked": Text(
        "{file}:里面找不到店铺和运行号,不知道是哪一周的清单,所以没有用;请在 toolkit weekly 写出的 delist.xlsx 里填。",
        "{file}: holds no store and run number, so it is not known whose list it is and it was not used; fill in the delist.xlsx that toolkit weekly wrote.",
    ),
    "error.answers_other_store": Text(
        "{file}:这是「{found}」的清单,不是「{wanted}」的,所以没有用;请换成这家店的 delist.xlsx。",
        "{file}: this is the list of {found}, not of {wanted}, so it was not used; put this store's delist.xlsx there.",
    ),
    "error.answers_other_week": Text(
        "{file}:这是{found}的清单,这个文件夹是{wanted}的,所以没有用;请放回它自己那一周的文件夹。",
        "{file}: this is the list of {found} and the folder is of {wanted}, so it was not used; put it back into its own week's folder.",
    ),
    "error.answers_other_run": Text(
        "{file}:这是同一周另一次运行的清单({found}),这个文件夹是 {wanted},所以没有用;请用这个文件夹自己的清单。",
        "{file}: this list is of another run of the same week ({found}) and the folder is of {wanted}, so it was not used; use the folder's own list.",
    ),
    "error.answers_no_column": Text(
        "{file}:没有一张表同时有「商品ID」和「{column}」两列,读不出决定,所以没有用;请把删掉或改名的列恢复。",
        '{file}: no sheet has both a product id and a "{column}" column, so nothing can be read from it; restore the column that was deleted or renamed.',
    ),
    "error.response_not_read": Text(
        "{file}:不是下架接口返回的内容({problem}),什么都没有记;请把接口返回的JSON原样存成文件。",
        "{file}: not the answer of a delisting call ({problem}), so nothing was recorded; save the call's JSON answer as it came.",
    ),
    "error.response_no_payload": Text(
        "{file}:没有写过接口请求,不知道返回说的是哪些商品,所以什么都没有记;请先用 toolkit apply … --payload。",
        "{file}: no call was ever written, so it is not known which products the answer is about and nothing was recorded; use toolkit apply … --payload first.",
    ),
    "error.product_no_story": Text(
        "商品 {product}:还没有任何记录;请检查商品ID。",
        "product {product}: nothing is recorded of it; check the product id.",
    ),
}

_REFUSED = {
    "noted.orders_checked": Text("未完成订单已在后台核对", "open orders were checked in the seller centre"),
    "refused.undone": Text("撤销了这次运行", "the run was undone"),
    "refused.suspect_id": Text("编号可能被Excel改坏", "its id may have been damaged by Excel"),
    "refused.not_in_run": Text("这次运行没有这个商品的建议", "this run did not propose it"),
    "refused.unknown_answer": Text(
        "看不懂「我的决定」里写的字(请填 同意、不同意 或 再看一周)",
        "the decision is no known word (approve, reject or look again in a week)",
    ),
    "refused.contradictory": Text("同一个商品写了不同的决定", "it stands there with different decisions"),
    "refused.no_but_result": Text("「已操作」填了否,却又填了「结果」", "it says not done, and yet has a result"),
    "refused.later_run": Text("后来的一次运行已经处理过它", "a later run has dealt with it since"),
    "refused.already_acted": Text(
        "已经去操作了,要撤回请用 toolkit undo", "it was acted on already; use toolkit undo to take it back"
    ),
    "refused.in_loop": Text("上一次的下架还没有结果", "an earlier delisting of it has no outcome yet"),
    "refused.not_in_newest_catalog": Text("最新的商品表里没有它", "the newest product list does not have it"),
    "refused.already_off_sale": Text("已经不在售了", "it is off sale already"),
    "refused.status_changed": Text("商品状态变了,和出清单时不一样", "its status has changed since the list was made"),
    "refused.new_gap": Text("新出现了发不出的订单", "more units are owed now than can be shipped"),
    "refused.undated_catalog": Text("商品表没有日期", "no product list states its date"),
    "refused.stale_catalog": Text("最新的商品表太旧", "the newest product list is too old"),
    "refused.protected_conflict": Text(
        "在保护名单里,还没有人负责决定", "it is protected and nobody has put a name to the decision"
    ),
    "refused.line": Text(
        "{place} 商品 {product}:{why},这一行没有采纳。", "{place}, product {product}: {why}; this line was not taken."
    ),
}

_SHEETS = {
    "loop.file.work": Text("工作清单.xlsx", "work-list.xlsx"),
    "loop.file.retry": Text("没下成(要重做).xlsx", "not-done.xlsx"),
    "loop.file.stock": Text("下架后库存.xlsx", "stock-after.xlsx"),
    "loop.file.relist": Text("重新上架清单.xlsx", "relist.xlsx"),
    "loop.file.template": Text("{name}-已填.xlsx", "{name}-filled.xlsx"),
    "loop.file.notice.support": Text("通知-平台客服.txt", "notice-support.txt"),
    "loop.file.notice.warehouse": Text("通知-仓库.txt", "notice-warehouse.txt"),
    "loop.file.notice.buyer": Text("通知-买家(自营店).txt", "notice-buyers-self-run.txt"),
    "loop.sheet.work": Text("工作清单", "Work list"),
    "loop.sheet.retry": Text("没下成(要重做)", "Not done"),
    "loop.sheet.undo": Text("撤销", "Undo"),
    "loop.sheet.stock": Text("下架后库存", "Stock afterwards"),
    "loop.sheet.relist": Text("重新上架", "Relist"),
    "loop.how.work": Text(
        "逐个到后台下架(商品管理 → 筛选全托管 → 勾选 → 下架 → 确认),做完在这里填「已操作」「操作日期」「结果」,再运行 toolkit confirm。",
        "Take each off sale in the seller centre, fill in done, date and result here, then run toolkit confirm.",
    ),
    "loop.how.retry": Text(
        "这些说是下架了,但更新的商品表里还在售。重做一次,填上新的「操作日期」和「结果」,再运行 toolkit confirm。",
        "Said to be off sale, and still on sale in a newer list. Do them again, fill in the new date and result, then run toolkit confirm.",
    ),
    "loop.how.undo": Text(
        "这次要下架的商品,一个不多一个不少;要反悔时照它重新上架(或用 toolkit undo,只列去操作过的)。",
        "Exactly what this run takes off sale; to go back, relist these (or use toolkit undo, which lists only those acted on).",
    ),
    "loop.how.stock": Text(
        "下架以后还剩的货。{check_on:%Y-%m-%d} 再看一眼。空白=不知道,不是0。",
        "What remains after delisting. Look again on {check_on:%Y-%m-%d}. Blank means unknown, not 0.",
    ),
    "loop.how.relist": Text(
        "先看「先改什么」,再到后台重新上架,做完填「已操作」「操作日期」「结果」。",
        "See what to improve first, then relist in the seller centre and fill in done, date and result.",
    ),
    "loop.none": Text("没有商品。", "No products."),
    "loop.column.done": Text("已操作", "done"),
    "loop.column.acted_on": Text("操作日期", "date done"),
    "loop.column.result": Text("结果", "result"),
    "loop.column.note": Text("备注", "note"),
    "loop.hint.orders_checked": Text(
        "没有订单文件,不知道还有没有没发完的订单。到后台查过、处理好了,就在这里选 ☑。",
        "No order file tells whether buyers still wait. Pick ☑ once you have looked in the seller centre and dealt with it.",
    ),
    "loop.column.action": Text("动作", "action"),
    "loop.column.next_step": Text("下一步建议", "suggested next step"),
    "loop.column.check_on": Text("再看日期", "look again on"),
    "loop.column.improve": Text("先改什么", "improve first"),
    "loop.column.undo_action": Text("要做的", "to do"),
    "loop.relist": Text("重新上架", "relist"),
    "loop.next.owed": Text(
        "还欠{open_units:count}件,先发完",
        "{open_units:count} {open_units:unit is|units are} still owed: deliver these first",
    ),
    "loop.next.inbound": Text(
        "还有{inbound_units:count}件在途,问平台能不能截回",
        "{inbound_units:count} {inbound_units:unit is on its way|units are on their way}: ask the platform whether that can be stopped",
    ),
    "loop.next.keep": Text("留在仓里,{relist_on:day}再上架", "keep it in the warehouse, relist on {relist_on:day}"),
    "loop.next.stock": Text(
        "仓里剩{on_hand_units:count}件,退仓要先问平台",
        "{on_hand_units:count} {on_hand_units:unit remains|units remain}: ask the platform before recalling them",
    ),
    "loop.next.none": Text("没有剩货", "nothing remains"),
    "loop.next.unknown": Text("不知道还剩多少,到后台看一下", "what remains is unknown: look in the seller centre"),
    "loop.next.jit": Text("JIT商品,没有仓里的货要处理", "JIT: no stock in a warehouse to deal with"),
}

_NOTICES = {
    "notice.support": Text(
        "您好,我们是{store}。我们准备在{day:%Y-%m-%d}起下架下面{count}个商品;其中{owed}个还有未完成订单,会照常发完。如有疑问请回复。",
        "Hello, this is {store}. From {day:%Y-%m-%d} we are taking the {count} {count:product|products} below off sale; {owed} of them still have open orders, which we will deliver. Please reply with any question.",
    ),
    "notice.support.none_open": Text(
        "您好,我们是{store}。我们准备在{day:%Y-%m-%d}起下架下面{count}个商品。如有疑问请回复。",
        "Hello, this is {store}. From {day:%Y-%m-%d} we are taking the {count} {count:product|products} below off sale. Please reply with any question.",
    ),
    "notice.warehouse": Text(
        "您好,{store}从{day:%Y-%m-%d}起下架下面{count}个商品。欠着的订单请照常出库;在途的货到仓后先放着,不要再补货。",
        "Hello, {store} is taking the {count} {count:product|products} below off sale from {day:%Y-%m-%d}. Please ship what is owed as usual; keep goods that are on their way when they arrive, and do not restock.",
    ),
    "notice.buyer": Text(
        "您好,您在{store}购买的商品即将下架,您的订单不受影响,我们会照常发货。",
        "Hello, a product you bought from {store} is about to be taken off sale. Your order is not affected and will be shipped as usual.",
    ),
    "notice.line": Text(
        "{product_id}  {title}  未完成订单:{open_orders_state:label},欠{open_units:count}件",
        "{product_id}  {title}  open orders: {open_orders_state:label}, {open_units:count} owed",
    ),
    "notice.line.none": Text("{product_id}  {title}  没有未完成订单", "{product_id}  {title}  no open orders"),
    "notice.line.unchecked": Text(
        "{product_id}  {title}  未完成订单:未核对,请帮忙看一下还有没有",
        "{product_id}  {title}  open orders: not checked, please look whether there are any",
    ),
    "notice.line.looked": Text(
        "{product_id}  {title}  未完成订单:已在后台核对",
        "{product_id}  {title}  open orders: checked in the seller centre",
    ),
    "notice.stock_line.jit": Text(
        "{product_id}  {title}  JIT,平台仓里没有备货,欠{open_units:count}件",
        "{product_id}  {title}  JIT, nothing kept in the platform's warehouse, {open_units:count} owed",
    ),
    "notice.stock_line": Text(
        "{product_id}  {title}  在仓{on_hand_units:count}件,在途{inbound_units:count}件,欠{open_units:count}件",
        "{product_id}  {title}  {on_hand_units:count} on hand, {inbound_units:count} on the way, {open_units:count} owed",
    ),
    "payload.label": Text("自营店接口,全托管未证实", "the self-run stores' call; unproven for fully-managed stores"),
}

_SAID = {
    "apply.done": Text(
        "同意{approved}个,不同意{declined}个,再看一周{watched}个,没有填{planned}个;没有采纳{refused}行。",
        "{approved} approved, {declined} declined, {watched} to look at again, {planned} left blank; {refused} {refused:line|lines} not taken.",
    ),
    "apply.unchecked": Text(
        "其中{count}个的未完成订单没有核对过(没有订单文件,也没有打勾):还在工作清单里,下架前先到后台查一下,查过选 ☑。",
        "Open orders of {count} of them were never checked (no order file, no tick); {count:it stays|they stay} on the work list: look in the seller centre before delisting, then pick ☑.",
    ),
    "apply.undone": Text(
        "这次运行已经撤销过(toolkit undo),没有再采纳;要再下架请用新一周的清单。",
        "This run was undone, so nothing was taken from it again; use a new week's list to delist.",
    ),
    "confirm.done": Text(
        "新记下:已下架{delisted}个,审核中{under_review}个,已操作{submitted}个,被驳回{rejected}个,没下成{failed}个,重新上架{relisted}个。",
        "Newly recorded: {delisted} delisted, {under_review} under review, {submitted} submitted, {rejected} rejected, {failed} not done, {relisted} relisted.",
    ),
    "confirm.nothing": Text("没有新的消息,什么都没有变。", "Nothing new, so nothing changed."),
    "confirm.corrected": Text(
        "更正:商品 {product} 原来记的是「{before}」,按改填的记为「{state}」。",
        'Corrected: product {product} was recorded as "{before}" and is now "{state}", as typed anew.',
    ),
    "confirm.corrected.day": Text(
        "更正:商品 {product} 的操作日期改为{day:%Y-%m-%d}。",
        "Corrected: product {product} was acted on {day:%Y-%m-%d}, as typed anew.",
    ),
    "confirm.unchecked": Text(
        "有{count}个操作时未完成订单还没核对(没有打勾):{ids};请到后台补查,有没发完的先发完。",
        "{count} {count:was|were} acted on with open orders unchecked (no tick): {ids}; look in the seller centre now and deliver what is owed.",
    ),
    "confirm.unknown_result": Text(
        "{file} 有{count}行「结果」写的「{word}」看不懂(第{rows}行),当作没填;请从下拉里选一个,再运行 toolkit confirm。",
        '{file}, {count:row|rows} {rows}: the result "{word}" is not understood and counts as blank; pick one from the list and run toolkit confirm again.',
    ),
    "confirm.not_believed": Text(
        "{place} 商品 {product}:改填成「{typed}」,但{evidence}({day:%Y-%m-%d})是「{state}」,比手填的可靠,没有改。",
        '{place}, product {product}: typed anew as "{typed}", but it is "{state}", {evidence} on {day:%Y-%m-%d}, which counts for more; left as it is.',
    ),
    "confirm.retry": Text("没下成的在 {file},请重做。", "What was not done is in {file}; do it again."),
    "confirm.due": Text("快到日子要重新上架的在 {file}。", "What is about due to be relisted is in {file}."),
    "confirm.modify_count": Text(
        "接口说成功{told}个,按失败名单应该是{counted}个,对不上;先都记成「已操作」,等下一份商品表核实。",
        "The call says {told} succeeded and its list of failures leaves {counted}; they do not agree, so all count as submitted until a product list verifies them.",
    ),
    "confirm.unknown_ids": Text(
        "返回里有不是我们发出去的商品:{ids};没有理会。", "The answer names products we did not send: {ids}; ignored."
    ),
    "undo.done": Text(
        "这次运行去后台操作过的{gone}个(已下架、审核中或还没消息),都在 {file};其余没下架的{withdrawn}个已经取消。",
        "{gone} that this run took off sale, or asked to, are all in {file}; the other {withdrawn} are withdrawn.",
    ),
    "undo.only_withdrawn": Text(
        "这次运行还没有下架任何商品,没有要恢复的;同意过的{withdrawn}个已经取消。",
        "This run took nothing off sale, so there is nothing to bring back; {withdrawn} that were approved are withdrawn.",
    ),
    "undo.nothing": Text(
        "这次运行没有下架任何商品,没有要恢复的。", "This run took nothing off sale: nothing to bring back."
    ),
    "log.line": Text("{at:%Y-%m-%d %H:%M} {who}:{step}{why}", "{at:%Y-%m-%d %H:%M} {who}: {step}{why}"),
    "log.step": Text("{before} → {state}", "{before} → {state}"),
    "log.evidence": Text("({evidence})", " ({evidence})"),
    "log.run": Text(",{week}", ", {week}"),
    "log.rule": Text(",{action}:{rule}", ", {action}: {rule}"),
    "log.relist_on": Text(",{day:%Y-%m-%d}再上", ", relist on {day:%Y-%m-%d}"),
    "log.note": Text(",备注:{note}", ", note: {note}"),
    "loop.last_week": Text(
        "上次({week})同意下架{count}个:{parts}。", "Last time ({week}) {count} were approved: {parts}."
    ),
    "loop.last_week.W": Text(
        "上周同意下架{count}个:{parts}。", "Last week {count} were approved for delisting: {parts}."
    ),
    "loop.comma": Text(",", ", "),
    "loop.part.verified": Text("已核实{count}", "{count} verified"),
    "loop.part.response": Text("接口返回成功{count}", "{count} by a call's answer"),
    "loop.part.typed": Text("人工确认{count}", "{count} typed by the operator"),
    "loop.part.submitted": Text("已操作待核实{count}", "{count} submitted"),
    "loop.part.under_review": Text("审核中{count}", "{count} under review"),
    "loop.part.rejected": Text("被驳回{count}", "{count} rejected"),
    "loop.part.failed": Text("没下成{count}(要重做)", "{count} not done (do them again)"),
    "loop.part.waiting": Text("还没操作{count}", "{count} not acted on yet"),
    "loop.part.back": Text("已恢复或准备恢复{count}", "{count} brought back"),
    "loop.part.withdrawn": Text("已撤回{count}", "{count} withdrawn"),
    "loop.relist_due": Text(
        "换季下架的有{count}个快到上架日期({names})。", "{count} that rest are about due to be relisted ({names})."
    ),
    "template.holds.validation": Text("引用别的表的下拉", "drop-downs fed from another sheet"),
    "template.holds.format": Text("数据条或图标集", "data bars or icon sets"),
    "template.holds.sparkline": Text("迷你图", "sparklines"),
    "template.holds.shape": Text("文本框或图形", "text boxes or shapes"),
    "template.holds.control": Text("表单控件", "form controls"),
    "template.holds.extension": Text("扩展内容", "extensions of the format"),
    "template.holds.macro": Text("宏", "macros"),
    "template.holds.slicer": Text("切片器", "slicers"),
    "template.holds.thread": Text("会话批注", "threaded comments"),
    "template.holds.pivot": Text("数据透视表", "pivot tables"),
    "template.lost": Text(
        "{file}:里面有 {what},用程序填会丢,所以没有动它;清单在 {plain},请复制过去。",
        "{file}: it holds {what}, which filling it in would lose, so it was left alone; the list is in {plain}, to be copied over.",
    ),
    "template.no_id": Text(
        "{file}:没有找到「商品ID」这一列,不知道填在哪里;清单在 {plain}。",
        "{file}: no product id column was found, so it is not known where to fill it in; the list is in {plain}.",
    ),
    "template.filled": Text("模板填好了:{file}。", "Your template is filled in: {file}."),
}

_CLI = {
    "cli.apply": Text(
        "读回清单里的「我的决定」,写出要去操作的工作清单、通知和撤销表。",
        "Read the decisions back from a week's workbook and write the work list, notices and undo list.",
    ),
    "cli.confirm": Text(
        "核对哪些真下架了:看工作清单里填的、最新的商品表、接口的返回。",
        "Find out what really went off sale: from the work lists, the newest product list, or a call's answer.",
    ),
    "cli.undo": Text("把某一次运行下架的商品列出来,准备重新上架。", "List what a run took off sale, to be relisted."),
    "cli.log": Text("一个商品的来龙去脉。", "The story of one product."),
    "cli.option.template": Text("要填的你自己的模板(.xlsx)", "your own template to fill in (.xlsx)"),
    "cli.option.payload": Text(
        "另外写出接口请求(自营店接口,全托管未证实)",
        "also write the call's payload (self-run; unproven for fully-managed)",
    ),
    "cli.option.response": Text("接口返回的JSON文件", "the JSON answer of a call"),
}

TEXTS: dict[str, Text] = {**_STATES, **_RESULTS, **_ERRORS, **_REFUSED, **_SHEETS, **_NOTICES, **_SAID, **_CLI}
