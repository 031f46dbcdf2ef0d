"""Brackets strewn into Chinese against copying: 大学(🕰)的话剧(jù )社, 重(zhong)要(yao)的(de)."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase
from typing import TYPE_CHECKING
from unicodedata import normalize

from meipi.core.repairs import Proof
from meipi.repair.channels.base import Channel
from meipi.repair.channels.utf8 import count_hanzi
from meipi.repair.model import language_model
from meipi.repair.plan import Change
from meipi.repair.tables import readings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HANZI = "\u3400-\u9fff"
_ENDS = f"(?=[{_HANZI}，。、；：！？”’》」）…,.;:!?)]|$)"
_EMOJI = re.compile(
    f"(?<=[{_HANZI}])\\([\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]\ufe0f?\\){_ENDS}"
)
_TRAILING = re.compile(f"(?<=[{_HANZI}])\\([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]{{1,6}} \\){_ENDS}")
_PLAIN = re.compile(f"([{_HANZI}])((?:\\([a-z]{{1,6}}\\))+)")
_ENOUGH = 3
_MANY = 6
_TAUGHT = re.compile("拼音|读音|讀音|读作|讀作|声调|聲調|多音字|注音|汉语|漢語|姓氏")
_COMMON = 6.4
"""Unigram cost under which nobody needs a character explained: 是, 的, 中."""


def find(text: str, brackets: Sequence[int]) -> list[Change]:
    """Propose to drop such brackets, where there are several.

    >>> len(find("影片(🛍)通过一所大学(🕰)的话剧(jù )社", [2, 11, 17]))
    3
    >>> find("开心(😀)就好", [2])
    []
    """
    if len(brackets) < _ENOUGH:
        return []
    strewn = [m for at in brackets if (m := _EMOJI.match(text, at) or _TRAILING.match(text, at))]
    changes = [_dropped(text, *m.span()) for m in strewn] if len(strewn) >= _ENOUGH else []
    return changes + _find_plain(text, brackets)


def _find_plain(text: str, brackets: Sequence[int]) -> list[Change]:
    """Propose to drop readings without tones, where the commonest characters have them."""
    matches = (_PLAIN.match(text, at - 1) for at in brackets if at)
    known = [m for m in matches if m and _reads(m[1], m[2])]
    common = {m[1] for m in known if language_model().unigram(m[1]) < _COMMON}
    if len(common) < _ENOUGH and not _are_strewn(text, known):
        return []
    return [Change(m.start(), m.end(), m[1], 0.95, Proof.TABLE) for m in known]


def _are_strewn(text: str, known: Sequence[re.Match[str]]) -> bool:
    """Say whether many characters have readings and many have none, as no teacher gives them."""
    if len({m[1] for m in known}) < _MANY or len(known) >= 0.6 * count_hanzi(text):
        return False
    return _TAUGHT.search(text) is None


def _reads(character: str, brackets: str) -> bool:
    return all(part in _toneless().get(character, ()) for part in re.findall("[a-z]+", brackets))


@lru_cache(maxsize=1)
def _toneless() -> Mapping[str, frozenset[str]]:
    """Return how each character can be read, without the marks of tones."""
    table: dict[str, set[str]] = {}
    for reading, characters in readings().items():
        plain = normalize("NFD", reading).encode("ascii", "ignore").decode()
        for character in characters:
            table.setdefault(character, set()).add(plain)
    return {character: frozenset(found) for character, found in table.items()}


def _dropped(text: str, start: int, end: int) -> Change:
    """Return the deletion, with the character before it so that there is something to show."""
    return Change(start - 1, end, text[start - 1], 0.97, Proof.TABLE)


@lru_cache(maxsize=1)
def _signs() -> tuple[frozenset[str], frozenset[str]]:
    emoji = (*range(0x2600, 0x27C0), *range(0x2B00, 0x2C00), *range(0x1F000, 0x1FB00))
    return frozenset("("), frozenset(ascii_lowercase) | frozenset(map(chr, emoji))


def _damage(text: str) -> str:
    return re.sub(f"(?<=[{_HANZI}])(?=[{_HANZI}])", "(🕰)", text)


CHANNEL = Channel(
    "bracket-noise",
    "防复制的括号",
    "Brackets against copying",
    find,
    pairs=_signs,
    damage=_damage,
)
