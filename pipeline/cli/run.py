"""``jixiao run``: the main job with its progress bar, summary and report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.cli import console
from pipeline.cli.context import Chosen
from pipeline.cli.job import prepare
from pipeline.cli.labels import reason_word
from pipeline.cli.options import ReadingOptions
from pipeline.cli.progress import watching
from pipeline.core.flag import Severity
from pipeline.runner.run import Choice, run_archive
from pipeline.runner.summary import Summary
from pipeline.store import Store
from pipeline.store.connect import mask_url


def run_paths(
    paths: list[str],
    *,
    chosen: Chosen,
    options: ReadingOptions,
    db: str | None,
    choice: Choice,
    report: Path | None,
    keep_personal_data: bool,
    progress: str | None,
    fail_on: Severity | None,
) -> int:
    """Run the paths into the database; returns the exit code."""
    job = prepare(paths, chosen=chosen, options=options)
    with chosen.open_store(db, create=True) as store:
        style = progress or chosen.progress
        with watching(len(job.items), style=style, lang=chosen.lang) as watch:
            summary = run_archive(
                job.items,
                store=store,
                engine=job.engine,
                settings=job.settings,
                choice=choice,
                watch=watch,
                count_standing=fail_on is not None,
            )
        if report is not None:
            _write_report(store, report, keep=keep_personal_data, lang=chosen.lang)
    _tell_summary(summary, chosen, chosen.db_url(db), fail_on)
    return summary.exit_code(fail_on)


def _write_report(store: Store, folder: Path, *, keep: bool, lang: str) -> None:
    from pipeline.review.inputs import DocumentSummary
    from pipeline.review.report import write_report

    documents = (
        DocumentSummary(row.path, row.status, row.reason, row.message)
        for row in store.documents()
    )
    path = write_report(
        store.forms(), documents, folder, keep_personal_data=keep, lang=lang
    )
    console.tell("report_written", lang, path=path)


def _tell_summary(
    summary: Summary, chosen: Chosen, url: str, fail_on: Severity | None
) -> None:
    lang = chosen.lang
    flags = sum(summary.flags.values())
    counts = {**summary.counts(), "flags": flags}
    console.tell("summary", lang, **counts)
    if summary.reasons:
        console.tell("summary_reasons", lang, reasons=_listed(summary.reasons, lang))
    if summary.replaced:
        console.tell("summary_replaced", lang, replaced=summary.replaced)
    option = "" if url == chosen.db_url(None) else f" --db {mask_url(url)}"
    console.tell("summary_where", lang, url=mask_url(url), db=option)
    if fail_on is not None and (count := summary.flags_from(fail_on)):
        console.tell("fail_on_reached", lang, count=count, severity=fail_on.value)


def _listed(reasons: Mapping[str, int], lang: str) -> str:
    joint = "、" if lang == "zh" else ", "
    space = "" if lang == "zh" else " "
    return joint.join(f"{reason_word(r, lang)}{space}{n}" for r, n in reasons.items())
