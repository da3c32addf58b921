"""The headings of a narrative report, and which text stands under which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.layout.evidence import content_of
from pipeline.layout.labels import simplified, split_fields
from pipeline.layout.lines import Slot
from pipeline.resources import load_toml

MAX_HEADING = 32
"""Characters of a heading without its number; longer ones are sentences."""

MAX_LABEL = 20
"""Characters of a heading without a number (年度目标)."""

MAX_FIELD = 80
"""Characters of a label with its value on a line of their own."""

LABEL_DEPTH = 3
"""Where headings without a number stand: below 一、 and （一）."""

_DEPTHS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"第[一二三四五六七八九十]+(?:部分|章|节)[、.．:：\s]*"), 0),
    (re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．]\s*"), 1),
    # Copies of web pages lose a bracket, or all but the last of a number: ）总体….
    (re.compile(r"[（(]?\s*[一二三四五六七八九十]{1,3}\s*[）)]\s*[、.．]?"), 2),
    (
        re.compile(
            r"[）)](?=[\u4e00-\u9fff]{4,20}(?:情况|分析|目标)(?:分析)?[。:：]?$)"
        ),
        2,
    ),
    (re.compile(r"项目\s*[一二三四五六七八九十\d]{1,2}\s*[、.．:：]\s*"), 2),
    (re.compile(r"\d{1,2}\s*[、.．](?!\d(?!\d?岁))\s*"), 3),
    (re.compile(r"\d(?=[\u4e00-\u9fff]{2,16}情况(?:分析)?[。:：]?$)"), 3),
    (re.compile(r"[A-D](?=[\u4e00-\u9fff]{2,4}指标)"), 3),
    (re.compile(r"[（(]\s*\d{1,2}\s*[）)]\s*[、.．]?"), 4),
    (re.compile(r"[①-⑳]\s*"), 5),
)
_ANNEX = re.compile(
    r"附(?:件|表|录)?\s*[一二三四五六七八九十\d]{0,2}\s*(?:[:：\s][^。；;]{0,40})?"
)
_NOTES = re.compile(
    r"(?:备\s*注|注|(?:填表|填报|填写)说明)\s*[:：]?(?=$|\s|\d|[^\w\s])"
)
"""What ends the text of a report: an annex, or notes on how to fill a table in."""

_RESULT = re.compile(r"完成|实现|达成|实际|得分")
_NAME_OF_PART = re.compile(r"(?:情况|概况|分析|说明|概述)$")
_TOLD = re.compile(r"指标(?:的)?(?:完成|实现|达成)情况(?:分析)?$")
_BREAK = re.compile(r"[。：:；;\n]")
_STOP = re.compile(r"[。；;\n]\s*")

OPEN_ROLES = (None, "other", "goal.told")
"""Sections whose sentences may tell anything; a lead says what follows."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph (or the rest of one behind its heading) and where it stands.

    ``role`` is that of the nearest heading above with one; None outside all of
    them. ``level1`` and ``level2`` are the indicator levels that headings name,
    ``under`` the headings above, the outermost first.
    """

    role: str | None
    slot: Slot
    level1: str | None = None
    level2: str | None = None
    under: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its text without number, and what stands behind it on its line.

    ``number`` counts the headings of a document, ``role`` may be inherited;
    ``plain`` says that its own words name no role and no indicator level.
    """

    depth: int
    role: str | None
    rest: str
    level1: str | None = None
    level2: str | None = None
    name: str = ""
    number: int = 0
    plain: bool = False


def outline(paragraphs: Iterable[Slot]) -> tuple[Passage, ...]:
    """Passages in reading order; headings themselves are left out."""
    passages: list[Passage] = []
    stack: list[Heading] = []
    count = 0
    for slot in paragraphs:
        heading = _heading(slot.text, open_role=stack[-1].role if stack else None)
        if heading is None:
            role = stack[-1].role if stack else None
            passages.extend(_passages(role, slot, stack))
            continue
        while stack and stack[-1].depth >= heading.depth:
            stack.pop()
        count += 1
        heading = replace(heading, number=count, plain=heading.role is None)
        if heading.level1 and _may_be_second(heading.level1, stack):
            heading = replace(heading, level1=None, level2=heading.level1)
        if heading.role is None and stack:
            heading = replace(heading, role=stack[-1].role)
        stack.append(heading)
        if heading.rest:
            rest = replace(slot, text=heading.rest)
            passages.extend(_passages(heading.role, rest, stack))
    return tuple(passages)


def _may_be_second(name: str, stack: list[Heading]) -> bool:
    """成本指标 below 产出指标: it is a name of either level."""
    return bool(content_of(name).level2) and any(h.level1 for h in stack)


def role_of(heading: str) -> str | None:
    """The role of a heading's text (models/narrative.toml), None for others."""
    folded = _folded(heading)
    for role, pattern in _rules("heading"):
        if pattern.search(folded):
            return role
    return None


def lead_of(text: str) -> tuple[str, int] | None:
    """Role and length of a lead such as 项目绩效目标为： at the start of a text."""
    for role, pattern in _rules("lead"):
        if found := pattern.match(text):
            return role, found.end()
    return None


def _passages(role: str | None, slot: Slot, stack: list[Heading]) -> Iterator[Passage]:
    """A paragraph, in two where a later sentence opens with a lead (年度目标为：…)."""
    if any(heading.role == "outcome" for heading in stack):
        yield from _among_results(role, slot, stack)
        return
    for stop in _STOP.finditer(slot.text) if role in OPEN_ROLES else ():
        if lead_of(slot.text[stop.end() :]) is not None:
            yield _passage(role, replace(slot, text=slot.text[: stop.end()]), stack)
            slot = replace(slot, text=slot.text[stop.end() :])
            break
    yield _passage(role, slot, stack)


def _among_results(
    role: str | None, slot: Slot, stack: list[Heading]
) -> Iterator[Passage]:
    """A paragraph in a chapter of results, which may first say what the goal was."""
    lead = lead_of(slot.text)
    if role == "outcome" and lead is not None and lead[0].startswith("goal."):
        role, length = lead
        slot = replace(slot, text=slot.text[length:].strip())
    if role is None or not role.startswith("goal."):
        yield _passage(role, slot, stack)
        return
    starts = [0, *(stop.end() for stop in _STOP.finditer(slot.text))]
    ends = [*starts[1:], len(slot.text)]
    told = next(
        (a for a, b in zip(starts, ends, strict=True) if _tells(slot.text[a:b])), None
    )
    goal, result = (
        slot.text[:told].strip(),
        slot.text[told:] if told is not None else "",
    )
    if goal:
        yield _passage(role, replace(slot, text=goal), stack)
    if result:
        yield _passage("outcome", replace(slot, text=result), stack)


def _tells(sentence: str) -> bool:
    """Whether a sentence says what was done."""
    return (
        re.search(load_toml("narrative.toml")["result"]["pattern"], sentence)
        is not None
    )


def _passage(role: str | None, slot: Slot, stack: list[Heading]) -> Passage:
    lead = lead_of(slot.text)
    # In its own section a lead only repeats the heading; elsewhere it opens a text.
    if lead is not None and (role in OPEN_ROLES or role == lead[0]):
        role, length = lead
        slot = replace(slot, text=slot.text[length:].strip())
    first = next((h.level1 for h in reversed(stack) if h.level1), None)
    second = next((h.level2 for h in reversed(stack) if h.level2), None)
    return Passage(role, slot, first, second, tuple(stack))


def _heading(text: str, *, open_role: str | None) -> Heading | None:
    """The heading that a paragraph is or begins with; None for plain text."""
    if _is_field(text):
        return Heading(LABEL_DEPTH, "other", text)
    if _ANNEX.fullmatch(text) or _NOTES.match(text):
        return Heading(0, "other", text)
    depth, start = _number(text)
    cut = _BREAK.search(text, start)
    name = text[start : cut.start() if cut else len(text)].strip()
    rest = text[cut.end() :].strip() if cut else ""
    if not name or len(name) > (MAX_HEADING if depth is not None else MAX_LABEL):
        return None
    role = role_of(name)
    level1, level2 = _levels(name)
    if level1 or level2:
        role = role if role not in (None, "weak") else "indicators"
    if role == "indicators" and _only_promises(text, open_role):
        role = None
    if depth is None:
        # Without a number only a colon, or nothing behind it, makes it a label.
        labelled = cut is None or text[cut.start()] in ":："
        # 产出指标完成情况。一是…: a heading in all but its full stop.
        labelled = labelled or (role == "indicators" and _TOLD.search(name) is not None)
        if not labelled or role is None or (level2 and rest):
            return None
        return Heading(LABEL_DEPTH, role, rest, level1, level2, name)
    if role is None and (depth >= LABEL_DEPTH or (rest and depth > 1)):
        # 1. 建成 … is a point of a list; so is （一）建成站房3座。…
        named = not rest and cut is None and _NAME_OF_PART.search(name)
        return (
            Heading(depth, None, "", name=name)
            if named and not _is_point(name)
            else None
        )
    if role is None and open_role and _is_point(name):
        return None
    return Heading(depth, role, rest, level1, level2, name)


def _only_promises(text: str, open_role: str | None) -> bool:
    """效益指标下达情况 in a chapter of goals: what is wanted of each indicator."""
    in_goals = open_role is not None and open_role.startswith("goal.")
    return in_goals and _RESULT.search(text) is None


def _is_field(text: str) -> bool:
    """项目名称：… or 自评得分：96分 on a line of its own: no goal, no outcome."""
    fields = split_fields(text) if len(text) <= MAX_FIELD else ()
    return bool(fields) and any(
        role.startswith(("header.", "total", "rating", "fund."))
        for role in fields[0].roles
    )


def _is_point(name: str) -> bool:
    """二、完成站房3座 in a list of goals that is numbered like headings."""
    return any(ch.isdigit() for ch in name)


def _number(text: str) -> tuple[int | None, int]:
    for pattern, depth in _DEPTHS:
        if found := pattern.match(text):
            return depth, found.end()
    return None, 0


def _levels(name: str) -> tuple[str | None, str | None]:
    """产出指标完成情况分析 → 产出指标; 社会效益 → 社会效益."""
    base = re.sub(r"(?:的)?(?:完成|实现|达成)?(?:情况)?(?:分析)?$", "", name)
    content = content_of(base)
    return (
        base if content.level1 else None,
        base if content.level2 and not content.level1 else None,
    )


def _folded(text: str) -> str:
    return simplified(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=2)
def _rules(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (entry["role"], re.compile(entry["pattern"]))
        for entry in load_toml("narrative.toml")[kind]
    )
