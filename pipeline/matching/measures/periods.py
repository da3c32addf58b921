"""Which years a number speaks of: this year's, or a running total of many.

收取污水处理费1.2亿元（2010年以来累计），2017年当年870万元: an annual target asks
for what the year brought.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.core.quantity import Quantity
from pipeline.language.needles import Hint
from pipeline.word_lists import alternatives, any_of

_AFTER = re.compile(
    r"^\([^()，。；]{0,6}(?:(?<!今年)(?<!年初)以来|历年|(?:19|20)\d{2}年?[-—~至到](?:19|20)\d{2}年?)(?:的)?(?:累计|合计|总数|总量)"
)
_NEXT = re.compile(
    r"^\)?[，；、(]?(?:其中)?[，：]?(?:本年度?|当年|今年|年内|(?:19|20)\d{2}年(?:度|当年)?)(?!底|初|末|以来|\d)[^，。；\d]{0,8}\d"
)
# What only says when: 本年, 当年, 2017年.
YEAR = re.compile(r"(?:19|20)\d{2}年度?(?!初|底|末)|当年|本年度?|今年|年内")


def is_running_total(before: str, after: str) -> bool:
    """Whether a number, by the texts beside it, adds up several years.

    ``before`` is its clause; a plain 累计 is the sum of the year unless this
    year's own number follows.
    """
    if after[:1] == "(" and _AFTER.match(after):
        return True
    if not _summing_up().may_match(before):
        return False  # most numbers
    if _before().search(before):
        return True
    return bool(any_of("summed_up").search(before) and _NEXT.search(after))


def tells_this_year(after: str) -> bool:
    """Whether this year's own number follows at once: 60个，其中当年新建20个."""
    return _NEXT.search(after) is not None


def adds_up_years(before: str, between: str) -> bool:
    """Whether a clause names the years that it adds up, and the text goes on in them."""
    return _before().search(before) is not None and not _STOP.search(between)


@lru_cache(maxsize=1)
def _summing_up() -> Hint:
    return Hint(_before(), any_of("summed_up"))


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"历年|历次|历届|(?:{alternatives('since_when')}|"
        r"(?<![\d])(?:19|20)\d{2}年(?:\d{1,2}月)?|十[一二三四五]五”?|三年)以来"
        r"|十[一二三四五]五”?(?:期间)?(?:共|累计|合计)"
        r"|(?:19|20)\d{2}年?[-—~至到](?:19|20)\d{2}年?\)?(?:间|期间)?(?:共|累计|合计|已)?"
        r"|(?:(?:近|前)[两二三四五六七八九十]年来?|[两二三四五六七八九十]年来)(?:共|累计|合计)"
    )


def asks_for_running_total(phrase: str) -> bool:
    """Whether a target itself is about a stock (网络总里程, 累计)."""
    return bool(any_of("all_years_wanted").search(phrase))


_TO_ALL = re.compile(
    r"，?(?:累计|总数|总量|总计)(?:已)?(?:归集|汇集|完成|建成|发放|培训|服务)?(?:达到?|为|有)?"
)
_STOP = re.compile(r"[。；！？\n]")


def goes_on_to_all(
    folded: str, quantities: Sequence[Quantity], index: int, clause: str
) -> bool:
    """公布项目6项，累计57项: after a single number its stock, after several their sum."""
    if not (index and ("计" in clause or "总" in clause) and _TO_ALL.fullmatch(clause)):
        return False  # most numbers
    this, last = quantities[index], quantities[index - 1]
    between = folded[last.end : this.start]
    if last.unit != this.unit or _STOP.search(between) or not between.startswith("，"):
        return False
    before = quantities[index - 2] if index > 1 else None
    return (
        before is None
        or before.unit != this.unit
        or bool(_STOP.search(folded[before.end : last.start]))
    )
