"""Group C, third part: do the weights add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.core.flag import Severity
from pipeline.core.form import IndicatorRow
from pipeline.core.record import IndicatorRecord
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.scores import column, execution_number, is_extra, used
from pipeline.flagging.values import amount, shown
from pipeline.flagging.view import FormView, clip, evidence, is_part, row_evidence
from pipeline.language.fold import fold

# （50分）, （满分50分）, [50%] after a level name; a bare number in brackets may be anything.
_POINTS = r"(?:满分|权重|分值|共|计|占)?\s*[：:]?\s*(?P<{}>\d+(?:\.\d+)?)\s*"
_DECLARED = re.compile(
    rf"[（(\[【]\s*{_POINTS.format('a')}[分%％]\s*[)）\]】]|{_POINTS.format('b')}分\s*$"
)

_WHOLE = Decimal("0.6")
# What provinces give to budget execution, which may stand outside the table.
_EXECUTION_WEIGHTS = (Decimal(5), Decimal(10), Decimal(20))


@flag("weight_total_mismatch")
def weight_total_mismatch(view: FormView) -> Iterator[Finding]:
    """Weights against 100 and against weights declared beside level names."""
    if is_part(view):
        return
    yield from _whole_weights(view)
    yield from _declared_weights(view)


def _whole_weights(view: FormView) -> Iterator[Finding]:
    weights = column(view, "weight")
    if weights is None:
        return
    bonus = sum(
        (amount(r.weight) or Decimal(0) for r in view.indicators if is_extra(r)),
        Decimal(0),
    )
    plain = sum(weights, Decimal(0)) - bonus
    execution = execution_number(view, "weight")
    whole = plain + (execution or 0)
    due = view.profile.total_weight
    accepted = {due, Decimal(1), amount(view.form.total_weight) or due}
    if execution is None:
        # The execution weight is not printed, or not in a cell that we know.
        left_out = {view.profile.execution_weight, *_EXECUTION_WEIGHTS}
        accepted |= {due - weight for weight in left_out}
    slack = view.profile.tolerances.weight
    readings = (plain, whole, plain + bonus, whole + bonus)
    if any(abs(sum_ - a) <= slack for sum_ in readings for a in accepted):
        return
    # So little is rather a table of which we have only a part.
    excerpt = whole <= due * _WHOLE
    yield Finding(
        tuple(e for i in range(len(weights)) for e in row_evidence(view, i, "weight")),
        {
            "indicators": shown(plain),
            "execution": "未列" if execution is None else shown(execution),
            "sum": shown(whole),
            "due": shown(amount(view.form.total_weight) or due),
        },
        Severity.LOW if excerpt else None,
        0.5 if excerpt else None,
        rests_on=used(view, "weight"),
    )


def _declared_weights(view: FormView) -> Iterator[Finding]:
    """（50分） beside a level name against the weights of its rows."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, row in enumerate(view.indicators):
        if row.level1 is not None:
            groups.setdefault((row.level1,), []).append(i)
            if row.level2 is not None:
                groups.setdefault((row.level1, row.level2), []).append(i)
    execution = execution_number(view, "weight") or Decimal(0)
    slack = view.profile.tolerances.weight
    for key, rows in groups.items():
        declared = _DECLARED.search(key[-1])
        weights = [amount(view.indicators[i].weight) for i in rows]
        if declared is None or any(w is None for w in weights):
            continue
        due = Decimal(declared["a"] or declared["b"])
        found = sum((w for w in weights if w is not None), Decimal(0))
        readings = {found, found + execution, *_blocks(rows, weights)}
        if any(abs(r - due) <= slack for r in readings):
            continue
        level = f"indicators[{rows[0]}].level{len(key)}"
        cells = (e for i in rows for e in row_evidence(view, i, "weight"))
        yield Finding(
            (evidence(view, level), *cells),
            {"level": clip(key[-1]), "sum": shown(found), "due": shown(due)},
            variant="declared",
        )


def _blocks(rows: list[int], weights: list[Decimal | None]) -> Iterator[Decimal]:
    """Sums of runs of neighbouring rows: a level name may head two blocks."""
    total = Decimal(0)
    for at, (row, weight) in enumerate(zip(rows, weights, strict=True)):
        if at and row != rows[at - 1] + 1:
            yield total
            total = Decimal(0)
        total += weight or 0
    yield total


def level_weights(
    rows: Iterable[IndicatorRow | IndicatorRecord],
) -> dict[str, Decimal]:
    """Weights by kind of level 1; empty when any row has no weight or kind."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        weight, level = amount(row.weight), fold(row.level1 or "")
        kind = next((k for k in ("满意度", "产出", "效益", "成本") if k in level), None)
        if weight is None or kind is None:
            return {}
        sums[kind] = sums.get(kind, Decimal(0)) + weight
    return sums


@flag("weight_profile_deviation")
def weight_profile_deviation(view: FormView) -> Iterator[Finding]:
    """Level-1 weights against the splits of the profile: for information."""
    sums = level_weights(view.indicators)
    if not sums or sums in view.profile.weights:
        return
    yield Finding(
        tuple(
            e
            for i in range(len(view.indicators))
            for e in row_evidence(view, i, "weight")
        ),
        {"split": "、".join(f"{k}{shown(v)}" for k, v in sums.items())},
    )
