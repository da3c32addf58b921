"""Which numbers are parts of one thing, and which only stand beside each other."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Sums = dict[str, str]


def found(goal: str, outcome: str) -> Sums:
    return {target: told for target, (told, _) in links(goal, outcome).items()}


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # Parts of the year, of a region, of a kind.
        ("小反刍兽疫免疫9万只。", "春防小反刍兽疫免疫4.6万只，秋防4.9万只。", {"9万只": "4.6万只+4.9万只"}),
        ("粮食测产取样90个地块。", "夏粮测产44个地块、秋粮测产51个地块。", {"90个": "44个+51个"}),
        ("采集水样160份。", "完成枯水期采样80份、丰水期83份。", {"160份": "80份+83份"}),
        ("返家乡社会实践380人。", "寒假返乡实践大学生170人、暑期233人。", {"380人": "170人+233人"}),
        ("护送流浪人员返乡90人。", "跨省护送返乡51人、省内护送返乡43人。", {"90人": "51人+43人"}),
        ("社保稽核企业110家。", "书面稽核企业70家、实地稽核46家。", {"110家": "70家+46家"}),
        ("志愿服务活动2000场次。", "志愿活动：一季度426场、二季度587场、三季度561场。", {"2000场次": "426场+587场+561场"}),
        # The second name stands for the rest of the first.
        ("更新救护车7辆。", "新购负压型救护车4辆、普通型2辆。", {"7辆": "4辆+2辆"}),
        # The target names both.
        ("新改建通村道路100公里。", "通村道路新建35公里，改建62公里。", {"100公里": "35公里+62公里"}),
        ("资助困难学生及残疾人子女200人。", "资助困难大学生62人、残疾人家庭子女143人。", {"200人": "62人+143人"}),
        ("接待来访咨询及热线咨询3500人次。", "来访接待2143人次、热线1688人次。", {"3500人次": "2143人次+1688人次"}),
        # One of them only.
        ("城镇新增就业8000人。", "城镇新增就业8100人、农村转移就业2000人。", {"8000人": "8100人"}),
        ("劳动教育基地6个。", "市级劳动教育基地挂牌4个、县级劳动教育营地6个。", {"6个": "4个"}),
        ("新建公路20公里，改建公路20公里。", "新建公路18公里、改建公路22公里。", {"20公里": "22公里"}),
        ("修缮校舍8栋。", "修缮校舍7栋、食堂2栋。", {"8栋": "7栋"}),
        ("资助困难学生200人。", "资助困难大学生62人、残疾人家庭子女143人。", {"200人": "62人"}),
    ],
)  # fmt: skip
def test_parts_add_up_and_other_things_do_not(
    goal: str, outcome: str, expected: Sums
) -> None:
    assert found(goal, outcome) == expected
