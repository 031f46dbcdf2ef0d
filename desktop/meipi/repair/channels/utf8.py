"""What the channels share whose damaged text is UTF-8 read as something else."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp, fsum
from operator import mul
from typing import TYPE_CHECKING

from meipi.core.repairs import LOST, Proof
from meipi.repair.model import language_model
from meipi.repair.plan import Change
from meipi.repair.tables import only_simplified, only_traditional

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from meipi.repair.lattice import Node

_CONTINUATIONS = tuple(range(0x80, 0xC0))
NOT_CHINESE = re.compile(
    "[^\x00-\x7f\u00b0\u00b7\u00d7\u2000-\u206f\u20ac\u2100-\u218f\u2190-\u27bf\u3000-\u30ff\u3400-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001f300-\U0001faff\U00020000-\U0003ffff]+"
)
_HANZI = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LEADS = bytes(range(0xE4, 0xEA))
"""First bytes of U+4000 to U+9FFF in UTF-8, nearly all Chinese characters."""
HANZI_LEADS = frozenset(bytes((byte,)) for byte in _LEADS)
_SPEAKS = re.compile(
    r"乱码|亂碼|编码|編碼|字符集|utf-?8|gbk|gb2312|latin-?1|unicode|实体|實體|转义|显示|顯示|看到",
    re.I,
)
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "'": "'", "`": "`", "《": "》"}
_STOPS = "，。！？；：、…”』」）》"
_GUESSED_CEILING, _EATEN_CEILING = 0.95, 0.75
"""Highest confidence of what the model chose; of eaten marks three in four are right."""
_RARE = 10.0
"""Nats from which a character is rare."""
_COMMON = range(0x4E00, 0xA000)
_NEARBY = 300
_SPECIMEN = 24
"""Longest run in quotes that can be an example of damage in a text about it."""


def wanted(carry: bytes) -> int:
    r"""Return how many bytes the UTF-8 character begun in ``carry`` still wants.

    >>> wanted(b""), wanted(b"\xe4"), wanted(b"\xe4\xb8")
    (0, 2, 1)
    """
    if not carry:
        return 0
    lead = carry[0]
    return (2 if lead < 0xE0 else 3 if lead < 0xF0 else 4) - len(carry)


def feed(carry: bytes, data: bytes) -> tuple[str, bytes] | None:
    r"""Read on in UTF-8: the characters completed and the bytes left over; nothing if malformed.

    >>> feed(b"\xe4\xb8", b"\xad\xe6")
    ('中', b'\xe6')
    """
    data = carry + data
    whole = len(data)
    for back in range(1, min(4, whole + 1)):
        byte = data[whole - back]
        if byte >= 0xC0:
            if wanted(data[whole - back :]) > 0:
                whole -= back
            break
        if byte < 0x80:
            break
    try:
        text = data[:whole].decode("utf-8")
    except UnicodeDecodeError:
        return None
    left = data[whole:]
    return (text, left) if not left or 0xC2 <= left[0] <= 0xF4 else None


@lru_cache(maxsize=16_384)
def completions(carry: bytes, holes: tuple[int, ...] = _CONTINUATIONS) -> tuple[str, ...]:
    """Return the characters that one of the bytes ``holes`` completes."""
    every = (carry + bytes((byte,)) for byte in holes)
    return tuple(c for data in every if (c := data.decode("utf-8", "ignore")))


def share_chinese(text: str) -> float:
    """Return which share of the characters outside ASCII belongs in a Chinese text."""
    high = len(text) - len(text.encode("ascii", "ignore"))
    strange = sum(map(len, NOT_CHINESE.findall(text)))
    return (high - strange) / high if high else 0.0


def count_hanzi(text: str) -> int:
    """Count the Chinese characters of ``text``."""
    return sum(map(len, _HANZI.findall(text)))


def is_mostly_hanzi(text: str) -> bool:
    """Say whether every third character at the least is a Chinese one."""
    data = text.encode("utf-8", "replace")  # to count their first bytes takes a third of the time
    return 3 * (len(data) - len(data.translate(None, _LEADS))) >= len(text) or (
        3 * count_hanzi(text) >= len(text)
    )


def has_hanzi(changes: Iterable[Change], least: int) -> bool:
    """Say whether there are so many Chinese characters in what ``changes`` make: most times soon.

    >>> has_hanzi([Change(0, 6, "中文", 0.9, Proof.TABLE)], 2)
    True
    """
    for change in changes:
        least -= count_hanzi(change.after)
        if least <= 0:
            return True
    return False


def is_specimen(text: str, start: int, end: int) -> bool:
    """Say whether a short run stands in quotes in a paragraph that speaks of encodings.

    >>> line = "把“中文”按GBK读，会看到“鐢ㄦ埛”。"
    >>> is_specimen(line, line.index("鐢"), line.index("”。"))
    True
    """
    if end - start > _SPECIMEN:
        return False
    if _QUOTES.get(text[start - 1 : start], "\n") != text[end : end + 1]:
        return False
    low, high = max(0, start - _NEARBY), end + _NEARBY
    first = text.rfind("\n", low, start) + 1 or low
    last = text.find("\n", end, high)
    return _SPEAKS.search(text, first, last if last >= 0 else high) is not None


@dataclass(frozen=True, slots=True)
class Item:
    """A displayed piece: its place, and its bytes or the kind of hole it is.

    ``costs`` are extra nats of characters that come out of it, ``behind`` is what is known to
    follow, ``gap`` its place in the readable part of the text. Of what was ``eaten`` there are the
    nats by the kind of what is before it, and the nats of marks before it, where it ends the line
    and where not.
    """

    start: int
    end: int
    data: bytes = b""
    hole: str = ""
    holes: tuple[int, ...] = field(default=_CONTINUATIONS)
    costs: Mapping[str, float] = field(default_factory=dict)
    behind: str = ""
    gap: int = -1
    eaten: Mapping[str, Mapping[str, float]] | None = None
    stops: Mapping[bool, Mapping[str, float]] = field(default_factory=dict)


def script_costs(known: str) -> frozenset[str]:
    """Return the characters that do not belong where the ``known`` ones are of one script."""
    counts = Counter(known)
    simplified = sum(n for character, n in counts.items() if character in only_simplified())
    traditional = sum(n for character, n in counts.items() if character in only_traditional())
    if max(simplified, traditional) < 3:
        return frozenset()
    if simplified >= 8 * traditional:
        return only_traditional()
    return only_simplified() if traditional >= 8 * simplified else frozenset()


def split(
    items: Sequence[Item], nodes: Sequence[Node], forward: Callable[[str], str], text: str
) -> list[Change]:
    """Cut a decoded run into changes where both texts are between characters.

    A cut falls behind punctuation and around ASCII; what is not replayed by ``forward`` is refused.
    """
    changes = []
    first = 0
    for at, node in enumerate(nodes):
        if node.carry is not None:
            continue
        if at + 1 < len(nodes) and (
            items[at + 1].start == items[at + 1].end
            or not is_cut(node.arc.text, nodes[at + 1].arc.text)
        ):
            continue
        changes.append(_change(items[first : at + 1], nodes[first : at + 3], at + 1 - first))
        first = at + 1
    start, end = items[0].start, items[-1].end
    whole = "".join(node.arc.text for node in nodes)
    return changes if forward(whole) == text[start:end] else []


def is_cut(before: str, behind: str) -> bool:
    """Say whether a run is cut between two texts: behind punctuation and around ASCII."""
    last, first = before[-1:], behind[:1]
    return "" < last < "\x80" or "" < first < "\x80" or (last != "" and last in _STOPS)


def _change(items: Sequence[Item], nodes: Sequence[Node], count: int) -> Change:
    after = "".join(node.arc.text for node in nodes[:count])
    # What vanished left no item, but a note where it was put back.
    guessed = any(item.hole for item in items) or any(node.arc.note for node in nodes[:count])
    chosen = zip(items, nodes, strict=False)
    margin = min(node.margin for node in nodes)
    eaten = any(item.hole == "eaten" and node.arc.text.strip() for item, node in chosen)
    ceiling = _EATEN_CEILING if eaten else _GUESSED_CEILING if guessed else 0.999
    return Change(
        items[0].start,
        items[-1].end,
        after,
        confidence=round(ceiling / (1 + exp(-max(margin, 0.0))), 3),
        proof=Proof.INFERRED if guessed else Proof.REPLAYED,
        lost="swallowed" if LOST in after else "",
    )


def mean_cost(text: str) -> float:
    """Return how rare the characters of ``text`` outside ASCII are, in nats."""
    high = {c: count for c, count in Counter(text).items() if c >= "\x80"}
    return _cost(high) / sum(high.values()) if high else 0.0


def gain(shown: str, text: str) -> float:
    """Return by how many nats ``text`` reads better than what is ``shown``."""
    return _cost(Counter(shown)) - _cost(Counter(text))


def _cost(counts: Mapping[str, int]) -> float:
    return fsum(map(mul, map(unigram, counts), counts.values()))


@lru_cache(maxsize=1)
def usual() -> re.Pattern[str]:
    """Return the pattern of usual Chinese characters.

    They are three in four of prose, and fewer than every second of what was damaged twice.
    """
    return re.compile(f"[{''.join(c for c in map(chr, _COMMON) if unigram(c) < _RARE)}]+")


class _Costs(dict[str, float]):
    """The model's cost of a character, remembered: most of a text come again."""

    _MOST = 65536

    def __missing__(self, character: str) -> float:
        cost = language_model().unigram(character)
        if len(self) < self._MOST:
            self[character] = cost
        return cost


unigram: Callable[[str], float] = _Costs().__getitem__
