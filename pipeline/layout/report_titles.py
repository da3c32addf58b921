"""Whose report it is and on what: 云岭县卫健局2022年培训项目绩效自评报告."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layout.lines import Line
from pipeline.layout.titles import title_type

_YEAR = r"(?:20\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})年度?"
_OFFICES = (
    r"局|厅|委员会|委|办公室|办|中心|院|馆|站|校|处|政府|部|会|队|所|社"
    r"|小学|中学|学校|幼儿园|残联|妇联|工会|公司|集团"
)
_PLACES = r"省|市|县|(?<![社城小园景库灾林牧山校矿])区|州|旗|镇|乡|街道"

_TITLE = re.compile(
    rf"(?:关于)?(?:{_YEAR})?(?P<head>.*?)(?:的)?"
    r"(?:财政)?(?:预算)?(?:支出)?(?:绩效(?:评价|自评|自我评价|自评价)|自评结果$)"
)
_WHOSE = re.compile(
    rf"(?P<unit>[\u4e00-\u9fff]{{2,30}}?(?:{_OFFICES}|{_PLACES}))(?=关于|{_YEAR})"
    rf"(?:关于)?(?:{_YEAR})?"
)
"""All that stands before 关于 or the year, where it ends like the name of a body."""

_OFFICE = re.compile(
    rf"(?:中共)?[\u4e00-\u9fff]{{1,7}}?(?:{_PLACES})[\u4e00-\u9fff]{{0,20}}?(?:{_OFFICES})"
)
"""Without one the name of a place must open it: 养老院 may be what was built."""

_YEAR_BEHIND = re.compile(rf"{_YEAR}$")
_NAMED_BELOW = re.compile(r"[（(]([^（）()]{4,40})[）)]")
_GENERAL = re.compile(
    r"(?:部门|单位|本级)?(?:\(单位\)|（单位）)?(?:整体)?(?:财政)?(?:预算)?(?:项目)?(?:支出|资金)?(?:单位)?"
)


def named_in_title(titles: Sequence[Line]) -> tuple[str | None, str | None]:
    """Unit and project that the first title names; None for what it does not."""
    if not titles:
        return None, None
    title = re.sub(r"\s+", "", titles[0].slots[0].text)
    whose = _WHOSE.match(title)
    found = _TITLE.match(title, whose.end() if whose else 0)
    unit = whose["unit"] if whose else None
    if found is None:
        return unit, None
    name = _YEAR_BEHIND.sub("", found["head"])
    if unit is None and (office := _OFFICE.match(name)) is not None:
        unit, name = office.group(), name[office.end() :]
    return unit, None if _GENERAL.fullmatch(name) else name


def named_below(
    titles: Sequence[Line], lines: Sequence[Line]
) -> tuple[str | None, str | None]:
    """Unit or project in brackets on the line below the title."""
    if not titles or titles[0] not in lines:
        return None, None
    below = lines[lines.index(titles[0]) + 1 :][:1]
    found = _NAMED_BELOW.fullmatch(below[0].slots[0].text.strip()) if below else None
    if found is None or title_type(found[1]) or re.search(r"20\d{2}年", found[1]):
        return None, None
    named = found[1]
    return (named, None) if _OFFICE.fullmatch(named) else (None, named)
