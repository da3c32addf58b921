"""Typed reading of records that come as plain JSON.

A wrong type reads as absent: a report must show what is there, never fail on it.
"""

from __future__ import annotations

from collections.abc import Mapping

Json = Mapping[str, object]


def text(source: Json, key: str) -> str | None:
    """A non-empty string, or a number as it prints; None if there is none."""
    value = source.get(key)
    if isinstance(value, str):
        return value or None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return None


def integer(source: Json, key: str) -> int | None:
    """An integer, None if absent."""
    value = source.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def number(source: Json, key: str) -> float | None:
    """A number, or a string that prints one; None otherwise."""
    value = source.get(key)
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return None
    return None


def mapping(source: Json, key: str) -> Json:
    """An object, empty if absent."""
    value = source.get(key)
    return value if isinstance(value, Mapping) else {}


def objects(source: Json, key: str) -> tuple[Json, ...]:
    """A list of objects.

    A member of another type becomes an empty object, so that indexes stay valid.
    """
    value = source.get(key)
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(item if isinstance(item, Mapping) else {} for item in value)


def integers(source: Json, key: str) -> tuple[int, ...]:
    """A list of integers, others left out."""
    value = source.get(key)
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(v for v in value if isinstance(v, int) and not isinstance(v, bool))


def numbers(source: Json, key: str) -> tuple[float, ...]:
    """A list of numbers, others left out."""
    value = source.get(key)
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(
        float(v)
        for v in value
        if isinstance(v, (int, float)) and not isinstance(v, bool)
    )


def strings(source: Json, key: str) -> tuple[str, ...]:
    """A list of strings, others left out."""
    value = source.get(key)
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(v for v in value if isinstance(v, str))
