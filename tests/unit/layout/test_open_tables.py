"""Tables whose columns no ruling parts: what is made of them, and what is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.analysis import analyze_form
from pipeline.core.document import Document
from pipeline.core.form import Form
from pipeline.flagging.profiles import load_profile
from pipeline.layout import find_forms
from tests.unit.layout.builders import Row, table_from_grid, wide

ROWS: list[Row] = [
    ["项目名称", wide("村道养护", 8)],
    ["年度总体目标", wide("养护村道36公里，补种行道树1200株。", 8)],
    ["完成情况", wide("养护村道31公里，补种行道树1260株。", 8)],
    ["资金", "年初预算数", "全年预算数", "全年执行数", wide("执行率", 5)],
    ["年度资金总额", "50.00", "50.00", "48.00", wide("96%", 5)],
    ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", wide("原因", 2)],
    ["产出指标", "数量指标", "养护村道", "36公里", "31公里", "60", "52", wide("雨季停工", 2)],
    ["", "质量指标", "补种成活率", "≥90%", "93%", "40", "40", wide("", 2)],
    ["总分", wide("", 4), "100", wide("92", 3)],
]  # fmt: skip


def form_of(rows: list[Row], *, inferred: bool = True) -> Form:
    table = replace(table_from_grid(rows), inferred=inferred)
    (form,) = find_forms(Document("application/pdf", (table,)))
    return form


@pytest.mark.parametrize("inferred", [True, False])
def test_flags_of_inferred_columns_are_never_high(inferred: bool) -> None:
    form = form_of(ROWS, inferred=inferred)
    record = analyze_form(
        form, profile=load_profile("mof2020"), config_hash="", record_id=1, source=None
    )
    severities = {f.code: f.severity.value for f in record.flags}
    assert severities["target_not_met"] == ("medium" if inferred else "high")
    assert ("columns_inferred" in severities) is inferred


def test_a_total_that_reaches_into_the_reasons_is_the_score() -> None:
    form = form_of(ROWS)
    assert (form.total_weight, form.total_score) == ("100", "92")


def test_a_total_over_weight_and_score_is_not_the_weight() -> None:
    form = form_of([*ROWS[:-1], ["总分", wide("", 4), wide("92", 2), wide("", 2)]])
    assert (form.total_weight, form.total_score) == (None, "92")


@pytest.mark.parametrize(
    ("labels", "glued"),
    [
        (("指标值", "完成值"), "指标值完成值"),
        (("指标值", "完成值"), "指标值(A)完成值(B)"),
        (("全年预算数", "全年执行数"), "全年预算数全年执行数"),
    ],
)
def test_labels_that_touch_are_parted(labels: tuple[str, str], glued: str) -> None:
    rows = [list(row) for row in ROWS]
    for row in rows:
        if labels[0] in row:
            at = row.index(labels[0])
            row[at : at + 2] = [wide(glued, 2)]
    form, whole = form_of(rows), form_of(ROWS)
    assert form.indicators == whole.indicators
    assert form.funds == whole.funds


def test_one_label_over_two_columns_is_not_parted() -> None:
    rows = [list(row) for row in ROWS]
    rows[5][3:5] = [wide("指标值及说明", 2)]
    assert form_of(rows).indicators[0].actual_text != "36公里"


@pytest.mark.parametrize("overrun", [True, False])
def test_texts_over_rulings_are_noted(overrun: bool) -> None:
    table = replace(table_from_grid(ROWS), overrun=overrun)
    (form,) = find_forms(Document("application/pdf", (table,)))
    assert ("text_overruns" in [note.code for note in form.notes]) is overrun
