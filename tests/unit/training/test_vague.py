"""The classifier of vague statements learns, the same each time."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from spacy.tokens import Doc

from pipeline.language import vague_words
from pipeline.language.segment import words
from pipeline.training.pairs import read_forms
from pipeline.training.vague import (
    Statement,
    figures,
    learned_weights,
    model_figures,
    plain_statements,
    rule_figures,
    train_vague,
    write_weights,
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


def test_written_weights_say_what_the_classifier_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = [Statement(t, t in VAGUE, True) for t in (*VAGUE, *CHECKABLE)]
    model = train_vague(known)
    write_weights(tmp_path / "w.tsv", learned_weights(model, known), source="test")
    lines = (tmp_path / "w.tsv").read_text(encoding="utf-8").splitlines()
    written = tuple(line for line in lines if not line.startswith("#"))
    monkeypatch.setattr(vague_words, "load_lines", lambda _: written)
    vague_words._weights.cache_clear()
    try:
        for statement in known:
            odds_found = vague_words.weight_of(words(statement.text))
            assert (odds_found > 0) is statement.vague
            found = [w for w in words(statement.text) if not w.isspace()]
            cats = model.get_pipe("textcat")(Doc(model.vocab, found)).cats
            odds = math.log(cats["VAGUE"] / cats["CHECKABLE"])
            # Grams below LIGHTEST are left out.
            assert vague_words.weight_of(found) == pytest.approx(odds, abs=0.2)
    finally:
        vague_words._weights.cache_clear()


def test_the_same_weights_are_written_each_time(tmp_path: Path) -> None:
    known = [Statement(t, t in VAGUE, True) for t in (*VAGUE, *CHECKABLE)]
    for name in ("a", "b"):
        weights = learned_weights(train_vague(known), known)
        write_weights(tmp_path / name, weights, source="test")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


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
