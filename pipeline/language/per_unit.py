"""Per-unit words before a number: 每村, 每个站点每年, 每名管护员每月, 人均."""

from __future__ import annotations

import re

from pipeline.language.clauses import after_stop

_TIMES = "学年度?|学期|年度|年|季度|季|半年|个?月|旬|周|星期|工作日|自然日|日|天|小时|分钟|秒"
# After these a thing is named in any words (每名技术指导员); after 每项, 每公里
# only in known ones.
_CLASSIFIERS = "个|名|位|座|支|所|家|条|处"
_UNITS = "场|次|期|项|类|批|件|台|套|部|辆|艘|间|栋|幢|户|亩|片|头|只|具|枚|株|份|例|篇|本|册|张|轮|届|班|组|队"
_NOUNS = (
    "站点|示范点|监测点|观测点|村居|社区|乡镇|街道|学校|区县|县区|县市|县|市|区|项目|企业|家庭|学生|教师|"
    "学员|代表|干部|职工|场次|场|"
    "次|期|班级|班次|班|亩|公顷|公里|千米|米|平方米|立方米|吨|公斤|千克|台|校|园|馆|站|点|单位|部门|科室|支部|"
    "队伍|团队|基地|河流|河道|河|湖|路段|标段|课题|名|位|家|活动|小区|网格|辆|车|病人|患者|老人|老年人|残疾人|"
    "儿童|对象|人次|人口|人|"
    "户|例|件|份|批次|批|支|桥|镇|乡|村|院|所|室|岗位|专业|组|队|轮|届|案件|案|篇|本|座|处|条|套|头|只|床|"
    "标准?箱|箱|页|册|部|具|间|艘|船|生"
)
# What a thing does, has or costs ends its name: 每个站点|配备…, 每部|时长….
_DOES = (
    "联系|服务|开展|组织|举办|配备|配置|配发|推广|巡|补助|补贴|奖补|奖励|资助|投入|投资|安排|建设|建成|建|改造|培训|"
    "放映|送|上门|走访|检查|检测|监测|采样|抽查|抽检|督导|指导|培育|扶持|带动|覆盖|发放|完成|提供|接受|接待|参训|参加|"
    "参与|驻|讲|授课|宣讲|演出|点评|代购|代销|时长|时间|面积|造价|成本|费用|价|标准|综合|平均|人均|月均|日均|年均|"
    "至少|不|最|约|达|超|低于|高于|小于|大于|增|减|收|支|有|设|聘|选|为|按|的|应|需|须|可|均|各|每|向|给|由|从|新|安置|派驻|修复|配书|更新|装备|集中|签|训练|参学|整治|清疏|治理|兑现|扑杀|全"
)
_WORD = re.compile(rf"(?:{_NOUNS})")
_TIME = re.compile(rf"(?:{_TIMES})(?!展|级|报)")
_CLASSIFIER = re.compile(rf"(?:{_CLASSIFIERS})")
_UNIT = re.compile(rf"(?:{_UNITS})")
_EVENT = re.compile("次|目|活动|课题")
# A thing's name of any words, up to what it does or to the number itself; one
# person's ends with the word for a person, though it may hold a verb (指导员).
_NAME = re.compile(rf"(?:(?!{_DOES})[一-鿿]){{2,8}}(?=(?:{_DOES})|[\d≥≤><]|$)")
_PERSON = re.compile(r"(?<=[名位])[一-鿿]{1,8}?(?:人员|员|者|师(?!范)|对象)")
_BRACKET = re.compile(r"\([一-鿿]{1,6}\)")
_NUMBER = re.compile(r"\d{1,4}|[零一二两三四五六七八九十百千万半]{1,3}")
# 出动时间均, 各村均已建成 are no means.
_MEAN = re.compile(
    r"(?:[年月日](?=人均))?(?<![时期空各全该有])(?:人|户|场|亩|村|校|班|次|单位|车|床|生|项|间|站|店|年|月|日|周)均"
    r"(?![衡已有为按在能完实开建设配])"
)
# A mean that is part of a statistic's name: 人均可支配收入, PM2.5年均浓度.
_NAMES = re.compile(
    "费用增|住院费用(?:同比)?增|可支配|纯收入|收入|地区生产总值|生产总值|GDP|gdp|住房|预期寿命|浓度"
    "|(?:体育)?场地面积|公园绿地"
)
_TOTAL = re.compile("(?:合|共|总|累)计$|共$")
# 每万人口拥有量由53件提升至58件: the old value does not part the words.
_OLD_VALUE = re.compile(
    r"由[^，。；]{0,6}?\d[\d.,]*[^\d，。；]{0,4}?(?:提升|提高|增加|增长|上升|下降|降低|减少|压减|降|升|增|减)(?:至|到|为)$"
)
_REACH = 40
_MAX_GAP = 14
_STOPS = "，。；、！？\n"


def read_per(folded: str, start: int) -> tuple[int, int] | None:
    """The span of the per-unit words that govern the number at ``start``.

    They must stand in the same comma clause, at most a short verb phrase away,
    and are given as printed: 每名管护员每月 with the thing's name.
    """
    floor = max(0, start - _REACH)
    if not any(folded.find(word, floor, start) >= 0 for word in "每均"):
        return None
    begin = after_stop(_STOPS, folded, floor, start)
    span = _last_span(folded, begin, start)
    if span is None:
        return None
    between = _OLD_VALUE.sub("", folded[span[1] : start])
    if len(between) > _MAX_GAP:
        return None
    if re.search(r"\d", between) or _TOTAL.search(between):
        return None
    return span


def _last_span(folded: str, begin: int, start: int) -> tuple[int, int] | None:
    found: tuple[int, int] | None = None
    at = begin
    while at < start:
        end = _each_end(folded, at, start)
        if end is None:
            at += 1
            continue
        joined = found is not None and folded[found[1] : at] in {"", "平均"}
        found = (found[0], end) if found is not None and joined else (at, end)
        at = end
    return found


def _each_end(folded: str, at: int, start: int) -> int | None:
    """The end of one group of per-unit words that begins at ``at``."""
    if folded[at] != "每":
        mean = _MEAN.match(folded, at, start)
        if mean is None or _NAMES.match(folded, mean.end(), start):
            return None
        return mean.end()
    position = at + 1
    number = _NUMBER.match(folded, position, start)
    if number:
        position = number.end()
    time = _TIME.match(folded, position, start)
    if time:
        return time.end()
    return _thing_end(folded, position, start)


def _thing_end(folded: str, position: int, start: int) -> int | None:
    """The end of the thing that is counted each: its classifier and name."""
    classifier = _CLASSIFIER.match(folded, position, start)
    unit = _UNIT.match(folded, position, start)
    ends = [m.end() for m in (classifier, unit) if m]
    known = [_WORD.match(folded, position, start)]
    if classifier:
        after = classifier.end()
        named = _PERSON.match(folded, after, start) or _NAME.match(folded, after, start)
        known += [named or _WORD.match(folded, after, start)]
    if unit:
        known += [_EVENT.match(folded, unit.end(), start)]
    ends += [m.end() for m in known if m]
    if not ends:
        return None
    bracket = _BRACKET.match(folded, max(ends), start)
    return bracket.end() if bracket else max(ends)
