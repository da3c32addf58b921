"""Under which path a document is stored: relative, ``/``, never twice."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePath

# What would break a terminal line or change how it looks: C0 and C1 controls,
# line and paragraph separators, bidirectional overrides, zero-width marks.
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def storable(name: str) -> str:
    r"""A file name as text that any database takes.

    Names that are not UTF-8 on disk (surrogates from ``os.fsdecode``) are read as
    GB18030, as old archives have them, else their bytes are written as ``\xNN``.
    """
    try:
        raw = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a surrogate pair, as Windows allows
        return name.encode("utf-8", "backslashreplace").decode()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            text = raw.decode("utf-8", "backslashreplace")
    return text.replace("\0", "\\x00")


def unused(name: str, taken: Collection[str]) -> str:
    """The name itself, or with ``~2``, ``~3`` … when it is taken already."""
    result, n = name, 1
    while result in taken:
        n += 1
        result = f"{name}~{n}"
    return result


def visible(text: str) -> str:
    """Text on one line without anything that a terminal would obey."""
    return INVISIBLE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def prefixes(arguments: Sequence[tuple[PurePath, Iterable[str]]]) -> list[str]:
    """What to put before the relative names of each PATH argument.

    ``arguments`` are pairs of an absolute base folder and the names found below it.
    Nothing (``""``) as long as no other argument has a name of the same spelling;
    otherwise as many trailing parts of the base folder as tell the clashing
    arguments apart: ``2022/`` and ``2023/``, or ``甲/2022/`` and ``乙/2022/``.
    """
    named = [(base, frozenset(names)) for base, names in arguments]
    times = Counter(name for _, names in named for name in names)
    clashing = [
        i for i, (_, names) in enumerate(named) if any(times[n] > 1 for n in names)
    ]
    result = [""] * len(named)
    bases = {i: _parts(named[i][0]) for i in clashing}
    for i in clashing:
        others = {bases[j] for j in clashing if bases[j] != bases[i]}
        depth = 1
        while any(o[-depth:] == bases[i][-depth:] for o in others):
            depth += 1
        result[i] = "/".join(bases[i][-depth:]) + "/" if bases[i] else ""
    return result


def _parts(base: PurePath) -> tuple[str, ...]:
    return tuple(storable(p) for p in base.parts if p not in (base.anchor, os.sep))
