"""Chinese faces: the system's where it has one, the packaged Noto where it has none."""

from __future__ import annotations

import sys
from functools import cache
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase

from meipi.ui.theme import Theme

Face = Literal["reading", "ui"]

# Unhinted glyphs are kept at four fractions of a pixel: on X11 and Wayland that doubles the time
# of every page not seen before (18 ms against 9). Elsewhere hinting would bring bitmap faces.
_HINTING = (
    QFont.HintingPreference.PreferFullHinting
    if sys.platform.startswith("linux")
    else QFont.HintingPreference.PreferNoHinting
)


def reading_font(px: float, *, bold: bool = False) -> QFont:
    """Return the reading face (a Songti) at ``px`` pixels."""
    return _font("reading", px, bold=bold)


def ui_font(px: float, *, bold: bool = False) -> QFont:
    """Return the face of everything around the text (a Heiti) at ``px`` pixels."""
    return _font("ui", px, bold=bold)


def for_paper(font: QFont) -> None:
    """Give ``font`` the widths of paper, and only letters that can be copied out of a PDF.

    Noto sets figures after Latin letters in a form of its own (locl) for which there is no code.
    """
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("locl"), 0)


def _font(face: Face, px: float, *, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(_families(face)))
    font.setPixelSize(max(1, round(px)))
    font.setBold(bold)
    # Thickened faces grow wider when hinted, and headings are too few to cost time.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting if bold else _HINTING)
    return font


@cache
def _families(face: Face) -> tuple[str, ...]:
    """Return the faces to try: the preferred ones installed, else the packaged one."""
    wanted: tuple[str, ...] = getattr(Theme.load("light").type, face)
    installed = set(QFontDatabase.families())
    found = tuple(family for family in wanted if family in installed)
    return found or _packaged(face)


def _packaged(face: Face) -> tuple[str, ...]:
    """Load the packaged font and return its families."""
    import pylopdf_fonts_zh_cn as packaged

    path = packaged.serif_path() if face == "reading" else packaged.sans_path()
    number = QFontDatabase.addApplicationFont(str(path))
    return tuple(QFontDatabase.applicationFontFamilies(number))
