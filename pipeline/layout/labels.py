"""Which printed texts are labels, and of what (lexicon in models/labels.toml)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from pipeline.resources import load_toml

MAX_LABEL = 24  # folded characters; the longest printed label has 17
MIN_BOTH = 6
MIN_LONG = 9  # long labels are still known with two slips
MAX_SLIPS = 2
MIN_FUZZY = 4  # shorter labels differ from each other by one character too often

# Leading numbering: 一、 (一) 1. 1、 ① ; not the 2023 of a year or 12场.
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d(?!\d?岁))|\d{1,2}\.\d{1,2}[.、]?(?=[\u4e00-\u9fff])|[①-⑳])"
)
_REMARK = re.compile(r"\([^()]{0,12}\)|\[[^\[\]]{0,8}\]|【[^【】]{0,8}】")
_OPEN_REMARK = re.compile(r"\([^()]{0,6}$")
_LOST_ONE = re.compile(r"^[-—–_]?级(?=指标)")  # 一 taken for a dash
_ENGLISH = re.compile(r"(?<=[\u4e00-\u9fff)])[/|]?[A-Za-z][A-Za-z\d,.&'()/%-]*$")
_OWN_YEAR = re.compile(r"^20\d{2}年度?(?=\D)")
_CIRCLED = re.compile(r"^\s*[①-⑳]")
_SPACE = re.compile(r"\s+")
# What bad conversions leave in texts: 绩???? 效, 學(xué).
_DAMAGE = re.compile(
    r"[?？\ufffd]{2,}|(?<=[\u4e00-\u9fff])\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]{1,6}\)"
)
_SEPARATOR = re.compile(r"[:：]")
_GAP = re.compile(r"\s{2,}|\t|\n|\u3000|[;；]")


@dataclass(frozen=True, slots=True)
class Field:
    """A label with the value that follows its colon (``""`` if none does)."""

    roles: frozenset[str]
    label: str
    value: str


def fold(text: str) -> str:
    """Width folded, white space and trailing colons dropped, brackets kept."""
    # Circled numbers would fold to bare digits and be taken for content.
    marked = _CIRCLED.sub("", _DAMAGE.sub("", text))
    folded = simplified(_SPACE.sub("", unicodedata.normalize("NFKC", marked)))
    folded = folded.strip(":*★#☆▲")
    return _NUMBERING.sub("", folded)


def without_slips(text: str) -> str:
    """``text`` with look-alikes of label characters undone (项Fl → 项目).

    For recognition only, after the printed text itself matched nothing.
    """
    text = _LOST_ONE.sub("一级", text)
    for pattern, meant in _slips():
        text = pattern.sub(meant, text)
    return text


def simplified(text: str) -> str:
    """Traditional characters of label words in simplified form, same length."""
    return text.translate(_simplified_forms())


def bare(text: str) -> str:
    """``fold`` without short bracketed remarks such as (万元), (A), (50分)."""
    folded = _OPEN_REMARK.sub("", _REMARK.sub("", fold(text)))
    return folded.strip(":-")


@lru_cache(maxsize=8192)
def roles_of(text: str) -> frozenset[str]:
    """The roles of a text that is a label, empty for any other text.

    Known slips of recognition (models/confusable.toml) are undone; one more is
    tolerated in labels of four characters and more, two in long ones, if all the
    nearest labels have the same roles.
    """
    if len(text) > 3 * MAX_LABEL:
        return frozenset()
    folded, plain = fold(text), bare(text)
    for form in (folded, plain, *_plainer(plain)):
        if form in lexicon():
            return lexicon()[form]
    read = without_slips(plain)
    if read in lexicon():
        return lexicon()[read]
    if found := _by_make_up(plain):  # before slips: 目标及完成情况 names two things
        return found
    # Both kinds of slip in one short word would make 节日名称 of 项目名称.
    form = read if len(read) >= MIN_BOTH else plain
    if MIN_FUZZY <= len(form) <= MAX_LABEL and not any(c.isdigit() for c in form):
        return _near(form)
    return frozenset()


def has_role(text: str, *prefixes: str) -> bool:
    """Whether a text is a label of a role that starts with one of ``prefixes``."""
    return any(role.startswith(prefixes) for role in roles_of(text))


def rank_of(text: str, role: str) -> int:
    """Position of a label in its role's list: lower wins; unknown ones are last."""
    labels: list[str] = load_toml("labels.toml")[role]["labels"]
    for form in (fold(text), bare(text)):
        if form in labels:
            return labels.index(form)
    return len(labels)


def split_fields(text: str) -> tuple[Field, ...]:
    """The ``label：value`` pairs of a paragraph or cell, in order.

    A value runs to the next label that has a colon of its own; text before the
    first label is left out.
    """
    marks: list[tuple[int, int, frozenset[str]]] = []
    for colon in _SEPARATOR.finditer(text):
        start = _label_start(text, colon.start())
        roles = roles_of(text[start : colon.start()])
        if roles:
            marks.append((start, colon.end(), roles))
    fields = []
    for i, (start, value_start, roles) in enumerate(marks):
        end = marks[i + 1][0] if i + 1 < len(marks) else len(text)
        value = text[value_start:end].strip()
        fields.append(Field(roles, text[start : value_start - 1].strip(), value))
    return tuple(fields)


def _label_start(text: str, end: int) -> int:
    """Where the label before position ``end`` starts: the longest that matches."""
    window = max(0, end - MAX_LABEL)
    starts = [0] if window == 0 else []
    starts += [m.end() for m in re.finditer(r"[\s,，。;；(（]", text[window:end])]
    candidates = sorted({s + (window if s else 0) for s in starts})
    for start in candidates:
        if roles_of(text[start:end]):
            return start
    return candidates[-1] if candidates else end


@lru_cache(maxsize=1)
def _simplified_forms() -> dict[int, str]:
    pairs: str = load_toml("traditional.toml")["pairs"]
    return {ord(pair[0]): pair[1] for pair in pairs.split()}


@lru_cache(maxsize=1)
def _slips() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile("|".join(map(re.escape, slip["printed"]))), slip["meant"])
        for slip in load_toml("confusable.toml")["slip"]
    )


@lru_cache(maxsize=1)
def lexicon() -> dict[str, frozenset[str]]:
    """Every known label, folded, with its roles."""
    roles: dict[str, set[str]] = {}
    for role, entry in load_toml("labels.toml").items():
        for label in entry["labels"]:
            roles.setdefault(fold(label), set()).add(role)
    return {label: frozenset(found) for label, found in roles.items()}


@lru_cache(maxsize=1)
def _never_near() -> frozenset[str]:
    """Level names lie one character from labels: 时效指标 and 绩效指标."""
    words = load_toml("indicator_words.toml")
    levels = [*words["level1"]["words"], *words["level2"]["words"]]
    return frozenset(form for w in levels for form in (fold(w), fold(w) + "指标"))


@lru_cache(maxsize=1)
def _characters() -> frozenset[str]:
    """All characters of labels."""
    return frozenset("".join(lexicon()))


@lru_cache(maxsize=MAX_LABEL + 2 * MAX_SLIPS)
def _labels_of(length: int) -> tuple[str, ...]:
    """The labels with so many characters."""
    return tuple(label for label in lexicon() if len(label) == length)


def _near(plain: str) -> frozenset[str]:
    if plain in _never_near():
        return frozenset()
    slips = MAX_SLIPS if len(plain) >= MIN_LONG else 1
    if sum(c not in _characters() for c in plain) > slips:
        return frozenset()
    found: dict[int, set[frozenset[str]]] = {}
    for length in range(max(MIN_FUZZY, len(plain) - slips), len(plain) + slips + 1):
        # A dropped or added character changes the meaning of a short label.
        if length != len(plain) and min(length, len(plain)) <= MIN_FUZZY:
            continue
        for label, distance, _ in extract(
            plain,
            _labels_of(length),
            scorer=Levenshtein.distance,
            score_cutoff=slips,
            limit=None,
        ):
            found.setdefault(int(distance), set()).add(lexicon()[label])
    nearest = found[min(found)] if found else set()
    return nearest.pop() if len(nearest) == 1 else frozenset()


def _plainer(plain: str) -> tuple[str, ...]:
    """A label without what some forms add: 其中：, quotes, the year, an English name."""
    of_which = re.sub(r"^其中[:：,，]?|[“”\"「」]", "", plain)
    chinese = _ENGLISH.sub("", of_which).strip(":-/")
    return of_which, chinese, _OWN_YEAR.sub("年度", chinese)


def _by_make_up(plain: str) -> frozenset[str]:
    """The roles of a label that is put together from known words."""
    form = _plainer(plain)[1]
    if len(form) > MAX_LABEL:
        return frozenset()
    return frozenset(
        role
        for roles, pattern in _patterns()
        if pattern.fullmatch(form)
        for role in roles
    )


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    return tuple(
        (tuple(entry["roles"]), re.compile(entry["pattern"]))
        for entry in load_toml("label_patterns.toml")["pattern"]
    )
