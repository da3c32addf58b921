"""``jixiao evaluate``: figures of every stage on an annotated corpus."""

from __future__ import annotations

from pathlib import Path

from pipeline.cli import console
from pipeline.cli.context import Chosen
from pipeline.errors import ExitCode, NoInputError

_CORPUS = Path("corpus", "annotations")


def evaluate_corpus(
    corpus: Path | None, *, chosen: Chosen, errors: bool, plots: Path | None = None
) -> int:
    """Print the figures, and with ``errors`` every single miss.

    ``plots`` is a folder for drawings of how far confidences can be trusted.
    """
    from pipeline.evaluation import evaluate
    from pipeline.evaluation.plots import write_plots

    path = corpus or Path(__file__).resolve().parents[2] / _CORPUS
    if not path.exists():
        raise NoInputError("corpus_not_found", path=corpus or _CORPUS)
    evaluation = evaluate(path)
    if not any(split.forms for split in evaluation.splits):
        raise NoInputError("corpus_empty", path=path)
    console.put([evaluation.render(chosen.lang)])
    if plots is not None:
        splits = [(split.name, split.judged) for split in evaluation.splits]
        for written in write_plots(plots, splits, chosen.lang):
            console.tell("plot_written", chosen.lang, path=written)
    if errors:
        console.put(str(error) for error in evaluation.errors)
    return ExitCode.OK
