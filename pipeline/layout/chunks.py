"""Lines → chunks that may be one form each: cut at titles and at 项目名称."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.layout.columns import is_indicator_header
from pipeline.layout.labels import has_role, roles_of
from pipeline.layout.line_kinds import GOALS, is_goal_line, is_indicator_row
from pipeline.layout.lines import Line
from pipeline.layout.prose import is_numbered
from pipeline.layout.titles import REPORTS, title_type

MAX_LEAD_LINES = 4  # paragraphs above an untitled form that may name its year


@dataclass(slots=True)
class Chunk:
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


def chunks_of(lines: Sequence[Line]) -> list[Chunk]:
    """Cut at titles and where 项目名称 comes again after a body."""
    chunks = [Chunk()]
    for line in lines:
        kind = _title_of(line)
        if kind is not None:
            chunks.append(Chunk(title_type=kind, titles=[line]))
            continue
        current = chunks[-1]
        named = _names_project(line)
        if named and (current.named or (current.body and current.opened)):
            rows = _rows_above(current, line)
            current = Chunk(titles=_lead(current), lines=rows)
            chunks.append(current)
        current.named = current.named or named
        current.body = current.body or _is_body(line)
        current.lines.append(line)
    return _merge(chunks)


def _merge(chunks: list[Chunk]) -> list[Chunk]:
    """A title repeated on the next page opens no form: join what follows it."""
    merged: list[Chunk] = []
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


def _lead(chunk: Chunk) -> list[Line]:
    """Paragraphs at the end of a chunk: they head what comes next."""
    lead: list[Line] = []
    for line in reversed(chunk.lines):
        if line.table is not None or len(lead) == MAX_LEAD_LINES:
            break
        lead.append(line)
    return lead[::-1]


def _rows_above(chunk: Chunk, named: Line) -> list[Line]:
    """Take the rows that head a table from the form before: a title, a year.

    ``named`` is the row of 项目名称, above which a table has nothing else of its own form.
    """
    rows = [line for line in chunk.lines if line.table == named.table]
    if any(len(set(line.texts)) > 1 for line in rows):
        return []  # two forms in one table
    chunk.lines = [line for line in chunk.lines if line not in rows]
    return rows


def _title_of(line: Line) -> str | None:
    if len(set(line.texts)) != 1:
        return None
    text = line.slots[0].text
    kind = title_type(text)
    # 五、绩效自评结果 is a chapter of a report, 五、绩效自评表 the title of a form.
    return None if kind in REPORTS and is_numbered(text) else kind


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
