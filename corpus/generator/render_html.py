"""A grid inside a whole web page: navigation, scripts and footer around it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from string import Template

from corpus.generator.grid import FormGrid, GridCell

PAGE = Template("""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="$charset">
<title>$title - 信息公开</title>
<style>table { border-collapse: collapse } td { border: 1px solid #333 }</style>
<script>var menu = ["首页", "项目名称", "年度总体目标"]; /* <table><tr><td>1</td></tr></table> */</script>
</head>
<body>
<nav><ul><li><a href="#">首页</a></li><li><a href="#">信息公开</a></li><li><a href="#">绩效管理</a></li></ul></nav>
<div class="crumbs">您的位置：首页 &gt; 信息公开 &gt; 绩效管理</div>
<div class="article">
$forms
</div>
<div class="share">分享到：<a href="#">打印</a>&nbsp;<a href="#">关闭</a></div>
<footer><p>主办单位：本网站编辑部&nbsp;&nbsp;网站标识码：0000000000</p></footer>
<script>document.title = document.title.trim();</script>
</body>
</html>
""")


def cell_html(cell: GridCell) -> str:
    """A cell with its spans; every line of its text is a paragraph."""
    spans = ""
    if cell.row_span > 1:
        spans += f' rowspan="{cell.row_span}"'
    if cell.col_span > 1:
        spans += f' colspan="{cell.col_span}"'
    lines = [escape(line, quote=False) for line in cell.text.split("\n")]
    if cell.raw is not None and len(lines) > 1:
        text = "".join(f"<p>{line}</p>" for line in lines)
    else:
        text = "<br>".join(lines) or "&nbsp;"
    return f"<td{spans}>{f'<b>{text}</b>' if cell.bold else text}</td>"


def form_html(grid: FormGrid) -> str:
    """Title, lines and table of one form."""
    head = f"<h2>{escape(grid.title)}</h2>\n" + "".join(
        f'<p align="center">{escape(line)}</p>\n' for line in grid.lines
    )
    rows = "\n".join(
        "  <tr>\n    " + "\n    ".join(cell_html(c) for c in row) + "\n  </tr>"
        for row in grid.rows
    )
    return f"{head}<table>\n<tbody>\n{rows}\n</tbody>\n</table>"


def render_html(grids: Sequence[FormGrid], *, encoding: str = "utf-8") -> bytes:
    """Forms as one page. A GB18030 page declares the older name gb2312."""
    charset = "gb2312" if encoding == "gb18030" else encoding
    page = PAGE.substitute(
        charset=charset,
        title=escape(grids[0].title),
        forms="\n".join(form_html(grid) for grid in grids),
    )
    return page.encode(encoding)
