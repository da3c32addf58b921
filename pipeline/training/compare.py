"""How well links come out with one way of matching or another."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from pipeline.api import analyze
from pipeline.core.record import Record
from pipeline.evaluation.scores import score_form
from pipeline.matching.coefficients import Coefficients
from pipeline.matching.match import match_form
from pipeline.matching.score import score_pairs
from pipeline.training.pairs import ReadForm

# Replacements for the steps of match_form, by the names of its options.
Steps = Mapping[str, Callable[..., Any]]


def with_coefficients(coefficients: Coefficients) -> Steps:
    """Matching as shipped, but with other coefficients."""
    return {"score": partial(score_pairs, coefficients=coefficients)}


def form_counts(forms: Iterable[ReadForm], steps: Steps) -> tuple[Counter[str], ...]:
    """Counts of right and wrong links of each form, named as in ``evaluation.scores``."""
    return tuple(score_form(f.gold, matched(f, steps)).counts for f in forms)


def link_counts(forms: Iterable[ReadForm], steps: Steps) -> Counter[str]:
    """The counts of all forms together."""
    return sum(form_counts(forms, steps), Counter[str]())


def matched(form: ReadForm, steps: Steps) -> Record:
    """The record of a form with the given steps of matching replaced."""
    match = match_form(form.goal, form.outcome, form.form.indicators, **steps)
    entry = form.gold.input
    record = analyze(goal_text=entry["goal_text"], outcome_text=entry["outcome_text"])
    return dataclasses.replace(
        record,
        links=match.links,
        unmatched_targets=match.unmatched_targets,
        unmatched_outcomes=match.unmatched_outcomes,
        goal_statements=match.statements,
        indicators=match.indicators,
    )


def f1(counts: Counter[str], name: str) -> float:
    """F1 of a stage from its counts; 0 when there is nothing to count."""
    whole = counts[f"{name}.said"] + counts[f"{name}.gold"]
    return 2 * counts[f"{name}.right"] / whole if whole else 0.0


def false_met(counts: Counter[str]) -> float:
    """The share of links said to be held whose target is not."""
    return counts["held.wrong"] / counts["held.said"] if counts["held.said"] else 0.0
