"""What the reading of a document says about its forms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.layout import find_forms
from pipeline.layout.document_notes import with_notes
from tests.unit.layout.builders import TITLE, doc


@pytest.mark.parametrize(
    ("cells", "detail"),
    [
        (((1, "F5"),), "F5等1格"),
        (((1, "F5"), (1, "G6"), (2, "A1")), "F5等2格"),
        (((2, "A1"),), None),
        ((), None),
    ],
)
def test_formulas_without_results_put_their_sheet_in_doubt(
    cells: tuple[tuple[int, str], ...], detail: str | None
) -> None:
    document = doc(
        TITLE,
        [
            ["项目名称", "修渠"],
            ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
            ["产出指标", "数量指标", "修渠", "8公里", "8公里", "20", ""],
        ],
    )
    document = replace(document, uncomputed=cells)
    (form,) = with_notes(find_forms(document), document)
    doubts = [n.detail for n in form.notes if n.code == "reading_doubt" and not n.field]
    assert [d.startswith(detail) for d in doubts if detail] == [True] * bool(detail)
    assert bool(doubts) == (detail is not None)
