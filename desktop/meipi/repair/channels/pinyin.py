"""Readings put into the text byte by byte: 協(xié)同發(fā)展, 天津?qū)氎妫壕劢顾膫€(gè).

A script ran over the bytes of a page in GBK and put a reading in brackets behind each occurrence of
each character of a list, blind to where characters begin. Between two characters that only inserts.
Out of step it cuts a character in two, the bracket is swallowed as half of a pair that is none
(``?``), and all that follows is shifted by a byte until something brings it back into step.

The inverse walks over what is shown, keeping the odd byte as the decoder's carry.
"""

from __future__ import annotations

import re
from math import exp
from typing import TYPE_CHECKING

from meipi.core.repairs import LOST, Proof
from meipi.repair.channels.base import Channel
from meipi.repair.channels.pinyin_arcs import (
    READING,
    Kind,
    Token,
    arcs,
    tokenise,
)
from meipi.repair.channels.pinyin_drops import arcs_with_drops
from meipi.repair.channels.pinyin_evidence import Group, is_annotated_page
from meipi.repair.codepages import gbk_pairs, read_as_gbk
from meipi.repair.lattice import Node, decode
from meipi.repair.model import language_model
from meipi.repair.plan import Change
from meipi.repair.tables import only_simplified, only_traditional, reading_counts, readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TONED = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ")
_ANNOTATION = re.compile(rf"[(?]{READING}\)")
_HOPEFUL = re.compile(rf"\?{READING}\)|(.)\({READING}\)")
_UNMARKED_START = re.compile("[?][；？！，;?!,]")
_READING_LENGTH = 8
"""A reading has at most six letters, and stands in brackets behind a character."""
_DEAR = 12.0
"""Nats of two characters after what stands before them: of a stretch that is right, seldom."""
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_NARROW = str.maketrans("，；：？！", ",;:?!")


def find(text: str, letters: Sequence[int]) -> list[Change]:
    """Propose the repair of a page that such a script ran over, or nothing.

    >>> [c.after for c in find("協(xié)同發(fā)展，實(shí)現(xiàn)協(xié)同發(fā)展", [3])][:3]
    ['協', '發', '實']
    """
    if not any(_is_hopeful(text, at) for at in letters):
        return []
    groups: list[Group] = []
    others = []
    for line in _lines(text):
        if _ANNOTATION.search(text, *line):
            groups += _decode_line(text, *line)
        elif _UNMARKED_START.search(text, *line):
            others.append(line)
    if not is_annotated_page(text, groups):
        return []
    for line in others:
        groups += _decode_line(text, *line)
    return [group.change for group in groups]


def _is_hopeful(text: str, letter: int) -> bool:
    """Say whether a traditional character is annotated or a reading has lost its bracket."""
    traditional = only_traditional()
    around = _HOPEFUL.finditer(text, max(0, letter - _READING_LENGTH), letter + _READING_LENGTH)
    return any(not m[1] or m[1] in traditional for m in around)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in (*(m.start() for m in re.finditer(r"\n", text)), len(text)):
        yield start, end
        start = end + 1


# From characters to proven changes


def _decode_line(text: str, start: int, end: int) -> list[Group]:
    tokens = tokenise(text, start, end)
    nodes = decode(tokens, arcs, language_model(), after="\n")
    if nodes is None:
        return []
    if not _PRIVATE.search(text) and _reads_badly(tokens, nodes):
        nodes = decode(tokens, arcs_with_drops, language_model(), after="\n") or nodes
    found = (
        _group(text, tokens[first:last], nodes[first:last], nodes[last : last + 2])
        for first, last in _stretches(nodes)
    )
    return [group for group in found if group]


def _reads_badly(tokens: Sequence[Token], nodes: Sequence[Node]) -> bool:
    """Say whether a reading stayed in the text or what came out of a stretch is no Chinese."""
    model = language_model()
    before = dear = 0.0
    out_of_step = False
    for token, node in zip(tokens, nodes, strict=True):
        if node.arc.note == "" and token.kind in (Kind.HOLE, Kind.ANNOTATION):
            return True
        out_of_step, was = node.carry is not None, out_of_step
        for character in node.arc.text if out_of_step or was else ():
            dear = model.cost(node.previous.tail, character) if node.previous else 0.0
            if before + dear > _DEAR or character in only_simplified():
                return True
            before = dear
    return False


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


def _inserted(token: Token, node: Node) -> bytes:
    """Return the bytes that the script put in at this token."""
    if node.arc.note in ("annotation", "hole"):
        letters = token.text.removeprefix("(").removeprefix("?").removesuffix(")")
        pairs = gbk_pairs()
        return b"(" + b"".join(pairs.get(c) or c.encode() for c in letters) + b")"
    if node.arc.note == "unmarked":
        return b" "
    return b""


def annotate(text: str, reading_of: Mapping[str, str]) -> str:
    """Damage ``text`` as these scripts do: a reading behind each of the characters, bytes blind.

    >>> annotate("納入協同", {"協": "xié", "雲": "yún"})
    '納入?yún)f(xié)同'
    """
    data = text.encode("gbk", "replace")
    for character, reading in reading_of.items():
        found = character.encode("gbk")
        data = data.replace(found, found + f"({reading})".encode("gbk"))
    return read_as_gbk(data)


def _damage(text: str) -> str:
    """Annotate every traditional character that can be read in one way only."""
    alone = {c: r for r, found in readings().items() for c in found if reading_counts()[c] == 1}
    chosen = sorted(set(text) & only_traditional() & alone.keys())
    return annotate(text, {character: alone[character] for character in chosen})


CHANNEL = Channel(
    "pinyin", "逐字节插入的拼音", "Pinyin put in byte by byte", find, _TONED, damage=_damage
)
