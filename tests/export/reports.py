"""A believable week of one store, for looking at what the workbook makes of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from toolkit.analyze.duplicates import near_duplicates, with_duplicates
from toolkit.decide.in_money import in_money
from toolkit.decide.plan import decide
from toolkit.decide.policy_news import PolicyNews
from toolkit.decide.slots import slots
from toolkit.decide.summary import summarize
from toolkit.export.delist_workbook import DelistReport, InputFile, RunFacts
from toolkit.schema import ORDER_LINES, PROBLEMS, PROFILE
from toolkit.settings import Settings, Slow

AS_OF = date(2026, 11, 22)

SUMMER = {
    "season_evidence": "category", "season_name": "summer", "season_strength": 3.2, "is_in_season": False,
    "seasonal_index": 0.2, "seasonal_index_ahead": 0.4, "next_season_on": date(2027, 4, 26),
}  # fmt: skip
SPRING_SOON = {**SUMMER, "season_name": "spring", "next_season_on": date(2027, 1, 4), "seasonal_index_ahead": 1.6}


def never(days: int) -> dict[str, Any]:
    return {
        "first_sale_on": None, "last_sale_on": None, "days_since_last_sale": None, "days_without_sale": days,
        "days_without_sale_min": days,
        "units_7d": 0, "units_30d": 0, "units_90d": 0, "units_365d": 0, "rate_of_sale": 0.0, "sold_share_90d": 0.0,
        "weeks_of_cover": None, "is_active_30d": False,
    }  # fmt: skip


def quiet(days: int, year: int) -> dict[str, Any]:
    last = AS_OF - timedelta(days=days)
    return {**never(days), "last_sale_on": last, "days_since_last_sale": days, "units_365d": year,
            "first_sale_on": AS_OF - timedelta(days=500)}  # fmt: skip


def sells(week: float, stock: int) -> dict[str, Any]:
    return {
        "units_7d": round(week), "units_30d": round(week * 4.3), "units_90d": round(week * 13),
        "units_365d": round(week * 50), "rate_of_sale": week, "weeks_of_cover": stock / week, "on_hand_units": stock,
        "sellable_units": stock, "sold_share_90d": week * 13 / (week * 13 + stock), "last_sale_on": AS_OF,
        "days_since_last_sale": 1, "days_without_sale": 1, "days_without_sale_min": 1, "is_active_30d": True,
    }  # fmt: skip


# title, category, supply price in fen, units on hand, what is special about it
PRODUCTS: list[tuple[str, str, int, int, dict[str, Any]]] = [
    ("跨境新款女士罗马凉鞋平底夹趾沙滩鞋 37-42码", "女鞋/凉鞋", 3850, 214, {**quiet(96, 61), **SUMMER}),
    ("儿童EVA洞洞鞋夏季防滑软底", "童鞋/凉鞋", 1690, 480, {**quiet(81, 143), **SUMMER}),
    ("充气游泳圈 加厚成人款 90cm", "户外/游泳", 1250, 96, {**quiet(74, 38), **SUMMER}),
    ("USB手持小风扇 三档静音可折叠", "家电/风扇", 2180, 322, {**quiet(66, 210), **SUMMER}),
    ("冰丝防晒袖套男女通用", "服饰/袖套", 480, 1260, {**quiet(70, 340), **SUMMER}),
    ("遮阳棒球帽 速干透气网眼", "服饰/帽子", 990, 145, {**quiet(88, 57), **SUMMER}),
    ("木质首饰盒双层带锁 胡桃色", "家居/收纳", 6800, 64, quiet(203, 9)),
    ("复古铁艺蜡烛台三件套", "家居/装饰", 4500, 88, quiet(167, 12)),
    ("北欧风仿真尤加利花束(=3支装)", "家居/装饰", 1180, 410, never(246)),
    ("手机支架懒人挂脖款", "数码/配件", 890, 730, quiet(141, 22)),
    ("Type-C 转 3.5mm 耳机转接头", "数码/配件", 650, 1120, quiet(118, 31)),
    ("蓝牙自拍杆 60cm 旧款", "数码/配件", 2350, 205, never(312)),
    ("厨房硅胶隔热手套 单只", "家居/厨房", 720, 388, quiet(109, 17)),
    ("不锈钢打蛋器手动旋转式", "家居/厨房", 980, 264, never(188)),
    ("珐琅彩绘胸针 猫头鹰", "饰品/胸针", 560, 905, quiet(133, 14)),
    ("钛钢转运珠手链 情侣款一对", "饰品/手链", 1860, 152, quiet(99, 26)),
    ("磁吸车载香薰夹 海洋味", "汽车/内饰", 790, 640, {**sells(0.4, 640)}),
    ("硅胶宠物慢食垫 蓝色圆形", "宠物/用品", 1020, 530, {**sells(0.3, 530)}),
    ("不锈钢保温饭盒三层 2L", "家居/厨房", 4890, 700, {**sells(0.6, 700)}),
    ("仿真水弹枪儿童玩具", "玩具/水枪", 2980, 130, {**sells(9, 130), "policy_hit": "水弹枪", "policy_hit_kind": "term",
                                                 "policy_hit_place": "违禁词 › 5", "policy_hit_at": 3,
                                                 "policy_hit_where": "仿真【水弹枪】儿童玩具",
                                                 "policy_hit_list_on": date(2026, 11, 16)}),
    ("迪士尼同款公主发箍", "饰品/发饰", 690, 260, {**sells(4, 260), "policy_hit": "迪士尼", "policy_hit_kind": "brand",
                                              "policy_hit_place": "品牌 › 2", "policy_hit_at": 1,
                                              "policy_hit_where": "【迪士尼】同款公主发箍",
                                              "policy_hit_list_on": date(2026, 11, 16), "open_orders_state": "open",
                                              "open_units": 3, "shippable_units": 3, "gap_units": 0}),
    ("激光笔 5mW 逗猫棒", "宠物/玩具", 880, 75, {**sells(6, 75), "policy_hit": "激光笔", "policy_hit_kind": "term",
                                           "policy_hit_list_on": date(2026, 11, 16), "is_protected": True}),
    ("春季薄款防风外套 女", "女装/外套", 7600, 180, {**quiet(120, 77), **SPRING_SOON}),
    ("花园种植手套 加长款", "园艺/手套", 1050, 240, {**quiet(101, 52), **SPRING_SOON}),
    ("亚麻收纳筐 大号带盖", "家居/收纳", 2390, 90, {**quiet(126, 19), "inbound_units": 200}),
    ("桌面手机充电收纳架", "家居/收纳", 1780, 66, {**quiet(104, 8), "inbound_units": 60}),
    ("LED化妆镜 三色补光 折叠", "美妆/工具", 3590, 12,
     {**quiet(95, 33), "open_orders_state": "open", "open_units": 20, "shippable_units": 12, "gap_units": 8}),
    ("奶油色陶瓷花瓶 小号", "家居/装饰", 2260, 58, {**quiet(97, 20), "is_protected": True}),
    ("磨砂亚克力钥匙扣定制", "饰品/钥匙扣", 350, 300, {**quiet(93, 6), "is_suspect_id": True}),
    ("圣诞树挂件木质雪花 20枚", "节日/圣诞", 1290, 0, {**sells(42, 0), "weeks_of_cover": 0.0}),
    ("加绒保暖手套 触屏 男女", "服饰/手套", 1560, 40, sells(38, 40)),
    ("USB暖手宝 5000mAh", "家电/取暖", 3980, 55, sells(31, 55)),
    ("JIT 手工串珠手机链", "饰品/手机链", 980, 0, {**sells(3, 1), "stocking_type": "jit", "on_hand_units": 0,
                                             "sellable_units": 0, "weeks_of_cover": None, "sold_share_90d": None}),
    ("硅胶折叠水杯 便携 350ml", "户外/水具", 1450, 260, sells(24, 260)),
    ("加厚保鲜袋 100只装", "家居/厨房", 620, 1500, sells(120, 1500)),
    ("圆形毛毡杯垫 6片", "家居/厨房", 540, 880, sells(56, 880)),
    ("女士羊毛围巾 格纹", "服饰/围巾", 4680, 320, sells(47, 320)),
    ("不锈钢指甲刀套装 12件", "美妆/工具", 1990, 430, sells(33, 430)),
    ("多功能厨房剪刀", "家居/厨房", 1380, 510, sells(40, 510)),
    ("宠物自动饮水机滤芯 8片", "宠物/用品", 1160, 690, sells(61, 690)),
    ("圆形毛毡杯垫 6片装", "家居/厨房", 560, 90, sells(6, 90)),
]  # fmt: skip

ORDINARY: dict[str, Any] = {
    "is_suspect_id": False, "is_protected": False, "stocking_type": "warehouse", "status": "on_sale",
    "status_raw": "上架", "observed_on": AS_OF, "age_days": 410, "listed_on": AS_OF - timedelta(days=410),
    "currency": "CNY", "inbound_units": 0, "locked_units": 0, "stock_as_of": AS_OF, "covered_days_90d": 90,
    "covered_days_365d": 365, "sales_source": "orders", "open_orders_state": "none", "open_units": 0,
    "shippable_units": 0, "gap_units": 0, "data_step": "history", "first_sale_on": AS_OF - timedelta(days=400),
}  # fmt: skip


def ahead(stock: int, special: dict[str, Any]) -> dict[str, Any]:
    """A forecast that fits the story: what sells goes on, what is quiet may come back one time in eight."""
    weekly, share = (special["rate_of_sale"], 0.95) if special.get("rate_of_sale") else (0.5, 0.125)
    columns: dict[str, Any] = {
        "p_dead": 1 - share, "delist_score": 0.95 if 60 * weekly < stock else 1 - share,
        "keep_below_units": round(30 * weekly), "outlook_until": AS_OF + timedelta(weeks=26),
    }  # fmt: skip
    for weeks in (8, 13, 26):
        mean, usual = weekly * weeks * share, round(weekly * weeks)
        columns |= {
            f"p_no_sale_{weeks}w": 1 - share,
            f"units_mean_{weeks}w": mean,
            f"units_q10_{weeks}w": round(usual * 0.6) if share > 0.9 else 0,
            f"units_q50_{weeks}w": usual if share > 0.5 else 0,
            f"units_q90_{weeks}w": round(usual * 1.4) if share > 0.1 else 0,
            f"p_clear_{weeks}w": 0.5 if usual >= stock else 0.01,
            f"units_left_{weeks}w": max(stock - mean, 0.0),
        }
    return columns


def profile() -> pl.DataFrame:
    rows = [
        {
            "product_id": f"10050061{n * 7919 % 10**8:08d}", "title": title, "category": category,
            "supply_price_fen": price, "unit_cost_fen": price * 6 // 10, "on_hand_units": stock,
            "sellable_units": stock, **ORDINARY, **ahead(stock, special), **special,
        }
        for n, (title, category, price, stock, special) in enumerate(PRODUCTS, 1)
    ]  # fmt: skip
    names = list(dict.fromkeys(name for row in rows for name in row))
    return PROFILE.frame(**{name: [row.get(name, ORDINARY.get(name)) for row in rows] for name in names})


def problems() -> pl.DataFrame:
    return PROBLEMS.frame(
        source_file=["商品表.xlsx", "orders_1116.csv", "orders_1116.csv"],
        source_sheet=["Sheet1", None, None],
        source_row=[31, 1204, 1377],
        cell=["A31", "D1204", "F1377"],
        column=["product_id", "ordered_on", "unit_price_fen"],
        value=["1.00501E+15", "2026/13/02", "面议"],
        problem=["id", "date", "money"],
        effect=["rejected", "rejected", "blanked"],
    )


def open_orders(ids: list[str]) -> pl.DataFrame:
    return ORDER_LINES.frame(
        product_id=[ids[20], ids[26], ids[26]],
        order_id=["8190233344556677", "8190233344556701", "8190233344556702"],
        order_line_id=["1", "1", "1"],
        quantity=[3, 12, 8],
        ordered_on=[date(2026, 11, 21), date(2026, 11, 20), date(2026, 11, 22)],
        due_at=[datetime(2026, 11, 23, 18, 0), datetime(2026, 11, 22, 9, 30), datetime(2026, 11, 24, 9, 30)],
        order_status=["paid", "paid", "paid"],
        order_status_raw=["等待您发货", "等待您发货", "等待您发货"],
        source_file=["orders_1116.csv"] * 3,
        source_row=[88, 402, 919],
    )


def news(products: pl.DataFrame) -> PolicyNews:
    """One product newly caught, one let go."""
    hit = ("product_id", "title", "policy_hit", "policy_hit_kind")
    freed = products.filter(title="磨砂亚克力钥匙扣定制").select(hit[:2]).with_columns(policy_hit=pl.lit("定制"))
    caught = products.filter(policy_hit="水弹枪").select(hit)
    return PolicyNews("2026-W46", caught, freed.with_columns(policy_hit_kind=pl.lit("term"), why=pl.lit("entry")))


def events() -> pl.DataFrame:
    """One event with an effect, one without; one of the seller's own days that was not seen yet."""
    return pl.DataFrame(
        {
            "event": ["sale_1111", "black_friday", "会员日"],
            "first_day": [date(2027, 11, 11), date(2026, 11, 27), date(2026, 12, 12)],
            "last_day": [date(2027, 11, 13), date(2026, 11, 30), date(2026, 12, 12)],
            "multiplier": [1.43, 1.0, 1.0],
            "seen": [2, 1, 0],
            "evidence": [0.86, 0.3, 0.0],
            "is_own": [False, False, True],
            "is_placed": [True, True, True],
        }
    )


def report() -> DelistReport:
    settings = Settings(slow=Slow(max_weeks_of_cover=60))
    duplicates = near_duplicates(profile(), settings.duplicates)
    products = with_duplicates(profile(), duplicates)
    money = in_money(decide(products, as_of=AS_OF, settings=settings), products, as_of=AS_OF, settings=settings)
    decisions = money.decisions
    return DelistReport(
        money=money,
        duplicates=duplicates,
        profile=products,
        decisions=decisions,
        summary=summarize(products, decisions, slots(products, settings), as_of=AS_OF, settings=settings),
        problems=problems(),
        open_orders=open_orders(products["product_id"].to_list()),
        policy_news=news(products),
        events=events(),
        facts=RunFacts(
            as_of=AS_OF,
            week="2026-W47",
            store="义乌一号店",
            run_id="2026-W47-3f9c12ab",
            version="0.1.0",
            settings=settings,
            inputs=(
                InputFile("商品表.xlsx", "catalog_sheet", 40, 1, 0, AS_OF),
                InputFile("orders_1116.csv", "order_lines", 18_204, 2, 1, AS_OF),
                InputFile("库存-11月22日.xlsx", "stock_products", 40, 0, 0, AS_OF),
                InputFile(
                    "policy.xlsx", "policy_terms", 3, 0, 0, date(2026, 11, 16), ("policy_terms", "policy_brands")
                ),
            ),
        ),
    )
