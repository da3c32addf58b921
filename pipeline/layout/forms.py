"""Document → Forms: where each form starts, and its parts put together."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.core.document import Document
from pipeline.core.form import Form, FundRow, ReadingNote
from pipeline.core.provenance import Provenance
from pipeline.layout.beside import one_by_one
from pipeline.layout.columns import is_indicator_header
from pipeline.layout.cut_rows import whole_rows
from pipeline.layout.fund_rows import FIELDS
from pipeline.layout.funds import Funds, read_funds
from pipeline.layout.goal_labels import heads_block
from pipeline.layout.goals import Goals, read_goals
from pipeline.layout.header import read_header, year_above
from pipeline.layout.indicators import Execution, Indicators, read_indicators
from pipeline.layout.labels import has_role, roles_of, split_fields
from pipeline.layout.lines import Line, lines_of
from pipeline.layout.lost_cells import lost_cells, read_lines
from pipeline.layout.misread import mended
from pipeline.layout.narrative import read_narrative
from pipeline.layout.number_slips import glued_notes, repair_notes
from pipeline.layout.pasted import rebuilt
from pipeline.layout.report import read_reports
from pipeline.layout.sections import (
    GOALS,
    Section,
    Sections,
    is_common_reason,
    is_goal_line,
    is_indicator_row,
    split_sections,
)
from pipeline.layout.titles import REPORTS, title_type
from pipeline.layout.told_totals import with_told
from pipeline.layout.totals import Totals, read_totals, settle_totals
from pipeline.layout.turned import upright
from pipeline.sources import pace

_GUIDE = re.compile(
    r"(?:请|应|需)?(?:填写|填报|填列|简要|简述|概括|与.{2,12}(?:对应|一致))"
)
MAX_LEAD_LINES = 4  # paragraphs above an untitled form that may name its year


@dataclass(slots=True)
class _Chunk:
    """Lines that may be one form, with its title lines."""

    title_type: str | None = None
    titles: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    named: bool = False
    body: bool = False

    @property
    def opened(self) -> bool:
        """Whether the chunk has a head of its own (not a page's continuation)."""
        return self.named or any(
            is_goal_line(x) or has_role(x.slots[0].text, "header.", "section.funds")
            for x in self.lines
            if x.table is not None
        )


def find_forms(document: Document) -> tuple[Form, ...]:
    """All forms of a document in reading order; empty if it holds none."""
    forms: list[Form] = []
    whole = whole_rows(mended(lines_of(document)))
    lines = upright(one_by_one(rebuilt(whole)))
    above = year_above(lines)
    for chunk in _chunks(lines):
        if forms:
            pace.begins(pace.Step.PAGE)  # a text without pages may hold hundreds
        form = _read_form(chunk)
        if form is not None and form.year is None and above is not None:
            places = {**form.provenance, "year": above[1]}
            form = dataclasses.replace(form, year=above[0], provenance=places)
        if form is not None:
            forms.append(form)
    return tuple(forms) or read_reports(lines)


def _chunks(lines: Sequence[Line]) -> list[_Chunk]:
    """Cut at titles and where 项目名称 comes again after a body."""
    chunks = [_Chunk()]
    for line in lines:
        kind = _title_of(line)
        if kind is not None:
            chunks.append(_Chunk(title_type=kind, titles=[line]))
            continue
        current = chunks[-1]
        named = _names_project(line)
        if named and (current.named or (current.body and current.opened)):
            current = _Chunk(titles=_lead(current))
            chunks.append(current)
        current.named = current.named or named
        current.body = current.body or _is_body(line)
        current.lines.append(line)
    return _merge(chunks)


def _merge(chunks: list[_Chunk]) -> list[_Chunk]:
    """A title repeated on the next page opens no form: join what follows it."""
    merged: list[_Chunk] = []
    for chunk in chunks:
        before = merged[-1] if merged else None
        if before is not None and not before.body and not before.named:
            # A title with nothing below it, e.g. a cover or a second title line.
            chunk.titles = [*before.titles, *chunk.titles]
            if chunk.title_type is None:
                chunk.title_type = before.title_type
            if before.title_type is None:
                chunk.titles = [*_lead(before), *chunk.titles]
            merged[-1] = chunk
        elif before is not None and chunk.body and not chunk.opened:
            before.lines.extend(chunk.lines)
        else:
            merged.append(chunk)
    return merged


def _lead(chunk: _Chunk) -> list[Line]:
    """Paragraphs at the end of a chunk: they head what comes next."""
    lead: list[Line] = []
    for line in reversed(chunk.lines):
        if line.table is not None or len(lead) == MAX_LEAD_LINES:
            break
        lead.append(line)
    return lead[::-1]


def _title_of(line: Line) -> str | None:
    texts = set(line.texts)
    return title_type(line.slots[0].text) if len(texts) == 1 else None


def _names_project(line: Line) -> bool:
    """项目名称 as the label of a row (not as one column of a list of projects)."""
    if line.table is None:
        return False
    first = [s for s in line.slots[:2] if has_role(s.text, "header.project_name")]
    beside = [s for s in line.slots if not has_role(s.text, "header.", "fund.")]
    if first:
        return bool(beside) or len(line.slots) == 1
    return bool(re.match(r"\s*项\s*目\s*名\s*称\s*[:：]", line.slots[0].text))


def _is_body(line: Line) -> bool:
    if line.table is None:
        return False
    return (
        is_indicator_header(line)
        or is_indicator_row(line)
        or (any(has_role(t, *GOALS) for t in line.texts) and not _is_list_head(line))
    )


def _is_list_head(line: Line) -> bool:
    """序号 | 项目名称 | 绩效目标 | 完成情况: a list of projects, not a form."""
    labels = [roles_of(t) for t in line.texts]
    names = {"header.project_name", "header.unit", "ind.ignored"}
    return all(labels) and any(roles & names for roles in labels)


def _read_form(chunk: _Chunk) -> Form | None:
    """A chunk with a goal label or an indicator table is a form."""
    if not chunk.body:
        return None
    lines = read_lines(chunk.lines)
    sections = split_sections(lines)
    goals = read_goals(sections.of(Section.GOALS))
    indicators = read_indicators(sections.of(Section.INDICATORS))
    if not indicators.rows and _is_guide(goals):
        return None
    if goals.goal_text is None and goals.outcome_text is None:
        if not indicators.rows:
            return None
        # A report: its table has the indicators, its prose goals and outcomes.
        prose = read_narrative(lines).goals
        goals = dataclasses.replace(prose, notes=(*goals.notes, *prose.notes))
    fund_lines = sections.of(Section.FUNDS)
    funds = _with_execution(read_funds(fund_lines), indicators.execution)
    header = read_header(
        tuple(chunk.titles),
        sections.of(Section.HEADER),
        fund_lines,
        sections.of(Section.TAIL),
    )
    blocks = [t for line in lines for t in line.texts if heads_block(t)]
    if goals.goal_text is None and blocks:
        note = ReadingNote("reading_doubt", "goal_text", blocks[0])
        goals = dataclasses.replace(goals, notes=(*goals.notes, note))
    head = header.project_name or header.unit or header.department or chunk.titles
    if goals.goal_text is None and not (head or goals.notes):
        # A table of indicators by itself: its head may stand elsewhere.
        note = ReadingNote("reading_doubt", "goal_text")
        goals = dataclasses.replace(goals, notes=(note,))
    total_lines = (*sections.of(Section.HEADER), *sections.of(Section.TOTALS))
    totals = read_totals(total_lines, indicators.columns)
    totals = settle_totals(totals, funds.rows, indicators.rows)
    if totals.score is None or totals.rating is None:
        totals = with_told(totals, sections.of(Section.TAIL))
    provenance: dict[str, Provenance] = {
        **header.provenance,
        **funds.provenance,
        **goals.provenance,
        **indicators.provenance,
        **totals.provenance,
    }
    return Form(
        document_type=_document_type(chunk, sections, indicators),
        year=header.year,
        project_name=header.project_name,
        department=header.department,
        unit=header.unit,
        currency_unit=header.currency_unit,
        funds=funds.rows,
        goal_text=goals.goal_text,
        outcome_text=goals.outcome_text,
        indicators=indicators.rows,
        total_weight=totals.weight,
        total_score=totals.score,
        rating=totals.rating,
        reason_text=_reason(sections.of(Section.TAIL)),
        pages=_pages(chunk, sections),
        provenance=provenance,
        notes=(
            *goals.notes,
            *indicators.notes,
            *lost_cells(chunk.lines, indicators.rows),
            *_inferred(sections),
            *glued_notes("funds", fund_lines),
            *glued_notes("total_score", sections.of(Section.TOTALS)),
            *repair_notes(provenance, _numbers(funds, indicators, totals)),
        ),
    )


def _inferred(sections: Sections) -> Iterator[ReadingNote]:
    """A number may stand in the wrong column where no ruling tells."""
    parts = (Section.FUNDS, Section.GOALS, Section.INDICATORS)
    if any(line.inferred for part in parts for line in sections.of(part)):
        yield ReadingNote("columns_inferred", "")


def _is_guide(goals: Goals) -> bool:
    """年度总体目标 | 填写批复的绩效目标: how to fill a form in, without a row of one."""
    texts = [t for t in (goals.goal_text, goals.outcome_text) if t]
    return bool(texts) and all(_GUIDE.match(t) for t in texts)


def _numbers(
    funds: Funds, indicators: Indicators, totals: Totals
) -> dict[str, str | None]:
    """Every number of a form by its path."""
    found: dict[str, str | None] = {
        "total_weight": totals.weight,
        "total_score": totals.score,
    }
    for i, fund in enumerate(funds.rows):
        for name in FIELDS.values():
            found[f"funds[{i}].{name}"] = getattr(fund, name)
    for i, row in enumerate(indicators.rows):
        found[f"indicators[{i}].weight"] = row.weight
        found[f"indicators[{i}].score"] = row.score
    return found


def _document_type(chunk: _Chunk, sections: Sections, indicators: Indicators) -> str:
    """By title; an untitled form (or a table in a report) by its marks."""
    if chunk.title_type is not None and chunk.title_type not in REPORTS:
        return chunk.title_type
    texts = [t for line in sections.all() for t in line.texts]
    if any(has_role(t, "goal.tasks") for t in texts):
        return "dept_selfeval"
    evaluated = any(
        has_role(t, "goal.actual", "ind.score", "ind.actual") for t in texts
    ) or any(row.actual_text or row.score for row in indicators.rows)
    return "project_selfeval" if evaluated else "goal_declaration"


def _reason(tail: Sequence[Line]) -> str | None:
    """What stands beside or behind a label 未完成原因分析 below the table."""
    for line in tail:
        if line.table is not None and is_common_reason(line) and len(line.slots) > 1:
            return line.slots[1].text
        for found in split_fields(line.slots[0].text)[:1]:
            if "ind.reason" in found.roles and found.value:
                return found.value
    return None


def _with_execution(funds: Funds, execution: Execution | None) -> Funds:
    """Fill gaps of the total row from a 预算执行率 row among the indicators."""
    if execution is None:
        return funds
    index = next((i for i, r in enumerate(funds.rows) if r.kind == "total"), None)
    if index is None:
        # Its points belong to the total score, so the row must not get lost.
        index = len(funds.rows)
        label = execution.label
        funds = Funds(
            (*funds.rows, FundRow(kind="total", label=label.text)),
            {**funds.provenance, f"funds[{index}].label": label.provenance},
        )
    row: FundRow = funds.rows[index]
    places = dict(funds.provenance)
    values = {
        "weight": execution.weight,
        "execution_rate": execution.rate,
        "score": execution.score,
    }
    for name, found in values.items():
        if found is not None and getattr(row, name) is None:
            row = dataclasses.replace(row, **{name: found[0]})
            places[f"funds[{index}].{name}"] = found[1]
    rows = (*funds.rows[:index], row, *funds.rows[index + 1 :])
    return Funds(rows, places)


def _pages(chunk: _Chunk, sections: Sections) -> tuple[int, ...]:
    """Pages of the title and of all lines up to the last one that counts."""
    used = [
        line
        for section in Section
        if section is not Section.TAIL
        for line in sections.of(section)
    ]
    # Paragraphs after the table belong to the page, not to the form.
    tables = [line for line in used if line.table is not None] or used
    return tuple(sorted({line.page for line in (*chunk.titles[-1:], *tables)}))
