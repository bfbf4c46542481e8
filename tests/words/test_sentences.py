from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from toolkit.words.sentences import places, sentence, sentences


@pytest.mark.parametrize(
    ("kind", "value", "zh", "en"),
    [
        ("count", 2846, "2,846", "2,846"),
        ("count", 1234567, "1,234,567", "1,234,567"),
        ("count", 100, "100", "100"),
        ("count", -1500, "-1,500", "-1,500"),
        ("count", 855.6, "856", "856"),
        ("days", 0, "0", "0"),
        ("ratio", 1.84, "1.8", "1.8"),
        ("ratio", 2, "2.0", "2.0"),
        ("percent", 0.05, "5%", "5%"),
        ("percent", 0.1234, "12.3%", "12.3%"),
        ("money", 1230, "12.30元", "12.30 CNY"),
        ("money", 5, "0.05元", "0.05 CNY"),
        ("money", -123456, "-1,234.56元", "-1,234.56 CNY"),
        ("date", date(2026, 12, 2), "12月2日", "2 Dec"),
        ("day", date(2026, 12, 2), "2026年12月2日", "2 Dec 2026"),
        ("text", "搪瓷杯", "搪瓷杯", "搪瓷杯"),
    ],
)
def test_each_kind_is_worded(kind: str, value: Any, zh: str, en: str) -> None:
    frame = pl.DataFrame({"x": [value], "currency": ["CNY"]})
    template = f"[{{x:{kind}}}]"

    assert frame.select(sentence(template, "zh")).item() == f"[{zh}]"
    assert frame.select(sentence(template, "en")).item() == f"[{en}]"


@pytest.mark.parametrize("kind", ["count", "ratio", "percent", "money", "text", "label"])
def test_unknown_is_said_and_never_shown_as_zero(kind: str) -> None:
    frame = pl.DataFrame({"x": [None], "currency": ["CNY"]}, schema_overrides={"x": pl.Int64})

    assert frame.select(sentence(f"库存{{x:{kind}}}件", "zh")).item() == "库存未知件"
    assert frame.select(sentence(f"{{x:{kind}}} on hand", "en")).item() == "unknown on hand"


def test_an_amount_without_currency_does_not_pretend_to_be_yuan() -> None:
    frame = pl.DataFrame({"x": [1230, 1230], "currency": [None, "USD"]})

    assert frame.select(sentence("{x:money}", "zh")).to_series().to_list() == ["12.30(币种未知)", "12.30USD"]


def test_each_row_gets_its_own_sentence_in_the_order_of_the_frame() -> None:
    frame = pl.DataFrame(
        {"guard": ["new_product", None, "inbound"], "age_days": [20, 400, 90], "inbound_units": [0, 0, 40]}
    )

    assert sentences(frame, "guard." + pl.col("guard") + ".why", "zh").to_list() == [
        "才上架20天,再给点时间", None, "还有40件在途,等到仓再看",
    ]  # fmt: skip


def test_a_choice_is_worded_by_its_label() -> None:
    assert pl.DataFrame({"action": ["KEEP", "ELSE"]}).select(sentence("{action:label}", "zh")).to_series().to_list() == [
        "保留", "ELSE",
    ]  # fmt: skip


def test_a_key_without_a_text_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"guard\.nobody"):
        sentences(pl.DataFrame({"x": [1]}), pl.lit("guard.nobody"))


def test_places_names_columns_and_kinds() -> None:
    assert places("{a:count}/{b}") == [("a", "count"), ("b", "text")]


def test_an_empty_frame_has_no_sentences() -> None:
    frame = pl.DataFrame(schema={"guard": pl.String})

    assert sentences(frame, "guard." + pl.col("guard") + ".why").to_list() == []
