from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.core.form import Form, FundRow, IndicatorRow
from pipeline.errors import ConfigError
from pipeline.flagging import load_profile
from pipeline.flagging.choosing import profile_for
from pipeline.flagging.profiles import available_profiles


def form(
    *,
    year: int | None = 2022,
    execution: str = "10",
    output: str = "50",
    unit: str = "某县水利局",
) -> Form:
    rows = (("产出指标", output), ("效益指标", "20"), ("满意度指标", "20"))
    return Form(
        year=year,
        unit=unit,
        funds=(FundRow(kind="total", label="年度资金总额", weight=execution),),
        indicators=tuple(
            IndicatorRow(row=i, level1=level, weight=weight)
            for i, (level, weight) in enumerate(rows)
        ),
    )


@pytest.mark.parametrize(
    ("given", "text", "name"),
    [
        ({}, "", "mof2020"),
        ({"execution": "20.00", "output": "40"}, "", "hubei"),
        ({"execution": "20", "output": "50"}, "", "mof2020"),
        ({"execution": "10", "output": "40"}, "", "mof2020"),
        ({"year": 2018}, "年度总体目标 年初设定 目标", "mof2018"),
        ({"year": 2018}, "预期目标", "mof2020"),
        ({"year": 2022}, "年初设定目标", "mof2020"),
        ({"year": 2022}, "年初设定目标 100%-80%（含）、80%—50%（含）", "mof2018"),
        ({"year": None}, "年初设定目标", "mof2020"),
        ({"unit": "柳州市某中学"}, "", "guangxi"),
        ({"unit": "广东省某局"}, "对口帮扶广西", "mof2020"),
        # Evidence of two profiles is none.
        ({"execution": "20", "output": "40", "unit": "广西某局"}, "", "mof2020"),
    ],
)
def test_auto(given: dict[str, Any], text: str, name: str) -> None:
    assert profile_for("auto", form(**given), text).name == name


def test_a_named_profile_is_taken_as_named() -> None:
    hubei = form(execution="20", output="40")
    assert profile_for("mof2018", hubei).name == "mof2018"
    with pytest.raises(ConfigError):
        profile_for("没有", hubei)


@pytest.mark.parametrize("name", available_profiles())
def test_evidence_never_stands_empty(name: str) -> None:
    """An entry without a condition would claim every form."""
    for evidence in load_profile(name).evidence:
        assert evidence.text or evidence.unit or evidence.execution_weight is not None


def test_own_profile_may_name_evidence(tmp_path: Any) -> None:
    path = tmp_path / "本市.toml"
    path.write_text(
        'extends = "mof2020"\n[[evidence]]\nexecution_weight = 15\n', encoding="utf-8"
    )
    assert load_profile(str(path)).evidence[0].execution_weight == Decimal(15)
    path.write_text('extends = "mof2020"\n[[evidence]]\nword = "x"\n', encoding="utf-8")
    with pytest.raises(ConfigError):
        load_profile(str(path))
