"""Every entry of the lexicons is tried on its own example and counterexample."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.layout.amendments import find_amendment
from pipeline.layout.columns import bare_role
from pipeline.layout.evidence import content_of, is_execution, is_scoring_rule
from pipeline.layout.header import year_in
from pipeline.layout.labels import (
    fold,
    rank_of,
    roles_of,
    simplified,
    split_fields,
)
from pipeline.layout.numbers import is_placeholder, number_in
from pipeline.layout.titles import title_type
from pipeline.layout.totals import rating_in
from pipeline.resources import load_toml

LABELS = load_toml("labels.toml")
PATTERNS = load_toml("label_patterns.toml")["pattern"]
TYPES = load_toml("document_types.toml")
WORDS = load_toml("indicator_words.toml")
AMENDMENTS = load_toml("amendments.toml")["pattern"]


@pytest.mark.parametrize("role", LABELS)
def test_label_example(role: str) -> None:
    assert role in roles_of(LABELS[role]["example"])
    assert role not in roles_of(LABELS[role]["counterexample"])


@pytest.mark.parametrize("role", LABELS)
def test_every_label_is_found(role: str) -> None:
    for label in LABELS[role]["labels"]:
        assert role in roles_of(label), label
    assert len(set(LABELS[role]["labels"])) == len(LABELS[role]["labels"])


@pytest.mark.parametrize("entry", PATTERNS, ids=lambda e: e["example"])
def test_label_pattern_example(entry: dict[str, Any]) -> None:
    roles = set(entry["roles"])
    assert roles <= roles_of(entry["example"])
    assert not roles & roles_of(entry["counterexample"])


@pytest.mark.parametrize("name", TYPES)
def test_title_example(name: str) -> None:
    assert title_type(TYPES[name]["example"]) == name
    assert title_type(TYPES[name]["counterexample"]) != name


@pytest.mark.parametrize("key", WORDS)
def test_indicator_words_example(key: str) -> None:
    def hit(text: str) -> bool:
        if key == "execution":
            return is_execution(text)
        if key == "scoring_rule":
            return is_scoring_rule(text)
        if key == "rating":
            return rating_in(text) is not None
        if key.endswith("_column"):
            return bare_role(text) == (key.removesuffix("_column"),)
        return bool(getattr(content_of(text), key))

    assert hit(WORDS[key]["example"])
    assert not hit(WORDS[key]["counterexample"])


@pytest.mark.parametrize("entry", AMENDMENTS, ids=lambda e: e["example"])
def test_amendment_example(entry: dict[str, str]) -> None:
    found = find_amendment(entry["example"])
    assert found is not None
    assert found.name == entry.get("new_name")
    assert found.target_text == entry.get("new_target_text")
    assert find_amendment(entry["counterexample"]) is None


@pytest.mark.parametrize(
    ("deviation", "name", "target"),
    [
        (
            "指标名称由“参训率”调整为“结业率”，指标值调整为90%以上。",
            "结业率",
            "90%以上",
        ),
        ("将指标值从30家变更为20家", None, "20家"),
        ("三级指标名称修改为：设备利用率", "设备利用率", None),
        ("下一步将指标细化，加强管理", None, None),
        ("因断面名称变更为“新桥断面”", None, None),
        ("项目名称更名为“幸福河湖”", None, None),
        ("该单位更名为河湖中心", None, None),
        ("将名称调整为“结业率”", "结业率", None),
        ("原参训率，现更名为“结业率”", "结业率", None),
        ("下年度拟将指标值调整为90%", None, None),
        ("", None, None),
    ],
)
def test_amendments(deviation: str, name: str | None, target: str | None) -> None:
    found = find_amendment(deviation)
    assert (found.name if found else None) == name
    assert (found.target_text if found else None) == target


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("年度\n总体\n目标", "goal.annual"),
        ("一、项目名称：", "header.project_name"),
        ("全年执行数（Ｂ）", "fund.executed"),
        ("实际完成惰况", "goal.actual"),  # one slip of recognition
        ("王级指标", None),  # near to three labels: undecided
        ("时效指标", None),  # a level name, one character from 绩效指标
        ("年度指标值2", None),
        ("目标值", "ind.target"),
        ("年度資金總額", "fundrow.total"),
        ("實際完成情況", "goal.actual"),
        ("其中：省级财政资金", "fundrow.fiscal"),
    ],
)
def test_roles(text: str, role: str | None) -> None:
    roles = roles_of(text)
    assert (role in roles) if role else not roles


def test_fields_of_a_paragraph() -> None:
    fields = split_fields("项目单位：（盖章）东湖中学  填报日期：2023年2月  单位：万元")
    assert [(f.label, f.value) for f in fields] == [
        ("项目单位", "（盖章）东湖中学"),
        ("填报日期", "2023年2月"),
        ("单位", "万元"),
    ]
    assert split_fields("目标任务：见附件") == ()


def test_priority_of_units() -> None:
    role = "header.unit"
    assert rank_of("实施单位", role) < rank_of("填报单位", role)
    assert fold("① 数量指标") == "数量指标"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", "1234.50"),
        ("95.00%", "95.00"),
        ("１０．００", "10.00"),
        ("20分", "20"),
        ("1,23", None),
        ("3家", None),
        ("-", None),
        ("", None),
    ],
)
def test_numbers(text: str, number: str | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("text", ["-", "—", "－", "/", "——", "无"])
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("（2023年度）", 2023),
        ("二〇二一年度", 2021),
        ("附件3 2019年省级项目支出绩效自评表", 2019),
        ("(2022)年度", 2022),
        ("2021-2023年度规划", None),
        ("填报于2024年3月", None),
        ("项目支出绩效自评表", None),
    ],
)
def test_years(text: str, year: int | None) -> None:
    assert year_in(text) == year


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("优", "优"),
        ("优秀", "优秀"),
        ("☑优 □良 □中 □差", "优"),
        ("优□ 良√ 中□", "良"),
        ("□优 □良", None),
        ("优化", None),
        ("良好等级", "良好"),
        ("優", "優"),
    ],
)
def test_ratings(text: str, rating: str | None) -> None:
    assert rating_in(text) == rating


def test_traditional_characters_are_folded_for_recognition_only() -> None:
    data = load_toml("traditional.toml")
    assert simplified(data["example"]) == data["counterexample"]
    assert simplified(data["counterexample"]) == data["counterexample"]
    assert all(len(pair) == 2 for pair in data["pairs"].split())


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("绩?????? 效????? 目??? 标", "goal.generic"),
        ("實(shí)際完成情況(kuàng)", "goal.actual"),
        ("项目资金(wan)", None),
        ("项目合格率?", None),
    ],
)
def test_what_conversions_leave_in_labels(text: str, role: str | None) -> None:
    roles = roles_of(text)
    assert (role in roles) if role else not roles & {"goal.actual", "ind.actual"}
