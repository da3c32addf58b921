"""Whether two payments are to other people: 保洁员劳务报酬, 安保人员劳务报酬."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.word_lists import alternatives


def pays_people(measure: Measure) -> bool:
    """Whether a sum of money is a payment that says to whom (员, 人员)."""
    return measure.unit_class == "money" and bool(_payees(measure.local))


def pays_others(target: Measure, outcome: Measure) -> bool:
    """Whether both name whom they pay, and neither name stands in the other's words.

    公岗人员 and 公益性岗位人员 are one, character by character.
    """
    if not pays_people(target) or not pays_people(outcome):
        return False
    mine, theirs = _payees(target.local), _payees(outcome.local)
    return not (
        any(set(name) <= set(outcome.local) for name in mine)
        or any(set(name) <= set(target.local) for name in theirs)
    )


@lru_cache(maxsize=8192)
def _payees(text: str) -> tuple[str, ...]:
    """The two characters that say who is paid: 护林 of 生态护林员管护报酬."""
    return tuple(_pattern().findall(text)) if "员" in text else ()


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"([一-鿿]{{2}})(?<!人)(?:人)?员[一-鿿]{{0,4}}?(?:{alternatives('payments')})"
    )
