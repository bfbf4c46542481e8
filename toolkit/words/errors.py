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
    # Writing results (OutputError)
    "error.cannot_write": Text(
        "{file}:写不进去({problem}),原来的文件没有动;请检查磁盘空间和文件夹权限后再试。",
        "{file}: cannot be written ({problem}), the old file is untouched; check disk space and folder rights, then try again.",
    ),
    "error.too_many_rows": Text(
        "{sheet}:有 {rows} 行,Excel一张表最多 {limit} 行,多出的会丢,所以没有写;请按店铺或时间分开导出。",
        "{sheet}: {rows} rows, but a sheet holds {limit} and the rest would be lost, so nothing was written; split by store or by time.",
    ),
    "error.text_too_long": Text(
        "{sheet}:「{text}…」有 {length} 个字符,一个单元格最多 {limit} 个,多出的会被截掉,所以没有写;请先缩短这段文字。",
        "{sheet}: \"{text}…\" has {length} characters, but a cell holds {limit} and would cut it, so nothing was written; shorten the text.",
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
}
