"""``jixiao train`` and ``jixiao evaluate --plots`` as commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipeline.cli.entry import run_command
from pipeline.errors import ExitCode
from pipeline.resources import models_dir
from tests.unit.training.forms import write_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "a.jsonl")


def test_train_writes_where_it_is_told(corpus: Path, tmp_path: Path, capsys) -> None:
    pytest.importorskip("sklearn", reason="extra train is not installed")
    shipped = (models_dir() / "matching.toml").read_bytes()
    out = tmp_path / "new.toml"
    assert run_command(["train", str(corpus), "--out", str(out)]) == ExitCode.OK
    told = capsys.readouterr()
    assert "weights.local_coverage\t" in told.out
    assert "new.toml" in told.err
    assert out.read_bytes() != shipped
    assert (models_dir() / "matching.toml").read_bytes() == shipped


@pytest.mark.parametrize("part", ["matcher", "vague"])
def test_measure_compares_and_writes_nothing(tmp_path: Path, capsys, part: str) -> None:
    pytest.importorskip("sklearn", reason="extra train is not installed")
    shipped = (models_dir() / "matching.toml").read_bytes()
    write_corpus(tmp_path / "a.jsonl", range(5))
    fresh = write_corpus(tmp_path / "test9.jsonl", range(5, 6))
    words = ["train", str(tmp_path), "--part", part, "--measure", str(fresh)]
    assert run_command(words) == ExitCode.OK
    told = capsys.readouterr().out
    assert ("手工权重" if part == "matcher" else "规则") in told
    assert (models_dir() / "matching.toml").read_bytes() == shipped


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nowhere.jsonl"], ExitCode.NO_INPUT),
        (["--measure", "x.jsonl", "--out", "x"], ExitCode.USAGE),
        (["--part", "else"], ExitCode.USAGE),
    ],
    ids=["没有语料", "多余的 --out", "没有这一部分"],
)
def test_wrong_calls_say_what_to_do(capsys, words: list[str], code: ExitCode) -> None:
    assert run_command(["train", *words]) == code
    assert capsys.readouterr().err


def test_the_file_to_measure_on_teaches_nothing(corpus: Path, capsys) -> None:
    words = ["train", str(corpus), "--measure", str(corpus)]
    assert run_command(words) == ExitCode.NO_INPUT
    assert "不用于学习" in capsys.readouterr().err


def test_plots_are_written_as_svg(corpus: Path, tmp_path: Path, capsys) -> None:
    folder = tmp_path / "图"
    words = ["evaluate", str(corpus), "--plots", str(folder)]
    assert run_command(words) == ExitCode.OK
    told = capsys.readouterr()
    assert "匹配置信度" in told.out
    names = {"a-calibration.svg", "a-risk-coverage.svg"}
    assert {path.name for path in folder.iterdir()} == names
    for path in folder.iterdir():
        assert etree.parse(path).getroot().tag.endswith("svg")
        assert path.name in told.err
