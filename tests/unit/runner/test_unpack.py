"""Containers are opened where they can do no harm."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipeline.errors import StorageError
from pipeline.runner import mock
from pipeline.runner.discover import discover
from pipeline.runner.intake import Intake, take_in
from pipeline.runner.limits import TimeLimits
from pipeline.runner.unpack import Unpacker
from pipeline.sources import container
from tests.unit.sources.builders import make_docx

QUICK = TimeLimits(base=0.5)


def archive(folder: Path, name: str, **members: str) -> Path:
    file = folder / name
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for member, text in members.items():
            made.writestr(f"{member}.txt", text)
    return file


def taken(folder: Path, limits: TimeLimits | None = None) -> list[Intake]:
    with Unpacker(limits) as unpacker:
        return list(take_in(discover([folder]), unpacker))


def told(intakes: list[Intake]) -> dict[str, str | bytes]:
    return {i.path: i.trouble.reason if i.trouble else i.data for i in intakes}


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("hang", "timeout"),
        ("spin", "timeout"),
        ("segv", "worker_crash"),
        ("exit 3", "worker_crash"),
        ("oom", "memory"),
        ("raise", "internal_error"),
    ],
)
def test_fault_06_a_container_that_kills_its_reader_costs_itself_only(
    tmp_path, monkeypatch, deed, reason
) -> None:
    monkeypatch.setenv(mock.SWITCH, "1")
    archive(tmp_path, "a.zip", 一="甲")
    (tmp_path / "b.zip").write_text(f"#!mock unpack {deed}", encoding="utf-8")
    archive(tmp_path, "c.zip", 二="乙")
    assert told(taken(tmp_path, QUICK if reason == "timeout" else None)) == {
        "a.zip!/一.txt": "甲".encode(),
        "b.zip": reason,
        "c.zip!/二.txt": "乙".encode(),
    }


def test_nothing_stays_behind(tmp_path, monkeypatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    archive(tmp_path, "a.zip", 一="甲", 二="乙")
    with Unpacker() as unpacker:
        members = take_in(discover([tmp_path / "a.zip"]), unpacker)
        assert next(members).data == "甲".encode()
        assert list(scratch.iterdir())
    assert not list(scratch.iterdir())


def test_full_scratch_space_ends_the_run(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv(mock.SWITCH, "1")
    (tmp_path / "a.zip").write_text("#!mock unpack full", encoding="utf-8")
    with pytest.raises(StorageError) as stop:
        taken(tmp_path)
    assert stop.value.code == "scratch_full"


def test_the_driver_opens_no_container(tmp_path, monkeypatch) -> None:
    def opened(*_: object) -> bool:
        raise AssertionError("opened in the driver")

    monkeypatch.setattr(container, "is_container", opened)
    monkeypatch.setattr(container, "entries", opened)
    archive(tmp_path, "a.zip", 一="甲")
    (tmp_path / "b.docx").write_bytes(docx := make_docx())
    found = told(taken(tmp_path))
    assert found == {"a.zip!/一.txt": "甲".encode(), "b.docx": docx}


def test_no_process_for_what_is_no_container(tmp_path) -> None:
    (tmp_path / "a.txt").write_text("Received 12场\n正文", encoding="utf-8")
    with Unpacker() as unpacker:
        assert len(list(take_in(discover([tmp_path]), unpacker))) == 1
        assert unpacker._worker is None


def test_a_planted_link_is_not_followed(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim", encoding="utf-8")
    with Unpacker() as unpacker:
        unpacker._ready()
        (unpacker._folder / "0").symlink_to(secret)
        (member,) = unpacker._handed([("一.txt", None)])
    assert member.trouble is not None
    assert member.trouble.reason == "read_error"
