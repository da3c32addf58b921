"""Files that give no form: empty, broken, foreign, photographed, prose."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.generator.sample import Sample

PROSE = """关于做好春季义务植树活动组织工作的通知

各科室、各直属单位：

按照年初安排，我单位拟于三月下旬在城北湿地公园组织一次义务植树活动。请各科室提前安排好值班人员，愿意参加的同志于本周五下班前向办公室报名。

活动当天上午八点半在单位门口集合，统一乘车前往。每人植树三棵，工具和手套由办公室准备，树苗由公园管理处提供。请大家穿着便于劳动的衣服和鞋子，带好饮用水。如遇大雨，活动顺延一周，另行通知。

植树结束后，请各科室把照片发给宣传同志，择优在单位公告栏展示。

办公室
三月十一日
"""


def photographed_page(seed: int) -> bytes:
    """A PDF whose only page is an image: ruled lines and grey noise."""
    rng = random.Random(seed)
    image = Image.new("L", (620, 877), 245)
    draw = ImageDraw.Draw(image)
    for y in range(120, 800, 40):
        draw.line((50, y, 570, y), fill=40)
    for x in (50, 180, 310, 440, 570):
        draw.line((x, 120, x, 760), fill=40)
    for _ in range(300):
        spot = (rng.randrange(620), rng.randrange(877))
        draw.point(spot, fill=rng.randrange(255))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(image), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def bad_inputs(seed: int, *, whole_docx: bytes) -> Iterator[Sample]:
    """The bad inputs with the reason that each must be stored with."""
    noise = random.Random(seed).randbytes(2048)
    yield Sample("bad/empty.pdf", b"", reason="empty")
    yield Sample("bad/broken.pdf", b"%PDF-1.7\n" + noise, reason="corrupt")
    middle = len(whole_docx) // 4
    broken = whole_docx[:middle] + noise[:64] + whole_docx[middle + 64 :]
    yield Sample("bad/broken.docx", broken, reason="corrupt")
    begun = whole_docx.index(b"word/document.xml") + 40
    yield Sample("bad/cut.docx", whole_docx[:begun], reason="truncated")
    yield Sample("bad/not-a-form.txt", PROSE.encode(), reason="no_form")
    yield Sample("bad/photo-only.pdf", photographed_page(seed), reason="no_form")
    yield Sample("bad/notes.bin", b"\x00\x01\x02\x03" + noise, reason="unsupported")
