"""The specification for PyInstaller loads for every platform and asks for what runs there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "packaging" / "meipi.spec"


class Made:
    """Stands for what PyInstaller makes, and remembers what it was made of."""

    def __init__(self, kind: str, log: list[Made], given: tuple[Any, ...], **named: Any) -> None:
        self.kind, self.given, self.named = kind, given, named
        self.pure: list[Any] = []
        self.scripts: list[Any] = []
        self.datas = [(place, source, "DATA") for source, place in named.get("datas", [])]
        self.binaries = [
            ("libsqlite3.so.0", "/usr/lib/x86_64-linux-gnu/libsqlite3.so.0", "BINARY"),
            ("libgtk-3.so.0", "/usr/lib/x86_64-linux-gnu/libgtk-3.so.0", "BINARY"),
            ("PySide6/Qt/plugins/tls/libq.so", "/venv/PySide6/Qt/plugins/tls/libq.so", "BINARY"),
            ("numpy/core.so", "/venv/numpy/core.so", "BINARY"),
        ]
        log.append(self)


def load(platform: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Made]]:
    """Run the specification as PyInstaller does on ``platform``; return what it made, by kind."""
    pytest.importorskip("PyInstaller")
    monkeypatch.setattr(sys, "platform", platform)
    log: list[Made] = []
    names: dict[str, Any] = {
        kind: lambda *given, kind=kind, **named: Made(kind, log, given, **named)
        for kind in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")
    }
    code = compile(SPEC.read_text("utf-8"), str(SPEC), "exec")
    exec(code, {**names, "SPECPATH": str(SPEC.parent)})  # noqa: S102 - as PyInstaller does
    return {kind: [made for made in log if made.kind == kind] for kind in names}


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Made]]:
    """Return what is made on Linux."""
    return load("linux", monkeypatch)


def test_on_linux_one_program_for_window_and_terminal(linux: dict[str, list[Made]]) -> None:
    (program,) = linux["EXE"]
    assert program.named["console"] is True
    assert not linux["BUNDLE"]


def test_on_windows_the_terminal_has_a_program_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    window, terminal = load("win32", monkeypatch)["EXE"]
    assert window.named["console"] is False
    assert terminal.named["console"] is True
    assert window.named["icon"].endswith(".ico")


def test_on_macos_there_is_a_bundle_that_opens_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    (bundle,) = load("darwin", monkeypatch)["BUNDLE"]
    assert bundle.named["icon"].endswith(".icns")
    kinds = bundle.named["info_plist"]["CFBundleDocumentTypes"]
    assert any("meipi" in kind.get("CFBundleTypeExtensions", []) for kind in kinds)


def test_the_systems_libraries_stay_the_systems(linux: dict[str, list[Made]]) -> None:
    (analysis,) = linux["Analysis"]
    assert [row[0] for row in analysis.binaries] == ["libsqlite3.so.0", "numpy/core.so"]


def test_all_modules_and_resources_come_along(linux: dict[str, list[Made]]) -> None:
    (analysis,) = linux["Analysis"]
    modules = set(analysis.named["hiddenimports"])
    for path in (ROOT / "desktop" / "meipi").rglob("*.py"):
        name = ".".join(path.relative_to(ROOT / "desktop").with_suffix("").parts)
        if path.name not in {"__init__.py", "__main__.py"}:
            assert name in modules
    assert (str(ROOT / "resources"), "meipi/_resources") in analysis.named["datas"]
