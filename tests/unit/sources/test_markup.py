from __future__ import annotations

import pytest

from pipeline.sources.markup import clean


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("<p>第一段。</p> <p>第二段。</p>", "第一段。\n第二段。"),
        ("<b>总分</b>", "总分"),
        ("完成<br>10场<br/>培训<BR />结束", "完成\n10场\n培训\n结束"),
        ("<SPAN style='a:b'>良好</SPAN>", "良好"),
        ("等待时间<90%", "等待时间<90%"),
        ("响应<5天，误差<b类标准", "响应<5天，误差<b类标准"),
        ("a<5且b>3", "a<5且b>3"),
        ("<项目>", "<项目>"),
        ("A&nbsp;B&amp;C&lt;90%&ge;80%", "A B&C<90%≥80%"),
        ("&#8805;95%&#x2264;5", "≥95%≤5"),
        ("R&D投入 &nosuch; &lt5", "R&D投入 &nosuch; &lt5"),
        ("&lt;p&gt;一&lt;/p&gt;二", "一\n二"),
        ("甲\u00a0乙\t丙", "甲 乙 丙"),
        ("  甲 \r\n\r\n  乙　\n\n", "甲\n乙"),
        ("年度　总体 目标", "年度　总体 目标"),
        ("甲\x00乙\x07丙\x1b[31m", "甲乙丙[31m"),
        ("<!-- 注 -->甲<script>x()</script>乙", "甲乙"),
        ("<o:p></o:p>甲", "甲"),
        ("＜90％", "＜90％"),
        ("", ""),
    ],
)
def test_clean(raw: str, seen: str) -> None:
    assert clean(raw) == seen


@pytest.mark.parametrize("raw", ["<p>甲</p>乙", "a &lt; b", "甲\n\n乙", " x "])
def test_clean_twice_is_clean_once(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)


@pytest.mark.parametrize(
    "raw",
    [
        " " * 300_000 + "x",
        "<!--" * 50_000,
        "<p " * 100_000,
        "&a" * 200_000,
        "\n" * 300_000,
    ],
    ids=["spaces", "comments", "tags", "entities", "newlines"],
)
def test_hostile_markup_is_cleaned(raw: str) -> None:
    assert len(clean(raw)) <= len(raw)
