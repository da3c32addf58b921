"""Annotated corpora: one ``analyze`` input with ``gold`` per line (docs/record.md)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import ConfigError, NoInputError

Span = tuple[int, int]
Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """An annotated quantity: its span and the tuple that must be right."""

    span: Span
    value: tuple[str, Decimal, Decimal | None, str | None]


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """An annotated goal statement."""

    span: Span
    kind: str
    vague: bool
    has_outcome: bool


@dataclass(frozen=True, slots=True)
class GoldRow:
    """An annotated indicator row."""

    target: tuple[str, Decimal, Decimal | None, str | None] | None
    status: str


@dataclass(frozen=True, slots=True)
class GoldForm:
    """One annotated form: the input as given and what is right about it."""

    id: str
    input: Mapping[str, Any]
    targets: tuple[GoldQuantity, ...]
    outcomes: tuple[GoldQuantity, ...]
    links: Mapping[int, tuple[frozenset[int], str]]
    unmatched: frozenset[int]
    statements: tuple[GoldStatement, ...]
    rows: tuple[GoldRow, ...]


def corpus_files(path: Path) -> tuple[Path, ...]:
    """A corpus file, or every ``*.jsonl`` of a folder in name order."""
    if path.is_file():
        return (path,)
    files = tuple(sorted(path.glob("*.jsonl"))) if path.is_dir() else ()
    if not files:
        raise NoInputError("corpus_missing", path=path.name)
    return files


def read_corpus(path: Path) -> Iterator[GoldForm]:
    """Yield the forms of one file. Raises ConfigError naming a broken line."""
    return read_entries(path, _form)


def read_entries(
    path: Path, parse: Callable[[Mapping[str, Any]], Parsed]
) -> Iterator[Parsed]:
    """Yield every JSON line of a file, parsed; blank lines do not count.

    Raises ConfigError naming a line that is no JSON or that ``parse`` refuses.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield parse(json.loads(line, parse_float=Decimal))
            except (ValueError, KeyError, TypeError) as error:
                raise _refusal(error, path.name, number) from error


def _refusal(error: Exception, name: str, line: int) -> ConfigError:
    """What is wrong with a line of a corpus, in words that say what to write."""
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
        return ConfigError("corpus_line_not_json", name=name, line=line)
    if isinstance(error, KeyError):
        key = str(error.args[0])
        return ConfigError("corpus_line_lacks", name=name, line=line, key=key)
    return ConfigError("corpus_line_invalid", name=name, line=line, detail=str(error))


def _form(entry: Mapping[str, Any]) -> GoldForm:
    gold = entry["gold"]
    return GoldForm(
        id=str(entry.get("id")),
        input=entry,
        targets=tuple(map(_quantity, gold["targets"])),
        outcomes=tuple(map(_quantity, gold["outcomes"])),
        links=_links(gold),
        unmatched=frozenset(gold["unmatched_targets"]),
        statements=tuple(
            GoldStatement(
                (s["start"], s["end"]), s["kind"], s["vague"], s["has_outcome"]
            )
            for s in gold["goal_statements"]
        ),
        rows=tuple(
            GoldRow(_tuple(row["target"]) if row["target"] else None, row["status"])
            for row in gold.get("indicators", ())
        ),
    )


def _links(gold: Mapping[str, Any]) -> dict[int, tuple[frozenset[int], str]]:
    links = {
        link["target"]: (frozenset(link["outcomes"]), link["verdict"])
        for link in gold["links"]
        if link["outcomes"]
    }
    outcomes = {o for members, _ in links.values() for o in members}
    for indexes, side in (
        ({*links, *gold["unmatched_targets"]}, "targets"),
        (outcomes, "outcomes"),
    ):
        wrong = indexes - set(range(len(gold[side])))
        if wrong:
            raise ValueError(f"{side}: {sorted(wrong)}")
    return links


def _quantity(entry: Mapping[str, Any]) -> GoldQuantity:
    return GoldQuantity((entry["start"], entry["end"]), _tuple(entry))


def _tuple(
    entry: Mapping[str, Any],
) -> tuple[str, Decimal, Decimal | None, str | None]:
    high = entry.get("value_high")
    return (
        entry["comparator"],
        Decimal(str(entry["value"])),
        None if high is None else Decimal(str(high)),
        entry.get("unit"),
    )
