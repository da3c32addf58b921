from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.core.flag import Severity
from pipeline.errors import ConfigError
from pipeline.flagging import load_profile, raise_flags
from pipeline.flagging.profiles import available_profiles
from pipeline.messages import explain
from tests.unit.flagging.sketch import view_of


def test_shipped_profiles() -> None:
    assert available_profiles() == ("guangxi", "hubei", "mof2018", "mof2020")
    default = load_profile()
    assert default.name == "mof2020"
    assert default.bands.partial == Decimal("0.6")
    assert load_profile("mof2018").bands.partial == Decimal("0.5")
    assert load_profile("hubei").execution_weight == 20
    assert load_profile("guangxi").overshoot.medium == Decimal("1.3")


@pytest.mark.parametrize("name", available_profiles())
def test_every_number_is_decimal(name: str) -> None:
    profile = load_profile(name)
    for part in (
        profile.bands,
        profile.tolerances,
        profile.overshoot,
        profile.execution,
    ):
        for item in fields(part):
            assert isinstance(getattr(part, item.name), (Decimal, type(None)))
    floors = [r.floor for r in profile.ratings]
    assert floors == sorted(floors, reverse=True) and floors[-1] == 0


def test_unknown_name_lists_the_known() -> None:
    with pytest.raises(ConfigError) as caught:
        load_profile("atlantis")
    assert "guangxi、hubei、mof2018、mof2020" in explain(caught.value)
    assert caught.value.exit_code == 9


def test_own_file_extends_a_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "本县.toml"
    path.write_text('extends = "guangxi"\n[bands]\nmet = 0.85\n', encoding="utf-8")
    profile = load_profile(str(path))
    assert profile.name == "本县"
    assert profile.bands.met == Decimal("0.85")
    assert profile.bands.partial == Decimal("0.6")
    assert profile.overshoot.zero_target == 30


@pytest.mark.parametrize(
    "text",
    [
        "bands = ",
        'extends = "mof2020"\n[bands]\nmet = "高"\n',
        'extends = "mof2020"\n[bands]\nfoo = 1\n',
        'title = "空"\n',
        'extends = "mof2020"\nratings = [{name="差",floor=0,words=[]},{name="优",floor=90,words=[]}]\n',
    ],
    ids=["语法", "不是数字", "多余的键", "缺项", "次序"],
)
def test_wrong_file_says_what_to_do(tmp_path: Path, text: str) -> None:
    path = tmp_path / "坏.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_profile(str(path))
    assert "坏.toml" in explain(caught.value)
    assert explain(caught.value, "en")


def test_a_circle_of_profiles_ends(tmp_path: Path) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(f'extends = "{two}"\n', encoding="utf-8")
    two.write_text(f'extends = "{one}"\n', encoding="utf-8")
    with pytest.raises(ConfigError):
        load_profile(str(one))


@pytest.mark.parametrize(
    ("profile", "severity"), [("mof2020", Severity.LOW), ("guangxi", Severity.MEDIUM)]
)
def test_overshoot_steps_follow_the_profile(profile: str, severity: Severity) -> None:
    row = {
        **{"name": "义诊", "target_text": "100人", "actual_text": "140人"},
        **{"target": ["100人", "=", 100, "人"], "actual": ["140人", "=", 140, "人"]},
        "status": "exceeded",
    }
    flags = raise_flags(view_of({"indicators": [row]}, profile=profile))
    (flag,) = [f for f in flags if f.code == "target_overshoot_unexplained"]
    assert flag.severity is severity
