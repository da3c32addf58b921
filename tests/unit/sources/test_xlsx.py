from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from pipeline import sources
from pipeline.core.document import Document, Table
from pipeline.errors import DocumentError
from pipeline.sources import xlsx_parts
from pipeline.sources.number_format import display
from tests.unit.sources.builders import (
    FORM,
    make_xlsx,
    only_table,
    saved,
    specs_of,
    with_part,
)

SHEET = "xl/worksheets/sheet1.xml"


def new_sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return book, sheet


def rows(document: Document) -> list[list[str]]:
    return [[c.text for c in row] for row in only_table(document).rows()]


def test_merged_cells_become_spans() -> None:
    document = sources.read(make_xlsx(), "表.xlsx")
    assert specs_of(only_table(document)) == list(FORM)
    assert document.page_count == 1


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.95, "0%", "95%"),
        (0.8997, "0.00%", "89.97%"),
        (10, "0.00", "10.00"),
        (10.0, "General", "10"),
        (89.974, "General", "89.974"),
        (0.1 + 0.2, "General", "0.3"),
        (100 / 3, "General", "33.33333333"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (-5, "0.00;[Red]-0.00", "-5.00"),
        (-5, "0.00_);(0.00)", "(5.00)"),
        (-0.001, "0.00", "0.00"),
        (12, '0"万元"', "12万元"),
        (95, '"≥"0"%"', "≥95%"),
        (2024, 'General"年"', "2024年"),
        (45657, "yyyy/m/d", "2024/12/31"),
        (45657, 'yyyy"年"m"月"d"日"', "2024年12月31日"),
        (45657, '[$-804]yyyy"年"m"月";@', "2024年12月"),
        (0.5, "h:mm", "12:00"),
        (45657.75, "yyyy-mm-dd hh:mm:ss", "2024-12-31 18:00:00"),
        (1.5, "[h]:mm", "36:00"),
        (5, "[>=10]0.0;[<10]0.00", "5.00"),
        (12345, "0,", "12"),
        (0.5, "# ?/?", "0.5"),
        (5, "@", "5"),
        (5, "", "5"),
    ],
)
def test_numbers_are_shown_as_in_the_sheet(value: float, code: str, shown: str) -> None:
    assert display(repr(value), code) == shown


@given(
    st.floats(allow_nan=True) | st.integers(-(10**40), 10**40),
    st.text('0#?.,%;[]"\\\\_*/@EeyYmdhs+->=5 万General', max_size=12),
    st.booleans(),
)
def test_any_number_under_any_code_is_shown(
    value: float, code: str, since_1904: bool
) -> None:
    assert isinstance(display(repr(value), code, since_1904=since_1904), str)


def test_values_of_a_real_sheet() -> None:
    book, sheet = new_sheet()
    for column, (value, code) in enumerate(
        [
            ("执行率", None),
            (0.95, "0%"),
            (10, "0.00"),
            (3, None),
            (True, None),
            (datetime.date(2024, 12, 31), "yyyy/m/d"),
            ("  文本 ", None),
            ("=1+1", None),
        ],
        start=1,
    ):
        cell = sheet.cell(1, column, value)
        if code:
            cell.number_format = code
    data = with_part(saved(book), SHEET, {"<f>1+1</f><v></v>": "<f>1+1</f><v>2</v>"})
    assert rows(sources.read(data)) == [
        ["执行率", "95%", "10.00", "3", "TRUE", "2024/12/31", "文本", "2"]
    ]


def test_built_in_chinese_date_format() -> None:
    assert sources.read(make_dates(31)).text == "日期\t2024年12月31日"


def make_dates(format_id: int) -> bytes:
    book, sheet = new_sheet()
    sheet["A1"], sheet["B1"] = "日期", 45657
    sheet["B1"].number_format = "0.000"
    data = saved(book)
    return with_part(
        data,
        "xl/styles.xml",
        {'numFmtId="164" fontId': f'numFmtId="{format_id}" fontId'},
    )


def test_hidden_sheets_rows_and_columns_are_left_out() -> None:
    book, sheet = new_sheet()
    for row in range(1, 5):
        for column in range(1, 4):
            sheet.cell(row, column, f"{row}{column}")
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    hidden = book.create_sheet("隐")
    hidden["A1"] = "x"
    hidden.sheet_state = "hidden"
    second = book.create_sheet("二")
    second["A1"] = "乙"
    document = sources.read(saved(book))
    first, other = document.blocks
    assert isinstance(first, Table)
    assert isinstance(other, Table)
    assert [[c.text for c in r] for r in first.rows()] == [
        ["11", "13"],
        ["31", "33"],
        ["41", "43"],
    ]
    assert (other.pages, other.cells[0].page, document.page_count) == ((2,), 2, 2)


def test_blank_area_is_trimmed_and_empty_rows_are_left_out() -> None:
    book, sheet = new_sheet()
    sheet["C5"], sheet["D5"], sheet["C8"] = "甲", "乙", "丙"
    assert rows(sources.read(saved(book))) == [["甲", "乙"], ["丙", ""]]


def test_one_cell_at_the_last_place_of_the_sheet() -> None:
    book, sheet = new_sheet()
    sheet["A1"], sheet["XFD1048576"] = "甲", "乙"
    assert rows(sources.read(saved(book))) == [["甲", ""], ["", "乙"]]


def test_a_merge_over_the_whole_sheet() -> None:
    book, sheet = new_sheet()
    sheet["A1"], sheet["A3"], sheet["B3"] = "标题", "甲", "乙"
    data = with_part(
        saved(book),
        SHEET,
        {
            "</sheetData>": '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD2"/></mergeCells>'
        },
    )
    assert specs_of(only_table(sources.read(data))) == [
        (0, 0, 1, 2, "标题"),
        (1, 0, 1, 1, "甲"),
        (1, 1, 1, 1, "乙"),
    ]


def test_very_many_empty_rows() -> None:
    book, sheet = new_sheet()
    sheet["A1"] = "甲"
    empty = "".join(f'<row r="{r}"/>' for r in range(2, 200_001))
    data = with_part(saved(book), SHEET, {"</sheetData>": empty + "</sheetData>"})
    assert rows(sources.read(data)) == [["甲"]]


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_parts, "MAX_CELLS", 20)
    book, sheet = new_sheet()
    sheet.append(["x"] * 21)
    with pytest.raises(DocumentError) as caught:
        sources.read(saved(book))
    assert caught.value.reason == "too_many_rows"
    book.create_sheet("二")["A1"] = "甲"
    document = sources.read(saved(book))
    assert [(u.page, u.reason) for u in document.unread] == [(1, "too_many_rows")]
    assert document.text == "甲"


def test_shared_strings_rich_text_and_escaped_characters() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["MARK", "一_x000D_\n二", "MARK"])
        sheet.merge_range(1, 0, 1, 2, "合并")
    rich = "<r><t>富</t></r><r><t>文本</t></r><rPh sb='0' eb='1'><t>フ</t></rPh>"
    strings = {"<t>MARK</t>": rich, "_x005F_x000D_": "_x000D_"}
    data = with_part(buffer.getvalue(), "xl/sharedStrings.xml", strings)
    assert rows(sources.read(data)) == [["富文本", "一\n二", "富文本"], ["合并"]]


def test_empty_workbook() -> None:
    with pytest.raises(DocumentError) as caught:
        sources.read(saved(openpyxl.Workbook()))
    assert caught.value.reason == "empty"


def test_entities_are_refused() -> None:
    data = make_xlsx()
    data = with_part(
        data,
        "xl/workbook.xml",
        {"<workbook": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hosts">]><workbook'},
    )
    with pytest.raises(DocumentError) as caught:
        sources.read(data)
    assert caught.value.code == "corrupt_xlsx"


def test_formulas_saved_without_their_results_are_named() -> None:
    book, sheet = new_sheet()
    sheet["A1"] = "年度资金总额"
    sheet["B1"] = "=SUM(C1:D1)"
    sheet["AB2"] = "=B1"
    sheet["C1"] = 40
    sheet["C3"] = "=C1"
    sheet.row_dimensions[3].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    document = sources.read(buffer.getvalue(), "表.xlsx")
    assert document.uncomputed == ((1, "B1"), (1, "AB2"))


def test_formulas_with_their_results_are_values() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=20+20", None, 40)
        sheet.write_formula("B1", '=IF(A1>1,"是","否")', None, "是")
    document = sources.read(buffer.getvalue(), "表.xlsx")
    assert document.uncomputed == ()
    assert rows(document) == [["40", "是"]]
