from __future__ import annotations

import io
import random
from collections.abc import Callable

import pytest
from PIL import Image

from pipeline import sources
from pipeline.errors import REASONS, DocumentError
from pipeline.messages import explain
from pipeline.sources import registry
from pipeline.sources.sniff import Kind, sniff
from tests.unit.sources.builders import (
    make_docx,
    make_html,
    make_ofd,
    make_pdf,
    make_txt,
    make_xlsx,
    make_zip,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def ole(stream: str) -> bytes:
    return OLE + (stream + "\0").encode("utf-16-le") + b"\0" * 64


def image(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["a.txt", "a", "a.exe", "a.pdf", "a.docx", "a.xls"])
def test_content_decides_not_the_suffix(name: str) -> None:
    assert sniff(make_docx(), name) is Kind.DOCX
    assert sniff(make_xlsx(), name) is Kind.XLSX
    assert sniff(make_pdf(), name) is Kind.PDF
    assert sniff(b"junk\n" + make_pdf(), name) is Kind.PDF
    assert sniff(make_txt().encode(), name) is Kind.TEXT
    assert sniff(f"<!DOCTYPE html>{make_html()}".encode(), name) is Kind.HTML
    assert sniff(f"<html><body>{make_html()}".encode("utf-16"), name) is Kind.HTML


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("<table><tr><td>甲</td></tr></table>", "a.xls", Kind.HTML),
        ("# 题\n<table><tr><td>甲</td></tr></table>", "a.md", Kind.TEXT),
        ("# 题\n<table><tr><td>甲</td></tr></table>", "a", Kind.HTML),
        ("<p>甲</p>\t<b>乙</b>", "a.txt", Kind.TEXT),
        ("<p>甲</p>", "a.html", Kind.HTML),
        ("<p>甲</p>", "a.htm", Kind.HTML),
        ("响应时间<90%\t<5天", "a.html", Kind.TEXT),
        ("只有文字", "a", Kind.TEXT),
    ],
)
def test_text_or_page(source: str, name: str, kind: Kind) -> None:
    assert sniff(source.encode(), name) is kind


@pytest.mark.parametrize(
    ("data", "reason", "code"),
    [
        (b"", "empty", "empty"),
        (b" \n\t\n", "empty", "empty"),
        (b"\xef\xbb\xbf\n", "empty", "empty"),
        (ole("EncryptedPackage"), "encrypted", "encrypted_office"),
        (ole("Workbook"), "corrupt", "corrupt_xls"),
        (OLE, "unsupported", "unsupported_office"),
        (make_zip({"OFD.xml": b"<a/>"}), "corrupt", "corrupt_ofd"),
        (
            make_zip({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"}),
            "unsupported",
            "unsupported_office",
        ),
        (make_zip({"a.txt": b"1"}), "unsupported", "unsupported_container"),
        (b"Rar!\x1a\x07\x01\x00" + b"x" * 50, "unsupported", "unsupported_rar"),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 50, "unsupported", "unsupported_container"),
        (b"MZ\x90\x00" + b"\x00" * 200, "unsupported", "unsupported_binary"),
        (random.Random(1).randbytes(5000), "unsupported", "unsupported_binary"),
        (make_xlsx()[:2500], "truncated", "truncated"),
        (make_pdf()[:40], "corrupt", "corrupt_pdf"),
        (
            make_zip({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}),
            "corrupt",
            "corrupt_docx",
        ),
        (
            make_zip({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}),
            "corrupt",
            "corrupt_xlsx",
        ),
    ],
)
def test_bad_input(data: bytes, reason: str, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        sources.read(data, "表.docx")
    assert (caught.value.reason, caught.value.code) == (reason, code)
    for lang in ("zh", "en"):
        assert len(explain(caught.value, lang)) > 8


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.97])
@pytest.mark.parametrize(
    "make", [make_docx, make_xlsx, make_ofd], ids=["docx", "xlsx", "ofd"]
)
def test_cut_office_files_keep_what_is_there(
    make: Callable[[], bytes], share: float
) -> None:
    data = make()
    whole = sources.read(data).text
    try:
        document = sources.read(data[: int(len(data) * share)], "a")
    except DocumentError as error:
        assert error.reason == "truncated"
    else:
        assert [page.reason for page in document.unread] == ["truncated"]
        # Nothing is made up: each line is the beginning of one of the whole.
        assert document.text
        lines = whole.split("\n")
        assert all(
            any(full.startswith(line.rstrip("\t")) for full in lines)
            for line in document.text.split("\n")
        )


def test_a_cut_word_file_keeps_its_first_rows() -> None:
    document = sources.read(make_docx()[:-200])
    assert "体检人数" in document.text


def test_damage_in_office_files_never_ends_in_another_exception() -> None:
    for data in (make_docx(), make_xlsx(), make_ofd()):
        for start in range(0, len(data), max(1, len(data) // 80)):
            damaged = data[:start] + b"\xff\x00<&" + data[start + 4 :]
            try:
                sources.read(damaged)
            except DocumentError as error:
                assert error.reason in REASONS


def test_every_refused_kind_has_a_message() -> None:
    for reason, code in registry.REFUSED.values():
        for lang in ("zh", "en"):
            assert explain(DocumentError(reason, code), lang)
    read = {Kind.PDF, *registry.READERS, *registry.PAGE_READERS}
    assert set(registry.REFUSED) | read == set(Kind)


def test_size_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "MAX_BYTES", 10)
    with pytest.raises(DocumentError) as caught:
        sources.read(b"x" * 11)
    assert caught.value.reason == "too_large"
    assert explain(caught.value)


def test_same_bytes_same_document() -> None:
    for data in (make_docx(), make_xlsx(), make_pdf(), make_txt().encode()):
        assert sources.read(data) == sources.read(data)
