"""Lists of numbers, and wholes that are told by their parts.

养护60公里，其中县道40公里、乡道20公里 and 县道41公里、乡道18公里: the parts are the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pipeline.matching.gates.changes import sums_up_years
from pipeline.matching.gates.steps import only_begun
from pipeline.matching.measures.measure import Measure, base_unit, base_value
from pipeline.matching.measures.two_in_one import is_cut_short
from pipeline.matching.measures.wording import (
    act_words,
    bigrams,
    content_words,
    own_bigrams,
)
from pipeline.word_lists import alternatives, any_of

_PART_MARK = re.compile(r"其中|包括|包含")


@lru_cache(maxsize=1)
def _sums_up() -> re.Pattern[str]:
    """A list goes before 合计16916人次; its first name is not the total's."""
    return re.compile(
        r"^[，、]?(?:(?:以上|上述)?(?:[两二三四五六七八九十几各][项者地处类种批次县镇个]|各部分|[两三四]方面)?)?"
        rf"(?:(?:{alternatives('in_sum')})[^，。；、]{{0,4}}"
        rf"|(?:{alternatives('sum_names')})(?:共?[计为达约]|达到)?)$"
    )


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
        exhausted = sum(base_value(p) for p in parts) == base_value(whole)
        if not (exhausted or rest) or not _stand_together(members, outcomes):
            continue
        if any(
            sums_up_years(whole, outcomes[m]) or only_begun(whole, outcomes[m])
            for m in members
        ):
            continue
        total = total_after((*members, *rest), outcomes)
        yield whole.index, (total,) if total is not None else (*members, *rest)


def names_a_part(whole: Measure, outcome: Measure, targets: Sequence[Measure]) -> bool:
    """Whether an outcome has the words of a 其中 part that its whole has not.

    赛事25场，其中路跑3场: 路跑类赛事3场 answers the part.
    """
    parts = [] if whole.part else own_parts(whole, targets)
    if not parts or _sums_up().search(outcome.clause):
        return False
    names = [_PART_MARK.sub("", p.clause).strip("、，和及与 ") for p in parts]
    if len(names) > 1 and all(n and n in outcome.clause for n in names):
        return False  # 新建和改造点位1624个 names all parts, and so the whole
    mine = own_bigrams(whole.local)
    if is_cut_short(whole.local):  # 新改建站亭9座，含新建4座、改造5座
        mine = mine.difference(*[own_bigrams(p.local) for p in parts])
    told = own_bigrams(outcome.local) - mine
    own = [own_bigrams(p.local) - mine for p in parts]
    if whole.unit_class == "rate":  # 特困人员供养率 is no 失能特困人员供养率
        return any(grams and grams <= told for grams in own)
    # 民事案件 has only the kind of 其中农民工案件.
    return any(told & grams and 2 * len(told & grams) >= len(grams) for grams in own)


@lru_cache(maxsize=1)
def _general_words() -> frozenset[str]:
    return content_words("群众、人员、人数、对象") | act_words()


def leaves_its_name_out(
    target: Measure, outcome: Measure, targets: Sequence[Measure]
) -> bool:
    """Whether an outcome has nothing of what tells a 其中 part from its whole.

    受益群众3.6万人 for 供水改善3.6万人，其中低保人口5200人 speaks of the whole.
    """
    if not target.part or outcome.part or target.unit_class == "rate":
        return False
    before = [
        t
        for t in targets[: target.index]
        if not t.part
        and t.sentence == target.sentence
        and base_unit(t) == base_unit(target)
    ]
    if not before:
        return False
    own = content_words(_PART_MARK.sub(" ", target.local)) - _general_words()
    grams = bigrams(" ".join(own - content_words(before[-1].local)))
    said = bigrams(outcome.local) | bigrams(outcome.clause)
    if not grams or not grams.isdisjoint(said):
        return False
    # 快充 for 快充桩: cut in another way, it still is the name; so is 封育 for 封山育林.
    short = set("".join(own_bigrams(outcome.local)))
    return not any(gram in outcome.local for gram in grams if len(gram) > 1) and not (
        short and short <= set("".join(grams))
    )


def own_parts(whole: Measure, targets: Sequence[Measure]) -> list[Measure]:
    """The 其中 parts of a whole that follow it in its unit."""
    parts: list[Measure] = []
    for index in range(whole.index + 1, len(targets)):
        target = targets[index]
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
        and any_of("other_ones").search(other.clause)
    )
    return (after,) if fits else ()


def total_after(members: Sequence[int], outcomes: Sequence[Measure]) -> int | None:
    """The total that a list of parts ends with: 肢体27名、听力18名，共45名."""
    after = members[-1] + 1
    if after >= len(outcomes):
        return None
    last, total = outcomes[members[-1]], outcomes[after]
    fits = (
        total.quantity.unit == last.quantity.unit
        and total.sentence == last.sentence
        and _sums_up().search(total.clause)
    )
    return after if fits else None
