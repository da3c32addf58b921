"""What a quantity measures, as the matcher sees it: words around the number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from pipeline.core.quantity import Quantity
from pipeline.language.fold import fold
from pipeline.language.reading import Reading
from pipeline.language.units import unit_class
from pipeline.matching.attendance import of_their_events
from pipeline.matching.measure import Measure, rate_names
from pipeline.matching.per import carry_each
from pipeline.matching.periods import YEAR, goes_on_to_all, is_running_total
from pipeline.matching.respectively import bind_respectively
from pipeline.matching.wording import has_content_words, surely_tells

_SEPARATOR = re.compile(r"[。；！？\n，、：（）()<>&]")
_SENTENCE = re.compile(r"[。；！？\n]|</?p>|<br/?>")
_CLAUSE_STOP = re.compile(r"[。；！？\n，：]")
_SENTENCE_STOP = re.compile(r"[。；！？\n]")
_SPLIT = re.compile(
    r"并(?!网)|和(?!谐)|及(?!时)|以及|同时|(?<=.)(?=开展|举办|组织|培训|发放|建设|新建|服务|编制|编印|购置|参与|参训|吸引|"
    r"受理|办结|实现|完成|带动|覆盖|引进|新增|改造|维修|安装|覆盖|惠及|达到)"
)
_ITEM = re.compile(
    r"(?:^|(?<=[。；\n >]))(?:\d{1,2}[.、]|\(?[一二三四五六七八九十]{1,2}[、)]|[①-⑳]|[一二三四五六七八九]是|目标\d)"
)
_NOT_NUMBER = re.compile(r"[^\d一二三四五六七八九十①-⑳]")
_TASK_SHARE = re.compile(
    r"(?:完成|达到?|占|为)(?:了)?(?:年度|全年|年初|当年|省定|市定|既定|计划|下达|目标)*(?:任务|计划|目标)(?:量|数|值)?的?$"
)
# 增加床位268张 is no change of a number, 增长8% is one.
_COMPARED = re.compile(
    r"(?:同比|环比|[较比](?:上年度?|去年|年初|\d{4}年|非[^，。；]{1,6}))[^，。；]{0,8}$"
)
_CHANGE = re.compile(
    r"(?:增长|增加|减少|下降|提高|提升|降低|压减|增幅|降幅|增速|高出|(?<=[一-鿿]{2})(?<![审核])[增减降升涨])(?:率|幅度)?(?:平均|均)?(?:了|为)?(?:不少于|不低于|超过|约|达到?|≥|>=)?$"
)
# 亩均降低作业成本16.8%
_LESS_OF = re.compile(
    r"(?:降低|减少|节约|压减|压缩)[^，。；\d率]{0,6}(?:成本|费用|能耗|用量|支出|损耗|排放|用工)$"
)
# 平均审减率 and 审减率平均 are one rate.
_MEAN_RATE = re.compile(r"平均(?=[一-鿿]{2,6}率)|(?<=率)平均(?:为|达|约)*$")
_RATE_END = re.compile(r"(?:[一-鿿]{2}率|满意度|知晓度|参与度)$")
_RATE_WORD = re.compile(r"率|度|占比|比例|比重|指数|均|分别|达")
_BARE = 6
_TOTAL_ONLY = re.compile(r"[，、]?(?:合计|共计|总计|累计|共)(?:完成|举办|开展)?")
_HEAD = 20
_MAX_CONTEXT = 240
# The old value of a change says nothing of what is measured.
_OLD_VALUE = re.compile(
    r"(?:由|从)[^，。；]{0,6}?\d[^，。；由从]{0,10}?(?:提高|提升|增加|增长|上升|下降|降低|降|升|缩短|压缩|压减|减少|恢复|延长|扩大|拓展|增)(?:到|至|为)"
)
# Words that name a part of one thing rather than a thing.
PART_WORDS = re.compile(
    r"上半年|下半年|[东西南北中](?:干|支)?[线段片区侧]|[东西南北](?:干|支)渠|一期|二期|第?[一二三四]季度|线上|线下|分别"
)
_PART = re.compile(r"其中|包括|含(?!量)")
# 同比增长6%, 较上年少5人, 金额90万元: what grew, or cost so much, stands before.
_ABOUT_BEFORE = re.compile(
    r"同比|环比|[较比与](?:上年度?|去年|上一年度?|年初)(?:同期)?(?:相比)?|增长|增加|减少|下降|上升|提高|"
    r"[增减多少](?=\s*$)|金额|增幅|降幅|其中|完工|竣工"
)
# 改造小区开工18个、完工15个: what was completed is what was begun, not begun.
_STEP = re.compile("开工|动工|(?:主体)?封顶")
# Every character that a phrase loses with such words.
_SAYING_NOTHING = "".join(
    re.findall("[一-鿿]", PART_WORDS.pattern + YEAR.pattern + _ABOUT_BEFORE.pattern)
)


def measures_of(reading: Reading) -> tuple[Measure, ...]:
    """One Measure per quantity of a text, in the same order."""
    folded = fold(reading.text)
    measures: list[Measure] = []
    for i in range(len(reading.quantities)):
        previous = measures[-1] if measures else None
        measures.append(_measure(folded, reading.quantities, i, previous))
    return tuple(carry_each(bind_respectively(of_their_events(measures, folded))))


def _measure(
    folded: str,
    quantities: Sequence[Quantity],
    index: int,
    previous: Measure | None,
) -> Measure:
    quantity = quantities[index]
    left = _left_phrase(folded, quantities, index)
    right = _right_phrase(folded, quantities, index)
    is_rate = unit_class(quantity.unit) in ("rate", None)
    if is_rate:
        left = _MEAN_RATE.sub(" ", left)
    local = _OLD_VALUE.sub("", left) + " " + right
    clause = _clause(folded, quantities, index)
    after = folded[quantity.end : quantity.end + 48]
    if previous is not None and _TOTAL_ONLY.fullmatch(left.strip()):
        local = _list_head(folded, quantities, index) + " " + local
    elif previous is not None and (
        _says_nothing(local)
        or _only_a_part(left)
        or (previous.running_total and YEAR.search(left))
    ):
        # 河道4条、38.6公里; 上半年完成5600平方米，下半年完成6200平方米; 西段5公里已交付
        between = folded[quantities[index - 1].end : quantity.start]
        if not _SENTENCE.search(between):
            local = _STEP.sub("", PART_WORDS.sub("", previous.local)) + " " + local
    sentence_start = _sentence_start(folded, quantity.start)
    item_start = _item_start(folded, quantity.start, sentence_start)
    context = folded[item_start : max(item_start, quantity.start - len(left))]
    first = index  # of the numbers that may stand in the context
    while first and quantities[first - 1].end > item_start:
        first -= 1
    context = _without_numbers(context, item_start, quantities[first:index])
    rates = rate_names(left) if is_rate else []
    if is_rate and not rates:
        rates = rate_names(_clause_left(folded, quantity.start))
    if is_rate and previous is not None and _shares_rate(left, previous, folded):
        # 小反刍兽疫抗体合格率86%、口蹄疫78%
        name = _RATE_END.search(previous.rate)
        assert name is not None
        local = left + name[0] + " " + right
        rates = [left + name[0]]
    lead = folded[max(sentence_start, quantity.start - _MAX_CONTEXT) : quantity.start]
    return Measure(
        index=index,
        quantity=quantity,
        unit_class=unit_class(quantity.unit),
        local=local,
        context=context[-_MAX_CONTEXT:],
        rate=rates[-1] if rates else "",
        sentence=sentence_start,
        part=_is_part(folded, quantities, index, sentence_start),
        task_share=quantity.unit == "%" and bool(_TASK_SHARE.search(lead[-60:])),
        is_change=_is_change(folded, quantity, is_rate=is_rate),
        clause=clause,
        after=after,
        running_total=is_running_total(clause, after)
        or goes_on_to_all(folded, quantities, index, clause),
        item=_item_number(folded, quantity.start),
    )


# 遗体(角膜)捐献, 学校(社区): a short remark does not end a phrase.
_REMARK = re.compile(r"\(([^()，。；：\d]{1,6})\)(?=[^，。；、：\d\n])")


@lru_cache(maxsize=4)
def _without_remarks(folded: str) -> str:
    """Asked for once per number of a text."""
    return _REMARK.sub(r" \1 ", folded)


def _left_phrase(folded: str, quantities: Sequence[Quantity], index: int) -> str:
    folded = _without_remarks(folded)
    start = quantities[index].start
    floor = quantities[index - 1].end if index else 0
    begin = floor
    for match in _SEPARATOR.finditer(folded, floor, start):
        begin = match.end()
    phrase = folded[_list_start(folded, floor, begin) : start]
    if begin == floor and index:
        phrase = _SPLIT.split(phrase)[-1] if _SPLIT.search(phrase) else phrase
    if begin > floor and (_says_nothing(phrase) or _goes_on(folded, begin, phrase)):
        # …信息，不少于76篇: the noun stands in the clause before.
        before = folded[max(floor, begin - 30) : begin - 1]
        phrase = _SEPARATOR.split(before)[-1] + " " + phrase
    return phrase


def _list_start(folded: str, floor: int, begin: int) -> int:
    """Where a list of names without numbers begins: 征集实物、照片、手稿264件.

    One number for several things is named by all of them.
    """
    if folded[begin - 1 : begin] != "、":
        return begin
    start = floor
    for match in _SEPARATOR.finditer(folded, floor, begin):
        if match[0] != "、":
            start = match.end()
    return begin if folded[start : start + 1] == "、" else start


# 86个团队年内新签约群众1.3万人: what comes after belongs to the next number.
_NEXT_DEED = re.compile(r"(?<=..)(?:年内|全年|累计|新签约|签约(?!服务))")

# 研修计划120名，实际选派97名: what was planned says what was done.
_ACTUAL = re.compile(r"^(?:实际|最终|实)(?!现|施|行|验|训|践|时|地|名|物|习)")
_PLANNED = re.compile(
    r"(?:计划|任务|目标|原定|应|预计|拟)[^，。；]{0,6}\d[^，。；]*[，：]$"
)


def _goes_on(folded: str, begin: int, phrase: str) -> bool:
    """Whether a phrase only says what came of the plan in the clause before."""
    return bool(
        _ACTUAL.match(phrase) and _PLANNED.search(folded, max(0, begin - 40), begin)
    )


def _right_phrase(folded: str, quantities: Sequence[Quantity], index: int) -> str:
    end = quantities[index].end
    limit = quantities[index + 1].start if index + 1 < len(quantities) else len(folded)
    match = _SEPARATOR.search(folded, end, limit)
    stop = match.start() if match else limit
    phrase = folded[end : min(stop, end + 30)]
    if match is None and index + 1 < len(quantities):
        phrase = _NEXT_DEED.split(_SPLIT.split(phrase)[0])[0]
    return phrase


def _is_part(
    folded: str, quantities: Sequence[Quantity], index: int, sentence: int
) -> bool:
    """Whether a number is a part of one before it: 其中12家, 338人：孤独症131人.

    All later numbers in the unit of the first part are parts too (其中A 2期、B 3期),
    up to the end of the sentence or of the brackets.
    """
    quantity = quantities[index]
    unit = quantity.unit
    begin = max(sentence, quantity.start - _MAX_CONTEXT)
    mark = _last_end(_PART, folded, begin, quantity.start)
    if mark is not None:
        first = next(q for q in quantities if q.start >= mark)
        return first is quantity or first.unit == unit
    for whole in reversed(quantities[:index]):
        if whole.start < begin:
            return False
        opened = folded[whole.end : whole.end + 1]
        if opened and opened in "(：" and whole.unit == unit:
            return opened == "：" or ")" not in folded[whole.end : quantity.start]
    return False


def _is_change(folded: str, quantity: Quantity, *, is_rate: bool) -> bool:
    before = folded[max(0, quantity.start - 20) : quantity.start]
    if _COMPARED.search(before):
        return True
    return is_rate and bool(_CHANGE.search(before) or _LESS_OF.search(before))


def _list_head(folded: str, quantities: Sequence[Quantity], index: int) -> str:
    """What stands before the first number of the list that a total adds up."""
    unit, first = quantities[index].unit, index
    while first and quantities[first - 1].unit == unit:
        between = folded[quantities[first - 1].end : quantities[first].start]
        if _SENTENCE.search(between):
            break
        first -= 1
    start = quantities[first].start
    return folded[max(_sentence_start(folded, start), start - _HEAD) : start]


def _shares_rate(left: str, previous: Measure, folded: str) -> bool:
    """Whether a bare name in a list goes on with the rate named just before."""
    between = folded[previous.quantity.end : previous.quantity.end + 1]
    return (
        between == "、"
        and previous.quantity.unit == "%"
        and bool(_RATE_END.search(previous.rate))
        and 0 < len(left) <= _BARE
        and not _RATE_WORD.search(left)
    )


def _only_a_part(phrase: str) -> bool:
    return bool(PART_WORDS.search(phrase)) and _says_nothing(phrase)


def _says_nothing(phrase: str) -> bool:
    """Whether a phrase names no thing of its own: empty, verbs, or only a part."""
    if surely_tells(phrase, less=_SAYING_NOTHING):
        return False
    rest = _ABOUT_BEFORE.sub("", YEAR.sub("", PART_WORDS.sub("", phrase)))
    return not has_content_words(rest)


def _clause_left(folded: str, start: int) -> str:
    begin = max(0, start - 40)
    for match in _SENTENCE_STOP.finditer(folded, begin, start):
        begin = match.end()
    return folded[begin:start]


def _clause(folded: str, quantities: Sequence[Quantity], index: int) -> str:
    """国家级、省级示范社7家: unlike the phrase, an enumeration stays whole."""
    start = quantities[index].start
    floor = max(quantities[index - 1].end if index else 0, start - _MAX_CONTEXT)
    begin = _last_end(_CLAUSE_STOP, folded, floor, start)
    return folded[floor if begin is None else begin : start]


def _sentence_start(folded: str, position: int) -> int:
    return _last_end(_SENTENCE, folded, max(0, position - 400), position) or 0


def _item_start(folded: str, position: int, sentence: int) -> int:
    """Where the list item begins: its topic often stands sentences before."""
    begin = _last_end(_ITEM, folded, max(0, position - _MAX_CONTEXT), position)
    return sentence if begin is None else min(sentence, begin)


def _item_number(folded: str, position: int) -> str:
    """What the list item is numbered: 4 of 目标4：, ④ and 4., 一 of （一） and 一是."""
    starts, ends = _places(_ITEM, folded)
    last = bisect_right(ends, position) - 1
    if last < 0:
        return ""
    mark = _NOT_NUMBER.sub("", folded[starts[last] : ends[last]])
    return str(ord(mark) - ord("①") + 1) if "①" <= mark <= "⑳" else mark


def _last_end(
    pattern: re.Pattern[str], folded: str, floor: int, position: int
) -> int | None:
    """Where the last match between two places ends."""
    starts, ends = _places(pattern, folded)
    last = bisect_right(ends, position) - 1
    return ends[last] if last >= 0 and starts[last] >= floor else None


@lru_cache(maxsize=16)
def _places(
    pattern: re.Pattern[str], folded: str
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the matches begin and end; asked for once per number of a text."""
    spans = [match.span() for match in pattern.finditer(folded)]
    return tuple(a for a, _ in spans), tuple(b for _, b in spans)


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
