"""Of two numbers that may answer, the one whose deed is the target's to the letter.

发放创新券80万元 is told by 新发放创新券80万元, not by 创新券兑付61万元, though 兑付 may stand for 发放.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from pipeline.language.segment import words
from pipeline.matching.assign import Choice
from pipeline.matching.groups.answers import TIED_CONFIDENCE, Answer
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import bigrams, deed_words, own_bigrams
from pipeline.matching.score import PairOdds

# How much less a pair may speak for itself and still be as good.
_NEAR = 1.0


def prefer_literal_deeds(
    settled: dict[int, Answer],
    choices: Sequence[Choice],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    odds: PairOdds,
) -> None:
    """Give a target the free number that says its very deed and thing.

    So it settles between numbers that are equally likely.
    """
    used = {o for a in settled.values() for o in a.outcomes}
    for target, choice in zip(targets, choices, strict=True):
        answer = settled.get(target.index)
        among: Container[int]
        if answer is None and choice.candidates:
            rivals, among = choice.candidates, frozenset(choice.candidates)
        elif answer and answer.method == "direct" and len(answer.outcomes) == 1:
            rivals, among = answer.outcomes, range(len(outcomes))
        else:
            continue
        least = max(odds.of(target.index, j) for j in rivals) - _NEAR
        near = [
            j
            for j in odds.reaching(target.index, least)
            if j in among and (j in rivals or j not in used)
        ]
        if len(rivals) == 1 and rivals == tuple(near):
            continue  # most answers: nothing else comes near
        said = [
            j
            for j in near
            if not outcomes[j].part
            and _says_both(target.local, outcomes[j].local)
            and odds.of(target.index, j) >= least
        ]
        if len(said) == 1 and rivals != (said[0],):
            settled[target.index] = Answer(
                target.index, (said[0],), "direct", TIED_CONFIDENCE
            )
            used = used - set(rivals) | {said[0]}


def _says_both(asked: str, told: str) -> bool:
    """Whether all that a phrase names, and a deed of its own, stand in another."""
    deeds = [word for word in words(asked) if word in deed_words()]
    thing = {gram for gram in own_bigrams(asked) if len(gram) > 1}
    thing = thing.difference(*map(bigrams, deeds))
    return bool(thing) and thing <= bigrams(told) and any(d in told for d in deeds)
