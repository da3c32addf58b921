"""docs/errors.md from the code: exit codes, statuses, reasons, what to do.

``python -m pipeline.cli.errors_page > docs/errors.md`` writes it anew; a test
keeps the file in step.
"""

from __future__ import annotations

from pipeline.cli import console
from pipeline.errors import REASONS, ExitCode
from pipeline.messages import render
from pipeline.runner.plan import RETRIED
from pipeline.runner.summary import UNREADABLE
from pipeline.runner.work import SKIPPED_IN_FOLDERS
from pipeline.store.rows import KILLERS

_EXIT_CODES: dict[ExitCode, tuple[str, str]] = {
    ExitCode.OK: (
        "全部正常（包括：全部已处理过；文件夹里只有 no_form、duplicate、unsupported 的文件）",
        "无需处理",
    ),
    ExitCode.NO_INPUT: ("没有可读的输入", "检查路径和权限"),
    ExitCode.USAGE: ("命令行参数不对", "看 `jixiao 命令 --help`"),
    ExitCode.DEPENDENCY: (
        "缺少可选的软件包",
        "按提示安装，例如 `pip install 'jixiao[parquet]'`",
    ),
    ExitCode.SOME_FAILED: (
        "已处理完，但有文档失败（逐一列出，并与原因一起存入数据库）",
        "按下表的原因处理，再运行同一命令",
    ),
    ExitCode.STORAGE: (
        "文件或数据库无法读写",
        "按提示检查路径、权限、磁盘空间、数据库",
    ),
    ExitCode.CONFIG: (
        "配置文件、规则名或规则数据有误",
        "按提示改正；可用 `--config`、`--profile` 指定",
    ),
    ExitCode.FAIL_ON: (
        "有提示达到 `--fail-on` 的级别（优先于 4）",
        "用 `jixiao show` 核对",
    ),
    ExitCode.INTERNAL: (
        "程序自身的缺陷",
        "加 `--debug` 重新运行，把出错信息报告给我们",
    ),
    ExitCode.INTERRUPTED: (
        "被 Ctrl-C 中断，已完成的结果都已保存",
        "再次运行同一命令即可继续",
    ),
    ExitCode.TERMINATED: (
        "被 SIGTERM 终止，已完成的结果都已保存",
        "再次运行同一命令即可继续",
    ),
}

_STATUSES = {
    "pending": "已登记，还没有读（运行被中断时会留下，再次运行即处理）",
    "ok": "读取正常，结果已保存",
    "partial": "只读出一部分，读出的表已保存，`reason` 说明缺什么",
    "failed": "没有结果，`reason` 说明原因",
    "skipped": "略过：在文件夹、通配符或压缩包中遇到的 "
    + "、".join(f"`{r}`" for r in sorted(SKIPPED_IN_FOLDERS))
    + "；直接作为参数给出的同一文件则是 `failed`",
}


_PATHS = (
    "- 文件夹里的文件：相对于作为参数的文件夹，用 `/` 分隔；通配符：相对于其中固定的部分；"
    "直接给出的文件：文件名。",
    "- 压缩包里的文件：`外层.zip!/里面的路径`。",
    "- 同一次运行中两个参数下有同名文件时，这些参数下的路径前面都加上参数所在文件夹的名称"
    "（如 `2022/`、`2023/`；仍然相同时再加上一级）。",
    "- 以 `.` 或 `~$` 开头的文件在文件夹里略过；符号链接、管道、设备不读取。",
    "- 分几次运行不同的文件夹时，同名的路径会互相替换；请一次给出它们的上级文件夹。",
)


def errors_page() -> str:
    """The page as Markdown."""
    return "\n".join(
        [
            "# 退出码、状态与原因",
            "",
            "<!-- 由 python -m pipeline.cli.errors_page 生成，请勿手工修改 -->",
            "",
            "## 退出码",
            "",
            "| 退出码 | 意思 | 怎么办 |",
            "|---|---|---|",
            *(f"| {int(c)} | {m} | {d} |" for c, (m, d) in _EXIT_CODES.items()),
            "",
            "## 文档的状态（`documents.status`）",
            "",
            "| 状态 | 意思 |",
            "|---|---|",
            *(f"| `{status}` | {text} |" for status, text in _STATUSES.items()),
            "",
            "## 原因（`documents.reason`，`extract` 在标准错误中的第二栏）",
            "",
            "“重试”一栏：再次运行 `jixiao run` 时，标“是”的会自动重试，标“一次”的只再试一次，然后搁置；其余的原因在文件本身，"
            "内容不变就不再重试（`--only-failed` 或 `--redo` 可强制重读）。",
            "",
            "| 原因 | 说明与处理 | 重试 |",
            "|---|---|---|",
            *(_reason_row(reason) for reason in sorted(REASONS)),
            "",
            "## 路径怎样记录",
            "",
            *_PATHS,
            "",
        ]
    )


def _reason_row(reason: str) -> str:
    # What could not be opened has no hash, so it is never taken for done.
    again = "是" if reason in RETRIED | UNREADABLE else ""
    if reason in KILLERS:
        again = "" if reason == "worker_crash" else "一次"
    return f"| `{reason}` | {render(reason)} | {again} |"


if __name__ == "__main__":
    console.use_utf8()
    console.put([errors_page().rstrip("\n")])
