"""Which of the settings a reader chooses in one place, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.services.settings import SETTINGS

if TYPE_CHECKING:
    from meipi.services.settings import Setting

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("window", ("theme", "language", "script")),
    (
        "page",
        (
            *("page_face", "reading_size", "page_measure", "page_leading", "page_paragraphs"),
            "page_spaced",
        ),
    ),
    (
        "layers",
        ("show_entities", "show_annotations", "show_repairs", "show_finds", "show_selection"),
    ),
    ("backups", ("backup_hours", "backup_hourly", "backup_daily", "backup_weekly")),
)
"""Sections and the names of their settings. Every other setting is kept by the window itself."""


def sections() -> list[tuple[str, list[Setting]]]:
    """Return the sections with their rows of the table of settings."""
    by_name = {setting.name: setting for setting in SETTINGS}
    return [(name, [by_name[one] for one in names]) for name, names in SECTIONS]
