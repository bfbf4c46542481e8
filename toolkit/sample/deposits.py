"""Four invented stores with deposits whose right answers are certain: short, overdue, not assessable, paid twice.

The bills are made as Alipay's app makes them (GB18030, facts above the table, ids that end in a tab) and say what
confuses people: refunds of purchases, a hotel's deposit given back, a bill filtered to expenses in which no refund can
stand. No text in them is claimed to be the platform's own: the words are those the shipped rules know.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from toolkit.errors import StoreError
from toolkit.sample.files import csv_text, put, put_workbook
from toolkit.words import say

__all__ = ["CHECKED_ON", "DEPOSIT_ANSWERS", "put_deposits", "sister_stores", "write_deposit_sample"]

CHECKED_ON = date(2026, 11, 20)
"""The Friday on which the stores are checked."""
DEPOSIT_ANSWERS = {
    "义乌一店": ("received_short", -1240), "义乌二店": ("overdue", None), "义乌三店": ("not_assessable", None),
    "义乌四店": ("duplicate", 0),
}  # fmt: skip
"""Store → the state of its deposit case, and arrived less due in fen."""

_ACCOUNTS = {"义乌一店": "13800008001", "义乌二店": "13800008001", "义乌三店": "13800002207", "义乌四店": "13800006612"}
_APPLIED = {
    "义乌一店": ("2026-10-28", "2026-11-03"), "义乌二店": ("2026-10-26", "2026-10-30"),
    "义乌三店": ("2026-10-27", "2026-11-02"), "义乌四店": ("2026-10-28", "2026-11-04"),
}  # fmt: skip
_PAID = {"义乌一店": "2025-03-05", "义乌二店": "2025-04-10", "义乌三店": "2025-05-12", "义乌四店": "2025-06-18"}
_HEADER = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,"
_RULE = "-" * 72
Row = tuple[str, str, str, str, str, str, str, str, str]
_REFUND = ("其他", "全球速卖通", "cn***@alibaba-inc.com", "速卖通保证金退还", "收入")
_BILLS: dict[tuple[str, str, str], list[Row]] = {
    ("13800008001", "全部", "2026-10-01"): [
        ("2026-11-09 10:12:31", *_REFUND, "9787.60", "余额", "交易成功"),
        ("2026-11-08 19:40:02", "日用百货", "义乌纸箱厂", "zx***@163.com", "纸箱 40*30*30 一百个", "支出", "268.00", "账户余额", "交易成功"),
        ("2026-11-06 08:05:44", "退款", "某包装旗舰店", "bz***@qq.com", "退款-气泡膜", "不计收支", "36.50", "账户余额", "退款成功"),
        ("2026-10-22 21:13:09", "酒店旅游", "杭州某酒店", "hz***@hotel.com", "酒店押金退还", "不计收支", "500.00", "账户余额", "退款成功"),
        ("2026-10-12 12:30:00", "餐饮美食", "楼下面馆", "mg***@qq.com", "午餐", "支出", "23.00", "账户余额", "交易成功"),
    ],
    ("13800002207", "仅支出", "2026-10-01"): [
        ("2026-11-11 09:00:10", "日用百货", "胶带批发", "jd***@qq.com", "封箱胶带 一箱", "支出", "88.00", "账户余额", "交易成功"),
        ("2026-10-15 17:22:00", "交通出行", "滴滴出行", "dd***@didi.com", "打车", "支出", "31.20", "账户余额", "交易成功"),
    ],
    ("13800006612", "全部", "2026-10-01"): [
        ("2026-11-12 09:31:00", *_REFUND, "10000.00", "余额", "交易成功"),
        ("2026-11-10 09:30:00", *_REFUND, "10000.00", "余额", "交易成功"),
        ("2026-10-30 20:01:00", "充值缴费", "电力公司", "dl***@sgcc.com", "电费", "支出", "412.75", "账户余额", "交易成功"),
    ],
}  # fmt: skip


def write_deposit_sample(folder: Path) -> list[Path]:
    """Four store folders and what they share, as files on a seller's computer; gives the paths written.

    Raises:
        StoreError: the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise StoreError("sample_folder_full", folder=folder)
    shared = folder / "_共用"
    return [
        *_bills(shared),
        _store_file(shared),
        *(_settings(folder / store, store) for store in _ACCOUNTS),
        *(
            put(folder / store / "inbox" / "保证金台账.csv", csv_text(ledger.drop("店铺")).encode("gb18030"))
            for (store,), ledger in _ledger().group_by("店铺", maintain_order=True)
        ),
        _deposit_bill(folder / "义乌二店" / "inbox", store=None),
        _fines(folder / "义乌一店", "CF20260714", "2026-07-14", "200.00", "延迟发货"),
        _fines(folder / "义乌二店", "CF20260602", "2026-06-02", "500.00", "违规扣款"),
        _reviews(folder / "义乌四店"),
        put(
            folder / "README.md",
            f"{say('sample.deposits.readme', 'en')}\n\n{say('sample.deposits.readme', 'zh')}\n".encode(),
        ),
    ]


def put_deposits(inbox: Path) -> list[Path]:
    """The same four deposits in one inbox, as a company keeps them that runs the stores: files that name the store."""
    ledger = put(inbox / "保证金台账.csv", csv_text(_ledger()).encode("gb18030"))
    return [*_bills(inbox), ledger, _deposit_bill(inbox, store="义乌二店")]


def sister_stores() -> pl.DataFrame:
    """One row per store: what no export knows of it, for 店铺档案."""
    return pl.DataFrame(
        {
            "店铺": list(_ACCOUNTS),
            "关联自营店": [f"{store}(自营)" for store in _ACCOUNTS],
            "支付宝尾号": [account[-4:] for account in _ACCOUNTS.values()],
            "保证金日期": list(_PAID.values()),
            "保证金金额": ["10000.00"] * 4,
            "申请日": [days[0] for days in _APPLIED.values()],
            "审核通过日": [days[1] for days in _APPLIED.values()],
        }
    )


def _bills(folder: Path) -> list[Path]:
    return [
        put(
            folder / f"支付宝交易明细({first.replace('-', '')}-20261119)_尾号{account[-4:]}.csv",
            _bill(account, kinds, first, rows),
        )
        for (account, kinds, first), rows in _BILLS.items()
    ]


def _bill(account: str, kinds: str, first: str, rows: list[Row]) -> bytes:
    """One bill of the app: its own facts, its totals, and the rows, newest first."""
    sums = {way: [row for row in rows if row[5] == way] for way in ("收入", "支出", "不计收支")}
    totals = [f"{way}:{len(some)}笔 {_sum(some)}元".replace(":", "：") for way, some in sums.items()]
    above = [
        _RULE, "导出信息：", "姓名：王小明", f"支付宝账户：{account}",
        f"起始时间：[{first} 00:00:00]    终止时间：[2026-11-19 23:59:59]", f"导出交易类型：[{kinds}]",
        "导出时间：[2026-11-20 09:00:00]", f"共{len(rows)}笔记录", *totals, "",
        f"{'-' * 24}支付宝支付科技有限公司  电子客户回单{'-' * 24}", _HEADER,
    ]  # fmt: skip
    lines = [
        f"{','.join(row)},{row[0].replace('-', '').replace(':', '').replace(' ', '')}22001{account[-4:]}{n:04d}\t,\t,,"
        for n, row in enumerate(rows, 1)
    ]
    return "".join(f"{line}\r\n" for line in [*above, *lines]).encode("gb18030")


def _sum(rows: list[Row]) -> str:
    fen = sum(int(row[6].replace(".", "")) for row in rows)
    return f"{fen // 100}.{fen % 100:02d}"


def _settings(home: Path, store: str) -> Path:
    return put(home / "toolkit.toml", f'[store]\nname = "{store}"\n'.encode())


def _store_file(shared: Path) -> Path:
    return put_workbook(shared / "店铺档案.xlsx", [("店铺档案", sister_stores(), {})], day=CHECKED_ON)


def _ledger() -> pl.DataFrame:
    """A ledger as a bookkeeper keeps it; what it leaves out of one store stands in the deposit bill."""
    rows = [
        ("义乌一店", "2025-03-05", "缴纳", "10000.00", "JN0305"), ("义乌一店", "2026-07-14", "罚款", "200.00", "CF20260714"),
        ("义乌三店", "2025-05-12", "缴纳", "10000.00", "JN0512"), ("义乌四店", "2025-06-18", "缴纳", "10000.00", "JN0618"),
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=["店铺", "日期", "类别", "金额", "参考号"], orient="row")


def _deposit_bill(inbox: Path, *, store: str | None) -> Path:
    """A deposit bill with its running balance; `store` is named in it where it lies among those of others."""
    frame = pl.DataFrame(
        {
            "时间": ["2025-04-10 11:20:00", "2026-06-02 15:00:00"],
            "交易类型": ["缴纳", "罚款"],
            "订单号": ["JN0410", "CF20260602"],
            "币种": ["CNY", "CNY"],
            "交易金额": ["10000.00", "-500.00"],
            "余额": ["10000.00", "9500.00"],
            "备注": ["", "违规扣款"],
        }
    )
    named = frame if store is None else frame.select(pl.lit(store).alias("店铺"), pl.all())
    return put(inbox / "保证金账单.csv", csv_text(named).encode("gb18030"))


def _fines(home: Path, notice: str, day: str, yuan: str, reason: str) -> Path:
    """The notice of a fine: each deduction has its own evidence."""
    row = {
        "处罚编号": notice, "处罚日期": day, "罚款类型": "罚款", "处罚状态": "已扣款", "罚款金额": yuan, "处罚原因": reason,
    }  # fmt: skip
    return put(home / "inbox" / "罚款名单.csv", csv_text(pl.DataFrame([row])).encode("gb18030"))


def _reviews(home: Path) -> Path:
    """A review that is still in time."""
    submitted = CHECKED_ON - timedelta(days=2)
    frame = pl.DataFrame({"办理事项": ["业务信息审核"], "事项编号": ["SH1118"], "提交日": [submitted.isoformat()]})
    return put(home / "inbox" / "办理事项.csv", csv_text(frame).encode("gb18030"))
