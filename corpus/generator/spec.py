"""A line of the annotated corpus as a frozen form specification.

The generator knows the nouns of ``pipeline.core`` only: what a document is
expected to give comes from the annotation, never from our own reader.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.core.form import Amendment, FundRow, IndicatorRow

ANNOTATIONS = Path(__file__).resolve().parent.parent / "annotations"

#: Tags that the annotators put into texts; a paragraph ends at each of them.
BLOCK_TAG = re.compile(r"</?p>|<br\s*/?>|\n")
NEW_NAME = re.compile(r"指标名称修改为“([^”]+)”")
NEW_TARGET = re.compile(r"指标值修改为“([^”]+)”")


def paragraphs(text: str | None) -> tuple[str, ...]:
    """The paragraphs of an annotated text: tags and entities resolved."""
    if text is None:
        return ()
    pieces = BLOCK_TAG.split(text)
    plain = (html.unescape(p).replace("\u00a0", " ").strip() for p in pieces)
    return tuple(p for p in plain if p)


def clean(text: str | None) -> str | None:
    """The text as a reader must give it: one line per paragraph, or None."""
    return "\n".join(paragraphs(text)) or None


def amendment(deviation: str | None) -> Amendment | None:
    """What the reason column says the indicator was renamed or changed to."""
    name = NEW_NAME.search(deviation or "")
    target = NEW_TARGET.search(deviation or "")
    if name is None and target is None:
        return None
    return Amendment(
        name=name.group(1) if name else None,
        target_text=target.group(1) if target else None,
    )


@dataclass(frozen=True, slots=True)
class FormSpec:
    """What a form says, free of any layout. Texts are raw, as annotated."""

    id: str
    year: int
    document_type: str
    project_name: str
    department: str
    unit: str
    currency_unit: str
    funds: tuple[FundRow, ...]
    goal_text: str | None
    outcome_text: str | None
    indicators: tuple[IndicatorRow, ...]
    total_score: str
    rating: str

    @property
    def execution_weight(self) -> str | None:
        """The weight of budget execution, printed in the funds' total row."""
        return self.funds[0].weight if self.funds else None

    @property
    def total_weight(self) -> str:
        """The sum of all weights, as a form's total line prints it."""
        weights = [r.weight for r in self.indicators] + [self.execution_weight]
        total = sum((Decimal(w) for w in weights if w), Decimal(0))
        return f"{total.normalize():f}"


def read_indicator(row: int, entry: Mapping[str, Any]) -> IndicatorRow:
    """An indicator row; an empty string of the annotation is no value."""
    texts = {
        k: entry.get(k) or None
        for k in (
            "level1",
            "level2",
            "name",
            "target_text",
            "actual_text",
            "weight",
            "score",
            "deviation",
        )
    }
    return IndicatorRow(row=row, amended=amendment(texts["deviation"]), **texts)


def read_spec(line: Mapping[str, Any]) -> FormSpec:
    """A spec from one decoded line of the corpus."""
    form = line["form"]
    return FormSpec(
        id=line["id"],
        year=line["year"],
        document_type=form["document_type"],
        project_name=form["project_name"],
        department=form["department"],
        unit=form["unit"],
        currency_unit=form["currency_unit"],
        funds=tuple(FundRow(**row) for row in form["funds"]),
        goal_text=line["goal_text"],
        outcome_text=line["outcome_text"],
        indicators=tuple(
            read_indicator(i, entry) for i, entry in enumerate(line["indicators"])
        ),
        total_score=form["total_score"],
        rating=form["rating"],
    )


def load_specs(split: str, *, folder: Path = ANNOTATIONS) -> tuple[FormSpec, ...]:
    """All forms of a split: ``train``, ``dev``, ``test`` or ``twins``."""
    return tuple(iter_specs(folder / f"{split}.jsonl"))


def iter_specs(path: Path) -> Iterator[FormSpec]:
    """The forms of a JSON Lines file, in order."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield read_spec(json.loads(line))
