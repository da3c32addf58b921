"""One fault planted at a time in a form that is in order: it is found, and nothing else.

The wordings are not those of the examples in models/flags.toml.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest

from pipeline.analysis import analyze_form
from pipeline.core.flag import Severity
from pipeline.evaluation.flags import printed_form
from pipeline.flagging import load_profile

GOAL = (
    "改造社区便民服务站12个，举办居民课堂36场，培训网格员240人，"
    "年底前建成智慧停车平台并上线运行。"
)
TOLD = (
    "便民服务站改造完成12个；居民课堂共举办38场；网格员参训251人；"
    "智慧停车平台已于11月上线运行。问卷调查居民满意度94%。"
)


def row(
    levels: str, name: str, target: str, actual: str, points: str
) -> dict[str, Any]:
    level1, level2 = levels.split("/")
    return {
        **{"level1": f"{level1}指标", "level2": f"{level2}指标", "name": name},
        **{"target_text": target, "actual_text": actual, "deviation": None},
        **{"weight": points, "score": points},
    }


def fund(kind: str, label: str, budget: str, spent: str) -> dict[str, Any]:
    return {
        **{"kind": kind, "label": label, "initial_budget": budget},
        **{"full_budget": budget, "executed": spent, "execution_rate": "98.00"},
        **{"weight": None, "score": None},
    }


BASE: dict[str, Any] = {
    **{"id": "planted", "year": 2023, "goal_text": GOAL, "outcome_text": TOLD},
    "indicators": [
        row("产出/数量", "便民服务站改造数", "12个", "12个", "15"),
        row("产出/数量", "居民课堂场次", "≥36场", "38场", "15"),
        row("产出/质量", "改造验收合格率", "100%", "100%", "10"),
        row("产出/时效", "平台上线时间", "12月底前", "11月", "10"),
        row("效益/社会效益", "服务覆盖人口", "≥3万人", "3.1万人", "30"),
        row("满意度/服务对象满意度", "居民满意度", "≥90%", "94%", "10"),
    ],
    "form": {
        **{"document_type": "project_selfeval", "project_name": "社区服务提升"},
        **{"department": "柳湾区民政局", "unit": "柳湾区社区服务中心"},
        **{"currency_unit": "万元", "total_score": "99.80", "rating": "优"},
        "funds": [
            fund("total", "年度资金总额", "200.00", "196.00")
            | {"weight": "10", "score": "9.80"},
            fund("fiscal", "其中：财政拨款", "180.00", "176.40"),
            fund("other", "其他资金", "20.00", "19.60"),
        ],
    },
}


def raised(**edits: Any) -> Mapping[str, Severity]:
    """The flags of the form with edits: ``goal``, ``r4`` a row, ``f0`` a fund row, …"""
    entry = copy.deepcopy(BASE)
    for key, value in edits.items():
        if key in ("goal", "outcome"):
            entry[f"{key}_text"] = value
        elif key == "outputs":
            for line in entry["indicators"][:4]:
                line["level1"] = value
        elif key[1:].isdigit():
            rows = entry["indicators"] if key[0] == "r" else entry["form"]["funds"]
            rows[int(key[1:])].update(value)
        else:
            entry["form"][key] = value
    record = analyze_form(
        printed_form(entry),
        profile=load_profile("mof2020"),
        config_hash="",
        record_id="planted",
        source=None,
    )
    return {f.code: f.severity for f in record.flags}


def test_the_form_without_a_fault() -> None:
    heavy = {c for c, s in raised().items() if s in ("high", "medium")}
    assert heavy == set()


SHORT = {
    "outcome": TOLD.replace("12个", "9个"),
    "total_score": "96.05",
}
NINE = {"actual_text": "9个", "score": "11.25", "deviation": "3个站点产权未移交"}
LATE = {"score": "6", "deviation": "软件联调延误"}


@pytest.mark.parametrize(
    ("code", "edits"),
    [
        ("goal_missing", {"goal": "详见附件"}),
        ("goal_missing", {"goal": "见项目实施方案。"}),
        ("goal_vague", {"goal": GOAL + "把社区服务做得更细更实，让群众更舒心。"}),
        ("goal_truncated", {"goal": GOAL[:-1] + "，同步更新公告栏（含电子屏"}),
        ("goal_truncated", {"goal": GOAL + "组织邻里活动约"}),
        ("phase_amount_mix", {"goal": "三年计划总投入9000万元，截至2022年底已拨付3000万元。" + GOAL}),
        ("date_after_project_end", {"r3": {"target_text": "2024年3月31日前", "actual_text": "2024年3月"}}),
        ("project_dates_inverted", {"goal": "项目自2023年9月起至2023年4月止。" + GOAL}),
        ("project_dates_inverted", {"goal": "实施期限：2023.09—2023.04。" + GOAL}),
        ("project_dates_inverted", {"goal": "建设周期2023年9月1日-2023年4月30日。" + GOAL}),
        ("goal_without_outcome", {"goal": GOAL + "为独居老人安装紧急呼叫器150套。"}),
        ("outcome_status_only", {"r1": {"actual_text": "如期实现"}}),
        ("outcome_status_only", {"r1": {"actual_text": "√"}}),
        ("outcome_copies_goal", {"outcome": GOAL.replace("改造", "已改造").replace("举办", "已举办").replace("培训", "已培训")}),
        ("outcome_vague", {"outcome": "各项任务均按时保质完成，居民反响热烈。"}),
        ("target_not_met", SHORT | {"r0": NINE}),
        ("target_not_met_unexplained", SHORT | {"r0": NINE | {"deviation": "/"}}),
        ("target_not_met", {"total_score": "95.80", "r3": LATE | {"actual_text": "次年2月"}}),
        ("target_not_met", {"total_score": "95.80", "r3": LATE | {"actual_text": "2024年2月"}}),
        ("target_not_met", {"total_score": "95.80", "r3": LATE | {"target_text": "2023年10月底前", "actual_text": "2023年12月中旬"}}),
        ("target_overshoot_unexplained", {"outcome": TOLD.replace("38场", "118场"), "r1": {"actual_text": "118场"}}),
        ("narrative_table_conflict", {"outcome": TOLD.replace("38场", "31场")}),
        ("outcome_unit_mismatch", {"r2": {"actual_text": "11个"}}),
        ("ambiguous_multi_value", {"r1": {"target_text": "36场次；1200人", "actual_text": "已完成"}}),
        ("score_total_mismatch", {"total_score": "98.80分"}),
        ("score_total_mismatch", {"total_score": "97"}),
        ("score_exceeds_weight", {"r2": {"score": "10.5"}, "total_score": "100.3"}),
        ("score_negative", {"r2": {"score": "-1", "deviation": "扣罚"}, "total_score": "88.80", "rating": "良"}),
        ("score_formula_mismatch", {"outcome": TOLD.replace("12个", "6个"), "r0": NINE | {"actual_text": "6个", "score": "13"}, "total_score": "97.80"}),
        ("full_score_despite_shortfall", {"r3": {"name": "事项办结时限", "target_text": "≤5个工作日", "actual_text": "8个工作日"}}),
        ("full_score_without_actual", {"r4": {"actual_text": "待统计"}}),
        ("full_score_without_actual", {"r4": {"actual_text": "暂无"}}),
        ("score_below_without_reason", {"r5": {"actual_text": "91%", "score": "8", "deviation": "正常"}, "total_score": "97.80"}),
        ("score_below_without_reason", {"r5": {"actual_text": "91%", "score": "8", "deviation": "无需说明"}, "total_score": "97.80"}),
        ("grade_band_mismatch", {"r4": {"target_text": "覆盖面扩大", "actual_text": "未达成预期目标", "score": "27", "deviation": "人口外流"}, "total_score": "96.80"}),
        ("rating_mismatch", {"rating": "良好等次"}),
        ("rating_mismatch", {"rating": "评价等级：中"}),
        ("rating_mismatch", {"rating": "良（80-90分）"}),
        ("weight_total_mismatch", {"r4": {"weight": "25", "score": "25"}, "total_score": "94.80"}),
        ("weight_total_mismatch", {"outputs": "产出指标（满分45分）"}),
        ("weight_total_mismatch", {"outputs": "产出指标45分"}),
        ("weight_total_mismatch", {"outputs": "产出指标（45%）"}),
        ("execution_low", {"f0": {"executed": "96.00", "execution_rate": "48.00", "score": "4.80"}, "f1": {"executed": "86.40"}, "f2": {"executed": "9.60"}, "total_score": "94.80"}),
        ("score_missing", {"r1": {"score": None}, "total_score": None, "rating": None}),
        ("execution_rate_mismatch", {"f0": {"execution_rate": "92.5%"}}),
        ("execution_rate_mismatch", {"f0": {"execution_rate": "0.89"}}),
        ("execution_score_mismatch", {"f0": {"score": "10.00"}, "total_score": "100.00"}),
        ("funds_sum_mismatch", {"f2": {"full_budget": "25.00"}}),
        ("funds_total_zero", {"f0": {"initial_budget": "0", "full_budget": "0.00", "executed": "0.00", "execution_rate": None}}),
        ("execution_over_100", {"f0": {"executed": "216.00", "execution_rate": "108.00", "score": "10"}, "f1": {"executed": "196.40", "execution_rate": "109.11"}, "total_score": "100"}),
        ("unit_wan_yuan_suspect", {"f0": {"executed": "1400000", "execution_rate": "70.00", "score": "7"}, "f1": {"executed": "1204000", "execution_rate": None}, "f2": {"executed": "196000", "execution_rate": None}, "total_score": "97"}),
        ("unit_wan_yuan_suspect", {"f1": {"initial_budget": "1800000", "full_budget": "1800000", "executed": "1764000"}}),
        ("narrative_amount_arithmetic", {"outcome": TOLD + "全年支出62.5万元，分别用于设备购置30万元、安装调试20.5万元、人员培训10万元。"}),
        ("narrative_amount_arithmetic", {"outcome": TOLD + "全年支出62.5万元（其中设备购置32万元、安装调试22.5万元、人员培训10万元）。"}),
        ("indicator_changed_posthoc", {"r4": {"deviation": "本指标因政策变化不再考核，改按“服务点覆盖率”考核"}}),
        ("indicator_changed_posthoc", {"r4": {"deviation": "原指标不适用，以服务点数量代替"}}),
        ("indicator_changed_posthoc", {"r4": {"deviation": "考核口径由常住人口改为户籍人口"}}),
        ("indicator_value_changed_posthoc", {"r1": {"deviation": "目标值由50场下调至36场"}}),
        ("indicator_value_changed_posthoc", {"r1": {"deviation": "年中将年度指标值下调为36场"}}),
        ("indicator_value_changed_posthoc", {"r1": {"deviation": "按实际下达任务数30场进行自评"}}),
        ("indicator_missing_dimension", {"r4": {"level1": "产出指标"}}),
        ("indicator_target_missing", {"r4": {"target_text": "未设置"}}),
        ("indicator_target_missing", {"r4": {"target_text": None}}),
        ("indicator_target_missing", {"r4": {"target_text": "见实施方案"}}),
        ("indicator_target_vague", {"r4": {"target_text": "较上年有较大改观", "actual_text": "有较大改观"}}),
        ("indicator_target_vague", {"r4": {"target_text": "成效突出", "actual_text": "成效突出"}}),
        ("indicator_placeholder", {"r4": {"name": "（此处填写指标内容）"}}),
        ("indicator_placeholder", {"r4": {"target_text": "≥××万人"}}),
        ("evidence_absent_admitted", {"r5": {"deviation": "满意度调查表尚未回收"}}),
        ("evidence_absent_admitted", {"r5": {"deviation": "原始签到记录已遗失"}}),
        ("evidence_absent_admitted", {"r5": {"deviation": "数据为估算，未作统计"}}),
        ("evidence_absent_admitted", {"r5": {"deviation": "未做居民满意度测评"}}),
        ("evidence_absent_admitted", {"r5": {"deviation": "佐证资料未归档"}}),
        ("goal_missing", {"goal": "与年初设定目标一致"}),
        ("goal_missing", {"goal": "按实施方案执行。"}),
        ("goal_truncated", {"goal": GOAL + "《社区服务规范"}),
        ("project_dates_inverted", {"goal": "建设期为2023年至2021年。" + GOAL}),
        ("outcome_status_only", {"r4": {"actual_text": "良好"}}),
        ("full_score_despite_shortfall", {"r2": {"name": "安全责任事故", "target_text": "0起", "actual_text": "1起"}}),
        ("full_score_despite_shortfall", {"r3": {"name": "单站改造成本", "level2": "成本指标", "target_text": "不超过5万元", "actual_text": "6.2万元"}}),
        ("rating_mismatch", {"rating": "一般"}),
        ("budget_zero", {"f0": {"initial_budget": "0", "full_budget": "0", "executed": "35.00", "execution_rate": None}, "f1": {"initial_budget": "0", "full_budget": "0"}, "f2": {"initial_budget": "0", "full_budget": "0"}}),
        ("indicator_changed_posthoc", {"r4": {"deviation": "因机构改革，该指标不再纳入考核"}}),
        ("indicator_value_changed_posthoc", {"r4": {"deviation": "年度指标值由5万人降为3万人"}}),
        ("indicator_value_changed_posthoc", {"r4": {"deviation": "指标值改按3万人计算"}}),
        ("indicator_target_missing", {"r4": {"target_text": "以实际为准"}}),
        ("indicator_placeholder", {"r4": {"name": "三级指标1"}}),
        ("evidence_absent_admitted", {"r5": {"deviation": "因人手不足未发放调查问卷"}}),
        ("evidence_absent_admitted", {"r5": {"deviation": "相关台账未建立"}}),
        ("evidence_absent_admitted", {"r5": {"deviation": "满意度为工作人员估计"}}),
        ("evidence_absent_admitted", {"r5": {"deviation": "暂未取得第三方报告，缺少支撑"}}),
        ("evidence_absent_admitted", {"r5": {"deviation": "数据无从查证"}}),
        ("reason_contradicts", SHORT | {"r0": NINE | {"deviation": "工作推进有力，提前超额完成"}}),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(code: str, edits: dict[str, Any]) -> None:
    found = raised(**edits)
    assert code in found
    assert found[code] != "info"


@pytest.mark.parametrize(
    "edits",
    [
        {"goal": "项目自2023年4月起至2023年9月止。" + GOAL},
        {"r3": {"actual_text": "2023年11月"}},
        {"goal": "建设期为2021年至2023年。" + GOAL},
        {"goal": GOAL + "总投资200万元，其中：站点改造120万元，平台建设80万元。"},
        {"r5": {"deviation": "发放调查问卷360份，支撑材料齐全"}},
        {"r5": {"deviation": "缺少支撑点的站点已加固"}},
        {"r3": {"target_text": "次年3月底前", "actual_text": "次年2月"}},
        {"r5": {"deviation": "资料无缺失"}},
        {"r5": {"deviation": "调查表全部回收，台账齐全"}},
        {"r4": {"deviation": "建议下年度将指标值下调为2.5万人"}},
        {"r4": {"deviation": "预算调整为180万元"}},
        {"rating": "优秀等次"},
        {"rating": "评价等级：优（90-100分）"},
        {"outputs": "产出指标（满分50分）"},
        {"outputs": "产出指标（50%）"},
        {"outcome": TOLD + "全年支出62.5万元，分别用于设备购置30万元、安装调试20.5万元、人员培训12万元。"},
        {"outcome": TOLD + "全年支出62.5万元，分别用于设备购置30万元、安装调试20.5万元等。"},
        {"outcome": TOLD + "全年支出62.5万元，其中设备购置30万元、安装调试20.5万元。"},
        {"f0": {"execution_rate": "0.98"}},
        {"f0": {"execution_rate": "98%"}},
        {"f0": {"executed": "196", "execution_rate": "98"}, "total_score": "99.8"},
        {"goal": "本项目建设期两年（2022年3月至2024年12月）。" + GOAL},
        {"goal": "为提升社区服务水平，" + GOAL + "安排资金200万元。"},
        {"goal": GOAL[:-1] + "等"},
        {"r2": {"name": "安全事故数", "target_text": "0起", "actual_text": "未发生"}},
        {"r2": {"name": "投诉件数", "target_text": "≤10件", "actual_text": "2件"}},
        {"r3": {"name": "成本节约率", "level2": "成本指标", "target_text": "≥3%", "actual_text": "4%"}},
        {"r3": {"name": "诉求办结时限", "target_text": "5个工作日内", "actual_text": "3.5个工作日"}},
        {"r4": {"target_text": "≥3万人", "actual_text": "3.1"}},
        {"r4": {"target_text": "3万人", "actual_text": "31000人"}},
        {"r1": {"actual_text": "72场", "deviation": "与街道联合新增36场"}, "outcome": TOLD.replace("38场", "72场")},
        {"r1": {"deviation": "下年度拟将指标值提高到50场"}},
        {"r4": {"target_text": "机制健全并印发", "actual_text": "基本达成", "score": "27", "deviation": "制度待印发"}, "total_score": "96.80"},
        {"outcome": TOLD.replace("共举办38场", "线上举办20场、线下举办18场")},
        {"outcome": TOLD.replace("网格员参训251人", "网格员参训251人（上年210人）")},
        {"f0": {"weight": None, "score": None}, "total_score": "90"},
        {"f1": {"full_budget": "180.04", "executed": "176.43"}},
    ],
)  # fmt: skip
def test_a_neighbour_that_is_in_order(edits: dict[str, Any]) -> None:
    heavy = {c for c, s in raised(**edits).items() if s in ("high", "medium")}
    assert heavy == set()


def test_yuan_beside_wan_is_one_fault() -> None:
    spent = {"executed": "1400000", "execution_rate": "70.00", "score": "7"}
    parts = ({"executed": "1204000"}, {"executed": "196000"})
    blank = {"execution_rate": None}
    found = raised(f0=spent, f1=parts[0] | blank, f2=parts[1] | blank, total_score="97")
    heavy = {c for c, s in found.items() if s in ("high", "medium")}
    assert heavy == {"unit_wan_yuan_suspect"}
