"""The scripts a text can be shown in."""

from __future__ import annotations

from enum import StrEnum


class Script(StrEnum):
    """How the window draws characters; the reading text itself never changes."""

    ORIGINAL = "original"
    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"
