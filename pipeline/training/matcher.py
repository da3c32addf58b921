"""Training the pair scorer and writing its coefficients into models/matching.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.matching.coefficients import Coefficients, coefficients_of
from pipeline.training.fit import fit_coefficients
from pipeline.training.pairs import corpus_hash, form_pairs, read_forms

_HAND = "matching_hand.toml"


@dataclass(frozen=True, slots=True)
class Trained:
    """Coefficients and what they were learned from."""

    coefficients: Coefficients
    files: tuple[str, ...]
    corpus: str
    forms: int
    pairs: int
    linked: int


def train_matcher(files: Sequence[Path]) -> Trained:
    """Learn the coefficients from annotated files; order does not matter.

    Raises DependencyError without scikit-learn.
    """
    files = sorted(files, key=lambda f: f.name)
    pairs = [form_pairs(form) for form in read_forms(files)]
    return Trained(
        coefficients=fit_coefficients(pairs),
        files=tuple(f.stem for f in files),
        corpus=corpus_hash(files),
        forms=len(pairs),
        pairs=sum(len(p.linked) for p in pairs),
        linked=int(sum(p.linked.sum() for p in pairs)),
    )


def hand_set(models: Path) -> Coefficients:
    """The coefficients that were set by hand, to compare with."""
    return coefficients_of(tomllib.loads((models / _HAND).read_text("utf-8")))


def write_coefficients(path: Path, trained: Trained, *, on: date) -> None:
    """Replace the numbers in a matching.toml; every other line stays.

    Raises ConfigError when the file lacks one of them, OSError when it cannot
    be written.
    """
    text = path.read_text(encoding="utf-8")
    text = _with_numbers(text, "weights", trained.coefficients.weights, path.name)
    text = _with_numbers(text, "rivalry", trained.coefficients.rivalry, path.name)
    path.write_text(_with_origin(text, trained, on), encoding="utf-8")


def _section(text: str, name: str) -> re.Match[str] | None:
    """A section with its comment lines, up to the blank line that ends it."""
    return re.search(rf"^\[{name}\]\n(?:.+\n)*", text, re.MULTILINE)


def _with_numbers(
    text: str, section: str, numbers: Mapping[str, float], file: str
) -> str:
    found = _section(text, section)
    body = found[0] if found else ""
    for name, number in numbers.items():
        line = re.compile(rf"^{name} = \S+$", re.MULTILINE)
        body, count = line.subn(f"{name} = {number:.2f}", body)
        if count != 1:
            raise ConfigError(
                "resource_invalid", name=file, detail=f"[{section}] {name}"
            )
    assert found is not None
    return text[: found.start()] + body + text[found.end() :]


def _with_origin(text: str, trained: Trained, on: date) -> str:
    """The section that says what the numbers come from, after [rivalry]."""
    names = ", ".join(f'"{name}"' for name in trained.files)
    origin = (
        f"[trained]\nfiles = [{names}]\n"
        f'corpus = "{trained.corpus}"\ndate = {on.isoformat()}\n'
        f"forms = {trained.forms}\npairs = {trained.pairs}\nlinked = {trained.linked}\n"
    )
    old = _section(text, "trained")
    if old:
        return text[: old.start()] + origin + text[old.end() :]
    before = _section(text, "rivalry")
    assert before is not None
    return f"{text[: before.end()]}\n{origin}{text[before.end() :]}"
