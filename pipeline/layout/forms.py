"""Document → Forms: where each form starts, and its parts put together."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.core.document import Document
from pipeline.core.form import Form, FundRow, IndicatorRow, ReadingNote
from pipeline.core.provenance import Provenance
from pipeline.layout.beside import one_by_one
from pipeline.layout.chunks import Chunk, chunks_of
from pipeline.layout.cut_rows import whole_rows
from pipeline.layout.execution_rows import Execution
from pipeline.layout.fund_rows import FIELDS
from pipeline.layout.funds import Funds, read_funds
from pipeline.layout.goal_labels import heads_block
from pipeline.layout.goals import Goals, read_goals
from pipeline.layout.guides import is_guide, is_lone_label, is_scoring_guide
from pipeline.layout.header import Header, read_header, year_above
from pipeline.layout.indicators import Indicators, read_indicators
from pipeline.layout.labels import fold, has_role, split_fields
from pipeline.layout.line_kinds import is_common_reason
from pipeline.layout.lines import Line, lines_of
from pipeline.layout.lost_cells import lost_cells, read_lines, unplaced_goal
from pipeline.layout.misread import mended
from pipeline.layout.narrative import Narrative, read_narrative
from pipeline.layout.number_slips import glued_notes, repair_notes
from pipeline.layout.pasted import rebuilt
from pipeline.layout.pasted_cells import is_rebuilt
from pipeline.layout.project_lists import one_by_project
from pipeline.layout.report import read_reports, with_prose
from pipeline.layout.sections import Section, Sections, split_sections
from pipeline.layout.titles import REPORTS
from pipeline.layout.told_totals import with_told
from pipeline.layout.totals import Totals, read_totals, settle_totals
from pipeline.layout.turned import upright
from pipeline.sources import pace

_WHOLE = ("部门整体支出总额", "整体支出总额")  # the money of a whole department


def find_forms(document: Document) -> tuple[Form, ...]:
    """All forms of a document in reading order; empty if it holds none."""
    forms: list[Form] = []
    # Rests first: mending makes whole labels of what was only cut.
    whole = mended(whole_rows(lines_of(document)))
    lines = one_by_project(upright(one_by_one(rebuilt(whole))))
    above = year_above(lines)
    for chunk in chunks_of(lines):
        if forms:
            pace.begins(pace.Step.PAGE)  # a text without pages may hold hundreds
        if (form := _read_form(chunk)) is None:
            continue
        if form.year is None and above is not None:
            places = {**form.provenance, "year": above[1]}
            form = dataclasses.replace(form, year=above[0], provenance=places)
        forms.append(form)
    return tuple(forms) or read_reports(lines)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the sections of one form hold."""

    header: Header
    funds: Funds
    goals: Goals
    indicators: Indicators
    totals: Totals

    @property
    def provenance(self) -> dict[str, Provenance]:
        """The places of all fields."""
        return {
            **self.header.provenance,
            **self.funds.provenance,
            **self.goals.provenance,
            **self.indicators.provenance,
            **self.totals.provenance,
        }


def _read_form(chunk: Chunk) -> Form | None:
    """A chunk with a goal label or an indicator table is a form."""
    if not chunk.body:
        return None
    lines = read_lines(chunk.lines)
    sections = split_sections(lines)
    goals = read_goals(sections.of(Section.GOALS))
    indicators = read_indicators(sections.of(Section.INDICATORS))
    if _is_no_form(chunk, goals, indicators, sections):
        return None
    narrative = _narrative(chunk, lines, goals)
    if narrative is not None:
        notes = (*goals.notes, *narrative.goals.notes)
        goals = dataclasses.replace(narrative.goals, notes=notes)
    header = read_header(
        tuple(chunk.titles),
        (*sections.of(Section.HEADER), *sections.of(Section.TOTALS)),
        sections.of(Section.FUNDS),
        sections.of(Section.TAIL),
    )
    funds = read_funds(sections.of(Section.FUNDS))
    funds = _with_execution(funds, indicators.execution)
    goals = _with_doubts(goals, header, chunk, sections, lines)
    totals = _totals(sections, funds, indicators)
    form = _put_together(
        chunk, sections, _Parts(header, funds, goals, indicators, totals)
    )
    whole = (*chunk.titles, *lines)
    return form if narrative is None else with_prose(form, narrative, whole)


def _is_no_form(
    chunk: Chunk, goals: Goals, indicators: Indicators, sections: Sections
) -> bool:
    """A guide to filling forms in or to scoring them, or nothing of a form at all."""
    if not indicators.rows and is_guide(goals):
        return True
    if not chunk.titles and not chunk.named and is_lone_label(sections, goals):
        return True
    if not _is_empty(goals):
        return False
    return not any(map(_is_filled_in, indicators.rows)) or is_scoring_guide(
        sections, indicators
    )


def _is_filled_in(row: IndicatorRow) -> bool:
    """Whether a row says anything; that of an empty form has only its labels."""
    return bool(row.target_text or row.actual_text or row.score)


def _is_empty(goals: Goals) -> bool:
    return goals.goal_text is None and goals.outcome_text is None


def _narrative(chunk: Chunk, lines: Sequence[Line], goals: Goals) -> Narrative | None:
    """Of a report: its table has the indicators, its prose goals and outcomes."""
    empty = _is_empty(goals)
    if not empty and (chunk.title_type not in REPORTS or _in_cells(goals)):
        return None
    told = read_narrative(lines)
    return told if empty or told.goals.goal_text is not None else None


def _with_doubts(
    goals: Goals,
    header: Header,
    chunk: Chunk,
    sections: Sections,
    lines: Sequence[Line],
) -> Goals:
    """Why there is no goal, where something shows that there was one."""
    if goals.goal_text is not None:
        return goals
    blocks = [t for line in lines for t in line.texts if heads_block(t)]
    if blocks:
        note = ReadingNote("reading_doubt", "goal_text", blocks[0])
        goals = dataclasses.replace(goals, notes=(*goals.notes, note))
    if not goals.notes:
        goals = dataclasses.replace(goals, notes=tuple(unplaced_goal(sections)))
    head = header.project_name or header.unit or header.department
    # Of cells of which only the order was left a title may head what is not its own.
    titled = chunk.titles and not any(is_rebuilt(line) for line in lines)
    if not (head or titled or goals.notes):
        # A table of indicators by itself: its head may stand elsewhere.
        note = ReadingNote("reading_doubt", "goal_text")
        goals = dataclasses.replace(goals, notes=(note,))
    return goals


def _totals(sections: Sections, funds: Funds, indicators: Indicators) -> Totals:
    """By their own lines; what these lack, by what the text below the table tells."""
    above = read_totals(sections.of(Section.HEADER))
    totals = read_totals(sections.of(Section.TOTALS), indicators.columns).over(above)
    totals = settle_totals(totals, funds.rows, indicators.rows)
    if totals.score is None or totals.rating is None:
        totals = with_told(totals, sections.of(Section.TAIL))
    return totals


def _put_together(chunk: Chunk, sections: Sections, parts: _Parts) -> Form:
    header, goals, totals = parts.header, parts.goals, parts.totals
    provenance = parts.provenance
    return Form(
        document_type=_document_type(chunk, sections, parts.indicators),
        year=header.year,
        project_name=header.project_name,
        department=header.department,
        unit=header.unit,
        currency_unit=header.currency_unit,
        funds=parts.funds.rows,
        goal_text=goals.goal_text,
        outcome_text=goals.outcome_text,
        indicators=parts.indicators.rows,
        total_weight=totals.weight,
        total_score=totals.score,
        rating=totals.rating,
        reason_text=_reason(sections.of(Section.TAIL)),
        pages=_pages(chunk, sections),
        provenance=provenance,
        notes=(
            *goals.notes,
            *parts.indicators.notes,
            *lost_cells(chunk.lines, parts.indicators.rows),
            *_placed_loosely(sections),
            *glued_notes("funds", sections.of(Section.FUNDS)),
            *glued_notes("total_score", sections.of(Section.TOTALS)),
            *repair_notes(provenance, _numbers(parts)),
        ),
    )


def _in_cells(goals: Goals) -> bool:
    """Whether a table holds the goals, not the chapters of a report."""
    places = (goals.provenance.get(name) for name in ("goal_text", "outcome_text"))
    return any(place is not None and place.cell is not None for place in places)


def _placed_loosely(sections: Sections) -> Iterator[ReadingNote]:
    """A text may stand in the wrong cell where no ruling tells, or across one."""
    parts = (Section.FUNDS, Section.GOALS, Section.INDICATORS)
    if any(line.inferred for part in parts for line in sections.of(part)):
        yield ReadingNote("columns_inferred", "")
    if any(line.overrun for part in parts for line in sections.of(part)):
        yield ReadingNote("text_overruns", "")


def _numbers(parts: _Parts) -> dict[str, str | None]:
    """Every number of a form by its path."""
    found: dict[str, str | None] = {
        "total_weight": parts.totals.weight,
        "total_score": parts.totals.score,
    }
    for i, fund in enumerate(parts.funds.rows):
        for name in FIELDS.values():
            found[f"funds[{i}].{name}"] = getattr(fund, name)
    for i, row in enumerate(parts.indicators.rows):
        found[f"indicators[{i}].weight"] = row.weight
        found[f"indicators[{i}].score"] = row.score
    return found


def _document_type(chunk: Chunk, sections: Sections, indicators: Indicators) -> str:
    """By title; an untitled form (or a table in a report) by its marks."""
    if chunk.title_type is not None and chunk.title_type not in REPORTS:
        return chunk.title_type
    texts = [t for line in sections.all() for t in line.texts]
    if any(has_role(t, "goal.tasks") or fold(t) in _WHOLE for t in texts):
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


def _pages(chunk: Chunk, sections: Sections) -> tuple[int, ...]:
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
