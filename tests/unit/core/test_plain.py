"""The line of JSON is written without dicts; it must be the line of the dicts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.plain import dump_json, to_plain, write_json
from pipeline.core.provenance import BBox, CellRef, Provenance
from pipeline.core.quantity import Comparator


@dataclass(frozen=True, slots=True)
class Lone:
    """A noun with one field."""

    only: object


@dataclass(frozen=True, slots=True)
class Pair:
    """A noun with two fields."""

    first: object
    second: object = None


class Step(Enum):
    ONE = 1


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(allow_nan=False, allow_infinity=False, places=3)
    | st.text(st.characters())
    | st.sampled_from([*Comparator, Step.ONE, Decimal("95.50"), Decimal("1E+3")])
    | st.builds(BBox, *[st.floats(-1e6, 1e6)] * 4)
)
NOUNS = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(), inner, max_size=4)
        | st.dictionaries(st.text(), inner, max_size=2).map(MappingProxyType)
        | st.builds(Lone, inner)
        | st.builds(Pair, inner, inner)
    ),
    max_leaves=12,
)


@given(NOUNS)
@settings(deadline=None)
def test_written_line_is_that_of_the_dicts(value: object) -> None:
    assert write_json(value) == dump_json(to_plain(value))


@pytest.mark.parametrize("char", ["\ud800", "\udfff", '"', "\\", "\n", "\x7f", "%s"])
def test_special_characters(char: str) -> None:
    noun = Pair(f"目标{char}30家", {char: char})
    assert write_json(noun) == dump_json(to_plain(noun))
    assert json.loads(write_json(noun))["first"] == f"目标{char}30家"


def test_nested_provenance() -> None:
    place = Provenance(1, BBox(0, 1.239, 2, 3), CellRef(0, 1, 2), None, ("甲",))
    assert write_json(place) == dump_json(to_plain(place))


@pytest.mark.parametrize(
    "value", [float("nan"), float("-inf"), Decimal("NaN"), Decimal("Infinity")]
)
def test_no_number_of_json(value: float | Decimal) -> None:
    with pytest.raises((ValueError, OverflowError)):
        write_json(Lone(value))


def test_unknown_type() -> None:
    with pytest.raises(TypeError):
        write_json(Lone(object()))
