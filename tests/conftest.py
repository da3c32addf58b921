"""In continuous integration a skipped test is a failed test.

Locally a missing browser or LibreOffice skips the tests that need it. Where CI
or JIXIAO_NO_SKIP is set, everything is installed on purpose, so a skip would
only hide that something was never run.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator

import pytest
from _pytest.terminal import TerminalReporter

OFF = ("", "0", "false", "no")
LONG = frozenset({"browser", "crash", "e2e", "suites", "torture"})


@pytest.fixture(autouse=True)
def _logging_and_warnings_restored() -> Iterator[None]:
    """The command silences both; a test that calls it must not silence the next."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with warnings.catch_warnings():
        yield
    root.handlers[:], root.level = handlers, level
    logging.getLogger("pipeline").setLevel(logging.NOTSET)


@pytest.fixture(autouse=True, scope="session")
def _cache_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Recognised pages of tests stay out of the user's own cache."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of few, long tests first, so that no worker ends alone with one of them."""
    items.sort(key=lambda item: LONG.isdisjoint(item.path.parts))


def skips_are_failures() -> bool:
    """Whether the environment asks that nothing be skipped."""
    return any(
        os.environ.get(name, "").lower() not in OFF for name in ("CI", "JIXIAO_NO_SKIP")
    )


def skipped(config: pytest.Config) -> list[tuple[str, str]]:
    """Test (or module, when skipped at import) and reason, in order of running."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if not isinstance(reporter, TerminalReporter):
        return []
    return [(r.nodeid, _reason(r)) for r in reporter.stats.get("skipped", [])]


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    longrepr = report.longrepr
    return str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Turn a green session with skips red."""
    green = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    if green and skips_are_failures() and skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: TerminalReporter, config: pytest.Config
) -> None:
    """List every skipped test loudly; locally just name the reasons."""
    left_out = skipped(config)
    if not left_out:
        return
    if not skips_are_failures():
        terminalreporter.section("skipped: not run on this machine", yellow=True)
        for reason in sorted({reason for _, reason in left_out}):
            terminalreporter.line(reason)
        return
    terminalreporter.section(
        f"{len(left_out)} SKIPPED TESTS COUNT AS FAILURES (CI)", red=True, bold=True
    )
    for nodeid, reason in left_out:
        terminalreporter.line(f"{nodeid}: {reason}", red=True)
