"""The sample documents of the repository, and their ``expected.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.generator.bad_inputs import bad_inputs
from corpus.generator.expected import to_plain
from corpus.generator.grid import goal_items
from corpus.generator.layouts import LAYOUTS
from corpus.generator.sample import (
    ARCHIVED,
    FORMATS,
    Print,
    Sample,
    make_sample,
    rotate,
)
from corpus.generator.spec import ANNOTATIONS, FormSpec, load_specs

SEED = 7
#: Splits whose documents lie in the repository; never ``test``.
SPLITS = ("train", "dev")
#: One form without tags or paragraphs in all formats must give one record.
SAME_FORM = "gx-2021-culture-01"
TWO_FORMS = ("hb-2020-health-02", "sd-2023-fire-01")
TWO_SHEETS = ("ha-2023-edu-02", "fj-2020-market-01")
THREE_FORMS = ("js-2018-road-01", "cq-2024-it-01", "sc-2022-agri-02")
ITEMS = "zj-2023-culture-01"
NO_GOAL = "ha-2020-agri-01"
PLACED = frozenset((SAME_FORM, *TWO_FORMS, *TWO_SHEETS, *THREE_FORMS, ITEMS, NO_GOAL))


def all_samples(*, seed: int = SEED, folder: Path = ANNOTATIONS) -> Iterator[Sample]:
    """Every sample document of the repository, in the order of the index."""
    specs = {
        spec.id: spec for split in SPLITS for spec in load_specs(split, folder=folder)
    }
    rest = [spec for spec in specs.values() if spec.id not in PLACED]
    yield from rotate(rest, seed=seed)
    yield from shared_files(specs)
    yield from same_form(specs[SAME_FORM])
    first, second = load_specs("twins", folder=folder)
    twins = [Print(first, LAYOUTS["mof2020"]), Print(second, LAYOUTS["dump"])]
    yield make_sample("twins.txt", twins)
    whole = make_sample("whole.docx", [Print(specs[NO_GOAL], LAYOUTS["mof2020"])])
    yield from bad_inputs(seed, whole_docx=whole.data)


def shared_files(specs: dict[str, FormSpec]) -> Iterator[Sample]:
    """Files with several forms, numbered goals, and a form without a goal."""

    def order(spec_id: str, layout: str) -> Print:
        return Print(specs[spec_id], LAYOUTS[layout])

    yield make_sample(
        "two-forms.txt",
        [order(i, f) for i, f in zip(TWO_FORMS, ("dump", "mof2020"), strict=True)],
        encoding="gb18030",
    )
    yield make_sample(
        "two-sheets.xlsx",
        [
            order(i, f)
            for i, f in zip(TWO_SHEETS, ("mof2020", "label_left"), strict=True)
        ],
    )
    layouts = ("weight_first", "mof2018", "mof2020")
    yield make_sample(
        "three-forms.pdf",
        [order(i, f) for i, f in zip(THREE_FORMS, layouts, strict=True)],
    )
    if not goal_items(specs[ITEMS]):
        msg = f"{ITEMS} no longer has as many outcome items as goal items"
        raise ValueError(msg)
    yield make_sample("numbered-goals.html", [order(ITEMS, "execution_row")])
    yield make_sample(
        "no-goal-cell.docx",
        [Print(specs[NO_GOAL], LAYOUTS["mof2020"], with_goal=False)],
    )


def same_form(spec: FormSpec) -> Iterator[Sample]:
    """The same form in every format."""
    for file_format in (*FORMATS, *ARCHIVED):
        yield make_sample(
            f"same-form/form.{file_format}", [Print(spec, LAYOUTS["mof2020"])]
        )


def index_lines(sample: Sample) -> list[dict[str, Any]]:
    """What the index says about a sample: one line per form, or a reason."""
    if sample.reason is not None:
        return [{"path": sample.path, "reason": sample.reason}]
    return [
        {
            "path": sample.path,
            "form_index": index,
            "source": printed.source,
            "layout": printed.layout,
            "form": to_plain(printed.form),
        }
        for index, printed in enumerate(sample.forms)
    ]


def write_samples(samples: Sequence[Sample], out: Path) -> None:
    """Write the documents and the index under ``out``."""
    lines = []
    for sample in samples:
        path = out / sample.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sample.data)
        lines.extend(index_lines(sample))
    index = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (out / "expected.jsonl").write_text(index, encoding="utf-8", newline="\n")
