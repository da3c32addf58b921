"""A row of the funds block in the making, and what its labels say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.layout.labels import bare, fold, roles_of
from pipeline.layout.lines import Line, Slot
from pipeline.word_lists import any_of

FIELDS = {
    "fund.initial": "initial_budget",
    "fund.full": "full_budget",
    "fund.executed": "executed",
    "fund.weight": "weight",
    "fund.rate": "execution_rate",
    "fund.score": "score",
}
KINDS = ("total", "fiscal", "carryover", "other")


@dataclass(slots=True)
class Draft:
    """A fund with its label and the cells of its amounts by field name."""

    kind: str
    label: Slot
    text: str
    values: dict[str, Slot] = field(default_factory=dict)


def kind_of(label: str) -> str:
    """total, fiscal, carryover or other, by the label of a fund row."""
    roles = roles_of(label)
    for kind in KINDS:
        if f"fundrow.{kind}" in roles:
            return kind
    text = fold(label)
    if "结转" in text or "结余" in text:
        return "carryover"
    if "非财政" not in text and any_of("fiscal_sources").search(text):
        return "fiscal"
    return "total" if text.endswith(("总额", "合计")) else "other"


def column_role(text: str) -> str | None:
    """The role of a label over or before an amount, None for any other text."""
    found = [r for r in FIELDS if r in roles_of(text)]
    return found[0] if found else None


def has_caption(names: Sequence[str]) -> bool:
    """年度预算数 | 年初预算 | 调整后预算数 | …: the first label stands over the others.

    Not where others come twice as well: two tables beside each other.
    """
    twice = [n for n in set(names) if names.count(n) > 1]
    return twice == list(names[:1]) and names.count(names[0]) == 2


def row_names(line: Line) -> list[Slot]:
    """The cells of a line that name funds."""
    return [
        s for s in line.slots if any(r.startswith("fundrow.") for r in roles_of(s.text))
    ]


def part_role(text: str) -> str | None:
    """The role of a label under a wide 预算数: 年初 or 调整后; None for any other."""
    role = column_role(text)
    if role is not None:
        return role
    word = bare(text)
    if word in ("年初", "年初批复", "批复"):
        return "fund.initial"
    return "fund.full" if word in ("调整后", "全年", "调整", "年末") else None
