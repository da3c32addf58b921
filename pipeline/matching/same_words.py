"""Whether the outcome text takes up words that stand in one statement of the goal alone.

健全河道保洁责任制 is answered by 签订保洁责任书86份: 保洁责任 is said of nothing else.
Where numbers were promised, a number of the same kind may be of another thing
(巡护员培训80人 is not answered by 巡护员体检60人), so that words answer only without one,
with money beside a count, or with a total beside 每….
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from pipeline.matching.about import done_or_not, may_tell_a_share, measures_shares_only
from pipeline.matching.mentions import in_one_statement

# Characters in a row: two of them are a word, three are hardly ever another's.
_WORD, _NAME, _LONG_NAME = 2, 3, 4
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"20\d\d年度?")
_MONEY = re.compile(r"\d[\d.,]*余?[万亿]*元")
_EACH = re.compile(r"[次场期轮趟遍]|检查|巡")
_TIMES = re.compile(r"\d[余多]?[人家户场站车校点艘架台批]?[次场期轮趟遍]")
_QUALITY = "能力|水平|素质|质量|效能|价值|意识|活力"
_HAN = re.compile("[一-鿿]+")


def takes_up_words(
    quote: str,
    told: Sequence[str],
    goal_text: str,
    spoken: Collection[str],
    *,
    quantified: bool,
) -> bool:
    """Whether a told clause has words of ``quote`` alone, and that something was done.

    What is ``spoken`` with a number that answers another statement is not said of this.
    """
    if quantified:
        fresh = [clause for clause in told if clause not in spoken]
        return any(_answers_without_its_number(quote, c, goal_text) for c in fresh)
    return any(
        _shares_a_run(quote, said, _NAME, goal_text)
        for said in _sayings(told)
        if said not in spoken
    )


def _sayings(told: Sequence[str]) -> Iterator[str]:
    """Clauses that say that something was done, a heading with what follows it."""
    clauses = [_YEAR.sub("", clause) for clause in told]
    for clause, after in zip(clauses, (*clauses[1:], ""), strict=False):
        if done_or_not().search(clause):
            yield clause
        elif done_or_not().search(after):
            yield f"{clause}，{after}"


def _answers_without_its_number(quote: str, clause: str, goal_text: str) -> bool:
    if measures_shares_only(quote) and not may_tell_a_share(clause):
        return False
    if not _DIGIT.search(clause):
        done = done_or_not().search(clause)
        return bool(done) and _shares_a_run(quote, clause, _LONG_NAME, goal_text)
    if _MONEY.search(clause) and not _MONEY.search(quote):
        only = not _DIGIT.search(_MONEY.sub("", clause))
        return only and _shares_a_run(quote, clause, _LONG_NAME, goal_text)
    if "每" not in quote or not _TIMES.search(clause):
        return False
    return any(
        "每" in part
        and _EACH.search(part)
        and _shares_a_run(part, clause, _WORD, goal_text)
        for part in quote.split("，")
    )


def _shares_a_run(quote: str, clause: str, least: int, goal_text: str) -> bool:
    shared = _runs_of(quote, least) & _runs_of(clause, least)
    return any(
        in_one_statement(run, goal_text) and not _is_of_a_quality(run, quote)
        for run in shared
    )


def _is_of_a_quality(run: str, quote: str) -> bool:
    """Whether a run only says whose quality is promised: 陈列馆 of 提升陈列馆服务水平."""
    return re.search(rf"{run}[^，]{{0,4}}(?:{_QUALITY})", quote) is not None


@lru_cache(maxsize=1024)
def _runs_of(text: str, length: int) -> frozenset[str]:
    """The Chinese characters of a text, so many in a row."""
    return frozenset(
        piece[i : i + length]
        for piece in _HAN.findall(text)
        for i in range(len(piece) - length + 1)
    )
