"""The labels that a text with a wrong character may be."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from pipeline.layout.labels import (
    MAX_LABEL,
    MAX_SLIPS,
    MIN_LONG,
    bare,
    lexicon,
)

SHORTEST = 2
"""Characters of the shortest label that may have one wrong."""

WHOLE = 4
"""Characters up to which none may be added; and of labels outside of headers."""


def near(text: str, *prefixes: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The labels nearest to a text, of roles that start with one of the prefixes."""
    return tuple(
        (label, kept)
        for label, roles in _near(bare(text), prefixes)
        if (kept := frozenset(r for r in roles if r.startswith(prefixes)))
    )


@lru_cache(maxsize=4096)
def _near(
    plain: str, prefixes: tuple[str, ...]
) -> tuple[tuple[str, frozenset[str]], ...]:
    if not SHORTEST <= len(plain) <= MAX_LABEL or any(c.isdigit() for c in plain):
        return ()
    most = MAX_SLIPS if len(plain) >= MIN_LONG else 1
    found: dict[int, list[tuple[str, frozenset[str]]]] = {}
    for label, roles in lexicon().items():
        if not any(r.startswith(prefixes) for r in roles):
            continue
        # A character that was added changes the meaning of a short label.
        if len(plain) > len(label) and len(label) <= WHOLE:
            continue
        if len(label) - len(plain) > most:
            continue
        distance = Levenshtein.distance(label, plain, score_cutoff=most)
        if distance <= most:
            found.setdefault(distance, []).append((label, roles))
    return tuple(found[min(found)]) if found else ()
