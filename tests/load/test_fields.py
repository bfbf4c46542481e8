from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.load.cell_text import Cell
from toolkit.load.fields import Choice, Date, Field, Id, Moment, Money, Percent, Text, Units


def read(field: Field, *texts: str | None, kind: str | None = None) -> list[object]:
    frame = pl.DataFrame({"text": texts, "kind": [kind] * len(texts)}, {"text": pl.String, "kind": pl.String})
    cell = Cell(pl.col("text"), pl.col("kind") if kind else None)
    return frame.select(field.value(cell)).to_series().to_list()


def why(field: Field, text: str) -> str:
    return pl.DataFrame({"text": [text]}).select(field.why(Cell(pl.col("text")))).item()


MONEY = Money("supply_price_fen", ("供货价",))


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12", 1200), ("12.3", 1230), ("12.30", 1230), ("0.05", 5), ("1,234.50", 123450), ("¥12.30", 1230),
        ("\uffe512.30", 1230), ("12.30元", 1230), ("US $1.2", 120), ("US$1.2", 120), ("1.2 USD", 120), ("１２.３", 1230),
        ("12.30\t", 1230), (" 12.30 ", 1230), ("CNY 12", 1200), ("12 人民币", 1200), ("999999.99", 99999999),
        ("12.305", None), ("1,23", None), ("12..3", None), ("1.2.3", None), ("1e3", None), ("(12.00)", None),
        ("$12", None), ("131.77(已退款89.84)", None), ("1.234,56", None), ("¥12 USD", None), ("", None), ("--", None),
        ("12.-5", None), ("+-12", None), ("-8", None),
    ],
)  # fmt: skip
def test_amounts_follow_one_listed_grammar(text: str, fen: int | None) -> None:
    assert read(MONEY, text) == [fen]


def test_signed_amounts_take_one_sign() -> None:
    assert read(Money("a", (), signed=True), "-8", "¥-8.50", "-¥8.5", "-8元") == [-800, -850, -850, -800]
    assert why(MONEY, "-8") == "negative"
    assert why(MONEY, "12.305") == "money"


def test_amounts_in_fen_have_no_fraction() -> None:
    assert read(Money("a", (), unit="fen"), "1234", "1,234", "12.00", "12.5", "¥12") == [1234, 1234, 12, None, 12]


def test_only_number_cells_may_carry_the_noise_of_a_float() -> None:
    assert read(MONEY, "19.990000000000002", "12.345", "1e-7", kind="number") == [1999, None, 0]
    assert read(MONEY, "19.990000000000002", kind="text") == [None]


@settings(deadline=None)  # a busy machine is no failure
@given(st.integers(0, 10**14))
def test_every_amount_of_fen_comes_back_exactly(fen: int) -> None:
    spelled = f"{fen // 100}.{fen % 100:02d}"
    grouped = f"¥{fen // 100:,}.{fen % 100:02d}"
    assert read(MONEY, spelled, grouped) == [fen, fen]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("12", 12), ("1,234", 1234), ("3.0", 3), ("12件", 12), ("１２", 12), (" 12 ", 12), ("0", 0),
        ("2.5", None), ("-3", None), ("12箱", None), ("1,23", None), ("--", None), ("一二", None),
    ],
)  # fmt: skip
def test_units_are_whole(text: str, units: int | None) -> None:
    assert read(Units("quantity", ()), text) == [units]


def test_returns_are_negative_units_where_the_source_allows_them() -> None:
    assert read(Units("quantity", (), signed=True), "-3") == [-3]
    assert why(Units("quantity", ()), "-3") == "negative"
    assert why(Units("quantity", ()), "2.5") == "units"


DAY = date(2026, 11, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-05", "2026-11-05 10:11:12", "2026-11-05 10:11", "2026-11-05T10:11:12", "2026/11/5", "2026.11.05",
        "2026年11月5日", "20261105", "2026/11/5 9:05", " 2026-11-05 ", "２０２６-11-05", "1793844000", "1793844000000",
    ],
)  # fmt: skip
def test_days_are_read_from_the_listed_spellings(text: str) -> None:
    assert read(Date("ordered_on", ()), text) == [DAY]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-05~2026-11-11",
        "2026-11-05 2026-11-6",
        "2026-02-30",
        "11/5/2026",
        "46331",
        "昨天",
        "26-11-05",
        "1999-01-01",
    ],
)
def test_other_days_are_not_guessed(text: str) -> None:
    assert read(Date("ordered_on", ()), text) == [None]


def test_the_order_of_day_and_month_is_the_sources_to_state() -> None:
    assert read(Date("d", (), order="mdy"), "11/5/2026 8:26", "13/5/2026") == [DAY, None]
    assert read(Date("d", (), order="dmy"), "5-11-2026") == [DAY]


def test_a_serial_number_is_a_day_only_in_a_number_cell() -> None:
    assert read(Date("d", ()), "46331", "20261105", kind="number") == [DAY, DAY]
    assert read(Date("d", ()), "46331", kind="text") == [None]


def test_days_out_of_bounds_say_so() -> None:
    assert why(Date("d", ()), "1999-01-01") == "date_range"
    assert why(Date("d", ()), "昨天") == "date"
    assert read(Date("d", (), earliest=date(1990, 1, 1)), "1999-01-01") == [date(1999, 1, 1)]


def test_moments_keep_the_time_of_day_and_epochs_fall_in_the_zone() -> None:
    assert read(Moment("due_at", ()), "2026-11-05 10:11:12", "2026/11/5", "1793844000") == [
        datetime(2026, 11, 5, 10, 11, 12),
        datetime(2026, 11, 5),
        datetime(2026, 11, 5, 10, 0),
    ]
    assert read(Moment("due_at", (), zone="UTC"), "1793844000") == [datetime(2026, 11, 5, 2, 0)]


PRODUCT = Id("product_id", (), embedded=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1005006123456789", "1005006123456789"),
        ("１００５００６１２３４５６７８９", "1005006123456789"),
        ("'1005006123456789", "1005006123456789"),
        ('="1005006123456789"', "1005006123456789"),
        ("1005006123456789\t", "1005006123456789"),
        ("1005006123456789\u200b", "1005006123456789"),
        ("1005006123456789.0", "1005006123456789"),
        ("陶瓷杯 350ml ID: 1005006123456789", "1005006123456789"),
        ("陶瓷杯ID:1005006123456789", "1005006123456789"),
        ("陶瓷杯 (1005006123456789)", "1005006123456789"),
        ("1.00501E+15", "1.00501E+15"),
        ("12345", None), ("1005006123456789;1005006123456780", None), ("合计", None),
    ],
)  # fmt: skip
def test_platform_ids_are_digits_out_of_any_wrapping(text: str, value: str | None) -> None:
    assert read(PRODUCT, text) == [value]


def test_an_id_has_no_sign() -> None:
    assert read(Id("product_id", ()), "+1005006123456789", "-1005006123456789") == [None, None]


def test_hand_kept_ids_are_any_text_without_a_semicolon() -> None:
    field = Id("product_id", (), shape="text")
    assert read(field, "00123", "85123A", "J0071+J0043-01", "a;b", "--", "") == [
        "00123", "85123A", "J0071+J0043-01", None, None, None,
    ]  # fmt: skip
    assert why(field, "a;b") == "id_separator"


def test_ids_that_went_through_a_float_are_suspect() -> None:
    texts = ["1005006123456789", "1005006123456789", "100500612345678", "1.00501E+15", "1005006123456789.0"]
    kinds = ["text", "number", "number", "text", "text"]
    frame = pl.DataFrame({"t": texts, "k": kinds})
    rest = Cell(pl.when(pl.col("t").str.contains("[.]")).then("t"), pl.col("k"))
    assert frame.select(PRODUCT.is_suspect(rest, pl.col("t"))).to_series().to_list() == [False, True, False, True, True]


def test_shares_are_fractions() -> None:
    assert read(Percent("p", ()), "12.5%", "0.125", "１２.5％", "12.5") == [0.125, 0.125, 0.125, None]
    assert read(Percent("p", (), bare="percent"), "12.5", "101") == [0.125, None]


def test_words_are_compared_without_case_and_spaces() -> None:
    field = Choice("status", (), {"on_sale": ("ONLINE", "正在销售"), "delisted": ("OFFLINE",)})
    assert read(field, "ONLINE", "online", "正在 销售", "offline ", "下线", "-") == [
        "on_sale", "on_sale", "on_sale", "delisted", None, None,
    ]  # fmt: skip


def test_a_text_called_na_survives() -> None:
    assert read(Text("seller_sku", ()), "NA", " None ", "", "  ", None) == ["NA", "None", None, None, None]


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=5))
def test_no_text_breaks_a_field(texts: list[str | None]) -> None:
    choice = Choice("status", (), {"on_sale": ("ONLINE",)}, raw="status_raw")
    for field in (
        PRODUCT,
        Text("t", ()),
        Date("d", ()),
        Moment("m", ()),
        Units("u", ()),
        MONEY,
        Percent("p", ()),
        choice,
    ):
        assert len(read(field, *texts)) == len(texts)
