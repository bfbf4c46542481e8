"""How long does it take to reconcile 10,000 deposit cases with 100,000 bill rows, and how many answers are right?

Beside what somebody would write today (``deposit_rivals.py``): a pandas ``merge``, and datacompy. All three read the
same files and are judged by the same known answers. The stores are invented: refunds in full, short, twice, early, not
at all; accounts that several stores share, so that equal amounts meet in one window; bills exported with expenses only,
in which no refund could stand; a month that two exports repeat; income of exactly 10,000.00 that is no deposit.

    python benchmarks/reconcile_deposits.py [--rows 25000 50000 100000 200000] [--rivals-python /path/to/python]

A tenth as many cases as rows. CPU seconds, each in a process of its own; the rivals need an environment with datacompy,
which cannot be this one (it asks for older pandas and polars). Ratios in one run are the finding.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from toolkit.workdays import WorkCalendar

AS_OF = date(2026, 11, 20)
FIRST, LAST, OVERLAP = date(2025, 1, 1), date(2026, 11, 19), date(2026, 2, 1)
"""Every account has two exports: from the first day to the end of February 2026, and from the 1st of it to the last."""
WORDS = "速卖通保证金退还"
STORES_PER_ACCOUNT = 50
KINDS = {"full": 0.84, "early": 0.03, "short": 0.04, "twice": 0.03, "missing": 0.06}
NOISE = {
    "纸箱 一百个": (-30_000, -1_000), "退款-气泡膜": (500, 9_000), "酒店押金退还": (50_000, 50_000),
    "共享单车押金退款": (19_900, 19_900), "货款": (1_000_000, 1_000_000), "电费": (-60_000, -8_000),
}  # fmt: skip
NOISE_SHARE = (0.5, 0.3, 0.02, 0.02, 0.01, 0.15)


def make_cases(count: int, rng: np.random.Generator) -> pl.DataFrame:
    """store, account, approved_on, fined_fen, kind: what truly happened."""
    approved = [AS_OF - timedelta(days=int(n)) for n in rng.integers(25, 640, count)]
    fined = np.where(rng.random(count) < 0.6, rng.integers(100, 200_000, count), 0)
    accounts = 13_800_000_000 + np.arange(count) // STORES_PER_ACCOUNT
    return pl.DataFrame(
        {
            "store": [f"S{n:06d}" for n in range(count)],
            "account": accounts.astype(str),
            "approved_on": approved,
            "fined_fen": fined.astype(np.int64),
            "kind": rng.choice(list(KINDS), count, p=list(KINDS.values())),
            "lag": rng.integers(1, 6, count),
            "gap_fen": rng.integers(100, 5_000, count),
        }
    ).with_columns(is_told=(pl.col("account").cast(pl.Int64) % 20 != 7), due_fen=1_000_000 - pl.col("fined_fen"))


def make_credits(cases: pl.DataFrame) -> pl.DataFrame:
    """store, account, booked_on, fen: the refunds that arrived, told by a bill or not."""
    calendar = WorkCalendar()
    lag = pl.when(pl.col("kind") == "early").then(0).otherwise("lag")
    paid = cases.filter(pl.col("kind") != "missing").with_columns(lag=lag)
    on = calendar.dues(paid["approved_on"], paid["lag"])["due_latest"]
    gap = pl.when(pl.col("kind") == "short").then("gap_fen").otherwise(0)
    once = paid.select("store", "account", "kind", booked_on=on, fen=pl.col("due_fen") - gap)
    again = once.filter(pl.col("kind") == "twice").with_columns(pl.col("booked_on") + timedelta(days=1))
    return pl.concat([once, again]).select("store", "account", "booked_on", "fen")


def make_noise(height: int, accounts: pl.Series, rng: np.random.Generator) -> pl.DataFrame:
    """Rows that are nobody's deposit."""
    items = rng.choice(len(NOISE), height, p=NOISE_SHARE)
    low, high = (np.array([span[end] for span in NOISE.values()])[items] for end in (0, 1))
    return pl.DataFrame(
        {
            "account": accounts.gather(rng.integers(0, len(accounts), height)),
            "booked_on": [FIRST + timedelta(days=int(n)) for n in rng.integers(0, (LAST - FIRST).days + 1, height)],
            "fen": rng.integers(low, high + 1),
            "item": np.array(list(NOISE))[items],
        }
    )


def write_files(folder: Path, rows: int, seed: int = 1) -> dict[str, int]:
    """bill_1.csv, bill_2.csv, coverage.csv, cases.csv, ledger.csv, and truth.csv that nobody reads but the judge."""
    rng = np.random.default_rng(seed)
    cases = make_cases(rows // 10, rng)
    credits = make_credits(cases).with_columns(item=pl.lit(WORDS))
    noise = make_noise(rows - credits.height, cases["account"].unique().sort(), rng)
    told = pl.concat([credits, noise.with_columns(store=pl.lit(None, pl.String))], how="diagonal").sort(
        "booked_on", "account", "fen", "store"
    )
    stamp = pl.col("booked_on").dt.strftime("%Y%m%d")
    told = told.with_columns(row_id=stamp + pl.int_range(pl.len()).cast(pl.String).str.zfill(10))
    told = told.join(cases.select("account", "is_told").unique(), on="account")
    shown = told.filter(pl.col("is_told") | (pl.col("fen") < 0))
    yuan = (pl.col("fen") / 100).round(2).cast(pl.String)
    bill = shown.select("account", "row_id", "booked_on", "item", yuan=yuan)
    bill.filter(pl.col("booked_on") < date(2026, 3, 1)).write_csv(folder / "bill_1.csv")
    bill.filter(pl.col("booked_on") >= OVERLAP).write_csv(folder / "bill_2.csv")
    _write_bill_files(folder, cases)
    cases.select("store", "account", "approved_on").write_csv(folder / "cases.csv")
    paid = cases.select("store", yuan=pl.lit("10000.00"), kind=pl.lit("pay"))
    fines = cases.filter(pl.col("fined_fen") > 0).select(
        "store", yuan=(-pl.col("fined_fen") / 100).round(2).cast(pl.String), kind=pl.lit("fine")
    )
    pl.concat([paid, fines]).write_csv(folder / "ledger.csv")
    legs = told.filter(pl.col("store").is_not_null()).group_by("store").agg(pl.col("row_id").sort().str.join(";"))
    cases.join(legs, on="store", how="left").sort("store").write_csv(folder / "truth.csv")
    repeated = shown.filter(pl.col("booked_on").is_between(OVERLAP, date(2026, 2, 28))).height
    return {"rows": shown.height, "repeated": repeated, "cases": cases.height}


def _write_bill_files(folder: Path, cases: pl.DataFrame) -> None:
    kinds = pl.when("is_told").then(pl.lit("all")).otherwise(pl.lit("expenses_only"))
    each = cases.select("account", "is_told").unique().sort("account")
    first = each.select("account", bill_filter=kinds, first_day=pl.lit(FIRST), last_day=pl.lit(date(2026, 2, 28)))
    second = each.select("account", bill_filter=kinds, first_day=pl.lit(OVERLAP), last_day=pl.lit(LAST))
    pl.concat([first, second]).write_csv(folder / "coverage.csv")


def toolkit_answers(folder: Path) -> dict[str, float]:
    """Read the files, reconcile, write answers-toolkit.csv; CPU seconds of both."""
    from toolkit.reconcile.deposits import reconcile_deposits
    from toolkit.schema import APPLICATIONS, BILL_FILES, BILL_ROWS, DEPOSIT_LEDGER

    begun = time.process_time()
    text = {"account": pl.String, "row_id": pl.String, "yuan": pl.String, "store": pl.String}
    fen = (pl.col("yuan").cast(pl.Decimal(18, 2)) * 100).cast(pl.Int64)
    days = {"booked_on": pl.Date, "approved_on": pl.Date, "first_day": pl.Date, "last_day": pl.Date}

    def read(name: str) -> pl.DataFrame:
        frame = pl.read_csv(folder / name, infer_schema=False)
        known = [pl.col(n).cast(d) if d != pl.Date else pl.col(n).str.to_date() for n, d in (text | days).items()
                 if n in frame.columns]  # fmt: skip
        return frame.with_columns(known).with_columns(source_file=pl.lit(name), currency=pl.lit("CNY"))

    alipay = pl.lit("alipay_personal").alias("provider")
    bills = pl.concat([read(f"bill_{n}.csv") for n in (1, 2)]).with_columns(alipay, amount_fen=fen)
    files = read("coverage.csv").with_columns(alipay)
    cases = read("cases.csv").with_columns(case_kind=pl.lit("deposit_refund"), submitted_on="approved_on")
    ledger = read("ledger.csv").with_columns(
        provider=pl.lit("hand"), booked_on=FIRST, deposit_kind="kind", amount_fen=fen
    )
    was_read = time.process_time()
    found = reconcile_deposits(
        DEPOSIT_LEDGER.conform(ledger),
        BILL_ROWS.conform(bills),
        bill_files=BILL_FILES.conform(files),
        applications=APPLICATIONS.conform(cases),
        as_of=AS_OF,
    )
    done = time.process_time()
    number = pl.col("credit_id").str.extract(r"\|(\d{18})\|")
    pairs = found.matches.group_by(case_key="expected_id").agg(
        row_id=number.sort().str.join(";"), verdict=pl.col("match_verdict").first()
    )
    # An amount that no word calls a deposit is shown to be confirmed, not called paid.
    said = pl.when(pl.col("case_rule") == "amount_only").then(pl.lit("to_confirm")).otherwise("case_state")
    told = found.cases.join(pairs, on="case_key", how="left").select("store", "row_id", "verdict", said=said)
    told.write_csv(folder / "answers-toolkit.csv")
    whole = int(found.control.filter(pl.col("row_side") == "bill")["rows"].sum())
    return {"read": was_read - begun, "reconcile": done - was_read, "bill_rows": float(whole)}


SAID = {
    "paid": "paid", "received_full": "paid", "received_early": "paid", "received_over": "paid", "missing": "missing",
    "overdue": "missing", "received_short": "short", "duplicate": "twice", "not_assessable": "unknown",
    "ambiguous": "undecided", "to_confirm": "undecided",
}  # fmt: skip
TRUE = {"full": "paid", "early": "paid", "short": "short", "twice": "twice", "missing": "missing"}


def judged(folder: Path, name: str) -> dict[str, int]:
    """How many answers are right, undecided, or wrong, and how."""
    truth = pl.read_csv(folder / "truth.csv", infer_schema=False)
    answers = pl.read_csv(folder / f"answers-{name}.csv", infer_schema=False).unique("store", keep="first")
    right = pl.when(pl.col("is_told") == "false").then(pl.lit("unknown")).otherwise(
        pl.col("kind").replace_strict(TRUE)
    )  # fmt: skip
    both = truth.join(answers, on="store", how="left", suffix="_said").with_columns(
        right=right, said=pl.col("said").replace_strict(SAID, default="undecided")
    )
    used = both["row_id_said"].drop_nulls().str.split(";").explode()
    mine = pl.col("row_id_said").str.split(";").list.set_difference(pl.col("row_id").str.split(";")).list.len() > 0
    is_equal = (pl.col("verdict") == "interchangeable") if "verdict" in both.columns else pl.lit(False)
    said, true = pl.col("said"), pl.col("right")
    sums = both.select(
        right=said == true,
        undecided=(said == "undecided") | ((said == "unknown") & (true != "unknown")),
        missing_without_a_bill=(said == "missing") & (true == "unknown"),
        short_called_missing=(said == "missing") & (true == "short"),
        twice_unnoticed=(said == "paid") & (true == "twice"),
        missing_called_paid=(said != "missing") & (said != "undecided") & (true == "missing"),
        paid_called_missing=(said == "missing") & true.is_in(["paid", "twice"]),
        anothers_credit=(mine & ~is_equal).fill_null(False),
        one_of_equals=(mine & is_equal).fill_null(False),
    )
    counts = {column: int(sums[column].sum()) for column in sums.columns}
    return counts | {"credit_used_twice": len(used) - used.n_unique()}


def measured(command: list[str]) -> dict[str, float]:
    """What a child prints of its work, and its peak MiB."""
    probe = (
        "import resource, subprocess, sys\n"
        "out = subprocess.run(sys.argv[1:], check=True, capture_output=True, text=True).stdout\n"
        "print(out.splitlines()[-1]); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)\n"
    )
    told = subprocess.run([sys.executable, "-c", probe, *command], check=True, capture_output=True, text=True).stdout
    said, peak = told.splitlines()
    return json.loads(said) | {"peak": float(peak)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[25_000, 50_000, 100_000, 200_000])
    parser.add_argument("--rivals-python", default=None, help="an interpreter that has datacompy")
    parser.add_argument("--answer", type=Path, default=None, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.answer:
        print(json.dumps(toolkit_answers(options.answer)))
        return
    here = Path(__file__).parent
    commands = {"toolkit": [sys.executable, __file__, "--answer"]}
    if options.rivals_python:
        for name in ("pandas", "datacompy"):
            commands[name] = [options.rivals_python, str(here / "deposit_rivals.py"), name]
    for rows in options.rows:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            print(f"\n{write_files(folder, rows)}")
            for name, command in commands.items():
                cost = measured([*command, str(folder)])
                print(f"{name:10}" + "  ".join(f"{part} {value:,.2f}" for part, value in cost.items()))
                print(" " * 10 + "  ".join(f"{part} {count}" for part, count in judged(folder, name).items()))


if __name__ == "__main__":
    main()
