"""What the 说明 sheet says of money: what the amounts are, the share of this run, what a slot is worth, what turns most.

The numbers are the run's; here they are only put into sentences.
"""

from __future__ import annotations

from toolkit.decide.in_money import InMoney
from toolkit.settings import Settings
from toolkit.words import Lang, labels, say

__all__ = ["money_notes"]

_TURNING = 3
"""Unknown figures that are named, those that turn most decisions first."""


def money_notes(money: InMoney, settings: Settings, lang: Lang) -> list[str]:
    """The sentences, in order; nothing is said of amounts where no unit cost is known at all."""
    stated, assumed, unknown = (money.by_basis.get(basis, 0) for basis in ("stated", "assumed", "unknown"))
    weeks = settings.money.horizon_weeks
    share = f"{settings.model.cost_share:.0%}"
    return [
        *([say("money.basis", lang, weeks=weeks)] if stated or assumed else []),
        *([say("money.assumed", lang, products=f"{assumed:,}", share=share)] if assumed else []),
        *([say("money.no_claim", lang, products=f"{unknown:,}")] if unknown else []),
        say("money.cap", lang, products=f"{money.room.products:,}"),
        *([say("money.waiting", lang, products=f"{money.waiting:,}")] if money.waiting else []),
        *_revenue(money, lang),
        *_over(money, lang),
        _slot(money, weeks, lang),
        *_turning(money, lang),
    ]


def _revenue(money: InMoney, lang: Lang) -> list[str]:
    most = money.room.revenue
    return [] if most == float("inf") else [say("money.cap_revenue", lang, amount=_amount(most, money, lang))]


def _over(money: InMoney, lang: Lang) -> list[str]:
    """What a store above its limit gives up, and how far that goes."""
    key = "money.over_capped" if money.is_capped else "money.over_stuck"
    return [
        *([say("money.for_slots", lang, products=f"{money.for_slots:,}")] if money.for_slots else []),
        *([say(key, lang, products=f"{money.still_over:,}")] if money.still_over else []),
    ]


def _slot(money: InMoney, weeks: int, lang: Lang) -> str:
    if money.slot_value is None:
        return say("money.slot_unknown", lang)
    if money.is_slot_free:
        return say("money.slot_free", lang)
    return say("money.slot_price", lang, weeks=weeks, amount=_amount(money.slot_value, money, lang))


def _turning(money: InMoney, lang: Lang) -> list[str]:
    words = labels("unknown", lang)
    rows = [row for row in money.unknowns.head(_TURNING).iter_rows(named=True) if row["flips"]]
    return [
        say(
            "money.flips",
            lang,
            unknown=words[row["unknown"]],
            low=_percent(row["low"]),
            high=_percent(row["high"]),
            flips=f"{row['flips']:,}",
            products=f"{row['products']:,}",
        )
        for row in rows
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.3g}%"


def _amount(fen: float, money: InMoney, lang: Lang) -> str:
    """Whole 元: an estimate says no more."""
    unit = {"zh": "元", "en": " CNY"}[lang] if money.currency in (None, "CNY") else f" {money.currency}"
    return f"{round(fen / 100):,}{unit}"
