"""Score cells that say what was taken off, and codes glued to names."""

from __future__ import annotations

import pytest

from pipeline.core.form import Form
from pipeline.layout import find_forms
from pipeline.layout.numbers import tells_deduction
from tests.unit.layout.builders import TITLE, Row, doc


def read(*rows: Row) -> Form:
    (form,) = find_forms(doc(TITLE, list(rows)))
    return form


HEAD: list[Row] = [
    ["项目名称", "修渠"],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    ["产出指标", "质量指标", "合格率", "100%", "100%", "50", "50"],
]


@pytest.mark.parametrize("score", ["扣0分", "扣2.5分", "不扣分", "未扣分", "扣减1分"])
def test_what_was_taken_off_is_no_score_and_no_reason(score: str) -> None:
    row: Row = ["产出指标", "数量指标", "修渠", "8公里", "7公里", "20", score]
    form = read(*HEAD, row)
    assert (form.indicators[1].score, form.indicators[1].deviation) == (None, None)
    notes = {(n.code, n.field, n.detail) for n in form.notes}
    assert ("reading_doubt", "indicators[1].score", score) in notes


@pytest.mark.parametrize(
    "text",
    ["扣款及时率", "因雨季扣2分", "2.5", "扣除标准", "减少2次", "不扣农民工工资"],
)
def test_other_words_tell_no_deduction(text: str) -> None:
    assert not tells_deduction(text)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("云岭县水务局308001", "云岭县水务局"),
        ("308001云岭县水务局", "云岭县水务局"),
        ("云岭县水务局（本级）308001001", "云岭县水务局（本级）"),
        ("云岭县第302医院", "云岭县第302医院"),
        ("云岭县2022", "云岭县2022"),
        ("12345热线服务中心", "12345热线服务中心"),
    ],
)
def test_a_code_glued_to_the_name(printed: str, name: str) -> None:
    assert read(["实施单位", printed], *HEAD).unit == name
