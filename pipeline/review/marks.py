"""Which places of a record's texts are marked: targets, outcomes, cues, evidence.

Keys: ``t3`` target, ``o3`` outcome, ``s3`` statement, ``c3-0`` cue, ``f3`` flag.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.review import access
from pipeline.review.access import Json
from pipeline.review.segments import Mark


def spans(record: Json, field: str, kind: str, prefix: str) -> Iterator[Mark]:
    """Marks of a list of quantities (``targets`` or ``outcomes``)."""
    for index, item in enumerate(access.objects(record, field)):
        if mark := mark_of(item, kind, f"{prefix}{index}"):
            yield mark


def statement_marks(record: Json) -> Iterator[Mark]:
    """Statements (not coloured) and the words that lower their clarity."""
    for index, item in enumerate(access.objects(record, "goal_statements")):
        if mark := mark_of(item, "", f"s{index}"):
            yield mark
        for number, cue in enumerate(
            access.objects(access.mapping(item, "clarity"), "cues")
        ):
            if mark := mark_of(cue, "cue", f"c{index}-{number}"):
                yield mark


def evidence_marks(record: Json) -> dict[str, list[Mark]]:
    """Evidence of flags: not coloured, only lit when its flag is pointed at."""
    marks: dict[str, list[Mark]] = {}
    for index, flag in enumerate(access.objects(record, "flags")):
        for item in access.objects(flag, "evidence"):
            if mark := mark_of(item, "", f"f{index}"):
                marks.setdefault(access.text(item, "field") or "", []).append(mark)
    return marks


def mark_of(item: Json, kind: str, key: str) -> Mark | None:
    """The mark of anything with start and end; None where they are absent."""
    start, end = access.integer(item, "start"), access.integer(item, "end")
    if start is None or end is None:
        return None
    return Mark(start, end, kind, key)


def inside(mark: Mark | None, text: str) -> bool:
    """Whether a mark names a real place of the text."""
    return mark is not None and 0 <= mark.start < mark.end <= len(text)
