"""Every group of per-unit words with its example and its neighbour."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.language.per_unit import FILE, read_per
from pipeline.resources import load_toml

GROUPS = load_toml(FILE)


@pytest.mark.parametrize("group", GROUPS)
def test_examples(group: str) -> None:
    entry: dict[str, Any] = GROUPS[group]
    for text, expected in (entry["example"], entry["counterexample"]):
        number = next(i for i, c in enumerate(text) if c.isdigit())
        span = read_per(text, number)
        assert (text[slice(*span)] if span else "") == expected, text


@pytest.mark.parametrize("group", GROUPS)
def test_words_stand_once(group: str) -> None:
    words = GROUPS[group]["words"]
    assert len(set(words)) == len(words)
