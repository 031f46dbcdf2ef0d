"""The kinds of names and fillers that the slots of frames.txt ask for, and what swaps for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from train_tagger import public
from train_tagger.names import Names

if TYPE_CHECKING:
    from collections.abc import Callable


def _facility(kind: str) -> Callable[[Names], str]:
    """Return a maker of facilities without the place before them."""
    return lambda g: g.facility(kind)[-1][0]


NAMES: dict[tuple[str, str], Callable[[Names], str]] = {
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
    ("O", "brand"): lambda g: g.chance.choice([Names.brand_name, public.brand])(g),
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
    ("P", "nick"): Names.nickname,
    ("L", "strait"): lambda g: g.pick("strait"),
    ("L", "mountain"): Names.mountain,
    ("O", "capital"): lambda g: g.brand() + g.pick("capital_tail"),
    ("O", "invest"): lambda g: g.short(1, 2) + g.pick("invest_tail"),
    ("O", "rural"): lambda g: g.short(1, 2) + g.pick("rural_tail"),
    ("O", "data"): lambda g: g.pick("data_source"),
    ("O", "shop"): Names.shop,
    ("O", "travel"): lambda g: g.chance.choice([g.short(0, 1), g.brand()]) + g.pick("travel_tail"),
    ("O", "site"): lambda g: g.pick("site"),
    ("O", "press"): lambda g: g.chance.choice([g.short(0, 1), g.brand()]) + g.pick("press_tail"),
    ("O", "culture"): lambda g: g.brand() + g.pick("culture_tail"),
    ("O", "troupe"): lambda g: g.short(0, 1, 2) + g.pick("troupe_tail"),
    ("O", "army"): lambda g: g.pick("army"),
    ("O", "armed"): lambda g: g.pick("armed"),
    ("O", "navy"): lambda g: g.country() + g.pick("navy_tail"),
    ("O", "foreignmedia"): lambda g: g.pick("foreign_media"),
    ("O", "foreignschool"): lambda g: g.world() + g.pick("foreign_school_tail"),
    ("O", "coop"): lambda g: g.chance.choice(["", g.short(2)]) + g.brand() + g.pick("coop_tail"),
    ("O", "twshort"): lambda g: g.pick("taiwan_short"),
    ("O", "twhospital"): lambda g: g.pick("taiwan_hospital"),
    ("O", "hkshort"): lambda g: g.pick("hong_kong_short"),
    ("O", "hkco"): lambda g: g.pick("hong_kong_company"),
    ("O", "women"): lambda g: (
        g.short(0, 1) + g.chance.choice(["", g.brand()]) + g.pick("women_tail")
    ),
    ("O", "national_team"): lambda g: g.country() + g.pick("national_team_tail"),
    ("O", "club"): lambda g: g.pick("club"),
    ("O", "govbody"): public.body,
    ("O", "unnamed"): lambda g: g.pick("unnamed"),
    ("O", "zonebody"): public.zone_body,
    ("O", "firm"): public.firm,
    ("O", "univ"): public.university,
    ("O", "lab"): public.laboratory,
    ("O", "alliance"): public.alliance,
    ("O", "hosp"): public.hospital,
    ("O", "subdistrict"): public.office,
    ("O", "community"): public.community,
    ("O", "sportbody"): lambda g: g.either(0, 1, 2) + g.pick("sport_tail"),
    ("O", "fusion"): lambda g: g.either(1, 2, 2) + g.pick("fusion_tail"),
    ("L", "region2"): lambda g: g.pick("region2"),
    ("L", "abbr2"): lambda g: g.pick("abbr2"),
}

FILLERS: dict[str, Callable[[Names], str]] = {
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

SWAPS: dict[str, tuple[Callable[[Names], str], ...]] = {
    "LOC": (
        Names.country,
        Names.world,
        Names.chain,
        lambda g: g.either(0, 1, 2),
        lambda g: g.short(1, 2),
        Names.water,
    ),
    "FAC": tuple(
        _facility(kind) for kind in ("park", "venue", "scenic", "station", "road", "tower", "mall")
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
        Names.shop,
        public.body,
        public.zone_body,
        public.firm,
        public.brand,
        public.university,
        public.laboratory,
        public.alliance,
        public.hospital,
        lambda g: g.body("state"),
        lambda g: g.body("world"),
    ),
}
