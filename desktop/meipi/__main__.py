"""The `meipi` command: without a subcommand the window, with one the command line."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meipi.core.messages import Language
    from meipi.services.workspace import Workspace


def main(arguments: list[str] | None = None) -> int:
    """Run Meipi with ``arguments`` (the process's own by default); return the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    if words:  # the command line is read in only where there is something for it to read
        from meipi.cli import is_command
        from meipi.cli import main as command_line

        if is_command(words):
            return command_line(words, write_pdf=_write_pdf)
    chosen = _window_parser().parse_args(words)
    gc.disable()  # nothing that modules make is garbage; the window collects by itself
    try:
        from meipi.ui.start import run
    except ImportError as error:
        gc.enable()
        if ".so" not in str(error):
            raise
        return _say_what_is_missing(error)
    files, library = _sort(chosen.files, chosen.library)
    return run(files, library=library)


def _write_pdf(workspace: Workspace, document: str, path: Path, language: Language) -> int:
    from meipi.ui.printing.command import write_pdf

    return write_pdf(workspace, document, path, language)


def _sort(files: list[Path], library: Path | None) -> tuple[list[Path], Path | None]:
    """Tell a library from documents: a file manager hands over both the same way."""
    libraries = (path for path in files if path.suffix == ".meipi")
    library = library or next(libraries, None)
    return [path for path in files if path.suffix != ".meipi"], library


def _say_what_is_missing(error: ImportError) -> int:
    """Name the system library that Qt looked for in vain, and the packages that bring such."""
    sys.stderr.write(
        f"meipi: the window needs a system library: {error}. On Debian install libgl1 libegl1 "
        "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 "
        "libdbus-1-3; the command line (meipi --help) works without them.\n"
    )
    return 1


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="meipi", description="Open the window, on FILE if given.")
    parser.add_argument(
        "files", metavar="FILE", nargs="*", type=Path, help="documents, or a library (.meipi)"
    )
    parser.add_argument("--library", metavar="DB", type=Path, help="the library file")
    return parser


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # the import takes a tenth of what a window does
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
