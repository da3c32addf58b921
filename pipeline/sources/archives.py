"""The members of ZIP, 7z, tar and single compressed files, one by one."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import posixpath
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, cast

from pipeline.errors import DocumentError
from pipeline.sources.limits import MAX_RATIO, RATIO_FREE
from pipeline.sources.ooxml import ZIP_FAILURES
from pipeline.sources.sniff import Kind
from pipeline.sources.zip_repair import UTF8_FLAG, pieces

CHUNK = 256 * 1024
_ENCRYPTED_FLAG = 0x1
_HAN = re.compile(r"[\u4e00-\u9fff]")
_XZ_MEMORY = 256 * 1024**2

STREAM_FAILURES: tuple[type[Exception], ...] = (
    tarfile.TarError,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
)
"""What the standard library raises on damaged tar, gz, bz2 and xz."""


def _nothing() -> Iterator[bytes]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Member:
    """A member that is not read yet.

    ``packed`` is its size in the archive, 0 where it has none of its own; ``unsafe``
    says that it is a link or a device, ``cut`` that its end is missing, ``error`` why
    it cannot be read.
    """

    name: str
    chunks: Callable[[], Iterator[bytes]] = _nothing
    packed: int = 0
    unsafe: bool = False
    cut: bool = False
    error: DocumentError | None = None


Lister = Callable[[bytes, str, int], Iterator[Member]]
"""Members of an archive, given its bytes, its name and the bytes that all of them
may have together."""


def zip_members(data: bytes, name: str, room: int) -> Iterator[Member]:
    """Members of a ZIP; of one without its end those before the cut."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_FAILURES as error:
        yield from _zip_pieces(data)
        raise DocumentError("truncated") from error
    with archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            name = info.filename
            raw = name if info.flag_bits & UTF8_FLAG else _zip_raw(name)
            locked = info.flag_bits & _ENCRYPTED_FLAG
            yield Member(
                decoded_name(raw),
                lambda info=info: _zip_chunks(archive, info),  # type: ignore[misc]
                packed=info.compress_size,
                # zipfile ends a name at NUL; one with it is no honest name.
                unsafe=stat.S_ISLNK(info.external_attr >> 16)
                or "\0" in info.orig_filename,
                error=DocumentError("encrypted", "encrypted_zip") if locked else None,
            )


def _zip_raw(name: str) -> bytes:
    # zipfile decodes such names as cp437, which keeps every byte.
    return name.encode("cp437", errors="replace")


def _zip_chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except ZIP_FAILURES as error:
        raise DocumentError("corrupt", "corrupt_zip") from error


def _zip_pieces(data: bytes) -> Iterator[Member]:
    found = False
    for piece in pieces(data):
        found = True
        yield Member(
            decoded_name(piece.name),
            lambda piece=piece: iter([piece.data]),  # type: ignore[misc]
            cut=not piece.whole,
        )
    if not found:
        raise DocumentError("corrupt", "corrupt_zip")


def decoded_name(raw: bytes | str) -> str:
    """A name with ``/``; bytes of unknown encoding are UTF-8 or GB 18030."""
    name = raw if isinstance(raw, str) else _decoded(raw)
    return name.replace("\\", "/")


def _decoded(raw: bytes) -> str:
    found = [text for e in ("utf-8", "gb18030") if (text := _tried(raw, e))]
    if len(found) == 2 and not _HAN.search(found[0]) and _HAN.search(found[1]):
        # Some pairs of GB 18030 are letters in UTF-8 as well: 目录 is Ŀ¼.
        return found[1]
    return next(iter(found), raw.decode("cp437"))


def _tried(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def tar_members(data: bytes, name: str, room: int) -> Iterator[Member]:
    """Members of an uncompressed tar."""
    yield from _tar(io.BytesIO(data))


def _tar(file: IO[bytes]) -> Iterator[Member]:
    """Members in the order of the stream; each must be read before the next."""
    found = False
    try:
        with tarfile.open(fileobj=file, mode="r|", encoding="utf-8") as archive:
            for info in archive:
                found = True
                if info.isdir():
                    continue
                raw = info.name.encode("utf-8", "surrogateescape")
                yield Member(
                    decoded_name(raw).removeprefix("./"),
                    lambda info=info: _tar_chunks(archive, info),  # type: ignore[misc]
                    # Links and devices; also sparse files, which pretend their size.
                    unsafe=not info.isreg() or info.issparse(),
                )
    except STREAM_FAILURES as error:
        reason = "truncated" if found else "corrupt"
        raise DocumentError(reason, "corrupt_zip" if not found else None) from error


def _tar_chunks(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    try:
        file = archive.extractfile(info)
        while file is not None and (chunk := file.read(CHUNK)):
            yield chunk
    except STREAM_FAILURES as error:
        raise DocumentError("truncated") from error


def compressed_members(data: bytes, name: str, room: int) -> Iterator[Member]:
    """The one file of a gz, bz2 or xz, or the members of the tar in it."""
    with _Unpacked(data, room) as file:
        try:
            start = file.peek(512)
        except EOFError as error:
            raise DocumentError("truncated") from error
        except STREAM_FAILURES as error:
            raise DocumentError("corrupt", "corrupt_zip") from error
        if start[257:262] == b"ustar":
            yield from _tar(cast("IO[bytes]", file))
            return
        yield Member(_inner_name(data, name), lambda: _stream_chunks(file), len(data))


class _Unpacked:
    """A compressed stream that ends with an error where it grows too much."""

    def __init__(self, data: bytes, room: int) -> None:
        raw = io.BytesIO(data)
        self._most = min(room, max(RATIO_FREE, MAX_RATIO * len(data)))
        self._count = 0
        self._start = b""
        self._file: IO[bytes]
        if data.startswith(b"\x1f\x8b"):
            self._file = cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
        elif data.startswith(b"BZh"):
            self._file = cast("IO[bytes]", bz2.BZ2File(raw))
        else:
            self._file = cast("IO[bytes]", _Xz(raw))

    def __enter__(self) -> _Unpacked:
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()

    def peek(self, size: int) -> bytes:
        """The first bytes, which are read again later."""
        self._start = self._file.read(size)
        return self._start

    def read(self, size: int) -> bytes:
        """The next bytes. Raises DocumentError ``expands_too_much``."""
        if self._start:
            found, self._start = self._start[:size], self._start[size:]
        else:
            found = self._file.read(size)
        self._count += len(found)
        if self._count > self._most:
            raise DocumentError("expands_too_much")
        return found


class _Xz:
    """An xz stream with bounded memory, which ``lzma.open`` does not offer."""

    def __init__(self, raw: io.BytesIO) -> None:
        self._raw = raw
        self._machine = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    def read(self, size: int) -> bytes:
        """The next bytes, b"" at the end. Raises EOFError where it is cut."""
        while not self._machine.eof:
            more = self._raw.read(CHUNK) if self._machine.needs_input else b""
            if self._machine.needs_input and not more:
                raise EOFError
            if found := self._machine.decompress(more, size):
                return found
        return b""

    def close(self) -> None:
        """Free the memory."""
        self._raw.close()


def _stream_chunks(file: _Unpacked) -> Iterator[bytes]:
    try:
        while chunk := file.read(CHUNK):
            yield chunk
    except STREAM_FAILURES as error:
        raise DocumentError("truncated") from error


def _inner_name(data: bytes, name: str) -> str:
    """The name in the gzip header, else that of the file without its last suffix."""
    if data[:3] == b"\x1f\x8b\x08" and data[3] & 0x08 and not data[3] & 0x04:
        stored = data[10 : data.find(b"\0", 10)]
        if stored:
            return posixpath.basename(decoded_name(stored)) or "data"
    base = posixpath.basename(name.replace("\\", "/"))
    return re.sub(r"\.(gz|bz2|xz)$", "", base, flags=re.IGNORECASE) or "data"


def seven_zip_members(data: bytes, name: str, room: int) -> Iterator[Member]:
    """Members of a 7z."""
    from pipeline.sources.seven_zip import members

    yield from members(data, room)


ARCHIVES: Mapping[Kind, Lister] = {
    Kind.ZIP: zip_members,
    Kind.SEVEN_ZIP: seven_zip_members,
    Kind.TAR: tar_members,
    Kind.COMPRESSED: compressed_members,
}
