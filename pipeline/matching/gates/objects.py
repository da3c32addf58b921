"""Whether two phrases say the same is done to different things.

检查加油站60次 and 检查烟花爆竹门店74次 share a verb and a unit, and neither name
stands anywhere near the other: in a form that says little else they would be
taken for each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from pipeline.language.needles import Hint
from pipeline.language.segment import words
from pipeline.matching.gates.contrast import part_words
from pipeline.matching.measures.measure import Measure
from pipeline.matching.measures.per_fits import per_of
from pipeline.matching.measures.phrases import PART_WORDS
from pipeline.matching.measures.wording import (
    FILE,
    act_words,
    bigrams,
    content_word,
    deed_words,
    has_content_words,
    is_thin,
    kind_words,
    may_be_renamed,
)
from pipeline.resources import load_toml
from pipeline.word_lists import alternatives, any_of

# What a title says is no name of a thing: “缘来有你”联谊 is a 联谊 like any.
_TITLE = re.compile(r"“[^”]{3,12}”")
_NO_NAME = re.compile(
    r"\d+年?度?|先后|陆续|相继|前往|(?<![奔共])赴|[①-⑳《》“”]|^ ?[一二三四五六七八九十]+ "
)
# 按“一口一策”整治 says how.
_MEANS = re.compile(
    r"(?:按照?|以|通过|采用)“[^”]*”|在[^，。；]{2,20}(?:条件|形势|影响|背景|支持|指导)下"
    r"|(?:受|因)[^，。；、]{2,10}?(?:影响|限制)"
)
# Together with whom, where, how thoroughly, and what single ones are called: 城北、滨江2所幼儿园.
_BESIDES = re.compile(
    r"(?:会同|联合|协同|配合|邀请|委托)[^，。；、]{2,8}?(?=对|开展|进行|实施|组织|检查|举办|执法| )"
    r"|[村市县区镇乡校院园馆站所境场省州]内|辖区|(?:分布|坐落|位于)(?:在|于)?[^，。；]{1,10}"
    r"|(?<![引改推跟新])[三四五六七八九十]进(?![一-鿿])|到[位人户边底](?![一-鿿]{0,1}[资率])"
    r"|^(?:[一二三四五六七八九十]、)?[一-鿿]{2,4}(?:、[一-鿿]{2,4})+ (?=[一-鿿])"
)
# Whoever goes round, named after the thing: 文保员 for 文物.
_ROUND = re.compile(
    r"([一-鿿]{1,3})[员长](?=(?:全年|每[月日周季]|定期|累计|共|日常|常态化|开展|入户)*(?:巡|排查|走访))"
)
_NUMBERED = re.compile(r"[两三四五六七八九十]([一-鿿])")
_COUNTED_NOUN = re.compile(r"[一-鿿]{2,4}(?=[，。；、]|$)")
_LATIN = re.compile(r"[A-Za-z]+")
# A longer string is no name but the rest of a sentence.
_LEAST, _MOST = 2, 12
# Names with so many characters of the shorter in order may be one another's short form.
_SHORT_FORM = 0.5


def are_other_things(
    target: Measure,
    outcome: Measure,
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> bool:
    """Whether both name a thing, in the same words but for the thing itself.

    What stands before either, and is no other number's, may name it too.
    """
    if _may_not_be_told_apart(target, outcome, targets, outcomes):
        return False
    # Names come last: for them phrases are cut into words.
    mine, theirs = plain_name(target.local), plain_name(outcome.local)
    if not (_LEAST <= len(mine) <= _MOST and _LEAST <= len(theirs) <= _MOST):
        return False
    if _may_be_one(mine, theirs) or _may_be_one(_one_name(mine), _one_name(theirs)):
        return False
    if _goes_round_it(outcome.local, mine):
        return False
    if not (names_a_thing(target.local) and names_a_thing(outcome.local)):
        return False
    if _are_of_whoever(target, outcome, mine, theirs, targets, outcomes):
        return False
    if _LATIN.fullmatch(mine) or _LATIN.fullmatch(theirs):
        return False  # AED is short for a name in Chinese
    return not (
        _stands_before(mine, outcome, outcomes)
        or _stands_before(theirs, target, targets)
    )


def _may_not_be_told_apart(
    target: Measure,
    outcome: Measure,
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> bool:
    """Whether something else than names says what the two numbers are of."""
    return bool(
        outcome.part
        or outcome.series is not None
        or _is_told_by_unit(target, outcome, targets, outcomes)
        or not _shares_an_act(target, outcome)
        or _is_no_one_thing(outcome.local, outcome.clause)
        or any_of("jointly").search(target.clause)
        or (per_of(target).thing and per_of(outcome).thing)
        or _are_plain_rates(target, outcome)
        or _asks_for_any(target)
    )


def _are_plain_rates(target: Measure, outcome: Measure) -> bool:
    """Rates of another kind than satisfaction, told apart by their own names."""
    return (
        target.unit_class == outcome.unit_class == "rate"
        and not target.is_change
        and not any_of("felt").search(target.rate + outcome.rate)
    )


@lru_cache(maxsize=8192)
def _is_no_one_thing(local: str, clause: str) -> bool:
    """Whether a number is of many things or a part, or says where one went to.

    What is of several things is no other thing than one of them.
    """
    many = any_of("many")
    return bool(
        many.search(clause)
        or many.search(local)
        or PART_WORDS.search(local)
        or any_of("going_into").search(local)
    )


@lru_cache(maxsize=8192)
def names_a_thing(phrase: str) -> bool:
    """Whether any name is left of a phrase without titles and words for deeds."""
    name = plain_name(_TITLE.sub(" ", phrase))
    deeds, general = deed_words(), _general_words()
    rest = [
        w
        for w in words(name)
        if not (w in general or w in deeds or content_word(w) in deeds)
    ]
    return len("".join(rest)) >= _LEAST


_PEOPLE = re.compile("[人员者生客户民众长师]$|对象|家庭|企业|单位")


def _are_of_whoever(
    target: Measure,
    outcome: Measure,
    mine: str,
    theirs: str,
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> bool:
    """Whether the only satisfaction on both sides is not said of two groups of people."""
    if not (any_of("felt").search(target.rate) and any_of("felt").search(outcome.rate)):
        return False
    if _PEOPLE.search(mine) and _PEOPLE.search(theirs):
        return False
    asides = set(any_of("served_with").findall(theirs))
    if any(not any(w in t.local + t.context for t in targets) for w in asides):
        return False  # 食堂就餐满意度 is not that of a goal without 食堂
    return all(
        sum(bool(any_of("felt").search(m.rate)) for m in side) == 1
        for side in (targets, outcomes)
    )


def _is_told_by_unit(
    target: Measure,
    outcome: Measure,
    targets: Sequence[Measure],
    outcomes: Sequence[Measure],
) -> bool:
    """Whether 310人份 and 314人份 are the only ones in a unit that names its thing."""
    unit = target.quantity.unit
    if unit != outcome.quantity.unit or unit not in _telling_units():
        return False
    return all(
        [m.quantity.unit for m in side].count(unit) == 1 for side in (targets, outcomes)
    )


@lru_cache(maxsize=1)
def _telling_units() -> frozenset[str]:
    return frozenset(load_toml(FILE)["telling"]["units"])


@lru_cache(maxsize=8192)
def _one_name(name: str) -> str:
    """台式电脑 for 台式计算机: every word under the name of its synonyms."""
    if not may_be_renamed(name):
        return name
    return "".join(content_word(w) or w for w in words(name))


@lru_cache(maxsize=8192)
def _may_be_one(first: str, second: str) -> bool:
    if any(first[i : i + 2] in second for i in range(len(first) - 1)):
        return True
    if _counts_kinds(first, second) or _counts_kinds(second, first):
        return True
    shared = LCSseq.similarity(first, second)
    return bool(shared >= _SHORT_FORM * min(len(first), len(second)))


@lru_cache(maxsize=8192)
def _goes_round_it(outcome: str, name: str) -> bool:
    """Whether an outcome names only who went round, after the thing: 文保员巡查."""
    who = _ROUND.search(outcome)
    return (
        who is not None
        and not set(who[1]).isdisjoint(name)
        and not names_a_thing(_ROUND.sub(" ", outcome))
    )


def _counts_kinds(short: str, name: str) -> bool:
    """三表 for 水电气表: so many of one kind, whose own names end alike."""
    return any(kind in name for kind in _NUMBERED.findall(short))


def _asks_for_any(target: Measure) -> bool:
    """统计执法检查40家企业: 企业 are what is checked, 统计 is no name of some of them."""
    said = _COUNTED_NOUN.match(target.after)
    return said is not None and said[0] in _general_words()


def _shares_an_act(target: Measure, outcome: Measure) -> bool:
    return not bigrams(target.local).isdisjoint(bigrams(outcome.local))


def _stands_before(name: str, measure: Measure, others: Sequence[Measure]) -> bool:
    """Whether the head of a measure's passage has some of a name."""
    grams = {name[i : i + 2] for i in range(len(name) - 1)}
    found = {g for g in grams if g in measure.context or g in measure.clause}
    return bool(found) and not any(
        all(gram in o.local for gram in found) for o in others if o is not measure
    )


@lru_cache(maxsize=1)
def _where() -> re.Pattern[str]:
    """进社区、进企业宣传 says where, 合同种植 on what terms."""
    return re.compile(
        rf"(?:(?<![引改推跟新])走?进(?:{alternatives('campaign_places')})、?)+"
        r"|合同(?=种植|养殖|收购)"
    )


@lru_cache(maxsize=8192)
def plain_name(text: str) -> str:
    """The words of a phrase that are no act, no kind and no count, in order."""
    if _any_no_name().may_match(text):
        for hint, pattern in _no_names():
            if hint.may_match(text):
                text = pattern.sub(" ", text)
    return "".join(map(_name_in, words(text)))


@lru_cache(maxsize=1)
def _no_names() -> Sequence[tuple[Hint, re.Pattern[str]]]:
    """What else than names and deeds a phrase may hold, and what tells that it may."""
    patterns = _BESIDES, _where(), _MEANS, _NO_NAME, part_words()
    return [(Hint(pattern), pattern) for pattern in patterns]


@lru_cache(maxsize=1)
def _any_no_name() -> Hint:
    return Hint(*[pattern for _, pattern in _no_names()])


@lru_cache(maxsize=8192)
def _name_in(word: str) -> str:
    """What of a word names a thing: 流感 of 流感疫苗, which the segmenter may leave whole."""
    if word in _general_words() or is_thin(word) or not has_content_words(word):
        return ""
    name, kind = word[:-_LEAST], word[-_LEAST:]
    if len(word) <= 3 or kind not in _general_words():
        return word
    return "" if name in _general_words() or not content_word(name) else name


@lru_cache(maxsize=1)
def _general_words() -> frozenset[str]:
    return act_words() | kind_words()
