"""Whether a number says by how much something changed, or how much there is.

增长8% and 较上年减少2人 say by how much; 增加床位268张 counts beds. What stands beside
an old and a new level is their difference: 由7人降至5人，减少2人.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.core.quantity import Quantity
from pipeline.language.needles import Hint
from pipeline.matching.measures.measure import Measure
from pipeline.word_lists import alternatives

# 增加床位268张 is no change of a number, 增长8% is one.
_COMPARED = re.compile(
    r"(?:同比|环比|[较比](?:上年度?|去年|年初|\d{4}年|非[^，。；]{1,6}))[^，。；]{0,8}$"
)
_IN_ALL = re.compile(r"总(?:面积|里程|长度|人数|户数|量|数|额|规模|容量|产能)?$")
# 漏损率降为11% is a level.
_BECAME_ENDS = ("为", "为约", "为了", "为了约")
_BECAME = re.compile(r"(?:[升降]|下降|上升|提升|提高|降低|减少)为(?:了)?约?$")


def is_change(folded: str, quantity: Quantity, *, is_rate: bool) -> bool:
    """Whether a number is an increase or a decrease."""
    before = folded[max(0, quantity.start - 20) : quantity.start]
    if ("比" in before or "较" in before) and _COMPARED.search(before):
        return True
    if before.endswith(_BECAME_ENDS) and _BECAME.search(before):
        return False
    return is_rate and bool(_changed().search(before) or _changing().search(before))


def is_difference(folded: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Whether a number may be by how much, though it is compared with nothing.

    床位增加30张 may; 由7人降至5人，减少2人 is how far the new level is from the old one.
    """
    quantity = quantities[index]
    lead = folded[max(0, quantity.start - 8) : quantity.start]
    said = _by().search(lead) if _may_be_by().may_match(lead) else None
    if said is None:
        return False  # most numbers
    if said["name"]:
        return True
    if not index:
        return False
    level = quantities[index - 1]
    between = folded[level.end : quantity.start]
    before = folded[max(0, level.start - 8) : level.start]
    return bool(_by_then().fullmatch(between) and _to_level().search(before))


def changes_alike(target: Measure, outcome: Measure) -> bool:
    """Whether both sides say by how much, or both how much; a difference is either.

    床位增加30张 is answered by 较上年增加36张, not by the level 246张 that stands before it.
    """
    if target.is_change == outcome.is_change:
        return not (target.is_difference and _is_level(outcome))
    return outcome.is_difference if target.is_change else target.is_difference


def _is_level(outcome: Measure) -> bool:
    """246张，较上年增加36张, 总面积达到860公顷: how much there is in all."""
    if _compared_next().match(outcome.after):
        return True
    reached = outcome.quantity.quote.startswith("达")
    return reached and _IN_ALL.search(outcome.clause) is not None


@lru_cache(maxsize=1)
def _changed() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternatives('change_words')}|(?<=[一-鿿]{{2}})(?:(?<![审核])[增减降升涨]|[少多](?=了)))"
        r"(?:率|幅度)?(?:平均|均)?(?:了|为)?(?:不少于|不低于|超过|约|达到?|≥|>=)?$"
    )


@lru_cache(maxsize=1)
def _changing() -> re.Pattern[str]:
    """亩均降低作业成本16.8%, 提高亩产5% are changes, too; 提高入学率95% is a level."""
    verbs, levels = alternatives("raised_or_lowered"), alternatives("levels_named")
    return re.compile(
        rf"(?:{verbs})(?![了后]?[到至为达])(?:(?!{levels})[^，。；、：\d到至为达的]){{1,10}}$"
    )


@lru_cache(maxsize=1)
def _by() -> re.Pattern[str]:
    changes = alternatives("changes_by")
    return re.compile(
        rf"(?P<name>[一-鿿]{{2}}(?:{changes})|(?:{changes}|[增减降升少多]))(?:了|约|幅|量)?\s*$"
    )


@lru_cache(maxsize=1)
def _may_be_by() -> Hint:
    return Hint(_by())


@lru_cache(maxsize=1)
def _compared_next() -> re.Pattern[str]:
    return re.compile(
        r"[，(](?:同比|[较比](?:上年度?|去年|年初|上一年|\d{4}年)(?:末|底|同期)?)"
        rf"(?:净|共|实际)?(?:{alternatives('changes_by')}|[增减降升少多])(?:了|约)?\d"
    )


@lru_cache(maxsize=1)
def _by_then() -> re.Pattern[str]:
    return re.compile(
        r"[，、(](?:同比|环比|较上年度?|比上年度?|较去年|比去年)?(?:净|共|实际|累计)?"
        rf"(?:{alternatives('changes_by')}|[增减降升少多])(?:了|约|幅|量)?\s*"
    )


@lru_cache(maxsize=1)
def _to_level() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('changes_to')})(?:到|至|为)(?:了|约)?$")
