"""One number for a whole list, and a whole told by the parts that it lists.

甲培训2期、乙培训4期 and 各类培训共6期: the sum is compared. 养护60公里，其中县道40公里、
乡道20公里 and 县道41公里、乡道18公里: the parts are the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.language.units import to_base
from pipeline.matching.changes import sums_up_years
from pipeline.matching.features import comparable
from pipeline.matching.measure import Measure
from pipeline.matching.steps import only_begun
from pipeline.matching.wording import bigrams, exclusive_words, own_bigrams

_KIND = re.compile(r"各类|各项|各种|各级|多种|系列|全部|所有|以上|上述")
# 培训班8期（含高校巡讲3期）: something else is counted in.
_INCLUDES = re.compile(r"^[(，]?(?:其中)?(?:含|包括|包含|另)")
_ITEM_NUMBER = re.compile(r"^[^一-鿿]*(?:[一二三四五六七八九十]+[是、)])?")
_HEADING = 12
_MANY_LISTED = 3
# A list goes before 合计16916人次; its first name is not the total's.
_SUMS_UP = re.compile(r"^[，、]?(?:以上)?(?:合计|共计|总计|累计|共)[^，。；、]{0,4}$")
_OTHERS = re.compile(r"其他|其它|其余")


def listed_totals(
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    taken: Mapping[int, Sequence[int]],
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Outcomes that name only what a list of targets has in common: (outcome, targets).

    ``taken`` are the outcomes of each answered target. Nothing is yielded where
    a member of the list has an answer of its own, where two lists fit or where
    the outcome says more than they do.
    """
    for outcome in outcomes:
        head = _head(outcome)
        if not head or outcome.part or outcome.unit_class in ("rate", "money", None):
            continue
        lists = [
            run
            for run in runs_of(targets)
            if comparable(run[0], outcome)
            and (
                _heads_all(head, outcome, run)
                or _heads_item(head, run)
                or _sweeps_up(head, outcome, run)
            )
            and not _names_some(outcome, run)
        ]
        if len(lists) != 1 or _INCLUDES.match(outcome.after):
            continue
        (run,) = lists
        if any(taken.get(t.index, (outcome.index,)) != (outcome.index,) for t in run):
            continue
        if any(
            t.index not in {m.index for m in run}
            for t in _holders(outcome, targets, taken)
        ):
            continue
        if not any(_rivals(outcome, o, head, run) for o in outcomes):
            yield outcome.index, tuple(t.index for t in run)


def _holders(
    outcome: Measure, targets: Sequence[Measure], taken: Mapping[int, Sequence[int]]
) -> list[Measure]:
    return [t for t in targets if outcome.index in taken.get(t.index, ())]


def _head(outcome: Measure) -> frozenset[str]:
    """What an outcome counts: 全年共举办各类培训 counts 培训."""
    if outcome.series is not None or outcome.running_total or outcome.is_change:
        return frozenset()
    phrase = outcome.clause if "、" in outcome.clause else outcome.local
    return frozenset(g for g in bigrams(_KIND.sub("", phrase)) if len(g) > 1)


def runs_of(targets: Sequence[Measure], *, loose: bool = False) -> list[list[Measure]]:
    """Targets of one sentence in one unit that stand next to each other.

    With ``loose`` also those that a comma parts: 检查旅馆40家次，检查网吧20家次.
    """
    runs: list[list[Measure]] = []
    for target in targets:
        last = runs[-1][-1] if runs else None
        joined = (
            last is not None
            and last.index == target.index - 1
            and last.sentence == target.sentence
            and last.quantity.unit == target.quantity.unit
            and last.quantity.per == target.quantity.per
            and not target.part
            and (loose or target.clause[:1] in "、，和及")
        )
        if joined:
            runs[-1].append(target)
        else:
            runs.append([target])
    return [run for run in runs if len(run) > 1]


def _heads_all(head: frozenset[str], outcome: Measure, run: Sequence[Measure]) -> bool:
    """Whether each member is of the kind, and the head names nothing else.

    讲解员培训 is the kind of 专职讲解员培训 and 志愿讲解员培训, but not of 安保人员培训.
    """
    words = [bigrams(t.local) for t in run]
    listed = "、" in outcome.clause  # 研修、培训班: each member is one of them
    own = frozenset[str]() if listed else own_bigrams(outcome.local) & head
    return (
        all(head & w and own <= w for w in words)
        and head <= frozenset[str]().union(*words)
        and not any(own_bigrams(t.local) <= head for t in run)
    )


def _sweeps_up(head: frozenset[str], outcome: Measure, run: Sequence[Measure]) -> bool:
    """各类电商培训90期 for 电商培训30期、直播培训20期、客服班10期: most are of the kind."""
    if len(run) < _MANY_LISTED or not _KIND.search(outcome.clause + outcome.local):
        return False
    of_kind = [bool(head & bigrams(t.local)) for t in run]
    return sum(of_kind) * 2 > len(run) and head <= frozenset[str]().union(
        *[bigrams(t.local) for t in run]
    )


def _heads_item(head: frozenset[str], run: Sequence[Measure]) -> bool:
    """Whether a list's own heading names what is counted: 主体班次：进修班2期、研修班1期."""
    heading, colon, _ = run[0].context.partition("：")
    said = _ITEM_NUMBER.sub("", heading)
    return bool(colon) and len(said) <= _HEADING and head <= bigrams(said)


def _names_some(outcome: Measure, run: Sequence[Measure]) -> bool:
    """Whether an outcome has what sets some members apart (新建, beside 运维)."""
    named = exclusive_words(outcome.local)
    held = [bool(named & exclusive_words(t.local)) for t in run]
    return any(held) and not all(held)


def _rivals(
    outcome: Measure, other: Measure, head: frozenset[str], run: Sequence[Measure]
) -> bool:
    """Whether another number counts some of the list apart."""
    return (
        other.index != outcome.index
        and comparable(run[0], other)
        and not other.part
        and bool(head & bigrams(other.local))
    )


def wholes_by_parts(
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
    taken: Mapping[int, Sequence[int]],
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Unanswered targets whose 其中 parts are all answered: (target, outcomes).

    The parts must make up the whole, in the goal's own numbers or with 其他
    in the answer.
    """
    for whole in targets:
        if whole.part or whole.index in taken or whole.unit_class == "rate":
            continue
        parts = own_parts(whole, targets)
        found = [taken.get(p.index, ()) for p in parts]
        if len(parts) < 2 or not all(len(f) == 1 for f in found):
            continue
        members = sorted({f[0] for f in found})
        if len(members) != len(parts):
            continue
        rest = _rest_of_list(members, outcomes)
        exhausted = sum(_base(p) for p in parts) == _base(whole)
        if not (exhausted or rest) or not _stand_together(members, outcomes):
            continue
        if any(
            sums_up_years(whole, outcomes[m]) or only_begun(whole, outcomes[m])
            for m in members
        ):
            continue
        total = _total_after((*members, *rest), outcomes)
        yield whole.index, (total,) if total is not None else (*members, *rest)


def names_a_part(whole: Measure, outcome: Measure, targets: Sequence[Measure]) -> bool:
    """Whether an outcome has the words of a 其中 part that its whole has not.

    赛事25场，其中路跑3场: 路跑类赛事3场 answers the part.
    """
    if whole.part or _SUMS_UP.search(outcome.clause):
        return False
    parts = own_parts(whole, targets)
    mine = own_bigrams(whole.local)
    told = own_bigrams(outcome.local) - mine
    return any(told & (own_bigrams(p.local) - mine) for p in parts)


def own_parts(whole: Measure, targets: Sequence[Measure]) -> list[Measure]:
    """The 其中 parts of a whole that follow it in its unit."""
    parts: list[Measure] = []
    for target in targets[whole.index + 1 :]:
        if (
            not target.part
            or target.sentence != whole.sentence
            or target.quantity.unit != whole.quantity.unit
        ):
            break
        parts.append(target)
    return parts


def _stand_together(members: Sequence[int], outcomes: Sequence[Measure]) -> bool:
    found = [outcomes[m] for m in members]
    return (
        members[-1] - members[0] == len(members) - 1
        and len({o.sentence for o in found}) == 1
        and len({o.quantity.unit for o in found}) == 1
    )


def _rest_of_list(
    members: Sequence[int], outcomes: Sequence[Measure]
) -> tuple[int, ...]:
    """布病1260份、猪瘟1480份、其他病种900份: what the list adds to the named parts."""
    after = members[-1] + 1
    if after >= len(outcomes):
        return ()
    last, other = outcomes[members[-1]], outcomes[after]
    fits = (
        other.quantity.unit == last.quantity.unit
        and other.sentence == last.sentence
        and _OTHERS.search(other.clause)
    )
    return (after,) if fits else ()


def _total_after(members: Sequence[int], outcomes: Sequence[Measure]) -> int | None:
    """The total that a list of parts ends with: 肢体27名、听力18名，共45名."""
    after = members[-1] + 1
    if after >= len(outcomes):
        return None
    last, total = outcomes[members[-1]], outcomes[after]
    fits = (
        total.quantity.unit == last.quantity.unit
        and total.sentence == last.sentence
        and _SUMS_UP.search(total.clause)
    )
    return after if fits else None


def _base(measure: Measure) -> Decimal:
    return to_base(measure.quantity.value, measure.quantity.unit)[0]
