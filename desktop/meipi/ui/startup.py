"""What is there before any window: the application and its dress.

Themes and faces are imported where they are used: the first paint may do without them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meipi.ui.theme import Theme


def bare_application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the application with its name, which is all that a picture of the window needs."""
    existing = QApplication.instance()
    application = (
        existing
        if isinstance(existing, QApplication)
        else QApplication([*(arguments or sys.argv[:1])])
    )
    application.setApplicationName("meipi")
    application.setApplicationDisplayName("")
    application.setDesktopFileName("meipi")
    return application


def make_application(arguments: Sequence[str] = (), *, font_px: int | None = None) -> QApplication:
    """Return the application, its name, style and font set."""
    from meipi.ui.fonts import ui_font
    from meipi.ui.theme import Theme

    application = bare_application(arguments)
    application.setStyle("Fusion")
    application.setFont(ui_font(font_px or Theme.load("light").type.ui_size_px))
    return application


def set_icon(application: QApplication) -> None:
    """Give every window the program's icon; to draw it takes as long as to start Qt."""
    from meipi.core.resources import resource_path

    application.setWindowIcon(QIcon(str(resource_path("icons", "meipi.svg"))))


def dress(application: QApplication, theme: Theme) -> None:
    """Give every window the colours of ``theme``; what wears them already is left alone."""
    from meipi.ui.theme import palette, stylesheet

    sheet = stylesheet(theme)
    if application.styleSheet() != sheet:
        application.setPalette(palette(theme))
        application.setStyleSheet(sheet)
