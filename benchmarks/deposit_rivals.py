"""What somebody would write today: cases and credits merged with pandas, or compared with datacompy.

Both are told which words name a store's deposit, which is more than they could know, and drop rows that two exports
repeat. Run by ``reconcile_deposits.py`` in an environment of its own: datacompy holds pandas and polars below the
versions this project needs (``pip install datacompy`` in a fresh virtual environment).

    python deposit_rivals.py pandas|datacompy FOLDER      writes FOLDER/answers-NAME.csv, prints seconds as JSON
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pandas as pd

WORDS = "速卖通保证金退还"
WINDOW_DAYS = 14
"""Calendar days after the approval; five working days never take longer but over the New Year."""


def read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cases with what is due, and the credits that name the deposit, in fen."""
    bills = pd.concat([pd.read_csv(path, dtype=str) for path in sorted(folder.glob("bill_*.csv"))])
    bills = bills.drop_duplicates(["account", "row_id"])
    bills["fen"] = (bills["yuan"].astype(float) * 100).round().astype("int64")
    bills["booked_on"] = pd.to_datetime(bills["booked_on"])
    credits = bills[(bills["fen"] > 0) & bills["item"].str.contains(WORDS)]
    cases = pd.read_csv(folder / "cases.csv", dtype=str)
    ledger = pd.read_csv(folder / "ledger.csv", dtype=str)
    ledger["fen"] = (ledger["yuan"].astype(float) * 100).round().astype("int64")
    due = pd.DataFrame(ledger.groupby("store", as_index=False).agg({"fen": "sum"}))
    cases = cases.merge(due, on="store")
    cases["approved_on"] = pd.to_datetime(cases["approved_on"])
    return cases, pd.DataFrame(credits[["account", "fen", "booked_on", "row_id"]])


def by_merge(cases: pd.DataFrame, credits: pd.DataFrame) -> pd.DataFrame:
    """Same account, same amount, within the window; the first credit of each case."""
    both = cases.merge(credits, on=["account", "fen"], how="left")
    days = (both["booked_on"] - both["approved_on"]).dt.days
    fits = pd.DataFrame(both[days.between(0, WINDOW_DAYS)]).sort_values(["store", "booked_on", "row_id"])
    first = fits.drop_duplicates("store")[["store", "row_id"]]
    return cases[["store"]].merge(first, on="store", how="left")


def by_datacompy(cases: pd.DataFrame, credits: pd.DataFrame) -> pd.DataFrame:
    """Account and amount as keys; rows that repeat a key are paired in their order."""
    import datacompy  # pyright: ignore[reportMissingImports]  # in an environment of its own

    told = datacompy.PandasCompare(cases, credits, join_columns=["account", "fen"])
    pairs = told.intersect_rows[["store", "row_id"]]
    return cases[["store"]].merge(pairs, on="store", how="left")


def main() -> None:
    name, folder = sys.argv[1], Path(sys.argv[2])
    begun = time.process_time()
    cases, credits = read(folder)
    was_read = time.process_time()
    answers = {"pandas": by_merge, "datacompy": by_datacompy}[name](cases, credits)
    done = time.process_time()
    answers["said"] = ["paid" if there else "missing" for there in answers["row_id"].notna()]
    answers.to_csv(folder / f"answers-{name}.csv", index=False)
    print(json.dumps({"read": was_read - begun, "reconcile": done - was_read}))


if __name__ == "__main__":
    main()
