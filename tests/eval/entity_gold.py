"""Marked texts and how finds are scored against them.

`entity_texts.json` and `entity_locked.json` hold short texts of many kinds marked
`[TYPE:words]` or, in pieces where `normal` is asked, `[TYPE:words|normal form]`; there a mark
without one expects none, and `?` is not asked. Splits: "train" (the tagger is trained with it),
"develop" (rules are made with it in view), "locked" (written before either, only ever scored).
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from meipi.core.document import Structure
from meipi.core.script import Script
from meipi.entities import find_mentions
from meipi.entities.folding import fold_text
from meipi.script import convert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from meipi.core.entity import Mention

Marked = tuple[int, int, str]

_FOLDER = Path(__file__).parent
_MARK = re.compile(r"\[([A-Z]+):([^\[\]|]*)(?:\|([^\[\]]*))?\]")
_TITLES = {"WORK", "EVENT", "POLICY"}
_WITH_FORM = ("TIME", "MONEY", "PERCENT", "QUANTITY", "LOC")


@dataclass(frozen=True)
class Piece:
    """A marked text; ``forms`` are the normal forms of its spans, none where they are not asked."""

    name: str
    text: str
    date: str | None
    spans: tuple[Marked, ...]
    forms: dict[Marked, str | None] | None


def read_marks(marked: str) -> tuple[str, list[Marked], dict[Marked, str | None]]:
    """Return the text without its marks, the marks as spans, and their normal forms.

    >>> read_marks("在[LOC:丹阳|321181]见")
    ('在丹阳见', [(1, 3, 'LOC')], {(1, 3, 'LOC'): '321181'})
    """
    parts: list[str] = []
    forms: dict[Marked, str | None] = {}
    at = length = 0
    for match in _MARK.finditer(marked):
        parts.append(marked[at : match.start()])
        length += match.start() - at
        forms[length, length + len(match[2]), match[1]] = match[3]
        parts.append(match[2])
        length += len(match[2])
        at = match.end()
    return "".join([*parts, marked[at:]]), list(forms), forms


def pieces(split: str) -> Iterator[Piece]:
    """Yield the marked texts of a split."""
    name = "entity_locked.json" if split == "locked" else "entity_texts.json"
    for row in json.loads((_FOLDER / name).read_text("utf-8")):
        if row["split"] == split:
            text, spans, forms = read_marks(row["text"])
            asked = forms if row.get("normal") else None
            yield Piece(row["name"], text, row["date"], tuple(spans), asked)


def mentions_of(text: str, date: str | None) -> tuple[Mention, ...]:
    """Return what the pipeline finds in a text published on ``date``."""
    return find_mentions(text, Structure((), date=date))


def spans_of(mentions: Iterable[Mention]) -> list[Marked]:
    """Return mentions as (start, end, type)."""
    return [(m.span.start, m.span.end, str(m.type)) for m in mentions]


def one_type(spans: Iterable[Marked]) -> set[Marked]:
    """Return spans with facilities counted as places."""
    return {(start, end, "LOC" if kind == "FAC" else kind) for start, end, kind in spans}


def f1(pairs: Iterable[tuple[set[Marked], set[Marked]]]) -> dict[str, float]:
    """Return F1 by type and over all, of (predicted, gold) pairs."""
    right: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for found, gold in pairs:
        for kind in (*{span[2] for span in found | gold}, "all"):
            mine, theirs = (
                {span for span in spans if kind in (span[2], "all")} for spans in (found, gold)
            )
            right[kind] += len(mine & theirs)
            both[kind] += len(mine) + len(theirs)
    return {kind: 2 * right[kind] / total for kind, total in both.items()}


def traditional(piece: Piece) -> Piece:
    """Return a piece in traditional characters, where none are gained or lost by that."""
    text = convert(piece.text, Script.TRADITIONAL).text
    return replace(piece, text=text) if len(text) == len(piece.text) else piece


def split_scores(split: str, *, change: Callable[[Piece], Piece] | None = None) -> dict[str, float]:
    """Return F1 of a split by type, with "forms": the share of right spans with the right form.

    ``change`` is done to every piece before it is read.
    """
    pairs: list[tuple[set[Marked], set[Marked]]] = []
    right = asked = 0
    for piece in map(change, pieces(split)) if change else pieces(split):
        mentions = mentions_of(piece.text, piece.date)
        pairs.append((one_type(spans_of(mentions)), one_type(piece.spans)))
        for span, form in form_pairs(piece, mentions):
            asked += 1
            right += span == form
    scores = f1(pairs)
    return scores | ({"forms": right / asked} if asked else {})


def form_pairs(
    piece: Piece, mentions: Iterable[Mention]
) -> Iterator[tuple[str | None, str | None]]:
    """Yield (found, expected) normal forms of the spans that are right and asked for."""
    forms = piece.forms or {}
    for mention in mentions:
        span = (mention.span.start, mention.span.end, str(mention.type))
        if span[2] in _WITH_FORM and forms.get(span, "?") != "?":
            expected = forms[span]
            yield mention.normal, expected and fold_text(expected)


def documents(folder: Path) -> Iterator[tuple[str, list[Marked]]]:
    """Yield the marked documents `entities_*.json` of a folder."""
    for path in sorted(folder.glob("entities_*.json")):
        document = json.loads(path.read_text("utf-8"))
        yield document["text"], [(start, end, kind) for start, end, kind in document["entities"]]


def document_scores(folder: Path) -> dict[str, float]:
    """Return F1 of whole documents, which mark no titles: what a predicted one covers is out."""
    pairs = []
    for text, marked in documents(folder):
        found = spans_of(mentions_of(text, None))
        titles = [span for span in found if span[2] in _TITLES]
        gold = {
            (start, end, kind)
            for start, end, kind in marked
            if not any(first <= start and end <= last for first, last, _ in titles)
        }
        known = {kind for _, _, kind in gold} | {"LOC", "FAC"}
        pairs.append((one_type(s for s in found if s[2] in known), one_type(gold)))
    return f1(pairs)


def others(path: Path) -> Iterator[tuple[str, set[Marked]]]:
    """Yield the texts and names of a set in JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            yield row["text"], {(start, end, kind) for start, end, kind in row["entities"]}
