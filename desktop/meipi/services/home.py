"""Where the person's files lie, and how one of them is written."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

PORTABLE_FOLDER = "meipi-data"
"""A folder of this name beside the installed program keeps all data with it, as on a stick."""


def config_folder() -> Path:
    """Return where settings lie; `own_home` overrules the platform."""
    home = own_home()
    if home is not None:
        return home
    from platformdirs import user_config_path

    return user_config_path("meipi", appauthor=False)


def data_folder() -> Path:
    """Return where libraries lie; `own_home` overrules the platform."""
    home = own_home()
    if home is not None:
        return home
    from platformdirs import user_data_path

    return user_data_path("meipi", appauthor=False)


def log_folder() -> Path:
    """Return where the log lies; `own_home` overrules the platform."""
    home = own_home()
    if home is not None:
        return home / "log"
    from platformdirs import user_log_path

    return user_log_path("meipi", appauthor=False)


def own_home() -> Path | None:
    """Return the one folder all data lies in, where there is one.

    ``MEIPI_HOME`` names it; else a folder ``meipi-data`` beside the installed program is it.
    """
    home = os.environ.get("MEIPI_HOME")
    if home:
        return Path(home)
    if not getattr(sys, "frozen", False):
        return None
    portable = Path(sys.executable).resolve().parent / PORTABLE_FOLDER
    return portable if portable.is_dir() else None


def default_library() -> Path:
    """Return the library that is opened where none is named."""
    return data_folder() / "library.meipi"


def demo_library() -> Path:
    """Return the library with the sample documents."""
    return data_folder() / "demo.meipi"


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that it is there whole or as it was, even after a power cut."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
