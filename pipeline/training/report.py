"""What training found, as lines of tab-separated figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.matching.coefficients import Coefficients
from pipeline.messages import words_of
from pipeline.resources import models_dir
from pipeline.training.compare import f1, false_met, link_counts, with_coefficients
from pipeline.training.matcher import Trained, hand_set
from pipeline.training.pairs import ReadForm, leave_one_out, read_forms
from pipeline.training.vague import (
    Figures,
    Statement,
    joint_figures,
    model_figures,
    plain_statements,
    rule_figures,
    train_vague,
)


def matcher_lines(
    trained: Trained, before: Coefficients, measure: Path | None, lang: str
) -> Iterator[str]:
    """What was learned, beside the shipped numbers; figures on a file if asked."""
    words = words_of("training", lang)
    yield str(words["from"]).format(
        files=" ".join(trained.files),
        forms=trained.forms,
        pairs=trained.pairs,
        linked=trained.linked,
    )
    now = trained.coefficients
    for name, was, is_now in (
        ("weights", before.weights, now.weights),
        ("rivalry", before.rivalry, now.rivalry),
    ):
        for key, value in is_now.items():
            yield f"{name}.{key}\t{was.get(key, 0.0):.2f}\t{value:.2f}"
    if measure is not None:
        yield "\t".join(words["links"])
        forms = read_forms([measure])
        yield _links_line(str(words["learned"]), now, forms)
        yield _links_line(str(words["hand"]), hand_set(models_dir()), forms)


def _links_line(
    name: str, coefficients: Coefficients, forms: Iterable[ReadForm]
) -> str:
    counts = link_counts(forms, with_coefficients(coefficients))
    return "\t".join(
        [
            name,
            f"{f1(counts, 'verdict'):.3f}",
            f"{false_met(counts):.3f}",
            f"{f1(counts, 'unmatched'):.3f}",
        ]
    )


def vague_lines(
    files: Sequence[Path],
    measure: Path | None,
    lang: str,
    beside: Sequence[Statement] = (),
) -> Iterator[str]:
    """Model beside rules: each file left out in turn, or one file never learned from.

    ``beside`` are single statements that are learned from besides the files.
    """
    words = words_of("training", lang)
    yield "\t".join(words["vague"])
    read = {file.stem: read_forms([file]) for file in files}
    for name, learned, held_out in _trials(read, measure):
        wanted = plain_statements(held_out)
        if wanted:
            model = train_vague(usable((*plain_statements(learned), *beside)))
            found = model_figures(model, wanted)
            yield _vague_line(name, str(words["model"]), found)
            yield _vague_line(name, str(words["rules"]), rule_figures(wanted))
            yield _vague_line(name, str(words["both"]), joint_figures(model, wanted))


def _trials(
    read: Mapping[str, Sequence[ReadForm]], measure: Path | None
) -> Iterator[tuple[str, Sequence[ReadForm], Sequence[ReadForm]]]:
    if measure is None:
        yield from leave_one_out(read)
        return
    learned = [f for name, found in read.items() if name != measure.stem for f in found]
    yield measure.stem, learned, read_forms([measure])


def usable(statements: Sequence[Statement]) -> Sequence[Statement]:
    """The statements, if both kinds are among them; raises ConfigError otherwise."""
    if len({s.vague for s in statements}) < 2:
        raise ConfigError("corpus_one_sided")
    return statements


def _vague_line(name: str, method: str, found: Figures) -> str:
    numbers = (f"{found.precision:.3f}", f"{found.recall:.3f}", f"{found.f1:.3f}")
    return "\t".join([name, method, *numbers, str(found.items)])
