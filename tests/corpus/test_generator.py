"""The sample documents are what the generator makes of the annotations."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pdfminer.high_level import extract_text
from pdfminer.layout import LAParams

from corpus.generator import ARCHIVED, FORMATS, LAYOUTS, load_specs, samples_of_split
from corpus.generator.grid import goal_items, lay_out, place, target_parts
from corpus.generator.layouts import GRID_LAYOUTS
from corpus.generator.render_pdf import wrap
from corpus.generator.render_txt import grid_lines
from corpus.generator.render_xlsx import typed
from corpus.generator.sample import Print, Sample, render
from corpus.generator.spec import clean
from corpus.generator.write_samples import all_samples, index_lines, write_samples

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
INDEX = [
    json.loads(line)
    for line in (DOCUMENTS / "expected.jsonl").read_text("utf-8").splitlines()
]
SIZE_LIMIT = 3_000_000


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return list(all_samples())


def content(path: str, data: bytes) -> object:
    """What a document says, apart from how its bytes are packed."""
    if path.startswith("bad/"):
        # The broken files are cut from packed bytes; photographs hold no text.
        return len(data) > 0
    if path.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return {name: package.read(name) for name in package.namelist()}
    if path.endswith(".pdf"):
        # With the default boxes_flow, pdfminer orders boxes by memory address
        # on ties, so that the same file gives two texts.
        return extract_text(io.BytesIO(data), laparams=LAParams(boxes_flow=None))
    return data


def spec_of(spec_id: str) -> Any:
    specs = (*load_specs("train"), *load_specs("dev"), *load_specs("twins"))
    return next(spec for spec in specs if spec.id == spec_id)


def test_documents_are_what_the_generator_writes(samples: list[Sample]) -> None:
    stored = {
        str(path.relative_to(DOCUMENTS).as_posix())
        for path in DOCUMENTS.rglob("*")
        if path.is_file()
    }
    assert stored == {s.path for s in samples} | {"expected.jsonl"}
    for sample in samples:
        found = content(sample.path, (DOCUMENTS / sample.path).read_bytes())
        assert found == content(sample.path, sample.data), sample.path


def test_index_is_in_step_with_the_annotations(samples: list[Sample]) -> None:
    lines = [line for sample in samples for line in index_lines(sample)]
    assert json.loads(json.dumps(lines, ensure_ascii=False)) == INDEX


def test_documents_stay_small() -> None:
    assert sum(p.stat().st_size for p in DOCUMENTS.rglob("*")) < SIZE_LIMIT


def test_two_runs_write_the_same_bytes(tmp_path: Path, samples: list[Sample]) -> None:
    write_samples(samples, tmp_path / "a")
    write_samples(list(all_samples()), tmp_path / "b")
    for path in (tmp_path / "a").rglob("*.*"):
        other = tmp_path / "b" / path.relative_to(tmp_path / "a")
        assert path.read_bytes() == other.read_bytes(), path.name


def test_another_seed_gives_other_layouts_of_the_same_forms() -> None:
    first = {s.path: s.forms[0].source for s in samples_of_split("dev", seed=1)}
    second = {s.path: s.forms[0].source for s in samples_of_split("dev", seed=2)}
    assert sorted(first.values()) == sorted(second.values())
    assert first != second


def test_every_form_of_train_and_dev_is_printed_and_none_of_test() -> None:
    printed = {entry["source"] for entry in INDEX if "form" in entry}
    wanted = {s.id for split in ("train", "dev") for s in load_specs(split)}
    assert wanted <= printed
    assert not printed & {s.id for s in load_specs("test")}


def test_all_formats_and_layouts_occur() -> None:
    entries = [entry for entry in INDEX if "form" in entry]
    assert {e["layout"] for e in entries} == set(LAYOUTS)
    assert {e["path"].rsplit(".", 1)[1] for e in entries} == {*FORMATS, *ARCHIVED}


def test_files_with_several_forms() -> None:
    counts = Counter(entry["path"] for entry in INDEX)
    several = {path: n for path, n in counts.items() if n > 1}
    assert several == {
        "two-forms.txt": 2,
        "two-sheets.xlsx": 2,
        "three-forms.pdf": 3,
        "twins.txt": 2,
    }


@pytest.mark.parametrize("layout", GRID_LAYOUTS, ids=lambda layout: layout.id)
def test_a_grid_covers_every_place_exactly_once(layout: Any) -> None:
    for spec in load_specs("dev"):
        grid = lay_out(spec, layout)
        covered = Counter(
            (p.row + i, p.column + j)
            for p in place(grid.rows)
            for i in range(p.cell.row_span)
            for j in range(p.cell.col_span)
        )
        every = {(r, c) for r in range(len(grid.rows)) for c in range(grid.width)}
        assert set(covered) == every, spec.id
        assert set(covered.values()) == {1}, spec.id


@pytest.mark.parametrize("layout", GRID_LAYOUTS, ids=lambda layout: layout.id)
def test_a_grid_prints_every_text_of_the_form(layout: Any) -> None:
    for spec in load_specs("train"):
        cells = [p.cell.text for p in place(lay_out(spec, layout).rows)]
        assert spec.project_name in cells
        if not (layout.goal_style == "rows" and goal_items(spec)):
            assert clean(spec.goal_text) in cells
        for row in spec.indicators:
            assert row.name in cells
            assert row.weight in cells


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        ("≥95%", ("≥", "95", "%")),
        ("12处", ("", "12", "处")),
        ("定性稳步提高", ("定性", "稳步提高", "")),
        ("逐步健全", ("", "逐步健全", "")),
        ("8-10期", ("", "8-10期", "")),
        ("=3000人", ("=", "3000", "人")),
        (None, ("", "", "")),
    ],
)
def test_a_target_splits_into_three_columns(
    target: str | None, parts: tuple[str, str, str]
) -> None:
    assert target_parts(target) == parts
    assert "".join(parts) == (target or "")


@pytest.mark.parametrize(
    ("text", "value", "number_format"),
    [
        ("95%", 0.95, "0%"),
        ("92.37%", 0.9237, "0.00%"),
        ("10.00", 10.0, "0.00"),
        ("8", 8, "0"),
        ("12600000.00", 12600000.0, "#,##0.00"),
        ("3600000", 3600000, "0"),
        ("007", "007", "General"),
        ("≥95%", "≥95%", "General"),
        ("-", "-", "General"),
    ],
)
def test_numbers_become_numbers_that_show_as_printed(
    text: str, value: object, number_format: str
) -> None:
    assert typed(text) == (value, number_format)


def test_lines_break_in_no_number_and_before_no_closing_mark() -> None:
    render([Print(spec_of("js-2024-water-02"), LAYOUTS["mof2020"])], "pdf")
    text = "疏浚河道38.6公里，清除淤泥1234567立方米；（二）设立标志牌20块。"
    for width in range(40, 200, 7):
        lines = wrap(text, width)
        assert "".join(lines) == text
        for line in lines:
            assert line[0] not in "，；。）"
            assert line[-1] not in "（"
        assert any("1234567" in line for line in lines)


def test_a_form_that_the_pdf_font_lacks_is_refused() -> None:
    prints = [Print(spec_of("nm-2024-grass-02"), LAYOUTS["mof2020"])]
    with pytest.raises(ValueError, match="font"):
        render(prints, "pdf")


def test_a_dump_shows_its_faults() -> None:
    text = (DOCUMENTS / "twins.txt").read_text("utf-8")
    clean_part, faulty_part = text.split("# 财政项目支出绩效自评表")[1:]
    goal = spec_of("twin-2023-agri-02").goal_text
    assert clean_part.count("<p>") == 3
    assert faulty_part.count(goal) == 2
    assert "偏差原因分析" not in faulty_part
    assert "\n\t举办农民丰收主题论坛\t" in faulty_part
    assert "\n时效指标\t及时性\t" in faulty_part
    assert "\n<b>总分</b>\t" in faulty_part


def test_a_dump_in_step_leaves_blanks_for_merged_cells() -> None:
    grid = lay_out(spec_of("twin-2023-edu-01"), LAYOUTS["mof2020"])
    lines = grid_lines(grid)
    assert {len(line) for line in lines} == {8}
    assert lines[2][:3] == ["项目资金 (万元)", "", "年初预算数"]
    assert lines[-2] == ["<b>总分</b>", "", "", "", "", "100", "95", ""]
