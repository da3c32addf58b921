"""Indicator results told in sentences: 合格率目标值100%，实际完成值98%，得4.9分."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.core.form import IndicatorRow
from pipeline.core.provenance import Provenance
from pipeline.layout.evidence import content_of
from pipeline.layout.outline import Passage
from pipeline.resources import load_toml

_SENTENCE = re.compile(r"[^。；;\n]+")
_NUMBERING = re.compile(
    r"^\s*(?:[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]|\d{1,2}\s*[、.．](?!\d(?!\d?岁))"
    r"|第[一二三四五六七八九十]{1,3}[，,、:：]|[一二三四五六七八九十]{1,3}是(?=\S{4})"
    r"|[①-⑳]|指标\s*\d{1,2}\s*[:：、.]?|其中[:：,，]?)\s*"
)
_TITLE = re.compile(r"(?:\d+(?=[岁种类级月天]))?[^\d，,：:；;]{3,24}")
_LEVEL = re.compile(r"^([^:：,，]{2,14})[:：]\s*")
_WEIGHT = re.compile(
    r"(?:分值|权重|满分|标准分)(?:为|是|[:：])?\s*(\d+(?:\.\d+)?)\s*分?"
)
_SCORE = re.compile(
    r"(?:自评)?得(?:分)?(?:为|是|[:：])?\s*(\d+(?:\.\d+)?)\s*分?(?![\d项次])"
)
_TIMES = ("年初", "年度", "全年", "本年", "当年", "预期")  # 年初 目标值 without a name
_NAMED = re.compile(r"(?:指标|目标|预期|计划)值.*(?:完成|实际)值")
_SCRAP = re.compile(r"[/／]\s*$|^[\u4e00-\u9fff]$")
_FIELDS = (
    "level1", "level2", "name", "target_text", "actual_text", "weight", "score"
)  # fmt: skip
_SIGN = r"[≥≤≧≦＝=＞＜><]|不低于|不少于|不超过|不高于|不大于|大于|小于"


@dataclass(frozen=True, slots=True)
class SentenceRows:
    """Rows in reading order with the places of their sentences."""

    rows: tuple[IndicatorRow, ...]
    provenance: dict[str, Provenance]


def read_sentences(passages: Iterable[Passage]) -> SentenceRows:
    """The indicator rows of the passages under headings of indicators or outcomes."""
    rows: list[IndicatorRow] = []
    places: dict[str, Provenance] = {}
    for passage in passages:
        if passage.role not in ("indicators", "outcome"):
            continue
        named = passage.role == "outcome"
        for found in _rows(passage, named=named):
            row = replace(found, row=len(rows))
            rows.append(row)
            for name in _FIELDS:
                if getattr(row, name) is not None:
                    places[f"indicators[{row.row}].{name}"] = passage.slot.provenance
    return SentenceRows(tuple(rows), places)


def _rows(passage: Passage, *, named: bool) -> Iterator[IndicatorRow]:
    """The row of each sentence that tells one.

    ``named``: only sentences that call both values by their names (目标值, 完成值);
    outcomes tell of plans and results in other words, too.
    """
    level1, level2 = passage.level1, passage.level2
    title = ""
    for sentence in _SENTENCE.finditer(passage.slot.text):
        text = _unnumbered(sentence.group().strip())
        if lead := _LEVEL.match(text):
            level = content_of(lead.group(1))
            if level.level2 and (level2 or not level.level1):
                level2, text = lead.group(1), text[lead.end() :]
            elif level.level1:
                level1, level2 = lead.group(1), None
                text = text[lead.end() :]
        text = _unnumbered(text)
        found = _pattern().match(text)
        if title and (found is None or found["name"] in _TIMES):
            # 1.疫苗接种率。目标值90%，实际接种率96%: the name is a sentence of its own.
            text = f"{title}，{text}"
            found = _pattern().match(text)
        if (
            found is None
            or _SCRAP.search(found["name"])
            or _SCRAP.search(found["actual"])
        ):
            pass  # 实际完成小时数/计划小时数, or a text that breaks off: 实际完
        elif not named or _NAMED.search(found.group()):
            yield _row(found, text, level1, level2)
        title = text if _TITLE.fullmatch(text) else ""


def _unnumbered(text: str) -> str:
    while (numbered := _NUMBERING.match(text)) and numbered.end() < len(text):
        text = text[numbered.end() :]
    return text


def _row(
    found: re.Match[str], text: str, level1: str | None, level2: str | None
) -> IndicatorRow:
    name = found["name"].strip(' ，,、的“”"')
    weight = _WEIGHT.search(text, found.end("name"))
    score = _SCORE.search(text, found.end())
    return IndicatorRow(
        row=0,
        level1=level1,
        level2=level2,
        name=None if name in _TIMES else name or None,
        target_text=(found["target"] or found["signed"]).strip(" ：:") or None,
        actual_text=found["actual"].strip(" ：:") or None,
        weight=weight.group(1) if weight else None,
        score=score.group(1) if score else None,
    )


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = load_toml("narrative.toml")["indicator_sentence"]
    target, actual = (
        "|".join(sorted(map(re.escape, words[key]), key=len, reverse=True))
        for key in ("target", "actual")
    )
    filled = r"(?:为|是|[:：])?\s*"
    return re.compile(
        rf"(?P<name>[^，,：:]{{2,40}}?)[，,：:（(]?\s*"
        rf"(?:初?(?:{target}){filled}(?P<target>[^，,；;]{{1,40}}?)"
        rf"|(?P<signed>(?:{_SIGN})[^，,；;]{{1,30}}?))\s*[，,；;、）)]\s*"
        rf"(?:[^，,]{{1,12}}[，,]\s*)??(?:全年|年度|截至[^，,]{{1,12}})?(?:{actual}){filled}"
        rf"(?P<actual>[^，,；;]{{1,60}}?)(?=[，,；;]|$)"
    )
