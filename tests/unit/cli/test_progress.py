"""Rate and time left against a clock of our own; lines for programs."""

from __future__ import annotations

import json

import pytest

from pipeline.cli import console, progress
from pipeline.cli.progress import Pace, duration, pace_text, watching
from pipeline.runner.summary import Outcome


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_nothing_is_known_before_the_first_document(clock):
    pace = Pace(10, clock)
    assert (pace.per_hour(), pace.seconds_left()) == (None, None)
    pace.step()  # in no time at all
    assert pace.per_hour() is None


def test_rate_and_time_left(clock):
    pace = Pace(10, clock)
    for _ in range(4):
        clock.now += 2
        pace.step()
    assert (pace.per_hour(), pace.seconds_left()) == (1800, 12)


def test_the_rate_follows_the_last_minute_only(clock):
    pace = Pace(1000, clock)
    for _ in range(100):  # done already: skipped in no time
        clock.now += 0.01
        pace.step()
    for _ in range(20):
        clock.now += 10
        pace.step()
    assert pace.per_hour() == 360
    assert len(pace.marks) < 20


def test_more_documents_than_were_counted(clock):
    pace = Pace(1, clock)
    for _ in range(3):
        clock.now += 1
        pace.step()
    assert (pace.total, pace.seconds_left()) == (3, 0)


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (0, "0秒", "0 s"),
        (59, "59秒", "59 s"),
        (60, "1分0秒", "1 min 0 s"),
        (3600, "1小时0分", "1 h 0 min"),
        (200_000, "55小时33分", "55 h 33 min"),
    ],
)
def test_duration(seconds, zh, en):
    assert (duration(seconds, "zh"), duration(seconds, "en")) == (zh, en)


def test_pace_in_words():
    assert pace_text(1200, 180, "zh") == "每小时 1200 份，还需约 3分0秒"
    assert pace_text(1200, 180, "en") == "1200 an hour, about 3 min 0 s left"
    assert pace_text(None, None, "zh") == ""


@pytest.mark.parametrize("log_as_json", [False, True])
def test_lines_for_programs(monkeypatch, capsys, clock, log_as_json):
    monkeypatch.setattr(progress, "Pace", lambda total: Pace(total, clock))
    console.use_json(log_as_json)
    try:
        with watching(4, style="json", lang="zh") as watch:
            for i, status in enumerate(("ok", "failed", "ok", "skipped")):
                clock.now += 0.6
                watch(Outcome(f"{i}.txt", status, reason="corrupt" if i == 1 else None))
    finally:
        console.use_json(False)
    lines = [x for x in capsys.readouterr().err.splitlines() if x.startswith("{")]
    found = [x for x in map(json.loads, lines) if x["event"] == "progress"]
    assert [x["done"] for x in found] == [0, 1, 3, 4]
    assert found[0] | {"time": ""} == {
        "time": "",
        "level": "info",
        "event": "progress",
        "done": 0,
        "total": 4,
        "failed": 0,
        "per_hour": None,
        "seconds_left": None,
    }
    assert (found[-1]["failed"], found[-1]["per_hour"]) == (1, 6000)


def test_an_interrupted_run_tells_its_last_state(capsys):
    with pytest.raises(KeyboardInterrupt), watching(9, style="json", lang="zh") as w:
        w(Outcome("a.txt", "ok"))
        raise KeyboardInterrupt
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["done"] == 1


@pytest.mark.parametrize("style", ["auto", "none"])
def test_nothing_but_failures_where_nobody_looks_on(capsys, style):
    with watching(2, style=style, lang="zh") as watch:
        watch(Outcome("a.txt", "ok"))
        watch(Outcome("b.txt", "failed", "empty", "空"))
    assert capsys.readouterr().err == "b.txt\tempty\t空\n"
