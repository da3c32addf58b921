"""Running the product over annotated corpora and printing the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.analysis import analyze_form
from pipeline.api import Settings
from pipeline.core.record import Record
from pipeline.evaluation.calibration import Judged, brier, expected_error, judged_links
from pipeline.evaluation.corpus import corpus_files, read_corpus
from pipeline.evaluation.flags import (
    flag_rows,
    gold_flags,
    printed_form,
    score_flags,
    sibling_flags,
)
from pipeline.evaluation.scores import Mistake, Tally, score_form, share, tally_of
from pipeline.flagging.choosing import profile_for

_CHECKOUT = Path(__file__).resolve().parents[2] / "corpus" / "annotations"

# name, kind of figure, Chinese and English label, in the order of the pipeline
_FIGURES = (
    ("targets.span", "f1", "目标数量·位置 F1", "target span F1"),
    ("targets.tuple", "f1", "目标数量·四元组 F1", "target tuple F1"),
    ("outcomes.span", "f1", "完成数量·位置 F1", "outcome span F1"),
    ("outcomes.tuple", "f1", "完成数量·四元组 F1", "outcome tuple F1"),
    ("statement", "f1", "目标语句切分 F1", "statement F1"),
    ("vague", "prf", "模糊目标 P/R/F1", "vague P/R/F1"),
    ("kind", "accuracy", "语句类别准确率", "statement kind accuracy"),
    ("link", "f1", "匹配 F1", "link F1"),
    ("verdict", "f1", "匹配且结论正确 F1", "link and verdict F1"),
    ("held", "wrong", "误判“达到”比例", "false-met rate"),
    ("unmatched", "f1", "无对应目标 F1", "unmatched F1"),
    ("has_outcome", "accuracy", "有无完成情况准确率", "has_outcome accuracy"),
    ("row_target", "accuracy", "指标值准确率", "indicator target accuracy"),
    ("status", "accuracy", "指标状态准确率", "indicator status accuracy"),
)


@dataclass(frozen=True, slots=True)
class Split:
    """The tally of one corpus file."""

    name: str
    forms: int
    tally: Tally
    judged: tuple[Judged, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of every split of a corpus."""

    splits: tuple[Split, ...]

    @property
    def errors(self) -> tuple[Mistake, ...]:
        """Every wrong answer, in corpus order."""
        return tuple(m for split in self.splits for m in split.tally.mistakes)

    def figures(self) -> Iterator[tuple[str, str, str, int]]:
        """Rows (split, figure name, value, how many items it rests on)."""
        for split in self.splits:
            for name, kind, _, _ in _FIGURES:
                value, support = _figure(split.tally.counts, name, kind)
                yield split.name, name, value, support

    def render(self, lang: str = "zh") -> str:
        """A plain table: one line per figure, one column per split."""
        head = [f"{s.name} ({s.forms})" for s in self.splits]
        lines = ["\t".join(["", *head])]
        for name, kind, zh, en in _FIGURES:
            cells = []
            for split in self.splits:
                value, support = _figure(split.tally.counts, name, kind)
                cells.append(f"{value} (n={support})")
            lines.append("\t".join([zh if lang == "zh" else en, *cells]))
        lines.append("\t".join(self._calibration(lang)))
        return "\n".join([*lines, *self._flag_lines(lang)])

    def _calibration(self, lang: str) -> Iterator[str]:
        """The line on how far the confidences of links can be taken at their word."""
        yield "匹配置信度 ECE/Brier" if lang == "zh" else "link confidence ECE/Brier"
        for split in self.splits:
            error, spread = expected_error(split.judged), brier(split.judged)
            yield f"{error:.3f}/{spread:.3f} (n={len(split.judged)})"

    def _flag_lines(self, lang: str) -> Iterator[str]:
        """One line per flag code and split that has annotated flags."""
        head = "提示 {}\t{}\tP/R {}/{}\t(提出 {}，应有 {})"
        if lang != "zh":
            head = "flag {}\t{}\tP/R {}/{}\t(said {}, gold {})"
        for split in self.splits:
            for code, precision, recall, said, gold in flag_rows(split.tally.counts):
                yield head.format(code, split.name, precision, recall, said, gold)


def evaluate(path: Path | None = None, *, config: Settings | None = None) -> Evaluation:
    """Analyse every form of a corpus file or folder and compare with its gold.

    Without a path: the corpus of the checkout. Raises NoInputError when there
    is no corpus, ConfigError on a line that is no annotated form.
    """
    return Evaluation(
        tuple(_split(file, config) for file in corpus_files(path or _CHECKOUT))
    )


def _split(file: Path, config: Settings | None) -> Split:
    tally, forms, beside = Tally(), 0, sibling_flags(file)
    judged: list[Judged] = []
    for gold in read_corpus(file):
        record = _record(gold.input, config)
        tally, forms = tally + score_form(gold, record), forms + 1
        judged += judged_links(gold, record)
        wanted = gold_flags(gold, beside)
        if wanted is not None:
            tally += tally_of(score_flags(gold, wanted, record.flags))
    return Split(file.stem, forms, tally, tuple(judged))


def _record(entry: Mapping[str, Any], config: Settings | None) -> Record:
    config = config or Settings()
    form = printed_form(entry)
    return analyze_form(
        form,
        profile=profile_for(config.profile, form),
        config_hash=config.config_hash(),
        record_id=entry.get("id"),
        source=None,
    )


def _figure(counts: Counter[str], name: str, kind: str) -> tuple[str, int]:
    if kind == "accuracy":
        total = counts[f"{name}.total"]
        return share(counts[f"{name}.right"], total), total
    if kind == "wrong":
        return share(counts[f"{name}.wrong"], counts[f"{name}.said"]), counts[
            f"{name}.said"
        ]
    right, said, gold = (counts[f"{name}.{part}"] for part in ("right", "said", "gold"))
    f1 = share(2 * right, said + gold)
    if kind == "prf":
        return f"{share(right, said)}/{share(right, gold)}/{f1}", gold
    return f1, gold
