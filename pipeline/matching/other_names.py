"""Other names for one thing: 铺位 for 床位, 要回工资 for 讨薪.

Which words name the same in such forms is data. An outcome's phrase is put into
the words of the goals, so that everything that compares phrases sees one name;
what the goals call by two of the names stays as it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.measures.lexicon import Lexicon, in_order
from pipeline.matching.measures.measure import Measure
from pipeline.resources import load_lines

FILE = "dictionaries/same_names.txt"


def with_names_of(
    measures: Sequence[Measure], others: Sequence[Measure]
) -> tuple[Measure, ...]:
    """Measures whose phrases call things as the other side does."""
    said = "，".join(dict.fromkeys(m.local for m in others))
    theirs = _names().held(said)
    return tuple(_renamed(m, said, theirs) for m in measures)


def _renamed(measure: Measure, said: str, theirs: frozenset[str]) -> Measure:
    local = measure.local
    held = _names().held(local)
    if held <= theirs:
        return measure  # no name, or those that the other side has
    pieces: list[str] = []
    end = 0
    for word, until in in_order(held, local):
        name = "" if word in said else _name_there(word, local, theirs)
        if name:
            pieces += [local[end : until - len(word)], name]
            end = until
    if not pieces:
        return measure
    return dataclasses.replace(measure, local="".join(pieces) + local[end:])


def _name_there(word: str, local: str, theirs: frozenset[str]) -> str:
    """The only other name of a word that the other side has, "" for none or several."""
    found = {n for n in _groups()[word] if n in theirs and n not in local}
    longest = [n for n in found if not any(n != m and n in m for m in found)]
    return longest[0] if len(longest) == 1 else ""


@lru_cache(maxsize=1)
def _names() -> Lexicon:
    return Lexicon(_groups())


@lru_cache(maxsize=1)
def _groups() -> dict[str, tuple[str, ...]]:
    """The other names of every word."""
    others: dict[str, dict[str, None]] = {}
    for line in load_lines(FILE):
        words = line.split()
        for word in words:
            others.setdefault(word, {}).update((w, None) for w in words if w != word)
    return {word: tuple(names) for word, names in others.items()}
