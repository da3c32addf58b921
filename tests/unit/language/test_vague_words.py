"""Words may clear a goal that the rules call vague, and accuse what only mentions a deed."""

from __future__ import annotations

import pytest

from pipeline.language.clarity import read_statements
from pipeline.language.statement_kinds import ruled_vague, statement_kind
from pipeline.language.vague_words import sounds_checkable
from pipeline.resources import models_dir


@pytest.mark.parametrize(
    ("text", "checkable"),
    [
        ("进一步提升服务水平，营造良好氛围", False),
        ("不断优化营商环境，持续增强企业获得感", False),
        ("系统上线运行并通过验收", True),
        ("全部签订责任书并公示", True),
    ],
)
def test_words_weigh(text: str, checkable: bool) -> None:
    assert sounds_checkable(text) is checkable


def test_words_clear_what_the_rules_accuse(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "进一步提升服务水平"
    kind = statement_kind(text, quantified=False)
    assert ruled_vague(text, kind, quantified=False)
    assert read_statements(text, ())[0].vague
    monkeypatch.setattr(
        "pipeline.language.statement_kinds.sounds_checkable", lambda _: True
    )
    assert not read_statements(text, ())[0].vague


MENTIONED = [
    "健全应急值守机制，不断提升处置能力",
    "提升剧团演出水平，不断丰富群众文化生活",
    "完善市场化运营管护机制，持续增强发展活力",
    "引导村民转变观念，营造人人参与的良好氛围",
]
PROMISED = [
    "购置环卫车辆，不断提升城区环境卫生水平",
    "网络安全零事故，不断增强群众的获得感、幸福感",
    "开通值守热线，持续提升服务水平",
    "推动剧场建成并投入使用，丰富群众文化生活",
]


@pytest.mark.parametrize("text", MENTIONED)
def test_a_deed_that_a_quality_only_mentions_promises_nothing(text: str) -> None:
    assert read_statements(text, ())[0].vague


@pytest.mark.parametrize("text", PROMISED)
def test_a_deed_that_is_promised_beside_qualities_is_checkable(text: str) -> None:
    assert not read_statements(text, ())[0].vague


def test_background_stays_vague_whatever_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "pipeline.language.statement_kinds.sounds_checkable", lambda _: True
    )
    assert read_statements("深入贯彻落实中央一号文件精神", ())[0].vague


def test_the_list_can_be_read_by_people() -> None:
    lines = (models_dir() / "vague_words.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert all(len(row) == 2 for row in rows)
    weights = [float(weight) for _, weight in rows]
    assert weights == sorted(weights)
    assert len({gram for gram, _ in rows}) == len(rows)
