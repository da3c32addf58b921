"""The only door to jieba: words with their places, numbers kept whole.

A private tokenizer is used, since jieba's module-level one is shared by the
whole process and would change under everybody's feet. The words are jieba's
own, to the last one; its way to them is walked here, since jieba builds a list
of candidates and a generator per character and meets every clause anew.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Any

from pipeline.resources import load_lines

_DICTIONARY = "dictionaries/fiscal.txt"
_HAN_RUN = re.compile(r"[\u4E00-\u9FD5]+")
# What jieba segments in one piece; the characters between are words of their own.
_PIECE = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+|\r\n|.", re.DOTALL)
# Longer pieces are no clauses that recur.
_CACHED_LENGTH = 100


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
    for word in _words(text[start:end]):
        yield position, position + len(word)
        position += len(word)


def _words(text: str) -> list[str]:
    found: list[str] = []
    for piece in _PIECE.findall(text):
        if len(piece) == 1 or piece == "\r\n":
            found.append(piece)
        elif len(piece) <= _CACHED_LENGTH:
            found.extend(_cached_piece(piece))
        else:
            found.extend(_cut_piece(piece))
    return found


@lru_cache(maxsize=20_000)
def _cached_piece(piece: str) -> tuple[str, ...]:
    """Clauses recur: in the text, in phrases, in cells."""
    return _cut_piece(piece)


@lru_cache(maxsize=1)
def _odds() -> dict[str, float]:
    """The log-odds of every word of the dictionary; 0 for mere beginnings of words."""
    tokenizer = _tokenizer()
    log_total = log(tokenizer.total)
    frequencies: dict[str, int] = tokenizer.FREQ
    return {w: log(n) - log_total if n else 0.0 for w, n in frequencies.items()}


@lru_cache(maxsize=1)
def _unknown_odds() -> float:
    return log(1) - log(_tokenizer().total)


def _cut_piece(piece: str) -> tuple[str, ...]:
    """The words of a piece: the likeliest path, unknown runs by jieba's HMM."""
    ends = _likeliest_ends(piece)
    found: list[str] = []
    start = singles = 0  # single characters wait from ``singles`` to ``start``
    length = len(piece)
    while start < length:
        end = ends[start]
        if end - start > 1:
            if singles < start:
                found.extend(_cut_singles(piece[singles:start]))
            found.append(piece[start:end])
            singles = end
        start = end
    if singles < length:
        found.extend(_cut_singles(piece[singles:]))
    return tuple(found)


def _likeliest_ends(piece: str) -> list[int]:
    """For every place the end of the word that begins there on the best way on.

    The sums are added up in jieba's order, and of equal ones the longer word
    wins as there, so that no rounding can change a word.
    """
    odds_of, unknown = _odds().get, _unknown_odds()
    length = len(piece)
    best = [0.0] * (length + 1)
    ends = [0] * length
    for start in range(length - 1, -1, -1):
        top: float | None = None
        choice = end = start + 1
        # The dictionary also holds every beginning of a word, with odds of 0.
        while (odds := odds_of(piece[start:end])) is not None:
            if odds:
                odds += best[end]
                if top is None or odds >= top:
                    top, choice = odds, end
            if end == length:
                break
            end += 1
        best[start] = unknown + best[start + 1] if top is None else top
        ends[start] = choice
    return ends


def _cut_singles(run: str) -> Iterable[str]:
    """A run of single characters: known names stay apart, others may be words."""
    if len(run) == 1 or _odds().get(run):
        return run
    return _unknown_words(run) if len(run) <= _CACHED_LENGTH else _recognise(run)


@lru_cache(maxsize=20_000)
def _unknown_words(run: str) -> tuple[str, ...]:
    return _recognise(run)


def _recognise(run: str) -> tuple[str, ...]:
    from jieba import finalseg

    if finalseg.Force_Split_Words or not _HAN_RUN.fullmatch(run):
        return tuple(finalseg.cut(run))
    found: list[str] = []
    start = 0
    for place, state in enumerate(_hidden_states(run), 1):
        if state in "ES":
            found.append(run[start:place])
            start = place
    return tuple(found)


def _hidden_states(run: str) -> list[str]:
    """B, M, E or S of every character: jieba's Viterbi search, in linear time.

    Written out per state, with backward pointers in place of copied paths; of
    equal ways the one from the later letter wins, as there.
    """
    from jieba.finalseg import MIN_FLOAT, emit_P, start_P, trans_P

    emit_b, emit_m, emit_e, emit_s = (emit_P[state].get for state in "BMES")
    to_b, to_m, to_e, to_s = (
        [trans_P[before][state] for before in ways]
        for state, ways in (("B", "ES"), ("M", "BM"), ("E", "BM"), ("S", "ES"))
    )
    first = run[0]
    b, m, e, s = (start_P[y] + emit_P[y].get(first, MIN_FLOAT) for y in "BMES")
    back: list[dict[str, str]] = []
    for char in run[1:]:
        at_b, at_m = emit_b(char, MIN_FLOAT), emit_m(char, MIN_FLOAT)
        at_e, at_s = emit_e(char, MIN_FLOAT), emit_s(char, MIN_FLOAT)
        e_b, s_b = e + to_b[0] + at_b, s + to_b[1] + at_b
        b_m, m_m = b + to_m[0] + at_m, m + to_m[1] + at_m
        b_e, m_e = b + to_e[0] + at_e, m + to_e[1] + at_e
        e_s, s_s = e + to_s[0] + at_s, s + to_s[1] + at_s
        back.append(
            {
                "B": "S" if s_b >= e_b else "E",
                "M": "M" if m_m >= b_m else "B",
                "E": "M" if m_e >= b_e else "B",
                "S": "S" if s_s >= e_s else "E",
            }
        )
        b, m, e, s = max(e_b, s_b), max(b_m, m_m), max(b_e, m_e), max(e_s, s_s)
    state = "S" if s >= e else "E"
    states = [state]
    for step in reversed(back):
        state = step[state]
        states.append(state)
    return states[::-1]


def is_known(word: str) -> bool:
    """Whether the dictionary has a word, or else it was guessed from its characters."""
    return bool(_odds().get(word))


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a short text; labels and clauses recur, so they are cached."""
    return tuple(_words(text))
