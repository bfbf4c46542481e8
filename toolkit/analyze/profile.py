"""Everything known about one product as of one day, in one row: the only table that decisions read.

Here the answers of the other modules meet. Every product that any table names has a row, also one that never sold or
stands in no product list. Unknown stays null and its meaning is written in `toolkit.words.columns`; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from toolkit.analyze.catalog import newest_catalog, up_to
from toolkit.analyze.coverage import told_days, window_cuts
from toolkit.analyze.funnel import newest_period, with_funnel_advice
from toolkit.analyze.jit import jit_record
from toolkit.analyze.open_orders import checked_by, owed_units, with_open_orders
from toolkit.analyze.outlook import order_titles, totals_beside, with_outlook
from toolkit.analyze.policy import papers, policy_hits, protected_products, special_goods
from toolkit.analyze.products import resolve
from toolkit.analyze.quiet import with_quiet_days
from toolkit.analyze.sales import NOT_SOLD, jit_goods, sales_spans
from toolkit.analyze.seasonality import season_data, with_seasons
from toolkit.analyze.sell_through import WINDOW, in_stock_days, mean_on_hand, with_sell_through
from toolkit.analyze.stock import last_restock, stock_history, stock_of_products
from toolkit.analyze.suspects import suspect_products
from toolkit.analyze.windows import CHANNEL, sales_windows, told_of_goods
from toolkit.schema import HORIZONS, PROFILE, Table, Tables, horizon_columns
from toolkit.settings import Abc, Settings

__all__ = ["SeenGoods", "product_profile", "profile_and_events", "seen_goods", "with_abc"]


@dataclass(frozen=True)
class SeenGoods:
    """All products with their sales and stock, and what tells them: the ground of the profile and of the forecast."""

    products: pl.DataFrame
    spans: pl.DataFrame
    """Weekly sales of the channel, weeks split at the windows' edges (`sales_spans`)."""
    told: pl.DataFrame
    """Told days per kind of goods (`told_of_goods`)."""
    told_all: pl.DataFrame
    history: pl.DataFrame
    """Dated counts of stock (`stock_history`)."""


def seen_goods(tables: Tables, *, as_of: date, settings: Settings) -> SeenGoods:
    """The products that any table names by a day, with units, told days and stock."""
    told_all = told_days(tables, as_of=as_of)
    told = told_of_goods(told_all)
    history = stock_history(tables, as_of=as_of)
    spans = sales_spans(tables, told_all, settings=settings, as_of=as_of, cuts=window_cuts(as_of)).filter(
        pl.col("channel") == CHANNEL
    )
    listed = _titled(_listed(tables, spans, as_of=as_of), tables, as_of=as_of)
    windows = sales_windows(listed.select("product_id", "is_jit"), spans, told, as_of=as_of)
    sold = listed.join(windows, on="product_id", how="left")
    return SeenGoods(_with_stock(sold, history, tables, as_of=as_of), spans, told, told_all, history)


def product_profile(
    tables: Tables, *, as_of: date, settings: Settings, horizons: Sequence[int] = HORIZONS
) -> pl.DataFrame:
    """One row per product that any table names, as of a day; conforms to `schema.PROFILE`, sorted by product_id.

    Facts dated after `as_of` are not used. Sales are those of the fully-managed channel. Horizons (weeks ahead) other
    than the usual ones add their columns behind those of the schema.

    >>> from toolkit.schema import CATALOG
    >>> from toolkit.settings import DEFAULTS
    >>> sheet = CATALOG.frame(product_id=["1005001"], title=["圣诞袜"], observed_on=[date(2026, 7, 1)])
    >>> product_profile(Tables(catalog=sheet), as_of=date(2026, 7, 1), settings=DEFAULTS).select(
    ...     "units_90d", "season_name", "data_step").row(0)
    (None, 'christmas', 'product_sheet')
    """
    return profile_and_events(tables, as_of=as_of, settings=settings, horizons=horizons)[0]


def profile_and_events(
    tables: Tables, *, as_of: date, settings: Settings, horizons: Sequence[int] = HORIZONS
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`product_profile`, and one row per event with what its days are worth in this store (`toolkit.analyze.events.event_table`)."""
    seen = seen_goods(tables, as_of=as_of, settings=settings)
    told_all, told, history, spans, stocked = seen.told_all, seen.told, seen.history, seen.spans, seen.products
    quiet = with_quiet_days(stocked, spans, told, tables, as_of=as_of)
    listening = _with_orders_and_jit(with_sell_through(quiet), told_all, tables, as_of=as_of, settings=settings)
    seasonal = _with_season(listening, spans, told, as_of=as_of, settings=settings)
    funnelled = with_funnel_advice(
        seasonal.join(newest_period(tables, as_of=as_of), on="product_id", how="left"), settings.funnel
    )
    ahead, events = with_outlook(funnelled, spans, told, tables, as_of=as_of, settings=settings, horizons=horizons)
    judged = _with_policy(with_abc(ahead, settings.abc), tables, as_of=as_of)
    suspects = suspect_products(tables).with_columns(is_suspect_id=pl.lit(True))
    stepped = _data_step(judged, told, history, totals_beside(spans, told, tables, as_of=as_of))
    whole = stepped.join(suspects, on="product_id", how="left").with_columns(
        pl.col("is_suspect_id").fill_null(False),
        currency=pl.coalesce("currency", "sales_currency"),
        is_active_30d=pl.col("units_30d") > 0,
    )
    more = [column for weeks in sorted({*horizons} - {*HORIZONS}) for column in horizon_columns(weeks)]
    wide = Table(PROFILE.name, PROFILE.one_row_is, PROFILE.key, (*PROFILE.columns, *more))
    return wide.conform(whole).sort("product_id"), events


def _data_step(
    products: pl.DataFrame, told: pl.DataFrame, history: pl.DataFrame, totals: pl.DataFrame | None
) -> pl.DataFrame:
    """How far the data of each product goes: product_sheet, period_totals, orders, one_stock_snapshot, history.

    With `_and_totals` behind one of the last three where `totals` tell more of it: sales of periods no order file tells.
    The last two need orders as well: one count of its stock, or counts of two days and more (JIT goods have none to
    count: two dated lists or counts of the store will do). Orders tell all ordinary goods, JIT orders tell JIT goods.
    """
    told_kinds = told["is_jit"].unique()
    counts = history.group_by("product_id").agg(counted_days=pl.col("observed_on").n_unique().cast(pl.Int64))
    store_days = history["observed_on"].n_unique()
    days = pl.when("is_jit").then(pl.lit(store_days)).otherwise(pl.col("counted_days").fill_null(0))
    ordered = pl.col("is_jit").is_in(told_kinds.implode())
    step = (
        pl.when(ordered & (days >= 2))
        .then(pl.lit("history"))
        .when(ordered & pl.col("on_hand_units").is_not_null())
        .then(pl.lit("one_stock_snapshot"))
        .when(ordered)
        .then(pl.lit("orders"))
        .when(pl.col("units_paid").is_not_null())
        .then(pl.lit("period_totals"))
        .otherwise(pl.lit("product_sheet"))
    )
    joined = products.join(counts, on="product_id", how="left").with_columns(data_step=step).drop("counted_days")
    if totals is None:
        return joined
    beside = ordered & pl.col("product_id").is_in(totals["product_id"].unique().implode())
    whole = pl.col("data_step") + pl.when(beside).then(pl.lit("_and_totals")).otherwise(pl.lit(""))
    return joined.with_columns(data_step=whole)


def with_abc(products: pl.DataFrame, shares: Abc) -> pl.DataFrame:
    """Products with abc_class by cumulated revenue of 365 days, or units where a seller's revenue is not known.

    A while the products before it have not reached `a_share`, then B up to `b_share`, then C; nothing sold is C.
    Null where no sales are told. Ties go by product id.
    """
    priced = pl.col("revenue_365d_fen").is_not_null() | (pl.col("units_365d").fill_null(0) <= 0)
    in_money = priced.all() & (pl.col("sales_currency").drop_nulls().n_unique() <= 1)
    value = pl.when(in_money).then("revenue_365d_fen").otherwise("units_365d").fill_null(0).clip(0)
    ranked = products.with_columns(value=value).sort("value", "product_id", descending=[True, False])
    before = (pl.col("value").cum_sum() - pl.col("value")) / pl.col("value").sum()
    class_ = (
        pl.when(pl.col("units_365d").is_null())
        .then(None)
        .when((pl.col("value") > 0) & (before < shares.a_share))
        .then(pl.lit("A"))
        .when((pl.col("value") > 0) & (before < shares.b_share))
        .then(pl.lit("B"))
        .otherwise(pl.lit("C"))
    )
    return ranked.with_columns(abc_class=class_).drop("value")


def _listed(tables: Tables, spans: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """All products, with what the product lists say and whether they are JIT goods."""
    jit = jit_goods(tables).with_columns(is_jit=pl.lit(True))
    return (
        _product_ids(tables, spans, as_of=as_of)
        .join(
            newest_catalog(tables, as_of=as_of).drop("is_suspect_id", "on_hand_units", "inbound_units"),
            on="product_id",
            how="left",
        )
        .join(jit, on="product_id", how="left")
        .with_columns(
            pl.col("is_jit").fill_null(False),
            age_days=(pl.lit(as_of) - pl.col("listed_on")).dt.total_days(),
        )
    )


def _titled(products: pl.DataFrame, tables: Tables, *, as_of: date) -> pl.DataFrame:
    """Products that stand in no list, titled by their order lines where those carry titles."""
    titles = order_titles(tables, products, as_of=as_of)
    titled = products.join(titles, on="product_id", how="left")
    return titled.with_columns(title=pl.coalesce("title", "order_title")).drop("order_title")


def _product_ids(tables: Tables, spans: pl.DataFrame, *, as_of: date) -> pl.DataFrame:
    """One row per product of the fully-managed channel that any table names by `as_of`."""
    found = [spans.select("product_id")]
    known = [table for table in (tables.catalog, tables.bindings) if table is not None]
    found.extend(table.filter(up_to(as_of)).select("product_id") for table in known)
    if tables.stock is not None:
        found.append(resolve(tables.stock.filter(up_to(as_of)), tables).select("product_id"))
    if tables.purchase_order_lines is not None:
        found.append(resolve(tables.purchase_order_lines, tables).select("product_id"))
    if tables.period_sales is not None:
        mine = (pl.col("channel") == CHANNEL) & (pl.col("period_end") <= as_of)
        found.append(tables.period_sales.filter(mine).select("product_id"))
    if tables.order_lines is not None:
        mine = (pl.col("channel") == CHANNEL) & (pl.col("ordered_on") <= as_of)
        not_sold = tables.order_lines.lazy().filter(mine, pl.col("order_status").is_in(NOT_SOLD))
        found.append(not_sold.select("product_id").unique().collect())
    return pl.concat(found).drop_nulls().unique()


def _with_stock(products: pl.DataFrame, history: pl.DataFrame, tables: Tables, *, as_of: date) -> pl.DataFrame:
    """Units, days in stock with their basis, and the last restock (never of JIT goods: their number is typed)."""
    joined = products
    for part in (
        stock_of_products(tables, as_of=as_of),
        in_stock_days(history, as_of=as_of),
        mean_on_hand(history, as_of=as_of),
        last_restock(tables, history, as_of=as_of),
    ):
        joined = joined.join(part, on="product_id", how="left")
    goods = pl.col("is_jit").not_()
    counted = goods & pl.col("days_in_stock_90d").is_not_null()
    on_sale = (pl.col("status") == "on_sale").fill_null(False)
    listed_days = pl.min_horizontal(pl.col("age_days").fill_null(WINDOW) + 1, pl.lit(WINDOW, pl.Int64)).clip(0)
    return joined.with_columns(
        stock_basis=pl.when(counted)
        .then(pl.lit("snapshots"))
        .when(on_sale)
        .then(pl.lit("listing_status"))
        .otherwise(pl.lit("unknown")),
        days_in_stock_90d=pl.when(counted).then("days_in_stock_90d").when(on_sale).then(listed_days),
        last_restock_on=pl.when(goods).then("last_restock_on"),
    )


def _with_orders_and_jit(
    products: pl.DataFrame, told: pl.DataFrame, tables: Tables, *, as_of: date, settings: Settings
) -> pl.DataFrame:
    checked = checked_by(tables, told, as_of=as_of, stale_days=settings.guards.stale_orders_days)
    waiting = with_open_orders(products, owed_units(tables, as_of=as_of), checked=checked)
    record = jit_record(tables, as_of=as_of, hours=settings.stock.jit_hours)
    return waiting.join(record, on="product_id", how="left")


def _with_season(
    products: pl.DataFrame, spans: pl.DataFrame, told: pl.DataFrame, *, as_of: date, settings: Settings
) -> pl.DataFrame:
    """Season columns; a week counts as told when every one of its days is, or its total is."""
    weeks = told.filter(pl.col("is_jit").not_()).group_by("week_start").len("days").filter(pl.col("days") == 7)
    data = season_data(products, spans, weeks.select("week_start").sort("week_start"), as_of=as_of)
    return with_seasons(products, data, settings.season, as_of=as_of)


def _with_policy(products: pl.DataFrame, tables: Tables, *, as_of: date) -> pl.DataFrame:
    if tables.policy is None:
        # What a list would say is unknown, like any column of the profile that nobody fills.
        return products.with_columns(is_protected=pl.lit(False))
    protected = protected_products(tables.policy, as_of=as_of).with_columns(is_protected=pl.lit(True))
    return (
        products.join(policy_hits(products, tables.policy, as_of=as_of), on="product_id", how="left")
        .join(protected, on="product_id", how="left")
        .join(papers(products, tables.policy, as_of=as_of), on="product_id", how="left")
        .join(special_goods(products, tables.policy, as_of=as_of), on="product_id", how="left")
        .with_columns(pl.col("is_protected").fill_null(False))
    )
