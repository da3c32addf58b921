from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from pipeline.runner import discover as module
from pipeline.runner.discover import discover
from pipeline.runner.naming import storable, visible


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def stored(*paths: Path | str) -> list[str]:
    return [item.path for item in discover(paths)]


def reasons(*paths: Path | str) -> dict[str, str | None]:
    return {item.path: item.reason for item in discover(paths)}


def test_folder_is_walked_in_a_fixed_order(tmp_path):
    put(tmp_path, "乙.txt", "甲/表.docx", "甲/a/深.pdf", "b.txt", "B.txt")
    assert stored(tmp_path) == ["B.txt", "b.txt", "乙.txt", "甲/a/深.pdf", "甲/表.docx"]


def test_hidden_and_lock_files_are_passed_over_unless_named(tmp_path):
    put(tmp_path, ".隐藏.txt", "~$表.docx", ".git/x.txt", "表.docx")
    assert stored(tmp_path) == ["表.docx"]
    assert stored(tmp_path / ".隐藏.txt") == [".隐藏.txt"]


def test_file_is_stored_under_its_name_and_marked_as_named(tmp_path):
    put(tmp_path, "甲/表.txt")
    (item,) = discover([tmp_path / "甲/表.txt"])
    assert (item.path, item.named, item.reason) == ("表.txt", True, None)
    assert not any(i.named for i in discover([tmp_path]))


def test_pattern_is_relative_to_its_fixed_part(tmp_path):
    put(tmp_path, "甲/1.txt", "甲/2.doc", "乙/3.txt", "乙/深/4.txt")
    assert stored(f"{tmp_path}/*/*.txt") == ["乙/3.txt", "甲/1.txt"]
    assert stored(f"{tmp_path}/**/*.txt") == ["乙/3.txt", "乙/深/4.txt", "甲/1.txt"]
    assert stored(f"{tmp_path}/乙*") == ["乙/3.txt", "乙/深/4.txt"]
    assert not any(i.named for i in discover([f"{tmp_path}/*/*.txt"]))


def test_brackets_in_a_real_name_are_no_pattern(tmp_path):
    put(tmp_path, "表[1].txt")
    assert stored(tmp_path / "表[1].txt") == ["表[1].txt"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["2022", "2023"], ["2022/表.txt", "2023/表.txt"]),
        (["甲/2022", "乙/2022"], ["乙/2022/表.txt", "甲/2022/表.txt"]),
        (["2022/表.txt", "2023/表.txt"], ["2022/表.txt", "2023/表.txt"]),
        (["2022", "甲"], ["2022/表.txt", "表.txt"]),
        (["2022", "别"], ["别.txt", "表.txt"]),
    ],
    ids=["两个年度", "末级同名", "两个文件", "不冲突", "不冲突的名字"],
)
def test_arguments_with_the_same_names_get_prefixes(tmp_path, arguments, expected):
    put(
        tmp_path,
        "2022/表.txt",
        "2023/表.txt",
        "甲/2022/表.txt",
        "乙/2022/表.txt",
        "别/别.txt",
    )
    found = stored(*(tmp_path / a for a in arguments))
    assert sorted(found) == sorted(expected)


def test_arguments_may_come_in_any_order(tmp_path):
    put(tmp_path, "2022/表.txt", "2023/表.txt", "2023/乙.txt")
    one = discover([tmp_path / "2022", tmp_path / "2023"])
    other = discover([tmp_path / "2023", tmp_path / "2022"])
    assert one == other


def test_a_file_given_twice_is_one_document_and_named(tmp_path):
    put(tmp_path, "甲/表.txt", "甲/乙.txt")
    items = discover([tmp_path, tmp_path / "甲/表.txt", tmp_path / "甲"])
    assert [i.path for i in items] == ["甲/乙.txt", "甲/表.txt"]
    assert [i.named for i in items] == [False, True]


def test_missing_path_is_listed(tmp_path):
    assert reasons(tmp_path / "没有.txt") == {"没有.txt": "not_found"}
    assert reasons(f"{tmp_path}/没有/*.txt") == {"*.txt": "not_found"}


def test_empty_folder_gives_nothing(tmp_path):
    assert discover([tmp_path]) == ()


@pytest.mark.parametrize("kind", ["管道", "链接", "断链", "环", "目录链接", "套接字"])
def test_what_is_no_regular_file_is_listed_without_blocking(tmp_path, kind):
    put(tmp_path, "外/目标.txt")
    folder = tmp_path / "里"
    folder.mkdir()
    odd = folder / "怪"
    match kind:
        case "管道":
            os.mkfifo(odd)
        case "链接":
            odd.symlink_to(tmp_path / "外/目标.txt")
        case "断链":
            odd.symlink_to(tmp_path / "没有")
        case "环":
            odd.symlink_to(odd)
        case "目录链接":
            odd.symlink_to(tmp_path / "外")
        case "套接字":
            with socket.socket(socket.AF_UNIX) as sock:
                sock.bind(str(odd))
    assert reasons(folder) == {"怪": "not_a_regular_file"}
    if kind != "目录链接":
        assert reasons(odd) == {"怪": "not_a_regular_file"}


def test_a_link_to_a_folder_may_be_named(tmp_path):
    put(tmp_path, "真/表.txt")
    (tmp_path / "链").symlink_to(tmp_path / "真")
    assert stored(tmp_path / "链") == ["表.txt"]


def test_folder_without_permission_is_one_failure(tmp_path, monkeypatch):
    put(tmp_path, "甲/表.txt", "乙.txt")
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == "甲":
            raise PermissionError(13, "denied")
        return scandir(path)

    monkeypatch.setattr(module.os, "scandir", refuse)
    assert reasons(tmp_path) == {"乙.txt": None, "甲": "no_permission"}


def test_deep_folders_do_not_recurse(tmp_path):
    deep = tmp_path
    for _ in range(300):
        deep = deep / "d"
    deep.mkdir(parents=True)
    put(deep, "表.txt")
    assert stored(tmp_path) == ["/".join(["d"] * 300) + "/表.txt"]


def test_names_that_are_not_utf8_become_text(tmp_path):
    name = os.fsencode(tmp_path) + b"/" + "绩效.txt".encode("gb18030")
    Path(os.fsdecode(name)).write_text("x", encoding="utf-8")
    put(tmp_path, "绩效.txt")
    assert stored(tmp_path) == ["绩效.txt", "绩效.txt~2"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("表.txt", "表.txt"),
        ("绩效".encode("gb18030").decode("utf-8", "surrogateescape"), "绩效"),
        ("a\udcffb", "a\\xffb"),
        ("a\ud83db", "a\\ud83db"),
    ],
    ids=["UTF-8", "GB18030", "都不是", "半个代理对"],
)
def test_storable(raw, text):
    assert storable(raw) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("表\t1\n", "表\\x091\\x0a"),
        ("\x1b[31m红", "\\x1b[31m红"),
        ("a\u202eb", "a\\u202eb"),
        ("－１％ ≥95", "－１％ ≥95"),
    ],
    ids=["制表符", "颜色", "反向", "全角"],
)
def test_visible(text, shown):
    assert visible(text) == shown
