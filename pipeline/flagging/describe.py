"""The catalogue as a page of documentation (docs/flags.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.flagging.catalogue import FILE, GROUPS, CatalogueEntry, load_catalogue
from pipeline.flagging.profiles import available_profiles, load_profile
from pipeline.resources import load_toml

_SEVERITIES = {"high": "高", "medium": "中", "low": "低", "info": "参考"}
_HEAD = """\
# 提示目录

<!-- 由 pipeline.flagging.describe.describe_flags() 根据 models/flags.toml 生成，请勿手工修改。 -->

提示不是结论：每一条都只说明“请核对这里”，并给出所用的文字和数字。没有提示只表示没有发现问题，不表示内容属实。
“高”用于算术或逻辑不符、必填内容缺失、目标未见完成情况和填报单位自述的情形；所用内容经过识读修补的，不列为“高”，置信度也降低。
依据栏是一般要求的概括，引用前请对照原文。"""
_TAIL = """\

`--profile auto` 逐表按表中证据选择规则配置（见各配置文件的 `[[evidence]]`），没有证据或证据指向两个配置时用默认配置；
记录的 `produced_by.profile` 写明实际采用的配置。

## 不再显示的提示

已经核对过、不想再看到的提示，可以写进 `jixiao.toml`。一条里写明的各项须同时符合；没有写的项不限：

```toml
[[suppress]]
code = "rounded_claims"          # 提示代码

[[suppress]]
code = "goal_vague"
unit = "某县林业局"              # 实施单位或主管部门，与表中一致

[[suppress]]
path = "2019/*.pdf"              # 文档路径
```
"""


def describe_flags() -> str:
    """The Markdown page: one section per group and flag, then the profiles."""
    lines = [_HEAD, ""]
    group = ""
    for entry in load_catalogue().values():
        if entry.group != group:
            group = entry.group
            lines += [f"## {group}. {GROUPS[group]}", ""]
        lines += _section(entry)
    lines += ["## 规则配置", "", "| 名称 | 说明 | 依据 |", "|---|---|---|"]
    for name in available_profiles():
        profile = load_profile(name)
        lines.append(f"| `{name}` | {profile.title} | {profile.basis} |")
    return "\n".join([*lines, _TAIL])


def _section(entry: CatalogueEntry) -> list[str]:
    raw = load_toml(FILE)["flags"][entry.code]
    lines = [
        f"### `{entry.code}` {entry.name}",
        "",
        f"- 等级：{_SEVERITIES[entry.severity.value]}（{entry.severity.value}）；"
        f"置信度 {entry.confidence:.2f}",
        f"- 核对内容：{entry.checks_zh}",
        f"- What it checks: {entry.checks_en}",
        f"- 依据：{entry.basis}",
    ]
    for title, key in (("会提示", "example"), ("不提示", "counterexample")):
        if key in raw:
            lines.append(f"- {title}：{'；'.join(_example(raw[key]))}")
    return [*lines, ""]


def _example(raw: Mapping[str, object]) -> Iterator[str]:
    """The parts of an example form that a reader needs to see."""
    titles = {
        "goal_text": "预期目标",
        "outcome_text": "实际完成情况",
        "total_score": "总分",
    }
    titles |= {"rating": "等级", "year": "年度", "unit": "单位", "project_name": "项目"}
    for key, title in titles.items():
        if key in raw:
            text = " ".join(str(raw[key]).split())
            yield f"{title}“{text}”"
    yield from _rows(raw.get("funds"), "资金")
    yield from _rows(raw.get("indicators"), "指标")
    yield from _rows(raw.get("notes"), "识读备注")
    yield from _archive(raw.get("archive"))
    if "goal_text" not in raw and len(raw) == 0:
        yield "没有预期目标"


def _archive(raw: object) -> Iterator[str]:
    """Other forms of an example: whose they are, their tasks and values."""
    for form in raw if isinstance(raw, list) else ():
        told = [*form.get("tasks", ())]
        told += [f"{row['name']}实际{row['actual'][0]}" for row in form.get("rows", ())]
        name = f"{form['year']}年{form['unit']}“{form['project_name']}”"
        yield f"库中另有{name}：{'；'.join(told)}"


_SHOWN = {
    "level1": "",
    "level2": "",
    "label": "",
    "name": "",
    "initial_budget": "年初预算",
    "full_budget": "全年预算",
    "executed": "执行",
    "execution_rate": "执行率",
    "target_text": "指标值",
    "actual_text": "完成值",
    "weight": "分值",
    "score": "得分",
    "deviation": "偏差原因",
    "code": "",
    "field": "",
    "detail": "",
}


def _rows(rows: object, title: str) -> Iterator[str]:
    if not isinstance(rows, list) or not rows:
        return
    if len(rows) > 3:
        rows, rest = rows[:2], f" 等{len(rows)}行"
    else:
        rest = ""
    texts = [
        " ".join(f"{_SHOWN[k]}{row[k]}" for k in _SHOWN if k in row) for row in rows
    ]
    yield f"{title}" + "，".join(f"［{t}］" for t in texts) + rest
