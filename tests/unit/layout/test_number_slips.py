"""Misread numbers are repaired where a number must stand, and it is said."""

from __future__ import annotations

import pytest

from pipeline.layout.number_slips import number_meant
from tests.unit.layout.test_misread import form_of


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("10,00", "10.00"),
        ("8, 00", "8.00"),
        ("1O", "10"),
        ("9。50", "9.50"),
        ("I0.00", "10.00"),
        ("10.00", None),
        ("1,000", None),
        ("1,000.00", None),
        ("-", None),
        ("一", None),
        ("O", None),
        ("1.2.3", None),
        ("12场", None),
        ("lO", None),
        ("", None),
    ],
)
def test_numbers_meant(read: str, meant: str | None) -> None:
    assert number_meant(read) == meant


def test_a_score_is_repaired_and_noted() -> None:
    form = form_of({"18.3": "18,3", "98.3": "98。3"})
    assert form is not None
    assert form.indicators[0].score == "18.3"
    assert form.total_score == "98.3"
    assert form.provenance["indicators[0].score"].alternatives == ("18,3",)
    assert {(n.code, n.field, n.detail) for n in form.notes} == {
        ("number_repaired", "indicators[0].score", "18,3 → 18.3"),
        ("number_repaired", "total_score", "98。3 → 98.3"),
    }


def test_texts_are_never_repaired() -> None:
    form = form_of({"12个": "1O", "11个": "11,5"})
    assert form is not None
    row = form.indicators[0]
    assert (row.target_text, row.actual_text) == ("1O", "11,5")
    assert not form.notes


def test_printed_numbers_are_not_repaired() -> None:
    form = form_of({"18.3": "18,3"}, recognised=False)
    assert form is not None
    assert not [n for n in form.notes if n.code == "number_repaired"]
