"""Whether two values are per the same thing: 每台 and 单台, 每生 and 每名学生, 每度 and 每千瓦时."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pipeline.language.units import read_unit, to_base
from pipeline.matching.measures.per import COMPOSITES, GENERIC, Per
from pipeline.word_lists import any_of

# What stands for one thing of a kind: 每台, 每辆, 单车.
_KINDS = (
    "人名位员生师者民孩童",
    "台辆架车机套具",
    "艘艇船只",
    "处座站点所馆个间",
    "家户",
    "家店企厂社院园行馆",
    "场次期届轮讲",
    "餐顿份",
    # Each household or person gets one: 每份慰问品, 每户慰问品.
    "份户",
    "份人名位",
)
# What one classifier counts another never does: 每所 is no 每名, 每户 no 每人.
_APART = (
    frozenset("人名位员生"),
    frozenset("台辆架艘机车"),
    frozenset("头只羽尾羊牛猪"),
    frozenset("株棵"),
    frozenset("场次期届轮"),
    frozenset("座处所家户村校园站点馆院厂店企"),
)
# The 位 of 床位 is nobody.
_NO_ONE = re.compile(r"(?<=[床车摊铺泊学工岗单])位")
_OF_PLACES = frozenset("家所座处间")
_OF_PEOPLE = frozenset("人名位员生")
_PLACES = frozenset("点站所校村镇乡县区园馆院户井库桥")


@lru_cache(maxsize=4096)
def same_thing(a: Per, b: Per) -> bool:
    """Whether what two values are per is one thing, in whatever words."""
    extents = _extent(a.noun), _extent(b.noun)
    if None not in extents:
        return extents[0] == extents[1]  # 每度, 每千瓦时
    if _are_apart(a, b):
        return False
    if a.noun and b.noun and set(_pairs(a.noun)) & set(_pairs(b.noun)):
        return True
    if a.noun[:1] and a.noun[:1] == b.noun[:1]:
        return True
    if _heads(a.noun) & _heads(b.noun):
        return True
    if a.unit and a.unit == b.unit and a.unit not in GENERIC:
        return True
    for each, base in ((a, b), (b, a)):
        if each.unit and each.unit not in GENERIC and base.noun.startswith(each.unit):
            return True  # 每张 and 张种
    return _one_stands_for_the_other(a, b) or _is_a_place(a, b) or _is_a_place(b, a)


def _is_a_place(each: Per, named: Per) -> bool:
    """单家 for 每个培育中心: the classifiers of such places are many."""
    if each.noun or each.unit not in _OF_PLACES:
        return False
    return (
        named.unit in GENERIC
        and any_of("places_in_general").search(named.noun) is not None
    )


def _one_stands_for_the_other(a: Per, b: Per) -> bool:
    """每站 and 每个供水站, 单车 and 每辆."""
    mine, theirs = a.unit + a.noun, b.unit + b.noun
    for one, other in ((a, theirs), (b, mine)):
        short = one.unit if not one.noun else one.noun if len(one.noun) == 1 else ""
        if short and (short in other or any(_in_kind(short, other, k) for k in _KINDS)):
            return True
    return False


def _are_apart(a: Per, b: Per) -> bool:
    """Whether their classifiers never count one thing."""
    if a.unit in COMPOSITES or b.unit in COMPOSITES:
        return not (_is_said_in(a.unit, b) or _is_said_in(b.unit, a))
    if "次" in (a.unit, b.unit):
        return False
    mine, theirs = _classifier(a), _classifier(b)
    if _household_and_people(mine, theirs) or _team_and_people(a, b):
        return True
    groups = [g for g in _APART if mine in g], [g for g in _APART if theirs in g]
    return all(groups) and not any(g in groups[1] for g in groups[0])


def _household_and_people(mine: str, theirs: str) -> bool:
    return "户" in (mine, theirs) and bool(_OF_PEOPLE & {mine, theirs})


def _is_said_in(composite: str, per: Per) -> bool:
    """台班 of 每台班 and 台班油耗, and 车次 as 次."""
    if composite not in COMPOSITES:
        return False
    words = per.unit + per.noun
    return words.startswith(composite) or (composite[1] == words[:1] == "次")


def _team_and_people(a: Per, b: Per) -> bool:
    """每名家庭医生 is no 每个家庭医生团队."""
    return any(
        one.unit in _OF_PEOPLE and other.unit in GENERIC and _is_a_team(other.noun)
        for one, other in ((a, b), (b, a))
        if one.unit and other.unit
    )


def _is_a_team(noun: str) -> bool:
    return noun.endswith(("队", "组", "班")) or (
        any_of("places_in_general").search(noun) is not None
    )


def _classifier(per: Per) -> str:
    """What tells of which kind a thing is: 名, and 村 of 每村."""
    if per.unit and per.unit not in GENERIC:
        return per.unit
    return per.noun if len(per.noun) == 1 else ""


@lru_cache(maxsize=1024)
def _extent(noun: str) -> tuple[Decimal, str] | None:
    """How much a value is per where that is measured: 1 千瓦时 of 每度电价."""
    unit = read_unit(noun, 0, han=False) if noun else None
    if unit is None:
        return None
    much, base = to_base(Decimal(1), noun[: unit.unit_end])
    return (much, base) if base.startswith("scale") else None


def _heads(noun: str) -> set[str]:
    """点 of 监测点 and of 点位: what kind of place a name ends or begins with."""
    return {noun[-1:], noun[:1]} & _PLACES


def _in_kind(short: str, other: str, kind: str) -> bool:
    return short in kind and any(c in kind for c in _NO_ONE.sub("", other))


def _pairs(noun: str) -> list[str]:
    return [noun[i : i + 2] for i in range(len(noun) - 1)]
