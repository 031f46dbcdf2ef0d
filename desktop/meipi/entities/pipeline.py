"""The stages in order: what `find_mentions` does with a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.entity import Mention
from meipi.entities.cutting import cut
from meipi.entities.figures import find_figures
from meipi.entities.folding import fold_text
from meipi.entities.merge import settle
from meipi.entities.names import tagged_names
from meipi.entities.tagger import load_tagger
from meipi.entities.times import find_times
from meipi.entities.titles import find_titles
from meipi.entities.visible import see

if TYPE_CHECKING:
    from meipi.core.document import Structure
    from meipi.entities.draft import Draft
    from meipi.entities.visible import Visible


def find_mentions(text: str, structure: Structure) -> tuple[Mention, ...]:
    """Return what ``text`` names: flat, in order, boilerplate left out."""
    visible = see(text, structure)
    folded = fold_text(visible.text)
    tokens = load_tagger().tag(folded, cut(folded))
    drafts = settle(
        [*tagged_names(tokens), *find_figures(folded), *find_times(folded), *find_titles(folded)]
    )
    return tuple(_mention(text, visible, draft) for draft in drafts)


def _mention(text: str, visible: Visible, draft: Draft) -> Mention:
    span = visible.to_reading(draft.start, draft.end)
    name = visible.text[draft.start : draft.end]
    return Mention(span, draft.type, span.slice(text), name, draft.by)
