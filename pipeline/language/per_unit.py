"""Per-unit words before a number: 每村, 每个站点每年, 人均."""

from __future__ import annotations

import re

from pipeline.language.clauses import after_stop

_NOUNS = (
    "站点|示范点|监测点|观测点|村居|社区|乡镇|街道|学校|区县|县区|县市|县|市|区|项目|企业|家庭|学生|教师|"
    "学员|代表|干部|职工|年度|年|学年|学期|季度|季|个?月|旬|周|星期|工作日|自然日|日|天|小时|分钟|场次|场|"
    "次|期|班级|班次|班|亩|公顷|公里|平方米|立方米|吨|台|校|园|馆|站|点|单位|部门|科室|支部|队伍|团队|基地|"
    "河流|河道|河|湖|路段|标段|课题|名|位|家|活动|小区|网格|辆|车|病人|患者|老人|老年人|残疾人|儿童|对象|人|"
    "户|例|件|份|批次|批|支|桥|镇|乡|村|院|所|室|岗位|专业|组|队|轮|届|案件|案|篇|本|座|处|条|套|头|只|床"
)
_EACH = (
    r"每(?:\d{1,4}|[零一二两三四五六七八九十百千万半]{1,3})?"
    rf"(?:个|名|位|家|所|户|场|次|期|支|座|条|处|类|项|批|件)?(?:{_NOUNS})"
)
_PER = re.compile(
    rf"(?:平均)?((?:{_EACH}){{1,3}}|(?:人|户|场|年|月|日|周|亩|村|校|班|次|单位|车|床|生)均)"
)
_REACH = 40
_MAX_GAP = 14
_STOPS = "，。；、！？\n"


def read_per(folded: str, start: int) -> tuple[int, int] | None:
    """The span of the per-unit words that govern the number at ``start``.

    They must stand in the same comma clause, at most a short verb phrase away.
    """
    floor = max(0, start - _REACH)
    if folded.find("每", floor, start) < 0 and folded.find("均", floor, start) < 0:
        return None
    begin = after_stop(_STOPS, folded, floor, start)
    found = None
    for match in _PER.finditer(folded, begin, start):
        found = match
    if found is None or start - found.end(1) > _MAX_GAP:
        return None
    if re.search(r"\d", folded[found.end(1) : start]):
        return None
    return found.span(1)
