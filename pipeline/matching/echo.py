"""Whether the outcome text tells how far a statement was achieved, in words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.core.statement import Statement, StatementKind
from pipeline.language.fold import fold
from pipeline.language.statements import cut_statements, item_numbers
from pipeline.matching.about import (
    NAME,
    done_or_not,
    is_covered,
    is_of_same_topic,
    items_of,
    may_tell_a_share,
    measures_shares_only,
    says_only,
)
from pipeline.matching.dealt_with import ways_dealt_with
from pipeline.matching.measures.wording import (
    may_share_words,
)
from pipeline.matching.mentions import (
    is_only_mention,
    says_how_it_stands,
    says_state_of,
    topic_of,
)
from pipeline.matching.promises import ways_to_tell
from pipeline.matching.same_words import takes_up_words
from pipeline.matching.spending import tells_of_the_money
from pipeline.word_lists import alternatives, any_of

_ALL_DONE = re.compile(
    r"^[：:]?(?:已|均已?|都已)?(?:全部|全面|如期|按期)(?:完成|达成|实现|落实)[，：]"
)
_MEANS = re.compile("^(?:通过|依托|借助)[^，]*，")
_COPY = 90
_DIGIT = re.compile(r"\d")
_CLAUSE_STOP = re.compile(r"[，、：]")
_PASSAGE = 3


@lru_cache(maxsize=1)
def _put_off() -> re.Pattern[str]:
    """An answer put off is no answer: 数据待汇总."""
    to_come = alternatives("figures_to_come")
    return re.compile(
        rf"待(?:[^，。；]{{0,8}})(?:{to_come})"
        rf"|(?:数据|结果|情况|进度)(?:正在|尚在|尚未|还在)(?:{to_come})|未统计"
    )


def echoes(
    statement: Statement,
    goal_text: str,
    outcome_text: str,
    taken: Collection[int] = (),
    *,
    alone: bool = True,
) -> bool:
    """Whether words of the outcome text answer this statement.

    A past-tense echo, a copy, an item status (目标2：已完成) or a state of
    progress counts; blanket sentences do not. Background counts as told only
    where it is copied. ``taken`` are places of numbers that answer another
    statement; what is said with them is not said of this one. ``alone``: no other
    statement of the goal is about money.
    """
    quote = fold(statement.quote)
    # 通过专场招聘会，扩大青年就业: that a fair was held tells nothing of what for.
    promised = quote if statement.quantified else _MEANS.sub("", quote)
    pieces = _numbered_pieces(outcome_text)
    item = None
    if any(number is not None for _, number in pieces):
        item = item_numbers(goal_text, [(statement.start, statement.end)])[0]
    others = fold(goal_text[: statement.start] + goal_text[statement.end :])
    spoken = _clauses_at(outcome_text, frozenset(taken))
    ways = (
        *ways_to_tell(promised, goal_text, quantified=statement.quantified),
        *ways_dealt_with(promised, goal_text),
    )
    for piece, number in pieces:
        if item is not None and number == item and _is_item_status(piece):
            return True
        if fuzz.ratio(quote, piece, score_cutoff=_COPY):
            return True
        if statement.kind is StatementKind.FUNDING:
            if tells_of_the_money(quote, piece, others, spoken, alone=alone):
                return True
        elif statement.kind is StatementKind.TASK and _answers(
            promised, piece, goal_text, spoken, ways, quantified=statement.quantified
        ):
            return True
    return False


@lru_cache(maxsize=64)
def _clauses_at(outcome_text: str, places: frozenset[int]) -> frozenset[str]:
    """The clauses, folded, that hold certain places of an outcome text."""
    found, ordered, folded = set(), sorted(places), fold(outcome_text)
    for start, end in cut_statements(outcome_text) if places else ():
        begin = start
        for clause in _CLAUSE_STOP.split(folded[start:end]):
            after = begin + len(clause)
            if bisect_left(ordered, begin) < bisect_left(ordered, after):
                found.add(clause)
            begin = after + 1
    return frozenset(found)


@lru_cache(maxsize=4)
def _numbered_pieces(outcome_text: str) -> tuple[tuple[str, int | None], ...]:
    """The pieces of an outcome text, folded, with their list numbers.

    Every statement of the form is held against the same pieces.
    """
    spans, folded = cut_statements(outcome_text), fold(outcome_text)
    pieces = [folded[start:end] for start, end in spans]
    return tuple(zip(pieces, item_numbers(outcome_text, spans), strict=True))


def blanket_claim(outcome_text: str) -> str:
    """The first words that claim all or the rest to be done; empty without such.

    其余目标均已完成 answers no one statement, but its author did not pass over it.
    """
    for start, end in cut_statements(outcome_text):
        for clause in _CLAUSE_STOP.split(outcome_text[start:end]):
            if clause and _blanket().match(fold(clause)):
                return clause
    return ""


def _is_item_status(piece: str) -> bool:
    """目标2：已完成, or 全部完成 before the details of the item."""
    if _put_off().search(piece):
        return False
    whole = len(piece) <= 24 and bool(_item_status().match(piece))
    return whole or bool(_ALL_DONE.match(piece))


@lru_cache(maxsize=1)
def _item_status() -> re.Pattern[str]:
    """已足额发放, 均按期建成, 未启动, 正在招标: no more than how far an item has come."""
    return re.compile(
        rf"^[：:]?(?:该?项?(?:目标|任务|工作)|情况)?(?:{alternatives('item_manner')})*"
        rf"(?:(?:已|未|尚未|正在|正|达到?)[一-鿿]|{alternatives('item_steps')})"
    )


def _answers(
    quote: str,
    piece: str,
    goal_text: str,
    spoken: Collection[str],
    ways: Sequence[Callable[[Sequence[str]], bool]],
    *,
    quantified: bool,
) -> bool:
    """Words of a piece about the statement; numbers ask for more than a topic.

    ``ways``: what answers promises of the statement's kind (``ways_to_tell``).
    """
    told = _told(piece)
    if not told:
        return False
    topic = topic_of(goal_text)
    if not quantified and spoken:
        told = tuple(clause for clause in told if clause not in spoken)
    if any(tells(told) for tells in ways):
        return True
    if takes_up_words(quote, told, goal_text, spoken, quantified=quantified):
        return True
    if any(says_how_it_stands(clause, goal_text) for clause in told):
        return True
    if not (may_share_words(quote, piece) or NAME.search(quote)):
        return False  # most pieces, seen without cutting them into words
    if any(says_only(c, quote, topic) for c in told):
        return True
    states = told
    if quantified and measures_shares_only(quote):
        states = tuple(c for c in told if may_tell_a_share(c))
    if any(says_state_of(c, quote, goal_text) for c in states):
        return True
    passages = _passages(told)
    if any(is_covered(i, p, topic) for i in items_of(quote) for p in passages):
        return True
    if any(
        done_or_not().search(clause)
        and is_only_mention(clause, quote, goal_text, quantified=quantified)
        for clause in told
    ):
        return True
    if quantified:  # another number is of another thing
        states = tuple(clause for clause in states if not _DIGIT.search(clause))
    return any(is_of_same_topic(clause, quote, topic) for clause in states)


def _passages(told: Sequence[str]) -> Sequence[str]:
    """Clauses that stand together: what is scattered over a piece covers nothing."""
    last = max(1, len(told) - _PASSAGE + 1)
    return ["，".join(told[i : i + _PASSAGE]) for i in range(last)]


@lru_cache(maxsize=1024)
def _told(piece: str) -> tuple[str, ...]:
    """The clauses of a piece that say something of their own.

    Where the figures are put off, only a state of progress does: 正在验收，数据待汇总.
    """
    late = _put_off().search(piece) and not _DIGIT.search(piece)
    clauses = [c for c in _CLAUSE_STOP.split(piece) if c]
    return tuple(
        c
        for c in clauses
        if not _blanket().match(c)
        and not _put_off().search(c)
        and (not late or "已" in c or "只" in c or any_of("progress").search(c))
    )


@lru_cache(maxsize=1)
def _blanket() -> re.Pattern[str]:
    """Blanket sentences tell nothing of any one statement."""
    whole = (
        rf"(?:{alternatives('of_the_whole')}|我[局校院市县区中心]|本[局校院单位]|"
        r"\d{4}年|按[时期计划要求]*)*"
    )
    return re.compile(
        rf"^{whole}(?:工作|目标|任务|指标|绩效目标|工作任务|建设任务){whole}(?:完成|达成|实现|达到|推进|开展|落实)[^，。；]{{0,10}}$"
        rf"|^{whole}(?:完成|达成|实现)(?:了)?{whole}(?:目标|任务|指标|工作)[^，。；]{{0,8}}$"
        rf"|^(?:所有|全部|各)(?:民生)?(?:实事)?项目{whole}(?:完成|完工|达标)[^，。；]{{0,4}}$"
    )
