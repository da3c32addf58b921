"""spaCy carries what the grammar found: language, pipeline, spans, storage."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy import util
from spacy.tokens import Doc, DocBin

from pipeline.core.plain import to_plain
from pipeline.core.quantity import Role
from pipeline.language.clarity import read_statements
from pipeline.language.nlp import (
    FiscalChinese,
    JiebaTokenizer,
    load_language,
    make_doc,
)
from pipeline.language.quantities import find_quantities
from pipeline.language.reading import read_text
from pipeline.language.segment import cut_words, words
from pipeline.resources import models_dir

TEXTS = [
    "疏浚沟渠3处，植树500棵；提升管护水平。",
    "1.举办56场科创集市；2.满意度达到90%以上",
    "<p>举办庙会 12 场</p><p>开展“爱河”行动</p>",
    "舉辦講座12場，培訓兩萬人",
    "　　\n",
    "没有数量的一句话",
    "坏\ud800字3场。好\udfff字",
    "😀举办3场😀",
]


def test_language_is_registered() -> None:
    load_language()
    assert util.get_lang_class("zh_fiscal") is FiscalChinese
    nlp = spacy.blank("zh_fiscal")
    assert isinstance(nlp.tokenizer, JiebaTokenizer)
    assert [t.text for t in nlp("举办56场科创集市")][:2] == ["举办", "56场"]


def test_config_loads_and_is_complete() -> None:
    load_language()
    config = util.load_config(models_dir() / "form_zh.cfg")
    nlp = util.load_model_from_config(config, auto_fill=True)
    assert nlp.lang == "zh_fiscal"
    assert nlp.pipe_names == ["quantity_tagger", "statement_cutter"]


def test_components_fit_together() -> None:
    problems = load_language().analyze_pipes()["problems"]
    assert not any(problems.values())


def test_the_language_is_loaded_once() -> None:
    assert load_language() is load_language()


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_spans_are_what_the_core_types_say(text: str) -> None:
    doc = load_language()(make_doc(text, Role.GOAL))
    found = find_quantities(text, Role.GOAL)
    quantities = doc.spans["quantities"]
    assert [s._.quantity for s in quantities] == [to_plain(q) for q in found]
    assert [(s.start_char, s.end_char) for s in quantities] == [
        (q.start, q.end) for q in found
    ]
    assert all(len(s) == 1 and s.label_ == "QUANTITY" for s in quantities)
    statements = doc.spans["statements"]
    cut = read_statements(text, found)
    assert [s._.statement for s in statements] == [to_plain(s) for s in cut]
    for span, statement in zip(statements, cut, strict=True):
        assert span.start_char <= statement.start < statement.end <= span.end_char
        assert span.label_ == "STATEMENT"


def test_statements_are_cut_in_goals_only() -> None:
    doc = load_language()(make_doc("疏浚沟渠3处；植树500棵", Role.OUTCOME))
    assert "statements" not in doc.spans
    assert read_text("疏浚沟渠3处；植树500棵", Role.OUTCOME).statements == ()
    assert len(read_text("疏浚沟渠3处；植树500棵", Role.GOAL).statements) == 2


def test_the_role_decides_the_reading() -> None:
    text = "计划举办20场，满意度达到90%"
    goal, outcome = (read_text(text, r).quantities for r in (Role.GOAL, Role.OUTCOME))
    assert [q.quote for q in goal] == ["20场", "达到90%"]
    assert [q.quote for q in outcome] == ["达到90%"]
    assert goal[1].comparator != outcome[0].comparator


@pytest.mark.parametrize("text", [None, ""])
def test_a_missing_text_reads_as_empty(text: str | None) -> None:
    reading = read_text(text, Role.GOAL)
    assert (reading.text, reading.quantities, reading.statements) == ("", (), ())


def test_pipeline_survives_the_disk(tmp_path: Path) -> None:
    nlp = load_language()
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    text = TEXTS[0]
    for first, second in ((nlp(text), again(text)), (nlp(text), nlp(text))):
        assert [t.text for t in first] == [t.text for t in second]
        for key in ("quantities", "statements"):
            assert spans(first, key) == spans(second, key)
    assert FiscalChinese().from_bytes(FiscalChinese().to_bytes()).lang == "zh_fiscal"


def test_annotated_docs_survive_a_docbin() -> None:
    nlp = load_language()
    doc = nlp(TEXTS[0])
    # What only the components need is no plain data.
    for key in ("text", "found", "statements", "role"):
        doc.user_data.pop(key, None)
    store = DocBin(store_user_data=True, docs=[doc])
    (again,) = (
        DocBin(store_user_data=True).from_bytes(store.to_bytes()).get_docs(nlp.vocab)
    )
    assert again.text == doc.text
    assert [s._.quantity for s in again.spans["quantities"]] == [
        s._.quantity for s in doc.spans["quantities"]
    ]
    assert spans(again, "statements") == spans(doc, "statements")


def spans(doc: Doc, key: str) -> list[tuple[int, int, str]]:
    return [(s.start_char, s.end_char, s.label_) for s in doc.spans[key]]


def test_many_texts_at_once() -> None:
    nlp = load_language()
    plain = [t for t in TEXTS if t.isprintable()]
    for text, doc in zip(plain, nlp.pipe(plain), strict=True):
        assert doc.text == text
        assert spans(doc, "quantities") == spans(nlp(text), "quantities")


def test_given_spans_stay_whole() -> None:
    text = "举办56场科创集市"
    assert (2, 5) in cut_words(text, [(2, 5)])
    assert cut_words("", ()) == ()
    assert cut_words(text, [(0, len(text))]) == ((0, len(text)),)
    assert "".join(words(text)) == text


def test_the_shared_jieba_is_left_alone() -> None:
    import jieba

    cut_words("满意度")
    assert jieba.dt is not None
    assert "公益性岗位" not in jieba.dt.FREQ


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("text", [t for t in TEXTS if "\ud800" not in t])
def test_a_reading_is_what_the_doc_carries(text: str, role: Role) -> None:
    """Reading goes without the Doc for speed; neither may know more."""
    reading, doc = read_text(text, role), load_language()(make_doc(text, role))
    assert reading.quantities == doc.user_data["found"]
    assert reading.statements == doc.user_data.get("statements", ())
    assert reading.words == tuple((t.idx, t.idx + len(t)) for t in doc)


@pytest.mark.parametrize(
    "text", [*TEXTS, "覃𬸚𠮷、ＡＢ１２\r\n\r 3.5%培训", "一丁七万丈三上下"]
)
def test_words_are_those_of_jieba(text: str) -> None:
    from pipeline.language.segment import _tokenizer

    assert words(text) == tuple(_tokenizer().cut(text))
