"""Files out of the store, opened again with other programs."""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.core.plain import dump_json
from pipeline.errors import DependencyError, StorageError, UsageError
from pipeline.store import Review, Store, export
from pipeline.store.exports import workbook
from pipeline.store.exports.formulas import neutralise
from pipeline.store.exports.tables import targets
from tests.unit.store.builders import OUTCOME, document, record

EVIL = '=HYPERLINK("http://x.example","点我")'


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sheet(path: Path, title: str) -> Worksheet:
    found = openpyxl.load_workbook(path)[title]
    assert isinstance(found, Worksheet)
    return found


def column(page: Worksheet, heading: str) -> list[object]:
    return [cell.value for cell in column_cells(page, heading)]


def column_cells(page: Worksheet, heading: str) -> list[Any]:
    index = [cell.value for cell in page[1]].index(heading) + 1
    return [page.cell(row, index) for row in range(2, page.max_row + 1)]


def save_with_phone(store: Store) -> None:
    store.save(
        document(
            records=[replace(record(), department="水利局 13912340000")],
            text="13912340000",
        )
    )


# -- jsonl, json


def test_jsonl_is_lossless(store: Store, tmp_path: Path) -> None:
    odd = replace(
        record("二.txt", sha256="b" * 64), project_name="a\x00\ud83d𠮷 \u2028"
    )
    saved = [odd, record()]
    store.save(document("二.txt", sha256="b" * 64, records=[odd]))
    store.save(document())
    target = export(store, tmp_path / "记录.jsonl", keep_personal_data=True)
    assert target.read_bytes().decode() == "".join(r.to_json() + "\n" for r in saved)


@pytest.mark.parametrize(
    "name", ["a.jsonl", "a.json", "a.csv", "a.xlsx", "folder", "a.parquet"]
)
def test_telephone_numbers_leave_only_when_asked_to(
    store: Store, tmp_path: Path, name: str
) -> None:
    save_with_phone(store)

    def texts(path: Path) -> str:
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            return str([[c.value for c in r] for s in book for r in s.iter_rows()])
        if path.suffix == ".parquet":
            pq = pytest.importorskip("pyarrow.parquet")
            return str(pq.read_table(path).to_pylist())
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        return "".join(f.read_text(encoding="utf-8") for f in files)

    if name == "a.parquet":
        pytest.importorskip("pyarrow")
    target = tmp_path / name
    assert "13912340000" not in texts(export(store, target))
    kept = texts(export(store, target, keep_personal_data=True))
    assert "13912340000" in kept or name == "a.json"


def test_label_studio_regions_slice_back_and_relations_hold(
    store: Store, tmp_path: Path
) -> None:
    store.save(document())
    tasks = json.loads(
        export(store, tmp_path / "任务.json").read_text(encoding="utf-8")
    )
    (prediction,) = tasks[0]["predictions"]
    text = tasks[0]["data"]["text"]
    regions = {
        r["id"]: r["value"] for r in prediction["result"] if r["type"] == "labels"
    }
    for region in regions.values():
        assert text[region["start"] : region["end"]] == region["text"]
    assert regions["o0"]["text"] == "12.5公里" and OUTCOME in text
    assert regions["s1"]["labels"] == ["笼统陈述"]
    relations = [r for r in prediction["result"] if r["type"] == "relation"]
    ends = [(r["from_id"], r["to_id"], r["labels"]) for r in relations]
    assert ends == [("t0", "o0", ["exceeded"]), ("t1", "o1", ["shortfall"])]
    assert {end for a, b, _ in ends for end in (a, b)} <= set(regions)


def test_label_studio_of_two_forms_and_of_none(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "任务.json"
    assert json.loads(export(store, target).read_text(encoding="utf-8")) == []
    store.save(document(records=[record(), record(index=1)]))
    assert len(json.loads(export(store, target).read_text(encoding="utf-8"))) == 2


# -- csv


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|x",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋x",
        "－x",
        "＠x",
    ],
)
def test_formulas_are_neutralised(text: str) -> None:
    assert neutralise(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["-5", "-5.25", "+3%", "-", "—", "－", "--", "≥5场", "a=b", ""]
)
def test_plain_numbers_and_dashes_stay(text: str) -> None:
    assert neutralise(text) == text


def test_csv_has_one_line_per_target_with_its_verdict(
    store: Store, tmp_path: Path
) -> None:
    store.save(document())
    target = export(store, tmp_path / "目标.csv")
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    seen = [(r["目标原文"], r["完成值"], r["比对结果"]) for r in table(target)]
    assert seen == [
        ("不少于12公里", "12.5公里", "超过"),
        ("8场", "6场", "未达"),
        ("3座", "", "无法判定"),
    ]


def test_a_target_without_any_link_says_that_nothing_was_found() -> None:
    sheet = targets()
    row = sheet.display(tuple(None for _ in sheet.columns))
    assert row[sheet.columns.index("verdict")] == "未在文中找到"
    assert row[sheet.columns.index("outcome_quotes")] is None


def test_folder_has_one_csv_per_table(store: Store, tmp_path: Path) -> None:
    store.save(document(records=[replace(record(), project_name=EVIL)]))
    folder = export(store, tmp_path / "输出")
    assert sorted(p.stem for p in folder.iterdir()) == sorted(
        [
            "documents",
            "forms",
            "flags",
            "links",
            "funds",
            "goal_statements",
            "quantities",
            "indicators",
            "link_members",
            "reviews",
            "runs",
        ]
    )
    assert all(p.read_bytes().startswith(b"\xef\xbb\xbf") for p in folder.iterdir())
    assert table(folder / "forms.csv")[0]["项目名称"] == "'" + EVIL
    short = table(folder / "indicators.csv")[1]
    assert short["偏差原因及改进措施"] == "'=因汛期减少2场"
    assert (short["状态"], short["得分"]) == ("未达", "7.5")
    assert len(table(folder / "quantities.csv")) == 8


# -- xlsx


def test_workbook_has_a_sheet_per_table(store: Store, tmp_path: Path) -> None:
    store.save(document())
    path = export(store, tmp_path / "结果.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "文档",
        "表",
        "提示",
        "目标值",
        "链接",
        "资金",
        "目标陈述",
        "数量",
        "指标",
        "链接成员",
        "复核",
        "运行",
    ]
    promised = sheet(path, "目标值")
    assert column(promised, "目标原文") == ["不少于12公里", "8场", "3座"]
    assert column(promised, "比对结果") == ["超过", "未达", "无法判定"]
    assert column(sheet(path, "表"), "文书类型") == ["项目支出绩效自评表"]
    flags = sheet(path, "提示")
    assert flags.freeze_panes == "A2"
    assert flags.auto_filter.ref == "A1:O2"
    assert column(flags, "程度") == ["高"]
    assert flags["A2"].fill.start_color.rgb == "FFF8CBAD"


def test_workbook_has_no_formulas_and_no_links(store: Store, tmp_path: Path) -> None:
    texts = [
        EVIL,
        "+1+1",
        "@x",
        "＝1+1",
        "＋x",
        "－x",
        "＠x",
        "-5",
        "http://x.example/",
    ]
    records = [replace(record(index=i), project_name=t) for i, t in enumerate(texts)]
    store.save(document(records=records))
    path = export(store, tmp_path / "结果.xlsx")
    book = openpyxl.load_workbook(path)
    cells = [c for s in book for row in s.iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f" or c.hyperlink]
    names = column(sheet(path, "表"), "项目名称")
    assert names == texts
    # Excel's apostrophe: also after F2 and Enter the cell stays text.
    kept = [c.quotePrefix for c in column_cells(sheet(path, "表"), "项目名称")]
    assert kept == [True] * 7 + [False] * 2


def test_controls_cannot_break_a_workbook(store: Store, tmp_path: Path) -> None:
    store.save(document(records=[replace(record(), project_name="\x1b[31m红\x0b")]))
    path = export(store, tmp_path / "结果.xlsx")
    assert column(sheet(path, "表"), "项目名称")[0]


def test_the_workbook_prints_as_it_is_filed(store: Store, tmp_path: Path) -> None:
    store.save(document())
    path = export(store, tmp_path / "结果.xlsx")
    for title in openpyxl.load_workbook(path).sheetnames:
        page = sheet(path, title)
        assert page.page_setup.orientation == "landscape", title
        assert page.print_title_rows == "$1:$1"
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.column_dimensions["A"].width > 8
    (message,) = column_cells(sheet(path, "提示"), "说明")
    assert message.alignment.wrap_text
    assert not column_cells(sheet(path, "表"), "预期目标")[0].alignment.wrap_text
    headings = [cell.value for cell in sheet(path, "提示")[1]]
    letter = get_column_letter(headings.index("证据") + 1)
    assert sheet(path, "提示").column_dimensions[letter].hidden
    assert not sheet(path, "提示").column_dimensions["A"].hidden


@pytest.mark.parametrize(
    ("text", "height"),
    [("一" * 20, None), ("一" * 24, 30), ("a" * 47, 30), ("一\n二\n三", 45), ("一" * 9999, 405)],
)  # fmt: skip
def test_rows_are_as_tall_as_their_texts(
    store: Store, tmp_path: Path, text: str, height: int | None
) -> None:
    one = replace(record(flag_message=text), flags=())
    flag = replace(record(flag_message=text).flags[0], basis="办法")
    store.save(document(records=[replace(one, flags=(flag,))]))
    page = sheet(export(store, tmp_path / "a.xlsx"), "提示")
    assert page.row_dimensions[2].height == height


def test_amounts_in_the_workbook_can_be_summed_and_look_as_printed(
    store: Store, tmp_path: Path
) -> None:
    store.save(document())
    path = export(store, tmp_path / "结果.xlsx")
    funds = sheet(path, "资金")
    assert column(funds, "全年预算数") == [10.5]
    headings = [c.value for c in funds[1]]
    assert funds.cell(2, headings.index("全年预算数") + 1).number_format == "0.00"
    assert column(sheet(path, "数量"), "数值")[:4] == [12, 8, 3, 12.5]


def test_text_longer_than_a_cell_says_that_it_was_cut(
    store: Store, tmp_path: Path
) -> None:
    long = "𠮷" * 20_000
    store.save(document(records=[replace(record(), rating=long)]))
    (rating,) = column(sheet(export(store, tmp_path / "a.xlsx"), "表"), "评价等级")
    assert isinstance(rating, str)
    assert rating.startswith("𠮷" * 1000) and rating.endswith("全文见数据库）")
    assert len(rating.encode("utf-16-le")) // 2 <= 32_767


def test_more_rows_than_a_sheet_holds(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS", 4)
    store.save(document())
    path = export(store, tmp_path / "a.xlsx")
    pages = [sheet(path, t) for t in ("数量", "数量2", "数量3")]
    assert [page.max_row - 1 for page in pages] == [3, 3, 2]


def test_every_column_has_a_chinese_heading() -> None:
    from pipeline.store.exports import tables

    for each in (*tables.sheets(), tables.targets()):
        assert each.title and len(set(each.headings())) == len(each.columns), each.name


def test_reviews_are_exported(store: Store, tmp_path: Path) -> None:
    store.append_review(
        Review("x", "y", 0, "flag", "accepted", "复核员", "2025-03-01T08:00:00+00:00")
    )
    folder = export(store, tmp_path / "输出")
    assert table(folder / "reviews.csv")[0]["复核人"] == "复核员"


# -- parquet


def test_parquet_has_the_same_lines(store: Store, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    store.save(document())
    rows = pq.read_table(export(store, tmp_path / "a.parquet")).to_pylist()
    seen = [(r["quote"], r["value"], r["value_text"], r["verdict"]) for r in rows]
    assert seen[0] == ("不少于12公里", 12.0, "12", "exceeded")
    assert len(seen) == 3


def test_parquet_without_pyarrow_names_the_extra(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(DependencyError) as caught:
        export(store, tmp_path / "a.parquet")
    assert caught.value.code == "export_parquet_missing"
    assert list(tmp_path.glob("*.parquet")) == []


# -- targets that do not work


def test_unknown_suffix(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        export(store, tmp_path / "a.docx")
    assert caught.value.code == "export_suffix_unknown"


def test_file_where_a_folder_should_be_and_the_reverse(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "文件").write_text("x")
    (tmp_path / "夹.csv").mkdir()
    for name, code in (("文件", "export_not_folder"), ("夹.csv", "export_not_file")):
        with pytest.raises(StorageError) as caught:
            export(store, tmp_path / name)
        assert caught.value.code == code
    assert (tmp_path / "文件").read_text() == "x"


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.jsonl", "a.json"])
def test_missing_folder_of_the_target(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError) as caught:
        export(store, tmp_path / "没有" / name)
    assert caught.value.code == "export_unwritable"


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.jsonl", "a.json"])
def test_a_failed_export_leaves_the_old_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    store.save(document())
    (tmp_path / name).write_text("旧")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))

    def fail(*_: object, **__: object) -> object:
        raise OSError(28, "No space left on device")

    for place in (
        "pipeline.store.exports.csv_files.rows",
        "pipeline.store.exports.workbook.rows",
        "pipeline.store.exports.json_files.dump_json",
    ):
        monkeypatch.setattr(place, fail)
    with pytest.raises(StorageError) as caught:
        export(store, tmp_path / name)
    assert caught.value.params["detail"] == "No space left on device"
    assert (tmp_path / name).read_text() == "旧"
    assert not list(tmp_path.glob(".*.part"))
    assert not list(scratch.iterdir())


def test_record_json_is_read_and_written_the_same() -> None:
    text = record().to_json()
    assert dump_json(json.loads(text)) == text
