"""Make names nobody bears, out of lists and the gazetteer."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from meipi.core.resources import resource_path
from meipi.entities.gazetteer import shortened

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence


class Names:
    """Names and fillers by kind; all chance comes from the one given."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._lists = _rows(Path(__file__).with_name("lists.txt").read_text("utf-8"))
        self._world = _rows(resource_path("entities", "places.txt").read_text("utf-8"))
        self._bodies = _rows(resource_path("entities", "institutions.txt").read_text("utf-8"))
        self._chains = _chains()

    def pick(self, kind: str) -> str:
        """Return a word of a list."""
        return self.chance.choice(self._lists[kind])

    def body(self, kind: str) -> str:
        """Return a known institution."""
        return self.chance.choice(self._bodies[kind])

    def country(self) -> str:
        """Return a country."""
        return self.chance.choice(self._world["country"])

    def world(self) -> str:
        """Return a foreign city, or a made one."""
        if self.chance.random() < 0.6:
            return self.chance.choice(self._world["city"])
        return self.transliterated() + self.chance.choice(["", "", "市", "州", "省", "堡"])

    # --- people

    def han(self) -> str:
        """Return a Chinese name."""
        rare = self.chance.random() < 0.25
        surname = self.pick("surname_rare" if rare else "surname_common")
        count = 1 if self.chance.random() < 0.25 else 2
        return surname + "".join(self.pick("given") for _ in range(count))

    def foreign(self) -> str:
        """Return a foreign name, in one part or two."""
        if self.chance.random() < 0.3:
            return self.pick("foreign_name")
        first = self.transliterated()
        return first if self.chance.random() < 0.55 else f"{first}·{self.transliterated()}"

    def transliterated(self) -> str:
        """Return a word as foreign names are written."""
        count = self.chance.choice([2, 3, 3, 4, 4, 5])
        return "".join(self.pick("transliterated") for _ in range(count))

    def anonymous(self) -> str:
        """Return a surname in the manner of courts."""
        return self.pick("surname_common") + self.pick("anonymous")

    def addressed(self) -> str:
        """Return a surname with an address, sometimes a whole name."""
        if self.chance.random() < 0.3:
            return self.han()
        return self.pick("surname_common") + self.pick("address")

    def nickname(self) -> str:
        """Return what friends and neighbours call somebody."""
        dice = self.chance.random()
        if dice < 0.5:
            own = self.pick("surname_common") if dice < 0.3 else self.pick("given")
            return self.pick("nickname_head") + own
        own = self.pick("surname_common" if dice < 0.75 else "given")
        return own + self.pick("nickname_tail")

    # --- places

    def division(self, level: int) -> tuple[str, ...]:
        """Return a division of ``level`` with those above it, the highest first."""
        return self.chance.choice(self._chains[level])

    def full(self, *levels: int) -> str:
        """Return the full name of a division."""
        return self.division(self.chance.choice(levels))[-1]

    def short(self, *levels: int) -> str:
        """Return the short name of a division."""
        return shortened(self.full(*levels))

    def chain(self) -> str:
        """Return divisions one after the other."""
        parts = self.division(self.chance.choice([1, 2, 2, 3]))
        return "".join(parts[self.chance.choice([0, -2]) :])

    def either(self, *levels: int) -> str:
        """Return a division in full or short."""
        return self.full(*levels) if self.chance.random() < 0.5 else self.short(*levels)

    def village(self) -> str:
        """Return a made village."""
        return self.pick("village_character") + self.pick("village_character") + "村"

    def town_village(self) -> str:
        """Return a township and a village in it, or one of both."""
        town = self.full(3) if self.chance.random() < 0.5 else ""
        return town + self.village()

    def water(self) -> str:
        """Return a river or lake."""
        if self.chance.random() < 0.5:
            return self.chance.choice(self._world["water"])
        return self.pick("river_character") + self.pick("river_tail")

    def mountain(self) -> str:
        """Return a mountain."""
        return (
            self.pick("mountain_character")
            + self.pick("mountain_character")
            + (self.pick("mountain_tail"))
        )

    # --- facilities

    def facility(self, kind: str) -> list[tuple[str, str]]:
        """Return a facility; the division before it, in full, is a name of its own."""
        own = self.brand("facility_character")
        place, tail = self.short(0, 1, 1, 2), self.pick(f"{kind}_tail")
        if kind in _WHOLE:
            return [(self.railway(tail) if kind == "railway" else tail, "LOC")]
        dice = self.chance.random()
        if kind in _PLACED or dice < 0.35:
            return [(place + (own if self.chance.random() < 0.4 else "") + tail, "LOC")]
        if dice < 0.5:
            return [(self.full(1, 2), "LOC"), (own + tail, "LOC")]
        return [(own + tail, "LOC")]

    def railway(self, tail: str) -> str:
        """Return a line named after its two ends: 沪昆高铁."""
        return self.short(1)[0] + self.short(1)[0] + tail

    # --- organisations

    def brand(self, characters: str = "brand_character") -> str:
        """Return two characters, seldom three, that make a brand."""
        count = 3 if self.chance.random() < 0.15 else 2
        return "".join(self.pick(characters) for _ in range(count))

    def brand_name(self) -> str:
        """Return a company as papers shorten it."""
        dice = self.chance.random()
        if dice < 0.35:
            return self.pick("brand_known")
        if dice < 0.5:
            return self.body("market")
        return self.brand() + (self.pick("brand_tail") if dice < 0.85 else "")

    def shop(self) -> str:
        """Return a chain of shops or a platform, known or made."""
        return self.pick("shop") if self.chance.random() < 0.6 else self.brand_name()

    def company(self) -> str:
        """Return a company in full, or as papers shorten it."""
        if self.chance.random() < 0.3:
            return self.brand_name()
        place = self.either(0, 1, 2) if self.chance.random() < 0.65 else ""
        if place and self.chance.random() < 0.08:
            return f"{self.brand()}{self.pick('industry')}({self.short(0, 1)})有限公司"
        return place + self.brand() + self.pick("industry") + self.pick("company_suffix")

    def organ(self) -> str:
        """Return a department of a place's government."""
        return self.either(0, 1, 2, 2) + self.pick("department")

    def party(self) -> str:
        """Return a party committee: 某县县委."""
        full = self.full(0, 1, 2, 2)
        if full[-1] in "省市区县州旗" and self.chance.random() < 0.85:
            forms = [
                f"{full}委",
                f"{shortened(full)}{full[-1]}委",
                f"中共{full}委",
                f"{full}委员会",
            ]
            return self.chance.choice(forms)
        return self.chance.choice([f"{self.full(3)}党委", f"{self.either(2)}党工委"])

    def government(self) -> str:
        """Return a place's government."""
        tails = ["人民政府", "政府", "人民政府", "管委会"]
        return self.full(0, 1, 2, 2, 3) + self.chance.choice(tails)

    def local(self, tail: str, *levels: int) -> str:
        """Return a body of a place."""
        return self.either(*levels) + tail

    def school(self) -> str:
        """Return a school."""
        if self.chance.random() < 0.1:
            return self.chance.choice(["北京大学", "清华大学", "复旦大学", "浙江大学", "武汉大学"])
        return self.local(self.pick("school_tail"), 0, 1, 1, 2)

    def media(self) -> str:
        """Return a paper, agency or station."""
        if self.chance.random() < 0.4:
            return self.body("media")
        return self.short(0, 1, 1, 2) + self.pick("media_tail")

    def association(self) -> str:
        """Return an association, of a place or of the country."""
        if self.chance.random() < 0.5:
            return self.local(self.pick("association_tail"), 0, 1, 2)
        tail = self.chance.choice(["协会", "联合会", "学会"])
        return self.pick("association_head") + self.pick("association_field") + tail

    def team(self) -> str:
        """Return a team."""
        dice = self.chance.random()
        if dice < 0.35:
            return self.pick("team_brand") + self.chance.choice(["", "队", ""])
        place = self.short(0, 1) if dice < 0.8 else self.country()
        middle = self.brand() if dice < 0.6 else ""
        return place + middle + self.pick("team_tail")

    def foreign_body(self) -> str:
        """Return a body of a state, the state before it in half the cases."""
        return (self.country() if self.chance.random() < 0.5 else "") + self.pick("foreign_body")

    # --- fillers

    def number(self) -> str:
        """Return a number in digits, now and then with 多 or 余."""
        digits = str(self.chance.randint(1, 10 ** self.chance.choice([1, 1, 2, 2, 3, 4])))
        return digits + self.chance.choice(["", "", "", "", "多", "余"])

    def date(self) -> str:
        """Return a date or what stands for one."""
        month, day = self.chance.randint(1, 12), self.chance.randint(1, 28)
        forms = [
            f"{month}月{day}日", f"{month}月{day}日上午", f"{self.year()}年{month}月{day}日",
            f"{day}日", f"{month}月{day}日", self.pick("season"), f"{month}月",
        ]  # fmt: skip
        return self.chance.choice(forms)

    def year(self) -> str:
        """Return a year."""
        return str(self.chance.randint(1980, 2027))

    def money(self) -> str:
        """Return an amount."""
        return (
            f"{self.chance.randint(1, 900)}{self.chance.choice(['亿元', '万元', '亿美元', '元'])}"
        )

    def share(self) -> str:
        """Return a percentage."""
        return f"{self.chance.randint(1, 99)}.{self.chance.randint(0, 9)}%"

    def code(self) -> str:
        """Return the six digits of a share."""
        return str(self.chance.randint(600000, 688999))


def _rows(text: str) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in map(str.split, read_lines(text))}


def read_lines(text: str) -> list[str]:
    """Return the lines that say something."""
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _chains() -> tuple[Sequence[tuple[str, ...]], ...]:
    """Return for each level, province to township, every division with those above it."""
    found: tuple[list[tuple[str, ...]], ...] = ([], [], [], [])
    path: list[str] = ["", "", "", ""]
    packed = resource_path("entities", "divisions.txt.gz").read_bytes()
    for line in gzip.decompress(packed).decode().splitlines():
        name = line.lstrip("\t")
        level = len(line) - len(name)
        path[level:] = [name, *[""] * (3 - level)]
        found[level].append(tuple(part for part in path if part))
    return found


_PLACED = frozenset({"airport", "station", "museum"})
"""Facilities that bear their place's name more often than one of their own."""

_WHOLE = frozenset({"railway", "metro", "telescope"})
"""Facilities whose name is not a place with a tail."""
