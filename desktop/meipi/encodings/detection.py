"""Which encoding bytes are in: what their structure allows, and which reading is likely language.

UTF-8's structure is proof: Chinese in another encoding does not come out as well-formed sequences
of three bytes. Elsewhere every encoding reads the bytes as some text, and the likeliest text wins.
"""

from __future__ import annotations

import codecs
import math
import re
from dataclasses import dataclass

from meipi.encodings.likelihood import NONSENSE, models
from meipi.encodings.named import byte_order_mark, decode_as
from meipi.encodings.sampling import Piece, chunks, pieces


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding the bytes may be in; the confidences of one detection sum to one."""

    encoding: str
    confidence: float
    bom: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An encoding, the languages written in it and how many nats its rarity costs."""

    encoding: str
    languages: tuple[str, ...]
    rarity: float
    unit: int = 1
    rest: re.Pattern[bytes] | None = None
    """What may be left of a first character that was cut in two."""


_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_CONTINUATION = re.compile(rb"[\x80-\xbf]{1,3}")

_ALL = ("hans", "hant", "ja", "ko", "western")
_CANDIDATES = (
    _Candidate("utf-8", _ALL, 0.0, rest=_CONTINUATION),
    _Candidate("gb18030", ("hans", "hant"), 0.0, rest=_HIGH_BYTE),
    _Candidate("big5hkscs", ("hant",), 0.5, rest=_HIGH_BYTE),
    _Candidate("utf-16-le", _ALL, 3.0, unit=2),
    _Candidate("utf-16-be", _ALL, 4.0, unit=2),
    _Candidate("cp932", ("ja",), 4.0, rest=_HIGH_BYTE),
    _Candidate("euc_jp", ("ja",), 4.0, rest=_HIGH_BYTE),
    _Candidate("cp949", ("ko",), 5.0, rest=_HIGH_BYTE),
    _Candidate("cp1252", ("western",), 3.0),
)
_HZ = _Candidate("hz", ("hans",), 20.0)
_WIDE = (
    _Candidate("utf-32-le", _ALL, 4.0, unit=4),
    _Candidate("utf-32-be", _ALL, 4.0, unit=4),
)

_LOST_START, _LOST_BYTE = 4.0, 4.0
_CUT_END = 8.0
"""Nats for a character cut in two at the beginning, and for one at the end."""
_UTF8_WELL_FORMED = 12.0
"""Nats in favour of UTF-8 where a few sequences of two bytes are all that speaks for it."""

_LONG_SEQUENCE = re.compile(
    rb"[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|[\xf0-\xf4][\x80-\xbf]{3}"
)
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]")
_HZ_PAIRS = re.compile(
    rb"~\{(?:[\x21-\x7d][\x21-\x7e])+(?:~\}|\n)|~\{(?:[\x21-\x7d][\x21-\x7e]){4,}$"
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
"""What no text in ASCII has, and three short hanzi in UTF-16 often do."""
_ENOUGH = 24
"""High bytes in the sample from which their structure can be trusted."""
_NEARLY_ALL = 0.9
_MOST = 0.995
_BIG5_READ = 1 << 20
# Where the two Big5 differ on what Taiwanese texts use daily, Windows' reading is meant.
_WINDOWS_MARKS = frozenset("‧﹑¯～⊕⊙∕﹨￥￠￡€")


def detect(data: bytes, *, limit: int = 5) -> tuple[Guess, ...]:
    """Return the likeliest encodings, best first.

    >>> detect("习近平会见李克强".encode("gbk"))[0].encoding
    'gb18030'
    >>> detect("李登輝".encode("big5"))[0].encoding
    'big5hkscs'
    """
    mark = byte_order_mark(data)
    if mark is not None:
        return (Guess(mark.name, 1.0, bom=True),)
    if data.isascii() and not _CONTROL.search(data) and not _HZ_PAIRS.search(data):
        return (Guess("utf-8", 1.0),)
    well_formed = _is_well_formed(data)
    sample = pieces(data)
    if b"\0" not in data and _is_utf8(sample, well_formed=well_formed):
        return (Guess("utf-8", 1.0 if well_formed else _MOST),)
    ranked = _ranked(_costs(data, sample, well_formed=well_formed))[:limit]
    return tuple(with_big5_named(guess, data) for guess in ranked)


def _is_well_formed(data: bytes) -> bool:
    """Tell whether ``data`` is UTF-8; a file may end inside a character."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for _, chunk in chunks(data):
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(pieces_: tuple[Piece, ...], *, well_formed: bool) -> bool:
    """Tell whether structure alone proves UTF-8, some bad bytes notwithstanding."""
    sample = b"".join(piece.plain for piece in pieces_)
    high = len(sample) - len(_HIGH.sub(b"", sample))
    long = sum(len(found) for found in _LONG_SEQUENCE.findall(sample))
    if well_formed:
        return long > 0 or high > _ENOUGH
    return high >= _ENOUGH and long >= high * _NEARLY_ALL


def _costs(data: bytes, sample: tuple[Piece, ...], *, well_formed: bool) -> dict[str, float]:
    """Return the cost in nats of each candidate's reading."""
    candidates = _CANDIDATES + (_WIDE if b"\0\0" in data else ()) + (_HZ,) * data.isascii()
    costs = {
        candidate.encoding: candidate.rarity + sum(_cost(candidate, piece) for piece in sample)
        for candidate in candidates
    }
    if well_formed and _SEQUENCE.search(data):
        costs["utf-8"] -= _UTF8_WELL_FORMED
    return costs


def _cost(candidate: _Candidate, piece: Piece) -> float:
    raw = piece.plain if candidate.unit == 1 else piece.aligned
    cost = _reading_cost(candidate, raw)
    rest = candidate.rest and candidate.rest.match(raw)
    if not rest:
        return cost
    return min(
        cost, _LOST_START + _LOST_BYTE * rest.end() + _reading_cost(candidate, raw[rest.end() :])
    )


def _reading_cost(candidate: _Candidate, raw: bytes) -> float:
    decoder = codecs.getincrementaldecoder(candidate.encoding)("replace")
    text = decoder.decode(raw)
    # Wide units hide more bytes behind one U+FFFD.
    hidden = NONSENSE * (candidate.unit - 1) * text.count("\ufffd")
    cut = _CUT_END if decoder.getstate()[0] else 0.0
    return cut + hidden + min(models()[language].cost(text) for language in candidate.languages)


def _ranked(costs: dict[str, float]) -> tuple[Guess, ...]:
    lowest = min(costs.values())
    weights = {name: math.exp(lowest - cost) for name, cost in costs.items()}
    total = sum(weights.values())
    order = sorted(weights, key=lambda name: -weights[name])
    return tuple(Guess(name, min(_MOST, weights[name] / total)) for name in order)


def with_big5_named(guess: Guess, data: bytes) -> Guess:
    """Tell Windows' Big5 from Hong Kong's where they read a text differently."""
    if guess.encoding != "big5hkscs":
        return guess
    windows, hong_kong = (decode_as(data[:_BIG5_READ], name) for name in ("cp950", "big5hkscs"))
    differing = {
        ours for ours, theirs in zip(windows.text, hong_kong.text, strict=False) if ours != theirs
    }
    if not differing or windows.replaced > hong_kong.replaced or differing - _WINDOWS_MARKS:
        return guess
    return Guess("cp950", guess.confidence)
