"""The tables behind retrieval: saved queries, where paragraphs begin, and counts kept as we go."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

_SHOWN = "EXISTS (SELECT 1 FROM documents WHERE id = {row}.document AND NOT removed)"
_COUNT = """
INSERT INTO tag_counts (tag, uses) VALUES ({row}.tag, {by})
ON CONFLICT (tag) DO UPDATE SET uses = uses + excluded.uses;
"""
_COUNTED = f"""
CREATE TRIGGER annotation_counted AFTER INSERT ON annotations
WHEN new.tag IS NOT NULL AND {_SHOWN.format(row="new")}
BEGIN {_COUNT.format(row="new", by=1)} END;

CREATE TRIGGER annotation_uncounted AFTER DELETE ON annotations
WHEN old.tag IS NOT NULL AND {_SHOWN.format(row="old")}
BEGIN {_COUNT.format(row="old", by=-1)} END;

CREATE TRIGGER annotation_untagged AFTER UPDATE OF tag, document ON annotations
WHEN old.tag IS NOT NULL AND (old.tag, old.document) IS NOT (new.tag, new.document)
  AND {_SHOWN.format(row="old")}
BEGIN {_COUNT.format(row="old", by=-1)} END;

CREATE TRIGGER annotation_retagged AFTER UPDATE OF tag, document ON annotations
WHEN new.tag IS NOT NULL AND (old.tag, old.document) IS NOT (new.tag, new.document)
  AND {_SHOWN.format(row="new")}
BEGIN {_COUNT.format(row="new", by=1)} END;

CREATE TRIGGER document_recounted AFTER UPDATE OF removed ON documents
WHEN old.removed <> new.removed
BEGIN
    INSERT INTO tag_counts (tag, uses)
    SELECT tag, count(*) * iif(new.removed, -1, 1) FROM annotations
    WHERE document = new.id AND tag IS NOT NULL GROUP BY tag
    ON CONFLICT (tag) DO UPDATE SET uses = uses + excluded.uses;
END;
"""  # noqa: S608 - constants of this module


def retrieval(db: Database) -> None:
    """Add saved queries, paragraphs, and how often each tag is used."""
    db.execute(
        """
        CREATE TABLE queries (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            text TEXT NOT NULL,
            position INTEGER NOT NULL,
            created TEXT NOT NULL,
            modified TEXT NOT NULL
        )
        """
    )
    # Filled with the index of words, slice by slice; made again with it.
    db.execute(
        "CREATE TABLE paragraphs (reading INTEGER NOT NULL REFERENCES readings(id), "
        "start INTEGER NOT NULL, PRIMARY KEY (reading, start)) WITHOUT ROWID"
    )
    # Triggers, so that undo, imports and whatever else writes keep the counts true.
    db.execute(
        "CREATE TABLE tag_counts (tag TEXT PRIMARY KEY, uses INTEGER NOT NULL) WITHOUT ROWID"
    )
    for statement in _COUNTED.strip().split("\n\n"):
        db.execute(statement)
    recount(db.conn)
    # Covers the passages of a tag in the order of documents, and counts by tag and document.
    db.execute("DROP INDEX idx_annotations_tag")
    db.execute("CREATE INDEX annotations_of_tags ON annotations (tag, document, start)")


def retrieval_indexes(db: Database) -> None:
    """Add what leads from a reading to its document, and to the few documents that are hidden."""
    db.execute("CREATE INDEX documents_by_reading ON documents (reading)")
    db.execute("CREATE INDEX documents_removed ON documents (id) WHERE removed")


def recount(connection: sqlite3.Connection) -> None:
    """Count the uses of every tag anew."""
    connection.execute("DELETE FROM tag_counts")
    connection.execute(
        "INSERT INTO tag_counts SELECT tag, count(*) FROM annotations WHERE tag IS NOT NULL "
        "AND document IN (SELECT id FROM documents WHERE NOT removed) GROUP BY tag"
    )


def is_counted(connection: sqlite3.Connection) -> bool:
    """Say whether the counts of tags are what there is."""
    row = connection.execute(
        "SELECT 1 FROM (SELECT tag, count(*) AS uses FROM annotations WHERE tag IS NOT NULL "
        "AND document IN (SELECT id FROM documents WHERE NOT removed) GROUP BY tag) c "
        "LEFT JOIN tag_counts t ON t.tag = c.tag WHERE t.uses IS NOT c.uses "
        "UNION ALL SELECT 1 FROM tag_counts t WHERE uses <> 0 AND NOT EXISTS "
        "(SELECT 1 FROM annotations a WHERE a.tag = t.tag) LIMIT 1"
    ).fetchone()
    return row is None
