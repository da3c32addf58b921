"""Whether an outcome sweeps together what the target names one of.

各类培训60期 says nothing of 农机培训5期, and 倡议书、宣传单等资料8200份 nothing of 倡议书.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.gates.objects import plain_name
from pipeline.matching.measures.boundaries import ITEM_MARK
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import (
    bigrams,
    content_words,
    deed_words,
    is_thin_phrase,
    words_by_place,
)
from pipeline.word_lists import alternatives, any_of, word_set

# 各项赛事吸引36支队伍 counts teams.
_COUNTS_OTHERS = re.compile(
    r"(?:各类|各项|各种).*(?:吸引|覆盖|惠及|带动|服务|(?P<people>培训))$"
)
# Some of many, and what they all are.
_AND_SO_ON = re.compile(
    r"(?P<names>[^，。；：、\d]{2,12}(?:、[^，。；：、\d]{2,12})+)等"
)
_LEAST = 2
_LONGEST = 8
# 各类制度覆盖率均达到95%
_EACH = re.compile("(?:均|都|全部)(?:已|达到?|为|在)*$")
_THIS_YEAR = re.compile("[本当今]年度?")
# 税务局组织税费, 信用信息: whose the thing is and what it is kept as name no kind of it.
_OWNER = re.compile(
    r"[一-鿿]*[局委馆]|[一-鿿]{0,2}(?:景区|园区|校园|[校院厂库辖]区|[馆院校园区境]内)"
)
_SWEEPING_GOAL = re.compile(r"各|等|系列|多种|共(?![读享建治创同])|合计|总")
_ALL_OF_A_KIND = re.compile(
    "各[类项种](?P<name>[一-鿿]{2,8}?)(?:共|合计|总计|已|全年|累计|\\s|$)"
)


def words_of_all() -> Sequence[re.Pattern[str]]:
    """What finds something wherever an outcome sweeps together what there is."""
    return any_of("of_all_kinds"), re.compile("等")


def tells_of_all(outcome: Measure) -> bool:
    """Whether an outcome has any word for which ``sweeps_together`` could bar it."""
    return bool(
        any_of("of_all_kinds").search(outcome.local) or _names_several(outcome.clause)
    )


def sweeps_together(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome counts all of a kind where the target names one or some."""
    return is_sweeping(target, outcome) or is_one_of_several(target, outcome)


def is_sweeping(target: Measure, outcome: Measure) -> bool:
    """Whether the outcome counts all of a kind where the target names one."""
    if outcome.series is not None:
        return False
    said = any_of("of_all_kinds").search(outcome.local)
    if said is None or _holds_for_each(outcome):
        return False
    others = _COUNTS_OTHERS.search(outcome.clause)
    # 各类培训15期 are trainings, 各类活动培训300人 people.
    if others and not (others["people"] and outcome.unit_class == "event"):
        return False
    return not (
        is_thin_phrase(target.local)
        or _names_all(target.clause, outcome.local[said.end() :])
        or _checks_of_anyone().match(target.local)
        or _SWEEPING_GOAL.search(target.local + target.clause)
        or lists_kinds(target.local, outcome.local)
        # 补贴各类机具 for 补贴机具: the target names no kind either.
        or _names_no_kind(target.local, any_of("of_all_kinds").sub("", outcome.local))
    )


def _holds_for_each(outcome: Measure) -> bool:
    """各类制度覆盖率均为98% is true of each kind; 发放率 after 各类对象 is of no kind."""
    if outcome.unit_class != "rate":
        return False
    clause = outcome.clause
    return bool(_EACH.search(clause) or not any_of("of_all_kinds").search(clause))


def _names_all(promised: str, told: str) -> bool:
    """Whether a target ends with the kind itself: 优抚对象 for 各类优抚对象, but no 农机培训.

    ``told`` is what follows the word for all kinds.
    """
    promised = ITEM_MARK.sub("", promised).strip()
    for start in range(max(0, len(promised) - _LONGEST), len(promised) - 1):
        if told.startswith(promised[start:]):
            return not plain_name(promised[:start]) and start in (
                0,
                *words_by_place(promised),
            )
    return False


def lists_kinds(promised: str, told: str) -> bool:
    """书法、美术、摄影展 are all of the kinds that 各类展览 may be of."""
    if "、" not in ITEM_MARK.sub("", promised):
        return False
    kind = _ALL_OF_A_KIND.search(told)
    last = promised.split("、")[-1]
    return kind is not None and not bigrams(kind["name"]).isdisjoint(bigrams(last))


def is_one_of_several(target: Measure, outcome: Measure) -> bool:
    """倡议书5000份 is not answered by 倡议书、宣传单等资料8200份."""
    listed = _names_several(outcome.clause)
    if listed is None:
        return False
    promised = target.local + target.clause
    named = [_ends_alike(name, promised) for name in listed["names"].split("、")]
    kind = outcome.clause[listed.end() :].strip()
    if not kind or _means().match(kind) or _names_the_kind(promised, kind):
        return False
    return any(named) and not all(named)


def _names_the_kind(promised: str, kind: str) -> bool:
    """救护水生野生动物 asks for what 受困江豚等水生野生动物 counts, whatever stands before 等."""
    own = bigrams(plain_name(kind))
    return bool(own) and own <= bigrams(promised)


def _names_several(clause: str) -> re.Match[str] | None:
    return _AND_SO_ON.search(clause) if "等" in clause else None


def _ends_alike(name: str, text: str) -> bool:
    """Whether a text has a listed name, of which the first may follow a verb."""
    return any(name[i:] in text for i in range(max(1, len(name) - _LEAST)))


def _names_no_kind(target: str, outcome: str) -> bool:
    own = bigrams(plain_name(target))
    asked = frozenset(w for w in content_words(target) if not _THIS_YEAR.fullmatch(w))
    # 器材维护 names no kind of things at all.
    if asked <= content_words(outcome) or own <= bigrams(outcome):
        return True
    shared = asked & content_words(outcome)
    rest = asked - shared - word_set("kept_as")
    named = any(plain_name(word) for word in shared - word_set("kept_as"))
    return named and all(
        w in deed_words() or (_OWNER.fullmatch(w) and _stands_first(w, target))
        for w in rest
    )


def _stands_first(word: str, phrase: str) -> bool:
    before = phrase[: max(0, phrase.find(word))].strip()
    return not before or before in deed_words()


@lru_cache(maxsize=1)
def _means() -> re.Pattern[str]:
    """采取支撑、堵洞等措施 says how, not what."""
    return re.compile(rf"[一-鿿]{{0,4}}(?:{alternatives('means')})")


@lru_cache(maxsize=1)
def _checks_of_anyone() -> re.Pattern[str]:
    """检查生产经营单位 is for all kinds of them anyway."""
    checks, before = alternatives("checks"), alternatives("checks", "before_checks")
    return re.compile(
        rf"^(?:\d[.、]|\(\d+\))?(?:{before})*(?:{alternatives('anyone')})(?:{checks})*\s*$"
    )
