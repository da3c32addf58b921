"""Calibration and risk–coverage as SVG files that any browser opens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from pipeline.evaluation.calibration import Judged, reliability, risk_coverage
from pipeline.messages import words_of

_SIZE = 360  # side of the plotted square
_LEFT, _TOP, _BOTTOM = 60, 40, 60
_TICKS = 5
_UNSAFE = re.compile(r"[^\w.-]")

Point = tuple[float, float]


def write_plots(
    folder: Path, splits: Sequence[tuple[str, Sequence[Judged]]], lang: str = "zh"
) -> tuple[Path, ...]:
    """Two SVG files per (name, judged links); returns what was written.

    A split without links gets none. Raises OSError where nothing can be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, judged in splits:
        if not judged:
            continue
        stem = _UNSAFE.sub("_", name)
        for kind, svg in (
            ("calibration", calibration_svg(judged, name, lang)),
            ("risk-coverage", risk_coverage_svg(judged, name, lang)),
        ):
            path = folder / f"{stem}-{kind}.svg"
            path.write_text(svg, encoding="utf-8")
            written.append(path)
    return tuple(written)


def calibration_svg(judged: Sequence[Judged], name: str, lang: str = "zh") -> str:
    """Accuracy over confidence, a dot per bin; the diagonal is perfect."""
    words = words_of("plots", lang)
    points = [(b.confidence, b.accuracy) for b in reliability(judged)]
    body = [_line([(0.0, 0.0), (1.0, 1.0)], "ideal"), _line(points, "curve")]
    body += [_dot(point) for point in points]
    title = f"{words['calibration']} {name} ({len(judged)} {words['links']})"
    return _page(title, (words["confidence"], words["accuracy"]), (1.0, 1.0), body)


def risk_coverage_svg(judged: Sequence[Judged], name: str, lang: str = "zh") -> str:
    """How the share of wrong links grows as less sure ones are kept."""
    words = words_of("plots", lang)
    found = risk_coverage(judged)
    top = max(0.05, *(p.risk for p in found)) if found else 0.05
    points = [(p.coverage, p.risk / top) for p in found]
    body = [_line(points, "curve"), *(_dot(point) for point in points[-1:])]
    title = f"{words['risk']} {name} ({len(judged)} {words['links']})"
    return _page(title, (words["coverage"], words["error"]), (1.0, top), body)


def _place(point: Point) -> Point:
    return _LEFT + point[0] * _SIZE, _TOP + (1 - point[1]) * _SIZE


def _line(points: Sequence[Point], style: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(_place, points))
    return f'<polyline class="{style}" points="{path}"/>'


def _dot(point: Point) -> str:
    x, y = _place(point)
    return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>'


def _text(point: Point, text: str, anchor: str = "middle", turn: str = "") -> str:
    x, y = point
    turned = f' transform="rotate({turn} {x:.1f} {y:.1f})"' if turn else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{turned}>'
        f"{escape(text)}</text>"
    )


def _axes(labels: tuple[str, str], tops: Point) -> list[str]:
    middle, low = _LEFT + _SIZE / 2, _TOP + _SIZE
    parts = [f'<rect class="frame" x="{_LEFT}" y="{_TOP}" width="{_SIZE}" '
             f'height="{_SIZE}"/>']  # fmt: skip
    for k in range(_TICKS + 1):
        share = k / _TICKS
        x, y = _place((share, share))
        parts.append(_text((x, low + 18), f"{share * tops[0]:.1f}"))
        parts.append(_text((_LEFT - 8, y + 4), f"{share * tops[1]:.2g}", "end"))
    parts.append(_text((middle, low + 44), labels[0]))
    parts.append(_text((18, _TOP + _SIZE / 2), labels[1], turn="-90"))
    return parts


def _page(title: str, labels: tuple[str, str], tops: Point, body: Sequence[str]) -> str:
    width, height = _LEFT + _SIZE + 30, _TOP + _SIZE + _BOTTOM
    style = (
        "text{font:13px sans-serif;fill:#333}.frame{fill:none;stroke:#999}"
        ".ideal{fill:none;stroke:#bbb;stroke-dasharray:5 4}"
        ".curve{fill:none;stroke:#1f5fa8;stroke-width:2}.dot{fill:#1f5fa8}"
    )
    heading = _text((_LEFT + _SIZE / 2, 22), title)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img">',
            f"<title>{escape(title)}</title><style>{style}</style>",
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            heading,
            *_axes(labels, tops),
            *body,
            "</svg>\n",
        ]
    )
