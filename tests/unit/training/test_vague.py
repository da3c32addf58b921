"""The classifier of vague statements learns, the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.training.pairs import read_forms
from pipeline.training.vague import (
    Statement,
    figures,
    model_figures,
    plain_statements,
    rule_figures,
    train_vague,
)
from tests.unit.training.forms import CHECKABLE, VAGUE, write_corpus


def test_only_statements_without_a_number(tmp_path: Path) -> None:
    found = plain_statements(read_forms([write_corpus(tmp_path / "a.jsonl", range(4))]))
    assert sorted(s.text for s in found) == sorted([*VAGUE, *CHECKABLE])
    assert {s.text for s in found if s.vague} == set(VAGUE)
    assert rule_figures(found).f1 == 1.0


def test_it_learns_and_repeats_itself() -> None:
    known = [Statement(t, t in VAGUE, True) for t in (*VAGUE, *CHECKABLE)]
    first, second = train_vague(known), train_vague(known)
    assert model_figures(first, known).f1 == 1.0
    for statement in known:
        assert first(statement.text).cats == second(statement.text).cats


@pytest.mark.parametrize(
    ("said", "right", "found"),
    [
        ([True, True, False], [True, False, True], (0.5, 0.5, 0.5)),
        ([False, False], [True, False], (0.0, 0.0, 0.0)),
        ([], [], (0.0, 0.0, 0.0)),
    ],
    ids=["一半", "都没说", "空"],
)
def test_figures(
    said: list[bool], right: list[bool], found: tuple[float, float, float]
) -> None:
    result = figures(said, right)
    assert (result.precision, result.recall, result.f1) == found
