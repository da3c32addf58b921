"""stderr for programs: every line one JSON object, whatever is said."""

from __future__ import annotations

import json
import logging

import pytest

from pipeline.cli import console, logs
from pipeline.cli.entry import run_command


@pytest.fixture(autouse=True)
def _back_to_text():
    yield
    console.use_json(False)


def lines(text: str) -> list[dict[str, object]]:
    found = [json.loads(line) for line in text.splitlines()]
    for line in found:
        assert list(line)[:3] == ["time", "level", "event"]
        assert str(line["time"]).endswith("Z")
    return found


ENDS = [
    (["run"], "usage"),
    (["没有"], "usage_no_such_command"),
    (["flags", "--config", "没有.toml"], "config_not_found"),
    (["analyze", "没有.jsonl"], "input_not_found"),
    (["export", "--to", "x.csv", "--db", "没有.db"], "store_missing"),
]


@pytest.mark.parametrize(
    ("by", "words", "event"),
    [
        *(("flag", *end) for end in ENDS),
        *(("environment", *end) for end in ENDS),
        *(("file", *end) for end in ENDS[3:]),  # the others end before it is read
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else v,
)
def test_whatever_ends_a_command_is_one_object(
    tmp_path, monkeypatch, capsys, by, words, event
):
    monkeypatch.chdir(tmp_path)
    if by == "flag":
        words = [*words, "--log-format", "json"]
    elif by == "environment":
        monkeypatch.setenv("JIXIAO_LOG_FORMAT", "json")
    else:
        (tmp_path / "jixiao.toml").write_text("log_format = 'json'", encoding="utf-8")
    assert run_command(words) != 0
    (line,) = lines(capsys.readouterr().err)
    assert (line["level"], line["event"]) == ("error", event)
    assert line["message"]


def test_a_document_has_a_line_of_its_own(capsys):
    console.use_json(True)
    console.report_line("甲/a\x1b\u202e.pdf", "corrupt", "坏\n了", status="failed")
    console.report("乙.pdf", status="ok", forms=2)
    text = capsys.readouterr().err
    assert "\x1b" not in text and "\u202e" not in text
    bad, good = lines(text)
    assert bad["document"] == "甲/a\x1b\u202e.pdf"
    assert (bad["level"], bad["reason"], bad["message"]) == (
        "error",
        "corrupt",
        "坏\n了",
    )
    assert (good["level"], good["event"], good["forms"]) == ("info", "document", 2)


@pytest.mark.parametrize("debug", [False, True])
def test_tracebacks_are_for_debugging_only(capsys, debug):
    logs.set_up(json=True, debug=debug)
    log = logging.getLogger("pipeline.runner.run")
    try:
        raise ValueError("postgresql://u:geheim@h/d")
    except ValueError:
        log.exception("坏.pdf: %s\n%s", "internal_error", "Traceback …", extra={"document": "坏.pdf", "event": "defect"})  # fmt: skip
    text = capsys.readouterr().err
    (line,) = lines(text)
    assert (line["event"], line["document"]) == ("defect", "坏.pdf")
    assert ("Traceback" in text) is debug
    assert "geheim" not in text


@pytest.mark.parametrize("json_lines", [False, True])
def test_passwords_never_reach_a_log(capsys, json_lines):
    logs.set_up(json=json_lines, debug=True)
    logging.getLogger("sqlalchemy").warning("cannot reach %s", "pg://u:geheim@h/d")
    told = capsys.readouterr().err
    assert "pg://u:***@h/d" in told and "geheim" not in told
