"""Whether the outcome text tells what became of the money of a funding statement.

By the sum or its purpose (劳务费已支付), by all of it being spent (资金全部支付到位), or by what
it was for being done (用于档案修复 | 修复档案300卷). How it was spent (资金使用规范) tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from pipeline.matching.about import done_or_not
from pipeline.matching.measures.wording import bigrams, content_words, shares_bigrams
from pipeline.word_lists import alternatives, word_set

# 实际支出62万元，全部用于维修: the sum says what was spent.
_SPENT_SUM = re.compile(
    r"(?:支出|支付|拨付|使用|执行|兑付|兑现)[^，。；]{0,20}?\d[\d.,]*[万亿千]?元"
)
_SUM = re.compile(r"\d[\d.,]*[万亿千]?元")
_PURPOSE = re.compile(
    r"(?:用于|用来|投向|保障|支付|弥补|解决|购买|聘请)([^，。；]+)|^([^，。；\d]{4,}?)(?:工作)?(?:专项)?(?:经费|资金|费用?)(?=\d)"
)
_LISTED = re.compile(r"[、和及与]|以及|等")
# What of a purpose a clause must name.
_NAMED = 0.7


@lru_cache(maxsize=1)
def _spent() -> re.Pattern[str]:
    """A clause that says what became of the money."""
    funds, moved = alternatives("funds_named"), alternatives("funds_moved")
    return re.compile(
        rf"(?:{funds}|预算)[^，。；]{{0,12}}(?:{moved}|用于)(?!和其他|情况|审计)"
        rf"|(?:拨付|支付|支出)[^，。；]{{0,12}}(?:{funds})"
    )


@lru_cache(maxsize=1)
def _all_spent() -> re.Pattern[str]:
    """已全部支出到位, 资金尚未下达: how far the whole of it was spent."""
    moved = alternatives("funds_moved")
    of_it = r"(?:(?:本项目|项目|专项|财政|上级|补助|全部|该|上述|年度)*(?:资金|经费|预算|款项)(?:\d[\d.,]*万?元)?)"
    return re.compile(
        rf"^{of_it}?(?:均|都|现)?已?(?:经)?(?:全部|全额|足额|全数)(?:按[^，。；]{{1,6}})?(?:{moved})"
        rf"|^{of_it}?(?:已|均)?(?:{moved})(?:完毕|完成|完)$"
        rf"|^{of_it}(?:尚未|未|还未|暂未|仍未)(?:{moved}|下达)"
    )


def tells_of_the_money(
    quote: str, piece: str, others: str, spoken: Collection[str], *, alone: bool
) -> bool:
    """Whether a (folded) piece says what became of the money of a (folded) statement.

    ``others`` is the goal without the statement: a purpose that is a task of its own
    is told of there. ``spoken`` are clauses that answer another statement; ``alone``: no other statement of the goal is about money.
    """
    clauses = piece.split("，")
    mine = content_words(quote) - word_set("money_words")
    if _SPENT_SUM.search(piece) and content_words(piece) & mine:
        return True
    sums = set(_SUM.findall(quote))
    wanted = _purposes(quote, others)
    return any(
        (_spent().search(clause) is not None and bool(content_words(clause) & mine))
        or not sums.isdisjoint(_SUM.findall(clause))
        or (alone and _all_spent().search(clause) is not None)
        or (clause not in spoken and _serves(clause, wanted))
        for clause in clauses
    )


@lru_cache(maxsize=256)
def _purposes(quote: str, others: str) -> Sequence[frozenset[str]]:
    """The character pairs of each thing that the money alone is for."""
    named = ["".join(found) for found in _PURPOSE.findall(quote)]
    things = [bigrams(thing) for text in named for thing in _LISTED.split(text)]
    return tuple(
        thing
        for thing in things
        if len(thing) > 1 and not shares_bigrams(thing, others, _NAMED * len(thing))
    )


def _serves(clause: str, purposes: Sequence[frozenset[str]]) -> bool:
    """Whether a clause says of one of the purposes that something was done or not."""
    if not purposes or not done_or_not().search(clause):
        return False
    said = bigrams(clause)
    return any(len(said & thing) >= max(2, _NAMED * len(thing)) for thing in purposes)
