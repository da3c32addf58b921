"""Whether two numbers count two parts of one thing, told apart by a modifier.

“八一”慰问1次、春节慰问1次; 慰问演出走进敬老院5场、走进社区4场; 设备到货春季280台、
秋季352台. What they share is what the target counts; a target that names one
of the two modifiers is that part only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.language.needles import Hint
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.two_in_one import spell_out
from pipeline.matching.measures.wording import (
    FILE,
    bigrams,
    content_words,
    deed_bigrams,
    kind_words,
    may_hold,
)
from pipeline.resources import load_toml
from pipeline.word_lists import listed, one_of

# Numbered and lettered parts; named ones are data. Each way begins with a letter, so
# that places with none of them are passed over.
_NUMBERED = (
    *(f"{side}(?:部|干|支)?(?:标段|海域|[线段片区侧渠])" for side in "东西南北"),
    *(f"{side}部(?:县区|区县|乡镇|地区|山区|城区)" for side in "东西南北中"),
    *("一期", "二期", "第[一二三四]季度", *(f"{n}季度" for n in "一二三四")),
    *("鼠害", "虫害", *(f"{letter}级" for letter in "ABCD"), "甲", "乙"),
)
_NOUN_BEFORE = re.compile(r"[^、，\d]{1,6}(?=[、，])")
# 6个小戏小品: what is counted may follow its number.
_NOUN_AFTER = re.compile(r"[一-鿿、]{2,12}(?=[，。；]|$)")
_AND = re.compile(r"[、和及与]")
_PART_NOUN = re.compile(r"(?:[段片区季线部组期批侧岸坡院校型类式]|学期|季度)$")
_KIND_OF = re.compile(r"[一-鿿]{2}[型类式](?=[一-鿿]{2})")
_LONGEST = 6
_LEADING = re.compile(r"^(?:[、和及与并]|其中|另有?|以及)+")
_FILLER = re.compile(r"(?:分别|各|共计?|合计|累计|已|了|为)+$|[“”\s()]")
_WHOLE = re.compile(
    r"(?:合计|共计?|累计|总数|总)(?:培训|接待|参训)?(?:人员|人数)?(?:合计)?$"
)
_QUARTERS = re.compile(r"(?:第?[一二三四](?:季度)?[、和及至到-])+(?=第?[一二三四]季度)")
# Places of one rank may report about each other's business.
_PLACE = re.compile(r"[镇乡村县市州省]$|街道$")


@lru_cache(maxsize=1)
def part_words() -> re.Pattern[str]:
    """What names a part of something: 上半年, 春防, 枯水期, 东段."""
    named = [w for entry in load_toml(FILE)["parts"] for w in entry["words"]]
    longest_first = sorted(map(re.escape, named), key=len, reverse=True)
    venues = [f"{venue}$" for venue in listed("venues_of_parts")]
    return re.compile("|".join([*longest_first, *_NUMBERED, *venues]))


def parts_named(text: str) -> list[str]:
    """All words of a text that name a part of something, in order."""
    found: list[str] = (
        part_words().findall(text) if _naming_parts().may_match(text) else []
    )
    return found


@lru_cache(maxsize=1)
def _naming_parts() -> Hint:
    return Hint(part_words())


def contrast(first: Measure, other: Measure) -> tuple[str, str] | None:
    """The two modifiers that tell two phrases apart; None if they are no pair."""
    if other.index < first.index:
        pair = contrast(other, first)
        return (pair[1], pair[0]) if pair else None
    clause = _after_the_noun(first, other)
    label = _label(other) if clause == other.clause else plain_label(clause)
    return _contrast(_label(first), label, clause[:1] in "、和及与")


def _after_the_noun(first: Measure, other: Measure) -> str:
    """A clause without the noun of the number before it: 40个地块、晚稻取样52个."""
    noun = _NOUN_BEFORE.match(other.clause)
    if noun is None or other.index != first.index + 1:
        return other.clause
    return (
        other.clause[noun.end() :] if first.after.startswith(noun[0]) else other.clause
    )


def are_complements(first: Measure, other: Measure) -> bool:
    """Whether two parts leave nothing out: 线下9场、线上5场."""
    pair = contrast(first, other)
    return pair is not None and all(part_words().fullmatch(word) for word in pair)


def fits_both(target: Measure, pair: tuple[str, str]) -> bool:
    """Whether a target names both modifiers, or, unless a part itself, neither."""
    text = spell_out(_FILLER.sub("", target.clause + target.local))
    named = [_is_named(word, text) for word in pair]
    return all(named) or (not target.part and not any(named))


def _is_named(word: str, text: str) -> bool:
    """Whether a text has a modifier, or a word of it (创制 of 创制新)."""
    return word in text or any(len(w) > 1 and w in text for w in content_words(word))


def adds_up_all(target: Measure, first: Measure, other: Measure) -> bool:
    """培训人员合计500人: whoever is listed next to the first counts too."""
    later = max(first, other, key=lambda m: m.index)
    return (
        bool(
            _WHOLE.search(_FILLER.sub("", target.clause) + "")
            or _WHOLE.search(target.clause)
        )
        and later.clause[:1] == "、"
        and len(later.clause) <= _LONGEST
        and abs(first.index - other.index) == 1
    )


def names_both(target: Measure, first: Measure, other: Measure) -> bool:
    """Whether a target is for two things that are reported apart, by their names."""
    text = _named_at(target.clause, target.after)
    labels = spell_out(_label(first)), spell_out(_label(other))
    return (
        _are_listed(*labels, text)
        or _are_listed(*_without_head(*labels), text)
        or _are_pieces(*labels, text)
        or (_goes_on(first, other) and _are_both_in_one(*labels, text))
    )


@lru_cache(maxsize=1024)
def _named_at(clause: str, after: str) -> str:
    """What stands at a number, and right after it; asked for with many others."""
    said = _FILLER.sub("", clause)
    noun = _NOUN_AFTER.match(after)
    return spell_out(said + noun[0] if noun else said)


def _goes_on(first: Measure, other: Measure) -> bool:
    """Whether the later of two numbers is listed right after the earlier one."""
    a, b = sorted((first, other), key=lambda m: m.index)
    return b.index == a.index + 1 and b.clause[:1] in tuple("、和及与")


def _are_both_in_one(first: str, other: str, text: str) -> bool:
    """假肢矫形器 for 假肢 and 矫形器, which are no words for what is done."""
    if not (a := _named_end(first, text)) or not (b := _named_end(other, text)):
        return False
    if not text.endswith((a + b, b + a)):
        return False
    return (bigrams(a) | bigrams(b)).isdisjoint(deed_bigrams() | kind_words())


def _are_pieces(first: str, other: str, text: str) -> bool:
    """来访接待, 热线 for 来访咨询及热线咨询: each name fits a piece of its own best."""
    pieces = [p for p in _AND.split(text) if p]
    if len(pieces) < 2:
        return False
    mine = _best_piece(first, pieces)
    return mine is not None and _best_piece(other, pieces) not in (None, mine)


def _best_piece(label: str, pieces: Sequence[str]) -> int | None:
    """The number of the only piece that has most of a label's words."""
    asked = list(map(bigrams, pieces))
    if not any(may_hold(label, gram) for grams in asked for gram in grams):
        return None  # most labels, seen without cutting them into words
    told = bigrams(label)
    fits = [len(told & grams) for grams in asked]
    best = max(fits)
    return fits.index(best) if best and fits.count(best) == 1 else None


def _are_listed(first: str, other: str, text: str) -> bool:
    if not (a := _named_end(first, text)) or not (b := _named_end(other, text)):
        return False
    a, b = re.escape(a), re.escape(b)
    if a == b:
        return False
    if re.search(rf"{a}[、和及与]{b}|{b}[、和及与]{a}", text):
        return True
    # 小戏小品 names two things, 评选作品 one and what is done.
    length = min(len(a), len(b))
    a, b = a[-length:], b[-length:]
    if not re.search(rf"(?:{a}{b}|{b}{a})$", text) or _process().search(a + b):
        return False
    return (deed_bigrams() | kind_words()).isdisjoint((a, b))


def _without_head(first: str, other: str) -> tuple[str, str]:
    """刺绣企业, 银饰企业 without the 企业 that a list (刺绣、银饰企业) names once."""
    shared = 0
    while (
        shared < min(len(first), len(other))
        and first[-1 - shared] == other[-1 - shared]
    ):
        shared += 1
    return (first[:-shared], other[:-shared]) if shared else ("", "")


def _named_end(label: str, text: str) -> str:
    """The longest end of a label, of two characters or more, that stands in a text."""
    if label[-2:] not in text:
        return ""  # most labels
    for begin in range(max(0, len(label) - _LONGEST), len(label) - 1):
        if label[begin:] in text:
            return label[begin:]
    return ""


def fits_series(target: Measure, first: Measure, other: Measure) -> bool:
    """Whether a target means the whole of a 分别 list, not one name of it."""
    if first.series is None or first.series != other.series:
        return False
    a, b = sorted((first, other), key=lambda m: m.index)
    said, mine, theirs = map(bigrams, (target.local, a.local, b.local))
    if mine <= said and theirs <= said:
        return True  # 示范村（社区） means both 示范村 and 示范社区
    if (mine - theirs) & said and not (theirs - mine) & said:
        return False  # 居民养老, 工伤: the last alone may have what all share
    return not any(m.local.strip() in target.local for m in (first, other))


def shares_head(target: Measure, first: Measure, pair: tuple[str, str]) -> bool:
    """Whether what binds a target to a part is more than the part's modifier."""
    known = set(first.local + first.clause + first.context) - set(pair[0])
    return bool(known & {c for c in target.local if "一" <= c <= "鿿"})


def _label(measure: Measure) -> str:
    clause = measure.clause if measure.series is None else measure.local
    return plain_label(clause)


@lru_cache(maxsize=4096)
def plain_label(clause: str) -> str:
    """A clause without what joins and counts: of 三、四季度共 the last, 四季度."""
    return _FILLER.sub("", _QUARTERS.sub("", _LEADING.sub("", clause)))


@lru_cache(maxsize=4096)
def _contrast(first: str, other: str, listed: bool) -> tuple[str, str] | None:
    named = _named_parts(first, other)
    if named:
        return named
    a, b = first, other
    shared = 0
    while shared < min(len(a), len(b)) and a[-1 - shared] == b[-1 - shared]:
        shared += 1
    if shared:
        a, b = a[: len(a) - shared], b[: len(b) - shared]
    if not a or not b or len(b) > _LONGEST + 6:
        return None
    pair = _modifiers(a, b, shared=shared, listed=listed)
    if pair is None or not all(pair) or pair[0] in pair[1] or pair[1] in pair[0]:
        return None  # 接待游客、接待过夜游客: one is among the other
    after = first[len(a)] if shared else ""
    if any(
        _PLACE.search(m + after) or _PLACE.search(m) or _process().search(m)
        for m in pair
    ):
        return None
    return pair


def _named_parts(first: str, other: str) -> tuple[str, str] | None:
    """上半年到车, 下半年到车: known part words, alike apart from these."""
    a, b = parts_named(first), parts_named(other)
    if not a or not b:
        return None
    mine, theirs = _of_one_set(a, b) or (a[-1], b[-1])
    if mine == theirs:
        return None
    rest = first.replace(mine, ""), other.replace(theirs, "")
    # 东片种树20亩、西片种10亩: the second need not name the thing again.
    same = (
        rest[0].endswith(rest[1])
        or (rest[1] and rest[0].startswith(rest[1]))
        or bigrams(rest[0]) == bigrams(rest[1])
    )
    return (mine, theirs) if same else None


def _of_one_set(first: Sequence[str], other: Sequence[str]) -> tuple[str, str] | None:
    """春季 and 秋季 of 春季人工造林, 秋季造林: what is told apart, and not how it was done."""
    pairs = ((a, b) for a in reversed(first) for b in reversed(other) if a != b)
    sets = _sets_of_parts()
    return next((p for p in pairs if sets.get(p[0], -1) == sets.get(p[1], -2)), None)


@lru_cache(maxsize=1)
def _sets_of_parts() -> dict[str, int]:
    """The number of the set that each part word stands in."""
    entries = load_toml(FILE)["parts"]
    return {word: n for n, entry in enumerate(entries) for word in entry["words"]}


def _modifiers(a: str, b: str, *, shared: int, listed: bool) -> tuple[str, str] | None:
    """What is left of two phrases without their common end and beginning."""
    named = parts_named(a), parts_named(b)
    if named[0] and named[1]:
        return named[0][-1], named[1][-1]
    start = a.rfind(b[:2]) if len(b) > 2 else -1
    if start >= 0 and len(a) - start <= _LONGEST + 2:
        return a[start + 2 :], b[2:]  # 走进敬老院, 走进社区
    if len(b) > _LONGEST:
        return None
    if shared >= 2 or (shared and listed):
        return a[-len(b) :] if len(a) >= len(b) + 2 else a, b
    if listed and _PART_NOUN.search(b):
        if a[-1:] == b[-1:]:
            return a[-len(b) :], b
        kind = _KIND_OF.search(a)
        if kind and kind[0][-1] == b[-1]:
            return kind[0], b  # 负压型救护车, 普通型
    return None


@lru_cache(maxsize=1)
def _process() -> re.Pattern[str]:
    return one_of(load_toml(FILE)["stages"]["words"])
