"""What a user may choose about the reading of pictures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from pipeline.defaults import OCR_CACHE_MB
from pipeline.errors import DependencyError


class Backend(StrEnum):
    """What runs the recognition models; ``AUTO`` is OpenVINO where installed."""

    AUTO = "auto"
    ONNXRUNTIME = "onnxruntime"
    OPENVINO = "openvino"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class OcrOptions:
    """How pictures are read. Only ``backend`` decides what a record says.

    ``threads`` None: as many as there are CPUs. ``cache`` is the folder in which
    read pages are kept, None for none, ``cache_mb`` the megabytes up to which it
    grows before the pages not used for longest go; ``redo`` reads pages that are in
    it again.
    ``debug_images`` is a folder for drawings of what was seen on each page.
    """

    backend: Backend = Backend.AUTO
    threads: int | None = None
    cache: Path | None = None
    cache_mb: int = OCR_CACHE_MB
    redo: bool = False
    debug_images: Path | None = None

    @property
    def enabled(self) -> bool:
        """Whether pictures are read at all."""
        return self.backend is not Backend.OFF

    def engine_name(self) -> str | None:
        """As recorded: ``rapidocr 3.10 onnxruntime``; None when switched off."""
        return engine_name(self.backend)


@lru_cache(maxsize=8)
def engine_name(backend: Backend) -> str | None:
    """Name and version of the engine that ``backend`` means on this machine."""
    if backend is Backend.OFF or not find_spec("rapidocr"):
        return None
    major, minor = metadata.version("rapidocr").split(".")[:2]
    return f"rapidocr {major}.{minor} {chosen(backend).value}"


def chosen(backend: Backend) -> Backend:
    """The backend that runs. Raises DependencyError for one not installed."""
    if backend is Backend.AUTO:
        return Backend.OPENVINO if find_spec("openvino") else Backend.ONNXRUNTIME
    if backend is Backend.OPENVINO and not find_spec("openvino"):
        raise DependencyError("openvino_missing")
    return backend
