"""Province and year profiles: thresholds that change a verdict, as data.

A profile is a TOML file of models/profiles/ or of the user's own; with
``extends`` it only states what differs from another one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError
from pipeline.resources import models_dir

DEFAULT = "mof2020"
# In place of a name: choose for every form by what stands in it.
AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Rating:
    """A grade: ``floor`` is the lowest total (of 100) that gives it."""

    name: str
    floor: Decimal
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bands:
    """Shares of the weight for 达成 (from ``met``) and 部分达成 (from ``partial``)."""

    met: Decimal
    partial: Decimal


@dataclass(frozen=True, slots=True)
class Tolerances:
    """How far printed numbers may lie from recomputed ones.

    ``score`` and ``weight`` in points, ``score_share`` as a share of the weight,
    ``rate`` in percentage points, ``money`` in the form's own unit.
    """

    score: Decimal
    score_share: Decimal
    weight: Decimal
    rate: Decimal
    money: Decimal


@dataclass(frozen=True, slots=True)
class Overshoot:
    """Ratios outcome : target from which an overshoot is noted.

    ``info``, ``low`` and ``medium`` are the steps of severity; from ``target_low``
    the target itself looks too low. Rates below ``small_rate`` percent are left
    out, an excess below ``small_excess`` is never more than ``low``.
    ``zero_target`` is the outcome that counts as overshoot of a zero target.
    """

    info: Decimal
    low: Decimal
    medium: Decimal
    target_low: Decimal
    small_rate: Decimal
    small_excess: Decimal
    zero_target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Execution:
    """Percent of budget execution below which it is low, or very low."""

    low: Decimal
    very_low: Decimal
    adjusted: Decimal


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a form of the profile shows; everything that is given must hold.

    ``text`` are patterns for the whole document and ``unit`` for the names of unit
    and department, both without spaces; ``last_year`` is the latest year of the
    form; ``execution_weight`` and ``output_weight`` are the printed weights of
    budget execution and of all output indicators.
    """

    text: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    last_year: int | None = None
    execution_weight: Decimal | None = None
    output_weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of a province and year. ``weights`` are the accepted level-1 splits.

    Any one of ``evidence`` makes a form one of the profile under ``auto``.
    """

    name: str
    title: str
    basis: str
    total_weight: Decimal
    execution_weight: Decimal
    weights: tuple[Mapping[str, Decimal], ...]
    ratings: tuple[Rating, ...]
    bands: Bands
    tolerances: Tolerances
    overshoot: Overshoot
    execution: Execution
    evidence: tuple[Evidence, ...] = ()


def available_profiles() -> tuple[str, ...]:
    """Names of the profiles that come with the program."""
    return tuple(sorted(p.stem for p in (models_dir() / "profiles").glob("*.toml")))


def load_profile(name_or_path: str = DEFAULT) -> Profile:
    """A profile by name, or by the path of a TOML file of one's own.

    Raises ConfigError: ``profile_unknown`` lists the names, ``profile_invalid``
    says what is wrong in the file.
    """
    if name_or_path.endswith(".toml"):
        return _load(name_or_path)
    return _shipped(name_or_path)


@lru_cache(maxsize=16)
def _shipped(name: str) -> Profile:
    """Profiles of models/ do not change while the program runs; one's own may."""
    return _load(name)


def _load(name_or_path: str) -> Profile:
    path, raw = _read(name_or_path, ())
    try:
        return _build(path.stem, raw)
    except (KeyError, TypeError, ValueError, ArithmeticError, re.error) as error:
        raise ConfigError(
            "profile_invalid", name=str(path), detail=repr(error)
        ) from error


def _read(name: str, chain: tuple[str, ...]) -> tuple[Path, dict[str, Any]]:
    path = _find(name)
    if str(path) in chain:
        raise ConfigError("profile_invalid", name=str(path), detail="extends → extends")
    try:
        text = path.read_text(encoding="utf-8-sig")
        raw = tomllib.loads(text, parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(
            "profile_invalid", name=str(path), detail=str(error)
        ) from error
    parent = raw.pop("extends", None)
    if parent is None:
        return path, raw
    _, base = _read(str(parent), (*chain, str(path)))
    return path, _merge(base, raw)


def _find(name: str) -> Path:
    known = available_profiles()
    if name in known:
        return models_dir() / "profiles" / f"{name}.toml"
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return path.resolve()
    raise ConfigError("profile_unknown", name=name, available="、".join(known))


def _merge(base: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """Tables are merged key by key, everything else is replaced."""
    merged = dict(base)
    for key, value in change.items():
        old = merged.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        merged[key] = _merge(old, value) if both else value  # type: ignore[arg-type]
    return merged


def _build(stem: str, raw: dict[str, Any]) -> Profile:
    ratings = tuple(
        Rating(str(r["name"]), _decimal(r["floor"]), tuple(r["words"]))
        for r in raw["ratings"]
    )
    if list(ratings) != sorted(ratings, key=lambda r: r.floor, reverse=True):
        raise ValueError("ratings: highest floor first")
    return Profile(
        name=stem,
        title=str(raw["title"]),
        basis=str(raw["basis"]),
        total_weight=_decimal(raw["total_weight"]),
        execution_weight=_decimal(raw["execution_weight"]),
        weights=tuple(_decimals(w) for w in raw["weights"]),
        ratings=ratings,
        bands=Bands(**_decimals(raw["bands"])),
        tolerances=Tolerances(**_decimals(raw["tolerances"])),
        overshoot=Overshoot(**_decimals(raw["overshoot"])),
        execution=Execution(**_decimals(raw["execution"])),
        evidence=tuple(_evidence(e) for e in raw.get("evidence", ())),
    )


def _evidence(raw: Mapping[str, Any]) -> Evidence:
    known = Evidence.__dataclass_fields__
    if not raw or set(raw) - set(known):
        raise ValueError(f"evidence: {', '.join(known)}")
    text, unit = tuple(raw.get("text", ())), tuple(raw.get("unit", ()))
    for pattern in (*text, *unit):
        re.compile(pattern)
    execution, output = raw.get("execution_weight"), raw.get("output_weight")
    return Evidence(
        text=text,
        unit=unit,
        last_year=raw.get("last_year"),
        execution_weight=None if execution is None else _decimal(execution),
        output_weight=None if output is None else _decimal(output),
    )


def _decimals(raw: Mapping[str, object]) -> dict[str, Decimal]:
    return {key: _decimal(value) for key, value in raw.items()}


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        raise ValueError(f"not a number: {value!r}")
    return Decimal(value)
