"""Arguments and options that several commands take, each spelled once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class EngineName(StrEnum):
    """Where documents are worked on."""

    LOCAL = "local"
    DASK = "dask"


class Format(StrEnum):
    """How a command prints its data."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How a command is to read documents.

    ``workers`` None: as many as the configuration says, or one per usable CPU.
    ``engine`` None: Dask where a ``scheduler`` is named, else this machine.
    """

    workers: int | None = None
    engine: EngineName | None = None
    scheduler: str | None = None
    redo_ocr: bool = False
    debug_images: Path | None = None


Paths = Annotated[list[str], typer.Argument(metavar="PATH", show_default=False)]
Corpus = Annotated[Path | None, typer.Argument(metavar="[CORPUS]", show_default=False)]
Db = Annotated[str | None, typer.Option("--db", metavar="URL")]
Workers = Annotated[int | None, typer.Option("--workers", "-w", min=1, metavar="N")]
RedoOcr = Annotated[bool, typer.Option("--redo-ocr")]
DebugImages = Annotated[Path | None, typer.Option("--debug-images", metavar="DIR")]
AsFormat = Annotated[Format, typer.Option("--format")]
KeepPersonalData = Annotated[bool, typer.Option("--keep-personal-data")]
