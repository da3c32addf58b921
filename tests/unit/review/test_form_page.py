"""What the cards of a form's page say beside what the record holds."""

from __future__ import annotations

import pytest

from pipeline.resources import load_toml
from pipeline.review.form_page import EvidenceLine, view_form
from pipeline.review.words import Words
from tests.unit.review import samples


def _evidence(code: str) -> tuple[EvidenceLine, ...]:
    view = view_form(samples.long_form(), Words())
    (card,) = (flag for flag in view.flags if flag.code == code)
    return card.evidence


def test_a_number_is_shown_in_its_clause() -> None:
    promised, told = _evidence("target_not_met")
    for line, quote in ((promised, "1200人次"), (told, "1186人次")):
        text = "".join(segment.text for segment in line.segments)
        assert quote in text
        assert len(text) > len(quote) + 4
        assert [s.text for s in line.segments if s.kinds] == [quote]


def test_a_whole_statement_needs_no_more() -> None:
    (line,) = _evidence("goal_vague")
    assert line.segments == ()
    assert line.quote == "进一步提升农技人员服务水平，不断增强种植户获得感"


def test_what_is_absent_has_no_words() -> None:
    _, absent = _evidence("goal_without_outcome")
    assert absent.quote is None
    assert absent.segments == ()


def test_a_cell_of_a_row_comes_with_the_name_of_the_indicator() -> None:
    names = [line.about for line in _evidence("full_score_despite_shortfall")]
    assert names == ["培训种植户", "培训种植户"]


@pytest.mark.parametrize("path", ["indicators[99].nothing", "indicators[x].score", ""])
def test_a_path_to_nowhere_has_no_name(path: str) -> None:
    record = samples.long_form()
    record["flags"][0]["evidence"][0]["field"] = path
    (card,) = (f for f in view_form(record, Words()).flags if f.code == "goal_vague")
    assert card.evidence[0].about is None
    assert card.evidence[0].segments == ()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", load_toml("document_types.toml"))
def test_every_document_type_has_words(kind: str, lang: str) -> None:
    assert Words(lang).label("document_type", kind) != kind
