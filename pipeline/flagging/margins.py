"""Shortfalls so small that rounding, or a word like 约, may be all there is to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from pipeline.core.quantity import Comparator, Quantity
from pipeline.flagging.values import achieved, is_rate
from pipeline.language.fold import fold
from pipeline.language.units import to_base

# 约1500名 is kept by 1480余人次: an approximate number allows so much.
_ABOUT = Decimal("0.05")
_PRINTED = re.compile(r"\d+(?:\.(\d+))?\s*(万|亿)?")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


def may_be_met(targets: Sequence[Quantity], outcomes: Sequence[Quantity]) -> bool:
    """Whether a shortfall is within what the printed numbers leave open.

    1.23万户 may be 12345户, 近600人 may be 约600人. Only one target is looked at;
    False where the values cannot be set against each other.
    """
    if len(targets) != 1 or not outcomes:
        return False
    target = targets[0]
    wanted, base = to_base(target.value, target.unit)
    found = [to_base(o.value, o.unit) for o in outcomes]
    same = all(b == base for _, b in found)
    rates = {is_rate(target.unit), *(is_rate(o.unit) for o in outcomes)}
    if len(rates) > 1 or (not same and base.startswith("scale")):
        return False
    reached = achieved(outcomes) if not same else _together(outcomes, found)
    gap = abs(wanted - reached)
    slack = sum((_half_place(o) for o in outcomes), Decimal(0))
    loose = any(_is_loose(q) for q in (target, *outcomes))
    return gap <= max(slack, _ABOUT * abs(wanted) if loose else Decimal(0))


def _together(
    outcomes: Sequence[Quantity], found: Sequence[tuple[Decimal, str]]
) -> Decimal:
    values = [value for value, _ in found]
    rates = any(is_rate(o.unit) for o in outcomes)
    return min(values) if rates else sum(values, Decimal(0))


def _half_place(outcome: Quantity) -> Decimal:
    """Half of the last printed place, in the base unit; 0 for plain whole numbers."""
    printed = _PRINTED.search(fold(outcome.quote))
    if printed is None or not (printed[1] or printed[2]):
        return Decimal(0)
    place = Decimal(1).scaleb(-len(printed[1] or "")) / 2
    return to_base(place * _SCALES.get(printed[2], Decimal(1)), outcome.unit)[0]


def _is_loose(quantity: Quantity) -> bool:
    """约, 左右, 余, 近: the number itself is not meant exactly."""
    return quantity.comparator is Comparator.APPROX
