from __future__ import annotations

import logging
import pickle
from pathlib import Path

import pytest

from pipeline.api import Settings, analyze
from pipeline.cli.context import choose
from pipeline.errors import ConfigError
from pipeline.flagging import raise_flags
from pipeline.flagging.suppress import Suppression, drop_suppressed
from pipeline.messages import explain
from tests.unit.flagging.sketch import view_of

FORM = {"goal_text": "/", "total_score": "86.5", "rating": "优"}
BOTH = {"goal_missing", "rating_mismatch"}
UNIT = "某县 林业局"


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ({"code": "goal_missing"}, {"rating_mismatch"}),
        ({"unit": "某县林业局"}, set()),
        ({"unit": "某县水利局"}, BOTH),
        ({"path": "2021/*.pdf"}, set()),
        ({"path": "2022/*.pdf"}, BOTH),
        ({"code": "goal_missing", "path": "2022/*"}, BOTH),
        ({"code": "goal_missing", "unit": "某县林业局"}, {"rating_mismatch"}),
    ],
    ids=lambda v: str(sorted(v)) if isinstance(v, set) else str(v),
)
def test_an_entry_silences_what_fits_all_its_parts(
    entry: dict[str, str], left: set[str]
) -> None:
    flags = raise_flags(view_of(FORM))
    kept = drop_suppressed(
        flags, (Suppression(**entry),), units=(UNIT, None), path="2021/a.pdf"
    )
    assert {f.code for f in flags} == BOTH
    assert {f.code for f in kept} == left


def test_texts_without_a_document_have_no_path() -> None:
    flags = raise_flags(view_of(FORM))
    entries = (Suppression(path="*"),)
    assert drop_suppressed(flags, entries, units=(), path=None) == flags


def test_what_is_dropped_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    flags = raise_flags(view_of(FORM))
    with caplog.at_level(logging.INFO):
        drop_suppressed(flags, (Suppression("goal_missing"),), units=(), path="a.pdf")
    assert "a.pdf: 1 flags suppressed" in caplog.text


def test_configuration(tmp_path: Path) -> None:
    file = tmp_path / "jixiao.toml"
    file.write_text(
        '[[suppress]]\ncode = "goal_vague"\nunit = "某局"\n'
        '[[suppress]]\npath = "旧/*"\n',
        encoding="utf-8",
    )
    chosen = choose(lang=None, profile="auto", config=file)
    settings = chosen.settings()
    assert settings.profile == "auto"
    assert settings.suppress == (
        Suppression("goal_vague", "某局"),
        Suppression(path="旧/*"),
    )
    assert pickle.loads(pickle.dumps(settings)) == settings
    assert settings.config_hash() != Settings(profile="auto").config_hash()


@pytest.mark.parametrize(
    "text",
    [
        'suppress = ["goal_vague"]',
        "suppress = [{}]",
        '[[suppress]]\ncode = "no_such_flag"',
        "[[suppress]]\ncode = 3",
        '[[suppress]]\ncodes = "goal_vague"',
        'suppress = "goal_vague"',
    ],
)
def test_wrong_configuration_names_the_key(tmp_path: Path, text: str) -> None:
    file = tmp_path / "jixiao.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        choose(lang=None, profile=None, config=file)
    assert caught.value.exit_code == 9
    assert "suppress" in explain(caught.value)


def test_analyze_leaves_suppressed_flags_out() -> None:
    goal = "持续提升服务能力。"
    loud = analyze(goal_text=goal, outcome_text="修桥2座。")
    config = Settings(suppress=(Suppression("goal_vague"),))
    quiet = analyze(goal_text=goal, outcome_text="修桥2座。", config=config)
    assert {f.code for f in loud.flags} - {f.code for f in quiet.flags} == {
        "goal_vague"
    }
