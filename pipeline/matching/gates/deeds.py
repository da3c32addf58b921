"""Whether two phrases name deeds that are not one another, whatever they are done to.

水库安全鉴定 and 水库除险加固, 接收进修医师 and 派驻医师, 制作短视频 and 获评优秀作品 share
their thing and their unit, and still the one never tells of the other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.core.value import value
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import FILE, are_both_certified
from pipeline.resources import load_toml
from pipeline.word_lists import alternatives, any_of, ending_in, may_hold_any, one_of

_COUNTED = frozenset({"rate", "money", "time", None})
_PRIZE = re.compile(r"获得?[^，。；、]{0,8}(?:奖|称号)")
_RESEARCH = re.compile("项目|课题|基金|专利|论文|专著")
_PRIZED = re.compile("奖|优秀|荣誉|称号|评")
_PER_PIECE = frozenset({"个", "处"})
_PLACES = _PER_PIECE | {"座", "所", "家", "间"}


def tells_a_deed(outcome: Measure) -> bool:
    """Whether an outcome has any word for which ``is_other_deed`` could bar it."""
    if outcome.quantity.unit in _PER_PIECE or outcome.unit_class == "event":
        return True
    said = _deed(outcome.local, outcome.clause)
    return bool(
        said.way or said.kinds or said.honour or said.old or said.kept or said.built_new
    )


def is_other_deed(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome tells of a deed that the target does not ask for."""
    if target.unit_class in _COUNTED:
        return False
    if _is_no_event(target, outcome):
        return True
    theirs = _deed(outcome.local, outcome.clause)
    if theirs is _NO_DEED:
        return False
    mine = _deed(target.local, target.clause)
    return (  # asked very often: what most deeds are not is seen without a call
        (bool(mine.way and theirs.way) and mine.way != theirs.way)
        or (theirs.honour and _is_an_honour(target, outcome))
        or (theirs.old and mine.new and not _was_there_before(target))
        # 新建广场8个 is not answered by 广场维护15个.
        or (theirs.kept and mine.built_new and not (theirs.built or mine.kept))
        or (mine.kept and theirs.built_new and not (mine.built or theirs.kept))
        or (
            bool(mine.kinds and theirs.kinds)
            and mine.kinds.isdisjoint(theirs.kinds)
            and not are_both_certified(target.local, outcome.local)
        )
    )


@value(frozen=True, slots=True)
class _Deed:
    """What a phrase says was done; ``kept`` and ``built`` with its clause.

    ``way``: what comes is "in", what is sent "out", neither or both "". ``kinds`` are
    the exclusive kinds of deeds, by their numbers.
    """

    way: str
    kinds: frozenset[int]
    honour: bool
    old: bool
    new: bool
    built_new: bool
    kept: bool
    built: bool


_NO_DEED = _Deed("", frozenset(), *[False] * 6)
_LISTS = (
    *("coming", "sent_out", "honours", "there_before", "new_wanted"),
    *("built_anew", "kept_up", "built"),
)


@lru_cache(maxsize=8192)
def _deed(local: str, clause: str) -> _Deed:
    said = local + clause
    if not (_any_word().search(said) or _wins(local) or _any_deed().search(local)):
        return _NO_DEED
    inward = bool(any_of("coming").search(local))
    outward = bool(any_of("sent_out").search(local))
    return _Deed(
        way="" if inward == outward else "in" if inward else "out",
        kinds=kinds_of_deeds(local),
        honour=_is_honoured(local),
        old=bool(any_of("there_before").search(local)),
        new=bool(any_of("new_wanted").search(local)),
        built_new=bool(any_of("built_anew").search(local)),
        kept=bool(any_of("kept_up").search(said)),
        built=bool(any_of("built").search(said)),
    )


@lru_cache(maxsize=1)
def _any_word() -> re.Pattern[str]:
    return may_hold_any(*_LISTS)


def _is_honoured(phrase: str) -> bool:
    """获评优秀作品3部 are some of those that were made."""
    return bool(any_of("honours").search(phrase)) or _wins(phrase)


def _wins(phrase: str) -> bool:
    return "获" in phrase and _PRIZE.search(phrase) is not None


def _is_an_honour(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome of honours is none that was asked for."""
    if _RESEARCH.search(target.local) and not _PRIZED.search(target.local):
        return "奖" in outcome.local  # 国家级奖 are no 国家级项目
    return not any_of("honours_asked_for").search(target.local + target.clause)


def _was_there_before(target: Measure) -> bool:
    """既有场所提升18处 are what was asked for, and not 新建."""
    return any_of("there_before").search(target.local + target.clause) is not None


def _is_no_event(target: Measure, outcome: Measure) -> bool:
    """宣传走进126个村 is how many places there are, 入村宣传512次 how often."""
    promises_events = target.unit_class == "event"
    if promises_events == (outcome.unit_class == "event"):
        return False
    promised = target.local.strip()
    is_place = ending_in("place_ends").search
    if not promises_events and target.quantity.unit in _PLACES and is_place(promised):
        return True  # 辅导站3个 are not held like 讲座30场
    place = outcome if promises_events else target
    if place.quantity.unit not in _PER_PIECE:
        return False
    return bool(_visited_places().match(place.after)) or (
        promises_events and is_place(place.local.strip()) is not None
    )


def kinds_of_deeds(text: str) -> frozenset[int]:
    """Which of the exclusive kinds of deeds a phrase names, by their numbers."""
    if "通过" in text or "合格" in text:
        text = _passed().sub("", text)
    found = _any_deed().findall(_named_after_deeds().sub("", text))
    return frozenset[int]().union(*map(_words_of_deeds().__getitem__, found))


@lru_cache(maxsize=1)
def _visited_places() -> re.Pattern[str]:
    return re.compile(
        rf"(?:行政|自然|重点|示范|边境|脱贫|贫困)?(?:{alternatives('visited_places')})"
        r"(?!活动|培训|讲座|行)"
    )


@lru_cache(maxsize=1)
def _passed() -> re.Pattern[str]:
    """建标考核通过3项: what passed was built, and is no exam."""
    return re.compile(
        rf"(?:{alternatives('exams')}|评估)(?=通过|合格)"
        r"|(?<=通过)(?:考核|鉴定|评估|测评)"
    )


@lru_cache(maxsize=1)
def _named_after_deeds() -> re.Pattern[str]:
    """教学点, 培训中心, 考核点 are places, whatever is done there."""
    deeds, venues = alternatives("deeds_with_venues"), alternatives("venues_of_deeds")
    return re.compile(rf"(?:{deeds})(?={venues})")


@lru_cache(maxsize=1)
def _words_of_deeds() -> dict[str, frozenset[int]]:
    kinds: dict[str, set[int]] = {}
    for number, entry in enumerate(load_toml(FILE)["deeds"]):
        for word in entry["words"]:
            kinds.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in kinds.items()}


@lru_cache(maxsize=1)
def _any_deed() -> re.Pattern[str]:
    return one_of(_words_of_deeds())
