"""The run over a real store; documents are told what they hold by their text."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace

import pytest

from pipeline.api import Settings
from pipeline.core.record import Source
from pipeline.errors import REASONS, ExitCode
from pipeline.interrupt import Interrupted, Terminated
from pipeline.runner import files, keeper, plan
from pipeline.runner.discover import discover
from pipeline.runner.intake import take_in
from pipeline.runner.run import Choice, extract_items, run_archive
from pipeline.runner.unpack import Unpacker
from pipeline.runner.work import Extracted, Trouble, trouble
from pipeline.runner.worker import WorkerFailure
from tests.unit.store.builders import record


def pretend(task):
    """A form per line "表"; other lines name a reason."""
    sha256 = hashlib.sha256(task.data).hexdigest()
    lines = task.data.decode().split()
    if "崩溃" in lines:
        return WorkerFailure("worker_crash", "exit code -11")
    if "缺陷" in lines:
        return Extracted(trouble=Trouble("internal_error", "internal_error", trace="T"))
    records = []
    for index, _ in enumerate(x for x in lines if x == "表"):
        source = Source(task.path, sha256, "text/plain", index, (1,), "text")
        ident = hashlib.sha256(f"{sha256}{index}".encode()).hexdigest()[:16]
        records.append(replace(record(), id=ident, source=source))
    reason = next((x for x in lines if x in REASONS), None)
    if not records and reason is None:
        reason = "no_form"
    return Extracted(
        tuple(records),
        "text/plain",
        task.data.decode(),
        trouble(reason) if reason else None,
    )


class Inline:
    """An engine in this process; counts what it was given to read."""

    def __init__(self, stop_at: int | None = None, stop=KeyboardInterrupt):
        self.read: list[str] = []
        self.stop_at = stop_at
        self.stop = stop

    def map_documents(self, fn, items, begin=None, idle=None, /):
        for key, task in items:
            result = None
            while task is not None and (begin is None or begin(key)):
                if len(self.read) == self.stop_at:
                    raise self.stop
                self.read.append(task.path)
                result = pretend(task)
                if reason_of(result) != "worker_crash":
                    break
            yield key, result


class Windowed(Inline):
    """Takes all in before it begins with the first, as a window does."""

    def map_documents(self, fn, items, begin=None, idle=None, /):
        return super().map_documents(fn, list(items), begin, idle)


def reason_of(result):
    return result.reason if isinstance(result, WorkerFailure) else None


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "档案"
    root.mkdir()
    return root


def fill(folder, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def go(store, *paths, engine=None, settings=None, **options):
    engine = engine or Inline()
    summary = run_archive(
        discover(paths),
        store=store,
        engine=engine,
        settings=settings or Settings(),
        choice=Choice(**options),
    )
    assert summary.inputs == sum(
        (summary.ok, summary.partial, summary.failed, summary.skipped)
    ) + (summary.unchanged)
    return summary, engine


def rows(store) -> dict[str, tuple[str, str | None]]:
    return {row.path: (row.status, row.reason) for row in store.documents()}


def form_paths(store) -> list[str]:
    return [form["source"]["path"] for form in store.forms()]


def test_every_input_ends_as_forms_or_as_a_stored_reason(store, folder):
    fill(folder, a="表 表", b="散文", c="corrupt", d="表 too_many_pages", e="崩溃")
    fill(folder, f="缺陷", g="unsupported")
    summary, _ = go(store, folder)
    assert rows(store) == {
        "a.txt": ("ok", None),
        "b.txt": ("skipped", "no_form"),
        "c.txt": ("failed", "corrupt"),
        "d.txt": ("partial", "too_many_pages"),
        "e.txt": ("failed", "worker_crash"),
        "f.txt": ("failed", "internal_error"),
        "g.txt": ("skipped", "unsupported"),
    }
    assert (summary.forms, summary.exit_code()) == (3, ExitCode.SOME_FAILED)


def test_no_traceback_and_no_absolute_path_is_stored(store, folder):
    fill(folder, e="崩溃", f="缺陷")
    go(store, folder, folder / "没有.txt")
    for row in store.documents():
        assert row.message
        assert "Traceback" not in row.message
        assert str(folder) not in row.message


@pytest.mark.parametrize("reason", ["no_form", "unsupported"])
def test_named_files_fail_where_met_files_are_skipped(store, folder, reason):
    fill(folder, x="散文" if reason == "no_form" else reason)
    summary, _ = go(store, folder)
    assert (rows(store)["x.txt"], summary.exit_code()) == (("skipped", reason), 0)
    summary, _ = go(store, folder / "x.txt")
    assert rows(store)["x.txt"] == ("failed", reason)
    assert summary.exit_code() == ExitCode.SOME_FAILED


def test_second_run_reads_nothing_and_doubles_nothing(store, folder):
    fill(folder, a="表 表", b="散文", c="corrupt", d="表")
    go(store, folder)
    before = [list(store.documents()), list(store.forms())]
    summary, engine = go(store, folder)
    assert engine.read == []
    assert [list(store.documents()), list(store.forms())] == before
    assert (summary.unchanged, summary.failed) == (3, 1)
    assert summary.exit_code() == ExitCode.SOME_FAILED


def test_changed_bytes_replace_the_old_results(store, folder):
    fill(folder, a="表 表", b="表 乙")
    go(store, folder)
    fill(folder, a="表 新")
    summary, engine = go(store, folder)
    assert engine.read == ["a.txt"]
    assert form_paths(store) == ["a.txt", "b.txt"]
    assert (summary.replaced, summary.unchanged) == (1, 1)


def test_other_settings_read_everything_again(store, folder):
    fill(folder, a="表")
    go(store, folder)
    _, engine = go(store, folder, settings=Settings(profile="hubei"))
    assert engine.read == ["a.txt"]
    assert form_paths(store) == ["a.txt"]


def test_redo_reads_everything(store, folder):
    fill(folder, a="表", b="corrupt")
    go(store, folder)
    _, engine = go(store, folder, redo=True)
    assert engine.read == ["a.txt", "b.txt"]


def test_only_failed_reads_what_failed(store, folder):
    fill(folder, a="表", b="corrupt")
    go(store, folder)
    fill(folder, b="表 修好", c="表 新的")
    summary, engine = go(store, folder, only_failed=True)
    assert engine.read == ["b.txt"]
    assert rows(store)["b.txt"] == ("ok", None)
    assert "c.txt" not in rows(store)
    assert (summary.ok, summary.unchanged) == (1, 2)


@pytest.mark.parametrize("text", ["ocr_failed", "缺陷"])
def test_failures_that_may_pass_are_tried_again(store, folder, text):
    fill(folder, a=text)
    for _ in range(3):
        _, engine = go(store, folder)
        assert engine.read == ["a.txt"]


@pytest.mark.parametrize(
    ("text", "reads"),
    [("崩溃", [2, 0, 0]), ("timeout", [1, 1, 0]), ("memory", [1, 1, 0])],
)
def test_what_cost_its_worker_twice_is_set_aside(store, folder, text, reads):
    fill(folder, a=f"{text} 此文", b="表")
    for expected in reads:
        summary, engine = go(store, folder)
        assert engine.read.count("a.txt") == expected
        # It still counts as failed, so that the run does not look clean.
        assert (summary.failed, summary.exit_code()) == (1, ExitCode.SOME_FAILED)
    assert rows(store)["a.txt"][0] == "failed"
    _, engine = go(store, folder, only_failed=True)
    assert engine.read.count("a.txt") == reads[0]
    fill(folder, a=f"{text} 改过")
    _, engine = go(store, folder)
    assert engine.read.count("a.txt") == reads[0]


class Killed(Exception):
    """Stands for SIGKILL of the run: nothing of ours is called any more."""


def test_what_two_runs_died_of_is_set_aside(store, folder, monkeypatch):
    monkeypatch.setattr(keeper, "SOON", 0.0)  # each is stored before the next is read
    fill(folder, a="表 好", b="表 毒", c="表 后")
    for finished in (1, 0):
        with pytest.raises(Killed):
            go(store, folder, engine=Inline(stop_at=finished, stop=Killed))
    summary, engine = go(store, folder)
    assert engine.read == ["c.txt"]
    assert rows(store)["b.txt"] == ("failed", "worker_crash")
    assert (summary.ok, summary.failed, summary.unchanged) == (1, 1, 1)
    _, engine = go(store, folder, only_failed=True)
    assert engine.read == ["b.txt"]
    assert form_paths(store) == ["a.txt", "b.txt", "c.txt"]


def test_copies_of_what_is_set_aside_are_as_well(store, folder):
    fill(folder, a="表 毒", b="表 毒")
    for _ in range(2):
        with pytest.raises(Killed):
            go(store, folder, engine=Inline(stop_at=0, stop=Killed))
    for _ in range(2):
        _, engine = go(store, folder)
        assert engine.read == []
        assert rows(store) == dict.fromkeys(
            ("a.txt", "b.txt"), ("failed", "worker_crash")
        )
    go(store, folder, only_failed=True)
    assert rows(store) == {"a.txt": ("ok", None), "b.txt": ("skipped", "duplicate")}


@pytest.mark.parametrize("stop", [KeyboardInterrupt, Terminated])
def test_an_orderly_stop_is_no_attempt(store, folder, stop):
    fill(folder, a="表")
    for _ in range(3):
        with pytest.raises(Interrupted):
            go(store, folder, engine=Inline(stop_at=0, stop=stop))
    summary, _ = go(store, folder)
    assert summary.ok == 1


def test_attempts_of_a_window_are_counted_together_before_the_first(
    store, folder, monkeypatch
):
    fill(folder, a="表", b="散文", c="崩溃", d="表 表")
    counted = []
    begin = store.begin

    def begins(keys, **options):
        counted.append(sorted(keys))
        return begin(keys, **options)

    monkeypatch.setattr(store, "begin", begins)
    engine = Windowed(stop_at=1)
    with pytest.raises(Interrupted):
        go(store, folder, engine=engine)
    assert counted == [["a.txt", "b.txt", "c.txt", "d.txt"]]
    assert engine.read == ["a.txt"]
    assert {row.attempts for row in store.documents()} == {0}
    counted.clear()
    go(store, folder, engine=Windowed())
    # What crashed is tried once more, and that is counted by itself.
    assert counted == [["b.txt", "c.txt", "d.txt"], ["c.txt"]]
    assert {r.path: r.attempts for r in store.documents() if r.attempts} == {"c.txt": 2}


def test_attempts_do_not_outlive_a_result(store, folder):
    fill(folder, a="表", b="corrupt", c="散文")
    go(store, folder)
    assert {(r.attempts, r.attempt_key) for r in store.documents()} == {(0, None)}


def test_copies_give_one_set_of_records(store, folder):
    fill(folder, a="表 同", b="表 同", c="表 异")
    summary, engine = go(store, folder)
    assert engine.read == ["a.txt", "c.txt"]
    assert rows(store)["b.txt"] == ("skipped", "duplicate")
    assert form_paths(store) == ["a.txt", "c.txt"]
    assert (summary.skipped, summary.exit_code()) == (1, ExitCode.OK)
    message = {r.path: r.message for r in store.documents()}["b.txt"]
    assert message is not None and "a.txt" in message
    _, engine = go(store, folder)
    assert engine.read == []


def test_copies_of_a_failure_fail_alike(store, folder):
    fill(folder, a="corrupt", b="corrupt", c="散文", d="散文")
    _, engine = go(store, folder)
    assert engine.read == ["a.txt", "c.txt"]
    assert rows(store) == {
        "a.txt": ("failed", "corrupt"),
        "b.txt": ("failed", "corrupt"),
        "c.txt": ("skipped", "no_form"),
        "d.txt": ("skipped", "no_form"),
    }
    assert store.text("d.txt") == "散文"


def test_a_new_copy_of_a_stored_document_is_a_duplicate(store, folder):
    fill(folder, b="表")
    go(store, folder)
    fill(folder, a="表", c="表")
    go(store, folder)
    assert form_paths(store) == ["b.txt"]
    _, engine = go(store, folder, redo=True)
    assert engine.read == ["b.txt"]
    assert form_paths(store) == ["b.txt"]


@pytest.mark.parametrize("copy", ["a", "z"], ids=["先于原件", "后于原件"])
def test_a_copy_takes_over_when_its_original_changes(store, folder, copy):
    fill(folder, m="表 旧")
    go(store, folder)
    fill(folder, **{copy: "表 旧"})
    go(store, folder)
    assert form_paths(store) == ["m.txt"]
    fill(folder, m="表 新")
    go(store, folder)
    assert sorted(form_paths(store)) == sorted(["m.txt", f"{copy}.txt"])
    assert rows(store)[f"{copy}.txt"] == ("ok", None)


def test_archives_count_by_their_members(store, folder):
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr("甲/1.txt", "表 一")
        archive.writestr("2.txt", "corrupt 二")
        archive.writestr(".hidden", "x")
        archive.writestr("../逃.txt", "表 三")
    summary, _ = go(store, folder)
    assert rows(store) == {
        "包.zip!/甲/1.txt": ("ok", None),
        "包.zip!/2.txt": ("failed", "corrupt"),
        "包.zip!/../逃.txt": ("failed", "unsafe_path"),
    }
    assert summary.inputs == 3
    _, engine = go(store, folder)
    assert engine.read == []


def test_members_of_one_name_do_not_hide_each_other(store, folder):
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr("1.txt", "表 一")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("1.txt", "表 二")
    summary, _ = go(store, folder)
    assert summary.inputs == len(rows(store)) == 2
    assert rows(store)["包.zip!/1.txt"] == ("ok", None)


def test_archive_under_another_name_leaves_nothing_pending(store, folder):
    with zipfile.ZipFile(folder / "包.docx.bak", "w") as archive:
        archive.writestr("1.txt", "表 一")
    go(store, folder)
    assert rows(store) == {
        "包.docx.bak": ("skipped", None),
        "包.docx.bak!/1.txt": ("ok", None),
    }


def test_broken_or_empty_archive_fails_itself(store, folder):
    with zipfile.ZipFile(folder / "空.zip", "w"):
        pass
    summary, _ = go(store, folder)
    assert (summary.inputs, rows(store)["空.zip"][0]) == (1, "failed")


@pytest.mark.parametrize(
    ("stop", "code"),
    [(KeyboardInterrupt, ExitCode.INTERRUPTED), (Terminated, ExitCode.TERMINATED)],
)
def test_interrupted_run_keeps_what_is_done_and_resumes(store, folder, stop, code):
    fill(folder, a="表 1", b="表 2", c="表 3")
    with pytest.raises(Interrupted) as caught:
        go(store, folder, engine=Inline(stop_at=2, stop=stop))
    assert (caught.value.exit_code, caught.value.finished) == (code, 2)
    assert rows(store)["c.txt"] == ("pending", None)
    _, engine = go(store, folder)
    assert engine.read == ["c.txt"]
    assert form_paths(store) == ["a.txt", "b.txt", "c.txt"]


def test_too_large_and_vanished_and_forbidden_files(store, folder, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    fill(folder, a="表" * 10, b="表", c="表 三")
    items = discover([folder])
    (folder / "b.txt").unlink()

    opened = files.os.open

    def refuse(path, flags):
        if path.name == "c.txt":
            raise PermissionError(13, "denied")
        return opened(path, flags)

    monkeypatch.setattr(files.os, "open", refuse)
    summary = run_archive(items, store=store, engine=Inline(), settings=Settings())
    assert [reason for _, reason in rows(store).values()] == [
        "too_large",
        "not_found",
        "no_permission",
    ]
    assert summary.failed == 3


def test_link_put_in_place_of_a_file_is_not_followed(store, folder, tmp_path):
    fill(folder, a="表")
    items = discover([folder])
    secret = tmp_path / "secret"
    secret.write_text("表 秘密", encoding="utf-8")
    (folder / "a.txt").unlink()
    (folder / "a.txt").symlink_to(secret)
    run_archive(items, store=store, engine=Inline(), settings=Settings())
    assert rows(store)["a.txt"] == ("failed", "not_a_regular_file")


def test_fault_32_a_growing_file_is_not_read_half(folder, monkeypatch):
    fill(folder, a="表")
    fstat = files.os.fstat
    calls = 0

    def changing(descriptor):
        nonlocal calls
        calls += 1
        if calls == 2:
            fill(folder, a="表 又写了一些")
        return fstat(descriptor)

    monkeypatch.setattr(files.os, "fstat", changing)
    with Unpacker() as unpacker:
        (taken,) = take_in(discover([folder]), unpacker)
    assert taken.trouble is not None
    assert taken.trouble.reason == "changed_during_read"


def test_extract_needs_no_store_and_keeps_copies(folder):
    fill(folder, a="表 同", b="表 同", c="corrupt")
    readings = list(
        extract_items(discover([folder]), engine=Inline(), settings=Settings())
    )
    assert [(r.path, r.status, len(r.records)) for r in readings] == [
        ("a.txt", "ok", 1),
        ("b.txt", "ok", 1),
        ("c.txt", "failed", 0),
    ]


def test_retried_reasons_are_of_the_closed_set():
    assert plan.RETRIED < REASONS


def test_results_are_stored_together(store, folder):
    import sqlalchemy as sa

    fill(folder, **{f"n{i:02}": f"表 {i}" for i in range(40)})
    commits = []
    sa.event.listen(store.engine, "commit", lambda _: commits.append(1))
    summary, engine = go(store, folder)
    assert (summary.ok, len(form_paths(store))) == (40, 40)
    # One for each attempt that is counted; two dozen more would be one for each result.
    assert len(commits) - len(engine.read) < 15
