"""First frame, page scroll and resize of the text view, against a QPlainTextEdit whose
QSyntaxHighlighter puts the same entities on the same text."""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tests.bench.measure import Row, prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit, QWidget

    from meipi.core.document import Structure
    from meipi.core.entity import Mention
    from meipi.ui.reader.view import ReaderView

    Edit = TypeVar("Edit", QPlainTextEdit, QTextEdit)

_SIZES = (("0.1 MB", 100_000), ("1 MB", 1_000_000), ("20 MB", 20_000_000))
WINDOW = (900, 860)
_PAGES = 60
_RIVAL = "QPlainTextEdit + QSyntaxHighlighter"
_RICH = "QTextEdit + QSyntaxHighlighter"
_RICH_SIZE = 1_000_000
"""With twenty times as much it takes minutes."""


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
    _ours(app, sample(20_000))  # loads the fonts and fills the glyph cache for both
    rows = []
    for name, size in _SIZES:
        text = sample(size)
        ours, rival = _ours(app, text), _rival(app, text, new_plain())
        what = f"reader {name}: first frame"
        rows += [
            Row(what, ours.first, rival.first, "ms", _RIVAL),
            *([Row(what, ours.first, _rich(app, text), "ms", _RICH)] if size <= _RICH_SIZE else []),
            Row(f"reader {name}: page, median", ours.page, rival.page, "ms", _RIVAL),
            Row(f"reader {name}: page, 95th percentile", ours.worst, rival.worst, "ms", _RIVAL),
            Row(f"reader {name}: resize", ours.resize, rival.resize, "ms", _RIVAL),
        ]
    return [*rows, _from_disk(app)]


def _from_disk(app: QApplication) -> Row:
    """Measure from a file of 20 MB to its first page; what is read behind it is not waited for."""
    from meipi.sources import head, read_file
    from meipi.ui.reader.content import ReaderContent, plain_structure

    view = new_view()
    view.resize(*WINDOW)
    view.show()
    app.processEvents()
    times = []
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        path = Path(file.name)
        path.write_text(sample(20_000_000).text, encoding="utf-8")
        for _ in range(7):
            start = time.perf_counter()
            text = head(read_file(path), name=path.name).text
            view.set_document(ReaderContent(text, plain_structure(text)))
            view.viewport().repaint()
            times.append((time.perf_counter() - start) * 1000)
    view.close()
    view.deleteLater()
    return Row(
        "reader 20 MB: from the disk to its first page",
        statistics.median(times),
        100,
        "ms",
        "wanted",
    )


@cache
def sample(size: int) -> Sample:
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

    view = new_view()

    def load() -> None:
        view.set_document(ReaderContent(sample.text, sample.structure))
        view.set_entities(sample.mentions)

    def page() -> None:
        view.scroll_pixels(WINDOW[1] - 40)

    return _measure(app, view, load, page)


def new_view() -> ReaderView:
    """Return a text view as the window has it, without a dictionary of words."""
    from meipi.ui.reader.view import ReaderView

    view = ReaderView(cut=lambda text: [text])
    view.set_reading_size(19)
    return view


def new_plain() -> QPlainTextEdit:
    """Return the rival for long plain texts, in the same face and size."""
    from PySide6.QtWidgets import QPlainTextEdit

    return _dressed(QPlainTextEdit())


def _dressed(edit: Edit) -> Edit:
    from meipi.ui.fonts import reading_font

    edit.setFont(reading_font(19))
    edit.setReadOnly(True)
    return edit


def _rival(app: QApplication, sample: Sample, edit: QPlainTextEdit) -> Figures:
    kept = []

    def load() -> None:
        edit.setPlainText(sample.text)
        kept.append(highlighter(edit, sample.mentions))

    def page() -> None:
        bar = edit.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())

    return _measure(app, edit, load, page)


def _rich(app: QApplication, sample: Sample) -> float:
    """Return the first frame of the widget that can show all we show; the rest takes too long."""
    from PySide6.QtWidgets import QTextEdit

    edit = _dressed(QTextEdit())
    edit.resize(*WINDOW)
    edit.show()
    app.processEvents()
    start = time.process_time()
    edit.setPlainText(sample.text)
    kept = highlighter(edit, sample.mentions)
    edit.viewport().repaint()
    first = (time.process_time() - start) * 1000
    edit.close()
    edit.deleteLater()
    del kept
    return first


def highlighter(edit: QWidget, mentions: tuple[Mention, ...]) -> object:
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
    widget.resize(*WINDOW)
    widget.show()
    app.processEvents()

    def painted(work: Callable[[], None]) -> float:
        start = time.process_time()
        work()
        widget.viewport().repaint()
        return (time.process_time() - start) * 1000

    first = painted(load)
    for _ in range(200):  # what a view does in idle time is done before scrolling is measured
        app.processEvents()
    pages = sorted(painted(page) for _ in range(_PAGES))
    resize = painted(lambda: widget.resize(WINDOW[0] - 60, WINDOW[1]))
    widget.close()
    widget.deleteLater()
    app.processEvents()
    return Figures(first, statistics.median(pages), pages[int(_PAGES * 0.95)], resize)
