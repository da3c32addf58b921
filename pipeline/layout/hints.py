"""Whether a page of a long book may hold a form, by its bare text."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.layout.labels import fold
from pipeline.resources import load_toml

MIN_LABEL = 4
"""Characters of a label that says something by itself (备注 stands everywhere)."""

MIN_HAN = 8
"""Chinese characters without which a page's text layer is not believed."""

_ROLES = ("goal.", "ind.level", "ind.target", "ind.actual", "header.project_name")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SPACE = re.compile(r"\s+")


def may_hold_form(text: str) -> bool:
    """True unless the text is readable and has no label of a form anywhere."""
    squeezed = _SPACE.sub("", text)
    if len(_HAN.findall(squeezed)) < MIN_HAN:
        return True
    return _pattern().search(squeezed) is not None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    lexicon = load_toml("labels.toml")
    labels = {
        fold(label)
        for role, entry in lexicon.items()
        if role.startswith(_ROLES)
        for label in entry["labels"]
    }
    words = sorted(label for label in labels if len(label) >= MIN_LABEL)
    levels = ("产出指标", "效益指标", "满意度")
    return re.compile("|".join(map(re.escape, ("绩效", "自评", *levels, *words))))
