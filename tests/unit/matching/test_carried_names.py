"""A bare result is said of the things that were named just before it."""

from __future__ import annotations

import pytest

from pipeline.matching.carried_names import is_bare_result
from pipeline.matching.measures.wording import FILE
from pipeline.resources import load_toml
from tests.unit.matching.sketch import links

DATA = load_toml(FILE)["results"]
Expected = dict[str, tuple[str, str]]


def test_the_words() -> None:
    assert is_bare_result(DATA["example"])
    assert not is_bare_result(DATA["counterexample"])
    assert not is_bare_result("")
    assert len(set(DATA["words"])) == len(DATA["words"])


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (
            "创建森林村庄30个，义务植树8场。",
            "森林村庄申报30个，经考核命名27个；义务植树8场。",
            {"30个": ("27个", "shortfall"), "8场": ("8场", "met")},
        ),
        (
            "老年人白内障筛查率达到60%，儿童视力筛查率达到90%。",
            "老年人白内障筛查8200人，筛查率64%；儿童视力筛查5100人，筛查率93%。",
            {"达到60%": ("64%", "exceeded"), "达到90%": ("93%", "exceeded")},
        ),
        (
            "建设农村书吧12个。",
            "农村书吧主体封顶12个，投入使用9个。",
            {"12个": ("9个", "shortfall")},
        ),
        (
            "评选文明商户50户。",
            "文明商户评选申报90户，最终表彰48户。",
            {"50户": ("48户", "shortfall")},
        ),
        # The number that has the deed itself is nearer.
        (
            "检查冷库50座。",
            "检查冷库52座，通过验收40座。",
            {"50座": ("52座", "exceeded")},
        ),
        # Other things, another unit, another sentence.
        ("创建森林村庄30个。", "绿色社区申报30个，经考核命名27个。", {}),
        ("创建森林村庄30个。", "慰问森林村庄3次，表彰27次。", {}),
    ],
)
def test_results_of_things_named_before(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected


@pytest.mark.parametrize(
    ("goal", "outcome", "expected"),
    [
        (
            "新生儿听力筛查率≥90%；孕产妇系统管理率≥85%。",
            "1.新生儿听力筛查率。目标值90%，实际为96.3%。\n"
            "2.孕产妇系统管理率。目标值85%，实际为82.7%。",
            {"≥90%": ("96.3%", "exceeded"), "≥85%": ("82.7%", "shortfall")},
        ),
        (
            "糖尿病患者管理人数2.6万人。",
            "糖尿病患者管理人数：年度目标2.6万人，实际管理26418人。",
            {"2.6万人": ("26418人", "exceeded")},
        ),
        (
            "完成水闸安全评估45座。",
            "安全评估方面，计划45座，实际完成45座。",
            {"45座": ("45座", "met")},
        ),
        # The title is another thing's.
        (
            "新生儿听力筛查率≥90%。",
            "孕产妇系统管理率。目标值85%，实际为82.7%。",
            {},
        ),
    ],
)
def test_results_below_the_name_of_an_indicator(
    goal: str, outcome: str, expected: Expected
) -> None:
    assert links(goal, outcome) == expected
