"""Whether an outcome counts more kinds together than the one that was promised.

乔灌木1.1万株 says nothing of 乔木6000株, 各类禁渔资料2.4万份 nothing of 手册2万册.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.matching.gates.sweeping import lists_kinds
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.two_in_one import compound_words, compounds_in
from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml
from pipeline.word_lists import alternatives, one_of

_UNCOUNTED = frozenset({"rate", "score", "time", None})
# What stands right after a number may name the thing: 3套乔木.
_NEAR = 8


def words_of_more() -> Sequence[re.Pattern[str]]:
    """What finds several kinds in one word, or all of a kind."""
    return compound_words(), _of_all()


def tells_of_more(outcome: Measure) -> bool:
    """Whether an outcome has any word for which ``counts_more_kinds`` could bar it."""
    return bool(compounds_in(outcome.local) or _any_kind_of(outcome.local))


def counts_more_kinds(target: Measure, outcome: Measure) -> bool:
    """Whether a target names one kind, and its outcome several in one count."""
    if target.unit_class in _UNCOUNTED:
        return False
    promised = target.local + target.clause + target.after[:_NEAR]
    return _adds_its_like(promised, outcome.local) or (
        _counts_all_kinds(promised, outcome.local)
        and not lists_kinds(target.local, outcome.local)
    )


def _adds_its_like(promised: str, told: str) -> bool:
    """中小学60所 for 小学40所: a compound that the target does not say, but a half of it."""
    for compound in compounds_in(told):
        if any(word in promised for word in compound.words):
            continue
        named = [any(m in promised for m in members) for members in compound.members]
        if any(named) and not all(named):
            return True
    return False


def _counts_all_kinds(promised: str, told: str) -> bool:
    """各类宣传资料 for 手册: the general name, where a particular one was promised."""
    return any(
        kind.particular.search(promised)
        and not kind.general.search(kind.particular.sub(" ", promised))
        # 各类法律援助案件 are of all kinds of just what was promised.
        and not _names_the_same(kind, promised, told)
        for kind in _any_kind_of(told)
    )


def _names_the_same(kind: _Kind, promised: str, told: str) -> bool:
    said = kind.particular.search(told)
    return said is not None and said[0] in promised


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a thing is called in general, and its kinds in particular."""

    general: re.Pattern[str]
    particular: re.Pattern[str]
    of_all: re.Pattern[str]


@lru_cache(maxsize=8192)
def _any_kind_of(told: str) -> tuple[_Kind, ...]:
    """The kinds of which a phrase counts any: 各类…资料."""
    if not _of_all().search(told):
        return ()  # most phrases
    return tuple(kind for kind in _kinds() if kind.of_all.search(told))


@lru_cache(maxsize=1)
def _of_all() -> re.Pattern[str]:
    return re.compile(alternatives("of_all_kinds"))


@lru_cache(maxsize=1)
def _kinds() -> tuple[_Kind, ...]:
    return tuple(
        _Kind(
            one_of(entry["names"]),
            one_of(entry["kinds"]),
            re.compile(
                rf"(?:{alternatives('of_all_kinds')})[^，。；、\d]{{0,10}}"
                rf"(?:{one_of(entry['names']).pattern})"
            ),
        )
        for entry in load_toml(FILE)["generic"]
    )
