"""Every entry of models/matching.toml does what its example says."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from pipeline.core.quantity import Role
from pipeline.language.quantities import find_quantities
from pipeline.language.reading import read_text
from pipeline.language.segment import words
from pipeline.matching.assign import assign
from pipeline.matching.candidates import candidates
from pipeline.matching.features import FEATURES
from pipeline.matching.gates.contrast import part_words
from pipeline.matching.gates.deeds import kinds_of_deeds
from pipeline.matching.gates.grades import is_lower
from pipeline.matching.gates.rates import (
    are_of_other_things,
    asks_other_people,
    may_be_akin,
    rate_similarity,
)
from pipeline.matching.gates.steps import only_begun
from pipeline.matching.groups.course import step_of
from pipeline.matching.groups.list_sums import whole_of
from pipeline.matching.groups.parts import leave_nobody_out
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.of_form import measures_of
from pipeline.matching.measures.wording import FILE, content_words, exclusive_conflict
from pipeline.matching.score import (
    among_rivals,
    log_odds,
    probability,
)
from pipeline.matching.verdicts import less_is_better
from pipeline.resources import load_toml

DATA: dict[str, Any] = load_toml(FILE)


def name(entry: dict[str, Any]) -> str:
    return str(entry["words"][0])


def test_weights_cover_exactly_the_features() -> None:
    assert set(DATA["weights"]) == {"bias", *FEATURES}
    assert all(isinstance(value, float) for value in DATA["weights"].values())


def test_a_pair_has_exactly_the_features() -> None:
    from pipeline.language.reading import read_text
    from pipeline.matching.hub import indicator_table

    targets = measures_of(read_text("举办讲座12场。", Role.GOAL))
    outcomes = measures_of(read_text("讲座举办10场。", Role.OUTCOME))
    table = indicator_table(targets, outcomes, ())
    pairs = candidates(targets, outcomes, table)
    assert (pairs.targets.tolist(), pairs.outcomes.tolist()) == ([0], [0])
    assert set(pairs.features) == set(FEATURES)
    for values in pairs.features.values():
        assert values.shape == (1,)
        assert -0.001 <= values[0] <= 1.001


@pytest.mark.parametrize(
    "feature", [f for f in FEATURES if f.endswith(("conflict", "mismatch"))]
)
def test_conflicts_never_speak_for_a_link(feature: str) -> None:
    assert DATA["weights"][feature] <= 0


@pytest.mark.parametrize("feature", ["local_coverage", "hub_agree", "unit_same"])
def test_agreement_never_speaks_against_a_link(feature: str) -> None:
    assert DATA["weights"][feature] >= 0


def test_the_unit_alone_makes_no_link() -> None:
    alone = dict.fromkeys(FEATURES, np.zeros(1)) | {"unit_same": np.ones(1)}
    assert probability(float(log_odds(alone)[0])) < DATA["decision"]["threshold"]


def test_rivalry_prefers_the_better_pair_and_never_the_lonely_one() -> None:
    rivalry = DATA["rivalry"]
    assert set(rivalry) == {"bias", "score", "row_margin", "column_margin", "no_answer"}
    assert min(rivalry["score"], rivalry["row_margin"], rivalry["column_margin"]) >= 0
    alone = among_rivals(np.array([[rivalry["no_answer"]]]))
    assert probability(float(alone[0, 0])) < DATA["decision"]["threshold"]


def test_decision() -> None:
    # Confidences in the middle are on the cautious side (models/MODEL_CARD.md).
    assert 0.4 <= DATA["decision"]["threshold"] < 1
    assert 0 < DATA["decision"]["margin"] < 0.5


@pytest.mark.parametrize("entry", DATA["exclusive"], ids=name)
def test_exclusive(entry: dict[str, Any]) -> None:
    first, second = entry["example"].split("与", 1)
    assert exclusive_conflict(first, second)
    assert exclusive_conflict(second, first)
    assert not exclusive_conflict(entry["counterexample"], entry["counterexample"])
    assert sum(w in entry["counterexample"] for w in entry["words"]) <= 1
    for a, b in combinations(entry["words"], 2):
        if a not in b and b not in a:
            assert exclusive_conflict(f"其他{a}项", f"其他{b}项")


@pytest.mark.parametrize("entry", DATA["synonyms"], ids=name)
def test_synonyms(entry: dict[str, Any]) -> None:
    head = name(entry)
    units = {"场", "次"} & set(entry["words"])
    if units:  # 讲座12场: here the example is a quantity
        (quantity,) = find_quantities(entry["example"], Role.GOAL)
        (strange,) = find_quantities(entry["counterexample"], Role.GOAL)
        assert quantity.unit in entry["words"]
        assert strange.unit not in entry["words"]
        return
    assert head in content_words(entry["example"])
    assert head not in content_words(entry["counterexample"])


@pytest.mark.parametrize("entry", DATA["synonyms"], ids=name)
def test_synonyms_are_one_meaning_each(entry: dict[str, Any]) -> None:
    elsewhere = {
        word
        for other in DATA["synonyms"]
        if other is not entry
        for word in other["words"]
    }
    assert len(set(entry["words"])) == len(entry["words"]) > 1
    assert not set(entry["words"]) & elsewhere


@pytest.mark.parametrize("entry", DATA["synonyms"], ids=name)
def test_a_synonym_that_is_one_word_counts_as_the_first(entry: dict[str, Any]) -> None:
    whole = [w for w in entry["words"] if list(words(w)) == [w]]
    assert whole, "no word of the set survives segmentation"
    for word in whole:
        if word not in DATA["stop"]["words"]:
            assert content_words(word) == {name(entry)}


def test_less_is_better() -> None:
    entry = DATA["less_is_better"]
    assert less_is_better(entry["example"])
    assert not less_is_better(entry["counterexample"])
    assert not set(entry["words"]) & set(entry["more"])


@pytest.mark.parametrize("word", DATA["less_is_better"]["words"])
def test_each_word_wants_less(word: str) -> None:
    assert less_is_better(f"全年{word}")


@pytest.mark.parametrize("word", DATA["less_is_better"]["more"])
def test_each_word_wants_more(word: str) -> None:
    assert not less_is_better(f"事故{word}")


def test_stop_words_say_nothing() -> None:
    stop = DATA["stop"]
    assert content_words(stop["example"]) == frozenset()
    assert content_words(stop["counterexample"]) == {stop["counterexample"]}
    assert not [w for w in stop["words"] if content_words(w) and len(words(w)) == 1]
    assert not [w for w in stop["words"] if re.search(r"\d", w)]


def test_no_candidates_no_choice() -> None:
    assert assign(np.zeros((0, 3))) == ()
    assert [c.outcome for c in assign(np.zeros((2, 0)))] == [None, None]
    undecided, settled = assign(np.array([[3.0, 3.0, -9.0], [-9.0, -9.0, 3.0]]))
    assert undecided.outcome is None
    assert undecided.candidates == (0, 1)
    assert settled.outcome == 2
    weak = assign(np.array([[-1.0]]))
    assert weak[0].outcome is None
    assert weak[0].candidates == ()


def test_each_outcome_is_taken_once_and_globally_best() -> None:
    first, second = assign(np.array([[3.0, 2.5], [2.9, -9.0]]))
    assert (first.outcome, second.outcome) == (1, 0)


def test_stages_keep_apart_what_is_no_part() -> None:
    entry = DATA["stages"]
    assert any(word in entry["example"] for word in entry["words"])
    assert not any(word in entry["counterexample"] for word in entry["words"])


@pytest.mark.parametrize("number", range(len(DATA["deeds"])))
def test_deeds(number: int) -> None:
    entry = DATA["deeds"][number]
    assert number in kinds_of_deeds(entry["example"])
    assert number not in kinds_of_deeds(entry["counterexample"])


@pytest.mark.parametrize("entry", DATA["same_rate"], ids=lambda e: e["names"][0])
def test_same_rates(entry: dict[str, Any]) -> None:
    assert rate_similarity(*entry["example"]) == 1
    assert rate_similarity(*entry["counterexample"]) < 1


@pytest.mark.parametrize("entry", DATA["akin_rates"], ids=lambda e: e["kinds"][0])
def test_akin_rates(entry: dict[str, Any]) -> None:
    assert may_be_akin(*entry["example"])
    assert not may_be_akin(*entry["counterexample"])


def test_rate_notes() -> None:
    entry = DATA["rate_notes"]
    assert not are_of_other_things(*entry["example"])
    assert are_of_other_things(*entry["counterexample"])


@pytest.mark.parametrize("entry", DATA["wholes"], ids=lambda e: str(e["names"][0]))
def test_wholes(entry: dict[str, Any]) -> None:
    for kind, right in (("example", True), ("counterexample", False)):
        phrase, _, listed = entry[kind].partition("：")
        assert bool(whole_of(phrase, listed.split("、"))) is right, entry[kind]


@pytest.mark.parametrize("entry", DATA["halves"], ids=name)
def test_halves(entry: dict[str, Any]) -> None:
    assert leave_nobody_out(*entry["example"])
    assert not leave_nobody_out(*entry["counterexample"])


@pytest.mark.parametrize("entry", DATA["respondents"], ids=name)
def test_respondents(entry: dict[str, Any]) -> None:
    for kind, others in (("example", True), ("counterexample", False)):
        asked, told = (rate_of(phrase) for phrase in entry[kind])
        assert asks_other_people(asked, told) is others


def rate_of(phrase: str) -> Measure:
    (measure,) = measures_of(read_text(f"{phrase}90%。", Role.GOAL))
    return measure


@pytest.mark.parametrize("entry", DATA["parts"], ids=name)
def test_parts(entry: dict[str, Any]) -> None:
    assert set(part_words().findall(entry["example"])) & set(entry["words"])
    assert not part_words().search(entry["counterexample"])


def test_words_that_are_no_names() -> None:
    entry = DATA["no_names"]
    named = DATA["acts"]["words"] + entry["words"]
    assert all(word in named for word in words(entry["example"]))
    assert not any(word in named for word in words(entry["counterexample"]))
    assert not set(entry["words"]) & set(DATA["acts"]["words"])


@pytest.mark.parametrize("number", range(len(DATA["course"])))
def test_course(number: int) -> None:
    entry = DATA["course"][number]
    for kind, right in (("example", True), ("counterexample", False)):
        (said,) = measures_of(read_text(f"{entry[kind]}。", Role.OUTCOME))
        assert (step_of(said) == number) is right, entry[kind]


@pytest.mark.parametrize("entry", DATA["ranks"], ids=name)
def test_ranks(entry: dict[str, Any]) -> None:
    for kind, lower in (("example", True), ("counterexample", False)):
        promised, told = entry[kind]
        (target,) = measures_of(read_text(f"{promised}3项。", Role.GOAL))
        (outcome,) = measures_of(read_text(f"{told}3项。", Role.OUTCOME))
        assert is_lower(target, outcome) is lower, entry[kind]


@pytest.mark.parametrize("entry", DATA["asked_steps"], ids=lambda e: str(e["step"]))
def test_asked_steps(entry: dict[str, Any]) -> None:
    for kind, only in (("example", False), ("counterexample", True)):
        promised, told = entry[kind]
        (target,) = measures_of(read_text(f"{promised}3项。", Role.GOAL))
        (outcome,) = measures_of(read_text(f"{told}3项。", Role.OUTCOME))
        assert only_begun(target, outcome) is only, entry[kind]
