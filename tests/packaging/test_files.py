"""What desktops, shells and people read of an installed program."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from meipi.cli import COMMANDS
from meipi.library.schema import APPLICATION_ID

if TYPE_CHECKING:
    from types import ModuleType

LINUX = Path(__file__).resolve().parents[2] / "packaging" / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def test_the_desktop_entry_starts_the_program_on_files() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string((LINUX / "meipi.desktop").read_text("utf-8"))
    fields = entry["Desktop Entry"]
    assert fields["Exec"] == "meipi %F"
    assert fields["Name[zh_CN]"] == "眉批"
    assert "application/x-meipi-library" in fields["MimeType"].split(";")


def test_the_appstream_data_names_the_desktop_entry_and_the_version(building: ModuleType) -> None:
    component = ET.fromstring(building._metainfo())  # noqa: S314 - our own
    assert component.findtext("launchable") == "meipi.desktop"
    release = component.find("releases/release")
    assert release is not None
    assert release.get("version") == building.version()


def test_a_library_is_known_by_its_name_and_by_what_it_begins_with() -> None:
    kinds = ET.parse(LINUX / "meipi-mime.xml").getroot()  # noqa: S314 - our own
    kind = kinds.find(f"{MIME}mime-type")
    assert kind is not None
    glob, mark = kind.find(f"{MIME}glob"), kind.find(f".//{MIME}match/{MIME}match")
    assert glob is not None
    assert mark is not None
    assert glob.get("pattern") == "*.meipi"
    assert mark.get("offset") == "68"
    assert str(mark.get("value")).encode() == APPLICATION_ID.to_bytes(4, "big")


def test_the_manual_names_every_command(building: ModuleType) -> None:
    pytest.importorskip("argparse_manpage")
    pytest.importorskip("shtab")
    page = building.manual()
    assert page.startswith(".TH MEIPI")
    for name in COMMANDS:
        assert f"meipi {name}" in page.replace("\\", "")


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_completion_knows_every_command(building: ModuleType, shell: str) -> None:
    pytest.importorskip("shtab")
    text = building.completion(shell)
    for name in COMMANDS:
        assert name in text


def test_a_shell_reads_the_completion_and_completes(building: ModuleType, tmp_path: Path) -> None:
    pytest.importorskip("shtab")
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash here")
    script = tmp_path / "meipi"
    script.write_text(building.completion("bash"), encoding="utf-8")
    asked = (
        f"source {script}; COMP_WORDS=(meipi expo); COMP_CWORD=1; "
        "$(complete -p meipi | sed 's/.*-F \\([^ ]*\\) .*/\\1/'); echo ${COMPREPLY[@]}"
    )
    done = subprocess.run([bash, "-c", asked], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["export"], done.stderr


def test_the_icon_is_drawn_in_every_size(
    building: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qapp: object
) -> None:
    from PySide6.QtGui import QImage

    monkeypatch.setattr(building, "ICONS", tmp_path)
    building.draw_icons()
    for size in building.SIZES:
        picture = QImage(str(tmp_path / f"{size}.png"))
        assert (picture.width(), picture.height()) == (size, size)
        assert picture.pixelColor(size // 2, size // 2).alpha() > 0
    assert not QImage(str(tmp_path / "meipi.ico")).isNull()
    container = (tmp_path / "meipi.icns").read_bytes()
    assert container[:4] == b"icns"
    assert int.from_bytes(container[4:8], "big") == len(container)
