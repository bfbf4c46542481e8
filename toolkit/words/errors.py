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
}
