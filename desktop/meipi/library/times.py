"""Times as the library writes them: UTC, ISO 8601 with milliseconds."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """Return this moment, such as ``2026-11-22T13:41:05.123Z``."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
