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


CLOSE: list[tuple[float, list[tuple[float, str]]]] = [
    (
        1,
        [
            (80, "分值"),
            (150, "指标值"),
            (230, "完成值"),
            (300, "自评得"),
            (390, "原因"),
        ],
    ),
    (2, [(300, "分")]),
    (
        3,
        [
            (80, "10"),
            (150, "≥680户"),
            (230, "702户"),
            (300, "98.33"),
            (390, "停电半日"),
        ],
    ),
    (4, [(300, "%")]),
    (5, [(80, "5"), (150, "100%"), (230, "99%"), (300, "9.5")]),
    (6, [(80, "15"), (150, "≥6户"), (230, "7户"), (300, "15")]),
    (7, [(80, "20"), (150, "≥5%"), (230, "6.8%"), (300, "20")]),
]
GOALS: list[tuple[float, list[tuple[float, str]]]] = [
    (
        8,
        [
            (60, "年度目"),
            (230, "改造户厕702户，安装设备680套，验收通过率不低于百分之九十，群众满"),
        ],
    ),
    (9, [(60, "标"), (230, "意度达到百分之九十五以上。")]),
    (
        10,
        [
            (60, "完成情"),
            (230, "改造户厕710户，安装设备690套，验收通过率百分之九十八，群众满意"),
        ],
    ),
    (11, [(60, "况"), (230, "度百分之九十六，达到目标。")]),
]


def set_close(
    rows: Sequence[tuple[float, list[tuple[float, str]]]], *, centred: bool
) -> Table:
    """Lines one leading below each other, whether of a row or of the next one."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", SIZE)
        for number, line in rows:
            for x, text in line:
                y = 700 - 12 * number
                if centred and len(text) < 12:
                    canvas.drawCentredString(x, y, text)
                else:
                    canvas.drawString(x - 20, y, text)

    return only_table(sources.read(canvas_pdf(draw), "open.pdf"))


@pytest.mark.parametrize("centred", [True, False])
def test_the_end_of_a_cell_is_no_row_where_rows_are_as_close(centred: bool) -> None:
    found = plain(set_close(CLOSE, centred=centred))
    assert [row[3] for row in found] == ["自评得分", "98.33%", "9.5", "15", "20"]


def test_texts_of_two_rows_as_close_as_lines_stay_apart() -> None:
    found = plain(set_close([*CLOSE[4:], *GOALS], centred=True))
    assert [[text for text in row if text] for row in found[-2:]] == [
        ["年度目标", GOALS[0][1][1][1] + GOALS[1][1][1][1]],
        ["完成情况", GOALS[2][1][1][1] + GOALS[3][1][1][1]],
    ]


def test_labels_that_nearly_touch_are_parted_like_the_values_below() -> None:
    near = [(80, "分值"), (150, "年度指标值(A)"), (221, "实际完成值(B)"), (300, "得分")]
    rows = [(1.0, near)]
    for i in range(2, 6):
        rows.append(
            (i * 1.6, [(80, "5"), (150, f"≥{i}户"), (221, f"{i}户"), (300, "5")])
        )
    found = plain(set_close(rows, centred=True))
    assert found[0] == [text for _, text in near]


def test_edges_stand_where_no_cell_is_cut() -> None:
    rows = [
        (1.0, [(60, "（万元）"), (150, "年度总额"), (260, "204"), (330, "210.6")]),
        (3.0, [(150, "其中：当年财政拨款"), (260, "160"), (330, "160")]),
        (5.0, [(150, "上年结转"), (260, "24"), (330, "30.6")]),
        (7.0, [(150, "其他资金"), (260, "20"), (330, "20")]),
    ]
    table = set_close(rows, centred=True)
    places = [c.column for c in table.cells if c.text in ("204", "160", "24", "20")]
    assert len(set(places[::1])) <= 2
    assert {c.column for c in table.cells if c.text in ("204", "24")} == {2}


@pytest.mark.parametrize("rules", [False, True])
def test_only_columns_without_rulings_are_inferred(rules: bool) -> None:
    assert only_table(sources.read(drawn(rules=rules), "open.pdf")).inferred

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", SIZE)
        canvas.grid([50, 150, 250], [600, 630, 660])
        canvas.drawString(60, 640, "指标")
        canvas.drawString(160, 610, "12场")

    assert not only_table(sources.read(canvas_pdf(draw), "open.pdf")).inferred
