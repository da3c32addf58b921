"""分别: which name each number of a list has.

A、B满意度分别为95%和88% names in front; 负压型6辆、监护型8辆，单价分别为66万元
和39万元 takes the names from the numbers before. What the numbers are compared with
(同比, 较上年) may stand on either side of 分别.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.measures.measure import RATE_NAME, Measure
from pipeline.matching.measures.two_in_one import compounds_in, spell_out
from pipeline.word_lists import alternatives

# What a change is measured against.
_BASE = r"(?:(?:同比|环比|[较比与](?:上年度?|去年|上一年度?|\d{4}年|年初)(?:同期)?(?:相比)?)，?)"
_EACH_ITS_OWN = ("分别", "依次")
_RESPECTIVELY = re.compile(
    rf"(?P<names>[^，。；]*?)(?P<base>{_BASE}?)(?:各自)?(?:{'|'.join(_EACH_ITS_OWN)})(?P<verb>[^，。；、\d]{{0,12}})$"
)
NAME_JOIN = re.compile(
    r"、|以及|(?<![惠涉普危波顾])及(?!时|格)|和(?![谐解睦])|(?<![参赋给])与"
)
# 3、甲率、乙率: the number of a list item is no name.
_ITEM = re.compile(
    r"^[^一-鿿\d]*(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]?[、.](?![\d一二三四五六七八九十])"
)
# 全年发生事故7起，同比下降12.5%: 发生 is no part of what fell.
_OCCURRED = re.compile(r"^(?:[全本当]年|年内)?(?:共|累计)?(?:发生|出现)(?!率)")
_JOINT_ONLY = re.compile(r"\s*[、和及与，]\s*")
_NO_SUM = frozenset({"rate", "time", "score", None})
_COPULA = re.compile(r"^(?:达到?|提高到|为|是|占|有|完成|到|了)+")


@lru_cache(maxsize=1)
def _shared_end() -> re.Pattern[str]:
    """What the last name has and the others share: 满意度, 合格率, 培训."""
    return re.compile(
        rf"(?:{alternatives('shared_ends')}|[一-鿿]{{2}}率|"
        r"[一-鿿]{0,2}(?:浓度|面积|收入|金额|产值))$"
    )


def bind_respectively(measures: Sequence[Measure]) -> list[Measure]:
    """Measures again, those of a 分别 list with the name that is theirs."""
    bound = list(measures)
    for measure in measures:
        if not any(map(measure.clause.__contains__, _EACH_ITS_OWN)):
            continue
        said = _RESPECTIVELY.search(measure.clause)
        if not said:
            continue
        names = names_listed(said["names"])
        run = _run(measures, measure, any_unit=len(names) > 1)
        if len(run) != len(names):
            run = _run(measures, measure)
        if len(run) < 2:
            continue
        verb = said["base"] + _COPULA.sub("", said["verb"])
        if len(names) == 1 and (each := _spelled_out(names[0], len(run))):
            names = each
        if len(names) == len(run):
            labels = _whole_names(names)
        elif len(names) < 2 and (
            before := _before(bound, run, any_units=bool(said["base"]))
        ):
            counted = [_OCCURRED.sub("", m.local.strip()) for m in before]
            labels = [name + "".join(names) for name in counted]
        elif len(names) == 1:
            labels = names * len(run)  # 两县普及率分别为93%、89%: of two, whichever
        else:
            continue
        for label, item in zip(labels, run, strict=True):
            bound[item.index] = _named(item, label + verb, first=run[0])
    return bound


def names_listed(text: str) -> list[str]:
    """The names that a text lists, in order."""
    listed = NAME_JOIN.split(_ITEM.sub("", text).strip("、 "))
    return [name for name in listed if name.strip()]


def _spelled_out(name: str, count: int) -> list[str]:
    """The names that one word holds: of 城乡低保标准 two, of 列养率县乡村道 three."""
    for compound in compounds_in(name):
        word = next((w for w in compound.words if w in name), "")
        if word and len(compound.members) == count:
            return [name.replace(word, kinds[0]) for kinds in compound.members]
    names = names_listed(spell_out(name))
    if len(names) != count:
        return []
    rate = RATE_NAME.match(names[0])
    return [n.removeprefix(rate[0]) + rate[0] for n in names] if rate else names


def bind_bare_numbers(measures: Sequence[Measure]) -> list[Measure]:
    """建成1.2万亩、0.5万亩和0.3万亩, 两节慰问36人和28人: what only 、 and 和 part adds up."""
    bound = list(measures)
    for measure in measures:
        held = bound[measure.index].series is not None
        if held or measure.part or measure.unit_class in _NO_SUM:
            continue
        run = _run(measures, measure)
        if len(run) > 1:
            for item in run:
                bound[item.index] = dataclasses.replace(item, series=measure.index)
    return bound


def _run(
    measures: Sequence[Measure], first: Measure, *, any_unit: bool = False
) -> list[Measure]:
    """The numbers listed from ``first`` on, with nothing between but 、 and 和."""
    run = [first]
    for later in measures[first.index + 1 :]:
        same = any_unit or later.quantity.unit == first.quantity.unit
        if not same or not _JOINT_ONLY.fullmatch(later.clause):
            break
        run.append(later)
    return run


def _before(
    measures: Sequence[Measure], run: Sequence[Measure], *, any_units: bool
) -> list[Measure]:
    """As many numbers in one unit just before the list, in the same sentence.

    事故7起、死亡6人，同比分别下降12.5%、14.3%: how far counts fell says so of any.
    """
    first = run[0]
    found = list(measures[max(0, first.index - len(run)) : first.index])
    fits = (
        len(found) == len(run)
        and all(m.sentence == first.sentence for m in found)
        and (any_units or len({m.quantity.unit for m in found}) == 1)
        and found[0].quantity.unit != first.quantity.unit
    )
    return found if fits else []


def _whole_names(names: Sequence[str]) -> list[str]:
    """一级、二级、三级指导员: the head of the last name belongs to all."""
    last = names[-1]
    found = _shared_end().search(last)
    head = found[0] if found else ""
    if not head:
        at = last.find(names[0][-1])
        head = last[at + 1 :] if 0 <= at < len(last) - 1 else ""
    return [
        n if not head or n.endswith(head) or _shared_end().search(n) else n + head
        for n in names
    ]


def _named(item: Measure, label: str, *, first: Measure) -> Measure:
    """What is said of the first number, that it is a change for one, is said of all."""
    rates = RATE_NAME.findall(label)
    return dataclasses.replace(
        item,
        local=label,
        clause=label if first.is_change else item.clause,
        rate=rates[-1] if rates and item.rate else item.rate,
        is_change=first.is_change,
        series=first.index,
    )
