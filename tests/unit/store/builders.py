"""Records and documents for the store's tests, from sentences of our own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal

from pipeline.core.flag import Evidence, Flag, Severity
from pipeline.core.form import Amendment, FundRow
from pipeline.core.link import IndicatorStatus, Link, Verdict
from pipeline.core.provenance import BBox, CellRef, Provenance
from pipeline.core.quantity import Comparator, Quantity
from pipeline.core.record import (
    SCHEMA_VERSION,
    IndicatorRecord,
    ProducedBy,
    Record,
    Source,
)
from pipeline.core.statement import Clarity, Cue, Statement, StatementKind
from pipeline.store.rows import DocumentResult

GOAL = (
    "修缮灌溉渠道不少于12公里；举办节水讲座8场；改造泵站3座；不断提升群众用水满意度。"
)
OUTCOME = "修缮灌溉渠道12.5公里，举办节水讲座6场，发放节水手册900册。"
RUN_KEY = "0.1.0:mof2020:abc"


def quantity(
    text: str, quote: str, value: str, unit: str, sign: Comparator = Comparator.EQUAL
) -> Quantity:
    start = text.index(quote)
    return Quantity(
        quote, start, start + len(quote), f"{unit}数", sign, Decimal(value), None, unit
    )


def statement(
    text: str, quote: str, *, vague: bool, targets: tuple[int, ...]
) -> Statement:
    start = text.index(quote)
    cues = (Cue("不断", start, start + 2),) if vague else ()
    clarity = Clarity(20 if vague else 90, {"hedge": 0.5 if vague else 1.0}, cues)
    return Statement(
        quote,
        start,
        start + len(quote),
        StatementKind.TASK,
        bool(targets),
        vague,
        bool(targets),
        clarity,
        targets,
    )


def _links() -> tuple[Link, ...]:
    return (
        Link(0, (0,), Verdict.EXCEEDED, (), 0.95, "direct", "12.5公里多于12公里。"),
        Link(1, (1,), Verdict.SHORTFALL, (), 0.9, "direct", "6场少于8场。"),
        Link(2, (), Verdict.UNDETERMINED, (1, 2), 0.4, "none", "无法判断。"),
    )


def _indicators() -> tuple[IndicatorRecord, ...]:
    target = quantity("≥12公里", "≥12公里", "12", "公里", Comparator.AT_LEAST)
    actual = quantity("12.5公里", "12.5公里", "12.5", "公里")
    first = IndicatorRecord(
        0, "产出指标（50分）", "数量指标", "渠道长度", "≥12公里", "12.5公里", "15.00", "15.00",
        None, target, actual, IndicatorStatus.EXCEEDED, None, (0,), (0,),
    )  # fmt: skip
    short = IndicatorRecord(
        1, "产出指标（50分）", "数量指标", "讲座场次", "8场", "6场", "10", "7.5",
        "=因汛期减少2场", None, None, IndicatorStatus.SHORTFALL,
        Amendment("节水讲座场次", None), (1,), (1,),
    )  # fmt: skip
    return first, short


def record(
    path: str = "甲县/灌溉.docx",
    *,
    sha256: str = "a" * 64,
    index: int = 0,
    goal: str = GOAL,
    project: str = "灌溉渠道修缮",
    flag_message: str = "“改造泵站3座”未在文中找到对应完成情况",
) -> Record:
    """A form with three targets (one exceeded, one short, one open)."""
    targets = (
        quantity(goal, "不少于12公里", "12", "公里", Comparator.AT_LEAST),
        quantity(goal, "8场", "8", "场"),
        quantity(goal, "3座", "3", "座"),
    )
    outcomes = (
        quantity(OUTCOME, "12.5公里", "12.5", "公里"),
        quantity(OUTCOME, "6场", "6", "场"),
        quantity(OUTCOME, "900册", "900", "册"),
    )
    place = Provenance(2, BBox(1, 2, 3, 4), CellRef(0, 8, 1))
    flag = Flag(
        "goal_without_outcome", "目标无对应完成情况", Severity.HIGH, 0.9, flag_message,
        "办法第十条", (Evidence("goal_text", 23, 29, goal[23:29], 2, BBox(1, 2, 3, 4)),),
    )  # fmt: skip
    return Record(
        schema_version=SCHEMA_VERSION,
        id=hashlib.sha256(f"{sha256}{index}".encode()).hexdigest()[:16],
        produced_by=ProducedBy("0.1.0", "mof2020", "abc"),
        source=Source(path, sha256, "text/plain", index, (1, 2), "text"),
        document_type="project_selfeval",
        year=2024,
        project_name=project,
        department="甲县水利局",
        unit="甲县渠道管理所",
        currency_unit="万元",
        funds=(
            FundRow(
                "total", "年度资金总额", "10.00", "10.50", "9.80", "10", "93.33", "9.33"
            ),
        ),
        goal_text=goal,
        outcome_text=OUTCOME,
        targets=targets,
        outcomes=outcomes,
        goal_statements=(
            statement(goal, "修缮灌溉渠道不少于12公里", vague=False, targets=(0,)),
            statement(goal, "不断提升群众用水满意度", vague=True, targets=()),
        ),
        links=_links(),
        unmatched_targets=(2,),
        unmatched_outcomes=(2,),
        indicators=_indicators(),
        total_score="92.50",
        rating="优",
        flags=(flag,),
        provenance={"goal_text": place, "indicators[1].target_text": Provenance(3)},
    )


def document(
    path: str = "甲县/灌溉.docx",
    *,
    sha256: str = "a" * 64,
    records: Sequence[Record] | None = None,
    status: str = "ok",
    reason: str | None = None,
    text: str | None = "全文",
    run_key: str = RUN_KEY,
) -> DocumentResult:
    if records is None:
        records = [record(path, sha256=sha256)] if status in ("ok", "partial") else []
    return DocumentResult(
        path, sha256, "text/plain", status, reason, None, text, tuple(records), run_key
    )
