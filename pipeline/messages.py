"""Sentences for people, Chinese first, from models/messages.toml."""

from __future__ import annotations

import re
from typing import Any

from pipeline.errors import PipelineError
from pipeline.resources import load_toml

# postgresql://user:geheim@host/db. An unescaped @ or / in the password belongs to
# it; a bare user@host and an address without // do not match.
_USER_PASSWORD = re.compile(r"(://[^\s:/@'\"]*):[^\s'\"]*(?=@)")
# user:geheim@host, an address without its scheme; 12:30 a@b does not match.
_BARE_PASSWORD = re.compile(
    r"(?<![:/@*])\b([\w.-]{1,64}):[^\s:/@'\"，。；、（）]{1,256}(?=@)"
)
# ?password=… and &sslpassword=… of a URL, password=… of a driver's own words.
_NAMED = re.compile(
    r"(?i)((?:password|passwd|passphrase|pwd|secret|token)\s{0,2}=\s{0,2})[^&\s;,'\"]+"
)
_STARS = "***"


def render(code: str, lang: str = "zh", **params: object) -> str:
    """The sentence for ``code`` in ``lang`` (zh or en), parameters filled in.

    Passwords that a parameter carries are starred out. An unknown code is a
    defect of ours, so it raises KeyError.
    """
    template: str = load_toml("messages.toml")[code][lang]
    return hide_secrets(template.format(**params))


def words_of(group: str, lang: str) -> dict[str, Any]:
    """The words of a group of models/words.toml by name, each a text or a list."""
    entries: dict[str, dict[str, Any]] = load_toml("words.toml")[group]
    return {name: entry[lang] for name, entry in entries.items()}


def hide_secrets(text: str) -> str:
    """The text without the passwords of URLs and ``password=…``."""
    if "=" not in text and "@" not in text:
        return text
    text = _USER_PASSWORD.sub(rf"\1:{_STARS}", text)
    text = _BARE_PASSWORD.sub(rf"\1:{_STARS}", text)
    return _NAMED.sub(rf"\1{_STARS}", text)


def explain(error: PipelineError, lang: str = "zh") -> str:
    """The sentence for an error: what happened and what to do."""
    return render(error.code, lang, **error.params)
