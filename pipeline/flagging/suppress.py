"""Flags that a user has looked into and does not want to see again."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from pipeline.core.flag import Flag
from pipeline.flagging.catalogue import load_catalogue

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Suppression:
    """An entry ``[[suppress]]``; what is None fits everything.

    ``code`` is a flag code, ``unit`` an organisation as printed (the unit or its
    department), ``path`` a pattern (``2021/*.pdf``) for the path of the document.
    """

    code: str | None = None
    unit: str | None = None
    path: str | None = None

    def fits(self, flag: Flag, *, units: Iterable[str | None], path: str) -> bool:
        """Whether the entry silences a flag of a form."""
        named = {"".join(u.split()) for u in units if u}
        return (
            (self.code is None or self.code == flag.code)
            and (self.unit is None or "".join(self.unit.split()) in named)
            and (self.path is None or fnmatchcase(path, self.path))
        )


def read_suppression(raw: object) -> Suppression:
    """An entry from its table. Raises ValueError saying what is wrong in it."""
    if not isinstance(raw, Mapping):
        raise ValueError("[[suppress]]")
    known = ("code", "unit", "path")
    values = {name: raw[name] for name in known if name in raw}
    if not values or set(raw) - set(known):
        raise ValueError(f"[[suppress]] {', '.join(known)}")
    texts = {name: text for name, text in values.items() if isinstance(text, str)}
    if len(texts) < len(values):
        raise ValueError('[[suppress]] code = "…", unit = "…", path = "…"')
    code = texts.get("code")
    if code is not None and code not in load_catalogue():
        raise ValueError(f"[[suppress]] code = {code!r}: jixiao flags")
    return Suppression(**texts)


def drop_suppressed(
    flags: tuple[Flag, ...],
    entries: tuple[Suppression, ...],
    *,
    units: tuple[str | None, ...],
    path: str | None,
) -> tuple[Flag, ...]:
    """The flags that no entry silences; how many were dropped is logged.

    Texts that come without a document have no path, so only entries without one
    fit them.
    """
    if not entries:
        return flags
    usable = [e for e in entries if e.path is None or path is not None]
    kept = tuple(
        f
        for f in flags
        if not any(e.fits(f, units=units, path=path or "") for e in usable)
    )
    if len(kept) < len(flags):
        logger.info("%s: %d flags suppressed", path or "-", len(flags) - len(kept))
    return kept
