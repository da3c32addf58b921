"""``python -m tests.bench.scan_speed``: scanned pages beside the bare engine.

The same pictures of sample pages (200 dpi) go through RapidOCR's own call and
through our whole page: light, seals, levelling, recognition, rulings, lone marks,
second look, tables. Processor time of one process, interleaved, the fastest round
counts; peak memory is that of this process.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.sources.pdf_table import page_blocks
from pipeline.sources.scan import page as scan_page
from pipeline.sources.scan import raster
from pipeline.sources.scan.engine import Engine, load_engine
from pipeline.sources.scan.images import Page
from pipeline.sources.scan.options import Backend, chosen

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
NAMES = ("gz-2020-eco-02.pdf", "sn-2022-forest-01.pdf", "three-forms.pdf")


def pictures(limit: int) -> list[Page]:
    """The first pages of the samples, as a scanner would give them."""
    found: list[Page] = []
    for name in NAMES:
        with raster.opened((DOCUMENTS / name).read_bytes()) as document:
            numbers = range(1, len(document) + 1)
            found += [raster.render(document, number) for number in numbers]
    return found[:limit]


def bare_engine(backend: Backend, threads: int) -> Any:
    """RapidOCR as its manual calls it, the classifier off as with us."""
    from rapidocr import EngineType, RapidOCR

    kind = EngineType(backend.value)
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Det.engine_type": kind,
            "Rec.engine_type": kind,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.openvino.inference_num_threads": threads,
        }
    )


def read_whole(pages: list[Page], engine: Engine) -> None:
    """Picture to tables."""
    for page in pages:
        page_blocks(scan_page.read_page(page, engine).content, page=1)


class WithoutSecondLook:
    """The engine, counting the time of the readings with few characters."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.name, self.spent = engine, engine.name, 0.0

    def detect(self, picture: Any) -> Any:
        return self.engine.detect(picture)

    def read(self, crops: Any, *, only: str = "") -> Any:
        start = time.process_time()
        readings = self.engine.read(crops, only=only)
        if only:
            self.spent += time.process_time() - start
        return readings


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scan_speed")
    parser.add_argument("--pages", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--backend", type=Backend, default=Backend.AUTO)
    parser.add_argument("--only-ours", action="store_true", help="for peak memory")
    given = parser.parse_args()
    pages, backend = pictures(given.pages), chosen(given.backend)
    ours = WithoutSecondLook(load_engine(backend, given.threads))
    whole: list[float] = []
    again: list[float] = []
    alone: list[float] = []
    bare = None if given.only_ours else bare_engine(backend, given.threads)
    for round_number in range(given.rounds + 1):
        ours.spent = 0.0
        spent = seconds(lambda: read_whole(pages, ours))
        if round_number:  # the first round loads the models
            whole.append(spent)
            again.append(ours.spent)
        if bare is not None:
            spent = seconds(lambda: [bare(page.pixels) for page in pages])
            alone += [spent] if round_number else []
    mine = min(whole)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(pages)} pages, {backend.value}, {given.threads} thread(s)")
    print(f"whole page          {mine / len(pages):.2f} s  {len(pages) / mine:.2f} /s")
    print(f"  of it second look {min(again) / len(pages):.2f} s")
    if alone:
        least = min(alone)
        print(
            f"bare RapidOCR       {least / len(pages):.2f} s  {len(pages) / least:.2f} /s"
        )
        print(f"whole / bare        {mine / least:.2f}")
    print(f"peak memory         {peak:.0f} MiB")


if __name__ == "__main__":
    main()
