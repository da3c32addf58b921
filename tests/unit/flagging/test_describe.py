from __future__ import annotations

from pathlib import Path

from pipeline.flagging import load_catalogue
from pipeline.flagging.describe import describe_flags

PAGE = Path(__file__).resolve().parents[3] / "docs" / "flags.md"


def test_docs_page_is_up_to_date() -> None:
    """Run ``python -m tests.unit.flagging.test_describe`` to write it anew."""
    assert PAGE.read_text(encoding="utf-8") == describe_flags()


def test_every_flag_has_a_section() -> None:
    page = describe_flags()
    for code, entry in load_catalogue().items():
        assert f"### `{code}` {entry.name}\n" in page


if __name__ == "__main__":
    PAGE.write_text(describe_flags(), encoding="utf-8")
