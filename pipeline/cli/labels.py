"""Words for values of the record, as the terminal shows them."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.resources import load_toml


def word(group: str, value: object, lang: str) -> str:
    """The word for a value (``severity``, ``high``); the value itself if unknown."""
    entry: Mapping[str, str] | None = load_toml("words.toml")[group].get(str(value))
    return entry[lang] if entry else str(value)
