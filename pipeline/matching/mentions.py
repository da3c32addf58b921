"""Which words of a goal text single out one statement, and which run through it.

In a goal about veterans the word 退役军人 says nothing of any one statement,
while 公墓 may stand in a single one: 公墓用地手续正在办理 is about that one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from pipeline.language.fold import fold
from pipeline.language.segment import words
from pipeline.language.statements import cut_statements
from pipeline.matching.wording import bigrams, content_words, possible_bigrams

# A pair of characters in so many statements, and in such a share, is the form's topic.
_MANY, _SHARE = 4, 0.2
# Characters of the shortest name of a thing.
_SHORTEST = 2
_LEAD = re.compile(
    r"^(?:\d{4}年|全年|年内|目前|截至[^，]{0,8}|已|共|做|开展|组织|实施|完成|其中|我[局县市区校院]|本[年单位]|\d{1,2}月(?:份|底)?|经[^，]{2,4})+"
)
_PROGRESS = re.compile(
    r"正在|尚在|尚未|尚处|暂未|暂缓|顺延|推迟|延期|取消|未(?!发生|出现|发现)|仍在|待(?!遇)|搁置|停滞|改为"
)


@lru_cache(maxsize=4)
def topic_bigrams(goal_text: str) -> frozenset[str]:
    """Character pairs that run through the statements of a goal text."""
    statements = _statements(goal_text)
    least = max(_MANY, _SHARE * len(statements))
    if len(statements) < least:
        return frozenset()
    counts = Counter[str]()
    for statement in statements:
        counts.update(possible_bigrams(statement).union(statement))
    return frozenset(
        gram
        for gram, most in counts.items()
        if most >= least and _runs_through(gram, statements, most=most, least=least)
    )


def _runs_through(
    gram: str, statements: Sequence[str], *, most: int, least: float
) -> bool:
    """Whether so many statements hold a gram as words go; at most ``most`` do.

    Few do as characters go, so that hardly a clause is cut into words for it.
    """
    if len(gram) == 1 and gram not in bigrams(gram):
        return False
    for statement in statements:
        if gram not in statement and gram not in possible_bigrams(statement):
            continue
        clauses = statement.split("，")
        if not any(
            gram in bigrams(clause)
            for clause in clauses
            if gram in clause or gram in possible_bigrams(clause)
        ):
            most -= 1
            if most < least:
                return False
    return True


def is_only_mention(
    clause: str, quote: str, goal_text: str, *, quantified: bool
) -> bool:
    """Whether a clause begins with a thing that the goal names in ``quote`` alone.

    Where numbers were promised, only a state of progress answers.
    """
    progress = _PROGRESS.search(clause)
    if quantified and not progress:
        return False
    said = _LEAD.sub("", clause)
    if said[:_SHORTEST] not in quote:
        return False  # most clauses, seen without cutting them into words
    thing = next((w for w in words(said) if content_words(w)), "")
    return (
        len(thing) >= _SHORTEST
        and any(w.endswith(thing) for w in words(quote))
        and said.startswith(thing)
        and sum(thing in s for s in _statements(goal_text)) == 1
    )


@lru_cache(maxsize=4)
def _statements(goal_text: str) -> tuple[str, ...]:
    return tuple(fold(goal_text[a:b]) for a, b in cut_statements(goal_text))
