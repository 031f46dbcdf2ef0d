"""Fill frames of sentences with made names, and swap the names of real ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from meipi.entities.folding import fold_text
from train_tagger.data import Name, Sentence
from train_tagger.names import Names, read_lines

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_TYPE_OF = {"P": "PER", "L": "LOC", "F": "LOC", "O": "ORG"}
_SWAP = 0.33
"""Chance of a marked name to be swapped for a made one, in a sentence where any may be."""


class Frames:
    """Sentences out of frames; all chance comes from the one given."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._names = Names(chance)
        self.frames = read_lines(Path(__file__).with_name("frames.txt").read_text("utf-8"))

    def sentence(self) -> Sentence:
        """Return a random frame with its slots filled."""
        return self.filled(self.chance.choice(self.frames))

    def filled(self, frame: str) -> Sentence:
        """Return ``frame`` with its slots filled, the names marked."""
        parts: list[str] = []
        names: list[Name] = []
        at = length = 0
        for slot in _SLOT.finditer(frame):
            parts.append(frame[at : slot.start()])
            length += len(parts[-1])
            if slot[1] in _TYPE_OF:
                mine = self._name(slot[1], slot[2])
            else:
                mine = [(_FILLERS[slot[1]](self._names), "")]
            for word, kind in mine:
                parts.append(word)
                if kind:
                    names.append((length, length + len(word), kind))
                length += len(word)
            at = slot.end()
        parts.append(frame[at:])
        return Sentence(fold_text("".join(parts)), tuple(names))

    def _name(self, slot: str, kind: str) -> list[tuple[str, str]]:
        """Return a name of ``slot`` and ``kind``; a facility may bring the place before it."""
        if slot == "F":
            return self._names.facility(kind)
        return [(_NAMES[slot, kind](self._names), _TYPE_OF[slot])]

    def swapped(self, sentence: Sentence) -> Sentence:
        """Return ``sentence`` with some of its names swapped for made ones of the same type."""
        parts: list[str] = []
        names: list[Name] = []
        at = length = 0
        for start, end, kind in sorted(sentence.names or ()):
            old = sentence.text[start:end]
            # A name of one character (中, 美) stands in a pair; a made one would not.
            keep = end - start < 2 or self.chance.random() > _SWAP
            new = old if keep else fold_text(_other(old, kind, self._names))
            parts += [sentence.text[at:start], new]
            length += start - at
            names.append((length, length + len(new), kind))
            length += len(new)
            at = end
        return Sentence("".join([*parts, sentence.text[at:]]), tuple(names))


def _other(old: str, kind: str, names: Names) -> str:
    if kind == "PER":
        foreign = "·" in old or len(old) > 3
        return names.foreign() if foreign else names.han()
    choices = _SWAPS[kind]
    return names.chance.choice(choices)(names)


_NAMES: dict[tuple[str, str], Callable[[Names], str]] = {
    ("P", "han"): Names.han,
    ("P", "foreign"): Names.foreign,
    ("P", "anon"): Names.anonymous,
    ("P", "addr"): Names.addressed,
    ("L", "province"): lambda g: g.either(0),
    ("L", "city"): lambda g: g.either(1),
    ("L", "county"): lambda g: g.full(1, 2, 2),
    ("L", "short"): lambda g: g.short(0, 1, 1, 2),
    ("L", "town"): lambda g: g.full(3),
    ("L", "village"): Names.town_village,
    ("L", "village2"): Names.village,
    ("L", "chain"): Names.chain,
    ("L", "country"): Names.country,
    ("L", "world"): Names.world,
    ("L", "region"): lambda g: g.pick("region"),
    ("L", "water"): Names.water,
    ("L", "abbr"): lambda g: g.pick("abbreviation"),
    ("L", "china"): lambda _: "中",
    ("L", "tw"): lambda g: g.pick("taiwan").removesuffix(g.chance.choice("市县x")),
    ("L", "twdistrict"): lambda g: g.pick("taiwan_district"),
    ("L", "hkplace"): lambda g: g.pick("hong_kong_place"),
    ("O", "organ"): Names.organ,
    ("O", "gov"): Names.government,
    ("O", "party"): Names.party,
    ("O", "npc"): lambda g: g.local(g.chance.choice(["人大", "人民代表大会"]), 0, 1, 2),
    ("O", "cppcc"): lambda g: g.local("政协", 0, 1, 2),
    ("O", "discipline"): lambda g: g.local("纪委监委", 0, 1, 2),
    ("O", "company"): Names.company,
    ("O", "brand"): Names.brand_name,
    ("O", "bank"): lambda g: g.short(0, 1) + g.chance.choice(["银行", "农商银行", "银行分行"]),
    ("O", "securities"): lambda g: g.brand() + "证券",
    ("O", "market"): lambda g: g.chance.choice(["上交所", "深交所", "北交所", "证监会", "港交所"]),
    ("O", "media"): Names.media,
    ("O", "national"): lambda g: g.body("state"),
    ("O", "world"): lambda g: g.body("world"),
    ("O", "school"): Names.school,
    ("O", "hospital"): lambda g: g.local(g.pick("hospital_tail"), 0, 1, 2),
    ("O", "institute"): lambda g: g.local(g.pick("institute_tail"), 0, 1),
    ("O", "association"): Names.association,
    ("O", "team"): Names.team,
    ("O", "court"): lambda g: g.full(1, 2) + g.chance.choice(["人民法院", "中级人民法院", "法院"]),
    ("O", "procuratorate"): lambda g: g.either(1, 2) + g.chance.choice(["检察院", "人民检察院"]),
    ("O", "police"): lambda g: (
        g.full(1, 2)
        + g.chance.choice(["公安局", "公安分局", "交警支队", "公安局刑侦大队", "派出所"])
    ),
    ("O", "fire"): lambda g: (
        g.full(1, 2) + g.chance.choice(["消防救援支队", "消防救援大队", "消防救援站"])
    ),
    ("O", "weather"): lambda g: g.either(0, 1, 2) + g.chance.choice(["气象台", "气象局"]),
    ("O", "law"): lambda g: g.short(0, 1) + g.brand() + "律师事务所",
    ("O", "foreign"): Names.foreign_body,
    ("O", "foreignparty"): lambda g: g.chance.choice(["", g.country()]) + g.pick("foreign_party"),
    ("O", "tw"): lambda g: g.pick("taiwan_body"),
    ("O", "twgov"): lambda g: g.pick("taiwan_body"),
    ("O", "twparty"): lambda g: g.pick("taiwan_party"),
    ("O", "hk"): lambda g: g.pick("hong_kong_body"),
    ("O", "nasa"): lambda g: g.pick("agency"),
    ("O", "band"): lambda g: g.pick("band"),
}

_FILLERS: dict[str, Callable[[Names], str]] = {
    "d": Names.date,
    "y": Names.year,
    "n": Names.number,
    "n6": Names.code,
    "m": Names.money,
    "c": Names.share,
    "g": lambda g: g.pick("generic"),
    "s": lambda g: g.pick("slogan"),
    "v": lambda g: g.pick("verb"),
    "j": lambda g: g.pick("job"),
    "k": lambda g: g.pick("field"),
}

_SWAPS: dict[str, tuple[Callable[[Names], str], ...]] = {
    "LOC": (
        Names.country,
        Names.world,
        Names.chain,
        lambda g: g.either(0, 1, 2),
        lambda g: g.short(1, 2),
        Names.water,
    ),
    "ORG": (
        Names.company,
        Names.brand_name,
        Names.organ,
        Names.school,
        Names.media,
        Names.team,
        Names.association,
        Names.foreign_body,
        lambda g: g.body("state"),
        lambda g: g.body("world"),
    ),
}
