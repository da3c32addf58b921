"""The bench still runs; how fast is nobody's promise."""

from __future__ import annotations

from tests.bench import passes
from tests.bench.__main__ import (
    Pass,
    all_passes,
    measure,
    render,
    render_growth,
    render_matching,
)
from tests.bench.growth import HOSTILE, form_of
from tests.bench.inputs import annotated_forms, archive_forms, sample_pdfs, texts_of


def test_every_pass_runs_and_has_a_line() -> None:
    rows = all_passes()
    for row in rows:
        row.given = row.given[:1]
    measure(rows, 1)
    lines = render(rows).splitlines()
    assert [row.name for row in rows if row.name in "\n".join(lines)]
    assert len(lines) == 1 + len(rows)
    assert {row.bare for row in rows} - {None} <= {row.name for row in rows}


def test_the_input_is_train_and_dev_and_every_readable_pdf() -> None:
    assert len(annotated_forms()) == 28
    assert all(texts_of(form) for form in annotated_forms())
    names = {pdf.name for pdf in sample_pdfs()}
    assert "three-forms.pdf" in names
    assert not names & {"broken.pdf", "empty.pdf", "photo-only.pdf"}


def test_an_archive_has_the_same_names_and_other_numbers() -> None:
    forms = annotated_forms()
    stream = archive_forms(2)
    assert stream[: len(forms)] == forms
    later = stream[len(forms) :]
    for first, second in zip(forms, later, strict=True):
        assert first["outcome_text"] != second["outcome_text"]
        assert [r["name"] for r in first["indicators"]] == [
            r["name"] for r in second["indicators"]
        ]


def test_a_pass_never_profits_from_the_one_before() -> None:
    from pipeline.matching.measures.wording import content_words

    content_words("举办讲座")
    assert content_words.cache_info().currsize
    passes.forget_texts()
    assert not content_words.cache_info().currsize


def test_the_rate_counts_items_per_second() -> None:
    bare = Pass("bare", len, [], 10, "pages", times=[2.0, 1.0, 4.0])
    ours = Pass("ours", len, [], 10, "pages", bare="bare", times=[3.0, 5.0, 4.0])
    *_, first, second = render([bare, ours]).splitlines()
    assert first.split() == ["bare", "1.000", "2.000", "5.0", "pages"]
    assert second.split() == ["ours", "3.000", "4.000", "2.5", "pages", "3.00"]


def test_made_up_forms_have_the_size_asked_for() -> None:
    goal, outcome, rows = form_of(40, 60)
    assert (len(goal.quantities), len(outcome.quantities), len(rows)) == (40, 60, 20)


def test_matching_and_growth_have_a_line_per_size_and_text() -> None:
    assert len(render_matching([(2, 3), (4, 6)]).splitlines()) == 3
    lines = render_growth([50, 100, 200]).splitlines()
    assert len(lines) == 1 + len(HOSTILE) >= 15
    assert all(len(text(99)) == 99 for text in HOSTILE.values())
