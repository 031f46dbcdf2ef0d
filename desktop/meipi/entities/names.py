"""Names as the tagger saw them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.entities.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meipi.entities.draft import Token

_TYPES = {"PER": EntityType.PER, "ORG": EntityType.ORG, "LOC": EntityType.LOC}


def tagged_names(tokens: Sequence[Token]) -> Iterator[Draft]:
    """Yield the words the tagger calls people, organisations and places."""
    for token in tokens:
        if token.tag in _TYPES:
            yield Draft(token.start, token.end, _TYPES[token.tag], "model")
