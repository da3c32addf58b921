"""The words of a phrase that say what is measured, and their character pairs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from operator import add

from pipeline.language.segment import words
from pipeline.matching.measures.lexicon import Lexicon, pairs_in
from pipeline.resources import load_toml

FILE = "matching.toml"
_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(load_toml(FILE)["stop"]["words"])


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, str]:
    return {
        word: entry["words"][0]
        for entry in load_toml(FILE)["synonyms"]
        for word in entry["words"]
    }


@lru_cache(maxsize=1)
def _renamed_words() -> Lexicon:
    return Lexicon(_synonyms())


def may_be_renamed(text: str) -> bool:
    """Whether a text holds, maybe across words, any that goes under another name."""
    return bool(_renamed_words().held(text))


@lru_cache(maxsize=8192)
def content_words(text: str) -> frozenset[str]:
    """Words that say what is measured, synonyms under one name."""
    return frozenset(filter(None, map(content_word, words(text))))


@lru_cache(maxsize=8192)
def content_word(word: str) -> str:
    """The name of a word that says what is measured; "" for any other."""
    if not _has_content(word) or word[0].isdigit() or word[-1] == "%":
        return ""
    return _synonyms().get(word, word)


@lru_cache(maxsize=8192)
def _has_content(word: str) -> bool:
    return word not in _stop_words() and any(map(str.isalpha, word))


def has_content_words(text: str) -> bool:
    """Whether any word of a text says what is measured."""
    return surely_tells(text) or bool(content_words(text))


def surely_tells(text: str, *, less: str = "") -> bool:
    """Whether a text has content words even without any of the characters ``less``.

    A character of no stop word is a part of a word with content, which is seen
    without cutting. Only words with a digit or % may be numbers all the same.
    """
    return _telling(less).match(text) is not None


@lru_cache(maxsize=4)
def _telling(less: str) -> re.Pattern[str]:
    """What matches a text without digits and % where a character says something."""
    # All but Chinese characters, digits and %.
    others = "\0-$&-/:-\u4dff\ua000-\U0010ffff"
    silent = f"[{''.join(_stop_words())}{less}{others}]"
    return re.compile(rf"{silent}*+[一-鿿][^0-9%]*+\Z")


@lru_cache(maxsize=8192)
def content_string(text: str) -> str:
    """The content words of a phrase in order, as printed."""
    return "".join(filter(_has_content, words(text)))


@lru_cache(maxsize=8192)
def bigrams(text: str) -> frozenset[str]:
    """Character pairs of the content words, and single-character words whole."""
    return _NONE.union(*map(_word_bigrams, content_words(text)))


@lru_cache(maxsize=8192)
def _word_bigrams(word: str) -> frozenset[str]:
    if len(word) == 1:
        return frozenset((word,))
    return frozenset(map(add, word, word[1:]))


@lru_cache(maxsize=1)
def _names_of_synonyms() -> dict[str, frozenset[str]]:
    """The synonyms with the pairs of the names that they go under."""
    return {word: _word_bigrams(name) for word, name in _synonyms().items()}


@lru_cache(maxsize=8192)
def possible_bigrams(text: str) -> frozenset[str]:
    """All that ``bigrams`` may hold of more than one character, and more.

    Told without cutting words: every pair of the text, and those of the names
    that its synonyms go under.
    """
    names = _names_of_synonyms()
    return pairs_in(text).union(*[names[w] for w in _renamed_words().held(text)])


def may_hold(text: str, gram: str) -> bool:
    """Whether ``bigrams`` of a text may hold one, told without cutting words."""
    return gram in text or any(w in text for w in _renamed().get(gram, ()))


def most_holders(text: str, gram: str) -> int:
    """How many pieces of a text ``may_hold`` a pair, or more."""
    return sum(map(text.count, (gram, *_renamed().get(gram, ()))))


@lru_cache(maxsize=1)
def _renamed() -> dict[str, list[str]]:
    """For the pairs of the synonyms' names the words that go under these names."""
    renamed: dict[str, list[str]] = {}
    for word, grams in _names_of_synonyms().items():
        for gram in grams:
            renamed.setdefault(gram, []).append(word)
    return renamed


def may_share_words(first: str, second: str) -> bool:
    """Whether two texts can have a content word in common, or two of one character.

    Told without cutting words; with too little in common nothing is.
    """
    if not possible_bigrams(first).isdisjoint(possible_bigrams(second)):
        return True
    return len(_characters_with_content(first) & _characters_with_content(second)) > 1


@lru_cache(maxsize=8192)
def _characters_with_content(text: str) -> frozenset[str]:
    """The characters of a text that say what is measured if they are words."""
    return frozenset(filter(content_word, text))


def shares_bigrams(grams: frozenset[str], text: str, least: float) -> bool:
    """Whether at least so many of the pairs are pairs of the text too.

    Most texts do not even hold the characters, which is seen without cutting
    them into words.
    """
    renamed = _renamed()
    near = sum([gram in text or gram in renamed for gram in grams])
    return near >= least and len(grams & bigrams(text)) >= least


@lru_cache(maxsize=1)
def _thin_words() -> frozenset[str]:
    return frozenset(load_toml(FILE)["thin"]["words"])


@lru_cache(maxsize=1)
def act_words() -> frozenset[str]:
    """Words for what is done, whatever to: 检查, 维修."""
    return frozenset(load_toml(FILE)["acts"]["words"])


@lru_cache(maxsize=1)
def deed_words() -> frozenset[str]:
    """All words for what is done, also those that may be shared like a name."""
    data = load_toml(FILE)
    return frozenset(data["acts"]["words"]) | frozenset(data["no_names"]["words"])


def is_thin(word: str) -> bool:
    """Whether a word says only that something was counted."""
    return word in _thin_words()


def thin_words(text: str) -> list[str]:
    """The words of a phrase that say only that something was counted."""
    return [word for word in words(text) if word in _thin_words()]


@lru_cache(maxsize=8192)
def is_thin_phrase(text: str) -> bool:
    """Whether a phrase says that something was counted, but not what (共培训)."""
    said = filter(_has_content, words(text))
    return all(word in _thin_words() for word in said)


@lru_cache(maxsize=8192)
def own_bigrams(text: str) -> frozenset[str]:
    """Character pairs of the words that say what was counted, not that it was."""
    said = content_words(text)
    if said.isdisjoint(_thin_words()):
        return bigrams(text)
    return _NONE.union(*map(_word_bigrams, said - _thin_words()))


@lru_cache(maxsize=1)
def kind_words() -> frozenset[str]:
    """What anything may be called: 企业, 活动."""
    return frozenset(load_toml(FILE)["kinds"]["words"])


@lru_cache(maxsize=1)
def deed_bigrams() -> frozenset[str]:
    """The character pairs of words for what is done: 检查, 培训, 新建."""
    named = [w for entry in load_toml(FILE)["deeds"] for w in entry["words"]]
    return _NONE.union(*map(bigrams, [*act_words(), *named]))


def exclusive_conflict(first: str, second: str) -> bool:
    """Whether two phrases name different members of an exclusive set."""
    return exclude_each_other(exclusive_members(first), exclusive_members(second))


def exclude_each_other(
    mine: Mapping[int, frozenset[str]], theirs: Mapping[int, frozenset[str]]
) -> bool:
    """Whether the members named of some exclusive set are different ones."""
    if not (mine and theirs):
        return False  # most pairs
    return any(mine[n].isdisjoint(theirs[n]) for n in mine.keys() & theirs.keys())


def exclusive_words(phrase: str) -> frozenset[str]:
    """All that a phrase names of exclusive sets."""
    return _NONE.union(*exclusive_members(phrase).values())


@lru_cache(maxsize=8192)
def exclusive_members(phrase: str) -> Mapping[int, frozenset[str]]:
    """What a phrase names of each exclusive set, by the number of the set."""
    members: dict[int, frozenset[str]] = {}
    for word in _exclusive_words().held(phrase):
        for number in _exclusive_sets()[word]:
            members[number] = members.get(number, frozenset()) | {word}
    return members


@lru_cache(maxsize=1)
def _exclusive_words() -> Lexicon:
    return Lexicon(_exclusive_sets())


@lru_cache(maxsize=1)
def _exclusive_sets() -> dict[str, list[int]]:
    """The words of exclusive sets, with the numbers of their sets."""
    sets: dict[str, list[int]] = {}
    for number, entry in enumerate(load_toml(FILE)["exclusive"]):
        for word in dict.fromkeys(entry["words"]):
            sets.setdefault(word, []).append(number)
    return sets


_CERTIFIED = re.compile("[发取获领颁持]证|证书|资格证")


# 电子书上架, 上架文创产品: they can be had, and were not put in order.
_ON_OFFER = re.compile(
    r"(?P<goods>(?:电子[书刊]|数字资源|数据库|课程|[商产]品|特产|文创)(?:已|全部|均|在线)*)上架"
    r"|上架(?=[^，。；]{0,2}(?:电子|数字|数据库|课程|应用|[商产新]品|特产|文创))"
)


def without_offers(text: str) -> str:
    """A text without what only sounds as if things were put in order (电子书上架)."""
    return _ON_OFFER.sub(r"\g<goods>", text) if "上架" in text else text


def are_both_certified(first: str, second: str) -> bool:
    """Whether both say that people got their papers: 培训持证…, …考核发证."""
    return bool(_CERTIFIED.search(second) and _CERTIFIED.search(first))


def goes_on_with(names: re.Pattern[str], text: str, end: int) -> bool:
    """Whether what follows a deed makes a name of it: 检查 of 检查站, not of 检查站点位.

    A character that only begins a word is none: 修复馆藏, 检查单位, 培训员工.
    """
    found = names.match(text, end)
    if found is None:
        return False
    begun = words_by_place(text).get(end)
    return begun is None or len(begun) <= len(found[0])


def words_by_place(text: str) -> dict[int, str]:
    """The words of a text under the places where they begin."""
    places, end = {}, 0
    for word in words(text):
        places[end] = word
        end += len(word)
    return places
