"""CoNLL with BIOES tags, a token a line: by character, or by word as jieba cuts them.

Comments hold what the columns cannot: ``# text`` the sentence exactly (as JSON), ``# offsets`` its
place in code points. Blanks are no tokens, and of marks that overlap the longest is kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from meipi.core.spans import Span
from meipi.exchange.conll_tokens import cut_characters, cut_words, sentences
from meipi.exchange.flat import TYPES, FlatDocument, FlatSet, Mark, Parsed
from meipi.exchange.flat_format import Flat, Keeps
from meipi.exchange.json_lines import facts_of
from meipi.exchange.lines import read_all, without_nul
from meipi.exchange.loss import Facet
from meipi.exchange.records import as_span, checked_text, parse_json
from meipi.exchange.refusal import Refused
from meipi.exchange.tag_paths import escape, read_path
from meipi.exchange.trimming import trim, trimmed, trims

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    Cutter = Callable[[str], Iterator[Span]]

_UNFIT = re.compile(r"[%\s\x00-\x1f\x7f-\x9f]")
_TAG = re.compile(r"([BIESLUM])-(.+)", re.DOTALL)
_WORDS = b'# meipi = {"tokens": "words"'
_FIRST, _LAST = set("BSU"), set("ESLU")
_COMMENT = re.compile(r"# ?(newdoc|meipi|text|offsets)\b ?(?:= ?)?(.*)", re.DOTALL)
_HEAD = re.compile(rb"\A(\xef\xbb\xbf)?(#[^\n]*\n)*\S+[ \t][^\n]*(O|[BIESLUM]-\S+)\r?\n")


def encoded(label: str) -> str:
    """Return a label without blanks; `decoded` gives it back.

    >>> encoded("区域 > 协同"), encoded("a b"), decoded(encoded("区域 > 协同"))
    ('区域>协同', 'a%20b', '区域 > 协同')
    """
    short = label.replace(" > ", ">")
    whole = short if read_path(short) == label and " " not in short else label
    return _UNFIT.sub(lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), whole)


def decoded(label: str) -> str:
    """Return the path that `encoded` wrote."""
    return read_path(unquote(label))


def overlapping(flat: FlatDocument) -> dict[int, Facet]:
    """Say which marks a column cannot hold: without a tag, of blanks only, or over a longer one."""
    lost: dict[int, Facet] = {}
    taken = bytearray(len(flat.text))
    order = sorted(enumerate(flat.marks), key=lambda one: (-len(one[1].span), one[1].span))
    for at, mark in order:
        span = trimmed(flat.text, mark.span)
        if not mark.label:
            lost[at] = Facet.UNTAGGED
        elif not span:
            lost[at] = Facet.EMPTY_SPAN
        elif any(taken[span.start : span.end]):
            lost[at] = Facet.OVERLAP
        else:
            taken[span.start : span.end] = b"\1" * len(span)
    return lost


def writer(cut: Cutter, tokens: str) -> Callable[[FlatSet], Iterator[str]]:
    """Return a writer whose tokens are what ``cut`` makes of a sentence."""

    def write(chosen: FlatSet) -> Iterator[str]:
        for flat in chosen.documents:
            yield from _document(flat, cut, tokens)

    return write


def _document(flat: FlatDocument, cut: Cutter, tokens: str) -> Iterator[str]:
    marks = sorted(flat.marks, key=lambda mark: mark.span)
    facts = {"id": flat.id, "sha256": flat.sha256, "name": flat.name, "title": flat.title}
    entities = [[m.span.start, m.span.end] for m in marks if m.entity]
    yield f"# newdoc = {json.dumps(flat.name, ensure_ascii=False)}\n"
    said = {"tokens": tokens, "length": len(flat.text), "meipi": facts, "entities": entities}
    yield f"# meipi = {_json(said)}\n"
    at = 0
    for sentence in sentences(flat.text, [mark.span for mark in marks]):
        inside = []
        while at < len(marks) and marks[at].span.start < sentence.end:
            inside.append(marks[at])
            at += 1
        yield f"# offsets = {sentence.start} {sentence.end}\n"
        yield f"# text = {_json(sentence.slice(flat.text))}\n"
        yield from _tokens(flat.text, sentence, inside, cut)
        yield "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _tokens(text: str, sentence: Span, marks: list[Mark], cut: Cutter) -> Iterator[str]:
    """Yield a line for each token; tokens end where marks do."""
    edges = [(m.span, encoded(m.label)) for m in marks]
    at = 0
    for start, end in _pieces(sentence, [span for span, _ in edges]):
        while at < len(edges) and edges[at][0].end <= start:
            at += 1
        mark = edges[at] if at < len(edges) and edges[at][0].start <= start else None
        tokens = [token.shift(start) for token in cut(text[start:end])]
        for number, token in enumerate(tokens):
            tag = "O" if mark is None else f"{_place(number, len(tokens))}-{mark[1]}"
            yield f"{token.slice(text)}\t{tag}\n"


def _place(number: int, count: int) -> str:
    if count == 1:
        return "S"
    return "B" if number == 0 else "E" if number == count - 1 else "I"


def _pieces(sentence: Span, spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    at = sentence.start
    for span in spans:
        if span.start > at:
            yield at, span.start
        yield span.start, span.end
        at = span.end
    if at < sentence.end:
        yield at, sentence.end


@dataclass(slots=True)
class _Sentence:
    """One block of lines."""

    offsets: Span | None = None
    text: str | None = None
    tokens: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Read:
    """One document as its lines come in."""

    name: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    entities: set[Span] = field(default_factory=set)
    ours: bool = False
    length: object = None
    sentences: list[_Sentence] = field(default_factory=list)


def parse(stream: BinaryIO) -> Parsed:
    """Read columns whose first is the token and whose last is the tag (BIO, BIOES, BILOU)."""
    lines = read_all(stream).split("\n")
    documents = [_made(read, number) for number, read in enumerate(_blocks(lines), 1)]
    if not documents:
        raise Refused("not_this", format="CoNLL")
    return Parsed(documents)


def _blocks(lines: list[str]) -> Iterator[_Read]:
    read, sentence = _Read(), _Sentence()
    for number, raw in enumerate([*lines, ""], 1):
        line = raw.removesuffix("\r")
        try:
            comment = _COMMENT.fullmatch(line) if line.startswith("#") else None
            if comment is not None and comment[1] == "newdoc":
                if read.sentences or read.ours:
                    yield read
                read = _Read(name=_name(comment[2]))
            elif comment is not None:
                _take_comment(comment[1], comment[2], read, sentence)
            elif not line.strip():
                if sentence.tokens or sentence.text is not None:
                    read.sentences.append(sentence)
                sentence = _Sentence()
            elif not (line.startswith("#") and "\t" not in line and not sentence.tokens):
                sentence.tokens.append(_token(line))
        except Refused as refused:
            raise refused.at(number) from None
    if read.sentences or read.ours:
        yield read


def _name(value: str) -> str:
    if value.startswith('"'):
        return checked_text(parse_json(value), "newdoc")
    return value.partition("=")[2].strip() or value


def _take_comment(key: str, value: str, read: _Read, sentence: _Sentence) -> None:
    if key == "meipi":
        said = parse_json(value)
        if not isinstance(said, dict) or not isinstance(said.get("entities"), list):
            raise Refused("not_object", where="meipi")
        read.ours = True
        read.length = said.get("length")
        read.facts = facts_of(said, "id", "sha256", "name", "title")
        read.entities = {as_span(one, "entities") for one in said["entities"]}
    elif key == "text":
        sentence.text = checked_text(parse_json(value), "text") if value[:1] == '"' else value
    elif places := re.fullmatch(r"([0-9]{1,15}) ([0-9]{1,15})", value):
        sentence.offsets = as_span([int(places[1]), int(places[2])], "offsets")


def _token(line: str) -> tuple[str, str]:
    cells = line.split("\t") if "\t" in line else line.split()
    tag = cells[-1].strip()
    if len(cells) < 2 or not cells[0] or (tag != "O" and not _TAG.fullmatch(tag)):
        raise Refused("not_tag", value=tag or line)
    return cells[0], tag


def _made(read: _Read, number: int) -> FlatDocument:
    parts: list[str] = []
    marks: list[Mark] = []
    length = 0
    for sentence in read.sentences:
        text, spans = _rebuilt(sentence)
        if parts and sentence.offsets is None:
            parts.append("\n")
            length += 1
        if sentence.offsets is not None and sentence.offsets.start != length:
            raise Refused("not_span", where="offsets")
        marks += (_mark(span.shift(length), label, read) for span, label in spans)
        parts.append(text)
        length += len(text)
    if read.ours and read.length != length:
        raise Refused("truncated")
    facts = read.facts
    return FlatDocument(
        name=facts.get("name", read.name or f"conll-{number}.txt"),
        text="".join(parts),
        marks=tuple(marks),
        id=facts.get("id", ""),
        sha256=facts.get("sha256", ""),
        title=facts.get("title", ""),
    )


def _mark(span: Span, label: str, read: _Read) -> Mark:
    entity = read.ours and label in TYPES and span in read.entities
    return Mark(span, decoded(label) if read.ours else escape(label), entity=entity)


def _rebuilt(sentence: _Sentence) -> tuple[str, list[tuple[Span, str]]]:
    """Return the text of a sentence and what its tags mark."""
    text = sentence.text
    if text is None:
        text = _joined([token for token, _ in sentence.tokens])
    places: list[Span] = []
    at = 0
    for token, _ in sentence.tokens:
        start = text.find(token, at)
        if start < 0 or (text[at:start].strip() and places):
            raise Refused("value", where="text", value=token)
        places.append(Span(start, start + len(token)))
        at = places[-1].end
    if sentence.offsets is not None and text[at:].strip():
        raise Refused("truncated")
    return text, list(_chunks(places, [tag for _, tag in sentence.tokens]))


def _joined(tokens: list[str]) -> str:
    """Write tokens side by side, with a space between two that end and begin in Latin letters."""
    text = ""
    for token in tokens:
        spaced = text[-1:].isascii() and token[:1].isascii() and text
        text += f" {token}" if spaced else token
    return text


def _chunks(places: list[Span], tags: list[str]) -> Iterator[tuple[Span, str]]:
    start = end = -1
    label = ""
    for place, tag in zip(places, tags, strict=True):
        match = _TAG.fullmatch(tag)
        if start >= 0 and (match is None or match[1] in _FIRST or match[2] != label):
            yield Span(start, end), label
            start = -1
        if match is None:
            continue
        if start < 0:
            start, label = place.start, match[2]
        end = place.end
        if match[1] in _LAST:
            yield Span(start, end), label
            start = -1
    if start >= 0:
        yield Span(start, end), label


_KEEPS = Keeps(
    mark=frozenset({"entity"}),
    document=frozenset({"text", "name", "id", "sha256", "title"}),
    clean=without_nul,
    clean_all=without_nul,
    left_out=overlapping,
    reshape=trim,
    empty=False,
)


CHARACTERS = Flat(
    name="conll",
    label_zh="CoNLL(BIOES，逐字)",
    label_en="CoNLL (BIOES, by character)",
    suffix=".conll",
    keeps=_KEEPS,
    write=writer(cut_characters, "characters"),
    parse=parse,
    more_items=trims,
    recognises=lambda head: (
        _WORDS not in head[:2000]
        and (_HEAD.match(head) is not None or head.startswith(b"# newdoc"))
    ),
).format()

WORDS = Flat(
    name="conll-words",
    label_zh="CoNLL(BIOES，按词)",
    label_en="CoNLL (BIOES, by word)",
    suffix=".words.conll",
    keeps=_KEEPS,
    write=writer(cut_words, "words"),
    parse=parse,
    more_items=trims,
    recognises=lambda head: _WORDS in head[:2000],
).format()
