"""Whether the outcome text tells how far a statement was achieved, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from pipeline.core.statement import Statement
from pipeline.language.fold import fold
from pipeline.language.statements import cut_statements, item_numbers
from pipeline.matching.measures import bigrams, content_words

# Blanket sentences tell nothing of any one statement.
_BLANKET = re.compile(
    r"^(?:[^，。；]{0,12})?(?:各项|全部|所有|年度|预期|既定|圆满|均|全面|基本|顺利)*(?:工作|目标|任务|指标|绩效目标|年度目标|工作任务)[^，。；]{0,14}"
    r"(?:完成|达成|实现|达到|推进|开展|落实)[^，。；]{0,10}$"
    r"|^(?:圆满|全面|顺利|基本|较好|按时|按期)*(?:完成|达成|实现)(?:了)?(?:年初|年度|全年|预期|既定|设定|各项|绩效|总体|全部|的)*(?:目标|任务|指标|工作)[^，。；]{0,8}$"
)
_ITEM_STATUS = re.compile(
    r"^[：:]?(?:已|基本|全部|按期|部分|未|尚未|正在|按计划|已按期|已全部|已基本)*(?:完成|达成|实现|推进|实施|开展|达标|办理|验收|启动|到位)"
)
_PENDING = re.compile(r"待(?:汇总|统计|核实|上报|更新|补充)")
_MIN_COVERAGE = 0.5
_COPY = 90


def echoes(statement: Statement, goal_text: str, outcome_text: str) -> bool:
    """Whether words of the outcome text answer this statement.

    A past-tense echo, a copy, an item status (目标2：已完成) or a state of
    progress counts; blanket sentences do not.
    """
    pieces = cut_statements(outcome_text)
    item = item_numbers(goal_text, [(statement.start, statement.end)])[0]
    numbers = item_numbers(outcome_text, pieces)
    quote = fold(statement.quote)
    for (start, end), number in zip(pieces, numbers, strict=True):
        piece = fold(outcome_text[start:end])
        if item is not None and number == item and _is_item_status(piece):
            return True
        if _answers(quote, piece):
            return True
    return False


def _is_item_status(piece: str) -> bool:
    return len(piece) <= 24 and bool(_ITEM_STATUS.match(piece))


def _answers(quote: str, piece: str) -> bool:
    if fuzz.ratio(quote, piece) >= _COPY:
        return True
    clauses = [c for c in re.split(r"[，、：]", piece) if c]
    told = [c for c in clauses if not _BLANKET.match(c) and not _PENDING.search(c)]
    if not told:
        return False
    wide = "，".join(told)
    return any(_coverage(item, wide, told) >= _MIN_COVERAGE for item in _items(quote))


def _items(quote: str) -> Sequence[str]:
    """The things that a statement names: its comma clauses with enough to say."""
    clauses = [c for c in quote.split("，") if len(content_words(c)) >= 2]
    return clauses or [quote]


def _coverage(item: str, wide: str, told: Sequence[str]) -> float:
    """How much of an item's wording some outcome clause repeats."""
    grams = bigrams(item)
    if len(grams) < 2:
        return 0.0
    best = max(len(grams & bigrams(c)) / len(grams) for c in (*told, wide))
    named = re.findall(r"“([^”]+)”|《([^》]+)》", item)
    for pair in named:
        if any(name and name in wide for name in pair):
            best = max(best, 0.6)
    return best
