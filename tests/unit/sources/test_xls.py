from __future__ import annotations

import datetime
import shutil
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt

from pipeline import sources
from pipeline.core.document import Document
from pipeline.errors import REASONS, DocumentError
from pipeline.sources.sniff import Kind, sniff
from tests.unit.sources.builders import (
    FORM,
    make_xls,
    make_xlsx,
    only_table,
    saved,
    specs_of,
)

Sheet = xlwt.Worksheet


def book_of(*fills: Callable[[Sheet], object], dates_1904: bool = False) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = dates_1904
    for number, fill in enumerate(fills, start=1):
        fill(book.add_sheet(f"表{number}"))
    return saved(book)


def read(data: bytes) -> Document:
    return sources.read(data, "a.xls")


def shown(value: object, code: str = "General", *, dates_1904: bool = False) -> str:
    style = xlwt.easyxf(num_format_str=code)
    data = book_of(lambda s: s.write(0, 0, value, style), dates_1904=dates_1904)
    return only_table(read(data)).cells[0].text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.95, "0%", "95%"),
        (0.9517, "0.00%", "95.17%"),
        (0.95, "General", "0.95"),
        (89.974, "General", "89.974"),
        (1200, "#,##0.00", "1,200.00"),
        (15, "0.00", "15.00"),
        (35000, '0"人"', "35000人"),
        (0, "0.00;-0.00;-", "-"),
        (45292, 'yyyy"年"m"月"d"日"', "2024年1月1日"),
        (datetime.date(2024, 3, 5), "yyyy/m/d", "2024/3/5"),
        (0.5, "h:mm", "12:00"),
        (True, "General", "TRUE"),
        ("≥90%", "General", "≥90%"),
    ],
)
def test_values_are_read_as_shown(value: object, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_dates_from_1904() -> None:
    assert shown(366, "yyyy-m-d", dates_1904=True) == "1905-1-1"


def test_formulas_give_their_kept_result_or_nothing() -> None:
    def fill(sheet: Sheet) -> None:
        sheet.write(0, 0, "得分")
        sheet.write(0, 1, xlwt.Formula("1+1"))

    # xlwt keeps no result; a blank is what its file shows.
    assert only_table(read(book_of(fill))).cells[0].text == "得分"


def test_merged_cells_as_in_xlsx() -> None:
    assert only_table(read(make_xls())) == only_table(sources.read(make_xlsx()))
    assert specs_of(only_table(read(make_xls()))) == list(FORM)


def test_hidden_rows_columns_and_sheets_are_left_out() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    for row in range(3):
        for column in range(3):
            sheet.write(row, column, f"{row}{column}")
    sheet.row(1).hidden = True
    sheet.col(2).hidden = True
    hidden = book.add_sheet("二")
    hidden.write(0, 0, "看不见")
    hidden.visibility = 1
    book.add_sheet("三").write(0, 0, "看得见")
    document = read(saved(book))
    assert document.text == "00\t01\n20\t21\n看得见"
    assert document.page_count == 2
    assert [b.cells[0].page for b in document.blocks if hasattr(b, "cells")] == [1, 2]


def test_an_empty_workbook() -> None:
    with pytest.raises(DocumentError) as caught:
        read(book_of(lambda sheet: None))
    assert caught.value.reason == "empty"


def rows(sheet: Sheet) -> None:
    for row in range(300):
        sheet.write(row, 0, f"第{row}行")
        sheet.write(row, 1, row * 1.5)


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_cut_file_keeps_its_readable_sheets(share: float) -> None:
    data = book_of(rows, rows, rows)
    document = read(data[: int(len(data) * share)])
    assert "第10行\t15" in document.text
    assert [u.reason for u in document.unread][:1] == ["truncated"]


def test_a_file_cut_before_any_sheet_is_corrupt() -> None:
    with pytest.raises(DocumentError) as caught:
        read(book_of(rows)[:700])
    assert caught.value.reason in ("corrupt", "truncated")


def test_damage_never_ends_in_another_exception() -> None:
    data = make_xls()
    for start in range(0, len(data), max(1, len(data) // 150)):
        damaged = data[:start] + b"\xff\x00\x01\xfe" + data[start + 4 :]
        try:
            read(damaged)
        except DocumentError as error:
            assert error.reason in REASONS


def test_encrypted() -> None:
    data = book_of(rows)
    # A FILEPASS record (47) in place of the first record after BOF.
    at = 512 + 4 + int.from_bytes(data[514:516], "little")
    length = int.from_bytes(data[at + 2 : at + 4], "little")
    locked = record(47, b"\x00" * length)
    with pytest.raises(DocumentError) as caught:
        read(data[:at] + locked + data[at + 4 + length :])
    assert (caught.value.reason, caught.value.code) == ("encrypted", "encrypted_office")


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def excel_5(text: bytes, code_page: int | None) -> bytes:
    """The bare records of an Excel 5 workbook: a text and a number on one sheet."""
    sheet = (
        record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 1993))
        + record(0x0204, struct.pack("<HHHH", 0, 0, 0, len(text)) + text)
        + record(0x0203, struct.pack("<HHHd", 0, 1, 0, 12.5))
        + record(0x000A)
    )
    head = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 1993))
    if code_page is not None:
        head += record(0x0042, struct.pack("<H", code_page))
    name = "表".encode("gbk")
    at = len(head) + 4 + 7 + len(name) + 4
    bound = struct.pack("<IHB", at, 0, len(name)) + name
    return head + record(0x0085, bound) + record(0x000A) + sheet


@pytest.mark.parametrize("code_page", [936, 1252, None])
def test_texts_of_excel_5(code_page: int | None) -> None:
    document = read(excel_5("年度目标≥90%".encode("gbk"), code_page))
    assert document.text == "年度目标≥90%\t12.5"


def test_a_worksheet_of_excel_2() -> None:
    text = "体检人数".encode("gbk")
    data = (
        record(0x0009, struct.pack("<HH", 2, 0x0010))
        + record(0x0004, struct.pack("<HH3sB", 0, 0, b"", len(text)) + text)
        + record(0x0003, struct.pack("<HH3sd", 0, 1, b"", 35000))
        + record(0x000A)
    )
    assert read(data).text == "体检人数\t35000"


@pytest.mark.libreoffice
def test_written_by_libreoffice(tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (tmp_path / "a.xlsx").write_bytes(make_xlsx())
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "xls:MS Excel 97",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "a.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    document = read((tmp_path / "a.xls").read_bytes())
    assert specs_of(only_table(document)) == list(FORM)


def test_a_workbook_that_holds_a_word_document_is_a_workbook() -> None:
    # Not a real embedding: only the name of its stream, as the directory has it.
    name = "WordDocument\0".encode("utf-16-le")
    assert sniff(make_xls() + name) is Kind.OLD_EXCEL
