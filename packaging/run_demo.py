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
    if has_display():
        from meipi.ui.app import run

        return run([], demo=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    print("No display was found: saving pictures of the window and exported sets instead.")
    from meipi.ui.demo import render

    for path in render(DEMO):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
