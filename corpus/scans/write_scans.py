"""The files of the scan set, and ``expected.jsonl``: what each must give."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.generator.expected import expected_form, to_plain
from corpus.scans.fonts import missing_packages
from corpus.scans.pages import file_kind, pack, rasterise, wear_pages
from corpus.scans.plan import Scan
from corpus.scans.print_office import print_office, sheet_file, word_file
from corpus.scans.print_report import print_report, register
from corpus.scans.print_web import browser, page_html, print_web
from corpus.scans.styles import WIDTHS


class MissingFontsError(Exception):
    """Fonts that the set is printed in are not installed."""


def column_weights(scan: Scan) -> list[float]:
    """Relative widths of the grid's columns."""
    roles = [role for role, _ in scan.layout.columns]
    if scan.layout.indicator_caption:
        roles.insert(0, "")
    return [WIDTHS[role] for role in roles]


def print_scans(scans: Sequence[Scan]) -> dict[str, bytes]:
    """Every scan's forms as printed, a PDF with text, by scan id."""
    office, printed = {}, {}
    web = [scan for scan in scans if scan.style.producer == "web"]
    for scan in scans:
        weights, family = column_weights(scan), scan.font.family
        if scan.style.producer == "word":
            made = word_file(scan.grids, weights, scan.style, family)
            office[f"{scan.id}.docx"] = made
        elif scan.style.producer == "sheet":
            made = sheet_file(scan.grids, weights, scan.style, family)
            office[f"{scan.id}.xlsx"] = made
        elif scan.style.producer == "report":
            font = register(scan.font)
            printed[scan.id] = print_report(scan.grids, weights, scan.style, font)
    printed.update(print_office(office))
    if web:
        with browser() as chromium:
            for scan in web:
                html = page_html(
                    scan.grids, column_weights(scan), scan.style, scan.font.family
                )
                printed[scan.id] = print_web(chromium, html)
    return printed


def scan_file(scan: Scan, pdf: bytes) -> tuple[str, bytes, int]:
    """A scan's file name, bytes and number of pages."""
    condition = scan.condition
    pages = wear_pages(
        rasterise(pdf, condition.dpi),
        condition,
        key=scan.id,
        seal_text=scan.specs[0].unit,
        seal_font=scan.font,
    )
    kind = file_kind(condition, len(pages))
    bilevel = "binarise" in condition.steps
    data = pack(pages, kind, dpi=condition.dpi, bilevel=bilevel)
    return f"{scan.id}.{kind}", data, len(pages)


def index_lines(scan: Scan, path: str, pages: int) -> Iterator[dict[str, Any]]:
    """One line per form: where it stands, how it was made, what it says."""
    for index, spec in enumerate(scan.specs):
        yield {
            "path": path,
            "form_index": index,
            "source": spec.id,
            "layout": scan.layout.id,
            "style": scan.style.id,
            "font": scan.font.id,
            "condition": scan.condition.id,
            "photo": scan.condition.photo,
            "pages": pages,
            "form": to_plain(expected_form(spec, scan.layout)),
        }


def write_scans(scans: Sequence[Scan], out: Path, *, keep_print: bool = False) -> int:
    """Write the files and the index under ``out``; returns the number of pages.

    Raises MissingFontsError naming the Debian packages that lack.
    """
    missing = missing_packages()
    if missing:
        raise MissingFontsError(" ".join(missing))
    out.mkdir(parents=True, exist_ok=True)
    printed = print_scans(scans)
    lines, total = [], 0
    for scan in scans:
        path, data, pages = scan_file(scan, printed[scan.id])
        (out / path).write_bytes(data)
        if keep_print:
            (out / f"{scan.id}.print.pdf").write_bytes(printed[scan.id])
        lines.extend(index_lines(scan, path, pages))
        total += pages
    index = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (out / "expected.jsonl").write_text(index, encoding="utf-8", newline="\n")
    return total
