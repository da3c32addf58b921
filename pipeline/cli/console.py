"""Streams: data to stdout, everything else to stderr, UTF-8 whatever the locale."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable
from typing import TextIO

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


def say(text: str) -> None:
    """A line for people on stderr, without anything a terminal would obey."""
    for line in text.split("\n"):
        # Arguments may come in bytes that the locale could not decode.
        print(visible(storable(line)), file=sys.stderr)


def tell(code: str, lang: str, **params: object) -> None:
    """A message of models/messages.toml on stderr."""
    say(render(code, lang, **params))


def report_line(path: str, reason: str, message: str) -> None:
    """A failure as ``path<TAB>reason<TAB>message`` on one line of stderr."""
    fields = (visible(path), reason, visible(message))
    print("\t".join(fields), file=sys.stderr)


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
