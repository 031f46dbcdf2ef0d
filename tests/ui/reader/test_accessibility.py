"""What a screen reader is told."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

from meipi.core.spans import Span
from meipi.ui.reader.accessibility import AccessibleReader
from meipi.ui.reader.view import ReaderView

BOUNDARY = QAccessible.TextBoundaryType


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
    kinds = [kind for kind in QAccessible.InterfaceType if kind.name != "TextInterface"]
    assert all(isinstance(interface.interface_cast(kind), Shiboken.VoidPtr) for kind in kinds)


def test_the_text_on_screen_is_read(text):
    assert text.text(0, 4) == "天津宝坻"
    assert text.characterCount() > 100


def test_the_caret_is_told_and_can_be_set(reader, text):
    text.setCursorPosition(6)
    assert text.cursorPosition() == 6
    assert reader.selection() == Span(6, 6)


def test_the_selection_is_told_and_can_be_set(reader, text):
    text.setSelection(0, 2, 5)
    assert reader.selection() == Span(2, 5)
    assert (text.selectionCount(), text.selection(0)) == (1, (2, 5))
    text.removeSelection(0)
    assert text.selectionCount() == 0


def test_characters_have_places_that_lead_back_to_them(text):
    rect = text.characterRect(3)
    assert rect.width() > 10
    assert text.offsetAtPoint(rect.topLeft() + rect.center() - rect.center()) in (3, 4)


@pytest.mark.parametrize(
    ("boundary", "unit"),
    [
        (BOUNDARY.CharBoundary, "召"),
        (BOUNDARY.WordBoundary, "召开"),
        (BOUNDARY.SentenceBoundary, "天津市召开宝坻区新闻发布会,介绍高质量发展情况。"),
    ],
)
def test_units_around_a_character_are_read(text, boundary, unit):
    at = text.text(0, 200).index("召开")
    assert text.textAtOffset(at, boundary)[0] == unit


def test_the_next_word_is_read(text):
    at = text.text(0, 200).index("召开")
    assert text.textAfterOffset(at, BOUNDARY.WordBoundary)[0] == "宝坻区"
    assert text.textBeforeOffset(at, BOUNDARY.WordBoundary)[0] == "天津市"


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
