"""Group D: money recomputed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from pipeline.core.flag import Severity
from pipeline.core.form import FundRow
from pipeline.flagging.fund_sums import (
    COLUMNS,
    fund_parts,
    is_scaled_sum,
    total_row,
)
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import amount, shown, unit_of
from pipeline.flagging.view import FormView, clip, evidence, unit_of_money

_WAN = Decimal(10_000)
# How far a scaled quotient may be off the printed rate, in points.
_NEAR_RATE = Decimal("0.5")


@flag("execution_rate_mismatch")
def execution_rate_mismatch(view: FormView) -> Iterator[Finding]:
    """Printed rate against executed : full budget, within what rounding allows.

    A rate over the initial budget is for information; a rate capped at 100 is
    accepted; a zero or missing budget is not judged.
    """
    for i, row in enumerate(view.form.funds):
        rate = amount(row.execution_rate)
        base = row.full_budget if row.full_budget is not None else row.initial_budget
        if rate is None or not amount(base) or amount(row.executed) is None:
            continue
        slack = view.profile.tolerances.rate
        if _rate_fits(rate, row.executed, base, slack) or fits_in_wan(row):
            continue  # the second is what unit_wan_yuan_suspect says
        initial = _rate_fits(rate, row.executed, row.initial_budget, slack)
        cells = tuple(
            evidence(view, f"funds[{i}].{name}")
            for name in ("execution_rate", "full_budget", "executed")
        )
        yield Finding(
            cells,
            {
                "label": clip(row.label),
                "rate": shown(rate),
                "due": shown(_quotient(row.executed, base) * 100),
                "spent": clip(row.executed or ""),
                "budget": clip(base or ""),
            },
            Severity.INFO if initial else None,
            variant="initial" if initial else "",
        )


def _quotient(part: str | None, whole: str | None) -> Decimal:
    return (amount(part) or Decimal(0)) / (amount(whole) or Decimal(1))


def _rate_fits(
    rate: Decimal, spent: str | None, budget: str | None, slack: Decimal
) -> bool:
    """Whether the printed amounts, as rounded, allow the printed rate."""
    a, b = amount(budget), amount(spent)
    if a is None or b is None or a <= 0:
        return False
    da, db = _rounding(budget), _rounding(spent)
    low = (b - db) / (a + da) * 100 - slack
    high = (b + db) / (a - da) * 100 + slack if a > da else Decimal("Infinity")
    readings = {rate}
    if abs(rate) <= 2:
        readings.add(rate * 100)
    capped = rate == 100 and low > 100
    return capped or any(low <= r <= high for r in readings)


def _rounding(text: str | None) -> Decimal:
    """What rounding may hide: 0.03 is rounded, a whole 10 is meant exactly."""
    unit = unit_of(text)
    return unit / 2 if unit < 1 else Decimal(0)


@flag("execution_score_mismatch")
def execution_score_mismatch(view: FormView) -> Iterator[Finding]:
    """Execution score against rate × weight, by any of the rates in question."""
    seen = set()
    for i, row in enumerate(view.form.funds):
        weight, score = amount(row.weight), amount(row.score)
        spent = amount(row.executed)
        if weight is None or score is None or spent is None:
            continue
        if (weight, score, spent) in seen:
            continue  # a cell that several rows share
        seen.add((weight, score, spent))
        if amount(row.full_budget) == 0:
            continue  # no rate to go by: budget_zero says so
        bases = [amount(row.full_budget), amount(row.initial_budget)]
        rates = [spent / b for b in bases if b]
        printed = amount(row.execution_rate)
        if printed is not None:
            rates += [printed / 100, printed] if abs(printed) <= 2 else [printed / 100]
        due = [min(weight, max(Decimal(0), r * weight)) for r in rates]
        slack = view.profile.tolerances.score
        if not due or score > weight or any(abs(score - d) <= slack for d in due):
            continue
        yield Finding(
            (evidence(view, f"funds[{i}].score"), evidence(view, f"funds[{i}].weight")),
            {"score": shown(score), "weight": shown(weight), "due": shown(due[0])},
            rests_on=tuple(
                f"funds[{i}].{n}" for n in ("execution_rate", "full_budget", "executed")
            ),
        )


@flag("budget_zero")
def budget_zero(view: FormView) -> Iterator[Finding]:
    """A full-year budget of zero: no rate can be computed. Low when nothing was spent."""
    found = total_row(view)
    if found is None or amount(found[1].full_budget) != 0:
        return
    at, row = found
    if any(v for _, _, v in fund_parts(view, at, "full_budget")):
        return  # funds_total_zero says it better
    yield Finding(
        (evidence(view, f"funds[{at}].full_budget"),),
        {
            "executed": clip(row.executed or "未列"),
            "unit": unit_of_money(view) if row.executed else "",
        },
        None if amount(row.executed) else Severity.LOW,
    )


def _execution(view: FormView) -> tuple[int, Decimal] | None:
    """Index of the total row and its recomputed execution in percent."""
    found = total_row(view)
    if found is None:
        return None
    at, row = found
    budget, spent = amount(row.full_budget), amount(row.executed)
    if not budget or budget < 0 or spent is None:
        return None
    return at, spent / budget * 100


@flag("execution_over_100")
def execution_over_100(view: FormView) -> Iterator[Finding]:
    """More spent than budgeted, beyond rounding."""
    found = _execution(view)
    if found is None or fits_in_wan(view.form.funds[found[0]]):
        return  # 元 beside 万元
    if found[1] > 100 + view.profile.tolerances.rate:
        yield _execution_finding(view, found[0], found[1], None)


@flag("execution_low")
def execution_low(view: FormView) -> Iterator[Finding]:
    """Budget execution below the profile's thresholds."""
    found = _execution(view)
    rules = view.profile.execution
    if found is not None and found[1] < rules.low:
        severity = None if found[1] < rules.very_low else Severity.LOW
        yield _execution_finding(view, found[0], found[1], severity)


def _execution_finding(
    view: FormView, at: int, rate: Decimal, severity: Severity | None
) -> Finding:
    cells = tuple(
        evidence(view, f"funds[{at}].{name}") for name in ("full_budget", "executed")
    )
    row = view.form.funds[at]
    values = {
        "rate": shown(rate),
        "spent": clip(row.executed or ""),
        "budget": clip(row.full_budget or ""),
        "unit": unit_of_money(view),
    }
    return Finding(cells, values, severity)


@flag("budget_adjusted_large")
def budget_adjusted_large(view: FormView) -> Iterator[Finding]:
    """The full-year budget far from the initial one: for information."""
    found = total_row(view)
    if found is None:
        return
    at, row = found
    initial, full = amount(row.initial_budget), amount(row.full_budget)
    if not initial or full is None or initial < 0:
        return
    change = (full / initial - 1) * 100
    if abs(change) > view.profile.execution.adjusted:
        yield Finding(
            tuple(
                evidence(view, f"funds[{at}].{n}")
                for n in ("initial_budget", "full_budget")
            ),
            {"change": shown(change)},
        )


@flag("unit_wan_yuan_suspect")
def unit_wan_yuan_suspect(view: FormView) -> Iterator[Finding]:
    """Amounts that differ by ten thousand: 元 beside 万元.

    In one row, also where the printed rate fits once one of them is scaled; and the
    total against its parts.
    """
    for i, row in enumerate(view.form.funds):
        filled = [(n, v) for n in COLUMNS if (v := amount(getattr(row, n)))]
        for (one, a), (other, b) in combinations(filled, 2):
            rated = fits_in_wan(row) and "executed" in (one, other)
            large, small = max(abs(a), abs(b)), min(abs(a), abs(b))
            near = abs(large / small / _WAN - 1) <= Decimal("0.05")
            if near or rated:
                values = {"label": clip(row.label), "one": shown(a), "other": shown(b)}
                rate = {"rate": shown(amount(row.execution_rate) or Decimal(0))}
                yield Finding(
                    tuple(evidence(view, f"funds[{i}].{n}") for n in (one, other)),
                    values if near else values | rate,
                    variant="" if near else "rate",
                )
                break
    yield from _parts_in_yuan(view)


def fits_in_wan(row: FundRow) -> bool:
    """Whether budget and spending agree with the printed rate only when one is scaled."""
    rate, spent = amount(row.execution_rate), amount(row.executed)
    budget = amount(row.full_budget) or amount(row.initial_budget)
    if not rate or not spent or not budget or spent < 0 or budget < 0:
        return False
    percent = rate if rate > 2 else rate * 100
    quotients = (spent / budget / _WAN * 100, spent / budget * _WAN * 100)
    return any(abs(q - percent) <= _NEAR_RATE for q in quotients)


def _parts_in_yuan(view: FormView) -> Iterator[Finding]:
    found = total_row(view)
    if found is None:
        return
    at, whole = found
    names = [n for n in COLUMNS if is_scaled_sum(view, at, n)]
    for name in names[:1]:
        parts = fund_parts(view, at, name)
        rows = [i for i, _, value in parts if value]
        total = amount(getattr(whole, name)) or Decimal(0)
        yield Finding(
            tuple(evidence(view, f"funds[{i}].{name}") for i in (at, *rows)),
            {
                "column": "、".join(COLUMNS[n] for n in names),
                "other": shown(total),
                "one": "、".join(shown(v) for *_, v in parts if v),
            },
            variant="parts",
        )
