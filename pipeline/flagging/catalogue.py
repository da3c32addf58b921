"""The catalogue of flags and the cue words of their rules, from models/flags.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from pipeline.core.flag import Severity
from pipeline.errors import ConfigError
from pipeline.language.fold import fold
from pipeline.language.needles import few_needles
from pipeline.resources import load_toml

FILE = "flags.toml"
# More words than this cost as much to look for as the pattern itself.
_FEW = 24
# In a text of fewer characters, as most cells are, the pattern is as fast.
_SHORT = 60
GROUPS = {
    "A": "绩效目标",
    "B": "完成情况与对应关系",
    "C": "分值与得分",
    "D": "资金",
    "E": "指标设计",
    "F": "佐证与原因",
    "G": "识读与匹配存疑",
}


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A flag as people read of it.

    ``order`` is its place in the file; ``messages`` are the Chinese sentence
    ("") and its variants; ``checks_zh`` and ``checks_en`` say what it checks,
    ``basis`` what it rests on.
    """

    code: str
    order: int
    group: str
    name: str
    severity: Severity
    confidence: float
    checks_zh: str
    checks_en: str
    basis: str
    messages: Mapping[str, str]


@lru_cache(maxsize=1)
def load_catalogue() -> Mapping[str, CatalogueEntry]:
    """All flags by code, in the order of the file. Raises ConfigError."""
    entries: dict[str, CatalogueEntry] = {}
    for order, (code, raw) in enumerate(load_toml(FILE)["flags"].items()):
        try:
            messages = {
                key.removeprefix("message").removeprefix("_"): str(value)
                for key, value in raw.items()
                if key.startswith("message")
            }
            entries[code] = CatalogueEntry(
                code=code,
                order=order,
                group=raw["group"],
                name=raw["name"],
                severity=Severity(raw["severity"]),
                confidence=float(raw["confidence"]),
                checks_zh=raw["checks"]["zh"],
                checks_en=raw["checks"]["en"],
                basis=raw["basis"],
                messages=MappingProxyType(messages),
            )
        except (KeyError, ValueError) as error:
            detail = f"[flags.{code}] {error}"
            raise ConfigError("resource_invalid", name=FILE, detail=detail) from error
    return MappingProxyType(entries)


class Cue:
    """Words of a rule, found whatever the width or script of the characters.

    Matches are places of the text as printed: folding keeps every offset.
    """

    __slots__ = ("_needles", "_pattern")

    def __init__(self, patterns: list[str]) -> None:
        self._pattern = re.compile("|".join(f"(?:{p})" for p in patterns))
        words = few_needles(self._pattern.pattern)
        self._needles = words if len(words) <= _FEW else ()

    def _may_match(self, folded: str) -> bool:
        if len(folded) <= _SHORT or not self._needles:
            return True
        return any(map(folded.__contains__, self._needles))

    def search(self, text: str) -> re.Match[str] | None:
        """The first place, None where there is none."""
        folded = fold(text)
        return self._pattern.search(folded) if self._may_match(folded) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The whole text, None where anything else stands in it."""
        return self._pattern.fullmatch(fold(text))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place, from left to right."""
        folded = fold(text)
        return self._pattern.finditer(folded) if self._may_match(folded) else iter(())

    def cut_out(self, text: str) -> str:
        """The folded text with a bar in the place of every match."""
        return self._pattern.sub("|", fold(text))


@lru_cache(maxsize=256)
def cue(name: str) -> Cue:
    """The cue list of that name. Raises ConfigError."""
    try:
        return Cue(load_toml(FILE)["cues"][name]["patterns"])
    except (KeyError, re.error) as error:
        detail = f"[cues.{name}] {error}"
        raise ConfigError("resource_invalid", name=FILE, detail=detail) from error
