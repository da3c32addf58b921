"""``make pins``: constraints.txt and docs/licences.md from a report of pip.

``python -m tests.contracts.write_pins out/pins.json`` reads what
``pip install --dry-run --report`` resolved; it asks no server itself.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CONSTRAINTS = ROOT / "constraints.txt"
LICENCES = ROOT / "docs" / "licences.md"

ALLOWED = re.compile(
    r"MIT|BSD|Apache|MPL|Mozilla|LGPL|PSF|Python|ISC|Zlib|CC0|0BSD", re.IGNORECASE
)
"""What a dependency may be under; see CONTRIBUTING.md."""
FORBIDDEN = re.compile(r"(?<!L)GPL|AGPL|SSPL|proprietary|commercial", re.IGNORECASE)

HEAD = """\
# 依赖及其许可证

由 `make pins` 根据各软件包自带的元数据生成，与 `constraints.txt` 一一对应。
只接受 MIT、BSD、Apache、MPL、LGPL 及同样宽松的许可证（PSF、ISC 等）。

| 软件包 | 版本 | 许可证 |
|---|---|---|
"""


def licence(metadata: Mapping[str, Any]) -> str:
    """The licence as the package states it: expression, classifier, free text."""
    if expression := metadata.get("license_expression"):
        return str(expression)
    classifiers = [
        c.rpartition(" :: ")[2]
        for c in metadata.get("classifier", ())
        if c.startswith("License ::")
    ]
    return ", ".join(classifiers) or str(metadata.get("license", "")).split("\n")[0]


def packages(report: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Name, version and licence of everything but ourselves, by name."""
    found = [item["metadata"] for item in report["install"]]
    for metadata in sorted(found, key=lambda m: str(m["name"]).lower()):
        if metadata["name"] != "jixiao":
            yield metadata["name"], metadata["version"], licence(metadata)


def main(path: str) -> None:
    """Write both files; refuse a licence that is not allowed."""
    rows = list(packages(json.loads(Path(path).read_text(encoding="utf-8"))))
    wrong = [row for row in rows if not acceptable(row[2])]
    if wrong:
        sys.exit(f"licence not allowed: {wrong}")
    pins = "".join(f"{name}=={version}\n" for name, version, _ in rows)
    CONSTRAINTS.write_text(pins, encoding="utf-8")
    table = "".join(f"| {n} | {v} | {text} |\n" for n, v, text in rows)
    LICENCES.write_text(HEAD + table, encoding="utf-8")


def acceptable(text: str) -> bool:
    """Whether a licence statement is one we take."""
    return bool(ALLOWED.search(text)) and not FORBIDDEN.search(text)


if __name__ == "__main__":
    main(sys.argv[1])
