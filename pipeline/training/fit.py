"""Fitting the pair scorer: a logistic model, and a second one over rivals.

scikit-learn fits; what is shipped are the coefficients, applied with numpy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ConfigError, DependencyError
from pipeline.matching.coefficients import Coefficients
from pipeline.matching.features import FEATURES
from pipeline.matching.score import IMPOSSIBLE, clipped, margins
from pipeline.training.pairs import FormPairs

# Inverse strengths of regularisation; the first model has few forms per feature.
_C_PAIR = 0.3
_C_RIVALS = 1.0
_FOLDS = 5
_DIGITS = 2

# What can only speak against a link, and what can only speak for one. A weight
# that comes out the other way is an accident of the corpus and is left out.
AGAINST = tuple(
    f for f in FEATURES if f.endswith(("conflict", "mismatch")) or f == "no_words"
)
RIVALRY = ("score", "row_margin", "column_margin")

# "No answer" is a rival only when scoring: of pairs that stand alone nearly all
# are links, so a model that sees it in training learns to ignore the score. Its
# own score is set by hand, see models/MODEL_CARD.md.
_NO_ANSWER = -2.5

Matrix = NDArray[np.float64]
Labels = NDArray[np.bool_]


class _Classifier(Protocol):
    coef_: Matrix
    intercept_: Matrix


def fit_coefficients(forms: Sequence[FormPairs]) -> Coefficients:
    """Both models over annotated pairs, rounded as they are shipped.

    Raises DependencyError without scikit-learn, ConfigError when the corpus has
    no linked or no unlinked pair.
    """
    weights = fit_pairs(forms)
    rivals, linked = _rival_lines(forms)
    # Without a bias of its own: a score of zero far from no rival is even odds.
    bias, found = fit_signed(
        rivals, linked, signs=(1, 1, 1), strength=_C_RIVALS, bias=False
    )
    rivalry = dict(zip(RIVALRY, found, strict=True))
    return Coefficients(
        weights=_rounded(weights),
        rivalry=_rounded({"bias": bias, **rivalry, "no_answer": _NO_ANSWER}),
    )


def fit_pairs(forms: Sequence[FormPairs]) -> dict[str, float]:
    """Weights of a pair's own features, and their bias."""
    lines = np.vstack([f.features for f in forms])
    linked = np.concatenate([f.linked for f in forms])
    signs = tuple(-1 if name in AGAINST else 1 for name in FEATURES)
    bias, found = fit_signed(lines, linked, signs=signs, strength=_C_PAIR)
    return {"bias": bias, **dict(zip(FEATURES, found, strict=True))}


def fit_signed(
    lines: Matrix,
    labels: Labels,
    *,
    signs: Sequence[int],
    strength: float,
    bias: bool = True,
) -> tuple[float, tuple[float, ...]]:
    """Bias and weights whose signs are as demanded, or zero.

    Columns whose weight comes out with the wrong sign are left out, worst
    first, until none is left. ``signs`` has 1, −1 or 0 (any) per column.
    """
    if labels.all() or not labels.any():
        raise ConfigError("corpus_one_sided")
    model_type = _logistic_regression()
    kept = list(range(lines.shape[1]))
    while True:
        model: _Classifier = model_type(C=strength, max_iter=5000, fit_intercept=bias)
        model.fit(lines[:, kept], labels)  # type: ignore[attr-defined]
        found = model.coef_[0]
        wrong = [found[k] * signs[c] for k, c in enumerate(kept)]
        if min(wrong, default=0.0) >= 0:
            break
        del kept[int(np.argmin(wrong))]
    weights = dict(zip(kept, map(float, found), strict=True))
    intercept = float(model.intercept_[0]) if bias else 0.0
    return intercept, tuple(weights.get(c, 0.0) for c in range(lines.shape[1]))


def _rival_lines(forms: Sequence[FormPairs]) -> tuple[Matrix, Labels]:
    """Score and margins of every pair, the scores by models that never saw its form."""
    found, linked = [], []
    for fold in range(_FOLDS):
        seen = [f for i, f in enumerate(forms) if i % _FOLDS != fold]
        weights = fit_pairs(seen)
        for form in forms[fold::_FOLDS]:
            if len(form.places):
                found.append(_among_rivals(form, weights))
                linked.append(form.linked)
    return np.vstack(found), np.concatenate(linked)


def _among_rivals(form: FormPairs, weights: Mapping[str, float]) -> Matrix:
    """Lines of (score, row margin, column margin), shape (pairs, 3)."""
    vector = np.array([weights[name] for name in FEATURES])
    scores = np.full(form.shape, IMPOSSIBLE)
    rows, columns = form.places.T
    scores[rows, columns] = form.features @ vector + weights["bias"]
    return np.column_stack(
        [
            clipped(scores)[rows, columns],
            margins(scores, IMPOSSIBLE)[rows, columns],
            margins(scores.T, IMPOSSIBLE).T[rows, columns],
        ]
    )


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    # + 0.0 turns −0.0 into 0.0
    return {name: round(value, _DIGITS) + 0.0 for name, value in weights.items()}


def _logistic_regression() -> Any:
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise DependencyError("train_missing") from error
    return LogisticRegression
