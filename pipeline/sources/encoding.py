"""Bytes of a text file to text, whatever a declaration says."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARABLE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "big5-hkscs": "big5hkscs",
}
"""Declarations that are tried. Others are ignored: UTF-8 shows by itself, bytes
that show a UTF-16 declaration are not UTF-16, and every byte is Latin-1."""

_SAMPLE = 64 * 1024
_BINARY_SHARE = 0.05
"""Control bytes in a sample above which it is no text; random bytes have 0.11."""
_DAMAGE = 0.01
"""Share of undecodable places that a text may have and still be that encoding."""
_PLAUSIBLE = 0.9
_RARE = 0.25
"""Share of characters outside GB 2312 that makes GB 18030 doubtful: Big5 read as
GB 18030 has over 0.5, a Chinese form almost none."""

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\r\f\x1b")
_HZ = re.compile(rb"~\{(?:[!-}][!-~])+~\}")


def decode(data: bytes, hint: str | None = None) -> str | None:
    """The text of ``data``; None where it is no text in a known encoding.

    Order: byte order mark, UTF-16 and UTF-32 without mark, HZ, strict UTF-8,
    ``hint`` (a declared charset) if it decodes to Chinese, GB 18030 unless Big5 fits
    better, UTF-8 with a few bad bytes (cut files), line by line (files put together
    from several), then charset-normalizer. Marks inside the text are dropped.
    """
    text = _decoded(data, hint)
    return None if text is None else text.replace("\ufeff", "")


def _decoded(data: bytes, hint: str | None) -> str | None:
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = _strict(data, name)
            if text is None and bom == codecs.BOM_UTF8:
                # Editors put the mark of UTF-8 before what they did not convert.
                text = _unmarked(data[len(bom) :], hint)
            return data.decode(name, errors="replace") if text is None else text
    return _unmarked(data, hint)


def _unmarked(data: bytes, hint: str | None) -> str | None:
    if (text := _unmarked_wide(data)) is not None:
        return text
    if looks_binary(data):
        return None
    for attempt in (_hz, _utf8):
        if (text := attempt(data)) is not None:
            return text
    if (text := _declared(data, hint)) is not None:
        return text
    for attempt in (_chinese, _nearly_utf8, _line_by_line, _guess):
        if (text := attempt(data)) is not None:
            return text
    return None


def _declared(data: bytes, hint: str | None) -> str | None:
    """The text by its declaration, unless that makes rare characters of it."""
    name = _DECLARABLE.get((hint or "").lower())
    text = _strict(data, name) if name else None
    if text is None or name is None:
        return None
    charset = "gb2312" if name == "gb18030" else "big5"
    return text if _rare_share(text, charset) <= _RARE else None


def without_declaration(text: str) -> str:
    """An XML text without the declaration that may name another encoding."""
    return _DECLARATION.sub("", text.lstrip("\ufeff"))


def looks_binary(data: bytes) -> bool:
    """Whether there are more control bytes than a text would have."""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return controls > _BINARY_SHARE * len(sample)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _utf8(data: bytes) -> str | None:
    return _strict(data, "utf-8")


def _hz(data: bytes) -> str | None:
    return _strict(data, "hz") if data.isascii() and _HZ.search(data) else None


def _unmarked_wide(data: bytes) -> str | None:
    """UTF-16 and UTF-32 without mark show by NUL bytes at one side of units."""
    if b"\0" not in data[:_SAMPLE]:
        return None
    for name, unit in (
        ("utf-32-le", 4),
        ("utf-32-be", 4),
        ("utf-16-le", 2),
        ("utf-16-be", 2),
    ):
        whole = data[: len(data) // unit * unit]  # of a cut file
        if text := _strict(whole, name):
            plain = sum(map(_is_plausible, text[:4000]))
            if plain > _PLAUSIBLE * len(text[:4000]):
                return text
    return None


def _is_plausible(ch: str) -> bool:
    return (
        ch in "\t\n\r"
        or " " <= ch <= "~"
        or "\u2000" <= ch <= "\u303f"
        or "\u4e00" <= ch <= "\u9fff"
        or "\uff00" <= ch <= "\uffee"
    )


def _chinese(data: bytes) -> str | None:
    text = _strict(data, "gb18030")
    if text is not None and _rare_share(text, "gb2312") <= _RARE:
        return text
    for name in ("big5", "big5hkscs"):
        other = _strict(data, name)
        if other is not None and _rare_share(other, "big5") <= _RARE / 2:
            return other
    if text is None:
        return None
    for attempt in (_nearly_utf8, _line_by_line):
        better = attempt(data)
        if better is not None and _rare_share(better, "gb2312") <= _RARE:
            return better
    return text


def _line_by_line(data: bytes) -> str | None:
    """Each line in UTF-8 or GB 18030; None where that leaves damage."""
    lines = data.split(b"\n")
    found = [_utf8(line) or _strict(line, "gb18030") for line in lines]
    known = [text for text in found if text is not None]
    if len(known) != len(lines) or len(lines) < 2:
        return None
    text = "\n".join(known)
    return text if _rare_share(text, "gb2312") <= _RARE else None


def _rare_share(text: str, charset: str) -> float:
    """Share of wide characters outside the set's frequent Han ones.

    Kana, Greek, Cyrillic and private characters between Han ones count as rare: bytes
    of one Chinese encoding read as another are full of them.
    """
    wide = [ch for ch in text[:4000] if _is_foreign(ch) or _is_han(ch)]
    if not wide:
        return 0.0
    rare = sum(_is_foreign(ch) or not _is_frequent(ch, charset) for ch in wide)
    return rare / len(wide)


def _is_han(ch: str) -> bool:
    return "\u3400" <= ch <= "\u9fff" or ch > "\uffff"


def _is_foreign(ch: str) -> bool:
    return (
        "\u0370" <= ch <= "\u04ff"
        or "\u3040" <= ch <= "\u318f"
        or "\ue000" <= ch <= "\uf8ff"
        or "\ufe30" <= ch <= "\uff00"
        or "\uff61" <= ch <= "\uffdc"
    )


def _is_frequent(ch: str, charset: str) -> bool:
    try:
        lead = ch.encode(charset)[0]
    except UnicodeEncodeError:
        return False
    return charset != "big5" or lead <= 0xC6


def _nearly_utf8(data: bytes) -> str | None:
    text = data.decode("utf-8", errors="replace")
    wide = sum(ch > "\x7f" for ch in text)
    bad = text.count("\ufffd")
    # One cut character in a short text is damage too.
    return text if wide and bad <= max(1, _DAMAGE * wide) and bad < wide / 4 else None


def _guess(data: bytes) -> str | None:
    text = data.decode("gb18030", errors="replace")
    wide = sum(ch > "\x7f" for ch in text)
    if wide and text.count("\ufffd") <= _DAMAGE * wide:
        return text
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 8 * _SAMPLE]).best()
    return None if best is None else data.decode(best.encoding, errors="replace")
