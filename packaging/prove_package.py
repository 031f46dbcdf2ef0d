"""Proves a built .deb: in a fresh Debian it installs, starts on a screen, opens, exports, goes.

`python packaging/prove_package.py build/meipi_*.deb`, as root on Debian 12 with debootstrap, Xvfb
and x11-utils. Pictures and what was measured go to build/proof/.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
PROOF = ROOT / "build" / "proof"
SYSTEM = ROOT / "build" / "debian"
SUITE = "bookworm"
SEED = "001"
WINDOW_WITHIN_S = 120
STARTS = 7
DISPLAY = ":97"
_NEEDED = (
    "debootstrap",
    "Xvfb",
    "xwininfo",
    "xwd",
    "pnmtopng",
    "desktop-file-validate",
    "appstreamcli",
)


def main(package: Path) -> int:
    """Go through the life of a package; say what held, stop at the first that did not."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing or os.getuid() != 0:
        print(
            "the package was built but not proved: that needs root and, from Debian, debootstrap "
            "xvfb x11-utils x11-apps netpbm desktop-file-utils appstream"
            + (f" (missing: {', '.join(missing)})" if missing else "")
        )
        return 1
    shutil.rmtree(PROOF, ignore_errors=True)
    PROOF.mkdir(parents=True)
    try:
        prove_files(package)
        make_system()
        with mounted():
            before = system_files()
            install(package)
            prove_commands()
            prove_window()
            uninstall(before)
        compare_starts()
    except (AssertionError, subprocess.CalledProcessError, OSError) as error:
        print(f"NOT PROVED: {error}")
        return 1
    print(f"proved; pictures are in {PROOF}")
    return 0


def prove_files(package: Path) -> None:
    """Check what desktops read of the package, with their own checkers."""
    tree = PROOF / "tree"
    run("dpkg-deb", "-x", package, tree)
    share = tree / "usr" / "share"
    run("desktop-file-validate", *share.glob("applications/*.desktop"))
    run("appstreamcli", "validate", "--no-net", *share.glob("metainfo/*.xml"))
    size = package.stat().st_size
    hold(size < 200e6, f"the package has {size / 1e6:.0f} MB")
    shutil.rmtree(tree)


def make_system() -> None:
    """Make a Debian with nothing in it, once; what is tried happens in a copy."""
    base = SYSTEM.with_name("debian-base")
    if not (base / "etc" / "debian_version").exists():
        run("debootstrap", "--variant=minbase", SUITE, base)
        apt(base, "update", "-qq")
    shutil.rmtree(SYSTEM, ignore_errors=True)
    run("cp", "-a", base, SYSTEM)
    say("a fresh Debian with nothing in it")


@contextmanager
def mounted() -> Iterator[None]:
    """Give the system its /proc and /dev, and the screen's socket."""
    sockets = SYSTEM / "tmp" / ".X11-unix"
    sockets.mkdir(parents=True, exist_ok=True)
    places = [("/proc", "proc"), ("/dev", "dev"), ("/tmp/.X11-unix", "tmp/.X11-unix")]
    Path("/tmp/.X11-unix").mkdir(exist_ok=True)
    for source, place in places:
        run("mount", "--bind", source, SYSTEM / place)
    try:
        yield
    finally:
        for _, place in reversed(places):
            subprocess.run(["umount", "--lazy", SYSTEM / place], check=False)


def install(package: Path) -> None:
    """Install the package with what it depends on, as apt does for anyone."""
    shutil.copy(package, SYSTEM / "meipi.deb")
    apt(SYSTEM, "install", "-y", "-qq", "--no-install-recommends", "/meipi.deb")
    (SYSTEM / "meipi.deb").unlink()
    say("installed with what it depends on")


def prove_commands() -> None:
    """Read, keep and export the sample from the command line."""
    (seed,) = (ROOT / "seeds").glob(f"{SEED}_*")
    shutil.copy(seed, SYSTEM / "tmp" / "sample.txt")
    repaired = json.loads(inside("meipi", "repair", "--json", "/tmp/sample.txt"))
    hold(len(repaired["edits"]) > 100, f"{len(repaired['edits'])} repairs in sample {SEED}")
    library = ("--library", "/tmp/proof.meipi")
    inside("meipi", "add", "/tmp/sample.txt", *library)
    found = json.loads(inside("meipi", "entities", "/tmp/sample.txt"))["entities"]
    hold(len(found) > 20, f"{len(found)} entities in it")
    for name, place in (("jsonl", "out.jsonl"), ("w3c", "out.json"), ("xlsx", "out.xlsx")):
        inside("meipi", "export", "--format", name, "--out", f"/tmp/{place}", *library)
        hold((SYSTEM / "tmp" / place).stat().st_size > 500, f"exported as {name}")
    report = inside("meipi", "doctor", *library)
    hold("missing" not in report, "the doctor finds nothing missing")


def prove_window() -> None:
    """Open the sample in the window on a screen, and take a picture of it."""
    with screen():
        command = ["chroot", SYSTEM, "env", *_PLACE, "meipi", "/tmp/sample.txt"]
        command[3:3] = [f"DISPLAY={DISPLAY}", "MEIPI_HOME=/tmp/home"]
        with started(command) as program:
            name = wait_for_window(
                lambda name: "sample" in name or "Meipi" in name or "眉批" in name
            )
            hold(program.poll() is None, f"the window is open: {name}")
            until(lambda: _is_kept("天津"), "the sample did not come into the library")
            say("the sample is in its library and is found")
            time.sleep(10)  # its entities arrive behind the page
            take_picture(PROOF / "window.png")


def take_picture(path: Path) -> None:
    """Keep what is on the screen."""
    taken = ["xwd", "-root", "-silent", "-display", DISPLAY]
    plain = subprocess.run(taken, check=True, capture_output=True).stdout
    for program in ("xwdtopnm", "pnmtopng"):
        plain = subprocess.run([program], input=plain, check=True, capture_output=True).stdout
    path.write_bytes(plain)


def _is_kept(words: str) -> bool:
    if not (SYSTEM / "tmp" / "home" / "library.meipi").exists():
        return False
    try:
        return bool(inside("meipi", "search", words, "--library", "/tmp/home/library.meipi"))
    except OSError:
        return False  # not yet


def uninstall(before: set[str]) -> None:
    """Remove the package; nothing of it may stay."""
    apt(SYSTEM, "purge", "-y", "-qq", "meipi")
    left = {place for place in system_files() - before if "meipi" in place.lower()}
    left -= {place for place in left if place.startswith(("tmp/", "var/cache/", "var/log/"))}
    hold(not left, f"uninstalled, nothing stayed{': ' + ', '.join(sorted(left)) if left else ''}")


def compare_starts() -> None:
    """Time the way to the window on the screen, packaged and not, turn by turn."""
    packaged, plain = [], []
    ways = (([ROOT / "build" / "dist" / "meipi" / "meipi"], packaged),)
    ways += (([sys.executable, "-m", "meipi"], plain),)
    with screen():
        for _ in range(STARTS + 1):  # the first of each fills the caches
            for command, times in ways:
                times.append(time_to_window(command))
    ours, other = statistics.median(packaged[1:]), statistics.median(plain[1:])
    said = f"window after {ours * 1000:.0f} ms, unpackaged {other * 1000:.0f} ms"
    hold(ours <= 1.3 * other, f"{said}: {ours / other:.2f} times")


def time_to_window(command: Sequence[object]) -> float:
    """Return the seconds from the start of a program to its window on the screen."""
    home = PROOF / "home"
    shutil.rmtree(home, ignore_errors=True)
    environment = {**os.environ, "DISPLAY": DISPLAY, "MEIPI_HOME": str(home)}
    environment.pop("QT_QPA_PLATFORM", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    with started(command, env=environment):
        wait_for_window(bool)
        passed = time.perf_counter() - began
        time.sleep(3)  # let it build what is behind the window, and leave the screen empty again
    return passed


@contextmanager
def started(
    command: Sequence[object], *, env: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program meanwhile, and end it however that went."""
    with subprocess.Popen([str(word) for word in command], env=env) as program:
        try:
            yield program
        finally:
            program.terminate()
            try:
                program.wait(20)
            except subprocess.TimeoutExpired:
                program.kill()


@contextmanager
def screen() -> Iterator[None]:
    """Show windows on a virtual screen."""
    command = ["Xvfb", DISPLAY, "-screen", "0", "1600x1000x24", "-noreset", "-nolisten", "tcp"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            until(lambda: _windows() is not None, "the virtual screen did not start")
            yield
        finally:
            server.terminate()


def wait_for_window(is_ours: Callable[[str], object]) -> str:
    """Return the name of the window as soon as it is there."""
    names: list[str] = []

    def there() -> bool:
        names[:] = [name for name in _windows() or [] if is_ours(name)]
        return bool(names)

    until(there, "no window appeared")
    return names[0]


def _windows() -> list[str] | None:
    """Return the names of what is on the screen; none where there is no screen."""
    command = ["xwininfo", "-root", "-tree", "-display", DISPLAY]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        return None
    # A window that is mapped and larger than the helpers that Qt keeps out of sight.
    return [
        line.split('"')[1]
        for line in done.stdout.splitlines()
        if '"meipi"' in line.partition(": (")[2] and _is_large(line)
    ]


def _is_large(line: str) -> bool:
    sizes = [word for word in line.split() if "x" in word and "+" in word]
    return any(int(word.split("x")[0]) > 200 for word in sizes if word.split("x")[0].isdigit())


def until(holds: Callable[[], object], otherwise: str) -> None:
    """Wait until something holds. Raises ``AssertionError`` when it does not for too long."""
    end = time.monotonic() + WINDOW_WITHIN_S
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(otherwise)
        time.sleep(0.005)


def system_files() -> set[str]:
    """Return the places of all files of the system but for what the kernel shows there."""
    found = subprocess.run(
        ["find", SYSTEM, "-xdev", "-path", SYSTEM / "proc", "-prune", "-o", "-print"],
        check=True,
        capture_output=True,
        text=True,
    )
    return {line.removeprefix(f"{SYSTEM}/") for line in found.stdout.splitlines()}


_PLACE = ("LANG=C.UTF-8", "HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin")


def inside(*command: str) -> str:
    """Run a command in the system and return what it says."""
    done = subprocess.run(
        ["chroot", SYSTEM, "env", "-i", *_PLACE, *command],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise OSError(f"{' '.join(command)}: {done.stderr.strip()[-2000:]}")
    return done.stdout


def apt(system: Path, *words: str) -> None:
    """Run apt-get in a system."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("chroot", system, "apt-get", *words, env=environment)


def run(*command: object, env: dict[str, str] | None = None) -> None:
    """Run a command; what it says is shown where it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, check=False, capture_output=True, text=True, env=env)
    if done.returncode:
        raise OSError(f"{' '.join(words)}: {(done.stdout + done.stderr).strip()[-2000:]}")


def hold(is_so: object, what: str) -> None:
    """Say what holds, or stop."""
    if not is_so:
        raise AssertionError(what)
    say(what)


def say(what: str) -> None:
    """Say a thing that held."""
    print(f"  held  {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
