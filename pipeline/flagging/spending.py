"""Indicator rows that repeat the budget: 工程资金 43.2 | 37.24 beside funds of 43.2 and 37.24."""

from __future__ import annotations

from decimal import Decimal

from pipeline.core.record import IndicatorRecord
from pipeline.flagging.values import amount, is_rate
from pipeline.flagging.view import FormView, once

_WAN = Decimal(10_000)


def tells_spending(view: FormView, row: IndicatorRecord) -> bool:
    """Whether a row's target and actual value are a budget of the form and what was spent.

    That less was spent than planned is what the execution rate says; it is no
    promise that was broken.
    """
    if row.target is None or row.actual is None or is_rate(row.target.unit):
        return False
    pairs = once(view, "spending", lambda: _budgets(view))
    return (row.target.value, row.actual.value) in pairs


def _budgets(view: FormView) -> frozenset[tuple[Decimal, Decimal]]:
    """Budget and executed amount of each row of funds, as printed and in 元."""
    found: set[tuple[Decimal, Decimal]] = set()
    for fund in view.form.funds:
        spent = amount(fund.executed)
        for budget in map(amount, (fund.full_budget, fund.initial_budget)):
            if budget and spent is not None:
                found |= {(budget, spent), (budget * _WAN, spent * _WAN)}
    return frozenset(found)
