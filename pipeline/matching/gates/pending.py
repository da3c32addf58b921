"""Whether what an outcome counts is still to be done: 待销毁载体11吨, 加装电梯通过联审14部."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language.needles import Hint
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams
from pipeline.word_lists import alternatives, any_of

# 待销毁, 拟更换, 尚未安装; but 接待, 招待, 对待.
_TO_DO = re.compile(
    r"(?<![招接等期对看善])(?:待|拟|尚未|暂未|仍未|未能|未)(?P<deed>[一-鿿]{2})"
)
_LOOKED_AT = re.compile(
    r"通过[^，。；]{0,6}?(?:审查|会审|联审|图审|审图|初审|复核|论证)"
)
# 少办两场: by how many less than was planned; but 至少办, 减少.
_FELL_SHORT = re.compile(
    r"(?<![至减缺不多])少(?:[办开演放建修种栽做发印购买招排跑]|举办|开展|组织|安排|完成|建设|发放)了?$"
    r"|[尚还仍][缺差欠]$"
)
_NAMED_NEXT = re.compile(r"[，、(](?P<name>[一-鿿]{2,8}?)(?:项目|工程|任务|工作)")
_ROOMS = frozenset({"间", "座", "处", "所", "栋", "幢"})


@lru_cache(maxsize=1)
def _to_do_after() -> re.Pattern[str]:
    """3间，设备待安装: what is said next may take it back.

    8公里，路灯安装尚未开工 tells of other works than those counted.
    """
    own = alternatives("what_is_fitted")
    others = rf"[一-鿿]{{0,6}}?(?:{alternatives('other_works')})(?:工程|项目|工作)?"
    return re.compile(
        rf"^[，、(](?:(?:{own})|(?!{others}(?:待|尚未|暂未|仍未|未))[一-鿿]{{0,6}}?)"
        rf"(?:[一-鿿]{{0,4}}?)(?:待|尚未|暂未|仍未|未)(?:{alternatives('steps_to_come')})"
    )


def _is_of_another(target: Measure, outcome: Measure) -> bool:
    """投放礁体2.5万方，海藻场项目因手续未批: what is put off has a name of its own."""
    said = _NAMED_NEXT.match(outcome.after)
    if said is None:
        return False
    own = bigrams(said["name"])
    return bool(own) and own.isdisjoint(
        bigrams(target.local) | bigrams(target.clause) | bigrams(outcome.local)
    )


@lru_cache(maxsize=1)
def _to_do() -> Hint:
    return Hint(_TO_DO, _FELL_SHORT, _LOOKED_AT)


def tells_what_is_pending(outcome: Measure) -> bool:
    """Whether an outcome has any word for which ``is_pending`` could bar it."""
    said = outcome.local + outcome.clause
    may_be_said = _to_do().may_match(said)
    return bool(
        (may_be_said and _TO_DO.search(outcome.local))
        or (may_be_said and _FELL_SHORT.search(outcome.clause))
        or _to_do_after().match(outcome.after)
        or (may_be_said and _LOOKED_AT.search(outcome.local))
        or (outcome.quantity.unit in _ROOMS and any_of("bought").search(outcome.local))
    )


def is_pending(target: Measure, outcome: Measure) -> bool:
    """Whether the target's deed is what an outcome says is not done yet."""
    promised = target.local + target.clause
    if _FELL_SHORT.search(outcome.clause):
        return not _FELL_SHORT.search(target.clause)
    if any(m["deed"] in promised for m in _TO_DO.finditer(outcome.local)):
        return not _TO_DO.search(promised)
    if not any_of("built_works", "other_works").search(promised) or any_of(
        "built_works", "works_done"
    ).search(_LOOKED_AT.sub("", outcome.local).replace("加装", "").replace("新建", "")):
        return False
    if _LOOKED_AT.search(outcome.local):
        return True
    if _to_do_after().match(outcome.after):
        return not _is_of_another(target, outcome)
    bought = outcome.quantity.unit in _ROOMS and any_of("bought").search(outcome.local)
    return bool(bought and any_of("built_works").search(promised))
