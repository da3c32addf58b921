"""Why a pair of fitting units still cannot be one measure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from pipeline.matching.gates.apart import is_another_kind, names_a_kind
from pipeline.matching.gates.asides import aside_words, is_an_aside, tells_an_aside
from pipeline.matching.gates.belongings import (
    belonging_words,
    is_a_belonging,
    tells_a_belonging,
)
from pipeline.matching.gates.changes import (
    change_words,
    is_another_change,
    tells_a_change,
)
from pipeline.matching.gates.counted import counts_another, may_count_another
from pipeline.matching.gates.deeds import is_other_deed, tells_a_deed
from pipeline.matching.gates.grades import asks_for_a_grade, is_another_grade
from pipeline.matching.gates.levels import is_only_a_level, level_words, tells_a_level
from pipeline.matching.gates.payees import pays_others, pays_people
from pipeline.matching.gates.pending import is_pending, tells_what_is_pending
from pipeline.matching.gates.steps import is_another_step, step_words, tells_a_step
from pipeline.matching.gates.sweeping import (
    sweeps_together,
    tells_of_all,
    words_of_all,
)
from pipeline.matching.gates.trainees import (
    training_words,
    trains_others,
    trains_people,
)
from pipeline.matching.gates.venues import is_held_in_more, tells_venues, venue_words
from pipeline.matching.gates.wider import (
    counts_more_kinds,
    tells_of_more,
    words_of_more,
)
from pipeline.matching.gates.words_of import Patterns, WordsOf
from pipeline.matching.gates.wrongs import (
    is_only_what_is_wrong,
    tells_what_is_wrong,
    wrong_words,
)
from pipeline.matching.gates.years import is_of_another_year, tells_a_year
from pipeline.matching.measures.measure import Measure

Bars = Callable[[Measure, Measure], bool]
Waits = Callable[[Measure], bool]


class Gate(NamedTuple):
    """A reason to bar a pair, and on which sides a word for it must stand.

    ``bars`` can be true only where ``asks`` is true of the target and ``tells``
    of the outcome, which are asked once per measure and not per pair. ``words`` find
    something in a phrase or its clause wherever ``tells`` is true of one that is no
    change and no running total.
    """

    bars: Bars
    asks: Waits | None = None
    tells: Waits | None = None
    words: Callable[[], Patterns] | None = None


# What bars most pairs for its costs comes first.
GATES = (
    Gate(counts_another, tells=may_count_another),
    Gate(is_other_deed, tells=tells_a_deed),
    Gate(is_another_kind, asks=names_a_kind, tells=names_a_kind),
    Gate(is_an_aside, tells=tells_an_aside, words=aside_words),
    Gate(is_another_step, tells=tells_a_step, words=step_words),
    Gate(sweeps_together, tells=tells_of_all, words=words_of_all),
    Gate(is_another_change, tells=tells_a_change, words=change_words),
    Gate(is_of_another_year, tells=tells_a_year),
    Gate(is_a_belonging, tells=tells_a_belonging, words=belonging_words),
    Gate(trains_others, trains_people, trains_people, words=training_words),
    Gate(pays_others, asks=pays_people, tells=pays_people),
    Gate(is_pending, tells=tells_what_is_pending),
    Gate(is_another_grade, asks=asks_for_a_grade),
    Gate(counts_more_kinds, tells=tells_of_more, words=words_of_more),
    Gate(is_only_a_level, tells=tells_a_level, words=level_words),
    Gate(is_only_what_is_wrong, tells=tells_what_is_wrong, words=wrong_words),
    Gate(is_held_in_more, tells=tells_venues, words=venue_words),
)


_ALL = (1 << len(GATES)) - 1


class _Waiting(NamedTuple):
    """The bits of the gates that wait for words on one side, and of those that do not."""

    bits: tuple[tuple[int, Waits], ...]
    anyway: int


def _waiting(sides: Iterable[Waits | None]) -> _Waiting:
    bits = tuple((1 << n, waits) for n, waits in enumerate(sides) if waits)
    return _Waiting(bits, _ALL - sum(bit for bit, _ in bits))


_ASKING = _waiting(gate.asks for gate in GATES)
_TELLING = _waiting(gate.tells for gate in GATES)


def is_barred(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome of a fitting unit cannot speak of the target."""
    return any(gate.bars(target, outcome) for gate in GATES)


def asked_gates(target: Measure) -> int:
    """What could bar an outcome from this target: a bit for each of ``GATES``."""
    return _gates_for(target, _ASKING)


def told_gates(outcome: Measure) -> int:
    """What could bar this outcome from a target: a bit for each of ``GATES``."""
    if outcome.is_change or outcome.is_difference or outcome.running_total:
        may_tell = _ALL
    else:
        may_tell = _words_of_gates().may_match(outcome.local, outcome.clause)
    return _gates_for(outcome, _telling(may_tell))


@lru_cache(maxsize=1000)
def _telling(may_tell: int) -> _Waiting:
    """What is asked of an outcome that may have words for some of the gates only."""
    bits = tuple((bit, waits) for bit, waits in _TELLING.bits if bit & may_tell)
    return _Waiting(bits, _TELLING.anyway & may_tell)


def _gates_for(measure: Measure, waiting: _Waiting) -> int:
    gates = waiting.anyway
    for bit, waits in waiting.bits:
        if waits(measure):
            gates |= bit
    return gates


@lru_cache(maxsize=1)
def _words_of_gates() -> WordsOf:
    anything = (re.compile(""),)
    return WordsOf(
        {
            1 << n: gate.words() if gate.words else anything
            for n, gate in enumerate(GATES)
        }
    )


@lru_cache(maxsize=1000)
def bars_of(gates: int) -> tuple[Bars, ...]:
    """The reasons to bar a pair that some bits stand for."""
    return tuple(gate.bars for n, gate in enumerate(GATES) if gates >> n & 1)
