"""What a new store folder starts with."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from toolkit.errors import SettingsError
from toolkit.load.loaded import load_file
from toolkit.load.sources.vocabulary import PRODUCT_STATUS, STOCKING_TYPE
from toolkit.settings import DEFAULTS, Settings, read_settings
from toolkit.store import open_store
from toolkit.store.new import init_store
from toolkit.words import LANGS, Lang

ID = "1005006123456789"


def fill(path: Path, sheet: str, **cells: str | float) -> None:
    """Type values under headers, as a person would."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    headers = [str(cell.value) for cell in page[1]]
    for header, value in cells.items():
        page.cell(2, 1 + headers.index(header), value)
    book.save(path)


@pytest.mark.parametrize("lang", LANGS)
def test_every_header_of_the_product_sheet_is_one_the_loader_reads(tmp_path: Path, lang: Lang) -> None:
    init_store(tmp_path, lang=lang)
    page = openpyxl.load_workbook(tmp_path / "商品表.xlsx").worksheets[0]
    headers = [str(cell.value) for cell in page[1]]
    fill(tmp_path / "商品表.xlsx", page.title, **{headers[0]: ID, headers[1]: "杯子"})

    (sheet,) = load_file(tmp_path / "商品表.xlsx").recognised

    assert len(headers) == 12
    assert sheet.source is not None
    assert sheet.source.name == "catalog_sheet"
    assert sheet.unknown_columns == ()
    assert sheet.tables["catalog"].select("product_id", "title").collect().rows() == [(ID, "杯子")]


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_of_the_drop_downs_is_one_the_loader_reads(tmp_path: Path, lang: Lang) -> None:
    init_store(tmp_path, lang=lang)
    page = openpyxl.load_workbook(tmp_path / "商品表.xlsx").worksheets[0]
    lists = [str(rule.formula1) for rule in page.data_validations.dataValidation if rule.type == "list"]
    offered = [words.strip('"').split(",") for words in lists]

    assert [len(words) for words in offered] == [3, 5]
    for words, known in zip(offered, (STOCKING_TYPE, PRODUCT_STATUS), strict=True):
        assert {word.casefold() for word in words} <= {raw.casefold() for raws in known.values() for raw in raws}


@pytest.mark.parametrize("lang", LANGS)
def test_a_filled_policy_list_is_read_sheet_by_sheet(tmp_path: Path, lang: Lang) -> None:
    init_store(tmp_path, lang=lang)
    path = tmp_path / "policy.xlsx"
    pages = openpyxl.load_workbook(path).worksheets[:7]
    for page in pages:
        fill(path, page.title, **{str(page["A1"].value): "1005001"})

    policy = open_store(tmp_path).tables().policy

    assert policy is not None
    assert policy["policy_kind"].to_list() == [
        "brand", "category", "product", "protected", "qualification", "special", "term",
    ]  # fmt: skip


def test_ids_are_text_before_the_first_one_is_pasted_and_choices_have_drop_downs(tmp_path: Path) -> None:
    init_store(tmp_path)
    page = openpyxl.load_workbook(tmp_path / "商品表.xlsx")["商品表"]

    assert page.column_dimensions["A"].number_format == "@"
    lists = [rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert lists == ['"仓发,JIT,海外备仓"', '"在售,待上架,审核中,审核不通过,已下架"']


def test_a_store_as_init_made_it_tells_nothing_rather_than_zero(tmp_path: Path) -> None:
    init_store(tmp_path)

    store = open_store(tmp_path)
    tables = store.tables()

    assert {was.state for was in store.import_inbox()} <= {"new", "known", "unknown_kind"}
    assert tables.catalog is None
    assert tables.policy is None


def test_what_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "商品表.xlsx").write_bytes(b"mine")
    (tmp_path / "toolkit.toml").write_text("[slow]\nno_sale_days = 30\n", encoding="utf-8")

    written = {path.name for path in init_store(tmp_path)}

    assert written == {"店铺档案.xlsx", "policy.xlsx", "保证金规则.xlsx", "每周运行.bat", "README.txt"}
    assert (tmp_path / "商品表.xlsx").read_bytes() == b"mine"
    assert read_settings(tmp_path / "toolkit.toml").slow.no_sale_days == 30
    assert init_store(tmp_path) == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_settings_file_changes_nothing_but_the_language_until_someone_edits_it(tmp_path: Path, lang: Lang) -> None:
    init_store(tmp_path, lang=lang)

    assert read_settings(tmp_path / "toolkit.toml").changed() == ({} if lang == "zh" else {"store.language": "en"})


def test_every_setting_is_there_with_its_default(tmp_path: Path) -> None:
    init_store(tmp_path)
    content = (tmp_path / "toolkit.toml").read_text(encoding="utf-8")
    switched_on = re.sub(r"^# (?=[a-z0-9_]+ = )", "", content, flags=re.MULTILINE)

    assert Settings.model_validate(tomllib.loads(switched_on)) == DEFAULTS


def test_the_button_is_plain_ascii_with_windows_line_ends(tmp_path: Path) -> None:
    init_store(tmp_path)
    content = (tmp_path / "每周运行.bat").read_bytes()

    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert b"chcp 65001" in content
    assert b"%~dp0" in content
    assert content.rstrip().endswith(b"pause\r\nexit /b %CODE%")


def test_the_same_store_is_made_of_the_same_bytes(tmp_path: Path) -> None:
    first, second = init_store(tmp_path / "a"), init_store(tmp_path / "b")

    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_a_name_with_a_date_column_left_empty_is_no_history(tmp_path: Path) -> None:
    init_store(tmp_path)
    fill(tmp_path / "商品表.xlsx", "商品表", 商品ID=ID, 标题="杯子", 备货类型="仓发", 状态="在售", 供货价=12.5, 库存=3)

    store = open_store(tmp_path)

    row = store.catalog.select(
        "stocking_type", "status", "supply_price_fen", "currency", "on_hand_units", "observed_on"
    )
    assert row.rows() == [("warehouse", "on_sale", 1250, "CNY", 3, None)]
    assert store.catalog.schema["observed_on"] == pl.Date()


def test_settings_saved_by_an_old_notepad_are_read(tmp_path: Path) -> None:
    (tmp_path / "toolkit.toml").write_bytes('[store]\nname = "示例优品"\n'.encode("gb18030"))

    assert read_settings(tmp_path / "toolkit.toml").store.name == "示例优品"


def test_settings_that_another_program_holds_are_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "toolkit.toml").touch()
    monkeypatch.setattr(Path, "read_bytes", held)

    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path / "toolkit.toml")
    assert caught.value.sentence("en").startswith("toolkit.toml: cannot be opened (Permission denied)")
