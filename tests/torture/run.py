"""The archive of bad inputs among good ones, run once and looked at from outside."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from pipeline.runner.naming import storable
from pipeline.runner.scratch import MARK
from pipeline.store import schema
from pipeline.store.connect import make_engine, parse_url
from tests.e2e.command import ROOT, arguments, environment
from tests.helpers.archive import write_archive
from tests.torture.inputs import Case

MOCK_SECONDS = "20"
"""When a mock that hangs is given up; the good documents need a tenth of it."""

SECRET = "SECRET-d41d8"
_GOOD = "good"


@dataclass
class Result:
    """What a run left, and what a watcher saw of it."""

    code: int
    said: str
    rows: dict[str, tuple[str, str | None, str | None]]
    forms: dict[str, list[str]]
    cases: Sequence[Case]
    good: frozenset[str]
    seconds: float
    peak: int
    requests: list[str]
    left: list[str]
    root: Path
    url: str
    cleaned: list[str] = field(default_factory=list)

    def of(self, case: Case) -> dict[str, tuple[str, str | None, str | None]]:
        """The rows that belong to a case: its own, or those of its members."""
        path = storable(case.path)
        return {
            name: row
            for name, row in self.rows.items()
            if name == path or name.startswith(f"{path}!/")
        }

    def wrong(self, cases: Iterable[Case]) -> list[str]:
        """Cases without a row, or with one that must not be."""
        return [text for one in cases for text in _wrong(one, self.of(one))]

    def strays(self) -> set[str]:
        """Rows of which nobody knows the input."""
        known = {name for one in self.cases for name in self.of(one)}
        return set(self.rows) - known - self.good


def _wrong(
    case: Case, rows: dict[str, tuple[str, str | None, str | None]]
) -> Iterator[str]:
    path = storable(case.path)
    expected = {f"{path}!/{name}" for name in case.inside} or {path}
    if not rows or not (case.open_ended or rows.keys() == expected):
        yield f"{path!r}: listed as {sorted(rows)}"
    for name, (status, reason, message) in rows.items():
        if reason not in case.allowed:
            yield f"{name!r}: {status} {reason}, not one of {case.allowed}"
        if status == "pending" or (reason and not message):
            yield f"{name!r}: {status} {reason} {message!r}"


def prepare(root: Path, cases: Sequence[Case], *, good: int, port: int) -> None:
    """Write the archive; good documents stand before, between and after bad ones."""
    archive = root / "archive"
    archive.mkdir()
    (root / "outside").write_text(SECRET, encoding="utf-8")
    # Recognising pages takes its own memory and time; tests of it are elsewhere.
    (root / "jixiao.toml").write_text('ocr = "off"\n', encoding="ascii")
    (archive / ".listener").write_text(str(port), encoding="ascii")
    for place, first in (("a-good", 0), ("good", 1_000), ("z-good", 2_000)):
        write_archive(archive / place, good // 3, first=10_000 + first)
    shutil.copytree(ROOT / "corpus" / "documents" / "same-form", archive / "good-same")
    for one in cases:
        file = archive / one.path
        file.parent.mkdir(parents=True, exist_ok=True)
        one.make(file)


@contextmanager
def listener() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine that notes who asks for what."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                try:
                    caller, _ = server.accept()
                except TimeoutError:
                    continue
                with caller:
                    caller.settimeout(1)
                    heard.append(caller.recv(200).decode("latin-1"))

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield server.getsockname()[1], heard
        finally:
            ended.set()
            thread.join()


def torture(cases: Sequence[Case], *, good: int, options: Sequence[str] = ()) -> Result:
    """Run the archive once with two workers. The caller removes ``Result.root``."""
    root = Path(tempfile.mkdtemp(prefix="jixiao-torture-"))
    temporary = root / "temporary"
    temporary.mkdir()
    with listener() as (port, heard):
        prepare(root, cases, good=good, port=port)
        url = f"sqlite:///{root / 'torture.db'}"
        began = time.monotonic()
        with (root / "said").open("wb") as said:
            run = subprocess.Popen(
                arguments("run", "archive", "--db", url, "--workers", "2", *options),
                cwd=root,
                stdout=said,
                stderr=said,
                env=environment(
                    TMPDIR=str(temporary), JIXIAO_MOCK_DOCUMENTS=MOCK_SECONDS
                ),
            )
            peak = watch_memory(run)
        seconds = time.monotonic() - began
    rows, forms = _stored(url)
    good_paths = frozenset(
        file.relative_to(root / "archive").as_posix()
        for file in (root / "archive").glob("*good*/**/*")
        if file.is_file()
    )
    return Result(
        code=run.returncode,
        said=(root / "said").read_text("utf-8"),
        rows=rows,
        forms=forms,
        cases=cases,
        good=good_paths,
        seconds=seconds,
        peak=peak,
        requests=heard,
        left=[*_left_files(root, temporary), *_left_processes(temporary)],
        root=root,
        url=url,
    )


def _stored(
    url: str,
) -> tuple[dict[str, tuple[str, str | None, str | None]], dict[str, list[str]]]:
    engine = make_engine(parse_url(url), create=False)
    d, f = schema.documents.c, schema.forms.c
    forms: dict[str, list[str]] = {}
    with engine.connect() as connection:
        rows = {
            row.path: (row.status, row.reason, row.message)
            for row in connection.execute(
                sa.select(d.path, d.status, d.reason, d.message)
            )
        }
        for row in connection.execute(
            sa.select(f.path, f.record).order_by(f.path, f.form_index)
        ):
            forms.setdefault(row.path, []).append(row.record)
    engine.dispose()
    return rows, forms


def watch_memory(run: subprocess.Popen[bytes]) -> int:
    """Wait for the end; the most memory (bytes, shared parts once) of all together."""
    peak = 0
    while run.poll() is None:
        peak = max(peak, sum(map(_memory, _tree(run.pid))))
        time.sleep(0.1)
    return peak


def _tree(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_bytes()
            except OSError:
                continue
            parent = int(status.rpartition(b")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        one = todo.pop()
        found.append(one)
        todo.extend(children.get(one, ()))
    return found


def _memory(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    shares = [line.split() for line in text.splitlines() if line.startswith("Pss:")]
    return sum(int(words[1]) * 1024 for words in shares)


def _left_files(root: Path, temporary: Path) -> list[str]:
    expected = {"archive", "temporary", "outside", "said", "torture.db", "jixiao.toml"}
    left = [name for name in os.listdir(root) if name not in expected]  # noqa: PTH208
    left = [name for name in left if not name.startswith("torture.db-")]
    left += [f.name for f in temporary.iterdir() if "jieba" not in f.name]
    left += [str(f) for f in (root / "archive").rglob("rel_pwned")]
    return left


def _left_processes(temporary: Path) -> list[str]:
    sought = f"{MARK}={temporary}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if sought in (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_text("utf-8", "replace"))
        except OSError:
            continue
    return found


def expected_forms(result: Result) -> dict[str, list[str]]:
    """What the good documents give when nothing bad is near them."""
    lines: dict[str, list[str]] = {}
    folders = sorted((result.root / "archive").glob("*good*"))
    for folder in folders:
        done = subprocess.run(
            arguments("extract", folder.name, "--config", "../jixiao.toml"),
            cwd=result.root / "archive",
            env=environment(),
            capture_output=True,
            check=True,
        )
        for line in done.stdout.decode().splitlines():
            record = json.loads(line)
            path = f"{folder.name}/{record['source']['path']}"
            record["source"]["path"] = path
            lines.setdefault(path, []).append(
                json.dumps(record, ensure_ascii=False, separators=(",", ":"))
            )
    return lines


def differing(result: Result) -> list[str]:
    """Good documents that are not exactly as they are without bad neighbours."""
    expected = expected_forms(result)
    return [
        path
        for path in sorted(result.good)
        if [json.loads(r) for r in result.forms.get(path, ())]
        != [json.loads(r) for r in expected.get(path, ["missing"])]
    ]


def counted(result: Result) -> str:
    """How many rows of which reason."""
    reasons = Counter(reason or status for status, reason, _ in result.rows.values())
    return ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
