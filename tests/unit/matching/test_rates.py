"""Rates of another kind or of another thing, which share nothing but their sign."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]


@pytest.mark.parametrize(
    ("goal", "outcome"),
    [
        # Another kind, of whatever thing.
        ("水稻良种覆盖率95%以上。", "提灌站设备完好率96%。"),
        ("重点人群健康档案建档率90%以上。", "重点人群健康档案调阅率93%。"),
        ("热线接通率98%以上。", "热线工单按期办结率99%。"),
        ("诉讼案件法官出庭率95%。", "诉讼案件胜诉率97%。"),
        ("违规用地比率控制在3%以内，合同履约率100%。", "供地公告发布率100%。"),
        ("学员持证率达到80%。", "学员到岗率85%。"),
        # One kind of different things.
        ("灾情系统录入及时率100%。", "储备物资出库及时率100%。"),
        ("展柜完好率98%以上。", "灭火器完好率99%。"),
        ("音乐素养测评参测率95%。", "体质健康测试参测率97%。"),
        ("路灯设施亮灯率98%。", "楼宇外墙亮灯率99%。"),
    ],
)
def test_another_rate_is_no_answer(goal: str, outcome: str) -> None:
    assert not any(
        said.endswith("%") and target != "100%"
        for target, (said, _) in links(goal, outcome).items()
    )


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # Other words for one kind.
        ("投诉办结率98%以上。", "投诉处理率99%。", {"98%以上": ("99%", "exceeded")}),
        ("学员到课率90%以上。", "学员出勤率93%。", {"90%以上": ("93%", "exceeded")}),
        ("护士取证率80%以上。", "护士持证率82%。", {"80%以上": ("82%", "exceeded")}),
        ("案件破案率85%以上。", "案件侦破率86%。", {"85%以上": ("86%", "exceeded")}),
        # How, when and by whom it was found is no other thing.
        ("扫描图像合格率99%以上。", "验收抽检合格率99.5%。", {"99%以上": ("99.5%", "exceeded")}),
        ("苗木成活率90%以上。", "秋季核查平均成活率92%。", {"90%以上": ("92%", "exceeded")}),
        ("工程合格率100%。", "一次验收合格率100%。", {"100%": ("100%", "met")}),
        # The kind of one may be a word of the other.
        ("持证上岗率95%以上。", "上岗人员持证率96%。", {"95%以上": ("96%", "exceeded")}),
        ("学生近视率50%以下。", "学生近视检出率47%。", {"50%以下": ("47%", "met")}),
        # Foreign names may stand for any.
        ("疑似接种异常反应报告率90%以上。", "AEFI报告率95%。", {"90%以上": ("95%", "exceeded")}),
        # Who is asked is told in many words.
        ("殡仪服务满意度95%以上。", "丧属满意度97%。", {"95%以上": ("97%", "exceeded")}),
        # Several rates told together.
        ("设备完好率、系统在线率均达到95%。", "系统在线率96%，设备完好率97%。", {"达到95%": ("96%+97%", "exceeded")}),
    ],
)  # fmt: skip
def test_one_rate_in_other_words(goal: str, outcome: str, expected: Expected) -> None:
    found = links(goal, outcome)
    assert {target: found.get(target) for target in expected} == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # rates of kinds that exclude one another
        ("药品抽检合格率98%以上。", "食品抽检合格率99%。", {}),
        ("危桥改造率90%。", "危房改造率95%。", {}),
        (
            "药品抽检合格率98%以上。",
            "药品、食品抽检合格率均为99%。",
            {"98%以上": ("99%", "exceeded")},
        ),
        # where those went on to whom a rate is of
        (
            "初中毕业生升学率93%。",
            "初三学生升入高中的占94.2%。",
            {"93%": ("94.2%", "exceeded")},
        ),
        # a rate of several, told of each by its name alone
        (
            "学生、家长和教师满意度90%以上。",
            "满意度调查，学生95%、家长92%、教师88%。",
            {"90%以上": ("95%+92%+88%", "shortfall")},
        ),
        (
            "羊痘、布病免疫密度90%以上。",
            "免疫密度方面，羊痘97.3%、布病95.8%。",
            {"90%以上": ("97.3%+95.8%", "exceeded")},
        ),
    ],
)
def test_rates_of_kinds(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected
