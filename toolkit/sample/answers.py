"""The truth, written beside the files: what people wanted, what was sold, and the answers that must come out."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from toolkit.sample.cast import CAST, FAMILIES
from toolkit.sample.files import csv_text, gzipped, put
from toolkit.sample.handmade import damaged
from toolkit.sample.shop import Shop
from toolkit.words import LANGS, Lang, say

__all__ = ["answers", "put_answers", "put_readme"]


def answers(shop: Shop) -> pl.DataFrame:
    """One row per product whose right answer is certain: its family (see `toolkit.sample.cast`), the reason and guard
    that must be named (null where none must), its part and why. Damaged ids stand as the files show them.

    >>> from toolkit.sample import simulate
    >>> answers(simulate(300, 26, seed=1)).filter(pl.col("part") == "dead").select("family", "reason_code").row(0)
    ('delist', 'SLOW')
    """
    certain = [part for part in CAST if part.family]
    parts = pl.DataFrame(
        {
            "part": [part.name for part in certain],
            "family": [part.family for part in certain],
            "reason_code": [part.reason or None for part in certain],
            "guard": [part.guard or None for part in certain],
            **{f"why_{lang}": [say(f"sample.part.{part.name}", lang) for part in certain] for lang in LANGS},
        }
    )
    return (
        shop.products.join(parts, on="part", how="inner", maintain_order="left")
        .with_columns(product_id=pl.when("is_damaged_id").then(damaged("product_id")).otherwise(pl.col("product_id")))
        .select("product_id", *parts.columns)
        .sort(pl.col("family").cast(pl.Enum(FAMILIES)), "part", "product_id")
    )


def put_answers(shop: Shop, folder: Path) -> list[Path]:
    """answers.csv, and the truth in full under truth/."""
    return [
        put(folder / "answers.csv", csv_text(answers(shop)).encode("utf-8-sig")),
        put(folder / "truth" / "products.csv", csv_text(shop.products).encode("utf-8-sig")),
        put(folder / "truth" / "weeks.csv.gz", gzipped(csv_text(shop.weeks).encode())),
        put(folder / "truth" / "seasons.csv", csv_text(shop.seasons).encode()),
    ]


def put_readme(shop: Shop, folder: Path, *, with_deposits: bool = False) -> Path:
    """README.md: the story and the right answers, in English and in Chinese."""
    known = answers(shop)
    facts = {
        "products": shop.products.height,
        "weeks": shop.weeks["week_start"].n_unique(),
        "first_day": shop.first_day,
        "last_day": shop.last_day,
        "units": f"{shop.weeks['units'].sum():,}",
        "answers": known.height,
        "parts": known["part"].n_unique(),
    }
    sections = [
        text
        for lang in ("en", "zh")
        for text in (
            say("sample.readme", lang, **facts, table=_table(known, lang)),
            *([say("sample.readme.deposits", lang)] if with_deposits else []),
        )
    ]
    return put(folder / "README.md", ("\n\n".join(sections) + "\n").encode())


def _table(known: pl.DataFrame, lang: Lang) -> str:
    """The answers as a Markdown table, one row per part of the cast."""
    rows = known.group_by("family", "part", "reason_code", "guard", f"why_{lang}", maintain_order=True).agg(
        "product_id"
    )
    lines = [
        (
            say(f"sample.family.{row['family']}", lang),
            " · ".join(say(f"{kind}.{row[kind]}", lang) for kind in ("reason_code", "guard") if row[kind]),
            row[f"why_{lang}"],
            " ".join(f"`{product_id}`" for product_id in row["product_id"]),
        )
        for row in rows.iter_rows(named=True)
    ]
    head = [say("sample.readme.table_head", lang), "|---|---|---|---|"]
    return "\n".join([*head, *(f"| {' | '.join(cells)} |" for cells in lines)])
