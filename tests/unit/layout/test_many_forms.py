"""Hundreds of forms in one text: all are found, in time that grows with their number."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from pipeline.core.document import Document
from pipeline.layout import find_forms
from pipeline.sources import pace, read
from pipeline.sources.pace import Step
from tests.helpers.archive import form_rows, text_table

SIZE = 60
FACTOR = 4


def _short(number: int) -> list[list[str]]:
    """A form with one indicator row of its own."""
    rows = form_rows(number)
    return [*rows[:10], rows[-1]]


def _tabs(number: int) -> bytes:
    return text_table(_short(number))


def _untitled(number: int) -> bytes:
    return text_table(_short(number)[1:])


def _cell_by_cell(number: int) -> bytes:
    """As pasted from a word processor: a line for each cell, the empty ones gone."""
    cells = [cell for row in _short(number) for cell in row if cell]
    return "\n".join(cells).encode()


LAYOUTS = {
    "tabs": _tabs,
    "without titles": _untitled,
    "a cell a line": _cell_by_cell,
}


def joined(layout: Callable[[int], bytes], count: int) -> Document:
    return read(b"\n".join(map(layout, range(count))), "表.txt")


def seconds(document: Document, count: int) -> float:
    start = time.process_time()
    forms = find_forms(document)
    spent = time.process_time() - start
    assert len(forms) == count
    return spent


@pytest.mark.parametrize("name", LAYOUTS)
def test_twice_the_forms_take_at_most_four_times_as_long(name: str) -> None:
    """The best of three rounds; a first one within the bound is enough."""
    short, long = joined(LAYOUTS[name], SIZE), joined(LAYOUTS[name], 2 * SIZE)
    once = twice = float("inf")
    for _ in range(3):
        once = min(once, seconds(short, SIZE))
        twice = min(twice, seconds(long, 2 * SIZE))
        if twice <= FACTOR * once:
            return
    pytest.fail(f"{SIZE} forms {once:.3f} s, {2 * SIZE} forms {twice:.3f} s")


@pytest.mark.parametrize("name", LAYOUTS)
def test_each_of_hundreds_of_forms_is_found_in_its_place(name: str) -> None:
    count = 600  # more than Python lets functions call each other
    forms = find_forms(joined(LAYOUTS[name], count))
    expected = [form_rows(number)[2][1] for number in range(count)]
    assert [form.project_name for form in forms] == expected
    assert all(len(form.indicators) == 1 for form in forms)


def test_a_pasted_form_with_lost_cells_costs_itself_only() -> None:
    whole = list(map(_cell_by_cell, range(3)))
    # Its indicator row has no values left: what belongs where cannot be told.
    lines = whole[1].decode().split("\n")
    at = lines.index("产出指标")
    whole[1] = "\n".join([*lines[: at + 1], *lines[at + 4 :]]).encode()
    forms = find_forms(read(b"\n".join(whole), "表.txt"))
    names = [form_rows(number)[2][1] for number in (0, 2)]
    assert [f.project_name for f in forms if f.indicators] == names


def test_every_further_form_gets_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Step] = []
    monkeypatch.setattr(pace, "_listeners", [heard.append])
    find_forms(joined(_tabs, 1))
    assert heard == []
    find_forms(joined(_tabs, 5))
    assert heard == [Step.PAGE] * 4
