"""A small spaCy classifier of vague statements, measured against the rules.

It reads statements without a number only: one with a number is checkable by
definition. The rules judge the same statements beside it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy import util
from spacy.language import Language
from spacy.training import Example
from thinc.api import fix_random_seed

from pipeline.language.nlp import load_language
from pipeline.resources import models_dir
from pipeline.training.pairs import ReadForm

CONFIG = "train_vague.cfg"
_VAGUE, _CHECKABLE = "VAGUE", "CHECKABLE"
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Statement:
    """An annotated statement without a number, and what the rules say of it."""

    text: str
    vague: bool
    ruled_vague: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 of finding vague statements."""

    precision: float
    recall: float
    f1: float
    items: int


def plain_statements(forms: Iterable[ReadForm]) -> tuple[Statement, ...]:
    """The annotated statements in which neither side saw a number."""
    found = []
    for form in forms:
        read = {(s.start, s.end): s for s in form.goal.statements}
        numbers = [q.span for q in form.gold.targets]
        for gold in form.gold.statements:
            start, end = gold.span
            said = read.get(gold.span)
            if said is None or any(start <= a and b <= end for a, b in numbers):
                continue
            found.append(Statement(form.goal.text[start:end], gold.vague, said.vague))
    return tuple(found)


def train_vague(
    statements: Sequence[Statement], config: Path | None = None
) -> Language:
    """Train from models/train_vague.cfg; the same statements, the same model."""
    load_language()  # registers our language and tokenizer
    settings = util.load_config(config or models_dir() / CONFIG)
    training = settings["training"]
    fix_random_seed(training["seed"])
    nlp = util.load_model_from_config(settings, auto_fill=True)
    examples = [_example(nlp, statement) for statement in statements]
    nlp.initialize(lambda: examples)
    optimizer = util.registry.resolve({"optimizer": training["optimizer"]})["optimizer"]
    order = random.Random(training["seed"])
    for _ in range(training["max_epochs"]):
        order.shuffle(examples)
        for start in range(0, len(examples), _BATCH):
            batch = examples[start : start + _BATCH]
            nlp.update(batch, sgd=optimizer, drop=training["dropout"])
    return nlp


def _example(nlp: Language, statement: Statement) -> Example:
    scores = {_VAGUE: float(statement.vague), _CHECKABLE: float(not statement.vague)}
    return Example.from_dict(nlp.make_doc(statement.text), {"cats": scores})


def model_figures(nlp: Language, statements: Sequence[Statement]) -> Figures:
    """How well a trained model finds the vague ones."""
    docs = nlp.pipe(s.text for s in statements)
    said = [doc.cats[_VAGUE] >= doc.cats[_CHECKABLE] for doc in docs]
    return figures(said, [s.vague for s in statements])


def rule_figures(statements: Sequence[Statement]) -> Figures:
    """How well the rules find the vague ones."""
    return figures([s.ruled_vague for s in statements], [s.vague for s in statements])


def figures(said: Sequence[bool], right: Sequence[bool]) -> Figures:
    """Precision, recall and F1; 0 where there is nothing to divide by."""
    hits = sum(a and b for a, b in zip(said, right, strict=True))
    whole = sum(said) + sum(right)
    return Figures(
        precision=hits / sum(said) if any(said) else 0.0,
        recall=hits / sum(right) if any(right) else 0.0,
        f1=2 * hits / whole if whole else 0.0,
        items=len(right),
    )
