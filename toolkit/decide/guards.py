"""What stops a decision although a rule asked for it: 暂缓原因.

A rule sees one reason to act; a guard knows a reason to wait. They are kept apart so that every product a rule wanted
and a guard stopped can be listed with both. Three kinds:

- a **hard** guard stops everything, policy included: acting on a damaged id or on a list from last month would hit
  the wrong product, or one long gone;
- the **conflict** guard stops policy only: the store's own protected list says keep, the policy list says delist, and
  a named person has to decide (``guards.policy_overrides``);
- a **soft** guard stops economic reasons only. Policy is a must: units still owed do not stop it, they are listed to
  be delivered.

A guard never stops the advice to restock or to look, except the hard ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import polars as pl

from toolkit.decide.reasons import is_jit, is_off_season, season_is_far
from toolkit.settings import Settings

__all__ = ["GUARDS", "OFF_SALE", "Guard"]

Kind = Literal["hard", "conflict", "soft"]
Test = Callable[[Settings, date], pl.Expr]

OFF_SALE = ("delisted", "deleted", "deleted_by_service", "pending_launch", "review_failed")
"""Statuses of a product that buyers do not see and that no review is about to show them."""


@dataclass(frozen=True)
class Guard:
    """One reason to wait: what it stops, and the day on which it may be gone."""

    test: Test
    kind: Kind
    uses: tuple[str, ...] = ()
    review: Test | None = None
    """The day on which to look again; null or absent means after the usual `guards.review_days`."""

    @property
    def name(self) -> str:
        """The guard's id, as it stands in the decisions and in the texts."""
        return self.test.__name__

    def stops(self, settings: Settings, as_of: date, action: pl.Expr) -> pl.Expr:
        """True where this guard stops the advised action; never null."""
        stopped = {
            "hard": action.ne_missing("WATCH"),
            "conflict": action.eq_missing("MUST_DELIST"),
            "soft": action.is_in(["DELIST", "REST_UNTIL"]),
        }[self.kind]
        return (action.is_not_null() & stopped & self.test(settings, as_of)).fill_null(False)


# Hard


def already_off_sale(settings: Settings, as_of: date) -> pl.Expr:
    """Not on sale any more, or not yet: there is nothing to take off."""
    return pl.col("status").is_in(OFF_SALE)


def suspect_id(settings: Settings, as_of: date) -> pl.Expr:
    """The id may have been damaged by Excel: it could be another product's."""
    return pl.col("is_suspect_id")


def undated_catalog(settings: Settings, as_of: date) -> pl.Expr:
    """No product list states its date, so nobody knows whether these products are still on sale."""
    return pl.col("observed_on").max().is_null()


def stale_catalog(settings: Settings, as_of: date) -> pl.Expr:
    """The newest product list is too old to act on."""
    return pl.col("observed_on").max() < as_of - timedelta(days=settings.guards.stale_catalog_days)


def not_in_newest_catalog(settings: Settings, as_of: date) -> pl.Expr:
    """The newest product list does not have it."""
    newest = pl.col("observed_on").max()
    return newest.is_not_null() & (pl.col("observed_on").is_null() | (pl.col("observed_on") < newest))


# Conflict


def protected_conflict(settings: Settings, as_of: date) -> pl.Expr:
    """Protected and against policy, and nobody has put a name to the decision."""
    decided = pl.col("product_id").is_in(list(settings.guards.policy_overrides))
    return pl.col("is_protected") & decided.not_()


# Soft


def protected(settings: Settings, as_of: date) -> pl.Expr:
    """On the store's own list of products to leave alone."""
    return pl.col("is_protected")


def open_gap(settings: Settings, as_of: date) -> pl.Expr:
    """More units are owed to buyers than can be shipped."""
    return pl.col("gap_units") > 0


def in_review(settings: Settings, as_of: date) -> pl.Expr:
    """The platform is reviewing it."""
    return pl.col("status") == "under_review"


def inbound(settings: Settings, as_of: date) -> pl.Expr:
    """Goods are on their way to the warehouse."""
    return pl.col("inbound_units") > 0


def season_coming(settings: Settings, as_of: date) -> pl.Expr:
    """Quiet now, but its season is near."""
    return is_off_season(settings) & season_is_far(settings, as_of).not_()


def new_product(settings: Settings, as_of: date) -> pl.Expr:
    """Too new to be judged."""
    return pl.col("age_days") < settings.guards.new_product_days


def recently_restocked(settings: Settings, as_of: date) -> pl.Expr:
    """Goods arrived only lately."""
    return pl.col("last_restock_on") > as_of - timedelta(days=settings.guards.restocked_days)


def stale_stock(settings: Settings, as_of: date) -> pl.Expr:
    """The stock file is too old to judge stock from."""
    return is_jit().not_() & (pl.col("stock_as_of") < as_of - timedelta(days=settings.guards.stale_stock_days))


def too_little_data(settings: Settings, as_of: date) -> pl.Expr:
    """Neither weeks of sales nor a period's total say how it sells."""
    weeks = pl.col("covered_days_90d").fill_null(0) >= settings.slow.min_covered_days
    return weeks.not_() & pl.col("units_paid").is_null()


# When to look again


def _after_new(settings: Settings, as_of: date) -> pl.Expr:
    return pl.lit(as_of) + pl.duration(days=settings.guards.new_product_days - pl.col("age_days"))


def _after_restock(settings: Settings, as_of: date) -> pl.Expr:
    return pl.col("last_restock_on") + timedelta(days=settings.guards.restocked_days)


def _after_season_start(settings: Settings, as_of: date) -> pl.Expr:
    """Four weeks into the season its sales have begun to tell."""
    return pl.col("next_season_on") + timedelta(weeks=4)


GUARDS: tuple[Guard, ...] = (
    Guard(already_off_sale, "hard"),
    Guard(suspect_id, "hard"),
    Guard(undated_catalog, "hard"),
    Guard(stale_catalog, "hard", ("guards.stale_catalog_days",)),
    Guard(not_in_newest_catalog, "hard"),
    Guard(protected_conflict, "conflict"),
    Guard(protected, "soft"),
    Guard(open_gap, "soft"),
    Guard(in_review, "soft"),
    Guard(inbound, "soft"),
    Guard(season_coming, "soft", ("season.ahead_weeks",), _after_season_start),
    Guard(new_product, "soft", ("guards.new_product_days",), _after_new),
    Guard(recently_restocked, "soft", ("guards.restocked_days",), _after_restock),
    Guard(stale_stock, "soft", ("guards.stale_stock_days",)),
    Guard(too_little_data, "soft", ("slow.min_covered_days",)),
)
"""All guards, in order: the first that stops a product is named, all are listed."""
