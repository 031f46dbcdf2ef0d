"""Builds the program as others install it, into build/: a folder, and on Debian's kin a .deb.

`python packaging/build_program.py`, in an environment with Meipi and its extra `package`.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PACKAGING = ROOT / "packaging"
BUILD = ROOT / "build"
ICONS = BUILD / "icons"
FOLDER = BUILD / "dist" / "meipi"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Of the icon, in pixels; the SVG itself serves every other."""


def main() -> int:
    """Build all there is for this platform and print where it lies."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    draw_icons()
    freeze()
    print(f"{FOLDER}: {_megabytes(FOLDER)} MB")
    if shutil.which("dpkg-deb"):
        package = build_deb()
        print(f"{package}: {package.stat().st_size / 1e6:.0f} MB")
    return 0


def draw_icons() -> None:
    """Draw the icon in every size, and as the one file Windows and macOS each ask for."""
    from PySide6.QtGui import QGuiApplication, QIcon

    application = QGuiApplication.instance() or QGuiApplication([])
    assert application is not None
    icon = QIcon(str(ROOT / "resources" / "icons" / "meipi.svg"))
    ICONS.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        picture = icon.pixmap(size, size).toImage()
        for name in [f"{size}.png", *_one_file_icons(size)]:
            if not picture.save(str(ICONS / name)):
                raise OSError(f"the icon could not be written: {ICONS / name}")


def _one_file_icons(size: int) -> list[str]:
    return {256: ["meipi.ico"], 512: ["meipi.icns"]}.get(size, [])


def freeze() -> None:
    """Put the program and all it needs into one folder."""
    from PyInstaller.__main__ import run

    places = ["--distpath", str(BUILD / "dist"), "--workpath", str(BUILD / "work")]
    run(["--noconfirm", "--log-level", "WARN", *places, str(PACKAGING / "meipi.spec")])
    if sys.platform == "linux" and shutil.which("strip"):
        # Three quarters of it are names for a debugger.
        for library in (FOLDER / "_internal").glob("libpython*.so*"):
            subprocess.run(["strip", "--strip-unneeded", library], check=True)


def build_deb() -> Path:
    """Build the package of Debian and its kin; return its file."""
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(FOLDER, tree / "usr" / "lib" / "meipi", symlinks=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "meipi").symlink_to("../lib/meipi/meipi")
    for place, content in _shared_files():
        target = tree / "usr" / "share" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    _set_modes(tree)
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(_control(tree), encoding="utf-8")
    package = BUILD / f"meipi_{version()}_{_architecture()}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", tree, package]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return package


def version() -> str:
    """Return Meipi's version."""
    found = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert found is not None
    return found[1]


def _shared_files() -> Iterator[tuple[str, bytes]]:
    """Yield what goes below /usr/share, as place and content."""
    linux = PACKAGING / "linux"
    yield "applications/meipi.desktop", (linux / "meipi.desktop").read_bytes()
    yield "metainfo/org.meipi.Meipi.metainfo.xml", _metainfo()
    yield "mime/packages/meipi.xml", (linux / "meipi-mime.xml").read_bytes()
    yield "icons/hicolor/scalable/apps/meipi.svg", _icon_svg()
    for size in SIZES:
        png = (ICONS / f"{size}.png").read_bytes()
        yield f"icons/hicolor/{size}x{size}/apps/meipi.png", png
    yield "man/man1/meipi.1.gz", gzip.compress(manual().encode(), mtime=0)
    yield "bash-completion/completions/meipi", completion("bash").encode()
    yield "zsh/vendor-completions/_meipi", completion("zsh").encode()
    yield "doc/meipi/copyright", (linux / "copyright").read_bytes()
    yield "doc/meipi/LICENSES.md", (ROOT / "resources" / "LICENSES.md").read_bytes()
    news = (ROOT / "CHANGELOG.md").read_bytes()
    yield "doc/meipi/changelog.gz", gzip.compress(news, mtime=0)


def _icon_svg() -> bytes:
    return (ROOT / "resources" / "icons" / "meipi.svg").read_bytes()


def _metainfo() -> bytes:
    text = (PACKAGING / "linux" / "org.meipi.Meipi.metainfo.xml").read_text("utf-8")
    return text.replace("@VERSION@", version()).encode()


def manual() -> str:
    """Return the manual page, made from the command line's own help."""
    from argparse_manpage.manpage import Manpage

    parser = command_line()
    parser.man_short_description = "repair, read and annotate Chinese documents"  # type: ignore[attr-defined]
    parser.prog = "meipi"
    page = Manpage(
        parser,
        {
            "project_name": "Meipi",
            "version": version(),
            "manual_title": "Meipi",
            "url": None,
            "authors": ["The Meipi authors"],
            "manual_section": 1,
            "format": "pretty",
        },
    )
    return str(page)


def completion(shell: str) -> str:
    """Return what completes `meipi` on the command line of ``shell`` (``bash`` or ``zsh``)."""
    import shtab

    return str(shtab.complete(command_line(), shell=shell))


def command_line() -> argparse.ArgumentParser:
    """Return the parser of the command line, with what is a file marked as such."""
    import shtab

    from meipi.cli import build_parser

    parser = build_parser()
    for action in _actions(parser):
        if action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    return parser


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to them
        yield action
        if isinstance(action.choices, dict):
            for below in action.choices.values():
                yield from _actions(below)


def _set_modes(tree: Path) -> None:
    """Let everyone read everything, whatever the umask was, and run what runs."""
    for path in tree.rglob("*"):
        if path.is_symlink():
            continue
        runs = path.is_dir() or path == tree / "usr" / "lib" / "meipi" / "meipi"
        path.chmod(0o755 if runs else 0o644)


def _control(tree: Path) -> str:
    size = sum(p.stat().st_size for p in tree.rglob("*") if p.is_file() and not p.is_symlink())
    fields = {
        "Package": "meipi",
        "Version": version(),
        "Architecture": _architecture(),
        "Maintainer": "The Meipi authors <meipi@localhost>",
        "Installed-Size": str(size // 1024),
        "Depends": ", ".join(system_packages(tree / "usr" / "lib" / "meipi")),
        "Recommends": "fonts-noto-cjk",
        "Section": "text",
        "Priority": "optional",
        "Description": (
            "reader that repairs and annotates Chinese documents\n"
            " Meipi opens Chinese documents as they are really found, repairs mojibake and shows\n"
            " every repair with its proof, highlights the people, places, dates and amounts in\n"
            " them, takes tags and notes from the keyboard and exports annotated sets. Offline."
        ),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _architecture() -> str:
    command = ["dpkg", "--print-architecture"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def system_packages(folder: Path) -> list[str]:
    """Return the Debian packages with the libraries that programs ask the system for."""
    files = [path for path in folder.rglob("*") if path.is_file() and _is_elf(path)]
    inside = {path.name for path in folder.rglob("*.so*")}
    asked = {name for path in files if _is_needed(path) for name in _needed(path)} - inside
    known = _system_libraries()
    missing = asked - known.keys()
    if missing:
        raise OSError(f"no such library on this machine: {', '.join(sorted(missing))}")
    packages = {_package_of(known[name]) for name in asked} | {*_LOADED_BY_NAME}
    # Python was built against this machine's C library and asks for none older.
    return sorted(
        packages - {"libc6"} | {f"libc6 (>= {os.confstr('CS_GNU_LIBC_VERSION').split()[1]})"}
    )


_LOADED_BY_NAME = ("libegl1", "libgl1", "libxcb-cursor0")
"""Asked for while it runs, or by a plugin of Qt without which there is no window."""
_OPTIONAL = re.compile(r"libqgtk3|printsupport/|libcups")
"""Plugins that serve where their libraries are there and are passed over where not."""


def _is_needed(path: Path) -> bool:
    return not _OPTIONAL.search(str(path))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _needed(path: Path) -> list[str]:
    command = ["objdump", "-p", path]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return re.findall(r"^\s+NEEDED\s+(\S+)", listed, re.M)


def _system_libraries() -> dict[str, str]:
    command = ["/sbin/ldconfig", "-p"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return dict(re.findall(r"^\s+(\S+) .*=> (\S+)$", listed, re.M))


def _package_of(library: str) -> str:
    """Return the package a library is from; merged folders are known by either name."""
    for path in {library, str(Path(library).resolve()), library.removeprefix("/usr")}:
        command = ["dpkg-query", "-S", path]
        found = subprocess.run(command, check=False, capture_output=True, text=True).stdout
        if found:
            return found.split(":")[0]
    raise OSError(f"of no package: {library}")


def _megabytes(folder: Path) -> int:
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    return round(size / 1e6)


if __name__ == "__main__":
    sys.exit(main())
