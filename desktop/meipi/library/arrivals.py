"""Files that are still to come in, and those that could not: kept until they did."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

_NAME = "arrivals"


def load(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    """Return ``waiting``, paths, and ``refused``, of each its path, code and fields."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", [_NAME]).fetchone()
    kept = json.loads(row[0]) if row is not None else {}
    return {"waiting": kept.get("waiting", []), "refused": kept.get("refused", [])}


def keep(connection: sqlite3.Connection, kept: dict[str, list[Any]]) -> None:
    """Keep the lists; where both are empty nothing is kept."""
    if any(kept.values()):
        connection.execute(
            "INSERT INTO meta (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [_NAME, json.dumps(kept, ensure_ascii=False)],
        )
    else:
        connection.execute("DELETE FROM meta WHERE name = ?", [_NAME])
