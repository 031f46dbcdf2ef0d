"""Tables of coding: further passages of annotations, links between them, memos on anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def coding_tables(db: Database) -> None:
    """Make the tables; deferred keys, as everywhere under the history."""
    _parts_table(db)
    _links_table(db)
    _memos_table(db)


def _parts_table(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE annotation_parts (
            id TEXT PRIMARY KEY,
            annotation TEXT NOT NULL REFERENCES annotations(id) DEFERRABLE INITIALLY DEFERRED,
            document TEXT NOT NULL REFERENCES documents(id) DEFERRABLE INITIALLY DEFERRED,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            quote TEXT NOT NULL,
            prefix TEXT NOT NULL,
            suffix TEXT NOT NULL,
            source_start INTEGER NOT NULL,
            source_end INTEGER NOT NULL,
            state TEXT NOT NULL
        )
        """
    )
    db.table("annotation_parts").create_index(["annotation"])
    db.table("annotation_parts").create_index(["document", "start"])


def _links_table(db: Database) -> None:
    # The documents of both ends stand here too: views ask by document, and an annotation never
    # goes from one to another.
    db.execute(
        """
        CREATE TABLE links (
            id TEXT PRIMARY KEY,
            source TEXT NOT NULL REFERENCES annotations(id) DEFERRABLE INITIALLY DEFERRED,
            target TEXT NOT NULL REFERENCES annotations(id) DEFERRABLE INITIALLY DEFERRED,
            source_document TEXT NOT NULL,
            target_document TEXT NOT NULL,
            label TEXT NOT NULL,
            coder TEXT NOT NULL,
            created TEXT NOT NULL,
            modified TEXT NOT NULL
        )
        """
    )
    for column in ("source", "target", "source_document", "target_document", "label"):
        db.table("links").create_index([column])


def _memos_table(db: Database) -> None:
    # What a memo is about is a document, a tag, an entity by type and name, or the whole library.
    db.execute(
        """
        CREATE TABLE memos (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            coder TEXT NOT NULL,
            created TEXT NOT NULL,
            modified TEXT NOT NULL
        )
        """
    )
    db.table("memos").create_index(["subject"])
