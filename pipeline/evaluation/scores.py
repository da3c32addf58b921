"""Counting right and wrong answers of one form, stage by stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.core.link import Link
from pipeline.core.quantity import Quantity
from pipeline.core.record import Record
from pipeline.evaluation.corpus import GoldForm, GoldQuantity, Span

_HELD = ("met", "exceeded")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One wrong answer: where, what was said, what is right."""

    form: str
    stage: str
    said: str
    right: str

    def __str__(self) -> str:
        return f"{self.form}\t{self.stage}\t{self.said}\t{self.right}"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by name (``tuple.right``, ``tuple.said``, ``tuple.gold`` …)."""

    counts: Counter[str] = field(default_factory=Counter)
    mistakes: tuple[Mistake, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.counts + other.counts, self.mistakes + other.mistakes)


def score_form(gold: GoldForm, record: Record) -> Tally:
    """Compare a record with its annotation."""
    return tally_of(
        count
        for stage in (_quantities, _statements, _links, _rows)
        for count in stage(gold, record)
    )


def tally_of(found: Iterable[_Count]) -> Tally:
    """Add up (name, amount, mistake); an empty name only carries a mistake."""
    counts: Counter[str] = Counter()
    mistakes: list[Mistake] = []
    for name, amount, mistake in found:
        counts[name] += amount
        if mistake is not None:
            mistakes.append(mistake)
    return Tally(counts, tuple(mistakes))


_Count = tuple[str, int, Mistake | None]


def _value(quantity: Quantity) -> tuple[object, ...]:
    return (
        str(quantity.comparator),
        quantity.value,
        quantity.value_high,
        quantity.unit,
    )


def _overlaps(first: Span, second: Span) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _quantities(gold: GoldForm, record: Record) -> Iterator[_Count]:
    yield from _quantity_side(gold, "targets", gold.targets, record.targets)
    yield from _quantity_side(gold, "outcomes", gold.outcomes, record.outcomes)


def _quantity_side(
    gold: GoldForm, side: str, wanted: Sequence[GoldQuantity], said: Sequence[Quantity]
) -> Iterator[_Count]:
    free = list(said)
    for item in wanted:
        match = next((q for q in free if _overlaps(q.span, item.span)), None)
        if match is None:
            yield (
                "",
                0,
                Mistake(gold.id, f"{side}.missed", "", str((item.span, item.value))),
            )
            continue
        free.remove(match)
        if match.span == item.span:
            yield f"{side}.span.right", 1, None
        if _value(match) == item.value:
            yield f"{side}.tuple.right", 1, None
        else:
            yield (
                "",
                0,
                Mistake(
                    gold.id,
                    f"{side}.tuple",
                    f"{match.quote} {_value(match)}",
                    str(item.value),
                ),
            )
    for extra in free:
        yield "", 0, Mistake(gold.id, f"{side}.extra", extra.quote, "")
    for kind in ("span", "tuple"):
        yield f"{side}.{kind}.said", len(said), None
        yield f"{side}.{kind}.gold", len(wanted), None


def _statements(gold: GoldForm, record: Record) -> Iterator[_Count]:
    said = {(s.start, s.end): s for s in record.goal_statements}
    yield "statement.said", len(said), None
    yield "statement.gold", len(gold.statements), None
    for item in gold.statements:
        statement = said.get(item.span)
        if statement is None:
            yield "", 0, Mistake(gold.id, "statement.missed", "", str(item.span))
            continue
        yield "statement.right", 1, None
        quote = statement.quote[:60]
        yield "vague.said", int(statement.vague), None
        yield "vague.gold", int(item.vague), None
        yield "vague.right", int(statement.vague and item.vague), None
        if statement.vague != item.vague:
            yield (
                "",
                0,
                Mistake(
                    gold.id, "vague", f"{statement.vague} {quote}", str(item.vague)
                ),
            )
        yield from _accuracy(gold, "kind", str(statement.kind), item.kind, quote)
        yield from _accuracy(
            gold, "has_outcome", statement.has_outcome, item.has_outcome, quote
        )


def _accuracy(
    gold: GoldForm, name: str, said: object, right: object, quote: str
) -> Iterator[_Count]:
    yield f"{name}.total", 1, None
    if said == right:
        yield f"{name}.right", 1, None
    else:
        yield "", 0, Mistake(gold.id, name, f"{said} {quote}", str(right))


def _links(gold: GoldForm, record: Record) -> Iterator[_Count]:
    """Links are compared by the spans of their quantities, not by index."""
    right = {
        gold.targets[t].span: (
            frozenset(gold.outcomes[o].span for o in outcomes),
            verdict,
        )
        for t, (outcomes, verdict) in gold.links.items()
    }
    said = {
        record.targets[link.target].span: (
            _outcome_spans(record, link),
            str(link.verdict),
        )
        for link in record.links
        if link.outcomes
    }
    for kind in ("link", "verdict"):
        yield f"{kind}.said", len(said), None
        yield f"{kind}.gold", len(right), None
    for span in sorted({*said, *right}):
        mine, theirs = said.get(span), right.get(span)
        if mine and mine[1] in _HELD:
            yield "held.said", 1, None
            if not theirs or theirs[1] not in _HELD:
                yield "held.wrong", 1, None
        if mine and theirs and mine[0] == theirs[0]:
            yield "link.right", 1, None
            yield "verdict.right", int(mine[1] == theirs[1]), None
        if mine != theirs:
            quote = str(gold.input["goal_text"])[slice(*span)]
            yield "", 0, Mistake(gold.id, "link", f"{quote} → {mine}", str(theirs))
    unmatched = {record.targets[i].span for i in record.unmatched_targets}
    wanted = {gold.targets[i].span for i in gold.unmatched}
    yield "unmatched.said", len(unmatched), None
    yield "unmatched.gold", len(wanted), None
    yield "unmatched.right", len(unmatched & wanted), None


def _outcome_spans(record: Record, link: Link) -> frozenset[Span]:
    return frozenset(record.outcomes[o].span for o in link.outcomes)


def _rows(gold: GoldForm, record: Record) -> Iterator[_Count]:
    for item, row in zip(gold.rows, record.indicators, strict=False):
        said = f"{row.name} | {row.target_text} | {row.actual_text}"
        yield from _accuracy(gold, "status", str(row.status), item.status, said)
        target = _value(row.target) if row.target else None
        yield from _accuracy(gold, "row_target", target, item.target, said)


def share(part: int, whole: int) -> str:
    """A share for people, to three places; – of nothing."""
    return f"{part / whole:.3f}" if whole else "–"
