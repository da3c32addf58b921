"""A form whose table ran together into words: seen to be one, not to be read."""

from __future__ import annotations

import re
import unicodedata

from pipeline.core.document import Document, Paragraph
from pipeline.layout.labels import simplified

FEWEST_LEVELS = 3
"""Level names below the header, which a filled-in table has."""

FEWEST_NUMBERS = 6

_REMARKS = re.compile(r"[(（][^()（）]{0,12}[)）]|\s+")
# 一级指标 is not asked for: set from top to bottom, its characters come in any order.
_HEADER = re.compile(
    r"(?:二级指标(?:三级指标|指标名称|指标内容|具体指标)|指标名称(?:计量单位|指标性质|指标权重){1,3})"
    r"\S{0,24}?(?:指标值|目标值|完成值|实际值|得分|分值)"
)
_LEVEL = re.compile(r"(?:数量|质量|时效|成本|效益|满意度|产出)指标")
_CORE = re.compile(r"是否核心指标")  # the table of a city that names no levels
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def holds_run_together(document: Document) -> bool:
    """Whether the words of an indicator table stand in the text, without a table.

    Rules that list the columns have commas between them and no values behind them.
    """
    texts = (b.text for b in document.blocks if isinstance(b, Paragraph))
    whole = simplified(unicodedata.normalize("NFKC", "".join(texts)))
    squeezed = _REMARKS.sub("", whole)
    found = _HEADER.search(squeezed)
    if found is None:
        return False
    below = squeezed[found.end() :]
    named = len(_LEVEL.findall(below)) >= FEWEST_LEVELS or _CORE.search(below)
    return bool(named) and len(_NUMBER.findall(below)) >= FEWEST_NUMBERS
