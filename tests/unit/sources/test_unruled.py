"""Tables that no ruling parts: rows and columns by how the texts stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline import sources
from pipeline.core.document import Document, Table
from tests.unit.sources.builders import canvas_pdf, only_table

SIZE = 10
LEADING = 14
ROWS: list[list[str]] = [
    ["一级指标", "三级指标", "指标值", "完成值", "得分"],
    ["产出指标", "举办讲座的\n场次", "12场", "13场", "10.00"],
    ["", "培训人次", "≥500人次", "530人次", "10.00"],
    ["", "按期办结的\n比例", "100%", "98%\n（1件延期）", "9.50"],
    ["效益指标", "群众满意度", "≥90%", "", "10.00"],
]
LEFTS = (60, 130, 230, 320, 430)
WIDTHS = (60, 90, 80, 90, 50)


def drawn(
    rows: Sequence[Sequence[str]] = ROWS,
    *,
    middle: bool = False,
    centred: bool = False,
    padding: int = 6,
    rules: bool = False,
    shift: float = 0.0,
) -> bytes:
    """Rows at fixed columns, without rulings or with level ones only."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", SIZE)
        y = 720.0
        for row in rows:
            count = max(text.count("\n") + 1 for text in row)
            if rules:
                canvas.line(55, y + SIZE + padding / 2, 490, y + SIZE + padding / 2)
            for left, width, text in zip(LEFTS, WIDTHS, row, strict=False):
                lines = text.split("\n")
                top = y - (LEADING * (count - len(lines)) / 2 if middle else 0)
                for number, line in enumerate(lines):
                    at = (left + shift, top - LEADING * number)
                    if centred:
                        canvas.drawCentredString(at[0] + width / 2, at[1], line)
                    else:
                        canvas.drawString(*at, line)
            y -= LEADING * count + padding
        if rules:
            canvas.line(55, y + SIZE + padding / 2, 490, y + SIZE + padding / 2)

    return canvas_pdf(draw)


def plain(table: Table) -> list[list[str]]:
    """The filled cells of every row."""
    return [[c.text for c in row if c.text] for row in table.rows()]


def filled(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[text.replace("\n", "") for text in row if text] for row in rows]


@pytest.mark.parametrize(
    "style",
    [
        {},
        {"middle": True},
        {"centred": True},
        {"middle": True, "centred": True},
        {"rules": True},
        {"rules": True, "middle": True},
        {"padding": 3},
        {"shift": 11.3},
    ],
    ids=str,
)
def test_wrapped_cells_are_whole(style: dict[str, bool | int | float]) -> None:
    table = only_table(sources.read(drawn(**style)))  # type: ignore[arg-type]
    found = plain(table)
    assert [[t.replace("\n", "") for t in row] for row in found] == filled(ROWS)
    assert not table.shaky


def test_a_cell_left_empty_keeps_its_column() -> None:
    table = only_table(sources.read(drawn()))
    score = {c.column for c in table.cells if c.text in ("得分", "10.00", "9.50")}
    assert len(score) == 1


def test_rows_as_close_as_lines_stay_rows() -> None:
    rows = [[f"{name}{i}" for name in ("项", "甲", "乙", "丙", "丁")] for i in range(6)]
    table = only_table(sources.read(drawn(rows, padding=0)))
    assert plain(table) == rows


def test_a_label_over_several_rows_reaches_over_them() -> None:
    rows = [
        ["级别", "名称", "数值"],
        ["产\n出\n指\n标", "开课次数", "20"],
        ["", "到课人数", "500"],
        ["", "结业比例", "95%"],
    ]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", SIZE)
        for number, (_, *others) in enumerate(rows):
            for left, text in zip((150, 300), others, strict=True):
                canvas.drawString(left, 700 - 24 * number, text)
        canvas.drawString(60, 700, "级别")
        for number, ch in enumerate("产出指标"):
            canvas.drawString(60, 676 - LEADING * number, ch)

    table = only_table(sources.read(canvas_pdf(draw)))
    label = next(c for c in table.cells if c.text == "产出指标")
    assert (label.row, label.row_span) == (1, 3)


PROSE = "各单位要按照年度工作安排认真组织实施并及时报送进展情况"


@pytest.mark.parametrize(
    "lines",
    [
        [[PROSE], [PROSE], [PROSE[:12]]],
        [["填报单位：某局", "金额单位：万元"], [PROSE], [PROSE]],
        [["第一章", "3"], ["第二章", "7"], ["第三章", "12"], ["第四章", "20"]],
    ],
    ids=["text", "head line", "contents"],
)
def test_text_makes_no_grid(lines: list[list[str]]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", SIZE)
        for number, fields in enumerate(lines):
            for left, text in zip((60, 420), fields, strict=False):
                canvas.drawString(left, 700 - 16 * number, text)

    document: Document = sources.read(canvas_pdf(draw))
    assert not [b for b in document.blocks if isinstance(b, Table) and not b.shaky]


def test_a_ruled_table_beside_is_left_alone() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", SIZE)
        for y in (700, 680, 660):
            canvas.line(60, y, 300, y)
        for x in (60, 180, 300):
            canvas.line(x, 660, x, 700)
        for number, text in enumerate(("甲", "1", "乙", "2")):
            canvas.drawString(70 + 120 * (number % 2), 686 - 20 * (number // 2), text)

    table = only_table(sources.read(canvas_pdf(draw)))
    assert plain(table) == [["甲", "1"], ["乙", "2"]]
