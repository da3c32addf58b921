"""The cells of a text whose table lost its rows, in every way they may be read.

A cell may stand on a line of its own, be broken over lines, or share a line with its
neighbours. An empty text is a cell known to be empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.layout.evidence import content_of, is_level
from pipeline.layout.labels import bare, fold, has_role, lexicon, simplified
from pipeline.layout.lines import Line
from pipeline.layout.wrapped_labels import whole_labels
from pipeline.resources import load_toml

PASTED = -1
"""Table number of rebuilt rows; their places are those of the paragraphs."""

LOSSY = -2
"""Table number of rebuilt rows of which empty cells may be lost."""

UNREAD = -3
"""Table number of cells of a form that stand in no row."""

MOST_PIECES = 8
"""Lines over which a label may be broken, one character a line included."""

LONGEST = 20
"""Characters of a label or level name that may be broken."""

FEWEST_LABELS = 3
_COLUMNS = re.compile(
    r"[一二三]级指标|指标名称|指标内容|指标类[别型]|[指目标期计划]{2}值|[完成实际现]{2}值"
    r"|年初目标|全年完成|分值|权重|得分|完成情况"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_REMARK = re.compile(r"[(（][^()（）]{1,12}[)）]")
_HALF_REMARK = re.compile(r"[(（]?\s*\d{1,3}\s*分?\s*[)）]")
# Labels that are mostly parts of others (年度 指标值, 社会效益 指标).
_PARTS = frozenset(
    ("年度", "指标", "内容", "目标", "一级", "二级", "三级", "单位", "说明", "资金")
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Cells in order. ``lenient``: any but the name may have been lost if empty.

    The column of a cell is its place in its printed line.
    """

    cells: tuple[Line, ...]
    lenient: bool = False


def text_of(cell: Line) -> str:
    """The text of a cell."""
    return cell.slots[0].text


def is_rebuilt(line: Line) -> bool:
    """A row that was put together from cells of which only the order was left."""
    return line.table in (PASTED, LOSSY, UNREAD)


def readings(run: Sequence[Line]) -> Iterator[Reading]:
    """A run of paragraphs as cells, the readings that assume least first."""
    whole = _joined(run)
    solid = tuple(c for c in whole if text_of(c))
    if len(solid) < len(whole):
        yield Reading(whole)
    yield Reading(solid)
    yield Reading(solid, lenient=True)
    words = _words(run)
    if len(words) > len(run):
        yield Reading(_joined(words), lenient=True)


def _words(run: Sequence[Line]) -> tuple[Line, ...]:
    """Cells that stand beside each other in a line, a space between them."""
    printed = whole_labels([_bracketed(text_of(line).split()) for line in run])
    return tuple(
        replace(line, slots=(replace(line.slots[0], text=word, column=i),))
        for line, words in zip(run, printed, strict=True)
        for i, word in enumerate(words)
    )


def _bracketed(words: list[str]) -> list[str]:
    """Words with those put together that stand in one bracket: 数量( ≥**个 )."""
    done: list[str] = []
    for word in words:
        if done and _open_brackets(done[-1]) > 0 and _open_brackets(word) < 1:
            done[-1] += " " + word
        else:
            done.append(word)
    return done


def _open_brackets(text: str) -> int:
    return sum((c in "(（") - (c in ")）") for c in text)


def _joined(cells: Sequence[Line]) -> tuple[Line, ...]:
    """Cells with the labels and level names that were broken over several whole."""
    done: list[Line] = []
    i = 0
    while i < len(cells):
        count = _pieces(cells, i)
        text = text_of(cells[i])
        if count > 1:
            text = "\n".join(text_of(c) for c in cells[i : i + count])
        i += count
        points = text_of(cells[i]) if i < len(cells) else ""
        if _HALF_REMARK.fullmatch(points) and has_role(text, "goal."):
            text += f"({points.strip('()（） ')})"
        slot = replace(cells[i - count].slots[0], text=text)
        done.append(replace(cells[i - count], slots=(slot,)))
    # The points of a level, whose bracket was lost, say nothing that is needed.
    return tuple(c for c in done if not _HALF_REMARK.fullmatch(text_of(c)))


def _pieces(cells: Sequence[Line], start: int) -> int:
    """How many cells from ``start`` on make one name; 1 where it is whole."""
    parts: list[str] = []
    best = 1
    if bare(text_of(cells[start])) not in _beginnings():
        return best
    for cell in cells[start : start + MOST_PIECES]:
        text = "".join(text_of(cell).split())
        parts.append(text)
        remark = _REMARK.fullmatch(text) is not None
        if (remark and len(parts) == 1) or not (remark or _HAN.search(text)):
            break
        if len("".join(parts)) > LONGEST:
            break
        if _is_broken_name(parts, remark=remark):
            best = len(parts)
    return best


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """All that a label or a level name may begin with."""
    words = load_toml("indicator_words.toml")
    levels = [w for key in ("level1", "level2") for w in words[key]["words"]]
    levels += words["level1"]["named"]
    names = {*lexicon(), *map(bare, lexicon()), *(f"{fold(w)}指标" for w in levels)}
    return frozenset(name[:i] for name in names for i in range(1, len(name) + 1))


def _is_broken_name(parts: Sequence[str], *, remark: bool) -> bool:
    """A name with its remark, or a name of which some part is none by itself."""
    if remark:
        alone = len(parts) > 2 and all(map(_stands_alone, parts[:-1]))
        return _is_name("".join(parts[:-1])) and not alone
    return _is_name("".join(parts)) and not all(map(_stands_alone, parts))


def _is_name(text: str) -> bool:
    return fold(text) in lexicon() or bare(text) in lexicon() or is_level(text)


def _stands_alone(text: str) -> bool:
    return _is_name(text) and bare(text) not in _PARTS


def without_fillers(cells: Sequence[Line]) -> list[Line]:
    """Cells without 指标2 and …… and the empty cells behind them."""
    kept: list[Line] = []
    dropping = False
    for cell in cells:
        text = text_of(cell)
        dropping = content_of(text).filler if text else dropping
        if not dropping:
            kept.append(cell)
    return kept


def may_hold_rows(run: Sequence[Line]) -> bool:
    """Whether labels of an indicator table stand somewhere in the run."""
    squeezed = re.sub(r"\s+", "", "".join(map(text_of, run)))
    return len(set(_COLUMNS.findall(simplified(squeezed)))) >= FEWEST_LABELS


def is_column(cell: Line) -> bool:
    """Whether a cell is a label of the indicator table."""
    return has_role(text_of(cell), "ind.")


def one_cell(lines: Sequence[Line], between: str = "\n") -> Line:
    """Cells that are one, with what stands between their texts."""
    text = between.join(map(text_of, lines))
    return replace(lines[0], slots=(replace(lines[0].slots[0], text=text),))


def row_of(
    cells: Sequence[Line], columns: Sequence[int] | None = None, table: int = PASTED
) -> Line:
    """Cells as a row of a table; empty ones keep their column only."""
    places = columns if columns is not None else range(len(cells))
    slots = tuple(
        replace(cell.slots[0], column=column)
        for cell, column in zip(cells, places, strict=True)
        if text_of(cell)
    )
    return Line(slots, table, True, cells[0].page)
