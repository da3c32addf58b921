"""Lines for programs: one JSON object a line, with time, level, event, document."""

from __future__ import annotations

import logging
import sys
import warnings
from datetime import UTC, datetime

from pipeline.core.plain import dump_json
from pipeline.messages import hide_secrets
from pipeline.runner.naming import INVISIBLE

_LEVELS = {"CRITICAL": "error"}


def json_line(event: str, *, level: str = "info", **fields: object) -> str:
    """A line of the log; numbers stay numbers, everything else becomes text.

    ``time`` is UTC in ISO 8601. Controls and marks that would change how a
    terminal looks are escaped, passwords starred out.
    """
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    line: dict[str, object] = {
        "time": time.replace("+00:00", "Z"),
        "level": level,
        "event": event,
    }
    line |= {key: _plain(value) for key, value in fields.items()}
    return INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", dump_json(line))


def _plain(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return hide_secrets(str(value))


class JsonFormatter(logging.Formatter):
    """Records of ``logging`` as lines of the log.

    ``event`` and ``document`` come from ``extra``; the event is else the name of
    the logger. Without ``debug`` neither tracebacks nor anything after the first
    line gets out.
    """

    def __init__(self, *, debug: bool) -> None:
        super().__init__()
        self.debug = debug

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object."""
        message = record.getMessage()
        fields: dict[str, object] = {}
        if document := getattr(record, "document", None):
            fields["document"] = document
        if self.debug and record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        fields["message"] = message if self.debug else message.split("\n", 1)[0]
        return json_line(
            str(getattr(record, "event", record.name)),
            level=_LEVELS.get(record.levelname, record.levelname.lower()),
            **fields,
        )


class TextFormatter(logging.Formatter):
    """Python's own form, without passwords."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, traceback included."""
        return hide_secrets(super().format(record))


def set_up(*, json: bool, debug: bool) -> None:
    """Decide what ``logging`` says on stderr.

    Libraries only speak up under ``debug``, and then only of what went wrong. Our
    own packages tell everything under ``debug``, what happens in a JSON log.
    """
    handler = logging.StreamHandler(sys.stderr)
    form = "%(levelname)s:%(name)s:%(message)s"
    handler.setFormatter(JsonFormatter(debug=debug) if json else TextFormatter(form))
    level = logging.WARNING if debug else logging.CRITICAL
    logging.basicConfig(level=level, handlers=[handler], force=True)
    own = logging.DEBUG if debug else logging.INFO if json else logging.NOTSET
    logging.getLogger("pipeline").setLevel(own)
    if not debug and not sys.warnoptions:
        warnings.simplefilter("ignore")
