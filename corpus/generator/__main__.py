"""``python -m corpus.generator OUT [--seed N]``: write the sample documents."""

from __future__ import annotations

import argparse
from pathlib import Path

from corpus.generator.write_samples import SEED, all_samples, write_samples


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m corpus.generator")
    parser.add_argument("out", type=Path, metavar="OUT", help="输出文件夹")
    parser.add_argument("--seed", type=int, default=SEED, help="轮换格式与版式的种子")
    arguments = parser.parse_args()
    samples = list(all_samples(seed=arguments.seed))
    write_samples(samples, arguments.out)
    print(f"{len(samples)} 个文件 → {arguments.out}")


main()
