"""What the sheets of a new store folder say: their names, headers, hints, and how to fill them in."""

from __future__ import annotations

from toolkit.words import Text

TEXTS: dict[str, Text] = {
    "store.sheet.products": Text("商品表", "Products"),
    "store.sheet.store": Text("店铺档案", "Store"),
    "store.sheet.cases": Text("办理事项", "Cases"),
    "store.sheet.ranges": Text("账单范围", "What bills hold"),
    "store.sheet.about": Text("说明", "About"),
    "store.sheet.terms": Text("违禁词", "terms"),
    "store.sheet.brands": Text("品牌", "brands"),
    "store.sheet.categories": Text("类目", "categories"),
    "store.sheet.products_listed": Text("商品ID", "product ids"),
    "store.sheet.protected": Text("保护名单", "protected list"),
    "store.sheet.qualifications": Text("资质", "qualifications"),
    "store.sheet.special": Text("特殊类目", "special categories"),
    "store.header.paper_for": Text("商品ID或类目", "product id or category"),
    "store.header.paper_until": Text("有效期至", "valid until"),
    "store.header.entry": Text("内容", "entry"),
    "store.header.store": Text("店铺", "store"),
    "store.header.linked_store": Text("关联自营店", "linked self-run store"),
    "store.header.company": Text("公司", "company"),
    "store.header.alipay_tail": Text("支付宝尾号", "Alipay account tail"),
    "store.header.deposit_on": Text("保证金日期", "deposit date"),
    "store.header.deposit": Text("保证金金额", "deposit amount"),
    "store.header.applied_on": Text("申请日", "applied on"),
    "store.header.approved_on": Text("审核通过日", "approved on"),
    "store.header.note": Text("备注", "note"),
    "store.header.case_amount": Text("申请金额", "amount"),
    "store.hint.product.product_id": Text(
        "必填。整列已设成文本,粘贴时选「只保留文本」,16位数字才不会被Excel改坏。",
        "Required. The column is set to text; paste as text, or Excel changes ids of 16 digits.",
    ),
    "store.hint.product.supply_price_fen": Text("平台付给你的价,元。", "What the platform pays you, in yuan."),
    "store.hint.product.unit_cost_fen": Text(
        "一件的成本,元。不填就不按金额下结论。", "Your cost of one unit, in yuan. Without it nothing is said in money."
    ),
    "store.hint.product.on_hand_units": Text(
        "仓库里真有的件数。JIT商品后台填的数不算库存。",
        "Units that are really in the warehouse; a number typed for JIT goods is not stock.",
    ),
    "store.hint.product.observed_on": Text(
        "这一行是哪天的情况,例如 2026-11-22。不填:只当作现在的情况,不进历史。",
        "The day this row was true, such as 2026-11-22. Without it the row is the present state, not history.",
    ),
    "store.hint.policy.policy_value": Text("一行一条。", "One entry per row."),
    "store.hint.policy.policy_document": Text(
        "例如 3C认证、授权书。", "Such as a CE certificate or a brand's authorisation."
    ),
    "store.hint.policy.policy_exceptions": Text(
        "含这些词的不算,多个用分号隔开。", "Titles with these words are not meant; separate several by semicolons."
    ),
    "store.hint.policy.policy_list_on": Text("公告或名单的日期。", "Date of the notice or list."),
    "store.hint.store.alipay_tail": Text("只写最后四位。", "The last four digits only."),
    "store.hint.store.entity_type": Text(
        "入驻只支持企业,个体工商户不可以(开店指南)。",
        "Only companies may open a store, sole traders may not (seller guide).",
    ),
    "store.hint.store.email_unused": Text(
        "登录邮箱没在速卖通卖家或店铺用过,写「是」。", "Yes if the e-mail was never used for a seller account or store."
    ),
    "store.hint.store.browser": Text(
        "入驻时用哪个浏览器;建议Chrome或Edge。", "Which browser; Chrome or Edge is advised."
    ),
    "store.hint.store.phone_reachable": Text(
        "审核时会打电话;有人接就写「是」。号码不用写。", "Yes if somebody answers during the review; no number needed."
    ),
    "store.hint.case.documents_complete": Text("材料都交齐了写「是」。", "Yes if everything was handed in."),
    "store.hint.case.documents_match": Text(
        "文件内容和实际情况一致写「是」。", "Yes if what the files say matches the facts."
    ),
    "store.hint.range.bill_name": Text(
        "账单文件的名字,一行一份。账单自己写明的以账单为准。",
        "The bill's file name, one per row. What the bill itself says stands.",
    ),
    "store.hint.range.bill_filter": Text(
        "导出时选了哪些类型;记不清就空着,会当作不知道。", "Which kinds of rows were chosen; leave it empty if not sure."
    ),
    "store.hint.range.account": Text("账单自己没写账号时才填。", "Only if the bill itself names no account."),
    "store.hint.case.submitted_on": Text(
        "提交的日期,必填;知道几点也可以写上。", "The day it was submitted; the hour too if known."
    ),
    "store.hint.case.account": Text(
        "退到哪个支付宝,只写最后四位。", "Which Alipay account it returns to, the last four digits only."
    ),
    "store.hint.case.reason": Text("申请的理由;被驳回就写驳回原因。", "Why it was applied for; if rejected, why."),
    "store.about.products": Text(
        """怎么填商品表
只有商品ID必填,其余知道多少填多少;不知道就空着,不要填0。
一行一个商品。不要改表头,列的顺序可以变,可以加自己的列(不会读)。
备货类型和状态请用下拉里的词。供货价是平台付给你的钱,成本价是你自己的成本,单位都是元。
数据日期写这一行是哪天的情况。每周改一次库存时,把日期一起改掉,以前的数字会留在历史里。""",
        """How to fill in the product sheet
Only the product id is required. Fill in what you know and leave the rest empty; empty is not 0.
One product per row. Keep the headers; columns may be moved, and columns of your own are not read.
Use the words of the drop-downs for stocking type and status. Supply price is what the platform pays you, unit cost is your own; both in yuan.
Data date is the day the row was true. When you update stock, update the date too: earlier numbers stay in the history.""",
    ),
    "store.about.policy": Text(
        """怎么填政策名单
这是你自己的名单,平台没有可以直接读的名单:看到公告就加一行,写上名单日期。
违禁词、品牌、类目、商品ID 四张表里的商品会列为「必须下架」;保护名单里的商品不会被建议下架。
生效日、失效日不填表示一直有效。例外:标题里有这些词,或写的是商品ID、类目,就不算命中。
资质:商品ID或类目、资质名称、有效期至。到期前会提醒,过期列为「必须下架」;换了新证就改有效期。
特殊类目:平台规定的特殊类目。本店能发的写进 toolkit.toml 的 special_categories,其余会提醒先核实。""",
        """How to fill in the policy list
The list is yours: the platform publishes none that could be read. Add a row when you see a notice, with the list's date.
Products that terms, brands, categories or product ids catch must be delisted; those on the protected list are never advised to be.
No dates in force mean always. Exceptions: a title with these words, or these product ids or categories, are not meant.
Qualifications: product id or category, name, valid until. You are warned before; once ended, the product must be delisted; change the day when renewed.
Special categories: as the platform names them. Put those this store may list into special_categories of toolkit.toml; the others are to be checked.""",
    ),
    "store.about.store": Text(
        """怎么填店铺档案
这里写导出文件里没有的事:关联自营店、公司、支付宝尾号、保证金和审核的日期。
一行一个店铺。没有发生的日期空着。
退保证金的申请、开店时的各项审核,写在「办理事项」表里,一行一件,有了结果再补日期。
旧版支付宝账单没写导出了哪些类型,不补写就不能说「没到账」:在「账单范围」表里一行写一份账单。""",
        """How to fill in the store file
What no export knows: the linked self-run store, the company, the Alipay tail, dates of deposit and reviews.
One store per row. Leave dates empty that have not happened.
Applications for the deposit's return and the reviews at opening go into the sheet Cases, one per row; add their dates as they come.
Older Alipay bills do not say which rows were exported, and then nothing can be called missing: say it in the sheet What bills hold.""",
    ),
    "store.sheet.rules": Text("我的规则", "My rules"),
    "store.sheet.rules_shipped": Text("内置规则", "Shipped rules"),
    "store.hint.rule.id": Text(
        "自己起名。写内置规则的编号,就是改那一条;新编号先于内置规则。",
        "Any name. A shipped rule's id changes that one; a new id is tried first.",
    ),
    "store.hint.rule.class": Text("命中的行归哪一类。", "The class of rows the rule fires on."),
    "store.hint.rule.any": Text(
        "有其中一个词就算;几个词用、隔开。", "One of these words is there; put 、 between them."
    ),
    "store.hint.rule.also": Text("还要有这里的一个词。", "One of these must be there too."),
    "store.hint.rule.not": Text("有这些词就不算。", "None of these may be there."),
    "store.hint.rule.direction": Text("进、出、不动;空着=都行。", "进 (in), 出 (out), 不动 (none); empty: any."),
    "store.hint.rule.amount": Text("正好是这个金额(元)才算。", "Exactly this amount, in yuan."),
    "store.hint.rule.off": Text("写「是」就不用这一条。", "Yes takes the rule out."),
    "store.about.rules": Text(
        """怎么填保证金规则
平台在账单里怎么写,没有公开的说法,所以内置规则只是起点。看自己的账单,在「我的规则」里写上见到的词。
只要填编号、类别和任一词就能用。规则从上往下试,先命中的算数;你的规则先于内置规则。
要改内置规则,把「内置规则」里那一行整行抄过来再改,编号不变;停用写「是」就是不要它。
「内置规则」这张表只供查看和抄写,改了不起作用。""",
        """How to fill in the deposit rules
What the platform writes into bills is not public, so the shipped rules are a start. Look at your bills and put their words into My rules.
id (编号), class (类别) and words (任一词) are enough. Rules are tried from the top, the first that fires decides; yours come before the shipped ones.
To change a shipped rule, copy its row from Shipped rules and edit it under the same id; 停用 = yes takes it out.
The sheet Shipped rules is for reading and copying; changes in it do nothing.""",
    ),
}
