"""What a goal statement is and how clearly it can be checked.

Kind and vagueness follow the guideline (section 5); the score is a rubric of
seven weighted dimensions. ``has_outcome`` and the verifiability dimension
depend on links and are filled in by matching (``with_outcome``).
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache

import regex

from pipeline.core.quantity import Quantity
from pipeline.core.statement import Clarity, Cue, Statement, StatementKind
from pipeline.language.fold import fold
from pipeline.language.required import Sieve, offer_of
from pipeline.language.statements import cut_statements
from pipeline.language.units import unit_class
from pipeline.language.vague_words import sounds_checkable
from pipeline.language.word_lists import alternatives, any_of
from pipeline.resources import load_toml

_FILE = "clarity.toml"
# A pattern that takes longer than this on one text is a defect of the rule.
_TIMEOUT_S = 5.0
# Setting the alarm costs more than going over a text of this length.
_SHORT = 1000

WEIGHTS = {
    "target": 30,
    "deliverable": 20,
    "object": 15,
    "deadline": 10,
    "actor": 5,
    "verifiability": 15,
    "hedge": 5,
}


# What money is spent on says nothing about what the statement promises.
_SPENT_ON = re.compile("用于[^，。；]*")

_Rule = tuple[regex.Pattern[str], regex.Pattern[str] | None]


@lru_cache(maxsize=16)
def _rules(kind: str) -> Sieve[_Rule]:
    return Sieve((entry["pattern"], _rule(entry)) for entry in load_toml(_FILE)[kind])


@lru_cache(maxsize=1)
def _means() -> tuple[Sieve[_Rule], ...]:
    entries = load_toml(_FILE)["means"]
    return tuple(Sieve([(entry["pattern"], _rule(entry))]) for entry in entries)


def _rule(entry: Mapping[str, str]) -> _Rule:
    unless = entry.get("unless")
    return regex.compile(entry["pattern"]), regex.compile(unless) if unless else None


def _any(kind: str, folded: str) -> bool:
    timeout = _TIMEOUT_S if len(folded) > _SHORT else None
    return any(
        pattern.search(folded, timeout=timeout)
        and not (unless and unless.search(folded, timeout=timeout))
        for pattern, unless in _rules(kind).candidates(offer_of(folded))
    )


@lru_cache(maxsize=8)
def _words(group: str) -> regex.Pattern[str]:
    entry = load_toml(_FILE)[group]
    words = "|".join(map(regex.escape, sorted(entry["words"], key=len, reverse=True)))
    cleared = "|".join(map(regex.escape, entry.get("cleared_before", ())))
    return regex.compile(f"(?:{words})" + (f"(?!{cleared})" if cleared else ""))


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
    if statements and _is_preamble(text, statements):
        first = dataclasses.replace(statements[0], kind=StatementKind.CONTEXT)
        return (first, *statements[1:])
    return statements


def _is_preamble(text: str, statements: Sequence[Statement]) -> bool:
    """Whether a goal of measured tasks opens with a policy sentence.

    以……为抓手，深入推进……融合 before the tasks says what they are for. As an item of
    its own (一是 …), or where nothing is measured, it is a task like the others.
    """
    first = statements[0]
    if not first.vague or not any(s.quantified for s in statements[1:]):
        return False
    if _TAG.sub("", text[: first.start]).strip():
        return False
    opening = fold(first.quote)
    for lead, _ in _rules("preamble_lead").candidates(offer_of(opening)):
        opening = lead.sub("", opening, count=1)
    opening = _CLAUSE_STOP.split(opening)[0]
    return _any("context_opening", opening) and not _any("not_context", opening)


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


def ruled_vague(folded: str, kind: StatementKind, *, quantified: bool) -> bool:
    """Whether the rules find nothing in a statement that could be checked.

    Background and money promise nothing, whatever they mention.
    """
    return not quantified and not (kind is StatementKind.TASK and is_checkable(folded))


@lru_cache(maxsize=2048)
def is_checkable(folded: str) -> bool:
    """Whether something in a (folded) statement can be seen as done or not done."""
    timeout = _TIMEOUT_S if len(folded) > _SHORT else None
    if _rules("means").candidates(offer_of(folded)):
        for means in _means():  # one after the other: cutting brings words together
            for pattern, _ in means.candidates(offer_of(folded)):
                folded = pattern.sub("", folded, timeout=timeout)
    return _any("checkable", folded)


def statement_kind(folded: str, *, quantified: bool) -> StatementKind:
    """Task, context or funding. A statement with a target is a task."""
    if quantified:
        return StatementKind.TASK
    if _any("funding", folded) and not _any("not_funding", _SPENT_ON.sub("", folded)):
        return StatementKind.FUNDING
    if _is_context(folded):
        return StatementKind.CONTEXT
    return StatementKind.TASK


def _is_context(folded: str) -> bool:
    clauses = [c for c in _CLAUSE_STOP.split(folded) if c]
    if not clauses:
        return False
    if _any("context_ending", folded):
        return True
    if not _any("context_opening", clauses[0]) or _any("not_context", clauses[0]):
        return False
    if clauses[0].startswith("为") and all(
        _any("purpose_clause", c) for c in clauses[1:]
    ):
        return True
    # Whatever follows must promise nothing of its own.
    return not any(
        _any("task_head", clause) and not _any("context_opening", clause)
        for clause in clauses[1:]
    )


_CLAUSE_STOP = re.compile("[，：]")
_TAG = re.compile(r"<[^<>]{0,40}>|&nbsp;")


def _clarity(
    folded: str, offset: int, targets: Sequence[Quantity], *, checkable: bool, text: str
) -> Clarity:
    spans = _cue_spans(folded, [(q.start - offset, q.end - offset) for q in targets])
    hedges = sum(
        1 for start, end in spans if _words("hedges").fullmatch(folded[start:end])
    )
    dimensions = {
        "target": _target(folded, targets),
        "deliverable": _deliverable(folded, checkable=checkable),
        "object": _object(folded, targets),
        "deadline": _deadline(folded),
        "actor": _actor(folded),
        "verifiability": 0.0,
        "hedge": 1.0 if hedges == 0 else 0.5 if hedges == 1 else 0.0,
    }
    cues = tuple(
        Cue(text[offset + start : offset + end], offset + start, offset + end)
        for start, end in spans
    )
    return Clarity(score=_score(dimensions), dimensions=dimensions, cues=cues)


def _score(dimensions: dict[str, float]) -> int:
    return int(sum(WEIGHTS[name] * value for name, value in dimensions.items()) + 0.5)


def _cue_spans(
    folded: str, numbers: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """Where vague words stand; half-open, in reading order, not overlapping.

    A word is cleared by what follows it in its comma clause (a number, a state
    that can be checked) and inside names and quotations; a verb counts only
    where it is one (加强管理, not 服务 in 技术服务).
    """
    plain = _NAMED.sub(lambda m: "□" * len(m[0]), folded)
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
def _cue_groups() -> Sieve[_Rule]:
    """Patterns of vague words, with what must stand before them."""
    # What stands before a verb: nothing, a joint, an adverb, or its object in 把/将.
    place = regex.compile(f"(?:^|[、：；]|{alternatives('before_weak_verbs')})$")
    places = {"weak_verbs": place}
    groups = ("hedges", "weak_verbs", "loose_objects", "slogans")
    rules = [(_words(group), places.get(group)) for group in groups]
    return Sieve((rule[0].pattern, rule) for rule in rules)


_RELATIVE = re.compile("同比|较上年|比上年|较去年|倍|百分点")
_GRADE = re.compile("良好|优秀|健全|合格|达标|全覆盖|零事故")
_NAMED = re.compile("“[^“”]{1,60}”|《[^《》]{1,80}》")
_DATE = re.compile(r"\d{1,2}月|季度|年底前|月底|上半年|每[年月周日季天]|\d{1,2}日前")
_NO_END = re.compile("逐步|持续|长期|不断|稳步")
_NAMED_ACTOR = re.compile(
    r"[一-鿿]{2,10}(?:局|委|厅|中心|学院|医院|协会|公司|所|站)(?:负责|牵头|组织|承担)"
)
_NO_ACTOR = re.compile("有关方面|有关部门|相关部门|职能部门|社会各界")


def _target(folded: str, targets: Sequence[Quantity]) -> float:
    if targets:
        relative = all(unit_class(q.unit) in ("multiple", None) for q in targets)
        return 0.5 if relative and _RELATIVE.search(folded) else 1.0
    return 0.5 if _RELATIVE.search(folded) or _GRADE.search(folded) else 0.0


def _deliverable(folded: str, *, checkable: bool) -> float:
    if checkable:
        return 1.0
    return 0.5 if any_of("activities").search(folded) else 0.0


def _object(folded: str, targets: Sequence[Quantity]) -> float:
    if _words("loose_objects").search(folded):
        return 0.0
    if targets or _NAMED.search(folded):
        return 1.0
    return 0.5 if any_of("classes").search(folded) else 0.0


def _deadline(folded: str) -> float:
    if _DATE.search(folded):
        return 1.0
    # An annual form supplies the year.
    return 0.0 if _NO_END.search(folded) else 0.5


def _actor(folded: str) -> float:
    if _NAMED_ACTOR.search(folded):
        return 1.0
    return 0.0 if _NO_ACTOR.search(folded) else 0.5


def with_outcome(
    statement: Statement, *, has_outcome: bool, verifiability: float
) -> Statement:
    """The statement with what matching found; the score is computed anew."""
    dimensions = {**statement.clarity.dimensions, "verifiability": verifiability}
    clarity = Clarity(
        score=_score(dimensions), dimensions=dimensions, cues=statement.clarity.cues
    )
    return dataclasses.replace(statement, has_outcome=has_outcome, clarity=clarity)
