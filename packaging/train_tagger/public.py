"""Make the bodies, zones and firms that towns and districts write of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from train_tagger.names import Names


def body(g: Names) -> str:
    """Return a department of a place: in full, short, or below a chain of places."""
    dice = g.chance.random()
    tail = g.pick("govbody_tail")
    if dice < 0.2:
        return g.chain() + tail
    if dice < 0.3:
        return g.full(1, 2) + "委" + g.pick("committee")
    return g.either(0, 1, 2, 2) + tail


def zone_body(g: Names) -> str:
    """Return the committee or company that runs a zone."""
    place = g.short(0, 1, 1, 2)
    own = g.brand("facility_character") if g.chance.random() < 0.4 else ""
    return place + own + g.pick("zone_tail") + g.pick("zonebody_tail")


def firm(g: Names) -> str:
    """Return a firm with its legal form, or short."""
    dice = g.chance.random()
    if dice < 0.25:
        return brand(g)
    place = g.either(0, 1, 2) if g.chance.random() < 0.5 else ""
    middle = g.pick("firm_middle") if g.chance.random() < 0.6 else g.pick("industry")
    if dice < 0.35:
        return f"{g.brand()}{middle}({g.short(0, 1)}){g.pick('company_suffix')}"
    if dice < 0.45:
        return g.brand() + middle
    return place + g.brand() + middle + g.pick("company_suffix")


def brand(g: Names) -> str:
    """Return a company as everybody calls it."""
    if g.chance.random() < 0.65:
        return g.pick("brand_more")
    return g.brand() + (g.pick("brand_tail") if g.chance.random() < 0.5 else "")


def university(g: Names) -> str:
    """Return a university, one in four with a school or campus of it."""
    name = g.pick("univ") if g.chance.random() < 0.6 else g.short(0, 1) + g.pick("school_tail")
    if len(name) > 3 and g.chance.random() < 0.25:
        return name + g.chance.choice(
            [g.short(0, 1) + "研究院", g.short(0, 1) + "校区", "附属中学"]
        )
    return name


def laboratory(g: Names) -> str:
    """Return a laboratory or institute of a place, a university or the state."""
    dice = g.chance.random()
    field = g.pick("alliance_field") if g.chance.random() < 0.6 else ""
    if dice < 0.2:
        return "国家" + g.pick("alliance_field") + g.pick("lab_tail")
    if dice < 0.35:
        return g.pick("univ") + field + g.pick("lab_tail")
    owner = g.short(0, 1) if dice < 0.7 else g.brand()
    return owner + field + g.pick("lab_tail")


def alliance(g: Names) -> str:
    """Return an alliance, association or chamber of trade."""
    owner = g.chance.choice([g.pick("region2"), "中国", "全国", g.either(0, 1, 2), g.either(0, 1)])
    return owner + g.pick("alliance_field") + g.pick("alliance_tail")


def hospital(g: Names) -> str:
    """Return a hospital."""
    return g.pick("hosp") if g.chance.random() < 0.25 else g.either(0, 1, 2) + g.pick("hosp_tail")


def office(g: Names) -> str:
    """Return the office of a township or subdistrict."""
    town = g.full(3)
    tail = g.pick("subdistrict_tail")
    if tail[0] in "镇街" and town.endswith(("镇", "街道")):
        town = town.removesuffix("街道").removesuffix("镇")
    return (g.full(2) if g.chance.random() < 0.3 else "") + town + tail


def community(g: Names) -> str:
    """Return the committee of a neighbourhood or village."""
    return g.brand("facility_character") + g.pick("community_body")
