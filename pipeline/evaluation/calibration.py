"""Whether a link's confidence says how often such links are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.core.record import Record
from pipeline.evaluation.corpus import GoldForm

BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """The confidence (0 to 1) of one link and whether its outcomes are right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Links of similar confidence: its range and mean, and the share right."""

    lowest: float
    highest: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """Keeping only links of at least ``confidence``: how many stay, how many err."""

    confidence: float
    coverage: float
    risk: float


def judged_links(gold: GoldForm, record: Record) -> Iterator[Judged]:
    """Every link that names outcomes; undetermined links claim nothing."""
    right = {
        gold.targets[t].span: {gold.outcomes[o].span for o in outcomes}
        for t, (outcomes, _) in gold.links.items()
    }
    for link in record.links:
        if link.outcomes:
            target = record.targets[link.target]
            said = {
                (record.outcomes[o].start, record.outcomes[o].end)
                for o in link.outcomes
            }
            yield Judged(link.confidence, said == right.get(target.span))


def reliability(judged: Sequence[Judged], bins: int = BINS) -> tuple[Bin, ...]:
    """Bins of about equal mass by rising confidence.

    Links of one confidence are never split: which of them came first would decide
    what a bin says. So there are fewer bins where many confidences are alike.
    """
    ordered = sorted(judged, key=lambda j: j.confidence)
    found: list[Bin] = []
    links: list[Judged] = []
    for _, alike in groupby(ordered, key=lambda j: j.confidence):
        links += alike
        if len(links) * bins >= len(ordered):
            found.append(_bin(links))
            links = []
    if links:
        found.append(_bin(links))
    return tuple(found)


def _bin(links: Sequence[Judged]) -> Bin:
    return Bin(
        lowest=links[0].confidence,
        highest=links[-1].confidence,
        count=len(links),
        confidence=sum(j.confidence for j in links) / len(links),
        accuracy=sum(j.right for j in links) / len(links),
    )


def expected_error(judged: Sequence[Judged], bins: int = BINS) -> float:
    """ECE: the mean distance of confidence and accuracy over bins; 0 for none."""
    if not judged:
        return 0.0
    return sum(
        b.count * abs(b.confidence - b.accuracy) for b in reliability(judged, bins)
    ) / len(judged)


def brier(judged: Sequence[Judged]) -> float:
    """The mean squared distance of confidence and truth; 0 for none."""
    if not judged:
        return 0.0
    return sum((j.confidence - j.right) ** 2 for j in judged) / len(judged)


def risk_coverage(judged: Sequence[Judged]) -> tuple[Coverage, ...]:
    """One point per distinct confidence, from the surest links to all of them."""
    ordered = sorted(judged, key=lambda j: -j.confidence)
    points, kept, wrong = [], 0, 0
    for confidence, links in groupby(ordered, key=lambda j: j.confidence):
        for link in links:
            kept, wrong = kept + 1, wrong + (not link.right)
        points.append(Coverage(confidence, kept / len(ordered), wrong / kept))
    return tuple(points)
