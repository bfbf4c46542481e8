"""When does a product sell whose own history is too short to tell? Its title often says: 圣诞, Halloween, 凉鞋.

The words and the usual selling windows stand in ``season_words.toml``: a stated default, data rather than code. They
say when to leave a product alone, never how much it will sell.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import polars as pl

from toolkit.analyze.title_words import found_terms

__all__ = ["TitleSeason", "seasons_in_titles", "title_seasons"]


@dataclass(frozen=True)
class TitleSeason:
    """A season, the month and day of its usual selling window, and the words that give it away."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]
    words: tuple[str, ...]
    not_with: tuple[str, ...] = ()

    def around(self, day: date) -> tuple[date, date]:
        """The window that holds the day, else the next one: its first and last day.

        >>> TitleSeason("winter", (9, 15), (2, 10), ()).around(date(2027, 1, 5))[0]
        datetime.date(2026, 9, 15)
        """
        over_new_year = int(self.last < self.first)
        windows = [
            (date(year, *self.first), date(year + over_new_year, *self.last))
            for year in range(day.year - 1, day.year + 2)
        ]
        return next(window for window in windows if window[1] >= day)


@cache
def title_seasons() -> tuple[TitleSeason, ...]:
    """The seasons of ``season_words.toml``, in its order."""
    text = files("toolkit.analyze").joinpath("season_words.toml").read_text(encoding="utf-8")
    return tuple(
        TitleSeason(
            name=season["name"],
            first=_month_day(season["first"]),
            last=_month_day(season["last"]),
            words=tuple(season["words"]),
            not_with=tuple(season.get("not_with", ())),
        )
        for season in tomllib.loads(text)["season"]
    )


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def seasons_in_titles(products: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """One row per product whose title names a season: season_name, is_in_season, next_season_on, season_ends_on.

    Of several seasons the one that is on, else the one that comes first, is named. `season_ends_on` is null outside the
    season. Sorted by product.

    >>> titles = pl.DataFrame({"product_id": ["1"], "title": ["Christmas stockings"]})
    >>> seasons_in_titles(titles, as_of=date(2026, 7, 1)).row(0)
    ('1', 'christmas', False, datetime.date(2026, 10, 1), None)
    """
    seasons = title_seasons()
    words = pl.DataFrame([(s.name, w, True) for s in seasons for w in s.words], schema=_WORDS, orient="row")
    contrary = pl.DataFrame([(s.name, w, False) for s in seasons for w in s.not_with], schema=_WORDS, orient="row")
    known = pl.concat([words, contrary])
    found = found_terms(products, known["term"].unique().sort().to_list()).join(known, on="term")
    meant = found.group_by("product_id", "season_name").agg(pl.col("is_for").all()).filter("is_for").drop("is_for")
    windows = pl.DataFrame([_window(season, as_of) for season in seasons], schema=_WINDOWS, orient="row")
    return (
        meant.join(windows, on="season_name")
        .sort("product_id", "is_in_season", "next_season_on", "season_name", descending=[False, True, False, False])
        .unique("product_id", keep="first", maintain_order=True)
    )


def _window(season: TitleSeason, as_of: date) -> tuple[str, bool, date, date | None]:
    first, last = season.around(as_of)
    if first > as_of:
        return season.name, False, first, None
    return season.name, True, season.around(last + timedelta(days=1))[0], last


_WORDS = {"season_name": pl.String(), "term": pl.String(), "is_for": pl.Boolean()}
_WINDOWS = {
    "season_name": pl.String(), "is_in_season": pl.Boolean(), "next_season_on": pl.Date(), "season_ends_on": pl.Date(),
}  # fmt: skip
