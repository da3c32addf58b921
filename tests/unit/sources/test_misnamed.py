"""Downloads that failed: a page of the server under the name of the document."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from pipeline.errors import DocumentError
from tests.unit.sources.builders import make_docx

ERROR_PAGE = (
    b"<html><head><title>404</title></head><body><h1>Not Found</h1></body></html>"
)
LOGIN = '{"code": 403, "msg": "请先登录"}'.encode()
TABLE = "<html><body><table><tr><td>科目</td><td>金额</td></tr></table></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", ERROR_PAGE, "corrupt"),
        ("a.docx", LOGIN, "corrupt"),
        ("a.XLSX", ERROR_PAGE, "corrupt"),
        ("a.doc", ERROR_PAGE, "corrupt"),
        ("a.xlsx", TABLE.encode(), "corrupt"),
        ("a.xls", TABLE.encode(), "no_form"),
        ("a.html", ERROR_PAGE, "no_form"),
        ("a.txt", LOGIN, "no_form"),
        ("a", ERROR_PAGE, "no_form"),
        ("a.pdf", make_docx([(0, 0, 1, 1, "科目")]), "no_form"),
    ],
)
def test_a_page_under_the_name_of_a_document(
    name: str, data: bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        list(pipeline.extract(tmp_path / name))
    assert caught.value.reason == reason
    assert (caught.value.code == "misnamed") is (reason == "corrupt")
