"""What showing twenty megabytes takes besides the text and its spans, in a process of its own.

``python -m`` this module with ``ours`` or ``plain`` prints kilobytes.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from pathlib import Path

from tests.bench.reader import WINDOW, new_plain, new_view, sample

_STATUS = Path("/proc/self/status")


def main(which: str) -> None:
    """Measure the memory in use before and after a text is shown and scrolled through a little."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from meipi.ui.reader.content import ReaderContent

    app = QApplication([])
    small, large = sample(100_000), sample(20_000_000)
    widget = new_view() if which == "ours" else new_plain()
    widget.resize(*WINDOW)
    widget.show()
    for text in (small, large):
        gc.collect()
        before = _kilobytes()
        if which == "ours":
            widget.set_document(ReaderContent(text.text, text.structure))
            widget.set_entities(text.mentions)
        else:
            widget.setPlainText(text.text)
        for _ in range(300):
            widget.viewport().repaint()
            app.processEvents()
        after = _kilobytes()
    sys.stdout.write(f"{after - before}\n")


def _kilobytes() -> int:
    match = re.search(r"VmRSS:\s*(\d+) kB", _STATUS.read_text())
    assert match
    return int(match[1])


if __name__ == "__main__":
    main(sys.argv[1])
