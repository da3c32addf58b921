"""Numbers of the funds block and of the weight and score columns, as printed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

PLACEHOLDERS = frozenset(
    ("-", "--", "---", "—", "——", "–", "－", "/", "//", "\\", "*", "**", "无", "空", "不适用", "一")
)  # fmt: skip
# 一 alone in a number cell is a dash that a reader took for a character.

_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_TWO = re.compile(r"\d\s+\d")
_SPACED = re.compile(r"\d{1,3}(?:\s\d{3})+(?:\.\d+)?\D*")
_LOST_SPACE = re.compile(r"(?<=[\d%])\?+$|^\?+(?=\d)")  # what became of &nbsp;
_UNIT = re.compile(r"(?:万元|千元|亿元|元|万|分|%|﹪)$")
# What points were taken off, or how many there are at most.
_REMARK = re.compile(r"[（(][^（()）]*(?:扣|减|满分|加分)[^（()）]*[)）]\s*$")
_POINTS = r"[^\d\s]{0,4}\d{1,3}(?:\.\d{1,2})?分?"
_DEDUCTION = re.compile(
    r"(?:酌情)?(?:应|共|合计)?(?:扣(?:减|除|去)?|减)\s*\d+(?:\.\d+)?\s*分?[。.]?"
    r"|(?:不|未|没有|无)(?:扣|减)分?[。.]?|无扣分项?[。.]?"
)
_TWO_POINTS = re.compile(rf"{_POINTS}\s*[/、,;\s]\s*{_POINTS}")


def is_placeholder(text: str) -> bool:
    """Whether a cell holds only a sign for "nothing" (-, —, /, 无 …)."""
    return unicodedata.normalize("NFKC", text).strip() in PLACEHOLDERS or (
        text.strip() in PLACEHOLDERS
    )


@lru_cache(maxsize=4096)
def number_in(text: str) -> str | None:
    """The number that a cell consists of; None for anything else.

    As printed, but without thousands separators, a plus sign and a trailing
    unit or %; .5 gets its zero.
    """
    printed = unicodedata.normalize("NFKC", text).strip()
    if _TWO.search(printed) and not _SPACED.fullmatch(printed):
        return None  # 100 97.35 are two numbers, 1 200.00 is one
    folded = _LOST_SPACE.sub("", re.sub(r"\s+", "", printed))
    folded = _UNIT.sub("", folded)
    if _GROUPED.fullmatch(folded):
        folded = folded.replace(",", "")
    if not _NUMBER.fullmatch(folded):
        return None
    return re.sub(r"^\+?(-?)\.", r"\g<1>0.", folded).removeprefix("+")


def points_in(text: str) -> str | None:
    """The number of a weight or score cell, also beside a remark: 14.5（扣0.5）."""
    number = number_in(text)
    if number is None and text.rstrip().endswith((")", "）")):
        number = number_in(_REMARK.sub("", text))
    return number


def are_two_points(text: str) -> bool:
    """Whether a cell holds two scores: 15/14.5, 自评15 复评14.5."""
    return (
        _TWO_POINTS.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None
    )


def tells_deduction(text: str) -> bool:
    """Whether a cell says what was taken off and not what is left: 扣2.5分, 不扣分."""
    return _DEDUCTION.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def is_value(text: str) -> bool:
    """Whether a cell can stand in a number column: a number or a placeholder."""
    return number_in(text) is not None or is_placeholder(text)
