"""What the command line says."""

from __future__ import annotations

from toolkit.words import Text

TEXTS: dict[str, Text] = {
    "cli.toolkit": Text(
        "速卖通全托管卖家的每周工具:读导出文件,说哪些商品该下架、为什么、到什么时候。",
        "Weekly work of a fully-managed AliExpress seller: reads exports, says what to take off sale, why and until when.",
    ),
    "cli.init": Text(
        "新建一个店铺文件夹,里面有要填的表和每周运行的按钮。", "Make a store folder with fillable sheets."
    ),
    "cli.init.next": Text(
        "好了。把下载的文件放进 {folder}/inbox/,然后运行:toolkit weekly {folder}",
        "Done. Put your downloads into {folder}/inbox/, then run: toolkit weekly {folder}",
    ),
    "cli.weekly": Text(
        "读店铺文件夹里的新文件,写出本周的下架清单。", "Read a store's new files and write this week's delist workbook."
    ),
    "cli.score": Text("不用店铺文件夹,直接给文件打分。", "Score products from files, without a store folder."),
    "cli.check": Text(
        "这是什么文件?读到几行,放一边几行,拒绝几行,为什么。",
        "What is this file? Rows kept, set aside, rejected, and why.",
    ),
    "cli.sample": Text("生成一个虚构的店铺来试用。", "Generate an invented store to try things on."),
    "cli.files_written": Text("写好的文件在 {folder}:", "Files written to {folder}:"),
    "cli.option.lang": Text("语言", "language"),
    "cli.option.as_of": Text(
        "截至哪天(不写=数据里最新的一天)", "as of which day (default: the latest day in the data)"
    ),
    "cli.option.orders": Text("订单文件", "order lines"),
    "cli.option.catalog": Text("商品表", "product list"),
    "cli.option.stock": Text("库存表", "stock"),
    "cli.option.sales": Text("期间销量文件(汇总指标)", "period sales export"),
    "cli.option.policy": Text("政策名单", "policy list"),
    "cli.option.out": Text(
        "结果文件:.xlsx、.csv 或 .parquet", "result file: .xlsx, .csv or .parquet, by its ending"
    ),
}
