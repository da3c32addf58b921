"""Text dumps whose cells are parted by a sign other than a tab, as tab rows.

Scripts that dump tables write bars, commas or semicolons between the cells of a row,
or each row as a list, or draw the ruling lines with characters. The header of the
indicator table tells which sign it is: what stands between its labels, again and
again. Bars around a whole row are left as they are, which Markdown has too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.sources.listed_rows import listed_rows

FEWEST_GAPS = 3
"""Gaps between labels with one and the same sign that show it to part cells."""

FEWEST_ROWS = 3
"""Lines with the sign; rules name the labels of a table in one line."""

FEWEST_RULED = 4
"""Rows between drawn lines that part all rows; else they stand around the header."""

_LABEL = re.compile(
    r"[一二三]级指标|指标(?:名称|内容|性质|类[别型])|计量单位|完成情况|完成率"
    r"|(?:年度|年初|全年|预期|计划|目标|实际|指标)*(?:指标|目标|完成|实际)值"
    r"|分值|权重|得分|(?:未完成|偏差)原因[一-鿿]{0,10}"
)
# （A）, (分) and quotation marks may stand beside a label.
_GAP = re.compile(
    r"(?:[(（][^()（）]{0,8}[)）])?[\"']?\s*(?P<sign>[|/\\^~#$*&,;；]{1,3})\s*[\"']?"
)
_BARS = str.maketrans(dict.fromkeys("｜│┃║¦∣┆┊", "|"))
_DRAWN = re.compile(
    r"(?=.*[+\u2500-\u257f])(?=.*[-=\u2500-\u257f]{3})[\s|+\-=\u2500-\u257f]+"
)
_MARKDOWN = re.compile(r"\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+\|?\s*")
_DIGIT = re.compile(r"\d")
# They stand in sentences too, where only quotation marks or the width tell.
_IN_SENTENCES = frozenset(",;；")


def with_tabs(text: str) -> str:
    """The text with tab rows for its rows, or as it is where they are not clear."""
    if "\t" in text:
        return text
    lines = text.splitlines()
    if rows := listed_rows(lines):
        return "\n".join(rows)
    lines = _undrawn(lines)
    found = next((s for line in lines if (s := _sign_of(line))), "")
    rows = _rows(lines, found) if found else []
    if sum("\t" in row for row in rows) > FEWEST_ROWS:
        return "\n".join(rows)
    return "\n".join(lines) if lines != text.splitlines() else text


def _undrawn(lines: list[str]) -> list[str]:
    """Lines with plain bars and without drawn lines; rows between these are whole."""
    plain = [line.translate(_BARS) for line in lines]
    piped = sum(line.count("|") > 1 for line in plain)
    drawn = [_DRAWN.fullmatch(line) is not None for line in plain]
    if piped < FEWEST_ROWS or not (any(drawn) or plain != lines):
        return lines
    rows: list[list[str]] = [[]]
    for line, is_drawn in zip(plain, drawn, strict=True):
        if is_drawn:
            rows.append([])
        else:
            rows[-1].append(line)
    rows = [row for row in rows if row]
    tables = [row for row in rows if all("|" in line for line in row)]
    if len(tables) < FEWEST_RULED:
        return [line for row in rows for line in row]
    return [line for row in rows for line in (_one_row(row) or row)]


def _one_row(lines: Sequence[str]) -> list[str] | None:
    """Lines of one row as one, where each has its part of every cell."""
    plain = (line.strip().removeprefix("|").removesuffix("|") for line in lines)
    parts = [line.split("|") for line in plain]
    if len(set(map(len, parts))) > 1 or not all("|" in line for line in lines):
        return None
    cells = ("".join(p.strip() for p in column) for column in zip(*parts, strict=True))
    return [f"|{'|'.join(cells)}|"]


def _sign_of(line: str) -> str:
    """What parts the labels of a header, "" for any other line."""
    labels = list(_LABEL.finditer(line))
    gaps = [
        gap["sign"]
        for one, other in pairwise(labels)
        if (gap := _GAP.fullmatch(line, one.end(), other.start()))
    ]
    if len(gaps) < FEWEST_GAPS or len(set(gaps)) > 1:
        return ""
    around = line.strip()
    if around.startswith(gaps[0]) or around.endswith(gaps[0]):
        return ""  # the sign stands around the cells
    return gaps[0]


def _rows(lines: Sequence[str], sign: str) -> list[str]:
    """Tab rows; none where a sign that sentences have too does not clearly part cells."""
    if any(_MARKDOWN.fullmatch(line) for line in lines):
        return []
    if sign not in _IN_SENTENCES:
        return ["\t".join(map(str.strip, line.split(sign))) for line in lines]
    rows = _quoted_rows("\n".join(lines), sign)
    width = max((len(row) for row in rows if _is_header(row)), default=0)
    if any(len(row) > width or _cuts_a_sentence(row) for row in rows):
        return []
    return ["\t".join(row) for row in rows]


def _quoted_rows(text: str, sign: str) -> list[list[str]]:
    """Rows whose fields may be quoted, a break inside one as ``<br>``."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error:  # a field beyond the limit of the module
        return []
    return [["<br>".join(field.strip().split("\n")) for field in row] for row in rows]


def _is_header(row: Sequence[str]) -> bool:
    return sum(_LABEL.match(field) is not None for field in row) > FEWEST_GAPS


def _cuts_a_sentence(fields: Sequence[str]) -> bool:
    """Whether a number stands beside a sentence (举办讲座3场 beside 听众90人。)."""
    sentences = [field for field in fields if "。" in field]
    return bool(sentences) and any(
        _DIGIT.search(field) for field in fields if field not in sentences
    )
