"""The products with a part to play: their story is fixed in advance, so the right answer is certain.

Most of the invented shop is drawn at random, and what should become of a random product is a matter of judgement.
These are not: a product nobody has bought for 200 days while 60 stood on the shelf is dead; one that could not be
bought because the shelf was empty is not. Each stays far from every threshold, so the answer holds for any
sensible settings. What must come out is one *family* per part:

- ``must_delist``: on the policy list, whatever it sells
- ``delist``: nobody wants it
- ``rest``: its season is over; delist until it comes back
- ``stock``: it cannot be judged as slow, for the shelf was empty; the reason may only be STOCK
- ``hold``: there is a reason to delist and something that stops it; the guard is named
- ``conflict``: on the policy list and on the protected list
- ``keep``: must not be delisted
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["CAST", "FAMILIES", "Family", "Part"]

Family = Literal["must_delist", "delist", "rest", "stock", "hold", "conflict", "keep"]
FAMILIES: tuple[Family, ...] = ("must_delist", "delist", "rest", "stock", "hold", "conflict", "keep")
LONG_AGO = 700
"""Days before the last day: listed well before the sample's first week."""


@dataclass(frozen=True)
class Part:
    """One part of the cast. Days count back from the shop's last day; the sentence is ``sample.part.<name>``."""

    name: str
    count: int
    family: Family | None
    """None: worth having in the shop, but what is right is not certain."""
    rate: float
    """True units per week, the mean over a year while alive and on sale."""
    stock: int
    """Units on the shelf on the last day; for JIT the number the seller typed."""
    reason: str = ""
    guard: str = ""
    category: str | None = None
    """None: any department that sells all year."""
    stocking: Literal["warehouse", "jit"] = "warehouse"
    status: Literal["on_sale", "under_review", "delisted"] = "on_sale"
    listed: int = LONG_AGO
    died: int | None = None
    sold_out: int | None = None
    restocked: int | None = None
    inbound: int = 0
    owed: int = 0
    """Units ordered `owed_since` days ago that nobody has shipped."""
    owed_since: int = 0
    title: tuple[str, str] | None = None
    policy: Literal["term", "brand", "category", "product", "future"] | None = None
    is_protected: bool = False
    is_damaged: bool = False
    """Only known from a sheet whose ids Excel cut after 15 digits."""


CAST: tuple[Part, ...] = (
    # On the policy list, and around it
    Part("policy_term", 2, "must_delist", 5, 60, "POLICY", title=("电子烟收纳盒", "Vape Case"), policy="term"),
    Part("policy_brand", 2, "must_delist", 5, 60, "POLICY", title=("Zorvexa同款手机壳", "Zorvexa Style Phone Case"), category="手机配件", policy="brand"),
    Part("policy_category", 3, "must_delist", 4, 50, "POLICY", title=("磁力珠玩具", "Magnetic Beads"), category="磁力珠玩具", policy="category"),
    Part("policy_product", 2, "must_delist", 6, 80, "POLICY", policy="product"),
    Part("policy_owed", 1, "must_delist", 3, 2, "POLICY", owed=6, owed_since=12, policy="product"),
    Part("policy_conflict", 1, "conflict", 5, 60, "POLICY", "protected_conflict", title=("电子烟支架", "Vape Stand"), policy="term", is_protected=True),
    Part("policy_exception", 1, "keep", 6, 60, title=("电子烟花灯", "Firework Light")),
    Part("policy_future", 1, "keep", 6, 60, policy="future"),
    # Nobody wants them
    Part("dead", 10, "delist", 3, 60, "SLOW", died=215),
    Part("dead_jit", 5, "delist", 3, 999, "SLOW", stocking="jit", died=215),
    Part("never_sold", 4, "delist", 0, 80, "SLOW", listed=300),
    Part("overstocked", 4, "delist", 0.5, 900, "SLOW"),
    # Nobody wants them, but something stops the delisting
    Part("dead_inbound", 3, "hold", 3, 40, "SLOW", "inbound", died=215, inbound=100),
    Part("dead_protected", 2, "hold", 3, 50, "SLOW", "protected", died=215, is_protected=True),
    Part("dead_in_review", 3, "hold", 3, 45, "SLOW", "in_review", status="under_review", died=215),
    Part("dead_off_sale", 6, "keep", 3, 30, "", "already_off_sale", status="delisted", died=230),
    Part("damaged_id", 7, "hold", 0, 40, "SLOW", "suspect_id", listed=300, is_damaged=True),
    # Seasons
    Part("sandals_over", 6, "rest", 4, 40, "SEASON", category="凉鞋"),
    Part("swimwear_over", 4, "rest", 4, 45, "SEASON", category="泳装"),
    Part("halloween_over", 5, "rest", 4, 30, "SEASON", category="万圣节装饰"),
    Part("halloween_owed", 2, "hold", 4, 1, "SEASON", "open_gap", category="万圣节装饰", owed=6, owed_since=26),
    Part("christmas_now", 8, "keep", 5, 150, category="圣诞装饰"),
    Part("coats_now", 4, "keep", 4, 70, category="羽绒服"),
    Part("valentine_ahead", 6, "keep", 3, 60, category="情人节礼品"),
    # An empty shelf sells nothing
    Part("starved", 5, "stock", 6, 0, "STOCK", sold_out=120),
    Part("restocked", 3, "keep", 0.4, 80, sold_out=140, restocked=10),
    # Too young to judge, and doing well
    Part("new", 6, "keep", 0, 60, listed=25),
    Part("bestseller", 8, "keep", 14, 130),
    Part("jit_bestseller", 4, "keep", 12, 500, stocking="jit"),
    # Company: interesting, but what is right is a matter of judgement
    Part("twin", 6, None, 2, 40, title=("折叠水杯 350ml", "Foldable Cup 350ml"), category="厨房用具"),
    Part("seen_not_clicked", 2, None, 0, 50, listed=110),
    Part("visited_not_carted", 2, None, 0, 50, listed=110),
)  # fmt: skip
