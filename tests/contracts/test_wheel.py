"""An installed wheel holds all that a checkout has at run time."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def files(folder: str) -> Iterator[str]:
    """Relative names of what belongs into the wheel."""
    for path in (ROOT / folder).rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel as built by our own backend, without a network."""
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"]
    done = subprocess.run(
        [*build, str(target)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (built,) = target.glob("jixiao-*.whl")
    return zipfile.ZipFile(built)


def test_every_module_template_and_migration_is_inside(wheel: zipfile.ZipFile) -> None:
    missing = set(files("pipeline")) - set(wheel.namelist())
    assert not missing


def test_the_rule_data_is_inside(wheel: zipfile.ZipFile) -> None:
    wanted = {f"pipeline/_{name}" for name in files("models")}
    assert wanted
    assert not wanted - set(wheel.namelist())


@pytest.mark.parametrize(
    ("folder", "suffix"),
    [
        ("pipeline/_models/profiles/", ".toml"),
        ("pipeline/store/migrations/versions/", ".py"),
        ("pipeline/review/templates/", ".html"),
    ],
)
def test_folders_that_a_build_easily_forgets(
    wheel: zipfile.ZipFile, folder: str, suffix: str
) -> None:
    inside = [n for n in wheel.namelist() if n.startswith(folder)]
    assert any(n.endswith(suffix) for n in inside), folder


def test_nothing_else_is_inside(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {t for t in tops if not t.endswith(".dist-info")} == {"pipeline"}


def test_the_command_is_declared(wheel: zipfile.ZipFile) -> None:
    (points,) = (n for n in wheel.namelist() if n.endswith("entry_points.txt"))
    assert "jixiao = pipeline.cli:main" in wheel.read(points).decode()
