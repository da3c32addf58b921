"""The status of a row whose two cells both hold a number (guideline section 6, rule 3)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from pipeline.core.link import IndicatorStatus, Verdict
from pipeline.core.quantity import Comparator, Quantity
from pipeline.language.fold import fold
from pipeline.language.units import unit_class
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import measure_of_name
from pipeline.matching.row_scale import on_one_scale
from pipeline.matching.verdicts import compare, less_is_better
from pipeline.word_lists import any_of

# A sum over several pieces or months is at least twice one of them.
_MANY = 2
# No rate of half or more is meant to be missed by a hundredfold: 0.95 beside 90%.
_HALF = 50
# 0.05 beside 5% is a share of one, 1 beside 2% is a percentage.
_HUNDRED, _NEAR = 100, 3
# 5家（其中新增2家）: what is counted in is no second answer.
_REMARK = re.compile(r"[(，；、]?(?:其中|包括|含|内含)")
_VISITS = frozenset({"人次", "人/次", "人·次"})


def status_of_numbers(
    target: Quantity,
    actual: Quantity,
    *,
    name: str,
    target_text: str,
    actual_text: str,
) -> IndicatorStatus | None:
    """met, exceeded or shortfall; None where the numbers cannot be compared."""
    if _scale_in_doubt(target, actual, actual_text):
        return None
    if other_way(name + target_text, actual_text):
        return None
    if "提前" in actual_text and "提前" not in name + target_text:
        return None  # ≤30分钟 | 提前18分钟: how much earlier is not how long it took
    scaled = on_one_scale(target, actual)
    if scaled is None:
        return None
    wanted, got = _same_unit(*scaled)
    if wanted.unit != got.unit and not comparable(
        measure_of_name(0, name, wanted), measure_of_name(0, name, got)
    ):
        return None
    same = (wanted.value, wanted.value_high) == (got.value, got.value_high)
    if same and wanted.comparator is got.comparator:
        return IndicatorStatus.MET
    if wanted.value < 0 and wanted.comparator is Comparator.EQUAL:
        return None  # -5% | -6%: which way is better, nobody can say
    # Nobody sets nought as the least to be reached: 0例 | 2例 is too many.
    less = not wanted.value or less_is_better(
        name + target_text, unit_class(wanted.unit)
    )
    verdict = compare(wanted, got, less_is_better=less)
    if verdict is Verdict.UNDETERMINED:
        return None
    return IndicatorStatus(verdict.value)


def only_answer(
    target: Quantity, found: Sequence[Quantity], actual_text: str
) -> Quantity | None:
    """The only one of several numbers that can answer: 3项 of 3项，完成率100%.

    None where several can, as in 校园22场、村寨28场.
    """
    remark = _REMARK.search(fold(actual_text))
    end = remark.start() if remark else len(actual_text)
    kind = unit_class(target.unit)
    fitting = [
        q for q in found if q.start < end and kind and unit_class(q.unit) == kind
    ]
    return fitting[0] if len(fitting) == 1 else None


def other_way(promised: str, told: str) -> bool:
    """Whether a rise was promised and a fall is told, or the reverse: 增长率 | 下降5%."""
    rise, fall = any_of("rises"), any_of("falls")
    if fall.search(told) and not rise.search(fall.sub("", told)):
        return bool(rise.search(promised)) and not fall.search(promised)
    if rise.search(told) and not fall.search(told):
        return bool(fall.search(promised)) and not rise.search(promised)
    return False


def _scale_in_doubt(target: Quantity, actual: Quantity, actual_text: str) -> bool:
    """Whether the two numbers may be told on different scales, so that none can judge.

    每月2次 | 24次 may be the whole year, ≥90% | 0.95 a share of one.
    """
    if target.unit == "%" and actual.unit is None:
        if not 0 < actual.value <= 1:
            return False
        share = actual.value * _HUNDRED
        near = target.value <= _NEAR * share and share <= _NEAR * target.value
        return near or target.value >= _HALF
    each = target.per is not None or "/" in (target.unit or "")
    if (
        not each
        or any_of("of_each").search(actual_text)
        or actual.value == target.value
    ):
        return False
    return actual.value >= _MANY * (target.value_high or target.value)


def _same_unit(target: Quantity, actual: Quantity) -> tuple[Quantity, Quantity]:
    """A bare number takes the other cell's unit; per words do not matter here.

    Neither does a 每人 that only the target prints: 3000元/人 | 3000元.
    """
    if target.per is not None:
        target = dataclasses.replace(target, per=None)
    if actual.per is not None:
        actual = dataclasses.replace(actual, per=None)
    if actual.unit is None or _is_same_but_each(target, actual):
        return target, dataclasses.replace(actual, unit=target.unit)
    if target.unit is None:
        return dataclasses.replace(target, unit=actual.unit), actual
    return target, actual


def _is_same_but_each(target: Quantity, actual: Quantity) -> bool:
    units = target.unit or "", actual.unit or ""
    if _VISITS.issuperset(units):
        return True
    if not units[0].startswith(f"{units[1]}/"):
        return False
    most = _MANY * target.value
    return target.value <= _MANY * actual.value and actual.value < most
