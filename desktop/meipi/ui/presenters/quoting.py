"""A passage as it is quoted elsewhere: its words, then whence they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.ui.presenters.dates import word_date
from meipi.ui.presenters.status import paragraph_at

if TYPE_CHECKING:
    from meipi.core.spans import Span
    from meipi.ui.i18n import Words
    from meipi.ui.presenters.opened import OpenDocument


def quoted(text: str, document: OpenDocument, span: Span, words: Words) -> str:
    """Return ``text``, which is shown of ``span``, with title, source, date and paragraph."""
    structure = document.reading.structure
    title = structure.title or document.reading.document.name
    place, total = paragraph_at(document.paragraphs, span.start)
    parts = (
        words.pick(f"《{title}》", f"“{title}”"),
        structure.source,
        word_date(structure.date, words),
        words("quote.paragraph", number=place) if total else "",
    )
    source = words.pick("，", ", ").join(part for part in parts if part)
    return f"{text}\n—— {source}"
