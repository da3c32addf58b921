"""The verdict table of the guideline, line by line, and its inexact outcomes."""

from __future__ import annotations

import pytest

from pipeline.core.quantity import Quantity, Role
from pipeline.language.quantities import find_quantities
from pipeline.matching.verdicts import compare, less_is_better


def only(text: str, role: Role) -> Quantity:
    (found,) = find_quantities(text, role)
    return found


def verdict(target: str, outcome: str, *, less: bool = False) -> str:
    goal, done = only(target, Role.GOAL), only(outcome, Role.OUTCOME)
    return str(compare(goal, done, less_is_better=less))


TABLE = """
不少于20场 25场 exceeded        不少于20场 20场 met        不少于20场 19场 shortfall
至少20场 21场 exceeded          至少20场 20场 met          至少20场 1场 shortfall
20场以上 20场 met               20场以上 30场 exceeded     20场以上 18场 shortfall
20场及以上 20场 met             ≥20场 20场 met             ≥20场 12.5场 shortfall
达到95% 95% met                 达到95% 96.2% exceeded     达到95% 94.9% shortfall
20场 20场 met                   20场 21场 exceeded         20场 19场 shortfall
约20场 20场 met                 约20场 25场 exceeded       约20场 18场 shortfall
20余场 20场 met                 20余场 22场 exceeded       近20场 19场 shortfall
超过20场 21场 exceeded          超过20场 20场 shortfall    超过20场 19场 shortfall
高于90% 91% exceeded            高于90% 90% shortfall      突破5万人 5万人 shortfall
不超过20起 20起 met             不超过20起 12起 met        不超过20起 21起 shortfall
20起以内 20起 met               20起以内 3起 met           20起以内 25起 shortfall
≤3天 3天 met                    ≤3天 2.5天 met             ≤3天 4天 shortfall
低于20起 19起 met               低于20起 20起 shortfall    低于20起 21起 shortfall
<5% 4.99% met                   <5% 5% shortfall           少于3天 3天 shortfall
4至6场 4场 met                  4至6场 5场 met             4至6场 6场 met
4至6场 7场 exceeded             4至6场 3场 shortfall       10～15人 16人 exceeded
"""
INEXACT = """
不少于20场 20余场 exceeded      不少于20场 超20场 exceeded      不少于20场 超过20场 exceeded
不少于20场 逾20场 exceeded      不少于20场 突破20场 exceeded    不少于20场 20多场 exceeded
不少于20场 大于20场 exceeded    不少于20场 高于20场 exceeded    不少于20场 近20场 shortfall
不少于20场 低于20场 shortfall   不少于20场 小于20场 shortfall   不少于20场 不到20场 shortfall
不少于20场 不足20场 shortfall   不少于20场 约20场 met           不少于20场 20场左右 met
不少于20场 20场以上 met         不少于20场 20场以内 met         不少于20场 控制在20场以内 met
不少于20场 近30场 exceeded      不少于20场 不到30场 exceeded    不少于20场 超过18场 shortfall
不少于20场 25至30场 exceeded    不少于20场 20至30场 met         不少于20场 18至22场 shortfall
超过20场 超过20场 exceeded      超过20场 20余场 exceeded        超过20场 约20场 shortfall
不超过20起 近20起 met           不超过20起 20余起 shortfall     不超过20起 20起以内 met
不超过20起 超过20起 shortfall   不超过20起 约20起 met           低于20起 近20起 met
低于20起 20余起 shortfall       低于20起 约20起 shortfall       4至6场 6余场 exceeded
4至6场 近4场 shortfall          4至6场 超过4场 met              4至6场 近6场 met
"""
SCALED = """
2公里 2000米 met                2公里 1800米 shortfall          2公里 2100米 exceeded
1.2公里 1200米 met              30亩 2公顷 met                  30亩 1.9公顷 shortfall
200公顷 3000亩 met              200公顷 3001亩 exceeded         2吨 2000公斤 met
3天 72小时 met                  不超过2小时 90分钟 met          不超过2小时 121分钟 shortfall
4000人次 4000人 met             20场 20次 met                   20场次 19场 shortfall
5万元 5万元 met                 1.2亿元 12000万元 met           1.2亿元 11999万元 shortfall
95% 95% met                     5‰ 0.5% met                     3000平方米 3000㎡ met
1平方公里 1000000平方米 met     800立方米 800方 met             2至3公里 2500米 met
2至3公里 3100米 exceeded        三成 30% met                    百分之九十五 94% shortfall
"""


def triples(table: str) -> list[tuple[str, str, str]]:
    words = table.split()
    assert len(words) % 3 == 0
    return [(words[i], words[i + 1], words[i + 2]) for i in range(0, len(words), 3)]


@pytest.mark.parametrize(
    ("target", "outcome", "expected"), triples(TABLE), ids=lambda word: word
)
def test_a_printed_number(target: str, outcome: str, expected: str) -> None:
    assert verdict(target, outcome) == expected


@pytest.mark.parametrize(
    ("target", "outcome", "expected"), triples(INEXACT), ids=lambda word: word
)
def test_an_inexact_outcome_counts_as_printed_but_leans(
    target: str, outcome: str, expected: str
) -> None:
    assert verdict(target, outcome) == expected


@pytest.mark.parametrize(
    ("target", "outcome", "expected"), triples(SCALED), ids=lambda word: word
)
def test_numbers_are_compared_in_one_unit(
    target: str, outcome: str, expected: str
) -> None:
    assert verdict(target, outcome) == expected


@pytest.mark.parametrize(
    ("target", "outcome", "expected"),
    [
        ("80元", "80元", "met"),
        ("80元", "75元", "met"),
        ("80元", "81元", "shortfall"),
        ("80起", "80余起", "shortfall"),
        ("80起", "近80起", "met"),
        ("不少于80元", "75元", "shortfall"),
        ("不少于80元", "90元", "exceeded"),
        ("不超过80元", "75元", "met"),
        ("60至80元", "50元", "shortfall"),
        ("0起", "0起", "met"),
        ("0起", "1起", "shortfall"),
    ],
    ids=lambda word: word,
)
def test_a_bare_target_where_less_is_better_is_a_limit(
    target: str, outcome: str, expected: str
) -> None:
    assert verdict(target, outcome, less=True) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "单位造价",
        "亩均成本",
        "安全生产事故起数",
        "群众投诉量",
        "数据差错率",
        "万元产值能耗",
        "审批时限",
        "平均响应时间",
        "平均办理时间",
        "亡人火灾起数",
        "系统故障次数",
        "儿童死亡率",
        "烟尘排放量",
        "义务教育辍学率",
        "城镇登记失业率",
        "工程返工率",
        "道路交通事故",
        "演练事故",
        "培训费用",
        "会议单价",
        "信访投诉",
        "违规案件数",
        "亩均用水量降到",
        "办理天数压缩至",
        "降低后的单位成本",
        "处理投诉时限",
        "处理不当引发投诉",
        "检查期间发生事故",
        "治理成本",
        "为企业降低后的单位成本",
        "整治后违规占道",
        "清理费用",
        "火灾、事故起数",
        "未及时处置引发舆情",
        "检查覆盖率，事故起数",
        "未整改事故隐患",
        "督办期间发生火灾",
        "整改后火灾起数",
        "诉讼案件败诉率",
        "案件超期率",
        "生猪死淘率",
        "返贫人数",
        "贫困发生率",
        "断面超标次数",
        "任务未完成率",
        "药品抽检不合格率",
        "直接经济损失",
        "平均停电时间",
    ],
)
def test_less_is_better(phrase: str) -> None:
    assert less_is_better(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "讲座场次",
        "事故演练",
        "事故隐患排查",
        "投诉办结率",
        "投诉处理率",
        "能耗降低率",
        "成本下降率",
        "成本节约额",
        "火灾扑灭率",
        "火灾防控宣传",
        "违规查处",
        "受理投诉",
        "处理投诉",
        "办理投诉",
        "故障修复率",
        "死亡率降幅",
        "废气减排",
        "培训人数",
        "满意度",
        "应急演练",
        "污染治理面积",
        "故障处置率",
        "降低企业物流成本",
        "减少运输费用",
        "为企业降低物流成本",
        "预计减少运输费用",
        "收缴违规网具",
        "清退违规租户",
        "捣毁火灾隐患窝点",
        "查获违规商品",
        "拆除违规建筑",
        "消除火灾隐患",
        "没收违规所得",
        "查处各类违规行为",
        "扑救火灾起数",
        "处置突发警情",
        "治理农村污染源",
        "消除超大班额",
        "清理拖欠账款",
        "化解存量负债",
        "排查事故隐患",
        "抢修供水故障",
        "监测舆情信息",
        "重大火灾隐患单位挂牌督办",
        "事故隐患单位挂牌督办",
        "督办火灾隐患单位",
        "火灾隐患单位整改",
        "督办事故隐患",
        "火灾隐患销号",
        "轻微事故快处率",
        "轻微事故快处快赔占比",
        "火灾扑救成功率",
        "事故调查报告按期完成率",
        "挽回经济损失",
        "返贫监测户数",
        "中毒救治率",
        "停水通知及时率",
    ],
)
def test_more_is_better(phrase: str) -> None:
    assert not less_is_better(phrase)


@pytest.mark.parametrize(
    ("phrase", "kind", "less"),
    [
        ("低保申请审批", "time", True),
        ("困难群众救助金拨付", "time", True),
        ("服务窗口开放", "time", False),
        ("志愿者值守", "time", False),
        ("低保申请审批", "case", False),
        ("轻度污染农田改种", "area", False),
        ("受污染农田", "area", False),
        ("结清诉讼费用", "case", False),
        ("结清诉讼费用", "money", True),
        ("道路事故", "case", True),
    ],
)
def test_what_is_counted_tells_whether_a_word_limits_it(
    phrase: str, kind: str, less: bool
) -> None:
    assert less_is_better(phrase, kind) is less
