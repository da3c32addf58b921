"""Width and script folding that keeps every offset.

Only single characters are mapped to single characters, so a place in the
folded text is the same place in the text as printed and no offset map is
needed. What cannot be folded one to one (㎡, ①) is left alone.
"""

from __future__ import annotations

# Traditional forms that occur in numerals, measure words and comparator words.
_TRADITIONAL = dict(
    zip(
        "場個項億萬餘達過於數兩貳參陸間處戶輛臺條種張頭隻幅畝噸頃時鐘週歲團隊組織開舉辦"
        "層級類門課體會務業報論評價標準實際總計劃預資經費滿壓縮題書講練優點區縣鎮鄉樹",
        "场个项亿万余达过于数两贰叁陆间处户辆台条种张头只幅亩吨顷时钟周岁团队组织开举办"
        "层级类门课体会务业报论评价标准实际总计划预资经费满压缩题书讲练优点区县镇乡树",
        strict=True,
    )
)

_FOLD = {
    **{0xFF01 + i: chr(0x21 + i) for i in range(94)},
    0x3000: " ",
    0xA0: " ",
    **{ord(k): v for k, v in _TRADITIONAL.items()},
    **dict.fromkeys(map(ord, "–—―−﹣~〜∼～"), "-"),
    **dict.fromkeys(map(ord, "≧⩾"), "≥"),
    **dict.fromkeys(map(ord, "≦⩽"), "≤"),
    ord("﹪"): "%",
    ord("〇"): "零",
    ord("○"): "零",
    ord("·"): "·",
    ord("・"): "·",
    ord("•"): "·",
    ord("．"): ".",
}


def fold(text: str) -> str:
    """Fold width, dashes, comparison signs and common traditional forms.

    ``len(fold(text)) == len(text)`` always.
    """
    return text.translate(_FOLD)
