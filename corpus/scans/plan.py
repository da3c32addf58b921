"""Which forms are printed how and worn in which way: one plan per seed.

Forms are divided first, so that none stands in both halves. Every condition
then comes equally often in each half, and conditions, styles and fonts are
paired by separate shuffles, so that none of them stands for another.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.generator.grid import FormGrid, lay_out
from corpus.generator.layouts import GRID_LAYOUTS, LAYOUTS, Layout
from corpus.generator.spec import FormSpec, load_specs
from corpus.scans.conditions import CONDITIONS, Condition
from corpus.scans.fonts import FONTS, Font, can_print
from corpus.scans.styles import STYLES, Style

SEED = 11
SPLITS = ("dev", "held-out")
#: Annotations that forms are taken from; never one that is kept for a last look.
SOURCES = ("train", "dev", "train2", "dev2", "train3")
#: How often each condition comes in a half.
REPEATS = 3
#: Characters of goal and outcome up to which a form fills about one page.
SHORT = 420
LONG = 700


@dataclass(frozen=True, slots=True)
class Scan:
    """One document of the scan set."""

    id: str
    split: str
    specs: tuple[FormSpec, ...]
    layout: Layout
    style: Style
    font: Font
    condition: Condition

    @property
    def grids(self) -> tuple[FormGrid, ...]:
        return tuple(lay_out(spec, self.layout) for spec in self.specs)


def plan_scans(split: str, *, seed: int = SEED) -> tuple[Scan, ...]:
    """The scans of ``dev`` or ``held-out``; any first few are already mixed.

    Raises ValueError for another split, or when no font prints a form.
    """
    if split not in SPLITS:
        msg = f"no split {split!r}; there are {SPLITS}"
        raise ValueError(msg)
    half = _halves(seed)[SPLITS.index(split)]
    return tuple(_scans(split, half, random.Random(f"{seed}:{split}")))


def _halves(seed: int) -> tuple[list[FormSpec], list[FormSpec]]:
    # A form without a printed rating cannot be laid out in every layout.
    specs = [s for source in SOURCES for s in load_specs(source) if s.rating]
    # By length, so that both halves hold as many long forms.
    specs.sort(key=lambda spec: (_length(spec), spec.id))
    rng = random.Random(seed)
    halves: tuple[list[FormSpec], list[FormSpec]] = ([], [])
    for start in range(0, len(specs) - 1, 2):
        pair = rng.sample(specs[start : start + 2], k=2)
        for half, spec in zip(halves, pair, strict=True):
            half.append(spec)
    return halves


def _length(spec: FormSpec) -> int:
    return len(spec.goal_text or "") + len(spec.outcome_text or "")


def _scans(split: str, half: Sequence[FormSpec], rng: random.Random) -> Iterator[Scan]:
    conditions = [
        c for _ in range(REPEATS) for c in rng.sample(CONDITIONS, k=len(CONDITIONS))
    ]
    styles = _turns(STYLES, len(conditions), rng)
    fonts = _turns(FONTS, len(conditions), rng)
    layouts = _turns(GRID_LAYOUTS, len(conditions), rng)
    queues = {
        "any": _turns(half, len(half) * 2, rng),
        "short": [
            s for s in rng.sample(list(half), k=len(half)) if _length(s) <= SHORT
        ],
        "long": [s for s in rng.sample(list(half), k=len(half)) if _length(s) >= LONG],
    }
    for number, condition in enumerate(conditions):
        style = styles[number]
        queue = queues[style.length]
        specs = [queue.pop(0) for _ in range(style.forms)]
        queue.extend(specs)  # to the end: taken again only after all others
        layout = layouts[number]
        if any(spec.currency_unit == "元" for spec in specs):
            layout = LAYOUTS["split_target"]  # the one with a line for the unit
        yield Scan(
            id=f"{split}-{number + 1:02d}",
            split=split,
            specs=tuple(specs),
            layout=layout,
            style=style,
            font=_font(fonts[number], specs, layout, style),
            condition=condition,
        )


def _turns(items: Sequence, count: int, rng: random.Random) -> list:  # type: ignore[type-arg]
    """``count`` items, each as often as every other, in shuffled rounds."""
    turns: list = []  # type: ignore[type-arg]
    while len(turns) < count:
        turns.extend(rng.sample(list(items), k=len(items)))
    return turns[:count]


def _font(
    wanted: Font, specs: Sequence[FormSpec], layout: Layout, style: Style
) -> Font:
    """The wanted font, or the next that has every character of the forms."""
    text = "".join(
        cell.text
        for spec in specs
        for row in lay_out(spec, layout).rows
        for cell in row
    )
    start = FONTS.index(wanted)
    for font in (*FONTS[start:], *FONTS[:start]):
        if style.producer == "report" and not font.outlines:
            continue
        if can_print(font, text):
            return font
    msg = f"no font prints {[spec.id for spec in specs]}"
    raise ValueError(msg)
