from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import sources
from pipeline.core.document import Document, Table
from pipeline.errors import DocumentError
from pipeline.messages import explain
from pipeline.sources import doc_text, registry, soffice, soffice_guard
from pipeline.sources.converted import WAYS
from pipeline.sources.sniff import Kind, sniff
from tests.unit.sources.builders import (
    FORM,
    TITLE,
    make_docx,
    make_xlsx,
    make_zip,
    only_table,
    specs_of,
)

MOCK = """#!/bin/sh
# A converter that hangs: it ignores the friendly signal, and so do a child in
# its group and a grandchild that has left the group.
trap '' TERM
setsid sh -c 'trap "" TERM; sleep 300; sleep 300' &
sh -c 'trap "" TERM; sleep 300; sleep 300' &
sleep 300
sleep 300
"""


def install(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "soffice"
    program.write_text(script)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


@pytest.fixture
def marks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The marks of all calls, to look for what they left behind."""
    given: list[str] = []

    def token_hex(size: int) -> str:
        given.append(os.urandom(size).hex())
        return given[-1]

    monkeypatch.setattr(soffice.secrets, "token_hex", token_hex)
    return given


def left_behind(marks: list[str]) -> list[int]:
    return [pid for mark in marks for pid in soffice_guard.marked(mark)]


def wait_until_gone(marks: list[str]) -> list[int]:
    deadline = time.monotonic() + 10
    while left_behind(marks) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left_behind(marks)


def convert(seconds: float = 60) -> list[bytes | None]:
    return soffice.convert(
        [b"{\\rtf1 x}"], suffix="rtf", target="docx", seconds=seconds
    )


def test_fault_24_a_hanging_converter_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marks: list[str]
) -> None:
    install(tmp_path, MOCK, monkeypatch)
    monkeypatch.setattr(soffice_guard, "_GRACE", 0.2)
    with pytest.raises(DocumentError) as caught:
        convert(0.5)
    assert (caught.value.reason, caught.value.code) == ("timeout", "converter_timeout")
    assert marks
    assert left_behind(marks) == []


def test_what_a_converter_leaves_running_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marks: list[str]
) -> None:
    install(tmp_path, "#!/bin/sh\nsetsid sleep 300 &\nsleep 300 &\n", monkeypatch)
    assert convert() == [None]
    assert left_behind(marks) == []


def test_a_converter_ends_with_its_caller(tmp_path: Path) -> None:
    mark = os.urandom(8).hex()
    program = tmp_path / "soffice"
    program.write_text(MOCK)
    program.chmod(0o755)
    caller = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import subprocess, sys\n"
            "subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE,"
            " start_new_session=True).wait()",
            sys.executable,
            soffice_guard.__file__,
            "300",
            mark,
            str(program),
        ]
    )
    deadline = time.monotonic() + 60
    while len(soffice_guard.marked(mark)) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    caller.kill()
    caller.wait()
    assert wait_until_gone([mark]) == []


def test_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "find", lambda: None)
    with pytest.raises(DocumentError) as caught:
        sources.read(b"{\\rtf1\\ansi x}", "a.doc")
    assert caught.value.reason == "converter_missing"
    for lang in ("zh", "en"):
        assert "libreoffice-writer-nogui" in explain(caught.value, lang)


def test_a_converter_that_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "#!/bin/sh\nexit 1\n", monkeypatch)
    with pytest.raises(DocumentError) as caught:
        sources.read(b"{\\rtf1\\ansi x}", "a.rtf")
    assert (caught.value.reason, caught.value.code) == ("corrupt", "corrupt_office")


def test_a_converter_sees_little_and_leaves_no_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report"
    script = f'#!/bin/sh\nenv > {report}; echo "$@" >> {report}; pwd >> {report}\n'
    install(tmp_path, script, monkeypatch)
    monkeypatch.setenv("SECRET_KEY", "geheim")
    assert convert() == [None]
    seen = report.read_text()
    assert "geheim" not in seen
    assert "--headless" in seen
    folder = Path(seen.splitlines()[-1])
    assert f"-env:UserInstallation={folder.as_uri()}" in seen
    assert not folder.exists()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"{\\rtf1\\ansi}", Kind.RTF),
        (b"\xef\xbb\xbf\r\n{\\rtf1\\ansi}", Kind.RTF),
        (
            make_zip({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            Kind.ODT,
        ),
        (
            make_zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            Kind.ODS,
        ),
        (make_zip({"mimetype": b"application/epub+zip"}), Kind.OFFICE),
        (
            make_zip({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"x"}),
            Kind.XLSB,
        ),
        (
            b'<?xml version="1.0"?>\n<office:document office:mimetype='
            b'"application/vnd.oasis.opendocument.text"/>',
            Kind.FLAT_ODT,
        ),
    ],
)
def test_kinds_that_are_converted(data: bytes, kind: Kind) -> None:
    # The name is of no account: RTF is often called .doc.
    assert sniff(data, "a.doc") is kind
    assert (kind in registry.CONVERTED) is (kind is not Kind.OFFICE)


def test_encrypted_open_document() -> None:
    data = make_zip(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": b"<manifest:encryption-data/>",
        }
    )
    with pytest.raises(DocumentError) as caught:
        sources.read(data)
    assert caught.value.reason == "encrypted"


# What follows runs LibreOffice.


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The form in the formats that LibreOffice writes."""
    if soffice.find() is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    files: dict[str, bytes] = {}
    for source, data, targets in (
        ("docx", make_docx(), ("doc", "rtf", "odt", "fodt")),
        ("xlsx", make_xlsx(), ("ods", "fods")),
    ):
        for target in targets:
            (result,) = soffice.convert([data], suffix=source, target=target)
            assert result is not None, target
            files[target] = result
    return files


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["doc", "rtf", "odt", "fodt", "ods", "fods"])
def test_the_same_table(made: dict[str, bytes], name: str) -> None:
    # A wrong name must do no harm.
    document = sources.read(made[name], "a.txt")
    assert specs_of(only_table(document)) == list(FORM)
    if name not in ("ods", "fods"):
        assert document.text.startswith(TITLE)
    assert document.media_type in {way.media_type for way in WAYS.values()}
    assert document.unread == ()


@pytest.mark.libreoffice
def test_several_documents_in_one_call(made: dict[str, bytes]) -> None:
    results = soffice.convert(
        [made["doc"], b"\0" * 100, made["doc"]], suffix="doc", target="docx"
    )
    tables = [only_table(sources.read(r)) for r in (results[0], results[2]) if r]
    assert [specs_of(t) for t in tables] == [list(FORM)] * 2


@pytest.mark.libreoffice
def test_nothing_is_left_behind(made: dict[str, bytes], marks: list[str]) -> None:
    sources.read(made["doc"])
    assert marks
    assert left_behind(marks) == []


@pytest.mark.libreoffice
def test_an_encrypted_word_document(made: dict[str, bytes]) -> None:
    data = bytearray(made["doc"])
    at = data.index(b"\xec\xa5")
    data[at + 0x0B] |= 0x01
    with pytest.raises(DocumentError) as caught:
        sources.read(bytes(data))
    assert (caught.value.reason, caught.value.code) == ("encrypted", "encrypted_office")


def read_or_reason(data: bytes) -> Document | str:
    try:
        return sources.read(data)
    except DocumentError as error:
        return error.reason


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["doc", "rtf"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_cut_documents_keep_text_and_say_so(
    made: dict[str, bytes], name: str, share: float
) -> None:
    data = made[name]
    found = read_or_reason(data[: int(len(data) * share)])
    if isinstance(found, str):
        assert (share, found) == (0.3, "truncated")
        return
    assert TITLE in found.text
    assert [u.reason for u in found.unread] == ["truncated"]


@pytest.mark.libreoffice
def test_the_text_of_a_cut_word_document_is_no_table(made: dict[str, bytes]) -> None:
    lines = [p.text for p in doc_text.paragraphs(made["doc"])]
    assert lines[0] == TITLE
    assert "≥35000人" in lines
    document = sources.read(made["doc"][: len(made["doc"]) * 9 // 10])
    assert not [b for b in document.blocks if isinstance(b, Table)]


@contextlib.contextmanager
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port on this machine that notes what is asked of it."""
    hits: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = server.accept()
                hits.append(client.recv(200))
                client.close()

    threading.Thread(target=serve, daemon=True).start()
    yield server.getsockname()[1], hits
    server.close()


REMOTE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:body><office:text>
<text:p>目标<draw:frame svg:width="1cm" svg:height="1cm"><draw:image
 xlink:href="http://127.0.0.1:PORT/image.png" xlink:type="simple"/></draw:frame></text:p>
<text:section text:name="s"><text:section-source
 xlink:href="http://127.0.0.1:PORT/section.odt"/><text:p>段</text:p></text:section>
</office:text></office:body></office:document>
"""


@pytest.mark.libreoffice
@pytest.mark.parametrize("isolated", [True, False])
def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, isolated: bool) -> None:
    if soffice.find() is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    if not isolated:
        monkeypatch.setattr(soffice, "_without_network", lambda: ())
    with listener() as (port, hits):
        rtf = (
            "{\\rtf1\\ansi{\\field{\\*\\fldinst INCLUDEPICTURE "
            f'"http://127.0.0.1:{port}/x.png" }}{{\\fldrslt }}}}\\par x}}'
        )
        for data in (REMOTE.replace("PORT", str(port)).encode(), rtf.encode()):
            assert sources.read(data).text
        assert hits == []
