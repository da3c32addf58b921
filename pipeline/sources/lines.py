"""Glyphs to lines, whose words and fields are told by the gaps between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from pipeline.core.provenance import BBox
from pipeline.sources.pdf_page import Glyph

SAME_LINE = 0.5
"""Share of the size that baselines on one line may differ (raised digits)."""

LATIN_SPACE = 0.6
"""Gap in em that parts two Latin words; letter-spaced numbers have up to 0.3."""

WIDE_SPACE = 2.0
"""Gap in em that parts Chinese words; headings are letter-spaced by one em."""

FIELD_GAP = 0.75
"""Gap in em, without a space in the file, that parts two fields of a line, where it
is also SPREAD times the usual gap of that line (letter-spaced headings)."""

SEEN_GAP = 0.6
"""Gap in em that may part fields where the lines above part there as well."""

SPREAD = 3.0
WIDEST_SPREAD = 4.0

TYPED_GAP = 2.5
"""Gap in em that parts two fields where it was made with spaces."""

OVERPRINT = 0.2
"""Shift in em up to which the same character again is only bold print."""

# 1.5万元 and 2023年 are no markers.
LIST_MARKER = re.compile(
    r"(?:\d{1,2}(?:[、）)]|[.．](?!\d))|[一二三四五六七八九十]{1,3}[、.．]"
    r"|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|[①-⑳⑴-⒇●■◆▪•])"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. ``token`` is the width of its first word, sizes in points.

    ``fields`` are the texts between wide gaps with their boxes; ``lead`` is the
    width of a list marker with the character after it, 0 without a marker;
    ``gaps`` are the free stretches of at least SEEN_GAP along the line.
    """

    text: str
    start: float
    end: float
    base: float
    size: float
    token: float
    trailing_space: bool
    box: BBox
    fields: tuple[tuple[str, BBox], ...]
    turn: int = 0
    lead: float = 0.0
    confidence: float | None = None
    gaps: tuple[tuple[float, float], ...] = ()


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Lines from top to bottom, those of turned text after the upright ones."""
    by_turn: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        by_turn.setdefault(glyph.turn, []).append(glyph)
    found: list[Line] = []
    for turn in sorted(by_turn):
        for group in _rows(by_turn[turn]):
            line = _line(group)
            if line is not None:
                found.append(line)
    return found


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if rows and glyph.base - base <= SAME_LINE * min(size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            base, size = glyph.base, glyph.size
    return rows


def _line(glyphs: list[Glyph]) -> Line | None:
    glyphs = _printed_once(sorted(glyphs, key=lambda g: g.start))
    inked = [g for g in glyphs if not g.text.isspace()]
    if not inked:
        return None
    text, fields, spaced = _parted(glyphs, inked)
    size = sorted(g.size for g in inked)[len(inked) // 2]
    return Line(
        text=text,
        start=inked[0].start,
        end=inked[-1].end,
        base=inked[0].base,
        size=size,
        token=_token(glyphs),
        trailing_space=spaced,
        box=_box(inked),
        fields=tuple(_field(f, glyphs) for f in fields),
        turn=inked[0].turn,
        lead=_lead(text, inked),
        confidence=_confidence(inked),
        gaps=tuple(
            (left.end, right.start)
            for left, right in pairwise(inked)
            if right.start - left.end >= SEEN_GAP * max(right.size, 1.0)
        ),
    )


def _parted(
    glyphs: list[Glyph], inked: list[Glyph]
) -> tuple[str, list[list[Glyph]], bool]:
    """The text, its fields by wide gaps, and whether a space ends it.

    Where glyphs stand apart without a space between them, one is put in.
    """
    pieces: list[str] = []
    fields: list[list[Glyph]] = [[]]
    before: Glyph | None = None  # the last glyph that is no space
    spaced = False
    parting = min(max(FIELD_GAP, SPREAD * _usual_gap(inked)), WIDEST_SPREAD)
    for glyph in glyphs:
        if glyph.text.isspace():
            spaced = True
            if before is not None:
                pieces.append(glyph.text)
            continue
        if before is not None:
            gap = (glyph.start - before.end) / max(glyph.size, 1.0)
            if not spaced and gap > _least_gap(before.text, glyph.text):
                pieces.append(" ")
            if gap > (TYPED_GAP if spaced else parting):
                fields.append([])
        pieces.append(glyph.text)
        fields[-1].append(glyph)
        before, spaced = glyph, False
    return "".join(pieces).strip(), fields, spaced


def _confidence(inked: list[Glyph]) -> float | None:
    """That of the line's characters, and no more than that of its worst digit.

    A number is as right as its worst digit; None where nothing was recognised.
    """
    known = [(g.confidence, g.text) for g in inked if g.confidence is not None]
    if not known:
        return None
    mean = sum(confidence for confidence, _ in known) / len(known)
    return min([mean, *(c for c, text in known if text.isdigit())])


def worse(one: float | None, other: float | None) -> float | None:
    """The lower of two confidences; None is text that was not recognised."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def _lead(text: str, inked: list[Glyph]) -> float:
    marker = LIST_MARKER.match(text)
    if marker is None:
        return 0.0
    length = len(re.sub(r"\s", "", marker.group()))
    return inked[min(length, len(inked) - 1)].end - inked[0].start


def _usual_gap(inked: list[Glyph]) -> float:
    """The median gap in em between neighbours."""
    gaps = sorted(
        (right.start - left.end) / max(right.size, 1.0)
        for left, right in pairwise(inked)
    )
    return gaps[(len(gaps) - 1) // 2] if gaps else 0.0


def _printed_once(glyphs: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in glyphs:
        if any(
            k.text == glyph.text and glyph.start - k.start < OVERPRINT * glyph.size
            for k in kept[-2:]
        ):
            continue
        kept.append(glyph)
    return kept


def _field(inked: list[Glyph], glyphs: list[Glyph]) -> tuple[str, BBox]:
    """A field's text with the spaces inside it."""
    start, end = inked[0].start, inked[-1].start
    pieces: list[str] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if not start <= glyph.start <= end:
            continue
        if before is not None and not (before.text + glyph.text).isspace():
            gap = (glyph.start - before.end) / max(glyph.size, 1.0)
            solid = not before.text.isspace() and not glyph.text.isspace()
            if solid and gap > _least_gap(before.text, glyph.text):
                pieces.append(" ")
        pieces.append(glyph.text)
        before = glyph
    return "".join(pieces).strip(), _box(inked)


def _least_gap(left: str, right: str) -> float:
    latin = not is_wide(left[-1]) and not is_wide(right[0])
    return LATIN_SPACE if latin else WIDE_SPACE


def _token(glyphs: list[Glyph]) -> float:
    """Width of what cannot be broken at the start of a line."""
    inked = iter(g for g in glyphs)
    first = next(g for g in inked if not g.text.isspace())
    end = first.end
    for glyph in inked:
        closing = unicodedata.category(glyph.text[0]) in ("Pe", "Pf", "Po")
        narrow = not is_wide(first.text[0]) and not is_wide(glyph.text[0])
        if glyph.text.isspace() or not (closing or narrow):
            break
        end = glyph.end
    return end - first.start


def _box(glyphs: list[Glyph]) -> BBox:
    return BBox(
        min(g.x0 for g in glyphs),
        min(g.y0 for g in glyphs),
        max(g.x1 for g in glyphs),
        max(g.y1 for g in glyphs),
    )


def is_wide(ch: str) -> bool:
    """Whether a character is a Chinese one, or full-width punctuation."""
    return unicodedata.east_asian_width(ch) in "WFA" and not ch.isascii()
