"""Embedded fonts, for the characters of glyphs that the text does not name."""

from __future__ import annotations

import io
import logging
import struct

from pdfminer.pdffont import TrueTypeFont

from pipeline.errors import DocumentError
from pipeline.sources.ooxml import Package

log = logging.getLogger(__name__)

_FONT_FAILURES = (
    TrueTypeFont.CMapNotFound,
    AssertionError,
    KeyError,
    IndexError,
    TypeError,
    ValueError,
    struct.error,
)
"""What pdfminer raises on damaged fonts, and on those that name no characters."""


class Fonts:
    """The embedded fonts of a package, each opened once and only when needed."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._known: dict[str, dict[int, str]] = {}

    def of(self, path: str) -> dict[int, str]:
        """Glyph number → character of a font file; empty for none."""
        if path not in self._known:
            self._known[path] = self._read(path) if path else {}
        return self._known[path]

    def _read(self, path: str) -> dict[int, str]:
        try:
            data = self._package.part(path)
        except DocumentError:
            return {}
        if not data:
            return {}
        try:
            mapped = TrueTypeFont(path, io.BytesIO(data)).create_unicode_map()
        except _FONT_FAILURES as error:
            log.debug("font %s names no characters: %s", path, type(error).__name__)
            return {}
        return {int(glyph): text for glyph, text in mapped.cid2unichr.items()}
