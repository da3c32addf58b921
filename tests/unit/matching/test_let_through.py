"""Words around a number that do not bar it from what was promised, and those that do."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

Expected = dict[str, tuple[str, str]]


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # How it was done, before 等措施.
        ("抢修险坡9处。", "采取削坡、锚固等措施抢修险坡9处。", {"9处": ("9处", "met")}),
        ("宣传节水30场。", "通过展板、快板等形式宣传节水31场。", {"30场": ("31场", "exceeded")}),
        # The class after 等 is what was promised.
        ("放养贵重鱼苗8万尾。", "青鳉、大鲵等贵重鱼苗放养9万尾。", {"8万尾": ("9万尾", "exceeded")}),
        ("配发法警装备40套。", "配发对讲机、防刺服等法警装备40套。", {"40套": ("40套", "met")}),
        ("印制倡议书5000份。", "印制倡议书、宣传单等资料8200份。", {}),
        # 器材 are of any kind.
        ("养护器材900件。", "养护各类灭火器材880件。", {"900件": ("880件", "shortfall")}),
        ("养护水泵900件。", "养护各类器材980件。", {}),
        # Begun and ended at once.
        ("征收农房60户。", "征收农房签约并腾空58户。", {"60户": ("58户", "shortfall")}),
        ("购置课桌90套。", "课桌签约到货88套。", {"90套": ("88套", "shortfall")}),
        ("新建泵房6座。", "泵房立项并启动6座。", {}),
        # Since when is no step, and goods are declared when they are traded.
        (
            "低保审核用时不超过15个工作日。",
            "低保审核自提出申请到审核完毕平均用时12个工作日。",
            {"不超过15个工作日": ("12个工作日", "met")},
        ),
        (
            "互市贸易额达到800万元。",
            "边民互市贸易申报交易820万元。",
            {"达到800万元": ("820万元", "exceeded")},
        ),
        ("争取专项资金800万元。", "专项资金申报820万元。", {}),
        # All kinds of just what was promised.
        (
            "本年度拟受理劳动仲裁案件300件。",
            "共受理各类劳动仲裁案件318件。",
            {"300件": ("318件", "exceeded")},
        ),
        ("新建泵房6座。", "新建泵房开工6座。", {}),
        # Whoever rids of things counts what was given up.
        ("清理空壳社团40家。", "注销空壳社团43家。", {"40家": ("43家", "exceeded")}),
        ("发展青年社团40家。", "注销青年社团43家。", {}),
        ("扶持青年项目6个。", "获启动资金的青年项目7个。", {"6个": ("7个", "exceeded")}),
    ],
)  # fmt: skip
def test_steps_that_are_none(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("抽测井维护50眼。", "抽测井清洗维护48眼。", {"50眼": ("48眼", "shortfall")}),
        ("组织信息讲座30场。", "“午间半小时”讲座33场。", {"30场": ("33场", "exceeded")}),
        ("公共讲坛开讲30场。", "“名家在线”导览33场。", {}),
        ("学生公寓维修6栋。", "宿舍楼修缮5幢。", {"6栋": ("5幢", "shortfall")}),
        ("乡级林长巡林900次。", "镇级林长巡林870人次。", {"900次": ("870人次", "shortfall")}),
        ("监督抽检300批次。", "农产品抽检310批次。", {"300批次": ("310批次", "exceeded")}),
        ("维护村级平台70个。", "日常维护前端平台70个。", {"70个": ("70个", "met")}),
        ("民用“三表”检定300块。", "水电气表检定320块。", {"300块": ("320块", "exceeded")}),
        ("价格执法检查40家企业。", "对采购企业执法检查43家。", {"40家": ("43家", "exceeded")}),
        ("检查加油站60次。", "检查烟花门店74次。", {}),
        ("抽检米粉300批次。", "抽检茶油310批次。", {}),
        ("建设老年大学分校3所。", "老年大学乡镇教学点揭牌2所。", {"3所": ("2所", "shortfall")}),
        ("修缮老年大学6次。", "老年大学教学8次。", {}),
    ],
)  # fmt: skip
def test_words_that_name_no_other_thing(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("评审平均审减率9%。", "评审审减率平均9.4%。", {"9%": ("9.4%", "exceeded")}),
        ("核减率8%。", "平均核减率8%。", {"8%": ("8%", "met")}),
        ("客流增长率8%。", "客流增长率平均8%。", {"8%": ("8%", "met")}),
        ("客流占比8%。", "客流同比增长平均8%。", {}),
    ],
)
def test_levels_and_changes(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        ("拍摄反诈短视频9条。", "摄制反诈短片8部。", {"9条": ("8部", "shortfall")}),
        ("更换护栏7公里。", "护栏更新7200米。", {"7公里": ("7200米", "exceeded")}),
        ("评选文明家庭90户。", "文明家庭表彰大会召开，评出88户。", {"90户": ("88户", "shortfall")}),
        ("整治背街小巷12条。", "治理巷道11条。", {"12条": ("11条", "shortfall")}),
        ("敷设光缆60公里。", "铺设光缆58公里。", {"60公里": ("58公里", "shortfall")}),
        ("职工技能竞赛6项。", "职工技能比武6项。", {"6项": ("6项", "met")}),
        # Near, and not the same.
        ("拍摄短视频9条。", "悬挂横幅8条。", {}),
        ("评选文明家庭90户。", "走访残疾人88户。", {}),
        ("敷设光缆60公里。", "巡检光缆58公里。", {}),
    ],
)  # fmt: skip
def test_other_words_for_one_deed(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # Some of the promised people are no kind of them beside others.
        (
            "聘用巡湖员86人，优先选用退捕渔民不少于30人。",
            "巡湖员88名全部到岗，其中退捕渔民41名。",
            {"86人": ("88名", "exceeded"), "不少于30人": ("41名", "exceeded")},
        ),
        (
            "校园宣讲20场，社区宣讲30场。",
            "宣讲共60场，其中校园宣讲22场。",
            {"20场": ("22场", "exceeded")},
        ),
        # When it was done names nothing that a total adds up.
        (
            "组织防汛抢险拉练2次。",
            "防汛抢险拉练4月、9月共2次。",
            {"2次": ("2次", "met")},
        ),
        (
            "组织消防演练3次。",
            "消防演练上半年、下半年共3次。",
            {"3次": ("3次", "met")},
        ),
        ("安装燃气报警器800户。", "安装厨房自闭阀900户。", {}),
    ],
)  # fmt: skip
def test_what_does_not_tell_apart(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (
            "铺设燃气管道12公里，安装路灯40盏。",
            "铺设燃气管道12.6公里，路灯安装尚未开工。",
            {"12公里": ("12.6公里", "exceeded")},
        ),
        (
            "新建泵房3座。改造水闸2座。",
            "新建泵房3座，水闸改造工程尚未实施。",
            {"3座": ("3座", "met")},
        ),
        ("新建泵房3座。", "新建泵房3座，设备待安装。", {}),
        ("新建泵房3座。", "新建泵房3座，内部管线安装尚未施工。", {}),
        ("新建泵房3座。", "新建泵房3座，尚未开工。", {}),
    ],
)  # fmt: skip
def test_what_other_works_wait_for(goal: str, outcome: str, expected: Expected) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "quote", "answer"),
    [
        # Two counts of what was taken in, and one of them under its own noun.
        (
            "接收到期文书进馆9个全宗、3万卷。",
            "接收市直单位文书31022卷，涉及10个全宗。",
            "3万卷",
            ("31022卷", "exceeded"),
        ),
        # What is paid at a rate is paid for what stands before it.
        (
            "轮椅维修补贴按每台90元标准发放95人。",
            "维修补贴惠及轮椅使用者91人。",
            "95人",
            ("91人", "shortfall"),
        ),
        ("轮椅维修补贴按每台90元标准发放95人。", "发放护理补贴91人。", "95人", None),
    ],
)  # fmt: skip
def test_names_before_the_number_before(
    goal: str, outcome: str, quote: str, answer: tuple[str, str] | None
) -> None:
    assert links(goal, outcome).get(quote) == answer


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # The numbers of several years go on after a comma.
        ("带动就业210人。", "近五年累计辅导创业130人，带动就业590人。", {}),
        ("采集文物数据400件。", "三年来累计采集文物数据960件。", {}),
        (
            "带动就业210人。",
            "近五年累计辅导创业130人，当年带动就业230人。",
            {"210人": ("230人", "exceeded")},
        ),
        # A share of the task is no rate of what became of the trained.
        ("护工轮训后上岗率60%以上。", "完成年度轮训任务的108%。", {}),
    ],
)  # fmt: skip
def test_other_years_and_shares_of_tasks(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected
