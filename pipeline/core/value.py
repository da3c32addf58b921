"""Values of our own that never change, made fast.

``dataclass(frozen=True)`` looks for every field of every object whether it may be set,
which takes four times as long as setting it. Of values that no caller ever sees, mypy
alone checks that nobody does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from collections.abc import Callable
    from dataclasses import dataclass

    _T = TypeVar("_T")

    def value(*, frozen: bool, slots: bool) -> Callable[[type[_T]], type[_T]]:
        """``dataclass`` for values of our own; they hash and compare like frozen ones."""
        return dataclass(slots=slots, unsafe_hash=frozen)


__all__ = ["value"]
