"""What is stored, exported, shown or told never says where the files lay.

Fault 22: bad inputs of every kind are run by their absolute paths; then the
database, every export, the report and all messages are searched.
"""

from __future__ import annotations

import io
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.command import FORM, Ended, jixiao

# How a traceback, a driver or a parser would give itself away.
TELLTALE = ("Traceback (most", 'File "', "site-packages", "/home/", ".py:", "0x7f")
EXPORTS = ("a.xlsx", "a.csv", "a.jsonl", "a.json", "tables")


def zipped(**members: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        for name, text in members.items():
            pack.writestr(name.replace("__", "/"), text)
    return made.getvalue()


def bad_inputs(folder: Path) -> dict[str, bytes]:
    """Files that make readers fail in their own ways."""
    secret = folder.parent / "geheim.txt"
    secret.write_text("streng geheim", encoding="utf-8")
    entity = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]><d>&x;</d>'
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x01" * 2000
    traversal = io.BytesIO()
    with zipfile.ZipFile(traversal, "w") as pack:
        for name in ("../../etc/x.txt", "/root/x.txt", "C:\\x.txt", "gut.txt"):
            pack.writestr(name, FORM.replace("图书角", "健身角"))
    return {
        "好.txt": FORM.encode(),
        "坏.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer",
        "断.pdf": b"%PDF-1.4\n%\xe2\xe3\n" + os.urandom(400),
        "坏.docx": b"PK\x03\x04 torn",
        "缺.docx": zipped(word__nothing="x"),
        "外.docx": zipped(word__document_xml="x", **{"[Content_Types].xml": entity}),
        "坏.xlsx": zipped(xl__workbook_xml="<", **{"[Content_Types].xml": "<Types/>"}),
        "旧.xls": ole,
        "空.docx": b"",
        "外.html": f'<iframe src="file://{secret}"></iframe><p>无表</p>'.encode(),
        "乱.txt": bytes(range(256)) * 20,
        "穿.zip": traversal.getvalue(),
        "断.zip": zipped(a="x" * 999)[:200],
        "程序.exe": b"MZ\x90\x00" + bytes(range(256)),
        "图.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 60,
    }


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose name would be noticed, with the inputs and the results."""
    home = tmp_path_factory.mktemp("QQ主目录QQ")
    folder = home / "档案"
    folder.mkdir()
    for name, data in bad_inputs(folder).items():
        (folder / name).write_bytes(data)
    (folder / "链接.txt").symlink_to(home / "geheim.txt")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "管道.txt")
    return home


@pytest.fixture(scope="module")
def ended(place: Path) -> Ended:
    report = ("--report", "报告", "--workers", "2")
    return jixiao("run", place / "档案", *report, cwd=place)


@pytest.fixture(scope="module")
def told_as_json(place: Path, ended: Ended) -> Ended:
    words = ("--only-failed", "--log-format", "json", "--progress", "json")
    return jixiao("run", place / "档案", *words, cwd=place)


def clean(text: str, place: Path) -> None:
    for word in (str(place), "QQ主目录QQ", "streng geheim", *TELLTALE):
        at = text.find(word)
        assert at < 0, f"{word}: …{text[max(at - 200, 0) : at + 200]}…"


def readable(path: Path) -> Iterator[str]:
    """All text of a file or folder, packed parts unpacked."""
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            if child.is_file():
                yield from readable(child)
    elif path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as pack:
            yield from (pack.read(n).decode() for n in pack.namelist())
    else:
        yield path.read_bytes().decode("utf-8", "replace")


def test_the_bad_inputs_are_bad_and_the_good_ones_are_read(
    place: Path, ended: Ended
) -> None:
    with sqlite3.connect(place / "jixiao.db") as connection:
        found = dict(connection.execute("select path, status from documents"))
    assert ended.code == 4
    assert found["好.txt"] == found["穿.zip!/gut.txt"] == "ok"
    assert sum(status == "failed" for status in found.values()) >= 8
    assert not [path for path in found if path.startswith(("/", ".."))]


def test_fault_22_messages_tell_no_place(
    place: Path, ended: Ended, told_as_json: Ended
) -> None:
    clean(ended.out + ended.err, place)
    clean(told_as_json.out + told_as_json.err, place)


def test_fault_22_the_database_tells_no_place(place: Path, told_as_json: Ended) -> None:
    with sqlite3.connect(place / "jixiao.db") as connection:
        clean("\n".join(connection.iterdump()), place)
    for file in place.glob("jixiao.db*"):  # also what lies between the rows
        clean(file.read_bytes().decode("utf-8", "replace"), place)


def test_fault_22_the_report_tells_no_place(place: Path, ended: Ended) -> None:
    texts = list(readable(place / "报告"))
    assert texts
    for text in texts:
        for word in (str(place), "QQ主目录QQ", "streng geheim", "Traceback (most"):
            assert word not in text


@pytest.mark.parametrize("name", EXPORTS)
def test_fault_22_no_export_tells_a_place(place: Path, ended: Ended, name: str) -> None:
    done = jixiao("export", "--to", name, "--keep-personal-data", cwd=place)
    assert done.code == 0
    clean(done.err, place)
    texts = list(readable(place / name))
    assert texts
    for text in texts:
        clean(text, place)


@pytest.mark.parametrize(
    "words", [["status"], ["status", "--format", "json"], ["show"]], ids=" ".join
)
def test_what_commands_show_tells_no_place(
    place: Path, ended: Ended, words: list[str]
) -> None:
    done = jixiao(*words, cwd=place)
    assert done.code == 0
    clean(done.out + done.err, place)
