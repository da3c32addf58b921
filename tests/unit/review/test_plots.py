from __future__ import annotations

import re

import pytest

from pipeline.review import plots
from pipeline.review.report import _asset

LONG = (
    "预算执行率与资金数据不一致（按全年预算数和年初预算数计算均不相符，且各栏单位不同）"
)


def test_stack_fills_the_width_and_leaves_out_nothing() -> None:
    parts = plots.stack(
        [("a", "✓", "达到", 3), ("b", "↓", "未达", 0), ("c", "○", "无", 1)]
    )
    assert [p.label for p in parts] == ["达到", "无"]
    assert sum(p.width for p in parts) == pytest.approx(plots.WIDTH)
    assert sum(p.share for p in parts) == pytest.approx(1)


def test_nothing_counted_gives_no_parts() -> None:
    assert plots.stack([("a", "✓", "达到", 0)]) == ()
    assert plots.bars([]).bars == ()


def test_bars_never_meet_the_label_of_the_next() -> None:
    plot = plots.bars([(LONG * n, [("a", "", "高", n)]) for n in (1, 2, 3)])
    bottom = 0.0
    for bar in plot.bars:
        top_of_label = bar.y - len(bar.label_lines) * plot.line_height
        assert top_of_label >= bottom
        bottom = bar.y + plot.bar_height
        assert "".join(bar.label_lines) == bar.label
        assert all(plots.text_width(line) <= plots.WIDTH for line in bar.label_lines)
    assert plot.height >= bottom


@pytest.mark.parametrize(
    ("value", "label"),
    [(-1.0, "< 50"), (49.99, "< 50"), (50.0, "50–80"), (100.0, "> 80"), (80.0, "> 80")],
)
def test_histogram_counts_each_value_once(value: float, label: str) -> None:
    plot = plots.histogram([value], (50.0, 80.0), ("< 50", "50–80", "> 80"))
    assert [c.label for c in plot.columns if c.count] == [label]
    assert sum(c.count for c in plot.columns) == plot.total == 1


# --- colours

_PAIRS = [
    *((name, f"{name}-bg") for name in ("met", "exceeded", "shortfall", "undetermined", "none", "high", "medium", "low", "info", "notice")),
    *((name, ground) for name in ("ink", "muted", "accent") for ground in ("bg", "card", "sunk")),
    *((name, "card") for name in ("met", "exceeded", "shortfall", "undetermined", "none")),
    *(("ink", f"{mark}-bg") for mark in ("target", "outcome", "notice")),
    *(("on-fill", name) for name in ("met", "exceeded", "shortfall", "undetermined", "none")),
    ("lit-ink", "lit"),
]  # fmt: skip


def _schemes() -> dict[str, dict[str, str]]:
    css = _asset("report.css")
    blocks = re.findall(r":root \{(.*?)\}", css, re.S)
    colours = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", b)) for b in blocks]
    return {"浅色": colours[0], "深色": {**colours[0], **colours[1]}}


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["浅色", "深色"])
@pytest.mark.parametrize(("ink", "ground"), _PAIRS, ids=lambda v: str(v))
def test_text_has_wcag_aa_contrast(scheme: str, ink: str, ground: str) -> None:
    colours = _schemes()[scheme]
    light, dark = sorted(
        (_luminance(colours[ink]), _luminance(colours[ground])), reverse=True
    )
    assert (light + 0.05) / (dark + 0.05) >= 4.5
