"""What the user chose for all commands, and what is made of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli.settings import (
    SUPPRESS,
    Lang,
    LogFormat,
    ProgressStyle,
    Value,
    effective,
)
from pipeline.defaults import OCR_CACHE_MB
from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from pipeline.api import Settings
    from pipeline.flagging.suppress import Suppression
    from pipeline.store import Store

NO_CACHE = "off"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Effective values of the settings. ``workers`` None: one per CPU.

    ``values`` says for each where it comes from.
    """

    lang: str = Lang.ZH.value
    profile: str = "mof2020"
    db: str = "sqlite:///jixiao.db"
    workers: int | None = None
    log_format: str = LogFormat.TEXT.value
    progress: str = ProgressStyle.AUTO.value
    suppress: tuple[Suppression, ...] = ()
    ocr: str = "auto"
    ocr_cache: str = ""
    ocr_cache_mb: int = OCR_CACHE_MB
    values: Mapping[str, Value] = field(default_factory=dict)

    def settings(
        self,
        *,
        workers: int = 1,
        redo_ocr: bool = False,
        debug_images: Path | None = None,
    ) -> Settings:
        """Settings for the pipeline, of which ``workers`` run side by side.

        Raises ConfigError for an unknown profile, DependencyError for an engine that
        is not installed.
        """
        from pipeline.api import Settings
        from pipeline.flagging import load_profile
        from pipeline.flagging.profiles import AUTO
        from pipeline.sources.scan.options import Backend, OcrOptions

        if self.profile != AUTO:
            load_profile(self.profile)  # now, not in every worker
        ocr = OcrOptions(
            backend=Backend(self.ocr),
            threads=max(1, _usable_cpus() // max(1, workers)),
            cache=cache_folder(self.ocr_cache),
            cache_mb=self.ocr_cache_mb,
            redo=redo_ocr,
            debug_images=debug_images.resolve() if debug_images else None,
        )
        ocr.engine_name()  # now, not in every worker
        return Settings(profile=self.profile, suppress=self.suppress, ocr=ocr)

    def open_store(self, db: str | None, *, create: bool = False) -> Store:
        """The database of ``--db``, the configuration or the default."""
        from pipeline.store import open_store

        return open_store(self.db_url(db), create=create)

    def db_url(self, db: str | None) -> str:
        """A database URL; a plain file name means SQLite."""
        chosen = db or self.db
        return chosen if "://" in chosen else f"sqlite:///{chosen}"

    def worker_count(self, workers: int | None) -> int:
        """Processes: the option, the configuration, or one per usable CPU."""
        return workers or self.workers or _usable_cpus()


@dataclass(slots=True)
class Session:
    """Travels with a command line, so that its end knows the choices, too."""

    chosen: Chosen


def speak(log_format: str, *, debug: bool) -> None:
    """Let stderr speak to people or to programs (``--log-format``)."""
    from pipeline.cli import console, logs

    json = log_format == LogFormat.JSON
    console.use_json(json)
    logs.set_up(json=json, debug=debug)


def choose(
    *,
    lang: str | None,
    profile: str | None,
    config: Path | None,
    log_format: str | None = None,
) -> Chosen:
    """Merge options, environment and configuration file. Raises ConfigError."""
    flags = {"lang": lang, "profile": profile, "log_format": log_format}
    values = effective(flags, os.environ, config)
    workers, size = values["workers"].value, values["ocr_cache_mb"].value
    return Chosen(
        lang=str(values["lang"].value),
        profile=str(values["profile"].value),
        db=str(values["db"].value),
        workers=workers if isinstance(workers, int) else None,
        log_format=str(values["log_format"].value),
        progress=str(values["progress"].value),
        suppress=_suppressions(values.get(SUPPRESS, Value(()))),
        ocr=str(values["ocr"].value),
        ocr_cache=str(values["ocr_cache"].value or ""),
        ocr_cache_mb=size if isinstance(size, int) else OCR_CACHE_MB,
        values=values,
    )


def _suppressions(written: Value) -> tuple[Suppression, ...]:
    """The ``[[suppress]]`` entries. Raises ConfigError naming what is wrong."""
    if not isinstance(written.value, list) or not written.value:
        return ()
    from pipeline.flagging.suppress import read_suppression

    try:
        return tuple(map(read_suppression, written.value))
    except (TypeError, ValueError) as error:
        raise ConfigError(
            "config_bad_value", path=written.place, key=SUPPRESS, allowed=str(error)
        ) from error


def cache_folder(chosen: str) -> Path | None:
    """Where recognised pages are kept; None for ``off``.

    By default the user's own cache folder, as each system has it.
    """
    if chosen == NO_CACHE:
        return None
    if chosen:
        return Path(chosen).resolve()
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "jixiao" / "ocr"


def _usable_cpus() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
