"""National and international bodies, media and exchanges, by their names and usual short forms."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType
from meipi.core.resources import resource_path
from meipi.entities.draft import Draft
from meipi.entities.folding import fold_text
from meipi.entities.lexicon import is_ordinary
from meipi.entities.matcher import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meipi.entities.words import Words

_SHORTEST = 3
_HEADED = ("部", "局", "院", "厅", "署", "行")


@cache
def load_institutions() -> Matcher:
    """Read the packaged list once."""
    lines = resource_path("entities", "institutions.txt").read_text("utf-8").splitlines()
    rows = (fold_text(line).split() for line in lines if not line.startswith("#"))
    return Matcher({name for row in rows for name in row[1:]})


def find_institutions(text: str, words: Words) -> Iterator[Draft]:
    """Yield the known bodies of the folded ``text``; 教育部长 names a person's office, no body."""
    for start, end in load_institutions().find(text):
        name = text[start:end]
        if name.endswith(_HEADED) and text.startswith("长", end):
            continue
        if len(name) < _SHORTEST and (is_ordinary(name) or not words.aligned(start, end)):
            continue
        if words.starts(start) and not words.cuts_word(start, end):
            yield Draft(start, end, EntityType.ORG, "gazetteer")
