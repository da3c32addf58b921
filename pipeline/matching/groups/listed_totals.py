"""One number for a whole list of targets, named by what they have in common.

甲培训2期、乙培训4期 and 各类培训共6期, 水罐消防车3辆、云梯消防车1辆 and 消防车到货4辆:
the sum is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.matching.groups.covering import runs_of
from pipeline.matching.groups.list_sums import common_end, label_of, whole_of
from pipeline.matching.measures.boundaries import ITEM_MARK
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import (
    act_words,
    bigrams,
    content_words,
    deed_bigrams,
    exclusive_conflict,
    exclusive_words,
    own_bigrams,
    thin_words,
)
from pipeline.word_lists import any_of

# 培训班8期（含高校巡讲3期）: something else is counted in.
_INCLUDES = re.compile(r"^[(，]?(?:其中)?(?:含|包括|包含|另)")
# What lectures, shows and classes are all called.
_EVENTS = re.compile(r"(?:各类|各项|各种|多种|系列)[^，。；、]{0,8}活动")
_HEADING = 12
_MANY_LISTED = 3
_SHORTEST = 2
_SEVERAL = 2
# So long is what several kinds are called together: 噪声点位.
_NAME = 4
_NO_SUM = frozenset({"rate", "money", None})


def listed_totals(
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    taken: Mapping[int, Sequence[int]],
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Outcomes that name only what a list of targets has in common: (outcome, targets).

    ``taken`` are the outcomes of each answered target. Nothing is yielded where
    a member of the list has an answer of its own, where two lists fit or where
    the outcome says more than they do.
    """
    runs = runs_of(targets)
    runs += [run for run in _kinds_of_one(targets) if run not in runs]
    runs += [run for run in _columns(targets) if run not in runs]
    for outcome in outcomes if runs else ():
        head = _head(outcome)
        if not head or outcome.part or outcome.unit_class in _NO_SUM:
            continue
        if _INCLUDES.match(outcome.after):
            continue
        lists = [
            members
            for run in runs
            if comparable(run[0], outcome) and not _names_some(outcome, run)
            if (members := _members(head, outcome, run, targets, taken))
        ]
        if len(lists) != 1:
            continue
        (run,) = lists
        if any(taken.get(t.index, (outcome.index,)) != (outcome.index,) for t in run):
            continue
        if any(
            t.index not in {m.index for m in run}
            for t in _holders(outcome, targets, taken)
        ):
            continue
        if not any(_rivals(outcome, o, head, run) for o in outcomes):
            yield outcome.index, tuple(t.index for t in run)


def _kinds_of_one(targets: Sequence[Measure]) -> Iterator[list[Measure]]:
    """区域噪声监测点位100个，道路噪声监测点位40个: the same end, and a name before it."""
    for run in runs_of(targets, loose=True):
        names = [t.clause.strip() for t in run]
        end = common_end(names)
        kinds = [own_bigrams(n.removesuffix(end)) - deed_bigrams() for n in names]
        if len(end) >= _NAME and all(kinds) and len(set(kinds)) == len(kinds):
            yield run


def _columns(targets: Sequence[Measure]) -> Iterator[list[Measure]]:
    """学员培训6期、300人次，教师培训2期、90人次: the events of one item, and no others.

    The numbers of another unit, or a semicolon within the item, stand between.
    """
    columns: dict[tuple[str | int, str | None], list[Measure]] = {}
    for target in targets:
        key = target.item or target.sentence, target.quantity.unit
        if target.unit_class == "event" and not target.quantity.per:
            columns.setdefault(key, []).append(target)
    for column in columns.values():
        apart = any(b.index != a.index + 1 for a, b in pairwise(column))
        if len(column) > 1 and apart and not any(t.part for t in column):
            yield column


def _holders(
    outcome: Measure, targets: Sequence[Measure], taken: Mapping[int, Sequence[int]]
) -> list[Measure]:
    return [t for t in targets if outcome.index in taken.get(t.index, ())]


def _head(outcome: Measure) -> frozenset[str]:
    """What an outcome counts: 全年共举办各类培训 counts 培训."""
    if outcome.series is not None or outcome.running_total or outcome.is_change:
        return frozenset()
    clause = outcome.clause.lstrip("、")
    phrase = clause if "、" in clause else outcome.local
    return frozenset(
        g
        for g in bigrams(any_of("of_all_kinds", "all_of_them").sub("", phrase))
        if len(g) > 1
    )


def _members(
    head: frozenset[str],
    outcome: Measure,
    run: Sequence[Measure],
    targets: Sequence[Measure],
    taken: Mapping[int, Sequence[int]],
) -> Sequence[Measure]:
    """Those of a list that an outcome counts: all, those of its kind, or none."""
    if (
        _heads_all(head, outcome, run)
        or _heads_item(head, run)
        or _sweeps_up(head, outcome, run)
        or _are_all_events(head, outcome, run, targets, taken)
        or _is_bare_whole(outcome, run)
    ):
        return run
    return _of_kind(outcome, run)


def _of_kind(outcome: Measure, run: Sequence[Measure]) -> Sequence[Measure]:
    """消防车 for 水罐消防车、云梯消防车、器材运输车: with most goes one that ends alike."""
    names = [t.clause.strip() for t in run]
    noun = _common_end(outcome.local.strip(), names)
    if not noun or _says_which(outcome.local.replace(noun, " ", 1)):
        return ()
    held = [n.endswith(noun) and n.strip("、") != noun for n in names]
    others = [n for n, is_held in zip(names, held, strict=True) if not is_held]
    if sum(held) < _SEVERAL or any(n.endswith(noun) for n in others):
        return ()
    if others and all(n[-1:] == noun[-1] for n in others):
        return run if sum(held) * 2 > len(run) else ()
    if any(n[-1:] == noun[-1] for n in others):
        return ()
    return [t for t, is_held in zip(run, held, strict=True) if is_held]


def _is_bare_whole(outcome: Measure, run: Sequence[Measure]) -> bool:
    """栽植苗木 for 油松、侧柏, but not 综合演练 for 综合演练、桌面推演.

    What the list says of its first thing (馆藏 of 馆藏古籍、拓片) may be said again.
    """
    labels = [label_of(t) for t in run]
    name = whole_of(outcome.clause, labels)
    rest = outcome.clause.strip().removesuffix(name)
    is_first = labels[0].endswith(name)  # 综合演练: one of the list
    known = frozenset[str]() if is_first else content_words(labels[0])
    return bool(name) and not _says_which(rest, known)


def _says_which(rest: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether a phrase says more than what was done: 部门专项, not 采购 or 到货."""
    thin = frozenset(thin_words(rest))
    return bool(content_words(rest) - act_words() - thin - known)


def _common_end(said: str, names: Sequence[str]) -> str:
    """The longest end of two names or more that stands in what is said."""
    ends = {
        name[-length:]
        for name in names
        for length in range(_SHORTEST, len(name) + 1)
        if name[-length:] in said
    }
    shared = [e for e in ends if sum(n.endswith(e) for n in names) >= _SEVERAL]
    return max(shared, key=lambda e: (len(e), e), default="")


def _are_all_events(
    head: frozenset[str],
    outcome: Measure,
    run: Sequence[Measure],
    targets: Sequence[Measure],
    taken: Mapping[int, Sequence[int]],
) -> bool:
    """各类阅读推广活动228场 for 讲座、展览、亲子阅读活动、课堂, where no other events are left."""
    listed = {t.index for t in run}
    return (
        len(run) >= _MANY_LISTED
        and outcome.unit_class == "event"
        and bool(_EVENTS.search(outcome.clause))
        and any(head & bigrams(t.local) for t in run)
        and all(
            t.index in listed
            or (t.index in taken and outcome.index not in taken[t.index])
            for t in targets
            if comparable(t, outcome)
        )
    )


def _heads_all(head: frozenset[str], outcome: Measure, run: Sequence[Measure]) -> bool:
    """Whether each member is of the kind, and the head names nothing else.

    讲解员培训 is the kind of 专职讲解员培训 and 志愿讲解员培训, but not of 安保人员培训.
    """
    words = [bigrams(t.local) for t in run]
    listed = "、" in outcome.clause  # 研修、培训班: each member is one of them
    own = frozenset[str]() if listed else own_bigrams(outcome.local) & head
    return (
        all(head & w and own <= w for w in words)
        and head <= frozenset[str]().union(*words)
        and not any(own_bigrams(t.local) <= head for t in run)
    )


def _sweeps_up(head: frozenset[str], outcome: Measure, run: Sequence[Measure]) -> bool:
    """各类电商培训90期 for 电商培训30期、直播培训20期、客服班10期: most are of the kind."""
    if len(run) < _MANY_LISTED or not any_of("of_all_kinds", "all_of_them").search(
        outcome.clause + outcome.local
    ):
        return False
    of_kind = [bool(head & bigrams(t.local)) for t in run]
    return sum(of_kind) * 2 > len(run) and head <= frozenset[str]().union(
        *[bigrams(t.local) for t in run]
    )


def _heads_item(head: frozenset[str], run: Sequence[Measure]) -> bool:
    """Whether a list's own heading names what is counted: 主体班次：进修班2期、研修班1期."""
    heading, colon, _ = run[0].context.partition("：")
    said = ITEM_MARK.sub("", heading)
    return bool(colon) and len(said) <= _HEADING and head <= bigrams(said)


def _names_some(outcome: Measure, run: Sequence[Measure]) -> bool:
    """Whether an outcome has what sets some members apart (新建, beside 运维), or none has."""
    named = exclusive_words(outcome.local)
    if not named:
        return False
    held = [bool(named & exclusive_words(t.local)) for t in run]
    if exclusive_conflict(run[0].local, outcome.local):
        return True  # 养护道路36公里 for 新建村道20公里、乡道15公里
    if held[0]:  # 改造村道12公里、乡道8公里: the later names go on with the deed
        held = [h or not _has_a_deed(t) for h, t in zip(held, run, strict=True)]
    return any(held) and not all(held)


def _has_a_deed(target: Measure) -> bool:
    return not bigrams(target.clause).isdisjoint(deed_bigrams())


def _rivals(
    outcome: Measure, other: Measure, head: frozenset[str], run: Sequence[Measure]
) -> bool:
    """Whether another number counts some of the list apart."""
    return (
        other.index != outcome.index
        and comparable(run[0], other)
        and not other.part
        and (
            bool(head & bigrams(other.local))
            or (
                not _heads_all(head, outcome, run)
                and any(own_bigrams(t.local) & own_bigrams(other.local) for t in run)
            )
        )
    )
