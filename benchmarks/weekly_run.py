"""How much does the whole weekly run cost beside the bare work it cannot avoid?

One store, 3,000 products, five million order lines as a UTF-8 CSV. In turn, each in a fresh process:

- ``plain``: the bare scan and group-by as one writes it: polars reads the times, groups by product and week;
- ``best``: the same as fast as polars can: three columns only, all text, the day cut from the text before it is parsed;
- ``first``: ``toolkit weekly`` on an empty history (the file is parsed, checked, stored, reduced, judged, written);
- ``again``: ``toolkit weekly`` when the history already holds the file;
- ``next``: ``toolkit weekly`` with an export of the last four weeks beside it, a tenth of its orders further on;
- ``fixed``: ``toolkit weekly`` on the same products with a thousand lines only, already held;
- ``help``: ``toolkit --help`` beside an interpreter that does nothing.

Run: ``python benchmarks/weekly_run.py [--lines 5000000] [--rounds 3]``. Ratios in one run are the finding; seconds
are this machine's. CPU seconds bear a busy machine better than wall seconds.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

PLAIN = """
import sys, polars as pl
weeks = (
    pl.scan_csv(sys.argv[1], try_parse_dates=True)
    .group_by("商品ID", pl.col("付款时间").dt.truncate("1w"))
    .agg(pl.col("数量").sum())
    .collect()
)
print(weeks.height)
"""
BEST = """
import sys, polars as pl
weeks = (
    pl.scan_csv(sys.argv[1], infer_schema=False)
    .with_columns(day=pl.col("付款时间").str.head(10).str.to_date("%Y-%m-%d"))
    .group_by("商品ID", pl.col("day").dt.truncate("1w"))
    .agg(pl.col("数量").cast(pl.Int64).sum())
    .collect(engine="streaming")
)
print(weeks.height)
"""
SCANS = {"plain": PLAIN, "best": BEST}
LAST_DAY = date(2026, 11, 22)


def write_orders(path: Path, lines: int, products: int, seed: int = 1) -> None:
    """Order lines over 104 weeks, a few products selling most of them, in order of time."""
    rng = np.random.default_rng(seed)
    with path.open("wb") as out:
        out.write("订单号,商品ID,SKU ID,付款时间,数量,单价,订单状态,收货国家\n".encode())
        for part in range(0, lines, 500_000):
            height = min(500_000, lines - part)
            rank = np.minimum(rng.pareto(1.1, height) * products / 20, products - 1).astype(np.int64)
            span = 86_400 * 7 * 104
            second = np.sort(rng.integers(span * part // lines, span * (part + height) // lines, height))
            start = LAST_DAY + timedelta(days=1) - timedelta(weeks=104)
            frame = pl.DataFrame(
                {
                    "order": np.arange(part, part + height) + 3031265788145237,
                    "product": rank + 1005006000000001,
                    "sku": rank * 10 + 12000044382493157,
                    "at": second + (start - date(1970, 1, 1)).days * 86_400,
                    "quantity": rng.integers(1, 4, height),
                    "price": (rank % 90 + 10).astype(str),
                    "status": np.where(rng.random(height) < 0.03, "已取消", "已完成"),
                    "country": "US",
                }
            )
            frame.with_columns(
                pl.from_epoch("at").dt.to_string("%Y-%m-%d %H:%M:%S"), pl.col("price") + ".50"
            ).write_csv(out, include_header=False)


def write_catalog(path: Path, products: int) -> None:
    """The product list as of the last day."""
    pl.DataFrame(
        {
            "商品ID": [str(1005006000000001 + n) for n in range(products)],
            "标题": [f"Kitchen gadget {n}" for n in range(products)],
            "类目": [f"类目{n % 40}" for n in range(products)],
            "备货类型": "仓发",
            "状态": "在售",
            "供货价": [f"{n % 90 + 10}.50" for n in range(products)],
            "库存": [str(n % 300) for n in range(products)],
            "首次上架日": "2024-06-01",
            "数据日期": LAST_DAY.isoformat(),
        }
    ).write_csv(path)


def write_next(path: Path, orders: Path) -> None:
    """The last four weeks once more, as next Monday's export tells them: some orders are delivered by now."""
    moved = pl.when(pl.col("订单号").str.ends_with("7")).then(pl.lit("已签收")).otherwise("订单状态")
    recent = pl.col("付款时间") >= (LAST_DAY - timedelta(days=27)).isoformat()
    lines = pl.scan_csv(orders, infer_schema=False).filter(recent).with_columns(订单状态=moved)
    lines.collect(engine="streaming").write_csv(path)


def measured(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak MiB of one command in a process of its own."""
    # One child per intermediate process, so that its peak memory is read alone.
    probe = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
        "u = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)\n"
    )
    begun = time.perf_counter()
    told = subprocess.run([sys.executable, "-c", probe, *command], check=True, capture_output=True, text=True).stdout
    cpu, peak = told.split()
    return time.perf_counter() - begun, float(cpu), float(peak)


def make_store(folder: Path, lines: int, products: int) -> Path:
    """A store folder made by the product itself, with two exports in its inbox."""
    subprocess.run([sys.executable, "-m", "toolkit", "init", str(folder)], check=True, stdout=subprocess.DEVNULL)
    write_orders(folder / "inbox" / "orders.csv", lines, products)
    write_catalog(folder / "inbox" / "catalog.csv", products)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=5_000_000)
    parser.add_argument("--products", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    weekly = [sys.executable, "-m", "toolkit", "weekly"]
    with tempfile.TemporaryDirectory() as temporary:
        big = make_store(Path(temporary) / "big", options.lines, options.products)
        small = make_store(Path(temporary) / "small", 1_000, options.products)
        scans = {name: [sys.executable, "-c", code, str(big / "inbox" / "orders.csv")] for name, code in SCANS.items()}
        names = (*SCANS, "first", "again", "next", "fixed", "nothing", "help")
        rounds: dict[str, list[tuple[float, float, float]]] = {name: [] for name in names}
        newest = big / "inbox" / "orders_next.csv"
        for _ in range(options.rounds):
            for store in (big, small):
                for made in ("history", "runs"):
                    shutil.rmtree(store / made, ignore_errors=True)
            newest.unlink(missing_ok=True)
            for name, scan in scans.items():
                rounds[name].append(measured(scan))
            rounds["first"].append(measured([*weekly, str(big)]))
            rounds["again"].append(measured([*weekly, str(big)]))
            write_next(newest, big / "inbox" / "orders.csv")
            rounds["next"].append(measured([*weekly, str(big)]))
            measured([*weekly, str(small)])
            rounds["fixed"].append(measured([*weekly, str(small)]))
            rounds["nothing"].append(measured([sys.executable, "-c", "pass"]))
            rounds["help"].append(measured([sys.executable, "-m", "toolkit", "--help"]))

    middle = {name: tuple(statistics.median(run[i] for run in runs) for i in range(3)) for name, runs in rounds.items()}
    print(f"{options.lines:,} lines, {options.products:,} products, median of {options.rounds} rounds")
    print(
        f"{'':8}"
        + "".join(f"{head:>12}" for head in ("wall s", "CPU s", *(f"CPU/{name}" for name in SCANS), "peak MiB"))
    )
    for name in names[:-2]:
        wall, cpu, peak = middle[name]
        beside = "".join(f"{cpu / middle[scan][1]:12.2f}" for scan in SCANS)
        print(f"{name:8}{wall:12.2f}{cpu:12.2f}{beside}{peak:12.0f}")
    print(f"help: {middle['help'][1] / middle['nothing'][1]:.1f} times the CPU of an interpreter that does nothing")
    print(f"(this process itself: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB)")


if __name__ == "__main__":
    main()
