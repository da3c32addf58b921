"""A count of several kinds together tells nothing of one of them."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.matching.gates.barred import is_barred
from pipeline.matching.gates.wider import counts_more_kinds
from pipeline.matching.measures.two_in_one import compounds_in
from pipeline.resources import load_toml
from tests.unit.matching.sketch import links, measure

DATA = load_toml("matching.toml")
ENTRIES = [*DATA["together"], *DATA["generic"]]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: str(e["example"][1]))
def test_kinds_in_one_count(entry: dict[str, Any]) -> None:
    asked, told = map(measure, entry["example"])
    assert counts_more_kinds(asked, told)
    assert is_barred(asked, told)
    asked, told = map(measure, entry["counterexample"])
    assert not counts_more_kinds(asked, told)


def test_a_compound_begins_with_a_word() -> None:
    assert compounds_in("组织师生参观")
    assert not compounds_in("教师生活补助")


# Of one kind, of all, and of both kinds by name.
ONE_AND_ALL = [
    ("栽种乔木900株。", "栽种乔灌木1200株。", {}),
    ("栽种苗木900株。", "栽种乔灌木1200株。", {"900株": ("1200株", "exceeded")}),
    (
        "栽种乔木900株、灌木300株。",
        "栽种乔灌木1150株。",
        {"900株": ("1150株", "shortfall"), "300株": ("1150株", "shortfall")},
    ),
    ("慰问教师90人。", "慰问师生200人。", {}),
    ("慰问教师和学生90人。", "慰问师生120人。", {"90人": ("120人", "exceeded")}),
    ("印制防诈折页5万份。", "印发各类防诈资料8万份。", {}),
    (
        "印制防诈资料5万份。",
        "印发各类防诈资料8万份。",
        {"5万份": ("8万份", "exceeded")},
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "expected"), ONE_AND_ALL)
def test_one_kind_and_all(
    goal: str, outcome: str, expected: dict[str, tuple[str, str]]
) -> None:
    assert links(goal, outcome) == expected


# A part that is told apart from its whole by a name, which the outcome may leave out.
PARTS_BY_NAME = [
    (
        "建设充电桩90个，其中慢充桩40个。",
        "建成充电桩，慢充41个。",
        {"40个": ("41个", "exceeded")},
    ),
    (
        "改造供水管网，解决饮水安全3.1万人，其中脱贫人口4800人。",
        "改造管网后受益人口3.1万人。",
        {},
    ),
    (
        "改造供水管网，解决饮水安全3.1万人，其中脱贫人口4800人。",
        "改造管网后饮水安全受益3万人，其中脱贫人口4900人。",
        {"3.1万人": ("3万人", "shortfall"), "4800人": ("4900人", "exceeded")},
    ),
    (
        "抽检食品500批次，其中食用农产品200批次。",
        "抽检农产品210批次。",
        {"200批次": ("210批次", "exceeded")},
    ),
    (
        "举办招聘会9场，其中残疾人专场2场。",
        "举办招聘会10场。",
        {"9场": ("10场", "exceeded")},
    ),
]
# A sum goes with what it adds up, not with the clause before them.
SUMS_AFTER_WHAT_WAS_HELD = [
    (
        "举办环境日主场活动1场，环保宣传进校园、进社区40场。",
        "环境日主场活动于6月举办，环保宣传进校园25场、进社区18场，共计43场。",
        {"40场": ("43场", "exceeded")},
    ),
    (
        "举办环境日主场活动1场。",
        "环境日主场活动于6月举办，共1场。",
        {"1场": ("1场", "met")},
    ),
]


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"), [*PARTS_BY_NAME, *SUMS_AFTER_WHAT_WAS_HELD]
)
def test_parts_and_sums(
    goal: str, outcome: str, expected: dict[str, tuple[str, str]]
) -> None:
    assert links(goal, outcome) == expected


# Who does it, whose people a count is of, both deeds in one word, names in brackets.
WHO_AND_WHOSE = [
    ("劝阻酒后驾车600人次。", "路口增派劝阻员12名。", {}),
    ("聘用巡查员12名。", "聘用巡查员11名。", {"12名": ("11名", "shortfall")}),
    ("举办普法培训3场、参训200人次。", "举办各类培训9场，培训900人次。", {}),
    (
        "新改建驿站9座，其中新建4座、改造5座。",
        "新建驿站3座，改造驿站5座。",
        {
            "9座": ("3座+5座", "shortfall"),
            "4座": ("3座", "shortfall"),
            "5座": ("5座", "met"),
        },
    ),
]


@pytest.mark.parametrize(("goal", "outcome", "expected"), WHO_AND_WHOSE)
def test_who_and_whose(
    goal: str, outcome: str, expected: dict[str, tuple[str, str]]
) -> None:
    assert links(goal, outcome) == expected
