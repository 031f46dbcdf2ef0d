"""The rows that repair is asked to undo: what each makes of a clean text, byte for byte."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from meipi.repair.channels import ALL
from meipi.repair.channels.pinyin import annotate
from meipi.repair.codepages import REPLACEMENT, latin_bytes, read_as_gbk, read_as_latin
from meipi.repair.tables import only_traditional, readings

if TYPE_CHECKING:
    from collections.abc import Callable

_PAIRS = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\x00-\xff]", re.DOTALL)
_TRIPLES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\x00-\xff]", re.DOTALL)
_UNDEFINED = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_C1 = frozenset(range(0x80, 0xA0))
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of damage.

    ``damage`` raises UnicodeError for a text it cannot happen to. ``lost`` says which bytes of
    UTF-8 go, ``traditional`` that only such texts have it, ``eaten`` that □ is right for ASCII.
    """

    name: str
    ask: float
    damage: Callable[[str], str]
    lost: frozenset[int] = frozenset()
    traditional: bool = False
    eaten: bool = False


def _of(name: str) -> Callable[[str], str]:
    damage = next(channel.damage for channel in ALL if channel.name == name)
    assert damage is not None
    return damage


def _latin(text: str, *, windows: bool, rounds: int) -> str:
    for _ in range(rounds):
        text = read_as_latin(text.encode(), windows=windows)
    return text


def _gbk_as_latin(text: str, *, windows: bool) -> str:
    return read_as_latin(text.encode("gbk"), windows=windows)


def _mixed(text: str, *, parts: re.Pattern[bytes]) -> str:
    found = parts.findall(text.encode("gbk"))
    return "".join(p.decode("utf-8", "ignore") or read_as_latin(p, windows=False) for p in found)


def _with_losses(text: str, *, lost: frozenset[int], sign: str, windows: bool) -> str:
    shown = read_as_latin(text.encode(), windows=windows)
    return "".join(sign if latin_bytes().get(c) in lost else c for c in shown)


def _mail_words(text: str) -> str:
    return " ".join(_of("mail-words")(text[at : at + 13]) for at in range(0, len(text), 13))


def annotated(text: str, every: int, first: int) -> str:
    """Annotate every so many of the traditional characters, as other pages' scripts would."""
    alone = _reading_of()
    chosen = sorted(set(text) & alone.keys())[first::every]
    straddling = sorted(_straddling(text) & alone.keys())[first::every]
    return annotate(text, {c: alone[c] for c in (*chosen, *straddling)})


@lru_cache(maxsize=1)
def _reading_of() -> dict[str, str]:
    alone: dict[str, str] = {}
    for reading, found in readings().items():
        for character in found & only_traditional():
            alone.setdefault(character, reading)
    return alone


def _straddling(text: str) -> set[str]:
    """Return the characters that stand, byte for byte, between two others."""
    data = text.encode("gbk")
    pairs = (data[at : at + 2] for at in range(1, len(data) - 1))
    return {c for pair in pairs if len(c := pair.decode("gbk", "ignore")) == 1}


def _pinyin(text: str, *, every: int, dropped: bool = False) -> str:
    damaged = annotated(text, every, len(text) % every)
    return _PRIVATE.sub("", damaged) if dropped else damaged


def _losing(lost: frozenset[int], sign: str, *, windows: bool) -> Callable[[str], str]:
    return partial(_with_losses, lost=lost, sign=sign, windows=windows)


_FFFD = partial(read_as_gbk, lost=REPLACEMENT)
ROWS = (
    Row("references", 1.0, _of("references")),
    Row("percent", 1.0, _of("percent")),
    Row("mail words", 1.0, _mail_words),
    Row("radicals", 1.0, _of("radicals")),
    Row("zero-width", 1.0, _of("zero-width")),
    Row("cp1252", 1.0, partial(_latin, windows=True, rounds=1)),
    Row("cp1252 twice", 1.0, partial(_latin, windows=True, rounds=2)),
    Row("latin-1", 1.0, partial(_latin, windows=False, rounds=1)),
    Row("latin-1 twice", 1.0, partial(_latin, windows=False, rounds=2)),
    Row("gbk as latin-1", 1.0, partial(_gbk_as_latin, windows=False)),
    Row("gbk as cp1252", 1.0, partial(_gbk_as_latin, windows=True)),
    Row("utf-16", 1.0, _of("utf16-as-latin")),
    Row("big5 as gbk", 1.0, _of("big5-as-gbk"), traditional=True),
    Row("mixed, pairs", 0.98, partial(_mixed, parts=_PAIRS)),
    Row("mixed, triples", 0.98, partial(_mixed, parts=_TRIPLES)),
    Row("utf-8 as gbk, fffd", 0.92, lambda text: _FFFD(text.encode())),
    Row("utf-8 as gbk, windows", 0.88, lambda text: read_as_gbk(text.encode()), eaten=True),
    Row("cp1252, five as ?", 0.68, _losing(_UNDEFINED, "?", windows=True), _UNDEFINED),
    Row("cp1252, five as fffd", 0.68, _losing(_UNDEFINED, REPLACEMENT, windows=True), _UNDEFINED),
    Row("cp1252, five dropped", 0.68, _losing(_UNDEFINED, "", windows=True), _UNDEFINED),
    Row("latin-1, c1 dropped", 0.0, _losing(_C1, "", windows=False), _C1),
    Row("gbk as big5", 0.88, _of("gbk-as-big5")),
    Row("gbk as shift-jis", 0.88, _of("gbk-as-shift-jis")),
    Row("gbk as euc-kr", 0.82, _of("gbk-as-euc-kr")),
    Row("pinyin, few", 0.93, partial(_pinyin, every=6), traditional=True),
    Row("pinyin, half", 0.98, partial(_pinyin, every=2), traditional=True),
    Row("pinyin, all", 1.0, partial(_pinyin, every=1), traditional=True),
    Row("pinyin, half, dropped", 0.88, partial(_pinyin, every=2, dropped=True), traditional=True),
)
"""In the order of the figures that are asked of them."""
