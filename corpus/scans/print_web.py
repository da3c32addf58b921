"""Forms as a browser prints them: Chromium's own page breaks, cut rows included."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any

from corpus.generator.grid import FormGrid, GridCell
from corpus.scans.styles import Style

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

RULES = {
    "grid": "td{border:0.6pt solid #000}",
    "no_outer": (
        "td{border:0.6pt solid #000} tr:first-child td{border-top:none}"
        "tr.last td{border-bottom:none} td.left{border-left:none}"
        "td.right{border-right:none} table{border:hidden}"
    ),
    "dashed": "td{border:0.8pt dashed #000}",
    "double": "td{border:2.4pt double #000}",
    "horizontal": (
        "td{border:none;border-bottom:0.5pt solid #000}"
        "table{border-top:1.2pt solid #000;border-bottom:1.2pt solid #000}"
    ),
    "none": "td{border:none}",
}
#: Without vertical rulings people leave room between columns.
WIDE = frozenset(("horizontal", "none"))


def cell_html(cell: GridCell, *, centred: bool) -> str:
    spans = "".join(
        f' {name}="{count}"'
        for name, count in (("rowspan", cell.row_span), ("colspan", cell.col_span))
        if count > 1
    )
    place = ' class="c"' if centred else ""
    text = "<br>".join(escape(line, quote=False) for line in cell.text.split("\n"))
    return f"<td{spans}{place}>{text}</td>"


def form_html(grid: FormGrid, widths: Sequence[float], style: Style) -> str:
    total = sum(widths)
    columns = "".join(f'<col style="width:{w / total:.2%}">' for w in widths)
    rows = "".join(
        "<tr>"
        + "".join(
            cell_html(c, centred=style.rules not in WIDE and len(c.text) <= 12)
            for c in row
        )
        + "</tr>"
        for row in grid.rows
    )
    lines = "".join(f"<p>{escape(line)}</p>" for line in grid.lines)
    return (
        f"<h2>{escape(grid.title)}</h2>{lines}"
        f"<table><colgroup>{columns}</colgroup>{rows}</table>"
    )


def page_html(
    grids: Sequence[FormGrid], widths: Sequence[float], style: Style, family: str
) -> str:
    wide = style.rules in WIDE
    size = "A4 landscape" if style.landscape else "A4"
    padding = "3pt 7pt" if wide else "2pt 2.5pt"
    css = (
        f"@page{{size:{size};margin:{style.margin}mm}}"
        f"body{{margin:0;font:{style.size}pt '{family}';line-height:1.35}}"
        f"h2{{font-size:{style.size * 1.7:.1f}pt;text-align:center;margin:6pt 0 3pt}}"
        "p{text-align:center;margin:0 0 4pt}"
        "table{border-collapse:collapse;width:100%;table-layout:fixed;margin-bottom:9pt}"
        f"td{{padding:{padding};vertical-align:{'top' if wide else 'middle'};"
        "overflow-wrap:anywhere}td.c{text-align:center}" + RULES[style.rules]
    )
    forms = "".join(form_html(grid, widths, style) for grid in grids)
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><style>{css}'
        f"</style></head><body>{forms}</body></html>"
    )


@contextmanager
def browser() -> Iterator[Any]:
    """One Chromium for many pages. Raises FileNotFoundError without one."""
    from playwright.sync_api import sync_playwright

    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise FileNotFoundError(" / ".join(BROWSERS))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        try:
            yield chromium
        finally:
            chromium.close()


def print_web(chromium: Any, html: str) -> bytes:
    """A page as PDF, with the page size that its style sheet asks for."""
    page = chromium.new_page()
    try:
        page.set_content(html)
        pdf: bytes = page.pdf(prefer_css_page_size=True, print_background=True)
    finally:
        page.close()
    return pdf
