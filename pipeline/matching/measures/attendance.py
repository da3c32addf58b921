"""What a number of people attended: 举办校长班3期，培训150人."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.matching.measures.measure import Measure
from pipeline.word_lists import alternatives

_PERSONS = frozenset({"person", "person_time"})
_LIST = re.compile(r"[^。；\n]*")


def of_their_events(measures: list[Measure], folded: str) -> list[Measure]:
    """Name the event where several numbers only say how many came.

    举办校长提高培训班3期，培训150人；班主任培训6期，培训480人. The people of one
    event alone, or of a list of events (A班2期、B班6期，共培训900人), need no name.
    """
    attending = [m for m in measures if _attends(m, measures, folded)]
    if len(attending) < 2:
        return measures
    named = list(measures)
    for m in attending:
        event = measures[m.index - 1]
        named[m.index] = dataclasses.replace(m, local=event.local + " " + m.local)
    return named


@lru_cache(maxsize=1)
def _all_events() -> re.Pattern[str]:
    return re.compile(rf"{alternatives('of_all_kinds')}|合计|共计|总计|共[举开]")


@lru_cache(maxsize=1)
def _attending() -> re.Pattern[str]:
    """Words for those who come to an event, that say nothing of which."""
    return re.compile(
        rf"[，、]?(?:(?:{alternatives('before_attending')})*"
        rf"(?:{alternatives('attending')})(?:各类|相关|有关)?"
        rf"(?:{alternatives('attendants')})?(?:人数|人次)?(?:共|达到?|约|为|近)*"
        r"|(?:共|累计)?(?:参训|受训|参会|听课)[一-鿿]{2,5})"
    )


def _attends(measure: Measure, measures: Sequence[Measure], folded: str) -> bool:
    """Whether a number of people only attends the one event counted just before."""
    if measure.index == 0 or measure.unit_class not in _PERSONS:
        return False
    event = measures[measure.index - 1]
    if event.unit_class != "event" or not _attending().fullmatch(measure.local.strip()):
        return False
    if event.sentence != measure.sentence:
        return False
    if _all_events().search(event.local):
        return False
    before = measures[event.index - 1] if event.index else None
    return before is None or not (
        before.unit_class == "event"
        and _LIST.fullmatch(folded[before.quantity.end : event.quantity.start])
    )
