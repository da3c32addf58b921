"""``make ablation``: what each part of the matcher is worth, as a Markdown table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from pipeline.training.compare import f1, false_met
from pipeline.training.pairs import training_files
from tests.bench.variations import Result, ablate

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "annotations"
DRAWS, SEED = 2000, 20
NAMES = {
    "full": "完整",
    "no_hub": "去掉指标表中介",
    "no_groups": "去掉分组（合计、分项、共同比率）",
    "no_unit_gate": "去掉单位门槛",
    "hand_set": "不学习，用手工权重",
}


def row(result: Result, full: Result) -> str:
    total = added(result.forms)
    cells = [NAMES[result.name]]
    cells += [f"{f1(added(forms), 'verdict'):.3f}" for forms in result.counts.values()]
    low, high = difference_interval(full.forms, result.forms, "verdict")
    change = "" if result is full else f"{low:+.3f} … {high:+.3f}"
    wrong = f"{false_met(total):.3f} ({total['held.wrong']}/{total['held.said']})"
    unmatched = f"{f1(total, 'unmatched'):.3f}"
    cells += [f"{f1(total, 'verdict'):.3f}", change, wrong, unmatched]
    return "| " + " | ".join(cells) + " |"


def added(counts: Iterable[Counter[str]]) -> Counter[str]:
    return sum(counts, Counter[str]())


def difference_interval(
    first: Sequence[Counter[str]], second: Sequence[Counter[str]], name: str
) -> tuple[float, float]:
    """95 % bootstrap interval, by form, of the F1 of ``second`` minus ``first``.

    Both are counts of the same forms in the same order.
    """
    draw = np.random.default_rng(SEED)
    parts = np.array(
        [
            [[c[f"{name}.{p}"] for p in ("right", "said", "gold")] for c in counts]
            for counts in (first, second)
        ],
        dtype=np.float64,
    )
    picks = draw.integers(0, parts.shape[1], size=(DRAWS, parts.shape[1]))
    right, said, gold = np.moveaxis(parts[:, picks].sum(axis=2), -1, 0)
    scores = 2 * right / np.maximum(said + gold, 1)
    low, high = np.percentile(scores[1] - scores[0], [2.5, 97.5])
    return float(low), float(high)


def main() -> None:
    full = None
    for result in ablate(training_files(CORPUS)):
        if full is None:
            full = result
            names = [
                *result.counts,
                "合计",
                "与完整之差 95%",
                "误判“达到”",
                "无对应 F1",
            ]
            print("| 变体 | " + " | ".join(names) + " |")
            print("|---" * (len(names) + 1) + "|")
        print(row(result, full), flush=True)


if __name__ == "__main__":
    main()
