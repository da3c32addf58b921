"""``jixiao doctor``: what this machine can read, what is missing, how to get it."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pipeline import __version__
from pipeline.cli import console
from pipeline.cli.context import Chosen, cache_folder
from pipeline.cli.labels import word
from pipeline.errors import ExitCode, PipelineError
from pipeline.messages import explain
from pipeline.sources import soffice

_READERS = {
    "PDF, OFD": ("pdfminer", "pdfminer.six"),
    "DOCX, XLSX, HTML": ("lxml", "lxml"),
    "PNG, JPG, TIFF": ("PIL", "pillow"),
    "XLS": ("xlrd", "xlrd"),
    "7Z": ("py7zr", "py7zr"),
}
_CONVERTED = "DOC, WPS, RTF, ODT, ODS, XLSB"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FONT_NAMES = ("notosanscjk", "notoserifcjk", "simsun", "simhei", "msyh", "wqy")
_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: there or not, with its detail or how to get it."""

    subject: str
    present: bool
    detail: str


def examine(chosen: Chosen, *, db: str | None) -> int:
    """Print what was found, one line each; always exit 0."""
    lang = chosen.lang
    for finding in findings(chosen, db):
        mark = word("doctor", "ok" if finding.present else "missing", lang)
        subject = word("doctor", finding.subject, lang)
        console.put([f"[{mark}] {subject}：{finding.detail}"])
    return ExitCode.OK


def findings(chosen: Chosen, db: str | None = None) -> list[Finding]:
    """Everything that doctor looks at."""
    lang = chosen.lang
    return [
        Finding("python", True, platform.python_version()),
        Finding("version", True, __version__),
        *_readers(lang),
        *_ocr(chosen),
        _optional("cjk_font", find_cjk_font, lang),
        _optional("libreoffice", soffice.find, lang),
        _optional("chromium", lambda: _program(_BROWSERS), lang),
        _database(chosen, db),
    ]


def _readers(lang: str) -> list[Finding]:
    there = ["TXT", *(f for f, (module, _) in _READERS.items() if find_spec(module))]
    if soffice.find():
        there.append(_CONVERTED)
    result = [Finding("reads", True, ", ".join(there))]
    for name, (module, package) in _READERS.items():
        if not find_spec(module):
            how = word("doctor", "get_reader", lang)
            result.append(
                Finding("reads", False, how.format(format=name, package=package))
            )
    return result


def _ocr(chosen: Chosen) -> list[Finding]:
    """The engine that reads scans, and how a slow one gets faster."""
    from pipeline.sources.scan.options import Backend, engine_name

    lang = chosen.lang
    try:
        name = engine_name(Backend(chosen.ocr))
    except PipelineError as error:
        return [Finding("ocr", False, explain(error, lang))]
    if name is None:
        how = "ocr_off" if chosen.ocr == Backend.OFF else "get_reader"
        detail = word("doctor", how, lang).format(format="OCR", package="rapidocr")
        return [Finding("ocr", False, detail)]
    kept = word("doctor", "ocr_cache", lang).format(
        engine=name, cache=cache_folder(chosen.ocr_cache) or "-"
    )
    found = [Finding("ocr", True, kept)]
    if name.endswith(Backend.ONNXRUNTIME):
        found.append(Finding("ocr", True, word("doctor", "get_openvino", lang)))
    return found


def _optional(subject: str, find: Callable[[], str | None], lang: str) -> Finding:
    found = find()
    if found:
        return Finding(subject, True, found)
    return Finding(subject, False, word("doctor", f"get_{subject}", lang))


def _program(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def find_cjk_font() -> str | None:
    """The name of a font with Chinese characters, None when there is none."""
    if lister := shutil.which("fc-list"):
        done = subprocess.run(
            [lister, ":lang=zh", "family"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=30,
            check=False,
        )
        if families := done.stdout.split("\n")[0].strip():
            return families.split(",")[0]
    for folder in _FONT_FOLDERS:
        for file in Path(folder).expanduser().rglob("*.[to]t[cf]"):
            if file.stem.lower().replace("-", "").startswith(_FONT_NAMES):
                return file.stem
    return None


def _database(chosen: Chosen, db: str | None) -> Finding:
    from pipeline.store.connect import mask_url

    url = mask_url(chosen.db_url(db))
    try:
        with chosen.open_store(db):
            return Finding("database", True, url)
    except PipelineError as error:
        if error.code in ("store_missing", "store_empty"):
            return Finding(
                "database", True, f"{url}（{word('doctor', 'not_yet', chosen.lang)}）"
            )
        return Finding("database", False, explain(error, chosen.lang))
