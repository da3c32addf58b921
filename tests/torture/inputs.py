"""Bad inputs of every kind of docs/faults.md, each with what may become of it.

A case is a file (or something that is none) below a folder named after its row of
the table. ``allowed`` are the reasons that its rows may have, None for a document
that is read without any; what is only certain not to crash has several.
"""

from __future__ import annotations

import io
import os
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from tests.helpers.archive import html_form, text_form
from tests.unit.sources.builders import make_docx, make_xls, make_xlsx, make_zip

OK = None
READ = frozenset({OK, "no_form"})
DAMAGED = READ | {"corrupt", "truncated", "empty", "unsupported", "converter_missing"}
PICTURE = frozenset({"no_form", "needs_ocr", "unsupported", "corrupt", "ocr_failed"})

Make = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """A bad input; ``make`` puts it at a path, ``inside`` are its members' names."""

    fault: int
    name: str
    make: Make
    allowed: frozenset[str | None]
    inside: tuple[str, ...] = ()
    open_ended: bool = False
    slow: bool = False

    @property
    def path(self) -> str:
        return f"fault{self.fault:02}/{self.name}"


def holding(data: bytes) -> Make:
    """Puts these bytes there."""
    return lambda file: _write(file, data)


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def case(
    fault: int, name: str, data: bytes, *allowed: str | frozenset[str | None] | None,
    **more: bool,
) -> Case:  # fmt: skip
    """A file with these bytes."""
    reasons: set[str | None] = set()
    for one in allowed:
        reasons |= one if isinstance(one, frozenset) else {one}
    return Case(fault, name, holding(data), frozenset(reasons), **more)


def cases() -> Iterator[Case]:
    """Everything, in the order of the table."""
    for part in (
        *(encrypted, damaged, long_pdf, pdf_bombs, picture_bombs, zip_bombs),
        *(unsafe_names, entities, references, macros, sheets, disguised, empty),
        *(encodings, mixed_up, controls, pages, formulas, awkward_names, hostile),
        *(murderers, no_files),
    ):
        yield from part()


# -- 1 to 3


def encrypted() -> Iterator[Case]:
    for number, user in enumerate(("geheim", "")):
        lock = pdfencrypt.StandardEncryption(user, ownerPassword="o", strength=128)
        yield case(1, f"{number}.pdf", _pdf(encrypt=lock),
                   "encrypted" if user else "no_form")  # fmt: skip
    office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    stream = "EncryptedPackage".encode("utf-16-le")
    for suffix in ("docx", "xlsx"):
        yield case(1, f"office.{suffix}", office + stream + bytes(4096), "encrypted")
    locked = bytearray(make_zip({"a.txt": b"1"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    yield Case(
        1, "locked.zip", holding(bytes(locked)), frozenset({"encrypted"}), ("a.txt",)
    )


def damaged() -> Iterator[Case]:
    whole = {
        "pdf": _pdf(pages=3), "docx": make_docx(), "xlsx": make_xlsx(),
        "xls": make_xls(), "html": html_form(1), "txt": text_form(1),
    }  # fmt: skip
    for suffix, data in whole.items():
        for percent in (10, 30, 60, 90, 99):
            cut = data[: len(data) * percent // 100]
            yield case(2, f"cut{percent}.{suffix}", cut, DAMAGED)
        for seed in range(3):
            yield case(2, f"flipped{seed}.{suffix}", _flipped(data, seed), DAMAGED,
                       "encrypted", "too_many_rows", "expands_too_much",
                       "needs_ocr")  # fmt: skip
    pdf = whole["pdf"]
    yield case(2, "junk.pdf", b"junk\n" * 50 + pdf, DAMAGED)
    yield case(2, "noxref.pdf", pdf[: pdf.rindex(b"xref")], DAMAGED)
    yield case(2, "brackets.pdf", b"%PDF-1.4\n1 0 obj\n" + b"[" * 20_000, DAMAGED)
    yield case(2, "loop.pdf", _page_tree(loop=True), DAMAGED, "needs_ocr")
    yield case(2, "deep.pdf", _page_tree(loop=False), DAMAGED, "needs_ocr")
    for suffix in ("pdf", "docx", "xlsx", "doc", "xls", "png", "zip"):
        yield case(2, f"noise.{suffix}", _noise(suffix), DAMAGED, "needs_ocr")


def long_pdf() -> Iterator[Case]:
    yield case(3, "10000.pdf", _pdf(pages=10_000), "too_many_pages", slow=True)


# -- 4 to 6


def pdf_bombs() -> Iterator[Case]:
    huge = zlib.compress(bytes(32768 * 32768 // 8), 9)
    picture = (
        b"<</Type/XObject/Subtype/Image/Width 32768/Height 32768/ColorSpace/DeviceGray"
        b"/BitsPerComponent 1/Filter/FlateDecode/Length %d>>" % len(huge)
    )
    shown = b"q 500 0 0 700 0 0 cm /I Do Q"
    yield case(4, "picture.pdf", _raw_pdf(shown, extra=(picture, huge)),
               PICTURE, "too_many_pixels", "memory", "timeout", slow=True)  # fmt: skip
    yield case(4, "wide.pdf", _raw_pdf(shown, box=b"0 0 1000000 1000000"),
               PICTURE, "empty", "too_many_pixels")  # fmt: skip
    bomb = zlib.compress(b" " * 300_000_000, 9)
    yield case(4, "flate.pdf", _raw_pdf(bomb, flate=True),
               PICTURE, "empty", "memory", "timeout", "expands_too_much",
               slow=True)  # fmt: skip


def picture_bombs() -> Iterator[Case]:
    sizes = ((100_000, 100_000), (30_000, 30_000), (0, 0), (1, 60_000), (60_000, 1))
    for width, height in sizes:
        yield case(5, f"{width}x{height}.png", _png(width, height), PICTURE,
                   "too_many_pixels", "empty")  # fmt: skip
    for kind in ("png", "jpeg", "gif", "bmp", "tiff"):
        whole = _picture(kind)
        yield case(5, f"cut.{kind}", whole[: len(whole) // 2], PICTURE, "empty")


def zip_bombs() -> Iterator[Case]:
    zeros = bytes(150 * 1024**2)
    flat = make_zip({"good.txt": text_form(2), "zeros.txt": zeros})
    yield Case(6, "flat.zip", holding(flat), frozenset({OK, "duplicate", "expands_too_much"}),
               ("good.txt", "zeros.txt"))  # fmt: skip
    nested = make_zip({"zeros.txt": bytes(1024**2)})
    for _ in range(6):
        nested = make_zip({"inner.zip": nested})
    yield Case(6, "nested.zip", holding(nested), frozenset({"nested_too_deep"}),
               open_ended=True)  # fmt: skip
    many = make_zip({f"{n}.txt": b"" for n in range(10_050)})
    yield Case(6, "many.zip", holding(many), frozenset({"too_many_entries", "empty"}),
               open_ended=True, slow=True)  # fmt: skip
    word = make_docx()
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        + b" " * 120_000_000 + b"</w:document>"
    )  # fmt: skip
    yield case(6, "inside.docx", make_zip(parts), "expands_too_much", "too_large",
               "corrupt", "empty")  # fmt: skip


# -- 7 to 11


def unsafe_names() -> Iterator[Case]:
    names = (
        *("../up.txt", "/abs.txt", "C:\\drive.txt", "a/../../b.txt", "..\\back.txt"),
        *("n" * 5_000, "/etc/passwd", "\\\\host\\share.txt"),
    )
    for number, name in enumerate(names):
        data = make_zip({name: b"evil", f"{number}.txt": text_form(40 + number)})
        yield Case(7, f"{number}.zip", holding(data), frozenset({"unsafe_path", OK, "no_form"}),
                   open_ended=True)  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    yield Case(7, "link.zip", holding(out.getvalue()), frozenset({"unsafe_path"}),
               open_ended=True)  # fmt: skip


def entities() -> Iterator[Case]:
    laughs = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">'
        for n in range(9)
    )
    for name, inner, shown in (
        ("xxe", '<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        ("http", '<!ENTITY x SYSTEM "http://127.0.0.1:LISTENER/x">', "&x;"),
        ("laughs", laughs, "&l8;"),
        ("dtd", '<!ENTITY % p SYSTEM "http://127.0.0.1:LISTENER/p"> %p;', ""),
    ):
        head = f"<!DOCTYPE r [{inner}]>"
        yield Case(
            8, f"{name}.docx", _office("word/document.xml", head, shown), DAMAGED
        )
        yield Case(8, f"{name}.xlsx", _office("xl/workbook.xml", head, shown), DAMAGED)


def references() -> Iterator[Case]:
    for name, inner in (
        ("img", '<img src="http://127.0.0.1:LISTENER/i"><p>正文</p>'),
        ("frame", '<iframe src="http://127.0.0.1:LISTENER/f"></iframe><p>正文</p>'),
        (
            "refresh",
            '<meta http-equiv=refresh content="0;http://127.0.0.1:LISTENER/r"><p>正文</p>',
        ),
        ("css", '<link rel=stylesheet href="http://127.0.0.1:LISTENER/c"><p>正文</p>'),
        ("script", '<script src="http://127.0.0.1:LISTENER/s"></script><p>正文</p>'),
    ):
        text = f"<html><body>{inner}</body></html>"
        yield Case(9, f"{name}.html", _to_listener(text), READ)
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" TargetMode="External" Target="http://127.0.0.1:LISTENER/t" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'attachedTemplate"/></Relationships>'
    )
    yield Case(
        9,
        "template.docx",
        _with_part("word/_rels/settings.xml.rels", relation),
        READ | {"duplicate"},
    )


def macros() -> Iterator[Case]:
    for suffix, whole, folder in (
        ("docm", make_docx(), "word"),
        ("xlsm", make_xlsx(), "xl"),
    ):
        data = _added(whole, f"{folder}/vbaProject.bin", _noise("doc"))
        yield case(10, f"macro.{suffix}", data, READ)


def sheets() -> Iterator[Case]:
    row = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    for name, inner in (
        ("far", f"<sheetData>{row}</sheetData>"),
        ("dimension", f'<dimension ref="A1:XFD1048576"/><sheetData>{row}</sheetData>'),
        ("merged", '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c>'
         '</row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        ("rows", "<sheetData>" + "".join(f'<row r="{n}"/>' for n in range(1, 200_000))
         + "</sheetData>"),
    ):  # fmt: skip
        yield Case(
            11,
            f"{name}.xlsx",
            _sheet(inner),
            READ | {"too_many_rows", "empty", "corrupt"},
        )


# -- 12 to 18


def disguised() -> Iterator[Case]:
    docx, xlsx, html = make_docx(), make_xlsx(), html_form(60)
    for name, data, *allowed in (
        ("word.pdf", _varied(docx, 1), READ), ("excel.docx", _varied(xlsx, 2), READ),
        ("page.doc", html, OK), ("page.xls", html_form(61), OK), ("text.pdf", text_form(62), OK),
        ("text", text_form(63), OK), ("program.doc", b"MZ" + _noise("png"), "unsupported"),
        ("pdf.txt", _pdf(text="a"), "no_form"),
    ):  # fmt: skip
        yield case(12, name, data, *allowed)


def empty() -> Iterator[Case]:
    suffixes = ("pdf", "docx", "xlsx", "doc", "xls", "txt", "html", "csv", "png", "ofd",
                "zip", "md", "jpg", "wps")  # fmt: skip
    for suffix in suffixes:
        yield case(13, f"empty.{suffix}", b"", "empty")
    yield case(13, "blank.txt", b" \n\t\r\n" * 20, "empty")


def encodings() -> Iterator[Case]:
    names = ("gbk", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32",
             "utf-8-sig", "gb2312", "hz")  # fmt: skip
    for number, name in enumerate(names):
        text = text_form(70 + number).decode()
        data = text.encode(name, "ignore")
        allowed = READ | {"corrupt", "unsupported"} if name == "hz" else READ
        yield case(14, f"{name}.txt", data, allowed)
    for declared, actual in (("utf-8", "gbk"), ("gbk", "utf-8"), ("big5", "gbk")):
        page = html_form(80).decode().replace("charset=utf-8", f"charset={declared}")
        page = page.replace("第80号", f"第{declared}号")
        yield case(14, f"{declared}-{actual}.html", page.encode(actual), OK)


def mixed_up() -> Iterator[Case]:
    text = text_form(81).decode()
    yield case(15, "mojibake.txt", text.encode().decode("latin-1").encode(), READ)
    yield case(
        15,
        "mixed.txt",
        text.encode() + text.encode("gbk"),
        READ,
        "corrupt",
        "unsupported",
    )
    yield case(15, "cut-character.txt", text.encode()[:-1] + b"\xe5", READ)
    yield case(15, "bad-bytes.txt", text.encode().replace(b"\n", b"\xff\xfe\n"), READ,
               "corrupt", "unsupported")  # fmt: skip


def controls() -> Iterator[Case]:
    for name, mark in (
        ("nul", "\0"), ("c0", "\x01\x02\x1f"), ("ansi", "\x1b[31m\x1b]0;x\x07"),
        ("bidi", "\u202e\u2066"), ("zero", "\u200b\ufeff"), ("c1", "\x85\x9b"),
    ):  # fmt: skip
        text = (
            text_form(90)
            .decode()
            .replace("项目第", f"项目{mark}第")
            .replace("90号", f"{name}号")
        )
        yield case(16, f"{name}.txt", text.encode(), READ, "unsupported", "corrupt")


def pages() -> Iterator[Case]:
    for name, inner in (
        ("script", "<script>alert(1)</script><p onclick=x()>正文</p>"),
        ("nested", "<div>" * 100_000 + "正文"),
        (
            "span",
            "<table><tr><td colspan=1000000 rowspan=1000000>正文</td></tr></table>",
        ),
        ("line", "<p>" + "正文" * 2_000_000 + "</p>"),
        ("tables", "<table><tr><td>" * 2_000 + "正文"),
    ):
        data = f"<html><body>{inner}</body></html>".encode()
        yield case(17, f"{name}.html", data, READ, "too_many_rows", "corrupt", "empty",
                   "timeout", "too_large")  # fmt: skip


def formulas() -> Iterator[Case]:
    for number, start in enumerate(("=cmd|'/c calc'!A1", "+1+1", "@SUM(A1)", "＝1+1")):
        text = text_form(100 + number).decode().replace("项目第", f"{start}第")
        text = text.replace("项目名称\t", f"项目名称\t{start}")
        yield case(18, f"{number}.txt", text.encode(), OK)


# -- 20 to 34


def awkward_names() -> Iterator[Case]:
    sql = ("'; DROP TABLE documents;--.txt", '" OR 1=1.txt', "%_.txt", "a;b.txt")
    shell = ("-rf.txt", "--db=x.txt", "$(touch rel_pwned).txt", "`touch rel_pwned`.txt",
             "a|touch rel_pwned.txt", "a&b.txt", "a b.txt", "*.txt", "新\n行.txt",
             "e\u0301.txt", "\u00e9.txt", "\u202etxt.exe.txt", "\x1b[31m.txt",
             "长" * 80 + ".txt", "{0}%s.txt", "~.txt")  # fmt: skip
    for number, name in enumerate((*sql, *shell)):
        fault = 20 if number < len(sql) else 21
        yield case(fault, name, text_form(200 + number), OK)
    yield case(21, os.fsdecode(b"\xff\xfe.txt"), text_form(230), OK)
    yield case(21, os.fsdecode("国标.txt".encode("gbk")), text_form(231), OK)


def hostile() -> Iterator[Case]:
    for name, piece, times in (
        ("digits", "1", 40_000), ("commas", "1,", 20_000), ("years", "2023年", 10_000),
        ("spaces", " ", 40_000), ("brackets", "（", 20_000), ("percent", "1%", 20_000),
        ("chinese", "一", 20_000), ("dots", "1.", 20_000), ("done", "年1月日完成", 5_000),
        ("lists", "1、", 20_000), ("ranges", "1-", 20_000), ("tabs", "\t", 20_000),
        ("newlines", "目标\n", 10_000), ("units", "1万元", 10_000),
    ):  # fmt: skip
        text = text_form(240).decode().replace("项目第240号", name)
        text = text.replace("。\t", piece * times + "。\t", 1)
        # So long a goal is not analysed, so that none of them runs out of time.
        split = name in ("tabs", "newlines")
        yield case(23, f"{name}.txt", text.encode(), *(
            (READ, "too_many_rows") if split else ("too_large",)))  # fmt: skip


def murderers() -> Iterator[Case]:
    for words, reason in (
        ("segv", "worker_crash"), ("exit 7", "worker_crash"), ("abort", "worker_crash"),
        ("kill", "worker_crash"), ("oom", "memory"), ("memory", "memory"),
        ("hang", "timeout"), ("spin", "timeout"), ("fork hang", "timeout"),
        ("fork exit 1", "worker_crash"), ("raise", "internal_error"),
    ):  # fmt: skip
        yield case(25, f"{words}.txt", f"#!mock {words}\n".encode(), reason)
    for words in ("flood", "fork", "litter", "litter fork flood"):
        yield case(25, f"{words}.txt", f"#!mock {words}\n".encode(), READ)


def no_files() -> Iterator[Case]:
    irregular = frozenset({"not_a_regular_file"})
    yield Case(34, "pipe.txt", lambda file: os.mkfifo(file), irregular)
    yield Case(34, "socket.txt", _socket, irregular)
    yield Case(34, "dangling.txt", lambda file: file.symlink_to("nowhere"), irregular)
    yield Case(34, "loop.txt", lambda file: file.symlink_to(file.name), irregular)
    yield Case(34, "secret.txt", lambda file: file.symlink_to("/etc/passwd"), irregular)
    yield Case(34, "sparse.bin", _sparse, frozenset({"too_large"}))
    yield case(34, "/".join(["d"] * 100) + "/deep.txt", text_form(250), OK)


# -- builders


def _pdf(*, pages: int = 1, text: str = "plain words", encrypt: object = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, encrypt=encrypt)
    for number in range(pages):
        canvas.drawString(100, 700, f"{text} {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _raw_pdf(
    content: bytes, *, box: bytes = b"0 0 595 842", flate: bool = False,
    extra: tuple[bytes, bytes] | None = None,
) -> bytes:  # fmt: skip
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>" % box,
        _stream(b"<<%s/Length %d>>" % (b"/Filter/FlateDecode" if flate else b"",
                                       len(content)), content),
    ]  # fmt: skip
    if extra is not None:
        objects.append(_stream(*extra))
    return _assembled(objects)


def _stream(dictionary: bytes, content: bytes) -> bytes:
    return dictionary + b"\nstream\n" + content + b"\nendstream"


def _assembled(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, start,
    )  # fmt: skip
    return bytes(out)


def _page_tree(*, loop: bool) -> bytes:
    if loop:
        return _assembled(
            [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"]
        )
    depth = 5_000
    nodes = [
        b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 3)
        for number in range(depth)
    ]
    return _assembled([b"<</Type/Catalog/Pages 2 0 R>>", *nodes,
                       b"<</Type/Page/MediaBox[0 0 9 9]>>"])  # fmt: skip


def _flipped(data: bytes, seed: int) -> bytes:
    import random

    chance = random.Random(seed)
    out = bytearray(data)
    for _ in range(40):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _noise(suffix: str) -> bytes:
    import random

    heads = {"pdf": b"%PDF-1.7\n", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04",
             "zip": b"PK\x03\x04", "png": b"\x89PNG\r\n\x1a\n"}  # fmt: skip
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return heads.get(suffix, ole) + random.Random(suffix).randbytes(3_000)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(min(30_000_000, (width + 1) * height)), 9)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows)
            + chunk(b"IEND", b""))  # fmt: skip


def _picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((300, 200), 60).convert("L").save(out, kind)
    return out.getvalue()


def _to_listener(text: str) -> Make:
    """The text with the port of the listener that the run sets up beside it."""
    return lambda file: _write(file, text.replace("LISTENER", _listener(file)).encode())


def _listener(file: Path) -> str:
    for folder in file.parents:
        if (folder / ".listener").exists():
            return (folder / ".listener").read_text()
    return "9"


def _office(part: str, head: str, shown: str) -> Make:
    whole = make_docx() if part.startswith("word") else make_xlsx()

    def put(file: Path) -> None:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        text = parts[part].decode()
        begin = text.index("?>") + 2 if text.startswith("<?xml") else 0
        body = text[begin:].replace("</w:t>", f"{shown}</w:t>", 1)
        changed = text[:begin] + head + body
        parts[part] = changed.replace("LISTENER", _listener(file)).encode()
        file.write_bytes(make_zip(parts))

    return put


def _with_part(part: str, text: str) -> Make:
    return lambda file: _write(
        file,
        _added(make_docx(), part, text.replace("LISTENER", _listener(file)).encode()),
    )


def _added(whole: bytes, part: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return make_zip({**parts, part: data})


def _varied(whole: bytes, number: int) -> bytes:
    """The same file with other bytes, so that it is no copy."""
    return _added(whole, "docProps/note.txt", str(number).encode())


def _sheet(inner: str) -> Make:
    with zipfile.ZipFile(io.BytesIO(make_xlsx())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(n for n in parts if n.startswith("xl/worksheets/"))
    parts[name] = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{inner}</worksheet>"
    ).encode()
    return holding(make_zip(parts))


def _socket(file: Path) -> None:
    # The path of a socket is at most some hundred bytes long.
    here = Path.cwd()
    os.chdir(file.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(file.name)
    finally:
        os.chdir(here)


def _sparse(file: Path) -> None:
    with file.open("wb") as out:
        out.truncate(5 * 1024**3)
