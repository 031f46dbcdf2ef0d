"""Whether a crossing stands out of its surroundings: rare words among sound Chinese are words.

In a dictionary 豺狼 stands alone in its line and reads as Hangul; so does 皎皎 as Japanese. What
speaks for damage is more than a word of it, or the lack of sound Chinese beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol, TypeVar

from meipi.repair.channels.utf8 import mean_cost

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meipi.repair.channels.crossing_kinds import Crossing

_HANZI = re.compile("[\u3400-\u9fff]")
_SYLLABLES = frozenset(
    "다니이하는을자를에로부지수사가한의시스기어피서있합색습은정용일리트인여할입면갈설선고터드그아파치도해나으연제보요대크오비프모화택우라남문경호전동장상위키세성식력"
    "표데바음만른소값주진마개검번들없되않구손작미과메러람유필체거계간션적려공된열템형게포타관원두추단야중안결얀디행확램내또목변쪽래조반분함르각저방와록밀명버페때발더"
    "름누십재됩본든당영네배워티실플무활브능셀얼신운환통산업항올삭태차예및웨역레굴클날현같집컴생양범새물복법짜팅숫코블커텍퓨근처절애별알언것접테었글린최창했링살패참임"
    "속편등노콘볼초따히깃금권릿카달며락점베머류옵루향줄암월매찾케백토증슬랑뉴후릭악학못령릅왼효직림출눌준존건잡폴말국돌청액축막까교곱특투료받쇄란질종째델젝움눅츠회닥"
    "빈떤외튼헤뷰쓰널순잘렉너톱런술삽불채읽골허꾸측약련았될룹롤많납퍼좌립판휠져북감량율첫넣탄눈숨넷맨봅"
)
"""Nineteen in twenty syllables of Korean are one of these; of other text read as Korean, few."""
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[가-힣]")
_LETTERS = re.compile("[\u3040-\u30ff\u3400-\u9fff가-힣]{2}")
_UNUSUAL = 9.2
"""Mean unigram cost of characters: of prose it is under seven."""
_BESIDE, _NEARBY = 60, 200
_NEEDED, _PER_HANZI, _MOST = 14.0, 1.2, 12


class Reading(Protocol):
    """What a shown stretch stands for, and by how many nats it reads better."""

    @property
    def shown(self) -> str:
        """Give the stretch."""
        ...

    @property
    def text(self) -> str:
        """Give what it stands for."""
        ...

    @property
    def crossing(self) -> Crossing:
        """Name the crossing."""
        ...

    @property
    def gain(self) -> float:
        """Give the gain."""
        ...


R = TypeVar("R", bound=Reading)


def standing_out(text: str, found: Sequence[tuple[int, R]]) -> list[tuple[int, R]]:
    """Return the readings that those of the same kind nearby speak for more than the rest does not.

    ``found`` holds where each begins.
    """
    kinds: dict[str, list[tuple[int, R]]] = defaultdict(list)
    for at, reading in sorted(found, key=lambda pair: pair[0]):
        if not _is_worded(reading.text, reading.crossing.name):
            continue
        kinds[reading.crossing.name].append((at, reading))
    covered = sorted((at, at + len(reading.shown)) for at, reading in found)
    return [pair for kind in kinds.values() for pair in _of_kind(text, kind, covered)]


def _is_worded(text: str, crossing: str) -> bool:
    """Say whether letters stand side by side, in Chinese none but usual Chinese ones.

    Of Korean most syllables must be everyday ones.
    """
    if crossing.startswith(("gbk-", "big5-")) and (
        5 * len(_KANA.findall(text)) > len(text) or mean_cost(text) > _UNUSUAL
    ):
        return False
    hangul = _HANGUL.findall(text)
    everyday = sum(syllable in _SYLLABLES for syllable in hangul)
    return _LETTERS.search(text) is not None and everyday >= 0.7 * len(hangul)


def _of_kind(
    text: str, kind: Sequence[tuple[int, R]], covered: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, R]]:
    starts = [at for at, _ in kind]
    sums = [0.0, *accumulate(_weights(text, kind, covered))]
    for at, reading in kind:
        end = at + len(reading.shown)
        low, high = bisect_left(starts, at - _NEARBY), bisect_right(starts, end + _NEARBY)
        if sums[high] - sums[low] > _NEEDED:
            yield at, reading


def _weights(
    text: str, kind: Sequence[tuple[int, R]], covered: Sequence[tuple[int, int]]
) -> Iterator[float]:
    """Yield what each reading speaks for damage: its gain, less what is sound beside it.

    A character that is only said again is no evidence.
    """
    last: dict[str, int] = {}
    for at, reading in kind:
        high = [character for character in reading.shown if character >= "\x80"]
        new = sum(last.get(c, -_NEARBY) <= at - _NEARBY for c in set(high))
        last.update(dict.fromkeys(high, at))
        beside = _sound(text, max(0, at - _BESIDE), at + len(reading.shown) + _BESIDE, covered)
        yield reading.gain * new / max(1, len(high)) - _PER_HANZI * min(_MOST, beside)


def _sound(text: str, start: int, end: int, covered: Sequence[tuple[int, int]]) -> int:
    """Count the Chinese characters of a range that no reading covers."""
    count = 0
    first = max(0, bisect_left(covered, (start, start)) - 1)
    for low, high in covered[first : bisect_left(covered, (end, end))]:
        if low > start:
            count += len(_HANZI.findall(text, start, low))
        start = max(start, high)
    return count + (len(_HANZI.findall(text, start, end)) if end > start else 0)
