"""What was counted at another step than what was promised.

What was only begun or lost, and what is there already, never answer what was promised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml
from pipeline.word_lists import alternatives, any_of, one_of

# 138件已化解: what was then done to them.
_GOES_ON = re.compile(r"[^，。；、\d]{0,8}")
_MEASURED = frozenset({"rate", "time", "money", "score", None})
_ALL_TOLD = re.compile(r"总(?:[一-鿿]{0,3})?[数量](?:为|达|已)?$")
# 已启动，11家通过认证 counts what was done.
# 申报新技术9项，已开展4项: its own word goes before the words that it took over.
_DONE = re.compile(
    r"[，、\s]*(?:其中|均|实际)?已?(?:开展|实施|建成|完成|竣工|落地|投用|启用|完工|举办|交付)(?:了)?\s*"
)
_DONE_AFTER = re.compile(r"[^，。；、\d]{0,8}(?:通过|完成|建成|投用|竣工|完工)")
# 5座食堂主体完工: none of them is done; of a length or an area so much is.
_FRAME_AFTER = re.compile(
    r"[^，。；、\d]{0,8}主体(?:工程|结构)?(?:完成|建成|竣工|完工|封顶)"
)
_BY_LENGTH = frozenset({"length", "area"})
# 开工新建195所，完成年度计划的130%: the text itself holds it against the plan.
_TAKEN_FOR_DONE = re.compile(
    r"[^，。；、\d]{0,4}，(?:超额)?(?:占|为|完成(?:了)?)(?:年度|全年|年初|当年|[省市县区]定|下达|目标)*"
    r"(?:任务|计划|目标)(?:量|数|值)?的?\d"
)
_NEW = re.compile("新增|[当今本]年新|年内新")
# 新建5家，累计达23家: what came before is of this year.
_NEWLY = re.compile(rf"{_NEW.pattern}|新(?:[建设开办引购]|发展)|增设")
_RUNNING = re.compile(
    r"[，、\s]*(?:目前|现|已|共|总)*(?:全[省市州县区镇乡街村校院馆])?(?:目前|现|已|共|总)*累计"
)
# 旧设备淘汰换新: what took its place is counted.
_RENEWED = re.compile(
    r"(?:淘汰|报废)(?:并|后|、)?(?:已|全部|均)?(?=换新|更新|更换|置换|替换|购新|新购)"
)
# 会员增加到1260名 is how many there are, 发展会员300名 how many are to come.
_GREW_TO = re.compile(r"(?:增加|增长|增|发展|扩大|扩充|壮大|上升)(?:到|至)(?:了)?约?$")
_TO_COME = re.compile("新[增招]|发展|吸[纳收]|招[募收录引]|引进|培[育养]")
_LEVEL_MEANT = re.compile(r"(?:到|至|达|为|保持|稳定|总)[^，。；、]{0,3}$")
_ITEM_STOP = re.compile(r"[、()]")


def step_words() -> Sequence[re.Pattern[str]]:
    """What finds something wherever an outcome tells any of these steps."""
    lists = any_of("taken_in", "lost", "stock")
    named = re.compile("意向")
    return _any_begun(), lists, named, _ALL_TOLD, _GREW_TO, _NEWLY, _RUNNING


def tells_a_step(outcome: Measure) -> bool:
    """Whether an outcome has any word for which these rules could bar it."""
    return bool(
        _begun(outcome.local)
        or any_of("taken_in").search(outcome.local)
        or "意向" in outcome.clause
        or _tells_loss(outcome.clause)
        or _is_stock(outcome.clause)
        or _GREW_TO.search(outcome.clause)
        or _NEWLY.search(outcome.clause)
        or _RUNNING.match(outcome.clause)
    )


def is_another_step(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome was begun, taken in, lost or there before."""
    return (
        only_begun(target, outcome)
        or only_taken_in(target, outcome)
        or only_lost(target, outcome)
        or only_there(target, outcome)
        or is_new_or_running(target, outcome)
    )


def only_begun(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome counts what was begun (开工5处) where the target means done."""
    if outcome.unit_class == "time":
        return False  # 自收到申请之日起平均2个工作日 says since when
    if target.rate and outcome.rate and target.rate.endswith(outcome.rate):
        return False  # 开工率、竣工率都是97% tells of both
    promised = target.local + target.clause
    if target.part:
        promised = target.context + promised  # 新签约45个，其中亿元以上10个
    if "意向" in outcome.clause and "意向" not in promised:
        return not _asks_for_step("签约", promised)
    begun = _begun(outcome.clause if _DONE.fullmatch(outcome.clause) else outcome.local)
    if not begun:
        return False
    frame = _FRAME_AFTER.match(outcome.after) and outcome.unit_class not in _BY_LENGTH
    if not frame and _DONE_AFTER.match(outcome.after):
        return False
    if _TAKEN_FOR_DONE.match(outcome.after):
        return False
    if not begun.isdisjoint(_begun(promised)):
        return False
    return not all(_asks_for_step(word, promised) for word in begun)


def only_taken_in(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome counts what came in (受理138件) where it is to be settled."""
    if outcome.unit_class in _MEASURED:
        return False
    promised, told = target.local + target.clause, outcome.local + outcome.clause
    then = _GOES_ON.match(outcome.after)
    told += then[0] if then else ""
    return bool(
        any_of("taken_in").search(outcome.local)
        and any_of("settled").search(target.local)
        and not any_of("settled").search(told)
        and not any_of("taken_in").search(promised)
    )


def _asks_for_step(begun: str, promised: str) -> bool:
    """Whether a promise (an agreement, a grant) means what was begun (签约, 立项)."""
    asked = _asked_steps().get(begun)
    return asked is not None and asked.search(promised) is not None


@lru_cache(maxsize=8192)
def _begun(text: str) -> frozenset[str]:
    begun = _any_begun()
    if not begun.search(text):
        return frozenset()
    return frozenset(begun.findall(_done_at_once().sub("", text)))


def only_there(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome counts a stock (在册) where the target means what comes to it."""
    grew = _GREW_TO.search(outcome.clause) and _TO_COME.search(target.local)
    if grew and not _LEVEL_MEANT.search(target.clause + target.quantity.quote[:2]):
        return True
    return _is_stock(outcome.clause) and bool(
        any_of("added").search(target.local)
        and not _is_stock(target.local + target.clause)
    )


def is_new_or_running(target: Measure, outcome: Measure) -> bool:
    """Whether one is what came this year, and the other all there is by now.

    累计建成1000个，当年新增200个 and 新建210个，累计达1020个; 累计 after no such number
    may be the sum of the year.
    """
    if "累计" in target.clause and not _NEWLY.search(target.clause):
        return bool(_NEWLY.search(outcome.clause)) and "累计" not in outcome.clause
    return bool(
        _RUNNING.match(outcome.clause)
        and not _NEW.search(outcome.clause)
        and not _is_stock(target.local + target.clause)
        and _NEWLY.search(outcome.context + outcome.local)
    )


@lru_cache(maxsize=8192)
def _is_stock(text: str) -> bool:
    return bool(any_of("stock").search(text) or _ALL_TOLD.search(text))


def only_lost(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome counts what was lost (流失教师23人) where the target does not."""
    promised = target.local + target.clause + target.after
    return _tells_loss(outcome.clause) and not (
        any_of("lost").search(promised) or any_of("rids_of").search(promised)
    )


@lru_cache(maxsize=8192)
def _tells_loss(clause: str) -> bool:
    lost = any_of("lost").search
    if not lost(clause):
        return False  # most clauses
    clause = _RENEWED.sub("", clause)
    return bool(lost(clause) and lost(_ITEM_STOP.split(clause)[-1]))


@lru_cache(maxsize=1)
def _any_begun() -> re.Pattern[str]:
    """招标 and 进场 are only what was done where nothing follows them."""
    return re.compile(rf"{alternatives('begun')}|招标(?=\s*$)|进场(?=\s*$)")


@lru_cache(maxsize=1)
def _done_at_once() -> re.Pattern[str]:
    """签约并腾空, 申报获批: the count is of what came last."""
    return re.compile(
        rf"(?:{_any_begun().pattern})(?:并|且|后|、| )?(?:已|全部|均|按时|如期)?"
        rf"(?={alternatives('then_done')})"
    )


@lru_cache(maxsize=1)
def _asked_steps() -> dict[str, re.Pattern[str]]:
    return {e["step"]: one_of(e["words"]) for e in load_toml(FILE)["asked_steps"]}
