"""Which document type a title names (lexicon in models/document_types.toml)."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.layout.labels import fold
from pipeline.resources import load_toml

MAX_TITLE = 60
REPORTS = ("selfeval_report", "third_party_report")

_SENTENCE = re.compile(r"[。；;，,]")
_ANNEX = re.compile(r"^(?:附件|附表|附)\s*\d*")


@lru_cache(maxsize=4096)
def title_type(text: str) -> str | None:
    """The document type that a title names, None for any other text."""
    folded = fold(_ANNEX.sub("", text.strip()))
    if len(folded) > MAX_TITLE or _SENTENCE.search(folded.rstrip("。")):
        return None
    best: tuple[int, str] | None = None
    for name, entry in load_toml("document_types.toml").items():
        for title in entry["titles"]:
            if fold(title) in folded and (best is None or len(title) > best[0]):
                best = (len(title), name)
    return best[1] if best else None
