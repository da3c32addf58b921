"""What a quantity counts: a short noun phrase beside the number."""

from __future__ import annotations

import re

from pipeline.language.clauses import after_stop

_STOPS = "，。；：！？\n、"
_VERBS = (
    "完成|开展|举办|组织|建成|建设|新建|改建|改造|新增|培育|编制|召开|培训|形成|发布|覆盖|引进|引入|服务|检查|实现|"
    "达到|达|提高|提升|增加|下降|降低|减少|保持|控制|确保|力争|争取|计划|累计|共计|共|合计|总计|为|是|在|至|到|将|"
    "全年|年内|全部|平均|不断|实施|推进|发放|采购|购置|配备|安装|维修|维护|养护|制作|印制|印发|撰写|报送|采集|"
    "受理|办理|办结|查处|打造|创建|接待|参与|参加|举行|安排|资助|救助|慰问|录入|整治|清理|清运|处理|更换|更新"
)
_LEADING = re.compile(rf"(?:{_VERBS}|的|了|和|及|并|等)+")
_ENDS = rf"{_VERBS}|的|了|和|及|与|均|都|各|应|要|等|力争|以上"
_TRAILING = re.compile(rf"(?:{_ENDS}|（|\()+$")
_LAST = frozenset(word[-1] for word in _ENDS.split("|")) | {"（", "("}
_AFTER_END = re.compile(
    rf"(?:[，。；：！？\n、（）()“]|以上|左右|的?(?:同时|基础)|和|及|与|并|，|(?<=.{{2}})(?:{_VERBS}))"
)
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
    stop = _AFTER_END.search(folded, end, match.end())
    chunk = text[end : stop.start() if stop else match.end()]
    chunk = _noun(chunk)
    return chunk[:_MAX] if len(chunk) >= 2 else ""


def _noun(chunk: str) -> str:
    """Without the verbs and particles at both ends."""
    leading = _LEADING.match(chunk)
    if leading:
        chunk = chunk[leading.end() :]
    # The one that ends a chunk may be followed by a line break.
    if chunk.rstrip("\n")[-1:] in _LAST:
        chunk = _TRAILING.sub("", chunk)
    return chunk.strip()


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
