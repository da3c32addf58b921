"""What the user chose for all commands: options, then jixiao.toml, then defaults."""

from __future__ import annotations

import logging
import os
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError, StorageError
from pipeline.messages import render

if TYPE_CHECKING:
    from pipeline.api import Settings
    from pipeline.flagging.suppress import Suppression
    from pipeline.runner.pool import LocalPool
    from pipeline.sources.scan.options import OcrOptions
    from pipeline.store import Store

log = logging.getLogger(__name__)

DEFAULT_CONFIG = "jixiao.toml"
DEFAULT_DB = "sqlite:///jixiao.db"
DEFAULT_PROFILE = "mof2020"
OCR_ENGINES = ("auto", "onnxruntime", "openvino", "off")
NO_CACHE = "off"


class Lang(StrEnum):
    """Language of messages; records stay Chinese."""

    ZH = "zh"
    EN = "en"


_KEYS: dict[str, type] = {
    "db": str,
    "workers": int,
    "profile": str,
    "lang": str,
    "suppress": list,
    "ocr": str,
    "ocr_cache": str,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Effective values of the global options. ``workers`` None: one per CPU."""

    lang: str = Lang.ZH.value
    profile: str = DEFAULT_PROFILE
    db: str = DEFAULT_DB
    workers: int | None = None
    suppress: tuple[Suppression, ...] = ()
    ocr: str = "auto"
    ocr_cache: str = ""

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

    def engine(self, workers: int | None, *, inputs: int, ocr: OcrOptions) -> LocalPool:
        """Processes: ``--workers``, the configuration, or one per usable CPU."""
        from pipeline.runner.pool import LocalPool
        from pipeline.runner.work import warm_up

        # A single file may well fail before it needs any model.
        own = Path(self.profile)  # a profile of the user's own is read by workers
        return LocalPool(
            self.worker_count(workers),
            warm_up if inputs > 1 else None,
            readable=(str(own.resolve()),) if own.is_file() else (),
            writable=(*_kept_in(ocr.cache), *_drawn_in(ocr.debug_images)),
        )

    def worker_count(self, workers: int | None) -> int:
        """Processes: the option, the configuration, or one per usable CPU."""
        return workers or self.workers or _usable_cpus()


@dataclass(slots=True)
class Session:
    """Travels with a command line, so that its end knows the choices, too."""

    chosen: Chosen


def choose(*, lang: str | None, profile: str | None, config: Path | None) -> Chosen:
    """Merge options with the configuration file. Raises ConfigError."""
    values = _read_config(config, lang or Lang.ZH.value)
    workers = values.get("workers")
    return Chosen(
        lang=lang or str(values.get("lang", Lang.ZH.value)),
        profile=profile or str(values.get("profile", DEFAULT_PROFILE)),
        db=str(values.get("db", DEFAULT_DB)),
        workers=workers if isinstance(workers, int) else None,
        suppress=_suppressions(config or Path(DEFAULT_CONFIG), values.get("suppress")),
        ocr=str(values.get("ocr", "auto")),
        ocr_cache=str(values.get("ocr_cache", "")),
    )


def _suppressions(file: Path, raw: object) -> tuple[Suppression, ...]:
    """The ``[[suppress]]`` entries. Raises ConfigError naming what is wrong."""
    if not isinstance(raw, list) or not raw:
        return ()
    from pipeline.flagging.suppress import read_suppression

    try:
        return tuple(map(read_suppression, raw))
    except (TypeError, ValueError) as error:
        raise ConfigError(
            "config_bad_value", path=file, key="suppress", allowed=str(error)
        ) from error


def _read_config(path: Path | None, lang: str) -> dict[str, object]:
    file = path or Path(DEFAULT_CONFIG)
    if path is None and not file.exists():
        return {}
    try:
        raw = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigError("config_not_found", path=file) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        detail = error.strerror if isinstance(error, OSError) else str(error)
        raise ConfigError("config_unreadable", path=file, detail=detail) from error
    for key, value in raw.items():
        _check(file, key, value, lang)
    return raw


def _check(file: Path, key: str, value: object, lang: str) -> None:
    if key not in _KEYS:
        known = ", ".join(_KEYS)
        raise ConfigError("config_unknown_key", path=file, key=key, known=known)
    allowed = ""
    fits = type(value) is _KEYS[key]
    if key == "lang":
        fits = value in set(Lang)
        allowed = render("allowed_values", lang, values=", ".join(Lang))
    if key == "ocr":
        fits = value in OCR_ENGINES
        allowed = render("allowed_values", lang, values=", ".join(OCR_ENGINES))
    if key == "workers":
        fits = fits and isinstance(value, int) and value >= 1
        allowed = render("allowed_values", lang, values="1, 2, 3 …")
    if not fits:
        raise ConfigError("config_bad_value", path=file, key=key, allowed=allowed)


def _kept_in(folder: Path | None) -> tuple[str, ...]:
    """The cache folder, made before workers are shut in; it can be done without."""
    if folder is None:
        return ()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        log.info("no cache of recognised pages in %s: %s", folder, error.strerror)
        return ()
    return (str(folder),)


def _drawn_in(folder: Path | None) -> tuple[str, ...]:
    """The folder of drawings. Raises StorageError where it cannot be made."""
    if folder is None:
        return ()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        detail = error.strerror or str(error)
        raise StorageError("folder_unwritable", path=folder, detail=detail) from error
    return (str(folder),)


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
