"""What the content of a cell says about its column (models/indicator_words.toml)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.layout.labels import bare, simplified
from pipeline.layout.numbers import is_placeholder, points_in
from pipeline.resources import load_toml

MAX_LEVEL_NAME = 16
_TWO_DECIMALS = re.compile(r"\d{1,3}\.\d{1,2}")
_COMPARED = re.compile(r"\s*(?:[≥≧≤≦<>＜＞=＝]|不[少低高多大超]|大于|小于)")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Content:
    """Facts about one cell text.

    ``level1`` and ``level2`` are 0 (no name of that level), 1 (a bare word
    such as 数量) or 2 (with 指标 or a weight suffix).
    """

    level1: int
    level2: int
    status: bool
    operator: bool
    unit: bool
    number: Decimal | None
    plain_number: bool
    two_decimals: bool
    digits: bool
    placeholder: bool
    reason: bool
    filler: bool
    han: bool
    length: int


@lru_cache(maxsize=8192)
def content_of(text: str) -> Content:
    """Look at a cell text; pure and cached."""
    folded = simplified(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    value = points_in(text)
    return Content(
        level1=_level(text, "level1"),
        level2=_level(text, "level2"),
        status=_matches("status", folded),
        operator=_in_words("operator", text),
        unit=_in_words("unit", text),
        number=Decimal(value) if value is not None else None,
        plain_number=value is not None and folded == value,
        two_decimals=_TWO_DECIMALS.fullmatch(folded) is not None,
        digits=any(c.isdigit() for c in folded),
        placeholder=is_placeholder(text),
        reason=_matches("reason", folded),
        filler=_matches("filler", folded),
        han=_HAN.search(text) is not None,
        length=len(folded),
    )


def is_execution(text: str) -> bool:
    """Whether a cell names the budget execution rate itself (预算执行率)."""
    return bare(text) in load_toml("indicator_words.toml")["execution"]["words"]


def is_nature(text: str) -> bool:
    """Words of an operator column that say nothing of the value (正向, 定量)."""
    folded = re.sub(r"\s+", "", text)
    return folded in load_toml("indicator_words.toml")["operator"]["nature"]


def tells_its_column(text: str) -> bool:
    """Whether a value is surely a target (≥3) or surely an actual value (已完成)."""
    return content_of(text).status or _COMPARED.match(text) is not None


def is_scoring_rule(text: str) -> bool:
    """Whether a cell says how points are given (每低1%扣1分), not what is aimed at."""
    folded = simplified(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    return _matches("scoring_rule", folded)


def rating_words() -> tuple[str, ...]:
    """Ratings, longest first, so that 优秀 wins over 优."""
    words: list[str] = load_toml("indicator_words.toml")["rating"]["words"]
    return tuple(sorted(words, key=len, reverse=True))


def is_level(text: str) -> bool:
    """Whether a text is a level-1 or level-2 name with 指标 or a suffix."""
    content = content_of(text)
    return max(content.level1, content.level2) == 2


def _level(text: str, key: str) -> int:
    name = bare(text)
    if not name or len(name) > MAX_LEVEL_NAME:
        return 0
    base = name.removesuffix("指标")
    if name != base and base in _named(key):
        return 2
    if base not in _words(key) and (name == base or _meant(base) not in _words(key)):
        return 0
    suffixed = name != base or re.search(r"[（(]\s*\d+(?:\.\d+)?\s*分?\s*[)）]", text)
    return 2 if suffixed else 1


def begins_level(text: str) -> bool:
    """Whether a text is less than the name of a level and how one begins."""
    return any(
        word.startswith(text) and word != text
        for key in ("level1", "level2")
        for word in _words(key)
    )


def _meant(base: str) -> str:
    """A level name without the look-alikes of recognition: 日效性 → 时效性."""
    for slip in load_toml("confusable.toml")["level_slip"]:
        for printed in slip["printed"]:
            base = base.replace(printed, slip["meant"])
    return base


@lru_cache(maxsize=16)
def _words(key: str) -> frozenset[str]:
    words = load_toml("indicator_words.toml")[key]["words"]
    return frozenset(re.sub(r"\s+", "", w) for w in words)


@lru_cache(maxsize=2)
def _named(key: str) -> frozenset[str]:
    """Level names that count with 指标 only."""
    return frozenset(load_toml("indicator_words.toml")[key].get("named", ()))


def _in_words(key: str, text: str) -> bool:
    squeezed = re.sub(r"\s+", "", text)
    folded = unicodedata.normalize("NFKC", squeezed)
    return squeezed in _words(key) or folded in _words(key)


@lru_cache(maxsize=16)
def _patterns(key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(p) for p in load_toml("indicator_words.toml")[key]["patterns"]
    )


def _matches(key: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in _patterns(key))
