from __future__ import annotations

import io
import stat
import zipfile

import pytest

from pipeline.errors import DocumentError
from pipeline.sources import container, is_container, limits, members
from tests.unit.sources.builders import make_docx, make_xlsx, make_zip


def outcome(data: bytes) -> dict[str, str]:
    return {
        e.name: e.error.reason if e.error else e.data.decode("latin-1")
        for e in container.entries(data)
    }


def test_only_plain_archives_are_containers() -> None:
    assert is_container(make_zip({"a.txt": b"1"}))
    assert is_container(make_zip({}))
    assert not is_container(make_docx())
    assert not is_container(make_xlsx())
    assert not is_container(
        make_zip({"OFD.xml": b"<a/>", "Doc_0/Document.xml": b"<a/>"})
    )
    assert not is_container(b"text")


def test_members_nested_ones_included() -> None:
    inner = make_zip({"b.txt": b"2", "表.docx": make_docx()})
    data = make_zip(
        {
            "目录/a.txt": b"1",
            "inner.zip": inner,
            "__MACOSX/._a": b"x",
            "目录/~$a.docx": b"x",
        }
    )
    assert [name for name, _ in members(data)] == [
        "目录/a.txt",
        "inner.zip!/b.txt",
        "inner.zip!/表.docx",
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_utf8_flag(encoding: str) -> None:
    name = "绩效自评表.txt"
    raw = name.encode(encoding)
    data = make_zip({"x" * len(raw): b"1"}).replace(b"x" * len(raw), raw)
    assert [n for n, _ in members(data)] == [name]


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "/etc/a.txt", "C:\\a.txt", "a/../../b.txt", "..\\a.txt", "n" * 2000],
)
def test_unsafe_names_are_refused_and_others_read(name: str) -> None:
    found = outcome(make_zip({name: b"x", "b.txt": b"2"}))
    assert found.pop("b.txt") == "2"
    assert list(found.values()) == ["unsafe_path"]


def test_links_and_second_members_of_a_name_are_refused() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w") as archive,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a.txt", "1")
        archive.writestr("a.txt", "2")
    found = [
        (e.name, e.data, e.error and e.error.reason)
        for e in container.entries(buffer.getvalue())
    ]
    assert found == [
        ("link", b"", "unsafe_path"),
        ("a.txt", b"1", None),
        ("a.txt", b"", "unsafe_path"),
    ]


def test_members_raises_after_the_readable_ones() -> None:
    seen = []
    with pytest.raises(DocumentError) as caught:
        for name, _ in members(make_zip({"../x": b"1", "b": b"2"})):
            seen.append(name)
    assert (seen, caught.value.reason) == (["b"], "unsafe_path")


def test_bomb_member_is_refused_and_siblings_read() -> None:
    found = outcome(make_zip({"bomb": b"\0" * 20_000_000, "b.txt": b"2"}))
    assert found == {"bomb": "expands_too_much", "b.txt": "2"}


def test_nesting_limit() -> None:
    data = make_zip({"x.txt": b"1"})
    for level in range(5):
        data = make_zip({f"{level}.zip": data, f"{level}.txt": b"1"})
    found = outcome(data)
    assert found["4.zip!/3.zip!/2.zip"] == "nested_too_deep"
    assert found["4.zip!/3.zip!/2.txt"] == "1"


def test_entry_limit_keeps_those_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "_Budget", lambda: container_budget(entries=2))
    found = outcome(make_zip(dict.fromkeys("abcd", b"1")))
    assert found == {"a": "1", "b": "1", "c": "too_many_entries"}


def test_total_limit_ends_the_container(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "_Budget", lambda: container_budget(expanded=5))
    found = outcome(make_zip({"a": b"123", "b": b"4567", "c": b"8"}))
    assert found == {"a": "123", "b": "expands_too_much"}


_budget = container._Budget


def container_budget(**limit: int) -> object:
    return _budget(**limit)


def test_encrypted_member() -> None:
    data = bytearray(make_zip({"a.txt": b"1", "b.txt": b"2"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    data[6] |= 1
    assert outcome(bytes(data)) == {"a.txt": "encrypted", "b.txt": "2"}


def test_damaged_member_and_damaged_archive() -> None:
    data = bytearray(make_zip({"a.txt": b"text " * 100, "b.txt": b"2"}))
    at = data.index(b"a.txt") + 8
    data[at : at + 6] = b"\xff" * 6
    assert outcome(bytes(data)) == {"a.txt": "corrupt", "b.txt": "2"}
    with pytest.raises(DocumentError) as caught:
        list(members(make_zip({"a": b"1" * 5000})[:60]))
    assert caught.value.reason == "truncated"


def test_inner_archive_that_is_broken() -> None:
    inner = make_zip({"x": b"1"})[:-10]
    assert outcome(make_zip({"in.zip": inner, "b": b"2"})) == {
        "in.zip!/x": "1",
        "in.zip": "truncated",
        "b": "2",
    }


def test_limits_are_those_of_the_documentation() -> None:
    assert (limits.MAX_ENTRIES, limits.MAX_DEPTH, limits.MAX_RATIO) == (10_000, 3, 100)
    assert limits.MAX_EXPANDED == 500 * 1024**2
