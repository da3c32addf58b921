"""Groups A, E and G: years, project periods and baselines that do not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.flagging.catalogue import cue
from pipeline.flagging.goal import goal_of
from pipeline.flagging.registry import Finding, flag
from pipeline.flagging.values import amount, has_digit
from pipeline.flagging.view import (
    FormView,
    clip,
    evidence,
    field_text,
    row_evidence,
    row_label,
    target_evidence,
)
from pipeline.language.fold import fold

# 2000万元 is no year.
_YEAR = re.compile(r"(?<![\d.,])(20\d\d)(?=\s*(?:年|[-./—–~～至到]))")
_SPAN = re.compile(r"(20\d\d)\s*年?[^，。；\d]{0,3}[-至到]\s*(20\d\d)\s*年")
_MONTH = r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*月?(?:\s*[./]?\s*(\d{1,2})\s*日?)?"
_PERIOD = re.compile(rf"{_MONTH}\s*[起始初中下旬底末]{{0,2}}\s*(?:-|至|到)\s*{_MONTH}")
# 建设期为2023年至2021年; years without such a word may be anything.
_YEARS = re.compile(
    r"(?:周期|期限|期|起止|时间)[^，。；\d]{0,4}(20\d\d)年?\s*(?:-|至|到)\s*(20\d\d)年"
)
_FIRST_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(?:万|亿)?元")
_SENTENCE = re.compile(r"[^。；\n]+")
_CLAUSE = re.compile(r"[，。；：\n>]")


@flag("phase_amount_mix")
def phase_amount_mix(view: FormView) -> Iterator[Finding]:
    """A yearly form whose goal gives amounts of other years or of all years only."""
    text, year = goal_of(view), view.form.year
    if text is None or year is None or "元" not in text:
        return
    sentences = _SENTENCE.finditer(fold(text))
    amounts = [s for s in sentences if cue("project_money").search(s[0])]
    if amounts and all(
        _other_phase(s[0], year) and not _names_budget(view, s[0]) for s in amounts
    ):
        yield Finding(
            tuple(evidence(view, "goal_text", s.start(), s.end()) for s in amounts),
            {"year": year, "quote": clip(amounts[0][0])},
        )


def _names_budget(view: FormView, sentence: str) -> bool:
    """Whether the first amount is the budget of the form, whatever it is called."""
    found = _FIRST_AMOUNT.search(sentence)
    budgets = (b for f in view.form.funds for b in (f.full_budget, f.initial_budget))
    return found is not None and amount(found[1]) in {amount(b) for b in budgets if b}


def _other_phase(sentence: str, year: int) -> bool:
    years = {int(y) for y in _YEAR.findall(sentence)}
    spans = [(int(a), int(b)) for a, b in _SPAN.findall(sentence)]
    if year in years or cue("this_year").search(sentence):
        return False
    # 2021—2023 over the year itself is the project as a whole: cumulative.
    return bool(years or spans) or cue("cumulative").search(sentence) is not None


@flag("date_after_project_end")
def date_after_project_end(view: FormView) -> Iterator[Finding]:
    """A deadline of an indicator in a later year than the form is about.

    Projects that say they run longer are left out.
    """
    year = view.form.year
    if year is None:
        return
    told = " ".join(
        t for t in (view.form.project_name, view.form.goal_text) if t is not None
    )
    later: list[tuple[int, list[int]]] = []
    for i, row in enumerate(view.indicators):
        if not has_digit(row.target_text):
            continue
        dates = cue("dated").finditer(row.target_text or "")
        late = [y for m in dates for y in map(int, _YEAR.findall(m[0])) if y > year]
        if late:
            later.append((i, late))
    if not later or cue("several_years").search(told):
        return
    known = {int(y) for y in _YEAR.findall(fold(told))}
    for i, late in later:
        row = view.indicators[i]
        if not known.intersection(late):
            yield Finding(
                row_evidence(view, i, "target_text"),
                {
                    "row": row_label(row),
                    "target": clip(row.target_text or ""),
                    "year": year,
                },
            )


@flag("project_dates_inverted")
def project_dates_inverted(view: FormView) -> Iterator[Finding]:
    """A period that ends before it begins; both ends must name their year."""
    fields = ["project_name", "goal_text", "outcome_text"]
    fields += [f"indicators[{i}].target_text" for i in range(len(view.indicators))]
    for field in fields:
        text = fold(field_text(view, field) or "")
        if text.count("20") < 2:
            continue
        for found in _PERIOD.finditer(text):
            begin, end = _date(found, 1), _date(found, 4)
            if begin is not None and end is not None and end < begin:
                yield _inverted(view, field, found)
        for found in _YEARS.finditer(text):
            if found[2] < found[1]:
                yield _inverted(view, field, found)


def _inverted(view: FormView, field: str, found: re.Match[str]) -> Finding:
    place = evidence(view, field, found.start(), found.end())
    return Finding((place,), {"quote": clip(found[0])})


def _date(found: re.Match[str], first: int) -> tuple[int, int, int] | None:
    year, month, day = found[first], int(found[first + 1]), found[first + 2]
    if not 1 <= month <= 12:
        return None
    # A month without a day begins or ends wherever that is the later reading.
    default = 1 if first == 1 else 31
    return int(year), month, int(day) if day else default


@flag("baseline_unresolved")
def baseline_unresolved(view: FormView) -> Iterator[Finding]:
    """Targets against last year that no outcome answers: they cannot be judged."""
    text = view.form.goal_text or ""
    answered = {k.target for k in view.links if k.outcomes}
    found = [
        i
        for i, target in enumerate(view.targets)
        if i not in answered
        and cue("baseline").search(_clause_before(text, target.start))
    ]
    if found:
        yield Finding(
            target_evidence(view, found),
            {"quote": clip("、".join(view.targets[i].quote for i in found))},
        )


def _clause_before(text: str, end: int) -> str:
    return _CLAUSE.split(fold(text[max(0, end - 40) : end]))[-1]
