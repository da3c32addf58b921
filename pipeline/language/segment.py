"""The only door to jieba: words with their places, numbers kept whole.

A private tokenizer is used, since jieba's module-level one is shared by the
whole process and would change under everybody's feet.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.resources import load_lines

_DICTIONARY = "dictionaries/fiscal.txt"


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    # jieba caches under a fixed name in the system's temporary folder, which
    # another user may own; a folder of ours avoids that.
    cache = Path(tempfile.gettempdir()) / f"jixiao-jieba-{_user()}"
    cache.mkdir(mode=0o700, exist_ok=True)
    tokenizer.tmp_dir = str(cache)
    tokenizer.initialize()
    for line in load_lines(_DICTIONARY):
        word, frequency, tag = line.split()
        tokenizer.add_word(word, int(frequency), tag)
    return tokenizer


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user in a bare container
        return "anonymous"


def cut_words(
    text: str, whole: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[int, int], ...]:
    """Half-open spans of the words of ``text``; together they cover it.

    The spans of ``whole`` (sorted, not overlapping) become one word each, so
    that jieba cannot glue a measure word to what follows (56场科创 → 场科创).
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for start, end in whole:
        spans.extend(_cut(text, position, start))
        spans.append((start, end))
        position = end
    spans.extend(_cut(text, position, len(text)))
    return tuple(spans)


def _cut(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    position = start
    for word in _tokenizer().cut(text[start:end]):
        yield position, position + len(word)
        position += len(word)


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a short text; labels and clauses recur, so they are cached."""
    return tuple(text[a:b] for a, b in cut_words(text))
