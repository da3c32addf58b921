"""``make bench-peers``: find_quantities beside Recognizers-Text, same texts, same run.

Recognizers-Text lives in an environment of its own under out/, because it wants
an old emoji package; it is no dependency of the product. Where it cannot be
installed, the bench says so and stops. Rates are of processor time of one
process each; the two take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.core.quantity import Role
from pipeline.language.quantities import find_quantities
from tests.bench.inputs import annotated_forms
from tests.bench.passes import seconds
from tests.suites.readers import reader_of
from tests.suites.score import SUITES, Answer, head, load, row, score

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "out" / "recognizers"
CHILD = Path(__file__).with_name("recognizers_child.py")
# The newest release; it does not import with emoji 2.
REQUIREMENTS = ("recognizers-text-suite==1.0.2a2", "emoji<2")
ROUNDS = 5
PATIENCE = 600


class NotInstalledError(Exception):
    """The peer cannot be had on this machine."""


def python_of_peer() -> Path:
    """The interpreter of the peer's environment, made on first use."""
    python = HOME / "bin" / "python"
    if not python.exists():
        venv.create(HOME, with_pip=True, symlinks=True)
    probe = [str(python), "-c", "import recognizers_number_with_unit"]
    if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return python
    install = [str(python), "-m", "pip", "install", "--quiet", *REQUIREMENTS]
    try:
        done = subprocess.run(
            install, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NotInstalledError(f"pip took longer than {PATIENCE} s") from error
    if done.returncode:
        raise NotInstalledError(done.stderr.strip().splitlines()[-1:])
    return python


@contextmanager
def peer(python: Path, texts: Sequence[str]) -> Iterator[Peer]:
    command = [str(python), str(CHILD)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Peer(process, texts)
        if process.stdin:
            process.stdin.close()


class Peer:
    """A running child that holds the texts."""

    def __init__(self, process: subprocess.Popen[str], texts: Sequence[str]) -> None:
        self._process = process
        self._say(json.dumps(list(texts)))

    def seconds(self) -> float:
        return float(self._ask("time"))

    def answers(self) -> list[list[Answer]]:
        """What it finds in each text; it tells neither ranges nor comparators."""
        return [
            [Answer(start, end, value, None, unit) for start, end, value, unit in told]
            for told in self._ask("read")
        ]

    def _say(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _ask(self, command: str) -> Any:
        self._say(command)
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())


def roled_texts() -> list[tuple[str, Role]]:
    """Every text of the annotated forms with the role the product gives it."""
    texts: list[tuple[str, Role]] = []
    for form in annotated_forms():
        texts.append((form["goal_text"], Role.GOAL))
        texts.append((form["outcome_text"], Role.OUTCOME))
        for entry in form["indicators"]:
            texts.append((entry.get("target_text"), Role.INDICATOR))
            texts.append((entry.get("actual_text"), Role.INDICATOR))
    return [(text, role) for text, role in texts if text]


def read_all(texts: Sequence[tuple[str, Role]]) -> None:
    for text, role in texts:
        find_quantities(text, role)


def compare_speed(python: Path, rounds: int) -> str:
    """Characters per second of both, medians of interleaved rounds."""
    texts = roled_texts()
    characters = sum(len(text) for text, _ in texts)
    ours, theirs = [], []
    with peer(python, [text for text, _ in texts]) as other:
        seconds(read_all, texts), other.seconds()  # first use loads the models
        for _ in range(rounds):
            ours.append(seconds(read_all, texts))
            theirs.append(other.seconds())
    fast, slow = (characters / statistics.median(t) for t in (ours, theirs))
    return "\n".join(
        (
            f"{characters} characters in {len(texts)} texts, {rounds} interleaved rounds",
            f"find_quantities     {fast:>12,.0f} characters/s",
            f"Recognizers-Text    {slow:>12,.0f} characters/s",
            f"ratio               {fast / slow:>12.1f}",
        )
    )


def compare_answers(python: Path) -> str:
    """Both readers on the same lines of the public suites, by the same scorer."""
    lines = [head()]
    for suite in SUITES:
        cases = load(suite)
        with peer(python, [case.text for case in cases]) as other:
            told = dict(zip((c.text for c in cases), other.answers(), strict=True))
        lines.append(row(f"{suite} ours", score(reader_of(suite), cases)[0]))
        lines.append(row(f"{suite} Recognizers", score(told.__getitem__, cases)[0]))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peers")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--suites", action="store_true", help="scores as well")
    options = parser.parse_args()
    try:
        python = python_of_peer()
    except (NotInstalledError, OSError, subprocess.SubprocessError) as error:
        print(f"skipped: Recognizers-Text cannot be installed here ({error})")
        sys.exit(0)
    print(compare_speed(python, max(3, options.rounds)))
    if options.suites:
        print(f"\n{compare_answers(python)}")


if __name__ == "__main__":
    main()
