"""Words for values of the record, as the terminal shows them."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.resources import load_toml


def word(group: str, value: object, lang: str) -> str:
    """The word for a value (``severity``, ``high``); the value itself if unknown."""
    entry: Mapping[str, str] | None = load_toml("words.toml")[group].get(str(value))
    return entry[lang] if entry else str(value)


def reason_word(code: str, lang: str) -> str:
    """A reason in words, with the code that is stored: 文件损坏（corrupt）."""
    from pipeline.review.words import Words

    said = Words(lang).label("reason", code)
    brackets = "（{}）" if lang == "zh" else " ({})"
    return said + brackets.format(code)
