"""What the window showed when it closed, for the next first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meipi.core.script import Script
from meipi.ui.presenters.glimpse import page_values, to_values

if TYPE_CHECKING:
    from meipi.ui.app import App


def last_seen(app: App) -> dict[str, Any] | None:
    """Return what `Front.show_last` can show again; nothing where it would first load tables."""
    if app.appearance.script is not Script.ORIGINAL:
        return None
    opened, parts = app.reading.document, app.parts
    cards = parts.library.cards
    if opened is None:
        return to_values(app.words.language, cards)
    reading = parts.reader.reading
    return to_values(
        app.words.language,
        cards,
        title=app.window.windowTitle(),
        foot=parts.foot.facts(),
        top=parts.reader.top_offset(),
        outline=opened.outline,
        page=page_values(reading.sheet.content, reading.layers, parts.reader.top_offset()),
    )
