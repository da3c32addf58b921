"""The funds block: rows by label, amounts by the order of the printed headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.core.form import FundRow
from pipeline.core.provenance import Provenance
from pipeline.layout.labels import fold, roles_of
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import is_value, number_in
from pipeline.layout.sections import is_fund_header

FIELDS = {
    "fund.initial": "initial_budget",
    "fund.full": "full_budget",
    "fund.executed": "executed",
    "fund.weight": "weight",
    "fund.rate": "execution_rate",
    "fund.score": "score",
}
KINDS = ("total", "fiscal", "carryover", "other")
_FISCAL_WORDS = re.compile(r"财政|中央|地方|省级|市级|县级|区级|基金|债券|补助|拨款")


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
class _Draft:
    kind: str
    label: Slot
    text: str
    values: dict[str, Slot] = field(default_factory=dict)


def read_funds(lines: tuple[Line, ...]) -> Funds:
    """Read the lines of the funds section; no header and no pairs → no rows."""
    drafts: list[_Draft] = []
    columns: tuple[_Column, ...] = ()
    section: Slot | None = None
    shift: int | None = None
    pairs: tuple[str, ...] = ()
    across: list[_Draft] = []
    for line in lines:
        if not columns and _is_across_header(line):
            across = [_Draft(kind_of(s.text), s, s.text) for s in _row_names(line)]
            drafts.extend(across)
        elif across and _read_across(line, across):
            continue
        elif not columns and _is_pair_line(line):
            names, draft = _read_pairs(line)
            if pairs and _continues(draft, drafts):
                drafts[-1].values.update(draft.values)
                pairs = (*pairs, *names)
            else:
                pairs = names
                drafts.append(draft)
        elif is_fund_header(line):
            columns, shift, pairs = _columns(line), None, ()
            section = _section_label(line)
        elif pairs:
            drafts.extend(_new_pair_rows(_read_pair_row(line, pairs), drafts, pairs))
        elif columns:
            read = _read_row(line, columns, shift, section)
            if read is not None:
                draft, shift = read
                drafts.append(draft)
    return _finish(drafts)


def kind_of(label: str) -> str:
    """total, fiscal, carryover or other, by the label of a fund row."""
    roles = roles_of(label)
    for kind in KINDS:
        if f"fundrow.{kind}" in roles:
            return kind
    text = fold(label)
    if "结转" in text or "结余" in text:
        return "carryover"
    if "非财政" not in text and _FISCAL_WORDS.search(text):
        return "fiscal"
    return "total" if text.endswith(("总额", "合计")) else "other"


def _columns(line: Line) -> tuple[_Column, ...]:
    found: list[_Column] = []
    for slot in line.slots:
        role = next((r for r in FIELDS if r in roles_of(slot.text)), None)
        if role is not None and all(c.name != FIELDS[role] for c in found):
            found.append(_Column(FIELDS[role], slot))
    return tuple(found)


def _read_row(
    line: Line, columns: tuple[_Column, ...], shift: int | None, section: Slot | None
) -> tuple[_Draft, int | None] | None:
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
    draft = _Draft(kind_of(label.text), label, label.text)
    if not after:
        return draft, shift
    if len(after) == len(columns):
        pairs = list(zip(columns, after, strict=True))
        shift = columns[0].slot.column - after[0].column
    else:
        if shift is None:
            shift = _best_shift(columns, after)
        pairs = _by_column(columns, after, shift)
    draft.values = {c.name: s for c, s in pairs}
    return draft, shift


def _row_names(line: Line) -> list[Slot]:
    return [
        s for s in line.slots if any(r.startswith("fundrow.") for r in roles_of(s.text))
    ]


def _is_across_header(line: Line) -> bool:
    """年度资金总额 | 财政拨款 | 其他资金 as columns, amounts in the rows below."""
    other = [s for s in line.slots[1:] if not roles_of(s.text)]
    return len(_row_names(line)) > 1 and not other and not is_fund_header(line)


def _read_across(line: Line, drafts: list[_Draft]) -> bool:
    """年初预算数 | 40.00 | 40.00 | 0.00: one value for each column."""
    role = _column_role(line.slots[0].text)
    values = list(line.slots[1:])
    if role is None or not all(is_value(s.text) for s in values):
        return False
    if len(values) != len(drafts):
        # A dump repeats merged numbers: the first one under each label counts.
        starts = {s.column: s for s in values}
        values = [starts[d.label.column] for d in drafts if d.label.column in starts]
    if len(values) != len(drafts):
        return False
    for draft, value in zip(drafts, values, strict=True):
        draft.values[FIELDS[role]] = value
    return True


def _section_label(line: Line) -> Slot | None:
    """The label in the header row that names the row of values below it."""
    for prefix in ("fundrow.", "section.funds"):
        for slot in line.slots:
            if any(r.startswith(prefix) for r in roles_of(slot.text)):
                return slot
    return None


def _read_unlabelled(
    line: Line, columns: tuple[_Column, ...], shift: int | None, section: Slot
) -> tuple[_Draft, int | None] | None:
    if len(line.slots) != len(columns) or not all(is_value(t) for t in line.texts):
        return None
    values = {c.name: s for c, s in zip(columns, line.slots, strict=True)}
    return _Draft("total", section, section.text, values), shift


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


def _is_pair_line(line: Line) -> bool:
    """Labels in the row itself: 预算数 | 40 | 执行数 | 38 (form of 2018)."""
    return any(
        _column_role(a.text) and number_in(b.text) is not None
        for a, b in pairwise(line.slots)
    )


def _column_role(text: str) -> str | None:
    found = [r for r in FIELDS if r in roles_of(text)]
    return found[0] if found else None


def _read_pairs(line: Line) -> tuple[tuple[str, ...], _Draft]:
    names: list[str] = []
    values: dict[str, Slot] = {}
    first: Slot | None = None
    for label, value in pairwise(line.slots):
        role = _column_role(label.text)
        if role is not None and is_value(value.text):
            first = first or label
            names.append(FIELDS[role])
            values[FIELDS[role]] = value
    assert first is not None
    label_slot = _row_label_before(line, first) or first
    return tuple(names), _Draft("total", label_slot, label_slot.text, values)


def _continues(draft: _Draft, drafts: list[_Draft]) -> bool:
    """Further amounts of one total in the next line: 全年执行数 below 年初预算数."""
    if not drafts or _column_role(draft.text) is None:
        return False
    return not draft.values.keys() & drafts[-1].values.keys()


def _row_label_before(line: Line, first: Slot) -> Slot | None:
    before = [s for s in line.slots if s.column < first.column]
    for prefix in ("fundrow.", "section.funds"):
        for slot in before:
            if any(r.startswith(prefix) for r in roles_of(slot.text)):
                return slot
    return None


def _read_pair_row(line: Line, names: tuple[str, ...]) -> list[_Draft]:
    """其中：财政拨款 | 40 | 其中：财政拨款 | 38: the k-th label takes column k."""
    draft: _Draft | None = None
    amounts = [n for n in names if n not in ("weight", "execution_rate", "score")]
    position = 0
    for label, value in pairwise(line.slots):
        if any(r.startswith("fundrow.") for r in roles_of(label.text)):
            draft = draft or _Draft(kind_of(label.text), label, label.text)
            if is_value(value.text) and position < len(amounts):
                draft.values[amounts[position]] = value
            position += 1
    return [draft] if draft is not None else []


def _new_pair_rows(
    read: list[_Draft], drafts: list[_Draft], names: tuple[str, ...]
) -> list[_Draft]:
    """Rows but those that give the next amount of the fund in the row above."""
    fresh = []
    for draft in read:
        above = drafts[-1] if drafts else None
        known = [n for n in names if above is not None and n in above.values]
        if (
            above is not None
            and above.text == draft.text
            and len(draft.values) == 1
            and len(known) < len(names)
        ):
            above.values[names[len(known)]] = next(iter(draft.values.values()))
        else:
            fresh.append(draft)
    return fresh


def _finish(drafts: list[_Draft]) -> Funds:
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
