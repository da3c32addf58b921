"""Goals beside outcomes: one card per statement, a row per target in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.review import access
from pipeline.review.access import Json
from pipeline.review.marks import (
    evidence_marks,
    inside,
    mark_of,
    spans,
    statement_marks,
)
from pipeline.review.segments import Mark, Segment, cut, in_clause
from pipeline.review.words import Words

UNANSWERED = "none"
"""The verdict shown for a target without a link."""

VAGUE_BELOW, CLEAR_FROM = 45, 70
_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": "", "approx": "≈ "}


@dataclass(frozen=True, slots=True)
class OutcomeCard:
    """An outcome in its clause. ``key`` is ``o`` and its index in the record.

    ``located`` says that its place in the text is known.
    """

    key: str
    segments: tuple[Segment, ...]
    read_as: str
    located: bool


@dataclass(frozen=True, slots=True)
class TableNote:
    """An indicator row that bears on a target. ``number`` counts from 1."""

    number: int
    name: str | None
    actual: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target with what answers it. ``keys`` are all texts it lights up."""

    key: str
    quote: str
    read_as: str
    verdict: str
    outcomes: tuple[OutcomeCard, ...]
    candidates: tuple[OutcomeCard, ...]
    notes: tuple[TableNote, ...]
    keys: tuple[str, ...]
    located: bool
    explanation: str | None = None
    method: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """One part of the clarity score, 0 to 1."""

    label: str
    value: float


@dataclass(frozen=True, slots=True)
class StatementCard:
    """A statement of the goal.

    ``answer`` says what stands beside it: ``targets`` (their rows), ``verbal``,
    ``missing``, ``not_checked`` or ``not_judged``. ``band`` colours the score of a
    task: low, middle or high; None for context and funding, which promise nothing.
    """

    key: str
    number: int
    segments: tuple[Segment, ...]
    kind: str
    quantified: bool
    vague: bool
    answer: str
    score: int | None
    band: str | None
    dimensions: tuple[Dimension, ...]
    cues: tuple[str, ...]
    targets: tuple[TargetRow, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalView:
    """All cards of a form, and both texts with their marks."""

    statements: tuple[StatementCard, ...]
    stray_targets: tuple[TargetRow, ...]
    unmatched_outcomes: tuple[OutcomeCard, ...]
    goal_text: tuple[Segment, ...]
    outcome_text: tuple[Segment, ...]
    verdicts: dict[str, int]


def verdict_counts(record: Json) -> dict[str, int]:
    """Targets by verdict, in the order of the words; the sum is the number of targets."""
    counts = dict.fromkeys(Words().keys("verdict"), 0)
    verdicts = _verdicts(record)
    for index in range(len(access.objects(record, "targets"))):
        verdict = verdicts.get(index, UNANSWERED)
        counts[verdict] = counts.get(verdict, 0) + 1
    return counts


def view_goals(record: Json, words: Words) -> GoalView:
    """The cards of a record."""
    goal = access.text(record, "goal_text") or ""
    outcome = access.text(record, "outcome_text") or ""
    goal_marks = (*spans(record, "targets", "target", "t"), *statement_marks(record))
    outcome_marks = tuple(spans(record, "outcomes", "outcome", "o"))
    rows = _target_rows(record, goal, outcome, outcome_marks)
    cards = tuple(
        _statement(item, index, goal, goal_marks, rows, words)
        for index, item in enumerate(access.objects(record, "goal_statements"))
    )
    shown = {row.key for card in cards for row in card.targets}
    lit = evidence_marks(record)
    return GoalView(
        statements=cards,
        stray_targets=tuple(row for row in rows if row.key not in shown),
        unmatched_outcomes=tuple(
            card
            for index in access.integers(record, "unmatched_outcomes")
            if (card := _outcome(record, index, outcome, outcome_marks))
        ),
        goal_text=cut(goal, (*goal_marks, *lit.get("goal_text", ()))),
        outcome_text=cut(outcome, (*outcome_marks, *lit.get("outcome_text", ()))),
        verdicts=verdict_counts(record),
    )


def read_as(quantity: Json) -> str:
    """A quantity as understood: ``≥ 30 家（每个站点每年）``; empty if there is none."""
    value = quantity.get("value")
    if value is None:
        return ""
    comparator = access.text(quantity, "comparator") or "="
    high = quantity.get("value_high")
    figure = f"{value}" if high is None else f"{value} – {high}"
    unit = access.text(quantity, "unit") or ""
    gap = "" if unit in ("", "%") else " "
    per = access.text(quantity, "per")
    return f"{_SIGNS.get(comparator, '')}{figure}{gap}{unit}" + (
        f"（{per}）" if per else ""
    )


def _verdicts(record: Json) -> dict[int, str]:
    return {
        target: access.text(link, "verdict") or UNANSWERED
        for link in access.objects(record, "links")
        if (target := access.integer(link, "target")) is not None
    }


def _target_rows(
    record: Json, goal: str, outcome: str, marks: tuple[Mark, ...]
) -> tuple[TargetRow, ...]:
    links = {
        access.integer(link, "target"): link for link in access.objects(record, "links")
    }
    verdicts = _verdicts(record)
    rows = []
    for index, target in enumerate(access.objects(record, "targets")):
        link = links.get(index, {})
        cards = {
            field: tuple(
                card
                for number in access.integers(link, field)
                if (card := _outcome(record, number, outcome, marks))
            )
            for field in ("outcomes", "candidates")
        }
        rows.append(
            TargetRow(
                key=f"t{index}",
                quote=access.text(target, "quote") or "",
                read_as=read_as(target),
                verdict=verdicts.get(index, UNANSWERED),
                outcomes=cards["outcomes"],
                candidates=cards["candidates"],
                notes=tuple(_table_notes(record, index)),
                keys=(f"t{index}", *(c.key for group in cards.values() for c in group)),
                located=inside(mark_of(target, "", "t"), goal),
                explanation=access.text(link, "explanation"),
                method=access.text(link, "method"),
                confidence=access.number(link, "confidence"),
            )
        )
    return tuple(rows)


def _outcome(
    record: Json, index: int, text: str, marks: tuple[Mark, ...]
) -> OutcomeCard | None:
    items = access.objects(record, "outcomes")
    if not 0 <= index < len(items):
        return None
    key = f"o{index}"
    own = [m for m in marks if m.key == key and inside(m, text)]
    if own:
        segments = in_clause(text, own, own[0].start, own[0].end)
    else:
        segments = (Segment(access.text(items[index], "quote") or ""),)
    return OutcomeCard(key, segments, read_as(items[index]), bool(own))


def _table_notes(record: Json, target: int) -> Iterator[TableNote]:
    for position, row in enumerate(access.objects(record, "indicators")):
        actual = access.text(row, "actual_text")
        if actual and target in access.integers(row, "targets"):
            yield TableNote(position + 1, access.text(row, "name"), actual)


def _statement(
    item: Json,
    index: int,
    goal: str,
    marks: tuple[Mark, ...],
    rows: tuple[TargetRow, ...],
    words: Words,
) -> StatementCard:
    clarity = access.mapping(item, "clarity")
    score = access.integer(clarity, "score")
    own = mark_of(item, "", f"s{index}")
    targets = tuple(
        rows[n] for n in access.integers(item, "targets") if 0 <= n < len(rows)
    )
    if own and inside(own, goal):
        segments = cut(goal, [m for m in marks if m.kind], start=own.start, end=own.end)
    else:
        segments = (Segment(access.text(item, "quote") or ""),)
    return StatementCard(
        key=f"s{index}",
        number=index + 1,
        segments=segments,
        kind=access.text(item, "kind") or "",
        quantified=item.get("quantified") is True,
        vague=item.get("vague") is True,
        answer=_answer(item, bool(targets)),
        score=score,
        band=_band(score) if item.get("kind") == "task" else None,
        dimensions=tuple(_dimensions(clarity, words)),
        cues=_cues(clarity),
        targets=targets,
        keys=(
            f"s{index}",
            *(k for row in targets for k in row.keys if k[0] == "o"),
        ),
    )


def _dimensions(clarity: Json, words: Words) -> Iterator[Dimension]:
    for key, value in access.mapping(clarity, "dimensions").items():
        if isinstance(value, (int, float)):
            name = words.label("dimension", str(key))
            yield Dimension(name, min(1.0, max(0.0, float(value))))


def _cues(clarity: Json) -> tuple[str, ...]:
    """The vague words, each once, in their order."""
    quotes = (access.text(cue, "quote") for cue in access.objects(clarity, "cues"))
    return tuple(dict.fromkeys(quote for quote in quotes if quote))


def _answer(item: Json, has_targets: bool) -> str:
    if has_targets:
        return "targets"
    if item.get("has_outcome") is True:
        return "verbal"
    if item.get("kind") in ("context", "funding"):
        return "not_checked"
    return "missing" if item.get("has_outcome") is False else "not_judged"


def _band(score: int | None) -> str | None:
    if score is None:
        return None
    if score < VAGUE_BELOW:
        return "low"
    return "high" if score >= CLEAR_FROM else "middle"
