"""Characters without which a pattern cannot match, told by the pattern itself.

Most rules wait for words that most texts do not hold. Looking a few characters
up in a set costs far less than running the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

# Stands for the digits of other scripts, which \d matches too.
_OTHER_DIGIT = "\\d"
_OTHER_DIGITS = re.compile(r"[^\D0-9]")
# A wider class (all of CJK) is in every text.
_MAX_RANGE = 40

Demand = frozenset[str]
"""Characters of which a text must hold at least one."""


def characters(text: str) -> frozenset[str]:
    """What a text offers to the demands of patterns."""
    found = frozenset(text)
    return found | {_OTHER_DIGIT} if _OTHER_DIGITS.search(text) else found


def demands(pattern: str) -> tuple[Demand, ...]:
    """What every text that ``pattern`` matches anywhere must hold, all of it.

    Too little is asked of constructs that are not looked into, never too much.
    """
    # ``re`` reads the syntax of our rules, also where it could not run them.
    from re import _parser  # type: ignore[attr-defined]

    try:
        tree = _parser.parse(pattern)
    except re.error:  # syntax that only ``regex`` knows
        return ()
    return () if tree.state.flags & re.IGNORECASE else _of_sequence(tree)


def may_match(wanted: Iterable[Demand], offered: frozenset[str]) -> bool:
    """Whether a text with these characters can match at all."""
    return not any(map(offered.isdisjoint, wanted))


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> tuple[Demand, ...]:
    found: dict[Demand, None] = {}
    for operation, argument in items:
        found.update(dict.fromkeys(_of_item(str(operation), argument)))
    return tuple(sorted(found, key=len))


def _of_item(operation: str, argument: Any) -> tuple[Demand, ...]:
    if operation == "LITERAL":
        return (frozenset(chr(argument)),)
    if operation == "IN":
        allowed = _of_class(argument)
        return () if allowed is None else (allowed,)
    if operation == "BRANCH":
        return _of_branches([_of_sequence(way) for way in argument[1]])
    if operation == "SUBPATTERN":
        _, switched_on, _, inside = argument
        return () if switched_on & re.IGNORECASE else _of_sequence(inside)
    if operation in ("MAX_REPEAT", "MIN_REPEAT"):
        return _of_sequence(argument[2]) if argument[0] else ()
    return ()  # assertions look at characters that no one need have read


def _of_branches(ways: Sequence[tuple[Demand, ...]]) -> tuple[Demand, ...]:
    """One demand: of every way some demand, the narrowest."""
    if not all(ways):
        return ()
    return (frozenset[str]().union(*(way[0] for way in ways)),)


def _of_class(members: Iterable[tuple[Any, Any]]) -> Demand | None:
    """The characters of a class like [一二三]; None where it is wide or negated."""
    allowed: set[str] = set()
    for operation, argument in members:
        match str(operation):
            case "LITERAL":
                allowed.add(chr(argument))
            case "RANGE" if argument[1] - argument[0] < _MAX_RANGE:
                allowed.update(map(chr, range(argument[0], argument[1] + 1)))
            case "CATEGORY" if str(argument) == "CATEGORY_DIGIT":
                allowed.update("0123456789", (_OTHER_DIGIT,))
            case _:
                return None
    return frozenset(allowed)
