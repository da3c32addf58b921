"""A document without a form table → the form that its prose tells, if it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.core.form import Form, ReadingNote
from pipeline.core.provenance import Provenance
from pipeline.layout.header import Header, read_header
from pipeline.layout.labels import has_role, split_fields
from pipeline.layout.lines import Line
from pipeline.layout.narrative import Narrative, read_narrative
from pipeline.layout.prose import is_numbered
from pipeline.layout.titles import REPORTS, title_type

MAX_FIELD_LINE = 120
MIN_LEAD, MAX_LEAD = 4, 40  # characters of the first of two title lines

_ENDS_AS_REPORT = re.compile(r"(?:报告|自评结果)(?:[（(][^（）()]{0,20}[）)])?$")
"""A title names the report itself; a notice asks for one, a sentence mentions it."""

SHORT_TITLE = 8
"""Characters of a second title line; the line above it names what it is about."""

TITLE_REACH = 12
"""Paragraphs at the head of a document, or below a cover, that may be its title."""

_TITLE = re.compile(
    r"(?:关于)?(?P<unit>[\u4e00-\u9fff]{2,24}?(?:局|厅|委员会|委|办公室|办|中心|院|馆|站|校|处|政府|部|会|队|所|社))?"
    r"(?:关于)?(?:20\d{2}年度?)?(?P<name>.*?)(?:20\d{2}年度?)?(?:的)?"
    r"(?:财政)?(?:预算)?(?:支出)?(?:绩效(?:评价|自评|自我评价|自评价)|自评结果$)"
)
_BODY = (
    r"局|厅|委员会|委|办公室|办|中心|院|馆|站|校|处|政府|部|会|队|所|社|镇|乡|街道|县|区|市"
    r"|小学|中学|学校|幼儿园|残联|妇联|工会|公司|集团"
)
_WHOSE = re.compile(
    rf"(?P<unit>[\u4e00-\u9fff]{{2,30}}?(?:{_BODY}))(?=关于|20\d{{2}}年)"
)
"""All that stands before 关于 or the year, where it ends like the name of a body."""

_NAMED_BELOW = re.compile(r"[（(]([^（）()]{4,40})[）)]")
_GENERAL = re.compile(
    r"(?:部门|单位|本级)?(?:\(单位\)|（单位）)?(?:整体)?(?:财政)?(?:预算)?(?:项目)?(?:支出|资金)?"
)


def read_report(lines: Sequence[Line]) -> Form | None:
    """The form told in paragraphs; None where no title or label says it is one."""
    titles = tuple(_titles(lines))
    narrative = read_narrative(lines)
    if not narrative.complete:
        return None
    fields = tuple(line for line in lines if _is_field(line))
    if not titles and not (narrative.explicit and _names_form(fields)):
        return None
    header = read_header(titles[:1], fields, fields)
    kind = _type_of(titles[0]) if titles else "project_selfeval"
    return _form(kind, header, narrative, titles, lines)


def _form(
    kind: str | None,
    header: Header,
    narrative: Narrative,
    titles: Sequence[Line],
    lines: Sequence[Line],
) -> Form:
    unit, name = _named_in(titles)
    name = name or _named_below(titles, lines)
    places: dict[str, Provenance] = {
        **header.provenance,
        **narrative.goals.provenance,
        **narrative.rows.provenance,
        **narrative.totals.provenance,
    }
    for key, value in (("unit", unit), ("project_name", name)):
        if value is not None and getattr(header, key) is None:
            places[key] = titles[0].slots[0].provenance
    used = {place.page for place in places.values()}
    missed = narrative.goals.goal_text is None
    notes = (ReadingNote("reading_doubt", "goal_text"),) if missed else ()
    return Form(
        document_type=kind or "selfeval_report",
        year=header.year,
        project_name=header.project_name or name,
        department=header.department,
        unit=header.unit or unit,
        currency_unit=header.currency_unit,
        goal_text=narrative.goals.goal_text,
        outcome_text=narrative.goals.outcome_text,
        indicators=narrative.rows.rows,
        reason_text=narrative.reason_text,
        total_score=narrative.totals.score,
        rating=narrative.totals.rating,
        pages=tuple(sorted(used)) or (lines[0].page,),
        provenance=places,
        notes=(*narrative.goals.notes, *notes),
    )


def _type_of(line: Line) -> str | None:
    return title_type(line.slots[0].text) if len(line.slots) == 1 else None


def _titles(lines: Sequence[Line]) -> Iterator[Line]:
    """Report titles, each with the line above it where it is only its second line."""
    for above, line in pairwise((None, *lines[:TITLE_REACH])):
        text = line.slots[0].text.strip() if line is not None else ""
        if line is None or not _is_report_title(line, text):
            continue
        lead = above.slots[0].text.strip() if above is not None else ""
        if above is None or len(text) > SHORT_TITLE or not _is_title_line(lead):
            yield line
        else:
            slot = replace(line.slots[0], text=lead + text)
            yield replace(line, slots=(slot,))


def _is_report_title(line: Line, text: str) -> bool:
    return (
        _type_of(line) in REPORTS
        and not is_numbered(text)
        and _ENDS_AS_REPORT.search(text) is not None
    )


def _is_title_line(text: str) -> bool:
    """The first line of a title: no sentence, no number of an annex, no cover field."""
    return (
        MIN_LEAD <= len(text) <= MAX_LEAD
        and not re.search(r"[。；;，,：:]|^附(?:件|表)", text)
        and not is_numbered(text)
    )


def _is_field(line: Line) -> bool:
    """项目名称：… as a paragraph of its own."""
    text = line.slots[0].text
    found = split_fields(text) if len(text) <= MAX_FIELD_LINE else ()
    return bool(found) and any(
        role.startswith(("header.", "total", "rating", "fund."))
        for role in found[0].roles
    )


def _names_form(fields: Sequence[Line]) -> bool:
    """A head (项目名称) besides goals and outcomes: a form, no article."""
    return any(
        has_role(f.label, "header.project_name", "total")
        for line in fields
        for f in split_fields(line.slots[0].text)
    )


def _named_below(titles: Sequence[Line], lines: Sequence[Line]) -> str | None:
    """The project in brackets on the line below the title."""
    if not titles or titles[0] not in lines:
        return None
    below = lines[lines.index(titles[0]) + 1 :][:1]
    found = _NAMED_BELOW.fullmatch(below[0].slots[0].text.strip()) if below else None
    if found is None or title_type(found.group(1)) or re.search(r"20\d{2}年", found[1]):
        return None
    return found.group(1)


def _named_in(titles: Sequence[Line]) -> tuple[str | None, str | None]:
    """Unit and project that a title names: 云岭县卫健局2022年培训项目绩效自评报告."""
    if not titles:
        return None, None
    title = re.sub(r"\s+", "", titles[0].slots[0].text)
    whose = _WHOSE.match(title)
    found = _TITLE.match(title, whose.end() if whose else 0)
    if found is None:
        return whose["unit"] if whose else None, None
    name = found["name"]
    unit = whose["unit"] if whose else found["unit"]
    return unit, None if _GENERAL.fullmatch(name) else name
