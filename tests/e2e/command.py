"""The command as users start it: a process of its own, its streams apart."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FORM = """项目支出绩效自评表
(2024年度)
项目名称\t社区图书角建设
主管部门\t云麓县文化局\t实施单位\t云麓县图书馆
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t10.00\t10.00\t10.00\t10\t100%\t10
年度总体目标\t预期目标\t实际完成情况
\t新建图书角不少于8个；举办读书会12场。\t新建图书角8个，举办读书会10场。
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t新建图书角\t≥8个\t8个\t50\t50\t
效益指标\t社会效益指标\t居民阅读便利度\t有所提升\t有所提升\t30\t28\t宣传不够
满意度指标\t服务对象满意度指标\t居民满意度\t≥90%\t95%\t10\t10\t
总分\t\t\t\t\t100\t98\t
"""


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


def environment(**extra: str) -> dict[str, str]:
    """A poor locale on purpose: output is UTF-8 all the same."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "COLUMNS": "80",
        **extra,
    }


def arguments(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "pipeline", *map(str, words)]


def jixiao(
    *words: str | Path, cwd: Path | None = None, stdin: bytes = b"", **extra: str
) -> Ended:
    done = subprocess.run(
        arguments(*words),
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment(**extra),
        timeout=120,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
