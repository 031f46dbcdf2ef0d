"""An entity across a large library: its page, its counts and a correction of its name everywhere.

A thousand documents with two hundred mentions each. The rival keeps the mentions of a document as
one JSON text and reads through all of them.
"""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import Row, seconds

from meipi.core.document import Block, Decoded, Role, Structure
from meipi.core.entity import EntityName, EntityType, Mention
from meipi.core.reading import Prepared
from meipi.core.repairs import Repaired
from meipi.core.spans import Span
from meipi.core.textmap import TextMap
from meipi.library import naming, queries
from meipi.services.storing import describe, store_document
from meipi.services.workspace import Workspace

if TYPE_CHECKING:
    from meipi.library.transaction import Transaction

DOCUMENTS, MENTIONS, NAMES = 1_000, 200, 5_000
_CHOOSER = random.Random(7)  # noqa: S311 - no secret, the same library every run
KNOWN = [
    "".join(chr(0x4E00 + _CHOOSER.randrange(3_000)) for _ in range(2)) + "区" for _ in range(NAMES)
]
WANTED = EntityName(EntityType.LOC, KNOWN[7])
Found = tuple[str, tuple[Mention, ...]]


def run() -> list[Row]:
    made = [_document(_CHOOSER, number) for number in range(DOCUMENTS)]
    with tempfile.TemporaryDirectory() as folder:
        with Workspace.open(Path(folder) / "large.meipi", in_process=True) as workspace:
            workspace.submit(lambda transaction: _fill(transaction, made)).result()
            workspace.flush()
            page = seconds(lambda: workspace.entities.page(WANTED), repeat=7)
            counting = seconds(lambda: workspace.entities.counts(WANTED), repeat=7)
            document = workspace.documents.cards()[0].id
            elsewhere = seconds(lambda: workspace.entities.elsewhere(document), repeat=7)
            correcting, everywhere = _correcting(workspace)
        rival = _Rival(Path(folder) / "rival.sqlite", made)
        scanning = seconds(rival.page, repeat=3)
        rewriting = seconds(rival.correct, repeat=3)
        rival.close()
    named = sum(mention.canonical == WANTED.name for _, found in made for mention in found)
    what = f"naming: {named} of {DOCUMENTS * MENTIONS} mentions"
    scan, rewrite = "JSON, all read", "JSON, all rewritten"
    return [
        Row(f"{what}, its page", page * 1e3, scanning * 1e3, "ms", scan),
        Row("naming: in which documents, how often", counting * 1e3, scanning * 1e3, "ms", scan),
        Row("naming: counts elsewhere of a document", elsewhere * 1e3, scanning * 1e3, "ms", scan),
        Row("naming: correct a name, on disk", correcting * 1e3, rewriting * 1e3, "ms", rewrite),
        Row(
            "naming: and counted anew in every document",
            everywhere * 1e3,
            rewriting * 1e3,
            "ms",
            rewrite,
        ),
    ]


def _document(chooser: random.Random, number: int) -> Found:
    """Return a text of names, half of the mentions being of a hundredth of the names."""
    parts, mentions, at = [], [], 0
    for place in range(MENTIONS):
        rank = chooser.randrange(50) if chooser.random() < 0.5 else chooser.randrange(NAMES)
        name = KNOWN[rank]
        before = f"第{number}篇第{place}处提到"
        after = "。\n" if place % 10 == 9 else "，" if place % 3 else "。"
        start = at + len(before)
        mentions.append(
            Mention(Span(start, start + len(name)), EntityType.LOC, name, name, "model")
        )
        parts.append(f"{before}{name}{after}")
        at += len(parts[-1])
    return "".join(parts), tuple(mentions)


def _fill(transaction: Transaction, made: list[Found]) -> None:
    for number, (text, mentions) in enumerate(made):
        repaired = Repaired(text, (), TextMap.identity(len(text)))
        blocks = (Block(Span(0, len(text)), Role.PARAGRAPH),)
        date = f"{2000 + number % 25}-{1 + number % 12:02}-01"
        structure = Structure(blocks, title=f"第{number}篇", date=date)
        prepared = Prepared(Decoded(text, "utf-8"), repaired, structure)
        data = text.encode()
        sha256 = hashlib.sha256(data).hexdigest()
        document = describe(prepared, name=f"{number}.txt", sha256=sha256)
        reading = store_document(transaction, document, data, prepared)
        queries.put_mentions(transaction.connection, reading, mentions)
        naming.mark_found(transaction.connection, reading)


def _correcting(workspace: Workspace, *, repeat: int = 3) -> tuple[float, float]:
    """Return the seconds until a correction is on disk, and until all is counted anew."""
    written, counted = [], []
    for _ in range(repeat):
        start = time.perf_counter()
        workspace.correcting.never(WANTED.name).result()
        written.append(time.perf_counter() - start)
        workspace.flush()
        counted.append(time.perf_counter() - start)
        workspace.history.undo().result()
        workspace.flush()
    return statistics.median(written), statistics.median(counted)


class _Rival:
    """The mentions of each document as one JSON text."""

    def __init__(self, path: Path, made: list[Found]) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute("CREATE TABLE documents (text TEXT, mentions TEXT)")
        rows = [
            (text, json.dumps([(m.span.start, m.span.end, m.type, m.canonical) for m in found]))
            for text, found in made
        ]
        self._connection.executemany("INSERT INTO documents VALUES (?, ?)", rows)
        self._connection.commit()

    def page(self) -> tuple[list[str], Counter[str]]:
        lines, company = [], Counter[str]()
        for text, packed in self._connection.execute("SELECT text, mentions FROM documents"):
            mentions = json.loads(packed)
            for start, end, _, name in mentions:
                if name == WANTED.name:
                    lines.append(text[max(0, start - 40) : end + 40])
                    close = (m[3] for m in mentions if abs(m[0] - start) < 60)
                    company.update(close)
        return lines, company

    def correct(self) -> None:
        changed = []
        for row, packed in self._connection.execute("SELECT rowid, mentions FROM documents"):
            kept = [mention for mention in json.loads(packed) if mention[3] != WANTED.name]
            changed.append((json.dumps(kept), row))
        with self._connection:
            self._connection.executemany(
                "UPDATE documents SET mentions = ? WHERE rowid = ?", changed
            )

    def close(self) -> None:
        self._connection.close()
