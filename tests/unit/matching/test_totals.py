"""One number for several targets, and numbers that are not of all of them."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links
from tests.unit.matching.test_parts import Sums, found


def all_by(total: str, *targets: str) -> Sums:
    return dict.fromkeys(targets, total)


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("旅游厕所新建8座、改建18座。", "新改建旅游厕所共27座。", all_by("27座", "8座", "18座")),
        ("新建农村公厕21座，改建农村公厕26座。", "全年新改建农村公厕42座。", all_by("42座", "21座", "26座")),
        ("新植桑园1506亩，改造低产桑园2006亩。", "桑园新植和低改面积完成3606亩。", all_by("3606亩", "1506亩", "2006亩")),
        ("区域环境噪声监测点位106个，道路交通噪声监测点位46个。", "噪声监测点位144个。", all_by("144个", "106个", "46个")),
        ("改造村道18公里、乡道8公里。", "改造道路26公里。", all_by("26公里", "18公里", "8公里")),
        ("枯水期采集水样42份，丰水期采集水样44份。", "全年采集监测水样78份。", all_by("78份", "42份", "44份")),
        ("婚姻登记合格率100%，收养登记合格率98%。", "婚姻、收养登记合格率均为99%。", all_by("99%", "100%", "98%")),
        ("新建泵站3座，改造泵站4座。", "新建改造泵站7座。", all_by("7座", "3座", "4座")),
        # One of them only.
        ("改造村道18公里、乡道8公里。", "改造村道26公里。", {"18公里": "26公里"}),
        ("旅游厕所新建8座、改建18座。", "新建旅游厕所9座。", {"8座": "9座"}),
        ("枯水期采集水样42份，丰水期采集水样44份。", "丰水期采集水样78份。", {"44份": "78份"}),
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
        ("轮换储备粮7006吨。", "全年轮换玉米4106吨、小麦3006吨。", {"7006吨": "4106吨+3006吨"}),
        ("轮换7006吨。", "全年轮换玉米4106吨、小麦3006吨。", {"7006吨": "4106吨+3006吨"}),
        ("农村公路养护506公里。", "养护县道206公里、乡道156公里、村道166公里。", {"506公里": "206公里+156公里+166公里"}),
        ("轮换小麦4006吨。", "轮换玉米4106吨、小麦3906吨。", {"4006吨": "3906吨"}),
        ("收购储备粮7006吨。", "收购储备粮5106吨、轮换储备粮3006吨。", {"7006吨": "5106吨"}),
        ("印制5万份宣传资料。", "印制法典读本2.2万份、挂图3.1万份。", {"5万份": "2.2万份+3.1万份"}),
        ("组织12次景区安全演练。", "演练方面，消防6场、高空救援3场、防踩踏4场。", {"12次": "6场+3场+4场"}),
        ("法律援助办案900件，其中农民工案件350件。", "办理刑事法援案件386件、民事法援案件571件。", {"900件": "386件+571件"}),
        ("创作小戏小品6个。", "创作小戏3个、小品2个。", {"6个": "3个+2个"}),
        ("整改隐患906处。", "发现隐患1138处，整改1104处。", {"906处": "1104处"}),
        # Hectares of a part are no answer where the whole stands before.
        ("供应建设用地3006亩。", "供应建设用地222公顷，其中工业用地1506亩。", {"3006亩": "222公顷"}),
        ("平均审减率8%。", "审减率平均7.4%。", {"8%": "7.4%"}),
    ],
)  # fmt: skip
def test_lists_of_one_whole(goal: str, outcome: str, expected: Sums) -> None:
    assert found(goal, outcome) == expected


def test_a_total_that_names_what_nobody_promised() -> None:
    goal = "宣讲进校园三十场、进企业二十场。"
    assert not links(goal, "开展宣讲进校园、进企业、进社区共86场。")
    assert len(links(goal, "开展宣讲进校园、进企业共86场。")) == 2
