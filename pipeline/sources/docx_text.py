"""The text of a Word paragraph as shown, and what floats beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from pipeline.sources.ooxml import local

TEXT_BOX = "txbxContent"

_SKIPPED = frozenset(
    # Deleted or moved away, field codes, properties, older renderings, pronunciation.
    ["del", "moveFrom", "delText", "instrText", "pPr", "rPr", "Fallback", "rt", "tbl"]
)
_FIXED = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
}
_SYMBOL = {
    0xA3: "≤",
    0xB3: "≥",
    0xB1: "±",
    0xB4: "×",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xA5: "∞",
}
_WINGDINGS = {0xFE: "☑", 0xA8: "□", 0x6F: "□", 0xFC: "✓", 0x52: "☑"}
"""Characters of symbol fonts that forms use: comparators and check boxes."""


@dataclass(slots=True)
class Text:
    """Text of one paragraph; ``boxes`` are text boxes anchored in it."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All pieces in order."""
        return "".join(self.pieces)


def own_text(paragraph: etree._Element) -> Text:
    """The paragraph's text: insertions kept, deletions and hidden runs left out."""
    found = Text()
    _collect(paragraph, found)
    return found


def _collect(parent: etree._Element, found: Text) -> None:
    for element in parent:
        tag = local(element)
        if tag in ("t",):
            found.pieces.append(element.text or "")
        elif tag in _FIXED:
            found.pieces.append(_FIXED[tag])
        elif tag == "sym":
            found.pieces.append(_symbol(element))
        elif tag == TEXT_BOX:
            found.boxes.append(element)
        elif tag in _SKIPPED or (tag == "r" and _is_hidden(element)):
            continue
        else:
            _collect(element, found)


def _is_hidden(run: etree._Element) -> bool:
    for vanish in run.iterfind("{*}rPr/{*}vanish"):
        return attribute(vanish, "val").lower() not in ("0", "false", "off")
    return False


def _symbol(element: etree._Element) -> str:
    try:
        code = int(attribute(element, "char"), 16) & 0xFF
    except ValueError:
        return ""
    font = attribute(element, "font").lower()
    table = _WINGDINGS if font.startswith("wingdings") else _SYMBOL
    return table.get(code, "")


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its local name (its namespace differs in strict files)."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""
