"""Text that a PDF clips away is not printed, so it is not read.

Spreadsheets write the whole text of a cell that is too small for it and clip it
at the cell's border; pdfminer ignores clipping, and the rest would land in the
cells below.
"""

from __future__ import annotations

from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.utils import Matrix, apply_matrix_pt

Clip = tuple[float, float, float, float]

TOLERANCE = 0.0
"""Points that a character's centre may lie outside: borders are drawn over."""


class ClippingDevice(PDFPageAggregator):
    """Leaves out characters whose centre lies outside the clip in force."""

    clip: Clip | None = None

    def render_char(self, *args: Any, **options: Any) -> float:
        """As in pdfminer; a hidden character still moves the text position."""
        advance = super().render_char(*args, **options)
        items = self.cur_item._objs
        last = items[-1] if items else None
        if self.clip and isinstance(last, LTChar) and not _holds(self.clip, last):
            items.pop()
        return advance


class ClippingInterpreter(PDFPageInterpreter):
    """Keeps the clip with the graphics state; a path counts by its bounding box."""

    def __init__(self, manager: PDFResourceManager, device: ClippingDevice) -> None:
        super().__init__(manager, device)
        self._clips: list[Clip | None] = []

    def init_state(self, ctm: Matrix) -> None:
        """As in pdfminer; a page and a form begin without a clip of their own."""
        super().init_state(ctm)
        self._clips = []
        self._set(None)

    def do_q(self) -> None:
        """Save the clip with the state."""
        self._clips.append(self._clip())
        super().do_q()

    def do_Q(self) -> None:
        """Restore the clip with the state."""
        if self._clips:
            self._set(self._clips.pop())
        super().do_Q()

    def do_W(self) -> None:
        """Narrow the clip to the current path."""
        points = [
            apply_matrix_pt(self.ctm, (float(p[i]), float(p[i + 1])))
            for p in self.curpath
            for i in range(1, len(p) - 1, 2)
        ]
        if not points:
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        new = (min(xs), min(ys), max(xs), max(ys))
        old = self._clip()
        if old is not None:
            new = (
                max(old[0], new[0]),
                max(old[1], new[1]),
                min(old[2], new[2]),
                min(old[3], new[3]),
            )
        self._set(new)

    def do_W_a(self) -> None:
        """Narrow the clip by the even-odd rule: the same for a bounding box."""
        self.do_W()

    def _clip(self) -> Clip | None:
        return getattr(self.device, "clip", None)

    def _set(self, clip: Clip | None) -> None:
        if isinstance(self.device, ClippingDevice):
            self.device.clip = clip


def _holds(clip: Clip, char: LTChar) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
    return (
        clip[0] - TOLERANCE <= x <= clip[2] + TOLERANCE
        and clip[1] - TOLERANCE <= y <= clip[3] + TOLERANCE
    )
