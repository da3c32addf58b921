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
CLAUSE_STOP = re.compile("[，：]")


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
    clauses = [c for c in CLAUSE_STOP.split(folded) if c]
    if not clauses:
        return False
    if holds("context_ending", folded):
        return True
    if holds("fact_told", folded) and not any(map(_promises, clauses)):
        return True
    if not opens_background(clauses[0]) or holds("dated_promise", folded):
        return False
    if clauses[0].startswith("为") and all(
        holds("purpose_clause", c) for c in clauses[1:]
    ):
        return True
    # Whatever follows must promise nothing of its own.
    return not any(map(_promises, clauses[1:]))


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
