"""Lists of kinds, grades and groups: which number is whose."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

CASES = [
    # 分别 over a word that names two, or that names none.
    (
        "城市供养标准每人每月900元、农村供养标准每人每月750元。",
        "城乡供养标准分别为每人每月900元、760元。",
        {"900元": "900元", "750元": "760元"},
    ),
    (
        "县道列养率99%，乡道列养率97%，村道列养率92%。",
        "列养率县乡村道分别为100%、96%、90.1%。",
        {"99%": "100%", "97%": "96%", "92%": "90.1%"},
    ),
    (
        "抗体合格率达到70%以上。",
        "两病抗体合格率分别为81%、76%。",
        {"达到70%以上": "81%+76%"},
    ),
    # Seasons, not ways.
    ("人工种草6000亩。", "春季人工种草3500亩、秋季种草2600亩。", {"6000亩": "3500亩+2600亩"}),
    # Last year's is last year's.
    ("新建阅览室4个。", "阅览室去年建成3个，今年建成4个。", {"4个": "4个"}),
    # Grades at or above.
    (
        "创建3A级以上景区5家。",
        "创建2A级景区4家、3A级景区3家、4A级景区2家。",
        {"5家": "3家+2家"},
    ),
    ("评定四星级以上民宿6家。", "评定四星级民宿4家、五星级民宿2家。", {"6家": "4家+2家"}),
    # Two kinds in one breath, and all parts of a whole.
    ("查处酒驾醉驾900宗。", "查处酒醉驾964宗，其中醉驾210宗。", {"900宗": "964宗"}),
    (
        "建设充电桩共计800个，其中新建500个、改造300个。",
        "新建和改造充电桩合计812个。",
        {"800个": "812个"},
    ),
    # Within another rate's group.
    (
        "集中供养率达到40%，失能老人集中供养率达到65%。",
        "特困老人集中供养率43%，其中失能、半失能老人集中供养率66%。",
        {"达到40%": "43%", "达到65%": "66%"},
    ),
    # Why less was done is no deed; what was done last is.
    ("新打机井20眼。", "机井因勘察滞后只成井14眼。", {"20眼": "14眼"}),
    ("开展新项目6项。", "申报新项目9项，已开展4项。", {"6项": "4项"}),
    ("化解积案18件。", "列入台账的27件积案均已明确包案领导。", {}),
    # What a bare number is of.
    (
        "电商培训每期不少于50人，共办5期。",
        "电商培训办了5期，学员263人。",
        {"5期": "5期"},
    ),
    ("船舶在线率98%以上。", "终端历年累计安装840台，船舶在线率97.6%。", {"98%以上": "97.6%"}),
    ("维修信号灯80处（次）。", "信号灯故障维修112处次。", {"80处（次）": "112处次"}),
]  # fmt: skip


@pytest.mark.parametrize(("goal", "outcome", "expected"), CASES)
def test_which_number_is_whose(
    goal: str, outcome: str, expected: dict[str, str]
) -> None:
    assert {t: o for t, (o, _) in links(goal, outcome).items()} == expected


# Whose content, of which herd, at which season.
RATES = [
    ("家长满意度90%以上。", "学生满意度94%。", {}),
    ("患者满意度90%以上。", "职工满意度93%。", {}),
    ("师生满意度90%以上。", "学生满意度94%。", {"90%以上": "94%"}),
    ("群众满意度90%以上。", "服务对象满意度94%。", {"90%以上": "94%"}),
    ("学生家长满意度90%以上。", "家长满意度94%。", {"90%以上": "94%"}),
    (
        "抗体合格率不低于70%。",
        "抽检抗体合格率口蹄疫78.5%、禽流感91.2%。",
        {"不低于70%": "78.5%+91.2%"},
    ),
    ("免疫密度90%以上。", "免疫密度春防92.3%、秋防94.1%。", {"90%以上": "92.3%+94.1%"}),
    ("危房改造竣工率不低于90%。", "危房改造开工率、竣工率均达到100%。", {"不低于90%": "达到100%"}),
    ("危房改造竣工率不低于90%。", "危房改造开工率达到100%。", {}),
]  # fmt: skip


@pytest.mark.parametrize(("goal", "outcome", "expected"), RATES)
def test_whose_rate_it_is(goal: str, outcome: str, expected: dict[str, str]) -> None:
    assert {t: o for t, (o, _) in links(goal, outcome).items()} == expected
