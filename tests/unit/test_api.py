"""The Python door: texts or a file in, records out."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.api import Settings, extract_bytes, record_id, rules_hash
from pipeline.core.document import Document, UnreadPage
from pipeline.core.flag import Severity
from pipeline.core.form import Form
from pipeline.core.record import Record
from pipeline.errors import DocumentError, PipelineError
from pipeline.layout import with_notes
from pipeline.messages import explain
from tests.e2e.command import FORM
from tests.helpers.invariants import assert_record

DOCUMENTS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
GOAL = "举办讲座12场。"
DONE = "举办讲座10场。"
ROW = {
    "level1": "产出指标",
    "name": "讲座",
    "target_text": "≥12场",
    "actual_text": "10场",
}


def sound(record: Record) -> Record:
    assert_record(json.loads(record.to_json()))
    return record


# -- analyze


@pytest.mark.parametrize(
    "text",
    [
        GOAL,
        "  举办讲座12场。  ",
        "举办讲座12场。\r\n<p>培训６０人</p>&nbsp;",
        "舉辦講座12場。",
        "举办讲座１２场\u3000。\ufeff",
        "举办讲座12场\x00。",
        "举办讲座12场\ud83d。",
        "举办讲座12场😀。",
    ],
    ids=ascii,
)
def test_texts_are_kept_exactly(text: str) -> None:
    record = pipeline.analyze(goal_text=text, outcome_text=text)
    assert record.goal_text == record.outcome_text == text
    assert_record(json.loads(record.to_json()))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_texts_give_a_sound_record(goal: str, outcome: str) -> None:
    record = sound(pipeline.analyze(goal_text=goal, outcome_text=outcome))
    assert (record.goal_text or "", record.outcome_text or "") == (goal, outcome)


@pytest.mark.parametrize(
    ("goal", "outcome"), [(None, DONE), (GOAL, None), (None, None), ("", "")]
)
def test_a_null_text_means_not_found(goal: str | None, outcome: str | None) -> None:
    record = sound(pipeline.analyze(goal_text=goal, outcome_text=outcome))
    assert record.goal_text == (goal or None)
    assert record.outcome_text == (outcome or None)
    assert record.links == ()
    codes = {flag.code for flag in record.flags}
    assert ("goal_missing" in codes) == (not goal)


@pytest.mark.parametrize("ident", [7, "七", 1.5, True, None, ""])
def test_the_callers_id_comes_back(ident: str | int | float | bool | None) -> None:
    record = pipeline.analyze(goal_text=GOAL, outcome_text=DONE, id=ident)
    assert record.id == ident
    assert type(record.id) is type(ident)


def test_there_is_no_source_and_no_place() -> None:
    record = pipeline.analyze(goal_text=GOAL, outcome_text=DONE, year=2023)
    assert (record.source, record.provenance, record.year) == (None, None, 2023)
    assert record.produced_by.version == pipeline.__version__
    assert record.produced_by.profile == "mof2020"


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("15.00", "15.00"),
        (15, "15"),
        (7.5, "7.5"),
        ("1,200.00", "1200.00"),
        ("１５", "15"),
        ("10分", "10"),
        (".5", "0.5"),
        ("+5", "5"),
        ("-5", "-5"),
        ("-", None),
        ("—", None),
        ("/", None),
        ("", None),
        (None, None),
        ("见附件", None),
        ("10分以上", None),
        ("15/20", None),
        (float("inf"), None),
        (True, None),
        (1e-7, None),
    ],
    ids=repr,
)
def test_weights_and_scores_are_decimal_strings_or_null(
    given_value: object, expected: str | None
) -> None:
    entry = {**ROW, "weight": given_value, "score": given_value}
    record = sound(
        pipeline.analyze(goal_text=GOAL, outcome_text=DONE, indicators=[entry])
    )
    assert record.indicators[0].weight == expected
    assert record.indicators[0].score == expected


def test_indicator_rows_keep_their_texts_and_order() -> None:
    rows = [
        ROW,
        {"name": "  满意度 ", "target_text": "≥90％", "unknown": object()},
        {},
        {"name": "", "actual_text": "", "deviation": ""},
    ]
    record = sound(pipeline.analyze(goal_text=GOAL, outcome_text=DONE, indicators=rows))
    assert [row.row for row in record.indicators] == [0, 1, 2, 3]
    assert record.indicators[0].level1 == "产出指标"
    assert record.indicators[1].name == "  满意度 "
    assert record.indicators[1].target_text == "≥90％"
    assert record.indicators[2].name is None
    assert record.indicators[3].actual_text is None


def test_an_amendment_in_the_deviation_is_read() -> None:
    note = "指标名称修改为“活动合格率”，指标值修改为“100%”，按修改后指标评价"
    record = sound(
        pipeline.analyze(
            goal_text=GOAL, outcome_text=DONE, indicators=[{**ROW, "deviation": note}]
        )
    )
    (row,) = record.indicators
    assert row.amended is not None
    assert (row.amended.name, row.amended.target_text) == ("活动合格率", "100%")
    assert (row.name, row.target_text, str(row.status)) == (
        "讲座",
        "≥12场",
        "shortfall",
    )


def test_the_same_input_gives_the_same_bytes() -> None:
    def once() -> str:
        return pipeline.analyze(
            goal_text=GOAL, outcome_text=DONE, indicators=[ROW], id=1
        ).to_json()

    assert once() == once()


def test_an_unknown_profile_is_an_error_that_says_so() -> None:
    with pytest.raises(PipelineError) as failure:
        pipeline.analyze(
            goal_text=GOAL, outcome_text=DONE, config=Settings(profile="没有")
        )
    assert failure.value.exit_code in (2, 9)
    assert "没有" in explain(failure.value)


# -- extract


@pytest.fixture
def form_file(tmp_path: Path) -> Path:
    path = tmp_path / "表.txt"
    path.write_text(FORM, encoding="utf-8")
    return path


def test_extract_yields_the_records_of_a_file(form_file: Path) -> None:
    (record,) = map(sound, pipeline.extract(form_file))
    assert record.source is not None
    assert (record.source.path, record.source.form_index) == ("表.txt", 0)
    assert record.id == record_id(record.source.sha256, 0)
    assert record.project_name == "社区图书角建设"
    assert {str(link.verdict) for link in record.links} == {"met", "shortfall"}
    assert [r.to_json() for r in pipeline.extract(str(form_file))] == [record.to_json()]


def test_ids_follow_the_bytes_and_the_index_not_the_path() -> None:
    first = extract_bytes(FORM.encode(), path="a.txt").records[0]
    second = extract_bytes(FORM.encode(), path="b/c.txt").records[0]
    third = extract_bytes(FORM.encode() + b"\n\n", path="a.txt").records[0]
    assert first.id == second.id != third.id
    assert len(str(first.id)) == 16


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "not_found"),
        (b"", "empty"),
        ("会议纪要\n今天没有形成结论。\n".encode(), "no_form"),
    ],
    ids=["没有", "空", "无表"],
)
def test_extract_says_why_there_is_nothing(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "x.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DocumentError) as failure:
        list(pipeline.extract(path))
    assert failure.value.reason == reason
    assert "。请" in explain(failure.value) or "，请" in explain(failure.value)


# -- find_quantities


@pytest.mark.parametrize(
    ("role", "comparator"), [("goal", ">="), ("outcome", "="), ("indicator", ">=")]
)
def test_the_role_decides_how_a_word_reads(role: str, comparator: str) -> None:
    (found,) = pipeline.find_quantities("合格率达到95%", role=role)
    assert (found.quote, str(found.comparator)) == ("达到95%", comparator)


def test_goal_is_the_default_role() -> None:
    (found,) = pipeline.find_quantities("培育不少于30家企业")
    assert (found.start, found.end, found.quote) == (2, 8, "不少于30家")
    assert (found.value, found.unit) == (Decimal(30), "家")


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValueError, match="elsewhere"):
        pipeline.find_quantities("30家", role="elsewhere")


# -- what a record depends on


def test_config_hash_follows_the_profile_and_the_rules() -> None:
    default, other = Settings(), Settings(profile="hubei")
    assert default.config_hash() == Settings().config_hash() != other.config_hash()
    assert len(default.config_hash()) == 12
    assert default.run_key().startswith(f"{pipeline.__version__}:mof2020:")
    assert len(rules_hash()) == 64


def test_only_a_handful_of_names_is_public() -> None:
    assert set(pipeline.__all__) == {
        *("Record", "__version__", "analyze", "extract", "find_quantities")
    }
    assert pipeline.Record is Record
    with pytest.raises(AttributeError):
        pipeline.nothing  # noqa: B018


def test_a_form_of_a_cut_document_says_so_and_accuses_of_nothing_grave():
    whole = (DOCUMENTS / "hb-2021-edu-01.docx").read_bytes()
    (record,) = extract_bytes(whole, path="form.docx").records
    assert Severity.HIGH in {flag.severity for flag in record.flags}
    extraction = extract_bytes(whole[: len(whole) * 9 // 10], path="form.docx")
    assert extraction.partial_reason == "truncated"
    (record,) = extraction.records
    flags = {flag.code: flag for flag in record.flags}
    assert "page_missing" in flags
    assert "第1页" in flags["page_missing"].message
    assert Severity.HIGH not in {flag.severity for flag in record.flags}


def test_a_form_far_from_an_unread_page_says_nothing():
    form = Form(pages=(3, 4))
    for page, missing in ((1, False), (2, True), (3, True), (5, True), (6, False)):
        document = Document(
            "application/pdf", (), unread=(UnreadPage(page, "corrupt"),)
        )
        (warned,) = with_notes((form,), document)
        codes = [note.code for note in warned.notes]
        assert codes == (["page_missing"] if missing else [])
