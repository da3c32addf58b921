"""Width and script folding that keeps every offset.

Only single characters are mapped to single characters, so a place in the
folded text is the same place in the text as printed and no offset map is
needed. What cannot be folded one to one (㎡, ①) is left alone.
"""

from __future__ import annotations

import re

# Traditional forms that occur in numerals, measure words and comparator words.
_TRADITIONAL = (
    "場個項億萬餘達過於數兩貳參陸間處戶輛臺條種張頭隻畝噸頃時鐘週歲團隊組織開舉辦層級"
    "類門課體會務業報論評價標準實際總計劃預資經費滿壓縮題書講練優點區縣鎮鄉樹內與為後"
    "關從樓員設備還應進動現農產環護養監測檢驗證號機電話廳補貼減負擔發濟訊衛學車舊線網"
    "絡築質結構險導廠廣維繕覽協調試單訓齡殘醫療藥擬訂編製購買選違規執駐軍歷屆獎勵貧脫"
    "創鞏畢園運轉釋傳審蓋訪問談約請領幹籌勞"
)
_SIMPLIFIED = (
    "场个项亿万余达过于数两贰叁陆间处户辆台条种张头只亩吨顷时钟周岁团队组织开举办层级"
    "类门课体会务业报论评价标准实际总计划预资经费满压缩题书讲练优点区县镇乡树内与为后"
    "关从楼员设备还应进动现农产环护养监测检验证号机电话厅补贴减负担发济讯卫学车旧线网"
    "络筑质结构险导厂广维缮览协调试单训龄残医疗药拟订编制购买选违规执驻军历届奖励贫脱"
    "创巩毕园运转释传审盖访问谈约请领干筹劳"
)

# Stops and commas stay Chinese, so that every pattern knows one form of each.
_KEPT = "，；：？！"

_FOLD = {
    **{0xFF01 + i: chr(0x21 + i) for i in range(94) if chr(0xFF01 + i) not in _KEPT},
    **{ord(a): w for a, w in zip(";?!", "；？！", strict=True)},
    0x3000: " ",
    0xA0: " ",
    **{ord(t): s for t, s in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)},
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

# A comma or colon between digits may belong to the number (1,234 and 8:30).
# Full-width thousands: ４，５６５.
_WIDE_THOUSANDS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_LATIN_COMMA = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),")
_LATIN_COLON = re.compile(r":(?!\d)|(?<!\d):")


def fold(text: str) -> str:
    """Fold width, dashes, comparison signs and common traditional forms.

    ``len(fold(text)) == len(text)`` always.
    """
    narrow = _WIDE_THOUSANDS.sub(",", text).translate(_FOLD)
    return _LATIN_COLON.sub("：", _LATIN_COMMA.sub("，", narrow))
