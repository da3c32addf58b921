"""``make torture``: all bad inputs among two hundred good documents."""

from __future__ import annotations

import shutil
import sys

from tests.torture.inputs import cases
from tests.torture.run import counted, differing, torture

MOST_MEMORY = 1.5 * 1024**3


def main() -> int:
    given = list(cases())
    result = torture(given, good=200)
    wrong = result.wrong(given)
    wrong += [f"unknown input: {path!r}" for path in sorted(result.strays())]
    wrong += [f"not exact: {path}" for path in differing(result)]
    wrong += [f"left behind: {name}" for name in result.left]
    wrong += [f"request: {text!r}" for text in result.requests]
    if result.peak > MOST_MEMORY:
        wrong.append(f"memory {result.peak / 1024**2:.0f} MB")
    if result.code != 4:
        wrong.append(f"exit code {result.code}")
    print(f"{len(given)} bad inputs among {len(result.good)} good documents, "
          f"{len(result.rows)} rows: {counted(result)}")  # fmt: skip
    print(f"{result.seconds:.0f} s, at most {result.peak / 1024**2:.0f} MB of memory, "
          f"{len(result.requests)} requests, {len(result.left)} things left behind")  # fmt: skip
    print("\n".join(wrong) or "everything as it should be")
    if wrong:
        print(result.said[-3_000:])
    shutil.rmtree(result.root, ignore_errors=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
