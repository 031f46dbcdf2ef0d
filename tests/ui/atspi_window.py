"""The window for a client of AT-SPI: opened on a document, with a tag on its first words.

Obeys lines on standard input, so that a test can do what a reader does.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from meipi.core.spans import Span
from meipi.services.settings import Settings
from meipi.services.workspace import Workspace
from meipi.ui.app import build
from meipi.ui.startup import make_application


def main(folder: Path, document: Path) -> int:
    """Show the window until ``quit`` is read."""
    application = make_application()
    settings = Settings(folder / "settings.json")
    settings.set_all({"language": "zh", "theme": "light"})
    app = build(Workspace.open(folder / "library.meipi", in_process=True), settings)
    app.workspace.codebook.add("疑问").result()
    app.window.show()
    app.begin([document])

    def obey() -> None:
        order, _, argument = sys.stdin.readline().strip().partition(" ")
        if order == "select":
            start, end = map(int, argument.split())
            app.parts.reader.setFocus()
            app.parts.reader.select(Span(start, end))
        elif order == "keys":
            app.parts.reader.setFocus()
            QTest.keySequence(app.parts.reader, QKeySequence(argument))
        elif order == "scroll":
            app.parts.reader.scroll_pixels(float(argument))
        else:
            application.quit()
        print("done", flush=True)  # noqa: T201 - it is how the test is told

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(obey)
    code = application.exec()
    app.close()
    QApplication.processEvents()
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
