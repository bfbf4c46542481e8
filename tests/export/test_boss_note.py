"""The conclusion: first line enough on its own, ten lines at most, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.export.reports import report
from toolkit.decide.slots import Slots
from toolkit.decide.summary import Note, Summary
from toolkit.export.boss_note import boss_note, score_note, write_boss_note
from toolkit.words import LANGS, Lang


@pytest.fixture(scope="module")
def summary() -> Summary:
    return replace(
        report().summary,
        suggested=23,
        by_reason={"POLICY": 3, "SEASON": 6, "SLOW": 14},
        held=9,
        held_by_guard={"inbound": 5, "season_coming": 4},
        slots=Slots(limit=3000, on_sale=2800, in_review=46, unknown=0),
        freed_slots=23,
    )


def test_the_first_line_is_the_conclusion(summary: Summary) -> None:
    first, second, *_ = boss_note(summary).splitlines()
    assert (
        first == "本周结论(数据截至11月22日):建议下架23个:政策必下3、换季6、滞销14;另有9个先别动(有在途5、快到旺季4)。"
    )
    assert second == "名额 2,846/3,000,还能上154个,照清单下完再空出23个。"


def test_english_says_the_same(summary: Summary) -> None:
    first, second, *_ = boss_note(summary, "en").splitlines()
    assert first == (
        "This week (data up to 2026-11-22): take 23 off sale: policy (must go) 3, season over 6, slow 14; "
        "leave 9 more alone (goods on their way 5, season coming 4)."
    )
    assert second == "Listing slots 2,846/3,000, 154 free, 23 more once the list is done."


@pytest.mark.parametrize("lang", LANGS)
def test_it_never_has_more_than_ten_lines_and_drops_no_task(summary: Summary, lang: Lang) -> None:
    todo = tuple(Note("todo.delist", {"products": n}) for n in range(101, 109))
    unsure = tuple(Note("undecided.stock", {"products": n, "of": 40}) for n in range(1, 9))
    note = boss_note(replace(summary, todo=todo, undecided=unsure), lang)
    assert len(note.splitlines()) <= 10
    assert all(str(n) in note for n in range(101, 109))


def test_a_week_without_advice_says_so_in_one_breath(summary: Summary) -> None:
    quiet = replace(
        summary,
        suggested=0,
        by_reason={},
        held=0,
        held_by_guard={},
        freed_slots=0,
        todo=(),
        undecided=(),
        assumptions=(),
    )
    assert boss_note(quiet).splitlines() == [
        "本周结论(数据截至11月22日):没有要下架的商品。",
        "名额 2,846/3,000,还能上154个。",
        "今天没有要做的。",
    ]


def test_more_than_three_guards_are_cut_visibly(summary: Summary) -> None:
    guards = {"inbound": 4, "new_product": 3, "in_review": 2, "protected": 1}
    assert "(有在途4、新品3、审核中2等)" in boss_note(replace(summary, held=10, held_by_guard=guards))


def test_data_that_end_before_the_day_are_not_passed_off_as_fresh(summary: Summary) -> None:
    assert boss_note(replace(summary, data_until=date(2026, 11, 19))).startswith(
        "本周结论(截至11月22日,销量数据只到11月19日):"
    )
    assert boss_note(replace(summary, data_until=None)).startswith("本周结论(截至11月22日,没有销量数据):")


def test_a_store_over_its_limit_or_of_unknown_status_is_told(summary: Summary) -> None:
    over = Slots(limit=3000, on_sale=3010, in_review=2, unknown=0)
    assert "名额 3,012/3,000,已经超出12个" in boss_note(replace(summary, slots=over))
    unknown = Slots(limit=3000, on_sale=10, in_review=0, unknown=7)
    assert "有7个不知道在不在售,没算进去" in boss_note(replace(summary, slots=unknown))


def test_the_file_is_the_note(summary: Summary, tmp_path: Path) -> None:
    path = write_boss_note(tmp_path / "给老板.txt", summary)
    assert path.read_text(encoding="utf-8-sig") == boss_note(summary)


@pytest.mark.parametrize("lang", LANGS)
def test_a_table_of_scores_has_no_other_sheet_so_its_note_says_everything(summary: Summary, lang: Lang) -> None:
    unsure = [Note("undecided.rejected", {"file": "a.csv", "rows": n, "of": 90}) for n in range(61, 69)]
    told = replace(summary, undecided=tuple(unsure), assumptions=(Note("assumed.as_of", {"day": "2026-11-22"}),))

    note = score_note(told, lang)

    assert all(str(n) in note for n in range(61, 69))
    assert {"zh": "用数据里最新的一天", "en": "the latest day in the data"}[lang] in note
    assert not any(word in note for word in ("本周", "说明", "今天要做", "This week", "About", "To do today"))
    assert "toolkit check" in note
    assert "2,846/3,000" in note


def test_without_a_product_list_a_table_of_scores_says_nothing_of_slots(summary: Summary) -> None:
    unknown = replace(
        summary, slots=Slots(limit=3000, on_sale=0, in_review=0, unknown=40), undecided=(), assumptions=()
    )

    note = score_note(unknown)

    assert note.startswith("打分结果(数据截至11月22日):建议下架23个")
    assert "名额" not in note
    assert "toolkit check" not in note


def test_a_table_without_any_product_says_why(summary: Summary) -> None:
    empty = replace(summary, products=0, by_action=dict.fromkeys(summary.by_action, 0))

    assert "the files name no product" in score_note(empty, "en").lower()
