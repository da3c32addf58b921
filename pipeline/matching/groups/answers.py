"""What answers a target, and the first such answers: one per decided choice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations

from pipeline.core.value import value
from pipeline.matching.assign import Choice
from pipeline.matching.gates.contrast import contrast
from pipeline.matching.groups.parts import belong_together
from pipeline.matching.measures.measure import Measure, base_unit
from pipeline.matching.measures.respectively import NAME_JOIN
from pipeline.matching.measures.two_in_one import compounds_in, part_compounds
from pipeline.matching.measures.wording import (
    bigrams,
    content_words,
    exclusive_conflict,
    exclusive_members,
    own_bigrams,
    words_by_place,
)

_SEVERAL_PIECES = 3
TIED_CONFIDENCE = 0.7
NAMED_CONFIDENCE = 0.8
COMPANY_CONFIDENCE = 0.7
PART_LEAD = re.compile(r"^[，、：和及(]*(?:其中|包括|含)?")
# 负压型, 教师班: the kind of a thing whose name stands with the whole.
_PART_KIND = re.compile(r"[型类班式级]$")
_SPACES = re.compile(r"\s")


# 合格率, 满意度: a rate whose name says nothing of what it is of.
_BARE_RATE = 3


@value(frozen=True, slots=True)
class Answer:
    """What answers a target: outcome indexes and how they are taken together.

    ``shared`` are further targets answered by the same outcome (their sum is
    compared). Methods: direct, via_indicator, sum, worst, task_share. ``by_place``:
    the words alone would not do, the numbers beside tell.
    """

    target: int
    outcomes: tuple[int, ...]
    method: str
    confidence: float
    shared: tuple[int, ...] = ()
    by_place: bool = False


def first_answers(
    choices: Sequence[Choice], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> dict[int, Answer]:
    """One answer per decided choice.

    Outcomes that are equally likely because they are parts of one thing, or
    rates promised jointly, answer together; other ties stay undecided.
    """
    answers: dict[int, Answer] = {}
    used: set[int] = set()
    for i, choice in enumerate(choices):
        if choice.outcome is not None:
            answers[i] = Answer(i, (choice.outcome,), "direct", choice.confidence)
            continue
        tied = [outcomes[j] for j in choice.candidates if j not in used]
        tied = _without_own_parts(targets[i], tied)
        if len(tied) == 1 and len(choice.candidates) > 1:
            answers[i] = Answer(i, (tied[0].index,), "direct", TIED_CONFIDENCE)
            used.add(tied[0].index)
            continue
        method = group_method(targets[i])
        if len(tied) > 1 and all(
            belong_together(targets[i], a, b) for a, b in combinations(tied, 2)
        ):
            members = tuple(o.index for o in tied)
            answers[i] = Answer(i, members, method, choice.confidence)
            used.update(members)
    return answers


def take_left_rivals(
    settled: dict[int, Answer],
    choices: Sequence[Choice],
    targets: Sequence[Measure],
) -> None:
    """Decide ties of which all numbers but one have answered other targets since.

    随访率93.6% has answered 告知率、随访率均达95%, which leaves 95.1% for the other 随访率.
    """
    open_ties = {
        t.index: choices[t.index].candidates
        for t in targets
        if t.index not in settled and len(choices[t.index].candidates) > 1
    }
    used = {o for answer in settled.values() for o in answer.outcomes}
    for index, rivals in open_ties.items():
        left = [j for j in rivals if j not in used]
        claims = sum(left[0] in others for others in open_ties.values()) if left else 0
        if len(left) == 1 and claims == 1:
            settled[index] = Answer(index, (left[0],), "direct", TIED_CONFIDENCE)


def stands_within(target: Measure, settled: Mapping[int, Answer]) -> bool:
    """Whether a target stands right after one of several that a number adds up.

    法治培训3场、参训400人，业务培训8场 and 各类培训11场，培训1260人: the people are of all.
    """
    before = settled.get(target.index - 1)
    return bool(before and before.shared and max(before.shared) > target.index)


def _without_own_parts(target: Measure, tied: Sequence[Measure]) -> list[Measure]:
    """展览5个，其中线上展览1个: of a whole and its parts a whole target means the whole."""
    named = [o for o in tied if o.series is not None and _names_all_of(o, target)]
    if len(named) == 1:
        return named  # 起数、伤者分别减少6%、4%: the one whose name the target has
    if len(tied) == 2 and (meant := _named_by_modifier(target, *tied)):
        return [meant]
    if len(tied) > 1 and (meant := _named_in_full(target, tied)):
        return [meant]
    if target.part:
        return list(tied)
    named = [o for o in tied if o.part and names_part(target, o)]
    if len(named) == 1:
        return named
    return [
        o
        for o in tied
        if not any(is_part_of(o, whole) for whole in tied if whole is not o)
    ]


def _named_in_full(target: Measure, tied: Sequence[Measure]) -> Measure | None:
    """检疫合格率 beside a bare 合格率, for 苗种检疫合格率: the rate named more closely."""
    if not target.rate or not all(o.rate for o in tied):
        return None
    *others, meant = sorted(tied, key=lambda o: len(o.rate))
    closer = target.rate.endswith(meant.rate) and all(
        len(o.rate) < len(meant.rate) and meant.rate.endswith(o.rate) for o in others
    )
    bare = all(o.local.strip() == o.rate and len(o.rate) <= _BARE_RATE for o in others)
    return meant if closer and bare else None


def _named_by_modifier(
    target: Measure, first: Measure, other: Measure
) -> Measure | None:
    """刑事案件371件、民事案件498件 for 刑事案件: of a pair the one that is named."""
    pair = contrast(first, other)
    if pair is None:
        return None
    named = [word in target.local for word in pair]
    return (first if named[0] else other) if named[0] != named[1] else None


def is_one_of_several(name: str, target: Measure) -> bool:
    """Whether a target lists a name beside others: 高龄老人和困难群众, 园林、绿地."""
    name = name.strip()
    if not name or "、" in name or "和" in name:
        return False
    said = re.escape(name)
    listed = re.compile(
        rf"{said}[^，。；、\d]{{0,4}}[、和及与或](?=[一-鿿]{{2}})|[一-鿿]{{2}}[、和及与或][^，。；、\d]{{0,4}}{said}"
    )
    texts = _SPACES.sub("", target.local), target.clause
    return any(listed.search(_parted(text, name)) for text in texts) or _is_a_piece(
        name, target
    )


def _parted(text: str, name: str) -> str:
    """供排水管网 for 排水管网 is 供水、排水管网; 中小学班主任 for 班主任 stays as it is."""
    kinds = (k for c in compounds_in(text) for kinds in c.members for k in kinds)
    return part_compounds(text) if any(kind in name for kind in kinds) else text


def _is_a_piece(name: str, target: Measure) -> bool:
    """企业职工 of 面向企业在岗职工、农村劳动力和失业人员: its words stand in one of several."""
    pieces = [p for p in NAME_JOIN.split(target.clause) if len(p.strip()) > 1]
    own = bigrams(name)
    held = [own <= bigrams(piece) for piece in pieces]
    return (
        len(pieces) >= _SEVERAL_PIECES and bool(own) and sum(held) == 1 and not held[-1]
    )


def _names_all_of(outcome: Measure, target: Measure) -> bool:
    own = own_bigrams(outcome.local)
    return bool(own) and own <= bigrams(target.local)


_FOR_EACH = re.compile(r"、[^，。；、]{2,24}各$")


def group_method(target: Measure) -> str:
    """How several outcomes of one target are taken: counts summed, rates by the worst.

    So is what was promised of each: 健康讲座、法律讲座各10场.
    """
    each = target.unit_class == "rate" or _FOR_EACH.search(target.clause)
    return "worst" if each else "sum"


def is_part_of(outcome: Measure, total: Measure) -> bool:
    """Whether an outcome is a 其中 part of another one."""
    return (
        outcome.part
        and outcome.index > total.index
        and outcome.sentence == total.sentence
        and base_unit(outcome) == base_unit(total)
        and outcome.quantity.per == total.quantity.per
        and not exclusive_conflict(outcome.local, total.local)
    )


def _names_each_way(name: str, target: Measure) -> bool:
    """线上线下招聘活动 is for both, whichever of the two is reported first."""
    asked = exclusive_members(target.local)
    return any(
        len(asked.get(number, ())) > len(held)
        for number, held in exclusive_members(name).items()
    )


def names_part(target: Measure, part: Measure) -> bool:
    """Whether the words at a part stand in the target (监护型 in 监护型救护车).

    One of several that a target is for (残疾儿童和持证残疾人) is not what it means.
    """
    name = PART_LEAD.sub("", part.clause)
    if is_one_of_several(name, target) or _names_each_way(name, target):
        return False
    grams = bigrams(name)
    if not grams or not _stands_once(name, target.local):
        return False
    return grams <= bigrams(target.local) or _has_word(
        _PART_KIND.sub("", name), _SPACES.sub("", target.local)
    )


def _stands_once(name: str, text: str) -> bool:
    """低温准低温仓房 are not 低温仓 alone."""
    return not any(text.count(word) > 1 for word in content_words(name))


def _has_word(name: str, text: str) -> bool:
    """Whether a name begins or ends where a word does: 虾苗 of 鱼虾苗种 is no name there."""
    if not name or name not in text:
        return False
    ends = {*words_by_place(text), len(text)}
    return any(
        found.start() in ends or found.end() in ends
        for found in re.finditer(re.escape(name), text)
    )
