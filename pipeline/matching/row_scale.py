"""Which scale a bare number in a row is told on: 28万亩 | 28 is 28万亩 on both sides."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

from pipeline.core.quantity import Quantity
from pipeline.language.fold import fold

_FACTORS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
# The scale that is printed behind the digits: 28万亩, 1.2 亿元; not in 20/10万.
_PRINTED = re.compile(r"^[^\d]*\d[\d.,]*[ 余多来]*([十百千]?[万亿]+)(?!分之)")
_SCALED_UNIT = re.compile(r"^([十百千]?[万亿]+)(?=[^万亿])")
_SMALL = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
# Between these the number is near to neither reading, so that nobody can say.
_NEAR = Decimal(30)


def on_one_scale(
    target: Quantity, actual: Quantity
) -> tuple[Quantity, Quantity] | None:
    """Both quantities with 万 and 亿 multiplied out; None where the scale is in doubt.

    A number without unit is read on the scale that the other cell prints (28万亩 |
    28), unless it stands nearer to the full number (5万人 | 48200). A unit that a name
    gives with its scale (面积（万亩）) counts like a printed one.
    """
    if not (_tells_a_scale(target) or _tells_a_scale(actual)):
        return target, actual  # most rows
    factors = _printed(target), _printed(actual)
    target, actual = multiplied_out(target), multiplied_out(actual)
    if _is_bare(actual) and factors[0] and not factors[1]:
        told = _nearer(actual, target, factors[0])
        return None if told is None else (target, told)
    if _is_bare(target) and factors[1] and not factors[0]:
        wanted = _nearer(target, actual, factors[1])
        return None if wanted is None else (wanted, actual)
    return target, actual


def _tells_a_scale(quantity: Quantity) -> bool:
    told = (quantity.unit or "") + fold(quantity.quote)
    return "万" in told or "亿" in told


def _is_bare(quantity: Quantity) -> bool:
    return quantity.unit is None


def _printed(quantity: Quantity) -> tuple[Decimal, ...]:
    """The factors that 万 or 亿 at the number or before its unit may stand for.

    1千万元 is told as 1000 as well as 1, and what is promised in 亿 often in 万.
    """
    match = _SCALED_UNIT.match(quantity.unit or "") or _PRINTED.match(
        fold(quantity.quote)
    )
    if match is None:
        return ()
    whole, last = _factor(match[1]), _FACTORS[match[1][-1]]
    return tuple(dict.fromkeys((whole, last, _FACTORS["万"], Decimal(1))))


def _factor(words: str) -> Decimal:
    factor = Decimal(1)
    for word in words:
        factor *= _FACTORS.get(word) or _SMALL[word]
    return factor


def multiplied_out(quantity: Quantity) -> Quantity:
    """28 万亩 → 280000 亩; a unit without scale is left alone."""
    match = _SCALED_UNIT.match(quantity.unit or "")
    if match is None:
        return quantity
    unit = (quantity.unit or "")[match.end() :]
    return dataclasses.replace(_times(quantity, _factor(match[1])), unit=unit)


def _times(quantity: Quantity, factor: Decimal) -> Quantity:
    high = quantity.value_high
    return dataclasses.replace(
        quantity,
        value=quantity.value * factor,
        value_high=None if high is None else high * factor,
    )


def _nearer(
    bare: Quantity, other: Quantity, factors: tuple[Decimal, ...]
) -> Quantity | None:
    """The bare number as meant beside ``other``; None where every reading is far off."""
    if not bare.value or not other.value:
        return bare
    for factor in factors:
        reading = _times(bare, factor)
        if 1 / _NEAR <= abs(reading.value / other.value) <= _NEAR:
            return reading
    return None
