"""An old bill says its days and not which rows were chosen: only its exporter can let it show that money is missing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.store.new import init_store
from toolkit.store.reconcile import reconcile_paths

DAY = dt.date(2026, 11, 20)
HEAD = (
    "交易号,商家订单号,交易创建时间,付款时间,最近修改时间,交易来源地,类型,交易对方,商品名称,金额（元）,收/支,交易状态,"
    "服务费（元）,成功退款（元）,备注,资金状态,"
)
ROW = (
    "20261012{n},T{n},2026-10-12 04:56:00,2026-10-12 04:56:00,2026-10-12 04:56:00,其他,即时到账交易,某供应商,杯子,10.00,"
    "支出,交易成功,0.00,0.00,,已支出,"
)
BILL = "alipay_record_20261120_0900_1.csv"


def shop(folder: Path) -> Path:
    """A store whose approved refund is late, with the web export of its account."""
    home = folder / "一店"
    init_store(home)
    lines = [
        "支付宝交易记录明细查询", "账号:[13800001234]", "起始日期:[2026-10-01 00:00:00]    终止日期:[2026-11-20 00:00:00]",
        "-----交易记录明细列表-----", HEAD, ROW.format(n=1), ROW.format(n=2), "-----", "共2笔记录",
    ]  # fmt: skip
    (home / "inbox" / BILL).write_bytes("\n".join(lines).encode("gb18030"))
    typed(home, "店铺档案", 店铺="一店", 支付宝尾号="1234", 保证金日期=dt.date(2025, 3, 3), 保证金金额=10000,
          申请日=dt.date(2026, 10, 26), 审核通过日=dt.date(2026, 10, 30))  # fmt: skip
    return home


def typed(home: Path, sheet: str, **cells: str | float | dt.date) -> None:
    book = openpyxl.load_workbook(home / "店铺档案.xlsx")
    page = book[sheet]
    headers = [cell.value for cell in page[1]]
    for header, value in cells.items():
        page.cell(2, 1 + headers.index(header), value)
    book.save(home / "店铺档案.xlsx")


def test_an_old_bill_settles_nothing_until_its_exporter_says_what_it_holds(tmp_path: Path) -> None:
    home = shop(tmp_path)
    before = reconcile_paths([home], as_of=DAY).deposits
    assert before.cases.select("case_state", "needs_file").row(0) == ("not_assessable", "filter_unknown")

    typed(home, "账单范围", 账单文件=BILL, 导出类型="全部")
    after = reconcile_paths([home], as_of=DAY).deposits

    assert after.cases.select("case_state", "late_days").row(0) == ("overdue", 10)
    assert after.coverage.select("covers", "is_said_by_hand").row(0) == (True, True)


def test_the_command_says_which_statement_would_settle_it(tmp_path: Path) -> None:
    run = CliRunner().invoke(cli, ["cases", str(shop(tmp_path)), "--as-of", str(DAY)], catch_exceptions=False)

    assert "账单范围" in run.output
