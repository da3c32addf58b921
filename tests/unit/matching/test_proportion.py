"""Numbers far from their target keep a verdict only where the same thing is named."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import answers, links, read, row

# goal, outcome: an unlike name and far from the target.
DOUBTFUL = [
    # Far more: mostly of something wider, or of another thing.
    ("新建露天婚庆广场2处。", "露天婚庆广场全年承办婚礼236处。"),
    ("发放防汛手册3000册。", "共发放各类宣传品1.6万册。"),
    ("发展新社员400人。", "联系服务社员2600人。"),
    ("接收餐厨垃圾800吨。", "全年接收各类垃圾2700吨。"),
    ("受益企业150家。", "园区企业总数660家。"),
    ("新增数据接口300个。", "数据接口累计达到1900个。"),
    ("新建充电站点25个。", "充电站点总数90个。"),
    ("新建区域雨量站8处。", "运行雨量站61处。"),
    ("免疫接种36万只。", "累计接种口蹄疫等疫苗98万剂次。"),
    # So far more: mostly told of all, where the target is for each.
    ("法律顾问坚持驻村，开展普法讲座3场。", "全年开展普法讲座412场。"),
    # Far less: mostly of a part, or of a step.
    ("遗体捐献登记360人。", "完成捐献5人。"),
    ("发展农民会员4000名。", "在外卖、快递行业吸收会员900名。"),
    ("设置道路指路牌480块。", "东城片区指路牌170块。"),
    ("劝返失学儿童620人次。", "另组织劝返工作队24人次。"),
    # A limit far exceeded: mostly a total beside what was meant for one.
    ("电梯补助标准不超过25万元。", "发放加装补助310万元。"),
]  # fmt: skip

# goal, outcome, verdict: as far, but surely the same thing.
SURE = [
    # The same name, however many.
    ("线上直播不少于30场。", "线上直播71场。", "exceeded"),
    ("岗前培训10期。", "组织岗前培训24期。", "exceeded"),
    ("清理水毁塌方6000立方米。", "全年清理塌方1.4万立方米。", "exceeded"),
    ("选派进村开展种植指导的果树专家80名。", "选派果树专家进村指导种植310名。", "exceeded"),
    ("扶持蔬菜合作社申报示范社20家。", "扶持蔬菜示范合作社申报57家。", "exceeded"),
    ("科普剧巡演12场。", "科普剧巡演5场。", "shortfall"),
    ("制作禁渔短视频22条。", "制作短视频9条。", "shortfall"),
    # Said to be few.
    ("举办基层检验员进修班9期。", "受疫情影响，现场进修仅4期。", "shortfall"),
    # Small numbers.
    ("气象科普馆开放1次。", "科普场馆对外开放3次。", "exceeded"),
    ("新建县级分拣中心3个。", "分拣中心建成1个。", "shortfall"),
    # Other units of one scale.
    ("硬化机耕道8.4公里。", "硬化生产路9150米。", "exceeded"),
    ("种植海防林20公顷。", "海岸防护林栽种330亩。", "exceeded"),
    # Limits that were kept, changes, times.
    ("森林火灾受害率控制在0.9‰以内。", "过火受害率0.02‰。", "met"),
    ("旅游收入增长10%。", "旅游总收入同比增长31%。", "exceeded"),
    ("警情到场时间5分钟以内。", "接警后平均2分钟到场。", "met"),
    # Within bounds, whatever the words.
    ("接待观众60万人次。", "参观人数创新高，达98万人次。", "exceeded"),
]  # fmt: skip


@pytest.mark.parametrize(("goal", "outcome"), DOUBTFUL)
def test_no_verdict_on_unlike_things_far_apart(goal: str, outcome: str) -> None:
    assert links(goal, outcome) == {}


@pytest.mark.parametrize(("goal", "outcome", "verdict"), SURE)
def test_the_same_thing_has_its_verdict(goal: str, outcome: str, verdict: str) -> None:
    found = [v for _, v in links(goal, outcome).values()]
    assert found == [verdict]


FAR = "发放防汛手册3000册。", "共发放宣传手册1.6万册。"


def test_the_nearest_is_named_and_the_distance_told() -> None:
    record = read(*FAR)
    (answer,) = answers(record).values()
    assert answer.verdict == "undetermined"
    assert answer.candidates == ("1.6万册",)
    assert "悬殊" in record.links[0].explanation
    assert record.unmatched_targets == (0,)


def test_what_is_doubtful_is_no_goal_without_outcome() -> None:
    record = read(*FAR)
    codes = {flag.code for flag in record.flags}
    assert "match_ambiguous" in codes
    assert "goal_without_outcome" not in codes
    assert "target_set_too_low" not in codes


def test_a_row_that_tells_the_number_is_believed() -> None:
    told = row("防汛手册发放数", "3000册", "1.6万册")
    assert links(*FAR, told) == {"3000册": ("1.6万册", "exceeded")}


def test_a_small_part_over_one_row_is_believed() -> None:
    goal, outcome = "放流活动市民参与900人次。", "放流时到场市民310人次。"
    assert links(goal, outcome) == {}
    assert links(goal, outcome, row("放流参与市民", "900人次")) == {
        "900人次": ("310人次", "shortfall")
    }


def test_the_name_of_their_indicator_is_a_name_too() -> None:
    goal = "指导不少于20家农户申报示范果园。"
    outcome = "培育新申报市级示范果园67家。"
    assert links(goal, outcome) == {}
    assert links(goal, outcome, row("培育新申报市级示范果园", "20家")) == {
        "不少于20家": ("67家", "exceeded")
    }
