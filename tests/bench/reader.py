"""First frame, page scroll and resize of the text view, against a QPlainTextEdit whose
QSyntaxHighlighter puts the same entities on the same text."""

from __future__ import annotations

import os
import random
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.bench.measure import Row, prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication, QWidget

    from meipi.core.document import Structure
    from meipi.core.entity import Mention

_SIZES = (("0.1 MB", 100_000), ("1 MB", 1_000_000), ("20 MB", 20_000_000))
_WINDOW = (900, 860)
_PAGES = 60
_RIVAL = "QPlainTextEdit + QSyntaxHighlighter"


@dataclass(frozen=True)
class Sample:
    """A text of short paragraphs with an entity every eleven characters."""

    text: str
    structure: Structure
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Figures:
    """Milliseconds; ``page`` and ``worst`` are median and 95th percentile of page scrolls."""

    first: float
    page: float
    worst: float
    resize: float


def run() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    _ours(app, _sample(20_000))  # loads the fonts and fills the glyph cache for both
    rows = []
    for name, size in _SIZES:
        sample = _sample(size)
        ours, rival = _ours(app, sample), _rival(app, sample)
        rows += [
            Row(f"reader {name}: first frame", ours.first, rival.first, "ms", _RIVAL),
            Row(f"reader {name}: page, median", ours.page, rival.page, "ms", _RIVAL),
            Row(f"reader {name}: page, 95th percentile", ours.worst, rival.worst, "ms", _RIVAL),
            Row(f"reader {name}: resize", ours.resize, rival.resize, "ms", _RIVAL),
        ]
    return rows


def _sample(size: int) -> Sample:
    """Cut news into paragraphs of 20 to 150 characters until they make ``size`` UTF-8 bytes."""
    from meipi.core.document import Block, Role, Structure
    from meipi.core.entity import EntityType, Mention
    from meipi.core.spans import Span

    chooser = random.Random(1)  # noqa: S311 - no secret, the same text every run
    source = prose(20_000).replace("\n", "")
    parts, blocks, at, written = [], [], 0, 0
    while written < size:
        start, length = chooser.randrange(len(source) - 150), chooser.randrange(20, 150)
        part = source[start : start + length]
        parts.append(part)
        blocks.append(Block(Span(at, at + length), Role.PARAGRAPH))
        at, written = at + length + 1, written + len(part.encode()) + 1
    text = "\n".join(parts)
    types = (EntityType.LOC, EntityType.TIME, EntityType.WORK)
    mentions = tuple(
        Mention(Span(i, i + 4), types[i % 3], text[i : i + 4], "", "bench")
        for i in range(0, len(text) - 4, 11)
    )
    return Sample(text, Structure(tuple(blocks)), mentions)


def _ours(app: QApplication, sample: Sample) -> Figures:
    from meipi.ui.reader.content import ReaderContent
    from meipi.ui.reader.view import ReaderView

    view = ReaderView(cut=lambda text: [text])
    view.set_reading_size(19)

    def load() -> None:
        view.set_document(ReaderContent(sample.text, sample.structure))
        view.set_entities(sample.mentions)

    def page() -> None:
        view.scroll_pixels(_WINDOW[1] - 40)

    return _measure(app, view, load, page)


def _rival(app: QApplication, sample: Sample) -> Figures:
    from PySide6.QtWidgets import QPlainTextEdit

    from meipi.ui.fonts import reading_font

    edit = QPlainTextEdit()
    edit.setFont(reading_font(19))
    edit.setReadOnly(True)
    highlighter = []

    def load() -> None:
        edit.setPlainText(sample.text)
        highlighter.append(_highlighter(edit, sample.mentions))

    def page() -> None:
        bar = edit.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())

    return _measure(app, edit, load, page)


def _highlighter(edit: QWidget, mentions: tuple[Mention, ...]) -> object:
    from bisect import bisect_left

    from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat

    starts = [mention.span.start for mention in mentions]
    underline = QTextCharFormat()
    underline.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    underline.setUnderlineColor(QColor("#4A7318"))

    class Highlighter(QSyntaxHighlighter):
        def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
            first = self.currentBlock().position()
            for start in starts[
                bisect_left(starts, first) : bisect_left(starts, first + len(text))
            ]:
                self.setFormat(start - first, 4, underline)

    made = Highlighter(edit.document())
    made.rehighlight()
    return made


def _measure(
    app: QApplication, widget: QWidget, load: Callable[[], None], page: Callable[[], None]
) -> Figures:
    widget.resize(*_WINDOW)
    widget.show()
    app.processEvents()

    def painted(work: Callable[[], None]) -> float:
        start = time.perf_counter()
        work()
        widget.viewport().repaint()
        return (time.perf_counter() - start) * 1000

    first = painted(load)
    for _ in range(200):  # what a view does in idle time is done before scrolling is measured
        app.processEvents()
    pages = sorted(painted(page) for _ in range(_PAGES))
    resize = painted(lambda: widget.resize(_WINDOW[0] - 60, _WINDOW[1]))
    widget.close()
    widget.deleteLater()
    app.processEvents()
    return Figures(first, statistics.median(pages), pages[int(_PAGES * 0.95)], resize)
