"""Whose file is this: what gives another store's file away, and how it is asked about."""

from __future__ import annotations

from toolkit.words import Text

TEXTS: dict[str, Text] = {
    "whose.products": Text(
        "里面{products}个商品,本店知道{known}个商品,相同的只有{shared}个",
        "of its {products} {products:product|products} and the {known} this store knows, {shared} are the same",
    ),
    "whose.name": Text(
        "文件里写的店铺是「{found}」,本店是「{own}」", "it names the store “{found}”, this one is “{own}”"
    ),
    "whose.several": Text(
        "文件里有{count}家店的数据,除了本店还有「{found}」(本店是「{own}」)",
        "it holds {count} {count:store|stores}, among them “{found}” (this one is “{own}”)",
    ),
    "whose.first": Text(
        "里面{products}个商品,一起放进来的 {others} 里有{known}个商品,相同的只有{shared}个",
        "of its {products} {products:product|products} and the {known} in {others}, which came with it, {shared} are the same",
    ),
    "whose.first_names": Text(
        "文件里写的店铺是「{found}」,一起放进来的 {others} 写的是「{own}」",
        "it names the store “{found}”, while {others}, which came with it, names “{own}”",
    ),
    "asked.taken": Text(
        "和上面带 ? 的对不上,先当作本店的读入了;不是本店的,把行首改成 不是",
        "does not go with those marked ? and was taken for this store's; if it is not, change its first word into no",
    ),
    "asked.yes": Text("是", "yes"),
    "asked.in_use": Text("文件正被别的程序打开", "another program has it open"),
    "asked.head": Text(
        """下面的文件看起来是别的店的,整份没有读入,不影响其他文件。
是本店的,把行首的 ? 改成 是,下次运行就读入;不是本店的,改成 不是,以后不再提。方括号里的编号请不要动。
""",
        """These files look like another store's, and were not read; the others were.
If one is this store's, change its ? into yes and it is read in the next run; if not, into no and it is not mentioned again.
Please leave the number in brackets.
""",
    ),
    "error.file_other_store": Text(
        "{file}:看起来是别的店的({why}),整份没有读入;是本店的,请把 待确认文件.txt 里这一行的 ? 改成 是,再运行一次。",
        "{file}: looks like another store's ({why}), so nothing of it was read; if it is this store's, change its ? into "
        "yes in 待确认文件.txt and run again.",
    ),
    "error.accept_unknown": Text(
        "{file}:inbox 里没有这个文件,没法确认;请检查文件名。",
        "{file}: there is no such file in inbox, so nothing was accepted; check the name.",
    ),
    "store.file_declined": Text(
        "{file}:你说过不是本店的,没有读入。", "{file}: not read, as you said it is not this store's."
    ),
    "store.file_corrected": Text(
        "{file}:这份表代替了以前的内容,整份按现在的算;以前有、现在没有的行:{gone}。",
        "{file}: this list took the place of what it was, as a whole; rows it had and no longer has: {gone}.",
    ),
    "problem.file_other_store": Text("看起来是别的店的文件", "looks like another store's file"),
    "undecided.other_store": Text(
        "{file}看起来是别的店的({why}),没算在内;是本店的就在 待确认文件.txt 里把 ? 改成 是",
        "{file} looks like another store's ({why}) and is left out; if it is yours, change its ? into yes in 待确认文件.txt",
    ),
    "setting.other_store.min_products": Text(
        "文件和本店都至少有多少个商品,才看得出是不是别的店的(个)",
        "products a file and the store must both have before the file can look like another store's",
    ),
    "setting.other_store.max_known_share": Text(
        "相同商品占较少一方不超过多少,就当作别的店的文件(比例)",
        "share of common products, of whoever has fewer, up to which a file counts as another store's",
    ),
    "cli.option.accept": Text(
        "inbox 里的这个文件是本店的(看起来像别的店时用)",
        "this file of inbox is the store's own, though it looks like another's",
    ),
}
