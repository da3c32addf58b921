"""What was counted at another step, or as another whole, than what was promised.

What was only begun or lost, what is there already, and all of a kind never
answer what was promised.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.matching.gates.objects import plain_name
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams, content_words, is_thin_phrase

# 各类培训15期 counts more than any one training.
_SWEEPING = re.compile(r"各类|各项|各种")
# 各项赛事吸引36支队伍 counts teams.
_COUNTS_OTHERS = re.compile(
    r"(?:各类|各项|各种).*(?:吸引|覆盖|惠及|带动|服务|(?P<people>培训))$"
)
# Some of many, and what they all are.
_AND_SO_ON = re.compile(
    r"(?P<names>[^，。；：、\d]{2,12}(?:、[^，。；：、\d]{2,12})+)等"
)
# 采取支撑、堵洞等措施 says how, not what.
_MEANS = re.compile(
    r"(?:[一-鿿]{0,4})?(?:措施|方式|形式|手段|途径|方法|办法|渠道|环节|工序|工艺|模式|平台|载体|媒体|语种|原因)"
)
_LEAST = 2
# 检查生产经营单位 is for all kinds of them anyway.
_ANY_KIND = re.compile(
    r"^(?:\d[.、]|\(\d+\))?(?:开展|完成|组织|实施|对|全[省市县区]|监督|检查|巡查|抽查|核查|清查|普查|走访|服务|惠及|登记|执法)*"
    r"(?:生产经营单位|(?:生产)?经营(?:主体|单位|户)|市场主体|企业|单位|商户|群众|人员|对象)"
    r"(?:监督|检查|巡查|抽查|核查|清查|普查|走访|登记|执法)*\s*$"
)
# 税务局组织税费, 信用信息: whose the thing is and what it is kept as name no kind of it.
_OWNER = re.compile(r"[一-鿿]*[局委馆]")
_FORMS = frozenset({"信息", "数据", "资料", "记录", "收入", "总额"})
_SWEEPING_GOAL = re.compile(r"各|等|系列|多种|共(?![读享建治创同])|合计|总")
_BEGUN = re.compile(
    r"开工|动工|启动(?!资金|经费|扶持|补助|区)|在建|封顶|批复|初步设计|(?:招标|进场)(?=\s*$)|申报|申请|报名|立项|登记(?=失业)|登记备案|(?<!签)签约(?!服务|居民|率|医生|整合|入驻|引进)"
)
# 签约并腾空, 申报获批: the count is of what came last.
_DONE_AT_ONCE = re.compile(
    rf"(?:{_BEGUN.pattern})(?:并|且|后|、)?(?:已|全部|均|按时|如期)?"
    r"(?=完成|完工|竣工|建成|投[用产运入]|交付|交房|入住|搬[迁离入]|腾[空退]|拆除|到[货位账]|落地|入驻|获批|通过|取得|办结|实施|运[行营]|上线|开通|通[车水电])"
)
# Whoever 清理s or 取缔s wants to have less of it.
_RIDS = re.compile(r"清[理退除]|精简|减负|压减|取缔|下放|出清|腾退|废除|减证")
# Whoever promised an agreement, a grant or a partner asks for what was signed or granted.
_SAME_STEP = {
    "签约": re.compile(r"签|协议|合同|合作|共建|意向"),
    "申请": re.compile("申报"),
    "申报": re.compile("申请"),
    "招标": re.compile("招标"),
    "批复": re.compile(r"审[查批核]|核准|许可|环评|能评"),
    "立项": re.compile(r"课题|基金|科研|科技(?:计划)?项目|获批|承担"),
}
# 指导员在册5230人 is how many there are, not how many were added.
_STOCK = re.compile(
    r"在册|现有|共有|拥有|保有|存量|(?<!安)在库|历年|实有|注册总|总数(?:为|达)?$"
)
_ADDED = re.compile(r"新|增|培训|培养|培育|引进|发展|建|购|接收|征集|采集")
# 已启动，11家通过认证 counts what was done.
_DONE_AFTER = re.compile(r"[^，。；、\d]{0,8}(?:通过|完成|建成|投用|竣工|完工)")
_LOST = re.compile(
    r"流失|离职|辞职|退学|辍学|死亡|失踪|注销|吊销|取消|撤销|报废|损毁|损坏|逾期|闲置|停用|剩余|退出|淘汰"
)
_ITEM_STOP = re.compile(r"[、()]")


def tells_a_step(outcome: Measure) -> bool:
    """Whether an outcome has any word for which these rules could bar it."""
    return bool(
        _begun(outcome.local)
        or "意向" in outcome.clause
        or _tells_loss(outcome.clause)
        or _is_stock(outcome.clause)
        or _SWEEPING.search(outcome.local)
        or _names_several(outcome.clause)
    )


def is_another_step(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome was begun, lost, there before or swept together."""
    return (
        only_begun(target, outcome)
        or only_lost(target, outcome)
        or only_there(target, outcome)
        or is_sweeping(target, outcome)
        or is_one_of_several(target, outcome)
    )


def is_sweeping(target: Measure, outcome: Measure) -> bool:
    """Whether the outcome counts all of a kind where the target names one."""
    if outcome.series is not None:
        return False
    said = _SWEEPING.search(outcome.local)
    if said is None:
        return False
    others = _COUNTS_OTHERS.search(outcome.clause)
    # 各类培训15期 are trainings, 各类活动培训300人 people.
    if others and not (others["people"] and outcome.unit_class == "event"):
        return False
    return not (
        is_thin_phrase(target.local)
        or _ANY_KIND.match(target.local)
        or _SWEEPING_GOAL.search(target.local + target.clause)
        # 补贴各类机具 for 补贴机具: the target names no kind either.
        or _names_no_kind(target.local, _SWEEPING.sub("", outcome.local))
    )


def is_one_of_several(target: Measure, outcome: Measure) -> bool:
    """倡议书5000份 is not answered by 倡议书、宣传单等资料8200份."""
    listed = _names_several(outcome.clause)
    if listed is None:
        return False
    promised = target.local + target.clause
    named = [_ends_alike(name, promised) for name in listed["names"].split("、")]
    kind = outcome.clause[listed.end() :].strip()
    if not kind or _MEANS.match(kind) or _names_the_kind(promised, kind):
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
    # 器材维护 names no kind of things at all.
    if content_words(target) <= content_words(outcome) or own <= bigrams(outcome):
        return True
    shared = content_words(target) & content_words(outcome)
    rest = content_words(target) - shared - _FORMS
    named = any(plain_name(word) for word in shared - _FORMS)
    return named and all(_OWNER.fullmatch(w) and target.find(w) == 0 for w in rest)


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
    found = _BEGUN.findall(text)
    return frozenset(_BEGUN.findall(_DONE_AT_ONCE.sub("", text)) if found else found)


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
    promised = target.local + target.clause + target.after
    return _tells_loss(outcome.clause) and not (
        _LOST.search(promised) or _RIDS.search(promised)
    )


@lru_cache(maxsize=8192)
def _tells_loss(clause: str) -> bool:
    lost = _LOST.search(clause)
    return bool(lost and _LOST.search(_ITEM_STOP.split(clause)[-1]))
