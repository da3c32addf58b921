"""Flags against flags annotated by rule: precision and recall of every code.

Gold flags stand in a corpus line (``gold_flags``) or, for files that came without,
in ``../flags/NAME`` beside the folder of annotations, one line per form with its
``id``. A gold flag is ``{"code", "field"?}``; the field is a path of the record
(``indicators[3]``, ``outcome_text``), or ``targets[2]`` and ``goal_statements[1]``
of the annotation. Where the line says ``extended``, the codes of ``EXTENDED`` and
everything else of severity high were annotated too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.analysis import form_from_texts
from pipeline.core.flag import Flag, Severity
from pipeline.core.form import Form, FundRow
from pipeline.evaluation.corpus import GoldForm, Span, read_entries
from pipeline.evaluation.scores import Mistake, share

# The codes that annotators decided by rule on every form with gold flags.
MEASURED = (
    "goal_vague",
    "goal_truncated",
    "goal_without_outcome",
    "outcome_copies_goal",
    "target_not_met",
    "score_total_mismatch",
    "score_exceeds_weight",
    "score_below_without_reason",
    "rating_mismatch",
    "weight_total_mismatch",
    "execution_rate_mismatch",
    "funds_sum_mismatch",
    "indicator_changed_posthoc",
    "evidence_absent_admitted",
)
# Those decided besides on forms marked ``extended``.
EXTENDED = (
    "goal_missing",
    "goal_unquantified",
    "goal_is_budget",
    "phase_amount_mix",
    "outcome_status_only",
    "outcome_vague",
    "target_not_met_unexplained",
    "target_overshoot_unexplained",
    "target_set_too_low",
    "aggregate_shortfall_hidden",
    "status_contradicts_values",
    "ambiguous_multi_value",
    "narrative_table_conflict",
    "outcome_unit_mismatch",
    "score_negative",
    "score_formula_mismatch",
    "full_score_despite_shortfall",
    "full_score_without_actual",
    "grade_band_mismatch",
    "high_score_low_execution",
    "score_missing",
    "execution_score_mismatch",
    "funds_total_zero",
    "budget_zero",
    "execution_over_100",
    "unit_wan_yuan_suspect",
    "narrative_amount_arithmetic",
    "indicator_value_changed_posthoc",
    "indicator_missing_dimension",
    "indicator_target_missing",
    "indicator_target_vague",
    "indicator_placeholder",
    "date_after_project_end",
    "project_dates_inverted",
    "reason_contradicts",
)
# The severities whose precision is counted over all codes.
_WEIGHED = (Severity.HIGH, Severity.MEDIUM)
_ANNOTATED = re.compile(r"(targets|goal_statements)\[(\d+)\]")
_ROW = re.compile(r"(?:indicators|funds)\[\d+\]")
_Count = tuple[str, int, Mistake | None]
_FUND_TEXTS = tuple(FundRow.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class GoldFlag:
    """An annotated flag; ``span`` is its place in the goal text where known."""

    code: str
    field: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class GoldFlags:
    """The annotated flags of a form, and whether the further codes were annotated."""

    items: tuple[GoldFlag, ...]
    extended: bool = False


def sibling_flags(file: Path) -> Mapping[str, Mapping[str, Any]]:
    """Lines of gold flags by form id from the file beside; empty when there is none.

    Raises ConfigError naming a broken line.
    """
    path = file.parent.parent / "flags" / file.name
    if not path.is_file():
        return {}
    return dict(read_entries(path, _flag_line))


def _flag_line(entry: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    return str(entry["id"]), {**entry, "gold_flags": list(entry["gold_flags"])}


def gold_flags(
    gold: GoldForm, beside: Mapping[str, Mapping[str, Any]]
) -> GoldFlags | None:
    """The gold flags of a form; None when its flags were not annotated."""
    line = gold.input if "gold_flags" in gold.input else beside.get(gold.id)
    if line is None:
        return None
    items = tuple(_gold_flag(gold, item) for item in line["gold_flags"])
    return GoldFlags(items, extended=bool(line.get("extended")))


def _gold_flag(gold: GoldForm, raw: Mapping[str, str]) -> GoldFlag:
    field = raw.get("field") or None
    place = _ANNOTATED.match(field or "")
    if place is None:
        row = _ROW.match(field or "")
        return GoldFlag(raw["code"], row[0] if row else field)
    items: Sequence[Any] = gold.targets if place[1] == "targets" else gold.statements
    return GoldFlag(raw["code"], "goal_text", items[int(place[2])].span)


def score_flags(
    gold: GoldForm, wanted: GoldFlags, said: Sequence[Flag]
) -> Iterator[_Count]:
    """Counts ``flag:CODE.said``, ``.right`` (of said), ``.gold`` and ``.found``.

    One flag may cover several gold flags (a sum, one flag for a whole table) and
    several may name the same place; flags without a place count one to one.
    """
    codes: Sequence[str] = MEASURED
    if wanted.extended:
        high = {f.code for f in said if f.severity is Severity.HIGH}
        codes = (*MEASURED, *EXTENDED, *sorted(high - {*MEASURED, *EXTENDED}))
    for code in codes:
        golds = [g for g in wanted.items if g.code == code]
        flags = [f for f in said if f.code == code]
        right, found = _matched(golds, flags)
        yield f"flag:{code}.said", len(flags), None
        yield f"flag:{code}.gold", len(golds), None
        yield f"flag:{code}.right", len(right), None
        yield f"flag:{code}.found", len(found), None
        for i, flag in enumerate(flags):
            if flag.severity in _WEIGHED:
                yield f"flag:{flag.severity}.said", 1, None
                yield f"flag:{flag.severity}.right", int(i in right), None
            if i not in right:
                message = f"{flag.severity} {flag.message}"
                yield "", 0, Mistake(gold.id, f"flag.{code}.wrong", message, "")
        for j, item in enumerate(golds):
            if j not in found:
                place = str(item.span or item.field or "")
                yield "", 0, Mistake(gold.id, f"flag.{code}.missed", "", place)


def _matched(
    golds: Sequence[GoldFlag], flags: Sequence[Flag]
) -> tuple[set[int], set[int]]:
    """Indexes of the flags that are right, and of the gold flags that were found."""
    pairs = [
        (i, j)
        for i, flag in enumerate(flags)
        for j, item in enumerate(golds)
        if _placed(item) and _covers(flag, item)
    ]
    right, found = {i for i, _ in pairs}, {j for _, j in pairs}
    loose = [j for j, item in enumerate(golds) if not _placed(item)]
    spare = [i for i in range(len(flags)) if i not in right]
    for i, j in zip(spare, loose, strict=False):
        right.add(i)
        found.add(j)
    return right, found


def _placed(item: GoldFlag) -> bool:
    return item.span is not None or _ROW.match(item.field or "") is not None


def _covers(flag: Flag, item: GoldFlag) -> bool:
    for place in flag.evidence:
        if item.span is not None:
            inside = (
                place.field == "goal_text"
                and place.start is not None
                and place.end is not None
                and place.start < item.span[1]
                and item.span[0] < place.end
            )
            if inside:
                return True
        elif item.field and (f"{place.field}.").startswith(f"{item.field}."):
            return True
    return False


def printed_form(entry: Mapping[str, Any]) -> Form:
    """The whole form of a corpus line, money and scores included."""
    form = form_from_texts(
        goal_text=entry.get("goal_text"),
        outcome_text=entry.get("outcome_text"),
        indicators=entry.get("indicators") or (),
        year=entry.get("year"),
    )
    printed = entry.get("form")
    if not isinstance(printed, Mapping):
        return form
    return replace(
        form,
        project_name=_text(printed.get("project_name")),
        department=_text(printed.get("department")),
        unit=_text(printed.get("unit")),
        currency_unit=_text(printed.get("currency_unit")),
        document_type=printed.get("document_type") or form.document_type,
        funds=tuple(_fund(row) for row in printed.get("funds") or ()),
        total_score=_text(printed.get("total_score")),
        rating=_text(printed.get("rating")),
    )


def _fund(row: Mapping[str, Any]) -> FundRow:
    texts = {name: _text(row.get(name)) for name in _FUND_TEXTS}
    kind, label = texts.pop("kind"), texts.pop("label")
    return FundRow(kind=kind or "other", label=label or "", **texts)


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)


def flag_rows(counts: Mapping[str, int]) -> Iterable[tuple[str, str, str, int, int]]:
    """Code, precision, recall, how often said and how often in gold."""
    for code in (*MEASURED, *EXTENDED, *_WEIGHED):
        said, gold = counts[f"flag:{code}.said"], counts[f"flag:{code}.gold"]
        if not said and not gold:
            continue
        precision = share(counts[f"flag:{code}.right"], said)
        recall = share(counts[f"flag:{code}.found"], gold)
        yield code, precision, recall, said, gold
