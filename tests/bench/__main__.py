"""``make bench``: rates of the product beside bare passes over the same input.

The passes take turns, so that a machine that slows down slows all of them.
Nothing is asserted: times belong to the machine.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import jieba

from pipeline.runner.child import collect_less
from tests.bench import passes
from tests.bench.growth import (
    FORM_SIZES,
    HOSTILE,
    TEXT_SIZES,
    form_of,
    seconds_of_grammar,
    seconds_of_match,
)
from tests.bench.inputs import (
    annotated_forms,
    annotated_texts,
    archive_forms,
    sample_pdfs,
)

ROUNDS = 5
_PAIRS_MATCHED, _MOST_ROUNDS = 144_000, 60
_PAIRS_OF_FORMS, _MOST_FORMS = 28_800, 12


@dataclass
class Pass:
    """A kind of pass, how many items it goes over, and its times."""

    name: str
    work: Callable[[Any], None]
    given: Sequence[Any]
    items: int
    unit: str
    bare: str | None = None
    times: list[float] = field(default_factory=list)

    @property
    def fastest(self) -> float:
        return min(self.times)

    @property
    def median(self) -> float:
        return statistics.median(self.times)


def all_passes() -> list[Pass]:
    forms, pdfs = annotated_forms(), sample_pdfs()
    stream = archive_forms()
    plain = annotated_texts()
    pages = sum(pdf.pages for pdf in pdfs)
    lines = (plain, sum(len(text) for text, _ in plain), "chars")
    texts, files = (forms, len(forms), "forms"), (pdfs, pages, "pages")
    archive = (stream, len(stream), "forms of an archive")
    return [
        Pass("bare jieba.cut", passes.bare_jieba, *texts),
        Pass("analyze", passes.analyze, *texts, bare="bare jieba.cut"),
        Pass("jieba, archive", passes.bare_jieba, *archive),
        Pass("analyze, archive", passes.analyze, *archive, bare="jieba, archive"),
        Pass("bare \\d+ scan", passes.bare_digits, *lines),
        Pass("bare jieba of texts", passes.bare_words, *lines),
        Pass("find_quantities", passes.grammar, *lines, bare="bare jieba of texts"),
        Pass("bare pdfminer.six", passes.bare_pdfminer, *files),
        Pass("bare pdfplumber", passes.bare_pdfplumber, *files),
        Pass("bare pypdfium2", passes.bare_pdfium, *files),
        Pass("PDF read", passes.read_pdf, *files, bare="bare pdfminer.six"),
        Pass("PDF read+analyze", passes.extract_pdf, *files, bare="bare pdfminer.six"),
    ]


def measure(rows: Sequence[Pass], rounds: int) -> None:
    for row in rows:  # first use loads models and dictionaries
        passes.seconds(row.work, row.given)
    for _ in range(rounds):
        for row in rows:
            row.times.append(passes.seconds(row.work, row.given))


def render(rows: Sequence[Pass]) -> str:
    """Time per pass (min and median), rate per core, and times the bare pass."""
    fastest = {row.name: row.fastest for row in rows}
    lines = [
        f"{'pass':<20}{'min s':>9}{'median s':>10}{'per s and core':>17}{'× bare':>9}"
    ]
    for row in rows:
        per_second = row.items / row.median
        unit = row.unit.partition(" ")[0]
        rate = f"{per_second:,.{0 if per_second > 1000 else 1}f} {unit}"
        ratio = f"{row.fastest / fastest[row.bare]:.2f}" if row.bare else ""
        lines.append(
            f"{row.name:<20}{row.fastest:>9.3f}{row.median:>10.3f}{rate:>17}{ratio:>9}"
        )
    return "\n".join(lines)


def render_matching(sizes: Sequence[tuple[int, int]] = FORM_SIZES) -> str:
    """Milliseconds of matching made-up forms, targets × outcomes, each the best of some.

    The smaller a form, the more one program beside disturbs, and the more often it is
    matched. Forms of one size differ, so that of small ones several are taken.
    """
    lines = [
        f"{'matching':<20}{'forms':>7}{'median ms':>11}{'most ms':>9}{'µs a pair':>11}"
    ]
    for targets, outcomes in sizes:
        pairs = targets * outcomes
        rounds = max(3, min(_MOST_ROUNDS, _PAIRS_MATCHED // pairs))
        spent = _fastest_matches(targets, outcomes, rounds)
        median = statistics.median(spent)
        lines.append(
            f"{f'{targets} × {outcomes}':<20}{len(spent):>7}{median * 1e3:>11.1f}"
            f"{max(spent) * 1e3:>9.1f}{median / pairs * 1e6:>11.2f}"
        )
    return "\n".join(lines)


def _fastest_matches(targets: int, outcomes: int, rounds: int) -> list[float]:
    """The least seconds of each of some forms, which take turns."""
    count = max(1, min(_MOST_FORMS, _PAIRS_OF_FORMS // (targets * outcomes)))
    forms = [form_of(targets, outcomes, seed=seed) for seed in range(7, 7 + count)]
    turns = [[seconds_of_match(form) for form in forms] for _ in range(rounds)]
    return [min(seconds) for seconds in zip(*turns, strict=True)]


def render_growth(sizes: Sequence[int] = TEXT_SIZES) -> str:
    """How ``find_quantities`` grows on hostile texts: seconds, and t(2n)/t(n)."""
    lines = [
        f"{'t(2n)/t(n) up to':<24}" + "".join(f"{size:>11,}" for size in sizes[1:])
    ]
    lines[0] += f"{'s':>8}"
    for name, make in HOSTILE.items():
        spent = {n: seconds_of_grammar(make(n)) for n in sizes}
        ratios = [spent[b] / spent[a] for a, b in itertools.pairwise(sizes)]
        lines.append(
            f"{name:<24}"
            + "".join(f"{ratio:>11.2f}" for ratio in ratios)
            + f"{spent[sizes[-1]]:>8.2f}"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--growth", action="store_true", help="hostile texts up to 1 M (minutes)"
    )
    chosen = parser.parse_args()
    rounds = max(3, chosen.rounds)
    jieba.setLogLevel(logging.WARNING)
    rows = all_passes()
    measure(rows, rounds)
    by_unit = {row.unit: row.items for row in rows}
    counted = ", ".join(f"{items} {unit}" for unit, items in by_unit.items())
    print(f"{counted}; {rounds} interleaved rounds, processor time of one process")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print(render(rows))
    collect_less()  # as in a worker
    print(f"\n{render_matching()}")
    if chosen.growth:
        print(f"\n{render_growth()}")


if __name__ == "__main__":
    main()
