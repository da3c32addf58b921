"""The status of an indicator row: the ordered rules of guideline section 6."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.core.link import IndicatorStatus
from pipeline.core.quantity import Quantity
from pipeline.core.value import value
from pipeline.language.fold import fold
from pipeline.language.indicators import (
    CellReading,
    comparable_dates,
    read_actual_cell,
    read_target_cell,
)
from pipeline.language.units import unit_class
from pipeline.matching.row_numbers import only_answer, other_way, status_of_numbers
from pipeline.matching.row_scale import multiplied_out
from pipeline.word_lists import alternatives, any_of

# 全部或基本达成预期指标 is the fixed phrase of the top grade, not a partial one.
_TOP_GRADE = re.compile(r"全部或(?:者)?基本(?:达成|完成|实现)")
_DIGIT = re.compile(r"\d")
_EMPTY = re.compile(r"^[\s/\\\-—–―…\.*×无空]*$")
_GARBAGE = re.compile(r"^[^一-鿿A-Za-z0-9]*$")


@value(frozen=True, slots=True)
class RowReading:
    """What the two value cells of a row hold, and the status that follows."""

    target: Quantity | None
    actual: Quantity | None
    status: IndicatorStatus


def read_row(
    target_text: str | None,
    actual_text: str | None,
    name: str | None,
    *,
    level: str = "",
) -> RowReading:
    """Read both cells of an indicator row and judge it.

    ``level`` holds the names above the row: money under 成本指标 is a cost, and a
    number of days under 时效指标 is a limit, whatever the row is called.
    """
    target = read_target_cell(target_text, name)
    actual = read_actual_cell(actual_text, name)
    called = name or ""
    if "成本" in level and target.quantity and _is_money(target.quantity.unit, called):
        called = called if any_of("money_won").search(called) else f"{called}成本"
    elif "时效" in level and target.quantity and _waits(target.quantity.unit, called):
        called = f"{called}时限"
    status = _status(target, actual, target_text or "", actual_text or "", called)
    wanted = target.quantity and multiplied_out(target.quantity)  # 贷款（万元） | 8000
    return RowReading(wanted, actual.quantity, status)


def _is_money(unit: str | None, called: str) -> bool:
    """Whether 元 is printed, or left out beside a name that can only mean it."""
    return "元" in (unit or "") or (
        unit is None and any_of("names_of_money").search(called) is not None
    )


def _waits(unit: str | None, called: str) -> bool:
    """Whether a time is how long something takes, not how long it is kept up."""
    return unit_class(unit) == "time" and not any_of("times_kept_up").search(called)


def _status(
    target: CellReading,
    actual: CellReading,
    target_text: str,
    actual_text: str,
    name: str,
) -> IndicatorStatus:
    said = fold(actual_text).replace(" ", "")
    if not _TOP_GRADE.search(said):
        if any_of("achieved_in_part").search(said):
            return IndicatorStatus.PARTIAL
        if _not_achieved().search(said) or _is_failure(said, target_text):
            return IndicatorStatus.SHORTFALL
    by_value = _by_value(target, actual, name, target_text, actual_text)
    if by_value is not None:
        return by_value
    none_wanted = target.quantity and target.quantity.value == 0
    if none_wanted and _NOTHING_HAPPENED.match(said):
        return IndicatorStatus.STATUS_ONLY
    if said == "无" == target_text.strip():  # accidents: none wanted, none had
        return IndicatorStatus.STATUS_ONLY
    if _EMPTY.match(said) or _GARBAGE.match(said):
        return IndicatorStatus.UNPARSEABLE
    return _by_words(target, actual, fold(target_text), said)


def _is_failure(said: str, target_text: str) -> bool:
    """Whether a cell says no more than that something is not as it should be."""
    return _failed().match(said) is not None and "不" not in target_text


def _by_value(
    target: CellReading,
    actual: CellReading,
    name: str,
    target_text: str,
    actual_text: str,
) -> IndicatorStatus | None:
    if days := _days_of_month(target_text, actual_text):
        return IndicatorStatus.MET if days[1] <= days[0] else IndicatorStatus.SHORTFALL
    wanted = target.quantity
    got = actual.quantity or (wanted and only_answer(wanted, actual.found, actual_text))
    if wanted and got:
        return status_of_numbers(
            wanted, got, name=name, target_text=target_text, actual_text=actual_text
        )
    if target.deadline and actual.deadline and not target.count and not actual.count:
        due, done = comparable_dates(target.deadline, actual.deadline)
        if done <= due or (re.search(r"前|以前|之前", actual_text) and done == due):
            return IndicatorStatus.MET
        return IndicatorStatus.SHORTFALL
    return None


_DAY_OF_MONTH = re.compile(r"每(?:个)?月[^\d，。；]{0,3}(3[01]|[12]?\d)[日号]")


def _days_of_month(target_text: str, actual_text: str) -> tuple[int, int] | None:
    """The days by which something was due, and done, each month: 每月15日前 | 每月12日."""
    due = _DAY_OF_MONTH.search(fold(target_text))
    done = due and _DAY_OF_MONTH.search(fold(actual_text))
    return (int(due[1]), int(done[1])) if due and done else None


def _by_words(
    target: CellReading, actual: CellReading, wanted: str, said: str
) -> IndicatorStatus:
    """No comparable numbers: a bare assertion, two qualities, or nothing to say."""
    same = said == wanted.replace(" ", "") and not target.count
    if actual.count or actual.deadline or (_DIGIT.search(said) and not same):
        return IndicatorStatus.UNPARSEABLE
    if _is_assertion(said):
        return IndicatorStatus.STATUS_ONLY
    if _WHEN.search(wanted) and _IN_TIME.match(said):
        return IndicatorStatus.STATUS_ONLY
    plain = _LIST_MARK.sub("", wanted).replace(" ", "")
    qualitative = not target.count and not target.deadline and not _DIGIT.search(plain)
    if qualitative and wanted.strip() and _assuring().search(said):
        return IndicatorStatus.STATUS_ONLY
    if qualitative and _SAME_WAY.search(wanted) and _SAME_WAY.search(said):
        return IndicatorStatus.STATUS_ONLY
    if qualitative and _are_qualities(plain, said):
        return IndicatorStatus.STATUS_ONLY
    if plain and said == plain and not target.count:
        return IndicatorStatus.STATUS_ONLY  # 5A级 | 5A级
    return IndicatorStatus.UNPARSEABLE


_LIST_MARK = re.compile(r"\(\d{1,2}\)|(?<![\d.])\d{1,2}[、.](?!\d)")
_DENIED = re.compile("不(?![断仅])|[未无没]")
_WORDS = re.compile("[一-鿿]{2,}")
_HAN = re.compile("[一-鿿]{2}|^[一-鿿]$")
# When something is due (每月10日前, 双月末, 10个工作日内), and that it came when it was.
_WHEN = re.compile(
    r"(?:[日号旬月季]|季度|学期|年)(?:之?[前内]|以[前内]|末|底)|^双?[月季年]"
)
_IN_TIME = re.compile(
    r"^(?:已|均|全部)*(?:按[时期月季年]度?|及时|如期|准时)(?![^，。；]*[不未])[一-鿿]{2,8}[。！]?$"
)


def _are_qualities(wanted: str, said: str) -> bool:
    """Whether both cells name a quality, and both or neither deny something.

    明显 | 有一定影响 is one; 若干, 正在编制 and 待评估 are none.
    """
    if not (_HAN.search(wanted) and _HAN.search(said)):
        return False
    denied = [_DENIED.search(text) is not None for text in (wanted, said)]
    if denied[0] != denied[1] or other_way(wanted, said):
        return False
    shared = _pairs(wanted) & _pairs(said)  # 持续开展 | 正在开展
    return bool(shared) or not (
        any_of("progress").search(said) or _NO_QUALITY.search(said)
    )


def _pairs(text: str) -> frozenset[str]:
    """The pairs of Chinese characters: 及时更新 and 实时更新 are told of one thing."""
    words = _WORDS.findall(text)
    return frozenset(w[i : i + 2] for w in words for i in range(len(w) - 1))


_NO_QUALITY = re.compile(
    "若干|多[次场个项]|[统审]计中|进行中|待|见附|详见|数据|一般|较?[低差]"
)
# Less is what was wanted, and less is what is told: 不高于上年 | 略低于上年.
_SAME_WAY = re.compile(
    "(?<!不)(?:下降|减少|降低|减轻|压减|缩短|低于|少于)|不(?:高|多)于|[不未]超|不增|持平"
    "|(?:预算|概算|定额|限额)(?:控制数)?(?:之|以)?内|^≤"
)
# The answer in words to a target of nought: 0起 | 未发生.
_NOTHING_HAPPENED = re.compile(
    r"^(?:全年|均|本年度?|项目实施期间|期间)?(?:未(?:曾)?(?:发生|出现|产生|接到|收到)|没有(?:发生|出现)|无|零)"
    r"[一-鿿]{0,12}(?:情况|现象)?[。！]?$"
)


def _is_assertion(said: str) -> bool:
    return bool(_assertion().match(said)) or bool(_TOP_GRADE.search(said))


@lru_cache(maxsize=1)
def _assertion() -> re.Pattern[str]:
    """What says no more than 已全部完成年度任务."""
    return re.compile(
        rf"^(?:{alternatives('before_asserting')}|按[时期质量计划要求标准]{{1,4}})*"
        rf"(?:{alternatives('asserting')})(?:{alternatives('after_asserting')})*[。！]?$"
    )


@lru_cache(maxsize=1)
def _assuring() -> re.Pattern[str]:
    return re.compile(
        rf"{alternatives('assuring')}|已(?!达不)[一-鿿]{{1,6}}|^是$|^有$|应.尽."
    )


@lru_cache(maxsize=1)
def _not_achieved() -> re.Pattern[str]:
    return re.compile(
        rf"(?:未|没有|没)(?:能)?(?:按[时期计][^，。；]{{0,4}})?(?:{alternatives('achieving')})"
        r"|实现目标程度较低|不达标"
    )


@lru_cache(maxsize=1)
def _failed() -> re.Pattern[str]:
    """拨付不及时, 延期完成 as all that a cell says; not 无不合格产品, nor 对不合格产品召回."""
    late, done = alternatives("late"), alternatives("done_late")
    return re.compile(
        r"^(?!.*(?:[无未没]|杜绝|避免|防止|不存在))"
        rf"[一-鿿]{{0,8}}不(?:{alternatives('wanting')}|符合[一-鿿]{{0,6}})[。！]?$"
        rf"|^(?:已|均)?(?:{late})后?(?:{done})[。！]?$"
    )
