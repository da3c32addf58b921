"""Mails: the text and the attachments as members; and saved web pages (MHTML).

RFC 5322 and 2045 by the standard library; what producers do wrong with names and
charsets is put right here.
"""

from __future__ import annotations

import email
import email.errors
import email.header
import email.message
import email.policy
import re
from collections.abc import Iterator

from pipeline.errors import DocumentError
from pipeline.sources import encoding
from pipeline.sources.archives import Member, decoded_name
from pipeline.sources.limits import MAX_ENTRIES

Message = email.message.Message

DEEPEST = 50
"""Parts in parts that are looked into; mail programs nest four deep."""

_MAIL_FAILURES = (RecursionError, LookupError, TypeError, ValueError)
"""What the parser raises on hostile nesting and odd headers."""

_SUFFIXES = {"text/html": "html", "text/plain": "txt"}
_NAME = re.compile(r"filename\s*=\s*\"?([^\";\r\n]+)", re.IGNORECASE)
_BREAKS = re.compile(r"[\r\n\t/\\\0]+")


def parsed(data: bytes) -> Message:
    """The message. Raises DocumentError ``corrupt``."""
    try:
        return email.message_from_bytes(data, policy=email.policy.compat32)
    except _MAIL_FAILURES as error:
        raise DocumentError("corrupt", "corrupt_mail") from error


def mail_members(data: bytes, name: str, room: int) -> Iterator[Member]:
    """The mail's text as ``body.html`` or ``body.txt``, then its attachments.

    Where the text is there as page and as plain text, the page is taken.
    """
    taken: dict[str, int] = {}
    parts = list(_parts(parsed(data)))
    body = _body(parts)
    if body is not None:
        found = text_of(body).encode()
        suffix = _SUFFIXES[body.get_content_type()]
        yield _member(f"body.{suffix}", found, taken)
    for part in parts:
        if part is body or _is_plain_text(part):
            continue
        file, content = _file_name(part), _content(part)
        if content:
            yield _member(file, content, taken)


def page_parts(data: bytes) -> tuple[list[str], list[bytes]]:
    """The pages of an MHTML file in order, and its pictures."""
    pages: list[str] = []
    pictures: list[bytes] = []
    for part in _parts(parsed(data)):
        kind = part.get_content_type()
        if kind == "text/html":
            pages.append(text_of(part))
        elif kind.startswith("image/"):
            pictures.append(_content(part))
    return pages, pictures


def text_of(part: Message) -> str:
    """A text part, whatever its charset says."""
    content = _content(part)
    text = encoding.decode(content, part.get_content_charset())
    return content.decode("utf-8", "replace") if text is None else text


def _member(name: str, content: bytes, taken: dict[str, int]) -> Member:
    """A member; two attachments may have the same name."""
    taken[name] = taken.get(name, 0) + 1
    if taken[name] > 1:
        stem, dot, suffix = name.rpartition(".")
        name = f"{stem or suffix}-{taken[name]}{dot if stem else ''}{suffix if stem else ''}"
    return Member(name, lambda: iter([content]))


def _parts(message: Message) -> Iterator[Message]:
    """Leaves in order; an attached mail is a leaf. Without recursion."""
    stack = [(message, 0)]
    for _ in range(MAX_ENTRIES):
        if not stack:
            return
        part, depth = stack.pop()
        payload = part.get_payload()
        attached = part.get_content_type() == "message/rfc822" and depth > 0
        if isinstance(payload, list) and not attached:
            if depth < DEEPEST:
                stack += [
                    (p, depth + 1) for p in reversed(payload) if isinstance(p, Message)
                ]
        else:
            yield part


def _body(parts: list[Message]) -> Message | None:
    texts = [part for part in parts if _is_plain_text(part)]
    pages = [part for part in texts if part.get_content_type() == "text/html"]
    return next(iter(pages or texts), None)


def _is_plain_text(part: Message) -> bool:
    """Whether it is text that the mail shows, no attachment."""
    shown = part.get_content_disposition() != "attachment" and not _raw_name(part)
    return shown and part.get_content_type() in _SUFFIXES


def _content(part: Message) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list):
        # An attached mail: its own text again.
        try:
            return b"".join(p.as_bytes() for p in payload if isinstance(p, Message))
        except (*_MAIL_FAILURES, AttributeError):
            return b""
    try:
        content = part.get_payload(decode=True)
    except _MAIL_FAILURES:
        return b""
    return content if isinstance(content, bytes) else b""


def _raw_name(part: Message) -> str:
    for key, value in part.raw_items():
        # Bytes that are no ASCII come as lone surrogates, which get_filename drops.
        if key.lower() == "content-disposition" and not _is_plain(value):
            match = _NAME.search(value)
            return match.group(1) if match else ""
    try:
        return str(part.get_filename("") or "")
    except _MAIL_FAILURES:
        return ""


def _is_plain(value: object) -> bool:
    return not any("\udc80" <= char <= "\udcff" for char in str(value))


def _file_name(part: Message) -> str:
    """The name of an attachment: RFC 2231, RFC 2047 in quotes, or bare bytes."""
    name = _raw_name(part)
    if "=?" in name:
        pieces = []
        try:
            for text, charset in email.header.decode_header(name):
                pieces.append(_decoded(text, charset))
            name = "".join(pieces)
        except (email.errors.HeaderParseError, ValueError):
            pass
    name = decoded_name(name.encode("utf-8", "surrogateescape"))
    name = _BREAKS.sub(" ", name).strip()
    if name:
        return name
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return "message.eml"
    return "attachment." + re.sub(r"\W", "", kind.rpartition("/")[2] or "bin")


def _decoded(text: bytes | str, charset: str | None) -> str:
    if isinstance(text, str):
        return text
    found = encoding.decode(text, charset)
    if found is None:
        return text.decode("latin-1")
    return found
