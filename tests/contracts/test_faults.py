"""Every fault has a test, every limit a line in the docs."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.contracts import write_faults

ROOT = Path(__file__).resolve().parents[2]
LIMITS = ("pipeline/sources/limits.py", "pipeline/runner/limits.py")


@pytest.mark.parametrize("fault", write_faults.FAULTS)
def test_every_fault_has_a_test_named_after_it(fault: int) -> None:
    assert write_faults.guards().get(fault), write_faults.FAULTS[fault]


def test_the_page_of_faults_is_up_to_date() -> None:
    text = write_faults.PAGE.read_text("utf-8")
    assert text == write_faults.page(), "python -m tests.contracts.write_faults"


def limits() -> dict[str, float]:
    """Every named limit with its value."""
    found: dict[str, float] = {}
    for name in LIMITS:
        for node in ast.parse((ROOT / name).read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                value = eval(compile(ast.Expression(node.value), name, "eval"))
                found[node.targets[0].id] = value
    return found


def shown(value: float) -> str:
    """A limit as the docs write it: bytes in MB, thousands apart."""
    if value >= 1024**2 and value % 1024**2 == 0:
        return f"{value / 1024**2:,.0f} MB"
    return f"{value:,.0f}"


@pytest.mark.parametrize("name", limits())
def test_every_limit_is_documented_with_its_value(name: str) -> None:
    text = (ROOT / "docs" / "limits.md").read_text("utf-8")
    (value,) = re.findall(rf"^\| `{name}` \| ([^|]+?) \|", text, re.MULTILINE)
    assert value == shown(limits()[name])
