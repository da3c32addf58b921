"""The same form in every format is the same table."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline import sources
from pipeline.core.document import Document, Paragraph, Table
from tests.unit.sources.builders import (
    FORM,
    GOAL,
    OUTCOME,
    TITLE,
    YEAR,
    Spec,
    make_docx,
    make_html,
    make_pdf,
    make_txt,
    make_xls,
    make_xlsx,
    only_table,
    specs_of,
    squeezed,
)

LONG: tuple[Spec, ...] = tuple(
    (r, c, h, w, text.replace("\n", "") * 12 if text in (GOAL, OUTCOME) else text)
    for r, c, h, w, text in FORM
)
"""A form whose goal is longer than a page."""


def test_html_and_office_files_agree_to_the_character() -> None:
    tables = [
        only_table(sources.read(data, name))
        for name, data in [
            ("a.html", f"<html><body>{make_html()}".encode()),
            ("a.docx", make_docx()),
            ("a.xlsx", make_xlsx()),
            ("a.xls", make_xls()),
        ]
    ]
    assert all(table == tables[0] for table in tables)
    assert specs_of(tables[0]) == list(FORM)


def test_pdf_agrees_but_for_white_space() -> None:
    assert squeezed(specs_of(only_table(sources.read(make_pdf())))) == squeezed(FORM)


def test_goal_paragraphs_survive_wrapping_in_pdf() -> None:
    texts = [c.text for c in only_table(sources.read(make_pdf())).cells]
    assert GOAL in texts
    assert OUTCOME in texts


def test_a_text_dump_has_the_same_texts_without_spans() -> None:
    table = only_table(sources.read(make_txt().encode(), "a.txt"))
    filled = {(c.row, c.column): c.text for c in table.cells if c.text}
    assert filled == {(r, c): t for r, c, _, _, t in FORM if t}


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """DOCX files printed to PDF by LibreOffice, once per session."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder: Path = tmp_path_factory.mktemp("libreoffice")
    made = {"form": make_docx(), "long": make_docx(LONG)}
    for name, data in made.items():
        (folder / f"{name}.docx").write_bytes(data)
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *(str(folder / f"{name}.docx") for name in made),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {name: sources.read((folder / f"{name}.pdf").read_bytes()) for name in made}


@pytest.mark.libreoffice
def test_pdf_by_libreoffice(converted: dict[str, Document]) -> None:
    document = converted["form"]
    assert squeezed(specs_of(only_table(document))) == squeezed(FORM)
    texts = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    assert texts == [TITLE, YEAR, "填表人：张三"]


@pytest.mark.libreoffice
def test_rows_cut_by_page_ends_are_mended(converted: dict[str, Document]) -> None:
    document = converted["long"]
    assert document.page_count > 1
    table = only_table(document)
    assert isinstance(table, Table)
    assert squeezed(specs_of(table)) == squeezed(LONG)
    assert table.pages == tuple(range(1, document.page_count + 1))
