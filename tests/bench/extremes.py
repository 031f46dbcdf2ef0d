"""Texts and marks as they should not be: one line of a megabyte, marks upon marks; one annotation
more on a full document; and what the view takes of memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from tests.bench.measure import Row, prose
from tests.bench.reader import WINDOW, highlighter, new_plain, new_view, sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QAbstractScrollArea, QApplication

    from meipi.core.spans import Span
    from meipi.ui.reader.layers import AnnotationMark
    from meipi.ui.reader.view import ReaderView

_HIGHLIGHTED = "QPlainTextEdit + QSyntaxHighlighter"
_PAGES = 30


def run() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    return [
        *_one_line(app),
        *_every_character(app),
        *_annotations(app),
        *_one_more(app),
        _memory(),
    ]


def _one_line(app: QApplication) -> list[Row]:
    text = prose(350_000).replace("\n", "")
    view, plain = _shown(app, new_view()), _shown(app, new_plain())
    first = _painted(view, lambda: view.set_document(_content(text)))
    rival = _painted(plain, lambda: plain.setPlainText(text))
    return [
        Row("1 MB in one line: first frame", first, rival, "ms", "QPlainTextEdit, no marks"),
        Row("1 MB in one line: page, 95th percentile", _pages(view), None, "ms"),
    ]


def _every_character(app: QApplication) -> list[Row]:
    from meipi.core.entity import EntityType, Mention
    from meipi.core.spans import Span

    text = sample(1_000_000).text
    kinds = (EntityType.LOC, EntityType.TIME, EntityType.WORK)
    mentions = tuple(
        Mention(Span(at, at + 1), kinds[at % 3], text[at], "", "bench") for at in range(len(text))
    )
    view, plain = _shown(app, new_view()), _shown(app, new_plain())

    def load() -> None:
        view.set_document(_content(text))
        view.set_entities(mentions)

    def load_rival() -> None:
        plain.setPlainText(text)
        kept.append(highlighter(plain, mentions))

    kept: list[object] = []
    first, rival = _painted(view, load), _painted(plain, load_rival)
    return [
        Row("every character an entity: first frame", first, rival, "ms", _HIGHLIGHTED),
        Row("every character an entity: page, 95th percentile", _pages(view), None, "ms"),
    ]


def _annotations(app: QApplication) -> list[Row]:
    from meipi.core.spans import Span

    text = sample(100_000).text
    rows = []
    for name, spans in (
        ("10,000 annotations on a page", [Span(i % 700, i % 700 + 3) for i in range(10_000)]),
        ("200 annotations on one place", [Span(20, 40)] * 200),
    ):
        view = _shown(app, new_view())
        view.set_document(_content(text))
        marks = [_mark(number, span) for number, span in enumerate(spans)]
        first = _painted(view, partial(view.set_annotations, marks))
        again = [_painted(view, lambda v=view, by=by: v.scroll_pixels(by)) for by in (9, -9) * 9]  # type: ignore[misc]
        rows += [
            Row(f"{name}: first frame", first, None, "ms"),
            Row(f"{name}: scrolled a little", statistics.median(again), None, "ms"),
        ]
    return rows


def _one_more(app: QApplication) -> list[Row]:
    """Add an annotation to a long text that has many, change it, take it away."""
    from meipi.core.spans import Span

    long = sample(20_000_000)
    marks = [_mark(number, Span(number * 500, number * 500 + 9)) for number in range(10_000)]
    view = _shown(app, new_view())
    view.set_document(_content(long.text, long.structure))
    view.set_entities(long.mentions)
    view.set_annotations(marks)
    more = _mark(10_000, Span(40, 60))
    other = _mark(10_000, Span(40, 70))
    ways = {"added": [*marks, more], "changed": [*marks, other], "taken away": marks}
    rows = []
    for name, all_ in ways.items():
        times = [_painted(view, partial(view.set_annotations, all_)) for _ in range(9)]
        frames = statistics.median(times) * 60 / 1000
        rows.append(
            Row(f"one of 10,000 annotations {name}, painted", frames, 1.0, "frames", "one frame")
        )
    return rows


def _memory() -> Row:
    """Compare what the view takes besides the text and its spans with what a widget takes."""
    ours, rival = (
        int(
            subprocess.run(
                [sys.executable, "-m", "tests.bench.view_memory", which],
                capture_output=True,
                check=True,
                text=True,
            ).stdout
        )
        for which in ("ours", "plain")
    )
    return Row(
        "20 MB: memory besides text and spans", ours / 1024, rival / 1024, "MB", "QPlainTextEdit"
    )


def _content(text: str, structure: object = None) -> object:
    from meipi.ui.reader.content import ReaderContent, plain_structure

    return ReaderContent(text, structure or plain_structure(text))  # type: ignore[arg-type]


def _mark(number: int, span: Span) -> AnnotationMark:
    from meipi.ui.reader.layers import AnnotationMark

    return AnnotationMark(str(number), span, number % 9, "标签", note="批注" * (number % 3))


def _shown(app: QApplication, widget: QAbstractScrollArea) -> QAbstractScrollArea:
    widget.resize(*WINDOW)
    widget.show()
    app.processEvents()
    return widget


def _painted(widget: QAbstractScrollArea, work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    widget.viewport().repaint()
    return (time.process_time() - start) * 1000


def _pages(view: ReaderView) -> float:
    times = [_painted(view, lambda: view.scroll_pixels(WINDOW[1] - 40)) for _ in range(_PAGES)]
    return sorted(times)[int(_PAGES * 0.95)]
