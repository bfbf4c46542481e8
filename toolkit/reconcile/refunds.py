"""Did every refund and release of an order reach the settlement and the account?

Three files tell of the same money: the platform's list of releases and refunds per order, the settlement per
transaction, and the account's bill. They are held together by ids: refund number, order number, batch. Prices repeat
too often for an amount to prove anything between orders, so an amount alone counts only for settlement rows that carry
no id, and for a whole batch that arrives in a bill as one credit.

Per order, what was refunded must stay within what was settled. Nothing is called missing unless somebody stated that
the settlement or bill covers its days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Literal

import polars as pl

from toolkit.reconcile.cases import pointer
from toolkit.reconcile.coverage import bill_coverage
from toolkit.reconcile.in_words import in_words
from toolkit.reconcile.match import MatchOptions, match
from toolkit.reconcile.refund_orders import refund_orders
from toolkit.reconcile.sides import distinct_rows
from toolkit.reconcile.windows import uncovered
from toolkit.schema import BILL_ROWS, REFUNDS, SETTLEMENTS, Table
from toolkit.schema.deposits import REFUND_CONTROL, REFUND_ITEMS, REFUND_ROWS
from toolkit.schema.reconciled import AMBIGUOUS, MATCHES
from toolkit.settings import Settings
from toolkit.words import Lang
from toolkit.workdays import WorkCalendar

__all__ = ["RefundsResult", "reconcile_refunds"]

_OPEN = ("missing", "not_assessable", "ambiguous", "settled_short", "settled_over")
_SIGNS = (1, -1)


@dataclass(frozen=True, repr=False)
class RefundsResult:
    """What the platform states per order, held against settlement and bills. All tables are polars."""

    as_of: date
    orders: pl.DataFrame
    """`REFUND_ORDERS`: per order, are refunds within what was settled."""
    items: pl.DataFrame
    """`REFUND_ITEMS`: every refund and release with its verdict."""
    matches: pl.DataFrame
    """`MATCHES`: refund to settlement, refund to bill, batch to bill (ids begin with the side they are of)."""
    ambiguous: pl.DataFrame
    """`AMBIGUOUS`."""
    open_items: pl.DataFrame
    """The items that are not settled, the oldest first."""
    rows: pl.DataFrame
    """`REFUND_ROWS`: every row of the three sides once."""
    control: pl.DataFrame
    """`REFUND_CONTROL`: the money of all rows by side, store, currency and fate."""
    coverage: pl.DataFrame
    """`BILL_COVERAGE`."""

    def conclusion(self, lang: Lang = "zh") -> str:
        """How many refunds are open, by state and currency, with their money."""
        return "\n".join(
            in_words(self.open_items, "reconciled.refunds", lang, state="refund_state", as_of=self.as_of,
                     things=self.items.height)
        )  # fmt: skip

    def __repr__(self) -> str:
        return self.conclusion()

    def _repr_html_(self) -> str:
        return "<br>".join(map(escape, self.conclusion().splitlines()))


def reconcile_refunds(
    refunds: pl.DataFrame,
    settlements: pl.DataFrame | None,
    bills: pl.DataFrame | None,
    *,
    bill_files: pl.DataFrame | None = None,
    coverage: pl.DataFrame | None = None,
    as_of: date,
    calendar: WorkCalendar | None = None,
    settings: Settings | None = None,
) -> RefundsResult:
    """Hold an order's refunds and releases against settlement and bills.

    Args:
        refunds: `schema.REFUNDS`; releases are positive, refunds negative; a waiting release moved nothing.
        settlements: `schema.SETTLEMENTS`; None: none is there.
        bills: `schema.BILL_ROWS`; None: none is there.
        bill_files: `schema.BILL_FILES`.
        coverage: first_day, last_day (and store, account) of what the settlements and bills cover.

    >>> from toolkit.schema import REFUNDS, SETTLEMENTS
    >>> back = REFUNDS.frame(store=["S1"], order_id=["8001"], settlement_kind=["refund"], amount_fen=[-500],
    ...     currency=["USD"], booked_on=[date(2026, 11, 2)])
    >>> line = SETTLEMENTS.frame(provider=["international"], merchant_order_no=["8001"], settlement_kind=["refund"],
    ...     amount_fen=[-500], currency=["USD"], booked_on=[date(2026, 11, 3)])
    >>> found = reconcile_refunds(back, line, None, as_of=date(2026, 11, 20))
    >>> found.items["refund_state"].to_list(), found.orders["order_check"].to_list()
    (['settled'], ['settled_unknown'])
    """
    settings = settings or Settings()
    calendar = calendar or WorkCalendar(count_from=settings.workdays.count_from)
    told = _rows("refund", REFUNDS, refunds, as_of)
    settled = _rows("settlement", SETTLEMENTS, settlements, as_of)
    booked = _rows("bill", BILL_ROWS, bills, as_of)
    covered = bill_coverage(bill_files, coverage)

    by_line = _settled(told, settled, calendar)
    by_bill = _by_ids(told, booked, calendar)
    by_batch = _batches(settled, booked, by_bill, calendar)
    found = {"settlement": by_line, "bill": by_bill, "batch": by_batch}
    last = as_of - timedelta(days=settings.cases.bill_lag_days)
    items = _items(told, settled, booked, found, covered, last)
    rows = _fates({"refund": told, "settlement": settled, "bill": booked}, found)
    key = list(REFUND_CONTROL.key)
    sums = rows.group_by(key).agg(rows=pl.len().cast(pl.Int64), amount_fen=pl.col("amount_fen").sum())
    return RefundsResult(
        as_of=as_of,
        orders=refund_orders(told.filter(~pl.col("is_late")), settled.filter(~pl.col("is_late"))),
        items=items,
        matches=MATCHES.conform(pl.concat([one.pairs for one in found.values()])).sort("expected_id", "credit_id"),
        ambiguous=_numbered([one.answers for one in found.values()]),
        open_items=items.filter(pl.col("refund_state").is_in(_OPEN)).sort("booked_on", "row_key", nulls_last=True),
        rows=rows,
        control=REFUND_CONTROL.conform(sums).sort(key, nulls_last=True),
        coverage=covered,
    )


@dataclass(frozen=True)
class _Found:
    """One comparison of two sides, both directions of money together."""

    pairs: pl.DataFrame
    answers: pl.DataFrame
    unsure: pl.DataFrame
    """id of every row on either side that is ambiguous."""

    @classmethod
    def of(cls, *parts: _Found) -> _Found:
        """Several together."""
        pairs, unsure = (pl.concat([getattr(part, name) for part in parts]) for name in ("pairs", "unsure"))
        return cls(pairs, _numbered([part.answers for part in parts]), unsure)


def _numbered(answers: list[pl.DataFrame]) -> pl.DataFrame:
    """Ambiguities of several comparisons in one table, numbered on."""
    shift, rows = 0, []
    for part in answers:
        rows.append(part.with_columns(pl.col("answer_group") + shift))
        shift += int(part["answer_group"].max() or 0)  # type: ignore[arg-type]
    return AMBIGUOUS.conform(pl.concat(rows))


_CONTENT = {
    "refund": ("store", "order_id", "order_line_id", "refund_id", "settlement_kind", "loan_state", "booked_on"),
    "settlement": (
        "row_id",
        "merchant_order_no",
        "refund_id",
        "batch_no",
        "settlement_kind",
        "booked_on",
        "settled_on",
    ),
}
"""What a row says that tells it from others: it has no id that is sure to be its own."""


def _rows(
    name: Literal["refund", "settlement", "bill"], table: Table, given: pl.DataFrame | None, as_of: date
) -> pl.DataFrame:
    """Each row once, with row_key (the side before it), keys, base_keys, is_late (after `as_of`) and row."""
    rows = table.conform(table.empty() if given is None else given)
    if name == "bill":
        once = distinct_rows(rows)
    else:
        said = pl.concat_str([pl.col(c).cast(pl.String).fill_null("") for c in _CONTENT[name]], separator="/")
        real = pl.col("row_id") if "row_id" in rows.columns else pl.lit(None, pl.String)
        once = distinct_rows(rows.with_columns(own_id=real, row_id=said)).with_columns(row_id="own_id").drop("own_id")
    own, base = _IDS[name]
    return once.with_columns(
        row_key=pl.concat_str(pl.lit(f"{name}|"), "row_key"),
        is_late=(pl.col("booked_on") > as_of).fill_null(False),
        row=pointer(),
        keys=_ids(own),
        base_keys=_ids(base),
    )


_IDS = {
    "refund": (("refund_id",), ("order_id", "order_line_id")),
    "settlement": (("refund_id", "row_id"), ("merchant_order_no", "original_order_no")),
    "bill": (("row_id", "merchant_order_no"), ("base_id", "base_order_no")),
}


def _ids(names: tuple[str, ...]) -> pl.Expr:
    """The sound ids of a row; an order number also without what is hung on behind ``_``."""
    sound = [pl.when(~pl.col("is_suspect_id").fill_null(False)).then(name) for name in names]
    bases = [
        pl.when(~pl.col("is_suspect_id").fill_null(False)).then(pl.col(n).str.extract(r"^([^_*]+)")) for n in names
    ]
    return pl.concat_list([*sound, *bases]).list.drop_nulls().list.unique().list.sort()


def _side(rows: pl.DataFrame, sign: int, *, dated: bool) -> pl.DataFrame:
    """The rows of one direction as a side of a match. Without days only ids can pair them."""
    moved = rows.filter(~pl.col("is_late"), (pl.col("amount_fen") * sign) > 0)
    on = pl.col("booked_on") if dated else pl.lit(None, pl.Date)
    whose = [name for name in ("store", "account") if name in rows.columns]
    return moved.select(
        *whose, "currency", "keys", "base_keys", id="row_key", amount_fen=pl.col("amount_fen").abs(), on=on
    )


def _compare(
    claims: pl.DataFrame, credits: pl.DataFrame, calendar: WorkCalendar, options: MatchOptions | None = None
) -> _Found:
    found = match(claims, credits, calendar=calendar, options=options or MatchOptions(split_legs=1))
    return _Found(found.pairs, found.ambiguous, found.ambiguous_ids.select("id"))


def _by_ids(claims: pl.DataFrame, credits: pl.DataFrame, calendar: WorkCalendar) -> _Found:
    """Pairs by ids only."""
    both = [(_side(claims, sign, dated=False), _side(credits, sign, dated=False)) for sign in _SIGNS]
    return _Found.of(*(_compare(mine, theirs, calendar) for mine, theirs in both))


def _settled(told: pl.DataFrame, settled: pl.DataFrame, calendar: WorkCalendar) -> _Found:
    """Refunds and releases in the settlement: by ids, then by amount with rows that carry none."""
    lines = settled.filter(pl.col("settlement_kind").ne_missing("batch"))
    first = _by_ids(told, lines, calendar)
    used = pl.concat([first.pairs["expected_id"], first.pairs["credit_id"], first.unsure["id"]]).implode()
    left = told.filter(~pl.col("row_key").is_in(used))
    bare = lines.filter((pl.col("keys").list.len() == 0) & (pl.col("base_keys").list.len() == 0))
    again = [_compare(_side(left, sign, dated=True), _side(bare, sign, dated=True), calendar) for sign in _SIGNS]
    return _Found.of(first, *again)


def _batches(settled: pl.DataFrame, booked: pl.DataFrame, by_bill: _Found, calendar: WorkCalendar) -> _Found:
    """Settlement batches that a bill shows as one credit: same amount, from the day of settlement on."""
    used = pl.concat([by_bill.pairs["credit_id"], by_bill.unsure["id"]]).implode()
    free = booked.filter(~pl.col("row_key").is_in(used))
    claims = _batch_sums(settled)
    return _compare(claims, _side(free, 1, dated=True), calendar, MatchOptions(early_days=1, split_legs=1))


def _batch_sums(settled: pl.DataFrame) -> pl.DataFrame:
    """One claim per batch and currency of payment: the sum of its lines, else the figure of the batch's own row."""
    known = settled.filter(pl.col("batch_no").is_not_null(), ~pl.col("is_late")).with_columns(
        is_sum=pl.col("settlement_kind") == "batch",
        paid_fen=pl.coalesce("settled_fen", "net_fen", "amount_fen", "stated_fen"),
        paid_in=pl.coalesce("settled_currency", "currency"),
    )
    has_lines = (~pl.col("is_sum").fill_null(False)).any().over("batch_no")
    counted = known.filter(~(pl.col("is_sum").fill_null(False) & has_lines))
    sums = counted.group_by("batch_no", "paid_in").agg(
        amount_fen=pl.col("paid_fen").sum(), on=pl.col("settled_on").min(), store=_only_store()
    )
    return sums.select(
        "store", "amount_fen", "on", currency="paid_in",
        id=pl.concat_str(pl.lit("batch|"), "batch_no", pl.lit("|"), pl.col("paid_in").fill_null("-")),
    )  # fmt: skip


def _only_store() -> pl.Expr:
    stores = pl.col("store").drop_nulls().unique()
    return pl.when(stores.len() == 1).then(stores.first())


def _items(
    told: pl.DataFrame,
    settled: pl.DataFrame,
    booked: pl.DataFrame,
    found: dict[str, _Found],
    covered: pl.DataFrame,
    last: date,
) -> pl.DataFrame:
    """Every refund and release with its verdict (`REFUND_ITEMS`)."""
    by_line = _arrived(found["settlement"], settled, "settled_amount_fen", "settlement_row", "layer")
    by_bill = _arrived(found["bill"], booked, "bill_amount_fen", "bill_row", "bill_layer")
    unsure = pl.concat([found[name].unsure for name in ("settlement", "bill")]).unique().with_columns(unsure=True)
    paid = _paid_batches(found, settled)
    dated = told.filter(pl.col("booked_on").is_not_null()).with_columns(account=pl.lit(None, pl.String))
    windows = dated.select(
        "store", "account", id="row_key", first=pl.min_horizontal("booked_on", pl.lit(last)), last=pl.lit(last)
    )
    whys = uncovered(windows, covered).select("uncovered", row_key="id")
    rows = told.filter(~pl.col("is_late"))
    for more in (by_line, by_bill, unsure.rename({"id": "row_key"}), paid, whys):
        rows = rows.join(more, on="row_key", how="left", maintain_order="left")
    gap = pl.coalesce("settled_amount_fen", "bill_amount_fen") - pl.col("amount_fen").abs()
    judged = rows.with_columns(gap_fen=gap, item_row="row").with_columns(refund_state=_state())
    is_unknown = pl.col("refund_state") == "not_assessable"
    steps = pl.col("refund_state").replace_strict(_NEXT, default=None, return_dtype=pl.String)
    return REFUND_ITEMS.conform(
        judged.with_columns(next_step=steps, needs_file=pl.when(is_unknown).then(pl.lit("settlement")))
    ).sort("store", "order_id", "booked_on", "row_key", nulls_last=True)


_NEXT = {
    "paid_out": "done", "settled": "done", "in_bill": "done", "waiting": "wait", "ambiguous": "choose",
    "settled_short": "dispute_gap", "settled_over": "ask_surplus", "missing": "contact_service",
    "not_assessable": "bring_bill", "no_money": "done",
}  # fmt: skip


def _state() -> pl.Expr:
    """paid_out: settled, and its batch arrived in a bill; in_bill: found in a bill only."""
    here = pl.col("settled_amount_fen").is_not_null()
    return (
        pl.when(pl.col("loan_state") == "waiting")
        .then(pl.lit("waiting"))
        .when(pl.col("amount_fen").is_null() | (pl.col("amount_fen") == 0))
        .then(pl.lit("no_money"))
        .when(pl.col("gap_fen") < 0)
        .then(pl.lit("settled_short"))
        .when(pl.col("gap_fen") > 0)
        .then(pl.lit("settled_over"))
        .when(here & (pl.col("batch_paid").fill_null(False) | pl.col("bill_amount_fen").is_not_null()))
        .then(pl.lit("paid_out"))
        .when(here)
        .then(pl.lit("settled"))
        .when(pl.col("bill_amount_fen").is_not_null())
        .then(pl.lit("in_bill"))
        .when(pl.col("unsure").fill_null(False))
        .then(pl.lit("ambiguous"))
        .when(pl.col("booked_on").is_null() | pl.col("uncovered").is_not_null())
        .then(pl.lit("not_assessable"))
        .otherwise(pl.lit("missing"))
    )


def _arrived(found: _Found, rows: pl.DataFrame, amount: str, row: str, layer: str) -> pl.DataFrame:
    """row_key of a refund, what came for it, where that was read, and how it was found."""
    legs = found.pairs.join(rows.select(credit_id="row_key", row="row"), on="credit_id", how="left")
    return legs.group_by(row_key="expected_id").agg(
        pl.col("credit_fen").sum().alias(amount),
        pl.col("row").sort().str.join("; ").alias(row),
        pl.col("layer").min().alias(layer),
    )


def _paid_batches(found: dict[str, _Found], settled: pl.DataFrame) -> pl.DataFrame:
    """row_key, batch_paid of refunds whose settlement line is in a batch that a bill shows."""
    arrived = found["batch"].pairs.select(batch_no=pl.col("expected_id").str.extract(r"^batch\|(.*)\|[^|]*$"))
    lines = settled.join(arrived.unique(), on="batch_no", how="semi").select(credit_id="row_key")
    paid = found["settlement"].pairs.join(lines, on="credit_id", how="semi")
    return paid.select(row_key="expected_id").unique().with_columns(batch_paid=True)


def _fates(sides: dict[str, pl.DataFrame], found: dict[str, _Found]) -> pl.DataFrame:
    """Every row once (`REFUND_ROWS`): matched, ambiguous, alone, no_money or after_as_of."""
    parts = found.values()
    used = pl.concat([pl.concat([p.pairs["expected_id"], p.pairs["credit_id"]]) for p in parts]).unique().implode()
    unsure = pl.concat([part.unsure["id"] for part in parts]).unique().implode()
    fate = (
        pl.when("is_late")
        .then(pl.lit("after_as_of"))
        .when(pl.col("row_key").is_in(used))
        .then(pl.lit("matched"))
        .when(pl.col("row_key").is_in(unsure))
        .then(pl.lit("ambiguous"))
        .when(pl.col("amount_fen").is_null() | (pl.col("amount_fen") == 0))
        .then(pl.lit("no_money"))
        .otherwise(pl.lit("alone"))
    )
    told = [
        REFUND_ROWS.conform(_with_order(rows).with_columns(row_side=pl.lit(name), row_fate=fate))
        for name, rows in sides.items()
    ]
    return pl.concat(told).sort("row_side", "store", "booked_on", "row_key", nulls_last=True)


def _with_order(rows: pl.DataFrame) -> pl.DataFrame:
    if "order_id" in rows.columns:
        return rows
    return rows.with_columns(order_id="merchant_order_no")
