from __future__ import annotations

import pytest

from pipeline.review.segments import Mark, clause_around, cut, in_clause

TEXT = "𠮷田镇🏠改造100户，新建20处。"

CASES = {
    "无标记": ([], 1),
    "一处": ([Mark(6, 10, "target", "t0")], 3),
    "嵌套": ([Mark(4, 14, "", "s0"), Mark(6, 10, "target", "t0")], 5),
    "交叉": ([Mark(2, 8, "cue", "c0"), Mark(6, 12, "target", "t0")], 5),
    "重合": ([Mark(6, 10, "target", "t0"), Mark(6, 10, "", "f0")], 3),
    "相邻": ([Mark(0, 3, "target", "t0"), Mark(3, 5, "target", "t1")], 3),
    "越界": ([Mark(6, 900, "target", "t0")], 2),
    "颠倒与空": ([Mark(9, 3, "target", "t0"), Mark(4, 4, "cue", "c0")], 1),
    "负数": ([Mark(-5, 3, "target", "t0")], 1),
}


@pytest.mark.parametrize(("marks", "count"), CASES.values(), ids=CASES.keys())
def test_segments_join_to_the_text_and_carry_every_mark(
    marks: list[Mark], count: int
) -> None:
    segments = cut(TEXT, marks)
    assert "".join(s.text for s in segments) == TEXT
    assert len(segments) == count
    for mark in marks:
        if 0 <= mark.start < mark.end:
            under = "".join(s.text for s in segments if mark.key in s.keys)
            assert under == TEXT[mark.start : mark.end]
            assert sum(mark.key in s.first for s in segments) == 1


def test_window_cuts_marks_to_itself() -> None:
    segments = cut(TEXT, [Mark(2, 8, "cue", "c0")], start=4, end=10)
    assert [s.text for s in segments] == [TEXT[4:8], TEXT[8:10]]
    assert segments[0].first == ("c0",)


def test_empty_text_gives_no_segments() -> None:
    assert cut("", [Mark(0, 1, "target", "t0")]) == ()


@pytest.mark.parametrize(
    ("text", "quote", "clause"),
    [
        ("完成甲。建成乙3处，丙4处；丁。", "3处", "建成乙3处，丙4处"),
        ("3处", "3处", "3处"),
        ("一\n二3处\n三", "3处", "二3处"),
        (
            "前十二个字以上的一段话在此，" * 3
            + "建成3处，"
            + "后面还有很长很长的十几个字，" * 3,
            "3处",
            "前十二个字以上的一段话在此，建成3处，后面还有很长很长的十几个字",
        ),
        ("甲" * 90 + "3处" + "乙" * 90, "3处", "甲" * 48 + "3处" + "乙" * 48),
    ],
    ids=["分句", "整段", "换行", "逗号", "过长"],
)
def test_clause_is_the_words_around_a_quote(text: str, quote: str, clause: str) -> None:
    start = text.index(quote)
    left, right = clause_around(text, start, start + len(quote))
    assert text[left:right] == clause


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲。建成3处。乙", "建成3处"),
        ("甲" * 60 + "3处", "…" + "甲" * 48 + "3处"),
        ("3处" + "甲" * 60, "3处" + "甲" * 48 + "…"),
    ],
    ids=["完整", "前截", "后截"],
)
def test_a_cut_clause_says_so(text: str, shown: str) -> None:
    start = text.index("3处")
    mark = Mark(start, start + 2, "outcome", "o0")
    segments = in_clause(text, [mark], mark.start, mark.end)
    assert "".join(s.text for s in segments) == shown
    assert [s.text for s in segments if s.keys] == ["3处"]
