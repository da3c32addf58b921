"""What a goal statement is: task, background or money; and whether it can be checked.

Guideline section 5.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.core.statement import StatementKind
from pipeline.language.clarity_rules import holds, without_means

# What money is spent on says nothing about what the statement promises.
_SPENT_ON = re.compile("用于[^，。；]*")
_CLAUSE_STOP = re.compile("[，：]")


def ruled_vague(folded: str, kind: StatementKind, *, quantified: bool) -> bool:
    """Whether the rules find nothing in a statement that could be checked.

    Background and money promise nothing, whatever they mention.
    """
    return not quantified and not (kind is StatementKind.TASK and is_checkable(folded))


@lru_cache(maxsize=2048)
def is_checkable(folded: str) -> bool:
    """Whether something in a (folded) statement can be seen as done or not done."""
    return holds("checkable", without_means(folded))


def statement_kind(folded: str, *, quantified: bool) -> StatementKind:
    """Task, context or funding. A statement with a target is a task."""
    if quantified:
        return StatementKind.TASK
    if holds("funding", folded) and not holds("not_funding", _SPENT_ON.sub("", folded)):
        return StatementKind.FUNDING
    if _is_context(folded):
        return StatementKind.CONTEXT
    return StatementKind.TASK


def _is_context(folded: str) -> bool:
    clauses = [c for c in _CLAUSE_STOP.split(folded) if c]
    if not clauses:
        return False
    if holds("context_ending", folded):
        return True
    if not holds("context_opening", clauses[0]) or holds("not_context", clauses[0]):
        return False
    if clauses[0].startswith("为") and all(
        holds("purpose_clause", c) for c in clauses[1:]
    ):
        return True
    # Whatever follows must promise nothing of its own.
    return not any(
        holds("task_head", clause) and not holds("context_opening", clause)
        for clause in clauses[1:]
    )
