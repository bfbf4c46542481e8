"""What each kind of file is, and how a seller gets it.

Only one download of a fully-managed store is known for sure: the period sales export. The other kinds come from the
open API, an ERP, or are kept by hand; each text says which, so that nobody looks for a button that does not exist.
"""

from __future__ import annotations

from toolkit.words import Text

TEXTS: dict[str, Text] = {
    # Products
    "source.catalog_sheet": Text("商品表(一行一个商品)", "product sheet (one row per product)"),
    "source.catalog_sheet.how": Text(
        "手工维护:用 toolkit init 写出的商品表.xlsx 填写,或自己的商品表格;只有商品ID必填。后台没有已知的全托管商品导出。",
        "By hand: fill in the 商品表.xlsx that toolkit init writes, or use a sheet of your own; only the product id is "
        "required. No product export of a fully-managed store is known.",
    ),
    "source.choice_products": Text(
        "全托管商品列表(商品、SKU、货品绑定、各仓可售库存)",
        "fully-managed product list (products, SKUs, bindings, sellable stock per warehouse)",
    ),
    "source.choice_products.how": Text(
        "开放平台接口或ERP:接口 aliexpress.choice.products.list 返回的JSON(一页20个,多页放在一起也行),"
        "或把同样字段铺成的表格。",
        "API or ERP: the JSON answers of aliexpress.choice.products.list (20 products a page; several pages in one file "
        "are fine), or a sheet with the same field names.",
    ),
    # Sales
    "source.period_sales": Text("全托管销售数据(汇总指标)", "fully-managed sales data (汇总指标)"),
    "source.period_sales.how": Text(
        "卖家后台下载:商品销售数据导出,工作表名是“汇总指标”;按整周或整月下载,不要改文件名里的日期。",
        "Seller download: the product sales data export, sheet 汇总指标; download whole weeks or whole months and keep "
        "the date in the file's name.",
    ),
    "source.period_sales_self_run": Text("自营店商品数据", "self-run store's product data"),
    "source.period_sales_self_run.how": Text(
        "卖家后台下载:自营店的商品数据导出;只作参考,和全托管销量分开算。",
        "Seller download: the self-run store's product data export; kept apart from fully-managed sales.",
    ),
    "source.order_lines": Text("订单明细(一行一个商品)", "order lines (one product per row)"),
    "source.order_lines.how": Text(
        "开放平台接口、ERP或手工维护:任何一行一个商品的订单表,要有商品ID、下单时间和件数。",
        "API, ERP or by hand: any order sheet with one product per row, with product id, order time and units.",
    ),
    # Purchase orders
    "source.purchase_orders": Text("采购单(备货单、JIT单)", "purchase orders (warehouse and JIT)"),
    "source.purchase_orders.how": Text(
        "开放平台接口或ERP:接口 aliexpress.ascp.po.pageQuery 或 ascp.po.query 的结果。"
        "没有单据类型(10普通仓发、50 JIT)时,不知道是收货还是卖出。",
        "API or ERP: the answers of aliexpress.ascp.po.pageQuery or ascp.po.query. Without the order type (10 "
        "warehouse, 50 JIT) it is not known whether an order is a receipt or a sale.",
    ),
    "source.purchase_order_lines": Text("采购单明细", "purchase order lines"),
    "source.purchase_order_lines.how": Text(
        "开放平台接口或ERP:接口 aliexpress.ascp.po.item.query 的结果;要和采购单一起用。",
        "API or ERP: the answers of aliexpress.ascp.po.item.query; to be used together with the purchase orders.",
    ),
    "source.purchase_order_sheet": Text("采购单连明细(一张表)", "purchase orders with their lines (one sheet)"),
    "source.purchase_order_sheet.how": Text(
        "ERP导出或手工维护:一行一个采购单里的一个货品,单据类型、时间每行重复。",
        "An ERP's export or by hand: one item of one purchase order per row, the order's type and times repeated.",
    ),
    # Stock
    "source.stock_products": Text("商品库存(一行一个商品)", "stock per product"),
    "source.stock_products.how": Text(
        "手工维护或ERP:商品ID和库存两列就够,最好有数据日期。",
        "By hand or from an ERP: product id and stock are enough; a data date is better.",
    ),
    "source.stock_skus": Text("SKU各仓可售库存", "sellable stock per SKU and warehouse"),
    "source.stock_skus.how": Text(
        "开放平台接口或ERP:接口 aliexpress.choice.product.stocks.query 的结果,或同样字段的表格。"
        "JIT仓的数是自己填的,不是真有这么多货。",
        "API or ERP: the answers of aliexpress.choice.product.stocks.query, or a sheet with the same fields. A number "
        "in a JIT warehouse is what the seller typed, not goods that exist.",
    ),
    "source.stock_warehouse_items": Text(
        "货品各仓库存(含占用)", "stock per warehouse item and warehouse, locked units included"
    ),
    "source.stock_warehouse_items.how": Text(
        "开放平台接口或ERP:接口 aliexpress.ascp.warehouse.inventory.query 的结果;库存数已经包含占用,可售=库存-占用。",
        "API or ERP: the answers of aliexpress.ascp.warehouse.inventory.query; quantity includes locked units, sellable "
        "is quantity less locked.",
    ),
    "source.stock_in_transit": Text("货品在途库存", "units in transit per warehouse item"),
    "source.stock_in_transit.how": Text(
        "开放平台接口或ERP:接口 aliexpress.ascp.onway.inventory.query 的结果;"
        "只有采购在途和调拨在途算作将到的货,销售在途和销退在途不算。",
        "API or ERP: the answers of aliexpress.ascp.onway.inventory.query; only purchase and transfer units count as "
        "inbound, units on their way to or back from buyers do not.",
    ),
    "source.inventory_page": Text("平台库存页(平台库存、在途库存)", "platform inventory page (on hand, in transit)"),
    "source.inventory_page.how": Text(
        "手工维护或ERP:后台库存页上的数抄成的表;页面没有已知的下载按钮。",
        "By hand or from an ERP: the numbers of the inventory page put into a sheet; the page has no known download.",
    ),
    # Bindings
    "source.bindings": Text("SKU和货品的对应关系", "which warehouse item stands behind which SKU"),
    "source.bindings.how": Text(
        "开放平台接口、ERP或手工维护:有SKU ID(或卖家SKU)和货品ID两列就够,最好有商品ID。",
        "API, ERP or by hand: SKU id (or seller SKU) and warehouse item id are enough; the product id is better.",
    ),
    # Policy
    "source.policy_terms": Text("政策名单:违禁词", "policy list: terms"),
    "source.policy_terms.how": Text(
        "手工维护:policy.xlsx 的“违禁词”表,看到平台公告后自己加,写上名单日期。",
        "By hand: sheet 违禁词 of policy.xlsx; add what the platform's notices forbid, with the list's date.",
    ),
    "source.policy_brands": Text("政策名单:品牌", "policy list: brands"),
    "source.policy_brands.how": Text(
        "手工维护:policy.xlsx 的“品牌”表,写不能卖或没有授权的品牌,写上名单日期。",
        "By hand: sheet 品牌 of policy.xlsx; brands that are forbidden or not authorised, with the list's date.",
    ),
    "source.policy_categories": Text("政策名单:类目", "policy list: categories"),
    "source.policy_categories.how": Text(
        "手工维护:policy.xlsx 的“类目”表,写不能卖或资质到期的类目,写上名单日期。",
        "By hand: sheet 类目 of policy.xlsx; categories that are forbidden or whose papers expire, with the list's date.",
    ),
    "source.policy_products": Text("政策名单:商品ID", "policy list: product ids"),
    "source.policy_products.how": Text(
        "手工维护:policy.xlsx 的“商品ID”表,写平台点名要下架的商品,写上名单日期。",
        "By hand: sheet 商品ID of policy.xlsx; products the platform asks by name to take off sale, with the list's date.",
    ),
    "source.policy_qualifications": Text("资质到期日", "qualifications and until when they are valid"),
    "source.policy_qualifications.how": Text(
        "手工维护:policy.xlsx 的“资质”表,写商品ID或类目、资质名称、有效期至;换了新证就改日期。",
        "By hand: sheet 资质 of policy.xlsx; product id or category, qualification, valid until; change the day once it is renewed.",
    ),
    "source.policy_special": Text("特殊类目", "special categories"),
    "source.policy_special.how": Text(
        "手工维护:policy.xlsx 的“特殊类目”表,写平台规定的特殊类目(要看平台公告)。",
        "By hand: sheet 特殊类目 of policy.xlsx; categories the platform treats as special, by its notices.",
    ),
    "source.policy_protected": Text("保护名单", "protected list"),
    "source.policy_protected.how": Text(
        "手工维护:policy.xlsx 的“保护名单”表,写不想让工具建议下架的商品。",
        "By hand: sheet 保护名单 of policy.xlsx; products the tool must not advise to delist.",
    ),
    # Money
    "source.alipay_personal": Text("支付宝账单(个人)", "Alipay bill (personal)"),
    "source.alipay_personal.how": Text(
        "支付宝下载:手机支付宝“账单-开具交易流水证明”,或网页版“交易记录”下载的csv;不要只选“仅支出”,否则里面没有退款。"
        "文件自己写的合计可能和明细有差(支付宝的说明里这样写),只列出来对照,不算错。",
        "Downloaded from Alipay, app or web; do not export expenses only, or no refund is in it. Alipay itself says its "
        "totals may differ from the rows: a difference is shown and is no error.",
    ),
    "source.alipay_fund_flow": Text("支付宝商家账务明细", "Alipay merchant fund flow"),
    "source.alipay_fund_flow.how": Text(
        "支付宝商家中心下载:账务明细的zip或csv,原样放进来。笔数、合计和余额必须一分不差,有差就是缺行。",
        "Downloaded from Alipay's merchant centre, zip or csv as it is. Counts, totals and the running balance must agree "
        "to the fen: a difference means missing rows.",
    ),
    "source.alipay_business": Text("支付宝商家业务明细", "Alipay merchant business statement"),
    "source.alipay_business.how": Text(
        "支付宝商家中心下载:业务明细;和账务明细说的是同一笔钱,不会加两次。",
        "Downloaded from Alipay's merchant centre; tells the same money as the fund flow and is never added to it.",
    ),
    "source.wechat_personal": Text("微信支付账单(个人)", "WeChat bill (personal)"),
    "source.wechat_personal.how": Text(
        "微信下载:“服务-钱包-账单-下载账单”发到邮箱的csv或xlsx;合计和明细有差时只列出来对照。",
        "Downloaded from WeChat (wallet, bills), csv or xlsx; totals that differ from the rows are shown as they are.",
    ),
    "source.wechat_merchant": Text("微信商户资金账单", "WeChat merchant fund bill"),
    "source.wechat_merchant.how": Text(
        "微信支付商户平台下载:资金账单;笔数、合计和余额必须一分不差。",
        "Downloaded from WeChat's merchant platform; counts, totals and balance must agree to the fen.",
    ),
    "source.settlement": Text("国际结算明细", "international settlement file"),
    "source.settlement.how": Text(
        "支付服务商下载:按交易列出的结算文件;每一行都要写币种。",
        "Downloaded from the payment service: settlement by transaction; each row must state its currency.",
    ),
    "source.settlement_batches": Text("国际结算批次", "international settlement batches"),
    "source.settlement_batches.how": Text(
        "支付服务商下载:一行一个结算批次;只用来核对,不和明细相加。",
        "Downloaded from the payment service: one settlement batch per row; a check, never added to the lines.",
    ),
    "source.deposit_bill": Text("保证金账单(国际支付宝)", "deposit bill (international Alipay)"),
    "source.deposit_bill.how": Text(
        "国际支付宝后台或ERP:保证金账单,要有时间、交易类型、交易金额、余额。卖家下载的表头没有公开资料,"
        "认不出时把表头写进列对照.xlsx。金额的正负按余额的变化定。",
        "From the international Alipay account or an ERP, with time, type, amount and balance. The captions of the seller's "
        "download are not public: if they are not recognised, write them into 列对照.xlsx. The balance decides the signs.",
    ),
    "source.deposit_ledger": Text("保证金手工台账", "deposit ledger kept by hand"),
    "source.deposit_ledger.how": Text(
        "手工维护:店铺、日期、类别(缴纳、补缴、冻结、解冻、罚款、赔付、退款)、金额、参考号。",
        "By hand: store, date, class (pay, top up, freeze, thaw, fine, compensation, refund), amount, reference.",
    ),
    "source.store_file": Text("店铺档案", "store file"),
    "source.store_file.how": Text(
        "手工维护:用 toolkit init 写出的店铺档案.xlsx,一行一个店铺。",
        "By hand: the 店铺档案.xlsx that toolkit init writes, one store per row.",
    ),
    "source.bill_ranges": Text("账单范围(每份账单导出了什么)", "what each bill holds, said by hand"),
    "source.bill_ranges.how": Text(
        "手工维护:店铺档案.xlsx 的“账单范围”表,一行一份账单;只补账单自己没写的。",
        "By hand: sheet 账单范围 of 店铺档案.xlsx, one bill per row; it only adds what the bill itself does not say.",
    ),
    "source.cases": Text("办理事项(退保证金申请、开店审核)", "cases (deposit refunds, reviews at opening)"),
    "source.cases.how": Text(
        "手工维护:店铺档案.xlsx 的“办理事项”表,或自己的申请记录;要有提交日。",
        "By hand: sheet 办理事项 of 店铺档案.xlsx, or a list of your own with the day of submission.",
    ),
    "source.fines": Text("罚款清单", "list of fines"),
    "source.fines.how": Text(
        "手工维护:把后台违规处罚页的内容抄成表:处罚编号、日期、罚款金额、原因;页面没有已知的下载按钮。",
        "By hand: the violations page put into a sheet (notice no., date, amount, reason); it has no known download.",
    ),
    "source.disputes": Text("纠纷列表", "list of disputes"),
    "source.disputes.how": Text(
        "开放平台接口或ERP:接口 aliexpress.issue.issuelist.get 的结果,或有纠纷号、订单号、纠纷状态的表。",
        "API or ERP: the answers of aliexpress.issue.issuelist.get, or a sheet with dispute id, order id and state.",
    ),
    "source.debts": Text("欠款清单", "list of debts"),
    "source.debts.how": Text(
        "手工维护:欠款编号、日期、欠款金额、状态;没有欠款就留一张只有表头的表,这样才知道是没有。",
        "By hand: reference, date, amount, state; with no debt keep the header alone, so that none is known to be none.",
    ),
    "source.order_money": Text("订单放款和退款记录", "order releases and refunds"),
    "source.order_money.how": Text(
        "卖家后台下载(订单放款记录、订单退款记录)或接口 findloanlistquery 的结果;后台下载的表头没有公开资料,"
        "认不出时把表头写进列对照.xlsx。",
        "Seller download (订单放款记录, 订单退款记录) or the answers of findloanlistquery; the captions of the downloads are not "
        "public: if they are not recognised, write them into 列对照.xlsx.",
    ),
    "source.column_map": Text("列对照", "column map"),
    "source.column_map.how": Text(
        "手工维护:列对照.xlsx,三列:文件类型、我们的列、文件里的表头。",
        "By hand: 列对照.xlsx with three columns: kind of file, our column, caption in the file.",
    ),
    "problem.amount_missing": Text("没有金额", "no amount"),
    "problem.currency_missing": Text(
        "没有写币种,又没有默认币种", "no currency is stated, and there is no default for it"
    ),
    "problem.direction_unclear": Text(
        "看不出是收还是支,不计入合计", "whether it came in or went out is not clear: in no sum"
    ),
    # What can be wrong with a row, what was done about it, and what `toolkit check` says
    "problem.format": Text("认不出的写法", "not a spelling that is known"),
    "problem.missing": Text("必填,但是空的", "required, but empty"),
    "problem.id": Text("不像编号", "not an id"),
    "problem.id_separator": Text("编号里有分号", "a semicolon inside an id"),
    "problem.date": Text("认不出的日期写法", "not a date in a known spelling"),
    "problem.date_range": Text("日期不在合理范围内", "a date outside the expected years"),
    "problem.after_today": Text("日期在今天之后,不可能已经发生", "dated after today, so it cannot have happened"),
    "problem.gone_in_place": Text(
        "改过的文件里没有了(内容是几行、哪些编号)",
        "no longer in the corrected file (the value: how many rows, which ids)",
    ),
    "problem.far_ahead": Text(
        "日期比其他所有日期晚很多,像是年份打错", "far after all other days, like a year typed wrong"
    ),
    "problem.period_not_over": Text("统计期还没结束", "its period is not over yet"),
    "problem.units": Text("不是整数件数", "not a whole number of units"),
    "problem.negative": Text("不该是负数", "must not be negative"),
    "problem.money": Text("认不出的金额写法(最多两位小数)", "not an amount in a known spelling (two decimals at most)"),
    "problem.currency_mixed": Text("和本行的币种不同", "in another currency than its row"),
    "problem.percent": Text("不是0到100%的比例", "not a share from 0 to 100%"),
    "problem.unknown_word": Text("没见过的词", "a word that is not known"),
    "problem.too_many_fields": Text(
        "这一行比表头多了列,可能错位", "more fields than the header: the row may be shifted"
    ),
    "problem.too_few_fields": Text(
        "这一行比表头少了列,可能错位", "fewer fields than the header: the row may be shifted"
    ),
    "problem.incomplete": Text("缺少认出这一行所需的编号", "lacks the ids that say what the row is about"),
    "problem.period_unknown": Text(
        "不知道是哪段时间的数据:请加一列“日期”(如 2026-11-16 ~ 2026-11-22),或让文件名带周日或月末的日期(如 20261122)",
        "its period is not known: add a column 日期 (like 2026-11-16 ~ 2026-11-22), or put a week's Sunday or a month's last "
        "day into the file's name (like 20261122)",
    ),
    "problem.conflict": Text(
        "和前面同一个商品的写法不一致(括号里是那一行)",
        "contradicts an earlier row of the same thing (its row in brackets)",
    ),
    "problem.error_cell": Text(
        "单元格是Excel错误值(如 #DIV/0!、#N/A),读不出内容(内容是几格)",
        "cells hold an Excel error such as #DIV/0! or #N/A and give no value (how many)",
    ),
    "problem.formula_empty": Text(
        "公式还没有算出结果,用Excel打开保存一次再放进来(内容是几格)",
        "formulas that were never worked out: open the file in Excel, save it and hand it in again (how many)",
    ),
    "problem.hidden_rows": Text("有被隐藏或筛掉的行(内容是行数)", "rows are hidden or filtered away (their number)"),
    "problem.merged_filled": Text(
        "合并单元格只有第一行有字,下面几行照它填上(内容是填了几格)",
        "merged cells have text in their first row only; the rows below were filled from it (the number of cells)",
    ),
    "problem.sku_units_alike": Text(
        "同一商品的各个SKU写的件数都一样,可能是商品总数写了几遍,所以只算一遍",
        "every SKU of a product states the same units, perhaps the product's total over again: taken once",
    ),
    "problem.header_twice": Text(
        "同一个表头出现两次,只读了第一个", "the same header stands over two columns; the first was read"
    ),
    "problem.title": Text("表头上面的说明", "a title above the header"),
    "problem.header_again": Text("重复的表头", "the header again"),
    "problem.footer": Text("合计或页脚", "a total or footer"),
    "problem.instruction": Text("填写说明", "an instruction for filling in"),
    "problem.blank": Text("空行", "a blank row"),
    "problem.not_listed": Text(
        "还有更多问题行,没有逐行列出(内容是行数)", "more rows with problems, not listed one by one (their number)"
    ),
    "effect.rejected": Text("整行没有用", "row rejected"),
    "effect.blanked": Text("这一格当作没填,其余照用", "value left out, row kept"),
    "effect.set_aside": Text("放在一边,不算数据", "set aside, not data"),
    "effect.first_kept": Text("用了第一个", "first one kept"),
    "effect.read_all_the_same": Text("照样读了", "read all the same"),
    "effect.filled": Text("已填上", "filled in"),
    "effect.not_used": Text("没有用来判断", "not used to judge"),
    "effect.replaced": Text("按改过的文件算", "the corrected file stands"),
    "effect.not_listed": Text("没有逐行列出", "not listed"),
    "check.file": Text("{file}", "{file}"),
    "check.sheet": Text("  {sheet}:{kind}", "  {sheet}: {kind}"),
    "check.no_sheet": Text("  {kind}", "  {kind}"),
    "check.how": Text("    {how}", "    {how}"),
    "check.header": Text("    表头在第{row}行", "    header in row {row}"),
    "check.counts": Text(
        "    读到{read}行 = 保留{kept} + 放一边{set_aside} + 拒绝{rejected}",
        "    {read} {read:row|rows} read = {kept} kept + {set_aside} set aside + {rejected} rejected",
    ),
    "check.problem": Text(
        "    {problem}({effect}):{count}处,例如 {example}", "    {problem} ({effect}): {count}, for example {example}"
    ),
    "check.row": Text("第{row}行", "row {row}"),
    "check.suspect": Text(
        "    {count}行的编号可能被Excel改坏:可以分析,但不会写进下架清单",
        "    {count} {count:row has|rows have} ids that Excel may have changed: analysed, but never put on a delist list",
    ),
    "check.observed_on": Text("    数据日期:{day}", "    data date: {day}"),
    "check.no_day": Text(
        "    数据日期:不知道(表里没有数据日期列,文件名里也没有)",
        "    data date: not known (no column states it, nor does the file's name)",
    ),
    "check.unknown_columns": Text("    没有用到的列:{columns}", "    columns not used: {columns}"),
    "check.unrecognised": Text("不认识这张表", "not a kind of sheet that is known"),
    "check.headers_seen": Text(
        "    最像表头的是第{row}行:{headers}", "    row {row} looks most like a header: {headers}"
    ),
    "check.hidden": Text("隐藏的工作表,没有读", "hidden sheet, not read"),
    "check.warning": Text(
        "{file}:拒绝了{rejected}行(共读到{read}行),第一处:{first};看全部:tk.check({path!r})",
        "{file}: {rejected} of {read} {read:row|rows} rejected, the first: {first}; see all: tk.check({path!r})",
    ),
    "table.catalog": Text("商品表", "a product list"),
    "table.order_lines": Text("订单明细", "order lines"),
    "table.period_sales": Text("销售数据(汇总指标)", "a period sales export"),
    "table.stock": Text("库存表", "a stock list"),
    "table.bindings": Text("SKU和货品的对应关系", "bindings of SKUs and items"),
    "table.purchase_orders": Text("采购单", "purchase orders"),
    "table.purchase_order_lines": Text("采购单明细", "purchase order lines"),
    "table.policy": Text("政策名单", "a policy list"),
    "table.bill_rows": Text("账单", "a bill"),
    "table.bill_files": Text("账单的起止日和合计", "what bills say of themselves"),
    "table.bill_ranges": Text("账单范围", "what bills are said to hold"),
    "table.store_file": Text("店铺档案", "a store file"),
    "table.deposit_ledger": Text("保证金账单或台账", "a deposit bill or ledger"),
    "table.applications": Text("办理事项", "a list of cases"),
    "table.fines": Text("罚款清单", "a list of fines"),
    "table.disputes": Text("纠纷列表", "a list of disputes"),
    "table.debts": Text("欠款清单", "a list of debts"),
    "table.refunds": Text("订单放款和退款记录", "order releases and refunds"),
    "table.settlements": Text("结算文件", "a settlement file"),
    "check.warning.blanked": Text(
        "{file}:有{values}个格子认不出,当作没填,第一处:{first};看全部:tk.check({path!r})",
        "{file}: {values} {values:value|values} could not be read and {values:was|were} left out, the first: {first}; see all: tk.check({path!r})",
    ),
    "check.warning.blanked.frame": Text(
        "{file}:有{values}个格子认不出,当作没填,第一处:{first}",
        "{file}: {values} {values:value|values} could not be read and {values:was|were} left out, the first: {first}",
    ),
    "check.warning.frame": Text(
        "{file}:拒绝了{rejected}行(共{read}行),第一处:{first}",
        "{file}: {rejected} of {read} {read:row|rows} rejected, the first: {first}",
    ),
}
