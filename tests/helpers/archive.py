"""Archives of made-up self-evaluation forms: as many as wanted, no two alike."""

from __future__ import annotations

import html
import random
from pathlib import Path

_PLACES = (
    "云麓县",
    "青禾县",
    "临川区",
    "石桥市",
    "望江县",
    "白塔区",
    "松源县",
    "柳溪市",
)
_UNITS = (
    "文化馆",
    "图书馆",
    "水利站",
    "卫生院",
    "农技中心",
    "市政所",
    "档案馆",
    "体育馆",
)
_DEEDS = (
    ("举办读书会", "场"), ("新建图书角", "个"), ("修缮灌溉渠道", "公里"), ("培训农技员", "人次"),
    ("改造路灯", "盏"), ("开展义诊", "场"), ("整理档案", "卷"), ("购置健身器材", "套"),
    ("发放宣传册", "册"), ("维修泵站", "座"), ("组织展览", "期"), ("建设公厕", "座"),
)  # fmt: skip
_AIMS = (
    "不断提升群众满意度",
    "进一步改善服务环境",
    "持续优化管理水平",
    "促进当地事业发展",
)


def form_rows(number: int) -> list[list[str]]:
    """The rows of form ``number``: always the same for the same number."""
    chance = random.Random(number)
    place, unit = chance.choice(_PLACES), chance.choice(_UNITS)
    deeds = chance.sample(_DEEDS, chance.randint(2, 7))
    planned = [chance.randint(2, 400) for _ in deeds]
    done = [max(0, p + chance.choice((0, 0, 0, 3, -1))) for p in planned]
    goal = "；".join(
        f"{deed}{chance.choice(('', '不少于'))}{count}{measure}"
        for (deed, measure), count in zip(deeds, planned, strict=True)
    )
    outcome = "，".join(
        f"{deed}{count}{measure}"
        for (deed, measure), count in zip(deeds, done, strict=True)
    )
    weight = 50 // len(deeds)
    rest = 50 - weight * (len(deeds) - 1)
    lines = [
        ["项目支出绩效自评表"],
        [f"({chance.randint(2019, 2024)}年度)"],
        ["项目名称", f"{place}{deeds[0][0]}项目第{number}号"],
        ["主管部门", f"{place}财政局", "实施单位", f"{place}{unit}"],
        ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["", "年度资金总额", "20.00", "20.00", "19.00", "10", "95%", "9.5"],
        ["年度总体目标", "预期目标", "实际完成情况"],
        ["", f"{goal}；{chance.choice(_AIMS)}。", f"{outcome}。"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
         "偏差原因分析及改进措施"],
    ]  # fmt: skip
    for i, ((deed, measure), want, have) in enumerate(
        zip(deeds, planned, done, strict=True)
    ):
        points = str(rest if i == 0 else weight)
        lines.append(["产出指标", "数量指标", deed, f"≥{want}{measure}", f"{have}{measure}",
                      points, points, ""])  # fmt: skip
    lines.append(
        [
            "满意度指标",
            "服务对象满意度指标",
            "群众满意度",
            "≥90%",
            "95%",
            "40",
            "40",
            "",
        ]
    )
    lines.append(["总分", "", "", "", "", "100", "99.5", ""])
    return lines


def text_form(number: int) -> bytes:
    """Form ``number`` as tab-separated text."""
    return text_table(form_rows(number))


def html_form(number: int) -> bytes:
    """Form ``number`` as a page with a table."""
    return html_page(form_rows(number))


def text_table(rows: list[list[str]]) -> bytes:
    """The rows of a form as tab-separated text."""
    return "\n".join("\t".join(row) for row in rows).encode()


def html_page(form: list[list[str]]) -> bytes:
    """The rows of a form as a page with a table."""
    title, year, *rows = form
    width = max(map(len, rows))
    body = "".join(
        "<tr>"
        + "".join(
            f"<td colspan={width - len(row) + 1 if i == len(row) - 1 else 1}>"
            f"{html.escape(cell)}</td>"
            for i, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    page = f"<h1>{title[0]}</h1><p>{year[0]}</p><table>{body}</table>"
    return f"<html><meta charset=utf-8><body>{page}</body></html>".encode()


def write_archive(folder: Path, count: int, *, first: int = 0) -> None:
    """``count`` forms in folders of a hundred, two texts to one page."""
    for number in range(first, first + count):
        page = number % 3 == 2
        data = html_form(number) if page else text_form(number)
        name = f"{number:07}.{'html' if page else 'txt'}"
        file = folder / f"{number // 100:05}" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
