"""Files converted by LibreOffice: no window, network, macros, links or traces.

Each call has a profile of its own in a private folder, so calls may run side by
side and nothing that a document does to it lasts.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.sources import pace, soffice_guard
from pipeline.sources.limits import CONVERSION_SECONDS, MAX_EXPANDED

log = logging.getLogger(__name__)

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_KEPT = (
    *("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "FONTCONFIG_PATH", "FONTCONFIG_FILE"),
    "JIXIAO_SCRATCH",  # by which the runner finds what a worker started
)
"""All that LibreOffice sees of our environment."""

_PER_FILE = 0.25
"""Share of the time limit that each further file of a call adds."""

_NEVER = "2"
_SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    (
        "/org.openoffice.Office.Common/Security/Scripting",
        "DisableMacrosExecution",
        "true",
    ),
    (
        "/org.openoffice.Office.Common/Security/Scripting",
        "BlockUntrustedRefererLinks",
        "true",
    ),
    (
        "/org.openoffice.Office.Common/Security/Scripting",
        "DisableActiveContent",
        "true",
    ),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", _NEVER),
    ("/org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Chart", "false"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", _NEVER),
    # Never recalculate: the kept results are what was printed.
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),
    ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "1"),
    # Dates and numbers as a Chinese program shows them, wherever this runs.
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Common/Misc", "CrashReport", "false"),
    # A proxy that nobody answers at, for what would ask the network all the same.
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)


def find() -> str | None:
    """The path of LibreOffice; None where it is not installed."""
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    return next((place for place in _PLACES if os.access(place, os.X_OK)), None)


def convert(
    documents: Sequence[bytes],
    *,
    suffix: str,
    target: str,
    seconds: float = CONVERSION_SECONDS,
) -> list[bytes | None]:
    """Each document in the target format, None for one that was not converted.

    ``suffix`` (``doc``) says what they are, ``target`` (``docx``) what is wanted;
    several in one call cost little more than one. Raises DocumentError
    ``converter_missing``, ``timeout``, ``worker_crash``.
    """
    program = find()
    if program is None:
        raise DocumentError("converter_missing")
    pace.begins(pace.Step.CONVERSION)
    with tempfile.TemporaryDirectory(
        prefix="jixiao-", ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        for part in ("in", "out", "home"):
            (folder / part).mkdir()
        paths = []
        for number, data in enumerate(documents):
            path = folder / "in" / f"{number}.{suffix}"
            path.write_bytes(data)
            paths.append(path)
        _write_profile(folder)
        limit = seconds * (1 + _PER_FILE * (len(documents) - 1))
        code = _run(program, folder, paths, target, limit)
        found = [_result(folder / "out" / f"{p.stem}.{target}") for p in paths]
    if code == soffice_guard.TIMED_OUT and None in found:
        raise DocumentError("timeout", "converter_timeout", seconds=round(limit))
    if code == soffice_guard.NOT_STARTED:
        raise DocumentError("converter_missing")
    if code and None in found:
        log.info("LibreOffice ended with exit code %s", code)
    return found


def _run(
    program: str, folder: Path, paths: Sequence[Path], target: str, seconds: float
) -> int:
    command = [
        *_without_network(),
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nologo",
        "--convert-to",
        target,
        "--outdir",
        str(folder / "out"),
        *map(str, paths),
    ]
    guard = [sys.executable, "-I", "-S", str(soffice_guard.__file__)]
    # The pipe stays open as long as this process lives.
    with subprocess.Popen(
        [*guard, str(seconds), secrets.token_hex(16), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
        cwd=folder,
        start_new_session=True,
    ) as process:
        try:
            return process.wait()
        finally:
            # Also when we are interrupted: the guard ends all of it.
            if process.stdin is not None:
                process.stdin.close()
            process.wait()


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    home = str(folder / "home")
    return {
        **kept,
        "HOME": home,
        "TMPDIR": home,
        "TEMP": home,
        "TMP": home,
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
        "SAL_DISABLE_OPENCL": "1",
    }


@lru_cache(maxsize=1)
def _without_network() -> tuple[str, ...]:
    """A command prefix that takes the network away, where the system allows it."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    for options in (("-n",), ("-r", "-n")):
        prefix = (program, *options)
        done = subprocess.run(
            [*prefix, "true"], capture_output=True, timeout=30, check=False
        )
        if done.returncode == 0:
            return prefix
    return ()


def _write_profile(folder: Path) -> None:
    """The settings of this call, before LibreOffice makes the rest of the profile."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    items = "\n".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}\n</oor:items>\n",
        encoding="utf-8",
    )


def _result(path: Path) -> bytes | None:
    if not path.is_file():
        return None
    if path.stat().st_size > MAX_EXPANDED:
        raise DocumentError("expands_too_much")
    return path.read_bytes() or None
