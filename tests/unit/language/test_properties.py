"""What holds for any text at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.quantity import Comparator, Role
from pipeline.language.clarity import read_statements
from pipeline.language.fold import fold
from pipeline.language.indicators import (
    read_actual_cell,
    read_deadline,
    read_target_cell,
)
from pipeline.language.numerals import parse_han
from pipeline.language.quantities import find_quantities
from pipeline.language.reading import read_text
from pipeline.language.segment import cut_words
from pipeline.language.statements import cut_statements, item_numbers

# Any code point, lone surrogates too, and pieces that the grammar reacts to.
PIECES = [
    "0",
    "7",
    "12",
    "300",
    "2023",
    "1,500",
    "２０",
    "3.5",
    "十二",
    "两百",
    "一",
    "半",
    "百",
    "万",
    "亿",
    "余",
    "多",
    "三五",
    "百分之",
    "分之二",
    "%",
    "％",
    "‰",
    "场",
    "次",
    "人",
    "人次",
    "个",
    "家",
    "元",
    "元/人·月",
    "公里",
    "平方米",
    "小时",
    "分",
    "天",
    "年",
    "月",
    "日",
    "不少于",
    "达到",
    "超过",
    "控制在",
    "约",
    "以上",
    "以内",
    "左右",
    "-",
    "—",
    "至",
    "到",
    "由",
    "提高到",
    "降到",
    "计划",
    "实际",
    "剩余",
    "每村",
    "每",
    "第",
    "目标1：",
    "（",
    "）",
    "(",
    ")",
    "《",
    "》",
    "“",
    "”",
    "。",
    "；",
    "，",
    "、",
    "\n",
    "<p>",
    "&nbsp;",
    "：",
    ":",
    "/",
    "*",
    "+",
    "一是",
    "①",
    "1.",
    "培训",
    "发放",
    "补贴",
    "资金",
    "用于",
    "全县共有",
    "满意度",
    "合格率",
    "率",
    "PM",
    "S",
    "其中",
    "�",
    "�",
    "\x00",
    "😀",
    "号",
    "〔2020〕",
]
CHARS = st.characters(categories=("L", "N", "P", "S", "Z", "C"))
TEXTS = st.one_of(
    st.text(CHARS, max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=24).map("".join),
)
ROLES = st.sampled_from(list(Role))
FEW = settings(max_examples=90, deadline=None)


@FEW
@given(TEXTS, ROLES, st.booleans())
def test_quantities_slice_back_in_order(text: str, role: Role, cell: bool) -> None:
    found = find_quantities(text, role, cell=cell)
    position = 0
    for quantity in found:
        assert position <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end] == quantity.quote
        assert quantity.value.is_finite()
        if quantity.value_high is not None:
            assert quantity.comparator is Comparator.RANGE
            assert quantity.value < quantity.value_high
        else:
            assert quantity.comparator is not Comparator.RANGE
        position = quantity.end


@FEW
@given(st.one_of(TEXTS, st.text(CHARS, max_size=60)))
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@FEW
@given(TEXTS)
def test_statements_are_ordered_disjoint_and_trimmed(text: str) -> None:
    spans = cut_statements(text)
    position = 0
    for start, end in spans:
        assert position <= start and end - start >= 3
        piece = text[start:end]
        assert piece.strip(" \t\u3000\xa0，,、\r\n") == piece
        assert not any(c in "。；;！!？?\r\n" for c in outside_of_brackets(piece))
        assert not piece.endswith(("：", ":"))
        position = end
    assert len(item_numbers(text, spans)) == len(spans)


def outside_of_brackets(piece: str) -> str:
    """The piece without what protecting marks may hold (nesting left alone)."""
    for opening, closing in ("《》", "“”", "（）", "()"):
        while True:
            start = piece.find(opening)
            end = piece.find(closing, start)
            if start < 0 or end < 0:
                break
            piece = piece[:start] + piece[end + 1 :]
    return piece


@FEW
@given(TEXTS)
def test_statements_are_judged_without_complaint(text: str) -> None:
    targets = find_quantities(text, Role.GOAL)
    statements = read_statements(text, targets)
    for statement in statements:
        assert text[statement.start : statement.end] == statement.quote
        assert not (statement.quantified and statement.vague)
        assert statement.quantified is bool(statement.targets)
    owned = [i for s in statements for i in s.targets]
    assert len(owned) == len(set(owned))


@FEW
@given(TEXTS, TEXTS)
def test_cells_are_read_without_complaint(text: str, name: str) -> None:
    for reading in (read_target_cell(text, name), read_actual_cell(text, name)):
        assert reading.quantity is None or reading.deadline is None
        assert (reading.quantity is not None) == (reading.count == 1)
    read_deadline(text)


@FEW
@given(TEXTS)
def test_words_cover_the_text(text: str) -> None:
    spans = cut_words(text)
    assert "".join(text[a:b] for a, b in spans) == text


@FEW
@given(TEXTS, ROLES)
def test_reading_covers_the_text_and_keeps_quantities_whole(
    text: str, role: Role
) -> None:
    reading = read_text(text, role)
    assert "".join(text[a:b] for a, b in reading.words) == text
    words = set(reading.words)
    assert all((q.start, q.end) in words for q in reading.quantities)
    assert reading.quantities == (find_quantities(text, role) if text else ())


# --- numerals written from values are read back exactly -----------------------------------

DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def section(value: int) -> str:
    """1 to 9999 in place-value notation, 10 as 一十."""
    out, pending = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            out += ("零" if pending and out else "") + DIGITS[digit] + word
            pending = False
        else:
            pending = True
    return out


def han(value: int) -> str:
    """A positive integer below 10**12, written in full (一十二 as 十二)."""
    out, gap = "", False
    for scale, word in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, value = divmod(value, scale)
        if part:
            out += ("零" if out and (gap or part < 1000) else "") + section(part) + word
            gap = False
        elif out:
            gap = True
    return out.removeprefix("一") if out.startswith("一十") else out


def value_of(phrase: str) -> Decimal:
    (quantity,) = find_quantities(f"植树{phrase}。", Role.GOAL)
    assert quantity.quote == phrase
    assert quantity.unit == "棵"
    assert quantity.comparator is Comparator.EQUAL
    return quantity.value


@FEW
@given(st.integers(0, 10**10 - 1))  # 11 digits may be a telephone number
def test_digits_are_read_back(value: int) -> None:
    assert value_of(f"{value}棵") == value
    assert value_of(f"{value:,}棵") == value
    assert value_of(f"{value}棵".translate(FULL_WIDTH)) == value


@FEW
@given(st.integers(0, 10**6), st.integers(1, 4))
def test_decimals_are_read_back(value: int, places: int) -> None:
    exact = Decimal(value).scaleb(-places)
    text = format(exact, "f")
    assert value_of(f"{text}棵") == exact
    assert value_of(f"{text}棵".translate(FULL_WIDTH)) == exact
    assert value_of(f"{text}万棵") == exact * 10_000
    assert value_of(f"{text}亿棵") == exact * 100_000_000


@FEW
@given(st.integers(1, 10**12 - 1))
def test_chinese_numerals_are_read_back(value: int) -> None:
    assert parse_han(han(value)) == value
    assert parse_han(han(value).translate(FORMAL)) == value


@FEW
@given(st.integers(11, 10**8 - 1).filter(lambda v: str(v).strip("0") != "1"))
def test_chinese_quantities_are_read_back(value: int) -> None:
    assert value_of(f"{han(value)}棵") == value


@FEW
@given(st.integers(1, 99), st.integers(1, 9))
def test_mixed_numerals_are_read_back(head: int, tail: int) -> None:
    assert value_of(f"{head}万{tail}千棵") == head * 10_000 + tail * 1000
    assert value_of(f"{head}万{tail:04}棵") == head * 10_000 + tail


@FEW
@given(st.integers(0, 9998), st.integers(1, 500), st.sampled_from("-–—－~～至到"))
def test_ranges_are_read_back(low: int, width: int, dash: str) -> None:
    (quantity,) = find_quantities(f"植树{low}{dash}{low + width}棵。", Role.GOAL)
    assert quantity.comparator is Comparator.RANGE
    assert (quantity.value, quantity.value_high) == (low, low + width)


# --- hostile texts --------------------------------------------------------------------------

SIZE = 8_000
HOSTILE = {
    "digits": "9" * 10_000,
    "digits with a unit": "9" * SIZE + "场",
    "chinese digits": "九" * SIZE,
    "scales": "万" * SIZE,
    "fractions": "分之" * (SIZE // 2),
    "percent": "百分之" * (SIZE // 3),
    "thousands": "1,234" + ",567" * (SIZE // 4),
    "dots": "1." * (SIZE // 2),
    "dashes": "1-" * (SIZE // 2),
    "open brackets": "（" * SIZE,
    "closed brackets": "）" * SIZE,
    "open titles": "《" * SIZE,
    "open quotes": "“" * SIZE,
    "tags": "<p" * (SIZE // 2),
    "surrogates": "\ud800" * SIZE,
    "spaces": "1" + " " * SIZE + "场",
    "commas": "，" * SIZE,
    "comparators": "不少于" * (SIZE // 3) + "3场",
    "each": "每村" * (SIZE // 2) + "3场",
    "letters": "a1" * (SIZE // 2),
    "quantities": "举办庙会3场，" * (SIZE // 7),
    "money": "安排资金3万元" * (SIZE // 7),
    "planned": "计划举办" * (SIZE // 4) + "3场",
    "standing": "现有3人、" * (SIZE // 5),
    "list marks": "1、" * (SIZE // 2),
    "verbs": "通过提升" * (SIZE // 4),
    "goal marks": "目标1：" * (SIZE // 4),
    "enumerations": "一、" * (SIZE // 2),
    "ratios": "1:" * (SIZE // 2),
    "years": "2023年" * (SIZE // 5),
    "letters and dashes": "A-1" * (SIZE // 3),
    "percentages": "1%、" * (SIZE // 3),
    "named": "编制" * (SIZE // 2),
    "hundreds": "三五" * (SIZE // 2),
    "prose": "不断提升管护水平" * (SIZE // 8),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("role", [Role.GOAL, Role.OUTCOME])
def test_hostile_texts_are_read(text: str, role: Role) -> None:
    reading = read_text(text, role)
    assert all(text[q.start : q.end] == q.quote for q in reading.quantities)
