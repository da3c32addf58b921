"""Boxes of a document back to where they were on the pages as displayed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from pipeline.core.document import Cell, Paragraph, Table
from pipeline.sources.scan.geometry import Placement

Noun = TypeVar("Noun", Cell, Paragraph)


def placed(
    blocks: Iterable[Paragraph | Table], placements: Mapping[int, Placement]
) -> tuple[Paragraph | Table, ...]:
    """The blocks; boxes on pages that have a placement are mapped by it."""
    return tuple(
        _at_home(block, placements)
        if isinstance(block, Paragraph)
        else replace(block, cells=tuple(_at_home(c, placements) for c in block.cells))
        for block in blocks
    )


def _at_home(noun: Noun, placements: Mapping[int, Placement]) -> Noun:
    place = placements.get(noun.page)
    if place is None or noun.bbox is None:
        return noun
    return replace(noun, bbox=place.place(noun.bbox))
