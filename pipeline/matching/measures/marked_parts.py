"""Which numbers a text marks as parts of one before them: 其中12家, 338人：孤独症131人."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.core.quantity import Quantity
from pipeline.matching.measures.boundaries import (
    MAX_CONTEXT,
    SENTENCE,
    Places,
    last_end,
)
from pipeline.word_lists import alternatives, ending_in

_PARTS = Places(re.compile(r"其中|包括|含(?!量)"))
_SUM_WORD = 4


def is_part(
    folded: str, quantities: Sequence[Quantity], index: int, sentence: int
) -> bool:
    """Whether a number is a part of one before it: 其中12家, 338人：孤独症131人.

    All later numbers in the unit of the first part are parts too (其中A 2期、B 3期),
    up to the end of the sentence or of the brackets.
    """
    quantity = quantities[index]
    unit = quantity.unit
    begin = max(sentence, quantity.start - MAX_CONTEXT)
    mark = last_end(_PARTS, folded, begin, quantity.start)
    if mark is not None:
        first = next(q for q in quantities if q.start >= mark)
        return first is quantity or first.unit == unit
    for place in range(index - 1, -1, -1):
        whole = quantities[place]
        if whole.start < begin:
            break
        opened = folded[whole.end : whole.end + 1]
        if opened and opened in "(：" and whole.unit == unit:
            return opened == "：" or ")" not in folded[whole.end : quantity.start]
    return _has_a_sum(folded) and _is_item_of_sum(folded, quantities, index)


@lru_cache(maxsize=1024)
def _has_a_sum(folded: str) -> bool:
    return _sum_of().search(folded) is not None  # most texts have none


@lru_cache(maxsize=1)
def _sum_of() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('in_sum')})[^\d，。；]{{0,4}}\d")


def _is_item_of_sum(folded: str, quantities: Sequence[Quantity], index: int) -> bool:
    """检查共90家：餐饮店40家；食堂20家；超市30家: the items of what is summed up before them.

    After a mere comma only items that add up to it: 抽验合计90批次，药品60批次、器械30批次.
    """
    quantity = quantities[index]
    begin = max(
        folded.rfind("。", 0, quantity.start), folded.rfind("\n", 0, quantity.start)
    )
    for place in range(index - 1, -1, -1):
        whole = quantities[place]
        if whole.start < begin:
            return False
        mark = folded[whole.end : whole.end + 1]
        if whole.unit != quantity.unit or mark not in ("：", "，"):
            continue
        before = folded[max(begin + 1, whole.start - _SUM_WORD) : whole.start]
        if ending_in("in_sum").search(before):
            return mark == "：" or quantity.end <= _end_of_items(
                whole, folded, quantities
            )
        if mark == "：":
            return False
    return False


def _end_of_items(whole: Quantity, folded: str, quantities: Sequence[Quantity]) -> int:
    """Where the numbers right after one, in its unit, have added up to it; else 0."""
    left, end = whole.value, whole.end
    for item in quantities:
        if item.start < end:
            continue
        if item.unit != whole.unit or SENTENCE.search(folded, end, item.start):
            break
        left, end = left - item.value, item.end
        if left <= 0:
            break
    return 0 if left else end
