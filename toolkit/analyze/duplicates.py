"""Which listings look like the same product, and which of them to keep?

Sellers list one thing several times: the copies share the buyers and each costs a slot. Two listings are proposed as one
product when their titles are alike **and** nothing they say tells them apart: same category, the same numbers (350ml,
37码, 三件套), supply prices within a band, and no contradiction in colour, size or for whom (`toolkit.analyze.attributes`).
Titles are alike by the share of letters they have in common in order (normalized indel similarity, rapidfuzz), as they
stand or with their words sorted. Where both also state the same seller code, or the same unit cost and supply price,
`min_similarity_same` is enough instead of `min_similarity`.

Comparing every title with every other would take n² comparisons. Instead each title is looked up by its rarest runs of
three letters: two titles that are alike share one of them. A run shared by very many titles is walked
in the order of the titles, each compared with its next neighbours only, so that the work grows with the number of titles.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from toolkit.analyze.attributes import ATTRIBUTES, title_attributes
from toolkit.schema import DUPLICATES
from toolkit.settings import Duplicates

__all__ = ["near_duplicates", "with_duplicates"]

_RUN = 3
_RAREST = 8
"""Runs of letters by which each title is looked up."""
_NEIGHBOURS = 12
"""Titles after it that each is compared with among those of one run."""
_LIVE = ("on_sale", "under_review")


def with_duplicates(profile: pl.DataFrame, duplicates: pl.DataFrame) -> pl.DataFrame:
    """The profile with duplicate_of, by `near_duplicates`: the listing to keep instead of this one; null for all others."""
    given_up = duplicates.filter(pl.col("is_one_to_keep").not_())
    named = given_up.select("product_id", duplicate_of="keep_product_id")
    whole = profile.drop("duplicate_of").join(named, on="product_id", how="left", maintain_order="left")
    return whole.select(profile.columns)


def near_duplicates(profile: pl.DataFrame, settings: Duplicates) -> pl.DataFrame:
    """Groups of live listings that look alike (`schema.DUPLICATES`), sorted by group, the one to keep first.

    The one to keep is the one with the most demand ahead (forecast, else units sold); every other in its group is like
    that one, not merely like a neighbour. `title_similarity` is to the one to keep, 1 for itself; `same_facts` names what
    else both state alike. `keep_basis` says by what the one to keep was chosen, `keep_demand` its figure.

    >>> from toolkit.schema import PROFILE
    >>> shelf = PROFILE.frame(product_id=["1", "2", "3"], title=["硅胶折叠水杯便携款", "硅胶折叠水杯 便携款", "羊毛围巾格纹"],
    ...     status=["on_sale"] * 3, units_90d=[2, 9, 4])
    >>> near_duplicates(shelf, Duplicates()).select("product_id", "keep_product_id", "is_one_to_keep").rows()
    [('2', '2', True), ('1', '2', False)]
    """
    live = _titles(profile)
    kept = _groups(_alike(live, settings))
    about = live.select(
        pl.exclude("_numbers", "_sorted", *(f"_{kind}" for kind in ATTRIBUTES)), first=pl.col("_n").cast(pl.Int64)
    )
    grouped = about.join(kept, left_on="first", right_on="row", how="inner")
    keeper = about.select("first", keep_product_id="product_id", keep_basis="_basis", keep_demand="_demand")
    table = grouped.drop("first").join(keeper, left_on="keep", right_on="first").with_columns(
        is_one_to_keep=pl.col("product_id") == pl.col("keep_product_id"),
        duplicate_group=pl.col("keep").rank("dense").cast(pl.Int64),
    )  # fmt: skip
    order = ["duplicate_group", "is_one_to_keep", "title_similarity", "product_id"]
    return DUPLICATES.conform(table).sort(order, descending=[False, True, True, False])


_BASES = ("units_mean_13w", "units_90d", "units_365d")
"""By what the one to keep is chosen: the first of these that is known."""
_FACTS = ("unit_cost", "price", "seller_sku", *ATTRIBUTES)
"""What two listings may both state alike beside their titles, category and numbers."""


def _titles(profile: pl.DataFrame) -> pl.DataFrame:
    """Live listings, those with most demand first, with their titles stripped to letters and what these say."""
    live = profile.filter(pl.col("status").is_in(_LIVE) & pl.col("title").is_not_null())
    said = title_attributes(live["title"]).rename(lambda name: f"_{name}")
    words = pl.col("title").str.to_lowercase().str.extract_all(r"\p{Han}+|[\p{L}\p{N}--\p{Han}]+")
    known = [pl.when(pl.col(name).is_not_null()).then(pl.lit(name)) for name in _BASES]
    told = pl.concat([live, said], how="horizontal").with_columns(
        _demand=pl.coalesce(pl.col(name).cast(pl.Float64) for name in _BASES).fill_null(0.0),
        _basis=pl.coalesce(*known, pl.lit("none")),
        _bare=words.list.join(""),
        _sorted=words.list.sort().list.join(""),
    )
    ordered = told.filter(pl.col("_bare") != "").sort("_demand", "product_id", descending=[True, False])
    return ordered.with_row_index("_n")


def _alike(live: pl.DataFrame, settings: Duplicates) -> pl.DataFrame:
    """Pairs of rows that look alike: first, second (first has more demand), likeness, same_facts."""
    pairs = _candidates(live)
    facts = live.select(
        *(pl.col(f"_{kind}").alias(kind) for kind in ATTRIBUTES), "_bare", "_sorted",
        price=pl.col("supply_price_fen").cast(pl.Float64), unit_cost="unit_cost_fen", seller_sku="seller_sku",
    )  # fmt: skip
    near = pl.concat(
        [pairs, *(facts[pairs[side]].select(pl.all().name.prefix(f"{side}_")) for side in ("first", "second"))],
        how="horizontal",
    ).filter(_in_band(settings), *(~_differs(kind) for kind in ATTRIBUTES))
    same = pl.concat_str(
        *(pl.when(_same(fact)).then(pl.lit(fact)) for fact in _FACTS), separator=";", ignore_nulls=True
    )
    is_backed = _same("seller_sku") | (_same("unit_cost") & _same("price"))
    least = pl.when(is_backed).then(settings.min_similarity_same).otherwise(settings.min_similarity)
    likeness = np.maximum(_likeness(near, "_bare"), _likeness(near, "_sorted"))
    return (
        near.with_columns(likeness=pl.Series(likeness, dtype=pl.Float64), same_facts=same)
        .filter(pl.col("likeness") >= least)
        .select("first", "second", "likeness", pl.when(pl.col("same_facts") != "").then("same_facts"))
    )


def _in_band(settings: Duplicates) -> pl.Expr:
    """Supply prices near each other, or one of them unknown."""
    both = ("first_price", "second_price")
    return (pl.min_horizontal(both) >= (1 - settings.price_band) * pl.max_horizontal(both)).fill_null(True)


def _same(fact: str) -> pl.Expr:
    return (pl.col(f"first_{fact}") == pl.col(f"second_{fact}")).fill_null(False)


def _differs(fact: str) -> pl.Expr:
    """Both state it, and not the same."""
    return (pl.col(f"first_{fact}") != pl.col(f"second_{fact}")).fill_null(False)


def _likeness(near: pl.DataFrame, name: str) -> np.ndarray:
    left, right = (near[f"{side}_{name}"].to_list() for side in ("first", "second"))
    return cpdist(left, right, scorer=Indel.normalized_similarity, dtype=np.float64) if left else np.zeros(0)


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


def _groups(alike: pl.DataFrame) -> pl.DataFrame:
    """Which row is kept instead of each: row, keep, title_similarity, same_facts. Rows stand in order of demand.

    A row that nobody took yet takes all free rows that are like it: a star, so that nothing is joined by a chain.
    """
    kept: dict[int, tuple[int, float, str | None]] = {}
    for first, second, likeness, same in alike.sort("first", "second").iter_rows():
        if kept.get(first, (first,))[0] != first or second in kept:
            continue
        kept.setdefault(first, (first, 1.0, None))
        kept[second] = (first, likeness, same)
    schema = {"row": pl.Int64, "keep": pl.Int64, "title_similarity": pl.Float64, "same_facts": pl.String}
    return pl.DataFrame([(row, *told) for row, told in kept.items()], schema=schema, orient="row")
