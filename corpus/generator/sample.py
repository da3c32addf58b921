"""A sample document: its name, bytes, and the forms it must give."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.generator.expected import expected_form
from corpus.generator.grid import FormGrid, lay_out
from corpus.generator.layouts import GRID_LAYOUTS, LAYOUTS, Layout
from corpus.generator.render_docx import render_docx
from corpus.generator.render_html import render_html
from corpus.generator.render_ofd import render_ofd
from corpus.generator.render_pdf import can_print, render_pdf
from corpus.generator.render_txt import faulty_form, plain_form, render_txt
from corpus.generator.render_xls import render_xls
from corpus.generator.render_xlsx import render_xlsx
from corpus.generator.spec import ANNOTATIONS, FormSpec, load_specs
from pipeline.core.form import Form

FORMATS = ("docx", "xlsx", "pdf", "html", "txt")
#: Formats of archives; each is like one of the others in what it can say.
ARCHIVED = ("xls", "ofd")
#: Encodings by turns for the formats that have one.
ENCODINGS = ("utf-8", "gb18030")


@dataclass(frozen=True, slots=True)
class Printed:
    """One form as printed in a sample: its source, layout and expectation."""

    source: str
    layout: str
    form: Form


@dataclass(frozen=True, slots=True)
class Sample:
    """A document. ``reason`` is what reading fails with, for bad inputs."""

    path: str
    data: bytes
    forms: tuple[Printed, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Print:
    """An order to print a form in a layout."""

    spec: FormSpec
    layout: Layout
    with_goal: bool = field(default=True, kw_only=True)

    @property
    def expected(self) -> Printed:
        form = expected_form(self.spec, self.layout, with_goal=self.with_goal)
        return Printed(self.spec.id, self.layout.id, form)


def render(
    prints: Sequence[Print], file_format: str, *, encoding: str = "utf-8"
) -> bytes:
    """Forms as one file of a format. ``dump`` layouts exist in txt only."""
    if file_format == "txt":
        forms = [
            faulty_form(p.spec, p.layout)
            if p.layout.id == "dump"
            else plain_form(lay_out(p.spec, p.layout, with_goal=p.with_goal))
            for p in prints
        ]
        return render_txt(forms, encoding=encoding)
    grids = [lay_out(p.spec, p.layout, with_goal=p.with_goal) for p in prints]
    if file_format == "html":
        return render_html(grids, encoding=encoding)
    plain: dict[str, Callable[[Sequence[FormGrid]], bytes]] = {
        "docx": render_docx,
        "xlsx": render_xlsx,
        "pdf": render_pdf,
        "xls": render_xls,
        "ofd": render_ofd,
    }
    return plain[file_format](grids)


def make_sample(
    path: str, prints: Sequence[Print], *, encoding: str = "utf-8"
) -> Sample:
    """A sample whose format is its suffix."""
    data = render(prints, path.rsplit(".", 1)[1], encoding=encoding)
    return Sample(path, data, tuple(p.expected for p in prints))


def rotate(specs: Sequence[FormSpec], *, seed: int) -> Iterator[Sample]:
    """Every form once, formats and layouts by turns so that all pairs occur.

    Amounts in 元 are printed in the layout that has a line for the unit.
    """
    rng = random.Random(seed)
    layouts = rng.sample(GRID_LAYOUTS, k=len(GRID_LAYOUTS))
    formats = rng.sample(FORMATS, k=len(FORMATS))
    for turn, spec in enumerate(specs):
        round_number = turn // len(formats)
        file_format = formats[turn % len(formats)]
        layout = layouts[turn % len(layouts)]
        if spec.currency_unit == "元":
            layout = LAYOUTS["split_target"]
        if file_format == "pdf" and not can_print(lay_out(spec, layout)):
            file_format = "docx"
        if file_format == "txt" and round_number % 3 == 1:
            layout = LAYOUTS["dump"]
        path = f"{spec.id}.{file_format}"
        encoding = ENCODINGS[round_number % len(ENCODINGS)]
        yield make_sample(path, [Print(spec, layout)], encoding=encoding)


def samples_of_split(
    split: str, *, seed: int = 7, folder: Path = ANNOTATIONS
) -> Iterator[Sample]:
    """Every form of a split once, in rotating formats and layouts.

    For evaluation on documents; the documents of the test split are made
    here and never lie in the repository.
    """
    yield from rotate(load_specs(split, folder=folder), seed=seed)
