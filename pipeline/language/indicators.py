"""Reading the cells of an indicator row (guideline section 6)."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from functools import lru_cache

from pipeline.core.quantity import Quantity, Role
from pipeline.core.value import value
from pipeline.language.fold import fold
from pipeline.language.plain_cells import read_plain
from pipeline.language.quantities import find_quantities
from pipeline.language.units import bracketed_unit


@value(frozen=True, slots=True)
class CellReading:
    """What a target or actual cell holds: at most one of quantity and deadline.

    ``count`` is the number of quantities found; several leave ``quantity`` None and
    stand in ``found``.
    """

    quantity: Quantity | None = None
    deadline: date | None = None
    count: int = 0
    found: tuple[Quantity, ...] = ()


@lru_cache(maxsize=4096)
def read_target_cell(text: str | None, name: str | None) -> CellReading:
    """A 年度指标值 cell; a missing unit is taken from the indicator's name."""
    return _read(text, name, Role.INDICATOR)


@lru_cache(maxsize=4096)
def read_actual_cell(text: str | None, name: str | None) -> CellReading:
    """A 实际完成值 cell, read by the rules of outcome texts.

    A span of years as the whole cell (设计使用年限 | 20年) is no year of the calendar.
    """
    told = _read(text, None, Role.OUTCOME)
    if not told.count and text and _SPAN.fullmatch(fold(text).strip()):
        return _read(text, None, Role.INDICATOR)
    return told


def _read(text: str | None, name: str | None, role: Role) -> CellReading:
    if not text or _BROKEN.search(text):
        return CellReading()
    found = _quantities(text, role)
    if len(found) == 1:
        quantity = found[0]
        if sign := _MINUS.search(fold(text), 0, quantity.start):
            if sign[1]:
                return CellReading(count=1)  # ≤-1%: which way, nobody can say
            quantity = _negative(quantity, text, sign.end() - 1)
        if quantity.unit is None and name and not _DAMAGED.search(fold(text)):
            quantity = dataclasses.replace(quantity, unit=bracketed_unit(name))
        return CellReading(quantity=quantity, count=1)
    if found:
        return CellReading(count=len(found), found=found)
    return CellReading(deadline=read_deadline(text))


def _negative(quantity: Quantity, text: str, sign: int) -> Quantity:
    high = quantity.value_high
    return dataclasses.replace(
        quantity,
        quote=text[sign : quantity.end],
        start=sign,
        value=-quantity.value,
        value_high=None if high is None else -high,
    )


@lru_cache(maxsize=4096)
def _quantities(text: str, role: Role) -> tuple[Quantity, ...]:
    """The same values stand under many names."""
    plain = read_plain(text, role)
    if plain:
        return (plain,)
    if _WIDE_COMMA.fullmatch(text):
        grouped = find_quantities(text.replace("，", ","), role, cell=True)
        return tuple(
            dataclasses.replace(q, quote=text[q.start : q.end]) for q in grouped
        )
    return find_quantities(text, role, cell=True)


# A minus before the number: at the start of the cell, or after 为, 增长 and the like.
_MINUS = re.compile(r"(?:^|[为是:：约]|增长|增幅|([≤≥<>=])) ?[-−]$")
# A letter for the digits before the point: O.58 is no 58.
_BROKEN = re.compile(r"[OoIl](?<![A-Za-z].)[.．]\d")
# 4，318批次 is one number, as nothing else stands in the cell.
_WIDE_COMMA = re.compile(
    r"[≥≤><=＞＜＝]?\d{1,3}(?:，\d{3})+(?:[.．]\d{1,4})?[^\d，,]{0,6}"
)
_DAMAGED = re.compile(r"[lIO]")
_MONTH = r"(?P<m>(?<![\d.])(?:1[0-2]|0?[1-9])|十[一二]?|[一二三四五六七八九])"
_DATE = re.compile(
    rf"(?:(?P<y>20\d{{2}}) ?年度? ?|(?P<next>[次翌]年|下一?年度?|第二年) ?)?{_MONTH} ?月份?"
    r"(?: ?(?P<d>3[01]|[12]\d|0?[1-9]) ?(?:日|号)|(?P<part>上旬|中旬|下旬|底|末))?"
    r"|(?P<y2>20\d{2})[-./](?P<m2>1[0-2]|0?[1-9])(?:[-./](?P<d2>3[01]|[12]\d|0?[1-9]))?(?!\d)"
)
_YEAR_END = re.compile(
    r"(?:(20\d{2})(?:年度?)?)?年?(?:年底|年末|底|末)(?:之?前|以前|完|竣|建|验|投)?"
)
_SPAN = re.compile(r"[^\d]{0,4}\d{1,2}(?:\.\d)? ?年(?:以上|及以上|左右)?")
# A cell that is a year, or ends one: 2022年度, 2021-2023年.
_YEAR_ALONE = re.compile(
    r"^(?:20\d{2} ?年?度? ?[-至到] ?)?(20\d{2}) ?年度?(?:内|全年)?(?:之?前|以前|完成|完工|内完成)?$"
)
_QUARTER = re.compile(r"(?:(20\d{2})年度?)?(?<![十\d])第?([一二三四1-4])季度")
_HAN_MONTHS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)} | {
    "十一": 11,
    "十二": 12,
}
# The year of a date without one, and of one in 次年.
_NO_YEAR, _NEXT_YEAR = 2000, 2001


def read_deadline(text: str) -> date | None:
    """The last day that a date cell allows (6月底前, 2023年12月31日, 第三季度).

    Of a span its end counts, and a month or year counts as its last day. A missing
    year is 2000 (次年: 2001), so that only dates of the same kind may be compared
    (see ``comparable_dates``).
    """
    folded = fold(text)
    dates = [day for m in _DATE.finditer(folded) if (day := _day(m))]
    if dates:
        return dates[-1]
    quarter = _QUARTER.search(folded)
    if quarter:
        month = 3 * ("一二三四".find(quarter[2]) + 1 or int(quarter[2]))
        year = int(quarter[1] or _NO_YEAR)
        return date(year, month, _month_end(year, month))
    year_end = _YEAR_END.search(folded) or _YEAR_ALONE.match(folded.strip())
    if year_end:
        return date(int(year_end[1] or _NO_YEAR), 12, 31)
    return None


def _day(match: re.Match[str]) -> date | None:
    bare = _NEXT_YEAR if match["next"] else _NO_YEAR
    year = int(match["y"] or match["y2"] or bare)
    printed = match["m"] or match["m2"]
    month = _HAN_MONTHS.get(printed) or int(printed)
    day = match["d"] or match["d2"]
    if day is None:
        part = {"上旬": 10, "中旬": 20}.get(match["part"] or "")
        return date(year, month, part or _month_end(year, month))
    try:
        return date(year, month, int(day))
    except ValueError:  # 2月30日
        return None


def comparable_dates(first: date, second: date) -> tuple[date, date]:
    """Both with a year, or both without: an unknown year takes the other's."""
    if first.year <= _NEXT_YEAR < second.year:
        first = _with_year(first, second.year + first.year - _NO_YEAR)
    elif second.year <= _NEXT_YEAR < first.year:
        second = _with_year(second, first.year + second.year - _NO_YEAR)
    return first, second


def _with_year(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, _month_end(year, day.month)))


def _month_end(year: int, month: int) -> int:
    import calendar

    return calendar.monthrange(year, month)[1]
