"""run, extract, show, export on files, as a user sees them."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.e2e.command import FORM, arguments, environment, jixiao

OTHER = FORM.replace("社区图书角建设", "村级水渠清淤").replace("12场", "9场")
PROSE = "会议纪要\n今天讨论了图书角的选址，没有形成结论。\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it comes: forms, copies, prose, broken and foreign files."""
    root = tmp_path_factory.mktemp("档案")
    (root / "甲").mkdir()
    (root / "甲/表一.txt").write_text(FORM, encoding="utf-8")
    (root / "甲/副本.txt").write_text(FORM, encoding="utf-8")
    (root / "乙表.txt").write_bytes(OTHER.encode("gb18030"))
    (root / "纪要.txt").write_text(PROSE, encoding="utf-8")
    (root / "空.docx").write_bytes(b"")
    (root / "坏.pdf").write_bytes(b"%PDF-1.4\nnothing follows")
    (root / "坏.docx").write_bytes(b"PK\x03\x04 torn")
    (root / "程序.exe").write_bytes(b"MZ\x90\x00" + bytes(range(256)) * 4)
    (root / "~$表一.docx").write_bytes(b"lock")
    (root / "链接.txt").symlink_to(root / "乙表.txt")
    with zipfile.ZipFile(root / "包.zip", "w") as packed:
        packed.writestr("丙/表.txt", FORM.replace("图书角", "健身角"))
        packed.writestr("说明.txt", PROSE + "又")
    return root


FAILED = {
    "坏.docx": "corrupt",
    "坏.pdf": "corrupt",
    "空.docx": "empty",
    "链接.txt": "not_a_regular_file",
}
SKIPPED = {
    "包.zip!/说明.txt": "no_form",
    "甲/表一.txt": "duplicate",
    "程序.exe": "unsupported",
    "纪要.txt": "no_form",
}
WITH_FORMS = ["乙表.txt", "包.zip!/丙/表.txt", "甲/副本.txt"]


@pytest.fixture(scope="module")
def done(archive, tmp_path_factory):
    """The archive run once, with two workers."""
    home = tmp_path_factory.mktemp("home")
    return home, jixiao("run", archive, "--workers", "2", cwd=home)


def query(home: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(home / "jixiao.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def rows(home: Path) -> dict[object, tuple[object, object]]:
    found = query(home, "select path, status, reason from documents")
    return {path: (status, reason) for path, status, reason in found}


def test_run_stores_every_input_with_status_and_reason(done):
    home, ended = done
    assert ended.code == 4
    assert ended.out == ""
    assert rows(home) == {
        **dict.fromkeys(WITH_FORMS, ("ok", None)),
        **{path: ("failed", reason) for path, reason in FAILED.items()},
        **{path: ("skipped", reason) for path, reason in SKIPPED.items()},
    }


def test_run_lists_failures_and_a_summary_that_adds_up(done):
    _, ended = done
    listed = [line.split("\t") for line in ended.err.splitlines() if "\t" in line]
    assert {path: reason for path, reason, _ in listed} == FAILED
    assert "输入 11 份 = 成功 3 + 部分 0 + 失败 4 + 略过 4 + 无需处理 0" in ended.err
    assert "文件损坏（corrupt）2" in ended.err
    assert "查看：jixiao show（列出编号）" in ended.err
    assert "\x1b" not in ended.err


def test_nothing_stored_tells_where_the_files_lay(done, archive):
    home, ended = done
    dump = str(query(home, "select * from documents")) + str(
        query(home, "select * from forms")
    )
    for text in (dump, ended.err):
        assert str(archive) not in text
        assert "Traceback" not in text


def test_second_run_changes_nothing(done, archive):
    home, _ = done
    tables = ("documents", "forms", "quantities", "links", "flags")
    before = [query(home, f"select * from {t}") for t in tables]
    ended = jixiao("run", archive, cwd=home)
    assert ended.code == 4
    assert "无需处理 7" in ended.err
    assert [query(home, f"select * from {t}") for t in tables] == before


def test_one_and_two_workers_give_the_same_database(done, archive, tmp_path):
    home, _ = done
    assert jixiao("run", archive, "--workers", "1", cwd=tmp_path).code == 4
    for table in ("documents", "forms", "quantities", "indicators", "flags"):
        sql = f"select * from {table}"
        assert query(tmp_path, sql) == query(home, sql)


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [
        ("甲/表一.txt", 0, None),
        ("纪要.txt", 4, "no_form"),
        ("程序.exe", 4, "unsupported"),
        ("空.docx", 4, "empty"),
        ("坏.pdf", 4, "corrupt"),
        ("没有.txt", 1, "not_found"),
        ("链接.txt", 1, "not_a_regular_file"),
    ],
)
def test_named_files_run_and_extract_end_alike(archive, tmp_path, name, code, reason):
    ran = jixiao("run", archive / name, cwd=tmp_path)
    extracted = jixiao("extract", archive / name, cwd=tmp_path)
    assert (ran.code, extracted.code) == (code, code)
    path = Path(name).name
    assert rows(tmp_path) == {path: ("failed" if reason else "ok", reason)}
    lines = [line.split("\t") for line in extracted.err.splitlines()]
    assert [line[:2] for line in lines] == ([[path, reason]] if reason else [])
    assert all(len(line) == 3 and line[2] for line in lines)


def test_empty_folder_and_nothing_but_hidden_files_exit_1(tmp_path):
    (tmp_path / "空").mkdir()
    (tmp_path / "空/.x").write_text("x", encoding="utf-8")
    for command in ("run", "extract"):
        ended = jixiao(command, "空", cwd=tmp_path)
        assert (ended.code, "没有找到可读的文件" in ended.err) == (1, True)
    assert not (tmp_path / "jixiao.db").exists()


def test_extract_gives_records_in_the_order_of_paths(archive, tmp_path):
    ended = jixiao("extract", archive, "--workers", "2", cwd=tmp_path)
    records = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 4
    paths = [r["source"]["path"] for r in records]
    assert paths == ["乙表.txt", "包.zip!/丙/表.txt", "甲/副本.txt", "甲/表一.txt"]
    assert records[0]["project_name"] == "村级水渠清淤"
    again = jixiao("extract", archive, "--workers", "1", cwd=tmp_path)
    assert (again.out, again.err) == (ended.out, ended.err)


def test_extract_to_a_file_is_all_or_nothing(archive, tmp_path):
    target = tmp_path / "out.jsonl"
    ended = jixiao("extract", archive / "甲", "-o", target, cwd=tmp_path)
    assert (ended.code, ended.out) == (0, "")
    assert len(target.read_text(encoding="utf-8").splitlines()) == 2
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]
    ended = jixiao("extract", archive / "甲", "-o", tmp_path, cwd=tmp_path)
    assert ended.code == 5
    ended = jixiao("extract", archive / "甲", "-o", "none/out.jsonl", cwd=tmp_path)
    assert ended.code == 5


def test_failures_in_english(archive, tmp_path):
    ended = jixiao("extract", archive / "空.docx", "--lang", "en", cwd=tmp_path)
    assert ended.err.startswith("\\u") is False
    assert "The file is empty" in ended.err


def test_fail_on_exits_10_also_when_everything_was_done(done, archive):
    home, _ = done
    assert jixiao("run", archive, "--fail-on", "info", cwd=home).code == 10


def test_control_characters_of_a_name_never_reach_the_terminal(tmp_path):
    (tmp_path / "a\x1b[31m\tb\n.txt").write_bytes(b"")
    ended = jixiao("extract", tmp_path, cwd=tmp_path)
    assert ended.err.splitlines()[0].startswith("a\\x1b[31m\\x09b\\x0a.txt\tempty\t")
    assert "\x1b" not in ended.err


# -- show and export


def form_id(home: Path, path: str = "甲/副本.txt") -> str:
    ((found,),) = query(home, f"select id from forms where path = '{path}'")
    return str(found)


def test_show_sets_goals_beside_outcomes_within_80_columns(done):
    home, _ = done
    ended = jixiao("show", form_id(home)[:10], cwd=home)
    assert (ended.code, ended.err) == (0, "")
    assert max(cell_len(line) for line in ended.out.splitlines()) <= 80
    assert "\x1b" not in ended.out
    (line, *_) = [x for x in ended.out.splitlines() if "12场" in x and "10场" in x]
    assert "未达" in line
    assert "社区图书角建设" in ended.out
    assert "50/50" in ended.out


def test_show_without_a_form_lists_those_that_it_can_show(done):
    folder, _ = done
    ended = jixiao("show", cwd=folder)
    head, *lines = [line.split("\t") for line in ended.out.splitlines()]
    assert head[0] == "编号" and {len(line) for line in lines} == {len(head)}
    assert [line[-1] for line in lines] == WITH_FORMS
    assert lines[0][1:4] == ["云麓县图书馆", "村级水渠清淤", "2024"]
    assert sum(map(int, lines[0][4].split("/"))) > 0
    assert jixiao("show", lines[0][0], cwd=folder).code == 0


def test_status_says_what_is_there_and_why_not(done):
    home, _ = done
    told = json.loads(jixiao("status", "--format", "json", cwd=home).out)
    assert told["documents"] == {
        "ok": 3,
        "partial": 0,
        "failed": 4,
        "skipped": 4,
        "pending": 0,
    }
    assert told["reasons"]["corrupt"] == 2
    assert (told["forms"], told["left"]) == (3, 0)
    assert told["runs"][-1]["exit_code"] == 4 and told["per_hour"] > 0
    zh, en = (jixiao("status", "--lang", x, cwd=home).out for x in ("zh", "en"))
    assert "失败\t4" in zh and "failed\t4" in en
    assert "文件损坏（corrupt）\t2" in zh and "damaged (corrupt)\t2" in en
    assert str(home) not in zh + str(told)


def test_a_json_log_has_a_line_per_document(archive, tmp_path):
    ended = jixiao("run", archive, "--log-format=json", "--progress=json", cwd=tmp_path)
    lines = [json.loads(line) for line in ended.err.splitlines()]
    ends = {x["document"]: x["status"] for x in lines if x["event"] == "document"}
    assert ended.code == 4
    assert {p for p, s in ends.items() if s == "failed"} == set(FAILED)
    assert {p for p, s in ends.items() if s == "ok"} == set(WITH_FORMS)
    summary = next(x for x in lines if x["event"] == "summary")
    assert summary["inputs"] == len(ends)
    last = [x for x in lines if x["event"] == "progress"][-1]
    assert (last["done"], last["total"], last["failed"]) == (len(ends),) * 2 + (4,)


def test_the_next_commands_name_a_database_of_ones_own(tmp_path):
    (tmp_path / "空.txt").write_bytes(b"")
    ended = jixiao("run", "空.txt", "--db", "own.db", cwd=tmp_path)
    assert "jixiao show --db sqlite:///own.db" in ended.err
    assert "jixiao export --db sqlite:///own.db --to" in ended.err
    listed = jixiao("show", "--db", "own.db", cwd=tmp_path)
    assert listed.code == 0
    assert "数据库里还没有表" in listed.err


@pytest.mark.parametrize("prefix", ["zzzz", ""], ids=["没有", "空"])
def test_show_of_an_unknown_form_exits_2(done, prefix):
    home, _ = done
    assert jixiao("show", prefix, cwd=home).code == 2


def test_export_writes_beside_the_database(done):
    home, _ = done
    ended = jixiao("export", "--to", "x.jsonl", cwd=home)
    assert (ended.code, ended.out) == (0, "")
    lines = (home / "x.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(x)["source"]["path"] for x in lines] == WITH_FORMS
    assert jixiao("export", "--to", "x.foo", cwd=home).code == 2


# -- being stopped


def start(*words: str | Path, cwd: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        arguments(*words),
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def members_of(group: int) -> list[str]:
    """Processes of a group that still run."""
    return [
        entry.name
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and _group_of(entry) == group
    ]


def _group_of(entry: Path) -> int | None:
    try:
        fields = (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else int(fields[2])


def wait_for(condition, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.02)


@pytest.fixture
def heeds_ctrl_c() -> Iterator[None]:
    """A shell starts background jobs with Ctrl-C ignored, and children inherit it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeds_ctrl_c")
@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143)],
    ids=["Ctrl-C", "SIGTERM"],
)
def test_stopped_run_keeps_its_state_and_resumes(tmp_path, number, code):
    folder = tmp_path / "many"
    folder.mkdir()
    count = 160  # the stop must come before the end, on any machine
    for i in range(count):
        text = FORM.replace("12场", f"{12 + i}场")
        (folder / f"{i:03}.txt").write_text(text, encoding="utf-8")

    def finished() -> int:
        try:
            ((n,),) = query(tmp_path, "select count(*) from forms")
        except sqlite3.Error:
            return 0
        return int(str(n))

    process = start("run", folder, "--workers", "2", cwd=tmp_path)
    wait_for(lambda: finished() >= 2 or process.poll() is not None)
    os.killpg(process.pid, number) if number == signal.SIGINT else process.terminate()
    stopped = time.monotonic()
    # Within a second as a rule; a document that is being stored is waited for.
    _, err = process.communicate(timeout=20)
    assert time.monotonic() - stopped < 10
    assert process.returncode == code
    assert "再次运行同一命令" in err.decode()
    # The tracker that multiprocessing starts needs a moment to notice.
    wait_for(lambda: members_of(process.pid) == [], 5)
    kept = finished()
    assert 2 <= kept < count
    statuses = {status for status, _ in rows(tmp_path).values()}
    assert statuses == {"ok", "pending"}
    assert jixiao("run", folder, "--workers", "2", cwd=tmp_path).code == 0
    assert finished() == count
    runs = query(tmp_path, "select exit_code from runs order by started_at")
    assert runs == [(code,), (0,)]


def read_terminal(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def test_progress_bar_only_where_a_person_looks_on(tmp_path):
    (tmp_path / "a.txt").write_text(FORM, encoding="utf-8")
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        arguments("run", "a.txt"),
        cwd=tmp_path,
        env=environment(TERM="xterm"),
        stderr=theirs,
        stdout=subprocess.PIPE,
    )
    os.close(theirs)
    shown = b"".join(iter(lambda: read_terminal(ours), b"")).decode()
    os.close(ours)
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, b"")
    assert "\x1b[" in shown
    assert "输入 1 份" in shown


def test_killed_driver_leaves_no_worker_and_resumes(tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for i in range(10):
        text = FORM.replace("12场", f"{12 + i}场")
        (folder / f"{i:03}.txt").write_text(text, encoding="utf-8")
    process = start("run", folder, "--workers", "1", cwd=tmp_path)
    wait_for(lambda: len(members_of(process.pid)) > 1)
    process.kill()
    process.communicate(timeout=20)
    wait_for(lambda: members_of(process.pid) == [], 20)
    assert jixiao("run", folder, cwd=tmp_path).code == 0
    assert len(rows(tmp_path)) == 10


def test_closed_stdout_ends_quietly(archive, tmp_path):
    process = start("extract", archive / "甲", cwd=tmp_path)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read().decode()
    assert process.wait(timeout=60) == 0
    process.stderr.close()
    assert err == ""
