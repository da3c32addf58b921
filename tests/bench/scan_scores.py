"""Forms read from scans against what was printed on them.

Nothing here knows where on the page a value stood: rows are paired by what
they say, never by their number or column, so one lost row costs one row.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio
from scipy.optimize import linear_sum_assignment

import pipeline

PlainForm = Mapping[str, Any]

CELLS = ("name", "target_text", "actual_text", "weight", "score")
NOTES = ("level1", "level2", "deviation")
TEXTS = (("goal_text", "goal"), ("outcome_text", "outcome"))
HEADER = (
    "year",
    "project_name",
    "department",
    "unit",
    "currency_unit",
    "total_score",
    "rating",
)
FUNDS = (
    "initial_budget",
    "full_budget",
    "executed",
    "weight",
    "execution_rate",
    "score",
)
#: Below this likeness (0 to 100) two forms or two rows are not the same one.
SAME_FORM = 50
SAME_ROW = 45
#: Printed alike, and read as one or the other.
LOOK_ALIKE = str.maketrans("≧⩾≦⩽—–−－～∼·•・", "≥≥≤≤----~~···")


@dataclass(frozen=True, slots=True)
class Miss:
    """A value that was not read as printed."""

    field: str
    printed: str
    read: str


def printed_form_of(text: object) -> str:
    """What counts of a text: compatibility forms folded, no white space."""
    if text is None:
        return ""
    folded = unicodedata.normalize("NFKC", str(text)).translate(LOOK_ALIKE)
    return "".join(folded.split())


def pair_forms(
    printed: Sequence[PlainForm], read: Sequence[PlainForm]
) -> list[tuple[PlainForm, PlainForm | None]]:
    """Every printed form with the one read that is most like it, if any is."""
    likeness = [[ratio(_gist(p), _gist(r)) for r in read] for p in printed]
    pairs = _assign(likeness, SAME_FORM)
    return [
        (form, read[pairs[i]] if i in pairs else None) for i, form in enumerate(printed)
    ]


def pair_rows(
    printed: Sequence[PlainForm], read: Sequence[PlainForm]
) -> dict[int, int]:
    """Printed rows and the read rows that say the same, by index."""
    likeness = [[_row_likeness(p, r) for r in read] for p in printed]
    # Rows in the same order win where several say the same.
    for i, row in enumerate(likeness):
        for j in range(len(row)):
            row[j] -= 0.01 * abs(i - j)
    return _assign(likeness, SAME_ROW)


def _gist(form: PlainForm) -> str:
    names = "".join(str(row.get("name") or "") for row in form["indicators"])
    return "".join(
        printed_form_of(form.get(key))
        for key in ("project_name", "goal_text", "outcome_text")
    ) + printed_form_of(names)


def _row_likeness(printed: PlainForm, read: PlainForm) -> float:
    name = ratio(printed_form_of(printed["name"]), printed_form_of(read["name"]))
    whole = ratio(
        *("|".join(printed_form_of(row[c]) for c in CELLS) for row in (printed, read))
    )
    return max(float(name), float(whole))


def _assign(likeness: list[list[float]], least: float) -> dict[int, int]:
    if not likeness or not likeness[0]:
        return {}
    rows, columns = linear_sum_assignment(-np.array(likeness))
    return {
        int(i): int(j)
        for i, j in zip(rows, columns, strict=True)
        if likeness[i][j] >= least
    }


def score_form(
    printed: PlainForm, read: PlainForm | None
) -> tuple[Counter[str], list[Miss]]:
    """Counts of one printed form, and what was misread.

    ``forms``, ``cells``, ``notes`` (levels and reasons), ``header``, ``funds``:
    ``.all`` and ``.right``; ``chars.all`` and ``chars.wrong`` of goal and outcome;
    ``tuples.right``, ``.said`` and ``.gold`` of their quantities.
    """
    counts: Counter[str] = Counter({"forms.all": 1, "forms.right": int(bool(read))})
    found = read is not None
    misses = [] if found else [Miss("form", str(printed["project_name"]), "")]
    read = read or {"indicators": (), "funds": ()}
    for part in (_rows, _header, _funds, _texts):
        for name, number, miss in part(printed, read):
            counts[name] += number
            if miss is not None and found:
                misses.append(miss)
    return counts, misses


_Count = tuple[str, int, Miss | None]


def _value(group: str, field: str, printed: object, read: object) -> Iterator[_Count]:
    """One value that stands in print or was read; both empty counts for nothing."""
    said, right = printed_form_of(read), printed_form_of(printed)
    if not said and not right:
        return
    same = said == right
    yield f"{group}.all", 1, None
    miss = None if same else Miss(field, str(printed or ""), str(read or ""))
    yield f"{group}.right", int(same), miss


def _rows(printed: PlainForm, read: PlainForm) -> Iterator[_Count]:
    rows, said = printed["indicators"], read["indicators"]
    pairs = pair_rows(rows, said)
    nothing = dict.fromkeys((*CELLS, *NOTES))
    couples = [
        (f"indicators[{i}]", row, said[pairs[i]] if i in pairs else nothing)
        for i, row in enumerate(rows)
    ]
    extra = sorted(set(range(len(said))) - set(pairs.values()))
    couples += [(f"read indicators[{j}]", nothing, said[j]) for j in extra]
    for place, row, other in couples:
        for group, fields in (("cells", CELLS), ("notes", NOTES)):
            for field in fields:
                yield from _value(group, f"{place}.{field}", row[field], other[field])


def _header(printed: PlainForm, read: PlainForm) -> Iterator[_Count]:
    for field in HEADER:
        yield from _value("header", field, printed.get(field), read.get(field))


def _funds(printed: PlainForm, read: PlainForm) -> Iterator[_Count]:
    rows, said = printed["funds"], read["funds"]
    pairs = _assign(
        [
            [
                ratio(printed_form_of(p["label"]), printed_form_of(r["label"]))
                for r in said
            ]
            for p in rows
        ],
        SAME_ROW,
    )
    for i, row in enumerate(rows):
        other = said[pairs[i]] if i in pairs else dict.fromkeys(FUNDS)
        for field in FUNDS:
            yield from _value("funds", f"funds[{i}].{field}", row[field], other[field])


def _texts(printed: PlainForm, read: PlainForm) -> Iterator[_Count]:
    for field, role in TEXTS:
        right, said = printed_form_of(printed[field]), printed_form_of(read.get(field))
        wrong = min(Levenshtein.distance(right, said), max(len(right), 1))
        miss = None
        if wrong:
            miss = Miss(field, str(printed[field] or ""), str(read.get(field) or ""))
        yield "chars.all", len(right), None
        yield "chars.wrong", wrong, miss
        gold, found = (
            _tuples(text, role) for text in (printed[field], read.get(field))
        )
        yield "tuples.gold", gold.total(), None
        yield "tuples.said", found.total(), None
        yield "tuples.right", (gold & found).total(), None


def _tuples(text: str | None, role: str) -> Counter[tuple[object, ...]]:
    """What the grammar finds in a text, so that only reading is measured."""
    return Counter(
        (q.comparator, q.value, q.value_high, printed_form_of(q.unit))
        for q in (pipeline.find_quantities(text, role) if text else ())
    )
