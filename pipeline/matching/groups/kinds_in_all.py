"""One number under the name that a field has for several kinds: 营造林 for 人工造林、封山育林.

The name has none of the kinds' words to go by, so that the kinds are data. Whatever
kind is told apart is not in what is left to be answered by the name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.matching.groups.answers import COMPANY_CONFIDENCE, Answer, is_part_of
from pipeline.matching.groups.covering import runs_of
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml
from pipeline.word_lists import one_of

_NO_SUM = frozenset({"rate", "time", "score", None})
# 营造林任务, 管网改造面积共完成: what may stand between the name and its number.
_MEASURED = re.compile(
    r"(?:任务|工程|项目|总?面积|里程|总数|总量|人数|数量|建设|改造|管理|筛查|检查|铺设|敷设|培育|覆盖)*"
    r"(?:合计|共计|总计|累计|共|已|全部|完成|实施|达到?|约|为)*\s*$"
)
_LEAST = 2


class _Whole(NamedTuple):
    """A name for several kinds, and what the kinds are called."""

    names: re.Pattern[str]
    kinds: re.Pattern[str]


def take_kinds_in_all(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """Answer a list of kinds by the number of all of them, compared with their sum."""
    for outcome in outcomes:
        whole = _named(outcome)
        if whole is None:
            continue
        for run in runs_of(targets, loose=True):
            members = _told_in(whole, outcome, run, settled, outcomes)
            if len(members) < _LEAST:
                continue
            for index in members:
                rest = tuple(i for i in members if i != index)
                settled[index] = Answer(
                    index, (outcome.index,), "sum", COMPANY_CONFIDENCE, rest
                )
            break


def _named(outcome: Measure) -> _Whole | None:
    """The whole that an outcome counts and names no kind of."""
    if (
        outcome.part
        or outcome.is_change
        or outcome.running_total
        or outcome.series is not None
        or outcome.unit_class in _NO_SUM
        or not _any_name().search(outcome.clause)
    ):
        return None
    for whole in _wholes():
        for said in whole.names.finditer(outcome.clause):
            if _MEASURED.fullmatch(outcome.clause, said.end()):
                return None if whole.kinds.search(outcome.clause) else whole
    return None


def _told_in(
    whole: _Whole,
    outcome: Measure,
    run: Sequence[Measure],
    settled: Mapping[int, Answer],
    outcomes: Sequence[Measure],
) -> tuple[int, ...]:
    """The targets of a list that the number of all of them answers."""
    if any(whole.names.search(whole.kinds.sub("", t.local)) for t in run):
        return ()  # the whole is promised by its name
    alike = [o for o in outcomes if o is not outcome and comparable(run[0], o)]
    members: list[int] = []
    for target in run:
        kind = whole.kinds.search(target.local)
        if kind is None or not comparable(target, outcome):
            return ()  # another thing is listed with them
        if any(kind[0] in o.local for o in alike):
            continue  # told apart
        taken = settled.get(target.index)
        if taken is not None and any(
            o != outcome.index and not is_part_of(outcomes[o], outcome)
            for o in taken.outcomes
        ):
            return ()
        members.append(target.index)
    return tuple(members)


@lru_cache(maxsize=1)
def _wholes() -> tuple[_Whole, ...]:
    return tuple(
        _Whole(one_of(entry["words"]), one_of(entry["kinds"]))
        for entry in load_toml(FILE)["kinds_in_all"]
    )


@lru_cache(maxsize=1)
def _any_name() -> re.Pattern[str]:
    return one_of(w for e in load_toml(FILE)["kinds_in_all"] for w in e["words"])
