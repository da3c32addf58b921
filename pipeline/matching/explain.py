"""One Chinese sentence per link: what was compared and why it belongs together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.core.link import Verdict
from pipeline.core.quantity import Quantity
from pipeline.matching.measures.measure import Measure

_VERDICTS = {
    Verdict.MET: "达到目标",
    Verdict.EXCEEDED: "超过目标",
    Verdict.SHORTFALL: "未达到目标值",
}


_GROUNDS = {
    "direct": "两处所述事项的文字相符",
    "by_place": "两处文字不同，按前后列举的次序和单位推断，请核对",
    "via_indicator": "两处均与同一绩效指标相符",
    "sum": "按合计数比较",
    "task_share": "完成情况只给出占年度任务的比例，与100%比较",
    "worst": "多项中以最低者为准",
}


def explain_link(
    target: Measure,
    partners: Sequence[Measure],
    outcomes: Sequence[Measure],
    verdict: Verdict,
    method: str,
    *,
    by_place: bool = False,
) -> str:
    """Name the quotes of both sides, the verdict and the ground of the link.

    ``partners`` are further targets that the same outcome answers; ``by_place``
    means that the order of the numbers, not their words, joins the two sides.
    """
    wanted = "与".join(_named(t) for t in (target, *partners))
    got = "、".join(_named(o) for o in outcomes)
    ratio = _ratio(target, outcomes) if method in ("direct", "via_indicator") else ""
    ground = _GROUNDS["by_place" if by_place and method == "direct" else method]
    return f"目标{wanted}，完成情况{got}：{_VERDICTS[verdict]}（{ground}{ratio}）。"


def explain_undetermined(target: Measure, candidates: Sequence[Measure]) -> str:
    """Say that several outcomes are equally likely, and which."""
    names = "、".join(_named(c) for c in candidates)
    return f"目标{_named(target)}可能对应{names}，无法确定，请人工判断。"


def _named(measure: Measure) -> str:
    quantity: Quantity = measure.quantity
    subject = quantity.subject.replace("\n", " ")
    return f"“{quantity.quote}”" + (f"（{subject}）" if subject else "")


def _ratio(target: Measure, outcomes: Sequence[Measure]) -> str:
    total = sum((o.quantity.value for o in outcomes), Decimal(0))
    wanted = target.quantity.value
    if wanted <= 0 or target.unit_class == "rate" or len(outcomes) != 1:
        return ""
    share = (total / wanted * 100).quantize(Decimal(1))
    if target.quantity.unit != outcomes[0].quantity.unit:
        return "，两处单位写法不同"
    return f"，为目标的{share}%"
