"""The commands and their options; what they do is in the modules beside.

Nothing heavy is imported here: ``jixiao --help`` has to come at once. Help texts
are in models/help.toml.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli.context import Chosen, choose, speak
from pipeline.cli.groups import Command, Commands, need_command, session_of
from pipeline.cli.options import (
    AsFormat,
    Corpus,
    Db,
    DebugImages,
    EngineName,
    Format,
    KeepPersonalData,
    Paths,
    ReadingOptions,
    RedoOcr,
    Workers,
)
from pipeline.cli.settings import Lang, LogFormat, ProgressStyle
from pipeline.cli.train import Part
from pipeline.core.flag import Severity
from pipeline.errors import UsageError

app = typer.Typer(
    cls=Commands,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
db_app = typer.Typer(cls=Commands, invoke_without_command=True)
app.add_typer(db_app, name="db")
config_app = typer.Typer(cls=Commands, invoke_without_command=True)
app.add_typer(config_app, name="config")


@app.callback()
def _start(
    context: typer.Context,
    lang: Annotated[Lang | None, typer.Option("--lang")] = None,
    profile: Annotated[str | None, typer.Option("--profile", metavar="NAME")] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="FILE")] = None,
    log_format: Annotated[LogFormat | None, typer.Option("--log-format")] = None,
    debug: Annotated[bool, typer.Option("--debug")] = False,
    version: Annotated[bool, typer.Option("--version")] = False,
) -> None:
    if version:
        typer.echo(f"jixiao {__version__}")
        raise typer.Exit
    need_command(context)
    chosen = choose(lang=lang, profile=profile, config=config, log_format=log_format)
    session_of(context).chosen = chosen
    speak(chosen.log_format, debug=debug)


@db_app.callback()
def _start_db(context: typer.Context) -> None:
    need_command(context)


@config_app.callback()
def _start_config(context: typer.Context) -> None:
    need_command(context)


def _chosen(context: typer.Context) -> Chosen:
    return session_of(context).chosen


@app.command(cls=Command)
def run(
    context: typer.Context,
    paths: Paths,
    db: Db = None,
    workers: Workers = None,
    engine: Annotated[EngineName | None, typer.Option("--engine")] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDR")
    ] = None,
    redo: Annotated[bool, typer.Option("--redo")] = False,
    only_failed: Annotated[bool, typer.Option("--only-failed")] = False,
    report: Annotated[Path | None, typer.Option("--report", metavar="DIR")] = None,
    keep_personal_data: KeepPersonalData = False,
    redo_ocr: RedoOcr = False,
    debug_images: DebugImages = None,
    progress: Annotated[ProgressStyle | None, typer.Option("--progress")] = None,
    fail_on: Annotated[Severity | None, typer.Option("--fail-on")] = None,
) -> int:
    """Store every form of the given documents."""
    from pipeline.cli.run import run_paths
    from pipeline.runner.run import Choice

    if redo and only_failed:
        raise UsageError("redo_or_only_failed")
    if scheduler is not None and engine is EngineName.LOCAL:
        raise UsageError("scheduler_needs_dask")
    return run_paths(
        paths,
        chosen=_chosen(context),
        options=ReadingOptions(workers, engine, scheduler, redo_ocr, debug_images),
        db=db,
        choice=Choice(redo=redo or redo_ocr, only_failed=only_failed),
        report=report,
        keep_personal_data=keep_personal_data,
        progress=progress,
        fail_on=fail_on,
    )


@app.command(cls=Command)
def extract(
    context: typer.Context,
    paths: Paths,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE")
    ] = None,
    workers: Workers = None,
    redo_ocr: RedoOcr = False,
    debug_images: DebugImages = None,
) -> int:
    """Print every form of the given documents."""
    from pipeline.cli.extract import extract_paths

    return extract_paths(
        paths,
        chosen=_chosen(context),
        options=ReadingOptions(workers, redo_ocr=redo_ocr, debug_images=debug_images),
        output=output,
    )


@app.command(cls=Command)
def analyze(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", show_default=False)] = "-",
) -> int:
    """Analyse texts, line by line."""
    from pipeline.cli.analyze import analyze_file

    return analyze_file(file, chosen=_chosen(context))


@app.command(cls=Command)
def show(
    context: typer.Context,
    form: Annotated[
        str | None, typer.Argument(metavar="[FORM]", show_default=False)
    ] = None,
    db: Db = None,
) -> int:
    """Show one stored form, or list them."""
    if form is None:
        from pipeline.cli.listing import list_forms

        return list_forms(chosen=_chosen(context), db=db)
    from pipeline.cli.show import show_form

    return show_form(form, chosen=_chosen(context), db=db)


@app.command(cls=Command)
def status(
    context: typer.Context, db: Db = None, as_format: AsFormat = Format.TEXT
) -> int:
    """Say what is in a database and what is left."""
    from pipeline.cli.status import show_status

    return show_status(_chosen(context), db=db, as_json=as_format is Format.JSON)


@app.command(cls=Command)
def export(
    context: typer.Context,
    to: Annotated[Path, typer.Option("--to", metavar="FILE|DIR", show_default=False)],
    db: Db = None,
    keep_personal_data: KeepPersonalData = False,
) -> int:
    """Write the stored forms to files."""
    from pipeline.cli.export import export_store

    return export_store(
        to, chosen=_chosen(context), db=db, keep_personal_data=keep_personal_data
    )


@app.command("import-reviews", cls=Command)
def import_reviews(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    db: Db = None,
    reviewer: Annotated[str | None, typer.Option("--reviewer", metavar="NAME")] = None,
) -> int:
    """Take over corrections made in Label Studio."""
    from pipeline.cli.import_reviews import import_reviews as import_them

    return import_them(file, chosen=_chosen(context), db=db, reviewer=reviewer)


@app.command(cls=Command)
def flags(context: typer.Context) -> int:
    """List the catalogue of flags."""
    from pipeline.cli.flags import list_flags

    return list_flags(_chosen(context))


@app.command(cls=Command)
def evaluate(
    context: typer.Context,
    corpus: Corpus = None,
    errors: Annotated[bool, typer.Option("--errors")] = False,
    plots: Annotated[Path | None, typer.Option("--plots", metavar="DIR")] = None,
) -> int:
    """Measure the pipeline on an annotated corpus."""
    from pipeline.cli.evaluate import evaluate_corpus

    return evaluate_corpus(corpus, chosen=_chosen(context), errors=errors, plots=plots)


@app.command(cls=Command)
def train(
    context: typer.Context,
    corpus: Corpus = None,
    part: Annotated[Part, typer.Option("--part")] = Part.MATCHER,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE")] = None,
    measure: Annotated[Path | None, typer.Option("--measure", metavar="FILE")] = None,
) -> int:
    """Learn the trained parts anew from an annotated corpus."""
    from pipeline.cli.train import train_parts

    if out is not None and measure is not None:
        raise UsageError("train_out_unused")
    return train_parts(
        corpus, chosen=_chosen(context), part=part, out=out, measure=measure
    )


@app.command(cls=Command)
def doctor(context: typer.Context, db: Db = None) -> int:
    """Look at what this machine can read."""
    from pipeline.cli.doctor import examine

    return examine(_chosen(context), db=db)


@db_app.command(cls=Command)
def upgrade(context: typer.Context, db: Db = None) -> int:
    """Migrate a database to the current schema."""
    from pipeline.cli.export import upgrade_database

    return upgrade_database(_chosen(context), db=db)


@config_app.command("show", cls=Command)
def show_config(context: typer.Context, as_format: AsFormat = Format.TEXT) -> int:
    """Show every setting with its source."""
    from pipeline.cli.config import show_settings

    return show_settings(_chosen(context), as_json=as_format is Format.JSON)
