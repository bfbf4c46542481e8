"""Which rows of a bill are about a store's deposit, and what happened to it?

Every row gets exactly one class and the id of the rule that gave it (`via`); no row and no fen is lost. Rules are tried
in order and the first that fires decides (`toolkit.reconcile.rules`). Where none fires the row is `other`; where it
has no words at all it is `unknown`. Classes are told from the account's side in a bill; in a deposit ledger the signs
are the other way round, every row is about the deposit, and a class the ledger itself states is kept.

A freeze is not a payment and a thaw is not a refund: the same money may be told as both
(`toolkit.reconcile.once` finds those pairs, so that money counts once).
"""

from __future__ import annotations

from typing import Literal

import polars as pl

from toolkit.reconcile.rules import FIELDS, Rule, deposit_rules, with_fields

__all__ = ["classify"]

_NEEDED = {name: pl.String() for name in (*FIELDS, "provider", "store", "currency", "deposit_kind")} | {
    "amount_fen": pl.Int64(), "stated_fen": pl.Int64(),
}  # fmt: skip
_DEPOSIT = "保证金"


def classify(
    rows: pl.DataFrame, rules: tuple[Rule, ...] | None = None, *, of: Literal["bill", "deposit"] = "bill"
) -> pl.DataFrame:
    """The rows, in order, with deposit_kind (their class) and via (the rule's id, no_rule, no_words, or stated).

    Args:
        rows: `bill_rows`, or with ``of="deposit"`` `deposit_ledger`.
        rules: in the order they are tried; None: the shipped ones.
        of: whose side the signs are on; in a deposit's ledger each row is about the deposit without saying so.

    >>> bill = pl.DataFrame({"item": ["速卖通保证金退还", "文具"], "amount_fen": [1000000, -1250]})
    >>> classify(bill).select("deposit_kind", "via").rows()
    [('refund', 'deposit_refund'), ('other', 'no_rule')]
    """
    tried = [with_fields(rule) for rule in (deposit_rules() if rules is None else rules)]
    words = {rule.fields: f"__words_{number}" for number, rule in enumerate(tried)}
    amount = pl.col("amount_fen") if of == "bill" else -pl.col("amount_fen")
    way = pl.when(amount > 0).then(pl.lit("in")).when(amount < 0).then(pl.lit("out")).otherwise(pl.lit("none"))
    said = rows.with_columns(pl.lit(None, dtype).alias(n) for n, dtype in _NEEDED.items() if n not in rows.columns)
    read = said.with_columns(*(_words(f, of).alias(name) for f, name in words.items()), __way=way)
    fired = [pl.when(rule.fires(pl.col(words[rule.fields]), pl.col("__way"))).then(pl.lit(rule.id)) for rule in tried]
    stated = pl.col("deposit_kind").is_not_null() & (pl.col("deposit_kind") != "unknown")
    nothing = pl.when(_words(FIELDS, "bill") == "").then(pl.lit("no_words")).otherwise(pl.lit("no_rule"))
    via = pl.when(stated).then(pl.lit("stated")).otherwise(pl.coalesce(*fired, nothing))
    # In a deposit's ledger a row without a word that says more is still about the deposit.
    unsaid = "other" if of == "bill" else "unknown"
    kinds = {rule.id: rule.kind for rule in tried} | {"no_rule": unsaid, "no_words": "unknown"}
    kind = pl.when(stated).then("deposit_kind").otherwise(pl.col("via").replace_strict(kinds, default=None))
    return (
        read.with_columns(via=via)
        .with_columns(deposit_kind=kind)
        .select(*rows.columns, *(name for name in ("deposit_kind", "via") if name not in rows.columns))
    )


def _words(fields: tuple[str, ...], of: str) -> pl.Expr:
    """All words of a row in small letters; in a deposit's ledger its subject counts as said."""
    subject = [pl.lit(_DEPOSIT)] if of == "deposit" else []
    return pl.concat_str([*subject, *map(pl.col, fields)], separator="\n", ignore_nulls=True).str.to_lowercase()
