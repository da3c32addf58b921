"""A small spaCy classifier of vague statements, the second witness beside the rules.

It reads statements without a number only: one with a number is checkable by
definition. It is linear, so what it learned is written out as a list of words and
pairs of words with their weights (``pipeline.language.vague_words``).
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy import util
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from pipeline.language.fold import fold
from pipeline.language.nlp import load_language
from pipeline.language.segment import words
from pipeline.language.statement_kinds import ruled_vague, statement_kind
from pipeline.language.vague_words import BIAS, CLEAR, JOINT, grams
from pipeline.resources import models_dir
from pipeline.training.pairs import ReadForm

CONFIG = "train_vague.cfg"
_VAGUE, _CHECKABLE = "VAGUE", "CHECKABLE"
_BATCH = 16

LIGHTEST = 0.01
"""Weights below it are left out of the list."""

_HEAD = (
    "# Words and pairs of words of goal statements, with the log-odds of being vague.",
    "# Learned by `jixiao train --part vague`, not edited by hand; see MODEL_CARD.md.",
)


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
            found.append(statement_of(form.goal.text[start:end], gold.vague))
    return tuple(found)


def statement_of(text: str, vague: bool) -> Statement:
    """A statement without a number and what the rules say of it."""
    folded = fold(text)
    kind = statement_kind(folded, quantified=False)
    return Statement(folded, vague, ruled_vague(folded, kind, quantified=False))


def single_statements(annotations: Path) -> tuple[Statement, ...]:
    """The statements beside the annotated forms (corpus/statements); may be none."""
    path = annotations.parent / "statements" / "cases.jsonl"
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    entries = (json.loads(line) for line in lines)
    return tuple(statement_of(str(e["text"]), bool(e["vague"])) for e in entries)


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
    return Example.from_dict(_doc(nlp, statement.text), {"cats": scores})


def _doc(nlp: Language, text: str) -> Doc:
    """The words that the shipped weights will be looked up by."""
    return Doc(nlp.vocab, [word for word in words(text) if not word.isspace()])


def learned_weights(nlp: Language, statements: Iterable[Statement]) -> dict[str, float]:
    """Log-odds of being vague for each word and pair of the statements.

    The classifier adds up what its grams weigh, so each weight is found by asking
    for a text of that word or pair alone.
    """
    found = sorted({gram for s in statements for gram in grams(words(s.text))})
    alone = {gram: _log_odds(nlp, gram.split(JOINT)) for gram in found}
    bias = _log_odds(nlp, [])
    weights = {BIAS: bias}
    for gram in found:
        parts = gram.split(JOINT)
        known = sum(alone[part] - bias for part in parts) if len(parts) > 1 else 0.0
        weights[gram] = alone[gram] - bias - known
    return {
        gram: round(weight, 3)
        for gram, weight in weights.items()
        if gram == BIAS or abs(weight) >= LIGHTEST
    }


def _log_odds(nlp: Language, parts: Sequence[str]) -> float:
    return _odds_of(nlp.get_pipe("textcat")(Doc(nlp.vocab, list(parts))))


def _odds_of(doc: Doc) -> float:
    return math.log(max(doc.cats[_VAGUE], 1e-9) / max(doc.cats[_CHECKABLE], 1e-9))


def write_weights(target: Path, weights: Mapping[str, float], *, source: str) -> None:
    """The list as people read it: heaviest words for checkable first."""
    ordered = sorted(weights.items(), key=lambda item: (item[1], item[0]))
    lines = [f"{gram}\t{weight:.3f}" for gram, weight in ordered]
    head = [*_HEAD, f"# {source}"]
    target.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def model_figures(nlp: Language, statements: Sequence[Statement]) -> Figures:
    """How well a trained model finds the vague ones."""
    said = [odds >= 0 for odds in _all_odds(nlp, statements)]
    return figures(said, [s.vague for s in statements])


def joint_figures(nlp: Language, statements: Sequence[Statement]) -> Figures:
    """How well both together find them: rules accuse, clear words clear."""
    odds = zip(_all_odds(nlp, statements), statements, strict=True)
    both = [found > -CLEAR and s.ruled_vague for found, s in odds]
    return figures(both, [s.vague for s in statements])


def _all_odds(nlp: Language, statements: Sequence[Statement]) -> list[float]:
    docs = nlp.pipe(_doc(nlp, s.text) for s in statements)
    return [_odds_of(doc) for doc in docs]


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
