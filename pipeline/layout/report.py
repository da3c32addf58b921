"""A document without a form table → the form that its prose tells, if it is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.core.form import Form, ReadingNote
from pipeline.core.provenance import Provenance
from pipeline.layout.header import Header, read_header
from pipeline.layout.labels import has_role, split_fields
from pipeline.layout.lines import Line
from pipeline.layout.narrative import Narrative, read_narrative, read_projects
from pipeline.layout.prose import is_numbered
from pipeline.layout.report_titles import Names, names_of, without_bracket
from pipeline.layout.titles import REPORTS, title_type
from pipeline.layout.told_bodies import told_bodies
from pipeline.layout.told_funds import ToldFunds

MAX_FIELD_LINE = 120
MIN_LEAD, MAX_LEAD = 4, 40  # characters of the first of two title lines

_ENDS_AS_REPORT = re.compile(r"(?:报告|自评结果)(?:[（(][^（）()]{0,20}[）)])?$")
"""A title names the report itself; a notice asks for one, a sentence mentions it."""

_CAPTION = re.compile(r"\s*(?:(?:信息|文件|公文)?\s*名?\s*称|标?\s*题)\s*[:：]\s*")
_INTRO = re.compile(
    r"现将\s*(?P<title>[^。，,；;]{4,80}?)\s*(?:报告|汇报|说明|(?<=情况))如下\s*[:：。]?\s*$"
)
"""根据通知要求，现将2022年校舍翻新项目绩效自评情况报告如下: a report without its title."""

SHORT_TITLE = 8
"""Characters of a second title line; the line above it names what it is about."""

TITLE_REACH = 12
"""Paragraphs at the head of a document, or below a cover, that may be its title."""


def read_reports(lines: Sequence[Line]) -> tuple[Form, ...]:
    """The forms told in paragraphs: one, or one for each project that has a chapter.

    Empty where no title or label says that the document is a report.
    """
    titles = tuple(_titles(lines))
    introduced = () if titles else tuple(_introduced(lines))
    titles = titles or introduced
    fields = tuple(line for line in lines if _is_field(line))
    header = read_header(titles[:1], fields, fields)
    kind = (_type_of(titles[0]) if titles else None) or "project_selfeval"
    kind = "selfeval_report" if introduced else kind
    names = _named(titles, lines)
    projects = read_projects(lines) if titles else ()
    if projects:
        return tuple(
            _form(kind, Header(), narrative, replace(names, project_name=name))
            for name, narrative in projects
        )
    narrative = read_narrative(lines)
    if not narrative.complete:
        return ()
    if not titles and not (narrative.explicit and _names_form(fields)):
        return ()
    return (_form(kind, header, narrative, names),)


def with_prose(form: Form, narrative: Narrative, lines: Sequence[Line]) -> Form:
    """The form of a report's table with what only its prose tells: whose, how much."""
    titles = tuple(_titles(lines))
    if not titles or narrative.goals.goal_text is None:
        return form
    told = _form(
        _type_of(titles[0]) or form.document_type,
        Header(currency_unit=form.currency_unit),
        narrative,
        _named(titles, lines),
    )
    gaps = {
        name: value
        for name in _TOLD
        if not getattr(form, name) and (value := getattr(told, name))
    }
    places = {**told.provenance, **form.provenance}
    kept = {k: v for k, v in places.items() if _is_filled(k, form, gaps)}
    return replace(form, document_type=told.document_type, provenance=kept, **gaps)


_TOLD = ("year", "project_name", "department", "unit", "currency_unit", "funds", "reason_text", "total_score", "rating")  # fmt: skip
"""What prose may add to a table; its indicators are the table's."""


def _named(titles: Sequence[Line], lines: Sequence[Line]) -> Names:
    """What the title says, and sentences that name the bodies, which are surer."""
    names, bodies = names_of(titles, lines), told_bodies(lines)
    unit = bodies.unit or names.unit
    return replace(names, department=bodies.department, unit=unit)


def _is_filled(path: str, form: Form, gaps: Mapping[str, object]) -> bool:
    """Whether a place belongs to the form itself or to what was added."""
    return path in form.provenance or path.partition("[")[0] in gaps


def _form(kind: str, header: Header, narrative: Narrative, names: Names) -> Form:
    funds = narrative.funds
    if header.currency_unit not in (None, funds.currency_unit):
        funds = ToldFunds()
    places: dict[str, Provenance] = {
        **header.provenance,
        **narrative.goals.provenance,
        **narrative.rows.provenance,
        **narrative.totals.provenance,
        **funds.provenance,
    }
    named = {
        key: getattr(names, key)
        for key in ("year", "department", "unit", "project_name")
        if getattr(header, key) is None and getattr(names, key) is not None
    }
    places.update((key, place) for key, (_, place) in named.items())
    used = {place.page for place in places.values()}
    missed = narrative.goals.goal_text is None
    notes = (ReadingNote("reading_doubt", "goal_text"),) if missed else ()
    told = {key: value for key, (value, _) in named.items()}
    return Form(
        document_type=kind,
        year=told.get("year", header.year),
        project_name=told.get("project_name", header.project_name),
        department=told.get("department", header.department),
        unit=told.get("unit", header.unit),
        currency_unit=header.currency_unit or funds.currency_unit,
        funds=funds.rows,
        goal_text=narrative.goals.goal_text,
        outcome_text=narrative.goals.outcome_text,
        indicators=narrative.rows.rows,
        reason_text=narrative.reason_text,
        total_score=narrative.totals.score,
        rating=narrative.totals.rating,
        pages=tuple(sorted(used)),
        provenance=places,
        notes=(*narrative.goals.notes, *notes),
    )


def _type_of(line: Line) -> str | None:
    return title_type(line.slots[0].text) if len(line.slots) == 1 else None


def _titles(lines: Sequence[Line]) -> Iterator[Line]:
    """Report titles, each with the line above it where it is only its second line."""
    for above, line in pairwise((None, *lines[:TITLE_REACH])):
        if line is None:
            continue
        line = _without_caption(line)
        text = line.slots[0].text.strip()
        if not _is_report_title(line, text):
            continue
        lead = above.slots[0].text.strip() if above is not None else ""
        if above is None or len(text) > SHORT_TITLE or not _is_title_line(lead):
            yield line
        else:
            slot = replace(line.slots[0], text=lead + text)
            yield replace(line, slots=(slot,))


def _introduced(lines: Sequence[Line]) -> Iterator[Line]:
    """What the first sentence says that it reports, where the title was lost."""
    for line in lines[:TITLE_REACH]:
        slot = line.slots[0]
        found = _INTRO.search(slot.text) if line.table is None else None
        if found is not None and "自评" in found["title"]:
            yield replace(line, slots=(replace(slot, text=found["title"]),))
            return


def _without_caption(line: Line) -> Line:
    """名　称：青溪县…自评报告 among the data of a web page: the title alone."""
    slot = line.slots[0]
    caption = _CAPTION.match(slot.text)
    if caption is None:
        return line
    return replace(line, slots=(replace(slot, text=slot.text[caption.end() :]),))


def _is_report_title(line: Line, text: str) -> bool:
    return (
        _type_of(line) in REPORTS
        and not is_numbered(text)
        and _ENDS_AS_REPORT.search(without_bracket(text)) is not None
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
