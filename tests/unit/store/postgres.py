"""A throw-away PostgreSQL server on 127.0.0.1 for the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _binary(name: str) -> str | None:
    """A server program, from PATH or from the places where Debian and Fedora keep it."""
    found = shutil.which(name)
    if found:
        return found
    roots = (Path("/usr/lib/postgresql"), Path("/usr"))
    hits = [
        p for root in roots for p in sorted(root.glob(f"*/bin/{name}"), reverse=True)
    ]
    return str(hits[0]) if hits else None


def _user() -> str | None:
    """PostgreSQL refuses to run as root, so root lends it another name."""
    return "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_server() -> Iterator[str | None]:
    """The URL of a fresh server, stopped and removed at the end; None without one."""
    initdb, pg_ctl = _binary("initdb"), _binary("pg_ctl")
    if initdb is None or pg_ctl is None:
        yield None
        return
    user, port = _user(), _free_port()
    # Not below root's home, which the server's user may not enter.
    folder = Path(tempfile.mkdtemp(prefix="jixiao-pg-", dir="/tmp"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(*command: str) -> None:
        done = subprocess.run(
            command, user=user, cwd=folder, capture_output=True, text=True, timeout=120
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")

    options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off"
    try:
        run(initdb, "-D", str(data), "-U", "jixiao", "-A", "trust", "-E", "UTF8")
        run(
            pg_ctl,
            "-D",
            str(data),
            "-w",
            "-o",
            options,
            "-l",
            str(folder / "log"),
            "start",
        )
        try:
            yield f"postgresql://jixiao@127.0.0.1:{port}/postgres"
        finally:
            run(pg_ctl, "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
