"""The life of a worker process: tasks in, results out, until the pipe closes.

What it sends are triples: ``("ready", None, False)`` once its models are loaded,
``("step", Step, False)`` while it reads, and ``("result", value, last)`` or
``(reason, detail, last)`` for each task; after the last one it ends.
"""

from __future__ import annotations

import errno
import faulthandler
import gc
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.runner import confine
from pipeline.runner.limits import RECYCLE_AFTER
from pipeline.runner.terms import Terms
from pipeline.sources import pace
from pipeline.sources.pace import Step

CRASH_LOG = "crash.log"
"""Where a dying interpreter writes its last stack, beside the worker's folder."""

_COLLECT_AFTER = 10_000, 20, 20
"""New objects before a collection, and collections before an older generation's."""

SCRATCH_FULL = "scratch_full"
"""Sent instead of a reason when there is no room for temporary files."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a worker is started with: its work, a folder of its own, the terms."""

    fn: Callable[[Any], Any]
    folder: Path
    terms: Terms = field(default_factory=Terms)


def serve(pipe: Connection, equipment: Equipment) -> None:
    """Work until the driver closes the pipe, or it is time to be replaced."""
    confine.separate()
    crash_log = equipment.folder.with_suffix(f".{CRASH_LOG}").open("wb")
    faulthandler.enable(crash_log)
    terms = equipment.terms
    if terms.warm_up is not None:
        terms.warm_up()
        collect_less()
    confine.shut_in(equipment.folder, terms.readable, terms.writable)
    loaded = confine.resident()
    pace.listen(lambda step: _step(pipe, step))
    try:
        pipe.send(("ready", None, False))
        for left in reversed(range(RECYCLE_AFTER)):
            task = pipe.recv()
            kind, value = _outcome(equipment.fn, task)
            # What is broken up or piled up goes with the process.
            last = not left or kind == "memory" or confine.outgrown(loaded)
            _send(pipe, kind, value, last=last)
            if last:
                break
            confine.tidy(equipment.folder)
    except (EOFError, OSError):
        pass  # the driver is done, or gone
    finally:
        faulthandler.disable()
        crash_log.close()


def collect_less() -> None:
    """Keep what is loaded out of the garbage collector's sight, and call it less often.

    Rules and dictionaries stay as long as the process, and going through them over and
    over took up to a twelfth of the time. Documents leave few cycles behind, and the process is
    replaced before these count.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)


def _step(pipe: Connection, step: Step) -> None:
    if step is not Step.PAGE:
        confine.allow_scans()
    pipe.send(("step", step, False))


def _send(pipe: Connection, kind: str, value: object, *, last: bool) -> None:
    try:
        pipe.send((kind, value, last))
    except MemoryError:
        pipe.send(("memory", "", last))
    except OSError:
        raise
    except Exception as error:  # a result that cannot be sent
        pipe.send(("internal_error", _trace(error), last))


def _outcome(fn: Callable[[Any], Any], task: object) -> tuple[str, object]:
    try:
        return "result", fn(task)
    except MemoryError:
        return "memory", ""
    except OSError as error:
        if error.errno == errno.ENOSPC:
            return SCRATCH_FULL, ""
        return "internal_error", _trace(error)
    except Exception as error:  # a worker outlives what it works on
        return "internal_error", _trace(error)


def _trace(error: Exception) -> str:
    import traceback

    return "".join(traceback.format_exception(error))


def describe_exit(code: int | None) -> str:
    """The end of a worker in words, for the log."""
    if code is not None and code < 0:
        try:
            return f"signal {signal.Signals(-code).name}"
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"
