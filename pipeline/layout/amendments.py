"""What the deviation column says an indicator was changed to."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.core.form import Amendment
from pipeline.resources import load_toml

_VALUE = re.compile(r"^[≥≤><=≧≦不大小约达]?.{0,4}\d")


def find_amendment(deviation: str | None) -> Amendment | None:
    """The new name and target of an indicator, None where nothing was changed."""
    if not deviation:
        return None
    squeezed = re.sub(r"\s+", "", deviation)
    found: dict[str, str] = {}
    for field, pattern in _patterns():
        match = next(
            (m for m in pattern.finditer(squeezed) if not _is_plan(squeezed, m)), None
        )
        if match is None:
            continue
        new = match.group("quoted") or match.group("plain")
        target = "target_text" if _VALUE.match(new) else "name"
        found.setdefault(target if field == "either" else field, new)
    return Amendment(**found) if found else None


def _is_plan(text: str, match: re.Match[str]) -> bool:
    """Whether the change is meant for later: 下年度将指标值调整为320次."""
    before = text[: match.start()]
    return re.search(load_toml("amendments.toml")["planned"], before) is not None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = load_toml("amendments.toml")
    compiled = []
    for entry in data["pattern"]:
        regex = entry["regex"].replace("{change}", data["change"])
        compiled.append(
            (entry["field"], re.compile(regex.replace("{new}", data["new"])))
        )
    return tuple(compiled)
