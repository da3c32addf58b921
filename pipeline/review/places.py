"""Where a field stands in its document, in words."""

from __future__ import annotations

from pipeline.review import access
from pipeline.review.access import Json
from pipeline.review.words import Words

_SHEETS = "spreadsheetml"


def describe(
    record: Json, path: str, words: Words, *, page: int | None = None
) -> str | None:
    """Page and cell of a field (``page`` where provenance has none); None if unknown."""
    place = access.mapping(access.mapping(record, "provenance"), path)
    parts = []
    page = page if page is not None else access.integer(place, "page")
    if page is not None:
        media = access.text(access.mapping(record, "source"), "media_type") or ""
        parts.append(words.text("sheet" if _SHEETS in media else "page", page=page))
    cell = access.mapping(place, "cell")
    if cell:
        numbers = {
            key: (access.integer(cell, key) or 0) + 1
            for key in ("table", "row", "column")
        }
        parts.append(words.text("cell", **numbers))
    return " · ".join(parts) or None


def box(place: Json) -> str | None:
    """The box of a provenance as four numbers; None if it has none."""
    values = access.numbers(place, "bbox")
    return ", ".join(f"{v:g}" for v in values) if len(values) == 4 else None


def anchor(record: Json, path: str) -> str | None:
    """The id on the form page of what a path names; None if it has none."""
    if path in ("goal_text", "outcome_text"):
        return path.replace("_", "-")
    if path.startswith("indicators["):
        number = _row_number(record, path)
        return None if number is None else f"row-{number}"
    if path.startswith("funds"):
        return "funds"
    return "top" if path else None


def indicator_row(record: Json, path: str) -> Json | None:
    """The row that a path like ``indicators[3].actual_text`` names; None for any other."""
    number = _row_number(record, path)
    return None if number is None else access.objects(record, "indicators")[number]


def _row_number(record: Json, path: str) -> int | None:
    printed = path.removeprefix("indicators[").split("]")[0]
    if not path.startswith("indicators[") or not printed.isdecimal():
        return None
    number = int(printed)
    return number if number < len(access.objects(record, "indicators")) else None
