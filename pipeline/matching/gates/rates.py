"""Whether two names of rates name one."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import FILE, content_string
from pipeline.resources import load_toml
from pipeline.word_lists import any_of, one_of

# 合格 of 一次验收合格率: what the rate says of its thing.
_KIND = re.compile(r"(?P<kind>[一-鿿]{2})[率度面]$")
# 按时出具率 is how timely it was, 整改完成率 how much was 整改.
_ALSO = re.compile(
    r"(?P<timely>及时|按时|按期|准时|限时|如期)[一-鿿]{2}率$|(?P<done>[一-鿿]{2})完成率$"
)
_RATE_ITSELF = re.compile(r"(?:[率度面]|水平|占比|比例|比重|密度|指数)$")
_OF = re.compile(r"占(?!比|用|道|地)(?P<base>[一-鿿]{2,10}?)(?:的?(?:比例|比重))?$")
_NOT = ("不", "未", "非", "无", "没有")
_REST = re.compile(rf"(?:{'|'.join(_NOT)})(?P<what>[一-鿿]{{2,4}}?)[率度]$")
_TURNOUT = re.compile("(?:评价|参评|回访|参与|回收|测评|评议|应答|接听|回复)率$")
_FELT = re.compile("满意|认可|好评")
_FELT_AFTER = re.compile("好评|满意")
# Two names with so much of the shorter one alike may be of one thing.
_ALIKE = 0.5
_HANZI = re.compile("[一-鿿]")
_SEVERAL = re.compile(r"[率度][、和及与]|均|分别|各|两率")


def rate_similarity(first: str, second: str) -> float:
    """1 where one rate name ends like the other (工程合格率, 合格率)."""
    if any(first.endswith(r) and second.endswith(r) for r in _same_rates()):
        return 1.0
    a, b = _rate_core(first), _rate_core(second)
    if not a or not b:
        return 0.0
    if a.endswith(b) or b.endswith(a):
        return 1.0
    if a[-2:] == b[-2:]:
        return 1.0 if len(a) > 2 and a[-3:] == b[-3:] else 0.6
    grams_a = {a[i : i + 2] for i in range(len(a) - 1)}
    grams_b = {b[i : i + 2] for i in range(len(b) - 1)}
    return len(grams_a & grams_b) / max(1, min(len(grams_a), len(grams_b)))


@lru_cache(maxsize=1)
def _same_rates() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(e["names"]) for e in load_toml(FILE)["same_rate"])


def _rate_core(name: str) -> str:
    for ending in ("率", "度"):
        name = name.removesuffix(ending)
    return name[-6:]


def is_another_rate(target: Measure, outcome: Measure) -> bool:
    """Whether both are named rates, and of other kinds or of other things.

    建档率 is not answered by 使用率, nor 录入及时率 by 出库及时率. A name that says
    only how it was found (抽检合格率) says nothing of the thing.
    """
    if (
        _are_shares_of_others(target, outcome)
        or _is_turnout(target, outcome)
        or asks_other_people(target, outcome)
    ):
        return True
    mine, theirs = target.rate, outcome.rate
    if _is_rest_of(mine, theirs) or _is_rest_of(theirs, mine):
        return True
    first, second = _named(target), _named(outcome)
    if not first or not second:
        return False
    if _SEVERAL.search(first) or _SEVERAL.search(second):
        return False
    akin = may_be_akin(first, second) or may_be_akin(second, first)
    return not akin or are_of_other_things(first, second)


def _is_rest_of(name: str, other: str) -> bool:
    """不满意率 is what is left of 满意度, 未覆盖率 of 覆盖率."""
    rest = _REST.search(name)
    if rest is None:
        return False
    what = rest["what"]
    return what in other and not any(n + what in other for n in _NOT)


def asks_other_people(target: Measure, outcome: Measure) -> bool:
    """Whether two rates of content are of other people, whatever row they belong to."""
    if target.unit_class != "rate" or not _FELT.search(target.local):
        return False
    mine, theirs = _respondents(target.local), _respondents(outcome.local)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


@lru_cache(maxsize=4096)
def _respondents(phrase: str) -> frozenset[int]:
    """The numbers of the groups that were asked; 师生 are two, 学生家长 one."""
    said = phrase.replace("学生家长", "家长").replace("师生", "教师学生")
    groups = load_toml(FILE)["respondents"]
    return frozenset(
        n for n, group in enumerate(groups) if any(w in said for w in group["words"])
    )


def _are_shares_of_others(target: Measure, outcome: Measure) -> bool:
    """占常住人口15% and 占注册人数38% are shares of two things."""
    bases = [_OF.search(m.local.strip()) for m in (target, outcome)]
    if target.unit_class != "rate" or not all(bases):
        return False
    return set.isdisjoint(*[_pairs(found["base"]) for found in bases if found])


def _is_turnout(target: Measure, outcome: Measure) -> bool:
    """主动评价率 is how many said anything, 评价满意率 how many were content."""
    if target.unit_class != "rate" or any_of("felt").search(outcome.clause):
        return False
    felt = any_of("felt").search(target.local) or _FELT_AFTER.match(target.after)
    return bool(felt) and _TURNOUT.search(outcome.local.strip()) is not None


def _pairs(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1)}


def _named(measure: Measure) -> str:
    """The name of a rate, also of one that says only what was done (奖励兑现100%), or ""."""
    phrase = measure.local.strip()
    if measure.unit_class != "rate" or measure.is_change:
        return phrase if measure.rate and phrase.endswith(measure.rate) else ""
    if measure.rate or _RATE_ITSELF.search(phrase):
        return phrase if phrase.endswith(measure.rate or phrase) else ""
    return f"{phrase}率" if phrase[-2:] in _known_kinds() else ""


@lru_cache(maxsize=1)
def _known_kinds() -> frozenset[str]:
    return frozenset(kind for kinds in _akin_kinds() for kind in kinds)


@lru_cache(maxsize=4096)
def _kind(name: str) -> str:
    found = _KIND.search(name)
    return found["kind"] if found else ""


@lru_cache(maxsize=4096)
def may_be_akin(name: str, other: str) -> bool:
    """Whether a rate (参训率) may be of the kind of another (参加率)."""
    kind, told = _kind(name), _kind(other)
    if not kind or not told or kind in other or set(kind) & set(told):
        return True
    mine, theirs = {kind, *_further(name)}, {told, *_further(other)}
    return bool(mine & theirs) or any(
        mine & kinds and theirs & kinds for kinds in _akin_kinds()
    )


@lru_cache(maxsize=4096)
def _further(name: str) -> tuple[str, ...]:
    found = _ALSO.search(name)
    return tuple(filter(None, found.groups())) if found else ()


def are_of_other_things(first: str, second: str) -> bool:
    """Whether two names of rates say what they are of, and hardly a character alike."""
    mine, theirs = _thing(first, second), _thing(second, first)
    if not mine or not theirs:
        return False
    if len(mine & theirs) >= _ALIKE * min(len(mine), len(theirs)):
        return False
    return _pairs(_plain(first)).isdisjoint(_pairs(_plain(second)))


@lru_cache(maxsize=1)
def _akin_kinds() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(e["kinds"]) for e in load_toml(FILE)["akin_rates"])


@lru_cache(maxsize=4096)
def _thing(name: str, other: str) -> frozenset[str]:
    """The characters of what a rate is of, but for those of the other one's kind.

    Nothing of a rate of satisfaction, since who is asked is told in many words,
    and nothing of a foreign name.
    """
    kind = _kind(name)
    if not kind or any_of("felt").search(kind):
        return frozenset()
    return frozenset(_HANZI.findall(_plain(name))) - set(_kind(other))


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """What a rate is of, in the words of its name."""
    return content_string(_found_how().sub("", name[: -len(_kind(name)) - 1]))


@lru_cache(maxsize=1)
def _found_how() -> re.Pattern[str]:
    return one_of(load_toml(FILE)["rate_notes"]["words"])
