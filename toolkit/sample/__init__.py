"""An invented store with known truth: to try the product on, and to hold its judgement against what is really so."""

from __future__ import annotations

from toolkit.sample.answers import answers
from toolkit.sample.demand import ShopOptions
from toolkit.sample.deposits import write_deposit_sample
from toolkit.sample.folder import write, write_first_monday, write_sample
from toolkit.sample.shop import Shop, simulate

__all__ = [
    "Shop",
    "ShopOptions",
    "answers",
    "simulate",
    "write",
    "write_deposit_sample",
    "write_first_monday",
    "write_sample",
]
