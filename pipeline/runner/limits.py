"""What one document may use: time, memory, files, attempts (docs/limits.md).

The limits on what is read of it (pages, pixels, cells, members …) are in
``pipeline.sources.limits``.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.sources.limits import CONVERSION_SECONDS
from pipeline.sources.pace import Step

BASE_SECONDS = 60.0
"""Time for any document (``timeout``); the sum below is never above MAX_SECONDS."""

PAGE_SECONDS = 2.0
"""Further time for each page or sheet with text, and each further form of a file."""

SCANNED_PAGE_SECONDS = 30.0
"""Further time for each page that has to be recognised."""

MAX_SECONDS = 3_600.0
"""No document gets more time than this."""

START_SECONDS = 300.0
"""Time for a worker to load its models before its first document."""

MEMORY_BYTES = 768 * 1024**2
"""Address space beyond what the loaded program uses (``memory``)."""

SCAN_MEMORY_BYTES = 6144 * 1024**2
"""The same once pages are recognised or files converted.

Most of it is reserved and never used: the models hold about a fourth of it.
"""

SCAN_ROOM_BYTES = 1536 * 1024**2
"""Address space that must be left for the next document with pages to recognise;
otherwise the worker is replaced. The models keep some of every new page size."""

FILE_BYTES = 1024**3
"""Size of one temporary file (``expands_too_much``)."""

MAX_ATTEMPTS = 2
"""How often a document may kill its worker, or be read when a run dies.

After that it is set aside, until ``--only-failed`` or ``--redo`` asks for it.
"""

RECYCLE_AFTER = 5_000
"""Documents after which a worker is replaced, so that nothing can pile up in it."""

RECYCLE_BYTES = 512 * 1024**2
"""Growth of a worker's memory after which it is replaced earlier …"""

SCAN_RECYCLE_BYTES = 1536 * 1024**2
"""… and the same once it holds the models that recognise pages."""


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds for one document: they grow with what turns up in it."""

    base: float = BASE_SECONDS
    page: float = PAGE_SECONDS
    scanned_page: float = SCANNED_PAGE_SECONDS
    conversion: float = CONVERSION_SECONDS
    most: float = MAX_SECONDS
    start: float = START_SECONDS

    def further(self, step: Step) -> float:
        """What a step of the reading adds."""
        match step:
            case Step.PAGE:
                return self.page
            case Step.SCANNED_PAGE:
                return self.scanned_page
            case Step.CONVERSION:
                return self.conversion
