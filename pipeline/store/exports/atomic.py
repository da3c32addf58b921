"""Files that appear complete or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import StorageError


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path beside ``target`` to write to; it takes its place at the end.

    On any error the temporary file goes and ``target`` stays as it was. Raises
    StorageError when the file system refuses.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb"):
            pass
        yield part
        _flush(part)
        part.replace(target)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise StorageError(
            "export_unwritable", target=target.name, detail=detail
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
