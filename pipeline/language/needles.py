"""Words of which a text must hold one for a pattern to match.

Read off the syntax tree as regular-expression engines do for their own
shortcuts: literals that follow each other are joined, ways side by side are
put together, and of a sequence the rarest words count. Every digit counts as
0 (``plain``), so that a digit class is a letter of words like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.word_lists import by_first_letter

Needles = tuple[str, ...]
"""Empty where a pattern asks for no word in particular."""

# Words joined to words grow fast; so many side by side still cost less than a pattern.
_MOST_JOINED = 64
_MOST = 512
# A class of more characters says little.
_WIDEST = 40
# A text of fewer characters is gone over faster than its long words are asked for.
_LONGEST_RUN = 24
# How likely a text holds a character that most texts hold, another one, a word.
_COMMON = frozenset("0零一二三四五六七八九十百千万.,%-()，。、：； 的")
_ODDS = (0.9, 0.1, 0.02, 0.005)
# Words likelier than this cost as much to look for as the pattern itself.
_WORTH = 0.5
_DIGIT = re.compile(r"[^\D0]")
_ANY_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Words:
    """What is known of a piece of a pattern.

    ``exact``: all that it can match; ``among``: one of these is in it;
    ``edge``: one of these begins it, and one of these ends it.
    """

    exact: frozenset[str] | None
    among: frozenset[str] | None
    edge: frozenset[str] | None = None


_NOTHING = _Words(frozenset(("",)), None)
_ANYTHING = _Words(None, None)


def plain(text: str) -> str:
    """The text with 0 for every digit, of whatever script."""
    return _DIGIT.sub("0", text)


@lru_cache(maxsize=512)
def needles(pattern: str) -> Needles:
    """The words of which any text that ``pattern`` matches holds at least one.

    They are words of the ``plain`` text.
    """
    from re import _parser  # type: ignore[attr-defined]

    try:
        tree = _parser.parse(pattern)
    except re.error:  # syntax that only ``regex`` knows
        return ()
    if tree.state.flags & re.IGNORECASE:
        return ()
    words = _of_sequence(tree)
    best = _rarer(words.exact, words.among)
    if best is None:
        return ()
    return tuple(sorted(_shortest(best), key=len, reverse=True))


@lru_cache(maxsize=512)
def few_needles(pattern: str) -> Needles:
    """The same for texts as they are: where no digit counts and words are few."""
    words = needles(pattern)
    digits = any("0" in word for word in words)
    return () if digits or _odds(frozenset(words)) > _WORTH else words


class Hint:
    """Whether some patterns may match a text at all, asked for all of them at once.

    Most phrases hold no word that any of many patterns waits for. A search for words
    alone passes over all places where none begins, which most patterns do not.
    """

    __slots__ = ("_digits", "_words")

    def __init__(self, *patterns: re.Pattern[str]) -> None:
        waited = [needles(pattern.pattern) for pattern in patterns]
        if not all(waited):
            raise ValueError(f"some pattern waits for no word: {patterns}")
        words = {word for some in waited for word in some}
        literal = sorted(_shortest(frozenset(w for w in words if "0" not in w)))
        told = {word: re.escape(word) for word in literal}
        self._words = re.compile(by_first_letter(told) or "(?!)")
        self._digits = any("0" in word for word in words)

    def may_match(self, text: str) -> bool:
        """Whether a text has any of the words; where one counts digits, or a digit."""
        if self._words.search(text):
            return True
        return self._digits and _ANY_DIGIT.search(text) is not None


def _shortest(words: frozenset[str]) -> frozenset[str]:
    """Without the words that another one is a part of."""
    return frozenset(
        word for word in words if not any(w in word for w in words if w != word)
    )


def _odds(words: frozenset[str]) -> float:
    return sum(
        _ODDS[0 if word in _COMMON else min(len(word), len(_ODDS) - 1)]
        for word in _shortest(words)
    )


def _rarer(
    first: frozenset[str] | None, second: frozenset[str] | None
) -> frozenset[str] | None:
    usable = [w for w in (first, second) if w and "" not in w]
    return min(usable, key=_rarity, default=None)


def _rarity(words: frozenset[str]) -> tuple[float, int]:
    """The smaller the rarer; of as rare ones, long words."""
    return _odds(words), -min(map(len, words))


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> _Words:
    run: frozenset[str] | None = frozenset(("",))
    whole, best = True, None
    for operation, argument in items:
        piece = _of_item(str(operation), argument)
        best = _rarer(best, piece.among)
        joined = _joined(run, piece.exact)
        if joined is None:
            whole = False
            best = _rarer(_rarer(best, run), _joined(run, piece.edge))
            joined = piece.exact or piece.edge or frozenset(("",))
        run = joined
    return _Words(run if whole else None, _rarer(best, run))


def _joined(
    first: frozenset[str] | None, second: frozenset[str] | None
) -> frozenset[str] | None:
    """Every word of the first followed by every word of the second."""
    if first is None or second is None or len(first) * len(second) > _MOST_JOINED:
        return None
    return frozenset(a + b for a in first for b in second)


def _of_item(operation: str, argument: Any) -> _Words:
    if operation == "LITERAL":
        return _Words(frozenset(plain(chr(argument))), None)
    if operation == "IN":
        return _Words(_of_class(argument), None)
    if operation == "BRANCH":
        return _of_branches([_of_sequence(way) for way in argument[1]])
    if operation == "SUBPATTERN":
        _, switched_on, _, inside = argument
        return _ANYTHING if switched_on & re.IGNORECASE else _of_sequence(inside)
    if operation in ("MAX_REPEAT", "MIN_REPEAT"):
        return _of_repeat(*argument)
    if operation == "ASSERT":  # takes up no characters, but they must be there
        words = _of_sequence(argument[1])
        return _Words(_NOTHING.exact, _rarer(words.exact, words.among))
    return _NOTHING if operation in ("AT", "ASSERT_NOT") else _ANYTHING


def _of_repeat(least: int, most: int, inside: Any) -> _Words:
    words = _of_sequence(inside)
    if (least, most) == (1, 1):
        return words
    if (least, most) == (0, 1) and words.exact is not None:
        return _Words(words.exact | {""}, None)
    if not least:
        return _ANYTHING
    run = words.exact
    for _ in range(1, min(least, _LONGEST_RUN)):
        run = _joined(run, words.exact) or run
    return _Words(None, _rarer(run, words.among), edge=run)


def _of_branches(ways: Sequence[_Words]) -> _Words:
    exact = [way.exact for way in ways]
    among = [_rarer(way.exact, way.among) for way in ways]
    return _Words(_union(exact), _union(among))


def _union(sets: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    known = [words for words in sets if words is not None]
    if len(known) < len(sets):
        return None
    every = frozenset[str]().union(*known)
    return every if len(every) <= _MOST else None


def _of_class(members: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The characters of a small class like [一二三]; None for any other."""
    allowed = class_members(members)
    return allowed if allowed is not None and len(allowed) <= _WIDEST else None


def class_members(members: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The ``plain`` characters of a class; None where it is negated or has a wide range."""
    allowed: set[str] = set()
    for operation, argument in members:
        match str(operation):
            case "LITERAL":
                allowed.add(plain(chr(argument)))
            case "RANGE" if argument[1] - argument[0] < _WIDEST:
                letters = map(chr, range(argument[0], argument[1] + 1))
                allowed.update(plain("".join(letters)))
            case "CATEGORY" if str(argument) == "CATEGORY_DIGIT":
                allowed.add("0")
            case _:
                return None
    return frozenset(allowed)
