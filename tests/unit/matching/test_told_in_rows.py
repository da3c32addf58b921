"""What an indicator row says was reached finds the number in the text."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import Row, links, row

Expected = dict[str, tuple[str, str]]

CASES: list[tuple[str, str, list[Row], Expected]] = [
    # other words on both sides, and a row that names the one and tells the other
    (
        "加固吊脚楼28栋。",
        "寨子里木屋换柱补瓦25栋，铺青石板3公里。",
        [row("加固吊脚楼", "28栋", "25栋")],
        {"28栋": ("25栋", "shortfall")},
    ),
    # parts in a row that add up to it
    (
        "更新码头靠泊设施40处。",
        "码头换了护舷27处、系缆柱15处。",
        [row("更新码头靠泊设施", "40处", "42处")],
        {"40处": ("27处+15处", "exceeded")},
    ),
    # two targets that add up a row, and the total that it tells
    (
        "更换污水主管5公里、入户接管12公里。",
        "地下换新18.2公里，检查井清掏60口。",
        [row("更换污水管线", "17公里", "18.2公里")],
        {"5公里": ("18.2公里", "exceeded"), "12公里": ("18.2公里", "exceeded")},
    ),
    (
        "更换污水主管5公里、入户接管12公里。",
        "地下换新16.1公里，检查井清掏60口。",
        [row("更换污水管线", "17公里", "18.2公里")],
        {},
    ),
    # a row that repeats the promise proves nothing
    (
        "加固吊脚楼28栋。",
        "寨子里木屋换柱补瓦28栋。",
        [row("加固吊脚楼", "28栋", "28栋")],
        {},
    ),
    # neither does one that tells another number than the text
    (
        "加固吊脚楼28栋。",
        "寨子里木屋换柱补瓦23栋。",
        [row("加固吊脚楼", "28栋", "25栋")],
        {},
    ),
    # nor a number that stands twice in the text
    (
        "加固吊脚楼28栋。",
        "寨子里木屋换柱补瓦25栋，镇上拆旧牛棚25栋。",
        [row("加固吊脚楼", "28栋", "25栋")],
        {},
    ),
    # nor the number of another row
    (
        "加固吊脚楼28栋。",
        "新修风雨桥廊亭25栋。",
        [row("加固吊脚楼", "28栋", "25栋"), row("新修风雨桥廊亭", "26栋", "25栋")],
        {},
    ),
    # what others did is no part
    (
        "硬化机耕路30公里。",
        "机耕路硬化21公里，另外由水利部门实施渠堤路12公里。",
        [row("硬化机耕路", "30公里", "33公里")],
        {"30公里": ("21公里", "shortfall")},
    ),
    # what a gate bars stays barred
    (
        "加固吊脚楼28栋。",
        "待加固木屋25栋。",
        [row("加固吊脚楼", "28栋", "25栋")],
        {},
    ),
]


@pytest.mark.parametrize(
    ("goal", "outcome", "rows", "expected"), CASES, ids=[c[1] for c in CASES]
)
def test_numbers_told_in_rows(
    goal: str, outcome: str, rows: list[Row], expected: Expected
) -> None:
    assert links(goal, outcome, *rows) == expected
