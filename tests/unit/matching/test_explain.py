"""The sentences of links: each method and verdict has its words, all of them used."""

from __future__ import annotations

import string

import pytest

from pipeline.core.link import Verdict
from pipeline.core.quantity import Role
from pipeline.language.reading import read_text
from pipeline.matching.explain import FILE, explain_link, explain_undetermined
from pipeline.matching.measures.of_form import measures_of
from pipeline.resources import load_toml

WORDS = load_toml(FILE)
(TARGET,) = measures_of(read_text("举办讲座12场。", Role.GOAL))
(OUTCOME,) = measures_of(read_text("举办讲座9场。", Role.OUTCOME))
PARTS = {
    "link": {"wanted", "got", "verdict", "ground", "ratio"},
    "undetermined": {"wanted", "got"},
    "disproportion": {"wanted", "got"},
    "quote": {"quote"},
    "subject": {"subject"},
    "ratio": {"share"},
    "other_units": set(),
}


@pytest.mark.parametrize("method", [g for g in WORDS["ground"] if g != "by_place"])
@pytest.mark.parametrize(
    "verdict", [v for v in Verdict if v is not Verdict.UNDETERMINED]
)
def test_every_method_and_verdict_is_explained(method: str, verdict: Verdict) -> None:
    said = explain_link(TARGET, (), (OUTCOME,), verdict, method)
    assert WORDS["ground"][method] in said
    assert WORDS["verdict"][verdict.value] in said
    assert ("75%" in said) is (method in ("direct", "via_indicator"))


def test_what_the_order_alone_joins_says_so() -> None:
    said = explain_link(TARGET, (), (OUTCOME,), Verdict.MET, "direct", by_place=True)
    assert WORDS["ground"]["by_place"] in said


def test_an_open_link_names_its_candidates() -> None:
    said = explain_undetermined(TARGET, (OUTCOME, OUTCOME))
    assert said.count("9场") == 2
    assert "12场" in said


@pytest.mark.parametrize("name", WORDS["sentence"])
def test_sentences_have_the_parts_that_are_filled_in(name: str) -> None:
    parts = string.Formatter().parse(WORDS["sentence"][name])
    assert {part[1] for part in parts if part[1]} == PARTS[name]
