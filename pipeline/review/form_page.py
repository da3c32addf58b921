"""What a form's page shows, from its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.core.flag import Severity
from pipeline.review import access, places
from pipeline.review.access import Json
from pipeline.review.goals import GoalView, read_as, view_goals
from pipeline.review.marks import inside, mark_of
from pipeline.review.segments import Segment, clause_around, in_clause
from pipeline.review.words import Words

FUND_COLUMNS = (
    "initial_budget",
    "full_budget",
    "executed",
    "weight",
    "execution_rate",
    "score",
)
_HEADER = ("department", "unit", "year")
# Less beside a quote (六是, 1.) says nothing more of it.
_TELLING = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """A captioned value; ``value`` None where the form does not give it."""

    label: str
    value: str | None


@dataclass(frozen=True, slots=True)
class FundLine:
    """A line of the funds table, values in the order of ``FUND_COLUMNS``."""

    label: str
    kind: str
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """A line of the indicator table; ``group`` is level 1 where it changes."""

    number: int
    group: str | None
    level2: str | None
    name: str | None
    target_text: str | None
    actual_text: str | None
    target_read: str
    actual_read: str
    status: str
    weight: str | None
    score: str | None
    deviation: str | None
    amended_name: str | None
    amended_target: str | None
    targets: tuple[str, ...]
    outcomes: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A place that a flag points at. ``quote`` None for something absent.

    A number of the texts is shown in its clause, in ``segments``; ``about`` is the
    name of the indicator whose cell it is.
    """

    label: str
    about: str | None
    quote: str | None
    segments: tuple[Segment, ...]
    place: str | None
    anchor: str | None


@dataclass(frozen=True, slots=True)
class FlagCard:
    """A flag as people read it."""

    key: str
    code: str
    name: str
    severity: str
    confidence: float | None
    message: str | None
    basis: str | None
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """Where a field was read."""

    label: str
    place: str | None
    box: str | None
    ocr_confidence: float | None
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """Everything on a form's page."""

    title: str | None
    document_type: str
    header: tuple[Fact, ...]
    currency_unit: str | None
    total_score: str | None
    rating: str | None
    funds: tuple[FundLine, ...]
    goals: GoalView
    indicators: tuple[IndicatorLine, ...]
    flags: tuple[FlagCard, ...]
    severities: dict[str, int]
    source: tuple[Fact, ...]
    has_source: bool
    places: tuple[PlaceLine, ...]


def view_form(record: Json, words: Words) -> FormView:
    """The page of a record (plain JSON as in docs/record.md)."""
    flags = sorted_flags(record, words)
    severities = dict.fromkeys(words.keys("severity"), 0)
    for flag in flags:
        severities[flag.severity] = severities.get(flag.severity, 0) + 1
    return FormView(
        title=access.text(record, "project_name"),
        document_type=words.label(
            "document_type", access.text(record, "document_type")
        ),
        header=tuple(
            Fact(words.label("field", key), access.text(record, key)) for key in _HEADER
        ),
        currency_unit=access.text(record, "currency_unit"),
        total_score=access.text(record, "total_score"),
        rating=access.text(record, "rating"),
        funds=tuple(_funds(record, words)),
        goals=view_goals(record, words),
        indicators=tuple(_indicators(record)),
        flags=flags,
        severities=severities,
        source=tuple(_source(record, words)),
        has_source=bool(access.mapping(record, "source")),
        places=tuple(_places(record, words)),
    )


def severity_rank(severity: str) -> int:
    """3 for high down to 0 for info; an unknown one ranks as info."""
    return Severity(severity).rank if severity in list(Severity) else 0


def sorted_flags(record: Json, words: Words) -> tuple[FlagCard, ...]:
    """The flags, most severe first, otherwise in the record's order."""
    cards = [
        FlagCard(
            key=f"f{index}",
            code=access.text(flag, "code") or "",
            name=access.text(flag, "name") or access.text(flag, "code") or "",
            severity=access.text(flag, "severity") or Severity.INFO.value,
            confidence=access.number(flag, "confidence"),
            message=access.text(flag, "message"),
            basis=access.text(flag, "basis"),
            evidence=tuple(
                _evidence(record, item, words)
                for item in access.objects(flag, "evidence")
            ),
        )
        for index, flag in enumerate(access.objects(record, "flags"))
    ]
    return tuple(sorted(cards, key=lambda card: -severity_rank(card.severity)))


def _evidence(record: Json, item: Json, words: Words) -> EvidenceLine:
    path = access.text(item, "field") or ""
    return EvidenceLine(
        label=words.field(path),
        about=_row_name(record, path),
        quote=access.text(item, "quote"),
        segments=_in_its_clause(record, path, item),
        place=places.describe(record, path, words, page=access.integer(item, "page")),
        anchor=places.anchor(record, path),
    )


def _row_name(record: Json, path: str) -> str | None:
    """What an indicator is called, for a cell of its row that holds something else."""
    row = places.indicator_row(record, path)
    return None if row is None or path.endswith(".name") else access.text(row, "name")


def _in_its_clause(record: Json, path: str, item: Json) -> tuple[Segment, ...]:
    """The clause of a quote: 6场 alone does not say of what; () where none is left."""
    text, mark = access.text(record, path) or "", mark_of(item, "quoted", "")
    if mark is None or not inside(mark, text):
        return ()
    left, right = clause_around(text, mark.start, mark.end)
    if right - left < mark.end - mark.start + _TELLING:
        return ()
    return in_clause(text, (mark,), mark.start, mark.end)


def _funds(record: Json, words: Words) -> Iterator[FundLine]:
    for row in access.objects(record, "funds"):
        kind = words.label("fund_kind", access.text(row, "kind"))
        yield FundLine(
            label=access.text(row, "label") or kind,
            kind=kind,
            values=tuple(access.text(row, key) for key in FUND_COLUMNS),
        )


def _indicators(record: Json) -> Iterator[IndicatorLine]:
    previous: str | None = None
    for position, row in enumerate(access.objects(record, "indicators")):
        level1 = access.text(row, "level1")
        amended = access.mapping(row, "amended")
        targets = tuple(f"t{n}" for n in access.integers(row, "targets"))
        outcomes = tuple(f"o{n}" for n in access.integers(row, "outcomes"))
        yield IndicatorLine(
            number=position + 1,
            group=level1 if level1 != previous else None,
            level2=access.text(row, "level2"),
            name=access.text(row, "name"),
            target_text=access.text(row, "target_text"),
            actual_text=access.text(row, "actual_text"),
            target_read=read_as(access.mapping(row, "target")),
            actual_read=read_as(access.mapping(row, "actual")),
            status=access.text(row, "status") or "unparseable",
            weight=access.text(row, "weight"),
            score=access.text(row, "score"),
            deviation=access.text(row, "deviation"),
            amended_name=access.text(amended, "name"),
            amended_target=access.text(amended, "target_text"),
            targets=_quotes(record, "targets", row),
            outcomes=_quotes(record, "outcomes", row),
            keys=(*targets, *outcomes),
        )
        previous = level1


def _quotes(record: Json, field: str, row: Json) -> tuple[str, ...]:
    items = access.objects(record, field)
    return tuple(
        access.text(items[n], "quote") or ""
        for n in access.integers(row, field)
        if 0 <= n < len(items)
    )


def _source(record: Json, words: Words) -> Iterator[Fact]:
    source = access.mapping(record, "source")
    made = access.mapping(record, "produced_by")
    if source:
        yield Fact(words.text("path"), access.text(source, "path"))
        yield Fact("SHA-256", access.text(source, "sha256"))
        pages = "、".join(str(p) for p in access.integers(source, "pages"))
        if pages:
            yield Fact(words.text("place"), words.text("page", page=pages))
        index = access.integer(source, "form_index")
        if index is not None:
            number = words.text("form_index", number=index + 1)
            yield Fact(words.text("forms"), number)
        read_by = words.label("read_by", access.text(source, "read_by"))
        confidence = access.number(source, "ocr_confidence")
        if confidence is not None:
            read_by += f" · {words.text('ocr_confidence')} {confidence:.2f}"
        yield Fact(words.text("read_by"), read_by)
    version = access.text(made, "version")
    if version:
        ocr = access.text(made, "ocr")
        maker = f"jixiao {version}" + (f" · {ocr}" if ocr else "")
        yield Fact(words.text("produced_by"), maker)
    if profile := access.text(made, "profile"):
        config = access.text(made, "config")
        value = profile + (f"（{config}）" if config else "")
        yield Fact(words.text("profile"), value)


def _places(record: Json, words: Words) -> Iterator[PlaceLine]:
    provenance = access.mapping(record, "provenance")
    for path in provenance:
        place = access.mapping(provenance, path)
        yield PlaceLine(
            label=words.field(path),
            place=places.describe(record, path, words),
            box=places.box(place),
            ocr_confidence=access.number(place, "ocr_confidence"),
            alternatives=access.strings(place, "alternatives"),
        )
