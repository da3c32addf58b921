"""What a command that reads documents has before it begins: inputs, settings, engine."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.api import Settings
from pipeline.cli.context import Chosen
from pipeline.cli.options import EngineName, ReadingOptions
from pipeline.errors import NoInputError, StorageError
from pipeline.runner import mock
from pipeline.runner.discover import Item, discover
from pipeline.runner.engine import Engine
from pipeline.runner.terms import Terms
from pipeline.runner.work import warm_up
from pipeline.sources.scan.options import OcrOptions

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Documents in the order of their stored paths, and how and where they are read."""

    items: tuple[Item, ...]
    settings: Settings
    engine: Engine


def prepare(paths: list[str], *, chosen: Chosen, options: ReadingOptions) -> Job:
    """Find the documents and check what is needed to read them.

    Raises NoInputError where there is none, and what ``Chosen.settings`` raises.
    """
    items = discover(paths)
    if not items:
        raise NoInputError("no_input", paths=", ".join(paths))
    count = chosen.worker_count(options.workers)
    settings = chosen.settings(
        workers=min(count, len(items)),
        redo_ocr=options.redo_ocr,
        debug_images=options.debug_images,
    )
    terms = Terms(
        warm_up=warm_up,
        limits=mock.time_limits(),
        readable=_read_by_workers(chosen.profile),
        writable=_written_by_workers(settings.ocr),
    )
    if _engine_name(options) is EngineName.DASK:
        from pipeline.runner.cluster import DaskEngine

        return Job(items, settings, DaskEngine(count, options.scheduler, terms))
    from pipeline.runner.pool import LocalPool

    if len(items) == 1:  # a single file may well fail before it needs any model
        terms = replace(terms, warm_up=None)
    return Job(items, settings, LocalPool(count, terms))


def _engine_name(options: ReadingOptions) -> EngineName:
    if options.engine is not None:
        return options.engine
    return EngineName.LOCAL if options.scheduler is None else EngineName.DASK


def _read_by_workers(profile: str) -> tuple[str, ...]:
    """A profile of the user's own lies outside of what workers may read."""
    own = Path(profile)
    return (str(own.resolve()),) if own.is_file() else ()


def _written_by_workers(ocr: OcrOptions) -> tuple[str, ...]:
    """Folders made before workers are shut in: recognised pages, drawings."""
    return (*_cache(ocr.cache), *_drawings(ocr.debug_images))


def _cache(folder: Path | None) -> tuple[str, ...]:
    """The folder of recognised pages; it can be done without."""
    if folder is None:
        return ()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        log.info("no cache of recognised pages in %s: %s", folder, error.strerror)
        return ()
    return (str(folder),)


def _drawings(folder: Path | None) -> tuple[str, ...]:
    """The folder of drawings. Raises StorageError where it cannot be made."""
    if folder is None:
        return ()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        detail = error.strerror or str(error)
        raise StorageError("folder_unwritable", path=folder, detail=detail) from error
    return (str(folder),)
