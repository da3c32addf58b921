"""Kind, vagueness and clarity of goal statements (guideline section 5)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.core.quantity import Role
from pipeline.core.statement import Statement, StatementKind
from pipeline.language.clarity import read_statements, with_outcome
from pipeline.language.dimensions import WEIGHTS
from pipeline.language.quantities import find_quantities


def judge(text: str) -> tuple[Statement, ...]:
    return read_statements(text, find_quantities(text, Role.GOAL))


def single(text: str) -> Statement:
    (statement,) = judge(text)
    return statement


CHECKABLE = [
    # named deliverables, events, milestones
    "编制完成防汛应急预案",
    "工程通过竣工验收",
    "调度平台投入使用",
    "组织“六五”环境日宣传",
    "修订印发河湖巡护办法",
    "编印《灌溉用水手册》",
    "完成泵站机组更换",
    "对老旧水管进行更换",
    "建设智慧灌溉平台",
    "举办第二届龙舟赛",
    # deadline for such a thing
    "6月底前完成渠道清淤",
    "泵房主体11月底前完工",
    # full coverage
    "行政村公厕管护全覆盖",
    "困难学生应助尽助",
    "做到每一名学生都有课桌",
    # zero and compliance conditions
    "汛期实现零事故",
    "不发生群体性事件",
    "杜绝重大安全事故",
    "资金按规定用于设备维护",
    "做到专款专用",
    "出水达到国家一级标准",
    # direction against a stated baseline
    "火灾起数较上年减少",
    "投诉量比去年下降",
    "完成上级下达任务",
    # printed matter, and misdeeds that must not happen again
    "编印旅游宣传画册",
    "编印交流畫冊",
    "出版地方史料",
    "杜绝新增违法占地",
    "杜絕亂埋濫葬現象",
    # one checkable item is enough
    "不断提升管护水平，建成调度平台并投入使用",
]


@pytest.mark.parametrize("text", CHECKABLE)
def test_not_vague(text: str) -> None:
    statement = single(text)
    assert not statement.quantified
    assert not statement.vague
    assert statement.kind is StatementKind.TASK


VAGUE = [
    "提升灌溉服务水平",
    "促进农业高质量发展",
    "推动河湖管护工作再上新台阶",
    "加强水利队伍建设",
    "完善长效管护机制",
    "优化营商环境",
    "营造爱水护水的良好氛围",
    "进一步增强群众获得感",
    "逐步改善农村面貌",
    "持续推进乡村治理",
    "推进停车场建设",
    "逐步改造老旧设施",
    "积极探索新路径",
    "提高群众满意度",
    "拓展公证服务领域",
    "提高画册设计水平",
    "杜绝形式主义",
    "推进安置点管理",
    # a named event or means is how, not what
    "通过“护河行动”等载体提升群众环保意识",
    "以科普月为载体提升群众素质",
    "借助培训班增强干部能力",
]


@pytest.mark.parametrize("text", VAGUE)
def test_vague(text: str) -> None:
    statement = single(text)
    assert not statement.quantified
    assert statement.vague


@pytest.mark.parametrize(
    "text",
    [
        "疏浚沟渠3处",
        "不断提升管护水平，疏浚沟渠3处",
        "群众满意度达到90%以上",
        "投诉0起",
    ],
)
def test_a_statement_with_a_target_is_never_vague(text: str) -> None:
    statement = single(text)
    assert (statement.quantified, statement.vague) == (True, False)
    assert statement.kind is StatementKind.TASK
    assert statement.targets


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("安排80万元用于渠道养护", StatementKind.FUNDING),
        ("申请资金20万元用于购置水泵", StatementKind.FUNDING),
        ("项目资金主要用于支付护林员劳务费", StatementKind.FUNDING),
        ("资金优先用于移民安置点", StatementKind.FUNDING),
        ("深入贯彻落实防汛工作会议精神", StatementKind.CONTEXT),
        ("紧紧围绕防汛大局，以保障安澜为出发点", StatementKind.CONTEXT),
        ("本项目立足主责主业", StatementKind.CONTEXT),
        ("深入实施节水优先战略，以智慧水利为总抓手", StatementKind.CONTEXT),
        ("深入实施河道清淤工程", StatementKind.TASK),
        ("以改善水质为导向", StatementKind.CONTEXT),
        ("围绕乡村振兴战略", StatementKind.CONTEXT),
        ("为巩固治水成果，保障供水安全", StatementKind.CONTEXT),
        ("立足山区实际", StatementKind.CONTEXT),
        ("我县地处山区，水利设施薄弱", StatementKind.CONTEXT),
        ("提升灌溉服务水平", StatementKind.TASK),
        ("完成泵站机组更换", StatementKind.TASK),
        ("围绕乡村振兴战略，开展农技培训", StatementKind.TASK),
        ("为困难群众提供救助", StatementKind.TASK),
        ("以改善水质为导向，建成污水处理站", StatementKind.TASK),
    ],
)
def test_kind(text: str, kind: StatementKind) -> None:
    statement = single(text)
    assert statement.kind is kind
    if kind is not StatementKind.TASK:
        assert statement.vague


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("以创建水乡为抓手，推进文旅融合。举办庙会2场", StatementKind.CONTEXT),
        ("为留住乡愁，扎实推进古桥保护。修缮古桥2座", StatementKind.CONTEXT),
        ("坚持以人为本，着力打造群众满意的窗口。办件900件", StatementKind.CONTEXT),
        ("<p>围绕治水大局，着力筑牢防线。</p>疏浚沟渠3处", StatementKind.CONTEXT),
        # an item of its own, a first task that can be checked, nothing measured
        ("一是以创建水乡为抓手，推进文旅融合。二是举办庙会2场", StatementKind.TASK),
        ("目标1：坚持以人为本，着力打造满意窗口。目标2：办件900件", StatementKind.TASK),
        ("1.坚持以人为本，着力打造满意窗口。2.办件900件", StatementKind.CONTEXT),
        ("围绕治水大局，建成污水处理站。疏浚沟渠3处", StatementKind.TASK),
        ("以创建水乡为抓手，推进文旅融合。举办庙会", StatementKind.TASK),
        ("提升灌溉服务水平。疏浚沟渠3处", StatementKind.TASK),
        ("加强队伍建设，提升能力。培训护林员60人", StatementKind.TASK),
    ],
)
def test_a_policy_sentence_before_measured_tasks_is_context(
    text: str, kind: StatementKind
) -> None:
    assert judge(text)[0].kind is kind


def test_targets_go_to_the_statement_they_stand_in() -> None:
    text = "疏浚沟渠3处，植树500棵。提升管护水平。举办庙会2场"
    assert [s.targets for s in judge(text)] == [(0, 1), (), (2,)]


def test_cues_slice_back_and_do_not_overlap() -> None:
    text = "提前完工。进一步加强各方面管理，营造良好氛围。"
    cues = [cue for s in judge(text) for cue in s.clarity.cues]
    assert [cue.quote for cue in cues] == [
        "进一步",
        "加强",
        "各方面",
        "营造",
        "良好氛围",
    ]
    assert all(text[c.start : c.end] == c.quote for c in cues)
    assert all(a.end <= b.start for a, b in pairwise(cues))


def test_weights_add_up_to_a_hundred() -> None:
    assert sum(WEIGHTS.values()) == 100


@pytest.mark.parametrize(
    ("clear", "unclear"),
    [
        ("6月底前疏浚沟渠3处", "疏浚沟渠3处"),
        ("疏浚沟渠3处", "疏浚沟渠"),
        ("编制防汛预案", "提升防汛水平"),
        ("提升防汛水平", "不断进一步提升各方面防汛水平"),
        ("县水务局负责编制防汛预案", "有关部门编制防汛预案"),
    ],
)
def test_the_clearer_text_scores_higher(clear: str, unclear: str) -> None:
    assert single(clear).clarity.score > single(unclear).clarity.score


def test_scores_and_dimensions_are_bounded() -> None:
    for text in CHECKABLE + VAGUE:
        clarity = single(text).clarity
        assert set(clarity.dimensions) == set(WEIGHTS)
        assert all(0 <= v <= 1 for v in clarity.dimensions.values())
        assert 0 <= clarity.score <= 100


def test_an_outcome_raises_the_score_by_its_weight() -> None:
    statement = single("疏浚沟渠3处")
    assert statement.has_outcome is None
    answered = with_outcome(statement, has_outcome=True, verifiability=1.0)
    assert answered.has_outcome is True
    assert answered.clarity.score == statement.clarity.score + WEIGHTS["verifiability"]
    assert statement.clarity.dimensions["verifiability"] == 0.0
