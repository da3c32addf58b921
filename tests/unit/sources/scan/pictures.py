"""Pictures of the form of builders.py, as scanners and cameras make them."""

from __future__ import annotations

import io
from functools import cache

import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.core.document import Document
from tests.unit.sources.builders import FORM, make_pdf, only_table

DPI = 150


@cache
def pages(dpi: int = DPI) -> tuple[Image.Image, ...]:
    """The pages of the printed form."""
    document = pypdfium2.PdfDocument(make_pdf())
    return tuple(
        page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document
    )


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def scanned_pdf(*images: Image.Image, hidden: str = "") -> bytes:
    """A PDF whose A4 pages are pictures, with the text that a scanner made of them."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    for image in images:
        canvas.drawImage(ImageReader(image), 0, 0, 595, 842)
        if hidden:
            text = canvas.beginText(60, 760)
            text.setFont("STSong-Light", 10)
            text.setTextRenderMode(3)
            for start in range(0, len(hidden), 40):
                text.textLine(hidden[start : start + 40])
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def folded(text: str) -> str:
    """As compared: full-width marks and their ASCII twins are one to the engine."""
    table = str.maketrans("（），；：％", "(),;:%")
    return "".join(text.split()).translate(table)


def right_cells(document: Document) -> float:
    """Share of the form's cells with the right place, spans and text."""
    found = {
        (c.row, c.column, c.row_span, c.column_span, folded(c.text))
        for c in only_table(document).cells
    }
    wanted = {(r, c, h, w, folded(t)) for r, c, h, w, t in FORM}
    return len(found & wanted) / len(wanted)
