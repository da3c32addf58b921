"""Runs that are killed at random moments, and whether anything shows afterwards.

A cycle runs the command over an archive into a fresh database, kills something at
a random moment, up to three times, and then lets it finish. The rows must be those
of a run that nothing happened to.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from pipeline.runner.limits import MAX_ATTEMPTS
from pipeline.runner.scratch import MARK
from pipeline.store import schema
from pipeline.store.connect import make_engine, parse_url
from tests.bench.processes import is_below
from tests.e2e.command import arguments, environment
from tests.helpers.archive import write_archive
from tests.helpers.rows import Rows, dump

PATIENCE = 300
_DONE = (0, 4)


@dataclass(frozen=True)
class Ground:
    """An archive, a folder for temporary files, and the rows to come to."""

    archive: Path
    temporary: Path
    expected: Rows
    seconds: float


@dataclass
class Cycle:
    """One database that is worked on, disturbed and compared."""

    ground: Ground
    url: str
    chance: random.Random
    options: Sequence[str] = ()
    log: list[str] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """The run, in a session of its own."""
        return subprocess.Popen(
            arguments("run", self.ground.archive, "--db", self.url, "--workers", "2",
                      *self.options, *words),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment(TMPDIR=str(self.ground.temporary)),
            start_new_session=True,
        )  # fmt: skip

    def disturb(self, how: str, server: Callable[[], None] | None = None) -> None:
        """Start a run and kill something of it at a random moment."""
        run = self.start()
        # A cluster of processes takes longer to start than the work itself.
        longest = self.ground.seconds * (2.5 if "dask" in self.options else 1)
        moment = self.chance.uniform(0.1, 1.0) * longest
        self.log.append(f"{how} after {moment:.2f} s")
        deadline = time.monotonic() + moment
        while run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        if how in SIGNALS:
            run.send_signal(SIGNALS[how])
        elif how == "all":
            for pid in [run.pid, *self.processes()]:
                _kill(pid)
        elif how == "worker":
            self.kill_a_worker(run.pid)
        elif server is not None:
            server()
        code, said = end_of(run)
        self.log.append(f"  exit {code}")
        if how == "worker":  # the run goes on without it
            assert code in _DONE, said
        assert b"Traceback" not in said, said.decode()
        assert code != 15, said.decode()

    def kill_a_worker(self, driver: int) -> None:
        """SIGKILL for one process that works for the run, if there is one."""
        found = sorted(_workers_of(driver))
        if found:
            _kill(self.chance.choice(found))

    def processes(self) -> list[int]:
        """Workers and all that descends from them, except watchers."""
        sought = f"{MARK}={self.ground.temporary}".encode()
        return [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and sought in _bytes(entry / "environ")
        ]

    def finish(self) -> None:
        """Run to the end; what was set aside is asked for once more."""
        code, said = end_of(self.start())
        assert code in _DONE, said.decode()
        aside = self.set_aside()
        if aside:
            self.log.append(f"  set aside: {aside}")
            code, said = end_of(self.start("--only-failed"))
            assert code in _DONE, said.decode()

    def set_aside(self) -> list[str]:
        """Documents that were read twice in vain; never more often."""
        c = schema.documents.c
        engine = make_engine(parse_url(self.url), create=False)
        with engine.connect() as connection:
            rows = connection.execute(
                sa.select(c.path, c.attempts).where(c.attempts > 0)
            ).all()
        engine.dispose()
        assert all(attempts <= MAX_ATTEMPTS for _, attempts in rows), rows
        return [path for path, _ in rows]

    def compare(self) -> None:
        """The rows are the expected ones and nothing is left behind."""
        found = dump(self.url)
        for name, rows in self.ground.expected.items():
            differ = set(found[name]).symmetric_difference(rows)
            assert not differ, (name, sorted(differ, key=repr)[:4], self.log)
        for _ in range(100):  # watchers clear up within moments
            left = os.listdir(self.ground.temporary)  # noqa: PTH208
            left = [name for name in left if not name.startswith("jixiao-jieba")]
            if not left and not self.processes():
                return
            time.sleep(0.1)
        raise AssertionError((left, self.processes(), self.log))


SIGNALS = {
    "driver": signal.SIGKILL,
    "ctrl-c": signal.SIGINT,
    "sigterm": signal.SIGTERM,
}
LOCAL = (*SIGNALS, "all", "worker")


def end_of(run: subprocess.Popen[bytes]) -> tuple[int, bytes]:
    """Exit code and standard error of a run."""
    try:
        _, said = run.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        run.kill()
        raise
    return run.returncode, said


def _workers_of(driver: int) -> list[int]:
    """Workers (of Dask, too) and the processes in which they read."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (status := _bytes(entry / "stat")):
            fields = status.rpartition(b")")[2].split()
            parents[int(entry.name)] = int(fields[1])
    return [
        pid
        for pid in parents
        if is_below(pid, driver, parents)
        and b"spawn_main" in _bytes(Path(f"/proc/{pid}/cmdline"))
    ]


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


@contextmanager
def ground(documents: int) -> Iterator[Ground]:
    """An archive with good and bad documents, and what becomes of it undisturbed."""
    root = Path(tempfile.mkdtemp(prefix="jixiao-crash-"))
    try:
        archive, temporary = root / "archive", root / "temporary"
        temporary.mkdir()
        write_archive(archive, documents)
        (archive / "copy.txt").write_bytes((archive / "00000/0000000.txt").read_bytes())
        (archive / "empty.docx").touch()
        (archive / "broken.pdf").write_bytes(b"%PDF-1.4\n" + b"x" * 500)
        (archive / "prose.txt").write_text("今天天气很好。", encoding="utf-8")
        bare = Ground(archive, temporary, {}, 0)
        undisturbed = Cycle(bare, f"sqlite:///{root / 'expected.db'}", random.Random(0))
        began = time.monotonic()
        undisturbed.finish()
        seconds = time.monotonic() - began
        yield Ground(archive, temporary, dump(undisturbed.url), seconds)
    finally:
        shutil.rmtree(root, ignore_errors=True)
