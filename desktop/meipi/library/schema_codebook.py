"""Rules of tags, attributes with their values, tags of whole documents, states of annotations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from meipi.core.attributes import CERTAINTIES, CERTAINTY, Kind, Subject

if TYPE_CHECKING:
    from sqlite_utils import Database

_KEY = "REFERENCES {table}(id) DEFERRABLE INITIALLY DEFERRED"


def attribute_tables(db: Database) -> None:
    """Add the tables and columns; `certainty` is an attribute every library has."""
    for column in ("examples", "include", "exclude"):
        db.execute(f"ALTER TABLE tags ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE annotations ADD COLUMN status TEXT NOT NULL DEFAULT ''")
    # Names of the columns that the reader wrote over: reading a document again leaves them.
    db.execute("ALTER TABLE documents ADD COLUMN edited TEXT NOT NULL DEFAULT ''")
    _definitions(db)
    _values(db)
    _document_tags(db)


def _definitions(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE attributes (
            id TEXT PRIMARY KEY,
            subject TEXT NOT NULL,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            choices TEXT NOT NULL,
            position INTEGER NOT NULL
        )
        """
    )
    db.execute(
        "INSERT INTO attributes (id, subject, name, kind, choices, position) "
        "VALUES (?, ?, ?, ?, ?, 0)",
        (CERTAINTY, Subject.ANNOTATION, CERTAINTY, Kind.CHOICE, json.dumps(CERTAINTIES)),
    )


def _values(db: Database) -> None:
    # Of an annotation's value the document is kept too: questions are asked by document.
    db.execute(
        f"""
        CREATE TABLE attribute_values (
            id TEXT PRIMARY KEY,
            attribute TEXT NOT NULL {_KEY.format(table="attributes")},
            document TEXT NOT NULL {_KEY.format(table="documents")},
            annotation TEXT {_KEY.format(table="annotations")},
            value TEXT NOT NULL
        )
        """
    )
    db.table("attribute_values").create_index(["attribute", "value"])
    db.table("attribute_values").create_index(["document"])
    db.execute(
        "CREATE INDEX idx_attribute_values_annotation ON attribute_values (annotation) "
        "WHERE annotation IS NOT NULL"
    )


def _document_tags(db: Database) -> None:
    db.execute(
        f"""
        CREATE TABLE document_tags (
            id TEXT PRIMARY KEY,
            document TEXT NOT NULL {_KEY.format(table="documents")},
            tag TEXT NOT NULL {_KEY.format(table="tags")},
            coder TEXT NOT NULL,
            created TEXT NOT NULL
        )
        """
    )
    db.table("document_tags").create_index(["document"])
    db.table("document_tags").create_index(["tag"])
