"""What an OFD file holds: documents, pages with their templates, resources.

GB/T 33190-2016 chapter 7. Lengths are millimetres, y grows downwards. Elements are
found by their local name: producers write them with the prefix ofd or without.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import DocumentError
from pipeline.sources.limits import MAX_PAGES
from pipeline.sources.ooxml import Package, local

Box = tuple[float, float, float, float]
"""x, y, width, height in millimetres."""

A4: Box = (0.0, 0.0, 210.0, 297.0)

MARK = "OFD.xml"


@dataclass(slots=True)
class Resources:
    """Fonts, pictures and drawings of a document by their id."""

    fonts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    drawings: dict[str, etree._Element] = field(default_factory=dict)
    line_widths: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: its area and the contents drawn on it, templates first."""

    area: Box
    contents: tuple[etree._Element, ...]
    resources: Resources


def opened(data: bytes) -> Package:
    """The package. Raises DocumentError ``corrupt``, ``encrypted``."""
    package = Package(data, code="corrupt_ofd")
    if package.has("Encryptions.xml"):
        raise DocumentError("encrypted", "encrypted_ofd")
    return package


def leaves(package: Package) -> Iterator[Leaf | str]:
    """Each page of each document in order, or a reason why it is not there.

    Raises DocumentError ``corrupt`` where there is no list of pages.
    """
    root = package.tree(MARK)
    if root is None:
        raise package.broken()
    count = 0
    for body in children(root, "DocBody"):
        for leaf in _document(package, child_text(body, "DocRoot")):
            count += 1
            if count > MAX_PAGES:
                yield "too_many_pages"
                return
            yield leaf


def _document(package: Package, location: str) -> Iterator[Leaf | str]:
    path = located(package, MARK, location)
    root = package.tree(path)
    if root is None:
        yield "truncated" if package.cut else "corrupt"
        return
    common = child(root, "CommonData")
    resources = Resources()
    templates: dict[str, str] = {}
    area = A4
    if common is not None:
        area = _area(child(common, "PageArea")) or A4
        for part in common:
            if local(part) in ("PublicRes", "DocumentRes"):
                _add(package, located(package, path, part.text or ""), resources)
            elif local(part) == "TemplatePage":
                base = located(package, path, part.get("BaseLoc", ""))
                templates[part.get("ID", "")] = base
    pages = child(root, "Pages")
    for page in children(pages, "Page") if pages is not None else ():
        where = located(package, path, page.get("BaseLoc", ""))
        yield _leaf(package, where, templates, area, resources)


def _leaf(
    package: Package,
    path: str,
    templates: dict[str, str],
    area: Box,
    resources: Resources,
) -> Leaf | str:
    try:
        root = package.tree(path)
    except DocumentError as error:
        return error.reason
    if root is None:
        return "truncated" if package.cut else "corrupt"
    for part in children(root, "PageRes"):
        _add(package, located(package, path, part.text or ""), resources)
    contents: list[etree._Element] = []
    for used in children(root, "Template"):
        base = templates.get(used.get("TemplateID", ""))
        template = _tree(package, base) if base else None
        if template is not None:
            contents += children(template, "Content")
            for part in children(template, "PageRes"):
                where = located(package, str(base), part.text or "")
                _add(package, where, resources)
    contents += children(root, "Content")
    return Leaf(_area(child(root, "Area")) or area, tuple(contents), resources)


def _tree(package: Package, path: str) -> etree._Element | None:
    """A part that a page can do without."""
    try:
        return package.tree(path)
    except DocumentError:
        return None


def _add(package: Package, path: str, resources: Resources) -> None:
    root = _tree(package, path)
    if root is None:
        return
    folder = root.get("BaseLoc", "")
    for group in root:
        for item in group:
            number = item.get("ID", "")
            kind = local(item)
            file = child_text(item, "FontFile" if kind == "Font" else "MediaFile")
            where = _in_folder(package, path, folder, file) if file else ""
            if kind == "Font":
                resources.fonts[number] = where
            elif kind == "MultiMedia":
                resources.pictures[number] = where
            elif kind == "CompositeGraphicUnit":
                resources.drawings[number] = item
            elif kind == "DrawParam":
                resources.line_widths[number] = number_of(item.get("LineWidth"), 0.0)


def _in_folder(package: Package, path: str, folder: str, file: str) -> str:
    inside = located(package, path, posixpath.join(folder, file))
    return inside if package.has(inside) else located(package, path, file)


def located(package: Package, base: str, location: str) -> str:
    """A location to a name in the package.

    One with a slash in front counts from the root, another from the file it
    stands in; some producers leave the slash out, so the root is tried too.
    """
    plain = location.strip().replace("\\", "/")
    relative = posixpath.normpath(posixpath.join(posixpath.dirname(base), plain))
    absolute = posixpath.normpath(plain.lstrip("/"))
    first, second = (
        (absolute, relative) if plain.startswith("/") else (relative, absolute)
    )
    return first if package.has(first) or not package.has(second) else second


def _area(element: etree._Element | None) -> Box | None:
    """The sheet of paper; other boxes lie inside it."""
    if element is None:
        return None
    return box_of(child_text(element, "PhysicalBox"))


def box_of(text: str | None) -> Box | None:
    """Four numbers; None for anything else."""
    values = numbers_of(text)
    if len(values) != 4 or values[2] <= 0 or values[3] <= 0:
        return None
    return values[0], values[1], values[2], values[3]


def numbers_of(text: str | None) -> list[float]:
    """Numbers apart by white space; what is none ends the list."""
    found: list[float] = []
    for word in (text or "").replace(",", " ").split():
        try:
            value = float(word)
        except ValueError:
            break
        if not abs(value) < 1e12:  # also what is no number
            break
        found.append(value)
    return found


def number_of(text: str | None, otherwise: float) -> float:
    """The first number of a text."""
    return next(iter(numbers_of(text)), otherwise)


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """Children by their local name."""
    return [part for part in element if local(part) == name]


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first such child."""
    return next(iter(children(element, name)), None)


def child_text(element: etree._Element, name: str) -> str:
    """The text of the first such child, "" without one."""
    found = child(element, name)
    return (found.text or "").strip() if found is not None else ""
