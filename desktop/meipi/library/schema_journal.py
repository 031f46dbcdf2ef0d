"""Who did what when: a journal that undo never shortens, and the coders of a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def journal_and_coders(db: Database) -> None:
    """Add the journal, fill it from the history there is, and add the coders."""
    # An act without an entry of the history put a document in, or the like.
    db.execute(
        """
        CREATE TABLE journal (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            entry INTEGER,
            way TEXT NOT NULL,
            label TEXT NOT NULL,
            fields TEXT NOT NULL,
            document TEXT,
            coder TEXT NOT NULL,
            made TEXT NOT NULL,
            origin TEXT NOT NULL
        )
        """
    )
    db.table("journal").create_index(["entry"])
    for way, where in (("do", "1"), ("undo", "undone")):
        db.execute(
            "INSERT INTO journal (entry, way, label, fields, coder, made, origin) "  # noqa: S608 - constants
            f"SELECT id, '{way}', label, fields, '', made, '' FROM history WHERE {where} "
            f"ORDER BY id {'DESC' if way == 'undo' else 'ASC'}"
        )
    db.execute(
        "CREATE TABLE coders (id TEXT PRIMARY KEY, role TEXT NOT NULL, created TEXT NOT NULL)"
    )
    _adjudications_table(db)
    # By document: what a moment of one document was is asked of a long history.
    db.execute("ALTER TABLE history_images ADD COLUMN document TEXT")
    db.execute(
        """
        UPDATE history_images SET document = CASE kind WHEN 'documents' THEN key
            ELSE coalesce(
                json_extract(coalesce(after, before), '$.document'),
                json_extract(coalesce(after, before), '$.source_document')
            ) END
        """
    )
    db.execute(
        "CREATE INDEX idx_history_images_document ON history_images (document, entry) "
        "WHERE document IS NOT NULL"
    )


def _adjudications_table(db: Database) -> None:
    # How disagreements of two coders were decided; annotations that are gone since change nothing.
    db.execute(
        """
        CREATE TABLE adjudications (
            id TEXT PRIMARY KEY,
            document TEXT NOT NULL REFERENCES documents(id) DEFERRABLE INITIALLY DEFERRED,
            first TEXT,
            second TEXT,
            verdict TEXT NOT NULL,
            layer TEXT NOT NULL,
            made TEXT NOT NULL
        )
        """
    )
    db.table("adjudications").create_index(["document"])
