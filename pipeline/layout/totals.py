"""Total weight, total score and rating."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.core.form import FundRow, IndicatorRow
from pipeline.core.provenance import Provenance
from pipeline.layout.column_roles import Columns
from pipeline.layout.columns import usual_columns
from pipeline.layout.evidence import rating_words
from pipeline.layout.header import labelled_values
from pipeline.layout.labels import has_role, simplified
from pipeline.layout.lines import Line, Slot
from pipeline.layout.numbers import number_in, points_in

_ONE_CELL = re.compile(r"(\D+?)[:：]?\s*(\d[\d.]*)\s*分?(?:[\s,，/]+(\d[\d.]*)\s*分?)?")
_PARTS = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)分?[(（][^()（）]*[)）]?")
_RATED = re.compile(r"[(（]?([^()（）:：]{2,8})[)）]?[:：\s]*(\S{1,6})")
_CHECKED = re.compile(r"[☑√■✓✔●]")
_EMPTY_BOX = re.compile(r"[□○◻☐]")


ALL = "100"
"""The points of a whole form."""


@dataclass(frozen=True, slots=True)
class Totals:
    """As printed; None where nothing was found."""

    weight: str | None = None
    score: str | None = None
    rating: str | None = None
    provenance: dict[str, Provenance] = field(default_factory=dict)
    unplaced: bool = False
    """Whether the score is a lone number of a dump, which may be the weight."""

    def over(self, other: Totals) -> Totals:
        """These totals, and what they lack of others."""
        return Totals(
            weight=self.weight or other.weight,
            score=self.score or other.score,
            rating=self.rating or other.rating,
            provenance={**other.provenance, **self.provenance},
            unplaced=self.unplaced if self.score else other.unplaced,
        )


def read_totals(lines: Sequence[Line], columns: Columns | None = None) -> Totals:
    """Read total and rating lines; of several totals the last one counts.

    ``columns`` are those of the indicator table, which tell weight from score.
    """
    values: dict[str, str] = {}
    places: dict[str, Provenance] = {}
    unplaced = False
    for line in lines:
        for name, value, slot in _read_line(line, columns or usual_columns()):
            values[name], places[name] = value, slot.provenance
            if name == "total_score":
                unplaced = line.shaky and len(line.slots) == 2
    return Totals(
        weight=values.get("total_weight"),
        score=values.get("total_score"),
        rating=values.get("rating"),
        provenance=places,
        unplaced=unplaced,
    )


def settle_totals(
    totals: Totals, funds: Sequence[FundRow], rows: Sequence[IndicatorRow]
) -> Totals:
    """A lone total of a dump that is the sum of the weights and not of the scores.

    Without columns 合计 | 100 may be either; points that were lost are no proof of
    a wrong total then.
    """
    if totals.weight is not None or totals.score is None or not totals.unplaced:
        return totals
    items: list[FundRow | IndicatorRow] = [*rows, *(f for f in funds if f.weight)]
    weights = sum(Decimal(i.weight or 0) for i in items)
    scores = sum(Decimal(i.score or 0) for i in items)
    if Decimal(totals.score) != weights or scores == weights:
        return totals
    places = {**totals.provenance, "total_weight": totals.provenance["total_score"]}
    del places["total_score"]
    return Totals(totals.score, None, totals.rating, places)


def rating_in(text: str) -> str | None:
    """The rating word of a cell, the ticked one where boxes are printed."""
    squeezed = re.sub(r"\s+", "", text)
    folded = simplified(squeezed)
    words = "|".join(rating_words())
    if _EMPTY_BOX.search(folded) and _CHECKED.search(folded):
        # The box stands before or after its word, alike for all words.
        before = bool(re.match(r"[☑√■✓✔●□○◻☐]", folded))
        mark = r"[☑√■✓✔●]+"
        pattern = f"{mark}({words})" if before else f"({words}){mark}"
        ticked = re.search(pattern, folded)
        return squeezed[slice(*ticked.span(1))] if ticked else None
    if _EMPTY_BOX.search(folded):
        return None
    found = re.fullmatch(f'[“"]?({words})[”"]?(?:等?级|等次)?[。]?', folded)
    return squeezed[slice(*found.span(1))] if found else None


def _read_line(line: Line, columns: Columns) -> list[tuple[str, str, Slot]]:
    """(field, value, slot) of a line; 小计 lines give nothing, but for a 小计 of all."""
    partial = any(has_role(t, "subtotal") for t in line.texts[:2])
    found: list[tuple[str, str, Slot]] = []
    numbers: list[tuple[str, Slot]] = []
    after_total = False
    for slot in line.slots:
        if has_role(slot.text, "total", "subtotal"):
            after_total = True
        elif has_role(slot.text, "rating"):
            after_total = False
        elif after_total and (number := points_in(slot.text)) is not None:
            numbers.append((number, slot))
        elif (
            rating := rating_in(slot.text) or _labelled_rating(slot.text)
        ) is not None:
            found.append(("rating", rating, slot))
    if partial:
        sums = _by_column(numbers, columns, shaky=line.shaky) if numbers else []
        return sums if ("total_weight", ALL) in {n[:2] for n in sums} else []
    if numbers:
        found.extend(_by_column(numbers, columns, shaky=line.shaky))
    else:
        found.extend(_read_fields(line) or _read_one_cell(line))
    return found


def _by_column(
    numbers: list[tuple[str, Slot]], columns: Columns, *, shaky: bool
) -> list[tuple[str, str, Slot]]:
    """Numbers by the columns that they stand under, else by their order."""
    names = {"weight": "total_weight", "score": "total_score"}
    if columns.printed and not shaky:
        placed = [
            (names[c.role], number, slot)
            for number, slot in numbers
            if (c := columns.at(slot.column)) is not None
            and c.role in names
            and not _reaches(slot, columns, {*names} - {c.role})
        ]
        if placed:
            return placed
    kept = _without_copies(numbers)
    if len(kept) == 1:
        return [("total_score", *kept[0])]
    roles = [c.role for c in columns.order if c.role in names]
    order = roles if sorted(roles) == ["score", "weight"] else ["weight", "score"]
    return [(names[r], *n) for r, n in zip(order, kept, strict=False)]


def _reaches(slot: Slot, columns: Columns, roles: set[str]) -> bool:
    """Whether a cell also covers a column of one of the roles."""
    return any(
        c.role in roles and slot.column < c.end
        for c in columns.order
        if c.start < slot.end
    )


def _without_copies(numbers: list[tuple[str, Slot]]) -> list[tuple[str, Slot]]:
    """A merged number repeated by flattening counts once: 100 100 100 93."""
    if len(numbers) < 3:
        return numbers
    kept = [n for i, n in enumerate(numbers) if i == 0 or numbers[i - 1][0] != n[0]]
    return kept if len(kept) > 1 else numbers[:2]


def _labelled_rating(text: str) -> str | None:
    """（自评等级） 优: label and rating in one cell without a colon."""
    found = _RATED.fullmatch(text.strip())
    if found is None or not has_role(found.group(1), "rating"):
        return None
    return rating_in(found.group(2))


def _read_one_cell(line: Line) -> list[tuple[str, str, Slot]]:
    """总分 100 95.5 in one cell."""
    slot = line.slots[0]
    found = _ONE_CELL.fullmatch(unicodedata.normalize("NFKC", slot.text).strip())
    if found is None or not has_role(found.group(1), "total"):
        return []
    first, second = found.group(2), found.group(3)
    if second is None:
        return [("total_score", first, slot)]
    return [("total_weight", first, slot), ("total_score", second, slot)]


def _with_parts(text: str) -> str | None:
    """99.4分(其中预算执行9.8分): the points before what they are made of."""
    found = _PARTS.fullmatch(text)
    return found[1] if found else None


def _read_fields(line: Line) -> list[tuple[str, str, Slot]]:
    """总分：95分 评分等级：优 in one cell or paragraph."""
    found: list[tuple[str, str, Slot]] = []
    for roles, _, value, slot in labelled_values(line):
        text = unicodedata.normalize("NFKC", value).strip("。;,. ()")
        number = number_in(text) or _with_parts(text)
        if "total" in roles and number is not None:
            found.append(("total_score", number, slot))
        elif (
            "rating" in roles
            and (rating := rating_in(value.strip("()（）。 "))) is not None
        ):
            found.append(("rating", rating, slot))
    return found
