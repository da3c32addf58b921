"""Whether two phrases name deeds that are not one another, whatever they are done to.

水库安全鉴定 and 水库除险加固, 接收进修医师 and 派驻医师, 制作短视频 and 获评优秀作品 share
their thing and their unit, and still the one never tells of the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml

_COUNTED = frozenset({"rate", "money", "time", None})
_IN = re.compile(r"接收|接纳|招收|引进|引入|吸纳|邀请|来访|来[校院所馆]")
_OUT = re.compile(r"派驻|选派|派出|委派|外派|下派|输送|出国|出境|外出|赴外")
# 获评优秀作品3部 are some of those that were made.
_HONOUR = re.compile(r"获评|获奖|荣获|入选|评为|获得?[^，。；、]{0,8}(?:奖|称号)")
_HONOURED = re.compile(
    r"获|评|奖|选|创建|争创|命名|认定|推荐|申报|优秀|称号|培育|培养|级"
)
# 既有场所提升18处 are not those that were to be built.
_OLD = re.compile(r"既有|原有|现有")
_NEW = re.compile(r"新建|建成|新增|组建|新设|建设")
_BUILT_NEW = re.compile(r"新[建修开设增购]|新栽|建成")
_BUILT = re.compile(r"新|建成|建设|建起|修建|扩建|改建|购")
_KEPT = re.compile(r"维护|养护|管护|修缮|维修|加固|保养|整修|大修|翻修|检修")
# 设咨询点11个 counts places, not events.
_PLACE = re.compile(r"(?:点|站|中心|基地|[队组室馆台处所]|展位|摊位|企业|单位)$")
_PLACES_AFTER = re.compile(
    r"(?:行政|自然|重点|示范|边境|脱贫|贫困)?(?:村|社区|乡镇|街道|学校|小区|企业|单位|县|区|镇|机构|部门|市场|园区|景区|基地|站点?|网点|点位)"
    r"(?!活动|培训|讲座|行)"
)
# 建标考核通过3项: what passed was built, and is no exam.
_PASSED = re.compile(
    r"(?:考核|鉴定|评估|测评)(?=通过)|(?<=通过)(?:考核|鉴定|评估|测评)"
)
# 教学点, 培训中心, 考核点 are places, whatever is done there.
_DEED_PLACE = re.compile(
    r"(?:教学|培训|实训|研修|讲座|考试|考核|测试|测评|鉴定|检定|评估|竞赛|比赛|赛事|演练|观摩|辅导)"
    r"(?=点|楼|基地|中心|站|室|馆|场地|场所|教室|机构|用房|设备|仪器|器材|设施|平台|系统|软件)"
)
_PER_PIECE = frozenset({"个", "处"})
_PLACES = _PER_PIECE | {"座", "所", "家", "间"}


def tells_a_deed(outcome: Measure) -> bool:
    """Whether an outcome has any word for which ``is_other_deed`` could bar it."""
    said = _deed(outcome.local, outcome.clause)
    return bool(
        said.way
        or said.kinds
        or said.honour
        or said.old
        or said.kept
        or said.built_new
        or outcome.quantity.unit in _PER_PIECE
        or outcome.unit_class == "event"
    )


def is_other_deed(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome tells of a deed that the target does not ask for."""
    if target.unit_class in _COUNTED:
        return False
    mine = _deed(target.local, target.clause)
    theirs = _deed(outcome.local, outcome.clause)
    return (
        _go_other_ways(mine, theirs)
        or _is_an_honour(theirs, target)
        or _is_no_event(target, outcome)
        or _was_there_before(mine, theirs, target)
        # 新建广场8个 is not answered by 广场维护15个.
        or _keeps_only(theirs, mine)
        or _keeps_only(mine, theirs)
        or _exclude_each_other(mine, theirs)
    )


class _Deed(NamedTuple):
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


@lru_cache(maxsize=8192)
def _deed(local: str, clause: str) -> _Deed:
    inward, outward = bool(_IN.search(local)), bool(_OUT.search(local))
    said = local + clause
    return _Deed(
        way="" if inward == outward else "in" if inward else "out",
        kinds=kinds_of_deeds(local),
        honour=bool(_HONOUR.search(local)),
        old=bool(_OLD.search(local)),
        new=bool(_NEW.search(local)),
        built_new=bool(_BUILT_NEW.search(local)),
        kept=bool(_KEPT.search(said)),
        built=bool(_BUILT.search(said)),
    )


def _go_other_ways(mine: _Deed, theirs: _Deed) -> bool:
    return bool(mine.way and theirs.way) and mine.way != theirs.way


def _is_an_honour(theirs: _Deed, target: Measure) -> bool:
    return theirs.honour and not _HONOURED.search(target.local + target.clause)


def _was_there_before(mine: _Deed, theirs: _Deed, target: Measure) -> bool:
    there = theirs.old and mine.new
    return there and not _OLD.search(target.local + target.clause)


def _keeps_only(kept: _Deed, built: _Deed) -> bool:
    return kept.kept and built.built_new and not (kept.built or built.kept)


def _exclude_each_other(mine: _Deed, theirs: _Deed) -> bool:
    """Whether both name kinds of deeds, and none in common."""
    return bool(mine.kinds and theirs.kinds) and mine.kinds.isdisjoint(theirs.kinds)


def _is_no_event(target: Measure, outcome: Measure) -> bool:
    """宣传走进126个村 is how many places there are, 入村宣传512次 how often."""
    events = target.unit_class == "event", outcome.unit_class == "event"
    if events[0] == events[1]:
        return False
    promised = target.local.strip()
    if events[1] and target.quantity.unit in _PLACES and _PLACE.search(promised):
        return True  # 辅导站3个 are not held like 讲座30场
    place = outcome if events[0] else target
    if place.quantity.unit not in _PER_PIECE:
        return False
    return bool(_PLACES_AFTER.match(place.after)) or (
        events[0] and _PLACE.search(place.local.strip()) is not None
    )


def kinds_of_deeds(text: str) -> frozenset[int]:
    """Which of the exclusive kinds of deeds a phrase names, by their numbers."""
    found = _any_deed().findall(_DEED_PLACE.sub("", _PASSED.sub("", text)))
    return frozenset(number for word in found for number in _words_of_deeds()[word])


@lru_cache(maxsize=1)
def _words_of_deeds() -> dict[str, frozenset[int]]:
    kinds: dict[str, set[int]] = {}
    for number, entry in enumerate(load_toml(FILE)["deeds"]):
        for word in entry["words"]:
            kinds.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in kinds.items()}


@lru_cache(maxsize=1)
def _any_deed() -> re.Pattern[str]:
    names = sorted(_words_of_deeds(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))
