"""The layouts as data: labels, column orders and habits of provinces.

Each is modelled on a family of real forms; the labels are those that the
forms print. ``dump`` is no layout of its own but the standard form as a bad
flattening leaves it (see ``dump.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Layout:
    """How a form is printed. ``columns`` are (role, label) of indicator cells.

    Roles are the fields of ``IndicatorRow`` and, for a target printed in
    pieces, ``operator``, ``value`` and ``measure``; ``prior`` is last year's
    value, which no record takes. ``fund_columns`` likewise name the fields
    of ``FundRow``. ``goal_style``: ``beside`` (goal and outcome side by
    side), ``below`` (label at the left, outcome under the goal) or ``rows``
    (numbered items, each with its own outcome, where the texts have them).
    """

    id: str
    title: str
    year_line: str
    columns: tuple[tuple[str, str], ...]
    fund_columns: tuple[tuple[str, str], ...]
    funds_label: str
    goal_section: str
    goal_label: str
    outcome_label: str
    unit_line: str = ""
    project_label: str = "项目名称"
    department_label: str = "主管部门"
    unit_label: str = "实施单位"
    department_code: str = ""
    placeholder: str = "-"
    goal_style: str = "beside"
    indicator_caption: str = ""
    execution_row: bool = False
    filler: bool = False
    total_label: str = "总分"
    prints_total_weight: bool = True
    rating_label: str = "评分等级"


FULL_FUNDS = (
    ("initial_budget", "年初预算数"),
    ("full_budget", "全年预算数"),
    ("executed", "全年执行数"),
    ("weight", "分数"),
    ("execution_rate", "执行率(%)"),
    ("score", "得分"),
)
LEVELS = (("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"))

MOF2020 = Layout(
    id="mof2020",
    title="财政项目支出绩效自评表",
    year_line="({year}年度)",
    columns=(
        *LEVELS,
        ("target_text", "年度指标值"),
        ("actual_text", "实际完成值"),
        ("weight", "分值"),
        ("score", "得分"),
        ("deviation", "偏差原因分析及改进措施"),
    ),
    fund_columns=FULL_FUNDS,
    funds_label="项目资金\n({currency})",
    goal_section="年度\n总体\n目标",
    goal_label="预期目标",
    outcome_label="实际完成情况",
)
MOF2018 = Layout(
    id="mof2018",
    title="项目支出绩效自评表",
    year_line="（{year}年度）",
    columns=(
        *LEVELS,
        ("target_text", "年度指标值(A)"),
        ("actual_text", "全年实际值(B)"),
        ("weight", "分值"),
        ("score", "得分"),
        ("deviation", "未完成原因分析"),
    ),
    fund_columns=(
        ("initial_budget", "年初预算数"),
        ("full_budget", "全年预算数(A)"),
        ("executed", "全年执行数(B)"),
        ("weight", "分值"),
        ("execution_rate", "执行率(B/A)"),
        ("score", "得分"),
    ),
    funds_label="项目资金（{currency}）",
    goal_section="年度总体目标",
    goal_label="年初设定目标",
    outcome_label="年度总体目标完成情况综述",
    placeholder="—",
    indicator_caption="绩效指标",
    filler=True,
    rating_label="",
)
WEIGHT_FIRST = Layout(
    id="weight_first",
    title="{year}年度项目支出绩效自评表",
    year_line="",
    columns=(
        *LEVELS,
        ("weight", "分值"),
        ("target_text", "年度指标值"),
        ("actual_text", "实际完成值"),
        ("score", "得分"),
        ("deviation", "偏差原因分析及改进措施"),
    ),
    fund_columns=(
        ("full_budget", "全年预算数"),
        ("executed", "全年执行数"),
        ("weight", "分值"),
        ("execution_rate", "执行率"),
        ("score", "得分"),
    ),
    funds_label="资金情况（{currency}）",
    goal_section="年度总体目标",
    goal_label="预期目标",
    outcome_label="目标实际完成情况",
    department_label="主管部门及代码",
    department_code="219001-",
    indicator_caption="绩效指标",
    total_label="合计",
    rating_label="自评等级",
)
SPLIT_TARGET = Layout(
    id="split_target",
    title="部门项目支出绩效自评表",
    year_line="{year}年度",
    unit_line="单位：{currency}",
    columns=(
        *LEVELS,
        ("operator", "指标性质"),
        ("value", "指标值"),
        ("measure", "度量单位"),
        ("actual_text", "实际完成值"),
        ("weight", "分值"),
        ("score", "得分"),
        ("deviation", "偏差原因分析及改进措施"),
    ),
    fund_columns=(
        ("initial_budget", "年初预算数"),
        ("full_budget", "全年预算数"),
        ("executed", "全年执行数"),
        ("weight", "分值"),
        ("execution_rate", "执行率"),
        ("score", "得分"),
    ),
    funds_label="项目资金",
    goal_section="年度总体目标",
    goal_label="预期目标",
    outcome_label="实际完成情况",
    placeholder="-",
    rating_label="自评等级",
)
EXECUTION_ROW = Layout(
    id="execution_row",
    title="{year}年度项目自评表",
    year_line="",
    columns=(
        *LEVELS,
        ("prior", "上年指标值"),
        ("target_text", "年初目标值"),
        ("actual_text", "实际完成值"),
        ("weight", "分值"),
        ("score", "得分"),
        ("deviation", "偏差原因"),
    ),
    fund_columns=(
        ("full_budget", "预算数"),
        ("executed", "执行数"),
        ("execution_rate", "执行率(%)"),
    ),
    funds_label="预算执行情况（{currency}）",
    goal_section="年度绩效目标",
    goal_label="年度绩效目标",
    outcome_label="绩效目标完成情况",
    department_label="项目主管部门",
    unit_label="项目实施单位",
    placeholder="/",
    goal_style="rows",
    execution_row=True,
    rating_label="评价等级",
)
LABEL_LEFT = Layout(
    id="label_left",
    title="项目支出绩效自评结果表",
    year_line="（{year}年度）",
    columns=(
        *LEVELS,
        ("target_text", "目标值"),
        ("actual_text", "完成值"),
        ("weight", "权重"),
        ("score", "自评得分"),
        ("deviation", "未完成原因及改进措施"),
    ),
    fund_columns=(
        ("initial_budget", "年初预算"),
        ("full_budget", "调整后预算数"),
        ("executed", "实际支出"),
        ("execution_rate", "预算执行率"),
    ),
    funds_label="项目资金（{currency}）",
    goal_section="",
    goal_label="年度绩效目标",
    outcome_label="目标完成情况",
    unit_label="项目单位",
    placeholder="",
    goal_style="below",
    total_label="自评总分",
    prints_total_weight=False,
    rating_label="自评结论",
)
#: The standard form as a bad flattening leaves it; text dumps only.
DUMP = replace(MOF2020, id="dump", goal_section="年度总体目标")

GRID_LAYOUTS = (MOF2020, MOF2018, WEIGHT_FIRST, SPLIT_TARGET, EXECUTION_ROW, LABEL_LEFT)
LAYOUTS = {layout.id: layout for layout in (*GRID_LAYOUTS, DUMP)}
