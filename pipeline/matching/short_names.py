"""Short names beside full ones: 区试 for 区域试验, 低改 for 低产林改造.

Well-known short names are in the lexicon. Others are made on the spot, of the
first characters of the words that the other side spells out; they are no words
of the dictionary, and only one phrase of the other side can be meant.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.language.segment import guessed_words, words
from pipeline.matching.measures.lexicon import Lexicon
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml
from pipeline.word_lists import by_first_letter

_LENGTH = 2
# 供地 for 供应国有建设用地: so many words may be left out at most.
_LEFT_OUT = 2
# What these say of a thing is not left out of its name.
_TELLING = frozenset("危旧新老大小残病废险重优良")
_HAN = re.compile(r"[一-鿿]{2}")
# 新开, 已办: these begin no short name.
_NO_HEAD = frozenset("新已再全各现实共总本其另均还有在对由将为未及与和等年月日")


def with_full_names(
    measures: Sequence[Measure], others: Sequence[Measure]
) -> tuple[Measure, ...]:
    """Measures whose phrases say in full what only the other side spells out."""
    phrases = tuple(dict.fromkeys(m.local for m in others))
    said = "".join(phrases)
    return tuple(_in_full(m, phrases, said) for m in measures)


def _in_full(measure: Measure, phrases: tuple[str, ...], said: str) -> Measure:
    local = measure.local
    for short in _shorts(local):
        if short in said:
            continue
        full = _full_name(short, phrases, said)
        if full:
            local = local.replace(short, full)
    if local == measure.local:
        return measure
    return dataclasses.replace(measure, local=local)


def _full_name(short: str, phrases: tuple[str, ...], said: str) -> str:
    """What the other side says in full, or "" when nothing or several things may be meant."""
    known = _short_names().get(short)
    if known is not None:
        return known if known[:_LENGTH] in said else ""
    if not (short[0] in said and short[1] in said):
        return ""
    full = {name for phrase in phrases for name in _meant(short, phrase)}
    return full.pop() if len(full) == 1 else ""


def _shorts(phrase: str) -> tuple[str, ...]:
    """The short names in a phrase: known ones, and two characters that are no word."""
    made = [
        word
        for word in guessed_words(phrase)  # few
        if len(word) == _LENGTH and word[0] not in _NO_HEAD and _HAN.fullmatch(word)
    ]
    known = _known_shorts().findall(phrase) if _known_names().held(phrase) else ()
    if not (made or known):
        return ()  # most phrases
    return tuple(dict.fromkeys((*known, *made)))


def _meant(short: str, phrase: str) -> Iterator[str]:
    """What of a phrase a short name may stand for."""
    if short[0] not in phrase or short[1] not in phrase:
        return
    parts = _parts(phrase)
    for i, first in enumerate(parts):
        if first[0] != short[0] or len(first) < _LENGTH:
            continue
        for j in range(i + 1, min(i + 2 + _LEFT_OUT, len(parts))):
            if _stands_for(short[1], parts[j]):
                name = "".join(parts[i : j + 1])
                if "各" not in name:
                    yield name
                break


def _stands_for(character: str, word: str) -> bool:
    """普 for 普查, 地 for 用地; but 房 is not for 危房."""
    if len(word) < _LENGTH:
        return False
    return word[0] == character or (word[-1] == character and word[0] not in _TELLING)


@lru_cache(maxsize=8192)
def _parts(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, those of four characters as two: 区域试验."""
    return tuple(
        part
        for word in words(phrase)
        for part in ((word[:2], word[2:]) if len(word) == 2 * _LENGTH else (word,))
    )


@lru_cache(maxsize=1)
def _short_names() -> dict[str, str]:
    return dict(load_toml(FILE)["short_names"]["of"])


@lru_cache(maxsize=1)
def _known_names() -> Lexicon:
    return Lexicon(_short_names())


@lru_cache(maxsize=1)
def _known_shorts() -> re.Pattern[str]:
    traps: dict[str, str] = load_toml(FILE)["short_names"]["not_before"]
    names = sorted(_short_names(), key=len, reverse=True)
    return re.compile(
        by_first_letter(
            {
                n: re.escape(n) + (f"(?![{traps[n]}])" if n in traps else "")
                for n in names
            }
        )
    )
