"""Per-unit words before a number: 每村, 每个站点每年, 每名管护员每月, 人均."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.language.clauses import after_stop
from pipeline.resources import load_toml
from pipeline.word_lists import alternatives

FILE = "quantities/per_words.toml"
_BRACKET = re.compile(r"\([一-鿿]{1,6}\)")
# Each group of per-unit words has one of these.
_ANY_WORD = re.compile("每|均|万人")
# 万人拥有量, 万人发明专利拥有量; 30万人拥有 counts people.
_OF_SO_MANY = re.compile(
    r"(?<![\d.百千余多几数约近])十?万人(?=[^，。；、\d每]{0,12}(?:拥有|保有|占有)量?)"
)
# 人均年补贴, 每人一年: the time that is meant, too.
_ALSO_A_TIME = re.compile("[年月日](?=[补收工奖支消用耗产领发获津报巡])")
_IN_ONE_TIME = re.compile("一(?:年|个?月|天|日|学期|学年|季度)")
_NUMBER = re.compile(r"\d{1,4}|[零一二两三四五六七八九十百千万半]{1,3}")
_TOTAL = re.compile("(?:合|共|总|累)计$|共$")
_REACH = 40
_MAX_GAP = 14
_STOPS = "，。；、！？\n"


class _Words(NamedTuple):
    """The groups of models/quantities/per_words.toml, each as one pattern."""

    time: re.Pattern[str]
    classifier: re.Pattern[str]
    unit: re.Pattern[str]
    event: re.Pattern[str]
    thing: re.Pattern[str]
    person: re.Pattern[str]
    name: re.Pattern[str]
    mean: re.Pattern[str]
    statistic: re.Pattern[str]


def mean_words() -> list[str]:
    """Of what a mean may be said, longer words first: 户 of 户均, 公里 of 公里均."""
    return sorted(load_toml(FILE)["means"]["words"], key=len, reverse=True)


@lru_cache(maxsize=1)
def _words() -> _Words:
    act = _any_of("acts")
    return _Words(
        time=re.compile(_any_of("times")),
        classifier=re.compile(_any_of("classifiers")),
        unit=re.compile(_any_of("units")),
        event=re.compile(_any_of("events")),
        thing=re.compile(_any_of("things")),
        # 名 and 位 count persons; a person's name may hold what is done (指导员).
        person=re.compile(rf"(?<=[名位])[一-鿿]{{1,8}}?{_any_of('people')}"),
        # Any other name goes on to what the thing does, or to the number itself.
        name=re.compile(rf"(?:(?!{act})[一-鿿]){{2,8}}(?={act}|[\d≥≤><]|$)"),
        mean=re.compile(rf"(?:[年月日](?=人均))?{_any_of('means', end='均')}"),
        statistic=re.compile(_any_of("statistics")),
    )


def _any_of(group: str, *, end: str = "") -> str:
    """A pattern of any word of a group that has none of its neighbours."""
    entry = load_toml(FILE)[group]
    words = "|".join(map(re.escape, sorted(entry["words"], key=len, reverse=True)))
    before, after = entry.get("not_after"), entry.get("not_before")
    behind = f"(?<![{before}])" if before else ""
    saved = "".join(f"(?!{word})" for word in entry.get("but_before", ()))
    ahead = f"(?!{saved}[{after}])" if after else ""
    return f"{behind}(?:{words}){end}{ahead}"


def read_per(folded: str, start: int) -> tuple[int, int] | None:
    """The span of the per-unit words that govern the number at ``start``.

    They must stand in the same comma clause, at most a short verb phrase away,
    and are given as printed: 每名管护员每月 with the thing's name.
    """
    floor = max(0, start - _REACH)
    if not _ANY_WORD.search(folded, floor, start):
        return None
    begin = after_stop(_STOPS, folded, floor, start)
    span = _last_span(folded, begin, start)
    if span is None:
        return None
    between = _old_value().sub("", folded[span[1] : start])
    if len(between) > _MAX_GAP:
        return None
    if re.search(r"\d", between) or _TOTAL.search(between):
        return None
    return span


def _last_span(folded: str, begin: int, start: int) -> tuple[int, int] | None:
    found: tuple[int, int] | None = None
    at = begin
    while at < start:
        end = _each_end(folded, at, start)
        if end is None:
            at += 1
            continue
        joined = found is not None and folded[found[1] : at] in {"", "平均"}
        found = (found[0], end) if found is not None and joined else (at, end)
        at = end
    return found


def _each_end(folded: str, at: int, start: int) -> int | None:
    """The end of one group of per-unit words that begins at ``at``."""
    if folded[at] in "十万" and (many := _OF_SO_MANY.match(folded, at, start)):
        return many.end()
    if folded[at] != "每":
        if folded.find("均", at + 1, start) < 0:
            return None  # most places
        mean = _words().mean.match(folded, at, start)
        if mean is None:
            return None
        also = _ALSO_A_TIME.match(folded, mean.end(), start)
        end = (also or mean).end()
        return None if _words().statistic.match(folded, end, start) else end
    position = at + 1
    number = _NUMBER.match(folded, position, start)
    if number:
        position = number.end()
    time = _words().time.match(folded, position, start)
    if time:
        return time.end()
    return _thing_end(folded, position, start)


def _thing_end(folded: str, position: int, start: int) -> int | None:
    """The end of the thing that is counted each: its classifier and name."""
    words = _words()
    classifier = words.classifier.match(folded, position, start)
    unit = words.unit.match(folded, position, start)
    ends = [m.end() for m in (classifier, unit) if m]
    known = [words.thing.match(folded, position, start)]
    if classifier:
        after = classifier.end()
        known.append(
            words.person.match(folded, after, start)
            or words.name.match(folded, after, start)
            or words.thing.match(folded, after, start)
        )
    if unit:
        known.append(words.event.match(folded, unit.end(), start))
    ends += [m.end() for m in known if m]
    if not ends:
        return None
    more = _BRACKET.match(folded, max(ends), start)
    more = more or _IN_ONE_TIME.match(folded, max(ends), start)
    return more.end() if more else max(ends)


@lru_cache(maxsize=1)
def _old_value() -> re.Pattern[str]:
    """每万人口拥有量由53件提升至58件: the old value does not part the words."""
    return re.compile(
        r"由[^，。；]{0,6}?\d[\d.,]*[^\d，。；]{0,4}?"
        rf"(?:{alternatives('changes_from_to')})(?:至|到|为)$"
    )
