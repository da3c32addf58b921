"""Quantities on one line each, so that tables of expectations stay readable.

``"不少于2场 >= 2 场 每村"``: quote, comparator, value (or low..high), unit (- for
none) and, where there is one, the per-unit word. A quote with spaces is written
with ␣ for each.
"""

from __future__ import annotations

from pipeline.core.plain import number
from pipeline.core.quantity import Quantity, Role
from pipeline.language.quantities import find_quantities


def line(quantity: Quantity) -> str:
    value = str(number(quantity.value))
    if quantity.value_high is not None:
        value += f"..{number(quantity.value_high)}"
    fields = [
        quantity.quote.replace(" ", "␣"),
        quantity.comparator.value,
        value,
        quantity.unit or "-",
    ]
    return " ".join(fields + ([quantity.per] if quantity.per else []))


def read(text: str, role: Role = Role.GOAL, *, cell: bool = False) -> list[str]:
    found = find_quantities(text, role, cell=cell)
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.quote
    return [line(quantity) for quantity in found]


def quotes(text: str, role: Role = Role.GOAL) -> list[str]:
    return [quantity.quote for quantity in find_quantities(text, role)]
