"""The readers keep their ground on other projects' test cases, and the scorer scores."""

from __future__ import annotations

import json

import pytest

from tests.suites.readers import reader_of
from tests.suites.score import HERE, SUITES, Answer, Case, Gold, load, score

# What was reached, less about one line of the suite: (recall, precision, exact).
FLOORS = {
    "number_zh": (0.98, 0.98, 0.98),
    "percent_zh": (0.97, 0.97, 0.97),
    "itn_zh": (0.99, 0.99, 0.99),
    "number_with_unit_zh": (0.98, 0.98, 0.98),
    "range_zh": (0.62, 0.69, 0.62),
    "money_zh": (0.87, 0.97, 0.87),
    "tn_written_zh": (0.71, 0.71, 0.72),
}
UNIT_FLOORS = {"number_with_unit_zh": 0.98, "money_zh": 0.88, "percent_zh": 0.88}
COMPARATOR_FLOORS = {"range_zh": 0.80, "money_zh": 0.95}


@pytest.mark.parametrize("suite", SUITES)
def test_the_reader_keeps_its_ground(suite: str) -> None:
    tally, _ = score(reader_of(suite), load(suite))
    reached = (tally.recall or 0, tally.precision or 0, tally.exact or 0)
    assert all(r >= f for r, f in zip(reached, FLOORS[suite], strict=True)), reached
    assert (tally.unit or 0) >= UNIT_FLOORS.get(suite, 0)
    assert (tally.comparator or 0) >= COMPARATOR_FLOORS.get(suite, 0)


@pytest.mark.parametrize("suite", SUITES)
def test_the_gold_itself_scores_one(suite: str) -> None:
    cases = load(suite)
    answers = {case.text: [_as_answer(gold) for gold in case.golds] for case in cases}
    tally, wrong = score(answers.__getitem__, cases)
    assert (tally.recall, tally.exact, wrong) == (1, 1, [])
    assert tally.unit in (1, None)
    assert tally.comparator in (1, None)


def _as_answer(gold: Gold) -> Answer:
    return Answer(
        gold.start or 0,
        gold.end or 0,
        gold.value,
        gold.high,
        gold.units[0] if gold.units else None,
        gold.comparators[0] if gold.comparators else "=",
    )


@pytest.mark.parametrize("suite", SUITES)
def test_every_line_names_its_source_and_licence(suite: str) -> None:
    notice = (HERE / "NOTICE.md").read_text(encoding="utf-8")
    for line in (HERE / f"{suite}.jsonl").read_text(encoding="utf-8").splitlines():
        source = json.loads(line)["source"]
        assert source["repo"] in notice
        assert source["commit"][:7] in notice
        assert source["licence"] in ("MIT", "Apache-2.0", "BSD-3-Clause")


def gold(start: int, end: int, value: float, **more: object) -> Gold:
    given = {"high": None, "units": (), "comparators": (), "percent": False} | more
    return Gold(start, end, value, **given)  # type: ignore[arg-type]


TWENTY = gold(0, 3, 20, units=("个",), comparators=(">=",))
SPREAD = gold(0, 9, 10, high=20, comparators=("range",))
SHARE = gold(0, 3, 95, percent=True)
SCORED = [
    # name, gold, answers, then recall, precision, detection
    ("right", TWENTY, [Answer(0, 3, 20, unit="个", comparator=">=")], (1, 1, 1)),
    ("wrong value", TWENTY, [Answer(0, 3, 21)], (0, 0, 1)),
    ("elsewhere", TWENTY, [Answer(5, 7, 20)], (0, 0, 0)),
    ("said twice", TWENTY, [Answer(0, 2, 20), Answer(1, 3, 20)], (1, 0.5, 1)),
    ("half a range", SPREAD, [Answer(0, 9, 10)], (0, 0, 1)),
    ("two sides", SPREAD, [Answer(0, 4, 10, None, None, ">"), Answer(5, 9, 20, None, None, "<")], (1, 1, 1)),
    ("two bare numbers", SPREAD, [Answer(0, 4, 10), Answer(5, 9, 20)], (0, 0, 1)),
    ("as a ratio", SHARE, [Answer(0, 3, 0.95)], (1, 1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "told", "rates"),
    [rest for _, *rest in SCORED],
    ids=[name for name, *_ in SCORED],
)
def test_the_scorer(
    wanted: Gold, told: list[Answer], rates: tuple[float, float, float]
) -> None:
    case = Case("text", (wanted,), True, "repo", "1")
    tally, _ = score(lambda _: told, [case])
    assert (tally.recall, tally.precision, tally.detection) == rates


def test_units_comparators_and_spans_count_among_the_paired_only() -> None:
    case = Case("text", (TWENTY,), True, "repo", "1")
    right, _ = score(lambda _: [Answer(0, 3, 20, None, "个", ">=")], [case])
    assert (right.unit, right.comparator, right.span) == (1, 1, 1)
    bare, _ = score(lambda _: [Answer(0, 2, 20)], [case])
    assert (bare.unit, bare.comparator, bare.span) == (0, 0, 0)
    wrong, _ = score(lambda _: [Answer(0, 2, 7)], [case])
    assert (wrong.unit, wrong.comparator, wrong.span) == (None, None, None)
