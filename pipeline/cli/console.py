"""Streams: data to stdout, everything else to stderr, UTF-8 whatever the locale.

What goes to stderr is written for people, or, after ``use_json``, for programs.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable
from typing import TextIO

from pipeline.cli.logs import json_line
from pipeline.messages import render
from pipeline.runner.naming import storable, visible

# Quantities and Latin words stay whole when a line is folded, and no line begins
# with a mark that closes.
_UNBREAKABLE = re.compile(
    r"(?:[≥≤><＞＜]?[0-9A-Za-z.,%:+/-]+|.)[，。；：！？、）」』”’》〉】]*", re.DOTALL
)


def use_utf8() -> None:
    """Set both streams to UTF-8; what cannot be written is escaped, never fatal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class _Manner:
    """How stderr speaks; one process has one stderr."""

    json = False


def use_json(on: bool) -> None:
    """Write stderr as a log for programs (``--log-format json``) from now on."""
    _Manner.json = on


def speaks_json() -> bool:
    """Whether stderr is a log for programs."""
    return _Manner.json


def note(event: str, *, level: str = "info", **fields: object) -> None:
    """A line for programs on stderr."""
    print(json_line(event, level=level, **fields), file=sys.stderr, flush=True)


def say(text: str, *, event: str = "message", level: str = "info") -> None:
    """A line for people on stderr, without anything a terminal would obey."""
    if _Manner.json:
        note(event, level=level, message=storable(text))
        return
    for line in text.split("\n"):
        # Arguments may come in bytes that the locale could not decode.
        print(visible(storable(line)), file=sys.stderr)


def tell(code: str, lang: str, level: str = "info", /, **params: object) -> None:
    """A message of models/messages.toml on stderr."""
    if _Manner.json:
        given = {k: storable(v) if isinstance(v, str) else v for k, v in params.items()}
        message = storable(render(code, lang, **params))
        note(code, level=level, **given | {"message": message})
        return
    say(render(code, lang, **params))


def report_line(path: str, reason: str, message: str, *, status: str) -> None:
    """A failure as ``path<TAB>reason<TAB>message`` on one line of stderr."""
    if _Manner.json:
        report(path, status=status, reason=reason, message=message)
        return
    fields = (visible(path), reason, visible(message))
    print("\t".join(fields), file=sys.stderr)


def report(path: str, *, status: str, **fields: object) -> None:
    """What became of a document, as a line for programs."""
    level = {"failed": "error", "partial": "warning"}.get(status, "info")
    note("document", level=level, document=path, status=status, **fields)


def put(lines: Iterable[str], stream: TextIO | None = None) -> None:
    """Lines of data on stdout (or ``stream``)."""
    out = stream or sys.stdout
    for line in lines:
        out.write(line + "\n")


def flush() -> None:
    """Write out what is buffered, so that a full disk or closed pipe shows now."""
    sys.stdout.flush()


def discard_stdout() -> None:
    """The reader of our output went away: let the interpreter end in peace."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())


def fold(text: str, width: int) -> str:
    """Text on lines of at most ``width`` terminal cells, no number cut in two.

    Chinese characters take two cells. A number longer than a line is cut after all.
    """
    from rich.cells import cell_len, chop_cells

    lines: list[str] = []
    for part in text.split("\n"):
        line, used = "", 0
        for piece in _UNBREAKABLE.findall(visible(part)):
            size = cell_len(piece)
            if piece == " " and not line and lines:
                continue  # no blank at the head of a folded line
            if used + size > width and line:
                lines.append(line.rstrip(" "))
                line, used = "", 0
            if size > width:
                *full, piece = chop_cells(piece, width)
                lines.extend(full)
                size = cell_len(piece)
            line += piece
            used += size
        lines.append(line.rstrip(" "))
    return "\n".join(lines)
