"""has_outcome: whether the outcome text tells how far a statement was achieved."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import read

PLAN = "编制完成防汛应急预案。"
TOLD = [
    ("救助对象应救尽救。", "符合条件的对象均予以救助。"),
    ("适龄残疾儿童应入尽入。", "适龄残疾儿童全部入学。"),
    ("河道专管员每人每月补助300元。", "专管员补助按季度足额发放。"),
    ("加强学校食堂监管，保障师生饮食安全。", "全年未发生学校食堂安全事件。"),
    ("因洪涝死亡人数不超过2人。", "汛期未发生因洪涝人员伤亡。"),
    ("“12349”热线正常运行，受理来电8000件。", "“12349”热线全年畅通。"),
    ("群众投诉处理率100%。", "受理群众投诉86件，件件有答复。"),
    ("提案办复率达到95%。", "政协提案42件，年内办理完毕42件。"),
    ("隐患整改率100%。", "排查隐患31处，全部销号。"),
    ("病死猪无害化处置率100%。", "收集的病死猪全部交由专业公司处理。"),
    ("抽样煤质合格率98%。", "抽样煤质60批次，1批次不合格。"),
    ("建制村公交覆盖率100%。", "建制村公交实现全覆盖。"),
    ("燃气一般事故不超过1起。", "全年未发生燃气事故。"),
    ("噪声投诉较上年下降10%。", "噪声投诉由310件降至262件。"),
    ("选派骨干20人次参加注册测绘师考试。", "注册测绘师考试因故延至次年。"),
    ("对40户困难家庭开展适老化改造。", "适老化改造正在招标。"),
    ("建立资产台账，做到应登尽登。", "衔接资金形成的资产台账已建立。"),
    ("通过整治，街区风貌得到改善。", "沿线街区风貌明显改观。"),
    ("信访事项办结率90%以上。", "受理信访事项26件，已全部办结。"),
    ("热线工单回复率100%。", "热线工单2610件，件件有回复。"),
    ("自然村宽带通达率100%。", "自然村宽带实现全覆盖。"),
    ("提升灯会知名度，带动夜间消费。", "灯会办了十天，知名度持续提升。"),
    (PLAN, "防汛应急预案已编制完成并印发。"),
    (PLAN, "编制完成防汛应急预案。"),
    (PLAN, "完成了防汛应急预案的编制，并通过专家评审。"),
    (PLAN, "防汛应急预案尚未编制。"),
    (PLAN, "防汛应急预案正在编制。"),
    (PLAN, "各项工作按时完成，防汛应急预案编制完成。"),
    ("采购检测设备并投入使用。", "检测设备尚未采购。"),
    ("采购检测设备并投入使用。", "检测设备已采购，正在验收。"),
    ("政务平台通过验收。", "政务平台已通过终验。"),
    ("推进“智慧水利”平台建设。", "“智慧水利”平台建设有序推进。"),
    ("举办讲座12场。", "讲座举办10场。"),
    ("举办讲座12场，完善讲座制度。", "讲座举办10场。"),
    ("新建敬老院6所。", "敬老院已开工5所。"),
    ("完成馆藏照片扫描8万张。", "受场地限制，项目推迟至下年实施。"),
    ("完成馆藏照片扫描8万张。", "尚未开工。"),
    ("新建冷库2座。", "目前正在进行主体施工。"),
    ("为偏远山区卫生院建设200套周转房。", "已开工建设的卫生院周转房达185套。"),
    ("提升沿河绿化景观水平，维护河道保洁质量。", "沿河绿化景观水平明显提升。"),
    ("通过整治，院落环境得到进一步改善。", "院落环境明显改观。"),
    ("保持集市秩序稳定。", "集市秩序井然。"),
]
SILENT = [
    ("救助对象应救尽救。", "救助窗口全部搬迁。"),
    ("河道专管员每人每月补助300元。", "专管员年度考核完成。"),
    ("河道专管员每人每月补助300元。", "保洁经费足额发放。"),
    ("加强学校食堂监管，保障师生饮食安全。", "全年未发生网络安全事件。"),
    ("“12349”热线正常运行，受理来电8000件。", "“12345”热线全年畅通。"),
    ("群众投诉处理率100%。", "受理群众投诉86件。"),
    ("提案办复率达到95%。", "评审课题42项，全部办结。"),
    ("日间手术占比达到20%。", "日间手术病房投入使用。"),
    ("查档等候时间不超过15分钟。", "查档窗口全年接待620人次。"),
    ("燃气一般事故不超过1起。", "全年未发生火灾。"),
    ("噪声投诉较上年下降10%。", "油烟投诉由310件降至262件。"),
    ("建立资产台账，做到应登尽登。", "衔接资金已全部拨付。"),
    ("信访事项办结率90%以上。", "受理法律咨询26件，已全部办结。"),
    ("热线工单回复率100%。", "受理信访43件，件件有记录。"),
    ("自然村宽带故障率1%以下。", "路灯维护实现全覆盖。"),
    ("提升灯会知名度，带动夜间消费。", "摊位招商顺利，人气持续提升。"),
    (PLAN, "完成年度目标。"),
    (PLAN, "圆满完成年度目标任务。"),
    (PLAN, "各项工作按时完成。"),
    (PLAN, "全部工作按期完成。"),
    (PLAN, "年度目标全部达成。"),
    (PLAN, "相关数据待汇总。"),
    (PLAN, "防汛应急预案编制情况待统计。"),
    (PLAN, "召开图书馆读者座谈会。"),
    (PLAN, ""),
    (PLAN, "。"),
    ("政务平台通过验收。", "群众文化活动丰富多彩。"),
    ("举办讲座12场。", "开展展览3场。"),
    ("院落环境得到进一步改善。", "乡风文明明显改观。"),
    ("新建冷库2座。", "未发生安全事故。"),
    ("新建冷库2座。", "工作按计划推进。"),
]


@pytest.mark.parametrize(("goal", "outcome"), TOLD, ids=lambda text: text)
def test_told(goal: str, outcome: str) -> None:
    (statement,) = read(goal, outcome).goal_statements
    assert statement.has_outcome is True


@pytest.mark.parametrize(("goal", "outcome"), SILENT, ids=lambda text: text or "空")
def test_silent(goal: str, outcome: str) -> None:
    (statement,) = read(goal, outcome).goal_statements
    assert statement.has_outcome is False


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("目标1：已完成。目标2：已完成。", [True, True]),
        ("目标1：已完成。", [True, False]),
        ("目标2：正在验收。", [False, True]),
        ("目标2：尚未完成。", [False, True]),
        ("目标1：已全额兑现。目标2：均已投产。", [True, True]),
        ("目标2：未启动。", [False, True]),
        ("目标2：正在整理，数据待年报后补充。", [False, False]),
        ("目标3：已完成。", [False, False]),
        ("目标1：无。目标2：已按期完成。", [False, True]),
    ],
)
def test_an_item_status_is_tied_to_its_number(
    outcome: str, expected: list[bool]
) -> None:
    goal = "目标1：购置无人机，培训飞手。目标2：建成智能灌溉系统。"
    statements = read(goal, outcome).goal_statements
    assert [s.has_outcome for s in statements] == expected


def test_the_rows_do_not_count() -> None:
    from tests.unit.matching.sketch import row

    record = read(PLAN, "完成年度目标。", row("防汛应急预案编制", "完成", "完成"))
    assert record.goal_statements[0].has_outcome is False


def test_only_the_statement_that_is_told_has_an_outcome() -> None:
    goal = "编制防汛应急预案；建成智能灌溉系统；完善机房消防设施。"
    statements = read(goal, "智能灌溉系统建成并运行。").goal_statements
    assert [s.has_outcome for s in statements] == [False, True, False]


@pytest.mark.parametrize(
    ("goal", "outcome", "told"),
    [
        ("不发生因地质灾害造成的人员伤亡事件。", "全年未发生人员伤亡事件。", True),
        ("野外作业安全责任事故0起。", "全年未发生责任事故。", True),
        ("不发生群体性上访事件。", "全年未发生安全生产事故。", False),
        (
            "委托科研院所开展清河段水生生物资源本底调查并提交成果。",
            "清河段资源本底调查成果已提交。",
            True,
        ),
        (
            "制定田间作业质量地方标准一项，经专家评审后发布实施。",
            "作业质量地方标准已发布实施。",
            True,
        ),
        ("推行电子发票。", "电子发票推广进度数据待省局反馈。", False),
        ("化肥用量较上年减少。", "化肥用量数据正在统计。", False),
    ],
)
def test_what_tells_of_part_of_a_long_statement(
    goal: str, outcome: str, told: bool
) -> None:
    (statement,) = read(goal, outcome).goal_statements
    assert statement.has_outcome is told


VETERANS = (
    "健全退役军人服务体系；选树退役军人先进典型；引导退役军人创业；为退役军人建档立卡。"
)


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        # What the whole goal is about singles out no statement.
        (VETERANS, "培训退役军人41人。", [False, False, False, False]),
        (VETERANS, "退役军人先进典型已选树。", [False, True, False, False]),
        # The short name of a thing that stands in one statement only.
        ("编印《双语常用语手册》；改善办公条件。", "手册已印发3000册。", [True, False]),
        (
            "新建农村公益性公墓3处；开展文明宣传。",
            "公墓用地手续正在办理。",
            [True, False],
        ),
        (
            "编印《常用语手册》；修订《操作手册》。",
            "手册已印发3000册。",
            [False, False],
        ),
        ("扩大作业影响力；更换设备。", "影响面积约2万平方公里。", [False, False]),
        # Words scattered over a long piece, and another number, tell nothing.
        (
            "新增智能审图设备6套。",
            "改造场地2处，新增泊位12个，探头158个，设备完好率98%。",
            [False],
        ),
        ("开展第9个税收宣传月活动。", "税收宣传月活动如期开展3场。", [True]),
        # All of an item, before its details.
        (
            "目标1：建成园地并开放；目标2：评选先进个人。",
            "目标2：全部完成，其中入驻9家。",
            [False, True],
        ),
        ("不发生人员伤亡。", "实现人员不伤亡、水库不垮坝。", [True]),
    ],
)
def test_what_singles_out_a_statement(
    goal: str, outcome: str, expected: list[bool]
) -> None:
    statements = read(goal, outcome).goal_statements
    assert [s.has_outcome for s in statements] == expected
