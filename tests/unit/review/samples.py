"""Records made by hand in the shape of docs/record.md; every sentence is invented."""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]


def quantity(
    text: str, quote: str, value: object, unit: str | None, **more: Any
) -> Json:
    start = text.index(quote, more.pop("after", 0))
    return {
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "subject": more.get("subject", ""),
        "comparator": more.get("comparator", "="),
        "value": value,
        "value_high": more.get("value_high"),
        "unit": unit,
        "per": more.get("per"),
        "confidence": 1.0,
    }


def statement(text: str, quote: str, kind: str = "task", **more: Any) -> Json:
    start = text.index(quote)
    cues = more.get("cues", ())
    return {
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "kind": kind,
        "quantified": bool(more.get("targets")),
        "vague": more.get("vague", False),
        "has_outcome": more.get("has_outcome", True),
        "clarity": {
            "score": more.get("score", 78),
            "dimensions": {
                "target": 1.0 if more.get("targets") else 0.0,
                "deliverable": 0.5,
                "object": 1.0,
                "deadline": 0.5,
                "actor": 0.5,
                "verifiability": 1.0 if more.get("targets") else 0.0,
                "hedge": 0.0 if cues else 1.0,
            },
            "cues": [
                {
                    "quote": cue,
                    "start": text.index(cue, start),
                    "end": text.index(cue, start) + len(cue),
                }
                for cue in cues
            ],
        },
        "targets": list(more.get("targets", ())),
    }


def link(target: int, outcomes: list[int], verdict: str, why: str, **more: Any) -> Json:
    return {
        "target": target,
        "outcomes": outcomes,
        "verdict": verdict,
        "candidates": more.get("candidates", []),
        "confidence": more.get("confidence", 0.93),
        "method": more.get("method", "direct"),
        "explanation": why,
    }


def indicator(row: int, level1: str, level2: str, name: str, **more: Any) -> Json:
    return {
        "row": row,
        "level1": level1,
        "level2": level2,
        "name": name,
        "target_text": more.get("target_text"),
        "actual_text": more.get("actual_text"),
        "weight": more.get("weight", "5.00"),
        "score": more.get("score", "5.00"),
        "deviation": more.get("deviation"),
        "target": more.get("target"),
        "actual": more.get("actual"),
        "status": more.get("status", "met"),
        "amended": more.get("amended"),
        "targets": more.get("targets", []),
        "outcomes": more.get("outcomes", []),
    }


def flag(code: str, name: str, severity: str, message: str, *evidence: Json) -> Json:
    return {
        "code": code,
        "name": name,
        "severity": severity,
        "confidence": 0.9,
        "message": message,
        "basis": "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
        "evidence": list(evidence),
    }


def evidence(field: str, text: str | None = None, quote: str | None = None) -> Json:
    start = text.index(quote) if text is not None and quote is not None else None
    return {
        "field": field,
        "start": start,
        "end": None if start is None or quote is None else start + len(quote),
        "quote": quote,
        "page": 1,
        "bbox": None,
    }


def blank(form_id: object = "00000000000000aa") -> Json:
    """A record in which nothing was found."""
    return {
        "schema_version": 1,
        "id": form_id,
        "produced_by": {
            "version": "0.1.0",
            "profile": "mof2020",
            "config": "1f2e3d4c",
            "ocr": None,
        },
        "source": None,
        "document_type": "project_selfeval",
        "year": None,
        "project_name": None,
        "department": None,
        "unit": None,
        "currency_unit": None,
        "funds": [],
        "goal_text": None,
        "outcome_text": None,
        "targets": [],
        "outcomes": [],
        "goal_statements": [],
        "links": [],
        "unmatched_targets": [],
        "unmatched_outcomes": [],
        "indicators": [],
        "total_score": None,
        "rating": None,
        "flags": [],
        "provenance": None,
    }


_GOAL = (
    "围绕数字乡村建设，做好农技推广服务。\n"
    "1. 全年举办田间课堂不少于24期，培训种植户1200人次；\n"
    "2. 建成水稻示范片3个，面积不低于1500亩，其中核心区500亩；\n"
    "3. 发布病虫情报不少于18期，入户指导每村不少于2次；\n"
    "4. 编制技术手册一套，印发约8000册，力争亩均节本60元以上；\n"
    "5. 进一步提升农技人员服务水平，不断增强种植户获得感；\n"
    "6. 安排专项资金86万元用于物资采购。"
)
_OUTCOME = (
    "全年共举办田间课堂31期，培训种植户1186人次。"
    "建成水稻示范片3个，面积1520亩。"
    "发布病虫情报18期，开展无人机飞防2100亩次。"
    "编制技术手册1套，印发8000册。"
    "联系电话13912345678，咨询群成员430人。"
)


def long_form() -> Json:
    """Ten targets with every verdict, fourteen indicators, flags of all severities."""
    g, o = _GOAL, _OUTCOME
    record = blank("3f9a1c0b7de24586")
    record |= {
        "year": 2023,
        "project_name": "水稻绿色高产高效技术推广与农技服务能力提升",
        "department": "澄江县农业农村局",
        "unit": "澄江县农业技术推广中心",
        "currency_unit": "万元",
        "goal_text": g,
        "outcome_text": o,
        "total_score": "93.5",
        "rating": "优",
    }
    record["source"] = {
        "path": "2023年度/农业农村局/水稻绿色高产高效自评表.pdf",
        "sha256": "9b" * 32,
        "media_type": "application/pdf",
        "form_index": 0,
        "pages": [1, 2],
        "read_by": "text",
        "ocr_confidence": None,
    }
    record["funds"] = [
        {
            "kind": kind,
            "label": label,
            "initial_budget": budget,
            "full_budget": budget,
            "executed": executed,
            "weight": weight,
            "execution_rate": rate,
            "score": score,
        }
        for kind, label, budget, executed, weight, rate, score in (
            ("total", "年度资金总额", "86.00", "79.10", "10.00", "91.98", "9.2"),
            ("fiscal", "其中：当年财政拨款", "80.00", "73.10", None, "91.38", None),
            ("carryover", "上年结转资金", "6.00", "6.00", None, "100.00", None),
            ("other", "其他资金", None, None, None, None, None),
        )
    ]
    record["targets"] = [
        quantity(g, "不少于24期", 24, "期", comparator=">="),
        quantity(g, "1200人次", 1200, "人次"),
        quantity(g, "3个", 3, "个"),
        quantity(g, "不低于1500亩", 1500, "亩", comparator=">="),
        quantity(g, "500亩", 500, "亩", after=g.index("核心区")),
        quantity(g, "不少于18期", 18, "期", comparator=">="),
        quantity(g, "不少于2次", 2, "次", comparator=">=", per="每村"),
        quantity(g, "一套", 1, "套"),
        quantity(g, "约8000册", 8000, "册", comparator="approx"),
        quantity(g, "60元以上", 60, "元", comparator=">=", per="亩均"),
    ]
    record["outcomes"] = [
        quantity(o, "31期", 31, "期"),
        quantity(o, "1186人次", 1186, "人次"),
        quantity(o, "3个", 3, "个"),
        quantity(o, "1520亩", 1520, "亩"),
        quantity(o, "18期", 18, "期"),
        quantity(o, "2100亩次", 2100, "亩次"),
        quantity(o, "1套", 1, "套"),
        quantity(o, "8000册", 8000, "册"),
        quantity(o, "430人", 430, "人"),
    ]
    record["goal_statements"] = [
        statement(
            g,
            "围绕数字乡村建设，做好农技推广服务",
            "context",
            has_outcome=False,
            score=38,
        ),
        statement(
            g,
            "全年举办田间课堂不少于24期，培训种植户1200人次",
            targets=[0, 1],
            score=88,
        ),
        statement(
            g,
            "建成水稻示范片3个，面积不低于1500亩，其中核心区500亩",
            targets=[2, 3, 4],
            score=92,
        ),
        statement(
            g, "发布病虫情报不少于18期，入户指导每村不少于2次", targets=[5, 6], score=81
        ),
        statement(
            g,
            "编制技术手册一套，印发约8000册，力争亩均节本60元以上",
            targets=[7, 8, 9],
            cues=["力争"],
            score=74,
        ),
        statement(
            g,
            "进一步提升农技人员服务水平，不断增强种植户获得感",
            vague=True,
            has_outcome=False,
            cues=["进一步", "提升", "不断增强"],
            score=21,
        ),
        statement(
            g,
            "安排专项资金86万元用于物资采购",
            "funding",
            has_outcome=False,
            vague=True,
            score=30,
        ),
    ]
    record["links"] = [
        link(0, [0], "exceeded", "“田间课堂”目标不少于24期，完成31期，超过目标值。"),
        link(
            1,
            [1],
            "shortfall",
            "“培训种植户”目标1200人次，完成1186人次，比目标值少14人次。",
        ),
        link(2, [2], "met", "“水稻示范片”目标3个，完成3个。"),
        link(
            3,
            [3],
            "exceeded",
            "“示范片面积”目标不低于1500亩，完成1520亩。",
            method="via_indicator",
        ),
        link(5, [4], "met", "“病虫情报”目标不少于18期，完成18期。"),
        link(
            6,
            [],
            "undetermined",
            "完成情况中的“2100亩次”可能与入户指导有关，但计量单位不同，不足以认定。",
            candidates=[5],
            confidence=0.41,
        ),
        link(7, [6], "met", "“技术手册”目标一套，完成1套。"),
        link(8, [7], "met", "“印发”目标约8000册，完成8000册。", confidence=0.88),
    ]
    record["unmatched_targets"] = [4, 6, 9]
    record["unmatched_outcomes"] = [5, 8]
    record["indicators"] = _indicators(record)
    record["flags"] = [
        flag(
            "goal_vague",
            "目标笼统模糊",
            "medium",
            "目标句“进一步提升农技人员服务水平，不断增强种植户获得感”没有可核查的内容。",
            evidence(
                "goal_text", g, "进一步提升农技人员服务水平，不断增强种植户获得感"
            ),
        ),
        flag(
            "goal_without_outcome",
            "目标无对应完成情况",
            "high",
            "未在文中找到对应完成情况：“进一步提升农技人员服务水平，不断增强种植户获得感”。",
            evidence("goal_text", g, "进一步提升农技人员服务水平"),
            evidence("outcome_text"),
        ),
        flag(
            "target_not_met",
            "未达目标值",
            "high",
            "“培训种植户”目标1200人次，文中完成1186人次，疑似未达目标值。",
            evidence("goal_text", g, "1200人次"),
            evidence("outcome_text", o, "1186人次"),
        ),
        flag(
            "full_score_despite_shortfall",
            "未达标仍满分",
            "high",
            "指标“培训种植户”实际值低于指标值，得分等于分值。",
            evidence("indicators[1].score", "5.00", "5.00"),
            evidence("indicators[1].actual_text", "1186人次", "1186人次"),
        ),
        flag(
            "target_overshoot_unexplained",
            "超额未说明",
            "low",
            "“田间课堂”完成目标的129%，偏差原因为空。",
            evidence("indicators[0].deviation"),
        ),
        flag(
            "indicator_changed_posthoc",
            "指标事后修改",
            "info",
            "偏差栏写明指标名称修改为“飞防作业面积”。",
            evidence(
                "indicators[6].deviation",
                "指标名称修改为“飞防作业面积”",
                "指标名称修改为“飞防作业面积”",
            ),
        ),
    ]
    record["provenance"] = {
        path: {
            "page": page,
            "bbox": [72.5, 120.0 + 14 * n, 300.25, 134.0 + 14 * n],
            "cell": {"table": 0, "row": n, "column": 1},
            "ocr_confidence": None,
            "alternatives": [],
        }
        for n, (path, page) in enumerate(
            [
                ("project_name", 1),
                ("department", 1),
                ("funds[0].executed", 1),
                ("goal_text", 1),
                ("outcome_text", 1),
                ("indicators[1].actual_text", 1),
                ("indicators[1].score", 1),
                ("indicators[6].deviation", 2),
                ("total_score", 2),
            ]
        )
    }
    return record


def _indicators(record: Json) -> list[Json]:
    targets, outcomes = record["targets"], record["outcomes"]
    number, quality = "数量指标", "质量指标"
    output, benefit = "产出指标（50分）", "效益指标（30分）"
    return [
        indicator(
            0,
            output,
            number,
            "田间课堂期数",
            target_text="≥24期",
            actual_text="31期",
            target=targets[0],
            actual=outcomes[0],
            status="exceeded",
            targets=[0],
            outcomes=[0],
        ),
        indicator(
            1,
            output,
            number,
            "培训种植户",
            target_text="1200人次",
            actual_text="1186人次",
            target=targets[1],
            actual=outcomes[1],
            status="shortfall",
            targets=[1],
            outcomes=[1],
        ),
        indicator(
            2,
            output,
            number,
            "示范片数量",
            target_text="3个",
            actual_text="3个",
            targets=[2],
        ),
        indicator(
            3,
            output,
            number,
            "示范片面积",
            target_text="≥1500亩",
            actual_text="1520亩",
            status="exceeded",
            targets=[3],
            outcomes=[3],
        ),
        indicator(
            4,
            output,
            number,
            "核心区面积",
            target_text="500亩",
            actual_text="达成指标",
            status="status_only",
            targets=[4],
        ),
        indicator(
            5,
            output,
            number,
            "病虫情报期数",
            target_text="≥18期",
            actual_text="18期",
            targets=[5],
            outcomes=[4],
        ),
        indicator(
            6,
            output,
            number,
            "入户指导次数",
            target_text="≥2次/村",
            actual_text="2100亩次",
            status="unparseable",
            deviation="指标名称修改为“飞防作业面积”",
            amended={"name": "飞防作业面积", "target_text": None},
        ),
        indicator(
            7,
            output,
            quality,
            "技术到位率",
            target_text="≥95%",
            actual_text="96.3%",
            status="exceeded",
        ),
        indicator(
            8,
            output,
            quality,
            "手册编制质量",
            target_text="符合规范",
            actual_text="达成指标",
            status="status_only",
        ),
        indicator(
            9,
            output,
            "时效指标",
            "按期完成率",
            target_text="100%",
            actual_text="部分达成指标并具有一定效果",
            status="partial",
            score="3.50",
            deviation="受汛期影响，两个乡镇的示范片验收推迟到次年一月；今后将提前安排播种与验收计划，并预留天气影响的时间。",
        ),
        indicator(
            10,
            output,
            "成本指标",
            "预算控制数",
            target_text="≤86万元",
            actual_text="79.1万元",
        ),
        indicator(
            11,
            benefit,
            "经济效益指标",
            "亩均节本",
            target_text="≥60元",
            actual_text="—",
            status="unparseable",
            targets=[9],
            deviation="暂无统计数据",
        ),
        indicator(
            12,
            benefit,
            "生态效益指标",
            "化学农药减量",
            target_text="≥3%",
            actual_text="3.4%",
            status="exceeded",
        ),
        indicator(
            13,
            "满意度指标（10分）",
            "服务对象满意度指标",
            "种植户满意度",
            target_text="≥90%",
            actual_text="92%",
            status="exceeded",
            weight="10.00",
            score="10.00",
        ),
    ]


def vague_form() -> Json:
    """A goal without any figure; nothing answers its second statement."""
    goal = "推动城市书房服务提质增效，营造良好阅读氛围。不断完善总分馆体系。"
    record = blank("81d07a6e5b3c4f29")
    return record | {
        "year": 2022,
        "project_name": "城市书房运行维护",
        "department": "岚山市文化广电和旅游局",
        "unit": "岚山市图书馆",
        "currency_unit": "元",
        "goal_text": goal,
        "outcome_text": "城市书房运行良好，阅读氛围浓厚。",
        "goal_statements": [
            statement(
                goal,
                "推动城市书房服务提质增效，营造良好阅读氛围",
                vague=True,
                cues=["推动", "营造"],
                score=18,
            ),
            statement(
                goal,
                "不断完善总分馆体系",
                vague=True,
                has_outcome=False,
                cues=["不断", "完善"],
                score=12,
            ),
        ],
        "funds": [
            {
                "kind": "total",
                "label": "年度资金总额",
                "initial_budget": "350000.00",
                "full_budget": "350000.00",
                "executed": "350000.00",
                "weight": "10",
                "execution_rate": "100.00",
                "score": "10",
            }
        ],
        "total_score": "100",
        "rating": "优",
        "flags": [
            flag(
                "goal_unquantified",
                "目标未量化",
                "medium",
                "年度目标没有任何量化内容。",
                evidence("goal_text", goal, goal),
            ),
            flag(
                "goal_without_outcome",
                "目标无对应完成情况",
                "high",
                "未在文中找到对应完成情况：“不断完善总分馆体系”。",
                evidence("goal_text", goal, "不断完善总分馆体系"),
            ),
        ],
        "source": {
            "path": "2022/书房.docx",
            "sha256": "ab" * 32,
            "media_type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "form_index": 1,
            "pages": [1],
            "read_by": "text",
            "ocr_confidence": None,
        },
    }


def clean_form() -> Json:
    """A small form without flags."""
    goal, outcome = "完成校舍维修12栋。", "完成校舍维修12幢。"
    record = blank("c4b2d9905e1f4a77")
    return record | {
        "year": 2023,
        "project_name": "义务教育学校校舍维修",
        "department": "临江区教育局",
        "unit": "临江区教育局",
        "goal_text": goal,
        "outcome_text": outcome,
        "targets": [quantity(goal, "12栋", 12, "栋")],
        "outcomes": [quantity(outcome, "12幢", 12, "幢")],
        "goal_statements": [statement(goal, "完成校舍维修12栋", targets=[0])],
        "links": [link(0, [0], "met", "“校舍维修”目标12栋，完成12幢。")],
        "total_score": "97",
        "rating": "优",
    }


SCRIPT = '<script>window.pwned=1</script><img src=x onerror="window.pwned=1">\'"&'


def hostile(value: Any, key: str = "") -> Any:
    """A record with markup put before every text that is shown."""
    if isinstance(value, dict):
        return {k: hostile(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [hostile(v, key) for v in value]
    if isinstance(value, str) and not re.fullmatch(r"[\d.]+|[0-9a-f]{16}", value):
        return SCRIPT + value
    return value


def ugly_form() -> Json:
    """Overlapping and impossible spans, odd characters, endless words."""
    goal = (
        "𠮷田镇🏠改造100户200户\u202e反向\x00尾"
        + "甲" * 400
        + "\ud800"
        + "https://example.invalid/"
        + "a" * 300
    )
    record = blank("../../etc/passwd")
    return record | {
        "project_name": "极长名称" * 40,
        "department": "",
        "document_type": "unknown_type",
        "goal_text": goal,
        "outcome_text": "完成100户。",
        "targets": [
            quantity(goal, "100户200户", 100, "户"),
            quantity(goal, "200户", 200, "户"),
            {
                "quote": "飞了",
                "start": 9000,
                "end": 9002,
                "comparator": "odd",
                "value": 1.5,
                "unit": None,
            },
        ],
        "outcomes": [quantity("完成100户。", "100户", 100, "户")],
        "goal_statements": [
            statement(
                goal, "𠮷田镇🏠改造100户200户", targets=[0, 1, 7], cues=["改造100户"]
            )
        ],
        "links": [
            link(0, [0, 99], "met", "目标100户，完成100户。"),
            link(55, [], "new_verdict", ""),
        ],
        "unmatched_targets": [1, 2],
        "unmatched_outcomes": [12],
        "indicators": [
            indicator(
                0,
                "产出",
                "数量",
                "甲" * 120,
                target_text="一\n二",
                actual_text=None,
                status="new_status",
                weight=None,
                score=None,
            )
        ],
        "total_score": "九十五",
        "flags": [
            flag(
                "new_code",
                "新提示" * 30,
                "new_severity",
                "说明" * 200,
                evidence("indicators[99].nothing"),
                evidence(""),
            )
        ],
        "source": {
            "path": "很/深/" * 30 + "表.xlsx",
            "sha256": "00" * 32,
            "media_type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "form_index": 0,
            "pages": [3],
            "read_by": "ocr",
            "ocr_confidence": 0.7,
        },
        "provenance": {
            "goal_text": {
                "page": 3,
                "bbox": None,
                "cell": {"table": 0, "row": 8, "column": 1},
                "ocr_confidence": 0.71,
                "alternatives": ["改造100户", "改造700户"],
            }
        },
    }
