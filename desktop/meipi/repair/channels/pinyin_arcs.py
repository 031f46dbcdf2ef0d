"""What a page with readings put in byte by byte can be read as, token by token."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from meipi.core.repairs import LOST
from meipi.repair.codepages import EURO, gbk_characters, gbk_pairs
from meipi.repair.lattice import Arc, Node
from meipi.repair.model import language_model
from meipi.repair.tables import only_simplified, readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


READING = "[a-zɡāáǎàēéěèêīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]{1,6}"
_PIECE = re.compile(rf"\(({READING})\)|\?({READING})\)|.", re.DOTALL)
RARE = 11.0
"""Unigram cost over which a character is rare."""
_WIDE_LETTER = re.compile("[０-９Ａ-Ｚａ-ｚ＂＇＜＞＝＠［］＿]")
_MARKS = "；？！，;?!,"
"""Marks that an older pass of such scripts treats alike, leaving no letters."""

# Penalties in nats, beside the language model's.
_LITERAL_BRACKET = 2.0
_UNMARKED = 6.0
_EATEN, _TAG = 9.0, 2.0
_NEVER = LOST + "\u3000"
"""Never meant by what is out of step: the sign for what is lost, a blank at the end of a line."""
_BLANKS = {"\n": 1.0, " ": 3.0}
_ASCII_MARKS = ",:;"
"""Marks that may have been swallowed where the line has such in ASCII."""
_MARK = 2.0
_LINE_END, _STOPS = 6.0, "。！？」”"
"""Behind these a line ends more often than a number begins."""
_NARROWED = 4.0
_SIMPLIFIED, _UNSEEN = 4.0, 3.0

_MOST_QUESTIONS = 20


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
    marks: str = ""


# From what is shown to tokens


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Split ``text[start:end]`` into tokens."""
    tokens = [_token(match, text) for match in _PIECE.finditer(text, start, end)]
    questions = [at for at, token in enumerate(tokens) if token.kind is Kind.QUESTION]
    marks = "".join(mark for mark in _ASCII_MARKS if text.find(mark, start, end) >= 0)
    many = len(questions) > max(_MOST_QUESTIONS, len(tokens) // _MOST_QUESTIONS)
    for at in questions:
        # So many are the text's own, or nothing that can be undone.
        following = " " if many else tokens[at].next
        tokens[at] = replace(tokens[at], next=following, marks=marks)
    return tokens


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

_LEADS = tuple(bytes((byte,)) for byte in range(0x81, 0xFF))
_ANY_LEAD = b""
"""The carry where a lead byte is left over that nothing tells."""

# From tokens to characters


def _last_byte(node: Node) -> bytes:
    """Return the last byte so far of the text before the script ran."""
    if node.carry is not None:
        return node.carry
    return gbk_pairs().get(node.tail[-1:], b"")[1:]


def _reads(character: str, reading: str) -> bool:
    return character in readings().get(reading, ())


def _pair_arcs(token: Token, node: Node) -> list[Arc]:
    if node.carry is None:
        return [Arc(token.text)]
    first, second = token.data[:1], token.data[1:]
    if node.carry == _ANY_LEAD:
        return [Arc(character, second) for character in _with_trail(first)]
    character = gbk_characters().get(node.carry + first)
    if not character:
        return []
    if second < b"\x80":
        # The letter that was taken for the end of a pair stands by itself: 為A級.
        return [Arc(character + second.decode(), None, _script_cost(character))]
    return [Arc(character, second, _script_cost(character))]


def _script_cost(character: str) -> float:
    """Return the penalty of a character that these converted pages do not have."""
    if character in only_simplified() or _WIDE_LETTER.match(character):
        return _SIMPLIFIED
    return _UNSEEN if language_model().unigram(character) > RARE else 0.0


@lru_cache(maxsize=256)
def _with_trail(trail: bytes) -> tuple[str, ...]:
    found = (gbk_characters().get(lead + trail) for lead in _LEADS)
    return tuple(character for character in found if character)


def _single_arcs(token: Token, node: Node) -> Iterator[Arc]:
    if node.carry is None:
        yield Arc(token.text)
        return
    if character := gbk_characters().get(node.carry + token.data):
        yield Arc(character)
    if wide := _WIDE.get(token.text):
        # Some pages had their punctuation narrowed after the script ran.
        yield from (arc._replace(cost=_NARROWED, note="narrowed") for arc in _pair_arcs(wide, node))


def _annotation_arcs(token: Token, node: Node) -> Iterable[Arc]:
    if any(_reads(character, token.reading) for character in _last_pairs(node)):
        return (Arc("", node.carry, note="annotation"),)
    return (Arc(token.text, cost=_LITERAL_BRACKET),) if node.carry is None else ()


def _last_pairs(node: Node) -> Iterator[str]:
    """Yield the characters that the last two bytes of the text so far can be taken for."""
    pairs, tail = gbk_pairs(), node.tail
    if node.carry is not None:
        yield gbk_characters().get(pairs.get(tail[-1:], b"")[1:] + node.carry, "")
    elif tail[-1:].isascii():
        # 季C(zōng): the last byte of 季 and the C make 綜
        last = tail[-1:].encode()
        yield gbk_characters().get(pairs.get(tail[-2:-1], b"")[1:] + last, "")
    else:
        yield tail[-1:]


@lru_cache(maxsize=4096)
def _holes(last: bytes, reading: str) -> tuple[bytes, ...]:
    """Return each byte that makes, behind ``last``, a character that is read so."""
    pairs = (gbk_pairs().get(character, b"") for character in readings().get(reading, ()))
    return tuple(sorted(pair[1:] for pair in pairs if pair[:1] == last))


def _hole_arcs(token: Token, node: Node) -> Iterator[Arc]:
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


def _question_arcs(token: Token, node: Node) -> Iterator[Arc]:
    marked = token.next != "" and token.next in _MARKS
    if node.carry is None:
        yield Arc(token.text)
        if marked:
            yield Arc("", _ANY_LEAD, _UNMARKED, "unmarked")
        return
    yield from (arc for arc in _single_arcs(token, node) if arc.note)
    for byte in _LEADS:
        character = gbk_characters().get(node.carry + byte)
        if character and character not in _NEVER:
            if marked:
                yield Arc(character, None, 0.0, "unmarked")
            elif not token.next:
                yield Arc(character, None, 0.0, "end")  # half a character, at the end of the text
            else:
                yield from _swallowed(character, token)


def _swallowed(character: str, token: Token) -> Iterator[Arc]:
    """Yield what may have stood behind ``character`` and is gone: a blank, a mark, or who knows."""
    if token.next == "/":
        yield Arc(character + "<", None, _TAG, "eaten")
        return
    for mark in token.marks:
        yield Arc(character + mark, None, _EATEN + _MARK, "eaten")
    ends = _LINE_END * (character in _STOPS)
    for blank, cost in _BLANKS.items():
        yield Arc(character + blank, None, _EATEN + cost - ends / 2, "eaten")
    yield Arc(character + LOST, None, _EATEN + ends / 2, "eaten")


def _other_arcs(token: Token, node: Node) -> Iterable[Arc]:
    return (Arc(token.text),) if node.carry is None else ()


_ARCS: dict[Kind, Callable[[Token, Node], Iterable[Arc]]] = {
    Kind.PAIR: _pair_arcs,
    Kind.SINGLE: _single_arcs,
    Kind.ANNOTATION: _annotation_arcs,
    Kind.HOLE: _hole_arcs,
    Kind.QUESTION: _question_arcs,
    Kind.OTHER: _other_arcs,
}


def arcs(token: Token, node: Node) -> Iterable[Arc]:
    """Return every way to read ``token`` after ``node``."""
    return _ARCS[token.kind](token, node)
