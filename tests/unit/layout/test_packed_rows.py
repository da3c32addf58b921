"""Several indicators in one row, and the year among its quarters."""

from __future__ import annotations

import pytest

from pipeline.core.form import Form
from pipeline.layout import find_forms
from tests.unit.layout.builders import Row, doc, tall, wide

HEAD: list[Row] = [
    ["项目名称", wide("村道养护", 7)],
    ["年度目标", wide("养护村道36公里。", 7)],
    ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "原因"],
]


def rows_of(*rows: Row) -> list[tuple[str | None, ...]]:
    (form,) = find_forms(doc([*HEAD, *rows]))
    return [
        (r.level1, r.name, r.target_text, r.actual_text, r.weight, r.score, r.deviation)
        for r in form.indicators
    ]


def test_indicators_one_below_the_other_in_one_row() -> None:
    found = rows_of(
        ["产出指标", "数量指标", "1.养护里程\n2.补种行道树", "36公里\n1200株", "31公里\n1260株", "20\n10", "18\n10", "雨季停工"],
        ["", "质量指标", "验收合格率", "100%", "100%", "20", "20", ""],
    )  # fmt: skip
    assert found == [
        ("产出指标", "1.养护里程", "36公里", "31公里", "20", "18", "雨季停工"),
        ("产出指标", "2.补种行道树", "1200株", "1260株", "10", "10", "雨季停工"),
        ("产出指标", "验收合格率", "100%", "100%", "20", "20", None),
    ]


@pytest.mark.parametrize(
    "row",
    [
        ["产出指标", "数量指标", "养护\n里程", "36\n公里", "31\n公里", "20", "18", ""],
        ["产出指标", "数量指标", "养护\n里程", "36公里", "31公里", "20\n", "18", "雨季\n停工"],
        ["产出指标", "数量指标", "里程\n树", "36公里\n9株", "31公里\n9株", "20", "18\n2", ""],
    ],
    ids=["broken-words", "one-value", "points-for-all"],
)  # fmt: skip
def test_cells_that_do_not_agree_stay_one_row(row: Row) -> None:
    assert len(rows_of(row)) == 1


def quarters(*labels: str) -> Form:
    count = len(labels)
    rows: list[Row] = [
        ["项目名称", wide("村道养护", 5 + count)],
        ["年度目标", wide("养护村道36公里。", 5 + count)],
        [tall("一级指标", 2), tall("二级指标", 2), tall("三级指标", 2), tall("指标值", 2), wide("实际完成情况", count), tall("分值", 2), tall("得分", 2)],
        [*labels],
        ["产出指标", "数量指标", "里程", "36公里", *(f"{i}公里" for i in range(count)), "20", "18"],
        ["产出指标", "质量指标", "合格率", "95%", *(f"{i}%" for i in range(count)), "20", "18"],
    ]  # fmt: skip
    (form,) = find_forms(doc(rows))
    return form


@pytest.mark.parametrize(
    ("labels", "actual"),
    [
        (("一季度", "二季度", "三季度", "四季度", "全年"), "4公里"),
        (("全年", "其中：上半年"), "0公里"),
        (("1-6月", "1-12月"), "1公里"),
        (("一季度", "二季度"), None),
    ],
)
def test_the_value_of_the_year_among_those_of_its_parts(
    labels: tuple[str, ...], actual: str | None
) -> None:
    assert quarters(*labels).indicators[0].actual_text == actual
