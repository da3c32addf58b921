"""The quantity grammar: [comparator] number [余] unit [comparator], on characters.

The grammar runs on folded text of the same length, so every offset is a place
in the text as printed. Order of work: pass over what cannot be a quantity
(years, names, document numbers), read numbers with units and comparators,
settle changes (由A到B), then let the context rules throw out standing facts,
project money, restated targets and the like.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.core.quantity import Comparator, Quantity, Role
from pipeline.language import exclusions
from pipeline.language.comparators import meaning, read_prefix, read_suffix
from pipeline.language.fold import fold
from pipeline.language.numerals import SCALES, Numeral, parse_han, read_numeral
from pipeline.language.per_unit import read_per
from pipeline.language.subjects import find_subject
from pipeline.language.units import UnitMatch, read_unit, unit_class

_START = re.compile(
    r"[0-9零一二三四五六七八九十百千万亿两俩廿卅半壹贰叁肆伍陆柒捌玖拾佰仟]"
)
_RANGE_SEP = re.compile(r" ?(?:-{1,2}|至|到) ?")
_LOOSE = re.compile(
    r" ?(余|多|来)(?! ?(?:功能|媒体|式联|元|种形|层次|部门|渠道|方|样))"
)
_CLAUSE_STOP = re.compile(r"[。；！？\n]|，")
_SENTENCE_STOP = re.compile(r"[。；！？\n]")
_HOUR_MINUTE = re.compile(r"(\d{1,2})(?:分钟|分|秒)")
_CENTS = re.compile(
    r"([1-9一二三四五六七八九壹贰叁肆伍陆柒捌玖])[角毛](?:([1-9一二三四五六七八九])分)?"
)
# 两天半; but 3天半脱产 is not known to occur.
_HALF = re.compile(r"半(?![年月天日径数价程])")
_TENTHS = re.compile(r"[零一二三四五六七八九半]")
# Rates and indexes may stand without a unit (guideline section 1).
_RATE_NOUN = re.compile(
    r"(?:率|指数|得分|评分|系数|比重|占比|比例|满意度|知晓度|参与度|[^一-鿿]值|均分|绩点|(?<![A-Za-z])[A-Z]{2,6})"
    r"(?:[^，。；\d]{0,4})$"
)
_RATE_CHANGE = re.compile(
    r"(?:率|指数|系数)[^，。；\d]{0,4}\d[\d.]{0,6}[^，。；\d]{0,5}(?:至|到)$"
)
_RISE = "提高|提升|增加|上升|增长|增|升|扩大|上调|拓展|扩容|延长|拉长|提"
_FALL = "下降|降低|降|减少|缩短|压缩|压减|下调|缩减|减|压"
_CHANGE = re.compile(
    rf"^[^，。；、\d]{{0,6}}?(?:(?P<rise>{_RISE})|(?P<fall>{_FALL})|调整|恢复|变|转变|发展)(?:了)?[^，。；、\d]{{0,3}}?(?:到|至|为|成)[约近]?$"
)
_CHANGE_PLAIN = re.compile(r"^(?:到|至|→|->)$")
_DETACHED = re.compile(
    r"(?P<word>不少于|不低于|至少|最少|起码|不得少于|不得低于|不超过|至多|最多)"
    r"(?:每[^，。；\d]{1,8}|[^，。；\d的]{0,3}(?:完成|开展|举办|组织|建成|新增|培育|编制|召开|安排|培训|形成|发布|"
    r"覆盖|引进|服务|检查|参加|进行|解决|推出|撰写|报送|发放|打造|新建|巡查|更新|采集|培养|实施)[^，。；\d]{0,2})$"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number with its surroundings, before the context rules."""

    start: int
    end: int
    number_start: int
    value: Decimal
    high: Decimal | None
    unit: str | None
    comparator: Comparator
    bare: bool
    han: bool
    per: tuple[int, int] | None
    detached: bool = False


def find_quantities(
    text: str, role: Role, *, cell: bool = False
) -> tuple[Quantity, ...]:
    """Every quantity of ``text`` in reading order (guideline sections 1 and 2).

    ``cell`` is for indicator cells, where a bare number counts as well.
    ``text[q.start:q.end] == q.quote`` for each. Never raises on any text.
    """
    folded = fold(text)
    cell = cell or role is Role.INDICATOR
    readings = _settle_changes(folded, _read_all(text, folded, role, cell=cell), role)
    kept = [r for r in readings if not _is_excluded(folded, r, role)]
    return tuple(_quantity(text, folded, r) for r in kept)


def _read_all(text: str, folded: str, role: Role, *, cell: bool) -> list[_Reading]:
    mask = exclusions.masked(folded, role)
    readings: list[_Reading] = []
    position = 0
    while match := _START.search(folded, position):
        start = match.start()
        position = start + 1
        if mask[start] or _inside_number(folded, start):
            continue
        numeral = read_numeral(folded, start)
        if numeral is None:
            continue
        if any(mask[numeral.start : numeral.end]):
            continue
        reading = _read_at(text, folded, numeral, role, cell=cell)
        if reading is None:
            if numeral.written == "arabic":
                position = numeral.end
            continue
        readings.append(reading)
        position = max(position, reading.end)
    return readings


def _inside_number(folded: str, start: int) -> bool:
    before = folded[start - 1 : start]
    if folded[start].isdigit() and folded[start].isascii():
        return (before.isdigit() and before.isascii()) or (
            before == "."
            and folded[start - 2 : start - 1].isdigit()
            and start >= 2
            and folded[start - 2].isascii()
            and _decimal_tail(folded, start)
        )
    return False


def _decimal_tail(folded: str, start: int) -> bool:
    """Whether the digits at ``start`` are a decimal tail rather than 1.2025年."""
    return not re.match(r"(?:19|20)\d{2}年", folded[start : start + 5])


def _read_at(
    text: str, folded: str, numeral: Numeral, role: Role, *, cell: bool
) -> _Reading | None:
    han = numeral.written == "han"
    value, high = numeral.value, numeral.high
    end, loose = numeral.end, numeral.loose
    unit_match: UnitMatch | None = None
    unit: str | None = numeral.unit
    if unit is None:
        spread = _read_range(folded, numeral)
        if spread is not None:
            high, end, value, unit_match = spread
        else:
            end, loose, unit_match = _read_measure(folded, end, loose, han=han)
    if unit_match is not None:
        unit, end = text[unit_match.start : unit_match.unit_end], unit_match.end
        value, high, unit, end = _special_units(folded, value, high, unit, end)
    unit = _plain_unit(unit)
    if folded[numeral.start] == "半" and unit_class(unit) != "time":
        return None
    prefix = read_prefix(folded, numeral.start)
    suffix = _suffix(folded, end, unit)
    start = prefix[0] if prefix else numeral.start
    end = suffix[0] if suffix else end
    words = (prefix[1] if prefix else None, suffix[1] if suffix else None)
    printed = folded[numeral.start : numeral.end]
    # 百, 千企, 百万: round words; 十 and 十万 are numbers.
    scale_only = printed[0] not in "十拾" and all(c in SCALES for c in printed)
    if unit is None and not _may_lack_unit(
        folded, numeral, start, end, words=words, cell=cell
    ):
        return None
    if scale_only and not (loose or prefix):
        return None
    comparator = meaning(*words, role=role, loose=loose)
    if high is not None:
        comparator = Comparator.RANGE
    detached = comparator is Comparator.EQUAL and not any(words)
    if detached:
        comparator, detached = _detached(folded, start, role)
    return _Reading(
        start=start,
        end=end,
        number_start=numeral.start,
        value=value,
        high=high,
        unit=unit,
        comparator=comparator,
        bare=not any(words) and not detached,
        han=han,
        per=read_per(folded, start),
        detached=detached,
    )


def _read_measure(
    folded: str, end: int, loose: bool, *, han: bool
) -> tuple[int, bool, UnitMatch | None]:
    """余/多 and the unit after a number; spaces inside stay inside."""
    position = end
    word = _LOOSE.match(folded, position)
    if word:
        position = word.end()
    for skip in range(3):
        if skip and folded[position + skip - 1 : position + skip] != " ":
            break
        unit = read_unit(folded, position + skip, han=han)
        if unit:
            return unit.end, loose or bool(word), unit
    return end, loose, None


def _read_range(
    folded: str, low: Numeral
) -> tuple[Decimal, int, Decimal, UnitMatch | None] | None:
    """A-B with one unit or with the unit at both ends: high, end, low, unit."""
    end, _, first = _read_measure(folded, low.end, False, han=low.written == "han")
    middle = end if first else low.end
    separator = _RANGE_SEP.match(folded, middle)
    if not separator or separator.end() >= len(folded):
        return None
    if not _START.match(folded, separator.end()):
        return None
    high = read_numeral(folded, separator.end())
    if high is None or high.high is not None:
        return None
    unit: UnitMatch | None
    if high.unit:
        unit = None
    else:
        _, _, unit = _read_measure(folded, high.end, False, han=high.written == "han")
    if first and unit is None and not high.unit:
        return None
    if (
        first
        and unit
        and folded[first.start : first.unit_end] != folded[unit.start : unit.unit_end]
    ):
        return None
    value = low.value
    if not first:
        factor = _shared_scale(folded, low, high)
        value = value * factor if value * factor < high.value else value
    if value >= high.value:
        return None
    if unit is None and high.unit is None:
        # 2-3 alone: a range only if nothing numeric goes on after it.
        if re.match(r"[-\d.]", folded[high.end : high.end + 1]):
            return None
        return high.value, high.end, value, None
    if unit is None:
        return None
    return high.value, unit.end, value, unit


def _digit(char: str | None) -> Decimal:
    if char is None:
        return Decimal(0)
    return Decimal(char) if char.isascii() else parse_han(char) or Decimal(0)


def _shared_scale(folded: str, low: Numeral, high: Numeral) -> Decimal:
    """The scale that the lower end leaves out: 3-5万, 七千到九千亿; else 1."""
    scales = [
        "".join(c for c in folded[n.start : n.end] if c in SCALES) for n in (low, high)
    ]
    if not scales[1].startswith(scales[0]):
        return Decimal(1)
    factor = Decimal(1)
    for word in scales[1][len(scales[0]) :]:
        factor *= SCALES[word]
    return factor


def _special_units(
    folded: str, value: Decimal, high: Decimal | None, unit: str, end: int
) -> tuple[Decimal, Decimal | None, str, int]:
    """九成 → 90 %, 九成五 → 95 %, 1小时20分 → 1.33 小时."""
    if unit == "成":
        value *= 10
        tail = _TENTHS.match(folded, end)
        if tail and high is None:
            value += 5 if tail[0] == "半" else "零一二三四五六七八九".index(tail[0])
            end = tail.end()
        return value, None if high is None else high * 10, "%", end
    cents = _CENTS.match(folded, end)
    if cents and high is None and unit in ("元", "圆", "块"):
        tenths, hundredths = (_digit(d) for d in cents.groups())
        return value + tenths / 10 + hundredths / 100, high, unit, cents.end()
    half = _HALF.match(folded, end)
    if half and high is None and unit_class(unit) in ("time", "mass", "length"):
        return value + Decimal("0.5"), high, unit, half.end()
    if unit in ("小时", "个小时", "分", "分钟") and high is None:
        tail = _HOUR_MINUTE.match(folded, end)
        if tail:
            value = (value + Decimal(tail[1]) / 60).quantize(Decimal("0.01"))
            end = tail.end()
    return value, high, unit, end


def _plain_unit(unit: str | None) -> str | None:
    """％ and ﹪ are %, 个百分点 is 百分点, * and ・ are ·; else as printed."""
    if not unit:
        return None
    if unit in ("％", "﹪", "百分比"):
        return "%"
    if unit in ("个百分点", "個百分點"):
        return "百分点"
    return unit.replace("*", "·").replace("・", "·")


def _suffix(folded: str, end: int, unit: str | None) -> tuple[int, str] | None:
    suffix = read_suffix(folded, end)
    if suffix:
        return suffix
    inside = re.compile(r" ?内(?![容部涵外在设控科需陆])").match(folded, end)
    if inside and unit_class(unit) in ("time", "length"):
        return inside.end(), "以内"
    return None


def _may_lack_unit(
    folded: str,
    numeral: Numeral,
    start: int,
    end: int,
    *,
    words: tuple[str | None, str | None],
    cell: bool,
) -> bool:
    """Rates, indexes and fractions count without a unit; cut numerals never do."""
    if numeral.written == "han" and numeral.unit is None:
        # A cell may hold just 十二; in running text that is no quantity.
        return cell and folded.strip() == folded[start:end].strip()
    following = folded[end : end + 1]
    if following and (following.isalnum() and following.isascii()):
        return False
    if cell or numeral.unit == "":
        return True
    if end >= len(folded.rstrip()) and not any(words):
        # A bare number at the very end may be cut off; 发生率为0 is whole.
        whole = numeral.value == 0 or "." in folded[start:end]
        return whole and bool(_RATE_NOUN.search(folded[max(0, start - 16) : start]))
    before = folded[max(0, start - 16) : start]
    if following and "一" <= following <= "鿿" and not any(words):
        return bool(_RATE_NOUN.search(before)) and following in "的且并以和"
    if _RATE_NOUN.search(before) or _RATE_CHANGE.search(before):
        return True
    return (
        words[0] is not None
        and numeral.written != "han"
        and words[0] not in ("近", "约", "超", "达")
    )


def _detached(folded: str, start: int, role: Role) -> tuple[Comparator, bool]:
    """至少完成1份: the comparator stands away from the number but governs it."""
    match = _DETACHED.search(folded, max(0, start - 20), start)
    if not match:
        return Comparator.EQUAL, False
    return meaning(match["word"], None, role=role, loose=False), True


def _settle_changes(
    folded: str, readings: list[_Reading], role: Role
) -> list[_Reading]:
    """Of 由A提高到B only B is a quantity; in a goal it is a bound."""
    settled: list[_Reading] = []
    for reading in readings:
        previous = settled[-1] if settled else None
        if previous is not None:
            between = folded[previous.end : reading.start]
            change = _CHANGE.match(between)
            lead = folded[max(0, previous.start - 16) : previous.start]
            plain = _CHANGE_PLAIN.match(between) and re.search(
                r"[由从][^，。；]{0,12}$", lead
            )
            if change or plain:
                settled.pop()
                if reading.bare and role is not Role.OUTCOME:
                    falling = (
                        bool(change["fall"])
                        if change
                        else reading.value < previous.value
                    )
                    bound = Comparator.AT_MOST if falling else Comparator.AT_LEAST
                    reading = dataclasses.replace(reading, comparator=bound)
        settled.append(reading)
    return settled


def _is_excluded(folded: str, reading: _Reading, role: Role) -> bool:
    clause_start, clause_end = clause_around(folded, reading.start, reading.end)
    candidate = exclusions.Candidate(
        left=folded[clause_start : reading.start],
        sentence_left=folded[_sentence_start(folded, reading.start) : reading.start],
        right=folded[reading.end : min(len(folded), reading.end + 30)],
        clause=folded[clause_start:clause_end],
        unit=reading.unit,
        unit_class=unit_class(reading.unit),
        value=str(reading.value),
        han=reading.han,
        bare=reading.bare,
    )
    return exclusions.excluded_by(candidate, role) is not None


def clause_around(folded: str, start: int, end: int) -> tuple[int, int]:
    """The comma clause around a span, half-open, without its stops."""
    left = max(0, start - 80)
    begin = left
    for match in _CLAUSE_STOP.finditer(folded, left, start):
        begin = match.end()
    stop = _CLAUSE_STOP.search(folded, end, min(len(folded), end + 80))
    return begin, stop.start() if stop else min(len(folded), end + 80)


def _sentence_start(folded: str, position: int) -> int:
    begin = floor = max(0, position - 120)
    for match in _SENTENCE_STOP.finditer(folded, floor, position):
        begin = match.end()
    return begin


def _quantity(text: str, folded: str, reading: _Reading) -> Quantity:
    per = text[slice(*reading.per)] if reading.per else None
    return Quantity(
        quote=text[reading.start : reading.end],
        start=reading.start,
        end=reading.end,
        subject=find_subject(text, folded, reading.start, reading.end, per=reading.per),
        comparator=reading.comparator,
        value=reading.value,
        value_high=reading.high,
        unit=reading.unit,
        per=per,
        confidence=0.8 if reading.unit is None else 1.0,
    )
