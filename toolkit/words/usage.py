"""What was typed wrong on the command line."""

from __future__ import annotations

from toolkit.words import Text

TEXTS: dict[str, Text] = {
    "usage.day": Text(
        "{name}:「{value}」不是日期,所以没有运行;请写成 2026-11-22 这样。用法见 {help}",
        "{name}: “{value}” is not a day, so nothing was run; write it like 2026-11-22. See {help}",
    ),
    "usage.moment": Text(
        "{name}:「{value}」不是日期,所以没有运行;请写成 2026-11-22 或 2026-11-22T15:30 这样。用法见 {help}",
        "{name}: “{value}” is not a day, so nothing was run; write it like 2026-11-22 or 2026-11-22T15:30. See {help}",
    ),
    "usage.choice": Text(
        "{name}:没有「{value}」这个选择,所以没有运行;可以写:{choices}。用法见 {help}",
        "{name}: there is no choice “{value}”, so nothing was run; choose among {choices}. See {help}",
    ),
    "usage.whole": Text(
        "{name}:「{value}」不是整数,所以没有运行;请写一个整数。用法见 {help}",
        "{name}: “{value}” is not a whole number, so nothing was run; write one. See {help}",
    ),
    "usage.least": Text(
        "{name}:{value} 太小,所以没有运行;至少要 {least}。用法见 {help}",
        "{name}: {value} is too small, so nothing was run; it takes at least {least}. See {help}",
    ),
    "usage.missing": Text(
        "{name}:没有写,缺了它不能运行;请补上。用法见 {help}",
        "{name}: is missing, and nothing can be run without it; add it. See {help}",
    ),
    "usage.option_value": Text(
        "{name}:后面缺一个值,或者不该带值,所以没有运行;请检查。用法见 {help}",
        "{name}: lacks its value, or has one it cannot take, so nothing was run; check it. See {help}",
    ),
    "usage.option": Text(
        "{name}:没有这个选项,所以没有运行;请检查拼写。用法见 {help}",
        "{name}: there is no such option, so nothing was run; check the spelling. See {help}",
    ),
    "usage.option_near": Text(
        "{name}:没有这个选项,所以没有运行;是不是想写 {near}?用法见 {help}",
        "{name}: there is no such option, so nothing was run; did you mean {near}? See {help}",
    ),
    "usage.command": Text(
        "{name}:没有这个命令,所以没有运行;请检查拼写。用法见 {help}",
        "{name}: there is no such command, so nothing was run; check the spelling. See {help}",
    ),
    "usage.command_near": Text(
        "{name}:没有这个命令,所以没有运行;是不是想写 {near}?用法见 {help}",
        "{name}: there is no such command, so nothing was run; did you mean {near}? See {help}",
    ),
    "usage.extra": Text(
        "{words}:多出来了,所以没有运行;路径里有空格的话,请用英文引号把整个路径括起来。用法见 {help}",
        "{words}: not expected here, so nothing was run; put a path with blanks between quotation marks. See {help}",
    ),
    "usage.other": Text(
        "命令写得不对({problem}),所以没有运行。用法见 {help}",
        "The command is not right ({problem}), so nothing was run. See {help}",
    ),
}
