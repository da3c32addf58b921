"""No cache grows with the number of documents."""

from __future__ import annotations

import importlib
import pkgutil

import pipeline

SKIPPED = ("pipeline.__main__",)


def caches() -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for info in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if info.name in SKIPPED:
            continue
        for name, member in vars(importlib.import_module(info.name)).items():
            parameters = getattr(member, "cache_parameters", None)
            if parameters is not None:
                found[f"{info.name}.{name}"] = parameters()["maxsize"]
    return found


def test_every_cache_has_a_bound() -> None:
    sizes = caches()
    assert sizes["pipeline.language.segment.words"]
    endless = [name for name, size in sizes.items() if size is None]
    assert not endless
    assert max(size or 0 for size in sizes.values()) <= 20_000
