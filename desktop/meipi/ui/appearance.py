"""How the window looks: theme, size, script, layers, language; all of it is kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from meipi.core.entity import EntityType
from meipi.core.script import Script
from meipi.ui.i18n import Language, language_of
from meipi.ui.reader.layers import LAYER_NAMES, LayerName
from meipi.ui.reader.setup import PageSetup
from meipi.ui.theme import THEME_NAMES, Theme, ThemeName

if TYPE_CHECKING:
    from meipi.core.errors import MeipiError
    from meipi.services.settings import Settings

SIZES = (10, 12, 13, 14, 15, 16, 17, 18, 19, 21, 23, 25, 28, 32, 38, 44, 52, 64)
"""Sizes of the text in pixels; each step is about as much to the eye."""
LAYERS = LAYER_NAMES


class Appearance(QObject):
    """Holds what was chosen; what must change listens."""

    theme_changed = Signal()
    size_changed = Signal()
    page_changed = Signal()
    script_changed = Signal()
    layers_changed = Signal()
    language_changed = Signal()
    unsaved = Signal()
    """Something was chosen that is to be written for the next time."""
    not_kept = Signal(object)
    """The error where a setting could not be written; it holds until the window closes."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._theme = Theme.load(_first_theme(settings))
        self._size: int = settings.get("reading_size")
        self._page = kept_page(settings)
        self._script = Script(settings.get("script"))
        self._layers = {layer: bool(settings.get(f"show_{layer}")) for layer in LAYERS}
        self._hidden = frozenset(EntityType(name) for name in settings.get("hidden_types"))
        self._language = _first_language(settings)
        self._warned = False
        self._follow_system()

    @property
    def theme(self) -> Theme:
        """The colours of the window."""
        return self._theme

    @property
    def size(self) -> int:
        """The size of the text in pixels."""
        return self._size

    @property
    def page(self) -> PageSetup:
        """How the page is set."""
        return self._page

    @property
    def script(self) -> Script:
        """The script the text is shown in."""
        return self._script

    @property
    def hidden_types(self) -> frozenset[EntityType]:
        """The types of entity that are not shown."""
        return self._hidden

    @property
    def language(self) -> Language:
        """The language of the window."""
        return self._language

    def zoom_fields(self) -> dict[str, int]:
        """Return the size in words' fields: pixels, and the share of the usual size."""
        usual = self._theme.type.reading_size_px
        return {"size": self._size, "percent": round(100 * self._size / usual)}

    def shows(self, layer: LayerName) -> bool:
        """Say whether ``layer`` is shown."""
        return self._layers[layer]

    def set_theme(self, name: str) -> None:
        """Choose a theme, or ``system`` to have that of the system."""
        self._keep("theme", name)
        self._theme = Theme.load(_first_theme(self._settings))
        self.theme_changed.emit()

    def next_theme(self) -> None:
        """Go to the next of the themes, and round again."""
        at = THEME_NAMES.index(self._theme.name)
        self.set_theme(THEME_NAMES[(at + 1) % len(THEME_NAMES)])

    def zoom(self, steps: int) -> None:
        """Make the text larger or smaller by ``steps``."""
        nearest = min(range(len(SIZES)), key=lambda at: abs(SIZES[at] - self._size))
        self.set_size(SIZES[min(max(0, nearest + steps), len(SIZES) - 1)])

    def reset_zoom(self) -> None:
        """Give the text its usual size."""
        self.set_size(self._theme.type.reading_size_px)

    def set_size(self, size: int) -> None:
        """Set the size of the text in pixels."""
        if size != self._size:
            self._size = size
            self._keep("reading_size", size)
            self.size_changed.emit()

    def set_page(self, page: PageSetup) -> None:
        """Set the page as ``page`` has it."""
        if page != self._page:
            self._page = page
            self.keep({f"page_{name}": value for name, value in asdict(page).items()})
            self.page_changed.emit()

    def reset_page(self) -> None:
        """Set the page as it is set for everybody, in the usual size."""
        self.set_page(PageSetup())
        self.reset_zoom()

    def set_script(self, script: Script) -> None:
        """Show the text in ``script``."""
        if script is not self._script:
            self._script = script
            self._keep("script", script.value)
            self.script_changed.emit()

    def toggle_layer(self, layer: LayerName) -> None:
        """Show ``layer`` or hide it."""
        self._layers[layer] = not self._layers[layer]
        self._keep(f"show_{layer}", self._layers[layer])
        self.layers_changed.emit()

    def set_hidden_types(self, hidden: frozenset[EntityType]) -> None:
        """Leave ``hidden`` types of entity out."""
        self._hidden = hidden
        self._keep("hidden_types", sorted(kind.value for kind in hidden))
        self.layers_changed.emit()

    def set_language(self, name: str) -> None:
        """Choose a language, or ``system`` to have that of the system."""
        self._keep("language", name)
        language = _first_language(self._settings)
        if language != self._language:
            self._language = language
            self.language_changed.emit()

    def _follow_system(self) -> None:
        """Change with the system's colours and contrast while no theme was chosen."""
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        asks = getattr(hints, "accessibility", None)  # since Qt 6.10
        if asks is not None:
            asks().contrastPreferenceChanged.connect(self._system_changed)

    def _system_changed(self) -> None:
        theme = Theme.load(_first_theme(self._settings))
        if theme is not self._theme:
            self._theme = theme
            self.theme_changed.emit()

    def keep(self, values: dict[str, object]) -> None:
        """Keep ``values`` for the next time."""
        self._settings.change(values)
        self.unsaved.emit()

    def could_not_keep(self, error: MeipiError) -> None:
        """Say once that what is chosen could not be written."""
        if not self._warned:
            self._warned = True
            self.not_kept.emit(error)

    def _keep(self, name: str, value: object) -> None:
        self.keep({name: value})


def kept_page(settings: Settings) -> PageSetup:
    """Return how the page was set last."""
    return PageSetup(**{name: settings.get(f"page_{name}") for name in asdict(PageSetup())})


def _first_theme(settings: Settings) -> ThemeName:
    chosen = settings.get("theme")
    if chosen in THEME_NAMES:
        return cast(ThemeName, chosen)
    return system_theme()


def system_theme() -> ThemeName:
    """Return the theme that the system's contrast and colours ask for."""
    hints = QGuiApplication.styleHints()
    asks = getattr(hints, "accessibility", None)  # since Qt 6.10
    if asks is not None and asks().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"


def _first_language(settings: Settings) -> Language:
    chosen = settings.get("language")
    if chosen in {"zh", "en"}:
        return cast(Language, chosen)
    return language_of(QLocale.system().name())
