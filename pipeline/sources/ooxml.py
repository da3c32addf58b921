"""The ZIP and XML below DOCX, XLSX and OFD, opened so that nothing is fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.errors import DocumentError
from pipeline.sources.limits import MAX_EXPANDED, MAX_PART
from pipeline.sources.zip_repair import Piece, pieces

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}"

ZIP_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a compression method that zipfile does not know
    RuntimeError,  # an encrypted member
    ValueError,  # offsets that point before the file
    OSError,
)
"""What zipfile raises on damaged archives; it has no common base class."""

# How XML is parsed: nothing fetched, nothing expanded, nothing but elements.
_HARMLESS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Package:
    """An office file of XML in ZIP. ``code`` names the message where it is broken.

    ``cut`` says that the end of the file is missing: parts before the cut are there,
    and of a tree that was cut what could be parsed.
    """

    def __init__(self, data: bytes, *, code: str) -> None:
        """Open the archive; raises DocumentError ``corrupt``, ``expands_too_much``."""
        self._code = code
        self.cut = False
        self._pieces: dict[str, Piece] = {}
        self._names: dict[str, zipfile.ZipInfo] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_FAILURES as error:
            self.cut = True
            self._pieces = {_key(p.name.decode("cp437")): p for p in pieces(data)}
            if not self._pieces:
                raise self.broken() from error
            return
        self._names = {_key(i.filename): i for i in self._zip.infolist()}
        if sum(i.file_size for i in self._zip.infolist()) > MAX_EXPANDED:
            raise DocumentError("expands_too_much")

    def broken(self) -> DocumentError:
        """The error to raise where the file is not what it should be."""
        return DocumentError("truncated") if self.cut else self._broken()

    def _broken(self) -> DocumentError:
        return DocumentError("corrupt", self._code)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _key(name) in self._names or _key(name) in self._pieces

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, of one that was cut what there is; None without one."""
        if (piece := self._pieces.get(_key(name))) is not None:
            return piece.data
        info = self._names.get(_key(name))
        if info is None:
            return None
        if info.file_size > MAX_PART:
            raise DocumentError("expands_too_much")
        try:
            return self._zip.read(info)
        except ZIP_FAILURES as error:
            raise self.broken() from error

    def tree(self, name: str) -> etree._Element | None:
        """The root of an XML part; None where the part is missing."""
        data = self.part(name)
        if data is None:
            return None
        return parsed(data, self.broken(), recover=self._is_part_cut(name))

    def _is_part_cut(self, name: str) -> bool:
        piece = self._pieces.get(_key(name))
        return piece is not None and not piece.whole

    def elements(self, name: str, *tags: str) -> Iterator[etree._Element]:
        """The elements with one of these names as they end, in document order.

        The caller clears what it has used; for parts too large for a tree.
        """
        data = self.part(name)
        if data is None:
            raise self.broken()
        if b"<!DOCTYPE" in data[:4096]:
            raise self.broken()
        events = etree.iterparse(
            io.BytesIO(data),
            tag=["{*}" + tag for tag in tags],
            recover=self._is_part_cut(name),
            **_HARMLESS,
        )
        try:
            for _, element in events:
                yield element
        except etree.XMLSyntaxError as error:
            raise self.broken() from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (last word of its type, name of the target part)."""
        folder, file = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", file + ".rels"))
        if root is None:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for relation in root.iter(RELATIONSHIP + "Relationship"):
            if relation.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(
                posixpath.join("/" + folder, relation.get("Target", ""))
            )
            kind = relation.get("Type", "").rpartition("/")[2]
            found[relation.get("Id", "")] = (kind, target.lstrip("/"))
        return found

    def main_part(self) -> str:
        """The name of the document or workbook part."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument":
                return target
        raise self.broken()


def parsed(
    data: bytes, broken: DocumentError, *, recover: bool = False
) -> etree._Element | None:
    """The root of an XML text; ``recover`` takes what there is of a cut one.

    None where nothing is left of it. Raises ``broken`` for anything else.
    """
    parser = etree.XMLParser(recover=recover, **_HARMLESS)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise broken from error
    if root is None:  # nothing to recover
        return None
    if root.getroottree().docinfo.internalDTD is not None:
        # No writer of office files declares entities; only attacks do.
        raise broken
    return root


def _key(name: str) -> str:
    """Names differ in case and slashes between the list and those who refer to it."""
    return name.replace("\\", "/").lower().lstrip("/")


def local(element: etree._Element) -> str:
    """The element's name without its namespace (strict files use another one)."""
    return str(element.tag).rpartition("}")[2]
