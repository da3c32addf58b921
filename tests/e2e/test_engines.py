"""The same rows whatever does the work and wherever they are stored."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.postgres import fresh_database, own_server
from tests.e2e.command import ROOT, Ended, jixiao
from tests.helpers.archive import write_archive
from tests.helpers.rows import Rows, dump

pytest.importorskip("distributed", reason="Dask (extra cluster) is not installed")

MOCKS = {"segv": "worker_crash", "memory": "memory"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Good, bad and murderous documents of all formats."""
    folder = tmp_path_factory.mktemp("engines") / "archive"
    shutil.copytree(ROOT / "corpus" / "documents" / "same-form", folder / "same")
    write_archive(folder, 12)
    (folder / "copy.txt").write_bytes((folder / "00000/0000003.txt").read_bytes())
    (folder / "empty.pdf").touch()
    (folder / "prose.txt").write_text("今天开会。", encoding="utf-8")
    for number, words in enumerate(MOCKS):
        (folder / f"mock{number}.txt").write_text(f"#!mock {words}")
    return folder


def run(archive: Path, url: str, *words: str) -> Ended:
    return jixiao("run", archive, "--db", url, *words, JIXIAO_MOCK_DOCUMENTS="1")


@pytest.fixture(scope="module")
def expected(archive: Path) -> Rows:
    """The rows of the local engine with one worker."""
    url = f"sqlite:///{archive.parent / 'expected.db'}"
    ended = run(archive, url, "--workers", "1")
    assert ended.code == 4, ended.err
    rows = dump(url)
    failed = {row[0]: row[4] for row in rows["documents"] if row[3] == "failed"}
    assert failed == {
        "empty.pdf": "empty",
        **{f"mock{n}.txt": reason for n, reason in enumerate(MOCKS.values())},
    }
    assert len(rows["forms"]) == 12 + len(list((archive / "same").iterdir()))
    return rows


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    pytest.importorskip("psycopg")
    with own_server() as made:
        if made is None:
            pytest.skip("no PostgreSQL server on this machine")
        yield made.url


def assert_same(url: str, expected: Rows) -> None:
    found = dump(url)
    for name, rows in expected.items():
        assert plain(found[name]) == plain(rows), name


def plain(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Numbers by their value: PostgreSQL has its own way of printing them."""
    return [tuple(float(v) if _is_number(v) else v for v in row) for row in rows]


def _is_number(value: object) -> bool:
    return not isinstance(value, bool | str) and hasattr(value, "__float__")


def test_dask_gives_the_rows_of_the_local_engine(
    archive: Path, expected: Rows, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'dask.db'}"
    ended = run(archive, url, "--engine", "dask", "--workers", "2")
    assert ended.code == 4, ended.err
    assert_same(url, expected)


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_postgresql_gets_the_rows_of_sqlite(
    archive: Path, expected: Rows, server: str, engine: str
) -> None:
    url = fresh_database(server, f"rows_{engine}")
    ended = run(archive, url, "--engine", engine, "--workers", "2")
    assert ended.code == 4, ended.err
    assert_same(url, expected)
    again = run(archive, url, "--engine", engine, "--workers", "2")
    assert again.code == 4, again.err
    assert "成功 0" in again.err


def test_an_existing_cluster_is_used(
    archive: Path, expected: Rows, tmp_path: Path
) -> None:
    from distributed import LocalCluster

    url = f"sqlite:///{tmp_path / 'cluster.db'}"
    environment = {"JIXIAO_MOCK_DOCUMENTS": "1"}
    with (
        pytest.MonkeyPatch.context() as patch,
        LocalCluster(
            n_workers=1,
            threads_per_worker=2,
            host="127.0.0.1",
            dashboard_address=None,
            env=environment,
            local_directory=str(tmp_path),
        ) as cluster,
    ):
        patch.setenv("JIXIAO_MOCK_DOCUMENTS", "1")
        address = cluster.scheduler_address
        ended = run(archive, url, "--scheduler", address)
        assert ended.code == 4, ended.err
        assert_same(url, expected)


def test_a_scheduler_that_is_not_there(archive: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    ended = run(archive, url, "--scheduler", "tcp://127.0.0.1:9")
    assert ended.code == 5
    assert "tcp://127.0.0.1:9" in ended.err
    assert run(archive, url).code == 4  # nothing is held against the documents


def test_a_scheduler_needs_dask(archive: Path) -> None:
    ended = run(archive, "x.db", "--engine", "local", "--scheduler", "tcp://a:1")
    assert ended.code == 2
    assert "--engine dask" in ended.err


def test_without_dask_the_extra_is_named(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ModuleNotFoundError('distributed')")
    ended = jixiao(
        "run", archive, "--db", tmp_path / "x.db", "--engine", "dask",
        PYTHONPATH=f"{tmp_path}:{ROOT}",
    )  # fmt: skip
    assert ended.code == 3
    assert "jixiao[cluster]" in ended.err


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_fault_31_ingesters_at_once_give_the_union(
    archive: Path,
    expected: Rows,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    backend: str,
) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    if backend == "postgresql":
        url = fresh_database(request.getfixturevalue("server"), "at_once")
    ended: list[Ended] = []
    threads = [
        threading.Thread(
            target=lambda: ended.append(run(archive, url, "--workers", "1"))
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [e.code for e in ended] == [4, 4, 4], [e.err for e in ended]
    # How often a murderer was met depends on who was first; the rest does not.
    found, wanted = (
        {name: [row[:8] if name == "documents" else row for row in plain(some[name])]
         for name in some}
        for some in (dump(url), expected)
    )  # fmt: skip
    assert found == wanted


def test_importing_the_engine_costs_no_dask() -> None:
    code = "import sys, pipeline.runner.cluster; sys.exit('distributed' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0
