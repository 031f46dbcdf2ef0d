"""Pieces the page of an entity is made of: lists, links, rows, what scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from meipi.ui.models.rows import RowsModel
from meipi.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence


def scrolling_page(parent: QWidget, lowest: int) -> QWidget:
    """Fill ``parent`` with a page that scrolls where it has less room than ``lowest``.

    So it is where words are large and the window is small.
    """
    inside, scroll = QWidget(parent), QScrollArea(parent)
    inside.setMinimumHeight(lowest)
    inside.setProperty("part", "page")
    scroll.setWidget(inside)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    around = QVBoxLayout(parent)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(scroll)
    return inside


def row_of_widgets(spacing: int, *widgets: QWidget) -> QHBoxLayout:
    """Return ``widgets`` side by side."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    return row


def paper_list(parent: QWidget) -> tuple[RowList, RowsModel]:
    """Return a list on the ground of the page, and its rows."""
    view = RowList(parent)
    view.setProperty("part", "onpaper")
    model = RowsModel(view)
    view.setModel(model)
    return view, model


def link(parent: QWidget) -> QToolButton:
    """Return a button that looks like a link."""
    button = QToolButton(parent)
    button.setProperty("part", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def under(above: Sequence[QWidget | None], widget: QWidget) -> QVBoxLayout:
    """Return ``widget`` under a row of others, nothing among them being room."""
    column, row = QVBoxLayout(), QHBoxLayout()
    column.setSpacing(8)
    for one in above:
        if one is None:
            row.addStretch(1)
        else:
            row.addWidget(one)
    column.addLayout(row)
    column.addWidget(widget, 1)
    return column
