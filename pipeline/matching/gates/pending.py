"""Whether what an outcome counts is still to be done: 待销毁载体11吨, 加装电梯通过联审14部."""

from __future__ import annotations

import re

from pipeline.matching.measures.measure import Measure

# 待销毁, 拟更换, 尚未安装; but 接待, 招待, 对待.
_TO_DO = re.compile(
    r"(?<![招接等期对看善])(?:待|拟|尚未|暂未|仍未|未能|未)(?P<deed>[一-鿿]{2})"
)
# 3间，设备待安装: what is said next may take it back.
_TO_DO_AFTER = re.compile(
    r"^[，、(][一-鿿]{0,6}?(?:待|尚未|暂未|仍未|未)"
    r"(?:安装|建设|施工|开工|动工|实施|到货|交付|启动|招标|采购|审定|批复|整改|更换|拆除)"
)
_LOOKED_AT = re.compile(
    r"通过[^，。；]{0,6}?(?:审查|会审|联审|图审|审图|初审|复核|论证)"
)
_BOUGHT = re.compile("采购|招标|中标|询价|比选|流标")
_ACHIEVED = re.compile(
    "建成|建设|新建|修建|改建|扩建|竣工|完工|投用|使用|安装|交付|开放|到货"
)
_WORKS = re.compile(
    "建设|新建|建成|修建|改建|扩建|加装|安装|改造|铺设|架设|维修|修缮|加固|更新|更换"
)
_BUILT = re.compile("建设|新建|建成|修建|改建|扩建")
_ROOMS = frozenset({"间", "座", "处", "所", "栋", "幢"})


def tells_what_is_pending(outcome: Measure) -> bool:
    """Whether an outcome has any word for which ``is_pending`` could bar it."""
    return bool(
        _TO_DO.search(outcome.local)
        or _TO_DO_AFTER.match(outcome.after)
        or _LOOKED_AT.search(outcome.local)
        or (outcome.quantity.unit in _ROOMS and _BOUGHT.search(outcome.local))
    )


def is_pending(target: Measure, outcome: Measure) -> bool:
    """Whether the target's deed is what an outcome says is not done yet."""
    promised = target.local + target.clause
    if any(m["deed"] in promised for m in _TO_DO.finditer(outcome.local)):
        return not _TO_DO.search(promised)
    if not _WORKS.search(promised) or _ACHIEVED.search(
        _LOOKED_AT.sub("", outcome.local).replace("加装", "").replace("新建", "")
    ):
        return False
    if _TO_DO_AFTER.match(outcome.after) or _LOOKED_AT.search(outcome.local):
        return True
    bought = outcome.quantity.unit in _ROOMS and _BOUGHT.search(outcome.local)
    return bool(bought and _BUILT.search(promised))
