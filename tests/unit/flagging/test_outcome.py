from __future__ import annotations

import pytest

import pipeline
from pipeline.core.flag import Severity
from pipeline.flagging.copying import find_copied
from tests.unit.flagging.sketch import Raw, raised


def numeric_row(name: str, target: str, value: int, unit: str, **more: object) -> Raw:
    return {
        "name": name,
        "target_text": target,
        "target": [target, "=", value, unit],
        **more,
    }


def test_status_only_is_one_flag_per_form() -> None:
    rows = [
        numeric_row(
            f"事项{i}", "5次", 5, "次", actual_text="达成指标", status="status_only"
        )
        for i in range(14)
    ]
    (flag,) = raised({"indicators": rows}, "outcome_status_only")
    assert len(flag.evidence) == 14
    assert flag.severity is Severity.MEDIUM
    assert "14行" in flag.message


def test_status_only_is_low_where_the_text_has_the_numbers() -> None:
    row = numeric_row(
        "走访",
        "50户",
        50,
        "户",
        actual_text="达成指标",
        status="status_only",
        outcomes=[0],
    )
    form = {
        "outcome_text": "走访53户。",
        "outcomes": [["53户", "=", 53, "户"]],
        "indicators": [row],
    }
    (flag,) = raised(form, "outcome_status_only")
    assert flag.severity is Severity.LOW


LONG = "持续开展河湖管护，健全巡查机制，压实属地责任，推动水环境质量稳步改善，群众获得感不断增强"


@pytest.mark.parametrize(
    ("goal", "outcome", "severity"),
    [
        (LONG + "。", LONG + "。", Severity.HIGH),
        (LONG + "。", LONG.replace("，", "、"), Severity.HIGH),
        (
            "新建水窖20口，解决人畜饮水困难。",
            "新建水窖20口，解决人畜饮水困难。",
            Severity.MEDIUM,
        ),
        ("养护道路120公里。", "养护道路120公里。", Severity.LOW),
        (LONG, f"全年巡河120次。{LONG[:34]}。", Severity.LOW),
        (LONG, "全年巡河120次，清理垃圾46吨，水质达标断面新增2个。", None),
        ("举办“银龄课堂”公益培训班不少于6期", "举办“银龄课堂”公益培训班7期", None),
        (LONG, None, None),
        ("/", "/", None),
    ],
    ids=[
        "全文",
        "换标点",
        "含数字",
        "一件事",
        "部分",
        "不同",
        "名称",
        "无完成",
        "占位",
    ],
)
def test_copies(goal: str, outcome: str | None, severity: Severity | None) -> None:
    flags = raised({"goal_text": goal, "outcome_text": outcome}, "outcome_copies_goal")
    assert [f.severity for f in flags] == ([severity] if severity else [])


def test_copied_spans_point_into_the_copying_text() -> None:
    text = f"今年以来：{LONG}！"
    copied = find_copied(text, LONG)
    (span,) = copied.spans
    assert text[slice(*span)] == LONG
    assert find_copied("", LONG).share == 0


LINKED = {
    "goal_text": "编发案例不少于10篇；简报不少于20期。",
    "outcome_text": "编发案例4篇，简报18期。",
    "targets": [["不少于10篇", ">=", 10, "篇"], ["不少于20期", ">=", 20, "期"]],
    "outcomes": [["4篇", "=", 4, "篇"], ["18期", "=", 18, "期"]],
}


def short(target: int, outcome: int, **more: object) -> Raw:
    return {"target": target, "outcomes": [outcome], "verdict": "shortfall", **more}


def test_not_met_shows_both_quotes() -> None:
    (flag,) = raised(LINKED | {"links": [short(0, 0)]}, "target_not_met")
    assert [e.quote for e in flag.evidence] == ["不少于10篇", "4篇"]
    assert flag.severity is Severity.HIGH
    assert flag.confidence == 0.9


def test_not_met_over_an_unsure_link_is_not_high() -> None:
    form = LINKED | {"links": [short(0, 0, confidence=0.5)]}
    (flag,) = raised(form, "target_not_met")
    assert flag.severity is Severity.MEDIUM


def test_a_sum_is_one_finding() -> None:
    links = [short(i, 0, method="sum") for i in (0, 1)]
    (flag,) = raised(LINKED | {"links": links}, "target_not_met")
    assert flag.severity is Severity.MEDIUM
    assert [e.quote for e in flag.evidence] == ["不少于10篇", "不少于20期", "4篇"]


def test_one_outcome_for_several_targets_is_compared_with_their_sum() -> None:
    """Told apart, 30公里 against 48公里 would read as a false accusation."""
    form = {
        "goal_text": "新修道路30公里；大修道路20公里。",
        "outcome_text": "完成48公里，含大修。",
        "targets": [["30公里", "=", 30, "公里"], ["20公里", "=", 20, "公里"]],
        "outcomes": [["48公里", "=", 48, "公里"]],
        "links": [short(0, 0), short(1, 0)],
    }
    (flag,) = raised(form, "target_not_met")
    assert flag.severity is Severity.MEDIUM
    assert "合计" in flag.message


def test_a_joint_rate_answers_each_target_alone() -> None:
    form = {
        "goal_text": "合格率达到95%；覆盖率达到98%。",
        "outcome_text": "合格率、覆盖率均为93%。",
        "targets": [["达到95%", ">=", 95, "%"], ["达到98%", ">=", 98, "%"]],
        "outcomes": [["93%", "=", 93, "%"]],
        "links": [short(0, 0), short(1, 0)],
    }
    assert len(raised(form, "target_not_met")) == 2


def test_row_and_link_on_the_same_target_are_one_finding() -> None:
    row = {
        **numeric_row("案例", "10篇", 10, "篇", actual_text="4篇", targets=[0]),
        "actual": ["4篇", "=", 4, "篇"],
        "status": "shortfall",
    }
    form = LINKED | {"links": [short(0, 0)], "indicators": [row]}
    (flag,) = raised(form, "target_not_met")
    assert len(flag.evidence) == 4


def test_a_late_date_is_not_met_and_the_rows_own_word_weighs_less() -> None:
    late = {
        "name": "完工",
        "target_text": "6月底前",
        "actual_text": "9月",
        "status": "shortfall",
    }
    word = {
        "name": "完工",
        "target_text": "6月底前",
        "actual_text": "未完成",
        "status": "shortfall",
    }
    assert raised({"indicators": [late]}, "target_not_met")
    (flag,) = raised({"indicators": [word]}, "target_not_met")
    assert flag.severity is Severity.MEDIUM
    assert "写为“未完成”" in flag.message
    unasked = word | {"actual_text": "未开展调查"}
    assert not raised({"indicators": [unasked]}, "target_not_met")


@pytest.mark.parametrize(
    ("reason", "outcome", "severity"),
    [
        (None, None, Severity.HIGH),
        ("0", None, Severity.HIGH),
        ("无", "受汛情影响推迟。", Severity.MEDIUM),
        ("两处场地在建，顺延至次年", None, None),
    ],
)
def test_unexplained(
    reason: str | None, outcome: str | None, severity: Severity | None
) -> None:
    row = {
        **numeric_row("场地", "10处", 10, "处", actual_text="8处", deviation=reason),
        "actual": ["8处", "=", 8, "处"],
        "status": "shortfall",
    }
    form = {"outcome_text": outcome, "indicators": [row]}
    flags = raised(form, "target_not_met_unexplained")
    assert [f.severity for f in flags] == ([severity] if severity else [])


def test_shortfall_of_the_text_alone_has_no_reason_cell() -> None:
    form = LINKED | {"links": [short(0, 0)]}
    assert not raised(form, "target_not_met_unexplained")


def over(
    target: tuple[str, str, object, str],
    actual: tuple[str, object, str],
    **more: object,
) -> Raw:
    quote, comparator, value, unit = target
    return {
        "name": "事项",
        "target_text": quote,
        "target": [quote, comparator, value, unit],
        "actual_text": actual[0],
        "actual": [actual[0], "=", actual[1], actual[2]],
        "status": "exceeded",
        **more,
    }


@pytest.mark.parametrize(
    "code",
    [
        "target_not_met_unexplained",
        "target_overshoot_unexplained",
        "score_below_without_reason",
    ],
)
def test_reason_for_the_whole_form_explains_its_rows(code: str) -> None:
    row = {"weight": "10", "score": "7", "target": ["40户", "=", 40, "户"]}
    short = {"name": "危房改造", "target_text": "40户", "actual_text": "28户"}
    over = {"name": "义诊", "target_text": "40户", "actual_text": "200户"}
    rows = [
        row | short | {"actual": ["28户", "=", 28, "户"], "status": "shortfall"},
        row | over | {"actual": ["200户", "=", 200, "户"], "status": "exceeded"},
    ]
    assert raised({"indicators": rows}, code)
    told = {"indicators": rows, "reason_text": "12户自愿放弃改造；义诊追加四场。"}
    assert not raised(told, code)


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        (over(("20场", "=", 20, "场"), ("25场", 25, "场")), None),
        (over(("20场", "=", 20, "场"), ("27场", 27, "场")), Severity.LOW),
        (over(("20场", "=", 20, "场"), ("40次", 40, "次")), Severity.MEDIUM),
        (over(("1套", "=", 1, "套"), ("2套", 2, "套")), Severity.LOW),
        (over(("5%", ">=", 5, "%"), ("12%", 12, "%")), None),
        (over(("60%", ">=", 60, "%"), ("96%", 96, "%")), Severity.MEDIUM),
        (over(("8公里", ">=", 8, "公里"), ("12000米", 12000, "米")), None),
        (
            over(("20场", "=", 20, "场"), ("40场", 40, "场"), deviation="并入街道场次"),
            None,
        ),
        (over(("0起", "=", 0, "起"), ("40起", 40, "起")), None),
    ],
    ids=[
        "125%",
        "135%",
        "200%",
        "少量",
        "小基数比率",
        "比率",
        "换算",
        "有原因",
        "零目标",
    ],
)
def test_overshoot_unexplained(row: Raw, severity: Severity | None) -> None:
    flags = raised({"indicators": [row]}, "target_overshoot_unexplained")
    assert [f.severity for f in flags] == ([severity] if severity else [])


def test_range_target_counts_from_its_upper_end() -> None:
    row = over(("2-3家", "range", 2, "家"), ("4家", 4, "家"))
    row = {**row, "target": ["2-3家", "range", 2, "家", "", 4]}
    assert not raised({"indicators": [row]}, "target_overshoot_unexplained")


def test_summed_targets_are_compared_as_a_sum() -> None:
    form = {
        "goal_text": "大课不少于20场；小课不少于10场。",
        "outcome_text": "开课33场。",
        "targets": [["不少于20场", ">=", 20, "场"], ["不少于10场", ">=", 10, "场"]],
        "outcomes": [["33场", "=", 33, "场"]],
        "links": [
            {"target": i, "outcomes": [0], "verdict": "exceeded", "method": "sum"}
            for i in (0, 1)
        ],
    }
    assert not raised(form, "target_overshoot_unexplained")


def status_row(
    status: str, actual: str, target: list[object], **more: object
) -> dict[str, object]:
    return {
        "name": "事项",
        "target_text": target[0],
        "target": target,
        "actual_text": actual,
        "status": status,
        "outcomes": [0],
        **more,
    }


RATE = {"outcome_text": "满意率为88%以上。", "outcomes": [["88%以上", ">=", 88, "%"]]}
COUNT = {"outcome_text": "演练9场。", "outcomes": [["9场", "=", 9, "场"]]}
PARTLY = "部分达成指标并具有一定效果"


@pytest.mark.parametrize(
    ("form", "row", "severity"),
    [
        (
            COUNT,
            status_row("status_only", "达成指标", ["12场", "=", 12, "场"]),
            Severity.HIGH,
        ),
        (COUNT, status_row("status_only", "达成指标", ["9场", "=", 9, "场"]), None),
        (COUNT, status_row("partial", PARTLY, ["12场", "=", 12, "场"]), None),
        (COUNT, status_row("partial", PARTLY, ["8场", "=", 8, "场"]), Severity.MEDIUM),
        (
            RATE,
            status_row("partial", PARTLY, ["88%", "=", 88, "%"], deviation="问卷偏少"),
            Severity.INFO,
        ),
        (RATE, status_row("status_only", "达成指标", ["90%", "=", 90, "%"]), None),
        (
            COUNT,
            status_row("shortfall", "未完成", ["8场", "=", 8, "场"]),
            Severity.MEDIUM,
        ),
        (COUNT, status_row("partial", "基本完成", ["8场", "=", 8, "场"]), None),
        (
            COUNT,
            status_row(
                "status_only", "全部或基本达成预期指标", ["12场", "=", 12, "场"]
            ),
            Severity.HIGH,
        ),
        (
            COUNT,
            status_row(
                "status_only",
                "达成指标",
                ["12场", "=", 12, "场"],
                amended={"target_text": "9场"},
            ),
            None,
        ),
        (
            COUNT,
            status_row("status_only", "达成指标", ["12人", "=", 12, "人"], outcomes=[]),
            None,
        ),
        (COUNT, status_row("status_only", "达成指标", ["95%", "=", 95, "%"]), None),
    ],
    ids=[
        "达成但不足",
        "达成且足",
        "部分且不足",
        "部分但足",
        "有说明",
        "下限不判",
        "未完成但足",
        "基本完成不判",
        "全部或基本",
        "已改指标值",
        "无对应数字",
        "单位不可比",
    ],
)
def test_status_contradicts(form: Raw, row: Raw, severity: Severity | None) -> None:
    flags = raised({**form, "indicators": [row]}, "status_contradicts_values")
    assert [f.severity for f in flags] == ([severity] if severity else [])


def test_a_status_word_beside_its_own_number() -> None:
    row = {
        **numeric_row("抽检", "40批", 40, "批", actual_text="达成指标（31批）"),
        "actual": ["31批", "=", 31, "批"],
        "status": "shortfall",
    }
    (flag,) = raised({"indicators": [row]}, "status_contradicts_values")
    assert flag.severity is Severity.HIGH


def test_bare_cost_targets_are_not_judged() -> None:
    form = {"outcome_text": "单价350元。", "outcomes": [["350元", "=", 350, "元"]]}
    row = status_row(
        "status_only", "达成指标", ["400元", "=", 400, "元"], name="单位成本"
    )
    assert not raised({**form, "indicators": [row]}, "status_contradicts_values")


@pytest.mark.parametrize(
    ("outcome", "severity"),
    [
        ("各类插花班8期（含外请3期）。", Severity.LOW),
        ("植树8万株。", Severity.HIGH),
        ("消防演练8期。", Severity.HIGH),
    ],
)
def test_a_count_in_the_promised_unit_may_hold_the_answer(
    outcome: str, severity: Severity
) -> None:
    record = pipeline.analyze(
        goal_text="举办初级插花辅导班2期、中级花艺实务班3期。", outcome_text=outcome
    )
    found = [f.severity for f in record.flags if f.code == "goal_without_outcome"]
    assert found == [severity]


def test_near_wording_is_words_and_not_the_head_of_a_number() -> None:
    record = pipeline.analyze(
        goal_text="母婴设施配置率达95%以上，各镇建成示范站2家。",
        outcome_text="产前筛查率达91.5%。",
        indicators=[],
    )
    (found,) = [f for f in record.flags if f.code == "goal_without_outcome"]
    assert "相近字句" not in found.message
