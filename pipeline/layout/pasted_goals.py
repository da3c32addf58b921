"""The goals of a pasted form: labels, then their texts in the same order."""

from __future__ import annotations

import re

from pipeline.layout.goal_labels import ACTUAL, kind_of_label, leads_outcome
from pipeline.layout.labels import has_role, roles_of
from pipeline.layout.lines import Line
from pipeline.layout.pasted_cells import one_cell, row_of, text_of

GOALS = (
    "goal.adjusted",
    "goal.annual",
    "goal.generic",
    "goal.longterm",
    "goal.actual",
)
_FIRST_POINT = re.compile(r"\s*(?:1[.．、]|一、|[（(]?[一1][）)]|①|目标[1一])")


def goal_rows(run: list[Line], start: int) -> tuple[int, list[Line]]:
    """The labels, then their texts: one each, or parted where numbering restarts."""
    end = start
    while end < len(run) and has_role(text_of(run[end]), *GOALS):
        end += 1
    labels = run[start:end]
    stop = end
    while stop < len(run) and not roles_of(text_of(run[stop])):
        stop += 1
    texts = run[end:stop]
    # 年度总体目标 | 预期目标 | 实际完成情况: the last two are columns.
    # 总体目标 | 年度目标 without a label of what became of them: a label in a label.
    kinds = {kind_of_label(text_of(label)) for label in labels}
    columns = 2 if len(labels) > 1 and kinds & {ACTUAL, "longterm"} else 1
    before = text_of(run[start - 1]) if start else ""
    if has_role(before, "goal.taskcolumn", "fund.") or any(
        leads_outcome(text_of(t)) for t in texts
    ):
        return stop, []  # a column of tasks, or goals and outcomes by turns
    if columns == 1:
        texts = [t for t in texts if text_of(t)]
        return stop, [row_of([*labels, *texts[:1]]), *(row_of([t]) for t in texts[1:])]
    cells = _cells(texts)
    if len(cells) != columns:
        # Where one text ends and the next begins is not printed.
        left = [one_cell(cells)] if cells else []
        return stop, [row_of(labels), *left]
    places = [len(labels) - 2, len(labels) - 1]
    return stop, [row_of(labels), row_of(cells, places)]


def _cells(texts: list[Line]) -> list[Line]:
    """Paragraphs of two cells put together, where the second starts with 1. too."""
    while len(texts) > 2 and not text_of(texts[-1]):
        texts = texts[:-1]
    if len(texts) <= 2:
        return texts
    texts = [t for t in texts if text_of(t)]
    firsts = [i for i, t in enumerate(texts) if _FIRST_POINT.match(text_of(t))]
    if len(texts) > 2 and len(firsts) == 2 and firsts[0] == 0:
        return [one_cell(texts[: firsts[1]]), one_cell(texts[firsts[1] :])]
    half = len(texts) // 2
    words = [text_of(t) for t in texts]
    if len(texts) > 2 and words[:half] == words[half:]:
        return [one_cell(texts[:half]), one_cell(texts[half:])]
    return texts
