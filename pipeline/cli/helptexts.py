"""Help pages from models/help.toml, in Chinese or English.

Typer's own pages are not used: they cut Chinese text, which has no blanks to
break lines at, and mix in English words.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from pipeline.cli.console import fold
from pipeline.resources import load_toml

Node = TyperGroup | TyperCommand

_WIDTH = 100  # longer lines are hard to read, however wide the terminal is
_NAMES = 28  # cells for the names of options and commands


def help_page(node: Node, context: typer.Context, lang: str) -> str:
    """The help of a command: usage, what it does, arguments, options, commands."""
    width = min(shutil.get_terminal_size().columns, _WIDTH)
    name = _name_of(context)
    params = list(node.get_params(context))
    arguments = [p for p in params if isinstance(p, TyperArgument)]
    options = [p for p in params if isinstance(p, TyperOption)]
    commands = (
        [(key, _summary(command_help(_join(name, key), lang))) for key in node.commands]
        if isinstance(node, TyperGroup)
        else []
    )
    usage = " ".join(
        [context.command_path, _word("usage_options", lang)]
        + [_metavar(a) for a in arguments]
        + ([_word("usage_command", lang)] if commands else [])
    )
    parts = [
        _word("usage", lang) + usage,
        fold(command_help(name, lang), width),
        _section(
            "arguments",
            [(_metavar(a), _about(name, a, lang)) for a in arguments],
            width,
            lang,
        ),
        _section(
            "options",
            [(_spelling(o, lang), _about(name, o, lang)) for o in options],
            width,
            lang,
        ),
        _section("commands", commands, width, lang),
        "" if not name else fold(_word("global_hint", lang), width),
    ]
    return "\n\n".join(p for p in parts if p)


def command_help(command: str, lang: str) -> str:
    """What a command does; "" is the program. KeyError for an unknown one."""
    return str(load_toml("help.toml")[command]["help"][lang])


def param_help(command: str, name: str, lang: str) -> str:
    """What an argument or option means. KeyError for an unknown one."""
    words = load_toml("help.toml")["words"]
    if name in words:
        return str(words[name][lang])
    return str(load_toml("help.toml")[command]["params"][name][lang])


def walk(node: Node, name: str = "") -> Iterator[tuple[str, Node]]:
    """Every command of a tree with its name ("db upgrade"); "" for the program."""
    yield name, node
    if isinstance(node, TyperGroup):
        for key, child in node.commands.items():
            assert isinstance(child, TyperGroup | TyperCommand)
            yield from walk(child, _join(name, key))


def _name_of(context: typer.Context) -> str:
    names: list[str] = []
    at: Any = context
    while at.parent is not None:
        names.insert(0, at.info_name or "")
        at = at.parent
    return " ".join(names)


def _join(group: str, command: str) -> str:
    return f"{group} {command}" if group else command


def _section(title: str, rows: Iterable[tuple[str, str]], width: int, lang: str) -> str:
    lines: list[str] = []
    for name, text in rows:
        about = fold(text, max(width - _NAMES - 2, 20)).split("\n")
        if len(name) >= _NAMES:
            lines.append(f"  {name}")
        else:
            lines.append(f"  {name:<{_NAMES}}{about.pop(0)}")
        lines.extend(" " * (_NAMES + 2) + line for line in about)
    return "\n".join([_word(title, lang), *lines]) if lines else ""


def _about(command: str, param: TyperArgument | TyperOption, lang: str) -> str:
    text = param_help(command, str(param.name), lang)
    return text + _word("required", lang) if param.required else text


def _metavar(argument: TyperArgument) -> str:
    name = str(argument.metavar or argument.name)
    return f"{name}..." if argument.nargs == -1 else name


def _spelling(option: TyperOption, lang: str) -> str:
    names = ", ".join(sorted(option.opts, key=len))
    if option.is_flag:
        return names
    choices = getattr(option.type_descriptor, "choices", None)
    value = "|".join(str(getattr(c, "value", c)) for c in choices) if choices else None
    return f"{names} {value or option.metavar or 'VALUE'}"


def _summary(text: str) -> str:
    """The first sentence, for lists of commands."""
    return re.split(r"(?<=。)|[：:]|(?<=\.) ", text)[0].rstrip("。.")


def _word(name: str, lang: str) -> str:
    return str(load_toml("help.toml")["words"][name][lang])
