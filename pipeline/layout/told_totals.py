"""Score and rating that sentences tell: 项目综合得分96.5分，等级为“优”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipeline.core.provenance import Provenance
from pipeline.layout.evidence import rating_words
from pipeline.layout.lines import Line, Slot
from pipeline.layout.totals import Totals
from pipeline.resources import load_toml

FULL_MARKS = "100"
MAX_CLAUSE = 60
"""Characters before a score that can say what was scored."""

MAX_BEFORE = 200
"""Characters before a score that can say that it is one of a row or a rate."""

MOST_OF_A_RATE = 30
"""Points that the execution rate may have; no whole form has so few."""

_SENTENCE = re.compile(r"[^。；;\n]+")
_CLAUSE_ENDS = "，,。；;:：（("


@dataclass(frozen=True, slots=True)
class _Told:
    """A score or rating as a sentence tells it; ``strong`` where 总 or 综合 stands by it."""

    value: str
    place: Provenance
    strong: bool = False


def told_totals(slots: Iterable[Slot]) -> Totals:
    """Score and rating where all sentences that name one agree.

    A sentence that says 总得分, or the rating beside the score, outdoes the others;
    the score of a part (产出指标得分38分) or of one indicator is none.
    """
    given = tuple(slots)
    places: dict[str, Provenance] = {}
    score = _only(_scores(given), "total_score", places)
    return Totals(None, score, _only(_ratings(given), "rating", places), places)


def with_told(totals: Totals, lines: Iterable[Line]) -> Totals:
    """Totals with what paragraphs beside a table say (自评总分97.35分，等级为优)."""
    told = told_totals(line.slots[0] for line in lines if line.table is None)
    if told.score is None and told.rating is None:
        return totals
    return replace(
        totals,
        score=totals.score or told.score,
        rating=totals.rating or told.rating,
        provenance={**told.provenance, **totals.provenance},
    )


def _scores(slots: Iterable[Slot]) -> list[_Told]:
    rules = _rules()
    found: list[_Told] = []
    for slot in slots:
        for sentence in _SENTENCE.finditer(slot.text):
            text = sentence.group()
            rated = _rating().search(text) is not None
            for value, before, clause in _told_in(text, rules.score):
                few = "率" in before and Decimal(value) <= MOST_OF_A_RATE
                if few or rules.part.search(clause) or rules.row.search(before):
                    continue
                strong = rated or rules.strong.search(clause) is not None
                found.append(_Told(value, slot.provenance, strong))
    # 总分100分，自评得分96分: the first only says what can be reached.
    reached = [told for told in found if told.value != FULL_MARKS]
    found = reached or found
    return [told for told in found if told.strong] or found


def _told_in(
    text: str, patterns: Iterable[re.Pattern[str]]
) -> Iterator[tuple[str, str, str]]:
    """Each number told as a score, what is before it, and its clause up to the number."""
    for pattern in patterns:
        for found in pattern.finditer(text):
            floor = max(0, found.start() - MAX_CLAUSE)
            start = max(text.rfind(stop, floor, found.start()) for stop in _CLAUSE_ENDS)
            end = found.start(1)
            before = text[max(0, end - MAX_BEFORE) : end]
            yield found.group(1), before, text[max(floor, start + 1) : end]


def _ratings(slots: Iterable[Slot]) -> list[_Told]:
    return [
        _Told(found.group(1), slot.provenance)
        for slot in slots
        for found in _rating().finditer(slot.text)
    ]


@dataclass(frozen=True, slots=True)
class _Rules:
    score: tuple[re.Pattern[str], ...]
    part: re.Pattern[str]
    row: re.Pattern[str]
    strong: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    """Patterns of models/narrative.toml."""
    entries = load_toml("narrative.toml")
    value = r"\s*(\d{1,3}(?:\.\d{1,2})?)(?![\d.%％])"
    return _Rules(
        score=tuple(
            re.compile(entry["pattern"].replace("{value}", value))
            for entry in entries["told_score"]
        ),
        part=re.compile(entries["told_score_part"]["pattern"]),
        row=re.compile(entries["told_score_row"]["pattern"]),
        strong=re.compile(entries["told_score_whole"]["pattern"]),
    )


@lru_cache(maxsize=1)
def _rating() -> re.Pattern[str]:
    """等级为“优”, but not 结果为优化….."""
    words = "|".join(map(re.escape, rating_words()))
    return re.compile(
        rf"(?:等级|评级|等次|评定|结论|结果|级别)(?:为|是|[:：])?\s*[“\"‘「]?({words})"
        r"(?:等级|等次|级)?(?=[”\"’」。，,；;）)]|$)"
    )


def _only(found: list[_Told], name: str, places: dict[str, Provenance]) -> str | None:
    if len({told.value for told in found}) != 1:
        return None
    places[name] = found[0].place
    return found[0].value
