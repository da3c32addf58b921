"""Which sentences and long passages of one text stand in another, whatever the punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

# Common runs are built from grams of this length …
_GRAM = 8
_PROBE = 4
# … and shorter runs than this are names of things, not copied prose.
_RUN = 12
# A sentence counts as copied when so much of it is; small changes hide nothing.
_SENTENCE = Decimal("0.9")
# So many Chinese characters in a row are prose of the author's, whatever follows.
_PROSE = 24
# A goal that was only put into the past is a copy of it.
_DONE = frozenset("已将拟了均")
_ENDS = re.compile(r"[。；;！!？?\n]|<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Copied:
    """``spans`` index the copying text; lengths count letters and digits only."""

    spans: tuple[tuple[int, int], ...]
    length: int
    longest: int
    share: Decimal


def find_copied(text: str, source: str) -> Copied:
    """The sentences of ``text`` that stand in ``source``.

    A sentence that puts its own numbers or words among those of the source is an
    account of it, not a copy: only its long passages of prose count.
    """
    original = _letters(source)
    grams: set[str] = set()
    spans: list[tuple[int, int]] = []
    lengths: list[int] = []
    total = 0
    for start, end in _sentences(text):
        letters = _letters(text[start:end])
        total += len(letters)
        if not _shares_gram(letters, original):
            continue
        grams = grams or _runs_of(original)
        runs = _runs(letters, grams)
        copied = sum(b - a for a, b in runs)
        if copied < _SENTENCE * len(letters):
            runs = [r for r in runs if _is_prose(letters[slice(*r)])]
        elif runs:
            runs = [(runs[0][0], runs[-1][1])]
        if not runs:
            continue
        places = [i for i, ch in enumerate(text[start:end]) if _is_letter(ch)]
        for first, last in runs:
            spans.append((start + places[first], start + places[last - 1] + 1))
            lengths.append(last - first)
    return Copied(
        spans=tuple(spans),
        length=sum(lengths),
        longest=max(lengths, default=0),
        share=Decimal(sum(lengths)) / total if total else Decimal(0),
    )


def _sentences(text: str) -> list[tuple[int, int]]:
    start, found = 0, []
    for end in _ENDS.finditer(text):
        found.append((start, end.start()))
        start = end.end()
    return [*found, (start, len(text))]


def _is_prose(run: str) -> bool:
    return sum("\u4e00" <= ch <= "\u9fff" for ch in run) >= _PROSE


def _runs(letters: str, grams: set[str]) -> list[tuple[int, int]]:
    """The runs of letters that stand in the source and are long enough."""
    runs: list[tuple[int, int]] = []
    for i in range(len(letters) - _GRAM + 1):
        if letters[i : i + _GRAM] not in grams:
            continue
        if runs and i <= runs[-1][1]:
            runs[-1] = (runs[-1][0], i + _GRAM)
        else:
            runs.append((i, i + _GRAM))
    # A sentence shorter than a run counts when it is copied from end to end.
    least = min(_RUN, len(letters))
    return [(a, b) for a, b in runs if b - a >= least]


def _runs_of(letters: str) -> set[str]:
    return {letters[i : i + _GRAM] for i in range(len(letters) - _GRAM + 1)}


def _shares_gram(letters: str, original: str) -> bool:
    """Whether any gram of the letters stands in the original.

    Each gram holds a whole probe that begins at a multiple of the step.
    """
    last = len(letters) - _GRAM
    for place in range(0, len(letters) - _PROBE + 1, _GRAM - _PROBE + 1):
        if letters[place : place + _PROBE] in original and any(
            letters[i : i + _GRAM] in original
            for i in range(max(0, place + _PROBE - _GRAM), min(place, last) + 1)
        ):
            return True
    return False


def _is_letter(ch: str) -> bool:
    return ch.isalnum() and ch not in _DONE


def _letters(text: str) -> str:
    """Letters and digits only, without the marks of what is done and what is to be."""
    letters = "".join(filter(str.isalnum, text))
    for mark in _DONE:
        letters = letters.replace(mark, "")
    return letters


def grams_of(text: str, size: int) -> frozenset[str]:
    """Every run of ``size`` letters and digits that stand side by side."""
    grams = {text[i : i + size] for i in range(len(text) - size + 1)}
    return frozenset(filter(str.isalnum, grams))


def shared_run(text: str, grams: frozenset[str], size: int) -> str:
    """The longest run of ``text`` made of ``grams``; digits alone are none."""
    return next(iter(shared_runs(text, grams, size)), "")


def shared_runs(text: str, grams: frozenset[str], size: int) -> list[str]:
    """Every run of ``text`` made of ``grams``, the longest first."""
    runs: list[str] = []
    if grams.isdisjoint([text[i : i + size] for i in range(len(text) - size + 1)]):
        return runs
    start = -1
    for i in range(len(text) - size + 2):
        gram = text[i : i + size]
        if len(gram) == size and gram in grams and not gram.isdecimal():
            start = i if start < 0 else start
        elif start >= 0:
            runs.append(text[start : i + size - 1])
            start = -1
    return sorted(runs, key=len, reverse=True)
