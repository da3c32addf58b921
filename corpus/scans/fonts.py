"""The typefaces that scans are printed in, and where Debian puts them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SHARE = Path("/usr/share/fonts")


@dataclass(frozen=True, slots=True)
class Font:
    """A typeface: its style, family, file and Debian package.

    ``face`` is its number in a collection; ``outlines`` says whether the file
    holds TrueType outlines, the only ones that reportlab embeds.
    """

    id: str
    style: str
    family: str
    path: str
    package: str
    face: int = 0
    outlines: bool = True

    @property
    def file(self) -> Path:
        return SHARE / self.path


FONTS = (
    Font(
        "noto-serif",
        "song",
        "Noto Serif CJK SC",
        "opentype/noto/NotoSerifCJK-Regular.ttc",
        "fonts-noto-cjk",
        face=2,
        outlines=False,
    ),
    Font(
        "noto-sans",
        "hei",
        "Noto Sans CJK SC",
        "opentype/noto/NotoSansCJK-Regular.ttc",
        "fonts-noto-cjk",
        face=2,
        outlines=False,
    ),
    Font(
        "uming",
        "song",
        "AR PL UMing CN",
        "truetype/arphic/uming.ttc",
        "fonts-arphic-uming",
    ),
    Font(
        "sungti",
        "song",
        "AR PL SungtiL GB",
        "truetype/arphic-gbsn00lp/gbsn00lp.ttf",
        "fonts-arphic-gbsn00lp",
    ),
    Font(
        "ukai",
        "kai",
        "AR PL UKai CN",
        "truetype/arphic/ukai.ttc",
        "fonts-arphic-ukai",
    ),
    Font(
        "kaitim",
        "kai",
        "AR PL KaitiM GB",
        "truetype/arphic-gkai00mp/gkai00mp.ttf",
        "fonts-arphic-gkai00mp",
    ),
    Font(
        "wenkai",
        "kai",
        "LXGW WenKai",
        "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        "fonts-lxgw-wenkai",
    ),
    Font(
        "zenhei",
        "hei",
        "WenQuanYi Zen Hei",
        "truetype/wqy/wqy-zenhei.ttc",
        "fonts-wqy-zenhei",
    ),
    Font(
        "microhei",
        "hei",
        "WenQuanYi Micro Hei",
        "truetype/wqy/wqy-microhei.ttc",
        "fonts-wqy-microhei",
    ),
)


def missing_packages() -> tuple[str, ...]:
    """The Debian packages whose fonts are not on this machine."""
    return tuple(sorted({f.package for f in FONTS if not f.file.exists()}))


@lru_cache(maxsize=len(FONTS))
def _codes(path: Path, face: int) -> frozenset[int]:
    from reportlab.pdfbase.ttfonts import TTFontFile

    return frozenset(TTFontFile(str(path), subfontIndex=face).charToGlyph)


def can_print(font: Font, text: str) -> bool:
    """Whether a font has every character; Noto has all that forms use."""
    if not font.outlines:
        return True
    return {ord(c) for c in text if not c.isspace()} <= _codes(font.file, font.face)
