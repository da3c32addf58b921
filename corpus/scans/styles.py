"""How a form comes onto paper: program, rulings, size, page. All as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """One way to print a form.

    ``producer``: ``web`` (Chromium), ``word``, ``sheet`` (LibreOffice) or
    ``report`` (reportlab). ``rules``: ``grid``, ``no_outer``, ``dashed``,
    ``double``, ``horizontal`` or ``none``. ``size`` in points, ``margin`` in
    millimetres. ``forms`` are printed one below the other; ``long`` styles take
    forms that run over several pages, ``short`` ones those of about one page.
    """

    id: str
    producer: str
    rules: str = "grid"
    size: float = 9.0
    margin: float = 18.0
    landscape: bool = False
    forms: int = 1
    length: str = "any"


STYLES = (
    Style("web-grid", "web", size=9.5),
    Style("word-grid", "word", size=9.0),
    Style("report-grid", "report", size=8.5),
    Style("sheet-grid", "sheet", size=10.0),
    Style("web-no-outer", "web", rules="no_outer"),
    Style("web-dashed", "web", rules="dashed"),
    Style("web-double", "web", rules="double"),
    Style("web-small", "web", size=6.5, margin=14),
    Style("word-small", "word", size=7.5, margin=15),
    Style("web-cut-rows", "web", size=12.0, margin=22, length="long"),
    Style("word-landscape", "word", size=10.0, landscape=True),
    Style("web-landscape", "web", size=9.0, landscape=True),
    Style("web-two-forms", "web", size=7.5, margin=12, forms=2, length="short"),
    Style("report-dashed", "report", rules="dashed", size=8.0),
    Style("web-narrow", "web", size=10.0, margin=4),
    Style("web-open", "web", rules="none", size=9.0, length="short"),
    Style("web-lines", "web", rules="horizontal", size=9.0, length="short"),
    Style("report-no-outer", "report", rules="no_outer", size=9.0),
)

#: Relative widths of indicator columns, by role.
WIDTHS = {
    "": 0.6,  # the caption 绩效指标 down the left side
    "level1": 1.0,
    "level2": 1.1,
    "name": 2.0,
    "target_text": 1.7,
    "actual_text": 1.9,
    "weight": 1.15,
    "score": 1.15,
    "deviation": 2.0,
    "operator": 1.0,
    "value": 1.2,
    "measure": 1.1,
    "prior": 1.1,
}
