"""Text beside table, periods, listed amounts: what must stay silent is half of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.flagging.sketch import Raw, raised


def told(outcome: str, quote: list[Any], name: str, actual: list[Any]) -> Raw:
    """One target, one row and one outcome that are linked."""
    unit = quote[3]
    aim = ["300" + unit, "=", 300, unit]
    return {
        "goal_text": f"完成300{unit}。",
        "outcome_text": outcome,
        "targets": [aim],
        "outcomes": [quote],
        "links": [{"target": 0, "outcomes": [0], "verdict": "shortfall"}],
        "indicators": [
            {
                **{"name": name, "target_text": aim[0], "actual_text": actual[0]},
                **{"target": aim, "actual": actual},
                **{"targets": [0], "outcomes": [0]},
            }
        ],
    }


@pytest.mark.parametrize(
    ("outcome", "quote", "name", "actual", "count"),
    [
        ("慰问职工286户", "286户", "慰问职工户数", "300户", 1),
        ("慰问职工286户", "286户", "慰问职工户数", "286户", 0),
        ("其中慰问职工286户", "286户", "慰问职工户数", "300户", 0),
        ("走访企业286户", "286户", "慰问职工户数", "300户", 0),
        ("计划慰问职工286户", "286户", "慰问职工户数", "300户", 0),
    ],
)
def test_text_against_table(
    outcome: str, quote: str, name: str, actual: str, count: int
) -> None:
    def of(text: str) -> list[Any]:
        return [text, "=", int(text[:-1]), text[-1]]

    form = told(outcome, of(quote), name, of(actual))
    assert len(raised(form, "narrative_table_conflict")) == count


def test_an_unsure_link_is_no_ground_for_a_conflict() -> None:
    form = dict(
        told(
            "慰问职工286户",
            ["286户", "=", 286, "户"],
            "慰问职工",
            ["300户", "=", 300, "户"],
        )
    )
    form["links"] = [form["links"][0] | {"confidence": 0.4}]
    assert not raised(form, "narrative_table_conflict")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("支付60万元，其中设备35万元、耗材25万元", 0),
        ("支付60万元，其中设备35万元、耗材26万元", 1),
        ("支付60万元，其中设备35万元、耗材24.9万元", 0),
        ("支付60.00万元，其中设备35万元、耗材24.9万元", 1),
        ("支付60万元，其中设备35万元、耗材12万元", 0),
        ("支付60万元，其中设备35.2万元、耗材24.9万元", 0),
        ("支付60万元，其中设备350000元、耗材250000元", 0),
        ("支付60万元，其中设备350000元、耗材280000元", 1),
        ("支付60万元，其中每户补助0.5万元、设备80万元", 0),
        ("支付约60万元，其中设备35万元、耗材26万元", 0),
        ("支付60万元，其中设备35万元、耗材25万元，结余20万元", 0),
        ("支付60万元，收入90万元，其中门票35万元、租金26万元", 0),
        ("支付６０万元，其中设备３５万元、耗材２６万元", 1),
    ],
)
def test_listed_amounts(text: str, count: int) -> None:
    flags = raised({"outcome_text": text + "。"}, "narrative_amount_arithmetic")
    assert len(flags) == count


@pytest.mark.parametrize(
    ("goal", "target", "count"),
    [
        ("建成水厂。", "2023年6月底前", 1),
        ("建成水厂。", "2022年6月底前", 0),
        ("建成水厂，2023年通水。", "2023年6月底前", 0),
        ("三年行动计划建成水厂。", "2023年6月底前", 0),
        ("建成水厂。", "落实2023年计划", 0),
    ],
)
def test_deadline_after_the_year(goal: str, target: str, count: int) -> None:
    form = {
        **{"year": 2022, "goal_text": goal},
        "indicators": [{"name": "完工时间", "target_text": target}],
    }
    assert len(raised(form, "date_after_project_end")) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("实施期2023年3月—2022年12月", 1),
        ("实施期2022年12月31日至2022年12月1日", 1),
        ("实施期2022年3月至12月", 0),
        ("实施期2022年3月至2022年3月15日", 0),
        ("实施期2022年3月15日至2022年3月", 0),
        ("由2023年的3月提前到2022年12月", 0),
    ],
)
def test_periods(text: str, count: int) -> None:
    assert len(raised({"goal_text": text}, "project_dates_inverted")) == count


@pytest.mark.parametrize(
    ("goal", "count"),
    [
        ("总投资900万元，分三年实施。", 1),
        ("2021—2023年共投入900万元。", 1),
        ("2021年完成投资300万元，2022年安排资金300万元。", 0),
        ("本年度投入300万元。", 0),
        ("户均增收2000元。", 0),
    ],
)
def test_amounts_of_other_years(goal: str, count: int) -> None:
    assert len(raised({"goal_text": goal, "year": 2022}, "phase_amount_mix")) == count


@pytest.mark.parametrize(
    ("level", "name", "target", "count"),
    [
        ("质量指标", "按期完工率", ["100%", "=", 100, "%"], 1),
        ("质量指标", "验收合格率", ["100%", "=", 100, "%"], 0),
        ("数量指标", "项目经费投入", ["30万元", "=", 300000, "元"], 1),
        ("数量指标", "融资金额", ["30万元", "=", 300000, "元"], 0),
        ("时效指标", "培训学员", ["30人", "=", 30, "人"], 1),
        ("时效指标", "办理时限", ["30天", "=", 30, "天"], 0),
        ("数量指标", "群众满意度", ["90%", "=", 90, "%"], 1),
        ("服务对象满意度指标", "群众满意度", ["90%", "=", 90, "%"], 0),
    ],
)
def test_class_of_a_row(level: str, name: str, target: list[Any], count: int) -> None:
    row = {"level2": level, "name": name, "target_text": target[0], "target": target}
    assert len(raised({"indicators": [row]}, "indicator_wrong_class")) == count
