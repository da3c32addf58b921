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


class Server:
    """A server of our own in a temporary folder."""

    def __init__(self, *, durable: bool = False) -> None:
        self.user, self.port = _user(), _free_port()
        # Not below root's home, which the server's user may not enter.
        self.folder = Path(tempfile.mkdtemp(prefix="jixiao-pg-", dir="/tmp"))
        if self.user:
            shutil.chown(self.folder, self.user)
        self.durable = durable
        self.url = f"postgresql://jixiao@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        """Make its files; raises RuntimeError with what initdb says."""
        self._run("initdb", "-U", "jixiao", "-A", "trust", "-E", "UTF8")

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder}"
        if not self.durable:
            options += " -c fsync=off"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-w", "-o", options, "-l", log, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; ``immediate`` is as a crash."""
        self._run("pg_ctl", "-w", "-m", mode, "stop")

    def _run(self, name: str, *words: str) -> None:
        program = _binary(name)
        assert program is not None
        done = subprocess.run(
            [program, "-D", str(self.folder / "data"), *words],
            user=self.user,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stdout}{done.stderr}")


@contextmanager
def own_server(*, durable: bool = False) -> Iterator[Server | None]:
    """A fresh server, stopped and removed at the end; None where none is installed."""
    if _binary("initdb") is None or _binary("pg_ctl") is None:
        yield None
        return
    server = Server(durable=durable)
    try:
        server.create()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(server.folder, ignore_errors=True)


@contextmanager
def running_server() -> Iterator[str | None]:
    """The URL of a fresh server; None where none is installed."""
    with own_server() as server:
        yield server.url if server else None
