"""Lines of ids: whole, in order, at most fifty a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import OutputError
from toolkit.export.id_lines import id_lines, write_id_lines


@given(st.lists(st.from_regex(r"[0-9]{10,19}", fullmatch=True), max_size=160))
def test_no_id_is_lost_or_changed_and_no_line_is_longer_than_fifty(ids: list[str]) -> None:
    lines = [line.split(";") for line in id_lines(ids).splitlines()]
    assert [product_id for line in lines for product_id in line] == ids
    assert all(len(line) == 50 for line in lines[:-1])
    assert all(1 <= len(line) <= 50 for line in lines)


@pytest.mark.parametrize("bad", ["", "1005;1006", "1005 1006", "1005\n1006", "1005\u3000"])
def test_an_id_that_would_be_pasted_as_another_is_refused(bad: str) -> None:
    with pytest.raises(OutputError, match="编号"):
        id_lines(["1005006123456789", bad])


def test_the_file_is_plain_so_that_nothing_sticks_to_the_first_id(tmp_path: Path) -> None:
    path = write_id_lines(tmp_path / "ids.txt", ["1005006123456789", "1005006123456790"])
    assert path.read_bytes() == b"1005006123456789;1005006123456790\r\n"
