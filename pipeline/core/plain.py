"""Nouns as plain JSON: as dicts and lists, or at once as a line of text."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from enum import Enum, StrEnum
from functools import lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, cast

from pipeline.core.provenance import BBox

_PLAIN = frozenset((str, int, float, bool))
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Writer = Callable[[Any], str]


@lru_cache(maxsize=64)
def _field_names(kind: Hashable) -> tuple[str, ...]:
    """The fields of a dataclass, which are asked for once per noun of a record."""
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple(f.name for f in dataclasses.fields(kind))


def to_plain(value: object) -> Any:
    """Turn nouns into dicts, lists, strings and numbers for JSON."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, BBox):
        return value.as_list()
    names = _field_names(cast(Hashable, type(value)))
    if names:
        return {name: to_plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, Mapping):
        return {str(k): to_plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(v) for v in value]
    return value


def number(value: Decimal) -> int | float:
    """An integer where whole, else the shortest float that prints the same."""
    return int(value) if value == value.to_integral_value() else float(value)


def dump_json(value: object) -> str:
    """JSON on one line; text stays readable, unpaired surrogates are escaped."""
    return _escaped(json.dumps(value, ensure_ascii=False, allow_nan=False))


def write_json(value: object) -> str:
    """``dump_json(to_plain(value))`` without the dicts and lists between.

    Raises ValueError for a number that JSON does not know.
    """
    return _escaped(_WRITERS[type(value)](value))


def _escaped(text: str) -> str:
    try:
        text.encode()  # far faster than looking for them
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
    return text


class _Writers(dict[type, Writer]):
    """How values of a type are written, made where a type is first met."""

    def __missing__(self, kind: type) -> Writer:
        writer = self[kind] = _writer(kind)
        return writer


def _writer(kind: type) -> Writer:
    if issubclass(kind, BBox):
        return lambda box: _write_items(box.as_list())
    names = _field_names(cast(Hashable, kind))
    if names:
        return _object_writer(names)
    if issubclass(kind, StrEnum):
        return encode_basestring
    if issubclass(kind, Enum):
        return lambda member: _WRITERS[type(member.value)](member.value)
    if issubclass(kind, Mapping):
        return _write_mapping
    if issubclass(kind, (tuple, list)):
        return _write_items
    return lambda value: json.dumps(value, ensure_ascii=False, allow_nan=False)


def _object_writer(names: tuple[str, ...]) -> Writer:
    fields = [f"{encode_basestring(name)}: %s" for name in names]
    template = "{" + ", ".join(fields) + "}"
    writers = _WRITERS
    if len(names) == 1:  # attrgetter gives a tuple for several names only
        value_of = attrgetter(names[0])
        return lambda noun: template % writers[type(value := value_of(noun))](value)
    values_of = attrgetter(*names)
    return lambda noun: (
        template % tuple([writers[type(value)](value) for value in values_of(noun)])
    )


def _write_mapping(value: Mapping[Any, Any]) -> str:
    items = [
        f"{encode_basestring(str(k))}: {_WRITERS[type(v)](v)}" for k, v in value.items()
    ]
    return "{" + ", ".join(items) + "}"


def _write_items(value: tuple[Any, ...] | list[Any]) -> str:
    return "[" + ", ".join([_WRITERS[type(v)](v) for v in value]) + "]"


def _write_float(value: float) -> str:
    if value - value != 0:  # endless, or no number
        raise ValueError(f"not a number of JSON: {value!r}")
    return repr(value)


def _write_decimal(value: Decimal) -> str:
    plain = number(value)
    return repr(plain) if isinstance(plain, int) else _write_float(plain)


_WRITERS = _Writers(
    {
        type(None): lambda _: "null",
        bool: lambda value: "true" if value else "false",
        str: encode_basestring,
        int: repr,
        float: _write_float,
        Decimal: _write_decimal,
        tuple: _write_items,
        list: _write_items,
    }
)
