"""A library as large as one likes: documents of news sentences with names of their own, annotated.

``python -m tests.bench.corpus PATH DOCUMENTS`` makes one; ``MEIPI_BENCH_DOCUMENTS`` is how many the
benches make where nobody says so.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import distinct_prose

from meipi.core._fold_table import SIMPLIFIED, TRADITIONAL
from meipi.core.anchors import make_anchor
from meipi.core.annotation import Annotation, Tag
from meipi.core.document import Block, Decoded, Document, Role, Structure
from meipi.core.reading import Prepared
from meipi.core.repairs import Repaired
from meipi.core.spans import Span
from meipi.core.textmap import TextMap
from meipi.library.opening import connect, prepare_file
from meipi.library.rows import annotation_row, tag_row
from meipi.library.transaction import Transaction, put_row
from meipi.services.storing import store_document

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

DOCUMENTS = int(os.environ.get("MEIPI_BENCH_DOCUMENTS", "100000"))
LENGTH = 1_400
EACH = 10
"""Annotations of a document."""
TAGS = 200
_TO_TRADITIONAL = str.maketrans(SIMPLIFIED, TRADITIONAL)
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建国志文海云龙飞翔宇晨曦梦瑶"


@dataclass(frozen=True)
class Made:
    """What stands in the library, to ask rivals the same of."""

    document: str
    title: str
    text: str
    annotations: tuple[Annotation, ...]


def fill(
    path: Path,
    documents: int = DOCUMENTS,
    *,
    seed: int = 7,
    told: Callable[[Made], object] = lambda _: None,
) -> None:
    """Make a library of ``documents`` at ``path``, by the program's own writing of documents.

    ``told`` is called with each, so that a rival gets the same.
    """
    prepare_file(path)
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        tags = list(_tags())
        connection.execute("BEGIN")
        for tag in tags:
            put_row(connection, "tags", tag_row(tag))
        for number, made in enumerate(make(documents, tags, seed=seed), 1):
            _put(connection, made)
            told(made)
            if number % 2_000 == 0:
                connection.execute("COMMIT")
                connection.execute("BEGIN")
        connection.execute("COMMIT")
        connection.execute("PRAGMA optimize")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def make(documents: int, tags: list[Tag], *, seed: int = 7) -> Iterator[Made]:
    """Yield documents; the same every time."""
    chooser = random.Random(seed)  # noqa: S311 - no secret, the same every run
    sentences = [part for part in re.findall(r"[^。\n]+。", distinct_prose()) if len(part) < 200]
    weights = [1 / (rank + 1) for rank in range(len(tags))]
    for number in range(documents):
        text = _text(chooser, sentences)
        if number % 10 == 9:
            text = text.translate(_TO_TRADITIONAL)
        key = f"{number:032x}"
        chosen = chooser.choices(tags, weights, k=EACH)
        annotations = tuple(
            _annotation(chooser, f"{key[8:]}{at:08x}", key, text, tag)
            for at, tag in enumerate(chosen)
        )
        yield Made(key, f"{text[:18]}（{number}）", text, annotations)


def _text(chooser: random.Random, sentences: list[str]) -> str:
    parts: list[str] = []
    length = 0
    while length < LENGTH:
        name = chooser.choice(_SURNAMES) + "".join(chooser.choices(_GIVEN, k=2))
        sentence = chooser.choice(sentences)
        part = f"{name}说，{sentence}" if chooser.random() < 0.3 else sentence
        parts.append(part if chooser.random() < 0.75 else f"{part}\n")
        length += len(parts[-1])
    return "".join(parts)


def _annotation(chooser: random.Random, key: str, document: str, text: str, tag: Tag) -> Annotation:
    start = chooser.randrange(len(text) - 40)
    span = Span(start, start + chooser.randint(2, 30))
    note = "再看一遍" if chooser.random() < 0.05 else ""
    coder = chooser.choice(("甲", "乙"))
    day = f"2026-{chooser.randint(1, 12):02}-{chooser.randint(1, 28):02}T08:00:00.000Z"
    anchor = make_anchor(text, span, TextMap.identity(len(text)))
    return Annotation(key, document, anchor, tag.id, note, coder, day, day)


def _tags() -> Iterator[Tag]:
    for number in range(TAGS):
        parent = None if number < 20 else f"{(number - 20) // 9:032x}"
        yield Tag(f"{number:032x}", f"标签{number}", number % 10, parent=parent, position=number)


def _put(connection: sqlite3.Connection, made: Made) -> None:
    text = made.text
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(Span(at, at + len(line)), Role.PARAGRAPH))
        at += len(line) + 1
    data = text.encode()
    number = int(made.document, 16)
    date = f"{2015 + number % 11}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    document = Document(
        id=made.document,
        sha256=hashlib.sha256(data + made.document.encode()).hexdigest(),
        name=f"{number}.txt",
        added=f"2026-01-01T00:00:00.{number:09}Z",
        encoding="utf-8",
        format="text",
        title=made.title,
        date=date,
        source=f"第{number % 40}报",
        authors=(),
        region=None,
        length=len(text),
    )
    repaired = Repaired(text, (), TextMap.identity(len(text)))
    prepared = Prepared(
        Decoded(text, "utf-8"), repaired, Structure(tuple(blocks), title=made.title)
    )
    transaction = Transaction(connection)
    store_document(transaction, document, data, prepared)
    for annotation in made.annotations:
        put_row(connection, "annotations", annotation_row(annotation))


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
