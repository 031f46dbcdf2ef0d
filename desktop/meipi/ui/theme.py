"""The visual language as values: colours, scales and spaces read from ``resources/themes``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from string import Template
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtGui import QColor, QPalette

from meipi.core.entity import EntityType
from meipi.core.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Mapping

ThemeName = Literal["light", "sepia", "dark", "contrast"]
THEME_NAMES: tuple[ThemeName, ...] = ("light", "sepia", "dark", "contrast")


@dataclass(frozen=True, slots=True)
class Mark:
    """How one kind of entity is underlined: ``straight``, ``wavy``, ``dotted`` or ``double``."""

    shape: str
    color: QColor


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Faces and proportions of type; sizes in pixels, the rest in em of the reading size."""

    reading: tuple[str, ...]
    ui: tuple[str, ...]
    reading_size_px: int
    ui_size_px: int
    measure_em: int
    leading: float
    paragraph_indent_em: float
    paragraph_gap_em: float
    title_scale: float
    heading_scale: float


@dataclass(frozen=True, slots=True)
class Space:
    """Sizes of the window's parts in pixels."""

    unit_px: int
    library_width: int
    margin_width: int
    panel_width: int
    toolbar_height: int
    row_height: int
    radius: int


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour and size the window uses.

    ``tags`` are grounds by colour index (``tag_color`` wraps around), ``repairs`` the marks
    ``proved``, ``inferred`` and ``lost``.
    """

    name: ThemeName
    paper: QColor
    ink: QColor
    ink_soft: QColor
    panel: QColor
    panel_raised: QColor
    line: QColor
    line_strong: QColor
    accent: QColor
    accent_soft: QColor
    selection: QColor
    find: QColor
    entities: Mapping[EntityType, Mark]
    tags: tuple[QColor, ...]
    repairs: Mapping[str, Mark]
    type: TypeScale
    space: Space

    @classmethod
    def load(cls, name: ThemeName) -> Theme:
        """Return the theme called ``name``; reads the tokens once."""
        return _load(name)

    @property
    def is_dark(self) -> bool:
        """Say whether ink is lighter than paper."""
        return self.name == "dark"

    def tag_color(self, index: int) -> QColor:
        """Return the ground of tag colour ``index``."""
        return self.tags[index % len(self.tags)]


@cache
def _load(name: ThemeName) -> Theme:
    tokens = tomllib.loads(resource_path("themes", "tokens.toml").read_text(encoding="utf-8"))
    mode = "light" if name == "sepia" else name
    colors = {key: QColor(value) for key, value in tokens["theme"][name].items()}
    return Theme(
        name=name,
        **colors,
        entities={EntityType(key): _mark(value, mode) for key, value in tokens["entity"].items()},
        tags=tuple(QColor(value) for value in tokens["tag"][mode]),
        repairs={key: _mark(value, mode) for key, value in tokens["repair"].items()},
        type=_filled(TypeScale, tokens["type"]),
        space=_filled(Space, tokens["space"]),
    )


def _mark(token: Mapping[str, str], mode: str) -> Mark:
    return Mark(token["shape"], QColor(token[mode]))


def _filled(kind: type[Any], values: Mapping[str, Any]) -> Any:
    """Build ``kind`` from ``values``, lists becoming tuples."""
    return kind(
        **{
            field.name: tuple(value) if isinstance(value, list) else value
            for field in fields(kind)
            for value in (values[field.name],)
        }
    )


_ROLES: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "panel"),
    (QPalette.ColorRole.WindowText, "ink"),
    (QPalette.ColorRole.Base, "panel_raised"),
    (QPalette.ColorRole.AlternateBase, "panel"),
    (QPalette.ColorRole.Text, "ink"),
    (QPalette.ColorRole.PlaceholderText, "ink_soft"),
    (QPalette.ColorRole.Button, "panel_raised"),
    (QPalette.ColorRole.ButtonText, "ink"),
    (QPalette.ColorRole.BrightText, "accent"),
    (QPalette.ColorRole.ToolTipBase, "panel_raised"),
    (QPalette.ColorRole.ToolTipText, "ink"),
    (QPalette.ColorRole.Highlight, "selection"),
    (QPalette.ColorRole.HighlightedText, "ink"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "accent"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Light, "panel_raised"),
    (QPalette.ColorRole.Midlight, "panel"),
    (QPalette.ColorRole.Mid, "line"),
    (QPalette.ColorRole.Dark, "line_strong"),
    (QPalette.ColorRole.Shadow, "line_strong"),
)
_DISABLED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def palette(theme: Theme) -> QPalette:
    """Return the palette every widget inherits."""
    result = QPalette()
    for role, name in _ROLES:
        result.setColor(role, getattr(theme, name))
    for role in _DISABLED:
        result.setColor(QPalette.ColorGroup.Disabled, role, theme.line_strong)
    return result


def stylesheet(theme: Theme) -> str:
    """Return the application's style sheet, the theme's values put in."""
    return Template(_stylesheet_source()).substitute(_values(theme))


@cache
def _stylesheet_source() -> str:
    sheets = ("window.qss", "shell.qss")
    return "\n".join(resource_path("themes", name).read_text(encoding="utf-8") for name in sheets)


def _values(theme: Theme) -> dict[str, str]:
    """Name what a style sheet may use: every colour, space and the size of the UI face."""
    colors = {
        field.name: value.name()
        for field in fields(theme)
        if isinstance(value := getattr(theme, field.name), QColor)
    }
    spaces = {field.name: str(getattr(theme.space, field.name)) for field in fields(theme.space)}
    return {**colors, **spaces, "ui_size_px": str(theme.type.ui_size_px)}
