"""Items → bytes, read once; containers → their members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.errors import DocumentError
from pipeline.runner.discover import Item, is_hidden
from pipeline.runner.files import read_regular
from pipeline.runner.naming import storable, unused
from pipeline.runner.unpack import Member, Unpacker
from pipeline.runner.work import Trouble, trouble, trouble_of


@dataclass(frozen=True, slots=True)
class Intake:
    """A document's bytes, or why there are none."""

    path: str
    named: bool
    data: bytes = b""
    trouble: Trouble | None = None


def take_in(items: Iterable[Item], unpacker: Unpacker) -> Iterator[Intake]:
    """Read the items in order; a container gives its members in its place.

    A container itself comes up only when it fails (then after the members that
    could be read before). One document is held in memory at a time.
    """
    for item in items:
        try:
            data = _read(item)
        except DocumentError as error:
            yield Intake(item.path, item.named, trouble=trouble_of(error))
            continue
        members = unpacker.members(item.path, data)
        if members is None:
            yield Intake(item.path, item.named, data)
        else:
            yield from _members(item, members)


def _read(item: Item) -> bytes:
    if item.reason:
        raise DocumentError(item.reason)
    try:
        return read_regular(item.location)
    except FileNotFoundError as error:
        raise DocumentError("not_found") from error
    except PermissionError as error:
        raise DocumentError("no_permission") from error
    except OSError as error:
        raise DocumentError("read_error") from error


def _members(item: Item, members: Iterable[Member]) -> Iterator[Intake]:
    taken: set[str] = set()
    for member in members:
        if member.name is None:
            yield Intake(item.path, item.named, trouble=member.trouble)
            return
        if any(is_hidden(part) for part in member.name.split("/")):
            continue
        # Two members may have one name; neither may hide the other.
        name = unused(f"{item.path}!/{storable(member.name)}", taken)
        taken.add(name)
        yield Intake(name, False, member.data, member.trouble)
    if not taken:
        yield Intake(item.path, item.named, trouble=trouble("empty"))
