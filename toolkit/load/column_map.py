"""What a user's files call our columns: the captions no public document tells, added by the person who sees them.

The captions of the platform's own 保证金 bill, and of its release and refund downloads, are not public. Whoever holds
such a file writes three cells into 列对照.xlsx (which kind of file, which of our columns, what stands over it), or the
same into a TOML file, and the file is read like any other. This works for every kind of file; a caption written here
goes before the names that are known, and stops meaning anything else in that kind of file.

    [deposit_bill]
    booked_at = "记账日期"
    stated_fen = ["变动金额", "变动额"]
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from toolkit.errors import InputError, SettingsError
from toolkit.load.fields import Field
from toolkit.load.recognize import normal
from toolkit.load.source import Source
from toolkit.load.text_frame import read_sheets
from toolkit.load.text_sheet import TextSheet
from toolkit.words import LANGS, say
from toolkit.words.columns import COLUMNS

__all__ = ["MAP_NAMES", "with_column_map"]

MAP_NAMES = ("列对照.xlsx", "列对照.toml", "columns.toml")
"""What such a file is called in a store folder."""

_KIND, _OURS, _CAPTION = ("文件类型", "kind of file"), ("我们的列", "our column"), ("文件里的表头", "caption")
Line = tuple[str, str, str]


def with_column_map(sources: Sequence[Source], path: Path) -> tuple[Source, ...]:
    """The sources, each knowing the captions that the file at `path` states for it.

    Raises:
        InputError: the file cannot be read.
        SettingsError: it names a kind of file or a column that there is not.
    """
    known = {source.name: source for source in sources}
    for kind, ours, caption in _lines(path):
        source = known[_source_named(kind, sources, path)]
        known[source.name] = _captioned(source, _column_named(ours, source, path), caption)
    return tuple(known.values())


def _lines(path: Path) -> list[Line]:
    """Kind of file, our column, caption: one line each, with what is not filled in left out."""
    if path.suffix == ".toml":
        return _toml_lines(path)
    return [line for sheet in read_sheets(path) if not sheet.is_hidden for line in _sheet_lines(sheet)]


def _toml_lines(path: Path) -> list[Line]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise InputError("column_map_not_toml", file=path.name, problem=str(error)) from error
    lines: list[Line] = []
    for kind, columns in told.items():
        for ours, captions in columns.items() if isinstance(columns, dict) else ():
            lines += [(kind, ours, str(one)) for one in ([captions] if isinstance(captions, str) else captions)]
    return lines


def _sheet_lines(sheet: TextSheet) -> list[Line]:
    rows = sheet.rows.select(f"c{n}" for n in range(sheet.width)).collect().rows()
    for at, header in enumerate(rows):
        places = [_place(header, names) for names in (_KIND, _OURS, _CAPTION)]
        if None not in places:
            cells = [
                tuple((row[place] or "").strip() for place in places if place is not None) for row in rows[at + 1 :]
            ]
            return [(kind, ours, caption) for kind, ours, caption in cells if kind and ours and caption]
    return []


def _place(header: Sequence[str | None], names: tuple[str, ...]) -> int | None:
    wanted = {normal(name) for name in names}
    return next((n for n, cell in enumerate(header) if normal(cell or "") in wanted), None)


def _source_named(kind: str, sources: Iterable[Source], path: Path) -> str:
    """A source by its key or by what it is called in either language."""
    names = {
        normal(called): source.name
        for source in sources
        for called in (source.name, *(say(f"source.{source.name}", lang) for lang in LANGS))
    }
    if normal(kind) not in names:
        raise SettingsError("column_map_kind", file=path.name, found=kind, near=_near(normal(kind), names))
    return names[normal(kind)]


def _column_named(ours: str, source: Source, path: Path) -> str:
    """A column by its key, its title in either language, or a caption already known for it."""
    names: dict[str, str] = {}
    for field in source.fields:
        titles = COLUMNS[field.column].title if field.column in COLUMNS else ()
        for called in (field.column, *titles, *field.headers):
            names.setdefault(normal(called), field.column)
    if normal(ours) not in names:
        near = _near(normal(ours), names)
        raise SettingsError("column_map_column", file=path.name, source=source.name, found=ours, near=near)
    return names[normal(ours)]


def _near(name: str, names: Mapping[str, str]) -> str:
    found = difflib.get_close_matches(name, names, 1, 0)
    return names[found[0]] if found else ""


def _captioned(source: Source, column: str, caption: str) -> Source:
    """The source with the caption first among the column's, and no longer among any other's."""

    def told(field: Field) -> Field:
        others = tuple(header for header in field.headers if normal(header) != normal(caption))
        return replace(field, headers=(caption, *others) if field.column == column else others)

    return replace(source, fields=tuple(told(field) for field in source.fields))
