"""What a bare deed was done to: 卫生村申报50个，经考核命名47个 names 卫生村 only once.

A number in the same sentence and unit as the one before, whose phrase has only
words for deeds, counts the same things at another step. So does one after a
heading: 除险加固方面，开工14座，完工11座.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.language.segment import words
from pipeline.matching.gates.objects import names_a_thing, plain_name
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import (
    FILE,
    bigrams,
    content_word,
    deed_words,
    own_bigrams,
)
from pipeline.resources import load_toml
from pipeline.word_lists import alternatives, any_of, listed

_NO_THINGS = frozenset({"rate", "time", "money", None})
_DEED = 2
_PEOPLE = frozenset({"person", "person_time"})
_HEADING = re.compile(r"(?P<name>[^，。；：、\d]{3,14})(?:方面[，：]|：)")
# 二季度：到货12台。三、四季度：到货9台。
_WHEN = re.compile(
    r"(?P<name>[上下]半年|第?(?:[一二三四][、和及至])?[一二三四]季度|[春夏秋冬]季(?:学期)?)(?:方面[，：]|：)"
)
_NO_HEAD = re.compile("各类|各项|各种|各级|情况|方面|工作|任务|目标|[^一-鿿]")
_ONLY_SUM = re.compile(r"(?:合计|共计|总计|累计|计|共)(?:举办|开展|组织|完成)?")
_PLANNED = re.compile(r"^.*计划\d[^，]*?(?=实际)")


@lru_cache(maxsize=1)
def _who() -> re.Pattern[str]:
    """A heading that says who reports, as 疾控中心： does."""
    bodies = alternatives("office_ends", "place_name_ends")
    return re.compile(rf"(?:{bodies}|[区村])$")


def with_carried_names(
    measures: Sequence[Measure], asked: Sequence[Measure] = ()
) -> tuple[Measure, ...]:
    """Measures, those of a bare deed with the name of the thing before theirs.

    What else stands at the head of a sentence is carried only where a phrase of the
    other side, ``asked``, says it together with the measure's own words.
    """
    named: list[Measure] = []
    for measure in measures:
        goes_on = named and _goes_on(named[-1], measure)
        name = (
            (_thing(named[-1].local) if goes_on else "")
            or _heading(measure, asked)
            or (_event(named[-1], measure, asked) if named else "")
            or (_topic(named, measure) if named else "")
        )
        if name:
            local = f"{name} {measure.local}"
            measure = dataclasses.replace(measure, local=local)
        elif named and (local := _rate_of_deed(named[-1], measure)):
            measure = dataclasses.replace(measure, local=local)
        named.append(measure)
    return tuple(named)


def with_rates_of_deeds(measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """Goals that name a rate by its deed alone, with what the deed is done to."""
    if not any(m.rate for m in measures):
        return tuple(measures)
    return tuple(
        dataclasses.replace(m, local=local)
        if before is not None and (local := _rate_of_deed(before, m))
        else m
        for before, m in zip((None, *measures), measures, strict=False)
    )


def _event(before: Measure, measure: Measure, asked: Sequence[Measure]) -> str:
    """What people came to, where their number only says that they did: …班3期，70人结业."""
    attends = (
        before.unit_class == "event"
        and measure.unit_class in _PEOPLE
        and before.sentence == measure.sentence
        and before.index == measure.index - 1
        and any_of("attended").search(measure.local)
    )
    if not attends:
        return ""
    event = own_bigrams(before.local)
    wanted = [a for a in asked if a.unit_class in _PEOPLE]
    fits = [a for a in wanted if event & own_bigrams(a.local)]
    told = own_bigrams(measure.local)
    return (
        ""
        if not fits or any(told & own_bigrams(a.local) for a in wanted)
        else before.local
    )


def _topic(before: Sequence[Measure], measure: Measure) -> str:
    """What a bare sum adds up after a number of another kind: 讲座走进12校，计22场.

    Where the sentence has a number of its own kind, it is the sum of those.
    """
    last = before[-1]
    if (
        last.index != measure.index - 1
        or last.sentence != measure.sentence
        or measure.unit_class in _NO_THINGS
        or not _ONLY_SUM.fullmatch(measure.local.strip())
    ):
        return ""
    said = [m for m in before if m.sentence == measure.sentence]
    return "" if any(m.unit_class == measure.unit_class for m in said) else last.local


def _rate_of_deed(before: Measure, measure: Measure) -> str:
    """听力筛查率 for the 筛查率 of 听力筛查400人，筛查率98%, or ""."""
    rate = measure.local.strip()
    deed = rate.removesuffix("率")
    if before.unit_class == "rate" or before.sentence != measure.sentence:
        return ""
    if len(deed) < _DEED or deed == rate or measure.rate != rate:
        return ""
    named, found, _ = before.local.strip().rpartition(deed)
    return f"{named}{rate}" if found and named else ""


def _heading(measure: Measure, asked: Sequence[Measure]) -> str:
    """What stands at the head of the sentence of a bare result, or "".

    So it does for a bare thing whose deed stands there (监督抽检：粮油20批次、糕点30批次),
    and for a bare deed to the thing that does (健身步道：新增3公里，维修5公里).
    """
    if measure.unit_class in _NO_THINGS or measure.part:
        return ""
    if "：" not in measure.context and "方面" not in measure.context:
        return ""  # no heading
    when = _WHEN.match(measure.context)
    if when:
        return when["name"]
    head = _HEADING.match(measure.context)
    if head is None:
        return ""
    name, bare = head["name"], _PLANNED.sub("", measure.local)
    if _says_no_more(bare):
        return name
    if not _lacks(name, bare):
        return ""
    name = _NO_HEAD.sub("", name)
    head_words, own = bigrams(name), bigrams(bare)
    said_together = any(
        head_words & said and own & said for said in (bigrams(a.local) for a in asked)
    )
    return name if said_together else ""


@lru_cache(maxsize=8192)
def _lacks(head: str, phrase: str) -> bool:
    """Whether a phrase has no deed, or no thing, and the head of its sentence has one."""
    if not phrase.strip() or _who().search(head):
        return False
    deeds = [word in deed_words() for word in words(phrase) if content_word(word)]
    if not any(deeds):
        return any(word in deed_words() for word in words(head))
    return all(deeds) and names_a_thing(head)


def _says_no_more(phrase: str) -> bool:
    """Whether a phrase only says that something was done: 实际完成, 完工."""
    said = [word for word in words(phrase) if content_word(word)]
    return bool(phrase.strip()) and _results().issuperset(said)


def _goes_on(before: Measure, measure: Measure) -> bool:
    return (
        before.quantity.unit == measure.quantity.unit
        and before.quantity.per == measure.quantity.per
        and before.sentence == measure.sentence
        and measure.unit_class not in _NO_THINGS
        and (
            is_bare_result(measure.local)
            or (_is_bare_deed(measure.local) and _names_a_deed(before.local))
        )
    )


@lru_cache(maxsize=8192)
def _names_a_deed(phrase: str) -> bool:
    return any(word in deed_words() for word in words(phrase))


@lru_cache(maxsize=8192)
def _is_bare_deed(phrase: str) -> bool:
    """新建 of 改造公厕18座，新建3座: all that is said is what was done."""
    said = [word for word in words(phrase) if content_word(word)]
    return bool(said) and all(w in _works() for w in said)


@lru_cache(maxsize=8192)
def _thing(phrase: str) -> str:
    """The name in a phrase without all that was done: 卫生村 of 卫生村申报."""
    deeds = deed_words()
    if all(word in deeds for word in words(plain_name(phrase))):
        return ""
    return "".join(w for w in words(phrase) if content_word(w) and w not in deeds)


@lru_cache(maxsize=8192)
def is_bare_result(phrase: str) -> bool:
    """Whether a phrase says only how a deed ended."""
    return any(map(content_word, words(phrase))) and _says_no_more(phrase)


@lru_cache(maxsize=1)
def _works() -> frozenset[str]:
    return frozenset(listed("built_anew", "kept_up"))


@lru_cache(maxsize=1)
def _results() -> frozenset[str]:
    return frozenset(load_toml(FILE)["results"]["words"])
