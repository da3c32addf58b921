"""``jixiao evaluate``: figures of every stage on an annotated corpus."""

from __future__ import annotations

from pathlib import Path

from pipeline.cli import console
from pipeline.cli.context import Chosen
from pipeline.errors import ExitCode, NoInputError

_CORPUS = Path("corpus", "annotations")


def evaluate_corpus(corpus: Path | None, *, chosen: Chosen, errors: bool) -> int:
    """Print the figures, and with ``errors`` every single miss."""
    from pipeline.evaluation import evaluate

    path = corpus or Path(__file__).resolve().parents[2] / _CORPUS
    if not path.exists():
        raise NoInputError("corpus_not_found", path=corpus or _CORPUS)
    evaluation = evaluate(path)
    console.put([evaluation.render(chosen.lang)])
    if errors:
        console.put(str(error) for error in evaluation.errors)
    return ExitCode.OK
