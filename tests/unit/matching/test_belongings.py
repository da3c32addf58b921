"""What belongs to a thing, and who else was trained, is no answer for it."""

from __future__ import annotations

import pytest

from pipeline.matching.gates.belongings import belonging_of
from pipeline.matching.gates.trainees import trains_others
from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml
from tests.unit.matching.sketch import links, measure

DATA = load_toml(FILE)


def test_belongings() -> None:
    assert belonging_of(*DATA["belongings"]["example"])
    assert not belonging_of(*DATA["belongings"]["counterexample"])


@pytest.mark.parametrize(
    ("goal", "outcome"),
    [
        ("建设健身步道12公里。", "健身步道标识更新12公里。"),
        ("安装监控探头60个。", "更换监控探头存储卡60个。"),
        ("设置宣传橱窗40个。", "宣传橱窗图纸40个。"),
        ("培育地标产品3个。", "地标产品用标企业新增9个。"),
        ("建设溯源平台2个。", "溯源平台注册量600个。"),
    ],
)
def test_a_belonging_is_no_answer(goal: str, outcome: str) -> None:
    assert links(goal, outcome) == {}


@pytest.mark.parametrize(
    ("goal", "outcome", "verdict"),
    [
        ("更新步道标识12公里。", "步道标识更新12公里。", "met"),
        ("建设健身步道12公里。", "健身步道透水铺装11公里。", "shortfall"),
        ("安装监控探头60个。", "监控探头因线路迁改安装58个。", "shortfall"),
    ],
)
def test_the_thing_itself_is(goal: str, outcome: str, verdict: str) -> None:
    assert [told for _, told in links(goal, outcome).values()] == [verdict]


@pytest.mark.parametrize("kind", ["example", "counterexample"])
def test_words_for_any_people(kind: str) -> None:
    first, other = DATA["any_people"][kind]
    assert trains_others(measure(first), measure(other)) is (kind == "example")


@pytest.mark.parametrize(
    ("goal", "outcome"),
    [
        ("培训水管员90人。", "护林员轮训92人。"),
        ("燃气安检员培训60人。", "加油站负责人培训60人。"),
        ("讲解人员培训40人次。", "票务人员业务培训41人次。"),
    ],
)
def test_the_training_of_others_is_no_answer(goal: str, outcome: str) -> None:
    assert links(goal, outcome) == {}


@pytest.mark.parametrize(
    ("goal", "outcome", "verdict"),
    [
        ("培训水管员90人。", "村级水管员轮训92人。", "exceeded"),
        ("致富带头人培训60人。", "带头人和驻村干部培训共60人。", "met"),
        ("农业技术人员培训60人。", "农技推广骨干轮训61人。", "exceeded"),
        # Whom it was for, and what it was about.
        ("仓储技术培训40人。", "仓储保管人员培训38人。", "shortfall"),
    ],
)
def test_the_training_of_the_same_is(goal: str, outcome: str, verdict: str) -> None:
    assert [told for _, told in links(goal, outcome).values()] == [verdict]
