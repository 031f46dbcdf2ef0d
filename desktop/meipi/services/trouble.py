"""A report of a problem: versions, settings and the log in one file. It is sent to nobody."""

from __future__ import annotations

import io
import json
import locale
import os
import platform
import re
import sys
import zipfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meipi import __version__
from meipi.core.errors import ErrorCode, MeipiError
from meipi.core.reasons import reason_of
from meipi.services.home import write_whole
from meipi.services.log import log_files
from meipi.services.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meipi.services.settings import Settings

_TOLD_KINDS = frozenset({"switch", "choice", "number"})
"""Settings of other kinds may hold names of people, files or tags."""
_PLACE = re.compile(r'File "(?:.*[/\\])?((?:meipi|site-packages|python3\.\d+)[/\\][^"]*)"')


def gather(settings: Settings, *, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the files of a report, by name, as the reader will see them before they are kept.

    Home folders are left out of every path; neither texts, names of documents nor tags come in.
    ``extra`` adds lines to what is said of the machine, such as the screen's.
    """
    machine = {**_machine(), **(extra or {})}
    files = {
        "machine.txt": "".join(f"{name}: {value}\n" for name, value in machine.items()),
        "packages.txt": "".join(_packages()),
        "settings.json": json.dumps(_told_settings(settings), indent=2, sort_keys=True) + "\n",
    }
    for path in log_files():
        files[path.name] = path.read_text("utf-8", errors="replace")
    return {name: _without_places(text) for name, text in files.items()}


def write(files: Mapping[str, str], path: Path) -> None:
    """Write a report as one ZIP file. Raises ``MeipiError``."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    try:
        write_whole(path, packed.getvalue())
    except OSError as error:
        reason = reason_of(error)
        raise MeipiError(ErrorCode.REPORT_NOT_WRITTEN, path=path, reason=reason) from error


def _machine() -> dict[str, str]:
    from meipi.library.opening import SQLITE_VERSION

    return {
        "meipi": __version__,
        "installed": "as a program" if getattr(sys, "frozen", False) else "as a Python package",
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": f"{platform.machine()}, {os.cpu_count()}",
        "sqlite": SQLITE_VERSION,
        "locale": ".".join(part or "none" for part in locale.getlocale()),
    }


def _packages() -> Iterable[str]:
    asked = metadata.requires("meipi") if _is_installed() else None
    names = {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in asked or []}
    for name in sorted(names, key=str.lower):
        try:
            yield f"{name} {metadata.version(name)}\n"
        except metadata.PackageNotFoundError:
            continue


def _is_installed() -> bool:
    try:
        metadata.version("meipi")
    except metadata.PackageNotFoundError:
        return False
    return True


def _told_settings(settings: Settings) -> dict[str, Any]:
    return {
        setting.name: settings.get(setting.name)
        for setting in SETTINGS
        if setting.kind in _TOLD_KINDS
    }


def _without_places(text: str) -> str:
    """Take the reader's own folders out of paths."""
    text = _PLACE.sub(r'File "\1"', text)
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text
