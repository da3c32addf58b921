"""Group D, second part: do the parts of the funds add up to their total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, product

from pipeline.core.flag import Severity
from pipeline.core.form import FundRow
from pipeline.flagging.catalogue import cue
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import amount, shown
from pipeline.flagging.view import FormView, evidence, unit_of_money

COLUMNS = {
    "initial_budget": "年初预算数",
    "full_budget": "全年预算数",
    "executed": "全年执行数",
}
# More parts than this (4,096 choices) are not tried in all combinations.
_MOST_PARTS = 12
_WAN = Decimal(10_000)
# 196万元 and 1,960,400元 are one amount: rounding to 万元 takes so much.
_SCALED = Decimal("0.001")
_NO_UNIT = "单位未注明"
# A part so many times the total is in another unit.
_HUGE = 100


def total_row(view: FormView) -> tuple[int, FundRow] | None:
    """The first row of the whole sum, with its index."""
    for i, row in enumerate(view.form.funds):
        if row.kind == "total":
            return i, row
    return None


@flag("funds_sum_mismatch")
def funds_sum_mismatch(view: FormView) -> Iterator[Finding]:
    """The total against its parts, column by column.

    Rows of one kind may be details of one another (中央, 省 under 财政拨款), so any
    choice of them that adds up is accepted. A total of zero has a flag of its own.
    """
    found = total_row(view)
    if found is None:
        return
    at, whole = found
    wrong: dict[tuple[Decimal, ...], list[str]] = {}
    for name in COLUMNS:
        total = amount(getattr(whole, name))
        parts = fund_parts(view, at, name)
        if not total or not parts or any(v is None for _, _, v in parts):
            continue
        if is_scaled_sum(view, at, name):
            continue  # unit_wan_yuan_suspect says so
        if not _adds_up(
            total, parts, view.profile.tolerances.money, _inner_kinds(view, at)
        ):
            key = (total, *(v for _, _, v in parts if v is not None))
            wrong.setdefault(key, []).append(name)
    for (total, *values), names in wrong.items():
        yield _sum_finding(view, at, names, total, values)


def _sum_finding(
    view: FormView, at: int, names: list[str], total: Decimal, values: list[Decimal]
) -> Finding:
    """One finding for the columns that repeat the same amounts."""
    rows = [i for i, *_ in fund_parts(view, at, names[0])]
    cells = (evidence(view, f"funds[{i}].{n}") for n in names for i in (at, *rows))
    return Finding(
        tuple(cells),
        {
            "column": "、".join(COLUMNS[n] for n in names),
            "total": shown(total),
            "parts": "、".join(shown(v) for v in values),
            "unit": unit_of_money(view) or _NO_UNIT,
        },
        None if any(values) else Severity.MEDIUM,
    )


def is_scaled_sum(view: FormView, at: int, name: str) -> bool:
    """Whether the parts add up once the total, or the huge ones of them, are 元."""
    total = amount(getattr(view.form.funds[at], name))
    parts = [v for *_, v in fund_parts(view, at, name) if v]
    if not total or not parts:
        return False
    in_yuan = [v for v in parts if v > total * _HUGE]
    scaled = sum((v / _WAN if v in in_yuan else v for v in parts), Decimal(0))
    found = sum(parts, Decimal(0))
    parts_fit = bool(in_yuan) and abs(scaled - total) <= total * _SCALED
    return parts_fit or abs(total / _WAN - found) <= found * _SCALED


def fund_parts(
    view: FormView, total: int, name: str
) -> list[tuple[int, str, Decimal | None]]:
    """Index, kind and amount of every row that is no total."""
    return [
        (i, row.kind, amount(getattr(row, name)))
        for i, row in enumerate(view.form.funds)
        if i != total and row.kind != "total"
    ]


def _inner_kinds(view: FormView, total: int) -> frozenset[str]:
    """Kinds whose every row is 其中 of a row before it: 其中：上年结转 of 财政拨款.

    The first part of the total is printed 其中 too and counts as a part.
    """
    parts = [(i, r) for i, r in enumerate(view.form.funds) if r.kind != "total"]
    inner = {
        row.kind: all(
            cue("detail_of").search(r.label) and i != parts[0][0] and i > total
            for i, r in parts
            if r.kind == row.kind
        )
        for _, row in parts
    }
    return frozenset(kind for kind, always in inner.items() if always)


def _adds_up(
    total: Decimal,
    parts: list[tuple[int, str, Decimal | None]],
    slack: Decimal,
    inner: frozenset[str],
) -> bool:
    if len(parts) > _MOST_PARTS:
        return True  # rather no flag than a slow one
    if _adds_up_again(total, [value or Decimal(0) for *_, value in parts], slack):
        return True
    kinds: dict[str, list[Decimal]] = {}
    for _, kind, value in parts:
        kinds.setdefault(kind, []).append(value or Decimal(0))
    nothing = {Decimal(0)}
    choices = [
        _sums(values) | (nothing if kind in inner else set())
        for kind, values in kinds.items()
    ]
    return any(
        abs(sum(chosen, Decimal(0)) - total) <= slack for chosen in product(*choices)
    )


def _adds_up_again(total: Decimal, values: list[Decimal], slack: Decimal) -> bool:
    """Whether the total is parted more than once: by what it was for, then by its source."""
    left = total
    for value in values:
        if abs(left) <= slack:
            left = total
        left -= value
    return abs(left) <= slack


def _sums(values: list[Decimal]) -> set[Decimal]:
    """Sums of every non-empty choice of the rows of one kind."""
    return {
        sum(some, Decimal(0))
        for size in range(1, len(values) + 1)
        for some in combinations(values, size)
    }


@flag("funds_total_zero")
def funds_total_zero(view: FormView) -> Iterator[Finding]:
    """A total of zero over parts that are not: one finding per form."""
    found = total_row(view)
    if found is None:
        return
    at, row = found
    for name, title in COLUMNS.items():
        filled = [(i, v) for i, _, v in fund_parts(view, at, name) if v]
        if amount(getattr(row, name)) == 0 and filled:
            cells = (evidence(view, f"funds[{i}].{name}") for i, _ in filled)
            yield Finding(
                (evidence(view, f"funds[{at}].{name}"), *cells),
                {
                    "column": title,
                    "parts": "、".join(shown(v) for _, v in filled),
                    "unit": unit_of_money(view) or _NO_UNIT,
                },
            )
            return
