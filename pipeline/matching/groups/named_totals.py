"""Totals that name what they add up: 宣传和义诊活动合计33场.

Such a number answers the named targets together. It answers none of them
alone: whoever reports more than was promised has not said how much of it was
the promised thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.matching.gates.apart import is_another_kind
from pipeline.matching.gates.asides import names_a_deed
from pipeline.matching.gates.objects import names_a_thing
from pipeline.matching.gates.venues import (
    goes_elsewhere,
    is_held_in_more,
    names_venues_only,
)
from pipeline.matching.groups.covering import runs_of
from pipeline.matching.groups.list_sums import common_end, whole_of
from pipeline.matching.groups.total_names import (
    HOLDS_MORE,
    is_open_list,
    names_of,
    said_as_sum,
    says_total,
)
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams

_HEADS = frozenset({"person", "person_time", "organisation", "place", "thing"})
# What is left of a name in a short form counts, but less than its words.
_SHORT = 0.25
# 进社区、进校园: where something was taken to.
_GOING = frozenset("进入下赴到送")
# “五进” is to wherever.
_SO_MANY = re.compile("[三四五六七八九十百]进")
_AND = re.compile(r"[及和与]")
# What a name of a deed may go on with.
_MEASURED = re.compile(
    r"(?:面积|里程|长度|数量|人数|任务|工作)?(?:完成|达|为|约|共|已)*$"
)
_ALL_NAMED = 3
_FIT = 0.5
# Pairs of characters that a word of three has.
_WORD = 2


def names_all(outcome: Measure, named: Sequence[int]) -> bool:
    """Whether each of a number's names is a target: 主题、书屋、亲子阅读等各类活动."""
    return len(named) >= _ALL_NAMED and len(named) == len(names_of(outcome))


def is_wider(outcome: Measure, target: Measure) -> bool:
    """Whether an outcome names more than the target promised.

    进社区、进校园宣讲25场 says nothing of 进社区宣讲18场 alone.
    """
    if HOLDS_MORE.search(outcome.clause):
        return False  # 团体辅导(含亲子沟通)20场: what is within may be a part of it
    names = names_of(outcome)
    if not names:
        return False
    if whole_of(target.clause, names):
        return False  # 学术会议 for 年会、论坛
    if names_venues_only(outcome, names):
        return is_held_in_more(target, outcome)
    promised = target.local + target.clause
    if _SO_MANY.search(promised) and {name[:1] for name in names[1:]} <= _GOING:
        return False
    if {name[:1] for name in names} <= _GOING and len({n[:1] for n in names}) == 1:
        if _GOING.isdisjoint(_SO_MANY.sub("", target.local + target.clause)):
            return False  # where it was taken to was not promised
        text = target.local + target.clause + target.context
        return not all(name[: len(names[0])] in text for name in names)
    if not says_total(outcome):
        return _adds_another(names, outcome, target)
    phrase = bigrams(target.local) | bigrams(target.clause) | bigrams(target.context)
    return any(not bigrams(name) & phrase for name in names)


def names_another(
    outcome: Measure, target: Measure, targets: Sequence[Measure]
) -> bool:
    """Whether a total names a kind that is not promised beside one that is.

    防汛、防震培训共5期 answers no 防汛培训 of 防火培训2期、防汛培训3期: where kinds are told
    apart, another kind is another number.
    """
    if not said_as_sum().search(outcome.clause.strip()) or not any(
        target in run for run in runs_of(targets, loose=True)
    ):
        return False
    phrase = bigrams(target.local) | bigrams(target.clause) | bigrams(target.context)
    return any(not _apart(name, target) & phrase for name in names_of(outcome))


def _apart(name: str, target: Measure) -> frozenset[str]:
    """What tells a name from a target that ends alike: 防震 of 防震培训 for 防汛培训."""
    end = common_end([name, target.local.strip()])
    return bigrams(name.removesuffix(end)) or bigrams(name)


def adds_to_it(outcome: Measure, target: Measure, targets: Sequence[Measure]) -> bool:
    """Whether an outcome names just what was promised, and something else beside it.

    撰写调研报告、信息共83篇 is more than 撰写调研报告, wherever it stands; 党组、党委共26个
    are 党组织 by other names. What other targets promise may be added up with it.
    """
    names = names_of(outcome)
    if not names or target.unit_class == "rate":
        return False
    own = bigrams(target.local)
    in_full = [bool(grams := bigrams(name)) and grams <= own for name in names]
    if not any(in_full) or all(in_full) or not is_wider(outcome, target):
        return False
    return any(
        not held and all(bigrams(name).isdisjoint(bigrams(t.local)) for t in targets)
        for name, held in zip(names, in_full, strict=True)
    )


def _adds_another(names: Sequence[str], outcome: Measure, target: Measure) -> bool:
    """明白卡及公开信2万份 for 明白卡: the last of two names is another thing.

    In 窗口和热线接待咨询 the last name holds what both are said of.
    """
    if len(names) != 2 or target.unit_class == "rate":
        return False
    own = bigrams(target.local) | bigrams(target.clause)
    first, last = (bool(bigrams(name) & own) for name in names)
    joined = bool(_AND.search(outcome.clause))
    return joined and first and not last and names_a_thing(names[1])


def named_targets(outcome: Measure, targets: Sequence[Measure]) -> tuple[int, ...]:
    """The targets that the names of a total stand for, one per name, in order.

    A list of as many targets in the same unit, name by name, goes first. Names
    that stand under one deed (修复瓷器、纸质文物52件) are of no other (征集文物).
    """
    names = names_of(outcome)
    free = targets
    if not says_total(outcome) and not any(map(names_a_deed, names[1:])):
        free = [t for t in targets if not is_another_kind(t, outcome)]
    for run in runs_of(free, loose=True):
        if run[0].unit_class != "rate" and _fits_list(names, outcome, run):
            return tuple(t.index for t in run)
    chosen: list[int] = []
    for name in names:
        fitting = [
            (fit, t.index not in chosen, -t.index)
            for t in free
            if not t.part
            and t.unit_class != "rate"
            and comparable(t, outcome)
            and (fit := _fit(name, t)) >= _FIT
        ]
        if fitting and (best := max(fitting))[1]:
            chosen.append(-best[2])
    if any(not any(_fit(name, targets[i]) for i in chosen) for name in names):
        return ()  # what else it counts nobody promised
    if goes_elsewhere(outcome, [targets[i] for i in chosen]):
        return ()
    if not _add_up(outcome, [targets[i] for i in chosen]):
        return ()
    return tuple(sorted(chosen))


def _add_up(outcome: Measure, targets: Sequence[Measure]) -> bool:
    """13个县 and 80场宣讲 add up to nothing; 3部 and 20条 do where 23部(条) are told."""
    classes = {t.unit_class for t in targets}
    if len(classes) < 2 or all(kind in _HEADS for kind in classes):
        return True
    return all((t.quantity.unit or "\0") in outcome.quantity.quote for t in targets)


def wholes_by_names(
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    taken: Mapping[int, Sequence[int]],
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Unanswered targets for several things that are reported apart, name by name.

    修复青铜器、漆木器60件 and 修复青铜器41件、漆木器22件; a number that answers a 其中
    part of the target counts for the whole too.
    """
    for target in targets:
        if target.part or target.index in taken or target.unit_class == "rate":
            continue
        names = names_of(target)
        if len(names) < 2 or is_open_list(target):
            continue
        held = {
            o
            for i, found in taken.items()
            if not (targets[i].part and targets[i].sentence == target.sentence)
            for o in found
        }
        fitting = [
            run
            for run in runs_of(outcomes)
            if len(run) == len(names)
            and comparable(target, run[0])
            and all(o.index not in held for o in run)
            and all(_is_name(o, name) for o, name in zip(run, names, strict=True))
        ]
        if len(fitting) == 1:
            yield target.index, tuple(o.index for o in fitting[0])


def _is_name(outcome: Measure, name: str) -> bool:
    """Whether what stands at a number is a name of a list, in whole words."""
    grams = bigrams(name)
    own = bigrams(outcome.clause)
    return len(grams & own) >= _WORD or (bool(own) and own <= grams)


def is_whole_list(
    outcome: Measure, named: Sequence[int], targets: Sequence[Measure]
) -> bool:
    """Whether a total names a list of targets from its first to its last."""
    names = names_of(outcome)
    return says_total(outcome) and any(
        [t.index for t in run] == list(named) and _fits_list(names, outcome, run)
        for run in runs_of(targets, loose=True)
    )


def _fits_list(names: Sequence[str], outcome: Measure, run: Sequence[Measure]) -> bool:
    """化工、物流企业、娱乐场所 for 化学品企业24家次、寄递物流企业36家次、娱乐服务场所60家次."""
    if len(names) != len(run) or not comparable(run[0], outcome):
        return False
    fits = [_fit(name, t) for name, t in zip(names, run, strict=True)]
    if any(fit < _fit(n, t) for n, fit in zip(names, fits, strict=True) for t in run):
        return False  # 县道、乡道 for 省道、县道: the first name is of the second
    clear = sum(fit >= _FIT for fit in fits) * 2
    return all(fits) and (
        clear >= len(fits) if says_total(outcome) else clear > len(fits)
    )


def _fit(name: str, target: Measure) -> float:
    grams, own = bigrams(name), bigrams(target.local)
    smaller = min(len(grams), len(own))
    if not smaller:
        return 0.0
    if grams & own:
        return len(grams & own) / smaller
    if len(bare := _MEASURED.sub("", name)) >= _WORD and set(bare) <= set(target.local):
        return _FIT  # 低改面积 for 改造低产桑园
    # 桥梁 for 生产桥, 数商 for 数据商: a name may stand there in a short form; but the
    # 进 of 进社区 and 进校园 says nothing of where to.
    shared = set("".join(grams)) & set("".join(own))
    return _SHORT if shared - _GOING else 0.0
