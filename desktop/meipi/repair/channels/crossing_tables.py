"""The double-byte encodings of East Asia that are taken for one another, and how likely text is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from meipi.repair.channels.utf8 import count_hanzi, share_chinese
from meipi.repair.codepages import EURO, REPLACEMENT, decoded_alone, gbk_characters
from meipi.repair.model import language_model

_COMMON_HANGUL = frozenset(
    "다이는을하가고에의로은지기사한서시어도그리아자나인해수정대보스있게것들면구세요만니입습를었된할문일부전제상주"
)
_HANGUL, _HIRAGANA, _KATAKANA = ("가", "힣"), ("ぁ", "ゟ"), ("゠", "ヿ")
_HALF_KATAKANA = ("\uff61", "\uff9f")
_LETTERS = re.compile("[\u3040-\ufeff\uff61-\U0010ffff]+")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_COMMON_HANGUL_COST, _HANGUL_COST, _KANA_COST = 5.1, 8.6, 5.0
"""Nats: half of Korean text is made of some fifty syllables; kana are some hundred and fifty."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """An encoding as text is written in it and as programs read it."""

    written: str
    read: tuple[str, ...]
    """Python's codecs, the widest first: what one lacks another may have."""

    def characters(self) -> dict[bytes, str]:
        """Return what is shown for each byte pair and each single high byte."""
        return _characters(self.read)

    def sequences(self) -> dict[str, tuple[bytes, ...]]:
        """Return the bytes that can stand behind each character that is shown."""
        return _sequences(self.read)

    def first_bytes(self, shown: str) -> bytes:
        """Return the first bytes that can stand behind each character; ``KeyError`` without any."""
        if self is GBK:
            try:
                return shown.encode("gbk")  # the same, a hundred times as fast
            except UnicodeEncodeError:
                pass
        table = self.sequences()
        return b"".join([c.encode() if c < "\x80" else table[c][0] for c in shown])

    def ambiguous(self) -> frozenset[str]:
        """Return the characters that more than one byte sequence can stand behind."""
        return _ambiguous(self.read)


GBK = Encoding("gbk", ("gbk",))
BIG5 = Encoding("cp950", ("big5hkscs", "cp950"))
SHIFT_JIS = Encoding("cp932", ("cp932",))
EUC_KR = Encoding("euc_kr", ("cp949",))


@lru_cache(maxsize=8)
def _characters(codecs: tuple[str, ...]) -> dict[bytes, str]:
    if codecs == GBK.read:
        return {**gbk_characters(), b"\x80": EURO}
    singles = [bytes((byte,)) for byte in range(0x80, 0x100)]
    pairs = map(bytes, product(range(0x81, 0xFF), range(0x40, 0xFF)))
    sequences = [*singles, *pairs]
    table: dict[bytes, str] = {}
    for codec in reversed(codecs):
        table |= decoded_alone(sequences, codec)
    return {data: c for data, c in table.items() if not "\x80" <= c < "\xa0"}


@lru_cache(maxsize=8)
def _sequences(codecs: tuple[str, ...]) -> dict[str, tuple[bytes, ...]]:
    table: dict[str, tuple[bytes, ...]] = {}
    for data, character in _characters(codecs).items():
        table[character] = (*table.get(character, ()), data)
    return table


@lru_cache(maxsize=8)
def _ambiguous(codecs: tuple[str, ...]) -> frozenset[str]:
    return frozenset(c for c, ways in _sequences(codecs).items() if len(ways) > 1)


@lru_cache(maxsize=4096)
def holes(encoding: Encoding, count: int, following: frozenset[bytes]) -> tuple[bytes, ...]:
    """Return the bytes, one or two, that cannot be read before any of the ``following`` ones."""
    table = encoding.characters()
    alone = [data for byte in range(0x80, 0x100) if (data := bytes((byte,))) not in table]
    last = [b for b in alone if not following or any(b + after not in table for after in following)]
    if count == 1:
        return tuple(last)
    return tuple(a + b for a in alone for b in last if a + b not in table)


# How likely a text is, Chinese or not


@lru_cache(maxsize=16)
def text_cost(text: str) -> float:
    """Return the cost of ``text`` in nats, Japanese and Korean by their own letters."""
    model, total, before = language_model(), 0.0, "\n"
    for character in text:
        own = _letter_cost(character)
        total += model.cost(before, character) if own is None else own
        before = before[-1:] + character
    return total


def _letter_cost(character: str) -> float | None:
    if _HANGUL[0] <= character <= _HANGUL[1]:
        return _COMMON_HANGUL_COST if character in _COMMON_HANGUL else _HANGUL_COST
    for first, last in (_HIRAGANA, _KATAKANA, _HALF_KATAKANA):
        if first <= character <= last:
            return _KANA_COST
    return None


def _share(text: str, *ranges: tuple[str, str]) -> float:
    letters = len("".join(_LETTERS.findall(text)))
    found = sum(len("".join(_of(*bounds).findall(text))) for bounds in ranges)
    return found / letters if letters else 0.0


@lru_cache(maxsize=8)
def _of(low: str, high: str) -> re.Pattern[str]:
    return re.compile(f"[{low}-{high}]+")


def reads_as(encoding: Encoding, text: str) -> bool:
    """Say whether ``text`` is of the language that is written in ``encoding``."""
    if REPLACEMENT in text or _PRIVATE.search(text):
        return False
    if encoding is EUC_KR:
        return _share(text, _HANGUL) >= 0.8
    if encoding is SHIFT_JIS:
        return _share(text, _HIRAGANA, _KATAKANA) >= 0.3
    return share_chinese(text) >= 0.95 and count_hanzi(text) > 0


def unusual() -> tuple[frozenset[str], frozenset[str]]:
    """Return characters of which two side by side are seldom seen but in a wrong encoding."""
    return _unusual()


_RARE = 10.8
_NOT_COMMON = 8.2


@lru_cache(maxsize=1)
def _unusual() -> tuple[frozenset[str], frozenset[str]]:
    model = language_model()
    rare = {c for c in map(chr, range(0x3400, 0xA000)) if model.unigram(c) > _RARE}
    korean = {c.encode("euc-kr").decode("gbk") for c in _COMMON_HANGUL}
    odd = rare | {c for c in korean if model.unigram(c) > _NOT_COMMON}
    shown = odd | {REPLACEMENT} | set(map(chr, (*range(0xFF61, 0xFFA0), *range(0xE000, 0xF8F6))))
    hangul = set(map(chr, range(0xAC00, 0xD7A4)))
    kana = set(map(chr, range(0x3041, 0x30FF)))
    # The commonest characters of Big5 are shown as kana, Greek and bopomofo, side by side.
    bopomofo, greek = set(map(chr, range(0x3105, 0x312A))), set(map(chr, range(0x391, 0x3CA)))
    first = shown | hangul | greek | bopomofo
    return frozenset(first), frozenset(shown | kana | bopomofo)
