"""The only door to spaCy: our own language with quantities and statements as spans.

``zh_fiscal`` is registered under its own name because spaCy's ``zh`` insists
on its own segmenter settings. Quantities are found on characters before the
text is segmented, so that every quantity is a token and ``doc.char_span`` can
never lose one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from spacy import util
from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline.core.plain import to_plain
from pipeline.core.quantity import Quantity, Role
from pipeline.language.clarity import read_statements
from pipeline.language.quantities import find_quantities
from pipeline.language.segment import cut_words
from pipeline.resources import models_dir

# spaCy cannot hold them; our own text keeps them.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

_CONFIG = """
[nlp]
lang = "zh_fiscal"

[nlp.tokenizer]
@tokenizers = "fiscal.JiebaTokenizer.v1"
"""


class FiscalChineseDefaults(BaseDefaults):
    """Defaults of the language: its tokenizer, left to right, no upper case."""

    config = util.load_config_from_str(_CONFIG)
    writing_system = {  # noqa: RUF012 - spaCy declares it so
        "direction": "ltr",
        "has_case": False,
        "has_letters": False,
    }


class FiscalChinese(Language):  # type: ignore[no-untyped-call]  # spaCy is untyped there
    """Simplified and traditional Chinese as public bodies write it."""

    lang = "zh_fiscal"
    Defaults = FiscalChineseDefaults


class JiebaTokenizer:
    """Text → Doc with jieba's words, each quantity one token."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str, role: Role = Role.GOAL) -> Doc:
        """The Doc carries its quantities in ``user_data`` for the tagger."""
        found = find_quantities(text, role)
        spans = [s for s in cut_words(text, [q.span for q in found]) if s[0] < s[1]]
        doc = Doc(
            self.vocab,
            words=[_LONE_SURROGATE.sub("\ufffd", text[a:b]) for a, b in spans],
            spaces=[False] * len(spans),
        )
        doc.user_data["text"] = text
        doc.user_data["found"] = found
        return doc

    # spaCy serialises its tokenizer; ours holds no state of its own.
    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to store."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> JiebaTokenizer:
        """Nothing to restore."""
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        """Nothing to store."""

    def from_disk(self, _path: Any, **_: Any) -> JiebaTokenizer:
        """Nothing to restore."""
        return self


def make_jieba_tokenizer() -> Any:
    """Factory for the registry name ``fiscal.JiebaTokenizer.v1``."""

    def create(nlp: Language) -> JiebaTokenizer:
        return JiebaTokenizer(nlp.vocab)

    return create


def register_extensions() -> None:
    """Attributes of spans; plain values only, so that DocBin can store them."""
    for name in ("quantity", "statement"):
        if not Span.has_extension(name):
            Span.set_extension(name, default=None)


@Language.component("quantity_tagger", assigns=["doc.spans", "span._.quantity"])
def quantity_tagger(doc: Doc) -> Doc:
    """Put every quantity into ``doc.spans["quantities"]``."""
    register_extensions()
    found: tuple[Quantity, ...] = doc.user_data["found"]
    spans: list[Span] = []
    for quantity in found:
        span = doc.char_span(quantity.start, quantity.end, label="QUANTITY")
        assert span is not None  # each quantity is a token
        span._.quantity = to_plain(quantity)
        spans.append(span)
    doc.spans["quantities"] = spans
    return doc


@Language.component(
    "statement_cutter", requires=["doc.spans"], assigns=["span._.statement"]
)
def statement_cutter(doc: Doc) -> Doc:
    """Put every statement of a goal text into ``doc.spans["statements"]``."""
    register_extensions()
    if doc.user_data.get("role", Role.GOAL) is not Role.GOAL:
        return doc
    statements = read_statements(doc.user_data["text"], doc.user_data["found"])
    spans: list[Span] = []
    for statement in statements:
        span = doc.char_span(
            statement.start, statement.end, label="STATEMENT", alignment_mode="expand"
        )
        assert span is not None  # expanded to whole tokens
        span._.statement = to_plain(statement)
        spans.append(span)
    doc.spans["statements"] = spans
    doc.user_data["statements"] = statements
    return doc


def make_doc(text: str, role: Role) -> Doc:
    """A Doc for a text of a role; ``load_language()(doc)`` annotates it."""
    doc: Doc = JiebaTokenizer(load_language().vocab)(text, role)
    doc.user_data["role"] = role
    return doc


@lru_cache(maxsize=1)
def load_language() -> Language:
    """The pipeline of models/form_zh.cfg, loaded once per process."""
    register_extensions()
    util.registry.languages.register("zh_fiscal", func=FiscalChinese)
    util.registry.tokenizers.register(
        "fiscal.JiebaTokenizer.v1", func=make_jieba_tokenizer
    )
    config = util.load_config(models_dir() / "form_zh.cfg")
    return util.load_model_from_config(config, auto_fill=True)
