"""How well links come out with one way of matching or another."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from pipeline.api import analyze
from pipeline.core.record import Record
from pipeline.evaluation.scores import score_form
from pipeline.matching.coefficients import Coefficients
from pipeline.matching.match import match_form
from pipeline.matching.score import score_pairs
from pipeline.training.pairs import ReadForm

_DRAWS = 2000
_SEED = 20

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


def difference_interval(
    first: Sequence[Counter[str]], second: Sequence[Counter[str]], name: str
) -> tuple[float, float]:
    """95 % bootstrap interval, by form, of the F1 of ``second`` minus ``first``.

    Both are counts of the same forms in the same order.
    """
    draw = np.random.default_rng(_SEED)
    parts = np.array(
        [
            [[c[f"{name}.{p}"] for p in ("right", "said", "gold")] for c in counts]
            for counts in (first, second)
        ],
        dtype=np.float64,
    )
    picks = draw.integers(0, parts.shape[1], size=(_DRAWS, parts.shape[1]))
    right, said, gold = np.moveaxis(parts[:, picks].sum(axis=2), -1, 0)
    scores = 2 * right / np.maximum(said + gold, 1)
    low, high = np.percentile(scores[1] - scores[0], [2.5, 97.5])
    return float(low), float(high)
