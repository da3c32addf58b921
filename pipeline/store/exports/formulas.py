"""Texts that a spreadsheet would take for formulas."""

from __future__ import annotations

import re

# A spreadsheet takes a cell that begins like this for a formula (OWASP, CSV
# injection); the full-width forms because Chinese and Japanese Excel fold them.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
# -5, +3.2, -0.5%, and dashes that stand for "nothing": nobody computes with those.
_HARMLESS = re.compile(r"[+\-－＋]?\d+(?:\.\d+)?[%％]?|[-－—]+")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might run it; negative numbers and dashes are none."""
    return bool(_FORMULA.match(text)) and not _HARMLESS.fullmatch(text)


def neutralise(text: str) -> str:
    """The text with a ``'`` in front where a spreadsheet would run it."""
    return "'" + text if looks_like_formula(text) else text
