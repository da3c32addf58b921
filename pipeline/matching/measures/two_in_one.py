"""Names written in one word, spelled out: 鼠虫害 is 鼠害 and 虫害, 乔灌木 is 乔木 and 灌木."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.matching.measures.lexicon import Lexicon, in_order
from pipeline.matching.measures.wording import (
    FILE,
    deed_bigrams,
    deed_words,
    words_by_place,
)
from pipeline.resources import load_toml
from pipeline.word_lists import one_of

# Two parts under one head word.
_TWO_PARTS = re.compile(
    r"([东西南北鼠虫A-D])[、和及]?([东西南北鼠虫A-D])两?(?=([线段片区侧害级]))"
)
# 新改建 is 新建、改建, 国省道 is 国道、省道.
_IN_ONE_WORD = re.compile(
    r"(?<![革创更翻])(?P<deeds>[新改扩续迁]{2,3})(?P<end>[建修])|(?P<ways>[国省县乡村]{2,4})(?P<way>道)(?!路)"
)
# 中小桥 is 中桥、小桥, 高低压 is 高压、低压, 县乡河道 is 县级河道、乡级河道.
_SIZES = re.compile(
    r"(?P<names>[大中小]{2,3}(?=[桥型])|[高中低]{2,3}(?=压))(?P<end>[桥型压])"
)
_LEVELS = re.compile(
    r"(?P<names>省市县?|市县乡?|县乡村?|县镇村?|镇村)(?:[两三](?=级))?(?P<end>级|(?=河道|河流|公路|道路|沟渠|机构|平台|网点|站点))"
)
# Words before a level that are no name of a place: 各 of 各县, 我 of 我镇.
_OWNERS = frozenset("全本我各该每")
# And last characters of such words: 全区镇村级, 列养率县乡村道分别.
_NO_PLACES = frozenset("省市县区州旗率数量度额费")
_SEVERAL = 2
# Every text that any of these changes has one of these, most have none.
_BEGUN_AND_GONE_ON = (
    ("新改扩续迁", "新改扩续迁", ""),
    ("国省县乡村", "国省县乡村", ""),
    ("东西南北鼠虫A-D", "东西南北鼠虫A-D", ""),
    ("东西南北鼠虫A-D", "、和及", "[东西南北鼠虫A-D]"),
    ("新改扩", "建", "[改扩维提]"),
    ("线", "上", "线下"),
    ("大中小", "大中小", "[大中小]?[桥型]"),
    ("高中低", "高中低", "压"),
    *(("省", "市", ""), ("市", "县", ""), ("县", "镇", ""), ("镇", "村", "")),
)
_FIRSTS, _SECONDS, _ = map("".join, zip(*_BEGUN_AND_GONE_ON, strict=True))
# Two characters come first, so that places without any are passed over; 村村级 is one.
_TWO_IN_ONE = re.compile(
    f"(?P<first>[{_FIRSTS}])(?!(?P=first))(?=[{_SECONDS}])(?:"
    + "|".join(f"(?<=[{a}])[{b}]{rest}" for a, b, rest in _BEGUN_AND_GONE_ON)
    + ")"
)
# 新建改造 is 新建、改造.
_SIDE_BY_SIDE = re.compile(r"(?<=[新改扩]建)(?=改造|改建|扩建|维修|提升)")


def is_cut_short(text: str) -> bool:
    """Whether a text holds two names in one, that ``spell_out`` parts."""
    return spell_out(text) != text


@lru_cache(maxsize=4096)
def spell_out(text: str) -> str:
    """鼠虫害 names 鼠害 and 虫害; 东、西两线 names both lines; 新改建 names both deeds."""
    if not _TWO_IN_ONE.search(text):
        return text
    both = text.replace("线上线下", "线上线下现场")
    if _TWO_PARTS.search(both):  # few, and a template costs more than the search
        both = _TWO_PARTS.sub(r"\1\3、\2", both)
    both = _LEVELS.sub(_each_level, _SIZES.sub(_each_kind, both))
    return _SIDE_BY_SIDE.sub("、", _IN_ONE_WORD.sub(_each_name, both))


def _each_name(said: re.Match[str]) -> str:
    if said["deeds"]:
        return "、".join(name + said["end"] for name in said["deeds"])
    whole, ways = _without_name(said, "ways")
    if len(ways) < _SEVERAL:
        return said[0]
    return whole + "、".join(way + said["way"] for way in ways)


@dataclass(frozen=True, slots=True)
class Compound:
    """Words for several kinds together, the longest first, and what each kind is called."""

    words: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]


def part_compounds(text: str) -> str:
    """栽种乔灌木 as 栽种乔木、灌木."""
    for compound in compounds_in(text):
        for word in compound.words:
            text = text.replace(word, "、".join(m[0] for m in compound.members))
    return text


@lru_cache(maxsize=8192)
def compounds_in(text: str) -> tuple[Compound, ...]:
    """The compounds that a text says: 乔灌木, 师生, but not 师生 of 教师生活."""
    held = _words().held(text)
    if not held:
        return ()  # most texts
    begun = words_by_place(text)
    said = {
        _compounds()[word]
        for word, end in in_order(held, text)
        if end - len(word) in begun
    }
    return tuple(c for c in dict.fromkeys(_compounds().values()) if c in said)


@lru_cache(maxsize=1)
def _compounds() -> dict[str, Compound]:
    named = {}
    for entry in load_toml(FILE)["together"]:
        compound = Compound(
            tuple(sorted(entry["words"], key=len, reverse=True)),
            tuple(map(tuple, entry["members"])),
        )
        named.update(dict.fromkeys(entry["words"], compound))
    return named


@lru_cache(maxsize=1)
def compound_words() -> re.Pattern[str]:
    """What finds any word for several kinds together, whatever words it is a part of."""
    return one_of(_compounds())


@lru_cache(maxsize=1)
def _words() -> Lexicon:
    return Lexicon(_compounds())


def _each_kind(said: re.Match[str]) -> str:
    return "、".join(name + said["end"] for name in said["names"])


def _each_level(said: re.Match[str]) -> str:
    """镇村级 as 镇级、村级, but 石桥镇村级 as it is: the 镇 there belongs to a name."""
    whole, levels = _without_name(said, "names")
    if len(levels) < _SEVERAL or levels == "乡村":
        return said[0]
    return whole + "、".join(level + "级" for level in levels)


def _without_name(said: re.Match[str], group: str) -> tuple[str, str]:
    """The first of some levels where a name ends with it, and the other ones."""
    levels = said[group]
    if _ends_a_name(said.string, said.start(group) + 1):
        return levels[0], levels[1:]
    return "", levels


def _ends_a_name(text: str, end: int) -> bool:
    """Whether a level ends the name of a place (石桥镇) or says whose (我镇, 全县)."""
    if text[max(0, end - 2) : end - 1] in _OWNERS:
        return True
    last = ""
    for begin, word in words_by_place(text).items():
        if begin + len(word) >= end:
            break
        last = word
    if begin < end - 1:
        return begin + len(word) == end and len(word) > _SEVERAL
    return (
        len(word) == 1
        and len(last) > 1
        and "一" <= last[-1] <= "鿿"
        and last[-1] not in _NO_PLACES
        and last not in deed_words()
        and last not in deed_bigrams()
    )
