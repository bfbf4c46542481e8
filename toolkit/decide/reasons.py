"""Why a product might be taken off sale: each reason is a named rule.

The seller guide gives four reasons (库存不足 STOCK, 商品滞销 SLOW, 政策调整 POLICY, 季节性调整 SEASON); a fifth family,
CHECK, claims nothing and only says "look at this one first", for stores whose files cannot tell more yet. A sixth, SLOTS, is
no rule about one product: a store above its limit parts with what it misses least (`toolkit.decide.under_limit`).

A rule is a boolean expression over the columns of PROFILE, its name is its id, its sentence is the text
``rule.<name>.why``. Three things are never confused with slow: an empty shelf (nothing there to sell), a new product
(no time yet) and a product out of its season (it will sell again). Where there is enough data the demand model decides
what is slow: delisting is advised only where keeping is expected to lose money with a margin and the stock will hardly
clear, or where a long silence most likely means that demand has died. Without it the plain rules stand alone. And **an unknown input never makes a rule fire**:
a comparison with null is null, and null counts as "did not fire". JIT stock is a number somebody typed, so rules about
cover and clearing leave JIT products alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import polars as pl

from toolkit.settings import Settings

__all__ = ["ACTIONS", "OVER_LIMIT", "REASONS", "RULES", "Action", "Reason", "Rule", "why_key"]

Action = Literal["MUST_DELIST", "DELIST", "REST_UNTIL", "CUT_PRICE", "WITHDRAW", "RESTOCK", "WATCH", "KEEP"]
ACTIONS: tuple[Action, ...] = (
    "MUST_DELIST", "DELIST", "REST_UNTIL", "CUT_PRICE", "WITHDRAW", "RESTOCK", "WATCH", "KEEP",
)  # fmt: skip
"""In the order an operator works through them."""

Reason = Literal["POLICY", "SEASON", "SLOW", "STOCK", "SLOTS", "CHECK"]
REASONS: tuple[Reason, ...] = ("POLICY", "SEASON", "SLOW", "STOCK", "SLOTS", "CHECK")
"""In order of priority: the first family that fires gives the decision."""
OVER_LIMIT = "over_limit"
"""What stands as the rule of a product that goes for its slot."""

Test = Callable[[Settings, date], pl.Expr]


@dataclass(frozen=True)
class Rule:
    """One reason to act: when it fires, what it then advises, and where the decision would turn."""

    test: Test
    reason: Reason
    action: Action
    uses: tuple[str, ...] = ()
    """Settings it reads, by full name: shown as assumptions while they stand at their defaults."""
    flip_units: Test | None = None
    """With fewer units than this on hand the rule would not fire (RESTOCK: with at least this many)."""
    flip_on: Test | None = None
    """The day on which the rule turns: a sale since, or a season before it, and the rule would not fire."""

    @property
    def name(self) -> str:
        """The rule's id, as it stands in the decisions and in the texts."""
        return self.test.__name__

    def fires(self, settings: Settings, as_of: date) -> pl.Expr:
        """True where the rule fires; never null."""
        return self.test(settings, as_of).fill_null(False)


# What the rules speak of


def is_jit() -> pl.Expr:
    """Goods the seller ships after each order."""
    return pl.col("stocking_type").eq_missing("jit")


def units_to_sell() -> pl.Expr:
    """Units a buyer can still get; null where no file tells."""
    return pl.coalesce("sellable_units", "on_hand_units")


def can_be_bought() -> pl.Expr:
    """There is something to buy: JIT unless its number is 0, other goods only where stock is known to be there."""
    units = units_to_sell()
    return pl.when(is_jit()).then(units.fill_null(1) > 0).otherwise(units > 0)


def listed_days(as_of: date) -> pl.Expr:
    """Days the product has been on offer, at least; null where nothing tells."""
    since_first_sale = (pl.lit(as_of) - pl.col("first_sale_on")).dt.total_days()
    return pl.coalesce("age_days", pl.max_horizontal(quiet_days(), since_first_sale))


def is_settled(settings: Settings, as_of: date) -> pl.Expr:
    """Known to be past the protection of new products."""
    return listed_days(as_of) >= settings.guards.new_product_days


def quiet_days() -> pl.Expr:
    """Days without a sale for certain, counted from the last sale, first stock or last restock."""
    return pl.coalesce("days_without_sale_min", "days_without_sale")


def has_weeks(settings: Settings) -> pl.Expr:
    """Enough days told, by day or by week, to say that something did not sell; totals of longer periods tell no days."""
    return pl.col("covered_days_90d") >= settings.slow.min_covered_days


def is_off_season(settings: Settings) -> pl.Expr:
    """A seasonal product outside its season. Strength is null where the season is read from the title."""
    strong = pl.col("season_strength").fill_null(settings.season.min_strength) >= settings.season.min_strength
    return pl.col("season_evidence").is_not_null() & strong & pl.col("is_in_season").not_()


def season_is_far(settings: Settings, as_of: date) -> pl.Expr:
    """The next season starts later than the weeks one should keep ahead of it."""
    return pl.col("next_season_on") > as_of + timedelta(weeks=settings.season.ahead_weeks)


def missed_a_season() -> pl.Expr:
    """A whole year in stock without a sale: its season came and nobody bought."""
    return (quiet_days() >= 365).fill_null(False)


def is_asleep(settings: Settings, as_of: date) -> pl.Expr:
    """Out of season, so its silence says nothing."""
    far = season_is_far(settings, as_of).fill_null(True)
    return (is_off_season(settings) & far & missed_a_season().not_()).fill_null(False)


def may_be_slow(settings: Settings, as_of: date) -> pl.Expr:
    """Silence means something: to be bought, no longer new, not asleep, and weeks of data that would have shown it."""
    asleep = is_asleep(settings, as_of) | pl.col("demand_state").is_in(["asleep", "starved"]).fill_null(False)
    awake = asleep.not_() | missed_a_season()
    return (can_be_bought() & is_settled(settings, as_of) & has_weeks(settings) & awake).fill_null(False)


def says_model() -> pl.Expr:
    """The demand model has spoken: there was enough data for probabilities."""
    return pl.col("p_dead").is_not_null()


def loses_money(settings: Settings) -> pl.Expr:
    """Keeping it is expected to lose, with a margin: 0.5 would be as likely a gain."""
    return (pl.col("delist_score") >= settings.model.delist_score_min).fill_null(False)


def is_dead(settings: Settings) -> pl.Expr:
    """Most likely nobody wants it any more."""
    return (pl.col("p_dead") >= settings.model.p_dead_min).fill_null(False)


def will_hardly_clear(settings: Settings) -> pl.Expr:
    """Its stock will most likely stand here in half a year still; never true of JIT goods."""
    return (pl.col("p_clear_26w") <= settings.model.p_clear_max).fill_null(False) & is_jit().not_()


def model_agrees(settings: Settings) -> pl.Expr:
    """What a plain rule says of a silent product: believed where the model agrees, or has too little data to say."""
    return says_model().not_() | is_dead(settings) | (loses_money(settings) & will_hardly_clear(settings))


def shelf_is_empty() -> pl.Expr:
    """Warehouse goods with none left and none known to be coming."""
    return is_jit().not_() & (units_to_sell() <= 0) & (pl.col("inbound_units").fill_null(0) <= 0)


# The rules


def policy_hit(settings: Settings, as_of: date) -> pl.Expr:
    """An entry of the user's policy list catches it."""
    return pl.col("policy_hit").is_not_null()


def season_over(settings: Settings, as_of: date) -> pl.Expr:
    """Out of season, gone quiet, and the next season is far: rest until shortly before it.

    Quiet is read from the last 7 days: the last 30 may still hold the season's own end. Where only the title tells of a
    season, nothing may have sold in the last 30 either: of gift-ware that a word put out of season, 91 % of what had
    sold within a month sold again in the next two (online_retail, four cutoffs of 2011, 77 cases), of the rest 38 % (237).
    """
    relist = pl.col("next_season_on") - timedelta(weeks=settings.season.relist_lead_weeks)
    quiet = pl.coalesce("units_7d", "units_paid") <= settings.season.quiet_units_7d
    titled = pl.col("season_evidence") == "title_words"
    quiet &= titled.not_() | (pl.col("units_30d").fill_null(0) <= 0)
    low = pl.col("seasonal_index").fill_null(0) <= settings.season.asleep_index
    return is_asleep(settings, as_of) & season_is_far(settings, as_of) & (relist > as_of) & quiet & low


def never_sold(settings: Settings, as_of: date) -> pl.Expr:
    """On offer for long, and no sale in any file that would have shown one."""
    days = settings.slow.never_sold_days
    nothing = pl.col("last_sale_on").is_null() & (pl.col("units_365d") == 0)
    known = pl.col("covered_days_365d") >= min(days, 365)
    return may_be_slow(settings, as_of) & nothing & known & (quiet_days() >= days) & model_agrees(settings)


def no_recent_sale(settings: Settings, as_of: date) -> pl.Expr:
    """It sold once, is there to be bought, and has not sold for long."""
    sold_once = pl.col("last_sale_on").is_not_null() | (pl.col("units_365d") > 0)
    quiet = quiet_days() >= settings.slow.no_sale_days
    return may_be_slow(settings, as_of) & sold_once & quiet & model_agrees(settings)


def will_not_clear(settings: Settings, as_of: date) -> pl.Expr:
    """Keeping its stock costs more than its sales may earn, and half a year will hardly clear it."""
    return may_be_slow(settings, as_of) & loses_money(settings) & will_hardly_clear(settings)


def excess_cover(settings: Settings, as_of: date) -> pl.Expr:
    """It sells, but its stock would last longer than anybody should wait."""
    long = pl.col("weeks_of_cover") > settings.slow.max_weeks_of_cover
    slow = pl.col("sold_share_90d") < settings.slow.min_sold_share_90d
    return may_be_slow(settings, as_of) & is_jit().not_() & long & slow & says_model().not_()


def out_of_stock_long(settings: Settings, as_of: date) -> pl.Expr:
    """Nothing to sell, nothing coming, and nothing sold for weeks: the slot serves nobody.

    Without a sale its age is its silence, where weeks of dated sales would have shown one.
    """
    quiet = pl.coalesce(
        pl.min_horizontal("days_since_last_sale", quiet_days()), pl.when(has_weeks(settings)).then("age_days")
    )
    none_coming = pl.col("inbound_units") == 0
    return shelf_is_empty() & none_coming & (quiet >= settings.stock.out_of_stock_days)


def out_of_stock(settings: Settings, as_of: date) -> pl.Expr:
    """Nothing to sell although buyers want it."""
    wanted = pl.max_horizontal("units_90d", "units_paid") > 0
    return shelf_is_empty() & wanted & is_asleep(settings, as_of).not_()


def short_cover(settings: Settings, as_of: date) -> pl.Expr:
    """What is here and on its way is sold out within days."""
    units = units_to_sell() + pl.col("inbound_units").fill_null(0)
    needed = settings.stock.min_weeks_of_cover * pl.col("rate_of_sale")
    selling = (units_to_sell() > 0) & (pl.col("rate_of_sale") > 0)
    return is_jit().not_() & selling & (units < needed) & is_asleep(settings, as_of).not_()


def qualification_ends(settings: Settings, as_of: date) -> pl.Expr:
    """Papers it needs end within days; once they have ended it is against policy."""
    return (pl.col("qualification_until") - pl.lit(as_of)).dt.total_days() <= settings.policy.warn_days


def special_category_unsure(settings: Settings, as_of: date) -> pl.Expr:
    """In a category the user keeps as special, and the store is not said to be allowed to list in it."""
    allowed = [name.strip().casefold() for name in settings.store.special_categories]
    return pl.col("special_category").str.strip_chars().str.to_lowercase().is_in(allowed).not_()


def nothing_in_period(settings: Settings, as_of: date) -> pl.Expr:
    """The only sales file is a period's total, and it says 0; out of season that says nothing."""
    asleep = is_off_season(settings).fill_null(False)
    new = (listed_days(as_of) < settings.guards.new_product_days).fill_null(False)
    there = can_be_bought().fill_null(True)
    return (
        (pl.col("units_paid") == 0) & has_weeks(settings).fill_null(False).not_() & new.not_() & asleep.not_() & there
    )


def quiet_stock_unknown(settings: Settings, as_of: date) -> pl.Expr:
    """No sale for long, but nobody knows whether there was anything to sell."""
    unknown = is_jit().not_() & units_to_sell().is_null()
    quiet = has_weeks(settings) & is_settled(settings, as_of) & (quiet_days() >= settings.slow.no_sale_days)
    return unknown & quiet & is_asleep(settings, as_of).not_()


def jit_stock_zero(settings: Settings, as_of: date) -> pl.Expr:
    """A JIT product whose typed stock is 0: buyers cannot order it."""
    return is_jit() & (units_to_sell() <= 0)


def empty_shelf(settings: Settings, as_of: date) -> pl.Expr:
    """Nothing to sell, and no sign either way of demand or of goods on their way."""
    return shelf_is_empty()


# Where they turn


def _days_before(setting: str) -> Test:
    """The day that lies a setting's number of days before the decision, plus one: a sale from then on would count."""
    section, _, name = setting.partition(".")

    def day(settings: Settings, as_of: date) -> pl.Expr:
        days = getattr(getattr(settings, section), name)
        return pl.lit(as_of - timedelta(days=days - 1))

    return day


def _turns_on_stock(settings: Settings) -> pl.Expr:
    """A silence that counts only because the stock loses money: demand itself does not look dead."""
    return (says_model() & is_dead(settings).not_() & (pl.col("keep_below_units") > 1)).fill_null(False)


def _sold_since(*names: str) -> Test:
    """The day since which a sale would have ended the silence, by the shortest of these settings; null where stock decides."""

    def day(settings: Settings, as_of: date) -> pl.Expr:
        days = pl.max_horizontal(_days_before(name)(settings, as_of) for name in names)
        return pl.when(_turns_on_stock(settings).not_()).then(days)

    return day


def _less_of_it(settings: Settings, as_of: date) -> pl.Expr:
    return pl.when(_turns_on_stock(settings)).then("keep_below_units")


def _season_near(settings: Settings, as_of: date) -> pl.Expr:
    return pl.lit(as_of + timedelta(weeks=settings.season.ahead_weeks))


def _units_for_longest_cover(settings: Settings, as_of: date) -> pl.Expr:
    """Units that would last exactly as long as allowed: one less than the next whole unit above."""
    return (settings.slow.max_weeks_of_cover * pl.col("rate_of_sale")).floor().cast(pl.Int64) + 1


def _units_worth_keeping(settings: Settings, as_of: date) -> pl.Expr:
    """Null where not even one unit is."""
    return pl.when(pl.col("keep_below_units") > 1).then("keep_below_units")


def _units_for_shortest_cover(settings: Settings, as_of: date) -> pl.Expr:
    return (settings.stock.min_weeks_of_cover * pl.col("rate_of_sale")).ceil().cast(pl.Int64)


_SEASON = (
    "season.min_strength", "season.ahead_weeks", "season.relist_lead_weeks", "season.asleep_index", "season.quiet_units_7d",
)  # fmt: skip
_SLOW = ("slow.min_covered_days", "guards.new_product_days")
_MODEL = ("model.delist_score_min", "model.p_clear_max", "model.cost_share", "money.holding_rate_weekly")
_DEAD = "model.p_dead_min"
_NO_SALE, _NEVER_SOLD, _OUT = "slow.no_sale_days", "slow.never_sold_days", "stock.out_of_stock_days"

RULES: tuple[Rule, ...] = (
    Rule(policy_hit, "POLICY", "MUST_DELIST"),
    Rule(season_over, "SEASON", "REST_UNTIL", _SEASON, flip_on=_season_near),
    Rule(
        never_sold, "SLOW", "DELIST",
        (*_SLOW, _NEVER_SOLD, _DEAD), flip_units=_less_of_it, flip_on=_sold_since(_NEVER_SOLD, _NO_SALE),
    ),
    Rule(
        no_recent_sale, "SLOW", "DELIST",
        (*_SLOW, _NO_SALE, _DEAD), flip_units=_less_of_it, flip_on=_sold_since(_NO_SALE),
    ),
    Rule(will_not_clear, "SLOW", "DELIST", (*_SLOW, *_MODEL), flip_units=_units_worth_keeping),
    Rule(
        excess_cover, "SLOW", "DELIST",
        (*_SLOW, "slow.max_weeks_of_cover", "slow.min_sold_share_90d"), flip_units=_units_for_longest_cover,
    ),
    Rule(out_of_stock_long, "STOCK", "DELIST", (_OUT,), flip_on=_days_before(_OUT)),
    Rule(out_of_stock, "STOCK", "RESTOCK"),
    Rule(short_cover, "STOCK", "RESTOCK", ("stock.min_weeks_of_cover",), flip_units=_units_for_shortest_cover),
    Rule(qualification_ends, "CHECK", "WATCH", ("policy.warn_days",)),
    Rule(special_category_unsure, "CHECK", "WATCH"),
    Rule(jit_stock_zero, "CHECK", "WATCH"),
    Rule(quiet_stock_unknown, "CHECK", "WATCH", (_NO_SALE,)),
    Rule(nothing_in_period, "CHECK", "WATCH"),
    Rule(empty_shelf, "CHECK", "WATCH"),
)  # fmt: skip
"""All rules, in order of priority."""


def why_key() -> pl.Expr:
    """The key of the sentence that says why a product is advised on as it is, with the change that would turn it.

    A silent product whose stock will not clear either stays only if both are gone, unless less stock alone would do.
    """
    rule = pl.col("rule").fill_null("none")
    is_silent = rule.is_in(["never_sold", "no_recent_sale"])
    stands_about = pl.col("rules").str.contains("will_not_clear|excess_cover").fill_null(False)
    ending = (
        pl.when(is_silent & pl.col("flip_units").is_not_null())
        .then(pl.lit("why_stock"))
        .when(is_silent & stands_about)
        .then(pl.lit("why_both"))
        .when((rule == "will_not_clear") & pl.col("flip_units").is_null())
        .then(pl.lit("why_even_one"))
        .when((rule == "none") & pl.col("units_90d").is_null() & pl.col("units_paid").is_null())
        .then(pl.lit("why_untold"))
        .otherwise(pl.lit("why"))
    )
    return pl.concat_str(pl.lit("rule."), rule, pl.lit("."), ending)
