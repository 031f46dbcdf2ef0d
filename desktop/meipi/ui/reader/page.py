"""Where the text column and the margin stand in a viewport, and how each role is set. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from meipi.core.document import Role

if TYPE_CHECKING:
    from meipi.ui.theme import Space, TypeScale

PAGE_TOP = 36
"""Paper above the first line."""
PAGE_BOTTOM = 96
"""Paper below the last line."""
MARGIN_GAP = 22
"""Between the text and a card of the margin: the connector's length."""
_SIDE = 44
_SIDE_NARROW = 28
_RIGHT_OF_MARGIN = 20
_LEAST_EM = 26
"""With less text than this beside it the margin folds into marks."""
_NARROW = 600


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """The page in viewport pixels; ``margin_width`` is 0 where the margin is folded."""

    em: int
    left: int
    width: int
    margin_left: int
    margin_width: int

    @property
    def right(self) -> int:
        """The right edge of the text column."""
        return self.left + self.width


def page_geometry(viewport: int, em: int, scale: TypeScale, space: Space) -> PageGeometry:
    """Fit the page into ``viewport`` pixels; the column is a whole number of characters wide."""
    measure = scale.measure_em * em
    beside = viewport - _SIDE - space.margin_width - _RIGHT_OF_MARGIN
    if beside >= _LEAST_EM * em:
        width = min(measure, beside // em * em)
        free = viewport - width - space.margin_width - _RIGHT_OF_MARGIN
        left = max(_SIDE, free // 2)
        margin = left + width + MARGIN_GAP
        return PageGeometry(em, left, width, margin, space.margin_width - MARGIN_GAP)
    side = _SIDE if viewport > _NARROW else _SIDE_NARROW
    width = min(measure, max(4, (viewport - 2 * side) // em) * em)
    left = max(side // 2, (viewport - width) // 2)
    return PageGeometry(em, left, width, left + width + 8, 0)


@dataclass(frozen=True, slots=True)
class RowStyle:
    """How a row is set; ``scale`` is relative to the reading size, lengths are in its em."""

    face: Literal["reading", "ui"] = "reading"
    scale: float = 1.0
    leading: float = 1.75
    bold: bool = False
    soft: bool = False
    justified: bool = True
    indent: float = 0.0
    hanging: bool = False
    above: float = 0.0
    below: float = 0.35


FOLD_STYLE = RowStyle(face="ui", scale=0.68, soft=True, justified=False, indent=1.0, above=0.15)


def row_styles(scale: TypeScale) -> dict[Role, RowStyle]:
    """Return the style of every role, with the proportions of ``scale``."""
    leading, gap = scale.leading, scale.paragraph_gap_em
    indent = scale.paragraph_indent_em
    return {
        Role.TITLE: RowStyle(
            scale=scale.title_scale, leading=1.38, bold=True, justified=False, below=0.42
        ),
        Role.BYLINE: RowStyle(
            face="ui", scale=0.7, leading=1.7, soft=True, justified=False, below=0.3
        ),
        Role.HEADING: RowStyle(
            scale=scale.heading_scale,
            leading=1.5,
            bold=True,
            justified=False,
            above=0.7,
            below=0.25,
        ),
        Role.RUN_IN_HEADING: RowStyle(
            bold=True, leading=leading, indent=indent, justified=False, above=0.35, below=gap
        ),
        Role.PARAGRAPH: RowStyle(leading=leading, indent=indent, below=gap),
        Role.CAPTION: RowStyle(scale=0.84, leading=1.6, soft=True, justified=False, below=0.5),
        Role.LIST_ITEM: RowStyle(leading=leading, indent=1.0, hanging=True, below=0.15),
        Role.BOILERPLATE: RowStyle(scale=0.88, leading=1.6, soft=True, indent=1.14, below=0.1),
    }


def heading_scale(style: RowStyle, level: int) -> RowStyle:
    """Return the style of a heading of ``level``: below the first a little smaller each."""
    if level < 2:
        return style
    return replace(style, scale=max(1.0, style.scale - 0.07 * (level - 1)))
