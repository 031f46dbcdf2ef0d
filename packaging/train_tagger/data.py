"""Marked sentences as the tagger will meet them: folded, cut into pieces, names as spans."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meipi.entities.cutting import cut
from meipi.entities.folding import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Name = tuple[int, int, str]

TYPES = ("PER", "LOC", "ORG")
TAGS = ("O", *(f"{place}-{kind}" for kind in TYPES for place in "BIES"))

_NAMED = {
    "PER": "PER", "LOC": "LOC", "ORG": "ORG",
    "PER.NAM": "PER", "LOC.NAM": "LOC", "GPE.NAM": "LOC", "ORG.NAM": "ORG",
}  # fmt: skip
"""UNER's and Weibo's types; what Weibo calls nominal (.NOM) is no name."""


@dataclass(frozen=True)
class Sentence:
    """A piece of folded text with its names; ``names`` is None where nobody has marked it."""

    text: str
    names: tuple[Name, ...] | None


def read_marked(path: Path) -> list[Sentence]:
    """Read JSON lines of ``text`` and ``entities`` ([start, end, type])."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [
        piece
        for row in rows
        for piece in pieces(
            row["text"],
            tuple((a, b, _NAMED[kind]) for a, b, kind in row["entities"] if kind in _NAMED),
        )
    ]


_MARK = re.compile(r"\[([A-Z]+):([^\[\]|]*)(?:\|[^\[\]]*)?\]")
_OWN = ("PER", "LOC", "FAC", "ORG")


def read_own(path: Path, split: str) -> list[Sentence]:
    """Read the pieces of one split of our own marked texts; facilities stay apart for swapping."""
    rows = json.loads(path.read_text("utf-8"))
    return [
        piece
        for row in rows
        if row["split"] == split
        for piece in pieces(*_read_marks(row["text"]))
    ]


def _read_marks(marked: str) -> tuple[str, tuple[Name, ...]]:
    """Return the text of `[TYPE:words]` marks, and the names among them."""
    text = ""
    names: list[Name] = []
    at = 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        if match[1] in _OWN:
            names.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        at = match.end()
    return text + marked[at:], tuple(names)


def read_plain(path: Path, *, limit: int, shortest: int = 12) -> list[Sentence]:
    """Read pieces of unmarked text: spread over the file, at most ``limit`` of them."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        found = [piece for line in file for piece in pieces(line.rstrip("\n"), None)]
    long = [piece for piece in found if len(piece.text) >= shortest]
    return long[:: max(1, len(long) // limit)][:limit]


def pieces(text: str, names: tuple[Name, ...] | None) -> Iterator[Sentence]:
    """Yield ``text`` folded and cut as the program does; a piece that cuts a name is left out."""
    folded = fold_text(text)
    for start, end in cut(folded):
        if names is None:
            yield Sentence(folded[start:end], None)
            continue
        touching = [name for name in names if name[0] < end and name[1] > start]
        if all(start <= a and b <= end for a, b, _ in touching):
            inside = tuple((a - start, b - start, kind) for a, b, kind in touching)
            yield Sentence(folded[start:end], inside)


def tags_of(sentence: Sentence) -> list[int]:
    """Return the number of the BIES tag of every character."""
    tags = ["O"] * len(sentence.text)
    for start, end, own in sentence.names or ():
        kind = "LOC" if own == "FAC" else own
        tags[start:end] = [f"I-{kind}"] * (end - start)
        tags[start], tags[end - 1] = f"B-{kind}", f"E-{kind}"
        if end - start == 1:
            tags[start] = f"S-{kind}"
    return [TAGS.index(tag) for tag in tags]


def names_of(tags: list[int]) -> set[Name]:
    """Return the names that a row of tag numbers spells."""
    found: set[Name] = set()
    begun: tuple[int, str] | None = None
    for at, number in enumerate(tags):
        place, _, kind = TAGS[number].partition("-")
        if place == "S":
            found.add((at, at + 1, kind))
        elif place == "E" and begun and begun[1] == kind:
            found.add((begun[0], at + 1, kind))
        if place == "B":
            begun = at, kind
        elif place != "I":
            begun = None
    return found
