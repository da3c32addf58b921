"""Cells that are no more than a sign, a number and a unit: ≥12场, 95%.

Most cells of an indicator table are. No rule has a word to wait for in them, so that
the grammar need not be asked; what is read is to the letter what it would read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pipeline.core.quantity import Quantity, Role
from pipeline.language.comparators import meaning
from pipeline.language.fold import fold
from pipeline.language.han import SCALES
from pipeline.language.units import known_units, unit_class

_PLAIN = re.compile(r"([≥≤<>]?)((?:0|[1-9]\d{0,5})(?:\.\d{1,2})?)([^\d\s.,，]{1,6})")
# 2023年 is a date, 9成 is 90%, 2023届 a class, 5G and 4星 are names, 个百分点 has a name of its own.
_OTHER_CLASSES = frozenset({"time", None})
_OTHER_UNITS = frozenset({"成", "个百分点", "届", "星", "G", "%o"})


def read_plain(text: str, role: Role) -> Quantity | None:
    """The quantity that is the whole of a cell; None for any cell that holds more."""
    found = _PLAIN.fullmatch(text)
    if found is None or text != fold(text):
        return None
    sign, number, unit = found.groups()
    if unit not in _plain_units():
        return None
    return Quantity(
        quote=text,
        start=0,
        end=len(text),
        subject="",
        comparator=meaning(sign or None, None, role, False),
        value=Decimal(number),
        value_high=None,
        unit=unit,
    )


@lru_cache(maxsize=1)
def _plain_units() -> frozenset[str]:
    """The units that a number has right behind it whatever number it is."""
    return frozenset(
        unit
        for unit in known_units()
        if unit[0] not in SCALES
        and unit not in _OTHER_UNITS
        and unit_class(unit) not in _OTHER_CLASSES
    )
