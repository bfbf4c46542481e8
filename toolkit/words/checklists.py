"""What an application, an opening or a review asks for, and what to do where it is not there."""

from __future__ import annotations

from toolkit.words import Text

_ASKED = {
    # Refund application
    "no_open_dispute": ("没有未结纠纷", "no open dispute", "先把纠纷处理完;没名单就补上纠纷名单", "settle the disputes; without a list, bring it"),
    "no_open_order": ("没有未完成订单", "no unfinished order", "等订单都完成;没名单就补上订单", "let all orders finish; without a list, bring it"),
    "no_debt": ("没有欠款", "no debt", "先还清欠款;没名单就补上欠款名单", "pay the debts; without a list, bring it"),
    "no_pending_fine": ("没有待扣的罚款", "no fine pending", "罚款会先扣,余额再退;没名单就补上罚款名单", "fines are taken first, the rest is returned; without a list, bring it"),
    "reason": ("退款原因", "reason", "想好怎么写,填进「办理事项」的事由", "decide on it and write it into the sheet of cases"),
    "refund_amount": ("退款金额(照这个填)", "amount to apply for", "不知道该退多少:补上保证金账单或台账", "not known: bring the deposit bill or a ledger"),
    "applied_amount": ("申请里写的金额", "amount in the application", "和该退的不一样,核对后找客服", "differs from what is due: check, then ask support"),
    "bound_account": ("绑定的支付宝", "bound Alipay account", "在店铺档案写上支付宝尾号", "write its tail into the store file"),
    "phone": ("电话保持畅通", "phone answered", "审核时会打来:安排人接,店铺档案里写「是」", "have somebody answer during the review, then say yes in the store file"),
    "received_amount": ("到账金额(差额)", "amount received (gap)", "金额不对,联系速卖通客服", "the amount is wrong: contact AliExpress support"),
    # Opening
    "company_only": ("企业资质(个体工商户不可以)", "a company (sole traders may not)", "只支持企业入驻:在店铺档案写主体类型", "only companies may: state the kind of business in the store file"),
    "new_email": ("没用过的邮箱", "an e-mail never used", "换一个没绑过速卖通店铺、没注册过卖家的邮箱", "take one never bound to a store or registered as a seller"),
    "browser": ("用Chrome或Edge", "Chrome or Edge", "建议换Chrome或Edge再操作", "better use Chrome or Edge"),
    "one_per_self_run": ("一个自营店只开一家全托管", "one fully-managed store per self-run store", "用自营店开的,写上是哪家;已经开过一家就不能再开", "name the self-run store if it is opened from one; a second is not allowed"),
    "company_certification": ("企业认证通过", "company certification passed", "提交认证,一般1小时内有结果", "submit it; usually about an hour"),
    "business_information": ("业务信息审核通过", "business information passed", "补充经营信息,一般2到4个工作日", "submit it; usually 2 to 4 working days"),
    "fund_account": ("资金账户开通", "fund account opened", "审核通过后开通,大约2到3天", "open it once the review has passed; about 2 to 3 days"),
    "alipay_account": ("支付宝账户(个人、企业都行)", "Alipay account (personal or company)", "在店铺档案写上支付宝尾号", "write its tail into the store file"),
    "deposit_paid": ("保证金已缴", "deposit paid", "缴足保证金,到国际支付宝看是否冻结成功", "pay it and see in the international account that it is frozen"),
    # Review
    "handed_in": ("已提交", "handed in", "提交材料,在「办理事项」写提交日", "submit, and write the day into the sheet of cases"),
    "documents_complete": ("材料齐全、信息完整准确", "everything there, complete and accurate", "逐项核对,齐了在「办理事项」写「是」", "go through it all, then say yes in the sheet of cases"),
    "required_document": ("要交的材料", "a required document", "把这份材料放进 资料 文件夹", "put it into the folder 资料"),
    "file_kinds": ("文件格式", "kinds of files", "格式不对就重新导出;平台收哪些格式指南没写,问清后写进设置", "export wrong ones again; which kinds the platform takes is not in the guide: ask and put it into the settings"),
    "file_sizes": ("文件大小", "sizes of files", "空的、太大的要换;上限指南没写,问清后写进设置", "replace empty or too large ones; the limit is not in the guide: ask and put it into the settings"),
    "documents_match": ("内容和实际一致", "content matches the facts", "对照营业执照等逐项核对,一致就写「是」", "compare with the licence and the like, then say yes"),
    "objection": ("驳回原因已改", "objection answered", "按驳回原因改,重新提交", "correct what was objected to and submit again"),
    "in_time": ("还在审核期限内", "still in time", "材料、格式都查过,就打客服电话查进度", "once documents and kinds are checked, call support and ask"),
}  # fmt: skip
"""Item → what it is, and what to do where it is missing or not known; Chinese and English."""

TEXTS: dict[str, Text] = {
    **{f"check_item.{name}": Text(zh, en) for name, (zh, en, _, _) in _ASKED.items()},
    **{f"check_step.{name}": Text(zh, en) for name, (_, _, zh, en) in _ASKED.items()},
    "check_state.ready": Text("已具备", "there"),
    "check_state.missing": Text("缺", "missing"),
    "check_state.unclear": Text("不清楚", "not known"),
    "checklist.refund_form": Text("退款申请", "refund application"),
    "checklist.opening": Text("开店", "opening"),
    "checklist.review": Text("审核", "review"),
    "workbook.sheet.refund_form": Text("退款申请表", "Refund application"),
    "workbook.sheet.opening": Text("开店清单", "Opening checklist"),
    "workbook.sheet.review": Text("审核清单", "Review checklist"),
    "workbook.sheet.balances": Text("余额", "Balances"),
    "workbook.how.refund_form": Text(
        "申请退保证金照这张填。「不清楚」不等于没问题:先弄清再申请。",
        "Fill in the application from this. Not known is not the same as fine: find out before you apply.",
    ),
    "workbook.how.opening": Text(
        "开店指南要求的,一项一行。没写过的算「不清楚」,写在店铺档案里。",
        "What the seller guide asks for, one per line. What nobody stated is not known; state it in the store file.",
    ),
    "workbook.how.review": Text(
        "审核迟迟不过,先照这张查,再打客服电话。材料放在店铺的 资料 文件夹,格式和大小会查。",
        "If a review takes long, go through this, then call support. Documents in the store's folder 资料 are looked at.",
    ),
    "workbook.how.balances": Text(
        "每店的保证金:缴了多少,扣了什么,还剩多少。下面一步步算清,合计必须是0。",
        "Each store's deposit: what was paid, what was taken, what is left. Step by step below, each store sums to zero.",
    ),
    "workbook.money.deductions": Text("其他金额", "Other amounts"),
}
