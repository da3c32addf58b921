"""Width and script folding that keeps every offset.

Only single characters are mapped to single characters, so a place in the
folded text is the same place in the text as printed and no offset map is
needed. What cannot be folded one to one (㎡, ①) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

from pipeline.resources import load_toml

# Stops and commas stay Chinese, so that every pattern knows one form of each.
_KEPT = "，；：？！"

_FOLD = {
    **{0xFF01 + i: chr(0x21 + i) for i in range(94) if chr(0xFF01 + i) not in _KEPT},
    **{ord(a): w for a, w in zip(";?!", "；？！", strict=True)},
    0x3000: " ",
    0xA0: " ",
    **dict.fromkeys(map(ord, "–—―−﹣~〜∼～"), "-"),
    **dict.fromkeys(map(ord, "≧⩾"), "≥"),
    **dict.fromkeys(map(ord, "≦⩽"), "≤"),
    ord("﹪"): "%",
    ord("〇"): "零",
    ord("○"): "零",
    ord("·"): "·",
    ord("・"): "·",
    ord("•"): "·",
    ord("．"): ".",
}


# A comma or colon between digits may belong to the number (1,234 and 8:30).
@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    pairs: str = load_toml("traditional.toml")["pairs"]
    folded = {chr(code): char for code, char in _FOLD.items()}
    return folded | {pair[0]: pair[1] for pair in pairs.split()}


@lru_cache(maxsize=1)
def _foldable() -> Callable[[str], str]:
    """Few characters of a text are folded; finding them beats asking for each."""
    table = _table()
    pattern = re.compile(f"[{re.escape(''.join(table))}]")
    return partial(pattern.sub, lambda match: table[match[0]])


# Full-width thousands: ４，５６５.
_WIDE_THOUSANDS = re.compile(r"，(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))")
# Each begins with what it looks for, so that the rest of a text is skipped.
_LATIN_COMMA = re.compile(r",(?:(?!\d{3}(?!\d))|(?<!\d,))")
_LATIN_COLON = re.compile(r":(?:(?!\d)|(?<!\d:))")
_CACHED_LENGTH = 400


def fold(text: str) -> str:
    """Fold width, dashes, comparison signs and common traditional forms.

    ``len(fold(text)) == len(text)`` always.
    """
    return _fold_short(text) if len(text) <= _CACHED_LENGTH else _fold(text)


@lru_cache(maxsize=8192)
def _fold_short(text: str) -> str:
    """Units, names and cells are folded by every stage that looks at them."""
    return _fold(text)


def _fold(text: str) -> str:
    if "，" in text:
        text = _WIDE_THOUSANDS.sub(",", text)
    text = _foldable()(text)
    if "," in text:
        text = _LATIN_COMMA.sub("，", text)
    return _LATIN_COLON.sub("：", text) if ":" in text else text
