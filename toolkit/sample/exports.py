"""The inbox of a real Monday: everything that was downloaded, in every shape such files come in.

Order lines by quarter, in three encodings, zipped and not, with titles, footers, a header repeated where pages were
joined, and two exports that overlap; period exports of two weeks and of a month that overlap too; the API's pages of an
earlier catalog; purchase orders that tell JIT sales a second time; stock with locked and defective units; and files that
do not belong here at all. Read rightly, they add up to the truth exactly once.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from toolkit.sample.api_answers import put_catalog_pages, put_jit, put_receipts
from toolkit.sample.files import csv_text, gzipped, put, put_workbook, yuan, zipped
from toolkit.sample.shelf_items import share_out, shelf_items
from toolkit.sample.shop import Shop

__all__ = ["put_exports", "put_period"]

OPEN, SHIPPED, DONE, CANCELLED = "等待您发货", "等待买家收货", "订单结束", "已取消"


def put_exports(shop: Shop, inbox: Path) -> list[Path]:
    """All exports of the shop into its inbox."""
    rng = np.random.default_rng([shop.seed, 11])
    lines = shop.order_lines()
    return [
        *_put_orders(shop, lines, inbox),
        *_put_periods(shop, lines, inbox),
        *_put_stock(shop, lines, inbox, rng),
        *put_receipts(shop, inbox),
        *put_jit(shop, lines, inbox, rng),
        put_catalog_pages(shop, inbox),
        *_put_strangers(shop, inbox),
    ]


# Orders ---------------------------------------------------------------------------------------------------------


def _put_orders(shop: Shop, lines: pl.DataFrame, inbox: Path) -> list[Path]:
    """One export per quarter; the running quarter's ends a week early and the newest begins three weeks back."""
    newest_from, earlier_until = shop.last_day - timedelta(20), shop.last_day - timedelta(7)
    quarters = [
        (first, min(last, earlier_until)) for first, last in _quarters(shop.first_day, shop.last_day)
        if first <= earlier_until
    ]  # fmt: skip
    paths = [_put_quarter(number, first, last, lines, inbox) for number, (first, last) in enumerate(quarters)]
    newest = _sheet_of(lines, newest_from, shop.last_day, exported_on=shop.last_day)
    newest = newest.with_columns(
        供货价=pl.when(pl.int_range(pl.len()) == 40).then(pl.lit("待定")).otherwise(pl.col("供货价"))
    )
    text = csv_text(
        newest,
        above=f"履约订单明细(ERP导出),下单日期 {newest_from} 至 {shop.last_day}" + "," * 6,
        below=f"合计,,,,,{newest['数量'].sum()},,",
        repeat_header_after=newest.height // 2,
    )
    name = f"履约订单_{newest_from:%Y%m%d}-{shop.last_day:%Y%m%d}.csv"
    return [*paths, put(inbox / name, text.encode("gb18030"))]


def _quarters(first: date, last: date) -> list[tuple[date, date]]:
    """The calendar quarters a stretch of days touches, cut to it."""
    days = pl.date_range(first, last, eager=True).alias("day").to_frame()
    ends = days.group_by(pl.col("day").dt.truncate("1q").alias("quarter")).agg(
        pl.col("day").min().alias("first"), pl.col("day").max().alias("last")
    )
    return list(ends.sort("quarter").select("first", "last").iter_rows())


def _put_quarter(number: int, first: date, last: date, lines: pl.DataFrame, inbox: Path) -> Path:
    """One quarter: the oldest as a program writes it, then zipped GB18030 and gzipped UTF-8 with a BOM in turn.

    A quarter that is over was exported a month later, when its orders were done.
    """
    closed = (last + timedelta(1)).day == 1
    sheet = _sheet_of(lines, first, last, exported_on=last + timedelta(30 * closed))
    stem = f"履约订单_{first:%Y%m%d}-{last:%Y%m%d}.csv"
    if number == 0:
        english = ("order_id", "ordered_at", "product_id", "sku_id", "quantity", "unit_price", "status")
        plain = sheet.drop("子订单号").rename(
            lambda old: dict(zip(sheet.drop("子订单号").columns, english, strict=True))[old]
        )
        return put(inbox / f"orders_{first:%Y%m%d}-{last:%Y%m%d}.csv.gz", gzipped(csv_text(plain).encode()))
    if number % 2:
        text = csv_text(sheet, above=f"履约订单明细(ERP导出),下单日期 {first} 至 {last}" + "," * 6,
                        below=f"合计,,,,,{sheet['数量'].sum()},,")  # fmt: skip
        return put(inbox / f"{stem[:-4]}.zip", zipped({stem: text.encode("gb18030")}))
    return put(inbox / f"{stem}.gz", gzipped(csv_text(sheet).encode("utf-8-sig")))


def _sheet_of(lines: pl.DataFrame, first: date, last: date, *, exported_on: date) -> pl.DataFrame:
    """The order lines of some days as an export shows them, with each status as it stood on the day of export."""
    day = pl.col("ordered_at").dt.date()
    age = (pl.lit(exported_on) - day).dt.total_days()
    status = (
        pl.when("is_cancelled").then(pl.lit(CANCELLED))
        .when(pl.col("is_owed") | (age < 2)).then(pl.lit(OPEN))
        .when(age < 20).then(pl.lit(SHIPPED))
        .otherwise(pl.lit(DONE))
    )  # fmt: skip
    return lines.filter(day.is_between(first, last)).select(
        pl.col("order_id").alias("订单号"),
        pl.col("order_line_id").alias("子订单号"),
        pl.col("ordered_at").dt.strftime("%Y-%m-%d %H:%M:%S").alias("下单时间"),
        pl.col("product_id").alias("商品ID"),
        pl.col("sku_id").alias("SKU ID"),
        pl.col("quantity").alias("数量"),
        yuan("unit_price_fen").alias("供货价"),
        status.alias("订单状态"),
    )


# The period export ----------------------------------------------------------------------------------------------


def _put_periods(shop: Shop, lines: pl.DataFrame, inbox: Path) -> list[Path]:
    """The last week, the week in which the last month ended, and that whole month: they overlap."""
    month_end = shop.last_day.replace(day=1) - timedelta(1)
    month_start = month_end.replace(day=1)
    sunday = month_end + timedelta((6 - month_end.weekday()) % 7)
    paths = [put_period(shop, lines, shop.last_day - timedelta(6), shop.last_day, inbox, with_title_in_id=False)]
    if sunday < shop.last_day and sunday - timedelta(6) >= shop.first_day:
        paths.append(put_period(shop, lines, sunday - timedelta(6), sunday, inbox, with_title_in_id=True))
    if month_start >= shop.first_day:
        paths.append(put_period(shop, lines, month_start, month_end, inbox, with_title_in_id=False))
    return paths


def put_period(
    shop: Shop, lines: pl.DataFrame, first: date, last: date, inbox: Path, *, with_title_in_id: bool
) -> Path:
    """One period export: its name states the last day only, its first sheet is not the one to read."""
    rng = np.random.default_rng([shop.seed, 12, first.toordinal(), last.toordinal()])
    facts = _funnel(shop, lines, first, last, rng)
    product = pl.concat_str("title", pl.lit("ID: "), "product_id") if with_title_in_id else pl.col("product_id")
    counts = ("搜索曝光量", "商品浏览量", "商品访客数", "加购人数", "加购件数", "支付件数", "支付订单数", "支付买家数")
    sheet = facts.select(product.alias("商品ID"), *(pl.col(name) for name in counts))
    about = pl.DataFrame({"说明": ["统计日期按美国时间(示例中与下单日相同)", "支付件数未扣除退款"]})
    kind = "周报" if (last - first).days == 6 else "月报"
    return put_workbook(
        inbox / f"商品数据_{kind}_{last:%Y%m%d}.xlsx",
        [("说明", about, {}), ("汇总指标", sheet, {"商品ID": "id"} | dict.fromkeys(counts, "count"))],
        day=last,
    )


def _funnel(shop: Shop, lines: pl.DataFrame, first: date, last: date, rng: np.random.Generator) -> pl.DataFrame:
    """What the platform counted per product: paid units as in the order lines, traffic invented to fit them.

    A product nobody looked at is absent, and so are some of those nobody bought.
    """
    sold = (
        lines.filter(pl.col("ordered_at").dt.date().is_between(first, last) & ~pl.col("is_cancelled"))
        .group_by("product_id")
        .agg(
            pl.col("quantity").sum().alias("支付件数"), pl.col("order_id").n_unique().cast(pl.Int64).alias("支付订单数")
        )
    )
    shown = shop.products.filter(
        ~pl.col("is_damaged_id") & (pl.col("listed_on") <= last) & (pl.col("off_sale_on").is_null() | (pl.col("off_sale_on") > first))
    ).join(sold, on="product_id", how="left", maintain_order="left").with_columns(
        pl.col("支付件数", "支付订单数").fill_null(0)
    )  # fmt: skip
    units = shown["支付件数"].to_numpy()
    weeks = ((last - first).days + 1) / 7
    visitors = rng.poisson(units * 16 + 4 * weeks)
    carts = np.maximum(units, rng.binomial(visitors + units, 0.08))
    unclicked, uncarted = ((shown["part"] == part).to_numpy() for part in ("seen_not_clicked", "visited_not_carted"))
    visitors = np.where(unclicked, 2, np.where(uncarted, (300 * weeks), visitors)).astype(np.int64)
    carts = np.where(unclicked | uncarted, 0, carts)
    impressions = np.where(unclicked, 6000 * weeks, visitors * rng.uniform(15, 40, visitors.size)).astype(np.int64)
    seen = (units > 0) | unclicked | uncarted | (rng.random(units.size) < 0.9)
    return shown.with_columns(
        搜索曝光量=pl.Series(impressions),
        商品浏览量=pl.Series((visitors * 1.7).astype(np.int64)),
        商品访客数=pl.Series(visitors),
        加购人数=pl.Series(carts),
        加购件数=pl.Series(carts + carts // 10),
        支付买家数=pl.col("支付订单数"),
    ).filter(pl.Series(seen))


# Stock and what is on its way -----------------------------------------------------------------------------------


def _put_stock(shop: Shop, lines: pl.DataFrame, inbox: Path, rng: np.random.Generator) -> list[Path]:
    """Units per warehouse item and warehouse (locked ones included, defective ones apart), and units on their way."""
    items = shelf_items(shop)
    open_units = (
        lines.filter((pl.col("ordered_at").dt.date() > shop.last_day - timedelta(2)) | pl.col("is_owed"))
        .filter(~pl.col("is_cancelled"))
        .group_by("product_id")
        .agg(pl.col("quantity").sum().alias("open_units"))
    )
    shelf = (
        items.join(open_units, on="product_id", how="left", maintain_order="left")
        .with_columns(
            quantity=share_out("on_hand_units"),
            lock_quantity=pl.min_horizontal(share_out(pl.col("open_units").fill_null(0)), share_out("on_hand_units")),
        )
        .with_columns(inventory_type=pl.lit("1"))
    )
    defective = shelf.filter(pl.Series(rng.random(shelf.height) < 0.06)).with_columns(
        quantity=pl.lit(2, pl.Int64), lock_quantity=pl.lit(0, pl.Int64), inventory_type=pl.lit("101")
    )
    both = pl.concat([shelf, defective]).sort("sc_item_id", "inventory_type")
    stock = both.select(
        pl.col("sc_item_id").alias("货品ID"), pl.col("seller_sku").alias("货品编码"), pl.col("title").alias("货品名称"),
        pl.col("warehouse_code").alias("仓编码"), pl.col("warehouse_name").alias("仓名称"),
        pl.col("quantity").alias("仓内实际库存数量"), pl.col("lock_quantity").alias("占用数量"),
        pl.col("inventory_type").alias("库存类型"),
    )  # fmt: skip
    coming = items.with_columns(quantity=share_out("inbound_units")).filter(pl.col("quantity") > 0)
    going_out = items[:12].with_columns(quantity=pl.lit(3, pl.Int64), _type=pl.lit("3"))
    on_way = pl.concat([coming.with_columns(_type=pl.lit("1")), going_out]).sort("sc_item_id", "_type").select(
        "sc_item_id", pl.col("title").alias("sc_item_name"), "quantity", pl.col("_type").alias("inventory_type"),
        pl.col("warehouse_code").alias("inbound_store_code"), pl.col("warehouse_name").alias("inbound_store_name"),
    )  # fmt: skip
    day = f"{shop.last_day:%Y%m%d}"
    return [
        put(inbox / f"仓库库存_{day}.csv", csv_text(stock).encode("utf-8-sig")),
        put(inbox / f"在途库存_{day}.csv", csv_text(on_way).encode()),
        put_workbook(inbox / f"货品绑定_{day}.xlsx", [("绑定关系", _bindings(shop), {})], day=shop.last_day),
    ]


def _bindings(shop: Shop) -> pl.DataFrame:
    """Which warehouse item stands behind which SKU."""
    return shop.skus.join(
        shop.products.filter(~pl.col("is_damaged_id")).select("product_id"), on="product_id", maintain_order="left"
    ).select(
        pl.col("product_id").alias("商品ID"), pl.col("sku_id").alias("SKU ID"), pl.col("sc_item_id").alias("货品ID"),
        pl.col("seller_sku").alias("卖家SKU"), pl.lit("已绑定").alias("绑定状态"),
    )  # fmt: skip


# What does not belong here ----------------------------------------------------------------------------------------


def _put_strangers(shop: Shop, inbox: Path) -> list[Path]:
    """A login page saved as .xls, a sheet no one knows, and the lock file Excel leaves behind."""
    page = "<!DOCTYPE html><html><head><title>登录 - 商家中心(示例)</title></head><body>请重新登录</body></html>"
    sign_up = pl.DataFrame(
        {"活动名称": ["示例活动A", "示例活动B"], "报名截止": ["2026-11-25", "2026-12-01"], "负责人": ["小王", "小李"]}
    )
    return [
        put(inbox / "订单导出(1).xls", page.encode()),
        put_workbook(inbox / "平台活动报名表.xlsx", [("报名", sign_up, {})], day=shop.last_day),
        put(inbox / "~$商品表.xlsx", "示例".encode("utf-16-le").ljust(165, b" ")),
    ]
