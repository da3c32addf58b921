"""What this process and those below it use: processor time and memory (Linux)."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """Seconds on the wall and of the processor since some start; bytes held now.

    ``driver`` is this process alone, ``others`` all that descend from it, the ended
    ones included.
    """

    wall: float
    driver: float
    others: float
    driver_memory: int = 0
    others_memory: int = 0

    @property
    def processor(self) -> float:
        """Seconds of all processes."""
        return self.driver + self.others

    def since(self, earlier: Usage) -> Usage:
        """What was used after ``earlier``; the memory stays that of now."""
        return Usage(
            self.wall - earlier.wall,
            self.driver - earlier.driver,
            self.others - earlier.others,
            self.driver_memory,
            self.others_memory,
        )


def usage() -> Usage:
    """What has been used so far."""
    parents: dict[int, int] = {}
    spent: dict[int, tuple[float, float]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_bytes().rpartition(b")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            ticks = [int(field) / _TICKS for field in fields[11:15]]
            spent[int(entry.name)] = sum(ticks[:2]), sum(ticks[2:])
    me = os.getpid()
    below = [pid for pid in parents if is_below(pid, me, parents)]
    own, ended = spent[me]
    return Usage(
        time.monotonic(),
        own,
        ended + sum(sum(spent[pid]) for pid in below),
        _memory(me),
        sum(map(_memory, below)),
    )


def is_below(pid: int, ancestor: int, parents: dict[int, int]) -> bool:
    """Whether a process descends from another one; ``parents`` by process id."""
    while pid := parents.get(pid, 0):
        if pid == ancestor:
            return True
    return False


def _memory(pid: int) -> int:
    """Proportional set size in bytes."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    lines = (line for line in text.splitlines() if line.startswith("Pss:"))
    return sum(int(line.split()[1]) * 1024 for line in lines)
