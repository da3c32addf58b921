"""One finished record of our own writing, used by schema, docs and invariants."""

from __future__ import annotations

from decimal import Decimal

from pipeline.core.flag import Evidence, Flag, Severity
from pipeline.core.form import FundRow
from pipeline.core.link import IndicatorStatus, Link, Verdict
from pipeline.core.provenance import BBox, CellRef, Provenance
from pipeline.core.quantity import Comparator, Quantity
from pipeline.core.record import IndicatorRecord, ProducedBy, Record, Source
from pipeline.core.statement import Clarity, Cue, Statement, StatementKind

GOAL = "1.开展消防安全培训不少于24场；2.进一步提升社区应急能力。"
OUTCOME = "全年开展消防安全培训26场，发放手册3500册。"
TARGET_TEXT = "≥24场"
ACTUAL_TEXT = "26场"


def quantity(
    text: str, quote: str, subject: str, comparator: Comparator, value: str, unit: str
) -> Quantity:
    """A quantity at the first place where its quote stands."""
    start = text.index(quote)
    end = start + len(quote)
    number = Decimal(value)
    return Quantity(quote, start, end, subject, comparator, number, None, unit)


def statement(
    quote: str, clarity: Clarity, targets: tuple[int, ...], *, has_outcome: bool
) -> Statement:
    """A task of the goal text, vague when it has no target."""
    start = GOAL.index(quote)
    return Statement(
        quote=quote,
        start=start,
        end=start + len(quote),
        kind=StatementKind.TASK,
        quantified=bool(targets),
        vague=not targets,
        has_outcome=has_outcome,
        clarity=clarity,
        targets=targets,
    )


def cue(quote: str) -> Cue:
    """Words of the goal text that lower its clarity."""
    start = GOAL.index(quote)
    return Cue(quote, start, start + len(quote))


def dimensions(*values: float) -> dict[str, float]:
    """The seven dimensions of clarity in the order of the contract."""
    names = [
        "target",
        "deliverable",
        "object",
        "deadline",
        "actor",
        "verifiability",
        "hedge",
    ]
    return dict(zip(names, values, strict=True))


def indicator() -> IndicatorRecord:
    """The row that repeats the training target."""
    at_least, equal = Comparator.AT_LEAST, Comparator.EQUAL
    return IndicatorRecord(
        row=0,
        level1="产出指标",
        level2="数量指标",
        name="消防安全培训场次",
        target_text=TARGET_TEXT,
        actual_text=ACTUAL_TEXT,
        weight="90.00",
        score="88.00",
        deviation="宣传手册印制较晚",
        target=quantity(TARGET_TEXT, "≥24场", "消防安全培训", at_least, "24", "场"),
        actual=quantity(ACTUAL_TEXT, "26场", "消防安全培训", equal, "26", "场"),
        status=IndicatorStatus.EXCEEDED,
        targets=(0,),
        outcomes=(0,),
    )


def vague_flag() -> Flag:
    """The hint at the second item of the goal."""
    quote = "进一步提升社区应急能力"
    start = GOAL.index(quote)
    return Flag(
        code="goal_vague",
        name="目标表述模糊",
        severity=Severity.MEDIUM,
        confidence=0.8,
        message="“进一步提升社区应急能力”没有可核对的数量、成果或时限。",
        basis="绩效目标应当具体、可衡量的一般要求",
        evidence=(
            Evidence(
                field="goal_text",
                start=start,
                end=start + len(quote),
                quote=quote,
                page=1,
                bbox=BBox(120.5, 210.0, 330.25, 268.0),
            ),
        ),
    )


def place(row: int, column: int) -> Provenance:
    """A cell of the first table on the first page."""
    box = BBox(120.5, 210.0, 330.25, 268.0)
    return Provenance(page=1, bbox=box, cell=CellRef(0, row, column))


def record() -> Record:
    """A form with one target, exceeded, and one vague statement."""
    at_least, equal = Comparator.AT_LEAST, Comparator.EQUAL
    return Record(
        schema_version=1,
        id="3f0a6c1d9be2478a",
        produced_by=ProducedBy("0.1.0", "mof2020", "0a1b2c3d4e5f"),
        source=Source("2023/消防.pdf", "ab" * 32, "application/pdf", 0, (1,), "text"),
        document_type="project_selfeval",
        year=2023,
        project_name="社区消防能力建设",
        department="某区应急管理局",
        unit="某区消防宣传中心",
        currency_unit="万元",
        funds=(
            FundRow(
                kind="total",
                label="年度资金总额",
                initial_budget="48.00",
                full_budget="48.00",
                executed="47.52",
                weight="10.00",
                execution_rate="99.00",
                score="9.90",
            ),
        ),
        goal_text=GOAL,
        outcome_text=OUTCOME,
        targets=(quantity(GOAL, "不少于24场", "消防安全培训", at_least, "24", "场"),),
        outcomes=(
            quantity(OUTCOME, "26场", "消防安全培训", equal, "26", "场"),
            quantity(OUTCOME, "3500册", "手册", equal, "3500", "册"),
        ),
        goal_statements=(
            statement(
                "开展消防安全培训不少于24场",
                Clarity(86, dimensions(1, 1, 0.5, 0.5, 0.5, 1, 1)),
                (0,),
                has_outcome=True,
            ),
            statement(
                "进一步提升社区应急能力",
                Clarity(14, dimensions(0, 0, 0.5, 0.5, 0, 0, 0), (cue("进一步"),)),
                (),
                has_outcome=False,
            ),
        ),
        links=(
            Link(
                target=0,
                outcomes=(0,),
                verdict=Verdict.EXCEEDED,
                candidates=(),
                confidence=0.97,
                method="direct",
                explanation="目标“不少于24场”与完成“26场”都是消防安全培训的场次，26大于24。",
            ),
        ),
        unmatched_targets=(),
        unmatched_outcomes=(1,),
        indicators=(indicator(),),
        total_score="97.90",
        rating="优",
        flags=(vague_flag(),),
        provenance={
            "goal_text": place(8, 1),
            "outcome_text": place(8, 4),
            "indicators[0].target_text": place(10, 3),
            "indicators[0].actual_text": place(10, 4),
        },
    )
