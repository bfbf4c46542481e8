"""Errors: one sentence each, with the place, what was found, why it matters and what to do."""

from __future__ import annotations

from toolkit.words import Text

TEXTS: dict[str, Text] = {
    "error.file_missing": Text(
        "{file}:没有这个文件,请检查路径和文件名。",
        "{file}: there is no such file; check the path and the spelling.",
    ),
    "error.settings_not_toml": Text(
        "{file}:不是有效的TOML文件({problem}),设置没有读入;请改正这一行,或删掉文件用默认值。",
        "{file}: not valid TOML ({problem}), so no setting was read; mend that line, or delete the file for the defaults.",
    ),
    "error.settings_value": Text(
        "{file} › {name}:值 {value!r} 不合适({problem});请改成合适的值。",
        "{file} › {name}: the value {value!r} does not fit ({problem}); change it.",
    ),
    "error.settings_unknown": Text(
        "{file} › {name}:没有这个设置,你是不是想写 {near}?",
        "{file} › {name}: there is no such setting; did you mean {near}?",
    ),
    "error.event_days": Text(
        "{file} › events.days › {event}:看不懂 {days!r},活动日期没有读入;每年固定的日子写 06-18 或 11-11..11-13,每年不同的写 2026-09-09..2026-09-11(几年用逗号隔开),不要它就写 off;只有 black_friday 和 chinese_new_year 能写 -7..14(从当天往前往后数几天)。",
        "{file} › events.days › {event}: {days!r} is not understood, so no event days were read; write 06-18 or 11-11..11-13 for the same days every year, 2026-09-09..2026-09-11 for days of one year (several with commas), off for no event; only black_friday and chinese_new_year may be counted from their day: -7..14.",
    ),
    # Writing results (OutputError)
    "error.cannot_write": Text(
        "{file}:写不进去({problem}),原来的文件没有动;请检查磁盘空间和文件夹权限后再试。",
        "{file}: cannot be written ({problem}), the old file is untouched; check disk space and folder rights, then try again.",
    ),
    "error.too_many_rows": Text(
        "{sheet}:有 {rows} 行,Excel一张表最多 {limit} 行,多出的会丢,所以没有写;请按店铺或时间分开导出。",
        "{sheet}: {rows} {rows:row|rows}, but a sheet holds {limit} and the rest would be lost, so nothing was written; split by store or by time.",
    ),
    "error.text_too_long": Text(
        "{sheet}:「{text}…」有 {length} 个字符,一个单元格最多 {limit} 个,多出的会被截掉,所以没有写;请先缩短这段文字。",
        '{sheet}: "{text}…" has {length} characters, but a cell holds {limit} and would cut it, so nothing was written; shorten the text.',
    ),
    "error.number_not_finite": Text(
        "{sheet} › {column}:算出了 {value},不是有效数字,所以没有写;这是程序的错,请把输入文件和这句话发给我们。",
        "{sheet} › {column}: the value {value} is not a number, so nothing was written; this is our mistake, please report it with the files.",
    ),
    "error.number_too_long": Text(
        "{sheet} › {column}:金额 {value} 分超过Excel能准确保存的15位,写了就会变,所以没有写;请检查来源文件里的这个金额。",
        "{sheet} › {column}: {value} hundredths is beyond the 15 digits Excel keeps and would change, so nothing was written; check this amount in its source.",
    ),
    "error.day_too_early": Text(
        "{sheet} › {column}:日期 {value} 早于1900年3月,Excel会显示错,所以没有写;请改正来源文件里的日期。",
        "{sheet} › {column}: the date {value} is before March 1900 and Excel would show another, so nothing was written; mend it in its source.",
    ),
    "error.cell_refused": Text(
        "{sheet} › {cell}:这个单元格没有写成(代码 {code}),内容会不全,所以没有写;请把这句话发给我们。",
        "{sheet} › {cell}: this cell was not taken whole (code {code}), so nothing was written; please report this sentence.",
    ),
    "error.reread_differs": Text(
        "{file} › {sheet} › {cell}:写入的是 {meant!r},读回来却是 {found!r},这个文件不可信,所以没有保存;请把这句话发给我们。",
        "{file} › {sheet} › {cell}: meant {meant!r} but it reads {found!r}, so the file cannot be trusted and was not saved; please report this sentence.",
    ),
    "error.file_not_open": Text(
        "{file}:打不开({problem}),可能正被别的程序使用;请关闭它再运行。",
        "{file}: cannot be opened ({problem}), perhaps another program holds it; close it and run again.",
    ),
    "error.store_missing": Text(
        '{folder}:这里没有店铺文件夹(缺 toolkit.toml);请检查路径,新建请运行 toolkit init "{folder}"',
        '{folder}: this is not a store folder (no toolkit.toml); check the path, or make one: toolkit init "{folder}"',
    ),
    "error.reconcile_mixed": Text(
        "{file}:店铺文件夹和单个文件不能混在一起对账;请把文件放进店铺的 inbox,几家店共用的放进 _共用,再运行一次。",
        "{file}: store folders and single files cannot be reconciled together; put the file into the store's inbox, "
        "or into _共用 when stores share it, and run again.",
    ),
    "error.reconcile_nothing": Text(
        "{folder}:没有符合的店铺文件夹或文件,没法对账;请检查路径。",
        "{folder}: no store folder or file is called so, and nothing can be reconciled; check the path.",
    ),
    "error.store_no_day": Text(
        "{folder}:还没有哪个文件写明日期,不知道数据到哪天;请把导出文件放进 inbox,或在商品表里填数据日期,也可以用 --as-of 指定。",
        "{folder}: no file states a day, so it is not known up to when the data goes; put exports into inbox, "
        "fill in the data date of the product sheet, or say it with --as-of.",
    ),
    "error.store_locked": Text(
        "{file}:另一次运行正在使用这个店铺(电脑 {host},进程 {pid}),两次同时写会写乱;请等它结束,确定没有在运行就删掉这个文件。",
        "{file}: another run is using this store (computer {host}, process {pid}) and two at once would mix their results; "
        "wait for it, or delete this file if nothing is running.",
    ),
    "error.store_not_written": Text(
        "{file}:写不进店铺文件夹({problem});请检查磁盘空间和权限,或先关闭打开的文件。",
        "{file}: cannot be written into the store folder ({problem}); check disk space and rights, or close the file first.",
    ),
    "error.history_not_written": Text(
        "{file}:内容存不进 history 文件夹({problem}),原来的数据没动;请检查磁盘空间和权限后再运行。",
        "{file}: cannot be kept in the history folder ({problem}), what was there is untouched; "
        "check disk space and rights, then run again.",
    ),
    "error.history_record_broken": Text(
        "{file}:历史记录损坏,读不出是哪个文件;请删掉整个 history 文件夹再运行,会从 inbox 里的文件重新建立。",
        "{file}: this history record is damaged and does not say which file it was; delete the whole history folder "
        "and run again, it is rebuilt from the files in inbox.",
    ),
    "error.history_outdated": Text(
        "history › {file}:这份历史是另一个版本的工具存的,现在读不了,而 inbox 里已经没有原文件;"
        "请把原文件放回 inbox,或者删掉 history 文件夹(这个文件的数据就没有了)。",
        "history › {file}: kept by another version of the tool and not readable now, and the file is no longer in inbox; "
        "put the file back into inbox, or delete the history folder (what this file told is then lost).",
    ),
    "error.id_breaks_line": Text(
        "编号 {value!r} 里有分号、空格或是空的,粘贴时会变成别的编号,所以没有写;请改正商品表里的这个编号。",
        "the id {value!r} is empty or holds a semicolon or white space and would be pasted as another, so nothing was written; mend it in the product sheet.",
    ),
    "error.sample_size": Text(
        "要 {products} 个商品、{weeks} 周、到 {last_day} 为止的示例店铺做不出来:至少1个商品、8周,最后一天要是星期日;请改参数。",
        "A sample of {products} {products:product|products} and {weeks} {weeks:week|weeks} until {last_day} cannot be made: it takes a product, 8 weeks and a last day that is a Sunday; change the options.",
    ),
    "error.sample_folder_full": Text(
        "{folder}:这个文件夹已经有东西了,示例店铺不和别的文件混在一起,所以没有写;请换一个新文件夹。",
        "{folder}: this folder is not empty, and a sample is never mixed with other files, so nothing was written; name a new folder.",
    ),
    # Reading files
    "error.file_is_folder": Text(
        "{file}:这是文件夹,这里要一个文件;请写文件夹里的那个文件。",
        "{file}: this is a folder, and a file is needed here; name the file in it.",
    ),
    "error.file_empty": Text(
        "{file}:文件是空的(0字节或没有内容),请重新下载。",
        "{file}: the file is empty; download it again.",
    ),
    "error.file_lock": Text(
        "{file}:这是Excel打开文件时留下的临时文件,不是数据;请关掉Excel,选名字不带~$的那个文件。",
        "{file}: this is the lock file Excel leaves beside an open workbook, not data; close Excel and choose the file without ~$.",
    ),
    "error.file_unfinished": Text(
        "{file}:下载还没完成(临时文件);请等下载完再试。",
        "{file}: the download is not finished; wait for it and try again.",
    ),
    "error.file_cut": Text(
        "{file}:压缩包在中间断了(没下载完整),里面的内容不能信;请重新下载。",
        "{file}: the file stops in the middle (half a download), so nothing in it can be trusted; download it again.",
    ),
    "error.file_password": Text(
        "{file}:文件有密码,打不开;请在Excel或压缩软件里去掉密码再试。",
        "{file}: protected by a password, so it cannot be read; remove the password and try again.",
    ),
    "error.file_web_page": Text(
        "{file}:这是网页(标题:{title}),不是导出文件,多半是登录过期;请重新登录后再下载。",
        "{file}: this is a web page (title: {title}), not an export, most likely because the login had expired; log in and download again.",
    ),
    "error.file_other_kind": Text(
        "{file}:这是{kind}文件,不是能读的表格;请另存为xlsx或csv再试。",
        "{file}: this is a {kind} file, not a table this tool reads; save it as xlsx or csv and try again.",
    ),
    "error.file_binary": Text(
        "{file}:文件里有二进制内容,不是文本表格;请从来源重新导出xlsx或csv。",
        "{file}: holds binary content, not a table of text; export it again as xlsx or csv.",
    ),
    "error.file_too_large": Text(
        "{file}:展开后约{size} MiB,超过上限,为防止内存耗尽没有读;请分成几个文件导出。",
        "{file}: about {size} MiB unpacked, more than the limit, so it was not read to keep memory safe; export it in parts.",
    ),
    "error.file_unreadable": Text(
        "{file}:打不开({problem});请检查文件权限,或关掉正在用它的程序。",
        "{file}: cannot be opened ({problem}); check its permissions or close the program that uses it.",
    ),
    "error.zip_too_many": Text(
        "{file}:压缩包里有{count}个文件,太多了,没有读;请只压缩要用的导出文件。",
        "{file}: the archive holds {count} entries, too many, so it was not read; pack only the exports you need.",
    ),
    "error.zip_bomb": Text(
        "{file}:压缩比不正常(展开后约{size} MiB),可能是恶意文件,没有读;请从来源重新下载。",
        "{file}: packed too tightly to be an honest export (about {size} MiB unpacked), so it was not read; download it again from its source.",
    ),
    "error.archive_nested": Text(
        "{file}:压缩包里还有压缩包,不往里读;请先解压,再放进来。",
        "{file}: an archive inside an archive is not opened; unpack it first.",
    ),
    "error.sheet_too_wide": Text(
        "{file} › {sheet}:单元格铺到了第{rows}行、第{columns}列,多半是误填在角落里的一格;请删掉多余的行列,另存后再试。",
        "{file} › {sheet}: its cells reach row {rows} and column {columns}, most likely one stray cell in a far corner; delete the extra rows and columns, save and try again.",
    ),
    "error.workbook_broken": Text(
        "{file}:Excel文件坏了,读不出来;请用Excel打开后另存为xlsx,或重新下载。",
        "{file}: the workbook is broken and cannot be read; open it in Excel and save it as xlsx, or download it again.",
    ),
    "error.encoding_unknown": Text(
        "{file}:文字编码既不是UTF-8也不是GBK/GB18030,会读成乱码,所以没有读;请用“CSV UTF-8”另存。",
        "{file}: its text is neither UTF-8 nor GB18030 and would come out garbled, so it was not read; save it as CSV UTF-8.",
    ),
    "error.csv_quotes": Text(
        "{file} › 第{row}行:这里有一个引号没有成对,后面的行会被吞掉,所以没有读;请改正这一行的引号,或存成xlsx。",
        "{file} › row {row}: a quote here is never closed and would swallow the rows after it, so the file was not read; mend that quote or save the file as xlsx.",
    ),
    "error.csv_broken": Text(
        "{file}:文本表格的格式坏了({problem}),没有读;请重新导出,或存成xlsx。",
        "{file}: the text table is broken ({problem}), so it was not read; export it again or save it as xlsx.",
    ),
    "error.json_broken": Text(
        "{file}:不是完整的JSON({problem}),没有读;请重新保存接口返回的内容。",
        "{file}: not complete JSON ({problem}), so it was not read; save the interface's answer again.",
    ),
    "error.json_no_records": Text(
        "{file}:JSON里没有任何记录,没有可读的内容;请确认保存的是接口返回的列表。",
        "{file}: the JSON holds no records, so there is nothing to read; check that you saved the interface's list.",
    ),
    "error.source_ambiguous": Text(
        "{place}:既像“{first}”又像“{second}”,分不清就会算错;请把表头改得更明确,或删掉多余的列。",
        "{place}: fits both “{first}” and “{second}”, and guessing would give wrong figures; make the headers clearer or remove columns that do not belong.",
    ),
    "error.file_unrecognised": Text(
        "{file}:没有一张表认得出来(看到的表头:{headers});请检查是不是选错了文件,或用 toolkit check 看认得的表头。",
        "{file}: no sheet of it is of a known kind (headers seen: {headers}); check that it is the right file, or see toolkit check.",
    ),
    "error.file_not_wanted": Text(
        "{file}:这是“{found}”,不是{wanted};请换成对的文件。",
        "{file}: this is “{found}”, not {wanted}; choose the right file.",
    ),
    "error.frame_not_wanted": Text(
        "传入的表里没有{wanted}需要的列(看到:{headers});请用导出文件原来的表头。",
        "The table given lacks the columns of {wanted} (seen: {headers}); keep the headers of the export.",
    ),
    "error.frame_columns_twice": Text(
        "传入的表里有同名的列:{names},分不清该读哪一列;请改名或去掉一列。",
        "The table given has two columns of one name ({names}), so it is not clear which to read; rename one or drop it.",
    ),
    "error.frame_kind": Text(
        "不认识的表格类型{kind};请传入pandas或polars的DataFrame,或文件路径。",
        "{kind} is not a table this tool knows; pass a pandas or polars DataFrame, or a path.",
    ),
    "error.column_map_not_toml": Text(
        "{file}:不是有效的TOML文件({problem}),列对照没有读入;请改正这一行,或改用列对照.xlsx。",
        "{file}: not valid TOML ({problem}), so no caption was read; mend that line, or use 列对照.xlsx.",
    ),
    "error.column_map_kind": Text(
        "{file}:没有“{found}”这种文件,这一行没法用;你是不是想写 {near}?",
        "{file}: there is no kind of file called “{found}”, so this line means nothing; did you mean {near}?",
    ),
    "error.column_map_column": Text(
        "{file}:{source} 没有“{found}”这一列,这一行没法用;你是不是想写 {near}?",
        "{file}: {source} has no column “{found}”, so this line means nothing; did you mean {near}?",
    ),
    "error.folder_empty": Text(
        "{folder}:文件夹里没有可以看的文件,请先把导出文件放进去。",
        "{folder}: holds no file to look at; put exports into it first.",
    ),
    "error.folder_missing": Text(
        "{folder}:没有这个文件夹,请检查路径。",
        "{folder}: there is no such folder; check the path.",
    ),
    # Backtest (DataError)
    "error.backtest_too_short": Text(
        "销售记录:只有 {have} 周,回测至少要 {need} 周,太短就算不出过去准不准;请补上更早的订单或周销量文件。",
        "sales history: {have} {have:week|weeks}, but a backtest needs {need} and says nothing reliable on fewer; add older order or weekly files.",
    ),
    "error.score_nothing": Text(
        "没有给任何文件或表,没法打分;至少给订单、商品表、库存、期间销量里的一个。",
        "Nothing was given to score; give at least one of orders, catalog, stock or sales.",
    ),
    "error.as_of_not_a_day": Text(
        "as_of 写的是 {value!r},不是日期,不知道按哪天判断;请写成 2026-11-22 这样。",
        "as_of is {value!r}, which is not a day, so nothing can be judged; write it like 2026-11-22.",
    ),
    "error.horizon_not_weeks": Text(
        "horizons 里写了 {value!r},不知道要往后看多少周;请写1到{most}之间的整数,例如 (8, 13, 26)。",
        "horizons holds {value!r}, so how many weeks to look ahead is not known; write whole numbers from 1 to {most}, such as (8, 13, 26).",
    ),
    "error.as_of_unknown": Text(
        "没有一份文件写明日期,不知道按哪天判断;请用 as_of(命令行是 --as-of)指定,例如 2026-11-22。",
        "No file states any day, so it is not known which day to judge by; give as_of (on the command line --as-of), for example 2026-11-22.",
    ),
    "error.product_unknown": Text(
        "{count} 个商品里没有 {product},所以没法解释;是不是想看 {near}?",
        "{product} is not among the {count} {count:product|products}, so there is nothing to explain; did you mean {near}?",
    ),
    "error.ending_not_xlsx": Text(
        "{file}:下架清单是Excel文件,名字要以 .xlsx 结尾,所以没有写;请改名字,只要数据的话用 write。",
        "{file}: the delist workbook is an Excel file and its name must end in .xlsx, so nothing was written; change the name, or use write for the data alone.",
    ),
    "error.ending_unknown": Text(
        "{file}:只会写 .xlsx、.csv 和 .parquet,没有写出任何东西;请换一个结尾。",
        "{file}: only .xlsx, .csv and .parquet can be written, so nothing was; use one of these endings.",
    ),
    # Working days (DataError, SettingsError)
    "error.workdays_range": Text(
        "{day}:工作日只能算 {first}–{last} 年,超出就没有依据;请检查这个日期。",
        "{day}: working days can be counted from {first} to {last} only, there is no basis beyond; check this date.",
    ),
    "error.workdays_gap": Text(
        "工作日:加了 {last} 年,但缺 {year} 年的放假安排,中间就数不准,所以都没有用;请把 {year} 年也加上。",
        "Working days: {last} was added but the notice for {year} is missing, so days between cannot be counted and none was used; add {year} too.",
    ),
    "error.workdays_value": Text(
        "{file}:看不懂 {value!r},放假安排没有读入;请写成 [2027] 下面 holidays 和 make_up,日期写 2027-01-01 或 2027-02-05..2027-02-12。",
        "{file}: {value!r} is not understood, so no holidays were read; write [2027] with holidays and make_up, days as 2027-01-01 or 2027-02-05..2027-02-12.",
    ),
    "error.workdays_not_a_weekend": Text(
        "{file}:{day} 写在 make_up(补班)里,但它不是周六或周日,补班只会在周末,所以没有读入;请检查日期。",
        "{file}: {day} is listed under make_up but is no Saturday or Sunday, and only weekends are made up, so nothing was read; check the day.",
    ),
    "error.rule_refused": Text(
        "{file} › {rule}:{problem},所以你的规则都没有用上;请改正这一条。",
        "{file} › {rule}: {problem}, so none of your rules were used; mend this one.",
    ),
    "error.rule_cell_refused": Text(
        "{place} › {cell}:{problem},所以你的规则都没有用上;请改正这一格。",
        "{place} › {cell}: {problem}, so none of your rules were used; mend this cell.",
    ),
    "error.rule_sheet_no_header": Text(
        "{file}:没有一张表同时有「编号」和「类别」两个表头,看不出哪里是规则,所以你的规则都没有用上;请照 toolkit init 写出的表填。",
        "{file}: no sheet has both headers 编号 and 类别, so your rules cannot be told and none were used; fill in the sheet that toolkit init writes.",
    ),
    "error.match_id": Text(
        "对账的一侧:编号 {id} 没有写或出现两次,同一笔钱会被算两次,所以没有对账;请给每一行一个不同的编号。",
        "One side of the match: the id {id} is missing or stands twice and its money would count twice, so nothing was matched; give each row an id of its own.",
    ),
}
