"""Calibration figures on links counted by hand."""

from __future__ import annotations

import pytest
from lxml import etree

from pipeline.evaluation.calibration import (
    Judged,
    brier,
    expected_error,
    reliability,
    risk_coverage,
)
from pipeline.evaluation.plots import calibration_svg, risk_coverage_svg

LINKS = (
    [Judged(0.5, True), Judged(0.5, False)]
    + [Judged(0.8, k > 0) for k in range(5)]
    + [Judged(1.0, True)] * 3
)


def test_bins_never_split_links_of_one_confidence() -> None:
    bins = reliability(LINKS, bins=10)
    assert [(b.lowest, b.highest, b.count) for b in bins] == [
        (0.5, 0.5, 2),
        (0.8, 0.8, 5),
        (1.0, 1.0, 3),
    ]
    assert [b.accuracy for b in bins] == [0.5, 0.8, 1.0]
    assert reliability(list(reversed(LINKS)), bins=10) == bins


def test_bins_have_equal_mass_where_confidences_differ() -> None:
    links = [Judged(k / 100, True) for k in range(100)]
    assert [b.count for b in reliability(links)] == [10] * 10
    assert sum(b.count for b in reliability(links[:97])) == 97


def test_well_calibrated_links_have_no_error() -> None:
    assert expected_error(LINKS) == pytest.approx(0.0)
    assert brier(LINKS) == pytest.approx((2 * 0.25 + 4 * 0.04 + 0.64) / 10)
    assert expected_error([Judged(0.9, False)]) == pytest.approx(0.9)


def test_risk_grows_as_less_sure_links_are_kept() -> None:
    points = risk_coverage(LINKS)
    assert [(p.confidence, p.coverage) for p in points] == [
        (1.0, 0.3),
        (0.8, 0.8),
        (0.5, 1.0),
    ]
    assert [p.risk for p in points] == pytest.approx([0.0, 1 / 8, 2 / 10])


def test_nothing_to_judge() -> None:
    assert (reliability([]), risk_coverage([])) == ((), ())
    assert (expected_error([]), brier([])) == (0.0, 0.0)


@pytest.mark.parametrize("draw", [calibration_svg, risk_coverage_svg])
@pytest.mark.parametrize("links", [LINKS, LINKS[:1], []], ids=["十条", "一条", "无"])
def test_drawings_are_xml_with_the_name_escaped(draw, links) -> None:
    root = etree.fromstring(draw(links, "<甲&乙>", "zh").encode())
    assert "<甲&乙>" in root.findtext("{*}title")
    dots = root.findall("{*}circle")
    assert len(dots) >= bool(links)
    assert all(0 <= float(dot.get("cy")) <= 460 for dot in dots)
