"""Score a reader of numbers on the public suites of this directory.

``python -m tests.suites.score [SUITE …] [--errors N] [--by-source]``

A line of a suite holds a text and the quantities it holds (``NOTICE.md`` says
where the lines come from and what their fields mean). A reader answers with
what it found in the text; the answers are compared by these definitions:

detection   a gold quantity that any answer overlaps, right or wrong
recall      a gold quantity that an overlapping answer of the right value (for
            a range: of both right ends) is paired with, each answer used once
precision   answers that were paired, on lines whose gold is exhaustive
exact       exhaustive lines with every quantity right and nothing else said
span        of the paired whose gold has a place, both ends as in the gold
unit        of the paired with a gold unit, one of the accepted spellings
comparator  of the paired with a gold comparator other than ``=``, an accepted one

Three allowances: a percentage may be told as its ratio (0.95 for 95 %), a
range may be told by two one-sided answers (大于10且小于20), and a gold without
place (the itn suite) matches by value alone.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUITES = (
    "number_zh",
    "percent_zh",
    "itn_zh",
    "number_with_unit_zh",
    "range_zh",
    "money_zh",
    "tn_written_zh",
)
NUMERAL_SUITES = ("number_zh", "percent_zh", "itn_zh")


@dataclass(frozen=True)
class Answer:
    """What a reader says of one number; half-open place in the text."""

    start: int
    end: int
    value: float
    high: float | None = None
    unit: str | None = None
    comparator: str = "="


@dataclass(frozen=True)
class Gold:
    """One quantity of a suite; ``units`` and ``comparators`` are all accepted."""

    start: int | None
    end: int | None
    value: float
    high: float | None
    units: tuple[str, ...]
    comparators: tuple[str, ...]
    percent: bool


@dataclass(frozen=True)
class Case:
    text: str
    golds: tuple[Gold, ...]
    exhaustive: bool
    repository: str
    number: str


@dataclass
class Tally:
    """Counts over cases; the rates are None where nothing was counted."""

    cases: int = 0
    golds: int = 0
    detected: int = 0
    paired: int = 0
    said: int = 0
    said_right: int = 0
    exhaustive: int = 0
    exact_lines: int = 0
    placed: int = 0
    spans: int = 0
    units: int = 0
    units_right: int = 0
    comparators: int = 0
    comparators_right: int = 0

    @property
    def detection(self) -> float | None:
        return _rate(self.detected, self.golds)

    @property
    def recall(self) -> float | None:
        return _rate(self.paired, self.golds)

    @property
    def precision(self) -> float | None:
        return _rate(self.said_right, self.said)

    @property
    def exact(self) -> float | None:
        return _rate(self.exact_lines, self.exhaustive)

    @property
    def span(self) -> float | None:
        return _rate(self.spans, self.placed)

    @property
    def unit(self) -> float | None:
        return _rate(self.units_right, self.units)

    @property
    def comparator(self) -> float | None:
        return _rate(self.comparators_right, self.comparators)


Reader = Callable[[str], Sequence[Answer]]
RATES = ("detection", "recall", "precision", "exact", "span", "unit", "comparator")


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def load(suite: str) -> list[Case]:
    lines = (HERE / f"{suite}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_case(json.loads(line)) for line in lines]


def _case(line: dict[str, object]) -> Case:
    expected = line["expected"]
    source = line["source"]
    assert isinstance(expected, list)
    assert isinstance(source, dict)
    return Case(
        text=str(line["text"]),
        golds=tuple(_gold(entry) for entry in expected),
        exhaustive=bool(line.get("exhaustive", True)),
        repository=source["repo"],
        number=str(line["id"]),
    )


def _gold(entry: dict[str, object]) -> Gold:
    # An optional upper end belongs to 3000多: the lower end alone will do.
    high = None if entry.get("high_optional") else entry.get("value_high")
    units = list(entry.get("unit") or [])  # type: ignore[call-overload]
    if entry.get("unit_norm"):
        units.append(entry["unit_norm"])
    return Gold(
        start=entry.get("start"),  # type: ignore[arg-type]
        end=entry.get("end"),  # type: ignore[arg-type]
        value=float(entry["value"]),  # type: ignore[arg-type]
        high=None if high is None else float(high),  # type: ignore[arg-type]
        units=tuple(_plain(unit) for unit in units),
        comparators=tuple(entry.get("comparator") or ()),  # type: ignore[arg-type]
        percent=bool(entry.get("percent")),
    )


def _plain(unit: str | None) -> str:
    return (unit or "").replace("％", "%").strip().lower()


def _overlap(gold: Gold, answer: Answer) -> bool:
    if gold.start is None or gold.end is None:
        return True
    return answer.start < gold.end and gold.start < answer.end


def _same(told: float | None, value: float, *, percent: bool) -> bool:
    if told is None:
        return False
    wanted = (value, value / 100) if percent else (value,)
    return any(math.isclose(told, w, rel_tol=1e-6, abs_tol=1e-12) for w in wanted)


def _right(gold: Gold, answer: Answer) -> bool:
    if not _same(answer.value, gold.value, percent=gold.percent):
        return False
    return gold.high is None or _same(answer.high, gold.high, percent=gold.percent)


def _pair(gold: Gold, answers: Sequence[Answer], used: set[int]) -> list[int]:
    """The places in ``answers`` that answer ``gold``: none, one, or two sides."""
    free = [
        (i, a) for i, a in enumerate(answers) if i not in used and _overlap(gold, a)
    ]
    for i, answer in free:
        if _right(gold, answer):
            return [i]
    if gold.high is None:
        return []
    sided = [(i, a) for i, a in free if a.comparator not in ("=", "range")]
    lows = [i for i, a in sided if _same(a.value, gold.value, percent=gold.percent)]
    highs = [i for i, a in sided if _same(a.value, gold.high, percent=gold.percent)]
    pairs = [(low, high) for low in lows for high in highs if low != high]
    return list(pairs[0]) if pairs else []


def _detected(gold: Gold, answers: Sequence[Answer]) -> bool:
    placed = gold.start is not None
    return any(_overlap(gold, a) and (placed or _right(gold, a)) for a in answers)


def add_case(tally: Tally, case: Case, answers: Sequence[Answer]) -> bool:
    """Count one line; whether every quantity of it is right (and no other said)."""
    used: set[int] = set()
    found = 0
    for gold in case.golds:
        tally.detected += _detected(gold, answers)
        places = _pair(gold, answers, used)
        if not places:
            continue
        used.update(places)
        found += 1
        _add_details(tally, gold, answers[places[0]], sides=len(places))
    tally.cases += 1
    tally.golds += len(case.golds)
    tally.paired += found
    right = found == len(case.golds)
    if case.exhaustive:
        right = right and len(used) == len(answers)
        tally.exhaustive += 1
        tally.said += len(answers)
        tally.said_right += len(used)
        tally.exact_lines += right
    return right


def _add_details(tally: Tally, gold: Gold, answer: Answer, *, sides: int) -> None:
    tally.placed += gold.start is not None
    tally.spans += (answer.start, answer.end) == (gold.start, gold.end)
    if gold.units:
        tally.units += 1
        tally.units_right += _plain(answer.unit) in gold.units
    if gold.comparators and "=" not in gold.comparators:
        tally.comparators += 1
        tally.comparators_right += sides == 2 or answer.comparator in gold.comparators


def score(read: Reader, cases: Iterable[Case]) -> tuple[Tally, list[Case]]:
    """The counts of ``read`` over ``cases``, and the lines it has wrong."""
    tally, wrong = Tally(), []
    for case in cases:
        if not add_case(tally, case, read(case.text)):
            wrong.append(case)
    return tally, wrong


def row(name: str, tally: Tally) -> str:
    rates = (getattr(tally, rate) for rate in RATES)
    cells = "".join(f"{'–' if r is None else format(r, '.3f'):>11}" for r in rates)
    return f"{name:<34}{tally.cases:>6}{tally.golds:>6}{cells}"


def head() -> str:
    return f"{'':<34}{'lines':>6}{'n':>6}" + "".join(f"{rate:>11}" for rate in RATES)


def main() -> None:
    from tests.suites.readers import reader_of

    parser = argparse.ArgumentParser(prog="python -m tests.suites.score")
    parser.add_argument("suites", nargs="*", default=SUITES)
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    parser.add_argument("--by-source", action="store_true")
    options = parser.parse_args()
    print(head())
    for suite in options.suites:
        cases, read = load(suite), reader_of(suite)
        tally, wrong = score(read, cases)
        print(row(suite, tally))
        if options.by_source:
            for repository in sorted({case.repository for case in cases}):
                part = [case for case in cases if case.repository == repository]
                print(row(f"  {repository}", score(read, part)[0]))
        for case in wrong[: options.errors]:
            wanted = [(g.value, g.high) for g in case.golds]
            told = [
                (a.value, a.high, a.comparator, a.unit, case.text[a.start : a.end])
                for a in read(case.text)
            ]
            print(f"    {case.number} {case.text!r} wanted {wanted} told {told}")


if __name__ == "__main__":
    main()
