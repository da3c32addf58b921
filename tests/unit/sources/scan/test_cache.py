from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from pipeline.core.provenance import BBox
from pipeline.sources.pdf_page import Glyph, PageContent, Ruling
from pipeline.sources.scan import cache, session
from pipeline.sources.scan.geometry import placement, scaling
from pipeline.sources.scan.images import Page
from pipeline.sources.scan.options import OcrOptions
from pipeline.sources.scan.scanned import Scanned
from pipeline.sources.scan.session import ScanSession

PAGE = Page(np.full((40, 30, 3), 255, np.uint8), None)
SCANNED = Scanned(
    PageContent(
        30.0,
        40.0,
        [Glyph("目", 1.234567, 2, 3, 4, 5, 0, 1.234567, 3, 4, 0.98765)],
        [Ruling(True, 1.005, 2, 3), Ruling(False, 4, 5, 6)],
    ),
    placement(scaling(2.0, 3.0), 60, 120),
)


def test_a_kept_page_is_the_one_just_read(tmp_path: Path) -> None:
    packed = cache.packed(SCANNED)
    cache.store(tmp_path, "ab12", packed)
    assert cache.load(tmp_path, "ab12") == cache.unpacked(packed)
    kept = cache.unpacked(packed)
    assert cache.packed(kept) == packed
    assert kept.content.glyphs[0].text == "目"
    assert kept.placement.place(BBox(1, 1, 2, 2)) == BBox(2, 3, 4, 6)


def test_damage_costs_only_time(tmp_path: Path) -> None:
    assert cache.load(tmp_path, "ab12") is None
    (tmp_path / "ab").mkdir()
    for damaged in (b"", b"\x00" * 20, cache.packed(SCANNED)[:-9]):
        (tmp_path / "ab" / "ab12.page").write_bytes(damaged)
        assert cache.load(tmp_path, "ab12") is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache.store(tmp_path / "file", "ab12", b"x")
    assert cache.load(tmp_path / "file", "ab12") is None
    assert (tmp_path / "file").read_bytes() == b""


def test_the_key_is_what_decides_the_result() -> None:
    other = Page(PAGE.pixels.copy(), 0.36)
    darker = PAGE.pixels.copy()
    darker[0, 0, 0] = 254
    keys = {
        cache.page_key(PAGE, "one"),
        cache.page_key(PAGE, "two"),
        cache.page_key(other, "one"),
        cache.page_key(Page(darker, None), "one"),
    }
    assert len(keys) == 4
    assert cache.page_key(Page(PAGE.pixels.copy(), None), "one") in keys


def test_pages_are_recognised_once_and_again_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []

    def read_page(page: object, engine: object) -> Scanned:
        read.append(page)
        return SCANNED

    monkeypatch.setattr("pipeline.sources.scan.page.read_page", read_page)
    monkeypatch.setattr("pipeline.sources.scan.engine.load_engine", lambda *_: None)
    first = ScanSession(OcrOptions(cache=tmp_path)).recognised(1, PAGE)
    again = ScanSession(OcrOptions(cache=tmp_path)).recognised(1, PAGE)
    assert (first, len(read)) == (again, 1)
    ScanSession(OcrOptions(cache=tmp_path, redo=True)).recognised(1, PAGE)
    assert len(read) == 2
    ScanSession(OcrOptions()).recognised(1, PAGE)
    assert len(read) == 3
    assert session.ScanSession(OcrOptions()).pages == ()


def test_a_folder_that_has_outgrown_its_size_loses_the_oldest_pages(
    tmp_path: Path,
) -> None:
    keys = [f"{i:02x}aa" for i in range(12)]
    for age, key in enumerate(keys):
        cache.store(tmp_path, key, bytes(100_000))
        path = tmp_path / key[:2] / f"{key}.page"
        os.utime(path, (1_000_000 + age, 1_000_000 + age))
    (tmp_path / "notes.txt").write_bytes(bytes(5_000_000))  # not ours

    def left() -> list[str]:
        return sorted(path.stem for path in tmp_path.glob("??/*.page"))

    cache.trim(tmp_path, 2)
    assert left() == keys
    cache.trim(tmp_path, 1)
    assert left() == keys[3:]  # to nine tenths, so that it is not done each time
    assert (tmp_path / "notes.txt").exists()
    cache.trim(tmp_path / "missing", 1)


def test_a_page_that_is_used_is_not_the_next_to_go(tmp_path: Path) -> None:
    for key in ("aa11", "bb22"):
        cache.store(tmp_path, key, cache.packed(SCANNED))
        os.utime(tmp_path / key[:2] / f"{key}.page", (1_000_000, 1_000_000))
    assert cache.load(tmp_path, "aa11") is not None
    used, unused = (
        (tmp_path / key[:2] / f"{key}.page").stat().st_mtime for key in ("aa11", "bb22")
    )
    assert used > unused
