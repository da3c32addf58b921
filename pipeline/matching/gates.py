"""Why a pair of fitting units still cannot be one measure.

What was only begun, a whole kind, a sum over many years, and a change beside
a level never answer what was promised.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.core.quantity import Comparator
from pipeline.matching.deeds import is_other_deed
from pipeline.matching.measure import Measure
from pipeline.matching.mentions import Topic
from pipeline.matching.periods import asks_for_running_total
from pipeline.matching.wording import (
    bigrams,
    content_words,
    is_thin_phrase,
    own_bigrams,
    thin_words,
)

# 各类培训15期 counts more than any one training.
_SWEEPING = re.compile(r"各类|各项|各种")
# 各项赛事吸引36支队伍 counts teams.
_COUNTS_OTHERS = re.compile(r"(?:各类|各项|各种).*(?:吸引|覆盖|惠及|带动|服务|培训)$")
# 检查生产经营单位 is for all kinds of them anyway.
_ANY_KIND = re.compile(
    r"^(?:\d[.、]|\(\d+\))?(?:开展|完成|组织|实施|对|全[省市县区]|监督|检查|巡查|抽查|核查|清查|普查|走访|服务|惠及|登记|执法)*"
    r"(?:生产经营单位|(?:生产)?经营(?:主体|单位|户)|市场主体|企业|单位|商户|群众|人员|对象)"
    r"(?:监督|检查|巡查|抽查|核查|清查|普查|走访|登记|执法)*\s*$"
)
_SWEEPING_GOAL = re.compile(r"各|等|系列|多种|共|合计|总")
_BEGUN = re.compile(
    r"开工|动工|启动|在建|申报|申请|报名|立项|登记(?=失业)|登记备案|(?<!签)签约(?!服务|居民|率|医生|整合|入驻|引进)"
)
# Whoever promised an agreement, a grant or a partner asks for what was signed or granted.
_SAME_STEP = {
    "签约": re.compile(r"签|协议|合同|合作|共建|意向"),
    "立项": re.compile(r"课题|基金|科研|科技(?:计划)?项目|获批|承担"),
}
# 较大事故0起 is not answered by how many accidents of any kind there were.
_GRADE = re.compile(r"特别重大|重特大|特大|较大|重大|严重|一般|亡人|死亡|责任")
_GRADED = re.compile(r"事故|事件|舆情|案件|火灾|疫情|上访|信访|违[法规纪]")
# 省级课程15门 is not answered by 校级课程40门, nor 行业标准 by 团体标准.
_RANKS = {
    "国家": 5,
    "省": 4,
    "自治区": 4,
    "市": 3,
    "厅": 3,
    "县": 2,
    "区": 2,
    "镇": 1,
    "乡": 1,
}
_RANKS |= {"村": 1, "校": 1, "院": 1}
_RANK = re.compile(r"(国家|自治区|省|市|厅|县|(?<!社)区|镇|乡|村|校|院)级")
_STANDARD = re.compile(r"(国家|行业|地方|团体|企业)(?=[^，。；]{0,6}标准)")
_SEVERAL_RATES = re.compile(r"[率度][、和及与]|均|分别")
# 不合格食品处置率 and 食品合格率.
_RATE = re.compile(
    r"(?:(?P<done>处置|处理|整改|办结|结案|核查|回复|拨付|发放|到位|完成)|(?:合格|达标|优良|就业|成活|入学|巩固))率$|(?P<felt>满意[率度])$"
)
# How people find it is never how far it reaches: 满意度, 服务率.
_FELT = re.compile("满意|认可|好评|评价")
# 指导员在册5230人 is how many there are, not how many were added.
_STOCK = re.compile(
    r"在册|现有|共有|拥有|保有|存量|(?<!安)在库|历年|实有|注册总|总数(?:为|达)?$"
)
_ADDED = re.compile(r"新|增|培训|培养|培育|引进|发展|建|购|接收|征集|采集")
# 已启动，11家通过认证 counts what was done.
_DONE_AFTER = re.compile(r"[^，。；\d]{0,8}(?:通过|完成|建成|投用|竣工|完工)")
# 用水量减少10方 is a change, 用水量降到398方 a level; 增加床位20张 is neither.
_CHANGED_BY = re.compile(
    r"(?:[量数额值价费]|收入|成本|用时|耗时|时间|时长|时限|能耗|电耗|水耗|天数|距离)(?:较[^，。；]{2,6}|同比)?"
    r"(?:减少|下降|降低|缩短|压缩|压减|节约|增加|增长|提高|延长)(?:了|约)?$"
)
_CHANGED_TO = re.compile(
    r"(?:减少?|下降|降低?|缩短|压缩|压减|增加?|增长|提高|提升|上升|升|延长)(?:到|至|为)[^，。；]{0,2}$"
)

# What the year added, and all there is.
_FLOW = re.compile(
    r"新(?:增|建|购|认定|通过|入|采|引进|设|聘|选|发展|吸纳|培育|命名|公布)|年内|当年"
)
_WHOLE = re.compile(
    r"总(?:数|量|规模|里程|保有量)|存量|保有|现有|有效期内|(?:期|年)末(?!前|考)|在库|馆藏量|累计拥有|已有"
)
_GIVEN = re.compile(r"补助|补贴|直补|资助|奖补|津贴|救助|奖励|慰问金|的标准")
_EARNED = re.compile(r"增收|收入|产值|利润|营收|销售|分红")
# Nobody's doing of this year, unless a level was promised.
_ALL_THERE = re.compile(r"现有|有效期内|保有|存量")
_LEVEL = re.compile(r"达到?$|保持|维持|稳定在|运行|运维|管护|养护")

_UP = re.compile(r"(?:增长|增加|提高|提升|上升|高出|增|多)(?:率|幅度?)?(?:了|约|达)?$")
_DOWN = re.compile(r"(?:减少|下降|降低|压减|减|降|少)(?:率|幅度?)?(?:了|约|达)?$")

_LOST = re.compile(
    r"流失|离职|辞职|退学|辍学|死亡|失踪|注销|吊销|取消|撤销|报废|损毁|损坏|逾期|闲置|停用|剩余|退出|淘汰"
)

_ITEM_STOP = re.compile(r"[、()]")

# Money is always paid out, whatever for.
_PAID = frozenset({"发放", "拨付", "支付", "兑付"})
_ABBREVIATED = 0.3


def is_barred(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome of a fitting unit cannot speak of the target."""
    return (
        only_begun(target, outcome)
        or only_lost(target, outcome)
        or is_sweeping(target, outcome)
        or sums_up_years(target, outcome)
        or is_change_and_level(target, outcome)
        or is_opposite_change(target, outcome)
        or is_of_any_grade(target, outcome)
        or only_there(target, outcome)
        or is_lower(target, outcome)
        or is_other_deed(target, outcome)
        or is_other_rate(target, outcome)
        or is_stock_and_flow(target, outcome)
        or is_none_of_other(target, outcome)
        or is_grant_and_earning(target, outcome)
    )


def sums_up_years(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome counts many years (历年累计) where the target means one."""
    return outcome.running_total and not (
        target.running_total or asks_for_running_total(target.local + target.clause)
    )


def is_change_and_level(target: Measure, outcome: Measure) -> bool:
    """Whether one side says by how much, the other to which level."""
    (by_t, to_t), (by_o, to_o) = map(_changes, (target.clause, outcome.clause))
    return (by_t and to_o) or (to_t and by_o)


@lru_cache(maxsize=8192)
def _changes(clause: str) -> tuple[bool, bool]:
    """Whether the number after a clause is by how much, or to which level."""
    said = clause.strip()
    return bool(_CHANGED_BY.search(said)), bool(_CHANGED_TO.search(said))


def is_opposite_change(target: Measure, outcome: Measure) -> bool:
    """增加30人 is not answered by 较上年少5人."""
    if not (target.is_change and outcome.is_change):
        return False
    ways = [(_UP.search(m.clause), _DOWN.search(m.clause)) for m in (target, outcome)]
    (up_t, down_t), (up_o, down_o) = ways
    return bool((up_t and down_o) or (down_t and up_o))


def is_stock_and_flow(target: Measure, outcome: Measure) -> bool:
    """Whether one side counts what the year added, the other all there is.

    新增馆藏图书1.5万册 is not answered by 馆藏总量46万册, nor 总数达到58项 by 新增6项.
    """
    a, b = _marks(target.local, target.clause), _marks(outcome.local, outcome.clause)
    if not (b.stock or b.flow or b.all_there or outcome.running_total):
        return False
    if b.all_there and not (a.stock or a.level):
        return target.quantity.comparator is Comparator.EQUAL or a.flow
    stock = outcome.running_total or b.stock
    if a.flow:
        return stock and not a.stock and not b.flow
    return a.stock and b.flow and not stock


class _Marks(NamedTuple):
    """What a phrase says of stocks and flows, and of money."""

    stock: bool
    flow: bool
    all_there: bool
    level: bool
    given: bool
    earned: bool


@lru_cache(maxsize=8192)
def _marks(local: str, clause: str) -> _Marks:
    patterns = (_WHOLE, _FLOW, _ALL_THERE, _LEVEL, _GIVEN, _EARNED)
    return _Marks(*[bool(pattern.search(local + clause)) for pattern in patterns])


def is_grant_and_earning(target: Measure, outcome: Measure) -> bool:
    """Whether one side is money given (每户补助), the other money earned (户均增收)."""
    if target.unit_class != "money":
        return False
    a, b = _marks(target.local, target.clause), _marks(outcome.local, outcome.clause)
    one, other = (a.given, a.earned), (b.given, b.earned)
    return {one, other} == {(True, False), (False, True)}


def is_none_of_other(target: Measure, outcome: Measure) -> bool:
    """Whether a promise of none (事故0起) meets the count of something else (接警146起)."""
    return (
        target.quantity.value == 0
        and bool(own_bigrams(target.local))
        and own_bigrams(target.local).isdisjoint(own_bigrams(outcome.local))
    )


def shares_only_topic(target: Measure, outcome: Measure, topic: Topic) -> bool:
    """Whether two phrases have in common only what the whole goal is about.

    In a goal about teachers, 教师研修120人 and 津贴惠及教师900人 share nothing of
    their own. The words before the outcome count for it.
    """
    shared = bigrams(target.local) & bigrams(outcome.local)
    paid = _PAID if target.unit_class == "money" else frozenset[str]()
    if not shared or not shared - paid <= topic or target.unit_class == "rate":
        return False
    own = own_bigrams(target.local) - topic
    told = own_bigrams(outcome.local) - topic
    named = bool(told)
    if not named and thin_words(outcome.local):
        told = own_bigrams(outcome.context) - topic
    if not own or not told:
        return False
    wide = own_bigrams(target.context) - topic
    return not told & (own | wide) and not (named and _abbreviates(own, told))


def _abbreviates(first: frozenset[str], second: frozenset[str]) -> bool:
    """购机 for 购置农机具: other words, but the same characters."""
    a, b = set("".join(first)), set("".join(second))
    return len(a & b) > _ABBREVIATED * min(len(a), len(b))


def is_sweeping(target: Measure, outcome: Measure) -> bool:
    """Whether the outcome counts all of a kind where the target names one."""
    if outcome.series is not None:
        return False
    said = _SWEEPING.search(outcome.local)
    if said is None or _COUNTS_OTHERS.search(outcome.clause):
        return False
    return not (
        is_thin_phrase(target.local)
        or _ANY_KIND.match(target.local)
        or _SWEEPING_GOAL.search(target.local + target.clause)
        # 补贴各类机具 for 补贴机具: the target names no kind either.
        or content_words(target.local)
        <= content_words(_SWEEPING.sub("", outcome.local))
    )


def only_begun(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome counts what was begun (开工5处) where the target means done."""
    if "意向" in outcome.clause and "意向" not in target.local + target.clause:
        return not _SAME_STEP["签约"].search(target.local + target.clause)
    begun = _begun(outcome.local)
    if not begun or _DONE_AFTER.match(outcome.after):
        return False
    promised = target.local + target.clause
    if not begun.isdisjoint(_begun(promised)):
        return False
    return not all(w in _SAME_STEP and _SAME_STEP[w].search(promised) for w in begun)


@lru_cache(maxsize=8192)
def _begun(text: str) -> frozenset[str]:
    return frozenset(_BEGUN.findall(text))


def is_of_any_grade(target: Measure, outcome: Measure) -> bool:
    """Whether a target is for the grave cases only, and the outcome counts them all."""
    return (
        _wants_grave(target.local)
        and target.unit_class != "rate"
        and not _GRADE.search(outcome.local + outcome.clause)
    )


@lru_cache(maxsize=4096)
def _wants_grave(text: str) -> bool:
    return bool(_GRADE.search(text) and _GRADED.search(text))


def is_lower(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome is of a lower rank than the target asks for."""
    ranks, kinds = _ranks(target.local)
    if not ranks and not kinds:
        return False
    found, told = _ranks(outcome.local + outcome.clause)
    if ranks and found and max(found) < min(ranks):
        return True
    return bool(kinds and told) and kinds.isdisjoint(told)


@lru_cache(maxsize=8192)
def _ranks(text: str) -> tuple[tuple[int, ...], frozenset[str]]:
    """The ranks that a text names, and whose standards."""
    ranks = tuple(_RANKS[name] for name in _RANK.findall(text))
    return ranks, frozenset(_STANDARD.findall(text))


def is_other_rate(target: Measure, outcome: Measure) -> bool:
    """Whether one is how well things were dealt with, the other how good they are."""
    if _SEVERAL_RATES.search(target.clause):
        return False
    if _is_felt_or_reached(target.rate, outcome.rate):
        return True
    mine, theirs = _RATE.search(target.rate), _RATE.search(outcome.rate)
    if mine is None or theirs is None:
        return False
    kinds = (mine["done"], theirs["done"]), (mine["felt"], theirs["felt"])
    return any((a is None) != (b is None) for a, b in kinds)


def _is_felt_or_reached(first: str, second: str) -> bool:
    if not first or not second:
        return False
    felt = _FELT.search(first)
    if bool(felt) == bool(_FELT.search(second)):
        return False
    return (second if felt else first).endswith("率")


def only_there(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome counts a stock (在册) where the target means what comes to it."""
    return _is_stock(outcome.clause) and bool(
        _ADDED.search(target.local) and not _is_stock(target.local + target.clause)
    )


@lru_cache(maxsize=8192)
def _is_stock(text: str) -> bool:
    return bool(_STOCK.search(text))


def only_lost(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome counts what was lost (流失教师23人) where the target does not."""
    return _tells_loss(outcome.clause) and not _LOST.search(
        target.local + target.clause + target.after
    )


@lru_cache(maxsize=8192)
def _tells_loss(clause: str) -> bool:
    return bool(_LOST.search(_ITEM_STOP.split(clause)[-1]))
