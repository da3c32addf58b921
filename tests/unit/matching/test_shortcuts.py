"""Shortcuts of the matcher give what the long way gives."""

from __future__ import annotations

import json
import math
import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.quantity import Role
from pipeline.language.fold import fold
from pipeline.language.reading import read_text
from pipeline.language.statements import cut_statements
from pipeline.matching.gates.barred import GATES, asked_gates, bars_of, told_gates
from pipeline.matching.gates.rates import rate_similarity
from pipeline.matching.idf import form_idf
from pipeline.matching.likeness import likenesses
from pipeline.matching.measures.boundaries import Places, last_end
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.of_form import measures_of
from pipeline.matching.measures.per_fits import _per_kind, per_kind
from pipeline.matching.measures.two_in_one import is_cut_short, spell_out
from pipeline.matching.measures.wording import (
    bigrams,
    exclude_each_other,
    exclusive_members,
    shares_bigrams,
    surely_tells,
)
from pipeline.matching.mentions import _statements, topic_of
from pipeline.matching.overlaps import overlaps, shared_words
from pipeline.matching.worded import worded
from pipeline.resources import load_toml

ANNOTATIONS = Path(__file__).resolve().parents[3] / "corpus" / "annotations"
CLAUSES = (
    "举办科普讲座12场，授课人次300人次",
    "宣讲进社区15期，参训群众满意率95%",
    "改扩建公路3.5公里、1座桥",
    "完成“护苗”行动方案编制",
    "线上培训20期，线下轮训8期",
    "采购设备30台，验收合格率100%",
    "各项工作按计划推进",
)
OF_EACH = (
    "每个村每月巡查2次",
    "低保标准650元/月",
    "户均增收1200元",
    "最少的仅13人",
    "收到申请后3个工作日办结",
    "全市共举办招聘会24场",
    "隔离舍日冲洗2遍",
    "清扫面积3万平方米",
)
TEXTS = st.lists(st.sampled_from(CLAUSES), max_size=4).map("。".join)


@pytest.mark.parametrize("least", [0.5, 1, 2, 4.5])
@given(one=TEXTS, other=TEXTS)
@settings(deadline=None)
def test_bigrams_in_common(one: str, other: str, least: float) -> None:
    grams = bigrams(one)
    long_way = len(grams & bigrams(other)) >= least
    assert shares_bigrams(grams, other, least) is long_way


@given(TEXTS)
@settings(deadline=None)
def test_members_of_exclusive_sets(text: str) -> None:
    found = {
        number: {word for word in entry["words"] if word in text}
        for number, entry in enumerate(load_toml("matching.toml")["exclusive"])
    }
    assert exclusive_members(text) == {n: words for n, words in found.items() if words}


@given(st.lists(st.sampled_from((*CLAUSES, *OF_EACH)), max_size=4).map("。".join))
@settings(deadline=None)
def test_what_is_said_of_each(text: str) -> None:
    for m in measures_of(read_text(text, Role.GOAL)):
        q, short_way = m.quantity, per_kind(m)
        long_ways = [
            _per_kind(q.unit, q.per, m.unit_class, m.local, m.clause, q.comparator, few)
            for few in (False, True)
        ]
        assert short_way in long_ways


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_what_all_share_with_all(goal: str, outcome: str) -> None:
    targets = measures_of(read_text(goal, Role.GOAL))
    outcomes = measures_of(read_text(outcome, Role.OUTCOME))
    idf = form_idf([*targets, *outcomes])
    mine, theirs = list(map(worded, targets)), list(map(worded, outcomes))
    found = overlaps(mine, theirs, idf)
    words = shared_words(mine, theirs, idf)
    alike = likenesses(targets, outcomes, idf)

    def weight(grams: frozenset[str]) -> float:
        return math.fsum(idf.weights[gram] for gram in grams)

    for (i, a), (j, b) in product(enumerate(mine), enumerate(theirs)):
        lighter, both = min(map(weight, (a.local, b.local))), weight(a.local | b.local)
        common = weight(a.local & b.local)
        assert found.part[i, j] == (common / lighter if common else 0)
        assert found.jaccard[i, j] == (common / both if common else 0)
        context = max(idf.covered(a.local, b.wide), idf.covered(b.local, a.wide))
        assert found.context[i, j] == context
        common, lighter = (
            weight(a.words & b.words),
            min(map(weight, (a.words, b.words))),
        )
        assert words[i, j] == (common / lighter if common else 0)
        whole = 0.4 * found.part[i, j] + 0.25 * found.jaccard[i, j] + 0.35 * context
        of_others = rate_similarity(a.measure.rate, b.measure.rate) < 0.5
        whole *= 0.4 if a.measure.rate and b.measure.rate and of_others else 1
        whole *= 0.4 if exclude_each_other(a.members, b.members) else 1
        fits = comparable(a.measure, b.measure)
        assert alike[i, j] == (min(whole, 1) if fits else 0)


@given(
    st.lists(st.text("讲座路灯培训", min_size=2, max_size=6), min_size=1, max_size=9)
)
def test_no_order_of_adding_up_changes_a_weight(phrases: list[str]) -> None:
    measures = measures_of(read_text("；".join(f"{p}3场" for p in phrases), Role.GOAL))
    weights = list(form_idf(measures).weights.values())
    assert sum(weights) == sum(reversed(weights)) == math.fsum(weights)
    assert all(weight > 0.5 for weight in weights)


@given(TEXTS, TEXTS)
@settings(deadline=None)
def test_what_runs_through_a_goal(goal: str, phrase: str) -> None:
    topic = topic_of(goal)
    grams = bigrams(phrase)
    said = [set[str]().union(*map(bigrams, s.split("，"))) for s in _statements(goal)]
    least = max(4, 0.2 * len(said))
    common = {g for g in grams if sum(g in words for words in said) >= least}
    assert grams - topic == grams - common
    assert (grams <= topic) is (grams <= common)


@given(st.text("讲座路灯的共已完成 19%％９\n（）:", max_size=8))
@settings(deadline=None)
def test_what_surely_has_content(text: str) -> None:
    silent = "".join(load_toml("matching.toml")["stop"]["words"])
    tells = any("一" <= c <= "鿿" and c not in silent for c in text)
    assert surely_tells(text) is (tells and not re.search("[0-9%]", text))


@pytest.mark.parametrize("split", ["dev", "test6", "test8"])
def test_pieces_of_a_folded_text_are_folded_pieces(split: str) -> None:
    lines = (ANNOTATIONS / f"{split}.jsonl").read_text("utf-8").splitlines()
    for text in [json.loads(line)["outcome_text"] or "" for line in lines]:
        spans = cut_statements(text)
        assert [fold(text)[a:b] for a, b in spans] == [
            fold(text[a:b]) for a, b in spans
        ]


def test_only_a_few_texts_are_kept_with_their_places() -> None:
    places = Places(re.compile("；"))
    texts = [f"讲座{n}场；路灯{n}盏" for n in range(20)]
    assert all(
        last_end(places, text, 0, len(text)) == text.index("路") for text in texts
    )
    assert len(places) < 10


@pytest.mark.parametrize(
    "text",
    ["新改建站点", "线上线下讲座", "国省道养护", "东、西两线", "新建改造厕所", "新建路灯", "鼠虫害"],
)  # fmt: skip
def test_names_that_are_cut_short_are_seen(text: str) -> None:
    assert is_cut_short(text) or spell_out(text) == text
    assert is_cut_short(text) is (text != "新建路灯")


@pytest.mark.parametrize("split", ["dev", "test6", "test8"])
def test_a_gate_bars_nothing_without_its_words(split: str) -> None:
    lines = (ANNOTATIONS / f"{split}.jsonl").read_text("utf-8").splitlines()
    barred = 0
    for entry in map(json.loads, lines):
        goal = read_text(entry["goal_text"], Role.GOAL)
        outcome = read_text(entry["outcome_text"] or "", Role.OUTCOME)
        targets, outcomes = measures_of(goal), measures_of(outcome)
        asked, told = map(asked_gates, targets), list(map(told_gates, outcomes))
        for target, mine in zip(targets, asked, strict=True):
            for other, theirs in zip(outcomes, told, strict=True):
                for gate in GATES:
                    if gate.bars(target, other):
                        barred += 1
                        assert gate.bars in bars_of(mine & theirs)
    assert barred
