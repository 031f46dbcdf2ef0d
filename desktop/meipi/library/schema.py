"""The tables of a library, as numbered migrations: each runs in one transaction or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.library.schema_codebook import attribute_tables
from meipi.library.schema_coding import coding_tables
from meipi.library.schema_journal import journal_and_coders
from meipi.library.schema_retrieval import retrieval, retrieval_indexes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from sqlite_utils import Database

APPLICATION_ID = 0x4D656950
"""“MeiP” in the file's header, by which a library is told from any other SQLite file."""

INDEX_VERSION = "2"
"""Changes whenever folding or the splitting into words does: the index is then built anew."""


def _first_tables(db: Database) -> None:
    """Documents and their readings, the codebook, annotations, entities, search and history."""
    _document_tables(db)
    _annotation_tables(db)
    _search_tables(db)
    _history_tables(db)
    db.table("meta").create({"name": str, "value": str}, pk="name", not_null={"value"})
    db.table("meta").insert({"name": "index_version", "value": INDEX_VERSION})


def _document_tables(db: Database) -> None:
    db.table("originals").create(
        {"sha256": str, "size": int, "data": bytes}, pk="sha256", not_null={"size", "data"}
    )
    # Readings are never changed, only superseded: the history of an encoding holds numbers, not
    # texts. AUTOINCREMENT, so that no number is ever given twice.
    db.execute(
        """
        CREATE TABLE readings (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            document TEXT NOT NULL,
            confidence REAL NOT NULL,
            bom INTEGER NOT NULL,
            replaced INTEGER NOT NULL,
            repairs INTEGER NOT NULL,
            inferred INTEGER NOT NULL,
            lost INTEGER NOT NULL,
            source_text BLOB NOT NULL,
            text BLOB,
            layers BLOB NOT NULL
        )
        """
    )
    db.table("readings").create_index(["document"])
    db.table("documents").create(
        {
            "id": str,
            "sha256": str,
            "name": str,
            "added": str,
            "encoding": str,
            "format": str,
            "title": str,
            "date": str,
            "source": str,
            "authors": str,
            "region": str,
            "length": int,
            "reading": int,
            "removed": int,
        },
        pk="id",
        not_null={
            *("sha256", "name", "added", "encoding", "format", "title", "authors", "length"),
            *("reading", "removed"),
        },
        defaults={"removed": 0},
        foreign_keys=[("sha256", "originals", "sha256"), ("reading", "readings", "id")],
    )
    db.table("documents").create_index(["sha256"], unique=True)
    db.table("places").create(
        {"document": str, "opened": str, "position": int},
        pk="document",
        not_null={"position"},
        defaults={"position": 0},
        foreign_keys=[("document", "documents", "id")],
    )


def _annotation_tables(db: Database) -> None:
    # Deferred keys: undo restores rows in any order and is checked as a whole, at the commit.
    db.execute(
        """
        CREATE TABLE tags (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            color INTEGER NOT NULL,
            shortcut TEXT NOT NULL,
            definition TEXT NOT NULL,
            parent TEXT REFERENCES tags(id) DEFERRABLE INITIALLY DEFERRED,
            position INTEGER NOT NULL
        )
        """
    )
    db.execute(
        """
        CREATE TABLE annotations (
            id TEXT PRIMARY KEY,
            document TEXT NOT NULL REFERENCES documents(id) DEFERRABLE INITIALLY DEFERRED,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            quote TEXT NOT NULL,
            prefix TEXT NOT NULL,
            suffix TEXT NOT NULL,
            source_start INTEGER NOT NULL,
            source_end INTEGER NOT NULL,
            state TEXT NOT NULL,
            tag TEXT REFERENCES tags(id) DEFERRABLE INITIALLY DEFERRED,
            note TEXT NOT NULL,
            coder TEXT NOT NULL,
            created TEXT NOT NULL,
            modified TEXT NOT NULL
        )
        """
    )
    db.table("annotations").create_index(["document", "start"])
    db.table("annotations").create_index(["tag"])
    db.execute(
        """
        CREATE TABLE mentions (
            reading INTEGER NOT NULL REFERENCES readings(id),
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            type TEXT NOT NULL,
            text TEXT NOT NULL,
            canonical TEXT NOT NULL,
            "by" TEXT NOT NULL,
            normal TEXT,
            PRIMARY KEY (reading, start, "end", type)
        ) WITHOUT ROWID
        """
    )
    db.table("mentions").create_index(["canonical", "type"])
    db.table("entity_runs").create(
        {"reading": int, "found": str},
        pk="reading",
        not_null={"found"},
        foreign_keys=[("reading", "readings", "id")],
    )


def _search_tables(db: Database) -> None:
    db.table("slices").create(
        {"id": int, "reading": int, "start": int, "end": int, "indexed": int},
        pk="id",
        not_null={"reading", "start", "end", "indexed"},
        foreign_keys=[("reading", "readings", "id")],
    )
    db.table("slices").create_index(["reading"])
    # Text comes to the index as words set apart by spaces, a character a word for Chinese; Cn and
    # Co let in characters younger than the tokenizer's Unicode tables.
    db.execute(
        """
        CREATE VIRTUAL TABLE search USING fts5(
            body, content='',
            tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Cn'"
        )
        """
    )


def _history_tables(db: Database) -> None:
    db.execute(
        """
        CREATE TABLE history (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            label TEXT NOT NULL,
            fields TEXT NOT NULL,
            made TEXT NOT NULL,
            undone INTEGER NOT NULL DEFAULT 0
        )
        """
    )
    db.execute(
        """
        CREATE TABLE history_images (
            entry INTEGER NOT NULL REFERENCES history(id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            before TEXT,
            after TEXT,
            PRIMARY KEY (entry, place)
        ) WITHOUT ROWID
        """
    )


def _corrected_entities(db: Database) -> None:
    """Corrections of entities, suggestions of tags, and an index of entities to count in."""
    _correction_tables(db)
    # What is found again whenever it is needed: the mentions as corrected, by entity.
    db.execute(
        """
        CREATE TABLE entities (
            id INTEGER PRIMARY KEY,
            type TEXT NOT NULL,
            key TEXT NOT NULL,
            name TEXT NOT NULL,
            UNIQUE (type, key)
        )
        """
    )
    db.table("entities").create_index(["key"])
    db.execute(
        """
        CREATE TABLE entity_mentions (
            reading INTEGER NOT NULL REFERENCES readings(id),
            paragraph INTEGER NOT NULL,
            sentence INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            entity INTEGER NOT NULL REFERENCES entities(id),
            text TEXT NOT NULL,
            PRIMARY KEY (reading, paragraph, sentence, start)
        ) WITHOUT ROWID
        """
    )
    db.table("entity_mentions").create_index(["entity", "reading"])
    db.execute("CREATE TABLE stale_entities (reading INTEGER PRIMARY KEY REFERENCES readings(id))")
    db.execute("INSERT INTO stale_entities SELECT reading FROM entity_runs")
    db.execute("ALTER TABLE mentions ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0")


_ANCHORED = """
            document TEXT {null} REFERENCES documents(id) DEFERRABLE INITIALLY DEFERRED,
            start INTEGER {null},
            "end" INTEGER {null},
            quote TEXT {null},
            prefix TEXT {null},
            suffix TEXT {null},
            source_start INTEGER {null},
            source_end INTEGER {null},
            state TEXT {null},
"""
"""A place in a document that can be found again; of a correction by name all of it is null."""


def _correction_tables(db: Database) -> None:
    db.execute(
        f"""
        CREATE TABLE corrections (
            id TEXT PRIMARY KEY,
            rule TEXT NOT NULL,
            {_ANCHORED.format(null="")}
            name TEXT,
            type TEXT,
            target TEXT,
            target_type TEXT,
            created TEXT NOT NULL
        )
        """
    )
    db.table("corrections").create_index(["document", "start"])
    db.execute(
        f"""
        CREATE TABLE suggestions (
            id TEXT PRIMARY KEY,
            {_ANCHORED.format(null="NOT NULL")}
            tag TEXT NOT NULL REFERENCES tags(id) DEFERRABLE INITIALLY DEFERRED,
            rejected INTEGER NOT NULL,
            created TEXT NOT NULL
        )
        """
    )
    db.table("suggestions").create_index(["document", "start"])
    db.table("suggestions").create_index(["tag"])


def _decisions(db: Database) -> None:
    """Decisions on repairs, and readings made by them, which share a source text with another."""
    db.execute("ALTER TABLE readings ADD COLUMN base INTEGER REFERENCES readings(id)")
    # A row without a document holds for every one; what else is empty does not narrow it down.
    db.execute(
        """
        CREATE TABLE decisions (
            id TEXT PRIMARY KEY,
            document TEXT REFERENCES documents(id) DEFERRABLE INITIALLY DEFERRED,
            channel TEXT NOT NULL,
            source_start INTEGER,
            source_end INTEGER,
            before TEXT,
            after TEXT,
            site TEXT,
            least REAL NOT NULL,
            verdict TEXT NOT NULL,
            text TEXT NOT NULL,
            made TEXT NOT NULL
        )
        """
    )
    db.table("decisions").create_index(["document"])


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    _first_tables,
    _corrected_entities,
    _decisions,
    retrieval,
    attribute_tables,
    coding_tables,
    journal_and_coders,
    retrieval_indexes,
)
SCHEMA = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a library, or an empty file, to this schema: all or nothing."""
    from sqlite_utils import Database

    db = Database(connection)
    # Two programs may meet here: the version counts that is read under the write lock.
    connection.execute("BEGIN IMMEDIATE")
    try:
        for migration in MIGRATIONS[connection.execute("PRAGMA user_version").fetchone()[0] :]:
            migration(db)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
