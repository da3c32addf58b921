from __future__ import annotations

import pytest

from pipeline.core.provenance import BBox
from pipeline.sources.joints import join
from pipeline.sources.lines import Line, lines_of
from pipeline.sources.pdf_page import Glyph

SIZE = 10.0


def glyphs(
    text: str,
    *,
    x: float = 0.0,
    base: float = 0.0,
    gaps: dict[int, float] | None = None,
) -> list[Glyph]:
    """Characters set solid: Chinese ones an em wide, others half an em."""
    made = []
    for index, ch in enumerate(text):
        x += (gaps or {}).get(index, 0.0) * SIZE
        width = SIZE / 2 if ch.isascii() else SIZE
        made.append(
            Glyph(ch, x, base - 8, x + width, base + 2, SIZE, 0, x, x + width, base)
        )
        x += width
    return made


def joined(*lines: str, width: float = 100.0) -> str:
    made = [
        g for row, text in enumerate(lines) for g in glyphs(text, x=2, base=14.0 * row)
    ]
    return join(lines_of(made), left=0, right=width + 4)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("为全区老年人提供免费", "体检服务"), "为全区老年人提供免费体检服务"),
        (("开展培训不少于一百二", "十场"), "开展培训不少于一百二十场"),
        (
            ("一、建设平台。", "二、举办论坛三场。"),
            "一、建设平台。\n二、举办论坛三场。",
        ),
        (("1. 建设平台；", "2. 举办论坛"), "1. 建设平台；\n2. 举办论坛"),
        (
            ("平台建设完成。", "论坛举办三场，参加人", "数达标。"),
            "平台建设完成。\n论坛举办三场，参加人数达标。",
        ),
        (
            ("建设资金共计人民币约", "1.5万元，已全部到位"),
            "建设资金共计人民币约1.5万元，已全部到位",
        ),
        (("全年完成第一二三四项", "（2）类任务"), "全年完成第一二三四项（2）类任务"),
        # 30 points were left, （三）国 takes 40: only wrapped, as （二） stands inside.
        (
            ("（一）治理一处；（二）", "养殖约四平方；", "（三）国控断面优良"),
            "（一）治理一处；（二）养殖约四平方；（三）国控断面优良",
        ),
        # No room either, but every point has a line of its own.
        (
            ("1.巡查百处以上；", "2.整改问题百处；", "3.按时办结百件；"),
            "1.巡查百处以上；\n2.整改问题百处；\n3.按时办结百件；",
        ),
        (("using open source", "software"), "using open source software"),
        (("合同金额1234567890", "1234元"), "合同金额12345678901234元"),
        (("良好", "后续需加强日常管护力"), "良好\n后续需加强日常管护力"),
        (("年度", "总体", "目标"), "年度总体目标"),
    ],
)
def test_wrapped_lines(lines: tuple[str, ...], text: str) -> None:
    assert joined(*lines) == text


def test_a_number_broken_in_a_narrow_cell_is_whole() -> None:
    assert joined("123456", "7890", width=30) == "1234567890"
    assert joined("12 人", "3", width=100) != "12 人3元"


@pytest.mark.parametrize(
    ("text", "gaps", "shown"),
    [
        ("128.50", {3: 0.3}, "128.50"),
        ("ab", {1: 0.7}, "a b"),
        ("项目名称", {1: 1.0, 2: 1.0, 3: 1.0}, "项目名称"),
        ("三人十篇", {2: 2.2}, "三人 十篇"),
    ],
)
def test_gaps_in_a_line(text: str, gaps: dict[int, float], shown: str) -> None:
    (line,) = lines_of(glyphs(text, gaps=gaps))
    assert line.text == shown


def test_letter_spaced_heading_is_one_field() -> None:
    (line,) = lines_of(glyphs("项目支出", gaps={1: 1.0, 2: 1.0, 3: 1.0}))
    assert len(line.fields) == 1


def test_raised_digits_stay_on_their_line() -> None:
    made = glyphs("面积") + glyphs("2", x=20, base=-4) + glyphs("公顷", x=25)
    (line,) = lines_of(made)
    assert line.text == "面积2公顷"


def test_fields_keep_their_boxes() -> None:
    (line,) = lines_of(glyphs("甲乙丙", gaps={2: 5.0}))
    assert isinstance(line, Line)
    assert line.fields == (("甲乙", BBox(0, -8, 20, 2)), ("丙", BBox(70, -8, 80, 2)))
