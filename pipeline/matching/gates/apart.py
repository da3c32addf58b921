"""Whether two phrases name different ones of kinds that exclude one another.

体检 and 培训 of the same drivers, 宣讲进企业 and 宣讲进校园, 采矿权 and 探矿权: what the
phrases share is what makes them look alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.segment import words
from pipeline.matching.measures.lexicon import Lexicon, in_order
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import (
    FILE,
    are_both_certified,
    goes_on_with,
    without_offers,
    words_by_place,
)
from pipeline.resources import load_toml
from pipeline.word_lists import alternatives, one_of

# A number of several kinds is for any of them.
_SEVERAL = re.compile(r"各[类项种]|合计|(?<!公)共(?![享建同青治产])")
_AND_SO_ON = re.compile(r"等(?!级)")
_EACH = re.compile("[、均和]|分别|依次")
_GOING = re.compile(r"走?进|深入|下乡|入企|入户|赴|走向|面向")
# 在城区举办农户培训 says where, not whom; 升入高中 where they went on to.
_AT = re.compile("(?:在|赴|(?<![达得报])到|前往|[升考]入)$")
_GOES = re.compile("[在赴到往入](?:(?<!入)|(?<=[升考]入))")
_PAIR = 2
_NONE = frozenset[int]()
_UNCOUNTED = frozenset({"rate", "score", None})
_RATES = {"rate"}
_NO_DEEDS = frozenset({"money", "time"})


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Sets of words that exclude one another, and what they are for."""

    sets: dict[str, frozenset[int]]
    deeds: bool
    units: frozenset[str]
    going: bool
    rates: bool


# Whatever the pattern below takes out has one of these, most texts none.
_SOME_PASSED = re.compile("经|通过|合格|培养|提供")


@lru_cache(maxsize=1)
def _passed() -> re.Pattern[str]:
    """Who passed an examination achieved something, and was not only examined."""
    exams = rf"(?:{alternatives('exams')}|评审)"
    return re.compile(
        rf"(?:通过|经(?![营济费纪典销办理贸信]))[^，。；、]{{0,6}}?{exams}"
        rf"|{exams}(?=通过|合格)|(?:联合|委托|定向)培养"
        r"|提供(?=[一-鿿]{0,4}(?:扶持|服务|帮助|援助|支持|保障))"
    )


def names_a_kind(measure: Measure) -> bool:
    """Whether a measure names anything of kinds that exclude one another."""
    return bool(kinds_named(measure.local))


def is_another_kind(target: Measure, outcome: Measure) -> bool:
    """Whether an outcome names only other ones of a kind that the target names."""
    mine, theirs = kinds_named(target.local), kinds_named(outcome.local)
    if mine is theirs:
        return False  # the same word and no other
    apart: list[int] = []
    for number, sets in mine.items():  # asked very often: no comprehension
        if number in theirs and sets.isdisjoint(theirs[number]):
            apart.append(number)
    if not apart:
        return False
    said = outcome.local + outcome.clause
    if _SEVERAL.search(said):
        return False
    classes, all_kinds = {target.unit_class, outcome.unit_class}, _all_kinds()
    apart = [n for n in apart if _is_for(all_kinds[n], classes, said)]
    if apart and are_both_certified(target.local, outcome.local):
        apart = [n for n in apart if not all_kinds[n].deeds]
    return any(_shares_none(number, target, outcome) for number in apart)


def _shares_none(number: int, target: Measure, outcome: Measure) -> bool:
    """Whether the whole clauses have nothing of a kind in common either."""
    mine, theirs = kinds_named(target.local)[number], kinds_named(outcome.local)[number]
    mine |= kinds_named(target.clause).get(number, _NONE)
    return mine.isdisjoint(theirs | kinds_named(outcome.clause).get(number, _NONE))


def _is_for(kinds: _Kinds, classes: set[str | None], said: str) -> bool:
    """Whether kinds hold of numbers of these classes, for all that an outcome says.

    It may say that there are more of the like, and must of some say where they went.
    """
    if not (_UNCOUNTED.isdisjoint(classes) or _is_for_rates(kinds, classes, said)):
        return False
    if kinds.deeds and not _NO_DEEDS.isdisjoint(classes):
        return False
    if kinds.units and not classes <= kinds.units:
        return False
    if not kinds.deeds and _AND_SO_ON.search(said):
        return False
    return not kinds.going or _GOING.search(said) is not None


def _is_for_rates(kinds: _Kinds, classes: set[str | None], said: str) -> bool:
    """药品合格率 is not 食品合格率, but 药品、食品合格率均为99% is of each that it names."""
    if kinds.rates:
        return True
    return not kinds.deeds and classes == _RATES and not _EACH.search(said)


@lru_cache(maxsize=8192)
def kinds_named(text: str) -> Mapping[int, frozenset[int]]:
    """By number the kinds of which a text names some, and the sets of these."""
    text = without_offers(text)
    if _SOME_PASSED.search(text):
        text = _passed().sub(" ", text)
    said = _whole_words(text)
    if not said:
        return {}
    done = said  # the words that are deeds here, and no part of a name
    carrier = _carriers().search(text)
    if carrier:
        names, deeds = carrier.start(), _words_of_deeds()
        done = [w for w in said if w not in deeds or _is_deed(w, text, names)]
    if len(done) == len(said) and not _GOES.search(text):
        return _named_by_all(said, text, carried=carrier is not None)  # most
    named: dict[int, frozenset[int]] = {}
    all_kinds = _all_kinds()
    for number, named_by in _by_kind(said, text).items():
        kinds = all_kinds[number]
        if len(named_by) > 1:
            carried = carrier is not None and kinds.deeds
            sets = _sets_named(kinds, named_by, text, carried=carried)
        else:
            sets = kinds.sets[named_by[0]]
            if kinds.deeds and named_by[0] not in done:
                continue
        if sets:
            named[number] = sets
    return named


def _named_by_all(
    said: Sequence[str], text: str, *, carried: bool
) -> Mapping[int, frozenset[int]]:
    """What words name where all are deeds or names of their own, and none says where."""
    by_word = _named_by_word()
    if len(said) == 1:
        return by_word[said[0]]
    named: dict[int, frozenset[int]] = {}
    several: set[int] = set()
    for word in said:
        for number, sets in by_word[word].items():
            if number in named:
                several.add(number)
            named[number] = sets
    for number in several:
        kinds = _all_kinds()[number]
        of_it = [word for word in said if number in by_word[word]]
        sets = _sets_named(kinds, of_it, text, carried=carried and kinds.deeds)
        if sets:
            named[number] = sets
        else:
            del named[number]
    return named


def _whole_words(text: str) -> list[str]:
    """The words of any kind that a text says, not those across two other words."""
    held = _words().held(text)
    if not held:
        return []
    cut = words(text)
    return [
        word
        for word in held
        if len(word) != _PAIR or word in cut or not _straddles(word, text)
    ]


def _straddles(word: str, text: str) -> bool:
    """Whether a pair that begins no word is made of the ends of two: 复训 of 康复训练."""
    start, places = text.index(word), words_by_place(text)
    if start in places or text.count(word) > 1:
        return False
    before = len(places.get(start - 1, ""))
    return before == 2 * _PAIR or (
        before == _PAIR and len(places.get(start + 1, "")) >= _PAIR
    )


def _is_deed(word: str, text: str, names: int) -> bool:
    """Whether a word stands anywhere else than in a name: 培训, not 培训中心.

    ``names``: where the first word is that makes a name of a deed before it.
    """
    end = 0
    while (start := text.find(word, end)) >= 0:
        end = start + len(word)
        if end < names or not goes_on_with(_carriers(), text, end):
            return True
    return False


def _by_kind(said: Sequence[str], text: str) -> Mapping[int, list[str]]:
    """Words under the numbers of the kinds that they are of, without mere places."""
    kinds_of, all_kinds = _kinds_by_word(), _all_kinds()
    held: dict[int, list[str]] = {}
    for word in said:
        for number in kinds_of[word]:
            held.setdefault(number, []).append(word)
    if not _GOES.search(text):
        return held
    at = {w for w in said if _AT.search(text, 0, text.index(w))}
    for number, named_by in list(held.items()) if at else ():
        if not (all_kinds[number].deeds or all_kinds[number].going):
            held[number] = [w for w in named_by if w not in at]
    return {number: named_by for number, named_by in held.items() if named_by}


def _sets_named(
    kinds: _Kinds, named_by: Sequence[str], text: str, *, carried: bool
) -> frozenset[int]:
    if not carried and len(set("".join(named_by))) == sum(map(len, named_by)):
        return _NONE.union(*map(kinds.sets.__getitem__, named_by))  # side by side
    found = [
        kinds.sets[word]
        for word, end in in_order(named_by, text)
        if not (carried and goes_on_with(_carriers(), text, end))
    ]
    return _NONE.union(*found)


@lru_cache(maxsize=1)
def _all_kinds() -> tuple[_Kinds, ...]:
    return tuple(_read_kinds())


def _read_kinds() -> Iterator[_Kinds]:
    for entry in load_toml(FILE)["apart"]:
        sets: dict[str, set[int]] = {}
        for number, group in enumerate(entry["groups"]):
            for word in group:
                sets.setdefault(word, set()).add(number)
        yield _Kinds(
            sets={word: frozenset(numbers) for word, numbers in sets.items()},
            deeds=entry.get("deeds", False),
            units=frozenset(entry.get("units", ())),
            going=entry.get("going", False),
            rates=entry.get("rates", False),
        )


@lru_cache(maxsize=1)
def _words() -> Lexicon:
    return Lexicon(_kinds_by_word())


@lru_cache(maxsize=1)
def _kinds_by_word() -> dict[str, list[int]]:
    kinds_of: dict[str, list[int]] = {}
    for number, kinds in enumerate(_all_kinds()):
        for word in kinds.sets:
            kinds_of.setdefault(word, []).append(number)
    return kinds_of


@lru_cache(maxsize=1)
def _words_of_deeds() -> frozenset[str]:
    return frozenset(w for kinds in _all_kinds() if kinds.deeds for w in kinds.sets)


@lru_cache(maxsize=1)
def _named_by_word() -> dict[str, dict[int, frozenset[int]]]:
    """What a text names that has one of the words and nothing that casts doubt on it."""
    all_kinds = _all_kinds()
    return {
        word: {number: all_kinds[number].sets[word] for number in numbers}
        for word, numbers in _kinds_by_word().items()
    }


@lru_cache(maxsize=1)
def _carriers() -> re.Pattern[str]:
    return one_of(load_toml(FILE)["deed_names"]["words"])
