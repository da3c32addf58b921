"""Phrases that share their thing and name different ones of exclusive kinds are two."""

from __future__ import annotations

import pytest

from pipeline.matching.apart import sets_named
from pipeline.matching.wording import FILE
from pipeline.resources import load_toml
from tests.unit.matching.sketch import links

DATA = load_toml(FILE)


@pytest.mark.parametrize("number", range(len(DATA["apart"])))
def test_entries(number: int) -> None:
    entry = DATA["apart"][number]
    first, other = (sets_named(number, phrase) for phrase in entry["example"])
    assert first and other
    assert first.isdisjoint(other)
    first, other = (sets_named(number, phrase) for phrase in entry["counterexample"])
    assert not first.isdisjoint(other)


def test_what_carries_the_name_of_a_deed_is_none() -> None:
    carried, done = (DATA["deed_names"][key] for key in ("example", "counterexample"))
    deeds = [n for n, entry in enumerate(DATA["apart"]) if entry.get("deeds")]
    assert not any(sets_named(number, carried) for number in deeds)
    assert any(sets_named(number, done) for number in deeds)


@pytest.mark.parametrize(
    ("goal", "outcome"),
    [
        ("船员心理辅导60人次。", "船员体检62人次。"),
        ("护林员培训80人。", "护林员意外险投保80人。"),
        ("网格员招募120人。", "网格员慰问120人。"),
        ("职工技能培训90人。", "职工技能比武90人。"),
        ("禁毒讲座20场。", "禁毒文艺演出20场。"),
        ("税法宣传12场。", "税企座谈12场。"),
        ("防汛演练4次。", "防汛知识讲座4次。"),
        ("购置呼吸机6台。", "呼吸机维修6台。"),
        ("入藏新书3000册。", "旧书整理上架3000册。"),
        ("制作公益短片8部。", "公益短片转播、转发8部。"),
        ("办结仲裁案件200件。", "仲裁新收案件230件。"),
        ("查处违建5000平方米。", "批准新建住宅5200平方米。"),
        ("新增灌溉面积2万亩。", "改善灌溉面积2.2万亩。"),
        ("采集血浆900升。", "临床供应血浆900升。"),
        ("发行实体借书证2000张。", "电子借书证2100张。"),
        ("开设线下课程18门。", "网络课程20门。"),
        ("城乡居民养老参保6万人。", "职工养老参保6.1万人。"),
        ("探矿权出让3宗。", "采矿权出让3宗。"),
        ("授权发明专利30件。", "实用新型专利授权33件。"),
        ("举办国内巡展2场。", "国际巡展2场。"),
        ("资助高中阶段学生400人。", "资助义务教育学生420人。"),
        ("老年人体检600人。", "孕产妇体检600人。"),
        ("玉米良种推广5万亩。", "小麦良种推广5万亩。"),
        ("生猪免疫20万头。", "肉牛免疫20万头。"),
        ("普法宣讲进企业20场。", "普法宣讲走进校园20场。"),
        ("高校禁毒宣讲8场。", "禁毒宣讲走进工地8场。"),
        ("招收技校学员90人。", "技校学员毕业92人。"),
        ("海域使用权出让3宗。", "海域使用权变更登记3宗。"),
        ("运动会运动员600人。", "运动会观众600人。"),
        ("央媒刊发稿件20篇。", "省级媒体刊发稿件26篇。"),
        ("举办原创展览4个。", "引进外地展览4个。"),
        ("教师培训6次。", "教师教学竞赛6次。"),
        ("修订防汛预案6项。", "防汛预案培训6次。"),
        ("侦破盗窃案60起。", "盗窃案受理60起。"),
        ("救援群众300人。", "救援演练群众300人。"),
        ("改造南片区路灯90盏。", "改造北片区路灯90盏。"),
        ("整治左岸护坡3公里。", "整治右岸护坡3公里。"),
        ("秋季补播草地900亩。", "春季补播草地900亩。"),
        ("城镇特困供养70人。", "农村特困供养70人。"),
        ("留守老人探访80人。", "失能老人探访80人。"),
        ("三级运动员50名。", "二级运动员50名。"),
        ("公办园学位500个。", "民办园学位500个。"),
        ("录取专科新生900人。", "录取本科新生900人。"),
        ("采购校车4辆。", "采购货车4辆。"),
        ("更换供热管道6公里。", "更换燃气管道6公里。"),
        ("送法下乡12场。", "送戏下乡12场。"),
        ("审理劳动案件60件。", "旁听劳动案件60件。"),
        ("认领微愿望200个。", "征集微愿望200个。"),
        ("牛羊保险承保2万头。", "牛羊保险理赔2万头。"),
        ("青年教师培养40名。", "青年教师轮岗40名。"),
        ("食品抽检600批次。", "药品抽检600批次。"),
    ],
)  # fmt: skip
def test_another_kind_is_no_answer(goal: str, outcome: str) -> None:
    assert links(goal, outcome) == {}


@pytest.mark.parametrize(
    ("goal", "outcome", "verdict"),
    [
        ("护林员培训80人。", "护林员轮训结业82人。", "exceeded"),
        ("招聘社工30人。", "社工入职29人。", "shortfall"),
        ("购置呼吸机6台。", "呼吸机到货6台。", "met"),
        ("更换水泵9台。", "水泵维修更换9台。", "met"),
        ("购置培训设备12台。", "培训设备到货12台。", "met"),
        ("建设体检中心2个。", "体检中心建成2个。", "met"),
        ("禁毒讲座20场。", "禁毒宣讲20场。", "met"),
        ("新改建公路30公里。", "公路改建30公里。", "met"),
        ("普法宣讲进校园20场。", "普法宣讲走进中小学22场。", "exceeded"),
        ("普法宣讲进企业20场。", "普法宣讲走进工厂26场。", "exceeded"),
        ("老年人体检600人。", "高龄老人免费体检610人。", "exceeded"),
        ("畜禽免疫20万头。", "生猪等牲畜免疫21万头。", "exceeded"),
        ("造林900亩。", "春季造林910亩。", "exceeded"),
        ("改造城区路灯90盏。", "改造南城区路灯91盏。", "exceeded"),
        ("改造供水管网6公里。", "改造给水管道6公里。", "met"),
        ("城乡低保补助800人。", "农村低保补助800人。", "met"),
        ("教师培训90人。", "各类教师、校医培训92人。", "exceeded"),
        ("慰问残疾儿童40人。", "慰问残疾人家庭的儿童42人。", "exceeded"),
    ],
)  # fmt: skip
def test_the_same_kind_in_other_words_is(goal: str, outcome: str, verdict: str) -> None:
    assert verdict in [told for _, told in links(goal, outcome).values()]
