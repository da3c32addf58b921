"""The status of an indicator row: rules 1 to 5 of the guideline, in order."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.matching.status import read_row

# target | actual | name (— where it does not matter) | status
ROWS = """
完善 | 部分达成指标并具有一定效果 | — | partial
≥20场 | 部分完成 | — | partial
100% | 基本达成 | — | partial
100% | 基本达到 | — | partial
100% | 基本完成，还剩2处 | — | partial
≥20场 | 部分完成，已办12场 | — | partial
≥20场 | 部分达成指标，实际22场 | — | partial
健全 | 部分实现 | — | partial
≥20场 | 未达成指标且效果较差 | — | shortfall
≥20场 | 未完成 | — | shortfall
≥20场 | 未开展 | — | shortfall
≥20场 | 尚未开展 | — | shortfall
≥20场 | 实现目标程度较低 | — | shortfall
提升 | 未达成指标 | — | shortfall
6月底前 | 未完成 | — | shortfall
≥20场 | 未完成，仅办18场 | — | shortfall
≥20场 | 20场 | — | met
≥20场 | 达到20场 | — | met
≥20场 | 25场 | — | exceeded
≥20场 | 18场 | — | shortfall
≥20场 | ≥20场 | — | met
≥95% | ≥95% | — | met
≤3天 | ≤3天 | — | met
2-3家 | 2-3家 | — | met
2-3家 | 3家 | — | met
2-3家 | 4家 | — | exceeded
2-3家 | 1家 | — | shortfall
100% | 已完成100% | — | met
100% | 100 | — | met
≥90% | 95%以上 | — | exceeded
≥90% | 90%以上 | — | met
≥90% | 达到92.5% | — | exceeded
≥90 | 95 | 满意度（%） | exceeded
＝100% | 98.50% | — | shortfall
100%覆盖 | 100% | — | met
至少5次 | 5次 | — | met
提升10% | 12% | — | exceeded
1.2万亩 | 12000亩 | — | met
2公里 | 1800米 | — | shortfall
30亩 | 2公顷 | — | met
4000人次 | 3500人 | — | shortfall
20场次 | 22场 | — | exceeded
≤80万元 | 75万元 | 项目成本 | met
≤80万元 | 82万元 | 项目成本 | shortfall
80万元 | 75万元 | 工程造价 | met
80万元 | 82万元 | 工程造价 | shortfall
0起 | 0 | 安全事故起数 | met
0例 | 3例 | 感染病例 | shortfall
0次 | 1次 | 断供 | shortfall
每月15日前 | 按月足额发放 | 补贴发放时间 | status_only
20个工作日内 | 及时兑付 | 奖补兑付时限 | status_only
每季度末 | 按时报送 | 信息上报时间 | status_only
100% | 按季发放 | 发放及时率 | unparseable
每月15日前 | 未按时发放 | 补贴发放时间 | shortfall
每月15日前 | 每月12日 | 补贴发放时间 | met
每月15日前 | 每月18日发放 | 补贴发放时间 | shortfall
≤20分钟 | 提前5分钟办结 | 办理时限 | unparseable
提前30分钟 | 提前45分钟 | 预警提前量 | exceeded
无 | 无 | 违纪情况 | status_only
无 | 1起 | 违纪情况 | unparseable
不断缩小 | 逐步缩小 | 城乡差距 | status_only
夯实 | 不断夯实 | 基层基础 | status_only
提升 | 效果显著 | 干部素质 | status_only
明显 | 有一定影响 | 品牌影响 | status_only
持续开展 | 正在开展 | 成果推广 | status_only
健全 | 正在修订 | 管理制度 | unparseable
提升 | 待评估 | 服务能力 | unparseable
多场 | 若干 | 培训场次 | unparseable
提升 | 有所下降 | 居民满意度 | unparseable
≤批复概算 | 未超概算 | 工程造价 | status_only
≤2万元/公里 | 未超定额 | 养护费用 | unparseable
≥0.58 | O.5g | 利用系数 | unparseable
8000 | 7600 | 贷款（万元） | shortfall
30 | 31.5万件 | 申请量（万件） | exceeded
30 | 300000 | 申请量（万件） | met
0起 | 0起 | 安全事故起数 | met
0起 | 1起 | 安全事故起数 | shortfall
≤2次 | 0 | 有效投诉次数 | met
5起 | 3起 | 有效投诉起数 | met
30% | 30 | — | met
6月底前 | 2023年6月20日 | — | met
6月底前 | 6月 | — | met
6月底前 | 7月5日 | — | shortfall
2023年12月31日前 | 2023年12月 | — | met
2023年11月底前 | 2023年12月5日 | — | shortfall
2023年12月底 | 2024年1月15日 | — | shortfall
10月15日前 | 10月15日 | — | met
第三季度 | 9月 | — | met
≥20场 | 达成指标 | — | status_only
≥20场 | 达成预期指标 | — | status_only
≥20场 | 全部或基本达成预期指标 | — | status_only
≥20场 | 全部或基本完成预期指标 | — | status_only
≥20场 | 已完成 | — | status_only
≥20场 | 完成 | — | status_only
≥20场 | 已全部完成 | — | status_only
按标准执行 | 是 | — | status_only
严格执行 | 严格执行 | — | status_only
80万元 | 按标准执行 | — | status_only
6月底前 | 按期完成 | — | status_only
提升 | 有所提升 | — | status_only
显著提升 | 明显提升 | — | status_only
应处尽处 | 应处尽处 | — | status_only
贴近群众 | 达成指标 | — | status_only
长期有效 | 长期有效 | — | status_only
多场 | 已完成 | — | status_only
3人 5篇 | 达成指标 | — | status_only
≥20场 | — | — | unparseable
≥20场 | / | — | unparseable
≥20场 | …… | — | unparseable
≥20场 | 无 | — | unparseable
提升 | / | — | unparseable
3座 | 正在砌筑 | — | unparseable
15% | 略有增长 | — | unparseable
多场 | 30场 | — | unparseable
提升 | 95% | — | unparseable
3人 5篇 | 3人 6篇 | — | unparseable
≥20场 | 600人 | — | unparseable
2公里 | 30亩 | — | unparseable
≥500份 | 500家 | — | unparseable
≥20场 | ■■ | — | unparseable
每月不少于2次 | 24次 | 巡查次数 | unparseable
每月不少于2次 | 1次 | 巡查次数 | shortfall
每月不少于2次 | 每月3次 | 巡查次数 | exceeded
每月不少于2次 | 2 | 每月巡查次数 | met
≥2次/月 | 24 | 巡查次数 | unparseable
每人每月500元 | 520元 | 补助标准 | exceeded
每月投诉≤2起 | 10起 | 投诉数 | unparseable
≤1500元/亩 | 1480元 | 亩均成本 | met
≥90% | 0.95 | 满意度 | unparseable
=100% | 1 | 办结率 | unparseable
≥90% | 0 | 满意度 | shortfall
≤2% | 1 | 差错率 | met
0起 | 未发生 | 事故数 | status_only
0 | 全年未发生安全事故 | 事故数 | status_only
3起 | 未发生 | 演练数 | unparseable
不少于3项 | 叁项 | 课题数 | met
2台 | 壹台 | 设备数 | shortfall
下降 | 有所下降 | 越级上访 | status_only
不高于上年 | 略低于上年 | 单位成本 | status_only
提升 | 有所下降 | 满意度 | unparseable
≥1200路 | 1236路 | 视频探头 | exceeded
36万亩 | 36 | 管护面积 | met
36万亩 | 35.2 | 管护面积 | shortfall
≥36万亩 | 52 | 管护面积 | exceeded
5万人次 | 51200 | 接待人次 | exceeded
5万人次 | 48900 | 接待人次 | shortfall
5万人次 | 700 | 接待人次 | unparseable
≤60万元 | 58.6 | 项目成本 | met
≤60万元 | 63 | 项目成本 | shortfall
≤60万元 | 586000 | 项目成本 | met
1.5亿元 | 1.6 | 网络零售额 | exceeded
≥2亿元 | 21000 | 技术合同成交额 | exceeded
1千万元 | 1000 | 带动投资 | met
36 | 36万亩 | 管护面积 | met
36 | 35万亩 | 管护面积（万亩） | shortfall
36 | 360000 | 管护面积（万亩） | met
≥2 | 2.1亿元 | 产值（亿元） | exceeded
≥10万元 | 0 | 节约资金 | shortfall
≤25/10万 | 16.2 | 婴儿死亡率 | met
100% | 88% | “三公经费”控制率 | met
100% | 103% | 公用经费控制率 | shortfall
100% | 96% | 财政供养人员控制率 | met
100% | 91% | 血压控制率 | shortfall
4% | 0 | 预算调整率 | met
0% | 0 | 超概算项目比例 | met
5.5%左右 | 5.1% | 城镇调查失业率 | met
5.5%左右 | 5.8% | 城镇调查失业率 | shortfall
3%左右 | 1.2% | 居民消费价格涨幅 | met
2021年 | 2021年 | 完成时间 | met
2021年 | 2021年11月 | 完成时间 | met
2021年 | 2022年3月 | 完成时间 | shortfall
≥15年 | 15年 | 设计使用年限 | met
≥15年 | 12年 | 设计使用年限 | shortfall
资料更新率 | 每日更新 | — | status_only
(1)建立台账;(2)按月通报 | 有台账、有通报 | — | status_only
不发生泄密事件 | 发生泄密事件 | — | unparseable
无积压 | 有积压 | — | unparseable
及时拨付 | 拨付不及时 | — | shortfall
合格 | 不合格 | — | shortfall
健全 | 不健全 | — | shortfall
按时完工 | 延期完工 | — | shortfall
合格 | 无不合格产品 | — | status_only
不明显 | 不明显 | — | status_only
≤0.9千分之 | 0.5 | 成灾率 | met
4项 | 4项，100% | — | met
4项 | 完成3项，完成率75% | — | shortfall
≥90% | 发放问卷120份，满意度93% | 满意度 | exceeded
6家 | 6家（其中新认定2家） | — | met
500人 | 培训3期470人 | 培训人数 | shortfall
10场 | 社区6场、学校3场 | — | unparseable
≤10万元 | 实际支出9.8万元 | 项目成本 | met
≤10万元 | 支付10.5万元 | 项目成本 | shortfall
≤10万元 | 实际支出9.8万元，节约0.2万元 | 项目成本 | unparseable
0次 | 无 | 安全事故 | status_only
-5% | -6% | 支出增长率 | unparseable
-5% | -5% | 支出增长率 | met
≥3000元/人 | 3000元 | 补助标准 | met
≥3000元/人 | 2800元 | 补助标准 | shortfall
≥3000元/人 | 90000元 | 补助标准 | unparseable
60人次 | 60人/次 | — | met
30天 | 26天 | 资金拨付时间 | met
120天 | 135天 | 工期 | shortfall
300天 | 290天 | 免费开放天数 | shortfall
5% | 0.05 | 差错率 | unparseable
≤2% | 1 | 差错率 | met
4A级 | 4A级 | 景区等级 | status_only
4A级 | 3A级 | 景区等级 | unparseable
"""


def cells(line: str) -> tuple[str, str, str | None, str]:
    target, actual, name, status = (part.strip() for part in line.split(" | "))
    return target, actual, None if name == "—" else name, status


@pytest.mark.parametrize("line", ROWS.strip().splitlines())
def test_status(line: str) -> None:
    target, actual, name, status = cells(line)
    assert str(read_row(target, actual, name).status) == status


@pytest.mark.parametrize("empty", [None, "", " ", "\n", "——", "\\", "*"])
def test_an_empty_actual_is_unparseable(empty: str | None) -> None:
    reading = read_row("≥20场", empty, "讲座")
    assert str(reading.status) == "unparseable"
    assert reading.actual is None


@pytest.mark.parametrize("empty", [None, "", "/"])
def test_an_empty_target_with_a_number_is_unparseable(empty: str | None) -> None:
    assert str(read_row(empty, "20场", "讲座").status) == "unparseable"


def test_the_status_asks_neither_for_weight_nor_for_score() -> None:
    reading = read_row("≥20场", "18场", None)
    assert reading.target and reading.actual
    assert (reading.target.quote, reading.actual.quote) == ("≥20场", "18场")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("部分完成，未完成2场", "partial"),  # 1 before 2
        ("未完成，实际25场", "shortfall"),  # 2 before 3
        ("已完成25场", "exceeded"),  # 3 before 4
    ],
)
def test_the_first_rule_that_applies_wins(first: str, second: str) -> None:
    assert str(read_row("≥20场", first, None).status) == second


@pytest.mark.parametrize(
    ("name", "target", "actual", "status"),
    [
        ("巡河员补助标准", "300元/人·月", "280元/人·月", "met"),
        ("巡河员补助标准", "300元/人·月", "310元/人·月", "shortfall"),
        ("每场补贴", "200元", "200元", "met"),
        ("补助标准", "≥300元/人", "280元/人", "shortfall"),
        ("节约资金", "30万元", "28万元", "shortfall"),
        ("降低物流费用", "30万元", "32万元", "exceeded"),
        ("监理人数", "3人", "2人", "shortfall"),
        ("项目预算控制数", "200", "195.5", "met"),
        ("项目预算控制数", "200", "206", "shortfall"),
        ("监理人数", "3", "2", "shortfall"),
    ],
)
def test_money_under_a_cost_level_is_a_cost(
    name: str, target: str, actual: str, status: str
) -> None:
    reading = read_row(target, actual, name, level="成本指标经济成本指标")
    assert str(reading.status) == status
    other = read_row(target, actual, name, level="产出指标数量指标")
    assert name != "巡河员补助标准" or other.status is not reading.status


@pytest.mark.parametrize(
    ("name", "target", "actual", "status"),
    [
        ("报告提交", "30天", "26天", "met"),
        ("报告提交", "30天", "33天", "shortfall"),
        ("场馆免费开放", "300天", "312天", "exceeded"),
        ("设备使用", "5年", "4年", "shortfall"),
        ("按时提交率", "95%", "90%", "shortfall"),
    ],
)
def test_days_under_a_timeliness_level_are_a_limit(
    name: str, target: str, actual: str, status: str
) -> None:
    reading = read_row(target, actual, name, level="产出指标时效指标")
    assert str(reading.status) == status


SIGNS = """
≤3% | -1.2% | 成本上涨幅度 | met
≤0% | －1.2% | 化肥使用量增长率 | met
≥1% | -1.2% | 产值增长率 | shortfall
≥1% | 增长-2% | 产值增长率 | shortfall
≥3% | 下降5% | 营业收入增长率 | unparseable
≥3% | 负增长5% | 营业收入增速 | unparseable
≥3% | 上升5% | 能耗下降率 | unparseable
≥3% | 下降5% | 能耗下降率 | exceeded
≥3% | 增长5% | 营业收入增长率 | exceeded
≥3% | 5% | 营业收入增长率 | exceeded
≤-1% | -2% | 增速 | unparseable
5.5%左右 | 5.2% | 城镇调查失业率 | met
5.5%左右 | 6.4% | 城镇调查失业率 | shortfall
200场左右 | 180场 | 演出场次 | shortfall
3-5次 | 4次 | 巡查次数 | met
"""


@pytest.mark.parametrize("line", SIGNS.strip().splitlines())
def test_signs_and_directions(line: str) -> None:
    target, actual, name, status = cells(line)
    assert str(read_row(target, actual, name).status) == status


def test_a_minus_belongs_to_the_quote() -> None:
    actual = read_row("≤3%", "约 -1.2%", "涨幅").actual
    assert actual is not None
    assert ("约 -1.2%"[actual.start : actual.end], actual.value) == (
        actual.quote,
        Decimal("-1.2"),
    )


def test_the_scale_in_a_name_is_multiplied_out() -> None:
    """As in a text: 8000 of 贷款（万元） are 80000000 元."""
    target = read_row("8000", "7600", "贷款（万元）").target
    assert target is not None
    assert (target.value, target.unit) == (Decimal(80_000_000), "元")


def test_a_name_may_tell_of_how_many_a_rate_is() -> None:
    target = read_row("≤15", "9", "死亡率（/10万）").target
    assert target is not None
    assert target.unit == "/10万"
