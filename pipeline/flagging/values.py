"""Printed numbers, reasons and comparisons, exact and cautious."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from pipeline.core.link import IndicatorStatus, Verdict
from pipeline.core.quantity import Comparator, Quantity
from pipeline.core.record import IndicatorRecord
from pipeline.flagging.catalogue import cue
from pipeline.matching.row_scale import on_one_scale
from pipeline.matching.verdicts import less_is_better

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_BELOW = (Comparator.LESS, Comparator.AT_MOST)
_CAP = (Comparator.AT_MOST, Comparator.LESS)
PERSONS = frozenset(("人", "名", "位"))
_RATES = frozenset(("%", "％", "‰", "百分点"))
# How long something takes, or how long it is kept up: nobody knows from the unit.
_WAITS = frozenset(("小时", "个小时", "分钟", "秒", "秒钟", "工作日", "个工作日"))
# Units that are scaled against each other; a bare ratio across two would be wrong.
_SCALED = frozenset(
    [
        "公里",
        "千米",
        "米",
        "km",
        "m",
        "亩",
        "公顷",
        "平方米",
        "㎡",
        "m²",
        "平方公里",
        "吨",
        "公斤",
        "千克",
        "克",
        "斤",
        "度",
        "千瓦时",
        "小时",
        "分钟",
        "秒",
        "天",
        "日",
        "工作日",
        "周",
        "个月",
        "月",
        "季度",
        "年",
        "元",
        "美元",
        "元/人·月",
        "立方米",
        "升",
    ]
)


@lru_cache(maxsize=4096)
def amount(text: str | None) -> Decimal | None:
    """A printed number (10.00, 98%, 5分) as Decimal; None for anything else."""
    if text is None:
        return None
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    plain = "".join(plain.split()).removesuffix("分").removesuffix("%")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def unit_of(text: str | None) -> Decimal:
    """One unit of the last printed place: 0.01 for 10.00, 1 for 10."""
    places = len(text.partition(".")[2].rstrip("%％分 ")) if text else 0
    return Decimal(1).scaleb(-places)


def shown(value: Decimal, places: int = 2) -> str:
    """A recomputed number for a message: at most two decimals, no trailing zeros."""
    text = f"{round(value, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_blank(text: str | None) -> bool:
    """Whether a cell says nothing: empty, 无, 0, /, — and their like."""
    return text is None or _is_blank(text)


@lru_cache(maxsize=4096)
def _is_blank(text: str) -> bool:
    return cue("blank").fullmatch("".join(text.split())) is not None


@lru_cache(maxsize=4096)
def is_unfilled(text: str | None) -> bool:
    """Whether a value cell holds nothing or a placeholder; 无 may mean none happened."""
    plain = "".join((text or "").split())
    return cue("no_target").fullmatch(plain) is not None


def has_digit(text: str | None) -> bool:
    """Whether any decimal digit (of any width) stands in the text."""
    return text is not None and _DIGIT.search(text) is not None


def is_rate(unit: str | None) -> bool:
    """Percent and its like."""
    return unit in _RATES


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two values may be set against each other without conversion.

    Rates go with rates of the same unit, scaled units (公里, 亩, 元) only with
    themselves, counts with counts; a per-unit value only with the same one.
    """
    if a.per != b.per:
        return False
    if a.unit == b.unit:
        return True
    if is_rate(a.unit) or is_rate(b.unit) or a.unit is None or b.unit is None:
        return False
    return a.unit not in _SCALED and b.unit not in _SCALED


_JUDGED = (IndicatorStatus.MET, IndicatorStatus.EXCEEDED, IndicatorStatus.SHORTFALL)


def numbers_of(row: IndicatorRecord) -> tuple[Quantity, Quantity] | None:
    """The target and the actual value of a row; None where either was not read.

    Where the row could be judged, a bare number is on the scale of the other and in
    its unit: 36万亩 | 35 gives 360000 and 350000 亩.
    """
    target, actual = row.target, row.actual
    if target is None or actual is None:
        return None
    if row.status not in _JUDGED or (scaled := on_one_scale(target, actual)) is None:
        return target, actual
    target, actual = scaled
    if actual.unit is None:
        return target, replace(actual, unit=target.unit)
    return (target if target.unit else replace(target, unit=actual.unit)), actual


def achieved(outcomes: Iterable[Quantity]) -> Decimal:
    """What several outcomes amount to: the worst of rates, the sum of counts."""
    values = tuple(outcomes)
    if any(is_rate(o.unit) for o in values):
        return min(o.value for o in values)
    return sum((o.value for o in values), Decimal(0))


def judge(
    target: Quantity, outcomes: tuple[Quantity, ...], *, name: str = ""
) -> Verdict | None:
    """The verdict of the guideline for plain cases; None when in doubt.

    ``name`` is the indicator's with its levels: a bare target of cost, accidents,
    complaints or time has no sure direction here and is not judged.
    """
    if not outcomes or not all(comparable(target, o) for o in outcomes):
        return None
    bare = target.comparator in (Comparator.EQUAL, Comparator.APPROX)
    if bare and _direction_open(target, name):
        return None
    value = achieved(outcomes)
    if target.comparator in _CAP:
        below = value < target.value
        equal = value == target.value and target.comparator is Comparator.AT_MOST
        return Verdict.MET if below or equal else Verdict.SHORTFALL
    if value >= target.value and any(o.comparator in _BELOW for o in outcomes):
        # 未达到90%, 不到90%: less than so much, and nobody knows how much.
        under = all(o.comparator is Comparator.LESS for o in outcomes)
        return Verdict.SHORTFALL if under and value == target.value else None
    high = target.value_high if target.value_high is not None else target.value
    if value > high:
        return Verdict.EXCEEDED
    if value < target.value or target.comparator is Comparator.MORE:
        return _at_edge(target, outcomes, value)
    return Verdict.MET


def _direction_open(target: Quantity, name: str) -> bool:
    if cue("less_is_better").search(name) or less_is_better(name):
        return True
    return target.unit in _WAITS


def _at_edge(
    target: Quantity, outcomes: tuple[Quantity, ...], value: Decimal
) -> Verdict | None:
    """Not above the target: a shortfall, unless the outcome is only a bound."""
    loose = any(
        o.comparator in (Comparator.AT_LEAST, Comparator.MORE, Comparator.APPROX)
        for o in outcomes
    )
    if loose:
        return None if value < target.value else Verdict.MET
    return Verdict.SHORTFALL
