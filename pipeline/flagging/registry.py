"""Which function raises which flag."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from decimal import Decimal

from pipeline.core.flag import Evidence, Severity
from pipeline.core.value import value
from pipeline.flagging.view import FormView


@value(frozen=True, slots=True)
class Finding:
    """What a rule found; the catalogue adds name, basis and sentence.

    ``values`` fill the catalogue's message (``variant`` picks ``message_VARIANT``).
    ``severity`` and ``confidence`` replace the catalogue's where given.
    ``rests_on`` names further fields that the rule used but does not show.
    """

    evidence: tuple[Evidence, ...]
    values: Mapping[str, str | int | Decimal] = field(default_factory=dict)
    severity: Severity | None = None
    confidence: float | None = None
    variant: str = ""
    rests_on: tuple[str, ...] = ()


Check = Callable[[FormView], Iterable[Finding]]

_CHECKS: dict[str, Check] = {}


def flag(code: str) -> Callable[[Check], Check]:
    """Register a function as the rule behind a flag code of models/flags.toml."""

    def register(check: Check) -> Check:
        if code in _CHECKS:
            raise ValueError(f"two rules for flag {code!r}")
        _CHECKS[code] = check
        return check

    return register


def checks() -> Mapping[str, Check]:
    """Every registered rule by its code (the group modules must be imported)."""
    return dict(_CHECKS)
