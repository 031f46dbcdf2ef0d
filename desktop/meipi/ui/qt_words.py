"""Qt's own words, in its dialogs and the menus of its fields, in the window's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator
from PySide6.QtWidgets import QTabBar, QToolButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from meipi.ui.i18n import Language

_translator = QTranslator()


def speak(language: Language) -> bool:
    """Have Qt speak ``language``, its own English where that is asked for; say whether it does."""
    QCoreApplication.removeTranslator(_translator)
    if language == "en":
        return True
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = _translator.load("qtbase_zh_CN", folder)
    return found and QCoreApplication.installTranslator(_translator)


def rename_scroll_buttons(root: QWidget) -> None:
    """Name the buttons of tab bars in the language now spoken: Qt names them only when made."""
    for bar in root.findChildren(QTabBar):
        for side in ("Left", "Right"):
            if button := bar.findChild(QToolButton, f"Scroll{side}Button"):
                button.setAccessibleName(QCoreApplication.translate("QTabBar", f"Scroll {side}"))
