"""What a library knows of its coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def known(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the role of everybody who was added as a coder."""
    return {row["id"]: row["role"] for row in connection.execute("SELECT id, role FROM coders")}


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many annotations each coder has on documents that are there."""
    rows = connection.execute(
        "SELECT coder, count(*) AS number FROM annotations "
        "WHERE document IN (SELECT id FROM documents WHERE NOT removed) GROUP BY coder"
    )
    return {row["coder"]: row["number"] for row in rows}


def renamed_rows(connection: sqlite3.Connection, coder: str) -> list[str]:
    """Return every annotation of ``coder``, those on removed documents too."""
    rows = connection.execute("SELECT id FROM annotations WHERE coder = ? ORDER BY id", (coder,))
    return [str(row["id"]) for row in rows]


def adjudicated(connection: sqlite3.Connection, layer: str) -> dict[str, str]:
    """Return the verdicts of a layer by the disagreement they decide."""
    rows = connection.execute(
        "SELECT id, verdict FROM adjudications WHERE layer = ? ORDER BY id", (layer,)
    )
    return {row["id"].removeprefix(f"{layer}:"): row["verdict"] for row in rows}
