"""Who gives a prize or sets a standard: 国家级 above 省级 above 校级."""

from __future__ import annotations

from functools import lru_cache

from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml


def rank_of(name: str) -> int:
    """How high a name without its 级 stands; the state's is above a province's."""
    return _ranks()[name]


@lru_cache(maxsize=4)
def rank_names(lowest: int = 0) -> str:
    """The names from a rank upwards, as a regular expression to be put into brackets."""
    names = [name for name, rank in _ranks().items() if rank >= lowest]
    # 社区级 and 地区级 are no 区级.
    ends = {"区": "区(?<!社区)(?<!地区)"}
    return "|".join(ends.get(n, n) for n in sorted(names, key=len, reverse=True))


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    return {
        n: entry["rank"] for entry in load_toml(FILE)["ranks"] for n in entry["words"]
    }
