"""``jixiao analyze``: texts in as JSON Lines, records out, line by line."""

from __future__ import annotations

import codecs
import json
import logging
import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NoReturn

from pipeline.api import Settings, analyze
from pipeline.cli import console
from pipeline.cli.context import Chosen
from pipeline.core.plain import dump_json
from pipeline.errors import DocumentError, ExitCode, NoInputError, PipelineError
from pipeline.messages import explain

log = logging.getLogger(__name__)

Scalar = str | int | float | bool | None

_TEXTS = ("goal_text", "outcome_text")
_ROW_TEXTS = ("level1", "level2", "name", "target_text", "actual_text", "deviation")
_ROW_NUMBERS = ("weight", "score")


def analyze_file(file: str, *, chosen: Chosen) -> int:
    """Analyse every line of ``file`` (``-``: standard input)."""
    settings = chosen.settings()
    failed = False
    with _source(file) as lines:
        for answer, fine in answers(lines, settings, chosen.lang):
            console.put([answer])
            failed = failed or not fine
    return ExitCode.SOME_FAILED if failed else ExitCode.OK


def answers(
    lines: Iterable[bytes], settings: Settings, lang: str = "zh"
) -> Iterator[tuple[str, bool]]:
    """A line of JSON for each input line that is not blank, and whether it is fine."""
    for number, line in enumerate(lines, start=1):
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if line.strip():
            yield _answer(line, number, settings, lang)


def _answer(
    line: bytes, number: int, settings: Settings, lang: str
) -> tuple[str, bool]:
    ident: Scalar = None
    try:
        entry = _parse(line)
        ident = _ident(entry)
        _check(entry)
        record = analyze(
            goal_text=_text(entry, "goal_text"),
            outcome_text=_text(entry, "outcome_text"),
            indicators=_indicators(entry),
            year=_year(entry),
            id=ident,
            config=settings,
        )
        return record.to_json(), True
    except DocumentError as error:
        return _refusal(ident, number, error, lang), False
    except PipelineError:
        raise  # bad rules or configuration: no line would do better
    except Exception as error:  # one line must not take the others with it
        log.error("line %s", number, exc_info=error)
        return _refusal(ident, number, DocumentError("internal_error"), lang), False


def _refusal(ident: Scalar, line: int, error: DocumentError, lang: str) -> str:
    told = {"reason": error.reason, "message": explain(error, lang)}
    return dump_json({"id": ident, "line": line, "error": told})


def _parse(line: bytes) -> Mapping[str, object]:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError("corrupt", "analyze_not_utf8") from error
    try:
        entry = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise DocumentError("corrupt", "analyze_not_json") from error
    if not isinstance(entry, dict):
        raise DocumentError("corrupt", "analyze_not_object")
    return entry


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _ident(entry: Mapping[str, object]) -> Scalar:
    ident = entry.get("id")
    if isinstance(ident, float) and not math.isfinite(ident):
        _wrong("id", "a number")
    if ident is None or isinstance(ident, str | int | float | bool):
        return ident
    return _wrong("id", "string / number / true / false / null")


def _check(entry: Mapping[str, object]) -> None:
    # A null text says "not found"; only without both keys is there nothing to do.
    if not any(key in entry for key in _TEXTS):
        raise DocumentError("empty", "analyze_no_text")


def _text(
    entry: Mapping[str, object], key: str, field: str | None = None
) -> str | None:
    value = entry.get(key)
    if value is None or isinstance(value, str):
        return value
    return _wrong(field or key, "string / null")


def _year(entry: Mapping[str, object]) -> int | None:
    year = entry.get("year")
    if isinstance(year, str) and year.strip().isdecimal():
        return int(year)
    if year is None or (isinstance(year, int) and not isinstance(year, bool)):
        return year
    return _wrong("year", "integer / null")


def _indicators(entry: Mapping[str, object]) -> list[dict[str, object]]:
    rows = entry.get("indicators")
    if rows is None:
        return []
    if not isinstance(rows, list):
        return _wrong("indicators", "array / null")
    return [_indicator(row, f"indicators[{i}]") for i, row in enumerate(rows)]


def _indicator(row: object, field: str) -> dict[str, object]:
    if not isinstance(row, dict):
        return _wrong(field, "object")
    result: dict[str, object] = {}
    for key in _ROW_TEXTS:
        result[key] = _text(row, key, f"{field}.{key}")
    for key in _ROW_NUMBERS:
        value = row.get(key)
        if _is_number(value):
            value = str(value)
        if value is not None and not isinstance(value, str):
            _wrong(f"{field}.{key}", "string / number / null")
        result[key] = value
    return result


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value)


def _wrong(field: str, expected: str) -> NoReturn:
    raise DocumentError("corrupt", "analyze_bad_field", field=field, expected=expected)


@contextmanager
def _source(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    path = Path(file)
    if not path.exists() or path.is_dir():
        raise NoInputError("input_not_found", path=file)
    with path.open("rb") as stream:
        yield stream
