"""spaCy's DocBin: tokens are characters, so that every mark falls on tokens.

Annotations are in ``doc.spans["meipi"]``, entities in ``doc.spans["entities"]``; ``doc.ents`` holds
of all that overlap the longest. Meipi does not read it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meipi.core.extras import need
from meipi.exchange.conll import overlapping
from meipi.exchange.flat_format import Flat, Keeps, Survivors
from meipi.exchange.format import Differs
from meipi.exchange.loss import Facet
from meipi.exchange.trimming import blank, trim, trimmed, trims

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from meipi.exchange.counting import SetLike
    from meipi.exchange.flat import FlatDocument, FlatSet, Mark

MODULE, EXTRA = "spacy", "spacy"
TAGS, ENTITIES = "meipi", "entities"
_CHUNK = 1 << 20


def _blank_left_out(flat: FlatDocument) -> dict[int, Facet]:
    return {
        at: Facet.EMPTY_SPAN
        for at, mark in enumerate(flat.marks)
        if blank(flat.text, trimmed(flat.text, mark.span))
    }


KEEPS = Keeps(
    mark=frozenset({"note", "entity", "id", "coder", "created", "modified"}),
    document=frozenset({"text", "id", "name"}),
    left_out=_blank_left_out,
    reshape=trim,
    empty=False,
)


def write(chosen: FlatSet) -> Iterator[bytes]:
    """Yield the file, a megabyte at a time."""
    spacy = need("spacy", EXTRA)
    tokens = need("spacy.tokens", EXTRA)
    vocabulary = spacy.blank("zh").vocab
    store = tokens.DocBin(store_user_data=True)
    for flat in chosen.documents:
        store.add(_doc(flat, tokens, vocabulary))
    data = store.to_bytes()
    yield from (data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK))


def _doc(flat: FlatDocument, tokens: Any, vocabulary: Any) -> Any:
    """Return a document in which every character but a blank after another is a token."""
    words: list[str] = []
    starts: dict[int, int] = {}
    spaces: list[bool] = []
    at = 0
    while at < len(flat.text):
        starts[at] = len(words)
        words.append(flat.text[at])
        spaces.append(flat.text[at + 1 : at + 2] == " ")
        at += 1 + spaces[-1]
    doc = tokens.Doc(vocabulary, words=words, spaces=spaces)
    doc.user_data.update({"id": flat.id, "name": flat.name})
    for key, entity in ((TAGS, False), (ENTITIES, True)):
        spans = [_span(doc, m, starts, tokens) for m in flat.marks if m.entity is entity]
        doc.spans[key] = tokens.span_group.SpanGroup(doc, name=key, spans=spans)
    lost = overlapping(flat)
    kept = [mark for number, mark in enumerate(flat.marks) if number not in lost]
    doc.ents = [_span(doc, mark, starts, tokens) for mark in kept]
    doc.user_data["marks"] = [
        [m.span.start, m.span.end, m.label, m.note, m.id, m.coder, m.created, m.modified]
        for m in flat.marks
        if not m.entity
    ]
    return doc


def _span(doc: Any, mark: Mark, starts: dict[int, int], tokens: Any) -> Any:
    first, last = starts[mark.span.start], starts[mark.span.end - 1]
    return tokens.Span(doc, first, last + 1, label=mark.label or "untagged")


def check(stream: BinaryIO, annotated: SetLike) -> None:
    """Read the file back and compare texts and spans with those of the set."""
    spacy = need("spacy", EXTRA)
    tokens = need("spacy.tokens", EXTRA)
    try:
        store = tokens.DocBin().from_bytes(stream.read())
        docs = store.get_docs(spacy.blank("zh").vocab)
    except Exception:
        raise Differs("DocBin") from None
    for flat in Survivors(annotated, KEEPS).documents:
        doc = next(docs, None)
        if doc is None or doc.text != flat.text:
            raise Differs(flat.name)
        for key, entity in ((TAGS, False), (ENTITIES, True)):
            found = sorted((s.start_char, s.end_char, s.label_) for s in doc.spans[key])
            if found != sorted(
                (m.span.start, m.span.end, m.label or "untagged")
                for m in flat.marks
                if m.entity is entity
            ):
                raise Differs(flat.name)


FORMAT = Flat(
    name="spacy",
    label_zh="spaCy DocBin",
    label_en="spaCy DocBin",
    suffix=".spacy",
    keeps=KEEPS,
    write=write,
    check=check,
    more_items=trims,
    module=MODULE,
    extra=EXTRA,
).format()
