"""The stages in order: what `find_mentions` does with a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.entity import Mention
from meipi.entities.cutting import cut
from meipi.entities.figures import find_figures
from meipi.entities.folding import fold_text
from meipi.entities.gazetteer import find_places
from meipi.entities.grow import attach, chain, companies, grow, nameless_organs
from meipi.entities.merge import longest, settle
from meipi.entities.names import tagged_names
from meipi.entities.people import complete_people, find_people
from meipi.entities.sift import sift
from meipi.entities.spread import spread
from meipi.entities.tagger import load_tagger
from meipi.entities.times import find_times
from meipi.entities.titles import find_titles
from meipi.entities.visible import see
from meipi.entities.words import Words

if TYPE_CHECKING:
    from meipi.core.document import Structure
    from meipi.entities.draft import Draft
    from meipi.entities.visible import Visible


def find_mentions(text: str, structure: Structure) -> tuple[Mention, ...]:
    """Return what ``text`` names: flat, in order, boilerplate left out."""
    visible = see(text, structure)
    folded = fold_text(visible.text)
    words = Words(load_tagger().tag(folded, cut(folded)))
    figures = [*find_figures(folded), *find_times(folded)]
    names = _names(folded, words)
    drafts = settle([*names, *figures, *find_titles(folded)])
    return tuple(_mention(text, visible, draft) for draft in drafts)


def _names(text: str, words: Words) -> list[Draft]:
    """Return people, organisations, places and facilities."""
    tagged = tagged_names(text, words.tokens)
    places = find_places(text, words, tagged)
    names = chain(text, longest([*tagged, *places]))
    names = attach(text, grow(text, words, names))
    names = longest([*names, *nameless_organs(text, words), *companies(text, words)])
    names = longest([*complete_people(text, names), *find_people(text, words)])
    names = sift(text, words, names)
    return spread(text, words, names)


def _mention(text: str, visible: Visible, draft: Draft) -> Mention:
    span = visible.to_reading(draft.start, draft.end)
    name = visible.text[draft.start : draft.end]
    return Mention(span, draft.type, span.slice(text), name, draft.by)
