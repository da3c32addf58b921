"""``python -m corpus.scans OUT``: write the scan set, one folder per half."""

from __future__ import annotations

import argparse
from pathlib import Path

from corpus.scans.plan import SEED, SPLITS, plan_scans
from corpus.scans.write_scans import MissingFontsError, write_scans


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m corpus.scans")
    parser.add_argument("out", type=Path, metavar="OUT", help="输出文件夹")
    parser.add_argument("--split", choices=SPLITS, help="只生成其中一半")
    parser.add_argument("--limit", type=int, help="每一半只生成前若干份")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--keep-print", action="store_true", help="另存打印原件（含文字的 PDF）"
    )
    chosen = parser.parse_args()
    for split in SPLITS if chosen.split is None else (chosen.split,):
        scans = plan_scans(split, seed=chosen.seed)[: chosen.limit]
        try:
            pages = write_scans(scans, chosen.out / split, keep_print=chosen.keep_print)
        except MissingFontsError as error:
            print(f"缺少字体，请先安装：sudo apt-get install {error}")
            return 3
        print(f"{split}：{len(scans)} 份，{pages} 页 → {chosen.out / split}")
    return 0


raise SystemExit(main())
