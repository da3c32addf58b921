"""A change beside a level, a stock beside what the year added, many years beside one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.core.quantity import Comparator
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.periods import asks_for_running_total, tells_this_year
from pipeline.matching.measures.wording import own_bigrams
from pipeline.word_lists import alternatives, any_of, may_hold_any

_LIMITS = (Comparator.AT_MOST, Comparator.LESS)
_REACHED = re.compile(r"达到?$")
_HEADS = re.compile("人次|人数|客流")
_PEOPLE = re.compile("客|观众|读者|学[生员]|患者|群众|人")


@lru_cache(maxsize=2)
def _change(way: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(way)})(?:率|幅度?)?(?:了|约|达)?$")


def change_words() -> Sequence[re.Pattern[str]]:
    """What finds something wherever an outcome tells a change, a stock or a flow."""
    lists = any_of(*_LISTS, "there_in_all")
    return lists, _REACHED, _changed_by(), _changed_to(), _shortened()


def tells_a_change(outcome: Measure) -> bool:
    """Whether an outcome has any word for which these rules could bar it."""
    marks = _marks(outcome.local, outcome.clause)
    return (
        outcome.running_total
        or outcome.is_change
        or outcome.is_difference
        or any(_by_and_to(outcome))
        or any(marks)
    )


def is_another_change(target: Measure, outcome: Measure) -> bool:
    """Whether one side is a level, a stock, a year's flow, and the other is not."""
    return (
        sums_up_years(target, outcome)
        or is_change_and_level(target, outcome)
        or is_opposite_change(target, outcome)
        or is_change_of_another(target, outcome)
        or is_stock_and_flow(target, outcome)
        or is_grant_and_earning(target, outcome)
        or is_grown_stock(target, outcome)
    )


def sums_up_years(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome counts many years (历年累计) where the target means one."""
    return outcome.running_total and not (
        target.running_total or asks_for_running_total(target.local + target.clause)
    )


def is_change_and_level(target: Measure, outcome: Measure) -> bool:
    """Whether one side says by how much, the other to which level.

    A time limit is a level too: 候检20分钟以内 is not answered by 缩短8分钟.
    """
    (by_t, to_t), (by_o, to_o) = map(_by_and_to, (target, outcome))
    return (by_t and to_o) or (to_t and by_o)


def is_grown_stock(target: Measure, outcome: Measure) -> bool:
    """增至60个，其中当年新建20个 is no 建成18个: what the year brought is told next."""
    if not (_changes(outcome.clause)[1] and tells_this_year(outcome.after)):
        return False
    reached = target.quantity.quote.startswith(("达", "增", "到"))
    return not (reached or _changes(target.clause)[1])


def _by_and_to(measure: Measure) -> tuple[bool, bool]:
    """Whether a number is by how much, or to which level."""
    by, to = _changes(measure.clause)
    if measure.unit_class != "time":
        return by, to
    if measure.quantity.comparator in _LIMITS:
        return False, True
    return _shortened().search(measure.clause) is not None, to


@lru_cache(maxsize=1)
def _shortened() -> re.Pattern[str]:
    """平均缩短12分钟: of a time it need not be said what became shorter."""
    return re.compile(rf"(?:{alternatives('changes_by')})(?:了|约|近)?\s*$")


@lru_cache(maxsize=8192)
def _changes(clause: str) -> tuple[bool, bool]:
    """Whether the number after a clause is by how much, or to which level."""
    said = clause.strip()
    return bool(_changed_by().search(said)), bool(_changed_to().search(said))


@lru_cache(maxsize=1)
def _changed_by() -> re.Pattern[str]:
    """用水量减少10方 is a change; 增加床位20张 is none."""
    measures, changes = alternatives("changing_measures"), alternatives("changes_by")
    return re.compile(
        rf"(?:{measures})(?:较[^，。；]{{2,6}}|同比)?(?:{changes})(?:了|约)?$"
    )


@lru_cache(maxsize=1)
def _changed_to() -> re.Pattern[str]:
    """用水量降到398方 is a level."""
    return re.compile(rf"(?:{alternatives('changes_to')})(?:到|至|为)[^，。；]{{0,2}}$")


def is_opposite_change(target: Measure, outcome: Measure) -> bool:
    """增加30人 is not answered by 较上年少5人."""
    if not (target.is_change and (outcome.is_change or outcome.is_difference)):
        return False
    ways = [
        (_change("goes_up").search(m.clause), _change("goes_down").search(m.clause))
        for m in (target, outcome)
    ]
    (up_t, down_t), (up_o, down_o) = ways
    return bool((up_t and down_o) or (down_t and up_o))


def is_change_of_another(target: Measure, outcome: Measure) -> bool:
    """Whether something else grew: 接待游客312万人次，增长14% says nothing of 旅游收入增长10%.

    Only where one side has just told the amount that grew, and so surely names it.
    """
    if not (target.is_change and outcome.is_change):
        return False
    asked, told = _changing(target.local), _changing(outcome.local)
    if not asked or not told:
        return False
    amounts = any_of("money_measures").search
    if not _changing(outcome.clause) and (
        amounts(target.local) and not amounts(outcome.local)
    ):
        return True  # 住院1.2万人次，增长4% says nothing of 住院费用
    if not asked.isdisjoint(told):
        return False
    if _HEADS.search(target.local) and _PEOPLE.search(outcome.local):
        return False  # 旅游人次 are 游客
    return not (_changing(target.clause) and _changing(outcome.clause))


@lru_cache(maxsize=4096)
def _changing(text: str) -> frozenset[str]:
    """The character pairs of what grew or shrank."""
    return own_bigrams(_growth().sub(" ", text))


@lru_cache(maxsize=1)
def _growth() -> re.Pattern[str]:
    ways = alternatives("goes_up", "goes_down", "changes_by", "changes_from_to")
    return re.compile(
        rf"(?:同比|环比|[较比](?:上年|去年)(?:同期)?|年均|平均|{ways})+率?"
    )


def is_stock_and_flow(target: Measure, outcome: Measure) -> bool:
    """Whether one side counts what the year added, the other all there is.

    新增馆藏图书1.5万册 is not answered by 馆藏总量46万册, nor 总数达到58项 by 新增6项,
    nor 新增目录60项 by 目录增至900项.
    """
    a, b = _marks(target.local, target.clause), _marks(outcome.local, outcome.clause)
    grown = _changes(outcome.clause)[1]
    if not (b.stock or b.flow or b.all_there or outcome.running_total or grown):
        return False
    if b.all_there and not (a.stock or a.level):
        return target.quantity.comparator is Comparator.EQUAL or a.flow
    stock = outcome.running_total or b.stock
    if a.flow:
        level = a.stock or _changes(target.clause)[1]
        return (stock or grown) and not level and not b.flow
    return a.stock and b.flow and not stock


class _Marks(NamedTuple):
    """What a phrase says of stocks and flows, and of money."""

    stock: bool
    flow: bool
    all_there: bool
    level: bool
    given: bool
    earned: bool


_NO_MARKS = _Marks(*[False] * 6)
_LISTS = ("of_all_years", "of_this_year", "kept_level", "given", "earned")


@lru_cache(maxsize=8192)
def _marks(local: str, clause: str) -> _Marks:
    said = local + clause
    any_word = may_hold_any(*_LISTS).search(said)
    if not (any_word or any_of("there_in_all").search(said) or _REACHED.search(said)):
        return _NO_MARKS
    return _Marks(
        stock=any_of("of_all_years").search(said) is not None,
        flow=any_of("of_this_year").search(said) is not None,
        all_there=any_of("there_in_all").search(said) is not None,
        level=bool(_REACHED.search(said) or any_of("kept_level").search(said)),
        given=any_of("given").search(said) is not None,
        earned=any_of("earned").search(said) is not None,
    )


def is_grant_and_earning(target: Measure, outcome: Measure) -> bool:
    """Whether one side is money given (每户补助), the other money earned (户均增收)."""
    if target.unit_class != "money":
        return False
    a, b = _marks(target.local, target.clause), _marks(outcome.local, outcome.clause)
    one, other = (a.given, a.earned), (b.given, b.earned)
    return {one, other} == {(True, False), (False, True)}
