"""Who, what, which year, which currency: the head of a form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from pipeline.core.provenance import Provenance
from pipeline.layout.labels import fold, rank_of, roles_of, simplified, split_fields
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import is_placeholder

FIELDS = ("project_name", "department", "unit")
MAX_YEAR_LINE = 60
_BRACKET = re.compile(r"[（(][^（()）]{1,16}[)）]")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
# Spaces may stand inside (2023 年度), never between digits (附件3 2019年).
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*(?:年度|年|\)|$)")
_CHINESE_YEAR = re.compile(r"二[〇○零0][〇○零一二三四五六七八九]{2}(?=\s*年)")
_YEAR_SPAN = re.compile(r"20\d{2}\s*年?\s*[-—~～至到]+\s*20\d{2}")
_YEAR_LAST = re.compile(r"自评[^。，；]{0,12}[(（]\s*20\d{2}\s*年度?\s*[)）]\s*$")
_DATE = re.compile(r"20\d{2}\s*年\s*\d{1,2}\s*月")
_CURRENCY = re.compile(
    r"(?:单位[:：]?(?:人民币)?|[(（](?:单位[:：])?(?:人民币)?)(万元|千元|亿元|元)"
)
_SEAL = re.compile(r"[(（]?\s*(?:盖章|公章|签章|签字)\s*[)）]?")
_SEALED = re.compile(r"\s*[(（]\s*(?:加?盖)?(?:单位)?(?:盖章|公章|签章|章)\s*[)）]$")
_CURRENCY_LINE = re.compile(r"^[(（]?(?:金额|货币|计价)?单\s*位\s*[:：]")
# A year of expenditure, not that of a notice (2024年政府信息公开).
_TITLE_YEAR = re.compile(r"20\d{2}年度.*(?:绩效|自评|决算)")
# 主管部门：某局　经办人：（…）, the second label unknown to us.
_NEXT_FIELD = re.compile(r"\s+[\u4e00-\u9fff]{2,10}[:：](?P<value>.*)$", re.DOTALL)
# 308001-某局, [155]某局, 某局 308001, 某局（308001）: the code of the budget system.
# Not 12345热线中心, 120 急救中心, 第101中学, 某局（2023年）, nor a year.
_CODE = r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{3,15}"
_GLUED = r"\d{6,15}"  # six digits are in no name: 某局308001
_BRACKETED = rf"[\[【(（]\s*{_CODE}\s*[\]】)）]"
_CODE_BEFORE = re.compile(
    rf"\s*(?:{_BRACKETED}\s*[-—–_－]?|{_CODE}\s*[-—–_－]|{_CODE}(?<=\d{{5}})\s|{_GLUED}(?=[\u4e00-\u9fff]))\s*"
    r"(?=[\u4e00-\u9fff])"
)
_CODE_BEHIND = re.compile(
    r"(?<=[\u4e00-\u9fff)）])\s*"
    rf"(?:{_BRACKETED}|[-—–_－]\s*{_CODE}|(?<=\s){_CODE}(?<=\d{{5}})"
    rf"|(?<=[\u4e00-\u9fff）)]){_GLUED})\s*$"
)
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?(万元|千元|亿元|元)")


@dataclass(frozen=True, slots=True)
class Header:
    """Head fields as printed; None where nothing was found."""

    project_name: str | None = None
    department: str | None = None
    unit: str | None = None
    year: int | None = None
    currency_unit: str | None = None
    provenance: dict[str, Provenance] = field(default_factory=dict)


def read_header(
    titles: tuple[Line, ...],
    lines: tuple[Line, ...],
    funds: tuple[Line, ...],
    tail: tuple[Line, ...] = (),
) -> Header:
    """Read title lines and head lines; for the currency the funds and the end too."""
    values: dict[str, str] = {}
    places: dict[str, Provenance] = {}
    for name in FIELDS:
        found = _best_field(name, lines)
        if found is not None:
            values[name], places[name] = found
    year = _year(titles, lines)
    if year is not None:
        places["year"] = year[1]
    currency = (
        _currency((*funds, *lines, *titles))
        or _amount_unit(funds)
        or _currency(
            x for x in tail if _CURRENCY_LINE.search(simplified(x.slots[0].text))
        )
    )
    if currency is not None:
        places["currency_unit"] = currency[1]
    return Header(
        project_name=values.get("project_name"),
        department=values.get("department"),
        unit=values.get("unit"),
        year=year[0] if year else None,
        currency_unit=currency[0] if currency else None,
        provenance=places,
    )


def labelled_values(line: Line) -> Iterator[tuple[frozenset[str], str, str, Slot]]:
    """(roles, label, value, slot) of each label that has a value in the line."""
    waiting: tuple[frozenset[str], str] | None = None
    for slot in line.slots:
        roles = roles_of(slot.text)
        if roles:
            waiting = (roles, slot.text)
            continue
        fields = split_fields(slot.text)
        if fields and waiting is None:
            for found in fields:
                if found.value:
                    yield found.roles, found.label, found.value, slot
            last = fields[-1]
            waiting = None if last.value else (last.roles, last.label)
        elif waiting is not None:
            yield (*waiting, slot.text, slot)
            waiting = None


def year_in(text: str) -> int | None:
    """The one year that a title or a year line names (2023年度, 二〇二三年)."""
    folded = unicodedata.normalize("NFKC", text)
    if _YEAR_SPAN.search(folded):
        return None
    folded = _DATE.sub("", folded)
    found = _YEAR.search(folded)
    if found:
        return int(found.group(1))
    chinese = _CHINESE_YEAR.search(folded)
    return (
        int(chinese.group().translate(_CHINESE_DIGITS).replace("二", "2"))
        if chinese
        else None
    )


def year_above(lines: Iterable[Line]) -> tuple[int, Provenance] | None:
    """The one year of the titles above the first table (2023年度部门决算).

    For forms that name no year themselves; None where titles differ.
    """
    found: dict[int, Provenance] = {}
    for line in takewhile(lambda x: len(set(x.texts)) == 1, lines):
        text = line.slots[0].text
        if len(text) <= MAX_YEAR_LINE and _TITLE_YEAR.search(fold(text)):
            year = year_in(text)
            if year is not None:
                found.setdefault(year, line.slots[0].provenance)
    return next(iter(found.items())) if len(found) == 1 else None


def _best_field(name: str, lines: Iterable[Line]) -> tuple[str, Provenance] | None:
    role = f"header.{name}"
    best: tuple[int, str, Provenance] | None = None
    for line in lines:
        for roles, label, value, slot in labelled_values(line):
            if role not in roles or is_placeholder(value) or _SEAL.fullmatch(value):
                continue
            value = _SEALED.sub("", _without_next_field(name, value))
            if name != "project_name":
                value = _without_code(value)
            rank = rank_of(label, role)
            if slot.provenance.cell is None:
                value = value.rstrip("。；;，, ")  # 项目名称：校舍翻新。 in a sentence
            if best is None or rank < best[0]:
                best = (rank, value, slot.provenance)
    return None if best is None else (best[1], best[2])


def _without_next_field(name: str, value: str) -> str:
    """A name without the label behind it; a project's may have a colon itself."""
    found = _NEXT_FIELD.search(value)
    if found is None or (name == "project_name" and found["value"].strip()):
        return value
    return value[: found.start()]


def _without_code(value: str) -> str:
    """The name of a body without its one code; a list of coded names stays whole."""
    rest = _CODE_BEHIND.sub("", _CODE_BEFORE.sub("", value, count=1), count=1)
    return value if re.search(rf"(?<!\d){_CODE}\s*[-—–_－]", rest) else rest


def _year(
    titles: tuple[Line, ...], lines: tuple[Line, ...]
) -> tuple[int, Provenance] | None:
    for line in lines:
        for roles, _, value, slot in labelled_values(line):
            if "header.year" in roles:
                bare_year = re.fullmatch(r"20\d{2}", fold(value))
                year = int(bare_year.group()) if bare_year else year_in(value)
                if year is not None:
                    return year, slot.provenance
    for line in (*titles, *(x for x in lines if _may_name_year(x))):
        year = year_in(_before_labels(line.slots[0].text))
        if year is not None:
            return year, line.slots[0].provenance
    return None


def _may_name_year(line: Line) -> bool:
    """Short lines of one text without a label, such as (2023年度)."""
    texts = set(line.texts)
    if len(texts) != 1:
        return False
    text = line.slots[0].text
    return _YEAR_LAST.search(text) is not None or (
        len(text) <= MAX_YEAR_LINE and bool(_before_labels(text))
    )


def _before_labels(text: str) -> str:
    """What stands before the first label with a colon: （2023年度）　单位：万元.

    （注：以附件为准）某项目支出绩效自评表（2023年度） has its year at the end.
    """
    if last := _YEAR_LAST.search(text):
        return last.group()
    fields = split_fields(text)
    if not fields:
        return text
    label = fields[0].label
    bracket = _BRACKET.match(label)  # it would be taken for a part of the label
    return (text[: text.index(label)] + (bracket[0] if bracket else "")).strip()


def _currency(lines: Iterable[Line]) -> tuple[str, Provenance] | None:
    for line in lines:
        for slot in line.slots:
            if len(slot.text) > MAX_YEAR_LINE:
                continue
            folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", slot.text))
            found = _CURRENCY.search(simplified(folded).replace("兀", "元"))
            if found:
                return found.group(1), slot.provenance
        for roles, _, value, slot in labelled_values(line):
            if "header.currency" in roles and value in ("万元", "千元", "亿元", "元"):
                return value, slot.provenance
    return None


def _amount_unit(lines: Iterable[Line]) -> tuple[str, Provenance] | None:
    """The unit behind the amounts themselves (10.00万元), if it is always the same."""
    found: dict[str, Provenance] = {}
    for line in lines:
        for slot in line.slots:
            amount = _AMOUNT.fullmatch(re.sub(r"\s+", "", slot.text))
            if amount:
                found.setdefault(amount.group(1), slot.provenance)
    return next(iter(found.items())) if len(found) == 1 else None
