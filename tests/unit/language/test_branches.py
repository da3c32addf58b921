"""Ways of a pattern looked for one by one find what the whole pattern finds."""

from __future__ import annotations

import pytest
import regex

from pipeline.language.branches import branches, find_all
from pipeline.language.clarity_rules import holds, may_hold_within
from pipeline.language.fold import fold
from pipeline.language.statements import cut_statements
from pipeline.resources import load_toml


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        ("a", ("a",)),
        ("a|b(?:c|d)", ("a", "b(?:c|d)")),
        (r"a\|b|[|)]|\(", (r"a\|b", "[|)]", r"\(")),
        (r"[]|]a|[^]|]b", ("[]|]a", "[^]|]b")),
        (r"[\]|]a|(?<=x|y)z", (r"[\]|]a", "(?<=x|y)z")),
        ("a|", ("a", "")),
    ],
)
def test_branches(pattern: str, ways: tuple[str, ...]) -> None:
    assert branches(pattern) == ways


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\d-\d月|\d月(?:\d日)?", "3-4月5日，6月7日"),
        ("甲乙|乙丙丁|丙", "甲乙丙丁，乙丙丁丙"),
        ("甲|甲乙", "甲乙甲"),
        ("(?<=甲)乙|丙", "甲乙丙，乙"),
        ("a|b", "没有"),
    ],
)
def test_found_as_by_the_whole(pattern: str, text: str) -> None:
    whole = regex.compile(pattern)
    ways = [regex.compile(way) for way in branches(pattern)]
    found = list(find_all(whole, ways, text, timeout=None))
    assert found == [match.span() for match in whole.finditer(text)]


FACTS = load_toml("clarity.toml")["fact_told"]


@pytest.mark.parametrize("entry", FACTS, ids=[entry["id"] for entry in FACTS])
@pytest.mark.parametrize(
    "around",
    [
        "{}。",
        "一是{}；二是建成水闸3座",
        "目标1：{} 目标2：建成水闸3座",
        "<p>建成水闸3座。</p><p>{}</p>",
        "1.{}；2.建成水闸3座",
        "（一）{}\n（二）建成水闸3座",
    ],
)
def test_a_core_stands_in_any_text_with_the_fact(
    entry: dict[str, str], around: str
) -> None:
    text = around.format(entry["example"])
    folded = fold(text)
    assert any(holds("fact_told", folded[a:b]) for a, b in cut_statements(text))
    assert may_hold_within("fact_told", folded)
    assert regex.search(entry["core"], folded)


def test_most_texts_have_no_core() -> None:
    assert not may_hold_within("fact_told", "新建水闸3座，培训500人次，合格率95%")
