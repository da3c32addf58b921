"""Pins, licences, make targets and CI: what a clean clone relies on."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.contracts.write_pins import acceptable

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
TARGETS = frozenset(
    [
        "setup",
        "demo",
        "test",
        "check",
        "evaluate",
        "bench",
        "format",
        "schema",
        "pins",
        "wheelhouse",
        "clean",
    ]
)

SKIPPING = (
    "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('no browser')\n"
)


def canonical(name: str) -> str:
    """A distribution name as registries compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements() -> list[str]:
    """Every name that pyproject.toml asks for, extras included."""
    project = PROJECT["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    names = [re.match(r"[\w.-]+", line) for lines in lists for line in lines]
    return [canonical(name[0]) for name in names if name]


def test_constraints_are_names_and_versions_only() -> None:
    wrong = [p for p in PINS if not re.fullmatch(r"[\w.-]+==[\w.]+", p)]
    assert PINS
    assert not wrong


@pytest.mark.parametrize("name", requirements())
def test_every_requirement_is_pinned(name: str) -> None:
    assert name in {canonical(pin.partition("==")[0]) for pin in PINS}, "make pins"


def test_every_pin_has_a_licence_that_we_take() -> None:
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if "|" in line]
    table = {f"{row[0]}=={row[1]}": row[2] for row in rows[2:]}
    assert sorted(table) == sorted(PINS), "make pins"
    assert not {pin: text for pin, text in table.items() if not acceptable(text)}


@pytest.mark.parametrize(
    "text", ["GPL-3.0-only", "AGPL-3.0", "GPLv2", "", "Proprietary"]
)
def test_other_licences_are_refused(text: str) -> None:
    assert not acceptable(text)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_help_names_every_target() -> None:
    done = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) >= TARGETS


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_the_wheelhouse_holds_pinned_wheels_of_existing_extras() -> None:
    done = subprocess.run(
        ["make", "-n", "wheelhouse"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    made = re.search(
        r"pip wheel .*-c constraints.txt -w out/wheelhouse '\.\[(.*)\]'", done.stdout
    )
    assert made
    assert set(made[1].split(",")) <= PROJECT["project"]["optional-dependencies"].keys()
    assert "--no-index --find-links wheelhouse" in done.stdout


@pytest.mark.parametrize("name", ["README.md", "README.en.md", "CONTRIBUTING.md"])
def test_make_targets_in_the_docs_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    rules = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    code = re.findall(r"`{1,3}([^`]+)`", text)
    named = {t for c in code for t in re.findall(r"^make ([a-z]+)", c, re.MULTILINE)}
    assert named
    assert named <= set(rules)


@pytest.mark.parametrize(
    ("environment", "code"),
    [({}, 0), ({"CI": "true"}, 1), ({"JIXIAO_NO_SKIP": "1"}, 1), ({"CI": "0"}, 0)],
    ids=["locally", "CI", "no skip", "CI off"],
)
def test_a_skip_fails_in_ci_only(
    tmp_path: Path, environment: dict[str, str], code: int
) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_skipping.py").write_text(SKIPPING, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path],
        cwd=tmp_path,
        env={"PATH": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "no browser" in done.stdout


def test_ci_runs_what_developers_run() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make check" in script
    assert "JIXIAO_NO_SKIP=1" in script
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
