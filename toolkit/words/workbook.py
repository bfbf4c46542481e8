"""What a workbook says around its tables: sheet names, notes, drop-down words, the note for the boss."""

from __future__ import annotations

from toolkit.words import Text

TEXTS: dict[str, Text] = {
    "workbook.True": Text("是", "yes"),
    "workbook.False": Text("否", "no"),
    "workbook.pick_one": Text("请从下拉里选一个,或留空。", "Pick one from the list, or leave it blank."),
}
