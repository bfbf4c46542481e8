"""The invented shop keeps its word: the truth agrees with itself, and the files add up to it exactly once."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from toolkit import sample
from toolkit.errors import SettingsError, StoreError
from toolkit.load.folder import Folder, load_folder

SAMPLE = Path(__file__).parent.parent / "data" / "sample"
FIRST_MONDAY = SAMPLE.parent / "first-monday"
SEED = 47


@pytest.fixture(scope="module")
def shop() -> sample.Shop:
    return sample.simulate(300, 78, SEED)


@pytest.fixture(scope="module")
def folder(shop: sample.Shop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("written") / "store"
    sample.write(shop, path, with_deposits=True)
    return path


@pytest.fixture(scope="module")
def loaded(folder: Path) -> Folder:
    return load_folder(folder / "inbox")


def _contents(folder: Path) -> dict[str, bytes]:
    files = (p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("~$"))
    made_by_runs = {"runs", "history", "ledger"}
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in files
        if p.relative_to(folder).parts[0] not in made_by_runs
    }


def _told(folder: Path) -> dict[str, object]:
    """What each file says, packing and looks left out: another version of a writer may pack or colour differently."""
    return {name: _unpacked(name, content) for name, content in _contents(folder).items()}


def _unpacked(name: str, content: bytes) -> object:
    if name.endswith(".xlsx"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {sheet: book.get_sheet_by_name(sheet).to_python() for sheet in book.sheet_names}
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {member: archive.read(member) for member in archive.namelist()}
    return gzip.decompress(content) if name.endswith(".gz") else content


def _csv(path: Path) -> pl.DataFrame:
    """The rows of one order export, read the plain way: what a person would do knowing all its tricks."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    if path.suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = archive.read(archive.namelist()[0])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    lines = text.splitlines()
    header = next(line for line in lines if line.startswith(("订单号", "order_id")))
    rows = [line for line in lines if line[:1].isdigit()]
    frame = pl.read_csv(io.StringIO("\n".join([header, *rows])), infer_schema=False)
    names = {"product_id": "商品ID", "quantity": "数量", "status": "订单状态", "ordered_at": "下单时间"}
    return frame.rename(names, strict=False)


# Same seed, same shop -----------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    sample.write_sample(again, products=300, weeks=78, seed=SEED)
    assert _contents(again) == _contents(folder)


def test_another_seed_gives_another_shop(shop: sample.Shop) -> None:
    other = sample.simulate(300, 78, SEED + 1)
    assert other.weeks["units"].sum() != shop.weeks["units"].sum()
    assert set(other.products["product_id"]).isdisjoint(shop.products["product_id"])


def test_the_committed_sample_is_what_the_program_writes(folder: Path) -> None:
    assert _told(SAMPLE) == _told(folder)


def test_the_committed_sample_is_small() -> None:
    assert sum(map(len, _contents(SAMPLE).values())) < 3_000_000


def test_the_first_monday_has_a_product_sheet_and_one_period_export(tmp_path: Path) -> None:
    sample.write_first_monday(tmp_path / "store")
    assert _told(tmp_path / "store") == _told(FIRST_MONDAY)
    assert sorted(_contents(FIRST_MONDAY)) == [
        "README.md", "inbox/商品数据_周报_20261122.xlsx", "toolkit.toml", "商品表.xlsx",
    ]  # fmt: skip


# The truth agrees with itself ---------------------------------------------------------------------------------------


def test_nothing_sells_in_a_week_without_a_day_in_stock(shop: sample.Shop) -> None:
    assert shop.weeks.filter((pl.col("in_stock_days") == 0) & (pl.col("units") > 0)).is_empty()
    assert (
        shop.weeks.filter((pl.col("in_stock_days") == 7) & (pl.col("lost_units") > 0)).height < shop.weeks.height / 50
    )


def test_dead_products_sell_nothing_after_their_death(shop: sample.Shop) -> None:
    late = shop.sales.join(shop.products.select("product_id", "died_on", "listed_on"), on="product_id")
    assert late.filter(pl.col("day") >= pl.col("died_on")).is_empty()
    assert late.filter(pl.col("day") < pl.col("listed_on")).is_empty()


def test_weeks_and_days_tell_the_same_units(shop: sample.Shop) -> None:
    by_week = shop.sales.group_by("product_id", pl.col("day").dt.truncate("1w").alias("week_start")).agg(
        pl.col("units").sum().alias("daily")
    )
    both = shop.weeks.join(by_week, on=["product_id", "week_start"], how="full", coalesce=True)
    assert both.filter(pl.col("units").fill_null(0) != pl.col("daily").fill_null(0)).is_empty()


def test_a_shelf_ends_with_what_it_had_and_got_less_what_it_sold(shop: sample.Shop) -> None:
    moved = shop.weeks.group_by("product_id").agg(pl.col("received_units", "units").sum())
    shelves = (
        shop.products.filter(pl.col("stocking_type") != "jit")
        .join(moved, on="product_id", how="left")
        .with_columns(pl.col("received_units", "units").fill_null(0))
    )
    left = pl.col("opening_units") + pl.col("received_units") - (pl.col("units") - pl.col("owed_units"))
    assert shelves.filter(left != pl.col("on_hand_units")).is_empty()
    assert (shelves["on_hand_units"] >= 0).all()


def test_sales_follow_the_true_rate(shop: sample.Shop) -> None:
    full = shop.weeks.filter((pl.col("in_stock_days") == 7) & (pl.col("lost_units") == 0))
    # A sum of about 40,000 Poisson units shared by lumpy weeks stays within 3 % of its mean.
    assert full["units"].sum() == pytest.approx(full["true_rate"].sum(), rel=0.03)


def test_the_cast_has_the_stock_and_the_silence_of_its_story(shop: sample.Shop) -> None:
    last = shop.sales.group_by("product_id").agg(pl.col("day").max().alias("last_sale_on"))
    cast = shop.products.join(last, on="product_id", how="left")

    def part(name: str) -> pl.DataFrame:
        return cast.filter(pl.col("part") == name)

    assert part("dead")["on_hand_units"].unique().to_list() == [60]
    assert (part("dead")["last_sale_on"] < shop.last_day - timedelta(200)).all()
    assert part("never_sold")["last_sale_on"].is_null().all()
    assert part("starved")["on_hand_units"].unique().to_list() == [0]
    assert (part("starved")["last_sale_on"] < shop.last_day - timedelta(115)).all()
    assert (part("christmas_now")["last_sale_on"] > shop.last_day - timedelta(7)).all()
    assert (part("sandals_over")["last_sale_on"] < date(2026, 9, 1)).all()
    assert part("halloween_owed")["owed_units"].unique().to_list() == [6]


@pytest.mark.parametrize("mean_rate", [0.05, 1.2, 20.0])
def test_the_mean_rate_is_what_was_asked_for(mean_rate: float) -> None:
    options = sample.ShopOptions(
        mean_rate=mean_rate,
        with_cast=False,
        dead_share=0,
        new_share=0,
        listed_before_share=1,
        growth_sd=0,
        event_lift=0,
    )
    shop = sample.simulate(2000, 52, 3, options=options)
    # Departments differ in pace (about 1.1 on average), and a Gamma of shape 0.6 over 2,000 products wanders by 3 %.
    assert shop.weeks["true_rate"].sum() / 2000 / 52 == pytest.approx(mean_rate * 1.08, rel=0.15)


def test_ids_have_the_platforms_lengths_and_none_ends_in_zero(shop: sample.Shop) -> None:
    assert shop.products["product_id"].str.contains(r"^1005\d{11}[1-9]$").all()
    assert shop.skus["sku_id"].str.contains(r"^12000\d{11}[1-9]$").all()
    assert shop.products["product_id"].is_unique().all()
    assert shop.skus["sku_id"].is_unique().all()


@pytest.mark.parametrize(
    ("products", "weeks", "last_day"),
    [(0, 78, date(2026, 11, 22)), (10, 7, date(2026, 11, 22)), (10, 78, date(2026, 11, 23))],
)
def test_an_impossible_shop_is_refused(products: int, weeks: int, last_day: date) -> None:
    with pytest.raises(SettingsError, match="星期日"):
        sample.simulate(products, weeks, 1, last_day=last_day)


@pytest.mark.parametrize(("products", "weeks"), [(20, 8), (60, 26), (137, 53)])
def test_small_shops_can_be_written(products: int, weeks: int, tmp_path: Path) -> None:
    assert all(
        p.exists() for p in sample.write_sample(tmp_path / "s", products=products, weeks=weeks, seed=2, lang="en")
    )


def test_a_full_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("mine")
    with pytest.raises(StoreError, match="not empty"):
        sample.write_sample(tmp_path, products=20, weeks=8, seed=1)
    assert [p.name for p in tmp_path.iterdir()] == ["real.txt"]


# The files add up to the truth --------------------------------------------------------------------------------------


def test_order_exports_add_up_to_the_units_sold_once_overlaps_are_taken_out(shop: sample.Shop, folder: Path) -> None:
    files = [_csv(p) for p in sorted((folder / "inbox").iterdir()) if p.name.startswith(("orders_", "履约订单_"))]
    lines = pl.concat(files, how="diagonal").with_columns(pl.col("数量").cast(pl.Int64))
    with_line_id, without = lines.filter(pl.col("子订单号").is_not_null()), lines.filter(pl.col("子订单号").is_null())
    once = pl.concat([with_line_id.unique("子订单号"), without]).filter(pl.col("订单状态") != "已取消")
    told = once.group_by(pl.col("商品ID").alias("product_id")).agg(pl.col("数量").sum().alias("told"))
    true = shop.sales.group_by("product_id").agg(pl.col("units").sum())
    both = true.join(told, on="product_id", how="full", coalesce=True)
    assert both.filter(pl.col("units").ne_missing(pl.col("told"))).is_empty()
    assert with_line_id.height > with_line_id.unique("子订单号").height + 1000


def test_period_exports_tell_the_units_of_their_days(shop: sample.Shop, folder: Path) -> None:
    spans = {"周报_20261122": 7, "周报_20261101": 7, "月报_20261031": 31}
    for name, days in spans.items():
        rows = (
            CalamineWorkbook.from_path(folder / "inbox" / f"商品数据_{name}.xlsx")
            .get_sheet_by_name("汇总指标")
            .to_python()
        )
        last = date(int(name[-8:-4]), int(name[-4:-2]), int(name[-2:]))
        true = shop.sales.filter(pl.col("day").is_between(last - timedelta(days - 1), last))["units"].sum()
        assert sum(int(str(row[rows[0].index("支付件数")]).removesuffix(".0")) for row in rows[1:]) == true


def test_answers_name_each_product_once_and_only_known_families(shop: sample.Shop, folder: Path) -> None:
    answers = pl.read_csv(folder / "answers.csv", infer_schema=False)
    assert answers["product_id"].is_unique().all()
    assert answers.height > 100
    damaged = answers.filter(pl.col("part") == "damaged_id")["product_id"]
    assert damaged.str.ends_with("0").all()
    assert set(damaged).isdisjoint(shop.products["product_id"])


def test_no_file_but_the_truth_tells_the_real_id_of_a_damaged_one(shop: sample.Shop, folder: Path) -> None:
    real = shop.products.filter("is_damaged_id")["product_id"].to_list()
    stock = (folder / "inbox" / "仓库库存_20261122.csv").read_text(encoding="utf-8-sig")
    sheet = str(CalamineWorkbook.from_path(folder / "商品表.xlsx").get_sheet_by_index(0).to_python())
    assert real
    assert not [product_id for product_id in real if product_id in stock or product_id in sheet]


def test_a_simulated_shop_can_be_had_without_files(shop: sample.Shop) -> None:
    tables = shop.tables()
    assert tables.order_lines is not None
    assert tables.catalog is not None
    assert tables.order_lines.lazy().select(pl.col("quantity").sum()).collect().item() == shop.sales["units"].sum()
    assert tables.catalog.height == shop.products.filter(~pl.col("is_damaged_id")).height


def test_the_loader_reads_the_inbox_as_it_was_meant(shop: sample.Shop, loaded: Folder) -> None:
    tables = {name: table.lazy().collect() for name, table in loaded.tables.items()}
    lines = tables["order_lines"]
    with_line_id, without = (
        lines.filter(pl.col("order_line_id").is_not_null()),
        lines.filter(pl.col("order_line_id").is_null()),
    )
    once = pl.concat([with_line_id.unique("order_line_id"), without]).filter(pl.col("order_status") != "cancelled")
    in_warehouse = shop.products.filter((pl.col("stocking_type") != "jit") & ~pl.col("is_damaged_id"))
    orders = tables["purchase_orders"]
    assert once["quantity"].sum() == shop.sales["units"].sum()
    assert (
        tables["stock"].filter(pl.col("quality") == "good")["on_hand_units"].sum()
        == in_warehouse["on_hand_units"].sum()
    )
    assert tables["stock"]["inbound_units"].sum() == in_warehouse["inbound_units"].sum()
    assert orders.filter(pl.col("po_type") == "warehouse")["received_units"].sum() == (
        shop.receipts.join(in_warehouse, on="product_id", how="semi")["units"].sum()
    )
    assert tables["catalog"].filter("is_suspect_id")["product_id"].to_list() == (
        sample.answers(shop).filter(pl.col("part") == "damaged_id")["product_id"].to_list()
    )
    assert tables["purchase_order_lines"]["quantity"].sum() == orders["quantity"].sum()


def test_what_does_not_belong_in_the_inbox_is_said_and_nothing_else(loaded: Folder) -> None:
    assert [error.key for error in loaded.errors] == ["file_web_page"]
    blanked = loaded.problems.filter(pl.col("effect") == "blanked")
    assert blanked.select("column", "value").rows() == [("unit_price_fen", "待定")]
    assert set(loaded.problems["effect"]) == {"blanked", "set_aside"}
