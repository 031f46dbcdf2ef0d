"""Long lines of GBK read as a Western encoding, at once; the model chooses where that breaks.

A mixed decoder makes one character of two bytes here and there. Where it did so with ``Â`` or ``Ã``
in front, one cannot see it: the line falls out of step there, and reads badly until the next such
place or the next clear mark. Only these clauses need the lattice.
"""

from __future__ import annotations

import re
from codecs import register_error
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import accumulate
from math import exp, inf
from operator import attrgetter
from typing import TYPE_CHECKING

from meipi.core.repairs import Proof
from meipi.repair.channels.utf8 import mean_cost
from meipi.repair.channels.whole_blocks import Lines, read_blocks
from meipi.repair.channels.whole_lines import gaps, pieces, reads_chinese, spans, within
from meipi.repair.codepages import latin_bytes, read_as_latin, whole_latin_bytes
from meipi.repair.model import language_model
from meipi.repair.plan import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Choose = Callable[[str, str], tuple[str, float]]
"""From a clause and the text before it to its likeliest reading and how clear that is."""

HIGH = (
    "\x80-\u07ff\u1e00-\u1eff\u2013\u2014\u2018-\u201e\u2020-\u2026\u2030\u2039\u203a\u20ac\u2122"
)
"""What such decoders show for bytes outside ASCII."""
COMMON_MEAN = 9.1
MIXED_CEILING = 0.95
"""A mixed decoder shows two readings alike here and there: 96 of 100 that it proves are right."""
_ASCII = "\\x00-\\x09\\x0b-\\x7f"
_LINE = re.compile(f"[{HIGH}](?:[{HIGH}{_ASCII}]*[{HIGH}])?[@-~]?")
_ALONE = f"(?:(?<=[{HIGH}])|(?<=[{HIGH}][@-~]))[\u0800-\ufefe]{{1,2}}+(?![^{HIGH}\\x00-\\x7f])"
_REGION = re.compile(f"[{HIGH}][{HIGH}\\x00-\\x7f]*")
_MIXED_LINE = re.compile(f"[{HIGH}](?:[{HIGH}]++|[{_ASCII}]++(?=[{HIGH}])|{_ALONE})*+[@-~]?")
"""The same with one or two characters that can be three bytes each."""
_STRANGE = re.compile("[\u0100-\u07ff\u1e00-\u1eff]")
_MARKS = "£¬|¡£|¡¢|£º|£»|¡±"
_FULL = {mark: mark.encode("latin-1").decode("gbk") for mark in _MARKS.split("|")}
_CLAUSE = re.compile(
    f"(?:(?!{_MARKS}|¡°)[^\\x00-?])*+(?:{_MARKS})|(?:(?!{_MARKS}|¡°)[^\\x00-?])++|¡°|.", re.DOTALL
)
"""What lies between marks that bring both texts into step again."""
_SHORT = 24
_JOINED = 3
"""Clauses read as one before a line is given up: a mark can be halves of its neighbours."""
_JOINED_PLAINLY = 6
"""The same as the bytes are: in 啊啊啊， are three false marks."""
_DOUBTFUL, _BAD = 3 * 8.8, 3 * 10.0
"""Cost in nats of three characters in a row as the bytes are, and as the model chose them.

Of clauses out of step 99.8 % have three that cost more than the first, of sound ones 13 %.
"""
_PAIRS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]")
_TRIPLES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}")
_BY_TWO_BYTES = "meipi-two-bytes"


def read_lines(text: str, letters: Sequence[int], choose: Choose) -> list[Change]:
    """Propose the repair of the long lines that begin at ``letters``.

    ``choose`` asks the model about a clause.
    """
    lines = partial(spans, text, _MIXED_LINE, letters, before=HIGH, least=_SHORT)
    if any(_is_mixed(text, *line) for line in lines()):
        return [c for a, b in lines() for c in _mixed_line(choose, a, text[a:b])]
    blocks = [
        c for part in spans(text, _REGION, letters, before=HIGH) for c in _blocks(text, *part)
    ]
    rest = spans(text, _LINE, within(letters, gaps(text, blocks)), before=HIGH)
    changes = blocks + [c for a, b in rest for c in _plain_line(a, text[a:b])]
    return sorted(changes, key=attrgetter("start"))


def _blocks(text: str, start: int, end: int) -> list[Change]:
    return read_blocks(text, start, end, _read_block, _ASKED)[0]


def _read_block(shown: str) -> tuple[str, Callable[[str], str]] | None:
    return next((way for way in _plainly(shown) if reads_chinese(way[0])), None)


def _is_mixed(text: str, start: int, end: int) -> bool:
    """Say whether what looks like a letter is none of a Western encoding; one is enough."""
    letters = (match[0] for match in _STRANGE.finditer(text, start, end))
    return any(c not in latin_bytes() and not as_central_bytes(c) for c in letters)


def _plain_line(start: int, shown: str) -> list[Change]:
    for read, forward in _plainly(shown):
        if _reads_common(read):
            return pieces(start, shown, read, forward, 0.99)
    return []


def _mixed_line(choose: Choose, start: int, shown: str) -> list[Change]:
    read, margin = _by_clauses(shown, choose)
    if not read or not _reads_common(read):
        return []
    confidence = round(MIXED_CEILING / (1 + exp(-margin)), 3)
    for decoder in decoders(shown):
        if decoder(read) == shown:
            whole = Change(start, start + len(shown), read, confidence, Proof.REPLAYED)
            return pieces(start, shown, read, decoder, confidence) or [whole]
    return []


def reads_as_gbk(shown: str) -> bool:
    r"""Say whether all that is ``shown`` is GBK, of which some bytes are valid UTF-8 by chance.

    >>> reads_as_gbk("ÎÒÃÇÒ»Æð¿ª»á"), reads_as_gbk("æ\x88\x91ä»¬")
    (True, False)
    """
    return any(_reads_common(read) for read, _ in _plainly(shown))


def _reads_common(read: str) -> bool:
    return reads_chinese(read) and _is_common(read)


def _is_common(read: str) -> bool:
    return mean_cost(read) < COMMON_MEAN


def _is_sound(_shown: str, read: str) -> bool:
    return _is_common(read)


_ASKED = Lines(0.99, _is_sound, trails="".join(map(chr, range(0x40, 0x7F))))


def _plainly(shown: str) -> Iterator[tuple[str, Callable[[str], str]]]:
    """Yield the readings of a line each byte of which is one character, and their forward way."""
    coded = whole_latin_bytes(shown)
    if coded and (read := _decoded(coded[0])):
        yield read, partial(_shown_western, coded[1])
    elif not coded and (data := as_central_bytes(shown)) and (read := _decoded(data)):
        yield read, shown_central


def _decoded(data: bytes) -> str:
    try:
        return data.decode("gbk")
    except UnicodeDecodeError:
        return ""


def _shown_western(windows: bool, text: str) -> str:
    return read_as_latin(text.encode("gbk"), windows=windows)


# Read as the Windows encoding of Central Europe: ÖĐÎÄ


@lru_cache(maxsize=1)
def _central() -> str:
    return "".join(bytes((b,)).decode("cp1250", "ignore") or chr(b) for b in range(0x100))


def as_central_bytes(shown: str) -> bytes:
    """Return the bytes of ``shown`` in cp1250, or none.

    >>> as_central_bytes("ÖĐÎÄ").decode("gbk")
    '中文'
    """
    try:
        return shown.encode("cp1250")
    except UnicodeEncodeError:
        return b""


def shown_central(text: str) -> str:
    """Damage ``text`` so."""
    data = text.encode("gbk")
    return "".join(map(_central().__getitem__, data))


# Mixed decoders, clause by clause


def _by_clauses(shown: str, choose: Choose) -> tuple[str, float]:
    """Return the reading of a line and how clear it is, or nothing where a clause has none."""
    clauses = [match[0] for match in _CLAUSE.finditer(shown)]
    read: list[str] = []
    before, at, clear = "", 0, inf
    while at < len(clauses):
        count, found, margin = _next_clauses(clauses[at : at + _JOINED_PLAINLY], before, choose)
        if not found:
            return "", 0.0
        read.append(found)
        before, at, clear = found[-2:], at + count, min(clear, margin)
    return "".join(read), clear


def _next_clauses(clauses: Sequence[str], before: str, choose: Choose) -> tuple[int, str, float]:
    """Return how many clauses are read as one, their reading and how clear it is.

    As the bytes are comes before what the model chooses: ``°¡£¬`` is 啊， with a false mark inside.
    """
    parts = list(accumulate(clauses))
    for count, part in enumerate(parts, start=1):
        if read := _in_bytes(part, before):
            return count, read, inf
    for count, part in enumerate(parts[:_JOINED], start=1):
        read, margin = choose(part, before)
        sound = read.endswith(_FULL.get(part[-2:], "")) and _is_in_step(read, before, _BAD)
        if read and (sound or count == min(len(parts), _JOINED)):
            return count, read, margin
    return 0, "", 0.0


def _in_bytes(shown: str, before: str) -> str:
    """Return the reading of a clause as its bytes are, if that is in step."""
    if shown.isascii():
        return shown
    read = _decoded(shown.encode("latin-1", _BY_TWO_BYTES))
    return read if read and _is_in_step(read, before, _DOUBTFUL) else ""


def _is_in_step(text: str, before: str, limit: float) -> bool:
    """Say whether no few characters in a row are so unlikely that they must be misread."""
    cost = language_model().cost
    first = second = 0.0
    before = before or "\n"
    for character in text:
        third = cost(before, character)
        if first + second + third > limit:
            return False
        first, second = second, third
        before = before[-1:] + character
    return True


def _in_utf8(error: UnicodeError) -> tuple[bytes, int]:
    """Encode what is no Latin-1: cp1252's own by their byte, all others as they are in UTF-8."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    table = latin_bytes()
    parts = (
        bytes((table[c],)) if c in table else c.encode("utf-8", "replace")
        for c in error.object[error.start : error.end]
    )
    return b"".join(parts), error.end


register_error(_BY_TWO_BYTES, _in_utf8)


def decoders(shown: str) -> tuple[Callable[[str], str], ...]:
    """Return the programs that may have made what is ``shown``, the plain one first."""
    windows = any(character > "\xff" and character in latin_bytes() for character in shown)
    return tuple(
        partial(_shown_mixed, sequences, windows=windows) for sequences in (None, _PAIRS, _TRIPLES)
    )


def _shown_mixed(sequences: re.Pattern[bytes] | None, text: str, *, windows: bool) -> str:
    data = text.encode("gbk", "replace")
    shown: list[str] = []
    at = 0
    for match in sequences.finditer(data) if sequences else ():
        shown.append(read_as_latin(data[at : match.start()], windows=windows))
        shown.append(match[0].decode("utf-8", "ignore") or read_as_latin(match[0], windows=windows))
        at = match.end()
    shown.append(read_as_latin(data[at:], windows=windows))
    return "".join(shown)
