"""Whose project a report is on, where a sentence says so.

项目主管部门为甲县公安局，由甲县公安局指挥中心具体实施。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.core.provenance import Provenance
from pipeline.layout.lines import Line
from pipeline.word_lists import alternatives

_SENTENCE = re.compile(r"[^。；\n]+")

Told = tuple[str, Provenance] | None


@dataclass(frozen=True, slots=True)
class Bodies:
    """The body in charge and the one that carries the project out, each with its place."""

    department: Told = None
    unit: Told = None


def told_bodies(lines: Iterable[Line]) -> Bodies:
    """What the paragraphs say of both; None where they say nothing, or name several."""
    found: dict[str, dict[str, Provenance]] = {"department": {}, "unit": {}}
    for line in lines:
        if line.table is not None:
            continue
        for role, body in _bodies_in(line.slots[0].text):
            found[role].setdefault(body, line.slots[0].provenance)
    return Bodies(_only(found["department"]), _only(found["unit"]))


def _bodies_in(text: str) -> Iterator[tuple[str, str]]:
    for sentence in _SENTENCE.findall(text):
        in_charge = _in_charge().search(sentence)
        if in_charge:
            yield "department", in_charge["body"]
        # 由施工方实施 says who built it; beside the body in charge it is the unit.
        unit = _carries_out().search(sentence) or (
            _done_by().search(sentence, in_charge.end()) if in_charge else None
        )
        if unit:
            yield "unit", unit["body"]


def _only(found: dict[str, Provenance]) -> Told:
    return next(iter(found.items())) if len(found) == 1 else None


def _body() -> str:
    return rf"(?P<body>[\u4e00-\u9fff]{{2,24}}?(?:{alternatives('office_ends')}))"


@lru_cache(maxsize=1)
def _in_charge() -> re.Pattern[str]:
    return re.compile(rf"主管(?:部门|单位)(?:为|是|系)[：:]?{_body()}(?=[，、,（(]|$)")


@lru_cache(maxsize=1)
def _carries_out() -> re.Pattern[str]:
    return re.compile(
        rf"(?:实施|承担|建设|执行)(?:主体|单位)(?:为|是|系)[：:]?{_body()}(?=[，、,（(]|$)"
    )


@lru_cache(maxsize=1)
def _done_by() -> re.Pattern[str]:
    return re.compile(
        rf"由{_body()}(?:具体|负责|组织|牵头|统一)*(?:实施|承担|建设|执行)"
    )
