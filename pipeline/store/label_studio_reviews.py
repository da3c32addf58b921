"""What people corrected in Label Studio, as reviews.

An annotation is compared with what the record of the form says: a region or
relation that stands in both is ``accepted``, one that only the record has
``rejected``, one that only the person has ``added``; a moved region, a changed
label or another outcome is ``corrected``, with what it should be in ``correction``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pipeline.store.label_studio import (
    OUTCOME,
    STATEMENT,
    TARGET,
    VAGUE,
    offsets,
    task_text,
)
from pipeline.store.privacy import same_but_masked
from pipeline.store.rows import Review

Json = Mapping[str, Any]
Span = tuple[int, int]

_SUBJECTS = {
    TARGET: ("target", "goal_text"),
    OUTCOME: ("outcome", "outcome_text"),
    STATEMENT: ("statement", "goal_text"),
    VAGUE: ("statement", "goal_text"),
}


class TaskError(Exception):
    """A task or annotation that cannot be taken over; names a message."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class _Region:
    """A marked piece of one text; ``start`` and ``end`` count in that text."""

    subject: str
    field: str
    start: int
    end: int
    vague: bool | None = None

    @property
    def span(self) -> Span:
        return self.start, self.end

    def overlaps(self, other: _Region) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class _Marks:
    """What stands in a text: regions by their ids, links by the target's id."""

    regions: Mapping[str, _Region]
    links: Mapping[str, tuple[frozenset[Span], str | None]]


def read_annotation(
    task: Json, annotation: Json, record: Json, *, reviewer: str | None
) -> Iterator[Review]:
    """The decisions of one annotation about the form of ``record``.

    Raises TaskError when it is about another text than the record's, or marks what
    cannot be placed in it.
    """
    text = task["data"].get("text")
    if not isinstance(text, str) or not same_but_masked(text, task_text(record)):
        raise TaskError("review_text_differs")
    said = _marks(annotation.get("result") or (), text, record)
    source = record["source"] or {}
    common: dict[str, Any] = {
        "form_id": str(record["id"]),
        "sha256": source.get("sha256") or "",
        "form_index": source.get("form_index") or 0,
        "reviewer": reviewer or _reviewer(annotation.get("completed_by")),
        "decided_at": _time(annotation),
    }
    for decision in _decisions(_stored(record), said, record):
        yield Review(**common, **decision)


def _stored(record: Json) -> _Marks:
    """What the record says."""
    regions: dict[str, _Region] = {}
    for key, name, subject, field in (
        ("t", "targets", "target", "goal_text"),
        ("o", "outcomes", "outcome", "outcome_text"),
        ("s", "goal_statements", "statement", "goal_text"),
    ):
        for i, item in enumerate(record[name]):
            regions[f"{key}{i}"] = _Region(
                subject, field, item["start"], item["end"], item.get("vague")
            )
    links = {
        f"t{link['target']}": (
            frozenset(regions[f"o{o}"].span for o in link["outcomes"]),
            link["verdict"],
        )
        for link in record["links"]
        if link["outcomes"]
    }
    return _Marks(regions, links)


def _marks(result: Any, text: str, record: Json) -> _Marks:
    """What the person says."""
    regions: dict[str, _Region] = {}
    ends: dict[str, set[Span]] = {}
    verdicts: dict[str, str] = {}
    for item in result:
        if item.get("type") == "labels":
            regions[str(item.get("id"))] = _region(item, text, record)
    for item in result:
        if item.get("type") == "relation":
            target, outcome = _ends(item, regions)
            ends.setdefault(target, set()).add(regions[outcome].span)
            if item.get("labels"):
                verdicts[target] = str(item["labels"][0])
    links = {t: (frozenset(spans), verdicts.get(t)) for t, spans in ends.items()}
    return _Marks(regions, links)


def _region(item: Json, text: str, record: Json) -> _Region:
    value = item["value"]
    labels = value.get("labels") or [None]
    if labels[0] not in _SUBJECTS:
        raise TaskError("review_label_unknown", label=labels[0])
    subject, field = _SUBJECTS[labels[0]]
    start, end = _place(value, text)
    low, high = offsets(record)[field]
    if not low <= start < end <= high:
        raise TaskError("review_region_outside", quote=text[start:end][:40])
    vague = labels[0] == VAGUE if subject == "statement" else None
    return _Region(subject, field, start - low, end - low, vague)


def _place(value: Json, text: str) -> Span:
    """The span in code points; older releases of Label Studio count UTF-16 units."""
    start, end, quote = value.get("start"), value.get("end"), value.get("text")
    if not isinstance(start, int) or not isinstance(end, int):
        raise TaskError("review_region_outside", quote=str(quote)[:40])
    if quote is None or _same(text[start:end], quote):
        return start, end
    units = text.encode("utf-16-le", "surrogatepass")
    first = len(units[: 2 * start].decode("utf-16-le", "replace"))
    last = len(units[: 2 * end].decode("utf-16-le", "replace"))
    if _same(text[first:last], quote):
        return first, last
    raise TaskError("review_region_outside", quote=str(quote)[:40])


def _same(piece: str, quote: object) -> bool:
    # Label Studio writes the line ends of a quote as \n in two characters, or not.
    return "".join(piece.split()) == "".join(str(quote).replace("\\n", " ").split())


def _ends(item: Json, regions: Mapping[str, _Region]) -> tuple[str, str]:
    """The ids of target and outcome, whichever way the arrow was drawn."""
    pair = [str(item.get("from_id")), str(item.get("to_id"))]
    subjects = [regions[i].subject if i in regions else "" for i in pair]
    if subjects == ["outcome", "target"]:
        pair.reverse()
    elif subjects != ["target", "outcome"]:
        raise TaskError("review_relation_ends")
    return pair[0], pair[1]


def _decisions(stored: _Marks, said: _Marks, record: Json) -> Iterator[dict[str, Any]]:
    same = {r: key for key, r in said.regions.items() if r in stored.regions.values()}
    taken: dict[str, str] = {}  # id in the record → id that answers it
    for key, region in stored.regions.items():
        answer = same.get(region) or _changed(key, region, said, same, taken)
        decided = _about(region, record)
        if answer is None:
            yield decided | {"decision": "rejected"}
            continue
        taken[key] = answer
        correction = _difference(region, said.regions[answer], record)
        how = "corrected" if correction else "accepted"
        yield decided | {"decision": how, "correction": correction}
    for key, region in said.regions.items():
        if key not in taken.values():
            extra = {"vague": region.vague} if region.vague is not None else {}
            yield _about(region, record) | {"decision": "added", "correction": extra}
    yield from _link_decisions(stored, said, taken, record)


def _changed(
    key: str,
    region: _Region,
    said: _Marks,
    same: Mapping[_Region, str],
    taken: Mapping[str, str],
) -> str | None:
    """The region that the person made of this one: same id, same span, overlap."""
    free = {
        k: r
        for k, r in said.regions.items()
        if r.subject == region.subject
        and k not in same.values()
        and k not in taken.values()
    }
    if key in free:
        return key
    near = [k for k, r in free.items() if r.overlaps(region)]
    return min(near, key=lambda k: free[k].span != region.span, default=None)


def _difference(old: _Region, new: _Region, record: Json) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if old.span != new.span:
        found = {"start": new.start, "end": new.end}
        found["quote"] = record[new.field][new.start : new.end]
    if old.vague != new.vague:
        found["vague"] = new.vague
    return found


def _link_decisions(
    stored: _Marks, said: _Marks, taken: Mapping[str, str], record: Json
) -> Iterator[dict[str, Any]]:
    answered = {answer: key for key, answer in taken.items()}
    moved = {
        stored.regions[key].span: said.regions[answer].span
        for key, answer in taken.items()
        if stored.regions[key].subject == "outcome"
    }
    for key, (outcomes, verdict) in stored.links.items():
        decided = _about(stored.regions[key], record) | {"subject": "link"}
        now = said.links.get(taken.get(key, ""))
        if now is None:
            yield decided | {"decision": "rejected"}
            continue
        kept = {moved.get(span) for span in outcomes}
        unchanged = kept == set(now[0]) and now[1] in (None, verdict)
        correction = {} if unchanged else _link(now, record)
        how = "corrected" if correction else "accepted"
        yield decided | {"decision": how, "correction": correction}
    for key, link in said.links.items():
        if answered.get(key) not in stored.links:
            decided = _about(said.regions[key], record) | {"subject": "link"}
            yield decided | {"decision": "added", "correction": _link(link, record)}


def _link(link: tuple[frozenset[Span], str | None], record: Json) -> dict[str, Any]:
    text = record["outcome_text"]
    outcomes = [
        {"start": start, "end": end, "quote": text[start:end]}
        for start, end in sorted(link[0])
    ]
    return {"outcomes": outcomes, "verdict": link[1]}


def _about(region: _Region, record: Json) -> dict[str, Any]:
    return {
        "subject": region.subject,
        "field": region.field,
        "start": region.start,
        "end": region.end,
        "quote": record[region.field][region.start : region.end],
    }


def _reviewer(by: object) -> str:
    """Who annotated: Label Studio gives a number, or a person with an e-mail."""
    if isinstance(by, Mapping):
        by = by.get("email") or by.get("username") or by.get("id")
    return f"label-studio:{by}" if by is None or isinstance(by, int) else str(by)


def _time(annotation: Json) -> str:
    told = annotation.get("updated_at") or annotation.get("created_at")
    try:
        time = datetime.fromisoformat(str(told))
    except ValueError as error:
        raise TaskError("review_no_time") from error
    if time.tzinfo is None:
        time = time.replace(tzinfo=UTC)
    return time.astimezone(UTC).isoformat(timespec="microseconds")
