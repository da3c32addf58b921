"""One number for several targets, and numbers that are not of all of them."""

from __future__ import annotations

import pytest

from tests.unit.matching.test_parts import Sums, found


def all_by(total: str, *targets: str) -> Sums:
    return dict.fromkeys(targets, total)


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("旅游厕所新建8座、改建12座。", "新改建旅游厕所共21座。", all_by("21座", "8座", "12座")),
        ("新建农村公厕15座，改建农村公厕20座。", "全年新改建农村公厕36座。", all_by("36座", "15座", "20座")),
        ("新植桑园1500亩，改造低产桑园2000亩。", "桑园新植和低改面积完成3600亩。", all_by("3600亩", "1500亩", "2000亩")),
        ("区域环境噪声监测点位100个，道路交通噪声监测点位40个。", "噪声监测点位138个。", all_by("138个", "100个", "40个")),
        ("改造村道12公里、乡道8公里。", "改造道路20公里。", all_by("20公里", "12公里", "8公里")),
        ("枯水期采集水样36份，丰水期采集水样38份。", "全年采集监测水样72份。", all_by("72份", "36份", "38份")),
        ("婚姻登记合格率100%，收养登记合格率98%。", "婚姻、收养登记合格率均为99%。", all_by("99%", "100%", "98%")),
        ("新建泵站3座，改造泵站4座。", "新建改造泵站7座。", all_by("7座", "3座", "4座")),
        # One of them only.
        ("改造村道12公里、乡道8公里。", "改造村道20公里。", {"12公里": "20公里"}),
        ("旅游厕所新建8座、改建12座。", "新建旅游厕所9座。", {"8座": "9座"}),
        ("枯水期采集水样36份，丰水期采集水样38份。", "丰水期采集水样72份。", {"38份": "72份"}),
        ("婚姻登记合格率100%，收养登记合格率98%。", "收养登记合格率为99%。", {"98%": "99%"}),
    ],
)  # fmt: skip
def test_totals_answer_all_that_they_count(
    goal: str, outcome: str, expected: Sums
) -> None:
    assert found(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("轮换储备粮7000吨。", "全年轮换玉米4100吨、小麦3000吨。", {"7000吨": "4100吨+3000吨"}),
        ("轮换7000吨。", "全年轮换玉米4100吨、小麦3000吨。", {"7000吨": "4100吨+3000吨"}),
        ("农村公路养护500公里。", "养护县道200公里、乡道150公里、村道160公里。", {"500公里": "200公里+150公里+160公里"}),
        ("轮换小麦4000吨。", "轮换玉米4100吨、小麦3900吨。", {"4000吨": "3900吨"}),
        ("收购储备粮7000吨。", "收购储备粮5100吨、轮换储备粮3000吨。", {"7000吨": "5100吨"}),
        ("创作小戏小品6个。", "创作小戏3个、小品2个。", {"6个": "3个+2个"}),
        ("整改隐患900处。", "发现隐患1132处，整改1098处。", {"900处": "1098处"}),
        # Hectares of a part are no answer where the whole stands before.
        ("供应建设用地3000亩。", "供应建设用地216公顷，其中工业用地1500亩。", {"3000亩": "216公顷"}),
        ("平均审减率8%。", "审减率平均7.4%。", {"8%": "7.4%"}),
    ],
)  # fmt: skip
def test_lists_of_one_whole(goal: str, outcome: str, expected: Sums) -> None:
    assert found(goal, outcome) == expected
