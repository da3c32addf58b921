"""``jixiao status``: what is in a database, what is left, how fast it went."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.cli import console
from pipeline.cli.context import Chosen
from pipeline.cli.labels import reason_word, word
from pipeline.cli.progress import duration
from pipeline.errors import ExitCode
from pipeline.store.connect import mask_url
from pipeline.store.overview import SEVERITIES, RunLine, Status

_STATUSES = ("ok", "partial", "failed", "skipped", "pending")
_SHOWN_RUNS = 5


def show_status(chosen: Chosen, *, db: str | None, as_json: bool) -> int:
    """Print counts by status and reason, runs, rate and what is left."""
    with chosen.open_store(db) as store:
        status = store.status(runs=_SHOWN_RUNS)
    url = mask_url(chosen.db_url(db))
    lines = [_json(status, url)] if as_json else _text(status, url, chosen.lang)
    console.put(lines)
    return ExitCode.OK


def _json(status: Status, url: str) -> str:
    shown = {
        "database": url,
        "documents": {name: status.documents.get(name, 0) for name in _STATUSES},
        "reasons": dict(status.reasons),
        "forms": status.forms,
        "flags": {name: status.flags.get(name, 0) for name in SEVERITIES},
        "reviews": status.reviews,
        "left": status.left,
        "per_hour": status.per_hour(),
        "seconds_left": status.seconds_left(),
        "runs": [_run_json(run) for run in status.runs],
    }
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _run_json(run: RunLine) -> dict[str, object]:
    return {
        "id": run.id,
        "version": run.version,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "exit_code": run.exit_code,
        "seconds": run.seconds,
        "done": run.done,
        "per_hour": run.per_hour(),
        "summary": dict(run.summary),
    }


def _text(status: Status, url: str, lang: str) -> Iterator[str]:
    def line(name: str, value: object) -> str:
        return f"{word('status_page', name, lang)}\t{value}"

    yield line("database", url)
    yield line("documents", sum(status.documents.values()))
    for name in _STATUSES:
        yield line(name, status.documents.get(name, 0))
    for reason, n in status.reasons.items():
        yield f"  {reason_word(reason, lang)}\t{n}"
    yield line("forms", status.forms)
    counts = "/".join(str(status.flags.get(s, 0)) for s in SEVERITIES)
    yield line("flags", counts)
    yield line("reviews", status.reviews)
    if (rate := status.per_hour()) is not None:
        yield line("per_hour", rate)
    if (left := status.seconds_left()) is not None:
        yield line("time_left", duration(left, lang))
    for run in status.runs:
        yield line("run", _run_text(run, lang))


def _run_text(run: RunLine, lang: str) -> str:
    if run.finished_at is None:
        end = word("status_page", "unfinished", lang)
    else:
        end = f"{run.finished_at[:19]}Z"
        end += f" {word('status_page', 'exit', lang)} {run.exit_code}"
    counts = ", ".join(
        f"{word('status_page', k, lang)} {v}"
        for k, v in run.summary.items()
        if k in _STATUSES
    )
    return f"{run.started_at[:19]}Z — {end}" + (f" ({counts})" if counts else "")
