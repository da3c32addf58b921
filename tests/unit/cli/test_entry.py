from __future__ import annotations

import pytest

from pipeline.cli import app, console, entry
from pipeline.cli.console import fold
from pipeline.cli.errors_page import errors_page
from pipeline.errors import ExitCode, StorageError
from pipeline.interrupt import Interrupted, Terminated
from tests.e2e.command import ROOT


@pytest.mark.parametrize(
    ("words", "hoisted"),
    [
        (["run", "x", "--lang", "en"], ["--lang", "en", "run", "x"]),
        (["run", "--lang=en", "x"], ["--lang=en", "run", "x"]),
        (["run", "x", "--debug"], ["--debug", "run", "x"]),
        (["run", "--", "--lang"], ["run", "--", "--lang"]),
        (["run", "--lang"], ["--lang", "run"]),
        (["--profile", "a", "run", "x"], ["--profile", "a", "run", "x"]),
    ],
    ids=lambda v: " ".join(v),
)
def test_global_options_may_stand_anywhere(words, hoisted):
    assert entry.hoist(words) == hoisted


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ZeroDivisionError("1/0"), ExitCode.INTERNAL),
        (StorageError("file_access", detail="x"), ExitCode.STORAGE),
        (OSError(28, "No space left on device"), ExitCode.STORAGE),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
        (Terminated(), ExitCode.TERMINATED),
        (Interrupted(ExitCode.TERMINATED, 3), ExitCode.TERMINATED),
    ],
    ids=lambda v: type(v).__name__ if isinstance(v, BaseException) else "",
)
def test_every_way_to_end_has_its_exit_code(monkeypatch, capsys, error, code):
    def fail(_context):
        raise error

    monkeypatch.setattr(app, "_chosen", fail)
    assert entry.run_command(["flags"]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err
    assert "Traceback" not in told.err


def test_debug_shows_the_traceback_of_a_defect(monkeypatch, capsys):
    def fail(_context):
        raise ZeroDivisionError

    monkeypatch.setattr(app, "_chosen", fail)
    assert entry.run_command(["flags", "--debug"]) == ExitCode.INTERNAL
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert "报告给我们" in told


def test_errors_page_is_in_step():
    stored = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    assert stored == errors_page(), (
        "python -m pipeline.cli.errors_page > docs/errors.md"
    )


def test_errors_page_names_every_exit_code():
    page = errors_page()
    for code in ExitCode:
        assert f"| {int(code)} |" in page


@pytest.mark.parametrize(
    ("text", "width", "folded"),
    [
        ("培训了4000人次", 8, "培训了\n4000人次"),
        ("完成率≥95.5%以上", 8, "完成率\n≥95.5%以\n上"),
        ("一二三四。", 8, "一二三\n四。"),
        ("甲\n乙", 8, "甲\n乙"),
        ("123456789012", 8, "12345678\n9012"),
        ("ab cd", 3, "ab\ncd"),
        ("\x1b[1m", 8, "\\x1b[1m"),
        ("", 8, ""),
    ],
    ids=["数字完整", "符号相连", "标点", "换行", "超长", "空格", "控制符", "空"],
)
def test_fold(text, width, folded):
    assert fold(text, width) == folded


def test_report_line_is_one_line(capsys):
    console.report_line("a\tb", "corrupt", "一\n二", status="failed")
    assert capsys.readouterr().err == "a\\x09b\tcorrupt\t一\\x0a二\n"
