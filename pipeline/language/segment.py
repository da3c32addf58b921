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
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from math import log
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.resources import load_lines

_DICTIONARY = "dictionaries/fiscal.txt"
_HAN_RUN = re.compile(r"[\u4E00-\u9FD5]+")
_BLOCK = re.compile(r"[\u4E00-\u9FD5]+|[^\u4E00-\u9FD5]+")
# What jieba takes for a word of other letters.
_LATIN_WORD = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
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


def _words(text: str) -> tuple[str, ...]:
    pieces = _PIECE.findall(text)
    if len(pieces) == 1:
        return _words_of_piece(pieces[0])  # most phrases
    return tuple(chain.from_iterable(map(_words_of_piece, pieces)))


def _words_of_piece(piece: str) -> tuple[str, ...]:
    if len(piece) == 1 or piece == "\r\n":
        return (piece,)
    return _cached_piece(piece) if len(piece) <= _CACHED_LENGTH else _cut_piece(piece)


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
    start = length = len(piece)
    best = [0.0] * (length + 1)
    ends = [0] * length
    for known in map(odds_of, reversed(piece)):
        choice = end = start
        start -= 1
        odds = known
        top = (odds or unknown) + best[end]
        # The dictionary also holds every beginning of a word, with odds of 0.
        while odds is not None and end < length:
            end += 1
            odds = odds_of(piece[start:end])
            if odds:
                odds += best[end]
                if odds >= top or not known:
                    top, choice, known = odds, end, odds
        best[start] = top
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

    if finalseg.Force_Split_Words:
        return tuple(finalseg.cut(run))
    found: list[str] = []
    for block in _BLOCK.findall(run):
        if _HAN_RUN.match(block):
            found.extend(_by_hidden_states(block))
        else:
            found.extend(filter(None, _LATIN_WORD.split(block)))
    return tuple(found)


def _by_hidden_states(run: str) -> Iterable[str]:
    start = 0
    for place, state in enumerate(_hidden_states(run), 1):
        if state >= _LAST:
            yield run[start:place]
            start = place


_FIRST, _INNER, _LAST, _SINGLE = range(4)
"""Where in its word a character stands; jieba calls them B, M, E and S."""


class _HiddenModel(NamedTuple):
    """jieba's odds: of the first state, of a character per state, of the next state.

    ``steps[state]`` are those from the two states that may come before.
    """

    starts: tuple[float, ...]
    emits: tuple[Callable[[str, float], float], ...]
    steps: tuple[tuple[float, float], ...]
    never: float


@lru_cache(maxsize=1)
def _hidden_model() -> _HiddenModel:
    from jieba.finalseg import MIN_FLOAT, emit_P, start_P, trans_P

    before = {"B": ("E", "S"), "M": ("B", "M"), "E": ("B", "M"), "S": ("E", "S")}
    return _HiddenModel(
        starts=tuple(start_P[state] for state in before),
        emits=tuple(emit_P[state].get for state in before),
        steps=tuple(
            (trans_P[one][state], trans_P[other][state])
            for state, (one, other) in before.items()
        ),
        never=MIN_FLOAT,
    )


def _hidden_states(run: str) -> list[int]:
    """The state of every character: jieba's Viterbi search, in linear time.

    Written out per state, with backward pointers in place of copied paths; of
    equal ways the one from the later letter wins, as there.
    """
    starts, emits, steps, never = _hidden_model()
    emit_b, emit_m, emit_e, emit_s = emits
    (e_to_b, s_to_b), (b_to_m, m_to_m), (b_to_e, m_to_e), (e_to_s, s_to_s) = steps
    b, m, e, s = (
        start + emit(run[0], never) for start, emit in zip(starts, emits, strict=True)
    )
    back: list[tuple[int, int, int, int]] = []
    for char in run[1:]:
        at_b, at_m = emit_b(char, never), emit_m(char, never)
        at_e, at_s = emit_e(char, never), emit_s(char, never)
        e_b, s_b = e + e_to_b + at_b, s + s_to_b + at_b
        b_m, m_m = b + b_to_m + at_m, m + m_to_m + at_m
        b_e, m_e = b + b_to_e + at_e, m + m_to_e + at_e
        e_s, s_s = e + e_to_s + at_s, s + s_to_s + at_s
        back.append(
            (
                _SINGLE if s_b >= e_b else _LAST,
                _INNER if m_m >= b_m else _FIRST,
                _INNER if m_e >= b_e else _FIRST,
                _SINGLE if s_s >= e_s else _LAST,
            )
        )
        b, m, e, s = max(e_b, s_b), max(b_m, m_m), max(b_e, m_e), max(e_s, s_s)
    state = _SINGLE if s >= e else _LAST
    states = [state]
    for step in reversed(back):
        state = step[state]
        states.append(state)
    return states[::-1]


def guessed_words(text: str) -> list[str]:
    """The words that the dictionary does not have, guessed from their characters."""
    odds_of = _odds().get
    return [word for word in words(text) if not odds_of(word)]


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a short text; labels and clauses recur, so they are cached."""
    return _words(text)
