"""The one door to models/: from a checkout and from an installed wheel."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError

_PACKAGED = Path(__file__).resolve().parent / "_models"
_CHECKOUT = Path(__file__).resolve().parent.parent / "models"


def models_dir() -> Path:
    """The folder with lexicons, profiles, dictionaries and configs."""
    for path in (_PACKAGED, _CHECKOUT):
        if path.is_dir():
            return path
    raise ConfigError("models_missing")


@lru_cache(maxsize=64)
def load_toml(name: str) -> dict[str, Any]:
    """A TOML file of models/ by its relative name; callers must not change it."""
    path = models_dir() / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError("resource_missing", name=name) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError("resource_invalid", name=name, detail=str(error)) from error


@lru_cache(maxsize=64)
def load_lines(name: str) -> tuple[str, ...]:
    """The non-empty, non-comment lines of a text file of models/."""
    path = models_dir() / name
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise ConfigError("resource_missing", name=name) from error
    return tuple(s for line in lines if (s := line.strip()) and not s.startswith("#"))
