"""Which words of a goal text single out one statement, and which run through it.

In a goal about veterans the word 退役军人 says nothing of any one statement,
while 公墓 may stand in a single one: 公墓用地手续正在办理 is about that one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from pipeline.language.fold import fold
from pipeline.language.segment import words
from pipeline.language.statements import cut_statements
from pipeline.matching.measures.wording import (
    bigrams,
    has_content_words,
    may_hold,
    most_holders,
)
from pipeline.word_lists import alternatives, any_of

# A pair of characters in so many statements, and in such a share, is the form's topic.
_MANY, _SHARE = 4, 0.2
# Characters of the shortest name of a thing.
_SHORTEST = 2
_LEAD = re.compile(
    r"^(?:\d{4}年|全年|年内|目前|截至[^，]{0,8}|已|共|做|开展|组织|实施|完成|其中|我[局县市区校院]|本[年单位]|\d{1,2}月(?:份|底)?|经[^，]{2,4}|(?:开工|动工|在建)(?:建设)?的?)+"
)


class Topic:
    """The character pairs that run through the statements of a goal text.

    A set for ``grams <= topic`` and ``grams - topic``. It is asked for a few
    pairs only, and few of those stand in enough statements to cut any of them
    into words, so that each is looked at when it is asked for.
    """

    __slots__ = ("_common", "_known", "_least", "_statements", "_text")

    def __init__(self, statements: Sequence[str]) -> None:
        self._statements = statements
        self._text = "\n".join(statements)
        self._least = max(_MANY, _SHARE * len(statements))
        self._common: dict[str, bool] = {}
        self._known: dict[str, bool] = {}

    def __contains__(self, gram: str) -> bool:
        if len(self._statements) < self._least:
            return False
        if gram not in self._known:
            self._known[gram] = self._runs_through(gram)
        return self._known[gram]

    def __ge__(self, grams: Collection[str]) -> bool:
        # One rare pair decides, before any statement is cut into words.
        return all(map(self._is_common, grams)) and all(gram in self for gram in grams)

    def __rsub__(self, grams: Collection[str]) -> frozenset[str]:
        return frozenset(gram for gram in grams if gram not in self)

    def _is_common(self, gram: str) -> bool:
        """Whether so many statements may have a pair."""
        if gram not in self._common:
            self._common[gram] = most_holders(self._text, gram) >= self._least
        return self._common[gram]

    def _runs_through(self, gram: str) -> bool:
        if not self._is_common(gram):
            return False  # most pairs, seen without looking at each statement
        holders = [s for s in self._statements if may_hold(s, gram)]
        # How many more must have it, and how many more need not.
        wanted, spare = self._least, len(holders) - self._least
        for statement in holders:
            if spare < 0 or wanted <= 0:
                break
            clauses = statement.split("，")
            if any(gram in bigrams(c) for c in clauses if may_hold(c, gram)):
                wanted -= 1
            else:
                spare -= 1
        return spare >= 0


@lru_cache(maxsize=4)
def topic_of(goal_text: str) -> Topic:
    """What a goal text as a whole is about."""
    return Topic(_statements(goal_text))


def is_only_mention(
    clause: str, quote: str, goal_text: str, *, quantified: bool
) -> bool:
    """Whether a clause begins with a thing that the goal names in ``quote`` alone.

    Where numbers were promised, only a state of progress answers.
    """
    progress = any_of("progress").search(clause)
    if quantified and not progress:
        return False
    said = _LEAD.sub("", clause)
    if said[:_SHORTEST] not in quote:
        return False  # most clauses, seen without cutting them into words
    thing = next((w for w in words(said) if has_content_words(w)), "")
    return (
        len(thing) >= _SHORTEST
        and any(w.endswith(thing) for w in words(quote))
        and said.startswith(thing)
        and in_one_statement(thing, goal_text)
    )


def says_state_of(clause: str, quote: str, goal_text: str) -> bool:
    """Whether a clause names a thing of ``quote`` alone, and at once how it stands.

    项目资产已登记, 破损档案只做了部分: four characters of the name, and its state.
    """
    return any(
        name in quote and in_one_statement(name, goal_text)
        for name in _names_with_a_state(clause)
    )


@lru_cache(maxsize=1024)
def _names_with_a_state(clause: str) -> tuple[str, ...]:
    return tuple(found[1] for found in _name_and_state().finditer(clause))


@lru_cache(maxsize=1)
def _name_and_state() -> re.Pattern[str]:
    parts, states = alternatives("parts_of_works"), alternatives("states_said")
    return re.compile(rf"(?=([一-鿿]{{4}})(?:{parts})?(?:{states}))")


def says_how_it_stands(clause: str, goal_text: str) -> bool:
    """Whether 项目推迟至下年实施, 尚未开工 can only be said of the goal's one statement."""
    return len(_statements(goal_text)) == 1 and bool(_state().match(clause))


@lru_cache(maxsize=1)
def _state() -> re.Pattern[str]:
    return re.compile(
        r"^(?:目前|现|年内|截至[^，]{0,10})?(?:该|本)?(?:项目|工程|工作|任务)?"
        rf"(?:目前|现|仍|因[^，]{{0,10}})?(?:{alternatives('progress')})"
        r"|^(?:目前|现|截至[^，]{0,10})?(?:该|本)?(?:项目|工程)(?:目前|现|因[^，]{0,10})?"
        rf"(?:已(?:经|于)?|于)?(?:\d{{4}}年)?(?:\d{{1,2}}月(?:份|底|初|\d{{1,2}}日)?)?(?:已)?"
        rf"(?:正式|全面|顺利|基本|全部)?(?:{alternatives('stages_of_works')})"
    )


def in_one_statement(name: str, goal_text: str) -> bool:
    """Whether a (folded) name stands in one statement of the goal alone."""
    return sum(name in statement for statement in _statements(goal_text)) == 1


@lru_cache(maxsize=4)
def _statements(goal_text: str) -> tuple[str, ...]:
    folded = fold(goal_text)
    return tuple(folded[start:end] for start, end in cut_statements(goal_text))
