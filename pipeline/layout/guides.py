"""What looks like a form and is none: how to fill one in, how to score, a web page's data."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.layout.columns import is_indicator_header
from pipeline.layout.goals import Goals
from pipeline.layout.indicators import Indicators
from pipeline.layout.labels import has_role, roles_of
from pipeline.layout.sections import Section, Sections
from pipeline.word_lists import alternatives

_VALUES = frozenset(("ind.target", "ind.adjusted", "ind.actual", "ind.score"))
_NAMES = ("header.project_name", "header.department", "header.unit")


@lru_cache(maxsize=1)
def _guide() -> re.Pattern[str]:
    asked = alternatives("filling_in")
    return re.compile(rf"(?:请|应|需)?(?:{asked}|与.{{2,12}}(?:对应|一致))")


def is_guide(goals: Goals) -> bool:
    """年度总体目标 | 填写批复的绩效目标: how to fill a form in, without a row of one."""
    texts = [t for t in (goals.goal_text, goals.outcome_text) if t]
    return bool(texts) and all(_guide().match(t) for t in texts)


def is_scoring_guide(sections: Sections, indicators: Indicators) -> bool:
    """一级指标 | … | 分值 | 评价标准 and no more: how to give points, not a form."""
    labels = [
        roles_of(text)
        for line in sections.of(Section.INDICATORS)
        if is_indicator_header(line)
        for text in line.texts
    ]
    return (
        any("ind.standard" in roles for roles in labels)
        and not any(roles & _VALUES and "ind.standard" not in roles for roles in labels)
        and not any(row.actual_text or row.score for row in indicators.rows)
        and not any(sections.of(s) for s in (Section.FUNDS, Section.GOALS))
    )


def is_lone_label(sections: Sections, goals: Goals) -> bool:
    """信息分类：绩效目标 among the data of a web page: no head, no money, no result.

    To be asked of lines below no title only.
    """
    return (
        goals.outcome_text is None
        and not any(sections.of(s) for s in (Section.FUNDS, Section.INDICATORS))
        and not any(
            has_role(text, *_NAMES)
            for line in sections.of(Section.HEADER)
            for text in line.texts
        )
    )
