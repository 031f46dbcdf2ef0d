"""Every layer is switched from toolbar, menu, palette and key; the theme follows the system."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from meipi.services.settings import Settings
from meipi.ui import appearance
from meipi.ui.appearance import Appearance
from meipi.ui.reader.layers import LAYER_NAMES, LayerName

if TYPE_CHECKING:
    from meipi.ui.app import App

KEYS = dict(zip(LAYER_NAMES, (getattr(Qt.Key, f"Key_{n}") for n in range(4, 9)), strict=True))


def shown(app: App, layer: LayerName) -> bool:
    return layer in app.parts.reader.reading.layers.shown


@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_a_key_hides_a_layer_and_it_stays_so_the_next_time(opened: App, layer: LayerName) -> None:
    QTest.keyClick(opened.parts.reader, KEYS[layer], Qt.KeyboardModifier.ControlModifier)
    assert not shown(opened, layer)
    assert not opened.parts.toolbar.layers[layer].isChecked()
    assert opened.settings.get(f"show_{layer}") is False
    QTest.keyClick(opened.parts.reader, KEYS[layer], Qt.KeyboardModifier.ControlModifier)
    assert shown(opened, layer)


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("layer", LAYER_NAMES)
def test_the_menu_of_the_text_switches_each_layer(opened: App, layer: LayerName) -> None:
    opened.parts.reader.context_menu_requested.emit(QPoint(0, 0), None)
    menu = next(one for one in opened.window.findChildren(QMenu) if one.isVisible())
    layers = next(action.menu() for action in menu.actions() if action.menu() is not None)
    assert isinstance(layers, QMenu)
    action = layers.actions()[LAYER_NAMES.index(layer)]
    assert action.isChecked()
    action.trigger()
    menu.close()
    assert not shown(opened, layer)


def test_layers_of_a_moment_leave_a_narrow_toolbar(opened: App) -> None:
    toolbar = opened.parts.toolbar
    assert toolbar.layers["finds"].isVisible()
    opened.window.resize(800, 700)
    assert not toolbar.layers["finds"].isVisible()
    assert toolbar.layers["entities"].isVisible()


def test_colours_follow_the_system_until_a_theme_is_chosen(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Appearance(Settings())
    monkeypatch.setattr(appearance, "system_theme", lambda: "contrast")
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert look.theme.name == "contrast"
    look.set_theme("sepia")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert look.theme.name == "sepia"


def test_a_system_that_asks_for_high_contrast_has_it(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Asks:
        def contrastPreference(self) -> object:  # noqa: N802 - Qt's name
            return Qt.ContrastPreference.HighContrast

    class Hints:
        def accessibility(self) -> Asks:
            return Asks()

        def colorScheme(self) -> object:  # noqa: N802 - Qt's name
            return Qt.ColorScheme.Dark

    monkeypatch.setattr(QGuiApplication, "styleHints", Hints)
    assert appearance.system_theme() == "contrast"
    monkeypatch.delattr(Hints, "accessibility")
    assert appearance.system_theme() == "dark"
