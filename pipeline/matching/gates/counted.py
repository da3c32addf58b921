"""Whether two numbers that fit by their units count things of two kinds.

服务站覆盖村居210个 counts 村居, 代表联络站16个 places and 代表建议146件 papers, 新结友好城市1个
no event.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from pipeline.matching.measures.counts import names_a_happening
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import deed_words
from pipeline.word_lists import alternatives, any_of, ending_in, listed

_Reason = Callable[[Measure, Measure], bool]
_PLACED = frozenset({"place", "organisation", "thing"})
_PIECES = frozenset({"个", "处", "座", "所"})
_PAPERS = frozenset({"件", "份", "篇"})
_LOOSE = frozenset({"个", "项", "件"})
_GROUP = re.compile("[班队组]$")
_HELD = frozenset({"场", "届", "期"})
_WHO = re.compile(r"(?P<deed>[一-鿿]{2})员$")
_STAFF = re.compile(r"[员队]|人数|专干")
_GOES_ON = re.compile(r"[一-鿿]+")


def may_count_another(outcome: Measure) -> bool:
    """Whether an outcome has any word or unit for which ``counts_another`` could bar it."""
    return bool(_reasons(outcome))


def counts_another(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome counts whom a thing reached, papers, goods or no events."""
    for counts in _reasons(outcome):  # noqa: SIM110 (asked very often)
        if counts(target, outcome):
            return True
    return False


def _reasons(outcome: Measure) -> tuple[_Reason, ...]:
    """What an outcome may count for all that is seen of it alone; mostly one thing."""
    known: tuple[_Reason, ...] | None = outcome.notes.get("counted")
    if known is None:
        known = outcome.notes["counted"] = tuple(_read_reasons(outcome))
    return known


def _read_reasons(outcome: Measure) -> Iterator[_Reason]:
    unit, kind = outcome.quantity.unit, outcome.unit_class
    clause = outcome.clause.strip()
    if kind in _PLACED and _covered().search(clause):
        yield _counts_the_covered
    if unit in _PAPERS:
        yield _counts_papers
    if kind == "event" or unit in _LOOSE:
        yield _counts_no_event
    if _sort_of(outcome.local, _named_after(outcome)):
        yield _counts_goods
    if kind == "person":
        yield _counts_who_does_it
    if ending_in("drafts").search(clause):
        yield _counts_drafts
    if _only_before().match(outcome.after):
        yield _counts_what_is_to_come
    if kind == "person" or (unit == "个" and _GROUP.search(clause)):
        yield _counts_groups


def _counts_groups(target: Measure, outcome: Measure) -> bool:
    """培训班9个 is how many classes there were, 培训800人 how many sat in them."""
    sides = (target, outcome), (outcome, target)
    return any(
        people.unit_class == "person"
        and groups.quantity.unit == "个"
        and _GROUP.search(groups.clause.strip()) is not None
        for people, groups in sides
    )


def _counts_the_covered(target: Measure, outcome: Measure) -> bool:
    if outcome.unit_class not in _PLACED or target.quantity.unit == "户":
        return False  # 改造小区6个、380户: households are the reached in any case
    said = _covered().search(outcome.clause.strip())
    if said is None:
        return False
    promised = target.local + target.clause + target.after
    what = said["what"]
    named = any(what[i : i + 2] in promised for i in range(len(what) - 1))
    return not named and not any_of("covers", "comes_to").search(promised)


def _counts_who_does_it(target: Measure, outcome: Measure) -> bool:
    """派驻劝阻员20名 for 劝阻6000人次: who does it, not whom it was done to."""
    if outcome.unit_class != "person":
        return False
    who = _WHO.search(outcome.local.strip())
    return (
        who is not None
        and who["deed"] in target.local
        and not _STAFF.search(target.local)
    )


def _counts_papers(target: Measure, outcome: Measure) -> bool:
    """Whether the target names a place to be counted, and the outcome papers."""
    return (
        target.quantity.unit in _PIECES
        and outcome.quantity.unit in _PAPERS
        and names_a_place(target.local)
    )


def _counts_drafts(target: Measure, outcome: Measure) -> bool:
    """Whether a thing is to be there, and the outcome counts papers about it.

    泵站完成“一站一案”方案9个 rebuilds no 泵站.
    """
    if not ending_in("drafts").search(outcome.clause.strip()):
        return False
    promised = target.local + target.clause
    works = any_of("works").search(promised) is not None
    return works and not any_of("drafts").search(promised + target.after[:8])


def _counts_what_is_to_come(target: Measure, outcome: Measure) -> bool:
    """已签订12场讲座的合同 has held no lecture, 完成12座水窖的选址 has built nothing."""
    said = _only_before().match(outcome.after)
    if said is None:
        return False
    return said["what"] not in target.local + target.clause + target.after


@lru_cache(maxsize=1)
def _only_before() -> re.Pattern[str]:
    what = alternatives("drafts", "done_beforehand")
    return re.compile(
        rf"[一-鿿]{{1,12}}?的(?:[一-鿿]{{0,4}}?)(?P<what>{what})"
        r"(?:编制|设计|工作|签订|签约|评审|审批|办理|手续|备案|审查|报批|采购)*(?:[，。；]|$)"
    )


@lru_cache(maxsize=8192)
def names_a_place(phrase: str) -> bool:
    """Whether a phrase ends in the name of a place, but for what is done to it."""
    return bool(ending_in("place_ends").search(_without_deeds(phrase)))


def _without_deeds(phrase: str) -> str:
    said = phrase.strip()
    while len(said) > 2 and said[-2:] in deed_words():
        said = said[:-2]
    return said


def _counts_goods(target: Measure, outcome: Measure) -> bool:
    """Whether one side counts places, and the other what was bought: 乡镇3个, 应急包50个."""
    told = _sort_of(outcome.local, _named_after(outcome))
    if not told:
        return False
    asked = _sort_of(target.local, _named_after(target))
    return bool(asked) and asked != told


def _named_after(measure: Measure) -> str:
    """What goes on right after a number: 试点乡镇 of 3个试点乡镇."""
    found = _GOES_ON.match(measure.after)
    return found[0] if found else ""


@lru_cache(maxsize=8192)
def _sort_of(phrase: str, named: str) -> str:
    """Whether a number is of "goods", of a "place", or of neither ("").

    What stands after the number is what it counts; else the phrase ends in it.
    """
    if named:
        if any_of("goods").search(named):
            return "place" if _supplied().search(named) else ""
        return "place" if any_of("sites").search(named) else ""
    said = _without_deeds(phrase)
    if said[-1:] not in _ends_of_sorts():
        return ""  # most phrases
    if ending_in("goods").search(said):
        return "goods"
    return "place" if ending_in("sites").search(said) else ""


@lru_cache(maxsize=1)
def _ends_of_sorts() -> frozenset[str]:
    return frozenset(word[-1] for word in listed("goods", "sites"))


@lru_cache(maxsize=1)
def _covered() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('covers')})(?P<what>[一-鿿]{{2,6}})$")


@lru_cache(maxsize=1)
def _supplied() -> re.Pattern[str]:
    """服务点配备电脑: what was bought for places is not what is counted."""
    return re.compile(
        rf"(?:{alternatives('sites')})(?:统一|全部)?(?:{alternatives('supplying')})"
    )


def _counts_no_event(target: Measure, outcome: Measure) -> bool:
    """Whether one side counts happenings, and the other in 个 things that are none.

    Nothing that is held is counted in 件: 大赛收到作品263件 are works.
    """
    asked, told = target.quantity.unit, outcome.quantity.unit
    if (asked == "件" and told in _HELD) or (told == "件" and asked in _HELD):
        return True
    if target.unit_class == "event" and told in _LOOSE:
        other = outcome
    elif outcome.unit_class == "event" and asked in _LOOSE:
        other = target
    else:
        return False
    return not names_a_happening(other.local + other.after[:8])
