"""Whose report it is and on what: 云岭县卫健局2022年培训项目绩效自评报告."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.core.provenance import Provenance
from pipeline.layout.lines import Line
from pipeline.layout.titles import title_type
from pipeline.word_lists import alternatives

_YEAR = r"(?:20\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})年度?"
_TITLE = re.compile(
    rf"(?:{_YEAR})?(?P<head>.*?)(?:的)?"
    r"(?:财政)?(?:预算)?(?:支出)?(?:绩效(?:的)?(?:评价|自评|自我评价|自评价)|自评结果$)"
)
_YEAR_BEHIND = re.compile(rf"{_YEAR}$")
_DATE = re.compile(
    r"(?:20\d{2}|二[〇○零][〇○零一二三四五六七八九]{2})年.{1,4}月.{1,4}日"
)
_BUDGET_YEAR = re.compile(
    r"(?<!\d)(20\d{2})\s*年(?:度|(?:绩效|工作|总体|主要|预期)*目标)"
)
SIGNATURE = 4
"""Lines at the end of a report that may hold its signature."""

_NAMED_BELOW = re.compile(r"[（(]([^（）()]{4,40})[）)]")
_BEHIND = re.compile(r"(?<=报告)\s*[（(](?P<name>.{4,60})$")
_NO_NAME = re.compile(r".*(?:版|稿|盖章|公章|自评|自评价|版本|部分|说明)")
MIN_NAME = 4
_GENERAL = re.compile(
    r"(?:部门|单位|[省市县区州乡镇]?本级|[省市县区州乡镇]级|中央)?(?:\(单位\)|（单位）)?"
    r"(?:整体)?(?:财政)?(?:预算)?(?:项目)?(?:支出|资金)?(?:项目|单位)?"
)


@lru_cache(maxsize=1)
def _whose() -> re.Pattern[str]:
    """All that stands before 关于 or the year, where it ends like the name of a body."""
    ends = alternatives("office_ends", "place_name_ends")
    return re.compile(
        rf"(?P<unit>[\u4e00-\u9fff]{{2,30}}?(?:{ends}))(?=关于|{_YEAR})"
        rf"(?:关于)?(?:{_YEAR})?"
    )


@lru_cache(maxsize=1)
def _office() -> re.Pattern[str]:
    """Without a year the name of a place must open it: 养老院 may be what was built."""
    return re.compile(
        rf"(?:中共)?[\u4e00-\u9fff]{{1,7}}?(?:{alternatives('place_name_ends')})"
        rf"[\u4e00-\u9fff]{{0,20}}?(?:{alternatives('office_ends')})"
    )


@dataclass(frozen=True, slots=True)
class Names:
    """What a report says of itself, each with its place; None where it does not."""

    unit: tuple[str, Provenance] | None = None
    project_name: tuple[str, Provenance] | None = None
    year: tuple[int, Provenance] | None = None
    department: tuple[str, Provenance] | None = None


def names_of(titles: Sequence[Line], lines: Sequence[Line]) -> Names:
    """Unit, project and year by the first title and what stands round it."""
    unit, name = _in_title(titles)
    unit_below, name_below = _below(titles, lines)
    return Names(
        unit or unit_below or _beside(titles, lines),
        name or name_below,
        _only_year(lines),
    )


_Named = tuple[str, Provenance] | None


def without_bracket(title: str) -> str:
    """The title before the bracket at its end, which may hold others or lack its end."""
    found = _BEHIND.search(title)
    return title if found is None else title[: found.start()]


def _behind(title: str) -> str | None:
    """The project in brackets behind a general title: …自评报告（渡口维修经费）."""
    found = _BEHIND.search(title)
    if found is None:
        return None
    name = found["name"]
    if sum(map(name.count, "）)")) > sum(map(name.count, "（(")):
        name = name[:-1]
    name = re.sub(rf"^{_YEAR}", "", name)
    general = _GENERAL.fullmatch(name) or _NO_NAME.fullmatch(name)
    return None if general or title_type(name) or len(name) < MIN_NAME else name


def _in_title(titles: Sequence[Line]) -> tuple[_Named, _Named]:
    if not titles:
        return None, None
    place = titles[0].slots[0].provenance
    title = _squeezed(titles[0]).removeprefix("关于")
    whose = _whose().match(title)
    found = _TITLE.match(title, whose.end() if whose else 0)
    unit = whose["unit"] if whose else None
    name = _YEAR_BEHIND.sub("", found["head"]) if found else ""
    if unit is None and (office := _office().match(name)) is not None:
        unit, name = office.group(), name[office.end() :]
    told = _behind(title) if _GENERAL.fullmatch(name) else name
    return (unit, place) if unit else None, (told, place) if told else None


def _below(titles: Sequence[Line], lines: Sequence[Line]) -> tuple[_Named, _Named]:
    """Unit or project in brackets on the line below the title."""
    if not titles or titles[0] not in lines:
        return None, None
    below = lines[lines.index(titles[0]) + 1 :][:1]
    found = _NAMED_BELOW.fullmatch(below[0].slots[0].text.strip()) if below else None
    if found is None or title_type(found[1]) or re.search(r"20\d{2}年", found[1]):
        return None, None
    named = found[1], below[0].slots[0].provenance
    return (named, None) if _office().fullmatch(found[1]) else (None, named)


def _beside(titles: Sequence[Line], lines: Sequence[Line]) -> _Named:
    """Whose report it is: a line of its own above the title, or signed with a date."""
    at = lines.index(titles[0]) if titles and titles[0] in lines else 0
    signed = [
        body
        for body, date in pairwise(lines[-SIGNATURE:])
        if _DATE.fullmatch(_squeezed(date))
    ]
    for line in (*lines[max(at - 1, 0) : at], *signed[-1:]):
        if _office().fullmatch(_squeezed(line)):
            return _squeezed(line), line.slots[0].provenance
    return None


def _only_year(lines: Sequence[Line]) -> tuple[int, Provenance] | None:
    """The one year that all the text calls a year of its budget (2022年度)."""
    found: dict[int, Provenance] = {}
    for line in lines:
        for year in _BUDGET_YEAR.findall(line.slots[0].text):
            found.setdefault(int(year), line.slots[0].provenance)
    return next(iter(found.items())) if len(found) == 1 else None


def _squeezed(line: Line) -> str:
    return re.sub(r"\s+", "", line.slots[0].text)
