"""``jixiao train``: learn the trained parts anew from an annotated corpus."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path

from pipeline.cli import console
from pipeline.cli.context import Chosen
from pipeline.errors import ExitCode, NoInputError

_CORPUS = Path("corpus", "annotations")


class Part(StrEnum):
    """What can be trained."""

    MATCHER = "matcher"
    VAGUE = "vague"


def train_parts(
    corpus: Path | None,
    *,
    chosen: Chosen,
    part: Part,
    out: Path | None,
    measure: Path | None,
) -> int:
    """Train one part and print what came of it.

    ``out`` is the file of weights to change, by default the shipped one; with
    ``measure`` nothing is written, the figures on that file are printed.
    """
    from pipeline.training.pairs import training_files

    path = corpus or Path(__file__).resolve().parents[2] / _CORPUS
    for needed in (path, measure):
        if needed is not None and not needed.exists():
            raise NoInputError("corpus_not_found", path=corpus or measure or _CORPUS)
    files = [
        f
        for f in training_files(path)
        if measure is None or f.resolve() != measure.resolve()
    ]
    if not files:
        raise NoInputError("corpus_held_out", path=path.name)
    if part is Part.VAGUE:
        return _train_vague(path, files, chosen=chosen, out=out, measure=measure)
    return _train_matcher(files, chosen=chosen, out=out, measure=measure)


def _train_matcher(
    files: list[Path], *, chosen: Chosen, out: Path | None, measure: Path | None
) -> int:
    from pipeline.matching.coefficients import shipped
    from pipeline.resources import models_dir
    from pipeline.training.matcher import train_matcher, write_coefficients
    from pipeline.training.report import matcher_lines

    trained = train_matcher(files)
    console.put(matcher_lines(trained, shipped(), measure, chosen.lang))
    if measure is None:
        target = out or models_dir() / "matching.toml"
        if not target.exists():
            target.write_bytes((models_dir() / "matching.toml").read_bytes())
        write_coefficients(target, trained, on=date.today())
        console.tell("coefficients_written", chosen.lang, path=target)
    return ExitCode.OK


def _train_vague(
    path: Path,
    files: list[Path],
    *,
    chosen: Chosen,
    out: Path | None,
    measure: Path | None,
) -> int:
    from pipeline.language.vague_words import WEIGHTS
    from pipeline.resources import models_dir
    from pipeline.training.pairs import corpus_hash, read_forms
    from pipeline.training.report import usable, vague_lines
    from pipeline.training.vague import (
        learned_weights,
        plain_statements,
        single_statements,
        train_vague,
        write_weights,
    )

    beside = single_statements(path if path.is_dir() else path.parent)
    console.put(vague_lines(files, measure, chosen.lang, beside))
    if measure is None:
        known = usable((*plain_statements(read_forms(files)), *beside))
        names = " ".join(f.stem for f in files)
        source = f"{names}; {len(known)} statements; {corpus_hash(files)}"
        target = out or models_dir() / WEIGHTS
        write_weights(target, learned_weights(train_vague(known), known), source=source)
        console.tell("coefficients_written", chosen.lang, path=target)
    return ExitCode.OK
