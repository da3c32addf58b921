"""What the overview shows: counts, plots, the list of forms, documents in trouble."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline import messages
from pipeline.errors import REASONS
from pipeline.review import access, plots
from pipeline.review.access import Json
from pipeline.review.form_page import severity_rank
from pipeline.review.goals import verdict_counts
from pipeline.review.inputs import DocumentSummary
from pipeline.review.words import Words

_CODES_SHOWN = 12
_CLARITY_EDGES = tuple(range(10, 100, 10))
_CLARITY_LABELS = ("0–9", *(f"{e}–{e + 9}" for e in range(10, 90, 10)), "90–100")
# Only 100 itself is full execution; amounts are rounded, so a little above counts too.
_RATE_EDGES = (50.0, 80.0, 90.0, 100.0, 100.005)
_RATE_LABELS = ("< 50", "50–80", "80–90", "90–100", "100", "> 100")
_SCORE_EDGES = (60.0, 80.0, 90.0, 95.0, 100.0)
_SCORE_LABELS = ("< 60", "60–80", "80–90", "90–95", "95–100", "≥ 100")


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form in the list. ``order`` is its place in the input."""

    order: int
    href: str
    year: int | None
    project: str | None
    department: str | None
    unit: str | None
    path: str | None
    score: str | None
    rating: str | None
    targets: int
    verdicts: tuple[int, ...]
    severities: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CodeCount:
    """A kind of flag with its counts by severity (in the order of the words)."""

    code: str
    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All flags of this kind."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document that was not fully read."""

    path: str
    status: str
    reason: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class DocumentGroup:
    """Documents with the same status and reason."""

    status: str
    reason: str | None
    count: int


@dataclass(slots=True)
class Tally:
    """Sums up records one by one, so that 10,000 forms need not be kept."""

    words: Words
    rows: list[FormRow] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)
    codes: dict[str, Counter[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    clarity: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)

    def add(self, record: Json, href: str) -> None:
        """Count one record whose page is ``href``."""
        verdicts = verdict_counts(record)
        self.verdicts.update(verdicts)
        severities = self._add_flags(record)
        self._add_figures(record)
        self.rows.append(
            FormRow(
                order=len(self.rows),
                href=href,
                year=access.integer(record, "year"),
                project=access.text(record, "project_name"),
                department=access.text(record, "department"),
                unit=access.text(record, "unit"),
                path=access.text(access.mapping(record, "source"), "path"),
                score=access.text(record, "total_score"),
                rating=access.text(record, "rating"),
                targets=sum(verdicts.values()),
                verdicts=tuple(verdicts[k] for k in self.words.keys("verdict")),
                severities=tuple(severities[k] for k in self.words.keys("severity")),
            )
        )

    def _add_flags(self, record: Json) -> Counter[str]:
        severities: Counter[str] = Counter()
        known = self.words.keys("severity")
        for flag in access.objects(record, "flags"):
            code = access.text(flag, "code") or ""
            severity = access.text(flag, "severity") or ""
            severity = severity if severity in known else "info"
            self.codes.setdefault(code, Counter())[severity] += 1
            self.names.setdefault(code, access.text(flag, "name") or code)
            severities[severity] += 1
        return severities

    def _add_figures(self, record: Json) -> None:
        for item in access.objects(record, "goal_statements"):
            score = access.number(access.mapping(item, "clarity"), "score")
            if score is not None:
                self.clarity.append(score)
        for row in access.objects(record, "funds"):
            rate = access.number(row, "execution_rate")
            if row.get("kind") == "total" and rate is not None:
                self.rates.append(rate)
                break
        total = access.number(record, "total_score")
        if total is not None:
            self.scores.append(total)

    def sorted_rows(self) -> list[FormRow]:
        """Forms with more severe flags first, otherwise in the order of the input."""
        return sorted(
            self.rows, key=lambda r: (tuple(-n for n in r.severities[:3]), r.order)
        )

    def sorted_codes(self) -> list[CodeCount]:
        """Kinds of flags, most frequent first."""
        counts = [
            CodeCount(
                code,
                self.names[code],
                tuple(by[k] for k in self.words.keys("severity")),
            )
            for code, by in self.codes.items()
        ]
        return sorted(counts, key=lambda c: (-c.total, c.code))


@dataclass(frozen=True, slots=True)
class Plots:
    """The drawings of the overview."""

    verdicts: tuple[plots.Part, ...]
    flags: plots.BarPlot
    clarity: plots.Histogram
    rates: plots.Histogram
    scores: plots.Histogram


def draw(tally: Tally) -> Plots:
    """The plots of what was counted."""
    words, forms = tally.words, len(tally.rows)
    codes = tally.sorted_codes()
    shown = [(f"{c.name}", _severity_parts(c.counts, words)) for c in codes]
    rest = codes[_CODES_SHOWN:]
    if len(rest) > 1:
        sums = tuple(
            sum(column) for column in zip(*(c.counts for c in rest), strict=True)
        )
        label = words.text("other_codes", count=len(rest))
        shown[_CODES_SHOWN:] = [(label, _severity_parts(sums, words))]
    return Plots(
        verdicts=plots.stack(
            [
                (
                    f"v-{key}",
                    words.symbol("verdict", key),
                    words.label("verdict", key),
                    tally.verdicts[key],
                )
                for key in words.keys("verdict")
            ]
        ),
        flags=plots.bars(shown),
        clarity=plots.histogram(tally.clarity, _CLARITY_EDGES, _CLARITY_LABELS),
        rates=plots.histogram(
            tally.rates, _RATE_EDGES, _RATE_LABELS, missing=forms - len(tally.rates)
        ),
        scores=plots.histogram(
            tally.scores, _SCORE_EDGES, _SCORE_LABELS, missing=forms - len(tally.scores)
        ),
    )


def group_documents(documents: Iterable[DocumentSummary]) -> list[DocumentGroup]:
    """Documents by status and reason, most frequent first within a status."""
    order = Words().keys("document_status")
    counts = Counter((d.status, d.reason) for d in documents)
    groups = [
        DocumentGroup(status, reason, n) for (status, reason), n in counts.items()
    ]
    return sorted(
        groups,
        key=lambda g: (
            order.index(g.status) if g.status in order else len(order),
            -g.count,
            g.reason or "",
        ),
    )


def troubled(documents: Iterable[DocumentSummary], lang: str) -> list[DocumentLine]:
    """Documents that were not fully read: failed first, then partial, then skipped."""
    order = ("failed", "partial", "pending", "skipped")
    lines = [
        DocumentLine(
            d.path, d.status, d.reason, d.message or _what_to_do(d.reason, lang)
        )
        for d in documents
        if d.status != "ok"
    ]
    return sorted(
        lines,
        key=lambda line: (
            order.index(line.status) if line.status in order else len(order),
            line.path,
        ),
    )


def worst(row: FormRow, severities: Sequence[str]) -> str:
    """The highest severity among a form's flags, empty for none."""
    present = [s for s, n in zip(severities, row.severities, strict=True) if n]
    return max(present, key=severity_rank, default="")


def _what_to_do(reason: str | None, lang: str) -> str | None:
    # Messages of the closed set take no parameters.
    return messages.render(reason, lang) if reason in REASONS else None


def _severity_parts(
    counts: Sequence[int], words: Words
) -> list[tuple[str, str, str, int]]:
    return [
        (f"s-{key}", words.symbol("severity", key), words.label("severity", key), count)
        for key, count in zip(words.keys("severity"), counts, strict=True)
    ]
