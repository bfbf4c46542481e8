from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import toolkit as tk
from toolkit.errors import DataError, InputError, OutputError, SettingsError
from toolkit.schema import CATALOG, ORDER_LINES, Tables
from toolkit.score import ScoreResult, assess, score
from toolkit.settings import Settings

AS_OF = date(2026, 11, 22)

CATALOG_ROWS = {
    "商品ID": ["1005006000000001", "1005006000000002", "1005006000000003"],
    "标题": ["搪瓷杯", "水枪", "猫窝"],
    "状态": ["在售", "在售", "已下架"],
    "库存": [60, 80, 5],
    "在途": [0, 0, 0],
    "首次上架日": ["2025-06-01", "2025-06-01", "2025-06-01"],
    "数据日期": ["2026-11-22"] * 3,
}


def order_rows() -> dict[str, list[Any]]:
    """The mug sold every week until it died in June; the water gun sells daily to the last day."""
    mug = [date(2026, 1, 5) + timedelta(days=7 * n) for n in range(22)]
    gun = [date(2026, 1, 5) + timedelta(days=n) for n in range(322)]
    days = [*mug, *gun]
    return {
        "订单号": [f"8{n:015d}" for n in range(len(days))],
        "商品ID": ["1005006000000001"] * len(mug) + ["1005006000000002"] * len(gun),
        "下单时间": [day.isoformat() for day in days],
        "数量": [1] * len(days),
        "订单状态": ["已完成"] * len(days),
    }


POLICY_ROWS = {"policy_kind": ["term"], "policy_value": ["水枪"]}


@pytest.fixture(params=["pandas", "polars"])
def frame(request: pytest.FixtureRequest) -> Any:
    """The two kinds of frame a caller may hold."""
    return pd.DataFrame if request.param == "pandas" else pl.DataFrame


@pytest.fixture(scope="module")
def result() -> ScoreResult:
    return score(
        orders=pl.DataFrame(order_rows()),
        catalog=pl.DataFrame(CATALOG_ROWS),
        policy=pl.DataFrame(POLICY_ROWS),
        as_of=AS_OF,
    )


def actions(result: ScoreResult) -> dict[str, str]:
    return dict(result.decisions.select(pl.col("product_id").str.tail(1), "action").sort("product_id").iter_rows())


def test_dead_banned_and_off_sale_each_get_their_advice(result: ScoreResult) -> None:
    assert actions(result) == {"1": "DELIST", "2": "MUST_DELIST", "3": "KEEP"}
    assert result.delist_ids() == ["1005006000000002", "1005006000000001"]


def test_the_table_is_of_the_kind_that_came_in(frame: Any, result: ScoreResult) -> None:
    table = score(orders=frame(order_rows()), catalog=frame(CATALOG_ROWS), policy=frame(POLICY_ROWS), as_of=AS_OF).table

    assert isinstance(table, frame)
    assert list(table["product_id"]) == list(result.table["product_id"])
    assert list(table["sentence"]) == list(result.table["sentence"])
    assert list(table.columns)[:4] == ["rank", "product_id", "action", "reason_code"]


def test_ids_that_came_as_numbers_are_text_again(frame: Any) -> None:
    rows = {**CATALOG_ROWS, "商品ID": [int(product) for product in CATALOG_ROWS["商品ID"]]}

    assert sorted(score(catalog=frame(rows), as_of=AS_OF).table["product_id"]) == CATALOG_ROWS["商品ID"]


def test_files_and_frames_give_the_same(tmp_path: Path, result: ScoreResult) -> None:
    pl.DataFrame(order_rows()).write_csv(tmp_path / "a.csv")
    pl.DataFrame(CATALOG_ROWS).write_csv(tmp_path / "b.csv")

    from_files = score(
        orders=tmp_path / "a.csv", catalog=str(tmp_path / "b.csv"), policy=pl.DataFrame(POLICY_ROWS), as_of="2026-11-22"
    )

    assert from_files.decisions.equals(result.decisions)
    assert [(file.source, file.rows_kept) for file in from_files.inputs][:2] == [
        ("order_lines", 344),
        ("catalog_sheet", 3),
    ]


def test_what_was_loaded_before_is_taken_as_it_stands(tmp_path: Path, result: ScoreResult) -> None:
    pl.DataFrame(order_rows()).write_csv(tmp_path / "orders.csv")
    pl.DataFrame(CATALOG_ROWS).write_csv(tmp_path / "catalog.csv")
    orders, catalog = tk.load_orders(tmp_path / "orders.csv"), tk.load_catalog(tmp_path / "catalog.csv")

    again = score(orders=orders, catalog=catalog, policy=pl.DataFrame(POLICY_ROWS), as_of=AS_OF)

    assert again.decisions.equals(result.decisions)


def test_a_status_in_the_platforms_words_is_not_taken_for_ours() -> None:
    shelf = pl.DataFrame({"product_id": ["1005006000000001"], "title": ["水枪"], "status": ["OFFLINE"]})

    done = score(catalog=shelf, policy=pl.DataFrame(POLICY_ROWS), as_of=AS_OF)

    assert done.decisions["guard"].to_list() == ["already_off_sale"]


def test_facts_after_the_day_are_not_used() -> None:
    rows = {**CATALOG_ROWS, "数据日期": ["2026-08-01"] * 3}
    past = score(orders=pl.DataFrame(order_rows()), catalog=pl.DataFrame(rows), as_of="2026-08-01")

    assert past.profile.filter(pl.col("last_sale_on") > date(2026, 8, 1)).is_empty()
    assert past.profile["last_sale_on"].null_count() < past.profile.height


def test_a_catalog_without_a_date_is_of_the_day_stated_and_that_is_said() -> None:
    shelf = pl.DataFrame(CATALOG_ROWS).drop("数据日期")
    done = score(catalog=shelf, policy=pl.DataFrame(POLICY_ROWS), as_of=AS_OF)

    assert actions(done)["2"] == "MUST_DELIST"
    assert any("2026-11-22" in note.in_("zh") for note in done.summary.assumptions)


def test_without_a_day_the_latest_in_the_data_is_taken_and_said() -> None:
    done = score(catalog=pl.DataFrame(CATALOG_ROWS), as_of=None)

    assert done.as_of == AS_OF
    assert done.summary.assumptions[0].in_("en") == "as of the latest day in the data: 2026-11-22"


def test_orders_alone_advise_nothing_but_say_what_is_missing() -> None:
    done = score(orders=pl.DataFrame(order_rows()), as_of=AS_OF)

    assert done.delist_ids() == []
    assert "undecided.catalog" in {note.key for note in done.summary.undecided}


def test_rows_that_could_not_be_read_are_said_first() -> None:
    rows = {"商品ID": CATALOG_ROWS["商品ID"], "支付件数": [0, 3, 0], "浏览量": [5, 5, 5]}
    done = score(catalog=pl.DataFrame(CATALOG_ROWS), sales=pl.DataFrame(rows), as_of=AS_OF)

    assert done.problems.height == 3
    assert done.summary.undecided[0].in_("en").startswith("3 of 3 rows of sales could not be read")


def test_a_catalog_and_one_period_export_give_what_to_check_first() -> None:
    period = pl.DataFrame(
        {
            "商品ID": CATALOG_ROWS["商品ID"],
            "统计日期": ["2026-10-26 ~ 2026-11-22"] * 3,
            "搜索曝光量": [900, 800, 0],
            "浏览量": [40, 300, 0],
            "支付件数": [0, 30, 0],
        }
    )
    done = score(catalog=pl.DataFrame(CATALOG_ROWS), sales=period, as_of=AS_OF)

    assert done.decisions.filter(pl.col("product_id").str.ends_with("1")).select("action", "rule").row(0) == (
        "WATCH", "nothing_in_period",
    )  # fmt: skip
    assert done.delist_ids() == []


def test_explain_says_why_with_numbers(result: ScoreResult) -> None:
    said = result.explain("1005006000000001", lang="en")

    assert said.splitlines()[0] == "1005006000000001 搪瓷杯: delist"
    assert said.splitlines()[1] == (
        "no sale for 174 days (last 1 Jun 2026), 22 sold in a year, 60 on hand; "
        "would be kept if it had sold since 25 Aug 2026 and its stock were likely to clear"
    )


def test_explain_offers_the_nearest_id(result: ScoreResult) -> None:
    with pytest.raises(DataError, match="1005006000000002") as error:
        result.explain("100500600000002")

    assert "did you mean" in error.value.sentence("en")


def test_a_frame_without_product_ids_is_told_its_columns() -> None:
    with pytest.raises(InputError) as error:
        score(orders=pd.DataFrame({"sku": ["1"], "qty": [2]}), as_of=AS_OF)

    assert "sku, qty" in error.value.sentence("en")


def test_a_file_given_for_another_is_named(tmp_path: Path) -> None:
    pl.DataFrame(CATALOG_ROWS).write_csv(tmp_path / "catalog.csv")

    with pytest.raises(InputError, match=r"catalog\.csv"):
        score(orders=tmp_path / "catalog.csv", as_of=AS_OF)


@pytest.mark.parametrize("thing", [3, ["a"], object()], ids=["number", "list", "object"])
def test_what_is_no_frame_and_no_path_is_refused(thing: Any) -> None:
    with pytest.raises(InputError):
        score(catalog=thing, as_of=AS_OF)


def test_nothing_given_is_said() -> None:
    with pytest.raises(DataError) as error:
        score(as_of=AS_OF)

    assert error.value.sentence("en").startswith("Nothing was given")


def test_a_day_that_is_none_is_said() -> None:
    with pytest.raises(DataError, match="22/11/2026"):
        score(catalog=pl.DataFrame(CATALOG_ROWS), as_of="22/11/2026")


def test_settings_may_be_sections_and_a_wrong_name_is_corrected() -> None:
    shelf = pl.DataFrame(CATALOG_ROWS)

    assert score(catalog=shelf, as_of=AS_OF, settings={"store": {"listing_limit": 10}}).summary.slots.limit == 10
    with pytest.raises(SettingsError, match=r"slow\.no_sale_days"):
        score(catalog=shelf, as_of=AS_OF, settings={"slow": {"no_sales_days": 120}})


def test_the_result_shows_its_conclusion_first(result: ScoreResult) -> None:
    assert repr(result).splitlines()[0] == result.conclusion("zh").splitlines()[0]
    assert result._repr_html_().startswith("<p><b>")
    assert len(result.conclusion().splitlines()) <= 10


def test_the_result_writes_itself(result: ScoreResult, tmp_path: Path) -> None:
    written = [result.write(tmp_path / name) for name in ("r.xlsx", "r.csv", "r.parquet")]

    assert all(path.stat().st_size > 0 for path in written)
    assert pl.read_parquet(tmp_path / "r.parquet")["product_id"].to_list() == result.decisions["product_id"].to_list()
    with pytest.raises(tk.OutputError, match=r"r\.doc"):
        result.write(tmp_path / "r.doc")


def test_the_workbook_comes_in_either_language(result: ScoreResult, tmp_path: Path) -> None:
    assert result.to_excel(tmp_path / "zh.xlsx", lang="zh").exists()
    assert result.to_excel(tmp_path / "en.xlsx", lang="en").exists()


def test_callers_frames_are_left_as_they_were() -> None:
    orders, catalog = pd.DataFrame(order_rows()), pd.DataFrame(CATALOG_ROWS)
    before = orders.copy(), catalog.copy()

    score(orders=orders, catalog=catalog, as_of=AS_OF)

    pd.testing.assert_frame_equal(orders, before[0])
    pd.testing.assert_frame_equal(catalog, before[1])


def test_assess_needs_no_more_than_tables() -> None:
    empty = assess(Tables(catalog=CATALOG.empty(), order_lines=ORDER_LINES.empty()), as_of=AS_OF, settings=Settings())

    assert empty.decisions.is_empty()
    assert empty.conclusion()


ORDERS = {"订单号": ["1", "2"], "商品ID": ["1005001", "1005002"], "下单时间": ["2026-11-01", "2026-11-02"]}


def test_order_files_that_overlap_count_each_line_once(tmp_path: Path) -> None:
    for name, numbers in (("a.csv", ["1", "2"]), ("b.csv", ["2", "3"])):
        pl.DataFrame(ORDERS | {"订单号": numbers, "数量": ["2", "5"]}).write_csv(tmp_path / name)
    both = [tmp_path / "a.csv", tmp_path / "b.csv"]

    def units(orders: object) -> int:
        told = tk.score(orders=orders, as_of="2026-11-22").tables.order_lines
        assert told is not None
        return told.lazy().select(pl.col("quantity").sum()).collect().item()

    # Order 2 stands in both, told by a as 5 of one product and by b as 2 of another.
    assert units(both) == 2 + 5 + 2 + 5
    assert units([both[0], both[0]]) == 7
    assert units(tk.load_folder(tmp_path).tables["order_lines"]) == units(both)
    same = pl.read_csv(both[0], infer_schema=False)
    assert units([same, same.head(1)]) == units([same, pd.DataFrame(same.to_dicts())]) == 7
    assert units([same, same.with_columns(订单号=pl.lit("9"))]) == 14
    ours = tk.load_orders(both[0])
    assert units([ours.drop("source_file"), ours.drop("source_file")]) == 7


@pytest.mark.parametrize(
    "name", ["catalog", "stock", "sales", "policy", "purchase_orders", "purchase_order_lines", "bindings"]
)
def test_a_wrong_file_is_named_in_words(name: str, tmp_path: Path) -> None:
    pl.DataFrame(ORDERS | {"数量": ["2", "5"]}).write_csv(tmp_path / "a.csv")
    given: dict[str, Any] = {name: tmp_path / "a.csv"}

    with pytest.raises(InputError) as refused:
        tk.score(as_of="2026-11-22", **given)

    assert refused.value.sentence("zh").startswith("a.csv:这是“订单明细(一行一个商品)”,不是")
    assert "_" not in refused.value.sentence("en")


@pytest.mark.parametrize("day", [datetime(2026, 11, 22, 5), pd.Timestamp("2026-11-22"), "2026-11-22", AS_OF])
def test_the_day_may_come_as_a_moment_or_a_text(day: Any) -> None:
    assert score(catalog=pl.DataFrame(CATALOG_ROWS), as_of=day).as_of == AS_OF


@pytest.mark.parametrize("day", [20261122, "22.11.2026", "2026-13-01"])
def test_what_is_no_day_is_refused(day: Any) -> None:
    with pytest.raises(DataError) as caught:
        score(catalog=pl.DataFrame(CATALOG_ROWS), as_of=day)
    assert caught.value.key == "as_of_not_a_day"


def test_two_columns_of_one_name_are_named() -> None:
    twice = pd.DataFrame([["1005001", "a", "b"]], columns=["商品ID", "标题", "标题"])
    with pytest.raises(InputError, match="同名的列:标题"):
        score(catalog=twice, as_of=AS_OF)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("x", "要一个整数", "a whole number"),
        (-3, "不能小于 0", "not be below 0"),
        (10**9, "不能大于 36500", "above 36500"),
    ],
)
def test_what_a_setting_takes_is_said_in_both_languages(value: Any, zh: str, en: str) -> None:
    with pytest.raises(SettingsError) as caught:
        score(catalog=pl.DataFrame(CATALOG_ROWS), as_of=AS_OF, settings={"slow": {"no_sale_days": value}})
    assert zh in caught.value.sentence("zh")
    assert en in caught.value.sentence("en")


def test_a_workbook_is_not_written_under_a_name_that_excel_will_not_open(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        score(catalog=pl.DataFrame(CATALOG_ROWS), as_of=AS_OF).to_excel(tmp_path / "清单.csv")
    assert caught.value.key == "ending_not_xlsx"
    assert not list(tmp_path.iterdir())
