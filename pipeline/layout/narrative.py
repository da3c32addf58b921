"""Narrative reports and forms pasted as plain paragraphs → goals, outcomes, rows.

Everything is taken from text under a heading or behind a label that says what it
is; where none does, nothing is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.core.form import ReadingNote
from pipeline.core.provenance import Provenance
from pipeline.layout.goals import Goals, joined
from pipeline.layout.lines import Line, Slot
from pipeline.layout.outline import Passage, outline
from pipeline.layout.prose import paragraphs
from pipeline.layout.sentence_indicators import SentenceRows, read_sentences
from pipeline.layout.told_funds import ToldFunds, told_funds
from pipeline.layout.told_totals import told_totals
from pipeline.layout.totals import Totals

TOLD = "goal.told"
GOAL_ROLES = ("goal.annual", "goal.generic", "goal.longterm", TOLD)
OUTCOME_ROLES = ("outcome", "indicators", "weak")
MIN_TEXT = 6
"""Characters of a goal or outcome; shorter ones refer elsewhere (详见附表)."""

GENERAL = 24
"""Characters up to which an outcome may say no more than that all was done."""

_YEAR = re.compile(r"20[\dxX]{2}年度?")
_PROJECT = re.compile(r"项目|工程|资金|补助|补贴|经费|专项|课题")
_ELSEWHERE = re.compile(r"^[（(]?(?:详见|见|具体见|参见)(?:附件|附表|下表|表)")

_SCORE_ALONE = re.compile(
    r"[^，,。；;]{0,12}(?:自评|评价|综合|绩效)?(?:得分|总分|评分)(?:为|是|[:：])?\s*[\d.]+\s*分?[。；;]?"
)
_COUNTS_INDICATORS = re.compile(
    r"[^。]{0,30}(?:编制|设置|设定|设立|制定|分解)[^。]{0,10}\d+\s*[个项条]"
    r"[^。，,；;]{0,12}指标(?:[^。]{0,8}[一二三]级(?:绩效)?指标\s*\d+\s*[个项条])*[。；;]?"
)
"""该项目共设置12个绩效指标，其中一级指标3个: how many there are, no goal."""


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the prose gave; ``explicit`` says that headings named the outcome."""

    goals: Goals
    rows: SentenceRows
    totals: Totals
    funds: ToldFunds
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
        if passage.role and text and not _says_nothing(text):
            texts = self.found.setdefault(passage.role, [])
            texts.append((text, passage.slot.provenance))

    def first(self, roles: Iterable[str]) -> tuple[str, list[tuple[str, Provenance]]]:
        """The first role that holds enough text, and its paragraphs."""
        for role in roles:
            texts = self.found.get(role, [])
            if sum(len(text) for text, _ in texts) >= MIN_TEXT:
                return role, texts
        return "", []


def _says_nothing(text: str) -> bool:
    """A reference to a table, a count of indicators, or the score on its own."""
    return (
        _ELSEWHERE.match(text) is not None
        or _COUNTS_INDICATORS.fullmatch(text) is not None
        or _SCORE_ALONE.fullmatch(text) is not None
    )


def _is_general(texts: Sequence[tuple[str, Provenance]]) -> bool:
    """A short sentence without any number but the year."""
    whole = _YEAR.sub("", "".join(text for text, _ in texts))
    return len(whole) <= GENERAL and not any(map(str.isdigit, whole))


def read_narrative(lines: Sequence[Line]) -> Narrative:
    """Read the paragraphs among the lines; tables are not looked at."""
    slots = paragraphs(lines)
    return _narrative(outline(slots), slots)


def read_projects(
    lines: Sequence[Line],
) -> tuple[tuple[tuple[str, Provenance], Narrative], ...]:
    """The projects of a report that gives each a chapter with goals and results.

    Each with its name and place; empty where fewer than two sister chapters are so.
    """
    chapters: dict[tuple[int, ...], list[Passage]] = {}
    for passage in outline(paragraphs(lines)):
        for depth, heading in enumerate(passage.under, start=1):
            if heading.plain and _PROJECT.search(heading.name):
                path = tuple(h.number for h in passage.under[:depth])
                chapters.setdefault(path, []).append(passage)
    told = {
        path: _narrative(passages, tuple(p.slot for p in passages))
        for path, passages in chapters.items()
    }
    whole = [path for path, narrative in told.items() if narrative.complete]
    sisters = Counter(path[:-1] for path in whole)
    above = next((path for path, count in sisters.items() if count > 1), None)
    return tuple(
        (_named(chapters[path][0], len(path)), told[path])
        for path in whole
        if above == path[:-1]
    )


def _named(passage: Passage, depth: int) -> tuple[str, Provenance]:
    return passage.under[depth - 1].name, passage.slot.provenance


def _narrative(passages: Sequence[Passage], slots: Sequence[Slot]) -> Narrative:
    texts = _Texts()
    for passage in passages:
        texts.add(passage)
    kind, goal = texts.first(GOAL_ROLES)
    role, outcome = texts.first(OUTCOME_ROLES)
    if role == "outcome" and _is_general(outcome):
        # 总体目标基本完成。 says it of all; the chapter on the indicators, of each.
        outcome = [*outcome, *texts.found.get("indicators", [])]
    places = {}
    if goal:
        places["goal_text"] = goal[0][1]
    if outcome:
        places["outcome_text"] = outcome[0][1]
    # Such a chapter tells what was handed down, results among it.
    doubt = (ReadingNote("reading_doubt", "goal_text"),) if kind == TOLD else ()
    goals = Goals(joined(goal), joined(outcome), places, doubt)
    return Narrative(
        goals,
        read_sentences(passages),
        told_totals(slots),
        told_funds(slots),
        reason_text=joined(texts.found.get("reason", [])),
        explicit=role == "outcome",
    )
