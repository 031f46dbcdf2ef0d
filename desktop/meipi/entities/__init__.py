"""Reading text → mentions: people, organisations, places, figures, events, policies and works."""

from __future__ import annotations

from meipi.entities.pipeline import find_mentions
from meipi.entities.resolve import united_names

__all__ = ["find_mentions", "united_names"]
