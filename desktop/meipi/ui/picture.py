"""The window as a picture, which stands where the true widgets are a moment later.

Nothing of ours is imported for it: widgets, style and words take twice as long to be there as Qt
itself. The picture is drawn by the very `Front` that replaces it, out of the same values, so that
nothing moves then. It holds for one state of library, settings and screen. It takes no key and no
click: `meipi.ui.start` builds the rest before it lets one pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QWidget

from meipi import __version__
from meipi.services.glimpse import load_picture, save_picture

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QSize
    from PySide6.QtGui import QPaintEvent

    from meipi.ui.front import Front
    from meipi.ui.presenters.glimpse import Glimpse

_FORMAT = QImage.Format.Format_RGB32


class Picture(NamedTuple):
    """A window: its pixels, its ground, what it is called and where it stands."""

    pixels: memoryview
    """What ``image`` is drawn from, which Qt does not copy."""
    image: QImage
    ground: str
    title: str
    geometry: str


class PictureView(QWidget):
    """Shows a picture where it fits, and its ground elsewhere."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture = picture
        self.setAccessibleName(picture.title)

    def paintEvent(self, event: QPaintEvent) -> None:
        image, painter = self._picture.image, QPainter(self)
        fits = image.devicePixelRatio() == self.devicePixelRatioF()
        if fits and image.deviceIndependentSize().toSize() == self.size():
            painter.drawImage(0, 0, image)
        else:
            painter.fillRect(self.rect(), QColor(self._picture.ground))
        painter.end()


def kept_picture(library: Path, look: list[object]) -> Picture | None:
    """Return the picture of the window over ``library``, if it is still true."""
    kept = load_picture(library, look)
    try:
        return None if kept is None else _picture(*kept)
    except (ValueError, LookupError, TypeError):
        return None


def keep_picture(
    library: Path, look: list[object], front: Front, glimpse: Glimpse, size: QSize
) -> None:
    """Keep how ``front``, a window of its own that nobody sees, shows ``glimpse``.

    ``size`` is that of a window that fills the screen; others say it in what is kept of them.
    """
    from PySide6.QtCore import Qt

    window = front.window
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    if window.windowState() != Qt.WindowState.WindowNoState:  # no manager gives it its size
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(size)
    window.show()
    window.settle_layout()
    front.show_last(glimpse)
    window.settle_layout()
    image = window.grab().toImage().convertToFormat(_FORMAT)
    said = {
        "width": image.width(),
        "height": image.height(),
        "ratio": image.devicePixelRatio(),
        "ground": front.appearance.theme.panel.name(),
        "title": window.windowTitle(),
        "geometry": front.settings.get("window_geometry"),
    }
    save_picture(library, look, said, bytes(image.constBits()))
    window.hide()
    window.deleteLater()


def _picture(said: dict[str, Any], pixels: memoryview) -> Picture:
    width, height = said["width"], said["height"]
    if len(pixels) != 4 * width * height:
        raise ValueError(len(pixels))
    image = QImage(pixels, width, height, 4 * width, _FORMAT)
    image.setDevicePixelRatio(said["ratio"])
    return Picture(pixels, image, said["ground"], said["title"], said["geometry"])


def system_look() -> list[object]:
    """Return what the window's look hangs on besides the settings, before it is dressed.

    The ground says whether the system is dark: to ask it for that reads in all names of `Qt`.
    """
    screen = QGuiApplication.primaryScreen()
    return [
        __version__,
        qVersion(),
        QGuiApplication.platformName(),
        QGuiApplication.palette().window().color().name(),
        QLocale.system().name(),
        screen.logicalDotsPerInch(),
    ]
