"""The small cases of corpus/, one JSON object a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of a file of corpus/, in their order."""
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]
