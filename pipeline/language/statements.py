"""Cutting the goal text into statements (guideline section 5)."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.language.fold import fold

# Text inside these does not cut; an opening mark without its closing one protects nothing.
_PROTECTED = re.compile(
    r"《[^《》\n]{0,120}》|“[^“”\n]{0,120}”|（[^（）\n]{0,120}）|\([^()\n]{0,120}\)"
)
_TAG_OR_SPACE = re.compile(r"</?[A-Za-z][^<>]{0,200}>|&nbsp;?", re.IGNORECASE)
# The ; of an entity is no stop; &nbsp; itself cuts.
_ENTITY = re.compile(r"&(?!nbsp)[A-Za-z]{2,8};|&#\d{1,6};")
_STOP = re.compile(r"[。；;！!？?\r\n]")
# 1. 1、 1) （1） (1) ① 一是 一、 （一） 目标1： — never 1.5, never 一、二 in a row.
_MARKER = re.compile(
    # What any of them begins with, so that the rest of a text is passed over.
    r"(?=[（(0-9０-９①-⑳㈠-㈩⑴-⒇一二三四五六七八九十年目任])(?:"
    r"[（(]\s?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s?[）)]"
    r"|[0-9０-９]{1,2}\s?(?:[）)]|、(?![0-9０-９]{1,2}[号、#楼栋期站])|[.．](?![0-9０-９])|[.．](?=(?:19|20)\d{2}年))"
    # 2.427名学员, 3.65岁以上老人: no such thing is counted in decimals.
    r"|(?<![0-9０-９])[0-9０-９]{1,2}[.．](?=[0-9０-９]{1,5}"
    r"(?:岁|(?:人(?![次均])|户|名|家|所|座|条|件|份|场|部|辆|处|栋|起|期|批|支|篇|册)(?!/)))"
    r"|[①-⑳]|[㈠-㈩]|[⑴-⒇]"
    # 八一、春节 are holidays.
    r"|(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"(?:是(?=[^否])|、(?![一二三四五六七八九十]|春节|元旦|中秋|国庆))"
    r"|(?:年度)?(?:目标|目標|任务)\s?[0-9０-９一二三四五六七八九十]{1,2}\s?[：:、.．]?)"
)
# What may stand before a list marker. 、 is no such mark (一、二产业), and > only of a tag.
_BEFORE_MARKER = re.compile(r"(?:[。；;！!？?：:，,.．\s\u3000）)】”]|[A-Za-z/\"]>)$")
# PM2.5、PM10 and 2.5、3.5公里: the dot of a decimal is no stop.
_IN_A_NUMBER = re.compile(r"[0-9０-９][.．][0-9０-９]$")
_TRIM = " \t\u3000\xa0，,、\r\n"
# 某工程年度目标任务，一是…: the name of the list; not 全面完成年度目标任务，一是….
_LIST_NAME = re.compile(
    r"(?!.*(?:完成|实现|落实|达到|推进|确保|保障|开展|分解|下达))(?:20\d{2}年度?)?[^\d，,、]{0,40}"
    r"(?:年度?|绩效|总体|工作|主要|重点|预期)(?:目标任务|目标|任务)[，,]\s*"
)
_MIN_LENGTH = 3
# No heading (主要任务：) is so long.
_ITEM = 10
_MARKER_NUMBER = re.compile("[0-9]+|[一二三四五六七八九十]+|[①-⑳㈠-㈩⑴-⒇]")


@lru_cache(maxsize=4)
def cut_statements(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open spans of the statements of a goal text, in reading order."""
    cuts, markers = _cuts_and_markers(text)
    pieces: list[tuple[int, int]] = []
    position = 0
    for start, end in sorted(cuts + markers):
        if start > position:
            pieces.append((position, start))
        position = max(position, end)
    pieces.append((position, len(text)))
    slips = _ended_by_a_slip(text, markers)
    firsts = {start for start, end in markers if _marker_value(text[start:end]) == 1}
    trimmed = (
        _trim(text, *piece, colon=piece in slips)
        for piece in pieces
        if not (piece[1] in firsts and _LIST_NAME.fullmatch(text[slice(*piece)]))
    )
    return tuple(span for span in trimmed if span and _is_statement(text, span))


def _ended_by_a_slip(
    text: str, markers: Sequence[tuple[int, int]]
) -> frozenset[tuple[int, int]]:
    """Whole items that end with a colon for a stop: 目标2：满足学生需求: 目标3：….

    A lead-in has its list under it; here the next item of the same list follows.
    """
    found = []
    for (start, end), (following, after) in pairwise(sorted(markers)):
        piece = text[end:following]
        first, second = text[start:end], text[following:after]
        if (
            len(piece) >= _ITEM
            and piece.rstrip(_TRIM).endswith(("：", ":"))
            and _shape(first) == _shape(second)
            and (_marker_value(second) or 0) == (_marker_value(first) or 0) + 1
        ):
            found.append((end, following))
    return frozenset(found)


def _shape(marker: str) -> str:
    """A list marker without its number: 目标#：."""
    return _MARKER_NUMBER.sub("#", fold(marker)).replace(" ", "")


@lru_cache(maxsize=4)
def _cuts_and_markers(
    text: str,
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where a text is cut, and its list markers, at which it is cut as well."""
    shielded = _shield(text)
    cuts = _cuts(text, shielded)
    return cuts, _markers(text, shielded, cuts)


def _shield(text: str) -> str:
    """The text with everything inside protecting brackets and entities blanked."""
    text = _ENTITY.sub(lambda m: "□" * len(m[0]), text)
    return _PROTECTED.sub(lambda m: m[0][0] + "□" * (len(m[0]) - 2) + m[0][-1], text)


def _cuts(text: str, shielded: str) -> list[tuple[int, int]]:
    """Stops outside brackets, and HTML tags."""
    cuts = [m.span() for m in _STOP.finditer(shielded)]
    return cuts + [m.span() for m in _TAG_OR_SPACE.finditer(text)]


def _markers(
    text: str, shielded: str, cuts: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    ends = {end for _, end in cuts} | {0}
    first = len(text) - len(text.lstrip())
    found: list[tuple[int, int]] = []
    for match in _MARKER.finditer(text):
        start = match.start()
        if shielded[start] == "□":
            continue
        if (
            start in ends
            or start <= first
            or (
                _BEFORE_MARKER.search(text, max(0, start - 2), start)
                and not _IN_A_NUMBER.search(text, max(0, start - 2), start + 1)
            )
        ):
            found.append(match.span())
            ends.add(match.end())
    return found


def _trim(
    text: str, start: int, end: int, *, colon: bool = False
) -> tuple[int, int] | None:
    while start < end and text[start] in _TRIM:
        start += 1
    last = _TRIM + "：:" if colon else _TRIM
    while end > start and text[end - 1] in last:
        end -= 1
    return (start, end) if start < end else None


def _is_statement(text: str, span: tuple[int, int]) -> bool:
    piece = text[slice(*span)]
    return len(piece) >= _MIN_LENGTH and not piece.endswith(("：", ":"))


_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")}


def item_numbers(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int | None, ...]:
    """The list number under which each span stands (1. ① 一是 目标1：), or None.

    A number holds until the next list marker; a top-level and a nested list
    are not told apart.
    """
    markers = _list_markers(text)
    ends = [end for _, end in markers]
    numbers: list[int | None] = []
    for start, _ in spans:
        before = bisect_right(ends, start + 1)
        numbers.append(
            _marker_value(text[slice(*markers[before - 1])]) if before else None
        )
    return tuple(numbers)


@lru_cache(maxsize=4)
def _list_markers(text: str) -> tuple[tuple[int, int], ...]:
    """Where list markers stand; asked for once per statement of a text."""
    _, markers = _cuts_and_markers(text)
    return tuple(sorted(markers))


def _marker_value(marker: str) -> int | None:
    for char in marker:
        # ①, ⑴, ⒈ and ㈠ hold their number in one character.
        if unicodedata.category(char) == "No":
            return int(unicodedata.numeric(char, 0))
    digits = "".join(c for c in fold(marker) if c.isdecimal())
    if digits:
        return int(digits)
    han = [c for c in marker if c in _HAN_DIGITS]
    if not han:
        return None
    if len(han) == 1:
        return _HAN_DIGITS[han[0]]
    tens = _HAN_DIGITS[han[0]] if han[0] != "十" else 1
    units = _HAN_DIGITS[han[-1]] if han[-1] != "十" else 0
    return tens * 10 + units
