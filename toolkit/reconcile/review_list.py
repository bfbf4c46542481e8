"""Why might a review take so long? The guide's list: is everything there, have the files the right kind, then a call.

The guide says that kinds and sizes of files matter and names none, so the kinds and the greatest size are settings
without a default: until somebody states them, a file can be wrong (empty, or not what its name says), never proven right.
"""

from __future__ import annotations

import polars as pl

from toolkit.schema.checklists import CHECKLISTS, DOCUMENTS
from toolkit.settings import Cases

__all__ = ["item", "review_list", "yes_no"]

_SHOWN = 10
_MEGABYTE = 1_000_000


def item(
    rows: pl.DataFrame,
    number: int,
    name: str,
    state: pl.Expr,
    *,
    found: str | pl.Expr | None = None,
    found_fen: str | None = None,
    account: str | None = None,
    row: str | pl.Expr | None = None,
) -> pl.DataFrame:
    """One thing to be checked on every row of a checklist: its state, what is known of it, where that was read.

    check_step is the thing itself where something is left to do.
    """
    nothing = pl.lit(None, pl.String)
    here = {name for name in ("checklist", "store", "case_key", "case_kind", "case_state") if name in rows.columns}
    told = rows.select(
        *here,
        currency=pl.when(pl.lit(found_fen is not None)).then("currency") if "currency" in rows.columns else nothing,
        item_no=pl.lit(number, pl.Int64),
        check_item=pl.lit(name),
        check_state=state,
        found=nothing if found is None else found,
        account=nothing if account is None else pl.col(account),
        found_fen=pl.lit(None, pl.Int64) if found_fen is None else pl.col(found_fen),
        check_row=nothing if row is None else row,
    ).with_columns(check_step=pl.when(pl.col("check_state") != "ready").then("check_item"))
    return CHECKLISTS.conform(told)


def yes_no(is_so: pl.Expr) -> pl.Expr:
    """ready, missing, or unclear where it is not known."""
    return pl.when(is_so).then(pl.lit("ready")).when(~is_so).then(pl.lit("missing")).otherwise(pl.lit("unclear"))


def review_list(cases: pl.DataFrame, documents: pl.DataFrame | None, *, limits: Cases) -> pl.DataFrame:
    """What to check of every review that has not passed (`CHECKLISTS`).

    Args:
        cases: `CASES` of reviews, with reason, documents_complete, documents_match.
        documents: `DOCUMENTS`; None: nobody looked.
    """
    open_ = cases.filter(pl.col("case_state") != "passed").with_columns(checklist=pl.lit("review"))
    files = DOCUMENTS.empty() if documents is None else DOCUMENTS.conform(documents)
    rows = _with_files(open_, files, limits)
    stated = pl.when(pl.col("documents_complete").is_not_null()).then(pl.col("documents_complete") == "yes")
    match = pl.when(pl.col("documents_match").is_not_null()).then(pl.col("documents_match") == "yes")
    handed_in = yes_no(pl.col("case_state") != "not_submitted")
    is_late = pl.when(pl.col("case_state") == "review_late").then(False).when(
        pl.col("case_state") != "review_possibly_late"
    ).then(True)  # fmt: skip
    rejected = rows.filter(pl.col("case_state") == "rejected")
    waiting = rows.filter(pl.col("case_state").is_in(["in_review", "review_late", "review_possibly_late"]))
    return pl.concat(
        [
            item(rows, 1, "handed_in", handed_in, found=pl.col("submitted_on").cast(pl.String), row="case_row"),
            item(rows, 2, "documents_complete", yes_no(stated), found="names", row="case_row"),
            _required(rows, files, limits),
            item(rows, 4, "file_kinds", yes_no(_kinds_are_right(limits)), found=pl.coalesce("wrong_kind", "kinds")),
            item(rows, 5, "file_sizes", yes_no(_sizes_are_right(limits)), found=pl.coalesce("wrong_size", "sizes")),
            item(rows, 6, "documents_match", yes_no(match), row="case_row"),
            item(rejected, 7, "objection", pl.lit("missing"), found="reason", row="case_row"),
            item(waiting, 8, "in_time", yes_no(is_late), found=pl.col("due_on").cast(pl.String), row="case_row"),
        ]
    )


def _with_files(cases: pl.DataFrame, files: pl.DataFrame, limits: Cases) -> pl.DataFrame:
    """Cases with the names, kinds and sizes of their files, and which of them are wrong (null: none)."""
    kind, ending, size = pl.col("document_kind"), pl.col("ending_kind"), pl.col("document_bytes")
    allowed = pl.lit(True) if not limits.document_kinds else kind.is_in([*limits.document_kinds]).fill_null(False)
    is_other = (kind != ending).fill_null(ending.is_in(_NAMED))
    greatest = limits.document_max_mb
    is_large = pl.lit(False) if greatest == "unknown" else size > greatest * _MEGABYTE
    megabytes = pl.format("{} {} MB", "document", (size / _MEGABYTE).round(2))
    told = _of_cases(cases, files).group_by("case_key").agg(
        names=_listed(pl.col("document")),
        kinds=_listed(pl.format("{} {}", "document", kind.fill_null("?"))),
        sizes=_listed(megabytes),
        wrong_kind=_listed(pl.col("document").filter(((size > 0) & is_other) | ~allowed)),
        wrong_size=_listed(megabytes.filter((size == 0) | is_large)),
    )  # fmt: skip
    return cases.join(told, on="case_key", how="left", maintain_order="left")


_NAMED = ("pdf", "jpg", "png", "gif", "bmp", "tif", "zip", "doc", "rar", "webp")
"""Endings whose first bytes are known: a file of such a name that begins otherwise is something else."""


def _of_cases(cases: pl.DataFrame, files: pl.DataFrame) -> pl.DataFrame:
    """Pairs of a case and a file that is its own, or every case's."""
    keys = cases.select("case_key", "store", "case_kind")
    pairs = keys.join(files, on="store", how="inner", nulls_equal=True, suffix="_file")
    return pairs.filter((pl.col("case_kind_file") == pl.col("case_kind")).fill_null(True)).sort("case_key", "document")


def _listed(names: pl.Expr) -> pl.Expr:
    joined = names.head(_SHOWN).str.join("; ")
    return pl.when(joined != "").then(joined)


def _required(cases: pl.DataFrame, files: pl.DataFrame, limits: Cases) -> pl.DataFrame:
    """The documents the settings ask for: there if a file of the case is named so."""
    wanted = pl.DataFrame({"wanted": [*limits.required_documents]}, schema={"wanted": pl.String})
    asked = cases.join(wanted, how="cross")
    pairs = _of_cases(cases, files).select("case_key", "document").join(wanted, how="cross")
    named = pairs.filter(pl.col("document").str.contains(pl.col("wanted"), literal=True))
    found = named.group_by("case_key", "wanted").agg(file=_listed(pl.col("document")))
    told = asked.join(found, on=["case_key", "wanted"], how="left", maintain_order="left")
    there = pl.col("file").is_not_null()
    nth = pl.int_range(pl.len(), dtype=pl.Int64).over("case_key")
    return item(told, 0, "required_document", yes_no(there), found="wanted", row="file").with_columns(item_no=20 + nth)


def _kinds_are_right(limits: Cases) -> pl.Expr:
    sure = pl.lit(True if limits.document_kinds else None, pl.Boolean)
    return pl.when(pl.col("wrong_kind").is_not_null()).then(False).when(pl.col("names").is_not_null()).then(sure)


def _sizes_are_right(limits: Cases) -> pl.Expr:
    sure = pl.lit(None if limits.document_max_mb == "unknown" else True, pl.Boolean)
    return pl.when(pl.col("wrong_size").is_not_null()).then(False).when(pl.col("names").is_not_null()).then(sure)
