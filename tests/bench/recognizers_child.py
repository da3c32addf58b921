"""Recognizers-Text at work in its own environment; ``tests.bench.peers`` starts it.

Speaks lines of JSON: first a list of texts, then one command per line. ``time``
answers with the processor seconds of one pass over the texts, ``read`` with
what was found in each: start, end, value, unit.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from recognizers_number import NumberRecognizer
from recognizers_number_with_unit import NumberWithUnitRecognizer

CULTURE = "zh-cn"


def all_models() -> list[Any]:
    numbers, units = NumberRecognizer(CULTURE), NumberWithUnitRecognizer(CULTURE)
    # Wider readings first: a number inside a percentage is not told twice.
    return [
        units.get_currency_model(),
        units.get_dimension_model(),
        numbers.get_percentage_model(),
        numbers.get_number_model(),
    ]


def read(models: list[Any], text: str) -> list[list[Any]]:
    told: list[list[Any]] = []
    for model in models:
        for found in model.parse(text):
            start, end = found.start, found.end + 1
            if any(start < e and s < end for s, e, _, _ in told):
                continue
            resolution = found.resolution or {}
            value = str(resolution.get("value") or "")
            unit = "%" if value.endswith("%") else resolution.get("unit")
            try:
                told.append([start, end, float(value.rstrip("%")), unit])
            except ValueError:
                continue
    return sorted(told, key=lambda row: row[0])


def main() -> None:
    models = all_models()
    texts = json.loads(sys.stdin.readline())
    for command in sys.stdin:
        if command.strip() == "time":
            start = time.process_time()
            for text in texts:
                for model in models:
                    model.parse(text)
            print(json.dumps(time.process_time() - start), flush=True)
        else:
            print(json.dumps([read(models, text) for text in texts]), flush=True)


if __name__ == "__main__":
    main()
