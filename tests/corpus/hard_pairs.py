"""Figures of links over short goals and outcomes that were written to be mistaken.

``python -m tests.corpus.hard_pairs`` prints them for every file corpus/links/hard-*.jsonl.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pipeline
from pipeline.core.link import Link, Verdict
from pipeline.core.quantity import Quantity
from pipeline.core.record import Record

FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "links"
Span = tuple[int, int]
Answer = tuple[frozenset[Span], str]
_HELD = (Verdict.MET.value, Verdict.EXCEEDED.value)


class Figures(NamedTuple):
    """Link and verdict F1, the part of "met" that is wrong, F1 of unanswered targets."""

    links: float
    false_met: float
    unmatched: float


def files() -> list[Path]:
    """The files of hard pairs, in name order."""
    return sorted(FOLDER.glob("hard-*.jsonl"))


def cases(file: Path) -> Iterator[dict[str, Any]]:
    """The cases of one file."""
    for line in file.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def figures(file: Path) -> Figures:
    """Analyse every case of a file, without an indicator table, and compare."""
    counts = Counter[str]()
    for case in cases(file):
        counts.update(_counts(case))
    return Figures(
        links=_f1(counts, "link"),
        false_met=counts["held.wrong"] / max(1, counts["held.said"]),
        unmatched=_f1(counts, "none"),
    )


def _f1(counts: Mapping[str, int], name: str) -> float:
    both = counts[f"{name}.said"] + counts[f"{name}.gold"]
    return 2 * counts[f"{name}.right"] / both if both else 0.0


def _counts(case: Mapping[str, Any]) -> Iterator[str]:
    record = pipeline.analyze(
        goal_text=case["goal_text"], outcome_text=case["outcome_text"]
    )
    targets, outcomes = _spans(case["targets"]), _spans(case["outcomes"])
    right: dict[Span, Answer] = {
        targets[link["target"]]: (
            frozenset(outcomes[o] for o in link["outcomes"]),
            link["verdict"],
        )
        for link in case["links"]
    }
    said = {
        _place(record.targets[link.target], targets): _answer(record, link, outcomes)
        for link in record.links
        if link.outcomes
    }
    yield from ["link.gold"] * len(right)
    for target, answer in said.items():
        yield "link.said"
        if right.get(target) == answer:
            yield "link.right"
        if answer[1] in _HELD:
            yield "held.said"
            if target not in right or right[target][1] not in _HELD:
                yield "held.wrong"
    open_ones = {targets[i] for i in case["unmatched_targets"]}
    left = {_place(record.targets[i], targets) for i in record.unmatched_targets}
    yield from ["none.gold"] * len(open_ones)
    yield from ["none.said"] * len(left)
    yield from ["none.right"] * len(open_ones & left)


def _spans(quantities: Sequence[Mapping[str, Any]]) -> list[Span]:
    return [(q["start"], q["end"]) for q in quantities]


def _answer(record: Record, link: Link, outcomes: Sequence[Span]) -> Answer:
    found = frozenset(_place(record.outcomes[o], outcomes) for o in link.outcomes)
    return found, link.verdict.value


def _place(quantity: Quantity, annotated: Sequence[Span]) -> Span:
    """The annotated span that a quantity overlaps, else its own.

    Whether 控制在 belongs to a number is no matter of links.
    """
    for start, end in annotated:
        if quantity.start < end and start < quantity.end:
            return start, end
    return quantity.start, quantity.end


def main() -> None:
    """Print the figures of every file."""
    for file in files():
        found = "\t".join(f"{figure:.3f}" for figure in figures(file))
        sys.stdout.write(f"{file.stem}\t{found}\n")


if __name__ == "__main__":
    main()
