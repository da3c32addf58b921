"""Whether a whole or one of its parts answers a target: 基地6个，其中校外4个."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from pipeline.matching.groups.answers import (
    PART_LEAD,
    TIED_CONFIDENCE,
    Answer,
    is_one_of_several,
    is_part_of,
    names_part,
)
from pipeline.matching.groups.total_names import names_of
from pipeline.matching.measures.comparable import comparable
from pipeline.matching.measures.measure import Measure, base_unit, base_value
from pipeline.matching.measures.wording import bigrams, deed_words, own_bigrams
from pipeline.matching.score import IMPOSSIBLE, PairOdds, may_answer, probability
from pipeline.word_lists import any_of

# Characters of a kind's short name.
_PAIR = 2


def drop_totals_of_parts(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """宣讲共69场，其中校园22场: where a sibling took a part, the total is no answer."""
    for answer in list(settled.values()):
        if answer.method not in ("direct", "via_indicator"):
            continue
        target, total = targets[answer.target], outcomes[answer.outcomes[0]]
        siblings = [
            targets[a.target]
            for a in settled.values()
            if a.target != answer.target
            and any(is_part_of(outcomes[o], total) for o in a.outcomes)
        ]
        if target.unit_class == "rate":
            continue  # 总报废率, 其中…报废率: a rate has no parts
        if _names_whole(target, total) or _sums_its_row(target, targets):
            continue
        if not total.part and any(
            s.sentence == target.sentence
            and s.quantity.unit == target.quantity.unit
            and not s.part
            and not _is_first_alone(target, s, total)
            for s in siblings
        ):
            del settled[answer.target]


def _is_first_alone(target: Measure, sibling: Measure, total: Measure) -> bool:
    """聘用巡林员30人，优先选用脱贫户20人: named alike, the two would be kinds of one thing."""
    own, other = own_bigrams(target.local), own_bigrams(sibling.local)
    return (
        target.index < sibling.index
        and own.isdisjoint(other)
        and not own.isdisjoint(own_bigrams(total.local))
    )


def _sums_its_row(target: Measure, targets: Sequence[Measure]) -> bool:
    """压沙1.5万亩、封沙2万亩，合计治理3.5万亩: what adds up the numbers before it is a whole."""
    if not any_of("in_sum").search(target.clause):
        return False
    left = base_value(target)
    for before in reversed(targets[: target.index]):
        if before.sentence != target.sentence or base_unit(before) != base_unit(target):
            return False
        left -= base_value(before)
        if left <= 0:
            return left == 0
    return False


def _names_whole(target: Measure, total: Measure) -> bool:
    """发展会员2533人，其中新业态471人: the total has all the words of 新发展会员."""
    own = frozenset(g for g in own_bigrams(target.local) if len(g) > 1)
    return bool(own) and own <= bigrams(total.local)


def prefer_named_parts(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """基地6个，其中校外4个: for 校外基地 the part counts, not the whole."""
    used = {o for a in settled.values() for o in a.outcomes}
    for answer in list(settled.values()):
        if answer.method not in ("direct", "via_indicator") or answer.shared:
            continue
        target, whole = targets[answer.target], outcomes[answer.outcomes[0]]
        parts = [
            o
            for o in outcomes
            if o.index not in used
            and is_part_of(o, whole)
            and comparable(target, o)
            and names_part(target, o)
            and not _names_its_like(target.clause, PART_LEAD.sub("", o.clause).strip())
            and _is_apart(PART_LEAD.sub("", o.clause).strip(), target, whole)
        ]
        if len(parts) == 1:
            j = parts[0].index
            settled[answer.target] = Answer(
                answer.target, (j,), "direct", min(answer.confidence, TIED_CONFIDENCE)
            )
            used.add(j)


def _is_apart(part: str, target: Measure, whole: Measure) -> bool:
    """Whether the name of a part, that the target has, tells it from the whole.

    统计分析、信息34篇 is more than 分析17篇. Deeds have many words: 其中新建8座 is not all of
    建设10座, and for 新建10座 it is just what is meant of 建设12座.
    """
    if part in deed_words():
        return part in target.local and part not in whole.local
    grams = bigrams(part)
    if not grams <= bigrams(whole.local):
        return True
    names = names_of(whole)
    return bool(names) and not all(grams & bigrams(name) for name in names)


def _names_its_like(asked: str, part: str) -> bool:
    """Whether a target names a part and its like in one breath: 酒驾醉驾 for 醉驾."""
    if len(part) != _PAIR:
        return False
    name, head = re.escape(part), re.escape(part[-1])
    other = rf"[一-鿿](?<!{re.escape(part[0])}){head}"
    return bool(re.search(rf"{other}[、和及与]?{name}|{name}[、和及与]?{other}", asked))


def prefer_stated_wholes(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """制定标准6项，其中主导2项 is six, not eight; 共20场，其中乡镇12场、社区8场 is 20."""
    used = {o for a in settled.values() for o in a.outcomes}
    for answer in list(settled.values()):
        if answer.method != "sum":
            continue
        members = [outcomes[o] for o in answer.outcomes]
        kept = [
            m for m in members if not any(_is_in(m, w) for w in members if not w.part)
        ]
        if len(kept) == len(members):
            whole = _stated_whole(targets[answer.target], members, outcomes)
            kept = [whole] if whole and whole.index not in used else members
        if kept != members:
            settled[answer.target] = dataclasses.replace(
                answer,
                outcomes=tuple(m.index for m in kept),
                method="sum" if len(kept) > 1 else "direct",
            )


def _is_in(part: Measure, whole: Measure) -> bool:
    """参与6项，其中主导2项: what follows at once is a part, whatever it is called."""
    next_to = part.part and part.index == whole.index + 1
    return is_part_of(part, whole) or (next_to and base_unit(part) == base_unit(whole))


def _stated_whole(
    target: Measure, members: Sequence[Measure], outcomes: Sequence[Measure]
) -> Measure | None:
    """The total before 其中 of which the members are all the parts."""
    wholes = [
        o
        for o in outcomes[: members[0].index]
        if not o.part
        and all(is_part_of(m, o) for m in members)
        and o.quantity.value == sum(m.quantity.value for m in members)
        and may_answer(target, o)
    ]
    return wholes[-1] if wholes else None


def take_wholes_of_one(
    settled: dict[int, Answer], targets: Sequence[Measure], outcomes: Sequence[Measure]
) -> None:
    """就业158人，其中农民工120人: for 职工和农民工 the whole counts, or nothing."""
    used = {o for a in settled.values() for o in a.outcomes}
    for answer in list(settled.values()):
        target, part = targets[answer.target], outcomes[answer.outcomes[0]]
        name = PART_LEAD.sub("", part.clause)
        if (
            len(answer.outcomes) > 1
            or not part.part
            or target.part
            or not is_one_of_several(name, target)
        ):
            continue
        del settled[answer.target]
        wholes = [
            o
            for o in outcomes[: part.index]
            if not o.part and is_part_of(part, o) and may_answer(target, o)
        ]
        if wholes and wholes[-1].index not in used:
            whole = wholes[-1].index
            settled[answer.target] = Answer(
                answer.target,
                (whole,),
                "direct",
                min(answer.confidence, TIED_CONFIDENCE),
            )
            used.add(whole)


def take_up_parts(
    settled: dict[int, Answer],
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    odds: PairOdds,
) -> None:
    """Give a target whose total was dropped the part that names it.

    查办案件137件，其中食品类52件 counts no 保健食品抽检: neither does the whole.
    """
    used = {o for a in settled.values() for o in a.outcomes}
    for target in targets:
        if target.index in settled:
            continue
        parts = [
            o
            for o in outcomes
            if o.part
            and o.index not in used
            and comparable(target, o)
            and names_part(target, o)
            and any(
                is_part_of(o, whole) and odds.of(target.index, whole.index) > IMPOSSIBLE
                for whole in outcomes[: o.index]
            )
        ]
        own = odds.of(target.index, parts[0].index) if len(parts) == 1 else IMPOSSIBLE
        if own > IMPOSSIBLE:
            j = parts[0].index
            confidence = max(0.5, probability(own))
            settled[target.index] = Answer(target.index, (j,), "direct", confidence)
            used.add(j)
