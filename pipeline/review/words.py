"""Words of the report from models/report.toml, in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.resources import load_toml

FILE = "report.toml"
LANGUAGES = ("zh", "en")
HTML_LANG = {"zh": "zh-CN", "en": "en"}

_INDEXED = re.compile(r"(funds|indicators)\[(\d{1,6})\](?:\.([a-z_0-9]+))?")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; ``lang`` is zh or en."""

    lang: str = "zh"

    def __post_init__(self) -> None:
        if self.lang not in LANGUAGES:
            raise ValueError(f"unknown language {self.lang!r}")

    def text(self, key: str, **params: object) -> str:
        """A sentence or caption; an unknown key is a defect (KeyError)."""
        sentence: str = load_toml(FILE)["text"][key][self.lang]
        return sentence.format(**params) if params else sentence

    def label(self, group: str, key: str | None) -> str:
        """The word for a value of the record; an unknown value stays as it is."""
        entry = load_toml(FILE)[group].get(key or "")
        return str(entry[self.lang]) if entry else key or ""

    def known(self, group: str, key: str | None) -> bool:
        """Whether there is a word for a value; the others may be of any length."""
        return (key or "") in load_toml(FILE)[group]

    def symbol(self, group: str, key: str | None) -> str:
        """The sign that goes with the word, so that colour never stands alone."""
        entry = load_toml(FILE)[group].get(key or "")
        return str(entry.get("symbol", "")) if entry else ""

    def keys(self, group: str) -> tuple[str, ...]:
        """The values of a group in their order."""
        return tuple(load_toml(FILE)[group])

    def field(self, path: str) -> str:
        """A record path for people: ``indicators[3].actual_text`` → 指标第 4 行 · …."""
        match = _INDEXED.fullmatch(path)
        if match is None:
            return self.label("field", path)
        head = self.label("field", match[1]).format(number=int(match[2]) + 1)
        return f"{head} · {self.label('field', match[3])}" if match[3] else head
