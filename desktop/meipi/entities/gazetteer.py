"""Places everybody knows: divisions from province to township, countries, cities, waters, regions.

A short form that is an ordinary word (和平, 平安, 大兴) never makes a name unless its full form
stands in the document.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.core.resources import resource_path
from meipi.entities.draft import Draft
from meipi.entities.folding import fold_text
from meipi.entities.lexicon import is_ordinary
from meipi.entities.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from meipi.entities.words import Words

_KEPT = 16_384
"""Names whose answer is kept."""
_PROVINCE, _PREFECTURE, _COUNTY, _TOWNSHIP = range(4)
_SHORTEST_FULL = 3
_PEOPLES = (
    "各族 壮族 回族 满族 维吾尔族 维吾尔 苗族 彝族 土家族 藏族 蒙古族 蒙古 侗族"
    " 布依族 瑶族 白族 朝鲜族 哈尼族 黎族 "
    "哈萨克族 哈萨克 傣族 畲族 傈僳族 仡佬族 拉祜族 佤族 水族 纳西族 羌族 土族 仫佬族"
    " 锡伯族 锡伯 柯尔克孜族 "
    "柯尔克孜 景颇族 达斡尔族 撒拉族 布朗族 毛南族 塔吉克族 塔吉克 普米族 阿昌族 怒族"
    " 鄂温克族 京族 基诺族 德昂族 "
    "保安族 裕固族 门巴族 鄂伦春族 独龙族 赫哲族 珞巴族"
)
_SUFFIX = re.compile(
    rf"(?:(?<=[一-龥][一-龥])(?:{'|'.join(sorted(_PEOPLES.split(), key=len, reverse=True))}))*"
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|区|县|州|盟|旗)$"
)

# One-character names of provinces; the second row are ordinary words as well.
_ABBREVIATIONS = "京津冀沪渝晋蒙辽苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀黔滇藏陕陇港澳"
_AMBIGUOUS = "吉黑贵云甘青宁新台秦"
_REGION = re.compile(
    # 津津乐道 names no region.
    rf"(?!(.)\1)(?=[{_ABBREVIATIONS}{_AMBIGUOUS}]*[{_ABBREVIATIONS}])"
    rf"(?:[{_ABBREVIATIONS}]{{2}}|[{_ABBREVIATIONS}{_AMBIGUOUS}]{{3,6}})"
)


# Their people and their tongue are no places, unless the tagger says so.
_PEOPLE = re.compile(r"[人语裔籍]")


@dataclass(frozen=True)
class Gazetteer:
    """The lists, ready to be matched."""

    full: Matcher
    townships: frozenset[str]
    """Full names of three characters that are too often something else to count alone."""
    provinces: Matcher
    shorts: Mapping[str, tuple[str, ...]]
    """Short form → the full names of prefectures and counties it can stand for."""
    prefectures: frozenset[str]
    """Short forms everybody uses without the full one: 保定, 大连."""
    world: Matcher
    above: Mapping[str, frozenset[str]]
    """Full and short name of a prefecture or county → the names of what it can lie in."""

    def everybody_knows(self, name: str) -> bool:
        """Say whether ``name`` needs no full form beside it: provinces, prefectures, the world."""
        return name in self.prefectures or name in self.provinces or name in self.world

    def lies_in(self, part: str, whole: str) -> bool | None:
        """Say whether ``part`` lies in ``whole``; nothing where either is not in the lists."""
        if part not in self.above or (whole not in self.above and whole not in self.provinces):
            return None
        return whole in self.above[part]


@lru_cache(_KEPT)
def shortened(name: str) -> str:
    """Return a division's name without its suffix; the name itself where nothing sound is left.

    >>> shortened("无锡市"), shortened("广西壮族自治区"), shortened("沙市区"), shortened("郊区")
    ('无锡', '广西', '沙市', '郊区')
    """
    short = _SUFFIX.sub("", name)
    return short if len(short) > 1 else name


@cache
def load_gazetteer() -> Gazetteer:
    """Read the packaged lists once."""
    full: set[str] = set()
    careful: set[str] = set()
    provinces: set[str] = set()
    shorts: dict[str, set[str]] = {}
    prefectures: set[str] = set()
    above: defaultdict[str, set[str]] = defaultdict(set)
    path: list[str] = []
    for level, name in _divisions():
        if len(name) >= _SHORTEST_FULL:
            full.add(name)
        if level == _TOWNSHIP:
            if len(name) == _SHORTEST_FULL:
                careful.add(name)
            continue
        short = shortened(name)
        path[level * 2 :] = [name, short]
        for form in (name, short):
            above[form].update(path[: level * 2])
        if level == _PROVINCE:
            provinces.add(short)
        elif short != name:
            shorts.setdefault(short, set()).add(name)
        if level == _PREFECTURE:
            prefectures.add(short)
        if level == _COUNTY and is_ordinary(short):
            careful.add(name)
    return Gazetteer(
        full=Matcher(full),
        townships=frozenset(careful),
        provinces=Matcher(provinces),
        shorts={short: tuple(sorted(names)) for short, names in shorts.items()},
        prefectures=frozenset(prefectures),
        world=Matcher(_world()),
        above={name: frozenset(wholes) for name, wholes in above.items()},
    )


def _divisions() -> Iterator[tuple[int, str]]:
    packed = resource_path("entities", "divisions.txt.gz").read_bytes()
    for line in fold_text(gzip.decompress(packed).decode()).splitlines():
        # The folding turns tabs into blanks.
        name = line.lstrip(" ")
        yield len(line) - len(name), name


def _world() -> set[str]:
    return {name for row in _world_rows() for name in row[1:]}


@cache
def load_countries() -> frozenset[str]:
    """Read the names of countries once."""
    return frozenset(name for row in _world_rows() if row[0] == "country" for name in row[1:])


def _world_rows() -> Iterator[list[str]]:
    lines = resource_path("entities", "places.txt").read_text("utf-8").splitlines()
    return (fold_text(line).split() for line in lines if not line.startswith("#"))


@lru_cache(_KEPT)
def is_region(name: str) -> bool:
    """Say whether ``name`` is provinces named together by their one-character names.

    >>> is_region("苏浙沪"), is_region("江苏")
    (True, False)
    """
    return bool(_REGION.fullmatch(name))


def find_places(text: str, words: Words, tagged: Iterable[Draft]) -> Iterator[Draft]:
    """Yield the known places of the folded ``text``; ``tagged`` is what the tagger found."""
    gazetteer = load_gazetteer()
    seen = _covered(tagged)
    standing: set[str] = set()
    for start, end in gazetteer.full.find(text):
        name = text[start:end]
        if name in gazetteer.townships and not seen.intersection(range(start, end)):
            continue
        if words.cuts_word(start, end):
            continue
        standing.add(name)
        # 长治市区 is what is built up of 长治.
        yield _place(start, end - (name[-1] == "市" and text.startswith("区", end)))
    yield from _short_places(text, words, standing)
    for matcher in (gazetteer.provinces, gazetteer.world):
        for start, end in matcher.find(text):
            if words.aligned(start, end) and not _PEOPLE.match(text, end):
                yield _place(start, end)
    for match in _REGION.finditer(text):
        if words.starts(match.start()) and not is_ordinary(match[0]):
            yield _place(*match.span())


def _short_places(text: str, words: Words, standing: set[str]) -> Iterator[Draft]:
    """Yield the short forms of the divisions whose full names stand in the document."""
    shorts = {shortened(name) for name in standing}
    for start, end in Matcher({short for short in shorts if short not in standing}).find(text):
        if words.aligned(start, end):
            # Where 永嘉县 stands 永嘉 is no person, whatever the tagger says.
            yield Draft(start, end, EntityType.LOC, "document")


def _covered(drafts: Iterable[Draft]) -> set[int]:
    return {at for draft in drafts for at in range(draft.start, draft.end)}


def _place(start: int, end: int) -> Draft:
    return Draft(start, end, EntityType.LOC, "gazetteer")
