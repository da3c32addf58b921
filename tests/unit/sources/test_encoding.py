from __future__ import annotations

import codecs

import pytest

from pipeline.sources.encoding import decode

TEXT = "绩效目标：完成老旧小区改造12个，居民满意度≥90%。\n"
TRADITIONAL = (
    "績效目標：完成舊區改造十二個，居民滿意度達到百分之九十以上，並開展講座。\n"
)


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "gb18030",
        "gbk",
        "hz",
    ],
)
def test_simplified(encoding: str) -> None:
    text = TEXT.replace("≥", "大于") if encoding == "hz" else TEXT
    assert decode(text.encode(encoding)) == text


def test_big5_is_not_taken_for_gb18030() -> None:
    assert decode(TRADITIONAL.encode("big5")) == TRADITIONAL


def test_traditional_in_gb18030() -> None:
    assert decode(TRADITIONAL.encode("gb18030")) == TRADITIONAL


def test_four_byte_gb18030() -> None:
    text = "项目负责人：㐀㐁𠀀，完成情况良好，满意度达到要求。"
    assert decode(text.encode("gb18030")) == text


def test_utf8_cut_inside_a_character() -> None:
    text = decode((TEXT * 20).encode()[:-5])
    assert text is not None
    assert text.startswith(TEXT)
    assert text.count("\ufffd") <= 1


def test_wrong_hint_is_only_a_hint() -> None:
    assert decode(TEXT.encode("gb18030"), "utf-8") == TEXT
    assert decode(TEXT.encode(), "no-such-charset") == TEXT


def test_gb2312_hint_reads_characters_beyond_it() -> None:
    text = "镕基路㎡≥"
    assert decode(text.encode("gb18030"), "gb2312") == text


def test_ascii() -> None:
    assert decode(b"a\tb\n") == "a\tb\n"


def test_a_few_control_bytes_are_no_binary() -> None:
    text = decode(TEXT.encode() * 10 + b"\x00\x07")
    assert text is not None
    assert text.startswith(TEXT)


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, codecs.BOM_UTF8[:1] + b"\x00\x01\x02" * 99]
)
def test_binary(data: bytes) -> None:
    assert decode(data) is None
