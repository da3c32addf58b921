"""``python -m tests.contracts.write_faults``: docs/faults.md from the names of tests.

A test that is called ``test_fault_06_zip_bombs`` guards row 6. A row without one
fails the contract test, unless it belongs to the review page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "faults.md"

FAULTS = {
    1: "加密的 PDF、Office、压缩包",
    2: "截断、缺交叉引用、垃圾开头、页面成环、嵌套过深、位翻转",
    3: "上万页的 PDF",
    4: "PDF 里的图片炸弹、极大的页面、压缩炸弹",
    5: "图片炸弹、零像素、残缺的图片",
    6: "压缩包炸弹、层层嵌套、上万成员",
    7: "压缩包里的绝对路径、上级目录、盘符、链接、超长名称",
    8: "XML 外部实体、外部 DTD、实体膨胀",
    9: "外部模板、远程图片、跳转：从不访问",
    10: "宏：不运行",
    11: "自称极大的工作表",
    12: "后缀与内容不符",
    13: "空文件",
    14: "各种编码与错误的编码声明",
    15: "乱码、混合编码",
    16: "控制字符、双向标记、零宽字符",
    17: "带脚本、极深、极宽、极长的网页",
    18: "导出中的公式注入",
    20: "文件名里的 SQL",
    21: "文件名里的命令、选项、怪字符",
    22: "消息与导出不带绝对路径和内部出错信息",
    23: "让匹配变慢的文字",
    24: "转换程序卡死",
    25: "使子进程崩溃、卡死、耗尽内存、刷屏、留下子孙进程的文档",
    26: "磁盘满",
    27: "数据库被占用",
    28: "PostgreSQL 断线、重启、事务中被杀",
    29: "任何进程在任何时刻被杀，再运行",
    30: "同样的内容再来一次",
    31: "几个运行同时写一个库",
    32: "读取时文件在变",
    33: "系统时间跳变",
    34: "管道、设备、链接、稀疏大文件、极深目录",
    39: "数据库文件损坏",
    40: "Ctrl-C、SIGTERM、输出被关闭",
    41: "缺少转换程序",
}
"""What can go wrong with documents and runs; 19 and 35 to 38 are the review page's."""

_TEST = re.compile(r"^def (test_fault_(\d\d)(?:_and_(\d\d))?_\w+)\(", re.MULTILINE)


def guards() -> dict[int, list[str]]:
    """For each row the tests that are named after it, as ``file::test``."""
    found: dict[int, list[str]] = defaultdict(list)
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, *numbers in _TEST.findall(file.read_text("utf-8")):
            for number in filter(None, numbers):
                where = file.relative_to(ROOT).as_posix()
                found[int(number)].append(f"{where}::{name}")
    return found


def page() -> str:
    """The page as Markdown."""
    known = guards()
    lines = [
        "# 会出的岔子与守着它的测试",
        "",
        "<!-- 由 python -m tests.contracts.write_faults 生成，请勿手工修改 -->",
        "",
        "无论哪一种，每份输入都恰好列出一次，带状态和原因；其余文档照常；不写到别处，不联网。",
        "`make torture` 把两百多份坏输入混在两百份好文档里跑一遍；`make crash` 在随机时刻杀掉运行至少一百次。",
        "",
        "| 编号 | 岔子 | 测试 |",
        "|---|---|---|",
    ]
    for number, text in FAULTS.items():
        tests = "<br>".join(f"`{name}`" for name in known.get(number, ()))
        lines.append(f"| {number} | {text} | {tests or '**没有**'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
