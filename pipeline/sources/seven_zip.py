"""7z by py7zr, into memory and within limits."""

from __future__ import annotations

import io
import lzma
import struct
from collections.abc import Iterator

import py7zr
from py7zr.exceptions import ArchiveError, PasswordRequired
from py7zr.io import Py7zIO, WriterFactory

from pipeline.errors import DocumentError
from pipeline.sources.archives import Member, decoded_name
from pipeline.sources.limits import MAX_RATIO, RATIO_FREE

MAX_MEMORY = 512 * 1024**2
"""Bytes that unpacking may take beside the files; 7-Zip's own highest level, ultra,
takes 64 MB."""

_LZMA, _LZMA2, _PPMD = b"\x03\x01\x01", b"\x21", b"\x03\x04\x01"

SEVEN_ZIP_FAILURES: tuple[type[Exception], ...] = (
    ArchiveError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    lzma.LZMAError,
    OSError,
    RuntimeError,
    struct.error,
    TypeError,
    ValueError,
)
"""What py7zr raises on damaged archives, its own and the interpreter's."""


def members(data: bytes, room: int) -> Iterator[Member]:
    """Members in archive order; those after damage or a limit with their error.

    Raises DocumentError ``encrypted`` and ``corrupt`` where nothing can be listed.
    """
    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            if archive.needs_password():
                raise DocumentError("encrypted", "encrypted_zip")
            if _memory(archive) > MAX_MEMORY:
                raise DocumentError("memory")
            files = [f for f in archive.files if not f.is_directory]
            plain = [f for f in files if _is_plain(f)]
            unpacked = _Unpacked(min(room, max(RATIO_FREE, MAX_RATIO * len(data))))
            failure = _extract(archive, [f.filename for f in plain], unpacked)
    except PasswordRequired as error:
        raise DocumentError("encrypted", "encrypted_zip") from error
    except MemoryError as error:
        raise DocumentError("memory") from error
    except SEVEN_ZIP_FAILURES as error:
        raise DocumentError("corrupt", "corrupt_zip") from error
    written = iter(unpacked.files)
    for file in files:
        name = decoded_name(file.filename)
        if not _is_plain(file):
            yield Member(name, unsafe=True)
            continue
        found = next(written, None)
        if found is None or found.size() != (file.uncompressed or 0):
            yield Member(name, error=failure or DocumentError("corrupt", "corrupt_zip"))
            continue
        yield Member(name, lambda found=found: iter([found.content()]))  # type: ignore[misc]


def _memory(archive: py7zr.SevenZipFile) -> int:
    """Bytes that the decoders ask for, by their properties (7zFormat.txt)."""
    streams = getattr(archive.header, "main_streams", None)
    folders = streams.unpackinfo.folders if streams is not None else ()
    most = 0
    for coder in (coder for folder in folders for coder in folder.coders):
        method, given = coder["method"], coder.get("properties") or b""
        if method == _LZMA2 and given:
            most = max(most, (2 | given[0] & 1) << (given[0] // 2 + 11))
        elif method in (_LZMA, _PPMD) and len(given) >= 5:
            most = max(most, int.from_bytes(given[1:5], "little"))
    return most


def _is_plain(file: object) -> bool:
    """Whether it is a file with an honest name; py7zr refuses all for one other."""
    name = decoded_name(str(getattr(file, "filename", "")))
    odd = any(
        getattr(file, kind, False)
        for kind in ("is_symlink", "is_junction", "is_socket")
    )
    return not odd and not name.startswith("/") and ".." not in name.split("/")


def _extract(
    archive: py7zr.SevenZipFile, names: list[str], unpacked: _Unpacked
) -> DocumentError | None:
    """Unpack as far as it goes; the error that ended it."""
    try:
        archive.extract(targets=names, factory=unpacked)
    except DocumentError as error:
        return error
    except SEVEN_ZIP_FAILURES:
        return DocumentError("corrupt", "corrupt_zip")
    return None


class _Unpacked(WriterFactory):
    """The files in memory, together at most ``most`` bytes."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.files: list[_File] = []

    def create(self, filename: str) -> Py7zIO:
        """A new file; they come in the order of the archive."""
        self.files.append(_File(self))
        return self.files[-1]


class _File(Py7zIO):
    """One file that is being unpacked."""

    def __init__(self, archive: _Unpacked) -> None:
        self._archive = archive
        self._buffer = io.BytesIO()

    def content(self) -> bytes:
        """All of it."""
        return self._buffer.getvalue()

    def write(self, s: bytes | bytearray) -> int:
        """Take a portion. Raises DocumentError ``expands_too_much``."""
        self._archive.left -= len(s)
        if self._archive.left < 0:
            raise DocumentError("expands_too_much")
        return self._buffer.write(s)

    def read(self, size: int | None = None) -> bytes:
        """Part of it."""
        return self._buffer.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        return self._buffer.seek(offset, whence)

    def flush(self) -> None:
        """Nothing is held back."""

    def size(self) -> int:
        """Bytes so far."""
        return len(self._buffer.getbuffer())
