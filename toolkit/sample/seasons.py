"""The invented shop's departments and the seasons they follow.

A season is drawn as most sellers would describe it: from when, at its full from when to when, over by when. That
makes the truth easy to say in a sentence and easy to check: sandals sell from mid April to the end of August and
then nobody wants them, which is not the same as nobody ever wanting them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

__all__ = ["DEPARTMENTS", "SEASONS", "Department", "Season", "season_by_week", "season_weights"]

MonthDay = tuple[int, int]


@dataclass(frozen=True)
class Season:
    """A season by four days of the year; `floor` is what is left of the peak outside it."""

    name: str
    starts: MonthDay
    full_from: MonthDay
    full_until: MonthDay
    ends: MonthDay
    floor: float = 0.0

    def on(self, day_of_year: np.ndarray) -> np.ndarray:
        """The weight of each day of the year, 1 being an ordinary day: the mean over a year is 1.

        >>> christmas = Season("christmas", (9, 20), (11, 5), (12, 8), (12, 26))
        >>> [round(float(w), 1) for w in christmas.on(np.array([60, 325]))]
        [0.0, 5.6]
        """
        start, *others = (date(2025, *day).timetuple().tm_yday for day in self._corners())
        corners = [0, *((other - start) % 365 for other in others), 366]
        shape = np.interp((np.arange(1, 367) - start) % 365, corners, [0, 1, 1, 0, 0])
        year = self.floor + (1 - self.floor) * shape
        return (year / year.mean())[day_of_year - 1]

    def _corners(self) -> tuple[MonthDay, ...]:
        return (self.starts, self.full_from, self.full_until, self.ends)


SEASONS: tuple[Season, ...] = (
    Season("all_year", (1, 1), (1, 2), (12, 30), (12, 31), floor=1.0),
    Season("christmas", (9, 20), (11, 5), (12, 8), (12, 26)),
    Season("halloween", (8, 20), (9, 25), (10, 20), (11, 1)),
    Season("sandals", (4, 10), (5, 25), (7, 25), (8, 25)),
    Season("swimwear", (4, 1), (5, 20), (7, 20), (8, 20)),
    Season("winter_coats", (9, 10), (10, 20), (12, 25), (2, 5)),
    Season("back_to_school", (7, 1), (7, 25), (8, 25), (9, 12)),
    Season("valentine", (1, 2), (1, 20), (2, 6), (2, 14)),
    Season("garden", (2, 20), (4, 1), (6, 15), (8, 1), floor=0.15),
)


@dataclass(frozen=True)
class Department:
    """One leaf category of the invented shop, with what its products are called."""

    category: str
    parent: str
    season: str
    share: float
    """Part of an ordinary shop's products."""
    pace: float
    """Its mean rate against the shop's mean."""
    price_yuan: float
    """The middle of its supply prices."""
    nouns: tuple[tuple[str, str], ...]


DEPARTMENTS: tuple[Department, ...] = (
    Department("厨房用具", "家居", "all_year", 0.11, 1.3, 14, (("硅胶锅铲", "Silicone Spatula"), ("沥水篮", "Drain Basket"), ("磨刀器", "Knife Sharpener"), ("量勺套装", "Measuring Spoon Set"))),
    Department("收纳整理", "家居", "all_year", 0.09, 1.1, 18, (("抽屉分隔盒", "Drawer Organizer"), ("压缩收纳袋", "Storage Bag"), ("桌面收纳架", "Desk Rack"), ("挂墙置物架", "Wall Shelf"))),
    Department("宠物用品", "宠物", "all_year", 0.10, 1.2, 22, (("猫抓板", "Cat Scratcher"), ("狗狗牵引绳", "Dog Leash"), ("宠物慢食碗", "Slow Feeder Bowl"), ("逗猫棒", "Cat Teaser"))),
    Department("手机配件", "数码", "all_year", 0.11, 1.4, 12, (("手机壳", "Phone Case"), ("桌面手机支架", "Phone Stand"), ("数据线", "Charging Cable"), ("钢化膜", "Screen Protector"))),
    Department("汽车用品", "汽摩", "all_year", 0.07, 0.8, 26, (("车载手机支架", "Car Phone Mount"), ("座椅缝收纳盒", "Seat Gap Filler"), ("汽车脚垫", "Car Floor Mat"))),
    Department("美妆工具", "美容", "all_year", 0.08, 1.1, 9, (("化妆刷套装", "Makeup Brush Set"), ("美妆蛋", "Makeup Sponge"), ("睫毛夹", "Eyelash Curler"))),
    Department("运动健身", "运动", "all_year", 0.06, 0.9, 24, (("瑜伽弹力带", "Yoga Resistance Band"), ("跳绳", "Jump Rope"), ("护膝", "Knee Support"))),
    Department("灯具照明", "家居", "all_year", 0.05, 0.8, 32, (("感应小夜灯", "Motion Night Light"), ("阅读台灯", "Reading Lamp"), ("氛围灯带", "LED Strip"))),
    Department("圣诞装饰", "节日用品", "christmas", 0.06, 1.2, 16, (("圣诞树挂件", "Christmas Tree Ornament"), ("圣诞花环", "Christmas Wreath"), ("圣诞袜", "Christmas Stocking"), ("圣诞桌布", "Christmas Tablecloth"))),
    Department("万圣节装饰", "节日用品", "halloween", 0.04, 1.0, 15, (("万圣节南瓜灯", "Halloween Pumpkin Lantern"), ("万圣节面具", "Halloween Mask"), ("万圣节蜘蛛网", "Halloween Spider Web"))),
    Department("情人节礼品", "节日用品", "valentine", 0.03, 0.9, 19, (("情人节永生花", "Valentine Preserved Rose"), ("情人节礼盒", "Valentine Gift Box"))),
    Department("凉鞋", "鞋", "sandals", 0.05, 1.0, 38, (("女士凉鞋", "Women Sandals"), ("儿童凉鞋", "Kids Sandals"), ("沙滩凉鞋", "Beach Sandals"))),
    Department("泳装", "服装", "swimwear", 0.04, 1.0, 34, (("连体泳衣", "One Piece Swimwear"), ("男士泳裤", "Swim Trunks"), ("儿童泳衣", "Kids Swimsuit"))),
    Department("羽绒服", "服装", "winter_coats", 0.04, 0.9, 118, (("轻薄羽绒服", "Light Down Jacket"), ("儿童羽绒服", "Kids Down Jacket"))),
    Department("开学用品", "文具", "back_to_school", 0.03, 1.0, 21, (("开学季书包", "Back to School Backpack"), ("开学文具套装", "Back to School Stationery Set"))),
    Department("园艺工具", "家居", "garden", 0.04, 0.8, 23, (("园艺修枝剪", "Garden Pruner"), ("浇花喷壶", "Watering Can"))),
)  # fmt: skip


def season_weights(first_day: date, days: int) -> np.ndarray:
    """One row per season in the order of `SEASONS`, one column per day from `first_day` on."""
    day_of_year = np.array([(first_day + timedelta(d)).timetuple().tm_yday for d in range(days)])
    return np.stack([season.on(day_of_year) for season in SEASONS])


def season_by_week(first_day: date, weeks: int) -> pl.DataFrame:
    """One row per season and week: the mean weight of its seven days.

    >>> season_by_week(date(2026, 11, 16), 1).filter(pl.col("season_name") == "halloween")["weight"].item()
    0.0
    """
    weights = season_weights(first_day, weeks * 7).reshape(len(SEASONS), weeks, 7).mean(axis=2)
    return pl.DataFrame(
        {
            "season_name": np.repeat([season.name for season in SEASONS], weeks),
            "week_start": [first_day + timedelta(7 * w) for w in range(weeks)] * len(SEASONS),
            "weight": weights.ravel().round(4),
        }
    )
