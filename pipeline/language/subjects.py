"""What a quantity counts: a short noun phrase beside the number."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.language.clauses import after_stop
from pipeline.word_lists import alternatives, listed

_STOPS = "，。；：！？\n、"
_VERBS = "verbs_round_subjects"
_PHRASE = re.compile(r"[一-鿿A-Za-z“”·\-]{1,24}")
_DATE = re.compile(r"\s*(?:20\d\d年度?|全年|本年度?|年内)")
_COMPARATOR_ENDS = "不少低于达到至共计为约近"
_TRAILING_COMPARATOR = re.compile(rf"[{_COMPARATOR_ENDS}]+$")
_MAX = 24


def find_subject(
    text: str, folded: str, start: int, end: int, *, per: tuple[int, int] | None
) -> str:
    """The noun phrase for the number at ``[start, end)``; "" where none is near.

    After the number first (培育30家企业 → 企业), else before it (满意度≥90% →
    满意度), else the end of the comma clause before (…信息，不少于76篇 → 信息).
    Per-unit words are put in front.
    """
    subject = _after(folded, text, end) or _before(text, folded, start, per)
    prefix = text[slice(*per)] if per else ""
    return prefix + subject if prefix and not subject.startswith(prefix) else subject


def _after(folded: str, text: str, end: int) -> str:
    match = _PHRASE.match(folded, end)
    if not match:
        return ""
    stop = _after_end().search(folded, end, match.end())
    chunk = text[end : stop.start() if stop else match.end()]
    chunk = _noun(chunk)
    return chunk[:_MAX] if len(chunk) >= 2 else ""


def _noun(chunk: str) -> str:
    """Without the verbs and particles at both ends."""
    leading = _leading().match(chunk)
    if leading:
        chunk = chunk[leading.end() :]
    # The one that ends a chunk may be followed by a line break.
    if chunk.rstrip("\n")[-1:] in _last_characters():
        chunk = _trailing().sub("", chunk)
    return chunk.strip()


@lru_cache(maxsize=1)
def _leading() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(_VERBS)}|的|了|和|及|并|等)+")


@lru_cache(maxsize=1)
def _trailing() -> re.Pattern[str]:
    ends = alternatives(_VERBS, "particles_round_subjects")
    return re.compile(rf"(?:{ends}|（|\()+$")


@lru_cache(maxsize=1)
def _last_characters() -> frozenset[str]:
    ends = listed(_VERBS, "particles_round_subjects")
    return frozenset(word[-1] for word in ends) | {"（", "("}


@lru_cache(maxsize=1)
def _after_end() -> re.Pattern[str]:
    return re.compile(
        r"(?:[，。；：！？\n、（）()“]|以上|左右|的?(?:同时|基础)|和|及|与|并|"
        rf"(?<=.{{2}})(?:{alternatives(_VERBS)}))"
    )


def _before(text: str, folded: str, start: int, per: tuple[int, int] | None) -> str:
    begin, limit = start, start
    for _ in range(2):
        begin = after_stop(_STOPS, folded, max(0, limit - 60), limit)
        chunk = text[begin:limit]
        if per and begin <= per[0] < limit:
            chunk = text[begin : per[0]] + text[per[1] : limit]
        date = _DATE.match(chunk)
        noun = _noun(chunk[date.end() :] if date else chunk)
        if len(noun) >= 2:
            return noun[-_MAX:]
        verb = chunk.strip()
        if verb[-1:] in _COMPARATOR_ENDS:
            verb = _TRAILING_COMPARATOR.sub("", chunk).strip()
        if len(verb) >= 2:
            return verb[-_MAX:]
        limit = max(0, begin - 1)
        if limit == 0:
            break
    return ""
