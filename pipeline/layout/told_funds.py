"""Budget and spending that a report tells in sentences, where the arithmetic holds.

年初预算300万元，实际支出270万元，预算执行率90%: three numbers, of which two confirm
the third. Where they do not, or several such triples differ, no funds are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import product

from pipeline.core.form import FundRow
from pipeline.core.provenance import Provenance
from pipeline.layout.lines import Slot
from pipeline.resources import load_toml

BUDGETS = ("initial_budget", "full_budget")
MAX_AMOUNTS = 40
"""Labelled amounts of a report; one with more tells of many projects."""


@dataclass(frozen=True, slots=True)
class ToldFunds:
    """One line of funds, or none, with the unit of its amounts and its places."""

    rows: tuple[FundRow, ...] = ()
    currency_unit: str | None = None
    provenance: dict[str, Provenance] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Told:
    role: str
    label: str
    value: str
    unit: str
    slot: Slot


def told_funds(slots: Iterable[Slot]) -> ToldFunds:
    """The total line of a report's money: budget, spent and the rate that joins them."""
    told = [amount for slot in slots for amount in _amounts(slot)]
    if len(told) > MAX_AMOUNTS:
        return ToldFunds()
    triples = tuple(_confirmed(told))
    if len({(b.value, e.value, r.value, b.unit) for b, e, r in triples}) != 1:
        return ToldFunds()
    budget, executed, rate = triples[0]
    # 年初预算300万元，调整为280万元: the other budget of the same paragraph.
    beside = [
        a
        for a in told
        if a.slot is budget.slot
        and a.unit == budget.unit
        and a.role in BUDGETS
        and a.role != budget.role
    ]
    parts = [budget, executed, rate, *(beside if len(beside) == 1 else ())]
    if _is_of_a_part(parts, told):
        return ToldFunds()
    places = {f"funds[0].{p.role}": p.slot.provenance for p in parts}
    values = {part.role: part.value for part in parts}
    row = FundRow("total", budget.label, **values)
    return ToldFunds((row,), budget.unit, places)


def _confirmed(told: Sequence[_Told]) -> Iterator[tuple[_Told, _Told, _Told]]:
    """Budget, executed amount and rate of which the rate is what the two give."""
    budgets, executed, rates = (
        [a for a in told if a.role in roles]
        for roles in (BUDGETS, ("executed",), ("execution_rate",))
    )
    for budget, spent, rate in product(budgets, executed, rates):
        if budget.unit == spent.unit and _gives(budget.value, spent.value, rate.value):
            yield budget, spent, rate


def _is_of_a_part(parts: Sequence[_Told], told: Sequence[_Told]) -> bool:
    """Whether the report names a larger budget: 其中：省级资金100万元，支出90万元."""
    budgets = [a for a in told if a.role in BUDGETS and a.unit == parts[0].unit]
    largest = max(Decimal(a.value) for a in parts if a.role in BUDGETS)
    return any(Decimal(a.value) > largest for a in budgets)


def _gives(budget: str, spent: str, rate: str) -> bool:
    if not Decimal(budget):
        return False
    exact = Decimal(spent) / Decimal(budget) * 100
    digits = len(rate.partition(".")[2])
    return abs(exact - Decimal(rate)) <= Decimal(1).scaleb(-digits)


def _amounts(slot: Slot) -> Iterator[_Told]:
    """Labelled amounts and rates of a paragraph; the first rule has a number."""
    taken: set[int] = set()
    for role, pattern in _rules():
        for found in pattern.finditer(slot.text):
            if found.start("value") in taken:
                continue  # 年初预算300万元 holds 预算300万元 too
            taken.add(found.start("value"))
            unit = found.groupdict().get("unit") or "%"
            value = found["value"].replace(",", "").replace("，", "")
            yield _Told(role, found["label"], value, unit, slot)


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Roles and patterns of [[told_fund]] in models/narrative.toml."""
    amount = r"\s*(?P<value>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<unit>亿元|万元|元)"
    rate = r"\s*(?P<value>\d{1,3}(?:\.\d+)?)\s*[%％]"
    return tuple(
        (
            entry["role"],
            re.compile(
                f"(?P<label>{entry['label']})(?:{entry['between']})"
                + (rate if entry["role"] == "execution_rate" else amount)
            ),
        )
        for entry in load_toml("narrative.toml")["told_fund"]
    )
