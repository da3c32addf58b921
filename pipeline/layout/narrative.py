"""Narrative reports and forms pasted as plain paragraphs → goals, outcomes, rows.

Everything is taken from text under a heading or behind a label that says what it
is; where none does, nothing is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.core.form import ReadingNote
from pipeline.core.provenance import Provenance
from pipeline.layout.evidence import rating_words
from pipeline.layout.goals import Goals
from pipeline.layout.lines import Line
from pipeline.layout.outline import Passage, outline
from pipeline.layout.prose import paragraphs
from pipeline.layout.sentence_indicators import SentenceRows, read_sentences
from pipeline.layout.totals import Totals

TOLD = "goal.told"
GOAL_ROLES = ("goal.annual", "goal.generic", "goal.longterm", TOLD)
OUTCOME_ROLES = ("outcome", "indicators", "weak")
MIN_TEXT = 6
"""Characters of a goal or outcome; shorter ones refer elsewhere (详见附表)."""

_ELSEWHERE = re.compile(r"^[（(]?(?:详见|见|具体见|参见)(?:附件|附表|下表|表)")
_SCORE = re.compile(
    r"(?:自评|评价|综合|绩效|最终|总)(?:综合)?(?:得|总|评)分(?:为|是|[:：])?\s*(\d{1,3}(?:\.\d{1,2})?)\s*分?"
)


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the prose gave; ``explicit`` says that headings named the outcome."""

    goals: Goals
    rows: SentenceRows
    totals: Totals
    reason_text: str | None = None
    explicit: bool = False

    @property
    def complete(self) -> bool:
        """Whether there is enough of a form to read: goals beside results."""
        goals = self.goals
        results = goals.outcome_text is not None or bool(self.rows.rows)
        return (goals.goal_text is not None and results) or len(self.rows.rows) > 1


@dataclass(slots=True)
class _Texts:
    found: dict[str, list[tuple[str, Provenance]]] = field(default_factory=dict)

    def add(self, passage: Passage) -> None:
        text = passage.slot.text.strip()
        if passage.role and text and not _ELSEWHERE.match(text):
            texts = self.found.setdefault(passage.role, [])
            texts.append((text, passage.slot.provenance))

    def first(self, roles: Iterable[str]) -> tuple[str, list[tuple[str, Provenance]]]:
        """The first role that holds enough text, and its paragraphs."""
        for role in roles:
            texts = self.found.get(role, [])
            if sum(len(text) for text, _ in texts) >= MIN_TEXT:
                return role, texts
        return "", []


def read_narrative(lines: Sequence[Line]) -> Narrative:
    """Read the paragraphs among the lines; tables are not looked at."""
    passages = outline(paragraphs(lines))
    texts = _Texts()
    for passage in passages:
        texts.add(passage)
    kind, goal = texts.first(GOAL_ROLES)
    role, outcome = texts.first(OUTCOME_ROLES)
    places = {}
    if goal:
        places["goal_text"] = goal[0][1]
    if outcome:
        places["outcome_text"] = outcome[0][1]
    # Such a chapter tells what was handed down, results among it.
    doubt = (ReadingNote("reading_doubt", "goal_text"),) if kind == TOLD else ()
    goals = Goals(_joined(goal), _joined(outcome), places, doubt)
    return Narrative(
        goals,
        read_sentences(passages),
        _totals(passages),
        reason_text=_joined(texts.found.get("reason", [])),
        explicit=role == "outcome",
    )


def with_sentences(totals: Totals, lines: Sequence[Line]) -> Totals:
    """Totals with what paragraphs below a table say (自评总分97.35分，等级为优)."""
    slots = [line.slots[0] for line in lines if line.table is None]
    told = _totals([Passage(None, slot) for slot in slots])
    if told.score is None and told.rating is None:
        return totals
    return replace(
        totals,
        score=totals.score or told.score,
        rating=totals.rating or told.rating,
        provenance={**told.provenance, **totals.provenance},
    )


def _joined(texts: list[tuple[str, Provenance]]) -> str | None:
    return "\n".join(text for text, _ in texts) or None


def _totals(passages: Sequence[Passage]) -> Totals:
    """Score and rating where all sentences that name one agree."""
    scores: dict[str, Provenance] = {}
    ratings: dict[str, Provenance] = {}
    for passage in passages:
        for found in _SCORE.finditer(passage.slot.text):
            scores.setdefault(found.group(1), passage.slot.provenance)
        for found in _rating().finditer(passage.slot.text):
            ratings.setdefault(found.group(1), passage.slot.provenance)
    places: dict[str, Provenance] = {}
    score = _only(scores, "total_score", places)
    return Totals(None, score, _only(ratings, "rating", places), places)


@lru_cache(maxsize=1)
def _rating() -> re.Pattern[str]:
    """等级为“优”, but not 结果为优化….."""
    words = "|".join(map(re.escape, rating_words()))
    return re.compile(
        rf"(?:等级|评级|评定|结论|结果|级别)(?:为|是|[:：])?\s*[“\"‘「]?({words})"
        r"(?:等级|等次|级)?(?=[”\"’」。，,；;）)]|$)"
    )


def _only(
    found: dict[str, Provenance], name: str, places: dict[str, Provenance]
) -> str | None:
    if len(found) != 1:
        return None
    value, place = next(iter(found.items()))
    places[name] = place
    return value
