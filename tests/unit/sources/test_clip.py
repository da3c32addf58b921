"""What a PDF clips away is not on the page."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from pipeline import sources
from tests.unit.sources.builders import canvas_pdf


def clip(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    canvas.clipPath(path, stroke=0, fill=0)


def test_text_cut_off_at_the_border_of_its_cell() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(100, 700, 200, 30)
        canvas.rect(100, 670, 200, 30)
        canvas.saveState()
        clip(canvas, 100, 700, 200, 30)
        canvas.drawString(103, 712, "第一行可见")
        canvas.drawString(103, 690, "第二行被裁去")
        canvas.restoreState()
        canvas.drawString(103, 678, "下一格")

    text = sources.read(canvas_pdf(page)).text
    assert "第一行可见" in text
    assert "下一格" in text
    assert "裁去" not in text


def test_clips_narrow_each_other_and_end_with_their_state() -> None:
    def page(canvas: Canvas) -> None:
        canvas.saveState()
        clip(canvas, 100, 600, 300, 200)
        canvas.saveState()
        clip(canvas, 0, 700, 600, 50)
        canvas.drawString(120, 720, "里面")
        canvas.drawString(120, 650, "外面")
        canvas.restoreState()
        canvas.drawString(120, 630, "又见")
        canvas.restoreState()
        canvas.drawString(120, 400, "自由")

    text = sources.read(canvas_pdf(page)).text
    assert all(word in text for word in ("里面", "又见", "自由"))
    assert "外面" not in text
