"""What the policy list catches that it did not catch a run ago, and what it lets go.

A list of a hundred forbidden products is read once; what matters a week later is what is new on it. A product that is
off sale already is no news.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from toolkit.decide.guards import OFF_SALE
from toolkit.words import Lang, say

__all__ = ["PolicyNews", "policy_news"]

_NAMED = 3


@dataclass(frozen=True)
class PolicyNews:
    """The policy list of a run against that of the run before."""

    since: str
    """The run before: its folder's name."""
    caught: pl.DataFrame
    """Newly caught, one row per product: product_id, title, policy_hit, policy_hit_kind."""
    freed: pl.DataFrame
    """Caught no longer, likewise, by what caught it then; `why`: entry (no such entry in force), product (its title,
    category or an exception), gone (no file tells of the product)."""

    def sentence(self, lang: Lang = "zh") -> str:
        """What is new, for the conclusion; empty where nothing is."""
        parts = [
            say(f"policy_news.{name}", lang, count=rows.height, names=_names(rows, lang))
            for name, rows in (("caught", self.caught), ("freed", self.freed))
            if rows.height
        ]
        return (
            say("policy_news.line", lang, since=self.since, parts=say("policy_news.comma", lang).join(parts))
            if parts
            else ""
        )

    def freed_in_words(self, lang: Lang = "zh") -> list[str]:
        """Each product that is caught no longer, with what caught it and why that is over."""
        return [
            say(
                "policy_news.free", lang, product=row["product_id"], title=row["title"] or "", entry=row["policy_hit"],
                why=say(f"policy_news.why.{row['why']}", lang),
            )
            for row in self.freed.iter_rows(named=True)
        ]  # fmt: skip


def policy_news(profile: pl.DataFrame, before: pl.DataFrame, entries: pl.DataFrame, *, since: str) -> PolicyNews:
    """Compare the hits of two runs.

    Args:
        profile: the run's (`schema.PROFILE`).
        before: the profile of the run before.
        entries: the entries in force now (`schema.POLICY`).
        since: what to call the run before.

    >>> from toolkit.schema import POLICY, PROFILE
    >>> now = PROFILE.frame(product_id=["1", "2"], policy_hit=["猫", None], policy_hit_kind=["term", None])
    >>> was = PROFILE.frame(product_id=["1", "2"], policy_hit=[None, "狗"], policy_hit_kind=[None, "term"])
    >>> news = policy_news(now, was, POLICY.frame(policy_kind=["term"], policy_value=["猫"]), since="2026-W46")
    >>> news.caught["product_id"].to_list(), news.freed.select("product_id", "why").rows()
    (['1'], [('2', 'entry')])
    """
    hits, old = _hits(profile), _hits(before)
    caught = hits.join(old, on="product_id", how="anti").sort("product_id")
    known = profile.select("product_id", still="policy_hit", is_known=pl.lit(True))
    in_force = entries.select(
        policy_hit="policy_value", policy_hit_kind="policy_kind", is_in_force=pl.lit(True)
    ).unique()
    freed = (
        old.join(known, on="product_id", how="left")
        .filter(pl.col("still").is_null())
        .join(in_force, on=["policy_hit", "policy_hit_kind"], how="left")
        .with_columns(
            why=pl.when(pl.col("is_in_force").is_null()).then(pl.lit("entry"))
            .when(pl.col("is_known").is_null()).then(pl.lit("gone"))
            .otherwise(pl.lit("product"))
        )
        .drop("still", "is_known", "is_in_force")
        .sort("product_id")
    )  # fmt: skip
    return PolicyNews(since, caught, freed)


def _hits(profile: pl.DataFrame) -> pl.DataFrame:
    off = pl.col("status").is_in(OFF_SALE).fill_null(False)
    return profile.filter(pl.col("policy_hit").is_not_null() & ~off).select(
        "product_id", "title", "policy_hit", "policy_hit_kind"
    )


def _names(rows: pl.DataFrame, lang: Lang) -> str:
    named = [f"{row['product_id']} {row['policy_hit']}" for row in rows.head(_NAMED).iter_rows(named=True)]
    return say("boss.comma", lang).join(named) + (say("boss.and_more", lang) if rows.height > _NAMED else "")
