"""Labels and amounts in one row: 预算数 | 40 | 执行数 | 38 (form of 2018)."""

from __future__ import annotations

from itertools import pairwise

from pipeline.layout.fund_rows import FIELDS, Draft, column_role, kind_of
from pipeline.layout.labels import has_role, roles_of
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import is_value, number_in

_PERCENT = ("%", "％", "﹪")


def is_pair_line(line: Line) -> bool:
    """Labels in the row itself: 预算数 | 40 | 执行数 | 38 (form of 2018)."""
    return any(
        column_role(a.text) and number_in(b.text) is not None
        for a, b in pairwise(line.slots)
    )


def read_pairs(line: Line) -> tuple[tuple[str, ...], Draft]:
    """The fields of a pair line in order, and the row that it makes."""
    names: list[str] = []
    values: dict[str, Slot] = {}
    first: Slot | None = None
    for label, value in pairwise(line.slots):
        role = column_role(label.text)
        if role is not None and is_value(value.text):
            first = first or label
            name = FIELDS[role]
            if name == "score" and value.text.rstrip().endswith(_PERCENT):
                name = "execution_rate"  # 执行率及得分 | 96.5% | 9.65分
                points = _after(line, value)
                if points is not None:
                    names.append("score")
                    values["score"] = points
            names.append(name)
            values[name] = value
    assert first is not None
    label_slot = _row_label_before(line, first) or first
    total = next((s for s in line.slots if _is_total(s)), None)
    beside = _after(line, total) if total is not None else None
    if beside is not None and "full_budget" not in values and "executed" in values:
        # 资金总额 | 698.50 | 实际支出 | 671.26
        values["full_budget"] = beside
    return tuple(names), Draft("total", label_slot, label_slot.text, values)


def _is_total(slot: Slot) -> bool:
    return "fundrow.total" in roles_of(slot.text)


def _after(line: Line, label: Slot) -> Slot | None:
    """The number right behind a label."""
    following = [b for a, b in pairwise(line.slots) if a is label]
    return following[0] if following and number_in(following[0].text) else None


def continues(draft: Draft, drafts: list[Draft]) -> bool:
    """Further amounts of one total in the next line: 全年执行数 below 年初预算数."""
    if not drafts or column_role(draft.text) is None:
        return False
    return not draft.values.keys() & drafts[-1].values.keys()


def _row_label_before(line: Line, first: Slot) -> Slot | None:
    before = [s for s in line.slots if s.column < first.column]
    for prefix in ("fundrow.", "section.funds"):
        for slot in before:
            if any(r.startswith(prefix) for r in roles_of(slot.text)):
                return slot
    return None


def read_pair_row(line: Line, names: tuple[str, ...]) -> list[Draft]:
    """其中：财政拨款 | 40 | 其中：财政拨款 | 38: the k-th label takes column k."""
    draft: Draft | None = None
    amounts = [n for n in names if n not in ("weight", "execution_rate", "score")]
    position = 0
    for label, value in pairwise(line.slots):
        if any(r.startswith("fundrow.") for r in roles_of(label.text)):
            draft = draft or Draft(kind_of(label.text), label, label.text)
            if is_value(value.text) and position < len(amounts):
                draft.values[amounts[position]] = value
            position += 1
    return [draft] if draft is not None else []


def read_plain_rows(line: Line) -> list[Draft]:
    """年度资金总额 | 80 without any header: the budget, as a plan of goals gives it.

    Only where each label has its one amount and nothing else stands in the line.
    """
    drafts: list[Draft] = []
    pending: Slot | None = None
    for slot in line.slots:
        if is_value(slot.text):
            if pending is None:
                return []
            values = {"full_budget": slot} if number_in(slot.text) is not None else {}
            drafts.append(Draft(kind_of(pending.text), pending, pending.text, values))
            pending = None
        elif any(r.startswith("fundrow.") for r in roles_of(slot.text)):
            pending = slot
        elif pending is not None or not has_role(slot.text, "section.funds"):
            return []
    return drafts


def new_pair_rows(
    read: list[Draft], drafts: list[Draft], names: tuple[str, ...]
) -> list[Draft]:
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
