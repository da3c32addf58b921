"""Group D, second part: amounts listed in a sentence against their stated sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.flagging.catalogue import cue
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import shown
from pipeline.flagging.view import FormView, evidence
from pipeline.language.fold import fold

_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万|亿)?元(?!/)")
_SCALE = {None: Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SENTENCE = re.compile(r"[^。；\n]+")
_FEWEST_PARTS = 2
# How far the parts may stay below the sum and still be meant as the whole of it.
_SLIP = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount in 元 with its place; ``step`` is one unit of its last digit."""

    value: Decimal
    step: Decimal
    decimals: bool
    start: int
    end: int


@flag("narrative_amount_arithmetic")
def narrative_amount_arithmetic(view: FormView) -> Iterator[Finding]:
    """Parts after 其中 or 分别 that exceed the sum before it, or miss it by a slip.

    Parts well below the sum are a choice of them and say nothing.
    """
    for field in ("goal_text", "outcome_text"):
        text = getattr(view.form, field)
        if text is None or "元" not in text:
            continue
        if cue("parts_follow").search(text) is None:
            continue
        for sentence in _SENTENCE.finditer(fold(text)):
            listed = _listed(sentence[0], sentence.start())
            if listed is None:
                continue
            total, parts, whole = listed
            found = sum((p.value for p in parts), Decimal(0))
            if _fits(total, parts, found, whole=whole):
                continue
            places = ((p.start, p.end) for p in (total, *parts))
            yield Finding(
                tuple(evidence(view, field, a, b) for a, b in places),
                {
                    "total": _yuan(total.value),
                    "parts": "、".join(_yuan(p.value) for p in parts),
                    "sum": _yuan(found),
                },
            )


def _listed(
    sentence: str, offset: int
) -> tuple[_Amount, tuple[_Amount, ...], bool] | None:
    """The last amount before 其中 and those that follow it up to the next total.

    With it whether nothing was left out, as after 分别.
    """
    mark = cue("parts_follow").search(sentence)
    if mark is None or cue("parts_follow").search(sentence[mark.end() :]):
        return None
    if cue("about").search(sentence):
        return None
    before = _amounts(sentence[: mark.start()], offset)
    rest = sentence[mark.end() :]
    stop = cue("other_total").search(rest)
    rest = rest[: stop.start()] if stop else rest
    parts = _amounts(rest, offset + mark.end())
    if len(before) != 1 or len(parts) < _FEWEST_PARTS:
        return None
    whole = cue("all_parts_follow").search(mark[0]) and not (
        stop or cue("and_others").search(rest[parts[-1].end - offset - mark.end() :])
    )
    return before[0], tuple(parts), bool(whole)


def _amounts(text: str, offset: int) -> list[_Amount]:
    """Amounts that are no rate per unit (每户300元)."""
    found = []
    for m in _AMOUNT.finditer(text):
        lead = re.split(r"[，、：]", text[: m.start()])[-1]
        if cue("per_unit_amount").search(lead):
            continue
        scale = _SCALE[m[2]]
        digits = m[1].replace(",", "")
        places = len(digits.partition(".")[2])
        step = Decimal(1).scaleb(-places) * scale
        value = Decimal(digits) * scale
        place = (offset + m.start(), offset + m.end())
        found.append(_Amount(value, step, places > 0, *place))
    return found


def _fits(
    total: _Amount, parts: tuple[_Amount, ...], found: Decimal, *, whole: bool
) -> bool:
    """Equal within rounding, or so far below that parts must have been left out.

    None was left out of a ``whole`` list.
    """
    finest = min(p.step for p in (total, *parts))
    # A whole number is meant exactly, unless its parts are printed more finely.
    rounding = sum((p.step for p in parts if p.decimals), Decimal(0)) / 2
    if total.decimals or finest < total.step:
        rounding += total.step / 2
    gap = total.value - found
    left_out = not whole and gap > total.value * _SLIP
    return abs(gap) <= rounding or left_out


def _yuan(value: Decimal) -> str:
    large = abs(value) >= _SCALE["万"]
    return f"{shown(value / _SCALE['万'], 6)}万元" if large else f"{shown(value)}元"
