"""Readings put into the text byte by byte: 協(xié)同發(fā)展, 天津?qū)氎妫壕劢顾膫€(gè).

A script ran over the bytes of a page in GBK and put a reading in brackets behind each occurrence of
each character of a list, blind to where characters begin. Between two characters that only inserts.
Out of step it cuts a character in two, the bracket is swallowed as half of a pair that is none
(``?``), and all that follows is shifted by a byte until something brings it back into step.

The inverse walks over what is shown, keeping the odd byte as the decoder's carry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from meipi.core.repairs import LOST, Proof
from meipi.repair.channels.base import Channel
from meipi.repair.channels.pinyin_evidence import Group, is_annotated_page
from meipi.repair.codepages import EURO, gbk_characters, gbk_pairs, read_as_gbk
from meipi.repair.lattice import Arc, Node, decode
from meipi.repair.model import language_model
from meipi.repair.plan import Change
from meipi.repair.tables import only_simplified, readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

NAME = "pinyin"
READING = "[a-zɡāáǎàēéěèêīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]{1,6}"
ANNOTATION = re.compile(rf"[(?]({READING})\)")
_PIECE = re.compile(rf"\(({READING})\)|\?({READING})\)|.", re.DOTALL)
_UNMARKED_START = re.compile("[?][；？！，;?!,]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_RARE = 11.0
"""Unigram cost over which a character is rare."""
_MARKS = "；？！，;?!,"
"""Full-width marks that an older pass of such scripts treats alike, leaving no letters."""

# Penalties in nats, beside the language model's.
_LITERAL_BRACKET = 2.0
_UNMARKED = 6.0
_EATEN = 9.0
_BLANKS = {"\n": 1.0, " ": 3.0}
_NARROWED = 4.0
_SIMPLIFIED = 4.0
_DROPPED = 4.0


class Kind(Enum):
    """What a token is."""

    PAIR = "two bytes"
    SINGLE = "a byte of its own"
    ANNOTATION = "a reading in brackets"
    HOLE = "a byte and a bracket shown as ?, then a reading"
    QUESTION = "a question mark, or two bytes that are no pair"
    OTHER = "no character of GBK"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of what is shown, with its place and the bytes or the reading in it."""

    kind: Kind
    start: int
    end: int
    text: str
    data: bytes = b""
    reading: str = ""
    next: str = ""


def find(text: str) -> list[Change]:
    """Propose the repair of a page that such a script ran over, or nothing.

    >>> [c.after for c in find("京津冀協(xié)同發(fā)展，實(shí)現(xiàn)協(xié)同發(fā)展")][:3]
    ['協', '發', '實']
    """
    groups: list[Group] = []
    others = []
    for line in _lines(text):
        if ANNOTATION.search(text, *line):
            groups += _decode_line(text, *line)
        elif _UNMARKED_START.search(text, *line):
            others.append(line)
    if not is_annotated_page(text, groups):
        return []
    for line in others:
        groups += _decode_line(text, *line)
    return [group.change for group in groups]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in (*(m.start() for m in re.finditer(r"\n", text)), len(text)):
        yield start, end
        start = end + 1


# From what is shown to tokens


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Split ``text[start:end]`` into tokens."""
    return [_token(match, text) for match in _PIECE.finditer(text, start, end)]


def _token(match: re.Match[str], text: str) -> Token:
    start, end = match.span()
    piece = match[0]
    for kind, group in ((Kind.ANNOTATION, 1), (Kind.HOLE, 2)):
        if match[group]:
            return Token(kind, start, end, piece, reading=match[group].replace("ɡ", "g"))
    if piece == "?":
        return Token(Kind.QUESTION, start, end, piece, next=text[end : end + 1])
    if piece < "\x80":
        return Token(Kind.SINGLE, start, end, piece, piece.encode())
    if piece == EURO:
        return Token(Kind.SINGLE, start, end, piece, b"\x80")
    pair = gbk_pairs().get(piece)
    if pair is None:
        return Token(Kind.OTHER, start, end, piece)
    return Token(Kind.PAIR, start, end, piece, pair)


_WIDE = {
    narrow: Token(Kind.PAIR, 0, 0, wide, wide.encode("gbk"))
    for narrow, wide in zip(",;:?!", "，；：？！", strict=True)
}
_NARROW = str.maketrans("，；：？！", ",;:?!")

_LEADS = tuple(bytes((byte,)) for byte in range(0x81, 0xFF))
_ANY_LEAD = b""
"""The carry where a lead byte is left over that nothing tells."""

# From tokens to characters


def _last_byte(node: Node | _Left) -> bytes:
    """Return the last byte so far of the text before the script ran."""
    if node.carry is not None:
        return node.carry  # type: ignore[no-any-return]
    return gbk_pairs().get(node.tail[-1:], b"")[1:]


def _reads(character: str, reading: str) -> bool:
    return character in readings().get(reading, ())


def _pair_arcs(token: Token, node: Node | _Left) -> list[Arc]:
    if node.carry is None:
        return [Arc(token.text)]
    first, second = token.data[:1], token.data[1:]
    if node.carry == _ANY_LEAD:
        return [Arc(character, second) for character in _with_trail(first)]
    character = gbk_characters().get(node.carry + first)
    return [Arc(character, second, _script_cost(character))] if character else []


def _script_cost(character: str) -> float:
    """Return the penalty of a character that these converted pages do not have."""
    return _SIMPLIFIED if character in only_simplified() else 0.0


@lru_cache(maxsize=256)
def _with_trail(trail: bytes) -> tuple[str, ...]:
    found = (gbk_characters().get(lead + trail) for lead in _LEADS)
    return tuple(character for character in found if character)


def _single_arcs(token: Token, node: Node | _Left) -> Iterator[Arc]:
    if node.carry is None:
        yield Arc(token.text)
        return
    if character := gbk_characters().get(node.carry + token.data):
        yield Arc(character)
    if wide := _WIDE.get(token.text):
        # Some pages had their punctuation narrowed after the script ran.
        yield from (arc._replace(cost=_NARROWED, note="narrowed") for arc in _pair_arcs(wide, node))


def _annotation_arcs(token: Token, node: Node | _Left) -> Iterable[Arc]:
    if node.carry is None:
        annotated = node.tail[-1:]
    else:
        before = gbk_pairs().get(node.tail[-1:], b"")[1:]
        annotated = gbk_characters().get(before + node.carry, "")
    if _reads(annotated, token.reading):
        return (Arc("", node.carry, note="annotation"),)
    return (Arc(token.text, cost=_LITERAL_BRACKET),) if node.carry is None else ()


@lru_cache(maxsize=4096)
def _holes(last: bytes, reading: str) -> tuple[bytes, ...]:
    """Return each byte that makes, behind ``last``, a character that is read so."""
    pairs = (gbk_pairs().get(character, b"") for character in readings().get(reading, ()))
    return tuple(sorted(pair[1:] for pair in pairs if pair[:1] == last))


def _hole_arcs(token: Token, node: Node | _Left) -> Iterator[Arc]:
    last = _last_byte(node)
    for byte in _holes(last, token.reading) if last else ():
        if byte < b"\x81":
            continue  # the bracket was swallowed by a lead byte
        if node.carry is None:
            yield Arc("", byte, note="hole")
        elif character := gbk_characters().get(node.carry + byte):
            yield Arc(character, None, _script_cost(character), "hole")
    if node.carry is None:
        yield Arc(token.text, cost=_LITERAL_BRACKET)



def _question_arcs(token: Token, node: Node | _Left) -> Iterator[Arc]:
    marked = token.next != "" and token.next in _MARKS
    if node.carry is None:
        yield Arc(token.text)
        if marked:
            yield Arc("", _ANY_LEAD, _UNMARKED, "unmarked")
        return
    yield from (arc for arc in _single_arcs(token, node) if arc.note)
    for byte in _LEADS:
        if character := gbk_characters().get(node.carry + byte):
            if marked:
                yield Arc(character, None, 0.0, "unmarked")
            else:
                yield from _swallowed(character, token)


def _swallowed(character: str, token: Token) -> Iterator[Arc]:
    """Yield what may have stood behind ``character`` and is gone: a blank, or who knows."""
    for blank, cost in _BLANKS.items():
        yield Arc(character + blank, None, _EATEN + cost, "eaten")
    tag = token.next == "/"
    yield Arc(character + ("<" if tag else LOST), None, _EATEN, "eaten")


def _other_arcs(token: Token, node: Node | _Left) -> Iterable[Arc]:
    return (Arc(token.text),) if node.carry is None else ()


_ARCS: dict[Kind, Callable[[Token, Node | _Left], Iterable[Arc]]] = {
    Kind.PAIR: _pair_arcs,
    Kind.SINGLE: _single_arcs,
    Kind.ANNOTATION: _annotation_arcs,
    Kind.HOLE: _hole_arcs,
    Kind.QUESTION: _question_arcs,
    Kind.OTHER: _other_arcs,
}


def arcs(token: Token, node: Node | _Left) -> Iterable[Arc]:
    """Return every way to read ``token`` after ``node``."""
    return _ARCS[token.kind](token, node)


# Pages whose private-use characters were dropped later


_DROPPED_LEADS = (*range(0xAA, 0xB0), *range(0xF8, 0xFF))
_DROPPED_TRAILS = range(0xA1, 0xFF)
_MOST = 4


def arcs_with_drops(token: Token, node: Node | _Left) -> Iterator[Arc]:
    """Return every way to read ``token``, also with a private-use character gone before it."""
    yield from arcs(token, node)
    if node.carry is None or token.kind in (Kind.ANNOTATION, Kind.OTHER, Kind.QUESTION):
        return
    model = language_model()
    for first in _likeliest(model, node.tail, _common_with_lead(node.carry)):
        tail = node.tail[-1:] + first
        ways = [
            arc
            for trail in _DROPPED_TRAILS
            for arc in arcs(token, _Left(bytes((trail,)), tail))
            if not arc.text or model.unigram(arc.text[0]) < _RARE
        ]
        for arc in _cheapest(model, tail, ways):
            yield Arc(first + arc.text, arc.carry, arc.cost + _DROPPED, arc.note or "dropped")


class _Left(NamedTuple):
    """What an arc asks of a node, where there is none yet."""

    carry: bytes
    tail: str


@lru_cache(maxsize=256)
def _common_with_lead(lead: bytes) -> tuple[str, ...]:
    """Return the common characters of this lead byte whose trail can lead a private-use one."""
    model = language_model()
    found = (gbk_characters().get(lead + bytes((trail,))) for trail in _DROPPED_LEADS)
    return tuple(c for c in found if c and model.unigram(c) < _RARE)


def _likeliest(model: LanguageModel, before: str, characters: Sequence[str]) -> Iterable[str]:
    return sorted(characters, key=lambda character: model.cost(before, character))[:_MOST]


def _cheapest(model: LanguageModel, before: str, ways: list[Arc]) -> list[Arc]:
    return sorted(ways, key=lambda arc: arc.cost + model.text_cost(arc.text, before=before))[:_MOST]


# From characters to proven changes


def _decode_line(text: str, start: int, end: int) -> list[Group]:
    tokens = tokenise(text, start, end)
    nodes = decode(tokens, arcs, language_model())
    if nodes is None:
        return []
    if not _PRIVATE.search(text) and _reads_badly(tokens, nodes):
        nodes = decode(tokens, arcs_with_drops, language_model()) or nodes
    found = (
        _group(text, tokens[first:last], nodes[first:last], nodes[last : last + 2])
        for first, last in _stretches(nodes)
    )
    return [group for group in found if group]


def _reads_badly(tokens: Sequence[Token], nodes: Sequence[Node]) -> bool:
    """Say whether a reading stayed in the text or a rare character came out of a stretch."""
    model = language_model()
    return any(
        (node.arc.note == "" and token.kind in (Kind.HOLE, Kind.ANNOTATION))
        or (node.carry is not None and any(model.unigram(c) > _RARE for c in node.arc.text))
        for token, node in zip(tokens, nodes, strict=True)
    )


def _stretches(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of tokens that are out of step or annotated, each with its first character.

    Every range begins and ends where what is shown and the text are both between characters.
    """
    first: int | None = None
    for at, node in enumerate(nodes):
        aligned = node.carry is None
        if first is None and (node.arc.note or not aligned):
            first = at - 1 if at and node.arc.note == "annotation" else at
        following = nodes[at + 1].arc.note if at + 1 < len(nodes) else ""
        if first is not None and aligned and following != "annotation":
            yield first, at + 1
            first = None


def _group(
    text: str, tokens: Sequence[Token], nodes: Sequence[Node], behind: Sequence[Node]
) -> Group | None:
    """Return the change that a range of tokens stands for, if damaging it again gives the range."""
    after = "".join(node.arc.text for node in nodes)
    start, end = tokens[0].start, tokens[-1].end
    notes = {node.arc.note for node in nodes}
    again = read_as_gbk(_damaged(after, tokens, nodes))
    shown = text[start:end]
    if not _PRIVATE.search(shown) and _PRIVATE.search(again):
        again = _PRIVATE.sub("", again)
        notes.add("dropped")
    if "narrowed" in notes:
        again, shown = again.translate(_NARROW), shown.translate(_NARROW)
    if again != shown:
        return None
    inferred = not notes <= {"", "annotation", "hole"}
    change = Change(
        start,
        end,
        after,
        confidence=_confidence((*nodes, *behind), inferred=inferred),
        proof=Proof.INFERRED if inferred else Proof.REPLAYED,
        lost="swallowed" if LOST in after else "",
    )
    plain = len(tokens) == 2 and notes == {"", "annotation"}
    holes = sum(node.arc.note == "hole" for node in nodes)
    return Group(change, after if plain else "", holes)


def _confidence(nodes: Iterable[Node], *, inferred: bool) -> float:
    """Return how sure the path through ``nodes`` is: by what the next best would cost."""
    margin = min(node.margin for node in nodes)
    ceiling = 0.95 if inferred else 0.999
    return round(ceiling / (1 + exp(-max(margin, 0.0))), 3)


def _damaged(after: str, tokens: Sequence[Token], nodes: Sequence[Node]) -> bytes:
    """Run the script over ``after`` again, at the places where ``nodes`` say it struck."""
    pairs = gbk_pairs()
    original = after.replace(LOST, "0")
    data = b"".join(pairs.get(c) or c.encode("ascii", "replace") for c in original)
    out = bytearray()
    done = seen = 0
    for token, node in zip(tokens, nodes, strict=True):
        seen += sum(2 if c in pairs else 1 for c in node.arc.text)
        inserted = _inserted(token, node)
        if inserted:
            at = seen + (node.carry is not None)
            out += data[done:at] + inserted
            done = at
    return bytes(out + data[done:])


def _inserted(token: Token, node: Node | _Left) -> bytes:
    """Return the bytes that the script put in at this token."""
    if node.arc.note in ("annotation", "hole"):
        letters = token.text.removeprefix("(").removeprefix("?").removesuffix(")")
        pairs = gbk_pairs()
        return b"(" + b"".join(pairs.get(c) or c.encode() for c in letters) + b")"
    if node.arc.note == "unmarked":
        return b" "
    return b""


CHANNEL = Channel(NAME, "逐字节插入的拼音", "Pinyin put in byte by byte", find)
