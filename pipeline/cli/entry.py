"""From arguments to an exit code: every way in which a command can end."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from pipeline.cli import console, usage
from pipeline.cli.app import app
from pipeline.cli.context import Chosen, Session, speak
from pipeline.cli.settings import asked_language
from pipeline.errors import ExitCode, PipelineError
from pipeline.interrupt import Interrupted, Terminated, exit_code_of, stoppable

log = logging.getLogger(__name__)

_GLOBAL_OPTIONS = ("--lang", "--profile", "--config", "--log-format")
_GLOBAL_SWITCHES = ("--debug",)
_PROGRAM = "jixiao"


def run_command(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; returns its exit code, never raises."""
    console.use_utf8()
    words = hoist(sys.argv[1:] if arguments is None else arguments)
    lang = asked_language(_asked(words, "--lang"), os.environ)
    debug = "--debug" in words[: _before_dashes(words)]
    asked = _asked(words, "--log-format") or os.environ.get("JIXIAO_LOG_FORMAT")
    speak(asked or "", debug=debug)
    group = command_tree()
    if f"_{_PROGRAM.upper()}_COMPLETE" in os.environ:  # the shell asks for completions
        group.main(words, prog_name=_PROGRAM)
    with stoppable():
        code = _guarded(group, words, lang)
    return int(code)


def command_tree() -> TyperGroup:
    """All commands, as Typer makes them of ``app``."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return group


def hoist(words: Sequence[str]) -> list[str]:
    """Move global options to the front, so that they also work after a command."""
    end = _before_dashes(words)
    front: list[str] = []
    rest: list[str] = []
    inputs = iter(words[:end])
    for word in inputs:
        if word in _GLOBAL_SWITCHES or word.startswith(
            tuple(f"{o}=" for o in _GLOBAL_OPTIONS)
        ):
            front.append(word)
        elif word in _GLOBAL_OPTIONS:
            front.append(word)
            front.extend(v for v in [next(inputs, None)] if v is not None)
        else:
            rest.append(word)
    return [*front, *rest, *words[end:]]


def _before_dashes(words: Sequence[str]) -> int:
    return words.index("--") if "--" in words else len(words)


def _asked(words: Sequence[str], option: str) -> str | None:
    """What is said of an option, for messages about the arguments themselves."""
    for i, word in enumerate(words[: _before_dashes(words)]):
        name, equals, value = word.partition("=")
        if name == option:
            return value if equals else "".join(words[i + 1 : i + 2])
    return None


def _guarded(group: TyperGroup, words: list[str], lang: str) -> int:
    session = Session(Chosen(lang=lang))
    try:
        with group.make_context(_PROGRAM, list(words), obj=session) as context:
            code = group.invoke(context)
        console.flush()
        return code if isinstance(code, int) else ExitCode.OK
    except typer.Exit as stop:
        return stop.exit_code
    except BrokenPipeError:  # the reader went away; an OSError, but no fault
        console.discard_stdout()
        return ExitCode.OK
    except (Exception, KeyboardInterrupt, Interrupted, Terminated) as error:
        log.debug("stopped", exc_info=error)
        return _explained(error, session.chosen.lang)


def _explained(error: BaseException, lang: str) -> ExitCode:
    """Say why the command ended; every exception has its exit code."""
    match error:
        case TyperException():
            console.say(usage.sentence(error, lang), event="usage", level="error")
            return ExitCode.USAGE
        case PipelineError():
            console.tell(error.code, lang, "error", **error.params)
            return error.exit_code
        case Interrupted():
            console.tell("interrupted", lang, "warning", done=error.finished)
            return error.exit_code
        case KeyboardInterrupt() | Terminated():
            console.tell("interrupted_plain", lang, "warning")
            return exit_code_of(error)
        case OSError():
            detail = error.strerror or type(error).__name__
            console.tell("file_access", lang, "error", detail=detail)
            return ExitCode.STORAGE
        case _:
            console.tell("defect", lang, "error", kind=type(error).__name__)
            return ExitCode.INTERNAL
