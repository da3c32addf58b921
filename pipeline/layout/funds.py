"""The funds block: rows by label, amounts by the order of the printed headers."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.core.form import FundRow
from pipeline.core.provenance import Provenance
from pipeline.layout.fund_columns import (
    is_across_header,
    is_part_head,
    is_second_head,
    read_across,
    read_under_heads,
)
from pipeline.layout.fund_order import columns_of, contradicts
from pipeline.layout.fund_pairs import (
    continues,
    is_pair_line,
    new_pair_rows,
    read_pair_row,
    read_pairs,
    read_plain_rows,
)
from pipeline.layout.fund_rows import (
    FIELDS,
    Draft,
    has_caption,
    kind_of,
    part_role,
    row_names,
)
from pipeline.layout.labels import roles_of
from pipeline.layout.line_kinds import is_fund_header
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import is_value, number_in


@dataclass(frozen=True, slots=True)
class Funds:
    """Fund rows with the places of their fields (keys ``funds[0].executed``)."""

    rows: tuple[FundRow, ...] = ()
    provenance: dict[str, Provenance] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    slot: Slot


@dataclass(slots=True)
class _Reader:
    """Rows so far, and the labels that are in force."""

    drafts: list[Draft] = field(default_factory=list)
    columns: tuple[_Column, ...] = ()
    section: Slot | None = None
    shift: int | None = None
    pairs: tuple[str, ...] = ()
    across: list[Draft] = field(default_factory=list)
    head: Line | None = None
    second: Line | None = None
    foreign: bool = False
    plain: list[Draft] = field(default_factory=list)


def read_funds(lines: tuple[Line, ...]) -> Funds:
    """Read the lines of the funds section.

    Without a header and pairs only labels with one amount each are rows.
    """
    reader = _Reader()
    for line in lines:
        if _is_foreign(line, seen=bool(reader.columns)):
            reader = _Reader(reader.drafts, foreign=True)
        elif is_fund_header(line) and (reader.columns or not is_pair_line(line)):
            reader = _Reader(reader.drafts, _columns(line), _section_label(line))
            reader.head = line
        elif not reader.foreign:
            _read_line(reader, line)
    return _finish(reader.drafts or reader.plain)


def _read_line(reader: _Reader, line: Line) -> None:
    if not reader.columns and is_across_header(line):
        reader.across = [Draft(kind_of(s.text), s, s.text) for s in row_names(line)]
        reader.drafts.extend(reader.across)
    elif reader.across and read_across(line, reader.across):
        return
    elif not reader.columns and is_pair_line(line):
        names, draft = read_pairs(line)
        if reader.pairs and continues(draft, reader.drafts):
            reader.drafts[-1].values.update(draft.values)
            reader.pairs = (*reader.pairs, *names)
        else:
            reader.pairs = names
            reader.drafts.append(draft)
    elif reader.pairs:
        read = read_pair_row(line, reader.pairs)
        reader.drafts.extend(new_pair_rows(read, reader.drafts, reader.pairs))
    elif reader.head is not None and reader.second is not None:
        reader.drafts.extend(read_under_heads(line, reader.head, reader.second))
    elif reader.columns and is_second_head(line):
        reader.second = line
    elif reader.columns and reader.head and is_part_head(line, reader.head):
        reader.columns = _in_parts(reader.columns, line)
    elif reader.columns:
        read_row = _read_row(line, reader.columns, reader.shift, reader.section)
        if read_row is not None:
            draft, reader.shift = read_row
            reader.drafts.append(draft)
    elif not reader.across:
        reader.plain.extend(read_plain_rows(line))


def _is_foreign(line: Line, *, seen: bool) -> bool:
    """The head of other amounts: 三公经费 | 上年决算数 | 本年决算数."""
    if any("section.apart" in roles_of(s.text) for s in line.slots[:2]):
        return True
    labels = [s for s in line.slots if not roles_of(s.text)]
    without_values = not any(is_value(t) for t in line.texts)
    return seen and without_values and len(labels) > 2 and not is_fund_header(line)


def _columns(line: Line) -> tuple[_Column, ...]:
    labels = [
        _Column(FIELDS[role], slot)
        for slot in line.slots
        if (role := next((r for r in FIELDS if r in roles_of(slot.text)), None))
    ]
    if has_caption([c.name for c in labels]):
        labels = labels[1:]
    found: list[_Column] = []
    for column in labels:
        if all(c.name != column.name for c in found):
            found.append(column)
    return tuple(found)


def _read_row(
    line: Line, columns: tuple[_Column, ...], shift: int | None, section: Slot | None
) -> tuple[Draft, int | None] | None:
    """A fund row: its label, then the values that follow it.

    A row without a label of its own belongs to the section label
    (预算执行情况 spanning header and values).
    """
    label = _row_label(line)
    if label is None and section is not None:
        return _read_unlabelled(line, columns, shift, section)
    if label is None:
        return None
    after = [s for s in line.slots if s.column >= label.end and is_value(s.text)]
    draft = Draft(kind_of(label.text), label, label.text)
    if not after:
        return draft, shift
    if len(after) == len(columns):
        pairs = list(zip(columns, after, strict=True))
        shift = columns[0].slot.column - after[0].column
    else:
        if shift is None and line.shaky and columns[0].slot.column <= label.column:
            # The blank corner over the labels was lost: nothing stands over a label.
            shift = columns[0].slot.column - label.end
        if shift is None:
            shift = _best_shift(columns, after)
        pairs = _by_column(columns, after, shift)
        if line.shaky and _contradict(pairs):
            order = columns_of([s.text for s in after], [c.name for c in columns])
            pairs = [
                (columns[i], s)
                for i, s in zip(order, after, strict=True)
                if i is not None
            ]
    draft.values = {c.name: s for c, s in pairs}
    return draft, shift


def _contradict(pairs: list[tuple[_Column, Slot]]) -> bool:
    """A dump without blank fields, whose values stand under the wrong labels."""
    return contradicts([s.text for _, s in pairs], [c.name for c, _ in pairs])


def _in_parts(columns: tuple[_Column, ...], line: Line) -> tuple[_Column, ...]:
    """Columns with those that a second row of labels divides put into its parts."""
    parts: list[_Column] = []
    for slot in line.slots:
        role = part_role(slot.text)
        if role is not None and all(c.name != FIELDS[role] for c in parts):
            parts.append(_Column(FIELDS[role], slot))
    known = {c.name for c in parts}
    whole = [
        c
        for c in columns
        if c.name not in known
        and not any(c.slot.column <= s.column < c.slot.end for s in line.slots)
    ]
    return tuple(sorted((*whole, *parts), key=lambda c: c.slot.column))


def _section_label(line: Line) -> Slot | None:
    """The label in the header row that names the row of values below it."""
    for prefix in ("fundrow.", "section.funds"):
        for slot in line.slots:
            if any(r.startswith(prefix) for r in roles_of(slot.text)):
                return slot
    return None


def _read_unlabelled(
    line: Line, columns: tuple[_Column, ...], shift: int | None, section: Slot
) -> tuple[Draft, int | None] | None:
    if len(line.slots) != len(columns) or not all(is_value(t) for t in line.texts):
        return None
    values = {c.name: s for c, s in zip(columns, line.slots, strict=True)}
    return Draft("total", section, section.text, values), shift


def _row_label(line: Line) -> Slot | None:
    """The last text before the first value; section labels stand further left."""
    texts: list[Slot] = []
    for slot in line.slots:
        if is_value(slot.text):
            break
        texts.append(slot)
    named = [
        s for s in texts if any(r.startswith("fundrow.") for r in roles_of(s.text))
    ]
    if named:
        return named[-1]
    texts = [s for s in texts if "section.funds" not in roles_of(s.text)]
    return texts[-1] if texts else None


def _by_column(
    columns: tuple[_Column, ...], values: list[Slot], shift: int
) -> list[tuple[_Column, Slot]]:
    pairs = []
    for value in values:
        start = value.column + shift
        for column in columns:
            if column.slot.column <= start < column.slot.end:
                pairs.append((column, value))
                break
    return pairs


def _best_shift(columns: tuple[_Column, ...], values: list[Slot]) -> int:
    """The shift under which most values stand under a header, small ones first."""
    return max(
        (0, -1, 1, -2, 2),
        key=lambda s: (len(_by_column(columns, values, s)), -abs(s)),
    )


def _finish(drafts: list[Draft]) -> Funds:
    rows: list[FundRow] = []
    places: dict[str, Provenance] = {}
    for draft in drafts:
        path = f"funds[{len(rows)}]"
        amounts: dict[str, str] = {}
        for name, slot in draft.values.items():
            number = number_in(slot.text)
            if number is not None:
                amounts[name] = number
                places[f"{path}.{name}"] = slot.provenance
        if not amounts and not roles_of(draft.text):
            continue
        places[f"{path}.label"] = draft.label.provenance
        rows.append(FundRow(kind=draft.kind, label=draft.text, **amounts))
    return Funds(tuple(rows), places)
