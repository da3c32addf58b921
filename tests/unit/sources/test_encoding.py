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


@pytest.mark.parametrize(
    "text",
    ["年度總體目標", "項目名稱\t預算數", "實際完成情況：全年辦理培訓三期"],
)
def test_short_texts_in_big5(text: str) -> None:
    assert decode(text.encode("big5")) == text


def test_characters_of_hong_kong() -> None:
    text = "啲嘅" + TRADITIONAL
    assert decode(text.encode("big5hkscs")) == text


@pytest.mark.parametrize(
    ("encoding", "hint"),
    [("big5", "gb2312"), ("gbk", "big5"), ("gbk", "utf-8"), ("utf-8", "gb2312")],
)
def test_wrong_declarations(encoding: str, hint: str) -> None:
    text = TRADITIONAL if encoding == "big5" else TEXT
    assert decode(text.encode(encoding), hint) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "gb18030"])
def test_marks_inside_the_text_are_dropped(encoding: str) -> None:
    data = ("\ufeff" + TEXT + "\ufeff" + TEXT).encode(encoding)
    assert decode(data) == TEXT * 2


@pytest.mark.parametrize(
    "parts",
    [("utf-8", "gbk"), ("gbk", "utf-8", "utf-8"), ("utf-8", "gbk", "utf-8", "gbk")],
)
def test_files_put_together_from_several_encodings(parts: tuple[str, ...]) -> None:
    text = TEXT + "项目名称\t老年人体检\t预算数\t1,200.00\n"
    assert decode(b"".join(text.encode(p) for p in parts)) == text * len(parts)


def test_the_mark_of_utf8_before_something_else() -> None:
    assert decode(codecs.BOM_UTF8 + TEXT.encode("gbk")) == TEXT


def test_utf16_cut_inside_a_character() -> None:
    assert decode(TEXT.encode("utf-16-le")[:-1]) == TEXT[:-1]


def test_one_bad_byte_costs_one_character() -> None:
    data = (TEXT * 9).encode("gbk") + b"\xff\n" + TEXT.encode("gbk")
    text = decode(data)
    assert text is not None
    assert text.startswith(TEXT * 9)
    assert text.count("\ufffd") == 1
