"""What a quantity measures, as the matcher sees it."""

from __future__ import annotations

import re
from dataclasses import field
from decimal import Decimal
from typing import Any

from pipeline.core.quantity import Quantity
from pipeline.core.value import value
from pipeline.language.fold import fold
from pipeline.language.units import to_base, unit_class

_RATE_ENDS = "率|满意度|知晓度|参与度|占比|比例|比重|指数|系数|得分|密度"
_RATE_END = re.compile(_RATE_ENDS)
RATE_NAME = re.compile(rf"[一-鿿A-Za-z]{{0,8}}?(?:{_RATE_ENDS})")


def rate_names(text: str) -> list[str]:
    """The names of rates in a text; most texts have no word that could end one."""
    return RATE_NAME.findall(text) if _RATE_END.search(text) else []


@value(frozen=True, slots=True)
class Measure:
    """A quantity with the words that say what it counts.

    ``local`` is the phrase at the number, ``context`` what stands before it in
    the same list item. ``rate`` is the name of a rate (合格率) or "".
    ``part`` marks 其中 parts. ``task_share``
    marks a percentage of the annual task (完成全年任务的110%), ``is_change`` an
    increase or decrease (同比增长8%), ``is_difference`` what lies between the two levels
    before it (由7人降至5人，减少2人). ``clause`` is all that stands before the
    number since the last comma or number, ``after`` the text right after it,
    for （含大修）. ``running_total`` marks a sum over several years. ``item`` is the
    number of the list item (4 of 目标4：, 一 of （一）) or "". ``notes`` holds what was
    once found out from all the rest, since a measure meets many others; a changed copy
    starts without any.
    """

    index: int
    quantity: Quantity
    unit_class: str | None
    local: str
    context: str
    rate: str
    sentence: int
    part: bool
    task_share: bool = False
    is_change: bool = False
    is_difference: bool = False
    clause: str = ""
    after: str = ""
    series: int | None = None
    running_total: bool = False
    item: str = ""
    notes: dict[str, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )


def base_value(measure: Measure) -> Decimal:
    """How much in the unit that its units are scaled by: 1.2公里 is 1200."""
    return to_base(measure.quantity.value, measure.quantity.unit)[0]


def base_unit(measure: Measure) -> str:
    """What a unit is a scale of: 公里 and 米 are one, 处 and 公里 two."""
    return to_base(measure.quantity.value, measure.quantity.unit)[1]


def measure_of_name(index: int, name: str, quantity: Quantity) -> Measure:
    """An indicator: its name is the phrase, its target the quantity."""
    folded = fold(name)
    rates = rate_names(folded)
    rate = rates[-1] if rates else ""
    kind = unit_class(quantity.unit)
    return Measure(index, quantity, kind, folded, "", rate, index, False, clause=folded)
