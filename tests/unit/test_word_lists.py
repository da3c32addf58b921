"""Every list of models/word_lists.toml finds its words, where they stand for themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from pipeline.resources import load_toml
from pipeline.word_lists import FILE, any_of, ending_in, one_of

DATA = load_toml(FILE)
NOT = [
    (name, word, side, beside)
    for name, entry in DATA.items()
    for side in ("after", "before")
    for word, texts in entry.get(f"not_{side}", {}).items()
    for beside in texts
]


@pytest.mark.parametrize("name", DATA)
def test_example_and_counterexample(name: str) -> None:
    assert any_of(name).search(DATA[name]["example"])
    assert not any_of(name).search(DATA[name]["counterexample"])


@pytest.mark.parametrize("name", DATA)
def test_each_word_is_found_whole_and_listed_once(name: str) -> None:
    words = DATA[name]["words"]
    assert [w for w in words if not any_of(name).fullmatch(w)] == []
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(("name", "word", "side", "beside"), NOT)
def test_a_part_of_a_longer_word_is_none(
    name: str, word: str, side: str, beside: str
) -> None:
    text = beside + word if side == "after" else word + beside
    assert word in DATA[name]["words"]
    assert word not in any_of(name).findall(text)


def test_every_list_is_read_by_a_rule() -> None:
    folder = Path(pipeline.__file__).parent
    code = "".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py"))
    unread = [n for n in DATA if f'"{n}"' not in code and f"'{n}'" not in code]
    assert unread == []


def test_the_longer_word_is_found() -> None:
    assert one_of(["共", "共计"]).findall("共计12场") == ["共计"]
    assert any_of("attendants", "before_attending").findall("共计人数") == [
        "共计",
        "人数",
    ]


def test_words_that_begin_alike_are_put_together() -> None:
    found = one_of(["新", "新建", "改造", "新增设", "C++"]).findall(
        "新增设新建C++新打改造"
    )
    assert found == ["新增设", "新建", "C++", "新", "改造"]


def test_a_word_at_the_end() -> None:
    assert ending_in("place_ends").search("设咨询点")
    assert not ending_in("place_ends").search("咨询点管理")
