"""The words of status and type that several kinds of export share: canonical word → what the files write.

The platform speaks two vocabularies about the same product (the list's filter and the detail's field), an ERP a
third, and people write Chinese. All are mapped here once; the word as written is kept beside it.
"""

from __future__ import annotations

__all__ = ["BIND_STATUS", "PO_STATUS", "PO_TYPE", "PRODUCT_STATUS", "STOCKING_TYPE"]

PRODUCT_STATUS: dict[str, tuple[str, ...]] = {
    "on_sale": ("ONLINE", "onSelling", "在线", "正在销售", "在售", "在销售", "销售中", "上架", "已上架", "on sale"),
    "pending_launch": ("PENDING_LAUNCH", "待上架", "not listed yet"),
    "under_review": ("PENDING_APPROVAL", "auditing", "审核中", "待审核", "under review", "in review"),
    "review_failed": ("VIOLATION_QC_FAILED", "editingRequired", "审核不通过", "审核未通过", "review failed"),
    "delisted": ("OFFLINE", "已下架", "下架", "delisted"),
    "deleted_by_service": ("service_delete", "客服删除"),
    "deleted": ("deleted", "已删除", "所有删除商品"),
}

STOCKING_TYPE: dict[str, tuple[str, ...]] = {
    "warehouse": ("0", "仓发", "普通仓发", "备仓", "warehouse"),
    "jit": ("1", "JIT", "即时补货模式", "即时补货模式(JIT)", "JIT模式"),
    "overseas": ("2", "海外备仓", "海外仓", "overseas"),
}

PO_TYPE: dict[str, tuple[str, ...]] = {
    "warehouse": ("10", "普通仓发", "仓发", "warehouse"),
    "jit": ("50", "JIT"),
}
"""10 fills the platform's warehouse: a receipt. 50 follows a consumer's order: a sale. What 60 and 70 are is not known."""

PO_STATUS: dict[str, tuple[str, ...]] = {
    "to_confirm": ("10", "待确认"),
    "confirmed": ("15", "已确认"),
    "to_ship": ("17", "待发货"),
    "to_receive": ("20", "待收货"),
    "arrived": ("21", "已到仓"),
    "partly_received": ("30", "部分收货"),
    "received": ("40", "收货完成"),
    "cancelled": ("-99", "已取消"),
}

BIND_STATUS: dict[str, tuple[str, ...]] = {
    "unbound": ("1", "未绑定"),
    "bound": ("2", "绑定中", "已绑定"),
    "unbind_in_review": ("3", "解绑待审核"),
    "unbind_refused": ("4", "解绑拒绝"),
}
