"""A shop as a store folder: what is kept by hand, an inbox full of exports, and the truth beside it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from toolkit.errors import StoreError
from toolkit.sample.answers import put_answers, put_readme
from toolkit.sample.deposits import put_deposits, sister_stores
from toolkit.sample.exports import put_exports, put_period
from toolkit.sample.files import put
from toolkit.sample.handmade import put_damaged_sheet, put_policy, put_product_sheet, put_settings, put_store_file
from toolkit.sample.shop import Shop, simulate
from toolkit.words import Lang, say

__all__ = ["write", "write_first_monday", "write_sample"]


def write(shop: Shop, folder: Path, *, lang: Lang = "zh", with_deposits: bool = False) -> list[Path]:
    """The shop's store folder; gives the paths written. The same shop gives the same bytes.

    `with_deposits` adds the deposits of four sister stores, with the bills that show what became of them.

    Raises:
        StoreError: the folder exists and holds something: a sample is never mixed with a real store.
    """
    _refuse_full(folder)
    inbox = folder / "inbox"
    damaged = [put_damaged_sheet(shop, inbox)] if shop.products["is_damaged_id"].any() else []
    return [
        put_settings(folder, lang, all_at_once=True),
        put_product_sheet(shop, folder, lang),
        put_policy(shop, folder),
        put_store_file(shop, folder, sister_stores() if with_deposits else None),
        *put_exports(shop, inbox),
        *(put_deposits(inbox) if with_deposits else []),
        *damaged,
        *put_answers(shop, folder),
        put_readme(shop, folder, with_deposits=with_deposits),
    ]


def write_sample(folder: Path, *, products: int, weeks: int, seed: int, lang: Lang = "zh") -> list[Path]:
    """Simulate a shop and write its store folder: what `toolkit sample` does.

    Raises:
        StoreError: the folder holds something already.
        SettingsError: the shop asked for cannot be (see `simulate`).
    """
    _refuse_full(folder)
    return write(simulate(products, weeks, seed), folder, lang=lang, with_deposits=True)


def write_first_monday(folder: Path, *, products: int = 60, seed: int = 1, lang: Lang = "zh") -> list[Path]:
    """The least one can start with: a product sheet and one period export."""
    _refuse_full(folder)
    shop = simulate(products, 26, seed)
    exported = put_period(
        shop, shop.order_lines(), shop.last_day - timedelta(6), shop.last_day, folder / "inbox", with_title_in_id=False
    )
    text = "\n\n".join(
        say("sample.first_monday.readme", each, products=products, file=exported.name) for each in ("en", "zh")
    )
    return [
        put_settings(folder, lang, all_at_once=False),
        put_product_sheet(shop, folder, lang),
        exported,
        put(folder / "README.md", f"{text}\n".encode()),
    ]


def _refuse_full(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError("sample_folder_full", folder=folder)
