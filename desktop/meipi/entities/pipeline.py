"""The stages in order: what `find_mentions` does with a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.entity import EntityType, Mention
from meipi.entities.agree import agreeing_figures, trimmed_titles
from meipi.entities.cutting import cut
from meipi.entities.divisions import division_codes
from meipi.entities.events import find_events, renamed
from meipi.entities.figures import find_figures
from meipi.entities.folding import fold_text
from meipi.entities.gazetteer import find_places
from meipi.entities.grow import grow
from meipi.entities.institutions import find_institutions
from meipi.entities.join import attach, chain
from meipi.entities.listed import listed
from meipi.entities.merge import longest, settle
from meipi.entities.names import tagged_names
from meipi.entities.normalise import normal_form
from meipi.entities.organs import companies, free_trade_zones, headed, nameless_organs
from meipi.entities.people import complete_people, find_people
from meipi.entities.published import published_on
from meipi.entities.resolve import canonical_names, canonical_of
from meipi.entities.sift import sift
from meipi.entities.spread import spread
from meipi.entities.tagger import load_tagger
from meipi.entities.times import find_times
from meipi.entities.titles import find_titles
from meipi.entities.visible import see
from meipi.entities.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meipi.core.document import Structure
    from meipi.entities.draft import Draft


def find_mentions(
    text: str, structure: Structure, *, known: Mapping[str, EntityType] | None = None
) -> tuple[Mention, ...]:
    """Return what ``text`` names: flat, in order, boilerplate left out.

    ``known`` are folded names, with their types, that other parts of a long document hold.
    """
    visible = see(text, structure)
    folded = fold_text(visible.text)
    words = Words(load_tagger().tag(folded, cut(folded)))
    figures = agreeing_figures(folded, words, [*find_figures(folded), *find_times(folded)])
    titles = trimmed_titles(words, [*find_titles(folded), *find_events(folded, words)], folded)
    names = _names(folded, words, known or {})
    drafts = settle([*names, *figures, *titles])
    canonical = canonical_names(folded, drafts)
    published = published_on(structure.date)
    surfaces = _surfaces(visible.text, folded, drafts)
    places = (folded[d.start : d.end] for d in drafts if d.type is EntityType.LOC)
    bodies = (folded[d.start : d.end] for d in drafts if d.type is EntityType.ORG)
    codes = division_codes(dict.fromkeys(places), bodies=bodies)

    def mention(draft: Draft) -> Mention:
        span = visible.to_reading(draft.start, draft.end)
        name = folded[draft.start : draft.end]
        full = canonical_of(name, draft.type, canonical)
        code = codes.get(name) if draft.type is EntityType.LOC else None
        normal = code or normal_form(draft.type, name, published)
        return Mention(
            span, draft.type, span.slice(text), surfaces.get(full, full), draft.by, normal
        )

    return tuple(mention(draft) for draft in drafts)


def _surfaces(text: str, folded: str, drafts: Iterable[Draft]) -> dict[str, str]:
    """Return each name as the text writes it first: canonical names keep the text's script."""
    surfaces: dict[str, str] = {}
    for draft in drafts:
        name = folded[draft.start : draft.end]
        surfaces.setdefault(name, text[draft.start : draft.end])
    return surfaces


def _names(text: str, words: Words, known: Mapping[str, EntityType]) -> list[Draft]:
    """Return people, organisations, places and facilities."""
    tagged = tagged_names(text, words.tokens)
    places = find_places(text, words, tagged)
    bodies = find_institutions(text, words)
    zones = free_trade_zones(text)
    names = grow(text, words, longest([*tagged, *places, *bodies, *zones]))
    names = listed(text, words, attach(text, chain(text, names)))
    names = longest([*names, *nameless_organs(text, words), *companies(text, words)])
    names = longest([*complete_people(text, words, names), *find_people(text, words)])
    names = longest([*names, *headed(text, words, names)])
    names = renamed(text, sift(text, words, names))
    return spread(text, words, names, known=known)
