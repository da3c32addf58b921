"""Candidate pairs of annotated forms as numbers, with what the annotation says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis import form_from_texts
from pipeline.core.form import Form
from pipeline.core.quantity import Role
from pipeline.errors import NoInputError
from pipeline.evaluation.corpus import GoldForm, Span, corpus_files, read_corpus
from pipeline.language.reading import Reading, read_text
from pipeline.matching.candidates import Gate, candidates
from pipeline.matching.features import FEATURES
from pipeline.matching.hub import IndicatorTable, indicator_table
from pipeline.matching.match import row_measures
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.of_form import measures_of

# Files whose name begins so are kept for measuring and never learned from, until
# they have been looked at and serve for development like any other.
_HELD_OUT = "test"
_RELEASED = frozenset({"test3", "test4", "test5"})
# Written to exercise damaged layouts: learned from, but no measure of accuracy.
NO_MEASURE = "twins"


@dataclass(frozen=True, slots=True)
class ReadForm:
    """An annotated form and what language made of its texts."""

    gold: GoldForm
    form: Form
    goal: Reading
    outcome: Reading


@dataclass(frozen=True, slots=True)
class FormPairs:
    """The candidate pairs of one form.

    ``shape`` is (targets, outcomes); ``places`` (pairs, 2) says which pair a
    line of ``features`` (pairs, len(FEATURES)) is; ``linked`` (pairs,) is gold.
    """

    shape: tuple[int, int]
    places: NDArray[np.int64]
    features: NDArray[np.float64]
    linked: NDArray[np.bool_]


def training_files(path: Path) -> tuple[Path, ...]:
    """The corpus files to learn from: never those that are held out.

    Raises NoInputError when nothing is left.
    """
    files = tuple(f for f in corpus_files(path) if not is_held_out(f))
    if not files:
        raise NoInputError("corpus_held_out", path=path.name)
    return files


def is_held_out(file: Path) -> bool:
    """Whether a corpus file is kept for measuring only."""
    return file.stem.startswith(_HELD_OUT) and file.stem not in _RELEASED


def corpus_hash(files: Sequence[Path]) -> str:
    """First 16 hex digits of the SHA-256 over the files' bytes, in name order."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda f: f.name):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def read_forms(files: Iterable[Path]) -> tuple[ReadForm, ...]:
    """Every annotated form of some corpus files, with its texts read."""
    return tuple(_read(gold) for file in files for gold in read_corpus(file))


def _read(gold: GoldForm) -> ReadForm:
    form = form_from_texts(
        goal_text=gold.input.get("goal_text"),
        outcome_text=gold.input.get("outcome_text"),
        indicators=gold.input.get("indicators") or (),
    )
    return ReadForm(
        gold=gold,
        form=form,
        goal=read_text(form.goal_text, Role.GOAL),
        outcome=read_text(form.outcome_text, Role.OUTCOME),
    )


def form_pairs(
    read: ReadForm,
    *,
    tabulate: Callable[..., IndicatorTable] = indicator_table,
    gate: Gate | None = None,
) -> FormPairs:
    """The candidate pairs that the scorer would weigh, as it sees them."""
    targets, outcomes = measures_of(read.goal), measures_of(read.outcome)
    table = tabulate(targets, outcomes, row_measures(read.form.indicators))
    gold = _linked_spans(read.gold)
    pairs = candidates(targets, outcomes, table, gate)
    spans, told = _spans(targets), _spans(outcomes)
    linked = [
        (spans[i], told[j]) in gold
        for i, j in zip(pairs.targets, pairs.outcomes, strict=True)
    ]
    lines = [pairs.features[name] for name in FEATURES]
    return FormPairs(
        shape=(len(targets), len(outcomes)),
        places=np.stack([pairs.targets, pairs.outcomes], axis=1),
        features=np.stack(lines, axis=1).astype(np.float64),
        linked=np.array(linked, dtype=bool),
    )


def _spans(measures: Sequence[Measure]) -> list[Span]:
    return [measure.quantity.span for measure in measures]


def _linked_spans(gold: GoldForm) -> frozenset[tuple[Span, Span]]:
    return frozenset(
        (gold.targets[t].span, gold.outcomes[o].span)
        for t, (outcomes, _) in gold.links.items()
        for o in outcomes
    )


def leave_one_out(
    read: Mapping[str, Sequence[ReadForm]],
) -> Iterator[tuple[str, tuple[ReadForm, ...], Sequence[ReadForm]]]:
    """(name, the forms of all other files, its own forms) of each file measured."""
    for name, forms in read.items():
        if name != NO_MEASURE:
            rest = [f for other, found in read.items() if other != name for f in found]
            yield name, tuple(rest), forms
