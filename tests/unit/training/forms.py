"""A small corpus on which links follow the words.

Things of one kind differ by places, which nothing but their names parts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# what, unit, promised, done (None: not told)
FORMS = (
    (
        ("白沙讲座", "场", 12, 10),
        ("石桥讲座", "场", 60, 66),
        ("讲座手册", "册", 500, None),
    ),
    (
        ("白沙折页", "册", 800, 900),
        ("石桥折页", "册", 40, 44),
        ("消防演练", "次", 3, 3),
    ),
    (("改造公厕", "座", 15, 15), ("新建公厕", "座", 4, None), ("座谈会", "场", 6, 5)),
    (
        ("河口招聘会", "场", 8, 9),
        ("高岭招聘会", "场", 20, 21),
        ("援助家庭", "户", 70, 71),
    ),
    (("南塘读本", "册", 90, 88), ("双溪读本", "册", 30, 31), ("读书会", "场", 24, 25)),
    (
        ("体检老人", "人", 700, 720),
        ("随访老人", "人", 300, None),
        ("义诊", "场", 10, 12),
    ),
)
VAGUE = (
    "不断提升服务水平",
    "进一步优化营商环境",
    "持续增强群众获得感",
    "大力推动文化繁荣",
)
CHECKABLE = (
    "编制完成应急预案",
    "建成数据共享平台",
    "完成档案室搬迁",
    "印发年度实施方案",
)


def entry(number: int) -> dict[str, Any]:
    """One annotated form."""
    lines = FORMS[number % len(FORMS)]
    plain = VAGUE[number % 4], CHECKABLE[number % 4]
    goals = [f"{what}{goal}{unit}" for what, unit, goal, _ in lines]
    done = [f"{what}{d}{unit}" for what, unit, _, d in lines if d is not None]
    goal_text = "。".join([*goals, *plain]) + "。"
    outcome_text = "。".join(reversed(done)) + "。"
    outcomes = [_quantity(outcome_text, what, d, u) for what, u, _, d in lines if d]
    told = [i for i, line in enumerate(lines) if line[3] is not None]
    return {
        "id": str(number),
        "goal_text": goal_text,
        "outcome_text": outcome_text,
        "gold": {
            "targets": [_quantity(goal_text, w, g, u) for w, u, g, _ in lines],
            "outcomes": outcomes,
            "links": [
                {
                    "target": i,
                    "outcomes": [told.index(i)],
                    "verdict": _verdict(lines[i][2], lines[i][3]),
                }
                for i in told
            ],
            "unmatched_targets": [i for i in range(len(lines)) if i not in told],
            "goal_statements": [
                *(
                    _statement(goal_text, goal, i in told)
                    for i, goal in enumerate(goals)
                ),
                _statement(goal_text, plain[0], False, vague=True),
                _statement(goal_text, plain[1], False),
            ],
        },
    }


def _quantity(text: str, what: str, value: int, unit: str) -> dict[str, Any]:
    quote = f"{value}{unit}"
    start = text.index(what) + len(what)
    place = {"quote": quote, "start": start, "end": start + len(quote)}
    return {
        **place,
        "comparator": "=",
        "value": value,
        "value_high": None,
        "unit": unit,
    }


def _verdict(goal: int, done: int | None) -> str:
    assert done is not None
    return "met" if done == goal else "exceeded" if done > goal else "shortfall"


def _statement(
    text: str, quote: str, told: bool, *, vague: bool = False
) -> dict[str, Any]:
    start = text.index(quote)
    judged = {"kind": "task", "vague": vague, "has_outcome": told}
    return {"quote": quote, "start": start, "end": start + len(quote), **judged}


def write_corpus(path: Path, numbers: range = range(6)) -> Path:
    """A corpus file of some of the forms."""
    lines = [json.dumps(entry(n), ensure_ascii=False) for n in numbers]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
