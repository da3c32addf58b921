"""Arguments, configuration, help: what needs no document."""

from __future__ import annotations

import resource
import subprocess

import pytest

from pipeline.store import open_store
from pipeline.store.rows import DocumentRow
from tests.e2e.command import arguments, environment, jixiao


def test_help_is_chinese_by_default_and_quick(tmp_path):
    jixiao("--help", cwd=tmp_path)  # byte code is written by the first start
    start = _processor_time()
    ended = jixiao("--help", cwd=tmp_path)
    took = _processor_time() - start
    assert ended.code == 0
    assert "用法：jixiao" in ended.out
    assert ended.err == ""
    assert took < 1.0  # 0.12 s on an idle machine; the goal is half a second


def _processor_time() -> float:
    """Seconds that commands started from here have used so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_help_loads_nothing_heavy(tmp_path):
    code = (
        "import sys; from pipeline.cli.entry import run_command; "
        "run_command(['--help']); "
        "heavy = {'spacy','sqlalchemy','jieba','lxml','openpyxl','numpy','rich.table'}; "
        "sys.exit(len(heavy & set(sys.modules)))"
    )
    command = [arguments()[0], "-c", code]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "words",
    [["run", "--help", "--lang", "en"], ["--lang=en", "run", "-h"]],
    ids=["后置", "前置"],
)
def test_help_in_english(tmp_path, words):
    ended = jixiao(*words, cwd=tmp_path)
    assert "Usage: jixiao run" in ended.out
    assert ended.out.isascii() or "…" in ended.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "没有写命令"),
        (["没有"], "没有命令 没有"),
        (["run"], "缺少参数 PATH"),
        (["run", "--wrokers", "2", "x"], "是不是想用 --workers"),
        (["run", "x", "--workers", "0"], "--workers 的值不对"),
        (["run", "x", "--workers", "two"], "--workers 的值不对"),
        (["run", "x", "--fail-on", "bad"], "high, medium, low, info"),
        (["run", "x", "--redo", "--only-failed"], "只能用一个"),
        (["--lang", "fr", "flags"], "--lang 的值不对"),
        (["export"], "缺少选项 --to"),
        (["config"], "没有写命令"),
        (["flags", "--log-format", "xml"], "text, json"),
        (["analyze", "a", "b"], "多余的参数"),
        (["db"], "没有写命令"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "",
)
def test_wrong_arguments_exit_2_in_chinese(tmp_path, words, told):
    ended = jixiao(*words, cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err
    assert list(tmp_path.iterdir()) == []


def test_wrong_arguments_in_english(tmp_path):
    ended = jixiao("--lang", "en", "run", cwd=tmp_path)
    assert "Missing argument PATH" in ended.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("dbb = 'x'", "dbb"),
        ("workers = 'two'", "workers"),
        ("workers = 0", "workers"),
        ("workers = true", "workers"),
        ("lang = 'fr'", "lang"),
        ("lang = ", "jixiao.toml"),
        ("profile = 'atlantis'", "atlantis"),
    ],
    ids=["未知键", "类型", "零", "布尔", "语言", "语法", "未知规则"],
)
def test_bad_configuration_exits_9_naming_the_key(tmp_path, text, told):
    (tmp_path / "jixiao.toml").write_text(text, encoding="utf-8")
    (tmp_path / "a.txt").write_text("文", encoding="utf-8")
    ended = jixiao("extract", "a.txt", cwd=tmp_path)
    assert ended.code == 9
    assert told in ended.err
    assert ended.out == ""


def test_configuration_file_that_is_not_there_exits_9(tmp_path):
    assert jixiao("flags", "--config", "没有.toml", cwd=tmp_path).code == 9


def test_configuration_chooses_the_language(tmp_path):
    (tmp_path / "jixiao.toml").write_text("lang = 'en'", encoding="utf-8")
    assert "not found" in jixiao("analyze", "没有.jsonl", cwd=tmp_path).err
    ended = jixiao("analyze", "没有.jsonl", "--lang", "zh", cwd=tmp_path)
    assert "找不到" in ended.err


def test_flags_lists_the_catalogue_as_data(tmp_path):
    ended = jixiao("flags", cwd=tmp_path)
    lines = [line.split("\t") for line in ended.out.splitlines()]
    assert lines[0] == ["代码", "名称", "级别", "检查什么", "依据"]
    assert {len(line) for line in lines} == {5}
    assert "goal_without_outcome" in {line[0] for line in lines}
    assert (ended.code, ended.err) == (0, "")


def test_doctor_says_what_is_there_and_exits_0(tmp_path):
    ended = jixiao("doctor", cwd=tmp_path, PATH="/nowhere")
    assert ended.code == 0
    assert "Python" in ended.out
    assert "[缺] LibreOffice" in ended.out
    assert "apt install libreoffice" in ended.out
    assert list(tmp_path.iterdir()) == []


def test_doctor_reports_a_broken_database(tmp_path):
    (tmp_path / "bad.db").write_bytes(b"no database" * 100)
    ended = jixiao("doctor", "--db", "bad.db", cwd=tmp_path)
    assert (ended.code, "[缺] 数据库" in ended.out) == (0, True)


@pytest.mark.parametrize(
    "words",
    [
        ["show", "ab"],
        ["export", "--to", "x.xlsx"],
        ["db", "upgrade"],
        ["export", "--to", "x.xlsx", "--db", "none/x.db"],
    ],
    ids=" ".join,
)
def test_missing_database_exits_5_and_makes_none(tmp_path, words):
    ended = jixiao(*words, cwd=tmp_path)
    assert ended.code == 5
    assert "Traceback" not in ended.err
    assert list(tmp_path.iterdir()) == []


def test_db_upgrade_of_a_current_database(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/jixiao.db") as store:
        store.register([DocumentRow("a.txt")])
    ended = jixiao("db", "upgrade", cwd=tmp_path)
    assert ended.code == 0
    assert "无需升级" in ended.err


def test_a_password_in_the_url_is_never_shown(tmp_path):
    url = "postgresql://me:geheim@127.0.0.1:1/x"
    for words in (["doctor"], ["export", "--to", "x.csv"], ["show", "a"]):
        ended = jixiao(*words, "--db", url, cwd=tmp_path)
        assert "geheim" not in ended.out + ended.err
