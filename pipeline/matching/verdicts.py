"""Comparing an achieved value with a target (guideline section 4)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from pipeline.core.link import Verdict
from pipeline.core.quantity import Comparator, Quantity
from pipeline.language.fold import fold
from pipeline.language.units import to_base
from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml
from pipeline.word_lists import any_of, ending_in, one_of

# 降低企业物流成本 80万元 is how much less; 降低到 and 降低后 name the level.
_LESS_BY = re.compile(
    r"(?:^|预计|计划|每年|年均|全年|累计|合计|帮助|[亩户人吨场次村件平]均|每[一-鿿]{1,2}?|[为给][^，。；]{1,8})"
    r"(?:降低|减少|减轻|下降|削减|节约|节省|压缩|缩短|压减|压降|缩减)(?!到|至|为|后)"
)
# 降低单位成本3% is how much less, too; 降低事故率3% may be the level.
_LESS_BY_PART = re.compile(
    r"(?:降低|减少|下降|节约|节省|压减|压缩|压降|缩减|削减|缩短)(?:(?!到|至|为|后|率|比例|占比|指数)[^，。；])*$"
)
_QUOTES = re.compile("[“”‘’\"']")  # “三公经费”控制率
_SPAN = re.compile("(?:时间|时限|用时|耗时|时长|工期|天数|住院日)$")
# 用水量降到400方 is a limit.
_DOWN_TO = re.compile(r"(?:降低?|下降|压缩|缩短|减少|压减)(?:到|至|为)\s*$")
_LEVEL = re.compile(r"(?:到|至|为|后|单位|单价|每|率|水平|次数|[件起次]数)")


def compare(target: Quantity, outcome: Quantity, *, less_is_better: bool) -> Verdict:
    """The verdict for one target and one outcome in comparable units.

    ``less_is_better`` turns a bare or rough target into a limit (成本, 事故, 时限).
    """
    low, high, value = in_one_unit(target, outcome)
    comparator = target.comparator
    # 失业率5.5%左右: the name is sure, so it is a limit like a bare number.
    if less_is_better and comparator in (Comparator.EQUAL, Comparator.APPROX):
        comparator = Comparator.AT_MOST
    lean = _lean(outcome)
    if comparator is Comparator.RANGE and high is not None:
        return _against_range(value, low, high, lean)
    if comparator in (Comparator.AT_MOST, Comparator.LESS):
        return _against_limit(value, low, lean, strict=comparator is Comparator.LESS)
    if value > low or (value == low and lean > 0):
        return Verdict.EXCEEDED
    if value < low or lean < 0 or comparator is Comparator.MORE:
        return Verdict.SHORTFALL
    return Verdict.MET


def _against_range(value: Decimal, low: Decimal, high: Decimal, lean: int) -> Verdict:
    if value > high or (value == high and lean > 0):
        return Verdict.EXCEEDED
    if value < low or (value == low and lean < 0):
        return Verdict.SHORTFALL
    return Verdict.MET


def _against_limit(
    value: Decimal, limit: Decimal, lean: int, *, strict: bool
) -> Verdict:
    if value != limit:
        return Verdict.MET if value < limit else Verdict.SHORTFALL
    if lean:
        return Verdict.MET if lean < 0 else Verdict.SHORTFALL
    return Verdict.SHORTFALL if strict else Verdict.MET


def _lean(outcome: Quantity) -> int:
    """1 where the outcome says a little more than its number, −1 a little less."""
    if outcome.comparator is Comparator.MORE:
        return 1
    if outcome.comparator is Comparator.LESS:
        return -1
    if outcome.comparator is Comparator.APPROX:
        quote = fold(outcome.quote)
        if re.search(r"余|多", quote):
            return 1
        return -1 if re.search(r"近", quote) and not re.search(r"附近", quote) else 0
    return 0


def in_one_unit(
    target: Quantity, outcome: Quantity
) -> tuple[Decimal, Decimal | None, Decimal]:
    """A target, the end of its range and an outcome as numbers that may be compared."""
    low, base_t = _in_base(target.value, target.unit)
    value, base_o = _in_base(outcome.value, outcome.unit)
    if base_t != base_o:
        return target.value, target.value_high, outcome.value
    high = (
        None
        if target.value_high is None
        else _in_base(target.value_high, target.unit)[0]
    )
    return low, high, value


def _in_base(value: Decimal, unit: str | None) -> tuple[Decimal, str]:
    """A value in its base unit; 三分之一 as a percentage."""
    if unit is None and 0 < value < 1:
        return to_base(value * 100, "%")
    return to_base(value, unit)


@lru_cache(maxsize=1)
def _direction_words() -> tuple[tuple[str, bool], ...]:
    entry = load_toml(FILE)["less_is_better"]
    words = [(w, True) for w in entry["words"]] + [(w, False) for w in entry["more"]]
    return tuple(sorted(words, key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=1)
def _direction_words_by_end() -> dict[str, list[tuple[str, bool]]]:
    """The words under their last character, the longest first."""
    by_end: dict[str, list[tuple[str, bool]]] = {}
    for word, less in _direction_words():
        by_end.setdefault(word[-1], []).append((word, less))
    return by_end


@lru_cache(maxsize=1)
def _any_direction_word() -> re.Pattern[str]:
    return one_of(word for word, _ in _direction_words())


@lru_cache(maxsize=1)
def _fights() -> re.Pattern[str]:
    """A deed against a bad thing; not 处理不当引发事故, where the thing came of it."""
    entry = load_toml(FILE)["less_is_better"]
    verbs, things = "|".join(entry["fighting"]), "|".join(entry["fought"])
    came_of_it = "[不未后]|引发|造成|导致|发生|出现|期间|过程|率|数量|[件起次]数"
    return re.compile(
        rf"(?<![未没])(?:{verbs})(?:(?!{came_of_it})[^，。；、])"
        + rf"{{0,6}}(?:{things})"
    )


# Nobody limits the 亩 of 污染耕地安全利用, nor the 件 of 费用结算.
_NO_LIMITS = frozenset({"area", "length", "document"})
_COUNTS = frozenset(
    {"person", "person_time", "organisation", "thing", "case", "event", "place"}
)


_PIECES = frozenset({"thing", "place"})
# What goes on after a bad word is a thing with a name of its own; 投诉数量 is none.
_NO_NAMES = "[总件起次人户个处家]数|[数总]量|件|问题|行为|现象|事项|事故|隐患|情况"
_OF_A_THING = re.compile(
    r"[一-鿿]{2,}" + "".join(f"(?<!{n})" for n in _NO_NAMES.split("|")) + r"\s*$"
)


@lru_cache(maxsize=4096)
def less_is_better(phrase: str, kind: str | None = None) -> bool:
    """Whether a measure is one of those where less is better (成本, 事故 …).

    The word nearest to the number decides: 事故演练 wants more, 演练事故 less; a bad
    thing that is fought (扑救火灾) wants more. ``kind`` is the class of its unit.
    """
    folded = _QUOTES.sub("", fold(phrase))
    if _DOWN_TO.search(folded):
        return True
    if kind == "time" and ending_in("soon_done").search(folded):
        return True  # 简易案件办理30天
    if kind in _NO_LIMITS:
        return False
    if any_of("more_anywhere").search(folded) or not _any_direction_word().search(
        folded
    ):
        return False
    if kind == "rate" and _LESS_BY_PART.search(folded):
        return False
    less_by = _LESS_BY.search(folded)
    if less_by and not _LEVEL.search(folded, less_by.start() + 1):
        return False
    end, less = _last_direction(folded)
    if kind == "rate" and _SPAN.search(folded, 0, end):
        return False  # 压缩审批时限50%, 时限达标率95%: a share of a time is no time
    if kind in _COUNTS and ending_in("price_ends").search(folded, 0, end):
        return False
    if kind in _PIECES and _OF_A_THING.search(folded, end):
        return False  # 污染物暂存设施3套 are there against what is bad
    return less and not any(m.end() == end for m in _fights().finditer(folded))


def _last_direction(folded: str) -> tuple[int, bool]:
    """Where the last direction word ends, of those that end there the longest."""
    by_end = _direction_words_by_end()
    for end in range(len(folded), 0, -1):
        for word, less in by_end.get(folded[end - 1], ()):
            if folded.endswith(word, 0, end):
                return end, less
    return 0, False
