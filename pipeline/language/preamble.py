"""The policy sentences that a goal of measured tasks opens with (guideline section 5)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from pipeline.core.statement import Statement, StatementKind
from pipeline.language.clarity_rules import rules_of
from pipeline.language.fold import fold
from pipeline.language.required import offer_of
from pipeline.language.statement_kinds import CLAUSE_STOP, is_prose, opens_preamble

_TAG = re.compile(r"<[^<>]{0,40}>|&nbsp;")
_BETWEEN = " \t\r\n\u3000。；;！!"
# What may stand before a preamble: 一、 1. （一） and the heading of the whole.
_HEADING = re.compile(
    r"(?!.*(?:目标|任务)\s?[0-9０-９一])(?:[^，。；：:]{0,20}[：:])?\s*"
    r"(?:[（(]?[一1１][）)、.．]?)?\s*"
)


def with_preamble(
    text: str, statements: tuple[Statement, ...]
) -> tuple[Statement, ...]:
    """The statements, policy sentences before the first task told as background.

    以……为抓手，深入推进……融合 before the tasks says what they are for. As a goal of
    its own (一是 …, 目标1：…), or where nothing is measured, it is a task like the others.
    """
    length = _length(text, statements)
    return (*map(_as_background, statements[:length]), *statements[length:])


def _length(text: str, statements: Sequence[Statement]) -> int:
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


def _as_background(statement: Statement) -> Statement:
    if statement.kind is not StatementKind.TASK:
        return statement
    return dataclasses.replace(statement, kind=StatementKind.CONTEXT, vague=True)
