"""PATH arguments → the documents to read, in a fixed order, nothing opened.

Folders are walked recursively; names that begin with ``.`` or ``~$`` (hidden and
lock files) are passed over there, not when they are named as an argument.
Nothing is followed out of a folder: symbolic links, pipes and devices become
items with the reason ``not_a_regular_file``.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.runner.naming import prefixes, storable, unused


@dataclass(frozen=True, slots=True)
class Item:
    """A document to be read, or why it cannot be.

    ``path`` is the key in the database. ``named`` says that the user gave exactly
    this file, rather than a folder, pattern or archive that holds it. ``reason``
    is set when it is known without opening the file that there is nothing to read.
    """

    path: str
    location: Path
    named: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Argument:
    base: Path
    items: tuple[Item, ...]


def discover(paths: Iterable[str | Path]) -> tuple[Item, ...]:
    """Every document below ``paths``, each file once, sorted by stored path.

    A file's stored path is relative to its argument: below a folder without the
    folder's name, for a pattern below its fixed part, for a file its name alone.
    Where two arguments would give the same path, see ``naming.prefixes``.
    """
    arguments: list[_Argument] = []
    for path in paths:
        arguments.extend(_expand(str(path)))
    arguments = _once(arguments)
    before = prefixes([(a.base, [i.path for i in a.items]) for a in arguments])
    items = [
        replace(item, path=prefix + item.path)
        for argument, prefix in zip(arguments, before, strict=True)
        for item in argument.items
    ]
    items.sort(key=lambda i: (i.path.split("/"), str(i.location)))
    return _unique(items)


def is_hidden(name: str) -> bool:
    """Hidden files, Office lock files and the twins that macOS adds to archives."""
    # ".." is not hidden: a member called so is refused aloud (unsafe_path).
    return (name != ".." and name.startswith((".", "~$"))) or name == "__MACOSX"


def _expand(argument: str) -> Iterator[_Argument]:
    path = Path(argument)
    if not _exists(path) and glob.has_magic(argument):
        base = _fixed_part(path)
        # Not Path.glob, which also matches hidden files.
        matches = sorted(glob.glob(argument, recursive=True))  # noqa: PTH207
        found = [i for m in matches for i in _matched(Path(m), base)]
        if found:
            yield _Argument(base.resolve(), tuple(found))
            return
    try:
        # A link that the user names is followed to a folder, never to a file.
        is_folder = path.is_dir()
        mode = path.lstat().st_mode
    except OSError as error:
        yield _single(path, _reason(error))
        return
    if is_folder:
        yield _Argument(path.resolve(), tuple(_walk(path, path)))
    else:
        yield _single(path, None if stat.S_ISREG(mode) else "not_a_regular_file")


def _exists(path: Path) -> bool:
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True


def _single(path: Path, reason: str | None) -> _Argument:
    absolute = _absolute(path)
    item = Item(storable(absolute.name or str(path)), path, named=True, reason=reason)
    return _Argument(absolute.parent, (item,))


def _absolute(path: Path) -> Path:
    # The real folder, but the file's own name: a link is not what it points to.
    return path.parent.resolve() / path.name if path.name else path.resolve()


def _fixed_part(pattern: Path) -> Path:
    parts: list[str] = []
    for part in pattern.parts:
        if glob.has_magic(part):
            break
        parts.append(part)
    return Path(*parts)


def _matched(path: Path, base: Path) -> Iterator[Item]:
    if _is_folder(path):
        yield from _walk(path, base)
    else:
        yield _item(path, base)


def _walk(folder: Path, base: Path) -> Iterator[Item]:
    # A stack, as folders may lie deeper than Python may recurse; sorted later.
    folders = [folder]
    while folders:
        here = folders.pop()
        try:
            with os.scandir(here) as entries:
                names = [e.name for e in entries if not is_hidden(e.name)]
        except OSError as error:
            yield Item(_relative(here, base), here, reason=_reason(error))
            continue
        for path in (here / name for name in names):
            if _is_folder(path):
                folders.append(path)
            else:
                yield _item(path, base)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir() and not path.is_symlink()
    except PermissionError:
        return False  # _item finds the reason


def _item(path: Path, base: Path) -> Item:
    try:
        regular = stat.S_ISREG(path.lstat().st_mode)
    except OSError as error:
        return Item(_relative(path, base), path, reason=_reason(error))
    return Item(
        _relative(path, base), path, reason=None if regular else "not_a_regular_file"
    )


def _relative(path: Path, base: Path) -> str:
    name = path.relative_to(base).as_posix()
    return storable(name if name != "." else path.resolve().name)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "not_found"
    return "no_permission" if isinstance(error, PermissionError) else "read_error"


def _once(arguments: Sequence[_Argument]) -> list[_Argument]:
    """Drop files that an earlier argument already gave; being named wins."""
    named = {_identity(i) for a in arguments for i in a.items if i.named}
    seen: set[str] = set()
    result: list[_Argument] = []
    for argument in arguments:
        kept: list[Item] = []
        for item in argument.items:
            key = _identity(item)
            if key not in seen:
                seen.add(key)
                kept.append(replace(item, named=key in named))
        result.append(_Argument(argument.base, tuple(kept)))
    return result


def _identity(item: Item) -> str:
    return str(_absolute(item.location))


def _unique(items: Sequence[Item]) -> tuple[Item, ...]:
    """Number what still clashes (names that differ in bytes, not in text)."""
    taken: set[str] = set()
    result: list[Item] = []
    for item in items:
        path = unused(item.path, taken)
        taken.add(path)
        result.append(replace(item, path=path))
    return tuple(result)
