"""Sentences for people, Chinese first, from models/messages.toml."""

from __future__ import annotations

from pipeline.errors import PipelineError
from pipeline.resources import load_toml


def render(code: str, lang: str = "zh", **params: object) -> str:
    """The sentence for ``code`` in ``lang`` (zh or en), parameters filled in.

    An unknown code is a defect of ours, so it raises KeyError.
    """
    template: str = load_toml("messages.toml")[code][lang]
    return template.format(**params)


def explain(error: PipelineError, lang: str = "zh") -> str:
    """The sentence for an error: what happened and what to do."""
    return render(error.code, lang, **error.params)
