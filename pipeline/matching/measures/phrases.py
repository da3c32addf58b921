"""The words to the left and right of a number that tell what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.core.quantity import Quantity
from pipeline.matching.measures.boundaries import (
    SENTENCE,
    Places,
    last_end,
    sentence_start,
)
from pipeline.matching.measures.periods import YEAR
from pipeline.matching.measures.wording import has_content_words, surely_tells
from pipeline.word_lists import alternatives, ending_in

_SEPARATOR = re.compile(r"[。；！？\n，、：（）()<>&]")
_SEPARATORS = Places(_SEPARATOR)

_HEAD = 20

# What a list of those to whom something was done ends at: 对12家酒店、网吧开展检查.
_STOP = re.compile(r"[。；！？\n，：（）()<>&]")

_HEADS = frozenset({"人", "人次", "名"})

# Words that name a part of one thing rather than a thing.
PART_WORDS = re.compile(
    r"上半年|下半年|[东西南北中](?:干|支)?[线段片区侧]|[东西南北](?:干|支)渠|一期|二期|第?[一二三四]季度|线上|线下|分别"
)
# Every such word has one of these.
_PART_BEGUN = re.compile("[上下东西南北中一二三四线分]")

# 同比增长6%, 较上年少5人, 金额90万元: what grew, or cost so much, stands before.
_ABOUT_BEFORE = re.compile(
    r"同比|环比|[较比与](?:上年度?|去年|上一年度?|年初)(?:同期)?(?:相比)?|增长|增加|减少|下降|上升|提高|"
    r"[增减多少](?=\s*$)|^(?:面积|里程|长度|规模|数量|金额)$|金额|增幅|降幅|其中|完工|竣工"
)

_CLAUSE = re.compile("[，；]")
_GOING_ON = frozenset({"、进", "，进", "、入", "、到", "、赴"})
# A clause that says by itself what became of its thing.
_DONE_BEFORE = re.compile(
    r"(?:举办|举行|召开|完成|开展|启动|闭幕|开幕|结束|落幕|建成|印发|出版|上线|投用|验收)(?:完毕|结束|到位)?，$"
)

# Every character that a phrase loses with such words.
_SAYING_NOTHING = "".join(
    re.findall("[一-鿿]", PART_WORDS.pattern + YEAR.pattern + _ABOUT_BEFORE.pattern)
)

# 遗体(角膜)捐献, 学校(社区): a short remark does not end a phrase.
_REMARK = re.compile(r"\(([^()，。；：\d]{1,6})\)(?=[^，。；、：\n])")


def without_remarks(folded: str) -> str:
    """A text with short remarks written out of their brackets; every place stays."""
    return _REMARK.sub(lambda remark: f" {remark[1].replace('、', ' ')} ", folded)


def left_phrase(folded: str, quantities: Sequence[Quantity], index: int) -> str:
    """The words between a number and the stop or number before it."""
    start = quantities[index].start
    floor = quantities[index - 1].end if index else 0
    begin = last_end(_SEPARATORS, folded, floor, start) or floor
    phrase = folded[_list_start(folded, floor, begin) : start]
    if begin == floor and index:
        phrase = _next_deed().split(phrase)[-1]
    if _names_whom(folded, start, quantities[index].end):
        return phrase
    if begin > floor and (says_nothing(phrase) or _goes_on(folded, begin, phrase)):
        # …信息，不少于76篇: the noun stands in the clause before.
        clause = _clause_ending(folded, floor, begin - 1)
        if _BARE_PLAN.match(clause):
            clause = _title(folded, floor, begin - 1 - len(clause)) + clause
        phrase = clause + " " + phrase
    return phrase


def _clause_ending(folded: str, floor: int, end: int) -> str:
    """The clause before a stop, 30 characters of it at most."""
    return _SEPARATOR.split(folded[max(floor, end - 30) : end])[-1]


def _title(folded: str, floor: int, start: int) -> str:
    """What a plan without a noun of its own is about.

    3.巡查次数。目标值12次，实际13次.
    """
    if folded[start - 1 : start] not in ("。", "："):
        return ""
    title = _clause_ending(folded, floor, start - 1)
    return "" if _NUMBER_INSIDE.search(title) else title + " "


def _names_whom(folded: str, start: int, end: int) -> bool:
    """为20户家庭提供扶持, 向60户居民发放补贴: after the number stands all that was done."""
    if not start or folded[start - 1] not in _FOR_WHOM_ENDS:
        return False  # most numbers
    after = folded[end : end + 1]
    return bool(_FOR_WHOM.search(folded, max(0, start - 4), start)) and (
        "一" <= after <= "鿿"
    )


@lru_cache(maxsize=1)
def _next_deed() -> re.Pattern[str]:
    return re.compile(
        rf"并(?!网)|和(?!谐)|及(?!时)|以及|同时|(?<=.)(?={alternatives('next_deeds')})"
    )


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


# 35名省级、市级匠人: ranks in a list are all of what follows them.
_RANKS = re.compile(r"(?:[一-鿿]{1,3}级[、和及](?=[一-鿿]{1,3}级))+")

# 86个团队年内新签约群众1.3万人: what comes after belongs to the next number.
_NEXT_DEED = re.compile(r"(?<=..)(?:年内|全年|累计|新签约|签约(?!服务))")

# 研修计划120名，实际选派97名: what was planned says what was done.
_ACTUAL = re.compile(r"^(?:实际|最终|实)(?!现|施|行|验|训|践|时|地|名|物|习)")

# 年内拍完, 已种下, 当季栽好: a deed that is over, and nothing it was done to.
_BARE_RESULT = re.compile(
    r"(?:(?:[本当]年|年内|全年|年底前?|目前|至今|最终|当季|先后|共|累计|现已|已|均|全部|实际)*)"
    r"[一-鿿](?:完|好|毕|齐|下|到位|出去?|成功)(?:了)?"
)

# What such a result ends in.
_RESULT_ENDS = frozenset("完好毕齐下到位出去成功了")

# 为, 向 and the like at a number, but not 作为, 方向, 相对.
_FOR_WHOM = re.compile(r"(?<![作成认称分方走倾面相针应])(?:为|向|对|给|帮助|协助)$")
_FOR_WHOM_ENDS = frozenset("为向对给助")

# 候车亭计划18座，年底前投用16座: how far a plan got, and nothing named.
_ONLY_DONE = re.compile(
    r"(?:目前|全年|年底前?|年内|最终|到年底|截至[^，。；、\d]{0,6}|[一-鿿]{2,6}后)?(?:现|均|共|只|仅|已经?)*"
    r"(?:完成|建成|完工|竣工|投用|投入|使用|投运|投产|交付|交工|开通|启用|开业|运营|运行"
    r"|通车|通水|通电|通气|挂牌|办结|落实|到位|验收|上线|入库|销号|收官|达标|结题|落地|下水)+了?"
)

_BARE_PLAN = re.compile(
    r"\s*(?:年度|全年|年初|预期|绩效|设定|计划)*(?:目标|指标|计划|任务|预期)(?:值|数)?(?:为|是)?"
    r"(?:不少于|不低于|不超过|不高于|≥|≤|[<>=])*\s*\d"
)
_NUMBER_INSIDE = re.compile(r"(?<=[一-鿿])\d")

_PLANNED = re.compile(
    r"(?:计划|任务|目标|原定|应|预计|拟)[^，。；]{0,6}\d[^，。；]*[，、：]$"
)
_PLAN_STOPS = frozenset("，、：\n")


def _goes_on(folded: str, begin: int, phrase: str) -> bool:
    """Whether a phrase only says what came of what the clause before names.

    研修计划120名，实际选派97名; 航片因阴雨推迟，年内拍完610平方公里.
    """
    said = phrase.strip()
    if said[-1:] in _RESULT_ENDS and _BARE_RESULT.fullmatch(said):
        return folded[begin - 1 : begin] == "，"
    if folded[begin - 1 : begin] not in _PLAN_STOPS:
        return False
    if not (_ACTUAL.match(phrase) or _ONLY_DONE.fullmatch(said)):
        return False
    return _PLANNED.search(folded, max(0, begin - 40), begin) is not None


def right_phrase(folded: str, quantities: Sequence[Quantity], index: int) -> str:
    """The words between a number and the next stop or number, 30 characters at most."""
    end = quantities[index].end
    limit = quantities[index + 1].start if index + 1 < len(quantities) else len(folded)
    whom = _names_whom(folded, quantities[index].start, end)
    listed = folded.find("级", end, limit) >= 0
    ranks = _RANKS.match(folded, end, limit) if listed else None
    match = (_STOP if whom else _SEPARATOR).search(
        folded, ranks.end() if ranks else end, limit
    )
    stop = match.start() if match else limit
    phrase = folded[end : min(stop, end + 30)]
    if _counts_once_more(folded, quantities, index):
        return right_phrase(folded, quantities, index + 1)
    if match is None and index + 1 < len(quantities):
        if whom:
            return ending_in("in_sum").sub("", phrase)
        phrase = _NEXT_DEED.split(_next_deed().split(phrase)[0])[0]
    return phrase


def _counts_once_more(folded: str, quantities: Sequence[Quantity], index: int) -> bool:
    """解决210户860人饮水困难: the households and their people, and what both are of."""
    if quantities[index].unit != "户" or index + 1 == len(quantities):
        return False
    other = quantities[index + 1]
    between = folded[quantities[index].end : other.start]
    return (
        other.unit in _HEADS
        and between in ("", "、", "共", "、共")
        and folded[other.end : other.end + 1] not in "全均都已"
    )


def list_head(folded: str, quantities: Sequence[Quantity], index: int) -> str:
    """What stands before the first number of the list that a total adds up."""
    unit, first = quantities[index].unit, index
    while first and quantities[first - 1].unit == unit:
        between = folded[quantities[first - 1].end : quantities[first].start]
        if SENTENCE.search(between):
            break
        first -= 1
    start = quantities[first].start
    head = folded[max(sentence_start(folded, start), start - _HEAD) : start]
    # 科普日于9月举办，科普进校园34场、进社区22场，共计56场: what was done before is told.
    *_, clause = _CLAUSE.split(head)
    if _DONE_BEFORE.search(head.removesuffix(clause)):
        head = clause
    # 进校园 is where the first went, not all: 科普进校园34场、进社区22场，共计56场.
    second = folded[quantities[first].end : quantities[first].end + 2]
    going = second in _GOING_ON and head.rfind(second[1])
    return head[:going] if going and going > 0 else head


def only_a_part(phrase: str) -> bool:
    """Whether a phrase names a part (上半年, 东段) and nothing else."""
    if not _PART_BEGUN.search(phrase):
        return False  # most phrases
    return says_nothing(phrase) and PART_WORDS.search(phrase) is not None


def says_nothing(phrase: str) -> bool:
    """Whether a phrase names no thing of its own: empty, verbs, or only a part."""
    if surely_tells(phrase, less=_SAYING_NOTHING):
        return False
    rest = _ABOUT_BEFORE.sub("", YEAR.sub("", PART_WORDS.sub("", phrase)))
    return not has_content_words(rest)
