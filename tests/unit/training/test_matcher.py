"""Training the pair scorer: what it learns, what it must not, what it writes."""

from __future__ import annotations

import sys
import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import ConfigError, DependencyError, ExitCode, NoInputError
from pipeline.matching.coefficients import coefficients_of, shipped
from pipeline.matching.features import FEATURES
from pipeline.messages import explain
from pipeline.resources import load_toml, models_dir
from pipeline.training import fit
from pipeline.training.compare import (
    f1,
    link_counts,
    with_coefficients,
)
from pipeline.training.matcher import hand_set, train_matcher, write_coefficients
from pipeline.training.pairs import (
    corpus_hash,
    form_pairs,
    read_forms,
    training_files,
)
from tests.bench.ablation import difference_interval
from tests.unit.training.forms import write_corpus

TODAY = date(2024, 5, 6)


def need_sklearn() -> None:
    pytest.importorskip("sklearn", reason="extra train is not installed")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "a.jsonl")


def test_pairs_are_candidates_with_their_gold(corpus: Path) -> None:
    (form, *_) = read_forms([corpus])
    pairs = form_pairs(form)
    assert pairs.shape == (3, 2)
    assert pairs.features.shape == (len(pairs.places), len(FEATURES))
    linked = {(int(i), int(j)) for i, j in pairs.places[pairs.linked]}
    assert linked == {(0, 1), (1, 0)}  # outcomes are told in reverse


def test_held_out_files_are_never_learned_from(tmp_path: Path) -> None:
    for name in ("train", "test", "test3", "test5", "test99"):
        write_corpus(tmp_path / f"{name}.jsonl")
    # test3 to test5 have been looked at and serve for development.
    assert [f.stem for f in training_files(tmp_path)] == [
        "test3",
        "test5",
        "train",
    ]
    with pytest.raises(NoInputError) as caught:
        training_files(tmp_path / "test.jsonl")
    assert explain(caught.value)


def test_the_corpus_hash_knows_bytes_not_order(tmp_path: Path) -> None:
    one = write_corpus(tmp_path / "a.jsonl", range(2))
    two = write_corpus(tmp_path / "b.jsonl", range(2, 4))
    before = corpus_hash([one, two])
    assert before == corpus_hash([two, one])
    write_corpus(two, range(3, 5))
    assert before != corpus_hash([one, two])


def test_training_is_deterministic_and_learns_the_words(tmp_path: Path) -> None:
    need_sklearn()
    one = write_corpus(tmp_path / "a.jsonl")
    two = write_corpus(tmp_path / "b.jsonl", range(6, 9))
    trained = train_matcher([two, one])
    assert trained == train_matcher([one, two])
    assert trained.files == ("a", "b")
    assert (trained.forms, trained.linked) == (9, 22)
    weights = trained.coefficients.weights
    assert set(weights) == {"bias", *FEATURES}
    assert weights["local_coverage"] > 0
    counts = link_counts(read_forms([one]), with_coefficients(trained.coefficients))
    assert f1(counts, "verdict") > 0.9


def test_signs_are_held(tmp_path: Path) -> None:
    need_sklearn()
    draw = np.random.default_rng(1)
    right = draw.random(200) < 0.5
    helpful = right + draw.normal(0, 0.5, 200)
    _, (first, second) = fit.fit_signed(
        np.column_stack([helpful, helpful * 0.5 + draw.normal(0, 0.5, 200)]),
        right,
        signs=(1, -1),
        strength=1.0,
    )
    assert first > 0
    assert second == 0
    bias, _ = fit.fit_signed(
        helpful.reshape(-1, 1), right, signs=(0,), strength=1.0, bias=False
    )
    assert bias == 0


def test_one_kind_of_pair_is_not_enough() -> None:
    need_sklearn()
    with pytest.raises(ConfigError) as caught:
        fit.fit_signed(np.ones((3, 1)), np.ones(3, bool), signs=(1,), strength=1.0)
    assert explain(caught.value)


def test_without_scikit_learn_the_message_names_the_extra(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(DependencyError) as caught:
        train_matcher([corpus])
    assert caught.value.exit_code is ExitCode.DEPENDENCY
    assert "jixiao[train]" in explain(caught.value)


def test_only_numbers_change_in_the_file(corpus: Path, tmp_path: Path) -> None:
    need_sklearn()
    source = models_dir() / "matching.toml"
    out = tmp_path / "matching.toml"
    out.write_bytes(source.read_bytes())
    trained = train_matcher([corpus])
    write_coefficients(out, trained, on=TODAY)
    written = tomllib.loads(out.read_text("utf-8"))
    assert coefficients_of(written) == trained.coefficients
    assert written["trained"]["date"] == TODAY
    assert written["trained"]["corpus"] == corpus_hash([corpus])
    same = set(written) - {"weights", "rivalry", "trained"}
    assert {k: written[k] for k in same} == {
        k: load_toml("matching.toml")[k] for k in same
    }
    comments = [s for s in source.read_text("utf-8").splitlines() if s.startswith("#")]
    assert comments == [
        s for s in out.read_text("utf-8").splitlines() if s.startswith("#")
    ]
    once = out.read_bytes()
    write_coefficients(out, trained, on=TODAY)
    assert out.read_bytes() == once


def test_a_file_without_a_weight_is_refused(corpus: Path, tmp_path: Path) -> None:
    need_sklearn()
    out = tmp_path / "matching.toml"
    out.write_text("[weights]\nbias = 0.0\n\n[rivalry]\nbias = 0.0\n", "utf-8")
    with pytest.raises(ConfigError):
        write_coefficients(out, train_matcher([corpus]), on=TODAY)


def test_hand_set_and_shipped_have_the_same_parts() -> None:
    hand = hand_set(models_dir())
    assert set(hand.weights) == set(shipped().weights)
    assert set(hand.rivalry) == set(shipped().rivalry)


@pytest.mark.parametrize("feature", FEATURES)
def test_shipped_weights_keep_their_signs(feature: str) -> None:
    weight = shipped().weights[feature]
    assert weight <= 0 if feature in fit.AGAINST else weight >= 0


def test_the_interval_of_no_difference_is_nothing(corpus: Path) -> None:
    forms = read_forms([corpus])
    counts = [link_counts([form], {}) for form in forms]
    assert difference_interval(counts, counts, "verdict") == (0.0, 0.0)
    worse = [c.copy() for c in counts]
    for count in worse:
        count["verdict.right"] = 0
    low, high = difference_interval(counts, worse, "verdict")
    assert low <= high < -0.5
