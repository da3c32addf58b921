"""One number told of several that were promised side by side, under the name they share.

茶叶展销会5场、竹编展销会3场 and 举办各类展销会7场: the name that both end with stands alone,
or with 各类, 各级, 全年, and what tells the two apart is not said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from pipeline.matching.groups.answers import TIED_CONFIDENCE, Answer
from pipeline.matching.measures.comparable import comparable, count_alike
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams, own_bigrams
from pipeline.word_lists import any_of

_NO_SUM = frozenset({"rate", "money", "time", None})
_PEOPLE = {"person_time": "person"}
_LEAST_NAME = 2
_MOST = 4
# What tells one from the other stands right before the name: 航线 in 在外地举办航线推介会.
_KIND = 5


def take_left_totals(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """Give such a number to all of them, where none but one of them has taken it."""
    for run in _runs(targets):
        answers = [settled.get(t.index) for t in run]
        if all(answers) or any(
            a and (len(a.outcomes) > 1 or a.shared) for a in answers
        ):
            continue
        held = {a.outcomes[0] for a in answers if a}
        found = _only_total(run, held, settled, targets, outcomes)
        if found is None or held - {found}:
            continue
        group = [t.index for t in run]
        for index in group:
            rest = tuple(i for i in group if i != index)
            settled[index] = Answer(index, (found,), "sum", TIED_CONFIDENCE, rest)


def _runs(targets: Sequence[Measure]) -> Iterator[list[Measure]]:
    """Targets of one unit that follow one another in a statement."""
    run: list[Measure] = []
    for target in targets:
        if run and not _goes_on(run[-1], target):
            if 1 < len(run) <= _MOST:
                yield run
            run = []
        run.append(target)
    if 1 < len(run) <= _MOST:
        yield run


def _goes_on(before: Measure, target: Measure) -> bool:
    return (
        len(_shared_end((before.local, target.local))) >= _LEAST_NAME
        and before.sentence == target.sentence
        and count_alike(before, target)
        and _kind(before) == _kind(target)
        and _kind(target) not in _NO_SUM
        and not (before.part or target.part or before.is_change or target.is_change)
    )


def _kind(measure: Measure) -> str | None:
    kind = measure.unit_class
    return _PEOPLE.get(kind, kind) if kind else kind


def _only_total(
    run: Sequence[Measure],
    held: set[int],
    settled: Mapping[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> int | None:
    """The one outcome, beside others that answer the statement, under the shared name."""
    name = _shared_end(tuple(t.local for t in run))
    if len(name) < _LEAST_NAME:
        return None
    used = {o for a in settled.values() for o in a.outcomes} - held
    told = {
        outcomes[o].sentence
        for a in settled.values()
        if targets[a.target].sentence == run[0].sentence
        for o in a.outcomes
    }
    found = [
        o
        for o in outcomes
        if o.index not in used
        and (o.sentence in told if told else _tells_of_all(o, name, run))
        and all(comparable(t, o) for t in run)
        and name in o.local
    ]
    if len(found) != 1 or not _names_all_alike(found[0], name, run):
        return None
    return found[0].index


def _tells_of_all(outcome: Measure, name: str, run: Sequence[Measure]) -> bool:
    """Whether more than the name is said of an outcome and of every target."""
    common = frozenset[str].intersection(*(own_bigrams(t.local) for t in run))
    said = bigrams(outcome.local) | bigrams(outcome.context)
    return not said.isdisjoint(common - bigrams(name))


def _shared_end(phrases: tuple[str, ...]) -> str:
    ends = zip(*(phrase.strip()[::-1] for phrase in phrases), strict=False)
    alike = takewhile(lambda characters: len(set(characters)) == 1, ends)
    return "".join(characters[0] for characters in alike)[::-1]


def _names_all_alike(outcome: Measure, name: str, run: Sequence[Measure]) -> bool:
    """Whether an outcome says no more than the statement, and nothing of only one."""
    if outcome.part or outcome.running_total or outcome.series is not None:
        return False
    if any_of("besides", "not_summed").search(outcome.clause):
        return False
    said = any_of("of_all_kinds", "all_of_them", "in_sum").sub(" ", outcome.local)
    told = own_bigrams(said) - bigrams(name)
    known = set("".join([run[0].context, *(t.local for t in run)]))
    # With the first of the name: 省级 and 国家级 end alike.
    kinds = [t.local.strip().removesuffix(name[1:])[-_KIND:] for t in run]
    return all(known & set(gram) for gram in told) and all(
        told.isdisjoint(own_bigrams(kind)) for kind in kinds
    )
