from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline import sources
from pipeline.core.document import Document, Paragraph, Table
from pipeline.core.provenance import BBox
from pipeline.sources import page_margin
from pipeline.sources.pdf_table import PageBlocks, PageTable, Part
from pipeline.sources.stitch import stitch
from tests.unit.sources.builders import canvas_pdf

Draw = Callable[[Canvas], None]
WIDTHS = (80.0, 120.0, 120.0, 80.0, 80.0)
HEADER = ("一级指标", "三级指标", "完成值", "分值", "得分")
ROW = ("产出指标", "培训场次", "12场", "10.00", "10.00")
OTHER = ("效益指标", "知晓率", "95%", "20.00", "18.00")


def table(
    rows: Sequence[Sequence[str]],
    *,
    top: float = 740.0,
    left: float = 57.0,
    widths: Sequence[float] = WIDTHS,
    notes: Sequence[tuple[float, float, str]] = (),
) -> Draw:
    """A page with a ruled table, rows 30 points high, and texts at places."""

    def draw(canvas: Canvas) -> None:
        xs = [left, *accumulate(widths, initial=left)][1:]
        ys = [top - 30 * i for i in range(len(rows) + 1)]
        for y in ys:
            canvas.line(xs[0], y, xs[-1], y)
        for x in xs:
            canvas.line(x, ys[0], x, ys[-1])
        for y, row in zip(ys, rows, strict=False):
            for x, text in zip(xs, row, strict=False):
                canvas.drawString(x + 3, y - 14, text)
        for y, size, text in notes:
            canvas.setFont("STSong-Light", size)
            canvas.drawString(60, y, text)

    return draw


def read(*pages: Draw) -> Document:
    return sources.read(canvas_pdf(*pages))


def tables(document: Document) -> list[list[list[str]]]:
    return [
        [[c.text for c in row] for row in block.rows()]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def test_a_table_goes_on_under_page_header_and_number() -> None:
    document = read(
        table([HEADER, ROW], notes=[(800, 9, "某市部门决算"), (40, 9, "- 1 -")]),
        table([OTHER], notes=[(800, 9, "某市部门决算"), (40, 9, "- 2 -")]),
    )
    assert tables(document) == [[list(HEADER), list(ROW), list(OTHER)]]
    notes = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    assert notes == ["某市部门决算", "- 1 -", "某市部门决算", "- 2 -"]


def test_a_repeated_header_row_is_dropped() -> None:
    title = ("项目名称", "甲", "", "", "")
    assert tables(read(table([HEADER, ROW]), table([HEADER, OTHER]))) == [
        [list(HEADER), list(ROW), list(OTHER)]
    ]
    assert tables(read(table([title, HEADER, ROW]), table([HEADER, OTHER]))) == [
        [list(title), list(HEADER), list(ROW), list(OTHER)]
    ]


@pytest.mark.parametrize(
    "second",
    [
        table([OTHER], notes=[(790, 18, "自评表")]),
        table([OTHER], notes=[(760, 10, "（2024年度）")]),
        table([OTHER], left=80.0),
        table([OTHER], widths=(70.0, 90.0, 100.0, 120.0, 100.0)),
    ],
    ids=["title above", "line above", "other place", "other columns"],
)
def test_what_begins_a_table_of_its_own(second: Draw) -> None:
    assert tables(read(table([HEADER, ROW]), second)) == [
        [list(HEADER), list(ROW)],
        [list(OTHER)],
    ]


def test_a_large_title_on_every_page_is_no_page_header() -> None:
    page = table([HEADER, ROW], notes=[(800, 18, "自评表")])
    assert len(tables(read(page, page))) == 2


def test_a_form_that_begins_anew_stays_apart() -> None:
    first = [("项目名称", "甲", "", "", ""), HEADER, ROW]
    second = [("项目名称", "乙", "", "", ""), HEADER, OTHER]
    assert len(tables(read(table(first), table(second)))) == 2


def test_text_below_the_table_ends_it() -> None:
    first = table([HEADER, ROW], notes=[(300, 10, "注：数据来源于系统。")])
    assert len(tables(read(first, table([OTHER])))) == 2


def test_a_page_between_that_could_not_be_read_ends_the_table() -> None:
    document = read(table([HEADER, ROW]), lambda canvas: None, table([OTHER]))
    assert len(tables(document)) == 2


def test_the_rest_of_a_cut_row_joins_the_row_above() -> None:
    cut = ("", "", "其中线上8场", "", "")
    assert tables(read(table([HEADER, ROW]), table([cut, OTHER]))) == [
        [list(HEADER), [*ROW[:2], "12场其中线上8场", *ROW[3:]], list(OTHER)]
    ]


@pytest.mark.parametrize(
    "row",
    [
        ("总分", "", "", "", "95.00"),
        ("", "", "", "", "95.00"),
        ("", "知晓率", "95%", "20.00", "18.00"),
        ("", "", "", "", ""),
    ],
    ids=["total", "number under number", "row under a merged label", "empty"],
)
def test_rows_that_are_no_rest(row: tuple[str, ...]) -> None:
    (found,) = tables(read(table([HEADER, ROW]), table([row, OTHER])))
    texts = [text for r in found for text in r]
    assert ROW[4] in texts
    assert ROW[2] in texts
    for text in filter(None, row):
        assert text in texts
    assert [len(r) for r in found[3:]] == [5]


def test_an_empty_label_at_the_top_belongs_to_the_label_above() -> None:
    document = read(
        table([HEADER, ROW]), table([("", "参训人数", "300人", "10.00", "9.00")])
    )
    (found,) = [b for b in document.blocks if isinstance(b, Table)]
    label = next(c for c in found.cells if c.text == "产出指标")
    assert (label.row, label.row_span) == (1, 2)
    assert [c.text for c in found.cells if c.row == 2] == [
        "参训人数",
        "300人",
        "10.00",
        "9.00",
    ]


def test_parts_with_other_columns_share_one_grid() -> None:
    head = table([("项目名称", "某项目")], widths=(80.0, 400.0))
    (found,) = [
        b for b in read(head, table([HEADER, ROW])).blocks if isinstance(b, Table)
    ]
    assert [(c.row, c.column, c.column_span) for c in found.cells][:3] == [
        (0, 0, 1),
        (0, 1, 4),
        (1, 0, 1),
    ]
    assert found.pages == (1, 2)


def test_print_titles_over_each_page_are_no_new_table() -> None:
    titles = [(780.0, 16.0, "项目支出绩效自评表"), (760.0, 10.0, "（2023年度）")]
    document = read(
        table([HEADER, ROW], notes=titles), table([HEADER, OTHER], notes=titles)
    )
    assert tables(document) == [[list(HEADER), list(ROW), list(OTHER)]]
    texts = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    assert texts == ["项目支出绩效自评表", "（2023年度）"]


def test_a_label_printed_on_the_second_page_of_its_cell() -> None:
    rows = [("", "培训场次", "12场", "10.00", "10.00")] * 2
    document = read(
        merged_first_column(rows, None), merged_first_column(rows, "产出指标")
    )
    (only,) = [b for b in document.blocks if isinstance(b, Table)]
    label = only.cells[0]
    assert (label.text, label.row_span) == ("产出指标", 4)


def merged_first_column(rows: Sequence[Sequence[str]], label: str | None) -> Draw:
    """A table whose first column is one cell over all rows."""

    def draw(canvas: Canvas) -> None:
        xs = [57.0, *accumulate(WIDTHS, initial=57.0)][1:]
        ys = [740.0 - 30 * i for i in range(len(rows) + 1)]
        for y in ys:
            outer = y in (ys[0], ys[-1])
            canvas.line(xs[0] if outer else xs[1], y, xs[-1], y)
        for x in xs:
            canvas.line(x, ys[0], x, ys[-1])
        for y, row in zip(ys, rows, strict=False):
            for x, text in zip(xs, row, strict=False):
                canvas.drawString(x + 3, y - 14, text)
        if label:
            canvas.drawString(xs[0] + 3, ys[1], label)

    return draw


@pytest.mark.parametrize(
    ("xs", "confidence", "count"),
    [
        ((60.0, 140.5, 263.0, 420.0), 0.93, 1),
        ((43.0, 128.0, 256.0, 418.5), 0.93, 1),
        ((60.0, 140.5, 263.0, 420.0), None, 2),
        ((43.0, 128.0, 256.0, 470.0), 0.93, 2),
        ((60.0, 180.0, 330.0, 420.0), 0.93, 2),
    ],
    ids=["moved", "larger", "moved, printed", "much larger", "other columns"],
)
def test_no_two_scans_of_a_table_are_alike(
    xs: tuple[float, ...], confidence: float | None, count: int
) -> None:
    def page(number: int, edges: Sequence[float]) -> PageBlocks:
        rows = (HEADER, ROW) if number == 1 else (OTHER,)
        parts = [
            Part(
                r, c, 1, 1, text, number,
                BBox(edges[c], 90.0 + 30 * r, edges[c + 1], 120.0 + 30 * r),
                confidence=confidence,
            )
            for r, row in enumerate(rows)
            for c, text in enumerate(row[:3])
        ]  # fmt: skip
        end = 90.0 + 30 * len(rows)
        whole = PageTable(list(edges), len(rows), parts, 90.0, end, [number])
        return PageBlocks(number, 595.0, 842.0, [whole])

    found = stitch([page(1, (50.0, 133.0, 258.0, 416.0)), page(2, xs)])
    assert len(found) == count


def test_a_page_without_a_line_round_the_first_column_goes_on() -> None:
    first = table([HEADER, ROW, ["效益指标", "知晓率", "95%", "20.00", "18.00"]])
    # A browser draws no line round the rest of a cell that is merged over pages.
    rest = table(
        [["满意率", "92%", "10.00", "9.00"], ["投诉率", "0%", "10.00", "10.00"]],
        left=57.0 + WIDTHS[0],
        widths=WIDTHS[1:],
    )
    last = table([["满意度指标", "乘客满意率", "90%", "10.00", "10.00"]])
    (rows,) = tables(read(first, rest, last))
    assert [row[-1] for row in rows[1:]] == ["10.00", "18.00", "9.00", "10.00", "10.00"]


def test_a_narrower_table_on_the_next_page_is_another() -> None:
    first = table([HEADER, ROW])
    other = table(
        [["满意率", "92%", "10.00", "9.00"]],
        left=57.0 + WIDTHS[0],
        widths=(100.0, 130.0, 90.0, 80.0),
    )
    assert len(tables(read(first, other))) == 2


@pytest.mark.parametrize(
    ("text", "margin"),
    [
        *(
            (number, True)
            for number in ("1", "- 1 -", "— 12 —", "第3页", "第 3 页 共 9 页")
        ),
        *((number, True) for number in ("一1-", "1一", "3/9")),
        *((text, False) for text in ("一、产出", "12场", "一", "2023年度")),
    ],
)
def test_page_numbers(text: str, margin: bool) -> None:
    assert (page_margin._PAGE_NUMBER.fullmatch(text) is not None) is margin


@pytest.mark.parametrize(("shift", "overrun"), [(0.0, False), (7.0, True)])
def test_texts_printed_over_the_rulings(shift: float, overrun: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 10)
        ys = [700 - 14 * i for i in range(6)]
        canvas.grid([50, 150, 250], ys)
        for y in ys[1:]:
            canvas.drawString(60, y + 3.5 + shift, "培训场次")
            canvas.drawString(160, y + 3.5, "12场")

    document = sources.read(canvas_pdf(draw), "a.pdf")
    assert [b.overrun for b in document.blocks if isinstance(b, Table)] == [overrun]
