"""7z, tar, compressed files and mails as containers, good and bad."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import tarfile
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import py7zr
import pytest

from pipeline import sources
from pipeline.errors import REASONS, DocumentError
from pipeline.sources import container
from pipeline.sources.sniff import Kind, sniff
from tests.unit.sources.builders import make_docx, make_html, make_ofd, make_zip

NAME = "绩效自评表.txt"


def outcome(data: bytes, name: str = "") -> dict[str, str]:
    """Each member with its text, or its reason; the container's own under ``!``."""
    found: dict[str, str] = {}
    try:
        for entry in container.entries(data, name):
            shown = entry.data.decode("latin-1")
            found[entry.name] = entry.error.reason if entry.error else shown
    except DocumentError as error:
        found["!"] = error.reason
    return found


def seven_zip(files: dict[str, bytes], password: str | None = None) -> bytes:
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", password=password) as archive:
        for name, data in files.items():
            archive.writestr(data, name)
    return buffer.getvalue()


def tar(files: dict[str, bytes], mode: str = "w", encoding: str = "utf-8") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(
        fileobj=buffer, mode=mode, encoding=encoding, format=tarfile.GNU_FORMAT
    ) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


FILES = {"目录/a.txt": b"1", NAME: b"2", "__MACOSX/._a": b"x"}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (seven_zip(FILES), Kind.SEVEN_ZIP),
        (tar(FILES), Kind.TAR),
        (tar(FILES, encoding="gbk"), Kind.TAR),
        (tar(FILES, "w:gz"), Kind.COMPRESSED),
        (tar(FILES, "w:bz2"), Kind.COMPRESSED),
        (tar(FILES, "w:xz"), Kind.COMPRESSED),
    ],
    ids=["7z", "tar", "tar-gbk", "tar.gz", "tar.bz2", "tar.xz"],
)
def test_members(data: bytes, kind: Kind) -> None:
    assert sniff(data) is kind
    assert container.is_container(data)
    assert outcome(data) == {"目录/a.txt": "1", NAME: "2"}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_one_compressed_file_has_the_name_of_its_container(pack: object) -> None:
    assert callable(pack)
    data = pack(b"text")
    assert outcome(data, "2023/表.txt.gz") == {"表.txt": "text"}
    assert outcome(pack(b"text"), "表.txt.XZ") == {"表.txt": "text"}


def test_the_name_in_a_gzip_header() -> None:
    buffer = io.BytesIO()
    with gzip.GzipFile("/tmp/../x.txt", "wb", fileobj=buffer) as file:
        file.write(b"text")
    assert outcome(buffer.getvalue(), "a.gz") == {"x.txt": "text"}


def test_containers_in_containers() -> None:
    inner = seven_zip({"b.docx": b"2", "c.tar.gz": tar({"d.txt": b"3"}, "w:gz")})
    data = make_zip({"a.7z": inner, "e.txt": b"4"})
    assert outcome(data) == {
        "a.7z!/b.docx": "2",
        "a.7z!/c.tar.gz!/d.txt": "3",
        "e.txt": "4",
    }
    assert outcome(make_zip({"x.zip": data}))["x.zip!/a.7z!/c.tar.gz"] == (
        "nested_too_deep"
    )


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "b/../../a.txt"])
def test_unsafe_names(name: str) -> None:
    for data in (tar({name: b"x", "b.txt": b"2"}),):
        found = outcome(data)
        assert found.pop("b.txt") == "2"
        assert list(found.values()) == ["unsafe_path"]


def test_unsafe_names_in_7z_are_refused() -> None:
    # py7zr writes none, so the name is changed in a header that is not packed.
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", header_encryption=False) as archive:
        archive.set_encoded_header_mode(False)
        archive.writestr(b"x", "aa/bb.txt")
        archive.writestr(b"2", "ok.txt")
    data = buffer.getvalue()
    old, new = "aa/bb".encode("utf-16-le"), "../bb".encode("utf-16-le")
    assert old in data
    changed = bytearray(data.replace(old, new))
    import zlib

    at = 32 + int.from_bytes(changed[12:20], "little")
    size = int.from_bytes(changed[20:28], "little")
    changed[28:32] = zlib.crc32(changed[at : at + size]).to_bytes(4, "little")
    changed[8:12] = zlib.crc32(changed[12:32]).to_bytes(4, "little")
    assert outcome(bytes(changed)) == {"../bb.txt": "unsafe_path", "ok.txt": "2"}


def test_links_in_tar() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        device = tarfile.TarInfo("device")
        device.type = tarfile.CHRTYPE
        archive.addfile(device)
    assert outcome(buffer.getvalue()) == {
        "link": "unsafe_path",
        "device": "unsafe_path",
    }


def test_encrypted_7z() -> None:
    for data in (seven_zip({"a": b"1"}, password="geheim"),):
        assert outcome(data) == {"!": "encrypted"}


def test_a_7z_that_wants_too_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.sources import seven_zip as reader

    data = seven_zip(FILES)
    with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
        asked = reader._memory(archive)
    assert 2**20 <= asked <= reader.MAX_MEMORY
    monkeypatch.setattr(reader, "MAX_MEMORY", asked - 1)
    assert outcome(data) == {"!": "memory"}


ZEROS = b"\0" * 60_000_000


@pytest.mark.parametrize(
    "data",
    [
        seven_zip({"a.txt": b"1", "bomb": ZEROS}),
        tar({"a.txt": b"1", "bomb": ZEROS}, "w:gz"),
        tar({"a.txt": b"1", "bomb": ZEROS}, "w:xz"),
        gzip.compress(ZEROS),
        bz2.compress(ZEROS),
        lzma.compress(ZEROS),
    ],
    ids=["7z", "tar.gz", "tar.xz", "gz", "bz2", "xz"],
)
def test_bombs(data: bytes) -> None:
    found = outcome(data, "bomb.gz")
    assert "expands_too_much" in found.values()
    assert max(map(len, found.values())) < 100


def test_an_xz_that_wants_too_much_memory() -> None:
    data = lzma.compress(b"text" * 100, preset=9 | lzma.PRESET_EXTREME)
    from pipeline.sources import archives

    assert outcome(data, "a.xz")
    small = pytest.MonkeyPatch()
    small.setattr(archives, "_XZ_MEMORY", 1_000_000)
    try:
        assert outcome(data, "a.xz") == {"!": "corrupt"}
    finally:
        small.undo()


@pytest.mark.parametrize("share", [0.3, 0.75])
def test_cut_archives_keep_the_members_before_the_cut(share: float) -> None:
    noise = random.Random(1)
    files = {f"{n}.txt": noise.randbytes(3000).hex().encode() for n in range(9)}
    texts = {name: data.decode() for name, data in files.items()}
    for data in (make_zip(files), tar(files), tar(files, "w:gz")):
        found = outcome(data[: int(len(data) * share)])
        assert found["0.txt"] == texts["0.txt"]
        assert "truncated" in found.values()
        kept = {name: text for name, text in found.items() if text != "truncated"}
        assert kept.items() <= texts.items()
    cut = seven_zip(files)
    assert outcome(cut[: int(len(cut) * share)]) == {"!": "corrupt"}


def test_a_cut_document_at_the_end_of_a_cut_archive_is_kept() -> None:
    data = make_zip({"a.txt": b"1", "b.docx": make_docx()})
    found = list_of(data[: len(data) * 8 // 10])
    document = sources.read(found["b.docx"])
    assert [page.reason for page in document.unread] == ["truncated"]


def list_of(data: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with pytest.raises(DocumentError) as caught:
        for entry in container.entries(data):
            found[entry.name] = entry.data
    assert caught.value.reason == "truncated"
    return found


@pytest.mark.parametrize(
    "data",
    [seven_zip(FILES), tar(FILES), tar(FILES, "w:gz"), tar(FILES, "w:xz")],
    ids=["7z", "tar", "tar.gz", "tar.xz"],
)
def test_damage_never_ends_in_another_exception(data: bytes) -> None:
    whole, met = set(outcome(data).values()), set[str]()
    for start in range(0, len(data), max(1, len(data) // 60)):
        damaged = data[:start] + b"\xff\x00\x01\xfe" + data[start + 4 :]
        if container.is_container(damaged):
            met.update(outcome(damaged).values())
    assert met & REASONS
    assert not [m for m in met - REASONS - whole if len(m) >= 10]


# Mails


def mail(**attachments: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "a@example.org", "b@example.org"
    message["Subject"] = "报送2023年度绩效自评表"
    message.set_content("各位好：\n附件为自评表。\n")
    message.add_alternative("<p>各位好：附件为自评表。</p>", subtype="html")
    for name, data in attachments.items():
        message.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=name
        )
    return message


def test_a_mail_gives_its_page_and_its_attachments() -> None:
    data = mail(**{NAME: b"2", "自评表.zip": make_zip({"c.txt": b"3"})}).as_bytes()
    assert sniff(data) is Kind.MAIL
    found = {e.name: e.data for e in container.entries(data)}
    assert list(found) == ["body.html", NAME, "自评表.zip!/c.txt"]
    assert "附件为自评表" in sources.read(found["body.html"], "body.html").text


@pytest.mark.parametrize(
    "header",
    [
        b'attachment; filename="=?GBK?B?vKjQp9fUxsCx7S50eHQ=?="',
        b"attachment; filename*=GBK''%BC%A8%D0%A7%D7%D4%C6%C0%B1%ED.txt",
        b"attachment; filename*=UTF-8''%E7%BB%A9%E6%95%88%E8%87%AA%E8%AF%84%E8%A1%A8.txt",
        b'attachment; filename="' + NAME.encode("gbk") + b'"',
        b'attachment; filename="' + NAME.encode() + b'"',
    ],
    ids=["rfc2047", "rfc2231-gbk", "rfc2231", "gbk", "utf-8"],
)
def test_names_of_attachments(header: bytes) -> None:
    message = MIMEMultipart()
    message["Subject"], message["To"] = "x", "y"
    message.attach(MIMEText("text"))
    part = MIMEApplication(b"2")
    part["Content-Disposition"] = "PLACE"
    message.attach(part)
    data = message.as_bytes().replace(b"PLACE", header)
    assert list(outcome(data)) == ["body.txt", NAME]


def test_a_mail_in_a_mail() -> None:
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "a@b", "c@d", "转发"
    outer.set_content("见附件")
    outer.add_attachment(mail(**{NAME: b"2"}))
    found = outcome(outer.as_bytes())
    assert found["message.eml!/" + NAME] == "2"


def test_attachments_of_one_name() -> None:
    message = mail(**{"表.txt": b"1"})
    for data in (b"2", b"3"):
        message.add_attachment(
            data, maintype="application", subtype="octet-stream", filename="表.txt"
        )
    found = outcome(message.as_bytes())
    assert (found["表.txt"], found["表-2.txt"], found["表-3.txt"]) == ("1", "2", "3")


def test_a_mail_with_names_that_lead_outside() -> None:
    found = outcome(mail(**{"../../x.txt": b"1"}).as_bytes())
    assert found == {"body.html": found["body.html"], ".. .. x.txt": "1"}


def test_a_body_in_another_charset_than_it_says() -> None:
    data = (
        b"From: a@b\nTo: c@d\nMIME-Version: 1.0\n"
        b'Content-Type: text/plain; charset="us-ascii"\n\n'
    ) + "年度总体目标已完成".encode("gbk")
    found = {e.name: e.data.decode() for e in container.entries(data)}
    assert found == {"body.txt": "年度总体目标已完成"}


def test_parts_nested_without_end() -> None:
    depth = 2000
    opened = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"
        for n in range(depth)
    )
    data = ("From: a\nTo: b\nMIME-Version: 1.0\n" + opened).encode()
    assert set(outcome(data).values()) <= {"corrupt"}


def test_a_cut_mail_keeps_what_is_there() -> None:
    data = mail(**{"a.txt": b"1" * 300, "b.txt": b"2" * 3000}).as_bytes()
    found = outcome(data[: int(len(data) * 0.9)])
    assert found["a.txt"] == "1" * 300


@pytest.mark.parametrize(
    "text",
    [
        "项目名称：甲\n主管部门：乙\n",
        "Subject: x\n\n正文",
        "Note: a\nTitle: b\n",
        "From: a\n",
    ],
)
def test_texts_that_are_no_mail(text: str) -> None:
    assert sniff(text.encode(), "a") is Kind.TEXT


# Saved web pages


def saved_page(page: str, *, header: str = "") -> bytes:
    message = MIMEMultipart("related", type="text/html")
    message.attach(MIMEText(page, "html", "gb2312"))
    head = header or "From: <Saved by a browser>\nSubject: x\n"
    return head.encode() + message.as_bytes()


@pytest.mark.parametrize(
    "header", ["", "MIME-Version: 1.0\nX-Document-Type: Workbook\n"]
)
def test_a_saved_page_is_a_document_under_any_name(header: str) -> None:
    page = f"<html><body>{make_html()}</body></html>"
    # GB 2312 has no such sign, as pages saved by old programs.
    data = saved_page(page.replace("≥", "不低于").replace("—", "-"), header=header)
    assert sniff(data, "自评表.doc") is Kind.MHTML
    assert not container.is_container(data)
    document = sources.read(data, "自评表.doc")
    assert "体检人数" in document.text
    assert document.media_type == "multipart/related"


def test_an_empty_saved_page() -> None:
    with pytest.raises(DocumentError) as caught:
        sources.read(saved_page("<html></html>"))
    assert caught.value.reason == "empty"


def test_office_files_are_no_containers() -> None:
    assert not container.is_container(make_ofd())
    assert not container.is_container(make_docx())
