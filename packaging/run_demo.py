"""Opens the window on a demo library; without a display does the same job offscreen.

Offscreen it saves pictures of the real window and the exported sets, and prints their paths.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

DEMO = Path(__file__).resolve().parents[1] / "build" / "demo"


def has_display() -> bool:
    """Say whether a window could appear: a Wayland socket, or an X server that answers."""
    if sys.platform != "linux":
        return True
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"))
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and (runtime / wayland).exists():
        return True
    return _x_server_answers(os.environ.get("DISPLAY", ""))


def _x_server_answers(display: str) -> bool:
    host, _, number = display.rpartition(":")
    number = number.split(".")[0]
    if not number.isdigit():
        return False
    if host and host != "unix":
        address: tuple[str, int] | str = (host, 6000 + int(number))
        family = socket.AF_INET
    else:
        address, family = f"/tmp/.X11-unix/X{number}", socket.AF_UNIX
    with socket.socket(family) as probe:
        probe.settimeout(2)
        return probe.connect_ex(address) == 0


def main() -> int:
    """Open the window, or render it offscreen."""
    os.environ.setdefault("MEIPI_HOME", str(DEMO / "home"))
    library = fill_library()
    if has_display():
        from meipi.ui.app import run

        return run([], library=library)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    print("No display was found: saving pictures of the window and exported sets instead.")
    from meipi.ui.demo import render

    quieten()
    for path in [*render(DEMO / "pictures"), *export(library, DEMO / "exported")]:
        print(path)
    return 0


def quieten() -> None:
    """Keep off the terminal what Qt says of every window it has no screen for."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    def handle(kind: QtMsgType, _: object, message: str) -> None:
        if "propagateSizeHints" not in message:
            print(f"{kind.name}: {message}", file=sys.stderr)

    qInstallMessageHandler(handle)


def fill_library() -> Path:
    """Return the demo library, with the samples in it; what its reader did there stays."""
    from meipi.services import demo
    from meipi.services.home import demo_library
    from meipi.services.workspace import Workspace

    path = demo_library()
    path.parent.mkdir(parents=True, exist_ok=True)
    with Workspace.open(path) as workspace:
        demo.fill(workspace)
    return path


def export(library: Path, folder: Path) -> list[Path]:
    """Write the annotated set in every format there is; return the files, reports included."""
    from meipi.services.exchange import formats
    from meipi.services.workspace import Workspace

    folder.mkdir(parents=True, exist_ok=True)
    with Workspace.open(library) as workspace:
        there = {name: known for name, known in formats().items() if known.available}
        for name, known in there.items():
            workspace.exchange.export(folder / f"demo{known.suffix}", format=name).result()
    return sorted(folder.iterdir())


if __name__ == "__main__":
    sys.exit(main())
