"""Equal numbers are never evidence: other numbers, the same pairs.

A number that is far from its target only takes the verdict away: the pair stays,
as the one candidate.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.quantity import Role
from pipeline.language.quantities import find_quantities
from pipeline.language.reading import Reading, read_text
from pipeline.matching import match_form
from tests.unit.matching.sketch import read, row

ANNOTATIONS = Path(__file__).resolve().parents[3] / "corpus" / "annotations"
FORMS = [
    json.loads(line)
    for split in ("train", "dev", "twins")
    for line in (ANNOTATIONS / f"{split}.jsonl").read_text("utf-8").splitlines()
    if '"outcomes": []' not in line
]
NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")


def rewritten(text: str, chance: random.Random, *, longer: bool) -> str:
    """The text with other digits in its quantities, words and units as they were.

    Ranges and 1小时20分 stay: two numbers at random are seldom a range.
    """
    out, position = [], 0
    for quantity in find_quantities(text, Role.OUTCOME):
        out.append(text[position : quantity.start])
        position = quantity.end
        printed = quantity.quote
        if len(NUMBER.findall(printed.split("/")[0])) == 1:
            printed = NUMBER.sub(
                lambda m: other(m[0], chance, longer=longer), printed, count=1
            )
        out.append(printed)
    return "".join(out) + text[position:]


def other(number: str, chance: random.Random, *, longer: bool) -> str:
    whole, dot, part = number.partition(".")
    digits = len(whole) + chance.randint(0, 2) if longer else len(whole)
    first = str(chance.randint(1, 9))
    rest = "".join(str(chance.randint(0, 9)) for _ in range(digits - 1))
    decimals = "".join(str(chance.randint(1, 9)) for _ in part)
    return first + rest + dot + decimals


def shape(reading: Reading) -> list[tuple[object, ...]]:
    """What the matcher may look at of each quantity: not its value."""
    return [(q.unit, q.per, q.comparator) for q in reading.quantities]


def pairs(entry: dict[str, object], outcome: Reading) -> object:
    record_rows = read_rows(entry)
    found = match_form(
        read_text(str(entry["goal_text"]), Role.GOAL), outcome, record_rows
    )
    return (
        [(k.target, k.outcomes or k.candidates) for k in found.links],
        [s.has_outcome for s in found.statements],
    )


def read_rows(entry: dict[str, object]):
    """The rows without what they say was reached, which is told beside the text."""
    from pipeline.analysis import form_from_texts

    form = form_from_texts(
        goal_text=None,
        outcome_text=None,
        indicators=[{**r, "actual_text": None} for r in entry["indicators"]],
    )
    return form.indicators


@pytest.mark.parametrize("longer", [False, True], ids=["同位数", "不同位数"])
@pytest.mark.parametrize("entry", FORMS, ids=lambda entry: entry["id"])
def test_other_numbers_in_the_outcome_change_no_link(
    entry: dict[str, object], longer: bool
) -> None:
    chance = random.Random(f"{entry['id']}{longer}")
    printed = read_text(str(entry["outcome_text"]), Role.OUTCOME)
    text = rewritten(printed.text, chance, longer=longer)
    changed = read_text(text, Role.OUTCOME)
    assert [q.value for q in changed.quantities] != [
        q.value for q in printed.quantities
    ]
    assert shape(changed) == shape(printed)
    assert pairs(entry, changed) == pairs(entry, printed)


GOAL = "举办讲座12场，新建步道9公里，培训学员60人，群众满意度达到90%。"
DONE = "培训学员{}人；步道建成{}公里；讲座举办{}场；其中线上讲座{}场；展览{}场；群众满意度{}%。"
NUMBERS = st.integers(1, 99_999)


@settings(max_examples=60, deadline=None)
@given(st.lists(NUMBERS, min_size=6, max_size=6))
def test_whatever_the_numbers_the_links_are_those_of_the_words(
    numbers: list[int],
) -> None:
    record = read(GOAL, DONE.format(*numbers), row("讲座场次", "12场", "12场"))
    assert [(k.target, k.outcomes or k.candidates) for k in record.links] == [
        (0, (2,)),
        (1, (1,)),
        (2, (0,)),
        (3, (5,)),
    ]


@settings(max_examples=30, deadline=None)
@given(NUMBERS, NUMBERS)
def test_the_equal_number_of_another_thing_is_never_taken(
    ours: int, theirs: int
) -> None:
    record = read(
        f"举办讲座{ours}场，举办展览3场。",
        f"举办展览{ours}场，举办讲座{theirs}场。",
    )
    chosen = [(k.target, k.outcomes or k.candidates) for k in record.links]
    assert chosen == [(0, (1,)), (1, (0,))]
