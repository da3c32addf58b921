"""The scan set: one plan per seed, no form in both halves, the same bytes again."""

from __future__ import annotations

import io
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageOps

from corpus.generator import LAYOUTS, load_specs
from corpus.generator.grid import lay_out
from corpus.scans import SPLITS, plan_scans
from corpus.scans.conditions import CONDITIONS
from corpus.scans.pages import file_kind, pack, rasterise, wear_pages
from corpus.scans.plan import REPEATS, SOURCES, Scan
from corpus.scans.print_report import print_report
from corpus.scans.print_web import page_html
from corpus.scans.styles import STYLES, WIDTHS, Style
from corpus.scans.wear import STEPS
from corpus.scans.write_scans import column_weights, index_lines

SPEC = load_specs("train")[0]
PAGE = np.full((160, 120, 3), 255, np.uint8)
PAGE[20:140:12] = 0
PAGE[20:140, 10:110:20] = 0


@pytest.fixture(scope="module")
def plans() -> dict[str, tuple[Scan, ...]]:
    # Which font prints what depends on the fonts of the machine; the rest does not.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.scans.plan.can_print", lambda font, text: True)
        return {split: plan_scans(split) for split in SPLITS}


def test_no_form_stands_in_both_halves(plans: dict[str, tuple[Scan, ...]]) -> None:
    dev, kept = (
        {s.id for scan in plans[split] for s in scan.specs} for split in SPLITS
    )
    assert not dev & kept
    assert min(len(dev), len(kept)) >= 15


def test_no_form_comes_from_a_split_that_is_kept_back() -> None:
    assert not [name for name in SOURCES if name.startswith("test")]


@pytest.mark.parametrize("split", SPLITS)
def test_every_condition_comes_equally_often(
    plans: dict[str, tuple[Scan, ...]], split: str
) -> None:
    counted = Counter(scan.condition.id for scan in plans[split])
    assert counted == {c.id: REPEATS for c in CONDITIONS}
    assert {scan.style.id for scan in plans[split]} == {s.id for s in STYLES}
    assert len({scan.font.id for scan in plans[split]}) >= 6
    assert {scan.font.style for scan in plans[split]} == {"song", "hei", "kai"}


def test_a_form_comes_again_only_after_the_others(
    plans: dict[str, tuple[Scan, ...]],
) -> None:
    for scans in plans.values():
        assert not any(a.specs == b.specs for a, b in pairwise(scans))


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda c: c.id)
def test_a_page_is_worn_alike_each_time_and_each_page_by_itself(condition) -> None:  # type: ignore[no-untyped-def]
    def worn(key: str) -> list[np.ndarray]:  # type: ignore[type-arg]
        return wear_pages([PAGE, PAGE], condition, key=key, seal_text="000")

    first, again, other = worn("a"), worn("a"), worn("b")
    kind = file_kind(condition, 2)
    packed = [
        pack(pages, kind, dpi=condition.dpi, bilevel="binarise" in condition.steps)
        for pages in (first, again)
    ]
    assert packed[0] == packed[1]
    if condition.steps and "turn" not in condition.steps:
        assert not np.array_equal(first[0], first[1])
        assert not np.array_equal(first[0], other[0])
        assert not np.array_equal(first[0], PAGE)


def test_every_step_is_used() -> None:
    assert set(STEPS) == {step for c in CONDITIONS for step in c.steps}


def test_a_printed_form_gives_the_same_file_twice() -> None:
    """With a font that needs no file; which glyphs it has does not matter here."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    grid = lay_out(SPEC, LAYOUTS["mof2020"])
    weights = [WIDTHS[role] for role, _ in LAYOUTS["mof2020"].columns]
    style = Style("tiny", "report", size=8)

    def made() -> bytes:
        pages = rasterise(print_report([grid], weights, style, "STSong-Light"), 30)
        return pack(pages, "tiff", dpi=30, bilevel=True)

    assert made() == made()
    assert np.asarray(Image.open(io.BytesIO(made()))).mean() < 1


def test_a_turned_photograph_is_upright_again_by_its_tag() -> None:
    for shade in range(6):  # the turn is drawn from the picture
        page = np.full((30, 20, 3), 200 + shade, np.uint8)
        page[:5] = 0
        stored = Image.open(io.BytesIO(pack([page], "jpg", dpi=50, bilevel=False)))
        upright = np.asarray(ImageOps.exif_transpose(stored))
        assert upright.shape == page.shape
        assert upright[:3].mean() < 60 < upright[8:].mean()


def test_rulings_are_what_the_style_says() -> None:
    grid = lay_out(SPEC, LAYOUTS["mof2020"])
    pages = {
        style.rules: page_html([grid], [1.0] * grid.width, style, "serif")
        for style in STYLES
    }
    assert "dashed" in pages["dashed"] and "double" in pages["double"]
    assert "td{border:none}" in pages["none"]


def test_the_index_says_what_is_printed(plans: dict[str, tuple[Scan, ...]]) -> None:
    pair = next(scan for scan in plans["dev"] if len(scan.specs) == 2)
    lines = list(index_lines(pair, "x.pdf", 2))
    assert [line["form_index"] for line in lines] == [0, 1]
    assert [line["source"] for line in lines] == [s.id for s in pair.specs]
    assert lines[0]["form"]["project_name"] == pair.specs[0].project_name
    assert len(column_weights(pair)) == pair.grids[0].width
