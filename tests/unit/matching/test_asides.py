"""What is done before, beside or after a deed does not answer for the deed."""

from __future__ import annotations

import pytest

from pipeline.matching.gates.asides import asides_in, is_beside, names_a_deed
from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml
from tests.unit.matching.sketch import links

DATA = load_toml(FILE)


@pytest.mark.parametrize("entry", DATA["asides"], ids=lambda e: str(e["words"][0]))
def test_entries(entry: dict[str, list[str]]) -> None:
    promised, told = entry["example"]
    assert is_beside(promised, told, names=names_a_deed(promised))
    promised, told = entry["counterexample"]
    assert asides_in(told)
    assert not is_beside(promised, told, names=True)


def test_deeds_and_what_they_may_stand_before() -> None:
    assert names_a_deed(DATA["achieved"]["example"])
    assert not names_a_deed(DATA["achieved"]["counterexample"])
    assert not asides_in(DATA["carriers"]["example"])
    assert asides_in(DATA["carriers"]["counterexample"])


@pytest.mark.parametrize(
    ("goal", "outcome"),
    [
        ("建成社区食堂6个。", "社区食堂选址6个。"),
        ("口袋公园9个。", "口袋公园完成勘察设计9个。"),
        ("改造泵站4座。", "泵站改造工程施工图审查通过4座。"),
        ("改造泵站4座。", "泵站改造项目已立项批复4座。"),
        ("发放租赁补贴320户。", "租赁补贴审核公示320户。"),
        ("维修校舍18栋。", "校舍安全隐患入户摸排18栋。"),
        ("拆除危墙26处。", "危墙线索摸底26处。"),
        ("治理排污口40个。", "排污口溯源40个。"),
        ("新建线路30公里。", "线路走廊清障31公里。"),
        ("更换水表2000只。", "水表年检2000只。"),
        ("购置锅炉5台。", "锅炉检修5台。"),
        ("新签家庭医生协议800份。", "家庭医生协议续签810份。"),
        ("认定众创空间5家。", "众创空间复审5家。"),
        ("新建测站标准3项。", "测站标准复查3项。"),
        ("新增零售网点20个。", "零售网点关停20个。"),
        ("发展志愿服务队30支。", "志愿服务队清退30支。"),
        ("招募河湖志愿者60人。", "河湖志愿者表彰60人。"),
        ("征集老物件300件。", "老物件展出300件。"),
        ("拍摄微电影6部。", "转发微电影6部。"),
        ("引进博士5名。", "博士签订意向5名。"),
        ("更换消火栓160个。", "登记待更换消火栓160个。"),
        ("新增县级非遗项目8项。", "县级非遗项目推荐8项。"),
        ("新建饮水工程4处。", "饮水工程水质检测4处。"),
        ("治理黑臭水体12处。", "黑臭水体监测12处。"),
        ("建设照料中心5个。", "照料中心星级评定5个。"),
        ("更换电梯20台。", "电梯安全评估20台。"),
        ("检验起重机300台。", "起重机使用登记300台。"),
        ("改造水闸5座。", "水闸注册登记5座。"),
        ("购买图书5000册。", "图书编目5000册。"),
        ("发放消费券2万张。", "消费券核销2万张。"),
        ("签约居民2万人。", "随访居民2万人。"),
        ("开通公交线路4条。", "公交线路优化4条。"),
        ("更新公务车辆3辆。", "公务车辆保险3辆。"),
        ("打击非法采砂案件40起。", "非法采砂案件移送40起。"),
        ("建设提灌泵房6个。", "提灌泵房巡查6个。"),
        ("新建心理辅导站3个。", "心理健康讲座3场。"),
        ("补栽法桐900株。", "法桐涂白900株。"),
        ("建设牧场圈舍5个。", "牧场圈舍消毒5个。"),
        ("整治围网问题30个。", "围网问题交办30个。"),
        ("举办汇演3场。", "汇演彩排3场。"),
        ("栽植樱花500株。", "樱花修剪500株。"),
        ("修建引水渠9公里。", "引水渠测量9公里。"),
        ("救治尘肺患者90人。", "尘肺患者随访90人。"),
        ("邮件进村日均3000件。", "邮件日处理能力3000件。"),
        ("评选优秀家训20篇。", "收到家训征文130篇。"),
        ("发放助学贷款400笔。", "助学贷款还款400笔。"),
    ],
)  # fmt: skip
def test_an_aside_is_no_answer(goal: str, outcome: str) -> None:
    assert links(goal, outcome) == {}


@pytest.mark.parametrize(
    ("goal", "outcome", "verdict"),
    [
        ("社区食堂选址6个。", "社区食堂踏勘选址7个。", "exceeded"),
        ("编制公园规划3项。", "公园规划设计3项。", "met"),
        ("建设省级重点专科2个。", "省级重点专科通过评审2个。", "met"),
        ("维修路灯300盏。", "排查维修路灯300盏。", "met"),
        ("审核补贴申请500件。", "补贴申请初审500件。", "met"),
        ("检查商铺200家。", "商铺排查206家。", "exceeded"),
        ("慰问老党员90人。", "走访老党员92人。", "exceeded"),
        ("养护线路120公里。", "线路巡检养护118公里。", "shortfall"),
        ("新建排查基地4个。", "建成排查基地4个。", "met"),
        ("购置检修车辆3辆。", "检修车辆到货3辆。", "met"),
        ("开展禁毒活动12场。", "禁毒宣传12场。", "met"),
        ("印制宣传手册5000册。", "宣传手册5200册。", "exceeded"),
        ("科研课题6项。", "科研课题立项6项。", "met"),
        ("整治小煤窑12处。", "关停小煤窑12处。", "met"),
        ("评选好邻居40名。", "表彰好邻居40名。", "met"),
        ("签订引才意向60份。", "引才意向协议62份。", "exceeded"),
        # Measured in a survey, not surveyed.
        ("群众安全感得分90分。", "群众安全感调查得分93分。", "exceeded"),
        ("检定加油机70台。", "全年检定加油机72台。", "exceeded"),
        ("新建标准3项。", "标准建标考核通过3项。", "met"),
        ("申报专利20件。", "提交专利申请22件。", "exceeded"),
        ("公开招标项目8个。", "公开招标9个。", "exceeded"),
        ("清淤沟渠12公里。", "沟渠清淤疏通13公里。", "exceeded"),
        ("抗震改造房屋90户。", "抗震改造均已竣工入住92户。", "exceeded"),
        ("抽检食品批次60批次。", "食品抽样检验61批次。", "exceeded"),
        ("不动产登记5000件。", "办理不动产登记5100件。", "exceeded"),
        ("巡查林地9万亩。", "林地巡护9.1万亩。", "exceeded"),
        ("新建泵站4座。", "建成并登记泵站4座。", "met"),
    ],
)  # fmt: skip
def test_what_was_asked_for_is(goal: str, outcome: str, verdict: str) -> None:
    ((_, told),) = links(goal, outcome).values()
    assert told == verdict


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # Those anew and those once more are all there are.
        ("聘任河湖保洁员60名。", "新聘和续聘河湖保洁员58名。", True),
        ("聘任河湖保洁员60名。", "续聘河湖保洁员58名。", False),
        ("食堂卫生分级评定90家。", "复评、新评卫生分级食堂86家。", True),
        ("食堂卫生分级评定90家。", "卫生分级复核食堂86家。", False),
        # What a thing is called is nothing that was done: 消毒柜.
        ("添置后厨设备20台。", "添置消毒柜、蒸箱等后厨设备21台。", True),
        ("添置后厨设备20台。", "后厨设备消毒21台。", False),
        # In use once registered; chosen once announced.
        ("更新洒水车3辆。", "新洒水车上牌使用3辆。", True),
        ("更新洒水车3辆。", "洒水车登记3辆。", False),
        ("创建美丽渔港4座。", "美丽渔港公示入选4座。", True),
        ("创建美丽渔港4座。", "美丽渔港公示4座。", False),
        # Both were done: 均已编制报批.
        ("编制校园应急预案8个。", "校园应急预案均已编制报批8个。", True),
        ("改造校园厕所8座。", "校园厕所改造设计8座。", False),
    ],
)  # fmt: skip
def test_what_is_no_aside(goal: str, outcome: str, *, expected: bool) -> None:
    assert bool(links(goal, outcome)) is expected
