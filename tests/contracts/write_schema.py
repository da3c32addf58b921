"""``make schema``: docs/record.schema.json and the record shown in docs/record.md."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from tests.contracts import example, schema

DOC = schema.PATH.with_name("record.md")
BLOCK = re.compile(r"```json\n.*?```", re.DOTALL)


def shown() -> str:
    """The example as a code block: a line per field, per item of a list."""
    lines = [
        f"  {_json(name)}: {_value(value)}"
        for name, value in example.record().to_dict().items()
    ]
    return "```json\n{\n" + ",\n".join(lines) + "\n}\n```"


def _value(value: object) -> str:
    if isinstance(value, list) and any(isinstance(v, Mapping) for v in value):
        return "[\n" + ",\n".join(f"    {_json(v)}" for v in value) + "\n  ]"
    if isinstance(value, Mapping) and len(value) > 1:
        items = [f"    {_json(k)}: {_json(v)}" for k, v in value.items()]
        return "{\n" + ",\n".join(items) + "\n  }"
    return _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    schema.PATH.write_text(schema.text(), encoding="utf-8")
    text = DOC.read_text(encoding="utf-8")
    DOC.write_text(BLOCK.sub(lambda _: shown(), text, count=1), encoding="utf-8")
