"""What a pattern asks of a text before it is worth running."""

from __future__ import annotations

import pytest
import regex

from pipeline.language.exclusions import _rules
from pipeline.language.required import demands, may_match, offer_of


@pytest.mark.parametrize(
    ("pattern", "text", "possible"),
    [
        ("年度", "年内", False),
        ("年度", "度年", True),  # order is not looked at
        ("年|月", "月底", True),
        ("年|月", "日", False),
        (r"\d{2}人", "十人", False),
        (r"\d{2}人", "3人", True),
        (r"\d人", "٣人", True),  # digits of other scripts are digits
        ("(?:第)?[一二]季", "季", False),
        ("(?:第)?[一二]季", "二季", True),
        ("(?:第)*", "", True),
        ("[^年]", "月", True),
        ("(?<=年)底", "底", True),  # what is looked back at is asked for nowhere
        ("985(?=高校)", "985人", False),
        ("985(?=高校|院校)", "985院校", True),
        ("底(?!前)", "底", True),
        ("(?i)kg", "KG", True),
        ("(?i:kg)", "KG", True),
        (r"\p{Han}", "年", True),  # only ``regex`` knows this
        ("(?:年|)底", "底", True),
    ],
    ids=lambda v: str(v),
)
def test_demands(pattern: str, text: str, possible: bool) -> None:
    assert may_match(demands(pattern), offer_of(text).characters) is possible


@pytest.mark.parametrize("pattern", [r.pattern for r in _rules()], ids=lambda p: "")
def test_whatever_a_rule_matches_meets_its_demands(
    pattern: regex.Pattern[str],
) -> None:
    from tests.unit.language.test_data import RULES

    wanted = demands(pattern.pattern)
    for text in (entry[k] for entry in RULES for k in ("example", "counterexample")):
        if pattern.search(text):
            assert may_match(wanted, offer_of(text).characters), text
