"""待确认文件.txt: the files that look like another store's, and what the user says of each.

A file set aside is asked about once, on a line of its own in this text file; the answer is typed over its question
mark and stays there. The answer belongs to the bytes of the file, under whatever name they come again, and outlives the
history, which can be deleted and rebuilt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toolkit.errors import StoreError
from toolkit.export.into_place import text_into_place
from toolkit.words import Lang, Text, say

__all__ = ["ASKED_NAME", "Asked"]

ASKED_NAME = "待确认文件.txt"
_LINE = re.compile(r"^\s*(\S+)\s.*\[([0-9a-f]{16})\]\s*(.*)$")
_YES = {"是", "是的", "本店", "yes", "y", "√", "✓", "ok", "1"}
_NO = {"不是", "否", "不", "no", "n", "×", "x", "0"}
Answer = Literal["yes", "no", "open"]


@dataclass(frozen=True)
class Asked:
    """The questions of one store's folder and their answers.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     asked = Asked(Path(folder))
    ...     asked.ask("orders.csv", "ab" * 32, Text("没有本店商品", "none of its products"), "en")
    ...     asked.answer("ab" * 32), asked.answer("cd" * 32)
    ('open', None)
    """

    folder: Path

    @property
    def path(self) -> Path:
        """The text file."""
        return self.folder / ASKED_NAME

    def answer(self, sha256: str) -> Answer | None:
        """What was said of the file with these bytes: open while it was only asked, None when it never was."""
        return self._answers().get(sha256[:16])

    def reason(self, sha256: str) -> str:
        """Why it was asked, in the words it was asked in."""
        found = (_LINE.match(line) for line in self._text().splitlines())
        return next((line[3] for line in found if line and line[2] == sha256[:16]), "")

    def ask(self, file: str, sha256: str, why: Text, lang: Lang) -> None:
        """Add a question; one that was asked before is not asked again.

        Raises:
            StoreError: the file cannot be written.
        """
        if self.answer(sha256) is None:
            self._write([*self._lines(lang), f"?  {file}  [{sha256[:16]}]  {why.in_(lang)}"])

    def taken(self, file: str, sha256: str, why: Text, lang: Lang) -> None:
        """Write down that a file was taken for this store's own, where that can be taken back; an answer stays.

        Raises:
            StoreError: the file cannot be written.
        """
        if self.answer(sha256) is None:
            self._write([*self._lines(lang), f"{say('asked.yes', lang)}  {file}  [{sha256[:16]}]  {why.in_(lang)}"])

    def accept(self, file: str, sha256: str, lang: Lang) -> None:
        """Say that a file is this store's own.

        Raises:
            StoreError: the file cannot be written.
        """
        yes, lines = say("asked.yes", lang), self._lines(lang)
        found = [_LINE.match(line) for line in lines]
        at = [n for n, line in enumerate(found) if line and line[2] == sha256[:16]]
        for n in at:
            lines[n] = re.sub(r"\S+", yes, lines[n], count=1)
        self._write(lines if at else [*lines, f"{yes}  {file}  [{sha256[:16]}]"])

    def _answers(self) -> dict[str, Answer]:
        found = (_LINE.match(line) for line in self._text().splitlines())
        return {line[2]: _meant(line[1]) for line in found if line}

    def _lines(self, lang: Lang) -> list[str]:
        return self._text().splitlines() or say("asked.head", lang).splitlines()

    def _text(self) -> str:
        """The file as it is; older Notepads save in the code page of the country."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise StoreError("store_not_written", file=ASKED_NAME, problem=error.strerror or str(error)) from error
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            return raw.decode("gb18030", errors="replace")

    def _write(self, lines: Iterable[str]) -> None:
        written = text_into_place(self.path, "\n".join(lines) + "\n")
        if written != self.path:
            # Beside its name the next run would not find it.
            written.unlink(missing_ok=True)
            raise StoreError("store_not_written", file=ASKED_NAME, problem=say("asked.in_use"))


def _meant(word: str) -> Answer:
    word = word.casefold()
    return "yes" if word in _YES else "no" if word in _NO else "open"
