"""What a goal statement is: task, background or money; and whether it can be checked.

Guideline section 5.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.core.statement import StatementKind
from pipeline.language.clarity_rules import holds, without_means
from pipeline.language.vague_words import sounds_checkable, sounds_vague

# What money is spent on says nothing about what the statement promises.
_SPENT_ON = re.compile("用于[^，。；]*")
CLAUSE_STOP = re.compile("[，：]")


def ruled_vague(folded: str, kind: StatementKind, *, quantified: bool) -> bool:
    """Whether the rules alone find nothing in a statement that could be checked."""
    return not quantified and not (kind is StatementKind.TASK and is_checkable(folded))


def is_vague(folded: str, kind: StatementKind, *, quantified: bool) -> bool:
    """Whether nothing in a (folded) statement can be checked.

    Background and money promise nothing, whatever they mention. A task is called
    vague only where its words do not sound otherwise; where something checkable
    stands, but in clauses on a quality only (健全应急值守), they must sound vague.
    """
    if quantified or kind is not StatementKind.TASK:
        return not quantified
    if ruled_vague(folded, kind, quantified=quantified):
        return not sounds_checkable(folded)
    return not _is_checkable_by_itself(folded) and sounds_vague(folded)


def _is_checkable_by_itself(folded: str) -> bool:
    clauses = CLAUSE_STOP.split(folded)
    hard = [c for c in clauses if c and not holds("quality_head", c)]
    return len(hard) == len(clauses) or is_checkable("，".join(hard))


@lru_cache(maxsize=2048)
def is_checkable(folded: str) -> bool:
    """Whether something in a (folded) statement can be seen as done or not done."""
    return holds("checkable", without_means(folded))


def statement_kind(folded: str, *, quantified: bool) -> StatementKind:
    """Task, context or funding. A statement with a target is a task."""
    if quantified:
        return StatementKind.TASK
    if holds("funding_first", folded):
        return StatementKind.FUNDING
    if holds("funding", folded) and not holds("not_funding", _SPENT_ON.sub("", folded)):
        return StatementKind.FUNDING
    if _is_context(folded):
        return StatementKind.CONTEXT
    return StatementKind.TASK


def _is_context(folded: str) -> bool:
    clauses = [c for c in CLAUSE_STOP.split(folded) if c]
    if not clauses:
        return False
    if holds("context_ending", folded):
        return True
    if tells_facts(folded):
        return True
    if not opens_background(clauses[0]) or holds("dated_promise", folded):
        return False
    if clauses[0].startswith("为") and all(
        holds("purpose_clause", c) for c in clauses[1:]
    ):
        return True
    # Whatever follows must promise nothing of its own.
    return not any(map(_promises, clauses[1:]))


def tells_facts(folded: str) -> bool:
    """Whether a (folded) statement tells how things stand, and promises nothing."""
    return holds("fact_told", folded) and not any(
        map(_promises, CLAUSE_STOP.split(folded))
    )


def opens_background(clause: str) -> bool:
    """Whether a (folded) first clause is one of background: 围绕…, 我县现有…."""
    return holds("context_opening", clause) and not holds("not_context", clause)


def opens_preamble(clause: str) -> bool:
    """Whether it is one of policy prose, too, before the tasks of a goal."""
    return opens_background(clause) or holds("preamble_opening", clause)


def is_prose(folded: str) -> bool:
    """Whether every clause that is no policy prose promises nothing checkable."""
    if holds("dated_promise", folded):
        return False
    hard = [c for c in CLAUSE_STOP.split(folded) if c and not holds("soft_clause", c)]
    return not is_checkable("，".join(hard))


def _promises(clause: str) -> bool:
    return holds("task_head", clause) and not holds("context_opening", clause)
