"""Disks that are full, databases that are locked, clocks that jump."""

from __future__ import annotations

import os
import re
import resource
import sqlite3
import subprocess
import threading
from pathlib import Path

import pytest

from tests.e2e.command import ROOT, Ended, arguments, environment, jixiao
from tests.helpers.archive import write_archive
from tests.helpers.rows import dump


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults") / "archive"
    write_archive(folder, 8)
    return folder


def run_with_little_room(archive: Path, db: Path, most: int) -> Ended:
    """No file may grow beyond ``most`` bytes: what a full disk looks like."""
    done = subprocess.run(
        arguments("run", archive, "--db", db, "--workers", "1"),
        capture_output=True,
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_fault_26_a_full_disk_stops_the_run_and_loses_nothing(
    archive: Path, tmp_path: Path
) -> None:
    assert jixiao("run", archive, "--db", tmp_path / "whole.db").code == 0
    expected = dump(f"sqlite:///{tmp_path / 'whole.db'}")
    for kilobytes in (40, 200, 330):
        db = tmp_path / f"{kilobytes}.db"
        ended = run_with_little_room(archive, db, kilobytes * 1024)
        assert ended.code == 5, ended.err
        assert "Traceback" not in ended.err
        if kilobytes > 150:  # the tables had room
            with sqlite3.connect(db) as raw:
                assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert jixiao("run", archive, "--db", db).code == 0
        assert dump(f"sqlite:///{db}") == expected


def test_fault_27_a_locked_database_is_waited_for(
    archive: Path, tmp_path: Path
) -> None:
    db = tmp_path / "locked.db"
    assert jixiao("run", archive / "00000/0000000.txt", "--db", db).code == 0
    other = sqlite3.connect(db, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(6, other.execute, ["COMMIT"])
    release.start()
    ended = jixiao("run", archive, "--db", db)
    release.join()
    other.close()
    assert ended.code == 0, ended.err


def test_fault_33_no_limit_and_no_order_rests_on_the_clock_on_the_wall() -> None:
    wall = re.compile(r"\btime\.time\(|\bdatetime\.now\(\)|\butcnow\(")
    found = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "pipeline").rglob("*.py")
        if wall.search(file.read_text("utf-8"))
    }
    # How old a half-made temporary folder is; nothing of a result.
    assert found <= {"pipeline/runner/scratch.py"}


def test_fault_40_a_reader_that_goes_away_is_no_fault(archive: Path) -> None:
    with subprocess.Popen(
        arguments("extract", archive),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as run:
        assert run.stdout is not None and run.stderr is not None
        run.stdout.read(10)
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait(60) == 0


def test_fault_41_without_libreoffice_the_rest_is_read(
    archive: Path, tmp_path: Path
) -> None:
    from tests.unit.sources.builders import make_docx

    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "a.docx").write_bytes(make_docx())
    (folder / "b.rtf").write_bytes(b"{\\rtf1\\ansi text}")
    bare = tmp_path / "bin"
    bare.mkdir()
    ended = jixiao(
        "run", folder, "--db", tmp_path / "x.db", PATH=str(bare), HOME=os.devnull
    )
    rows = {
        row[0]: row[3:5] for row in dump(f"sqlite:///{tmp_path / 'x.db'}")["documents"]
    }
    assert rows["a.docx"] == ("ok", None), ended.err
    assert rows["b.rtf"][1] in ("converter_missing", "no_form"), rows
