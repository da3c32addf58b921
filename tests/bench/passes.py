"""One pass of each kind over the whole input."""

from __future__ import annotations

import gc
import io
import re
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

import jieba
import pdfplumber
import pypdfium2
from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

import pipeline
from pipeline import sources
from pipeline.api import extract_bytes
from pipeline.core.quantity import Role
from pipeline.language.quantities import find_quantities
from pipeline.matching.measures.boundaries import Places
from tests.bench.inputs import Pdf, texts_of

_DIGITS = re.compile(r"\d+")
TEXT_CACHE = 1024
"""Caches at least this large hold texts of forms; the others rules, or a few whole texts."""
WHOLE_TEXTS = frozenset({"text", "folded", "goal_text", "outcome_text", "phrases"})
"""What the parameters of functions are called that remember a few whole texts."""


def bare_jieba(forms: Sequence[dict[str, Any]]) -> None:
    """jieba's own cut over the texts of the forms."""
    for form in forms:
        for text in texts_of(form):
            for _ in jieba.cut(text):
                pass


def analyze(forms: Sequence[dict[str, Any]]) -> None:
    """The Python door over the same forms, to the finished line of JSON."""
    for form in forms:
        pipeline.analyze(**form).to_json()


def bare_digits(texts: Sequence[tuple[str, Role]]) -> None:
    """The least that could find a number: runs of digits."""
    for text, _ in texts:
        for _ in _DIGITS.finditer(text):
            pass


def bare_words(texts: Sequence[tuple[str, Role]]) -> None:
    """jieba's own cut over the texts."""
    for text, _ in texts:
        for _ in jieba.cut(text):
            pass


def grammar(texts: Sequence[tuple[str, Role]]) -> None:
    """The quantity grammar over the texts."""
    for text, role in texts:
        find_quantities(text, role)


def bare_pdfminer(pdfs: Sequence[Pdf]) -> None:
    """pdfminer.six alone, set as the product sets it: glyphs without layout."""
    for pdf in pdfs:
        manager = PDFResourceManager()
        device = PDFPageAggregator(manager, laparams=None)
        interpreter = PDFPageInterpreter(manager, device)
        for page in PDFPage.get_pages(io.BytesIO(pdf.data)):
            interpreter.process_page(page)
            device.get_result()


def bare_pdfplumber(pdfs: Sequence[Pdf]) -> None:
    """pdfplumber's own tables of every page."""
    for pdf in pdfs:
        with pdfplumber.open(io.BytesIO(pdf.data)) as document:
            for page in document.pages:
                page.extract_tables()


def bare_pdfium(pdfs: Sequence[Pdf]) -> None:
    """The text of every page by PDFium alone, without places."""
    for pdf in pdfs:
        with closing(pypdfium2.PdfDocument(pdf.data)) as document:
            for page in document:
                page.get_textpage().get_text_range()


def read_pdf(pdfs: Sequence[Pdf]) -> None:
    """Bytes to Document: text, ruling grid, merged cells, joined pages."""
    for pdf in pdfs:
        sources.read(pdf.data, pdf.name)


def extract_pdf(pdfs: Sequence[Pdf]) -> None:
    """The whole chain: read, lay out, analyse, to the finished line of JSON."""
    for pdf in pdfs:
        for record in extract_bytes(pdf.data, path=pdf.name).records:
            record.to_json()


def seconds(work: Callable[[Any], None], given: Sequence[Any]) -> float:
    """Processor seconds of one pass, as if every text were met for the first time.

    Processor time of this one process does not count what other programs do
    on the machine meanwhile, so that a rate is one per core.
    """
    forget_texts()
    gc.collect()
    start = time.process_time()
    work(given)
    return time.process_time() - start


def forget_texts() -> None:
    """Empty every cache that remembers texts between passes."""
    for name, module in list(sys.modules.items()):
        if not name.startswith("pipeline."):
            continue
        for member in vars(module).values():
            if hasattr(member, "cache_parameters") and _remembers_texts(member):
                member.cache_clear()
            elif isinstance(member, Places):
                member.clear()


def _remembers_texts(cached: Any) -> bool:
    size = cached.cache_parameters()["maxsize"] or 0
    code = cached.__wrapped__.__code__
    parameters = code.co_varnames[: code.co_argcount]
    return size >= TEXT_CACHE or not WHOLE_TEXTS.isdisjoint(parameters)
