"""How well the content of a cell fits a role of the header."""

from __future__ import annotations

from pipeline.layout.column_roles import IGNORED
from pipeline.layout.evidence import Content

# Points are small numbers that ``align`` adds up; tuned on invented layouts, see tests.
IMPOSSIBLE = -8.0


def fit(content: Content, role: str) -> float:
    """Points of a content for a role: for > 0, against < 0, at least IMPOSSIBLE."""
    if role in IGNORED:
        return _ignored_points(content)
    return _SCORERS[role](content)


def _ignored_points(c: Content) -> float:
    if max(c.level1, c.level2) == 2 or c.status:
        return -3.0
    return 0.3 if c.number is not None or c.placeholder else 0.0


def _level1_points(c: Content) -> float:
    if c.level1:
        return 3.0 * c.level1
    if c.level2:
        return -4.0 if c.level2 == 2 else -1.5  # 预算管理 is a name of either level
    return -3.0 if c.han and not c.digits and c.length <= 12 else IMPOSSIBLE


def _level2_points(c: Content) -> float:
    if c.level2:
        return 3.0 * c.level2
    if c.level1:
        return -2.0
    if c.number is not None or c.status:
        return IMPOSSIBLE
    return -1.5 if c.han and c.length <= 12 else -4.0


def _level3_points(c: Content) -> float:
    if c.number is not None or c.operator:
        return -4.0
    if c.status:
        return -3.0
    if max(c.level1, c.level2) == 2:
        return -1.5
    if c.level1 or c.level2:
        return 1.0
    if c.placeholder:
        return -1.0
    return 1.5 if c.han else -0.5


def _target_points(c: Content) -> float:
    if c.status:
        return -2.0
    if c.operator:
        return -4.0
    if c.unit:
        return -1.0
    if max(c.level1, c.level2) == 2:
        return -4.0
    if c.placeholder:
        return 0.2
    if c.number is not None:
        return 0.6
    if c.digits:
        return 1.5
    return 0.5 if c.length <= 30 else -0.5


def _actual_points(c: Content) -> float:
    if c.status:
        return 4.0
    if c.operator or c.unit or max(c.level1, c.level2) == 2:
        return -4.0
    if c.placeholder:
        return 0.3
    if c.number is not None:
        return 0.6
    if c.digits:
        return 1.5
    return 0.4 if c.length <= 30 else -0.3


def _number_points(c: Content) -> float:
    if c.number is not None:
        return 2.5 if c.two_decimals else 2.0 if c.plain_number else 0.5
    return 0.5 if c.placeholder else IMPOSSIBLE


def _operator_points(c: Content) -> float:
    return 6.0 if c.operator else 0.3 if c.placeholder else -6.0


def _unit_points(c: Content) -> float:
    if c.unit:
        return 3.0
    if c.placeholder:
        return 0.4
    return 0.5 if c.han and not c.digits and c.length <= 4 and not c.status else -5.0


def _reason_points(c: Content) -> float:
    if c.status:
        return -3.0
    if max(c.level1, c.level2) == 2 or c.operator:
        return -4.0
    if c.placeholder:
        return 0.3
    if c.number is not None:
        return 0.1 if c.number == 0 else -3.0
    if c.reason:
        return 3.0
    return 1.0 if c.han else -0.5


_SCORERS = {
    "level1": _level1_points,
    "level2": _level2_points,
    "level3": _level3_points,
    "operator": _operator_points,
    "target": _target_points,
    "adjusted": _target_points,
    "unit": _unit_points,
    "actual": _actual_points,
    "actual_unit": _unit_points,
    "weight": _number_points,
    "score": _number_points,
    "reason": _reason_points,
}
