"""Typer's complaints about arguments, in our words and the user's language.

Typer keeps the classes of its complaints private, so they are told apart by name;
one that is not known here is passed on as Typer words it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from typer.core import TyperArgument, TyperOption
from typer.exceptions import TyperException

from pipeline.messages import render

# The one complaint without a class of its own.
_EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)$", re.DOTALL)


def sentence(error: TyperException, lang: str) -> str:
    """What is wrong with the arguments, and where the help is."""
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", "jixiao")
    return f"{_what(error, lang)}\n{render('usage_hint', lang, command=command)}"


def _what(error: TyperException, lang: str) -> str:
    kind = type(error).__name__
    param = getattr(error, "param", None)
    option = str(getattr(error, "option_name", ""))
    if kind == "MissingParameter":
        code = (
            "usage_missing_option"
            if isinstance(param, TyperOption)
            else "usage_missing_argument"
        )
        return render(code, lang, name=_name(param))
    if kind == "NoSuchOption":
        near = ", ".join(_nearest(option, getattr(error, "possibilities", None) or ()))
        code = "usage_no_such_option_near" if near else "usage_no_such_option"
        return render(code, lang, name=option, near=near)
    if kind == "BadOptionUsage":
        return render("usage_option_value", lang, name=option)
    if kind == "BadParameter":
        allowed = _allowed(param, lang) or error.message
        return render("usage_bad_value", lang, name=_name(param), allowed=allowed)
    text = error.format_message()
    if extra := _EXTRA.match(text):
        return render("usage_extra", lang, words=extra[1])
    return render("usage_other", lang, detail=text)


def _nearest(option: str, possible: Iterable[str]) -> list[str]:
    """The options that exist, the most similar one first."""
    from difflib import SequenceMatcher

    return sorted(
        possible, key=lambda p: (-SequenceMatcher(None, option, p).ratio(), p)
    )


def _name(param: object) -> str:
    if isinstance(param, TyperOption):
        return max(param.opts, key=len)
    if isinstance(param, TyperArgument):
        return str(param.metavar or param.name or "").upper()
    return ""


def _allowed(param: object, lang: str) -> str:
    """The values that the option takes, where there is a list or a least one."""
    choices: Iterable[object] = (
        getattr(getattr(param, "type_descriptor", None), "choices", None) or ()
    )
    values = [str(c.value if isinstance(c, Enum) else c) for c in choices]
    least = getattr(param, "min", None)
    if least is not None:
        values = [str(least), str(least + 1), "…"]
    return render("allowed_values", lang, values=", ".join(values)) if values else ""
