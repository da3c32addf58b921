"""Taking parts of the matcher away."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.training.compare import link_counts
from pipeline.training.pairs import form_pairs, leave_one_out, read_forms
from tests.bench.variations import ablate, variations
from tests.unit.training.forms import write_corpus


def test_every_variation_measures_every_file_but_twins(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="extra train is not installed")
    files = [
        write_corpus(tmp_path / f"{name}.jsonl", forms)
        for name, forms in (("a", range(5)), ("b", range(1, 6)), ("twins", range(1)))
    ]
    results = list(ablate(files))
    assert [r.name for r in results] == [v.name for v in variations()]
    for result in results:
        assert {name: len(forms) for name, forms in result.counts.items()} == {
            "a": 5,
            "b": 5,
        }
        assert sum(c["verdict.gold"] for c in result.forms) == 26


def test_a_file_never_teaches_itself(tmp_path: Path) -> None:
    read = {n: read_forms([write_corpus(tmp_path / f"{n}.jsonl")]) for n in "ab"}
    read["twins"] = read["a"][:1]
    for name, learned, held_out in leave_one_out(read):
        assert held_out is read[name]
        own = {id(form) for form in held_out} - {id(form) for form in read["twins"]}
        assert not own & {id(form) for form in learned}
        assert len(learned) == 7


def test_variations_really_change_something(tmp_path: Path) -> None:
    (form, *_) = read_forms([write_corpus(tmp_path / "a.jsonl")])
    by_name = {v.name: v for v in variations()}
    gated = form_pairs(form)
    ungated = form_pairs(form, **by_name["no_unit_gate"].seen)
    assert len(ungated.places) > len(gated.places)
    counts = link_counts([form], {"join": lambda *_: {}})
    assert counts["link.said"] == 0
    assert link_counts([form], by_name["no_groups"].steps)["link.said"] == 2
