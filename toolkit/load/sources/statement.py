"""What all account statements share: rows with a sign, and one record of what the statement says of itself.

A statement is evidence, so everything it declares is kept beside what was read: its account, its days, its filter, its
counts and totals, its running balance. Nothing is put right here; a reader sees both figures.

Which way a row moved money differs from service to service: each source says so in a `Signs`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import polars as pl

from toolkit.load.fields import Id
from toolkit.load.source import Fact, FileFacts
from toolkit.schema import BILL_ROWS

__all__ = ["DECLARED", "FILTERS", "KEY", "Signs", "Statement", "balance_facts", "base_of", "declared", "number"]

KEY = BILL_ROWS.key
"""What makes a line of a statement this line."""

DECLARED: tuple[Fact, ...] = (
    Fact("account", r"(?:支付宝账户|支付宝账号|账户|账号|微信昵称)\s*:\s*\[?\s*([^\]\s,;]+)"),
    Fact("from", r"(?:起始日期|起始时间|开始时间|起始)\s*:\s*\[?\s*([0-9][^\]终至,]*)", "moment"),
    Fact("until", r"(?:终止日期|终止时间|结束日期|结束时间)\s*:\s*\[?\s*([0-9][^\],]*)", "moment"),
    Fact("exported", r"(?:导出时间)\s*:\s*\[?\s*([0-9][^\],用户]*)", "moment"),
    Fact("filter", r"(?:导出交易类型|导出类型)\s*:\s*\[?\s*([^\]\s,]+)"),
    Fact("rows", r"共\s*([0-9,]+)\s*笔(?:记录)?\s*$", "count"),
    Fact("in_rows", r"^#?\s*(?:已收入|收入合计|收入)\s*:\s*([0-9,]+)\s*笔", "count"),
    Fact("out_rows", r"^#?\s*(?:已支出|支出合计|支出)\s*:\s*([0-9,]+)\s*笔", "count"),
    Fact("in", r"^#?\s*(?:已收入|收入合计|收入)\s*:\s*[0-9,]+\s*笔[,\s共]*([+-]?[0-9.,]+)\s*元", "fen"),
    Fact("out", r"^#?\s*(?:已支出|支出合计|支出)\s*:\s*[0-9,]+\s*笔[,\s共]*([+-]?[0-9.,]+)\s*元", "fen"),
)
"""What Alipay and WeChat write around their tables, in any of the generations seen."""

FILTERS: Mapping[str, str] = {
    "全部": "all", "全部交易": "all", "仅支出": "expenses_only", "支出": "expenses_only",
    "仅收入": "income_only", "收入": "income_only", "仅不计收支": "neutral_only",
}  # fmt: skip
"""A filter that leaves rows out: what it leaves out is not in the file, whatever happened."""

_MIDNIGHT = time(0)


def number(name: str, *headers: str) -> Id:
    """A transaction's or order's number: text of any shape; a broken one is blanked, the money of its row stays."""
    return Id(name, headers, shape="text", on_bad="blank")


@dataclass(frozen=True)
class Signs:
    """Which way the rows of a service moved money, as expressions over the source's typed rows."""

    stated: pl.Expr
    """The figure of the row, whether or not it moved."""
    way: pl.Expr
    """1 in, -1 out, 0 moved nothing; null when the row's words do not say."""
    counted_in: pl.Expr
    """Whether the file itself counts the row as income in its totals."""
    counted_out: pl.Expr


@dataclass(frozen=True)
class Statement:
    """The shape of a statement's source: `bill_rows`, one row of `bill_files`, and rows whose direction is unclear."""

    provider: str
    signs: Signs
    totals_may_differ: bool
    """Whether the service itself says that its declared sums may differ from the rows (then a difference is no alarm)."""
    times: tuple[str, ...] = ("booked_at",)
    """The columns that may tell when the money moved, the best first."""
    base: pl.Expr | None = None
    """The id of the original transaction; by default the row's own id before ``_``."""

    def __call__(self, rows: pl.LazyFrame, facts: FileFacts) -> Mapping[str, pl.LazyFrame]:
        """The tables of the typed rows of one sheet."""
        told = facts.told
        signed = (
            _with_all(rows)
            .with_columns(
                provider=pl.lit(self.provider),
                account=pl.lit(told.get("account"), pl.String),
                booked_at=pl.coalesce(self.times),
                base_id=base_of(pl.col("row_id")) if self.base is None else self.base,
                stated_fen=self.signs.stated,
                _in=self.signs.counted_in,
                _out=self.signs.counted_out,
            )
            .with_columns(_way=self.signs.way, booked_on=pl.col("booked_at").dt.date())
        )
        moved = pl.when(pl.col("_way") != 0).then(pl.col("_way") * pl.col("stated_fen").abs())
        signed = signed.with_columns(amount_fen=pl.when(pl.col("stated_fen") != 0).then(moved))
        return {
            "bill_rows": signed,
            "bill_files": self._file(signed, facts),
            "problems": _unclear(signed),
        }

    def _file(self, signed: pl.LazyFrame, facts: FileFacts) -> pl.LazyFrame:
        """One row: what the statement declares beside what was read of it."""
        read = signed.sort("source_row").select(
            read_rows=pl.len().cast(pl.Int64),
            read_in_fen=pl.col("stated_fen").abs().filter("_in").sum(),
            read_out_fen=pl.col("stated_fen").abs().filter("_out").sum(),
            first_row_on=pl.col("booked_on").min(),
            last_row_on=pl.col("booked_on").max(),
            currency=pl.col("currency").drop_nulls().first(),
            **balance_facts(),
        )
        return read.with_columns(**declared(self.provider, facts)).with_columns(totals_check=self._totals())

    def _totals(self) -> pl.Expr:
        """Whether the declared counts and totals, those that are declared, are those read."""
        pairs = [
            ("declared_rows", "read_rows"),
            ("declared_in_fen", "read_in_fen"),
            ("declared_out_fen", "read_out_fen"),
        ]
        differs = pl.any_horizontal(*(pl.col(said) != pl.col(read) for said, read in pairs)).fill_null(False)
        any_said = pl.any_horizontal(*(pl.col(said).is_not_null() for said, _ in pairs))
        otherwise = pl.lit("may_differ" if self.totals_may_differ else "differs")
        return pl.when(any_said).then(pl.when(differs).then(otherwise).otherwise(pl.lit("same")))


def _with_all(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The rows with every column of `bill_rows`: what a service never states is null."""
    own = set(rows.collect_schema().names())
    return rows.with_columns(pl.lit(None, c.dtype).alias(c.name) for c in BILL_ROWS.columns if c.name not in own)


def base_of(row_id: pl.Expr) -> pl.Expr:
    """The id of the original transaction: a refund's id is that of the payment, ``_`` and a suffix.

    >>> pl.select(base_of(pl.lit("20260102_300"))).item()
    '20260102'
    """
    return row_id.str.extract(r"^([^_*]+)")


def balance_facts() -> dict[str, pl.Expr]:
    """What a running balance proves, of rows in the file's order, oldest or newest first (as their times say).

    ``balance[i] = balance[i-1] + amount[i]`` for every row but the first: a row that breaks it means that rows are
    missing, doubled or misread there. Null where no two rows state a balance.
    """
    balance, amount = pl.col("balance_fen"), pl.col("amount_fen").fill_null(0)
    down, up = balance - balance.shift(1) - amount, balance - balance.shift(-1) - amount
    broken_down, broken_up = (down != 0).fill_null(False), (up != 0).fill_null(False)
    some = down.is_not_null().any()
    first_at, last_at = pl.col("booked_at").first(), pl.col("booked_at").last()
    fewer = broken_down.sum() <= broken_up.sum()
    reads_down = pl.when(first_at != last_at).then(first_at < last_at).otherwise(fewer).fill_null(fewer)
    broken = pl.when(reads_down).then(broken_down).otherwise(broken_up)
    first = pl.col("source_row").filter(broken).min()
    oldest = pl.when(reads_down).then((balance - amount).first()).otherwise((balance - amount).last())
    return {
        "balance_check": pl.when(some).then(pl.when(broken.any()).then(pl.lit("broken")).otherwise(pl.lit("ok"))),
        "balance_broken_row": first,
        "opening_fen": oldest,
        "closing_fen": pl.when(reads_down).then(balance.last()).otherwise(balance.first()),
    }


def declared(provider: str, facts: FileFacts) -> dict[str, pl.Expr]:
    """What a statement says of itself, and where it stands: the columns of `bill_files` that are not read from its rows."""
    told = facts.told
    first, last = _days(told.get("from"), told.get("until"), told.get("exported"))
    counts = [told[name] for name in ("in_rows", "out_rows") if name in told]
    rows = told.get("rows", sum(counts) if len(counts) == 2 and provider != "alipay_personal" else None)  # type: ignore[arg-type]
    word = told.get("filter")
    return {
        "provider": pl.lit(provider),
        "account": pl.lit(told.get("account"), pl.String),
        "first_day": pl.lit(first, pl.Date),
        "last_day": pl.lit(last, pl.Date),
        "bill_filter": pl.lit(None if word is None else FILTERS.get(str(word), "other"), pl.String),
        "declared_rows": pl.lit(rows, pl.Int64),
        "declared_in_fen": pl.lit(_plain(told.get("in")), pl.Int64),
        "declared_out_fen": pl.lit(_plain(told.get("out")), pl.Int64),
        "observed_on": pl.lit(facts.observed_on, pl.Date),
        "source_file": pl.lit(facts.file),
        "source_sheet": pl.lit(facts.sheet, pl.String),
        "source_row": pl.lit(1, pl.Int64),
    }


def _plain(amount: object) -> int | None:
    """A declared total without its sign: some files write outflow with a minus, some without."""
    return abs(amount) if isinstance(amount, int) else None


def _days(start: object, end: object, exported: object) -> tuple[date | None, date | None]:
    """The first and last day a statement tells whole.

    An end at midnight belongs to the day before; a day cut by the export itself is not whole.
    """
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return None, None
    first = start.date() + timedelta(days=start.time() != _MIDNIGHT)
    until = end + timedelta(seconds=1) if end.time().replace(microsecond=0) >= time(23, 59) else end
    if isinstance(exported, datetime):
        until = min(until, exported)
    last = until.date() - timedelta(days=1)
    return (first, last) if first <= last else (None, None)


def _unclear(signed: pl.LazyFrame) -> pl.LazyFrame:
    """Rows with an amount whose words do not say which way it went: kept, counted in no sum, and told."""
    words = pl.concat_str(
        "direction_raw", "fund_state_raw", "bill_status", "kind_raw", separator=" · ", ignore_nulls=True
    )
    return signed.filter(pl.col("_way").is_null() & (pl.col("stated_fen") != 0)).select(
        "source_file", "source_sheet", "source_row",
        column=pl.lit("amount_fen"), value=words, problem=pl.lit("direction_unclear"), effect=pl.lit("blanked"),
    )  # fmt: skip


Shape = Callable[[pl.LazyFrame, FileFacts], Mapping[str, pl.LazyFrame]]
