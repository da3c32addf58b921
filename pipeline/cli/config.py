"""``jixiao config show``: every setting with where its value comes from."""

from __future__ import annotations

import json

from pipeline.cli import console
from pipeline.cli.context import Chosen
from pipeline.cli.labels import word
from pipeline.cli.settings import SETTINGS, SUPPRESS, Value
from pipeline.errors import ExitCode
from pipeline.messages import hide_secrets

_COLUMNS = ("setting", "value", "source")


def show_settings(chosen: Chosen, *, as_json: bool) -> int:
    """Print the effective settings, passwords starred out."""
    values = {s.key: chosen.values[s.key] for s in SETTINGS}
    values[SUPPRESS] = chosen.values.get(SUPPRESS, Value([]))
    console.put(_as_json(values) if as_json else _as_table(values, chosen.lang))
    return ExitCode.OK


def _as_json(values: dict[str, Value]) -> list[str]:
    shown = {
        key: {"value": _shown(v), "origin": str(v.origin), "place": v.place or None}
        for key, v in values.items()
    }
    return [json.dumps(shown, ensure_ascii=False, indent=2)]


def _as_table(values: dict[str, Value], lang: str) -> list[str]:
    rows = [[word("config", column, lang) for column in _COLUMNS]]
    for key, v in values.items():
        source = " ".join(x for x in (word("config", v.origin, lang), v.place) if x)
        rows.append([key, _text(_shown(v), lang), source])
    return ["\t".join(row) for row in rows]


def _text(value: object, lang: str) -> str:
    if value is None:
        return word("config", "automatic", lang)
    if isinstance(value, list):
        entries = (json.dumps(entry, ensure_ascii=False) for entry in value)
        return "; ".join(entries) or word("config", "nothing", lang)
    return str(value)


def _shown(v: Value) -> object:
    value = v.value
    return hide_secrets(value) if isinstance(value, str) else value
