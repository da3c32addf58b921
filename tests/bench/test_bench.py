"""The bench still runs; how fast is nobody's promise."""

from __future__ import annotations

from tests.bench import passes
from tests.bench.__main__ import Pass, all_passes, measure, render
from tests.bench.inputs import annotated_forms, sample_pdfs, texts_of


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


def test_a_pass_never_profits_from_the_one_before() -> None:
    from pipeline.matching.measures import content_words

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
