"""What a run came to: counts that add up to the inputs, and an exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.core.flag import Severity
from pipeline.errors import ExitCode

UNREADABLE = frozenset({"not_found", "no_permission", "not_a_regular_file"})
"""Reasons that say nothing could be opened at all (exit 1 if there is no other)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one input, as counted.

    ``unchanged`` says that an earlier run had done it (or, with ``--only-failed``,
    that it was not asked for). ``flags`` counts its flags by severity.
    """

    path: str
    status: str
    reason: str | None = None
    message: str = ""
    unchanged: bool = False
    replaced: bool = False
    forms: int = 0
    flags: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """``inputs == ok + partial + failed + skipped + unchanged``, always.

    ``failed`` also counts documents that failed in an earlier run and would fail
    again (same bytes, same program), as they still have no result.
    """

    ok: int = 0
    partial: int = 0
    failed: int = 0
    skipped: int = 0
    unchanged: int = 0
    opened: int = 0
    replaced: int = 0
    forms: int = 0
    flags: Mapping[str, int] = field(default_factory=dict)
    standing_flags: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def inputs(self) -> int:
        """Leaf documents (a container counts only when it fails itself)."""
        return self.ok + self.partial + self.failed + self.skipped + self.unchanged

    def flags_from(self, severity: Severity) -> int:
        """How many flags weigh at least ``severity``, unchanged documents included."""
        return sum(
            n
            for flags in (self.flags, self.standing_flags)
            for s, n in flags.items()
            if Severity(s).rank >= severity.rank
        )

    def counts(self) -> dict[str, int]:
        """The counts by name, for the table of runs."""
        names = ("inputs", "ok", "partial", "failed", "skipped", "unchanged", "forms")
        return {name: getattr(self, name) for name in names}

    def exit_code(self, fail_on: Severity | None = None) -> ExitCode:
        """The exit code of CONTRACT section 1."""
        if fail_on is not None and self.flags_from(fail_on):
            return ExitCode.FAIL_ON
        if not self.opened:
            return ExitCode.NO_INPUT
        return ExitCode.SOME_FAILED if self.failed else ExitCode.OK


class Tally:
    """Adds up outcomes to a Summary."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._flags: Counter[str] = Counter()
        self._standing: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()

    def add(self, outcome: Outcome) -> None:
        """Count one input, in exactly one class."""
        kind = outcome.status
        if outcome.unchanged and kind != "failed":
            kind = "unchanged"
        self._counts[kind] += 1
        self._counts["opened"] += outcome.reason not in UNREADABLE
        self._counts["replaced"] += outcome.replaced
        self._counts["forms"] += outcome.forms
        (self._standing if outcome.unchanged else self._flags).update(outcome.flags)
        if outcome.reason and kind != "unchanged":
            self._reasons[outcome.reason] += 1

    def add_flags(self, flags: Mapping[str, int]) -> None:
        """Count flags by severity that belong to no single input."""
        self._flags.update(flags)

    @property
    def finished(self) -> int:
        """How many inputs this run has finished so far."""
        counts = self._counts
        return sum(counts[k] for k in ("ok", "partial", "failed", "skipped"))

    def summary(self) -> Summary:
        """The counts so far."""
        counts = self._counts
        return Summary(
            ok=counts["ok"],
            partial=counts["partial"],
            failed=counts["failed"],
            skipped=counts["skipped"],
            unchanged=counts["unchanged"],
            opened=counts["opened"],
            replaced=counts["replaced"],
            forms=counts["forms"],
            flags=dict(sorted(self._flags.items())),
            standing_flags=dict(sorted(self._standing.items())),
            reasons=dict(sorted(self._reasons.items())),
        )
