"""What was promised told in other words, and the neighbours that never tell it."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("村医集训3期。", "村医集训开办4班。", {"3期": ("4班", "exceeded")}),
        ("编印村医简报3期。", "开行村医专车4班。", {}),
        ("物价分析报告12期。", "撰写物价分析报告11篇。", {"12期": ("11篇", "shortfall")}),
        ("物价分析培训12期。", "撰写物价分析文章11篇。", {}),
        ("接听咨询电话600通。", "咨询来电接听612个。", {"600通": ("612个", "exceeded")}),
        ("办理边贸采购卡90张。", "边贸采购卡办理88本。", {"90张": ("88本", "shortfall")}),
        ("接运遗体300具。", "遗体接运312例。", {"300具": ("312例", "exceeded")}),
        ("老年门球比赛6项。", "老年门球比赛7项次。", {"6项": ("7项次", "exceeded")}),
    ],
)  # fmt: skip
def test_units_of_one_count(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # 各类 of what is promised without a kind, or by the one whose it is.
        ("共享气象信息80万条。", "共享各类气象数据83万条。", {"80万条": ("83万条", "exceeded")}),
        ("共享气象信息80万条。", "共享各类数据83万条。", {}),
        ("水利局征收水费3亿元。", "征收各项水费3.2亿元。", {"3亿元": ("3.2亿元", "exceeded")}),
        ("文化馆年度画展12场。", "举行各类画展14场。", {"12场": ("14场", "exceeded")}),
        ("皮影演出12场。", "举行各类演出14场。", {}),
        ("展览馆改造3处。", "完成各类改造14处。", {}),
        # Asked for and given at once; what is approved by whoever reviews.
        ("法律援助60件。", "受理法律援助申请并办结58件。", {"60件": ("58件", "shortfall")}),
        ("法律援助60件。", "受理法律援助申请72件。", {}),
        ("用地预审审查30件。", "用地预审审查批复28件。", {"30件": ("28件", "shortfall")}),
        ("用地整理30宗。", "用地整理项目批复28宗。", {}),
        # What is made first and then sent up, announced, registered.
        ("编制村庄规划9个。", "村庄规划编制并报批9个。", {"9个": ("9个", "met")}),
        ("编制村庄规划9个。", "村庄规划报批9个。", {}),
        ("新建冷库9座。", "冷库选址并公示9座。", {}),
        # Revised is renewed; ordered is bought.
        ("题库更新900道。", "新增、修订题库950道。", {"900道": ("950道", "exceeded")}),
        ("新购乐谱800册。", "订购并上架乐谱790册。", {"800册": ("790册", "shortfall")}),
        ("新购乐谱800册。", "乐谱上架790册。", {}),
    ],
)  # fmt: skip
def test_steps(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("防溺水宣传90场。", "禁毒宣传进校园94场。", {}),
        ("发展油茶种植面积2万亩。", "合同种植面积1.9万亩。", {"2万亩": ("1.9万亩", "shortfall")}),
        ("发展油茶种植面积2万亩。", "芝麻种植面积1.9万亩。", {}),
        # Who goes round is named after the thing.
        ("公益林区巡查700次。", "护林员全年巡查720次。", {"700次": ("720次", "exceeded")}),
        ("公益林区巡查700次。", "河道巡查720次。", {}),
        ("公益林区巡查700次。", "网格员全年巡查720次。", {}),
        ("省级媒体用稿90篇。", "在省级平台刊播88篇。", {"90篇": ("88篇", "shortfall")}),
        # Where it was taken to was not promised, or was.
        ("节水宣传培训90场。", "进校园、进乡村宣传培训94场。", {"90场": ("94场", "exceeded")}),
        ("进乡村宣传培训90场。", "进校园、进乡村宣传培训94场。", {}),
        # Of two steps in a row whoever handles cases means the closed ones.
        ("办理仲裁案件70件。", "仲裁案件立案82件，结案70件。", {"70件": ("70件", "met")}),
        ("受理仲裁案件70件。", "仲裁案件受理82件，办结70件。", {"70件": ("82件", "exceeded")}),
        # Straw is taken off the field or dug in.
        ("秸秆离田6万亩。", "秸秆打捆离田6.1万亩。", {"6万亩": ("6.1万亩", "exceeded")}),
        ("秸秆离田6万亩。", "秸秆粉碎还田9万亩。", {}),
        ("拆解渔船16艘。", "渔船拆解17条。", {"16艘": ("17条", "exceeded")}),
        ("拆解渔船16艘。", "登检渔船170艘次。", {}),
        # Other names of one thing.
        ("聘用外教9名。", "外籍教师聘任9人。", {"9名": ("9人", "met")}),
        ("检修候车亭30座。", "检修站亭31个。", {"30座": ("31个", "exceeded")}),
    ],
)  # fmt: skip
def test_names_that_are_none(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected
