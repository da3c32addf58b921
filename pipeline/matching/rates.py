"""Whether two names of rates name one."""

from __future__ import annotations

from functools import lru_cache

from pipeline.matching.wording import FILE
from pipeline.resources import load_toml


def rate_similarity(first: str, second: str) -> float:
    """1 where one rate name ends like the other (工程合格率, 合格率)."""
    if any(first.endswith(r) and second.endswith(r) for r in _same_rates()):
        return 1.0
    a, b = _rate_core(first), _rate_core(second)
    if not a or not b:
        return 0.0
    if a.endswith(b) or b.endswith(a):
        return 1.0
    if a[-2:] == b[-2:]:
        return 1.0 if len(a) > 2 and a[-3:] == b[-3:] else 0.6
    grams_a = {a[i : i + 2] for i in range(len(a) - 1)}
    grams_b = {b[i : i + 2] for i in range(len(b) - 1)}
    return len(grams_a & grams_b) / max(1, min(len(grams_a), len(grams_b)))


@lru_cache(maxsize=1)
def _same_rates() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(e["names"]) for e in load_toml(FILE)["same_rate"])


def _rate_core(name: str) -> str:
    for ending in ("率", "度"):
        name = name.removesuffix(ending)
    return name[-6:]
