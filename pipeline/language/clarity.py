"""What a goal statement is and how clearly it can be checked.

Kind and vagueness follow the guideline (section 5); the score is a rubric of
seven weighted dimensions. ``has_outcome`` and the verifiability dimension
depend on links and are filled in by matching (``with_outcome``).
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

import regex

from pipeline.core.quantity import Quantity
from pipeline.core.statement import Clarity, Cue, Statement, StatementKind
from pipeline.language.clarity_rules import Rule, holds, rules_of, word_group
from pipeline.language.dimensions import NAMED, dimensions_of, score_of
from pipeline.language.fold import fold
from pipeline.language.required import Sieve, offer_of
from pipeline.language.statement_kinds import (
    CLAUSE_STOP,
    is_checkable,
    is_prose,
    opens_preamble,
    ruled_vague,
    statement_kind,
)
from pipeline.language.statements import cut_statements
from pipeline.language.vague_words import sounds_checkable
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
    background = _preamble_length(text, statements)
    return (
        *(_as_background(s) for s in statements[:background]),
        *statements[background:],
    )


def _as_background(statement: Statement) -> Statement:
    if statement.kind is not StatementKind.TASK:
        return statement
    return dataclasses.replace(statement, kind=StatementKind.CONTEXT, vague=True)


def _preamble_length(text: str, statements: Sequence[Statement]) -> int:
    """How many policy sentences a goal of measured tasks opens with.

    以……为抓手，深入推进……融合 before the tasks says what they are for. As a goal of
    its own (一是 …, 目标1：…), or where nothing is measured, it is a task like the others.
    """
    if not any(s.quantified for s in statements[1:]):
        return 0
    position = 0
    for count, statement in enumerate(statements):
        before = _TAG.sub("", text[position : statement.start]).strip(_BETWEEN)
        if before and (count or not _HEADING.fullmatch(before)):
            return count
        if statement.kind is not StatementKind.CONTEXT and not _is_policy(statement):
            return count
        position = statement.end
    return 0


def _is_policy(statement: Statement) -> bool:
    if statement.quantified or statement.kind is not StatementKind.TASK:
        return False
    opening = fold(statement.quote)
    for lead, _ in rules_of("preamble_lead").candidates(offer_of(opening)):
        opening = lead.sub("", opening, count=1)
    return opens_preamble(CLAUSE_STOP.split(opening)[0]) and is_prose(opening)


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
    # Nobody is accused of a vague goal whose very words sound checkable.
    vague = ruled_vague(folded, kind, quantified=quantified) and not (
        kind is StatementKind.TASK and sounds_checkable(folded)
    )
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


_TAG = re.compile(r"<[^<>]{0,40}>|&nbsp;")
_BETWEEN = " \t\r\n\u3000。；;！!"
# What may stand before a preamble: 一、 1. （一） and the heading of the whole.
_HEADING = re.compile(
    r"(?!.*(?:目标|任务)\s?[0-9０-９一])(?:[^，。；：:]{0,20}[：:])?\s*"
    r"(?:[（(]?[一1１][）)、.．]?)?\s*"
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
    clarity = Clarity(
        score=score_of(dimensions), dimensions=dimensions, cues=statement.clarity.cues
    )
    return dataclasses.replace(statement, has_outcome=has_outcome, clarity=clarity)
