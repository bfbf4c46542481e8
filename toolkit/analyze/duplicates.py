"""Which listings look like the same product?

Sellers list one thing several times: the copies share the buyers and each costs a slot. Titles are compared within a
category and a band of supply prices; numbers in a title (350ml, 37码) must agree, as another size is another product.
The comparison is the share of letters two titles have in common in order (normalized indel similarity, rapidfuzz).

Comparing every title with every other would take n² comparisons. Instead each title is looked up by its rarest runs of
three letters: two titles that are alike share one of them. A run shared by very many titles is walked
in the order of the titles, each compared with its next neighbours only, so that the work grows with the number of titles.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from toolkit.schema import DUPLICATES
from toolkit.settings import Duplicates, Settings

__all__ = ["near_duplicates", "with_duplicates"]

_RUN = 3
_RAREST = 8
"""Runs of letters by which each title is looked up."""
_NEIGHBOURS = 12
"""Titles after it that each is compared with among those of one run."""
_LIVE = ("on_sale", "under_review")


def with_duplicates(profile: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """The profile with duplicate_of: the listing to keep instead of this one; null for all others."""
    found = near_duplicates(profile, settings.duplicates).filter(pl.col("is_one_to_keep").not_())
    named = found.select("product_id", duplicate_of="keep_product_id")
    whole = profile.drop("duplicate_of").join(named, on="product_id", how="left", maintain_order="left")
    return whole.select(profile.columns)


def near_duplicates(profile: pl.DataFrame, settings: Duplicates) -> pl.DataFrame:
    """Groups of live listings that look alike (`schema.DUPLICATES`), sorted by group, the one to keep first.

    The one to keep is the one with the most demand ahead (forecast, else units sold); every other in its group is like
    that one, not merely like a neighbour. `title_similarity` is to the one to keep, 1 for itself.

    >>> from toolkit.schema import PROFILE
    >>> shelf = PROFILE.frame(product_id=["1", "2", "3"], title=["硅胶折叠水杯便携款", "硅胶折叠水杯 便携款", "羊毛围巾格纹"],
    ...     status=["on_sale"] * 3, units_90d=[2, 9, 4])
    >>> near_duplicates(shelf, Duplicates()).select("product_id", "keep_product_id", "is_one_to_keep").rows()
    [('2', '2', True), ('1', '2', False)]
    """
    live = _titles(profile)
    alike = _alike(live, settings)
    keep, share = _groups(alike, live.height)
    grouped = live.with_columns(_keep=pl.Series(keep, dtype=pl.Int64), title_similarity=pl.Series(share))
    grouped = grouped.filter(pl.col("_keep").is_not_null())
    ids = live["product_id"].gather(grouped["_keep"])
    table = grouped.with_columns(
        keep_product_id=ids,
        is_one_to_keep=ids == grouped["product_id"],
        duplicate_group=pl.col("_keep").rank("dense").cast(pl.Int64),
    )
    order = ["duplicate_group", "is_one_to_keep", "title_similarity", "product_id"]
    return DUPLICATES.conform(table).sort(order, descending=[False, True, True, False])


def _titles(profile: pl.DataFrame) -> pl.DataFrame:
    """Live listings, those with most demand first, with their titles stripped to letters and their numbers."""
    demand = pl.coalesce("units_mean_13w", pl.col("units_90d").cast(pl.Float64), pl.col("units_365d").cast(pl.Float64))
    bare = pl.col("title").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")
    ordered = profile.filter(pl.col("status").is_in(_LIVE) & pl.col("title").is_not_null()).with_columns(
        _demand=demand.fill_null(0.0), _bare=bare, _numbers=pl.col("title").str.extract_all(r"\d+").list.join(" ")
    )
    return (
        ordered.filter(pl.col("_bare") != "")
        .sort("_demand", "product_id", descending=[True, False])
        .with_row_index("_n")
    )


def _alike(live: pl.DataFrame, settings: Duplicates) -> pl.DataFrame:
    """Pairs of rows that look alike: first, second (first has more demand), likeness."""
    pairs = _candidates(live)
    price = live["supply_price_fen"].cast(pl.Float64)
    near = pairs.with_columns(a=price.gather(pairs["first"]), b=price.gather(pairs["second"])).filter(
        (pl.min_horizontal("a", "b") >= (1 - settings.price_band) * pl.max_horizontal("a", "b")).fill_null(True)
    )
    bare = live["_bare"]
    left, right = (bare.gather(near[name]).to_list() for name in ("first", "second"))
    likeness = cpdist(left, right, scorer=Indel.normalized_similarity, dtype=np.float64) if left else np.zeros(0)
    return near.with_columns(likeness=pl.Series(likeness, dtype=pl.Float64)).filter(
        pl.col("likeness") >= settings.min_similarity
    )


def _candidates(live: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows worth a comparison: same category, same numbers, and one of their rarest runs of letters in common."""
    place = pl.concat_str(pl.col("category").fill_null(""), "_numbers", separator="\x1f")
    titles = live.select(pl.col("_n").cast(pl.Int64), "_bare", _place=place)
    starts = titles.with_columns(
        _at=pl.int_ranges(0, (pl.col("_bare").str.len_chars().cast(pl.Int64) - _RUN + 1).clip(1))
    )
    runs = starts.explode("_at").select("_n", "_bare", "_place", _run=pl.col("_bare").str.slice(pl.col("_at"), _RUN))
    counted = (
        runs.unique(["_n", "_run"]).with_columns(_often=pl.len().over("_place", "_run")).filter(pl.col("_often") > 1)
    )
    rarest = counted.sort("_n", "_often", "_run").group_by("_n", maintain_order=True).head(_RAREST)
    walked = rarest.sort("_place", "_run", "_bare", "_n")
    steps = [
        walked.select(
            one="_n", two=pl.col("_n").shift(-step).over("_place", "_run"),
        ).drop_nulls()
        for step in range(1, _NEIGHBOURS + 1)
    ]  # fmt: skip
    pairs = pl.concat(steps).select(first=pl.min_horizontal("one", "two"), second=pl.max_horizontal("one", "two"))
    return pairs.unique().sort("first", "second")


def _groups(alike: pl.DataFrame, size: int) -> tuple[list[int | None], list[float | None]]:
    """For each row the row to keep instead of it, and the likeness to it. Rows stand in order of demand.

    A row that nobody took yet takes all free rows that are like it: a star, so that nothing is joined by a chain.
    """
    keep: list[int | None] = [None] * size
    share: list[float | None] = [None] * size
    for first, second, likeness in alike.select("first", "second", "likeness").rows():
        if keep[first] not in (None, first) or keep[second] is not None:
            continue
        keep[first], share[first] = first, 1.0
        keep[second], share[second] = first, likeness
    return keep, share
