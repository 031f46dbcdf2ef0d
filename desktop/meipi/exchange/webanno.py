"""WebAnno TSV 3.3 for WebAnno and INCEpTION: an archive of one table a document.

A mark lies on tokens and on parts of tokens. Blanks before the first sentence do not get through,
nor do those at the ends of marks.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from meipi.core.offsets import Utf16Map
from meipi.exchange.conll_tokens import cut_words, sentences
from meipi.exchange.flat import FlatDocument, FlatSet, Mark, Parsed
from meipi.exchange.flat_format import Flat, Keeps
from meipi.exchange.loss import Facet, LossItem
from meipi.exchange.refusal import Refused
from meipi.exchange.trimming import blank, trim, trimmed, trims
from meipi.exchange.uima_types import ANNOTATION, ENTITY
from meipi.exchange.webanno_read import document_of
from meipi.exchange.webanno_table import (
    FORMAT as HEAD,
)
from meipi.exchange.webanno_table import (
    VERSION,
    Layer,
    Row,
    Value,
    write_sentence,
)
from meipi.exchange.zipped import SIDE, Archive, Names, decoded, pack, side_facts, side_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from meipi.core.spans import Span

LAYERS = (
    Layer("T_SP", ENTITY, ("identifier", "value")),
    Layer("T_SP", ANNOTATION, ("coder", "created", "meipiId", "modified", "note", "tag")),
)
_EMPTY = Value(None, 0, "_")


def write(chosen: FlatSet) -> Iterator[bytes]:
    """Yield the archive."""
    return pack(_members(chosen))


def _members(chosen: FlatSet) -> Iterator[tuple[str, Iterable[str]]]:
    names, facts = Names(), dict[str, dict[str, str]]()
    for flat in chosen.documents:
        stem = names.free(flat.name)
        facts[stem] = side_facts(flat)
        yield f"{stem}.tsv", table(flat)
    yield SIDE, [side_file(facts)]


def table(flat: FlatDocument) -> Iterator[str]:
    """Yield the table of a document."""
    yield f"{HEAD}{VERSION}\n"
    yield from (f"{layer.line()}\n" for layer in LAYERS)
    yield "\n"
    units = Utf16Map(flat.text)
    marks = sorted(flat.marks, key=lambda mark: (mark.span.start, -mark.span.end))
    numbers = count(1)
    open_marks: list[tuple[Mark, int]] = []
    at = number = 0
    for sentence in sentences(flat.text, [mark.span for mark in marks]):
        tokens = [token.shift(sentence.start) for token in cut_words(sentence.slice(flat.text))]
        if not tokens:
            continue
        number += 1
        open_marks = [one for one in open_marks if one[0].span.end > sentence.start]
        while at < len(marks) and marks[at].span.start < sentence.end:
            open_marks.append((marks[at], next(numbers)))
            at += 1
        # A sentence begins with its first token: blanks before it would move all that follows.
        text = flat.text[tokens[0].start : sentence.end]
        rows = _rows(flat.text, number, tokens, open_marks, units)
        yield from write_sentence(text.split("\n"), (), rows)


def _rows(
    text: str,
    sentence: int,
    tokens: Sequence[Span],
    marks: Sequence[tuple[Mark, int]],
    units: Utf16Map,
) -> Iterator[Row]:
    at = 0
    active: list[tuple[Mark, int]] = []
    for number, token in enumerate(tokens, 1):
        while at < len(marks) and marks[at][0].span.start < token.end:
            active.append(marks[at])
            at += 1
        active = [one for one in active if one[0].span.end > token.start]
        parts: dict[Span, list[tuple[Mark, int]]] = {token: []}
        for mark, key in active:
            part = token.clip(mark.span)
            if part is not None:
                parts.setdefault(part, []).append((mark, key))
        order = sorted(parts, key=lambda span: (span != token, span.start, -span.end))
        for place, part in enumerate(order):
            yield Row(
                sentence,
                number,
                f".{place}" if place else "",
                units.to_utf16(part.start),
                units.to_utf16(part.end),
                part.slice(text),
                tuple(_cells(parts[part])),
            )


def _cells(marks: Sequence[tuple[Mark, int]]) -> Iterator[tuple[Value, ...]]:
    """Yield the cells of a row. Every mark is numbered, even where it need not be."""
    for layer in LAYERS:
        inside = [(m, key) for m, key in marks if m.entity == (layer.type == ENTITY)]
        for feature in layer.features:
            values = tuple(Value(_feature(mark, feature), key) for mark, key in inside)
            yield values or (_EMPTY,)


def _feature(mark: Mark, name: str) -> str | None:
    said = {
        "identifier": mark.canonical,
        "value": mark.label,
        "coder": mark.coder,
        "created": mark.created,
        "meipiId": mark.id,
        "modified": mark.modified,
        "note": mark.note,
        "tag": mark.label,
    }
    return said[name] or None


def parse(stream: BinaryIO) -> Parsed:
    """Read an archive of tables, or one bare."""
    start = stream.read(2)
    stream.seek(0)
    if start != b"PK":
        return Parsed([document_of(decoded(stream.read(_MAX + 1)), "webanno.tsv", {})])
    archive = Archive(stream)
    members = [name for name in archive.names if name.endswith(".tsv")]
    if not members and not archive.ours:
        raise Refused("not_this", format="WebAnno TSV 3")
    return Parsed(_documents(archive, members))


_MAX = 1 << 28


def _documents(archive: Archive, members: Iterable[str]) -> Iterator[FlatDocument]:
    facts = archive.side()
    for name in members:
        known = facts.get(name.removesuffix(".tsv"), {})
        yield document_of(archive.text(name), name.rpartition("/")[2], known)


def _fitted(flat: FlatDocument) -> FlatDocument:
    """Return ``flat`` without the blanks that get lost; its offsets stay."""
    lead = len(flat.text) - len(flat.text.lstrip())
    text = "" if lead == len(flat.text) else "\n" * lead + flat.text[lead:]
    marks = tuple(replace(mark, quote=None) for mark in trim(flat).marks)
    return replace(flat, text=text, marks=marks)


def _losses(chosen: FlatSet) -> Iterator[LossItem]:
    for flat in chosen.documents:
        lead = flat.text[: len(flat.text) - len(flat.text.lstrip())]
        if lost := sum(one != "\n" for one in lead) or (lead == flat.text and len(lead)):
            yield LossItem(Facet.BLANKS, "document", flat.id, flat.title or flat.name, int(lost))
    yield from trims(chosen)


FORMAT = Flat(
    name="webanno",
    label_zh="WebAnno TSV 3.3(INCEpTION)",
    label_en="WebAnno TSV 3.3 (INCEpTION)",
    suffix=".webanno.zip",
    keeps=Keeps(
        mark=frozenset({"id", "note", "coder", "created", "modified", "entity", "canonical"}),
        document=frozenset({"text", "name", "id", "sha256", "title"}),
        left_out=lambda flat: {
            at: Facet.EMPTY_SPAN
            for at, mark in enumerate(flat.marks)
            if blank(flat.text, trimmed(flat.text, mark.span))
        },
        reshape=_fitted,
        empty=False,
    ),
    write=write,
    parse=parse,
    recognises=lambda head: head.startswith(HEAD.encode()),
    recognises_names=lambda names: any(name.endswith(".tsv") for name in names),
    more_items=_losses,
).format()
