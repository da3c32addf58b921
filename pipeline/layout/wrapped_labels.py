"""Labels of columns that were broken in two, the halves in two printed lines.

年度 | 实际 | 分值 over 指标值 | 完成值: where the words of a line stand beside each
other, the halves of one label stand in different lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layout.labels import has_role

MIN_HALVES = 2
"""Labels that must become whole at once; one may be by chance."""

_CURRENCY = re.compile(r"[（(](?:单位[:：])?(?:人民币)?[万亿千]?元[）)]")
_COLUMN = ("ind.", "fund.")


def whole_labels(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """The words of printed lines, with the halves of labels put together in the first."""
    done: list[list[str]] = []
    for line in lines:
        words = list(line)
        above = done[-1] if done else []
        if above and words and _names_money(above, words[0]):
            above[0] += words.pop(0)
        at = _place_of(above, words)
        if at is not None:
            above[at : at + len(words)] = [
                first + second for first, second in zip(above[at:], words, strict=False)
            ]
            words = []
        done.append(words)
    return done


def _names_money(above: Sequence[str], word: str) -> bool:
    """项目资金 | 年初预算数 … over （万元） | 年度资金总额 …."""
    return (
        _CURRENCY.fullmatch(word) is not None
        and has_role(above[0], "section.funds")
        and any(has_role(text, "fund.") for text in above[1:])
    )


def _place_of(above: Sequence[str], halves: Sequence[str]) -> int | None:
    """Where the labels begin whose second halves are all the words of a line."""
    if len(halves) < MIN_HALVES or len(above) <= len(halves):
        return None
    return next(
        (
            at
            for at in range(len(above) - len(halves) + 1)
            if _fit(above[at : at + len(halves)], halves)
        ),
        None,
    )


def _fit(firsts: Sequence[str], seconds: Sequence[str]) -> bool:
    """Whether each pair makes a label, and no first half is a label of its own."""
    return all(
        has_role(first + second, *_COLUMN)
        and not has_role(first, *_COLUMN, "section.", "goal.")
        for first, second in zip(firsts, seconds, strict=True)
    )
