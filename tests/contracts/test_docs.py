"""Docs fail the build when they lag behind the program."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.entry import command_tree
from pipeline.errors import REASONS, ExitCode
from pipeline.flagging import load_catalogue
from tests.contracts import example, write_schema
from tests.contracts.test_record_schema import FIELDS
from tests.helpers.invariants import assert_record

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.en.md")
FOLDERS = ("pipeline", "models", "corpus", "tests", "docs")
CODES = [str(int(code)) for code in ExitCode]


def text_of(name: str) -> str:
    """A file of the checkout."""
    return (ROOT / name).read_text(encoding="utf-8")


def options(one: Any) -> set[str]:
    """The options of a command and of its own commands (db upgrade)."""
    found = {option for parameter in one.params for option in parameter.opts}
    for child in getattr(one, "commands", {}).values():
        found |= options(child)
    return found


def commands() -> dict[str, set[str]]:
    """Each command with the options that it takes."""
    return {name: options(one) for name, one in command_tree().commands.items()}


def named_commands(text: str) -> list[tuple[str, str]]:
    """Command and rest of the line, for every ``jixiao …`` in code of a text."""
    code = re.findall(r"`([^`]+)`", re.sub(r"```\w*", "`", text))
    lines = [line for block in code for line in block.splitlines()]
    return [
        (found[1], line[found.end() :])
        for line in lines
        if (found := re.search(r"(?<![\w/-])(?:\.venv/bin/)?jixiao ([a-z-]+)", line))
    ]


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented(readme: str, name: str) -> None:
    assert name in {found for found, _ in named_commands(text_of(readme))}


@pytest.mark.parametrize("readme", [*READMES, "CONTRIBUTING.md", "docs/record.md"])
def test_documented_commands_and_options_exist(readme: str) -> None:
    known = commands()
    everywhere = {option for one in command_tree().params for option in one.opts}
    for name, rest in named_commands(text_of(readme)):
        assert name in known, f"{readme}: jixiao {name}"
        used = set(re.findall(r"(?<!\S)\[?(--[a-z-]+|-[a-z])(?![\w-])", rest))
        unknown = used - known[name] - everywhere - {"--help"}
        assert not unknown, f"{readme}: jixiao {name} {unknown}"


@pytest.mark.parametrize("name", [*READMES, "docs/errors.md"])
def test_every_exit_code_is_documented(name: str) -> None:
    rows = set(re.findall(r"^\| `?(\d+)`? \|", text_of(name), re.MULTILINE))
    assert set(CODES) <= rows


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_is_documented(reason: str) -> None:
    assert f"`{reason}`" in text_of("docs/errors.md")


@pytest.mark.parametrize("code", load_catalogue())
def test_every_flag_is_documented(code: str) -> None:
    assert f"`{code}`" in text_of("docs/flags.md")


def test_every_field_of_the_record_is_documented() -> None:
    text = text_of("docs/record.md")
    fields = {name for names in FIELDS.values() for name in names.split()}
    assert not {name for name in fields if f"`{name}`" not in text}


def test_the_record_shown_in_the_docs_is_real() -> None:
    assert write_schema.shown() in text_of("docs/record.md"), "run: make schema"
    record = json.loads(write_schema.shown().strip("`").removeprefix("json"))
    assert_record(record)
    assert record == example.record().to_dict()


def pages() -> list[str]:
    """Our Markdown files."""
    names = [*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "corpus/GUIDELINE.md"]
    names += ["corpus/README.md", "models/MODEL_CARD.md"]
    return names + [
        p.relative_to(ROOT).as_posix() for p in (ROOT / "docs").glob("*.md")
    ]


def links() -> list[tuple[str, str]]:
    """Relative links of our Markdown files."""
    return [
        (name, target)
        for name in pages()
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text_of(name))
    ]


def named_paths() -> list[tuple[str, str]]:
    """Paths of ours in code of the Markdown files; the changelog tells of the past."""
    path = rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*?)(?:::\w+)?`"
    return [
        (name, target)
        for name in pages()
        if name != "CHANGELOG.md"
        for target in sorted(set(re.findall(path, text_of(name))))
    ]


@pytest.mark.parametrize(("name", "target"), named_paths())
def test_paths_in_the_docs_exist(name: str, target: str) -> None:
    assert (ROOT / target).exists()


@pytest.mark.parametrize(("name", "target"), links())
def test_links_lead_somewhere(name: str, target: str) -> None:
    assert ((ROOT / name).parent / target).exists()
