"""What each part of the matcher is worth: links with one part taken away.

Every figure is out of sample: a file is matched with coefficients learned
from the other files, learned anew for each variation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.matching.coefficients import Coefficients
from pipeline.matching.groups.answers import Answer
from pipeline.matching.hub import IndicatorTable, indicator_table
from pipeline.matching.measures.measure import Measure
from pipeline.matching.score import score_pairs
from pipeline.resources import models_dir
from pipeline.training.compare import Steps, form_counts
from pipeline.training.fit import fit_coefficients
from pipeline.training.matcher import hand_set
from pipeline.training.pairs import (
    NO_MEASURE,
    FormPairs,
    form_pairs,
    read_forms,
)


@dataclass(frozen=True, slots=True)
class Variation:
    """A matcher with something changed.

    ``seen`` are options of ``form_pairs`` (what training sees), ``steps`` and
    ``gate`` what matching does; ``fixed`` coefficients are not learned.
    """

    name: str
    seen: Mapping[str, Any] = field(default_factory=dict)
    steps: Steps = field(default_factory=dict)
    fixed: Coefficients | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """Counts of one variation, form by form, by file in the order of the files."""

    name: str
    counts: Mapping[str, tuple[Counter[str], ...]]

    @property
    def forms(self) -> tuple[Counter[str], ...]:
        """The counts of every form of all files."""
        return tuple(form for forms in self.counts.values() for form in forms)


def variations() -> tuple[Variation, ...]:
    """The whole matcher, and each part taken away."""
    return (
        Variation("full"),
        Variation(
            "no_hub",
            seen={"tabulate": _no_table},
            steps={"tabulate": _no_table},
        ),
        Variation("no_groups", steps={"join": _pairs_only}),
        Variation("no_unit_gate", seen={"gate": _any_unit}),
        Variation("hand_set", fixed=hand_set(models_dir())),
    )


def _no_table(
    targets: Sequence[Measure], outcomes: Sequence[Measure], _: Sequence[Measure]
) -> IndicatorTable:
    return indicator_table(targets, outcomes, ())


def _pairs_only(answers: Mapping[int, Answer], *_: object) -> dict[int, Answer]:
    return {i: a for i, a in answers.items() if len(a.outcomes) == 1}


def _any_unit(_: Measure, __: Measure) -> bool:
    return True


def ablate(files: Sequence[Path]) -> Iterator[Result]:
    """Measure every variation by leaving out one file at a time."""
    read = {file.stem: read_forms([file]) for file in files}
    for variation in variations():
        pairs = {
            name: [form_pairs(form, **variation.seen) for form in forms]
            for name, forms in read.items()
        }
        counts = {
            name: form_counts(
                forms, _steps(variation, _learned(variation, pairs, name))
            )
            for name, forms in read.items()
            if name != NO_MEASURE
        }
        yield Result(variation.name, counts)


def _learned(
    variation: Variation, pairs: Mapping[str, Sequence[FormPairs]], held_out: str
) -> Coefficients:
    if variation.fixed is not None:
        return variation.fixed
    return fit_coefficients(
        [pair for name, found in pairs.items() if name != held_out for pair in found]
    )


def _steps(variation: Variation, coefficients: Coefficients) -> Steps:
    score: Callable[..., Any] = partial(
        score_pairs, coefficients=coefficients, gate=variation.seen.get("gate")
    )
    return {"score": score, **variation.steps}
