from __future__ import annotations

from pathlib import Path

from toolkit.load.documents import documents_in
from toolkit.schema.checklists import DOCUMENTS


def test_a_document_is_what_its_bytes_say_and_belongs_to_the_case_of_its_folder(tmp_path: Path) -> None:
    home = tmp_path / "资料"
    for name, content in (
        ("营业执照.jpeg", b"\xff\xd8\xff\xe0 abc"),
        ("业务信息/法人.jpg", b"%PDF-1.7"),
        ("公司认证/说明.docx", b"PK\x03\x04"),
        ("其他/空.png", b""),
        ("其他/Thumbs.db", b"x"),
    ):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(content)

    rows = documents_in(tmp_path, store="一店").drop("store").rows()

    assert sorted(rows, key=lambda row: row[1]) == [
        ("business_information", "业务信息/法人.jpg", "pdf", "jpg", 8),
        ("company_certification", "公司认证/说明.docx", "zip", "zip", 4),
        (None, "其他/空.png", None, "png", 0),
        (None, "营业执照.jpeg", "jpg", "jpg", 8),
    ]


def test_a_store_without_documents_has_none(tmp_path: Path) -> None:
    assert documents_in(tmp_path, store="一店").schema == DOCUMENTS.dtypes
