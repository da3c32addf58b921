"""One form written as TXT, HTML, DOCX, XLSX, XLS, OFD and PDF by other people's libraries."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterable, Sequence

from corpus.generator.grid import FormGrid, GridCell
from corpus.generator.render_ofd import SUWELL, Habits, render_ofd
from pipeline.core.document import Document, Table

Spec = tuple[int, int, int, int, str]
"""Row, column, row span, column span, text."""

GOAL = (
    "1. 为全区65周岁以上老年人提供免费体检服务，覆盖12个街道，体检人数不少于3.5万人；\n"
    "2. 建立健康档案并随访管理，档案建档率达到90%以上，全年开展健康讲座24场。"
)
OUTCOME = "全年完成体检36120人，建档率92.5%，开展健康讲座26场，居民满意度为94%。"

FORM: tuple[Spec, ...] = (
    (0, 0, 1, 2, "项目名称"),
    (0, 2, 1, 6, "老年人健康体检服务"),
    (1, 0, 1, 2, "主管部门"),
    (1, 2, 1, 2, "某区卫生健康委员会"),
    (1, 4, 1, 1, "实施单位"),
    (1, 5, 1, 3, "某区疾病预防控制中心"),
    (2, 0, 3, 1, "项目资金\n（万元）"),
    (2, 1, 1, 1, ""),
    (2, 2, 1, 1, "年初预算数"),
    (2, 3, 1, 1, "全年预算数"),
    (2, 4, 1, 1, "全年执行数"),
    (2, 5, 1, 1, "分值"),
    (2, 6, 1, 1, "执行率"),
    (2, 7, 1, 1, "得分"),
    (3, 1, 1, 1, "年度资金总额"),
    (3, 2, 1, 1, "1,200.00"),
    (3, 3, 1, 1, "1,150.50"),
    (3, 4, 1, 1, "1,092.98"),
    (3, 5, 1, 1, "10.00"),
    (3, 6, 1, 1, "95.00%"),
    (3, 7, 1, 1, "9.50"),
    (4, 1, 1, 1, "其他资金"),
    (4, 2, 1, 1, "0.00"),
    (4, 3, 1, 1, "0.00"),
    (4, 4, 1, 1, "0.00"),
    (4, 5, 1, 1, "-"),
    (4, 6, 1, 1, "—"),
    (4, 7, 1, 1, "-"),
    (5, 0, 2, 1, "年度总体目标"),
    (5, 1, 1, 4, "预期目标"),
    (5, 5, 1, 3, "实际完成情况"),
    (6, 1, 1, 4, GOAL),
    (6, 5, 1, 3, OUTCOME),
    (7, 0, 1, 1, "一级指标"),
    (7, 1, 1, 1, "二级指标"),
    (7, 2, 1, 1, "三级指标"),
    (7, 3, 1, 1, "年度指标值"),
    (7, 4, 1, 1, "实际完成值"),
    (7, 5, 1, 1, "分值"),
    (7, 6, 1, 1, "得分"),
    (7, 7, 1, 1, "偏差原因分析及改进措施"),
    (8, 0, 2, 1, "产出指标"),
    (8, 1, 1, 1, "数量指标"),
    (8, 2, 1, 1, "体检人数"),
    (8, 3, 1, 1, "≥35000人"),
    (8, 4, 1, 1, "36120人"),
    (8, 5, 1, 1, "30.00"),
    (8, 6, 1, 1, "30.00"),
    (8, 7, 1, 1, ""),
    (9, 1, 1, 1, "质量指标"),
    (9, 2, 1, 1, "建档率"),
    (9, 3, 1, 1, ">=90%"),
    (9, 4, 1, 1, "92.5%"),
    (9, 5, 1, 1, "20.00"),
    (9, 6, 1, 1, "20.00"),
    (9, 7, 1, 1, "档案录入滞后"),
    (10, 0, 1, 5, "总分"),
    (10, 5, 1, 1, "100"),
    (10, 6, 1, 1, "97.5"),
    (10, 7, 1, 1, ""),
)
"""A form of our own, eight columns with spans in both directions."""

TITLE = "项目支出绩效自评表"
YEAR = "（2024年度）"


def specs_of(table: Table, *, text: bool = True) -> list[Spec]:
    """A table's cells in the shape of FORM."""
    return [
        (c.row, c.column, c.row_span, c.column_span, c.text if text else "")
        for c in table.cells
    ]


def squeezed(specs: Iterable[Spec]) -> list[Spec]:
    """Without white space in texts, which PDF may shift."""
    return [(r, c, h, w, "".join(t.split())) for r, c, h, w, t in specs]


def only_table(document: Document) -> Table:
    """The document's one table."""
    (table,) = [b for b in document.blocks if isinstance(b, Table)]
    return table


def rows_of(specs: Sequence[Spec]) -> list[list[Spec]]:
    rows: list[list[Spec]] = [[] for _ in range(max(s[0] + s[2] for s in specs))]
    for spec in sorted(specs):
        rows[spec[0]].append(spec)
    return rows


def size_of(specs: Sequence[Spec]) -> tuple[int, int]:
    return max(s[0] + s[2] for s in specs), max(s[1] + s[3] for s in specs)


def make_txt(specs: Sequence[Spec] = FORM) -> str:
    """A dump of flattened merges: the text in the first place, tabs for the rest."""
    height, width = size_of(specs)
    grid = [[""] * width for _ in range(height)]
    for row, column, _, _, text in specs:
        lines = text.split("\n")
        grid[row][column] = (
            text if len(lines) < 2 else " ".join(f"<p>{s}</p>" for s in lines)
        )
    body = "\n".join("\t".join(row) for row in grid)
    return f"# {TITLE}\n\n{YEAR}\n\n{body}\n"


def make_html(specs: Sequence[Spec] = FORM) -> str:
    """The table as markup."""
    rows = []
    for row in rows_of(specs):
        cells = [
            f'<td rowspan="{h}" colspan="{w}">'
            + html.escape(text).replace("\n", "<br>")
            + "</td>"
            for _, _, h, w, text in row
        ]
        rows.append("<tr>" + "".join(cells) + "</tr>")
    return "<table>" + "\n".join(rows) + "</table>"


def make_docx(specs: Sequence[Spec] = FORM) -> bytes:
    """By python-docx, which writes gridSpan and vMerge."""
    import docx

    document = docx.Document()
    document.add_heading(TITLE, level=1)
    document.add_paragraph(YEAR)
    height, width = size_of(specs)
    table = document.add_table(rows=height, cols=width)
    table.style = "Table Grid"
    for row, column, h, w, text in specs:
        cell = table.cell(row, column)
        if h > 1 or w > 1:
            cell = cell.merge(table.cell(row + h - 1, column + w - 1))
        lines = text.split("\n")
        cell.text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
    document.add_paragraph("填表人：张三")
    return saved(document)


def make_xlsx(specs: Sequence[Spec] = FORM) -> bytes:
    """By openpyxl, texts as texts."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, column, h, w, text in specs:
        cell = sheet.cell(row + 1, column + 1, text or None)
        cell.data_type = "s" if text else "n"
        if h > 1 or w > 1:
            sheet.merge_cells(
                start_row=row + 1,
                start_column=column + 1,
                end_row=row + h,
                end_column=column + w,
            )
    return saved(book)


def make_xls(specs: Sequence[Spec] = FORM) -> bytes:
    """By xlwt, texts as texts."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("自评表")
    for row, column, h, w, text in specs:
        if h > 1 or w > 1:
            sheet.write_merge(row, row + h - 1, column, column + w - 1, text)
        elif text:
            sheet.write(row, column, text)
    return saved(book)


def make_ofd(specs: Sequence[Spec] = FORM, habits: Habits = SUWELL) -> bytes:
    """By our own writer, since there is no library for it."""
    rows = tuple(
        tuple(GridCell(text, row_span=h, col_span=w) for _, _, h, w, text in row)
        for row in rows_of(specs)
    )
    grid = FormGrid(TITLE, (YEAR,), size_of(specs)[1], rows, 0)
    return render_ofd([grid], habits)


def make_pdf(
    specs: Sequence[Spec] = FORM,
    *,
    title: str = TITLE,
    widths: Sequence[float] | None = None,
    page_height: float = 842.0,
    style: Sequence[tuple[object, ...]] | None = None,
    forms: int = 1,
    **options: object,
) -> bytes:
    """By reportlab: a platypus table with SPAN and a ruling round every cell."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK"
    )
    head = ParagraphStyle("head", parent=body, fontSize=16, leading=20, alignment=1)
    height, width = size_of(specs)
    data: list[list[object]] = [[""] * width for _ in range(height)]
    spans: list[tuple[object, ...]] = []
    for row, column, h, w, text in specs:
        marked = html.escape(text).replace("\n", "<br/>")
        data[row][column] = Paragraph(marked, body) if text else ""
        if h > 1 or w > 1:
            spans.append(
                ("SPAN", (column, row), (column + w - 1, row + h - 1)),
            )
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if style is None else style
    story: list[object] = []
    for _ in range(forms):
        story += [Paragraph(title, head), Paragraph(YEAR, body), Spacer(1, 12)]
        story += [
            Table(
                data,
                colWidths=list(widths or [500 / width] * width),
                style=[*grid, *spans],
            ),
            Spacer(1, 20),
        ]
    buffer = io.BytesIO()
    SimpleDocTemplate(
        buffer, pagesize=(595.0, page_height), leftMargin=47, rightMargin=47, **options
    ).build(story)
    return buffer.getvalue()


def canvas_pdf(
    *draws: object, size: tuple[float, float] = (595.0, 842.0), **options: object
) -> bytes:
    """Pages drawn by hand: each callable draws one page on a reportlab canvas."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, **options)
    for draw in draws:
        canvas.setFont("STSong-Light", 10)
        draw(canvas)  # type: ignore[operator]
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def saved(document: object) -> bytes:
    """The bytes of anything with a ``save`` method."""
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def make_zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def with_part(data: bytes, name: str, change: dict[str, str]) -> bytes:
    """An office file with texts of one part replaced."""
    found = False
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            content = source.read(info)
            if info.filename == name:
                text = content.decode()
                for old, new in change.items():
                    assert old in text
                    text = text.replace(old, new)
                content = text.encode()
                found = True
            target.writestr(info.filename, content)
    assert found, name
    return buffer.getvalue()
