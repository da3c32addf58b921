"""Stray markup out of text: entities, tags, control characters."""

from __future__ import annotations

import html
import html.entities
import re

_BLOCK = """
address article aside blockquote body br caption center dd div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p
pre section table tbody td tfoot th thead tr ul
"""
_INLINE = """
a abbr acronym b base basefont bdi bdo big button cite code col colgroup data del dfn
em font head i iframe img input ins kbd label link mark meta nobr noscript o:p object
option param q s samp select small span strike strong sub sup svg template textarea
time title tt u var wbr
"""

BLOCK_TAGS = frozenset(_BLOCK.split())
"""Tags that begin and end a line where they are shown."""

INLINE_TAGS = frozenset(_INLINE.split())
"""Tags that leave no trace."""

# Only entities that end with ";": "R&D" and "A&B" are text, and so is "&lt5".
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Known names only: "<90%", "<5天" and "<b类" must not match.
_TAG = re.compile(
    r"</?(" + "|".join(sorted(BLOCK_TAGS | INLINE_TAGS, key=len, reverse=True)) + r")"
    r"(?:\s[^<>]*|/)?>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    # Bounded, so that a text of many openings without an end stays fast.
    r"<!--.{0,1000}?-->|<(script|style)\b[^<>]*>.{0,5000}?</\1\s*>"
    r"|<!\[(?:if|endif)[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    r"""The text as a reader would see it, with ``\n`` for line breaks.

    Entities are decoded, block tags become one ``\n``, other HTML tags vanish,
    tabs and no-break spaces become spaces, control characters are dropped,
    white space round ``\n`` and at both ends is dropped. Nothing else changes.
    """
    if "&" in text:
        text = _ENTITY.sub(_decode, text)
    if "<" in text:
        text = _TAG.sub(_replace_tag, _HIDDEN.sub("", text))
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ").replace("\u00a0", " ")
    text = _CONTROLS.sub("", text)
    # Not by a regular expression: "\s*\n" is quadratic in a long run of spaces.
    return "\n".join(s for line in text.split("\n") if (s := line.strip()))


def lines(text: str) -> list[str]:
    """The non-empty lines of ``clean(text)``."""
    cleaned = clean(text)
    return cleaned.split("\n") if cleaned else []


def _decode(match: re.Match[str]) -> str:
    entity = match.group()
    if entity.startswith("&#"):
        return html.unescape(entity)
    return html.entities.html5.get(entity[1:], entity)


def _replace_tag(match: re.Match[str]) -> str:
    return "\n" if match.group(1).lower() in BLOCK_TAGS else ""
