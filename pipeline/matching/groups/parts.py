"""Outcomes that answer one target together: parts of a whole, joint rates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.gates.contrast import (
    adds_up_all,
    are_complements,
    contrast,
    fits_both,
    fits_series,
    names_both,
    parts_named,
    shares_head,
)
from pipeline.matching.gates.rates import rate_similarity
from pipeline.matching.groups.places import are_places_in_turn
from pipeline.matching.groups.two_deeds import are_two_deeds
from pipeline.matching.groups.under_one_deed import are_under_one_deed
from pipeline.matching.groups.ways import are_ways_in_turn
from pipeline.matching.measures.measure import RATE_NAME, Measure, base_unit
from pipeline.matching.measures.respectively import NAME_JOIN
from pipeline.matching.measures.two_in_one import is_cut_short, spell_out
from pipeline.matching.measures.wording import FILE, own_bigrams
from pipeline.resources import load_toml
from pipeline.word_lists import any_of

# Parts of the year report whole sentences each.
_TIMES = re.compile(r"[上下]半年|[一二三四]季度|\d{1,2}月?[-至]\d{1,2}月")
_SEVERAL = re.compile(r"各|上述|以上|两|[三四五]类|等|重点|主要|所有|全部")
_MADE_UP = re.compile(r"(?:\([^()]{1,12}\))?(?:组成|构成|合成)")
_IN_BRACKETS = re.compile(r"\((?P<name>[一-鿿]{2,8})\)")
_JOINED = re.compile(r"[、和及与，]?\d")
_SAME_RATE = 0.6
_SHORTEST = 2
# 合格率分别为布病, 、口蹄疫: what a rate was measured of.
_OF_EACH = re.compile(
    r"(?:分别(?:为|达到?|是)|(?<=[一-鿿]{2}[率度]))(?P<name>[^，。；、\d率度]{2,8})$"
)
_ITS_NAME = re.compile(r"[、和及与](?P<name>[^，。；、\d率度]{2,8})$")
_TWO_UNITS = re.compile(r"[(（](?P<other>[一-鿿]{1,2})[)）]")
_SO_MANY = re.compile(r"(?P<many>[两二三四])[项类种](?P<kind>[一-鿿]{2})")
_HOW_MANY = {"两": 2, "二": 2, "三": 3, "四": 4}
_NEW = re.compile("新[增建设开]|增设")


def belong_together(target: Measure, first: Measure, other: Measure) -> bool:
    """Whether two outcomes of one sentence answer the target together."""
    if target.unit_class == "rate" and _same_rate_of_each(target, first, other):
        return True
    if first.sentence != other.sentence and not _go_on(target, first, other):
        return False
    if target.unit_class == "rate":
        return _jointly(target, first, other)
    return _are_parts(target, first, other)


def around(
    target: Measure, first: Measure, outcomes: Sequence[Measure]
) -> Sequence[Measure]:
    """The outcomes that can belong together with one, and some more."""
    if target.unit_class == "rate" or _names_a_time(first.local):
        return outcomes
    if is_cut_short(target.clause):
        return outcomes
    begin = end = first.index  # a sentence's numbers follow each other
    while begin and outcomes[begin - 1].sentence == first.sentence:
        begin -= 1
    while end + 1 < len(outcomes) and outcomes[end + 1].sentence == first.sentence:
        end += 1
    return outcomes[max(0, min(begin, first.index - 1)) : max(end, first.index + 1) + 1]


@lru_cache(maxsize=8192)
def _names_a_time(phrase: str) -> bool:
    return bool(_TIMES.search(phrase))


def _go_on(target: Measure, first: Measure, other: Measure) -> bool:
    """Whether parts stand in sentences of their own: 春防免疫2万头；秋防免疫3万头."""
    if _names_a_time(first.local) and _names_a_time(other.local):
        return True
    if target.unit_class == "rate":
        return False
    if abs(first.index - other.index) == 1 and are_complements(first, other):
        return True
    # 县级河道…。乡级河道… for 县乡河道: the target names both in one word.
    return is_cut_short(target.clause) and names_both(target, first, other)


def _same_rate_of_each(target: Measure, first: Measure, other: Measure) -> bool:
    """重点人群管理率均达74%: one rate, reported for each group in its own sentence."""
    return (
        bool(any_of("each_of_several").search(target.clause))
        and bool(_SEVERAL.search(target.clause))
        and bool(first.rate)
        and first.rate == other.rate
        and rate_similarity(target.rate, first.rate) == 1
    )


def _are_parts(target: Measure, first: Measure, other: Measure) -> bool:
    """Whether two outcomes are different parts of what the target counts.

    A target that names one part only (省级示范社) is no whole; one that names
    both (国家级、省级示范社) is.
    """
    if base_unit(first) != base_unit(other) and not _in_its_units(
        target, first, other
    ):  # 1.9公里 and 1700米 add up
        return False
    if (
        fits_series(target, first, other)
        or _make_up(first, other)
        or _are_named_in_brackets(first, other)
        or names_both(target, first, other)
        or adds_up_all(target, first, other)
        or are_places_in_turn(target, first, other)
        or are_under_one_deed(target, first, other)
        or are_ways_in_turn(target, first, other)
        or are_two_deeds(target, first, other)
        or _are_of_so_many(target, first, other)
    ):
        return True
    if first.part != other.part or (target.part and not first.part):
        return False
    if _adds_rebuilt(target, other) or _adds_rebuilt(target, first):
        return False
    pair = contrast(first, other)
    if pair:
        return (
            fits_both(target, pair)
            and shares_head(target, first, pair)
            and not _other_head(target, first, other, pair)
        )
    a, b = _parts(first.local), _parts(other.local)
    named = _parts(target.local) | _parts(target.clause)
    return bool(a and b and not a & b) and (not named & (a | b) or a | b <= named)


def _are_of_so_many(target: Measure, first: Measure, other: Measure) -> bool:
    """生活补贴发放180人、护理补贴发放130人 for 两项补贴300人: each is one of them."""
    counted = _SO_MANY.search(target.local)
    a, b = sorted((first, other), key=lambda m: m.index)
    if (
        counted is None
        or a.sentence != b.sentence
        or a.part
        or b.part
        or b.index - a.index >= _HOW_MANY[counted["many"]]
    ):
        return False
    kind = counted["kind"]
    return kind in a.clause and kind in b.clause and a.clause != b.clause


def _in_its_units(target: Measure, *parts: Measure) -> bool:
    """春季15台、秋季9套 are parts of 24台(套), which is counted in both."""
    printed = _TWO_UNITS.search(target.quantity.quote)
    return printed is not None and all(
        p.quantity.unit in (target.quantity.unit, printed["other"]) for p in parts
    )


def _adds_rebuilt(target: Measure, part: Measure) -> bool:
    """新建9座、改扩建6座 for 新增12座: what was rebuilt was there before."""
    return bool(
        any_of("rebuilt").search(part.clause)
        and _NEW.search(target.local)
        and not any_of("rebuilt").search(spell_out(target.local + target.clause))
    )


def _other_head(
    target: Measure, first: Measure, other: Measure, pair: tuple[str, str]
) -> bool:
    """市级研学基地4个、县级研学营地6个: only the first is what was promised."""
    mine, theirs = (
        own_bigrams(m.clause.replace(word, " "))
        for m, word in zip((first, other), pair, strict=True)
    )
    if mine.isdisjoint(theirs):
        return False  # 机械开设75公里、人工清理47公里 says the thing just once
    said = own_bigrams(target.local) | own_bigrams(target.clause)
    return bool((mine - theirs) & said and theirs - mine and not (theirs - mine) & said)


def _make_up(first: Measure, other: Measure) -> bool:
    """由80人（甲校）和30人（乙校）组成: two numbers are said to make up one."""
    a, b = sorted((first, other), key=lambda m: m.index)
    return (
        a.sentence == b.sentence
        and b.index == a.index + 1
        and a.clause.rstrip().endswith("由")
        and bool(_MADE_UP.match(b.after))
    )


def _are_named_in_brackets(first: Measure, other: Measure) -> bool:
    """28公里（东片）和31公里（西片）: each number is of what stands after it."""
    a, b = sorted((first, other), key=lambda m: m.index)
    names = _IN_BRACKETS.match(a.after), _IN_BRACKETS.match(b.after)
    return (
        b.index == a.index + 1
        and all(names)
        and len({name["name"] for name in names if name}) > 1
        and len({name["name"][-1] for name in names if name}) == 1
        and _JOINED.match(a.after, names[0].end() if names[0] else 0) is not None
    )


def _parts(text: str) -> set[str]:
    return set(parts_named(spell_out(text)))


def _jointly(target: Measure, first: Measure, other: Measure) -> bool:
    """合格率、覆盖率均达到95%: both outcomes are rates that the clause names."""
    if first.unit_class != "rate" or other.unit_class != "rate":
        return False
    if leave_nobody_out(*(m.local.strip() for m in (target, first, other))):
        return True
    if fits_series(target, first, other):
        return rate_similarity(first.rate, other.rate) >= 0.5
    if _told_of_each(target, first, other) or _names_both_bare(target, first, other):
        return True
    each = any_of("each_of_several").search(target.clause)
    if not each or target.after.startswith(("、", "和")):
        return False  # 分别达到95%、90%: each rate has a number of its own
    names = _rate_names(target.clause[: each.start()])
    return all(
        any(rate_similarity(name, o.rate) >= _SAME_RATE for name in names)
        for o in (first, other)
    )


def _told_of_each(target: Measure, first: Measure, other: Measure) -> bool:
    """合格率分别为布病68%、口蹄疫83% for 合格率: told of each, and none is named."""
    earlier, later = sorted((first, other), key=lambda m: m.index)
    lead, name = _OF_EACH.search(earlier.clause), _ITS_NAME.match(later.clause)
    if lead is None or name is None:
        return False
    return rate_similarity(target.rate, earlier.rate) >= _SAME_RATE and not any(
        said in target.clause for said in (lead["name"], name["name"])
    )


def _names_both_bare(target: Measure, first: Measure, other: Measure) -> bool:
    """学生95%、家长92% for 学生、家长满意度: a list of names, each one that the rate is of."""
    earlier, later = sorted((first, other), key=lambda m: m.index)
    if not later.clause.startswith(("、", "和")):
        return False
    names = [m.clause.lstrip("、和").strip() for m in (earlier, later)]
    asked = NAME_JOIN.split(target.clause)
    return len(asked) > 1 and all(
        len(name) >= _SHORTEST and not RATE_NAME.search(name) and name in target.clause
        for name in names
    )


def leave_nobody_out(asked: str, *names: str) -> bool:
    """住院患者满意度、门诊患者满意度 for 患者满意度: one rate, told of all there are."""
    rests = frozenset(name.removesuffix(asked) for name in names)
    return all(name.endswith(asked) for name in names) and rests in halves()


@lru_cache(maxsize=1)
def halves() -> frozenset[frozenset[str]]:
    """Pairs that leave nobody out."""
    return frozenset(frozenset(entry["words"]) for entry in load_toml(FILE)["halves"])


def _rate_names(enumeration: str) -> tuple[str, ...]:
    """合格率、覆盖率 → both; 学生、家长满意度 → 满意度 for whoever is asked."""
    pieces = [RATE_NAME.findall(p)[-1:] for p in NAME_JOIN.split(enumeration)]
    names = [name for piece in pieces for name in piece]
    if names and not all(pieces):
        names.append(names[-1][-3:])
    return tuple(names)
