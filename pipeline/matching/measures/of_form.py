"""What a quantity measures, as the matcher sees it: words around the number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.core.quantity import Quantity
from pipeline.language.fold import fold
from pipeline.language.quantities import counts_people
from pipeline.language.reading import Reading
from pipeline.language.units import unit_class
from pipeline.matching.measures.attendance import of_their_events
from pipeline.matching.measures.boundaries import (
    MAX_CONTEXT,
    SENTENCE,
    clause_before,
    item_number,
    item_start,
    sentence_start,
)
from pipeline.matching.measures.changed import is_change, is_difference
from pipeline.matching.measures.marked_parts import is_part
from pipeline.matching.measures.measure import Measure, rate_names
from pipeline.matching.measures.per_carried import carry_each, each_after
from pipeline.matching.measures.periods import (
    YEAR,
    adds_up_years,
    goes_on_to_all,
    is_running_total,
)
from pipeline.matching.measures.phrases import (
    PART_WORDS,
    left_phrase,
    list_head,
    only_a_part,
    right_phrase,
    says_nothing,
    without_remarks,
)
from pipeline.matching.measures.rate_names import (
    SHARE_OF_DUE,
    narrower_rates,
    rate_of,
    share_of_all,
    shared_rate,
)
from pipeline.matching.measures.respectively import (
    bind_bare_numbers,
    bind_respectively,
)
from pipeline.word_lists import alternatives

_TASK_SHARE = re.compile(
    r"(?:完成|达到?|占|为|是)(?:了)?(?:年度|全年|年初|当年|省定|市定|既定|计划|下达|目标)*(?:任务|计划|目标)(?:量|数|值)?(?:\d[\d.,]*[万亿]?[一-鿿]{0,3})?的?$"
    # 完成年度轮训任务的96%: the task may be named.
    r"|完成(?:了)?(?:年度|全年|年初|当年)[一-鿿]{2,6}任务(?:量|数)?的$"
)

# 平均审减率 and 审减率平均 are one rate.
_MEAN_RATE = re.compile(r"平均(?=[一-鿿]{2,6}率)|(?<=率)平均(?:为|达|约)*$")

# 接收档案9个全宗、3万卷: what is said before the first number is said of both.
_COUNTED_TOO = re.compile(r"[一-鿿]{1,5}、")
# 护理补贴按每人90元标准发放95人: what it is paid for stands before the rate.
_AT_A_RATE = re.compile(
    r"的?标准(?:及时|按时|足额|全额|共|累计|已)*(?:发放|兑付|兑现|支付|拨付)"
)

# What the old value of a change begins with.
_OLD = re.compile("[由从较比]")

_LEAD = 60
_PAUSES = ("，", "、")
# 总量达1.5万家、净增400家: of the same things.
_GREW_BY = re.compile(r"[，、](?:净增|增长|增加)(?:了|约)?")
# 改造小区开工18个、完工15个: what was completed is what was begun, not begun.
_STEP = re.compile("开工|动工|(?:主体)?封顶")


@lru_cache(maxsize=1)
def _total_only() -> re.Pattern[str]:
    return re.compile(rf"[，、]?(?:{alternatives('in_sum')})(?:完成|举办|开展|办)?")


def measures_of(reading: Reading) -> tuple[Measure, ...]:
    """One Measure per quantity of a text, in the same order."""
    folded = fold(reading.text)
    plain = without_remarks(folded)
    measures: list[Measure] = []
    for i in range(len(reading.quantities)):
        previous = measures[-1] if measures else None
        measures.append(_measure(folded, plain, reading.quantities, i, previous))
    named = bind_respectively(of_their_events(narrower_rates(measures), folded))
    return tuple(carry_each(bind_bare_numbers(named)))


def _measure(
    folded: str,
    plain: str,
    quantities: Sequence[Quantity],
    index: int,
    previous: Measure | None,
) -> Measure:
    quantity = quantities[index]
    left = left_phrase(plain, quantities, index)
    right = right_phrase(plain, quantities, index)
    kind = unit_class(quantity.unit)
    if quantity.unit is None and counts_people(folded, quantity.start, quantity.end):
        kind = "person"
    is_rate = kind in ("rate", None)
    if is_rate:
        left = _MEAN_RATE.sub(" ", left)
    local = _phrase(folded, quantities, index, left, right, previous)
    rate = rate_of(folded, quantity.start, left) if is_rate else ""
    if is_rate and previous and (shared := shared_rate(left, previous, folded)):
        rate, local = shared, shared + " " + right
    if is_rate and previous and (share := share_of_all(left, previous)):
        rate = local = share
    clause = clause_before(folded, quantities, index)
    after = folded[quantity.end : quantity.end + 48]
    if quantity.per is None:
        clause += each_after(after, money=kind == "money")
    sentence = sentence_start(folded, quantity.start)
    # By place: to look up so many fields by name takes as long as to find some of them.
    return Measure(
        index,
        quantity,
        kind,
        local.strip(),
        _context(folded, quantities, index, sentence, len(left)),
        rate,
        sentence,
        is_part(folded, quantities, index, sentence),
        quantity.unit == "%" and _is_task_share(folded, quantity, sentence),
        is_change(folded, quantity, is_rate=is_rate),
        is_difference(folded, quantities, index),
        clause,
        after,
        running_total=is_running_total(clause, after)
        or goes_on_to_all(folded, quantities, index, clause)
        or _goes_on_adding_up(folded, quantity, clause, previous),
        item=item_number(folded, quantity.start),
    )


def _phrase(
    folded: str,
    quantities: Sequence[Quantity],
    index: int,
    left: str,
    right: str,
    previous: Measure | None,
) -> str:
    """The words beside a number, with those that it goes on with where they say nothing.

    河道4条、38.6公里; 上半年完成5600平方米，下半年完成6200平方米; 西段5公里已交付.
    """
    if _OLD.search(left):
        left = _old_value().sub("", left)
    local = left + " " + right
    if previous is None:
        return local
    said = left.strip()
    if _total_only().fullmatch(said):
        return list_head(folded, quantities, index) + " " + local
    between = folded[quantities[index - 1].end : quantities[index].start]
    if between[-1:] == "、" and not right.strip() and _COUNTED_TOO.fullmatch(between):
        return _STEP.sub("", previous.local.removesuffix(left.strip("、 ")))
    if "标准" in between and _AT_A_RATE.fullmatch(between):
        return previous.local + " " + local
    if (
        says_nothing(local)
        or (said[:1] == "占" and SHARE_OF_DUE.fullmatch(said))
        or only_a_part(left)
        or (left[:1] in _PAUSES and _GREW_BY.fullmatch(left))
        or ((previous.running_total or "其中" in left) and YEAR.search(left))
    ):
        # 开工率100%、竣工率80%: a rate of its own name goes on with none.
        listed_rate = previous.rate and between[:1] == "、" and rate_names(left)
        if not SENTENCE.search(between) and not listed_rate:
            return _STEP.sub("", PART_WORDS.sub("", previous.local)) + " " + local
    return local


def _context(
    folded: str,
    quantities: Sequence[Quantity],
    index: int,
    sentence: int,
    taken: int,
) -> str:
    """What stands before the phrase of a number in its item, without other numbers.

    ``taken``: how many characters before the number are its phrase.
    """
    start = quantities[index].start
    item = item_start(folded, start, sentence)
    first = index  # of the numbers that may stand in the context
    while first and quantities[first - 1].end > item:
        first -= 1
    context = folded[item : max(item, start - taken)]
    if first < index:
        context = _without_numbers(context, item, quantities[first:index])
    return context[-MAX_CONTEXT:]


def _is_task_share(folded: str, quantity: Quantity, sentence: int) -> bool:
    lead = folded[max(sentence, quantity.start - _LEAD) : quantity.start]
    return _TASK_SHARE.search(lead) is not None


def _goes_on_adding_up(
    folded: str, quantity: Quantity, clause: str, previous: Measure | None
) -> bool:
    """近五年累计授课130场，听讲5900人: the next number is of the same years."""
    if previous is None or not previous.running_total or YEAR.search(clause):
        return False
    if unit_class(quantity.unit) == "rate":
        return False  # 历年累计装表840块，在线率96%: a rate is of now
    between = folded[previous.quantity.end : quantity.start]
    return between[:1] in ("，", "、") and adds_up_years(previous.clause, between)


@lru_cache(maxsize=1)
def _old_value() -> re.Pattern[str]:
    """The old value of a change says nothing of what is measured, nor when it was."""
    return re.compile(
        r"(?:由|从)[^，。；]{0,6}?\d[^，。；由从]{0,10}?"
        rf"(?:{alternatives('changes_from_to')})(?:到|至|为)|"
        r"[较比](?:20\d\d年|[上去]年|上一年)(?:度|末|底|同期)?(?:的[^，。；]{1,14}?)?"
        rf"(?={alternatives('changes_from_to')})"
    )


def _without_numbers(text: str, offset: int, quantities: Sequence[Quantity]) -> str:
    kept, position = [], 0
    for quantity in quantities:
        start, end = quantity.start - offset, quantity.end - offset
        if start >= len(text) or end <= 0:
            continue
        kept.append(text[position : max(position, start)])
        position = end
    kept.append(text[position:])
    return "".join(kept)
