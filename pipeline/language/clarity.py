"""What a goal statement is and how clearly it can be checked.

Kind and vagueness follow the guideline (section 5); the score is a rubric of
seven weighted dimensions. ``has_outcome`` and the verifiability dimension
depend on links and are filled in by matching (``with_outcome``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

import regex

from pipeline.core.quantity import Quantity
from pipeline.core.statement import Clarity, Cue, Statement
from pipeline.language.clarity_rules import Rule, word_group
from pipeline.language.dimensions import NAMED, dimensions_of, score_of
from pipeline.language.fold import fold
from pipeline.language.preamble import with_preamble
from pipeline.language.required import Sieve, offer_of
from pipeline.language.statement_kinds import (
    is_checkable,
    is_vague,
    statement_kind,
)
from pipeline.language.statements import cut_statements
from pipeline.word_lists import alternatives


def read_statements(text: str, targets: Sequence[Quantity]) -> tuple[Statement, ...]:
    """Cut a goal text and judge each piece; ``targets`` are its quantities."""
    starts = [q.start for q in targets]
    statements = tuple(
        _statement(
            text,
            span,
            targets,
            range(bisect_left(starts, span[0]), bisect_left(starts, span[1])),
        )
        for span in cut_statements(text)
    )
    return with_preamble(text, statements)


def _statement(
    text: str, span: tuple[int, int], targets: Sequence[Quantity], near: range
) -> Statement:
    start, end = span
    inside = tuple(i for i in near if targets[i].end <= end)
    quote = text[start:end]
    folded = fold(quote)
    quantified = bool(inside)
    checkable = is_checkable(folded)
    kind = statement_kind(folded, quantified=quantified)
    vague = is_vague(folded, kind, quantified=quantified)
    return Statement(
        quote=quote,
        start=start,
        end=end,
        kind=kind,
        quantified=quantified,
        vague=vague,
        has_outcome=None,
        clarity=_clarity(
            folded, start, [targets[i] for i in inside], checkable=checkable, text=text
        ),
        targets=inside,
    )


def _clarity(
    folded: str, offset: int, targets: Sequence[Quantity], *, checkable: bool, text: str
) -> Clarity:
    spans = _cue_spans(folded, [(q.start - offset, q.end - offset) for q in targets])
    hedges = sum(
        1 for start, end in spans if word_group("hedges").fullmatch(folded[start:end])
    )
    dimensions = dimensions_of(folded, targets, checkable=checkable, hedges=hedges)
    cues = tuple(
        Cue(text[offset + start : offset + end], offset + start, offset + end)
        for start, end in spans
    )
    return Clarity(score=score_of(dimensions), dimensions=dimensions, cues=cues)


def _cue_spans(
    folded: str, numbers: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Where vague words stand; half-open, in reading order, not overlapping.

    A word is cleared by what follows it in its comma clause (a number, a state
    that can be checked) and inside names and quotations; a verb counts only
    where it is one (加强管理, not 服务 in 技术服务).
    """
    plain = NAMED.sub(lambda m: "□" * len(m[0]), folded)
    groups = _cue_groups()
    spans: list[tuple[int, int]] = []
    position = 0
    for clause in plain.split("，"):
        begin, position = position, position + len(clause) + 1
        measured = any(begin <= start < position for start, _ in numbers)
        if measured or is_checkable(folded[begin : position - 1]):
            continue
        found = sorted(
            match.span()
            for words, before in groups.candidates(offer_of(clause))
            for match in words.finditer(clause)
            if before is None or before.search(clause, 0, match.start())
        )
        for start, end in found:
            if not spans or begin + start >= spans[-1][1]:
                spans.append((begin + start, begin + end))
    return tuple(spans)


@lru_cache(maxsize=1)
def _cue_groups() -> Sieve[Rule]:
    """Patterns of vague words, with what must stand before them."""
    # What stands before a verb: nothing, a joint, an adverb, or its object in 把/将.
    place = regex.compile(f"(?:^|[、：；]|{alternatives('before_weak_verbs')})$")
    places = {"weak_verbs": place}
    groups = ("hedges", "weak_verbs", "loose_objects", "slogans")
    rules = [(word_group(group), places.get(group)) for group in groups]
    return Sieve((rule[0].pattern, rule) for rule in rules)


def with_outcome(
    statement: Statement, *, has_outcome: bool, verifiability: float
) -> Statement:
    """The statement with what matching found; the score is computed anew."""
    dimensions = {**statement.clarity.dimensions, "verifiability": verifiability}
    # Every field in its place: ``dataclasses.replace`` takes as long as all the rest.
    return Statement(
        statement.quote,
        statement.start,
        statement.end,
        statement.kind,
        statement.quantified,
        statement.vague,
        has_outcome,
        Clarity(score_of(dimensions), dimensions, statement.clarity.cues),
        statement.targets,
    )
