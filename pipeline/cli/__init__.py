"""The command ``jixiao``: the only place that prints."""

from __future__ import annotations


def main() -> int:
    """Run the command with the arguments of this process; returns the exit code."""
    from pipeline.cli.entry import run_command

    return run_command()
