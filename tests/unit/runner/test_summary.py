from __future__ import annotations

import pytest

from pipeline.core.flag import Severity
from pipeline.errors import ExitCode
from pipeline.runner.summary import Outcome, Tally


def tally(*outcomes: Outcome):
    result = Tally()
    for outcome in outcomes:
        result.add(outcome)
    return result.summary()


OK = Outcome("a", "ok", forms=1, flags={"high": 1, "low": 2})
DONE = Outcome("b", "ok", unchanged=True)
DONE_FLAGGED = Outcome("b", "ok", unchanged=True, flags={"medium": 1})
FAILED = Outcome("c", "failed", "corrupt")
FAILED_BEFORE = Outcome("c", "failed", "corrupt", unchanged=True)
MISSING = Outcome("d", "failed", "not_found")
SKIPPED = Outcome("e", "skipped", "no_form")
PARTIAL = Outcome("f", "partial", "too_many_pages", forms=2)


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([OK], ExitCode.OK),
        ([DONE], ExitCode.OK),
        ([SKIPPED], ExitCode.OK),
        ([PARTIAL], ExitCode.OK),
        ([], ExitCode.NO_INPUT),
        ([MISSING, MISSING], ExitCode.NO_INPUT),
        ([FAILED], ExitCode.SOME_FAILED),
        ([OK, FAILED], ExitCode.SOME_FAILED),
        ([OK, MISSING], ExitCode.SOME_FAILED),
        ([OK, FAILED_BEFORE], ExitCode.SOME_FAILED),
    ],
    ids=lambda v: v.name if isinstance(v, ExitCode) else "+".join(o.status for o in v),
)
def test_exit_code(outcomes, code):
    assert tally(*outcomes).exit_code() == code


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        (Severity.HIGH, ExitCode.FAIL_ON),
        (Severity.LOW, ExitCode.FAIL_ON),
        (None, ExitCode.SOME_FAILED),
    ],
)
def test_fail_on_wins_over_failures(fail_on, code):
    assert tally(OK, FAILED).exit_code(fail_on) == code


def test_fail_on_counts_flags_of_unchanged_documents():
    summary = tally(DONE_FLAGGED)
    assert summary.exit_code(Severity.MEDIUM) == ExitCode.FAIL_ON
    assert summary.exit_code(Severity.HIGH) == ExitCode.OK
    assert summary.flags == {}


def test_counts_add_up_to_the_inputs():
    everything = [OK, DONE, FAILED, FAILED_BEFORE, MISSING, SKIPPED, PARTIAL]
    summary = tally(*everything)
    assert summary.inputs == len(everything)
    assert summary.counts() == {
        "inputs": 7,
        "ok": 1,
        "partial": 1,
        "failed": 3,
        "skipped": 1,
        "unchanged": 1,
        "forms": 3,
    }
    assert summary.reasons == {
        "corrupt": 2,
        "no_form": 1,
        "not_found": 1,
        "too_many_pages": 1,
    }
