"""Full-text search for Chinese: a word a character, phrases for queries, folded on both sides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.core.errors import ErrorCode, LibraryError
from meipi.core.fold import fold
from meipi.core.spans import Span
from meipi.core.turns import in_turns
from meipi.library import lookup
from meipi.library.readings import UNREADABLE, load_text
from meipi.library.schema import INDEX_VERSION

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from meipi.core.reading import Prepared

SLICE = 50_000
"""Characters indexed at once: a long text must not keep the writer from the next annotation."""

_OVERLAP = 200
"""Characters two slices share, so that no phrase falls between them."""

_UNPLANNED = -1
"""The end of a slice that stands for a reading whose slices are yet to be planned."""

_WORD = re.compile(r"[^\W_\u2e80-\U0003ffff]+|(?!_)[\u2e80-\U0003ffff](?<=\w)")
_TERM = re.compile(r'["“「]([^"”」]+)["”」]|(\S+)')
_GAP = r"[\W_]*"
"""What may stand between the words of a phrase: marks, blanks and the line breaks of a page."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document and some places in its reading text, in order."""

    document: str
    title: str
    text: str
    spans: tuple[Span, ...]


def plan_slices(text: str) -> Iterator[Span]:
    """Yield the parts in which ``text`` is indexed, cut where a line ends if one does."""
    start = 0
    while start < len(text):
        limit = start + SLICE
        if limit >= len(text):
            yield Span(start, len(text))
            return
        line_end = text.rfind("\n", start + _OVERLAP + 1, limit)
        end = limit if line_end < 0 else line_end + 1
        yield Span(start, end)
        start = end - _OVERLAP


def add_slices(connection: sqlite3.Connection, number: int, reading: Prepared) -> None:
    """Plan the index of a reading and index its beginning; the rest waits for `index_next`."""
    connection.executemany(
        'INSERT INTO slices (reading, start, "end", indexed) VALUES (?, ?, ?, 0)',
        [(number, part.start, part.end) for part in plan_slices(reading.repaired.text)],
    )
    row = connection.execute(
        "SELECT * FROM slices WHERE reading = ? ORDER BY id LIMIT 1", (number,)
    ).fetchone()
    if row is not None:
        _index(connection, row, reading)


def ensure_slices(connection: sqlite3.Connection, number: int, reading: Prepared) -> None:
    """Plan the index of a reading unless it has one."""
    if not connection.execute("SELECT 1 FROM slices WHERE reading = ?", (number,)).fetchone():
        add_slices(connection, number, reading)


def index_next(connection: sqlite3.Connection, load: Callable[[int], Prepared]) -> bool:
    """Index one slice that waits; say whether there was one. ``load`` gives a reading."""
    row = connection.execute(
        "SELECT * FROM slices WHERE NOT indexed ORDER BY id LIMIT 1"
    ).fetchone()
    if row is None:
        return False
    try:
        reading = load(row["reading"])
    except LibraryError as error:
        if error.code is not ErrorCode.LIBRARY_DAMAGED:
            raise
        # A damaged text holds nothing up; `meipi doctor` makes it again.
        connection.execute("UPDATE slices SET indexed = 1 WHERE id = ?", (row["id"],))
        return True
    if row["end"] == _UNPLANNED:
        connection.execute("DELETE FROM slices WHERE id = ?", (row["id"],))
        add_slices(connection, row["reading"], reading)
    else:
        _index(connection, row, reading)
    return True


def waiting(connection: sqlite3.Connection) -> int:
    """Return how many slices are not indexed yet."""
    return int(connection.execute("SELECT count(*) FROM slices WHERE NOT indexed").fetchone()[0])


def rebuild(connection: sqlite3.Connection) -> None:
    """Empty the index and have it made anew, a document an act, for the reading of each."""
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    connection.execute("DELETE FROM slices")
    connection.execute("DELETE FROM paragraphs")
    connection.execute(
        'INSERT INTO slices (reading, start, "end", indexed) SELECT reading, 0, ?, 0 '
        "FROM documents WHERE reading IN (SELECT id FROM readings) ORDER BY added, id",
        (_UNPLANNED,),
    )
    connection.execute(
        "INSERT INTO meta (name, value) VALUES ('index_version', ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (INDEX_VERSION,),
    )


def is_current(connection: sqlite3.Connection) -> bool:
    """Say whether the index was built with this version's folding."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'index_version'").fetchone()
    return row is not None and row["value"] == INDEX_VERSION


def words_of(text: str) -> list[str]:
    """Split ``text`` into the words of the index.

    >>> words_of("DNA存儲，2025年")
    ['dna', '存', '储', '2025', '年']
    """
    return [found[0] for found in in_turns(_WORD.finditer(fold(text)), piece=1_000)]


_PIECE = 100
"""Words of a phrase looked up at once; no slice need hold more than the overlap."""


def match_of(words: list[str]) -> list[str]:
    """Return the FTS5 phrases that a text with ``words`` in a row holds."""
    return [_phrase(words[at : at + _PIECE]) for at in range(0, len(words), _PIECE)]


def pattern_of(words: list[str]) -> str:
    """Return the expression that finds ``words`` in a row in a folded text."""
    return _pattern(words)


def find(connection: sqlite3.Connection, query: str) -> Iterator[Found]:
    """Yield where the documents that hold every term of ``query`` hold one, part by part.

    The document read last comes first. Terms are set apart by blanks; quotation marks keep a
    phrase with blanks together. Nothing is looked up before it is asked for.
    """
    terms = _words_of_terms(query)
    if not terms:
        return
    phrases = [phrase for words in terms for phrase in match_of(words)]
    pattern = re.compile("|".join(f"(?:{_pattern(words)})" for words in terms))
    whole = any(len(words) > _PIECE for words in terms)
    for document in lookup.holding(connection, phrases, _finder(connection, terms)):
        try:
            text = load_text(connection, document.reading)
        except UNREADABLE:  # one damaged text hides no other; `meipi doctor` makes it again
            continue
        short = whole or len(text) <= SLICE
        parts = (Span(0, len(text)),) if short else _parts(connection, document.reading, phrases)
        seen = 0
        for part in parts:
            folded = fold(part.slice(text))
            places = (match.span() for match in pattern.finditer(folded))
            spans = [Span(start, end).shift(part.start) for start, end in places]
            # Parts may overlap; a place in both belongs to the first.
            fresh = tuple(span for span in spans if span.start >= seen)
            if fresh:
                seen = fresh[-1].end
                yield Found(document.id, document.title, text, fresh)


_SURE = 16
"""Characters of a passage looked up: parts of the index overlap by more."""


def documents_with(connection: sqlite3.Connection, text: str) -> frozenset[str] | None:
    """Return the documents that may hold ``text``; nothing where the index cannot tell.

    A word of letters may be looked for by a part of it, which the index does not know.
    """
    sought = text.strip()[:_SURE]
    words = words_of(sought)
    if not words or sought[0].isascii() or sought[-1].isascii():
        return None
    if waiting(connection):
        return None
    return frozenset(one.id for one in lookup.all_holding(connection, [_phrase(words)]))


def count(connection: sqlite3.Connection, query: str) -> int:
    """Return how many documents hold every term of ``query``."""
    terms = _words_of_terms(query)
    phrases = [phrase for words in terms for phrase in match_of(words)]
    return sum(1 for _ in lookup.all_holding(connection, phrases)) if phrases else 0


def _finder(connection: sqlite3.Connection, terms: list[list[str]]) -> Callable[[int], bool]:
    """Return what says whether the text of a reading holds every term."""
    patterns = [re.compile(_pattern(words)) for words in terms]

    def holds(reading: int) -> bool:
        try:
            folded = fold(load_text(connection, reading))
        except UNREADABLE:
            return False
        return all(pattern.search(folded) for pattern in patterns)

    return holds


def _words_of_terms(query: str) -> list[list[str]]:
    return [words for words in map(words_of, _terms(query)) if words]


def _parts(connection: sqlite3.Connection, reading: int, phrases: list[str]) -> Iterator[Span]:
    """Yield the parts of a long text that hold a term."""
    rows = connection.execute(
        'SELECT s.start, s."end" FROM search JOIN slices s ON s.id = search.rowid '
        "WHERE search MATCH ? AND s.reading = ? ORDER BY s.start",
        (" OR ".join(phrases), reading),
    )
    for row in rows:
        yield Span(row["start"], row["end"])


def _terms(query: str) -> Iterator[str]:
    for quoted, plain in _TERM.findall(query):
        yield quoted or plain


def _phrase(words: list[str]) -> str:
    """Return the FTS5 phrase; a word of letters or digits at its end may go on (`DN` finds DNA)."""
    return '"' + " ".join(words) + '"' + ("*" if _is_run(words[-1]) else "")


def _pattern(words: list[str]) -> str:
    head = r"(?<![^\W_\u2e80-\U0003ffff])" if _is_run(words[0]) else ""
    return head + _GAP.join(map(re.escape, words))


def _is_run(word: str) -> bool:
    return word[0] < "\u2e80"


def _index(connection: sqlite3.Connection, row: sqlite3.Row, reading: Prepared) -> None:
    """Index the words of a slice, and where its paragraphs begin."""
    body = " ".join(words_of(reading.repaired.text[row["start"] : row["end"]]))
    connection.execute("INSERT INTO search (rowid, body) VALUES (?, ?)", (row["id"], body))
    starts = (block.span.start for block in reading.structure.blocks)
    connection.executemany(
        "INSERT OR IGNORE INTO paragraphs (reading, start) VALUES (?, ?)",
        [(row["reading"], start) for start in starts if row["start"] <= start < row["end"]],
    )
    connection.execute("UPDATE slices SET indexed = 1 WHERE id = ?", (row["id"],))
