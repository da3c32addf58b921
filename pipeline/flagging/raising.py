"""Run every rule over a form and turn findings into flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.core.flag import Evidence, Flag, Severity

# Importing a group registers its rules.
from pipeline.flagging import (  # noqa: F401
    archive,
    backing,
    bands,
    consistency,
    contradictions,
    coverage,
    fund_sums,
    funds,
    goal,
    indicators,
    listed_amounts,
    outcome,
    overshoot,
    periods,
    reading,
    row_scores,
    scores,
    unanswered,
    verdicts,
    weights,
)
from pipeline.flagging.archive import RULES, ArchivedForm, ArchiveView
from pipeline.flagging.catalogue import CatalogueEntry, load_catalogue
from pipeline.flagging.reading import is_weakened, note_findings
from pipeline.flagging.registry import Finding, checks
from pipeline.flagging.view import FormView

# How much a repaired or badly read input takes from the confidence.
_WEAKENED = 0.6
_FIELD_ORDER = (
    "goal_text",
    "outcome_text",
    "funds",
    "indicators",
    "total_score",
    "rating",
)


def raise_flags(view: FormView) -> tuple[Flag, ...]:
    """Every flag of the form, in the order of the catalogue, then by place.

    A flag that rests on a repaired or badly recognised field loses confidence and
    is never ``high``.
    """
    return _raised(view, _findings(view))


def note_flags(view: FormView) -> tuple[Flag, ...]:
    """What the notes of the form say, for a form that was not analysed."""
    return _raised(view, note_findings(view))


def _raised(
    view: FormView, findings: Iterable[tuple[str, Finding]]
) -> tuple[Flag, ...]:
    catalogue = load_catalogue()
    raised = [
        (catalogue[code].order, _place(found), _make(view, catalogue[code], found))
        for code, found in findings
    ]
    raised.sort(key=lambda item: (item[0], item[1], item[2].message))
    flags: list[Flag] = []
    for _, _, flag in raised:
        if not flags or flags[-1] != flag:
            flags.append(flag)
    return tuple(flags)


def archive_flags(form: ArchivedForm, view: ArchiveView) -> tuple[Flag, ...]:
    """The flags that need other forms, in the order of the catalogue."""
    catalogue = load_catalogue()
    return tuple(
        _flag(catalogue[code], found, *_weight(catalogue[code], found))
        for code in sorted(RULES, key=lambda code: catalogue[code].order)
        for found in RULES[code](form, view)
    )


def _findings(view: FormView) -> Iterator[tuple[str, Finding]]:
    for code, check in checks().items():
        for found in check(view):
            yield code, found
    yield from note_findings(view)


def _weight(entry: CatalogueEntry, found: Finding) -> tuple[Severity, float]:
    confidence = entry.confidence if found.confidence is None else found.confidence
    return found.severity or entry.severity, confidence


def _make(view: FormView, entry: CatalogueEntry, found: Finding) -> Flag:
    severity, confidence = _weight(entry, found)
    fields = (*(e.field for e in found.evidence), *found.rests_on)
    if entry.group != "G" and is_weakened(view, fields):
        confidence *= _WEAKENED
        severity = Severity.MEDIUM if severity is Severity.HIGH else severity
    return _flag(entry, found, severity, confidence)


def _flag(
    entry: CatalogueEntry, found: Finding, severity: Severity, confidence: float
) -> Flag:
    return Flag(
        code=entry.code,
        name=entry.name,
        severity=severity,
        confidence=round(confidence, 2),
        message=entry.messages[found.variant].format(**found.values),
        basis=entry.basis,
        evidence=_unique(found.evidence),
    )


def _unique(places: Iterable[Evidence]) -> tuple[Evidence, ...]:
    found = tuple(places)
    return found if len(found) < 2 else tuple(dict.fromkeys(found))


def _place(found: Finding) -> tuple[int, int, str, int]:
    """Where the first piece of evidence stands in the record."""
    if not found.evidence:
        return (len(_FIELD_ORDER), 0, "", -1)
    first = found.evidence[0]
    name, _, rest = first.field.partition("[")
    group = _FIELD_ORDER.index(name) if name in _FIELD_ORDER else len(_FIELD_ORDER)
    number = rest.partition("]")[0]
    start = -1 if first.start is None else first.start
    return (group, int(number) if number.isdecimal() else 0, first.field, start)
