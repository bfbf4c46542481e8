"""How a sentence with numbers is worded for a whole column at once.

A reason is worth reading only with its numbers: "近90天卖2件,库存214件". Three thousand products get three thousand
sentences, so a template becomes one expression over the table and no row is visited in Python. A place in a
template names a column and the kind of thing it holds, ``{on_hand_units:count}``:

| kind | column | zh | en |
|---|---|---|---|
| count | a number, shown whole | 2,846 | 2,846 |
| days | days, shown whole | 214 | 214 |
| ratio | a ratio or weeks, one decimal | 1.8 | 1.8 |
| percent | a share from 0 to 1 | 12.5% | 12.5% |
| chance | a probability, whole; not sure of anything | 4%, 不到1% | 4%, under 1% |
| money | fen, with `currency` beside it | 12.30元 | 12.30 CNY |
| date | a day of this year | 12月12日 | 12 Dec |
| day | a day of any year | 2025年12月12日 | 12 Dec 2025 |
| text | text as it stands | | |
| label | a choice, by its words ``<column>.<value>`` | 在售 | on sale |

A place may also hold the forms of a word that goes with the number, ``{open_units:unit|units}``
(`toolkit.words.plural`). An unknown value is said to be unknown (未知); it never makes the sentence vanish and is never shown as 0.
"""

from __future__ import annotations

import string
from collections.abc import Callable

import polars as pl

from toolkit.words import Lang, labels, say, text
from toolkit.words.plural import forms, singulars

__all__ = ["KINDS", "places", "sentence", "sentences"]


def places(template: str) -> list[tuple[str, str]]:
    """The columns a template names and the kind of each, in order.

    >>> places("库存{on_hand_units:count}件,{title}")
    [('on_hand_units', 'count'), ('title', 'text')]
    """
    parsed = string.Formatter().parse(template)
    return [(name, "count" if forms(kind or "") else kind or "text") for _, name, kind, _ in parsed if name]


def sentence(template: str, lang: Lang = "zh") -> pl.Expr:
    """A template worded for every row: one expression.

    Raises:
        KeyError: the template asks for a kind that does not exist.

    >>> frame = pl.DataFrame({"units_90d": [2, None], "on_hand_units": [1214, 0]})
    >>> frame.select(s=sentence("近90天卖{units_90d:count}件,库存{on_hand_units:count}件"))["s"].to_list()
    ['近90天卖2件,库存1,214件', '近90天卖未知件,库存0件']
    """
    parts: list[pl.Expr] = []
    for literal, name, kind, _ in string.Formatter().parse(template):
        if literal:
            parts.append(pl.lit(literal))
        if name and (bent := forms(kind or "")):
            parts.append(_form(name, *bent, lang))
        elif name:
            parts.append(KINDS[kind or "text"](name, lang).fill_null(say("value.unknown", lang)))
    return pl.concat_str(parts) if parts else pl.lit("")


def sentences(frame: pl.DataFrame, keys: pl.Expr, lang: Lang = "zh") -> pl.Series:
    """The sentence of each row, by the key of a text that the row names; null where the key is null.

    Each template is worded once for all its rows, in the order of the frame.

    Raises:
        KeyError: a key has no text.

    >>> frame = pl.DataFrame({"guard": ["inbound", None], "inbound_units": [40, 0]})
    >>> sentences(frame, "guard." + pl.col("guard") + ".why", "en").to_list()
    ['40 units are on their way', None]
    """
    key = frame.select(key=keys).to_series().cast(pl.String)
    if len(key) != frame.height:
        key = pl.repeat(key.item() if len(key) else None, frame.height, dtype=pl.String, eager=True)
    worded = pl.lit(None, pl.String)
    for name in key.drop_nulls().unique().sort():
        worded = pl.when(pl.col("__key") == name).then(sentence(text(name).in_(lang), lang)).otherwise(worded)
    return frame.with_columns(__key=key).with_columns(__sentence=worded)["__sentence"].alias("sentence")


def _form(name: str, one: str, many: str, lang: Lang) -> pl.Expr:
    """The form of a word that goes with the number as it is shown, whole; an unknown number takes the plural."""
    is_one = pl.col(name).round(0).is_in(singulars(lang)).fill_null(False)
    return pl.when(is_one).then(pl.lit(one)).otherwise(pl.lit(many))


def _count(name: str, lang: Lang) -> pl.Expr:
    """Whole numbers with a comma at each thousand: cut the reversed digits into threes, then turn them round."""
    return _thousands(pl.col(name).round(0).cast(pl.Int64))


def _thousands(whole: pl.Expr) -> pl.Expr:
    digits = whole.abs().cast(pl.String).str.reverse().str.replace_all(r"(\d{3})", "${1},")
    return pl.concat_str(_minus(whole), digits.str.strip_suffix(",").str.reverse())


def _minus(number: pl.Expr) -> pl.Expr:
    return pl.when(number < 0).then(pl.lit("-")).otherwise(pl.lit(""))


def _ratio(name: str, lang: Lang) -> pl.Expr:
    return pl.col(name).cast(pl.Float64).round(1).cast(pl.String)


def _percent(name: str, lang: Lang) -> pl.Expr:
    return (pl.col(name).cast(pl.Float64) * 100).round(1).cast(pl.String).str.strip_suffix(".0") + "%"


def _chance(name: str, lang: Lang) -> pl.Expr:
    """A probability in whole percent; 0 and 100 would claim more than anybody knows."""
    p = pl.col(name).cast(pl.Float64)
    whole = (p * 100).round(0).cast(pl.Int64).cast(pl.String) + "%"
    return (
        pl.when(p < 0.01)
        .then(pl.lit(say("value.hardly", lang)))
        .when(p > 0.99)
        .then(pl.lit(say("value.surely", lang)))
        .otherwise(whole)
    )


def _money(name: str, lang: Lang) -> pl.Expr:
    fen = pl.col(name).cast(pl.Int64)
    cents = (fen.abs() % 100).cast(pl.String).str.zfill(2)
    amount = pl.concat_str(_minus(fen), _thousands(fen.abs() // 100), pl.lit("."), cents)
    unit = pl.col("currency").fill_null(say("value.unknown_currency", lang))
    if lang == "zh":
        return amount + pl.when(unit == "CNY").then(pl.lit("元")).otherwise(unit)
    return amount + " " + unit


def _date(name: str, lang: Lang) -> pl.Expr:
    return pl.col(name).dt.strftime("%-m月%-d日" if lang == "zh" else "%-d %b")


def _day(name: str, lang: Lang) -> pl.Expr:
    return pl.col(name).dt.strftime("%Y年%-m月%-d日" if lang == "zh" else "%-d %b %Y")


def _text(name: str, lang: Lang) -> pl.Expr:
    return pl.col(name).cast(pl.String)


def _label(name: str, lang: Lang) -> pl.Expr:
    """The words of a choice; a value without words is shown as it is."""
    words = labels(name, lang)
    value = pl.col(name).cast(pl.String)
    return value.replace(list(words), list(words.values())) if words else value


KINDS: dict[str, Callable[[str, Lang], pl.Expr]] = {
    "count": _count,
    "days": _count,
    "ratio": _ratio,
    "percent": _percent,
    "chance": _chance,
    "money": _money,
    "date": _date,
    "day": _day,
    "text": _text,
    "label": _label,
}
