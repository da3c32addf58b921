"""``make evaluate-scans``: how well the scan set is read, per kind of wear.

Reads the files of one half (``python -m corpus.scans``), prints a Markdown
table and writes every misread value to ``failures.tsv`` beside the files.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.api import Settings, extract_bytes
from pipeline.errors import DocumentError
from pipeline.sources.scan.options import OcrOptions
from tests.bench.scan_scores import Miss, pair_forms, score_form

COLUMNS = (
    "",
    "文件",
    "页",
    "找到的表",
    "多出的表",
    "指标单元格",
    "目标、完成情况文字",
    "数量四元组 F1",
    "资金",
    "表头",
    "级别与原因",
    "秒/页",
)


@dataclass(frozen=True)
class Case:
    """One file and the index lines of its forms."""

    path: Path
    lines: tuple[dict[str, Any], ...]

    @property
    def photo(self) -> bool:
        return bool(self.lines[0]["photo"])


@dataclass
class Result:
    """What a file scored. ``failure`` is the reason when nothing could be read."""

    case: Case
    counts: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    failure: str = ""


def load_cases(folder: Path) -> list[Case]:
    """The files of a half in the order of its index."""
    text = (folder / "expected.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    return [
        Case(folder / path, tuple(group))
        for path, group in groupby(lines, key=lambda line: line["path"])
    ]


def read_case(case: Case, ocr: OcrOptions | None = None) -> Result:
    """Read one file and score it; a file that cannot be read scores nothing."""
    settings = Settings(ocr=ocr or OcrOptions())
    printed = [line["form"] for line in case.lines]
    result = Result(case)
    started = time.perf_counter()
    read: list[dict[str, Any]] = []
    try:
        extraction = extract_bytes(
            case.path.read_bytes(), path=case.path.name, config=settings
        )
        read = [record.to_dict() for record in extraction.records]
    except DocumentError as error:
        result.failure = error.reason
    spent = time.perf_counter() - started
    pairs = pair_forms(printed, read)
    for form, other in pairs:
        counts, misses = score_form(form, other)
        result.counts += counts
        result.misses += misses
    found = sum(other is not None for _, other in pairs)
    result.counts["extra"] = len(read) - found
    result.counts["pages"] = case.lines[0]["pages"]
    result.counts["files"] = 1
    result.counts["milliseconds"] = round(spent * 1000)
    return result


def share(counts: Counter[str], group: str) -> str:
    whole = counts[f"{group}.all"]
    return f"{counts[f'{group}.right'] / whole:.3f}" if whole else "–"


def table_row(name: str, results: Iterable[Result]) -> str:
    counts: Counter[str] = Counter()
    for result in results:
        counts += result.counts
    letters = counts["chars.all"]
    tuples = counts["tuples.said"] + counts["tuples.gold"]
    cells = (
        name,
        str(counts["files"]),
        str(counts["pages"]),
        f"{counts['forms.right']}/{counts['forms.all']}",
        str(counts["extra"]),
        f"{share(counts, 'cells')} ({counts['cells.all']})",
        f"{1 - counts['chars.wrong'] / letters:.4f}" if letters else "–",
        f"{2 * counts['tuples.right'] / tuples:.3f}" if tuples else "–",
        share(counts, "funds"),
        share(counts, "header"),
        share(counts, "notes"),
        f"{counts['milliseconds'] / 1000 / max(1, counts['pages']):.1f}",
    )
    return "| " + " | ".join(cells) + " |"


def render(results: Sequence[Result]) -> str:
    """A Markdown table: every condition, flat scans, photographs, all."""

    def condition(result: Result) -> str:
        return str(result.case.lines[0]["condition"])

    names = list(dict.fromkeys(condition(r) for r in results))
    names.sort(
        key=lambda n: (any(r.case.photo for r in results if condition(r) == n), n)
    )
    lines = [
        "| " + " | ".join(COLUMNS) + " |",
        "|" + "---|" * len(COLUMNS),
        *(table_row(n, [r for r in results if condition(r) == n]) for n in names),
    ]
    for name, photo in (("**平面扫描**", False), ("**照片**", True)):
        chosen = [r for r in results if r.case.photo is photo]
        if chosen:
            lines.append(table_row(name, chosen))
    lines.append(table_row("**全部**", results))
    return "\n".join(lines)


def failure_lines(results: Iterable[Result]) -> Iterator[str]:
    """Tab-separated: file, style, font, condition, field, printed, read."""
    for result in results:
        first = result.case.lines[0]
        made = (
            result.case.path.name,
            *(first[k] for k in ("layout", "style", "font", "condition")),
        )
        if result.failure:
            yield "\t".join((*made, "unread", "", result.failure))
        for miss in result.misses:
            texts = (
                text.replace("\n", "⏎").replace("\t", " ")
                for text in (miss.printed, miss.read)
            )
            yield "\t".join((*made, miss.field, *texts))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scans")
    parser.add_argument("folder", type=Path, help="扫描件所在文件夹，如 out/scans")
    parser.add_argument("--split", default="dev", choices=("dev", "held-out"))
    parser.add_argument("--limit", type=int, help="只读前若干份")
    parser.add_argument("--skip", type=int, default=0, help="跳过前若干份")
    parser.add_argument("--only", nargs="*", default=(), help="只读这些文件或损坏方式")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument(
        "--cache", type=Path, help="认过的页存在这里，下次不再识别（秒/页随之失真）"
    )
    chosen = parser.parse_args()
    folder = chosen.folder / chosen.split
    cases = load_cases(folder)[chosen.skip :][: chosen.limit]
    if chosen.only:
        wanted = set(chosen.only)
        cases = [c for c in cases if {c.path.stem, c.lines[0]["condition"]} & wanted]
    threads = 1 if chosen.workers > 1 else None
    read = partial(read_case, ocr=OcrOptions(cache=chosen.cache, threads=threads))
    if chosen.workers > 1:
        with ProcessPoolExecutor(chosen.workers) as pool:
            results = list(pool.map(read, cases))
    else:
        results = [read(case) for case in cases]
    failures = folder / "failures.tsv"
    failures.write_text(
        "".join(line + "\n" for line in failure_lines(results)), encoding="utf-8"
    )
    print(render(results))
    print(f"\n{failures}")


if __name__ == "__main__":
    main()
