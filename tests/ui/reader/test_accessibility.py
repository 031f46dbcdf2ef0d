"""What a screen reader is told."""

from __future__ import annotations

import gc
import tracemalloc

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

from meipi.core.spans import Span
from meipi.ui.reader.accessibility import AccessibleReader
from meipi.ui.reader.content import ReaderContent, plain_structure
from meipi.ui.reader.spoken import SIZE, part_around
from meipi.ui.reader.view import ReaderView


@pytest.fixture
def interface(reader):
    return QAccessible.queryAccessibleInterface(reader)


@pytest.fixture
def text(interface):
    return interface.textInterface()


def test_the_view_is_a_named_text_that_cannot_be_changed(interface):
    assert isinstance(interface, AccessibleReader)
    assert interface.text(QAccessible.Text.Name) == "正文"
    assert interface.state().readOnly
    assert interface.state().multiLine


def test_interfaces_it_does_not_have_are_empty_addresses(interface):
    offered = {"TextInterface", "AttributesInterface"}
    kinds = [kind for kind in QAccessible.InterfaceType if kind.name not in offered]
    assert all(isinstance(interface.interface_cast(kind), Shiboken.VoidPtr) for kind in kinds)


def test_the_text_on_screen_is_read(text):
    assert text.text(0, 4) == "天津宝坻"
    assert text.characterCount() > 100


def test_the_caret_is_told_and_can_be_set(reader, text):
    text.setCursorPosition(6)
    assert text.cursorPosition() == 6
    assert reader.selection() == Span(6, 6)


def test_the_selection_can_be_set(reader, text):
    text.setSelection(0, 2, 5)
    assert reader.selection() == Span(2, 5)
    text.removeSelection(0)
    assert not reader.selection()


def test_characters_have_places_that_lead_back_to_them(text):
    rect = text.characterRect(3)
    assert rect.width() > 10
    assert text.offsetAtPoint(rect.topLeft() + rect.center() - rect.center()) in (3, 4)


def test_a_long_text_is_told_in_parts_that_are_always_the_same():
    text = "天津市召开发布会。\n" * 20_000
    at, parts = 0, []
    while at < len(text):
        part = part_around(text, at)
        assert part_around(text, part.end - 1) == part
        parts.append(part)
        at = part.end
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    assert all(0 < len(part) <= 2 * SIZE for part in parts)
    assert all(text[part.start - 1] == "\n" for part in parts[1:])


def test_a_line_without_end_is_cut_somewhere():
    assert part_around("天" * (3 * SIZE), SIZE) == Span(SIZE, 2 * SIZE)


def test_no_event_and_no_question_copies_a_long_text(view):
    text = "天津市召开发布会，介绍情况。\n" * 400_000
    view.set_document(ReaderContent(text, plain_structure(text[:300])))
    told = QAccessible.queryAccessibleInterface(view).textInterface()
    told.characterCount()
    tracemalloc.start()
    for at in range(3_000_000, 3_000_050):
        view.set_selection(Span(at, at + 3))
        told.text(0, told.characterCount())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < len(text)  # a copy would take two bytes a character


def test_an_empty_view_has_no_text(view):
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    assert (text.characterCount(), text.cursorPosition(), text.text(0, -1)) == (0, 0, "")


def test_views_come_and_go_while_a_screen_reader_listens(qtbot, article):
    QAccessible.setActive(True)
    try:
        for _ in range(5):
            view = ReaderView(cut=list)
            view.set_document(article.content)
            view.show()
            QAccessible.queryAccessibleInterface(view).textInterface().text(0, 5)
            view.select(Span(3, 9))
            view.close()
            view.deleteLater()
            del view
            QApplication.sendPostedEvents(None, 0)
            gc.collect()
    finally:
        QAccessible.setActive(False)
