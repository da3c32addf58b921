"""Values of our own hash and compare by what they hold, and copy like any dataclass."""

from __future__ import annotations

from dataclasses import replace

from pipeline.core.value import value


@value(frozen=True, slots=True)
class Point:
    x: int
    y: int = 0


def test_values_are_what_they_hold() -> None:
    assert Point(1) == Point(1, 0) != Point(1, 2)
    assert len({Point(1), Point(1, 0), Point(2)}) == 2
    assert replace(Point(1), y=3) == Point(1, 3)
    assert not hasattr(Point(1), "__dict__")
