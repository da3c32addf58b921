"""``make ablation``: what each part of the matcher is worth, as a Markdown table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.training.ablate import Result, ablate
from pipeline.training.compare import difference_interval, f1, false_met
from pipeline.training.pairs import training_files

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "annotations"
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
