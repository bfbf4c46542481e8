"""Our own lists as they come back from an operator: the decisions in delist.xlsx, the outcomes in a work list.

They are read like any export: by header, whatever the order of columns and rows, from whatever sheet has them, ids as
text. They are not among the kinds a store's inbox knows: a list is only believed in the folder of its own run.
"""

from __future__ import annotations

from toolkit.load.fields import Choice, Date, Id, Text
from toolkit.load.source import Source

__all__ = ["ANSWERS", "ANSWER_WORDS", "WORK_LIST"]

ANSWER_WORDS: dict[str, tuple[str, ...]] = {
    "approve": ("同意", "同意下架", "approve", "approved", "agree"),
    "reject": ("不同意", "reject", "rejected", "disagree"),
    "watch": ("再看一周", "look again in a week", "watch"),
    "MUST_DELIST": ("必须下架", "must delist", "MUST_DELIST"),
    "DELIST": ("下架", "delist", "DELIST"),
    "REST_UNTIL": ("换季下架", "rest until its season", "REST_UNTIL"),
    "CUT_PRICE": ("降价", "cut the price", "CUT_PRICE"),
    "WITHDRAW": ("退仓", "take stock back", "WITHDRAW"),
    "RESTOCK": ("补货", "restock", "RESTOCK"),
    "WATCH": ("先别动", "wait"),
    "KEEP": ("保留", "keep", "KEEP"),
}
"""What may stand in the column for the decision: an answer, or another action by its name."""

_PRODUCT = Id("product_id", ("商品ID", "product id", "product_id"), shape="text", on_bad="blank")
_CHECKED = Choice("orders_checked", ("已在后台核对", "checked in the seller centre"), {
    "yes": ("☑", "☒", "✓", "✔", "√", "是", "已核对", "核对过", "yes", "y", "x", "TRUE", "1"),
    "no": ("☐", "□", "否", "未核对", "no", "n", "FALSE", "0"),
})  # fmt: skip
_NOTE = Text("note", ("备注", "note"))

ANSWERS = Source(
    name="answers",
    obtained="hand",
    table="answers",
    fields=(
        _PRODUCT,
        Choice("answer", ("我的决定", "my decision"), ANSWER_WORDS, raw="answer_raw"),
        _CHECKED,
        _NOTE,
    ),
    key=("source_sheet", "source_row"),
    recognised_by=(("product_id", "answer"),),
)

WORK_LIST = Source(
    name="work_list",
    obtained="hand",
    table="work_lines",
    fields=(
        _PRODUCT,
        Choice("done", ("已操作", "done"), {
            "yes": ("是", "yes", "y", "√", "✓", "已操作", "done", "TRUE", "1"), "no": ("否", "no", "n", "FALSE", "0"),
        }),
        Date("acted_on", ("操作日期", "date done")),
        Choice("result", ("结果", "result"), {
            "delisted": ("已下架", "delisted"),
            "under_review": ("审核中", "under review"),
            "rejected": ("被驳回", "驳回", "被拒绝", "rejected"),
            "not_found": ("没找到", "not found"),
            "relisted": ("已上架", "relisted"),
        }, raw="result_raw"),
        _CHECKED,
        _NOTE,
    ),
    key=("source_sheet", "source_row"),
    recognised_by=(("product_id", "done"), ("product_id", "result")),
)  # fmt: skip
