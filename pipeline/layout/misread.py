"""Labels that recognition misread, known by where they stand.

Alone, a label with a wrong character may be several labels or none; in its row
only one of them makes sense. Labels of recognised cells are put right here, for
the reading of the form only: values, names and amounts stay as they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.layout.columns import USUAL, is_indicator_header
from pipeline.layout.evidence import content_of
from pipeline.layout.fit import fit
from pipeline.layout.labels import (
    bare,
    fold,
    lexicon,
    roles_of,
)
from pipeline.layout.lines import Line, Slot
from pipeline.layout.near_labels import WHOLE, near
from pipeline.layout.number_slips import with_number
from pipeline.layout.numbers import is_value, number_in
from pipeline.layout.parted_labels import parts_of, with_parts

SENTENCE = 15
"""Characters from which on a cell beside a label is a text."""

NAME = 24
"""Characters that a label or a short value has at most."""

HEADER_SHARE = 0.6
"""Share of a row's cells that are labels of columns, near ones included."""

LOOKED_AT = 6
"""Rows below a header that show what an unread column holds."""

FITS = 0.3
"""Mean fit of those cells from which on they are what the gap leaves open."""

NUMBER_COLUMNS = frozenset(("ind.weight", "ind.score"))
"""Roles of columns that hold nothing but numbers."""

_COLUMNS = frozenset(USUAL) - {"reason"}
_ENTRIES = ("header.", "rating", "section.funds", "goal.")


def mended(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with misread labels of recognised cells put right."""
    done: list[Line] = []
    below_header = False
    numbers: tuple[Slot, ...] = ()
    for i, line in enumerate(lines):
        if line.table is None or not _is_recognised(line):
            done.append(with_parts(line) if line.inferred else line)
            continue
        mended_line = _header(line, lines[i + 1 : i + 1 + LOOKED_AT])
        if mended_line is None:
            mended_line = _columns(line, "fund.", least=2)
        if mended_line is None:
            mended_line = _entries(line, below_header=below_header)
        if is_indicator_header(mended_line):
            below_header = True
            numbers = tuple(
                s for s in mended_line.slots if roles_of(s.text) & NUMBER_COLUMNS
            )
        elif _begins_form(mended_line):
            below_header = False
        done.append(_numbers(mended_line, numbers if below_header else None))
    return tuple(done)


def _begins_form(line: Line) -> bool:
    return "header.project_name" in roles_of(line.slots[0].text)


def _numbers(line: Line, columns: tuple[Slot, ...] | None) -> Line:
    """Misread numbers put right: in the given columns, in all cells for None."""

    def holds_number(slot: Slot) -> bool:
        return columns is None or any(
            c.column <= slot.column and slot.end <= c.end for c in columns
        )

    slots = (with_number(s) if holds_number(s) else s for s in line.slots)
    return replace(line, slots=tuple(slots))


def _is_recognised(line: Line) -> bool:
    return any(s.provenance.ocr_confidence is not None for s in line.slots)


def _columns(line: Line, prefix: str, *, least: int) -> Line | None:
    """A row of column labels with the misread ones put right; None for others."""
    known = {r for s in line.slots for r in roles_of(s.text) if r.startswith(prefix)}
    if len(known) < least:
        return None
    parted = [part for slot in line.slots for part in parts_of(slot, prefix)]
    # 级指标 passes for 一级指标, where that is printed as well it is another level.
    known = {
        r
        for s in parted
        if fold(s.text) in lexicon() or bare(s.text) in lexicon()
        for r in roles_of(s.text)
        if r.startswith(prefix)
    }
    slots = [_column(slot, known, prefix) for slot in parted]
    labels = sum(any(r.startswith(prefix) for r in roles_of(s.text)) for s in slots)
    if labels < HEADER_SHARE * len(slots):
        return None
    return replace(line, slots=tuple(slots))


def _column(slot: Slot, known: set[str], prefix: str) -> Slot:
    """A column label by the one role of the row's that is near and still open."""
    own = {r for r in roles_of(slot.text) if r.startswith(prefix)}
    exact = fold(slot.text) in lexicon() or bare(slot.text) in lexicon()
    if own and (exact or not own <= known):
        known |= own
        return slot
    if number_in(slot.text) is not None:
        return slot
    open_roles = {
        role: label
        for label, roles in near(slot.text, prefix)
        for role in roles - known
    }
    if len(open_roles) != 1:
        return slot
    role, label = next(iter(open_roles.items()))
    known.add(role)
    return replace(slot, text=label)


def _header(line: Line, below: Sequence[Line]) -> Line | None:
    """The header of the indicator table; an unread label by what stands below it."""
    found = _columns(line, "ind.", least=2)
    if found is None or not is_indicator_header(found):
        return None
    known = {r for s in found.slots for r in roles_of(s.text) if r.startswith("ind.")}
    missing = [r for r in USUAL if r in _COLUMNS and f"ind.{r}" not in known]
    unread = [s for s in found.slots if not roles_of(s.text)]
    if not missing or len(missing) != len(unread):
        return found
    named = {
        id(slot): role
        for slot, role in zip(unread, missing, strict=True)
        if _holds(slot, role, below)
    }
    return replace(
        found,
        slots=tuple(
            replace(s, text=_first_label(named[id(s)])) if id(s) in named else s
            for s in found.slots
        ),
    )


def _holds(slot: Slot, role: str, below: Sequence[Line]) -> bool:
    """Whether the cells under an unread label fit a role."""
    cells = [
        s for line in below for s in line.slots
        if slot.column <= s.column < slot.end and s.width <= slot.width
    ]  # fmt: skip
    points = [fit(content_of(s.text), role) for s in cells]
    return bool(points) and sum(points) / len(points) >= FITS


def _first_label(role: str) -> str:
    """The usual label of an indicator column."""
    return next(label for label, roles in lexicon().items() if f"ind.{role}" in roles)


def _entries(line: Line, *, below_header: bool) -> Line:
    """A row of labels and values: the labels are known by the values."""
    slots = list(line.slots)
    wanted = _wanted(line, below_header=below_header)
    if wanted and not roles_of(slots[0].text):
        slots[0] = _named(slots[0], wanted, set())
    if all(len(s.text) <= NAME for s in slots) and not below_header:
        known = {r for s in slots for r in roles_of(s.text)}
        if any(r.startswith("goal.") for r in known):
            slots = [_named(s, ("goal.",), known) for s in slots]
    return replace(line, slots=tuple(slots))


def _wanted(line: Line, *, below_header: bool) -> tuple[str, ...]:
    """Roles that the first cell of a row can have, by its other cells."""
    first, *others = line.slots
    if len(first.text) > NAME or is_value(first.text):
        return ()
    if not others:
        return ()
    if all(is_value(s.text) for s in others):
        # The label of a fund is a value itself: it stays as it was read.
        return ("total",) if below_header else ()
    if len(bare(first.text)) < WHOLE - 1 or len(others) > 3:
        return ()
    if any(len(s.text) >= SENTENCE for s in others):
        return ("goal.", "header.project_name", "header.department")
    return () if below_header and len(others) > 1 else _ENTRIES


def _named(slot: Slot, wanted: tuple[str, ...], known: set[str]) -> Slot:
    """A cell by the label that it must be; as it was where several are near."""
    if roles_of(slot.text) or is_value(slot.text):
        return slot
    found = near(slot.text, *wanted)
    # 年度总体目标 | 预期目标: both are goals, but there is one outcome.
    fresh = [(label, roles) for label, roles in found if not roles <= known]
    found = tuple(fresh) or found
    if not found or not _agree(roles for _, roles in found):
        return slot
    return replace(slot, text=found[0][0])


def _agree(roles: Iterable[frozenset[str]]) -> bool:
    """Whether one role is common to all."""
    return bool(frozenset.intersection(*roles))
