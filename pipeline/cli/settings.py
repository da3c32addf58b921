"""Settings: flags go before environment (JIXIAO_…), that before the TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.defaults import OCR_CACHE_MB
from pipeline.errors import ConfigError
from pipeline.messages import render

DEFAULT_CONFIG = "jixiao.toml"
CONFIG_VARIABLE = "JIXIAO_CONFIG"

OCR_ENGINES = ("auto", "onnxruntime", "openvino", "off")

SUPPRESS = "suppress"
"""Entries with reasons (``[[suppress]]``): only in the file, not in one variable."""


class Lang(StrEnum):
    """Language of messages; records stay Chinese."""

    ZH = "zh"
    EN = "en"


class LogFormat(StrEnum):
    """What stderr is for: people, or programs (one JSON object a line)."""

    TEXT = "text"
    JSON = "json"


class ProgressStyle(StrEnum):
    """How ``run`` shows how far it is."""

    AUTO = "auto"
    BAR = "bar"
    JSON = "json"
    NONE = "none"


class Origin(StrEnum):
    """Where the value of a setting comes from."""

    FLAG = "flag"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key in the file, its default, what it may be."""

    key: str
    default: str | int | None
    kind: type = str
    choices: tuple[str, ...] = ()
    least: int | None = None
    has_flag: bool = True

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"JIXIAO_{self.key.upper()}"

    @property
    def flag(self) -> str:
        """The option of the command line; empty where there is none."""
        return "" if not self.has_flag else "--" + self.key.replace("_", "-")

    def fits(self, value: object) -> bool:
        """Whether this is a value of the right type and range."""
        if type(value) is not self.kind:  # a bool is no number here
            return False
        if self.choices and value not in self.choices:
            return False
        return self.least is None or (isinstance(value, int) and value >= self.least)

    def parse(self, text: str) -> object:
        """The value that a variable holds; a text that is no number stays text."""
        number = text.strip().isdecimal() and self.kind is int
        return int(text) if number else text

    def allowed(self, lang: str) -> str:
        """A sentence with the possible values, or that any text will do."""
        values = ", ".join(self.choices)
        if self.least is not None:
            values = f"{self.least}, {self.least + 1}, {self.least + 2} …"
        if not values:
            return render("allowed_text", lang)
        return render("allowed_values", lang, values=values)


SETTINGS: tuple[Setting, ...] = (
    Setting("db", "sqlite:///jixiao.db"),
    Setting("workers", None, kind=int, least=1),
    Setting("profile", "mof2020"),
    Setting("lang", Lang.ZH.value, choices=tuple(Lang)),
    Setting("log_format", LogFormat.TEXT.value, choices=tuple(LogFormat)),
    Setting("progress", ProgressStyle.AUTO.value, choices=tuple(ProgressStyle)),
    Setting("ocr", "auto", choices=OCR_ENGINES, has_flag=False),
    Setting("ocr_cache", None, has_flag=False),
    Setting("ocr_cache_mb", OCR_CACHE_MB, kind=int, least=1, has_flag=False),
)


@dataclass(frozen=True, slots=True)
class Value:
    """The effective value of a setting. ``place`` names flag, variable or file."""

    value: object
    origin: Origin = Origin.DEFAULT
    place: str = ""


def effective(
    flags: Mapping[str, object],
    environ: Mapping[str, str],
    config: Path | None,
) -> dict[str, Value]:
    """The value of every setting by key, ``suppress`` as the file has it.

    ``flags`` are options by key, None where not given. Raises ConfigError naming
    the file or variable and what it may be.
    """
    lang = asked_language(flags.get("lang"), environ)
    file = config_file(config, environ)
    written = _read(file, lang) if file else {}
    values: dict[str, Value] = {}
    for setting in SETTINGS:
        key, given = setting.key, flags.get(setting.key)
        if given is not None:
            values[key] = Value(given, Origin.FLAG, setting.flag)
        elif text := environ.get(setting.variable):
            value = setting.parse(text)
            if not setting.fits(value):
                raise ConfigError(
                    "config_bad_variable",
                    name=setting.variable,
                    allowed=setting.allowed(lang),
                )
            values[key] = Value(value, Origin.ENVIRONMENT, setting.variable)
        elif key in written:
            values[key] = Value(written[key], Origin.FILE, str(file))
        else:
            values[key] = Value(setting.default)
    if SUPPRESS in written:
        values[SUPPRESS] = Value(written[SUPPRESS], Origin.FILE, str(file))
    return values


def asked_language(flag: object, environ: Mapping[str, str]) -> str:
    """The language before any file is read, also where the variable is wrong."""
    asked = str(flag or environ.get("JIXIAO_LANG", ""))
    return asked if asked in set(Lang) else Lang.ZH.value


def config_file(config: Path | None, environ: Mapping[str, str]) -> Path | None:
    """The file to read: ``--config``, JIXIAO_CONFIG, ./jixiao.toml if there is one."""
    if config is not None:
        return config
    if named := environ.get(CONFIG_VARIABLE):
        return Path(named)
    default = Path(DEFAULT_CONFIG)
    return default if default.exists() else None


def _read(file: Path, lang: str) -> dict[str, object]:
    try:
        raw = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigError("config_not_found", path=file) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        detail = error.strerror if isinstance(error, OSError) else str(error)
        raise ConfigError("config_unreadable", path=file, detail=detail) from error
    for key, allowed in _wrong(raw, lang):
        raise ConfigError("config_bad_value", path=file, key=key, allowed=allowed)
    known = [*(s.key for s in SETTINGS), SUPPRESS]
    for key in raw.keys() - set(known):
        raise ConfigError(
            "config_unknown_key", path=file, key=key, known=", ".join(known)
        )
    return raw


def _wrong(raw: Mapping[str, object], lang: str) -> Iterator[tuple[str, str]]:
    for setting in SETTINGS:
        if setting.key in raw and not setting.fits(raw[setting.key]):
            yield setting.key, setting.allowed(lang)
    if not isinstance(raw.get(SUPPRESS, []), list):
        yield SUPPRESS, ""
