"""Flags before environment before file before defaults; secrets never shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli.config import show_settings
from pipeline.cli.context import Chosen
from pipeline.cli.settings import SETTINGS, Origin, effective
from pipeline.errors import ConfigError
from pipeline.messages import explain, hide_secrets
from tests.contracts.test_docs import text_of

TOML = 'lang = "en"\nworkers = 2\ndb = "a.db"\nprofile = "auto"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "jixiao.toml"
    path.write_text(TOML, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("flags", "environ", "key", "value", "origin", "place"),
    [
        ({}, {}, "workers", 2, Origin.FILE, "jixiao.toml"),
        ({}, {"JIXIAO_WORKERS": "3"}, "workers", 3, Origin.ENVIRONMENT, "JIXIAO_WORKERS"),
        ({"lang": "zh"}, {"JIXIAO_LANG": "en"}, "lang", "zh", Origin.FLAG, "--lang"),
        ({}, {"JIXIAO_DB": ""}, "db", "a.db", Origin.FILE, "jixiao.toml"),
        ({}, {}, "log_format", "text", Origin.DEFAULT, ""),
        ({"log_format": "json"}, {}, "log_format", "json", Origin.FLAG, "--log-format"),
    ],
)  # fmt: skip
def test_the_first_that_says_something_wins(
    file, flags, environ, key, value, origin, place
):
    found = effective(flags, environ, file)[key]
    assert (found.value, found.origin) == (value, origin)
    assert found.place.endswith(place)


def test_the_file_may_be_named_by_the_environment(file):
    values = effective({}, {"JIXIAO_CONFIG": str(file)}, None)
    assert values["db"].value == "a.db"
    with pytest.raises(ConfigError, match="config_not_found"):
        effective({}, {"JIXIAO_CONFIG": str(file) + "x"}, None)


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("JIXIAO_WORKERS", "two", "1, 2, 3"),
        ("JIXIAO_WORKERS", "0", "1, 2, 3"),
        ("JIXIAO_WORKERS", "-1", "1, 2, 3"),
        ("JIXIAO_LANG", "fr", "zh, en"),
        ("JIXIAO_LOG_FORMAT", "xml", "text, json"),
    ],
)
def test_a_wrong_variable_is_named_with_what_it_may_be(
    tmp_path, monkeypatch, variable, value, told
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError) as caught:
        effective({}, {variable: value}, None)
    sentence = explain(caught.value)
    assert variable in sentence and told in sentence


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_settings_are_shown_with_their_sources_and_without_passwords(capsys, lang):
    values = effective(
        {"lang": lang}, {"JIXIAO_DB": "postgresql://u:geheim@h/d"}, Path("/dev/null")
    )
    for as_json in (False, True):
        show_settings(Chosen(lang=lang, values=values), as_json=as_json)
        out = capsys.readouterr().out
        assert "geheim" not in out and "postgresql://u:***@h/d" in out
    shown = json.loads(out)
    assert set(shown) == {*(s.key for s in SETTINGS), "suppress"}
    assert shown["db"]["place"] == "JIXIAO_DB"
    assert shown["profile"]["origin"] == "default"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.key)
def test_every_setting_is_documented(setting):
    flag = f"`{setting.flag}` " if setting.flag else ""
    row = f"| `{setting.key}` | `{setting.variable}` | {flag}|"
    assert row in text_of("docs/operations.md")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://u:geheim@h/d", "postgresql://u:***@h/d"),
        ("postgresql://u:ge@he/im@h/d", "postgresql://u:***@h/d"),
        ("postgresql://:geheim@h", "postgresql://:***@h"),
        ("x://h/d?user=u&password=geheim&a=1", "x://h/d?user=u&password=***&a=1"),
        ("x://h/d?sslpassword=geheim", "x://h/d?sslpassword=***"),
        ("host=h PASSWORD = geheim dbname=d", "host=h PASSWORD = *** dbname=d"),
        ("连不上 pg://u:geheim@h/d：检查", "连不上 pg://u:***@h/d：检查"),
        ("a://u:geheim@h 'b://v:geheim@i'", "a://u:***@h 'b://v:***@i'"),
        ("sqlite:////data/甲@乙.db", "sqlite:////data/甲@乙.db"),
        ("postgresql://u@h:5432/d", "postgresql://u@h:5432/d"),
        ("12:30 a@b", "12:30 a@b"),
        ("bad url u:geheim@h", "bad url u:***@h"),
        ("12:30，a@b.cn", "12:30，a@b.cn"),
    ],
)
def test_passwords_are_starred_out(text, shown):
    assert hide_secrets(text) == shown
