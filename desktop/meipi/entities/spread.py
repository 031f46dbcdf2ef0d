"""The document pass: a name found once is found everywhere, also in its short forms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from meipi.core.entity import EntityType as T
from meipi.entities.draft import Draft
from meipi.entities.lexicon import is_ordinary
from meipi.entities.matcher import Matcher
from meipi.entities.people import SURNAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from meipi.entities.words import Words

_LONG = 4
"""Characters from which a name is itself wherever it stands."""

_SHARE = 0.25
"""Share of its occurrences in which a shorter string must have been a name."""

_NUCLEI = re.compile(
    r"(?:科技城|科学城|大学城|生态城|动漫城|影视城|高新区|经开区|保税区|综保区|自贸区|自贸试验区|开发区|产业园|科创园|软件园|新区|新城)$"
)
_QUALIFIED = frozenset({"n", "nz", "a", "vn", "m", "q", "LOC", "ORG", "PER", "b", "an", "nw", "r"})
_ALIAS = re.compile(
    r"\((?:以下|下称|下文)?(?:均)?(?:简称|下称)[为:]?\s?“?(?P<alias>[^”“)\s]{2,12})”?\)"
)


def spread(
    text: str, words: Words, drafts: Iterable[Draft], *, known: Mapping[str, T] | None = None
) -> list[Draft]:
    """Return ``drafts`` and their names' other occurrences; a longer name covers shorter ones.

    ``known`` are names from elsewhere in the document.
    """
    found = list(drafts)
    types = {**(known or {}), **_types(text, found)}
    extra = [*_aliases(text, found)]
    extra += _repeats(text, words, found, types)
    extra += _nuclei(text, words, [*found, *extra])
    return _outermost([*found, *extra])


def _types(text: str, drafts: Iterable[Draft]) -> dict[str, T]:
    """Return each name's type: what it was called most, the earlier of equals."""
    votes: defaultdict[str, Counter[T]] = defaultdict(Counter)
    for draft in drafts:
        votes[text[draft.start : draft.end]][draft.type] += 1
    return {name: vote.most_common(1)[0][0] for name, vote in votes.items()}


def _repeats(
    text: str, words: Words, drafts: list[Draft], types: Mapping[str, T]
) -> Iterator[Draft]:
    called = Counter(text[d.start : d.end] for d in drafts)
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end in Matcher(types).find(text):
        places[text[start:end]].append((start, end))
    for name, spans in places.items():
        if not _believed(name, types[name], called[name] / len(spans)):
            continue
        for start, end in spans:
            if len(name) >= _LONG or words.aligned(start, end):
                yield Draft(start, end, types[name], "document")


def _believed(name: str, kind: T, share: float) -> bool:
    if kind is T.PER and not (name[0] in SURNAMES and len(name) > 2) and "·" not in name:
        return share >= _SHARE and not is_ordinary(name)
    return len(name) >= _LONG or share >= _SHARE


def aliases(text: str, drafts: Iterable[Draft]) -> dict[str, str]:
    """Return the short forms the text itself introduces (以下简称“…”), each with its full name."""
    return {match["alias"]: text[d.start : d.end] for match, d in _introduced(text, drafts)}


def _introduced(text: str, drafts: Iterable[Draft]) -> Iterator[tuple[re.Match[str], Draft]]:
    ends = {draft.end: draft for draft in drafts if draft.type is not T.PER}
    for match in _ALIAS.finditer(text):
        if match.start() in ends:
            yield match, ends[match.start()]


def _aliases(text: str, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield every occurrence of the short forms the text introduces."""
    types = {match["alias"]: draft.type for match, draft in _introduced(text, drafts)}
    for start, end in Matcher(types).find(text):
        yield Draft(start, end, types[text[start:end]], "document")


def _nuclei(text: str, words: Words, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield the bare kind (科技城) of a facility named in full elsewhere, where it stands alone."""
    kinds = {
        match[0]
        for draft in drafts
        if draft.type in {T.FAC, T.LOC}
        and (match := _NUCLEI.search(text, draft.start, draft.end))
        and match.start() > draft.start
    }
    for start, end in Matcher(kinds).find(text):
        if words.aligned(start, end) and words.tag_before(start) not in _QUALIFIED:
            yield Draft(start, end, T.FAC, "document")


def _outermost(drafts: Iterable[Draft]) -> list[Draft]:
    """Drop repeats and what lies wholly inside a longer name."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.length, d.by == "document")):
        if kept and draft.end <= kept[-1].end:
            continue
        kept.append(draft)
    return kept
